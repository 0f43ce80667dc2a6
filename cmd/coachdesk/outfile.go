package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// target is where a paper or an export is to go.
type target struct {
	path  string // a file, or a folder
	name  string // under which a folder takes it
	force bool   // replaces a file that is there
}

// written is a file as it came to be.
type written struct {
	Path   string
	SHA256 [sha256.Size]byte
	Size   int64
}

// writeFile is the one door through which a paper or an export comes onto a disk: for
// its owner alone, whole or not at all, and never over another file without force.
// What fill writes goes to a temporary name in the same folder and is waited for; then
// sworn, which may be nil, records that the file is about to exist; then the file gets
// its name. Whatever fails before that leaves nothing behind.
func writeFile(to target, fill func(io.Writer) error, sworn func(written) error) (written, error) {
	to, err := to.settled()
	if err != nil {
		return written{}, err
	}
	f, err := os.CreateTemp(filepath.Dir(to.path), ".coachdesk-*")
	if err != nil {
		return written{}, sayUnwritten(to.path, err)
	}
	done, err := fillFile(f, to.path, fill)
	if err == nil && sworn != nil {
		err = sworn(done)
	}
	if err == nil {
		err = sayUnwritten(to.path, christen(f.Name(), to))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // gone already when only the folder could not be synced
		return written{}, err
	}
	return done, nil
}

// fillFile writes a file and waits for the disk.
func fillFile(f *os.File, path string, fill func(io.Writer) error) (written, error) {
	w := &summer{w: f, sum: sha256.New()}
	err := f.Chmod(0o600)
	if err == nil {
		if err = fill(w); err != nil && w.failed == nil {
			_ = f.Close()         // it is thrown away
			return written{}, err // nothing that the disk did
		}
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	done := written{Path: path, Size: w.size}
	w.sum.Sum(done.SHA256[:0])
	return done, sayUnwritten(path, err)
}

// settled finds out which file is meant, and refuses one that is there already.
func (to target) settled() (target, error) {
	if st, err := os.Stat(to.path); err == nil && st.IsDir() {
		to.path = filepath.Join(to.path, to.name)
	}
	if _, err := os.Lstat(to.path); err == nil && !to.force {
		return to, sayThere(to.path)
	}
	return to, nil
}

// christen gives a finished file its name.
func christen(tmp string, to target) error {
	if !to.force {
		// A link never replaces what somebody made meanwhile. Some disks have none.
		switch err := os.Link(tmp, to.path); {
		case errors.Is(err, fs.ErrExist):
			return sayThere(to.path)
		case err == nil:
			if err := syncFolder(to.path); err != nil {
				_ = os.Remove(to.path) // a name that may not last is worse than none
				return err
			}
			return os.Remove(tmp)
		}
		if _, err := os.Lstat(to.path); err == nil {
			return sayThere(to.path)
		}
	}
	if err := os.Rename(tmp, to.path); err != nil {
		return err
	}
	return syncFolder(to.path)
}

// syncFolder makes the name of a file last. Windows has no such thing.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// summer adds up what goes through it.
type summer struct {
	w      io.Writer
	sum    hash.Hash
	size   int64
	failed error // of the writer below
}

func (s *summer) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	_, _ = s.sum.Write(b[:n]) // never fails
	s.size += int64(n)
	if err != nil {
		s.failed = err
	}
	return n, err
}

func sayThere(path string) error {
	return domain.Refused("output", "There is a file %s already. --force replaces it.", clean.Line(path, 400))
}

// sayUnwritten says in a sentence why a file could not be written. What is a sentence
// already stays as it is.
func sayUnwritten(path string, err error) error {
	name := clean.Line(path, 400)
	is := func(these ...error) bool {
		for _, e := range these {
			if errors.Is(err, e) {
				return true
			}
		}
		return false
	}
	var no domain.Refusal
	switch {
	case err == nil, errors.As(err, &no):
		return err
	case is(syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG):
		return fmt.Errorf("%s was not written: %w. Make room and write it again; nothing was left behind", name, store.ErrFull)
	case is(fs.ErrNotExist, syscall.ENOTDIR):
		return misuse("--output: there is no folder for %s. Make it first, or name another place.", name)
	case is(fs.ErrPermission, syscall.EROFS):
		return misuse("--output: nothing may be written where %s would be. Name another place.", name)
	}
	return misuse("--output: %s cannot be written: %s", name, err)
}
