package store

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// FuzzPages reads any bytes as the pages of a store, by the trees and one by one, as a
// salvage does. What is found lies in the file, and no file keeps it busy for long.
func FuzzPages(f *testing.F) {
	path := filepath.Join(f.TempDir(), "seed")
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		f.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{"large", "small"} {
			b, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			for i := range 300 {
				if name == "large" || i < 3 {
					if err := b.Put(numberKey(uint64(i)), bytes.Repeat([]byte{byte(i)}, 60)); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, 0, byte(0))
	f.Add(whole, 4096, byte(0xFF))
	f.Add(whole[:4096*5], 4096*3+10, byte(7))
	f.Add([]byte{}, 0, byte(0))
	f.Fuzz(func(t *testing.T, b []byte, at int, v byte) {
		if len(b) > 1<<20 {
			t.Skip("larger files say no more")
		}
		b = bytes.Clone(b)
		if at >= 0 && at < len(b) {
			b[at] = v
		}
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		found := 0
		see := func(k, v []byte) {
			found++
			if len(k)+len(v) > len(b) {
				t.Error("something was found that does not fit into the file")
			}
			if found > len(b) { // an element takes 16 bytes, and is found by its tree and by its page
				t.Fatal("there is no end to it")
			}
		}
		walkTrees(file, see)
		if err := eachElement(file, see); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzHouse reads any bytes as what a store keeps beside its records: the log, the
// recipients of its slots and the list of its backups.
func FuzzHouse(f *testing.F) {
	for _, v := range []any{look{At: 7, By: fuzzID, Role: "coach", Participant: fuzzID, Via: "show", Reason: "cover"}, map[string]string{"a": "age1x"}, []copyNote{{"/a", 7}}} {
		raw, err := encoder.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte{0xA1, 0x01, 0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, b []byte) {
		var l look
		if decoder.Unmarshal(b, &l) == nil {
			settles(t, l)
		}
		var sheets map[string]string
		if decoder.Unmarshal(b, &sheets) == nil {
			settles(t, sheets)
		}
		var notes []copyNote
		if decoder.Unmarshal(b, &notes) == nil {
			settles(t, notes)
		}
		if len(b) >= 8 && !bytes.Equal(numberKey(numberOf(b)), b[:8]) || len(b) >= 8 && binary.BigEndian.Uint64(b) != numberOf(b) {
			t.Error("a number comes back as another")
		}
	})
}
