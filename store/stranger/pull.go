package stranger

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// entry is one key of a bucket with its value.
type entry struct{ key, value []byte }

// bucket holds the entries of one bucket in the order of their keys.
type bucket []entry

// get returns the value of a key, or nil when there is none.
func (b bucket) get(key []byte) []byte {
	i, ok := slices.BinarySearchFunc(b, key, func(e entry, k []byte) int { return bytes.Compare(e.key, k) })
	if !ok {
		return nil
	}
	return b[i].value
}

// pull takes all buckets out of the file. The pages are checked first, because
// bbolt trusts what it finds in them. Read a copy or a backup while the program
// that owns the store is at work: the check comes before the lock.
func pull(path string) (raw map[string]bucket, err error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := checkPages(file); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			raw, err = nil, damage("pages: %v", p)
		}
	}()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: 5 * time.Second})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer func() { _ = db.Close() }() // only read
	raw = map[string]bucket{}
	err = db.View(func(tx *bbolt.Tx) error {
		// The channel is read to its end, or the check would never return.
		var first error
		for e := range tx.Check() {
			if first == nil {
				first = damage("pages: %v", e)
			}
		}
		if first != nil {
			return first
		}
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			if b == nil {
				return damage("%q at the top level is no bucket", name)
			}
			return pullBucket(raw, string(name), b)
		})
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// pullBucket copies one bucket. A bucket of a later version is left alone.
func pullBucket(raw map[string]bucket, name string, b *bbolt.Bucket) error {
	if !slices.Contains(slices.Concat(buckets1, buckets2, buckets3), name) {
		return nil
	}
	entries := bucket{}
	err := b.ForEach(func(k, v []byte) error {
		switch {
		case v == nil:
			return damage("%s: a bucket inside a bucket", name)
		case len(k) > maxKey:
			return damage("%s: a key of %d bytes", name, len(k))
		case len(v) > maxValue:
			return damage("%s: a value of %d bytes", name, len(v))
		}
		entries = append(entries, entry{bytes.Clone(k), bytes.Clone(v)})
		return nil
	})
	raw[name] = entries
	return err
}
