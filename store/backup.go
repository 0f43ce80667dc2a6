package store

import (
	"errors"
	"os"
	"runtime"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// copyStep is how much is copied in one transaction.
const copyStep = 4 << 20

// copyTo copies what is alive into a new file, sealed as it is. Copying page by
// page would take deleted records along.
func (s *Store) copyTo(db *bolt.DB, tmp string) error {
	if err := sweep(tmp); err != nil {
		return err
	}
	return s.lease.guarded(func() error {
		o := &bolt.Options{Timeout: 1, MaxSize: sizeMax, NoSync: true, NoStatistics: true}
		if st, err := os.Stat(db.Path()); err == nil && runtime.GOOS != "windows" {
			// Mapped once, at the size that it may need: every growth would have the pages
			// in memory copied. On Windows the file would grow to that size at once.
			o.InitialMmapSize = int(st.Size()) + copyStep
		}
		dst, err := bolt.Open(tmp, 0o600, o)
		if err != nil {
			return err
		}
		err = bolt.Compact(dst, db, copyStep)
		if err = errors.Join(err, dst.Close()); err != nil {
			return err
		}
		return trim(tmp)
	})
}

// trim takes away what a new file has behind its last page, and waits for the disk.
func trim(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if h, _ := newestHeader(f); h.valid {
		err = f.Truncate(int64(h.highWater) * int64(h.pageSize))
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// inspect opens a copy with the key that the caller has and checks all of it.
func inspect(path string, key seal.Key, o Options, want tally, broken ...domain.ID) error {
	c := newStore(path, o, true)
	err := c.lease.read(func(tx *bolt.Tx) (err error) {
		c.facts, c.raw, err = readFacts(tx)
		return err
	})
	if err == nil {
		err = c.enter(key)
	}
	var found []Finding
	if err == nil {
		found, err = c.Check()
	}
	found = slices.DeleteFunc(found, func(f Finding) bool { return slices.Contains(broken, f.Draft) })
	same := c.book == want
	_ = c.Close() // nothing was written
	switch {
	case err != nil:
		return err
	case len(found) > 0:
		return say(ErrDamaged, nil, "The copy is not sound, nor is perhaps the store: %s", found[0].Sentence)
	case !same:
		return say(ErrDamaged, nil, "The copy does not hold what the store holds.")
	}
	return nil
}

// Backup writes a copy of the store, checks all of it, and only then gives it its
// name. It never replaces a file. Where the copy is, is remembered under seal, so that
// [Store.Copies] can tell of it.
func (s *Store) Backup(dst string) error {
	if _, err := os.Lstat(dst); err == nil {
		return sayExists(dst)
	}
	// Noted first: a copy that nobody knows of would be forgotten when somebody is
	// erased. A store that may not be written is backed up all the same.
	if err := s.noteCopy(dst); err != nil && !errors.Is(err, ErrReadOnly) {
		return err
	}
	return s.copyAside(dst)
}

func (s *Store) copyAside(dst string) error {
	if _, err := os.Lstat(dst); err == nil {
		return sayExists(dst)
	}
	tmp := dst + ".new"
	var book tally
	var key seal.Key
	erased := 0
	err := s.lease.with(func(db *bolt.DB) error {
		if err := s.lease.guarded(func() error { return view(db, s.look) }); err != nil {
			return err
		}
		book, key, erased = s.book, s.ring.key, len(s.desk.office.Erased)+len(s.desk.office.ErasedParts)
		return s.copyTo(db, tmp)
	})
	if err == nil {
		err = inspect(tmp, key, s.o, book)
	}
	if err == nil {
		// Whoever was erased while the copy was looked at must not be in it.
		err = s.read(func(*bolt.Tx) error {
			if len(s.desk.office.Erased)+len(s.desk.office.ErasedParts) != erased {
				return say(ErrReplaced, nil, "Somebody was erased while the backup was made. Make it again.")
			}
			return nil
		})
	}
	if err == nil {
		err = moveNew(tmp, dst)
	}
	if err != nil {
		_ = os.Remove(tmp) // the next backup would do it as well
	}
	return classify(err)
}

// Compact copies the store into a new file that takes its place: what was deleted
// is then in it no more.
func (s *Store) Compact() error {
	return s.lease.with(func(db *bolt.DB) error {
		tmp := s.lease.path + ".new"
		err := s.lease.guarded(func() error { return view(db, s.look) })
		if err == nil && s.lease.how.readOnly {
			err = say(ErrReadOnly, nil, "The store may not be written.")
		}
		if err == nil {
			err = s.copyTo(db, tmp)
		}
		var broken []domain.ID // drafts that nobody can read must not keep in the file what was erased
		if err == nil {
			err = view(db, func(tx *bolt.Tx) error {
				broken = brokenDrafts(tx, s.ring)
				return nil
			})
		}
		want := s.book
		if err == nil && want.Owed > 0 {
			want.Owed = 0
			err = paid(tmp, s.ring.key, s.o)
		}
		if err == nil {
			err = inspect(tmp, s.ring.key, s.o, want, broken...)
		}
		if err == nil {
			// The lock on the old file is held until the new one has its name; whoever
			// waits for it notices that the file became another.
			err = errors.Join(os.Rename(tmp, s.lease.path), syncFolder(s.lease.path))
		}
		if err != nil {
			_ = os.Remove(tmp) // the next time would do it as well
		}
		s.lease.release()
		return classify(err)
	})
}

// on opens a copy with the key that the caller has, does something to it and closes
// it.
func on(path string, key seal.Key, o Options, f func(*Store) error) error {
	c := newStore(path, o, true)
	c.lease.how.readOnly = false
	err := c.lease.read(func(tx *bolt.Tx) (err error) {
		c.facts, c.raw, err = readFacts(tx)
		return err
	})
	if err == nil {
		err = c.enter(key)
	}
	if err == nil {
		err = f(c)
	}
	return errors.Join(err, c.Close())
}

// paid notes in a compacted copy that nothing deleted is left in it.
func paid(path string, key seal.Key, o Options) error {
	return on(path, key, o, func(c *Store) error {
		return c.write(func(tx *bolt.Tx) error {
			book := c.book
			book.Owed = 0
			tx.OnCommit(func() { c.book = book })
			return writeTally(tx, c.ring.books, book)
		})
	})
}

// Restore puts a backup in the place of a store. The backup must open and be sound;
// what it replaces is kept under the name that is returned, empty if there was
// nothing. The restored store is a new desk: the old one may have sent records that
// the backup does not know.
func Restore(src, dst, passphrase string, o Options) (kept string, err error) {
	with, err := seal.Identities(passphrase)
	if err != nil {
		return "", sayTyped(passphrase, err)
	}
	return RestoreWith(src, dst, o, with...)
}

// RestoreWith is [Restore] with any identity that opens the backup.
func RestoreWith(src, dst string, o Options, with ...age.Identity) (kept string, err error) {
	for range attempts {
		if kept, err = restoreOnce(src, dst, o, with...); !errors.Is(err, errMoved) {
			break
		}
	}
	return kept, err
}

func restoreOnce(src, dst string, o Options, with ...age.Identity) (kept string, err error) {
	b, err := openStore(src, o, true, with...)
	if err != nil {
		return "", err
	}
	defer func() { _ = b.Close() }() // nothing was written
	found, err := b.Check()
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return "", say(ErrDamaged, nil, "The backup is not sound, so nothing was changed: %s", found[0].Sentence)
	}
	tmp := dst + ".new"
	var book tally
	err = b.lease.with(func(db *bolt.DB) error {
		book = b.book
		return b.copyTo(db, tmp)
	})
	asOf := newestTx(dst)
	gone, notes := erasuresAt(dst, o, with...)
	var fresh mirror
	if err == nil {
		err = on(tmp, b.ring.key, o, func(c *Store) error {
			if err := c.rename(); err != nil {
				return err
			}
			if err := errors.Join(c.buryAll(gone), c.joinCopies(notes, src)); err != nil {
				return err
			}
			slots, err := c.Slots()
			book = c.book
			fresh = mirror{Desk: c.facts.Desk.String(), Slots: slots, Erased: c.desk.office.ErasedIDs()}
			return err
		})
	}
	if err == nil {
		err = inspect(tmp, b.ring.key, o, book)
	}
	if err == nil {
		kept, err = supplant(tmp, dst, o, asOf)
	}
	if err != nil {
		_ = os.Remove(tmp) // the next time would do it as well
		return "", classify(err)
	}
	return kept, writeMirror(dst, fresh)
}

// stampFormat is how a time stands in the name of a file that is kept.
const stampFormat = "2006-01-02-150405"
