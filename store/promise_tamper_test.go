package store_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// spoil copies a store, changes the copy, opens it, and fails the test unless both
// the participant and the check say that it is damaged.
func spoil(t *testing.T, path string, id domain.ID, what string, change func(*bolt.Tx) error) {
	t.Helper()
	path = copied(t, path)
	meddle(t, path, change)
	s, err := store.Open(path, storetest.Passphrase, storetest.Options())
	if err != nil {
		if !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: opening gave %v", what, err)
		}
		return
	}
	defer s.Close()
	if _, err := s.Participant(id); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("%s: the participant gave %v", what, err)
	}
	noticed(t, s)
	// Nothing may be written on top of what is damaged.
	_, err = s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: id, Text: "more"}}})
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("%s: writing gave %v", what, err)
	}
}

func bucket(tx *bolt.Tx, name string) *bolt.Bucket { return tx.Bucket([]byte(name)) }

// move puts the value of one key under another.
func move(b *bolt.Bucket, from, to []byte) error { return b.Put(to, bytes.Clone(b.Get(from))) }

// Nothing can be moved or swapped, not even to a place with the same key.
func TestPromiseNothingMoves(t *testing.T) {
	s, ids := fresh(t, 2)
	shut(t, s)
	a, b := journalKeys(t, s.Path(), ids[0]), journalKeys(t, s.Path(), ids[1])
	spoil(t, s.Path(), ids[0], "another person's record", func(tx *bolt.Tx) error {
		return move(bucket(tx, "journal"), b[1], a[1])
	})
	spoil(t, s.Path(), ids[0], "two people's records swapped", func(tx *bolt.Tx) error {
		j := bucket(tx, "journal")
		one := bytes.Clone(j.Get(a[1]))
		return errors.Join(move(j, b[1], a[1]), j.Put(b[1], one))
	})
	spoil(t, s.Path(), ids[0], "a record in the place of the next", func(tx *bolt.Tx) error {
		return move(bucket(tx, "journal"), a[1], a[2])
	})
	spoil(t, s.Path(), ids[0], "another person's row", func(tx *bolt.Tx) error {
		return move(bucket(tx, "rows"), ids[1][:], ids[0][:])
	})
	spoil(t, s.Path(), ids[0], "another person's key", func(tx *bolt.Tx) error {
		return move(bucket(tx, "keys"), scopeKey(ids[1], 0), scopeKey(ids[0], 0))
	})
	spoil(t, s.Path(), ids[0], "a whole record repeated under a new number", func(tx *bolt.Tx) error {
		k := bytes.Clone(a[len(a)-1])
		k[len(k)-1]++
		return move(bucket(tx, "journal"), a[len(a)-1], k)
	})
}

// What was taken away is missed: a record at any place, a row, a key, an arrival.
func TestPromiseNothingGoesUnnoticed(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	keys := journalKeys(t, s.Path(), ids[1])
	for what, at := range map[string]int{"the first record": 0, "a record in the middle": len(keys) / 2, "the last record": len(keys) - 1} {
		spoil(t, s.Path(), ids[1], what, deleting("journal", keys[at]))
	}
	spoil(t, s.Path(), ids[1], "the row", func(tx *bolt.Tx) error { return bucket(tx, "rows").Delete(ids[1][:]) })
	spoil(t, s.Path(), ids[1], "a key", func(tx *bolt.Tx) error { return bucket(tx, "keys").Delete(scopeKey(ids[1], 0)) })
	spoil(t, s.Path(), ids[1], "the tally", func(tx *bolt.Tx) error { return bucket(tx, "tally").Delete([]byte("now")) })
	spoil(t, s.Path(), ids[1], "the witness", func(tx *bolt.Tx) error { return bucket(tx, "meta").Delete([]byte("witness")) })
	spoil(t, s.Path(), ids[1], "a bucket", func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("drafts")) })
}

// The lists miss a row, and whoever follows the arrivals misses one of them.
func TestPromiseListsMissWhatIsGone(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	path := copied(t, s.Path())
	meddle(t, path, func(tx *bolt.Tx) error { return bucket(tx, "rows").Delete(ids[1][:]) })
	x := reopen(t, path)
	_, err1 := x.Rows()
	_, err2 := x.Everyone()
	if !errors.Is(err1, store.ErrDamaged) || !errors.Is(err2, store.ErrDamaged) {
		t.Errorf("without a row: %v, %v", err1, err2)
	}
	for _, n := range []uint64{1, 5, arrivals(t, reopen(t, s.Path()))} {
		path := copied(t, s.Path())
		meddle(t, path, func(tx *bolt.Tx) error {
			k := make([]byte, 8)
			k[7] = byte(n)
			return bucket(tx, "arrivals").Delete(k)
		})
		x := reopen(t, path)
		if _, _, err := x.Since(0); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("without arrival %d: %v", n, err)
		}
		noticed(t, x)
	}
}

// A person who is taken away whole, with row and keys, is missed by the lists and the
// check. (Whoever asks for the person alone is told that nobody of that name is here.)
func TestPromiseAWholePersonIsMissed(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	path := copied(t, s.Path())
	keys := journalKeys(t, path, ids[1])
	meddle(t, path, func(tx *bolt.Tx) error {
		var errs []error
		for _, k := range keys {
			errs = append(errs, bucket(tx, "journal").Delete(k))
		}
		for scope := range byte(3) {
			errs = append(errs, bucket(tx, "keys").Delete(scopeKey(ids[1], scope)))
		}
		return errors.Join(append(errs, bucket(tx, "rows").Delete(ids[1][:]))...)
	})
	x := reopen(t, path)
	if _, err := x.Rows(); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("the lists gave %v", err)
	}
	if err := x.Rebuild(); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("rebuilding gave %v", err)
	}
	if _, err := x.Participant(ids[1]); err == nil {
		t.Error("the participant is there")
	}
	noticed(t, x)
}

// A row that was put back to what it once was counts too few records.
func TestPromiseAnOldRowIsMissed(t *testing.T) {
	s, ids := fresh(t, 2)
	shut(t, s)
	var old []byte
	look(t, s.Path(), func(tx *bolt.Tx) error {
		old = bytes.Clone(bucket(tx, "rows").Get(ids[0][:]))
		return nil
	})
	x := reopen(t, s.Path())
	storetest.Do(t, x, domain.TakeNote{Participant: ids[0], Text: "later"})
	shut(t, x)
	spoil(t, s.Path(), ids[0], "an older row", func(tx *bolt.Tx) error { return bucket(tx, "rows").Put(ids[0][:], old) })
}

// The facts in clear cannot be changed to say that real people are made-up ones.
func TestPromiseFactsCannotBeForged(t *testing.T) {
	s, _ := fresh(t, 0)
	shut(t, s)
	path := copied(t, s.Path())
	meddle(t, path, forgeFacts(2, true))
	if _, err := store.Open(path, storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("facts that were forged with their checksum: %v", err)
	}
	meddle(t, path, func(tx *bolt.Tx) error {
		v := bytes.Clone(bucket(tx, "meta").Get([]byte("facts")))
		v[len(v)-1]++
		return bucket(tx, "meta").Put([]byte("facts"), v)
	})
	if _, err := store.Peek(path); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("facts that were changed without it: %v", err)
	}
}

// forgeFacts changes one of the facts in clear and mends their checksum.
func forgeFacts(field int, value any) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		var f map[int]any
		if err := cbor.Unmarshal(bucket(tx, "meta").Get([]byte("facts"))[32:], &f); err != nil {
			return err
		}
		f[field] = value
		mode, err := cbor.CoreDetEncOptions().EncMode()
		if err != nil {
			return err
		}
		raw, err := mode.Marshal(f)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(raw)
		return bucket(tx, "meta").Put([]byte("facts"), append(sum[:], raw...))
	}
}

// A store of the future is left alone: not opened, not restored, not changed.
func TestPromiseANewerStoreIsLeftAlone(t *testing.T) {
	s, _ := fresh(t, 2)
	shut(t, s)
	meddle(t, s.Path(), forgeFacts(1, store.Version+1))
	before := values(t, s.Path())
	_, err1 := store.Open(s.Path(), storetest.Passphrase, storetest.Options())
	_, err2 := store.Peek(s.Path())
	_, err3 := store.Restore(s.Path(), s.Path()+".other", storetest.Passphrase, storetest.Options())
	_, _, err4 := store.Create(s.Path(), storetest.Founding(), storetest.Options())
	for i, err := range []error{err1, err2, err3} {
		if !errors.Is(err, store.ErrNewer) {
			t.Errorf("way %d into a store of the future gave %v", i+1, err)
		}
	}
	if !errors.Is(err4, store.ErrExists) {
		t.Errorf("creating over it gave %v", err4)
	}
	after := values(t, s.Path())
	if len(before) != len(after) {
		t.Fatalf("%d values became %d", len(before), len(after))
	}
	for k, v := range before {
		if after[k] != v {
			t.Errorf("%q changed", k)
		}
	}
}

// A check reads the file, not what the store remembers of it: a key that was damaged
// after somebody's record was opened is found all the same.
func TestPromiseCheckReadsKeysFromTheFile(t *testing.T) {
	s, ids := fresh(t, 2)
	if _, err := s.Participant(ids[0]); err != nil {
		t.Fatal(err)
	}
	// bbolt waits here until the idle store has given up the lock.
	meddle(t, s.Path(), deleting("keys", scopeKey(ids[0], 0)))
	noticed(t, s)
}
