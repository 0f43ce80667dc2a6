package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// rename makes a copy a desk of its own, with a signature of its own. It still knows
// which signatures it made before.
func (s *Store) rename() error {
	return s.write(func(tx *bolt.Tx) error {
		if err := s.retireSignature(tx); err != nil {
			return err
		}
		f := s.facts
		f.Version = Version
		if _, err := io.ReadFull(s.o.Dice, f.Desk[:]); err != nil {
			return err
		}
		raw, err := writeFacts(tx, f, s.ring.books)
		tx.OnCommit(func() { s.facts, s.raw = f, raw })
		return errors.Join(err, newSignature(tx, s.ring.books, s.o.Dice))
	})
}

// supplant gives a copy the name of a store, and that store another. At every
// moment there is a store under the name.
// What has been written to the store since asOf would be lost: then it is not replaced.
func supplant(tmp, dst string, o Options, asOf uint64) (kept string, err error) {
	kept = unusedName(dst + ".replaced-" + o.Now().Format(stampFormat))
	if _, err := os.Lstat(dst); errors.Is(err, fs.ErrNotExist) {
		return "", errors.Join(keepMirror(dst, kept), moveNew(tmp, dst))
	}
	// Whoever is writing has the lock; a damaged store cannot be opened, and nobody
	// writes to it.
	db, _, err := openFile(dst, openHow{readOnly: true})
	if errors.Is(err, ErrInUse) {
		return "", err
	}
	if db != nil {
		defer func() { _ = guard(db.Close) }() // only read
	}
	if newestTx(dst) != asOf {
		return "", errMoved
	}
	if err := keepMirror(dst, kept); err != nil {
		_ = os.Remove(mirrorPath(kept)) // a copy of the one beside the store
		return "", err
	}
	err = os.Link(dst, kept)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(dst, kept)
	}
	if err != nil {
		_ = os.Remove(mirrorPath(kept))
		return "", err
	}
	if err := os.Rename(tmp, dst); err != nil {
		return "", errors.Join(err, unkeep(dst, kept))
	}
	return kept, syncFolder(dst)
}

// unkeep takes back what was kept of a store that was not replaced after all. It is
// either another name of the same file or, where files have one name only, the file
// itself, which then gets its own name back.
func unkeep(dst, kept string) error {
	if err := os.Rename(kept, dst); err != nil {
		return err
	}
	_ = os.Remove(kept) // renaming one name of a file to another of the same does nothing
	_ = os.Remove(mirrorPath(kept))
	return nil
}

// unusedName adds a number to a name that there is already.
func unusedName(name string) string {
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s-%d", name, n)
	}
}

// keepMirror keeps the key file of a store that is replaced beside it. The file itself
// stays until that of the new store replaces it: it may be the only way in.
func keepMirror(dst, kept string) error {
	b, err := readSmall(mirrorPath(dst), mirrorMax)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	return replaceFile(mirrorPath(kept), b)
}
