package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// What may be wrong with a store. Each is wrapped in a sentence that says what to
// do next.
var (
	ErrWrongPassphrase = errors.New("that passphrase or key does not open this store")
	ErrInUse           = errors.New("the store is in use")
	ErrDamaged         = errors.New("the store is damaged")
	ErrNotStore        = errors.New("this file is not a store")
	ErrNoStore         = errors.New("there is no store")
	ErrExists          = errors.New("there is a file already")
	ErrFull            = errors.New("the disk is full")
	ErrReadOnly        = errors.New("the store cannot be written")
	ErrNewer           = errors.New("the store was written by a newer version of coachdesk")
	ErrReplaced        = errors.New("the store was replaced by another one")
	ErrClosed          = errors.New("the store is closed")
	ErrNotFound        = errors.New("nobody of that reference is on the caseload")
)

// sentence is an error that reads as one sentence and still is its kind, and its
// cause.
type sentence struct {
	text  string
	kind  error
	cause error
}

func (s sentence) Error() string { return s.text }

func (s sentence) Unwrap() []error {
	if s.cause == nil {
		return []error{s.kind}
	}
	return []error{s.kind, s.cause}
}

func say(kind, cause error, format string, args ...any) error {
	return sentence{fmt.Sprintf(format, args...), kind, cause}
}

// damaged says what was found wrong. The words must not quote what was stored.
func damaged(format string, args ...any) error {
	return say(ErrDamaged, nil, "The store is damaged: %s. Bring back what can be read with coachdesk salvage, or restore the newest backup; what is in the file now is kept beside it.", fmt.Sprintf(format, args...))
}

// classify gives an error of the disk or of bbolt its kind and its sentence.
func classify(err error) error {
	var known sentence
	var no domain.Refusal
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &no):
		return err
	case errors.Is(err, seal.ErrSeal):
		return damaged("a sealed value does not open")
	case errors.Is(err, berrors.ErrTimeout):
		return say(ErrInUse, err, "The store is in use by another window.")
	case isAny(err, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG), errors.Is(err, berrors.ErrMaxSizeReached):
		return say(ErrFull, err, "Nothing was saved: the disk is full. Make room and try again; what you wrote is still here.")
	case errors.Is(err, fs.ErrNotExist):
		return say(ErrNoStore, err, "There is no store here. `coachdesk init` makes one.")
	case errors.Is(err, fs.ErrPermission), isAny(err, syscall.EROFS), errors.Is(err, berrors.ErrDatabaseReadOnly):
		return say(ErrReadOnly, err, "Nothing was saved: the store is on a disk or in a folder that may not be written.")
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return damaged("its headers do not fit together")
	}
	return err
}

// isAny compares an error with errors of the system. bbolt formats some of them
// into its text ("file resize error: …"), so the end of the text counts too.
func isAny(err error, these ...syscall.Errno) bool {
	for _, e := range these {
		if errors.Is(err, e) || strings.HasSuffix(err.Error(), e.Error()) {
			return true
		}
	}
	return false
}

// guard turns a panic and a memory fault of this goroutine into [ErrDamaged]: a
// damaged page, or a file cut short while it is mapped, shows itself that way.
func guard(f func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			err = damaged("a page of the file cannot be read")
		}
	}()
	return f()
}

// meant runs code of the domain on values that were verified already. A panic
// there is a mistake in the program and says nothing about the file. The panic's
// own text is not shown: it might quote a record.
func meant(what string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("store: %s failed: a mistake in the program (%T)", what, r)
		}
	}()
	return f()
}

// CheckStructure checks the pages of a store without its key. On a badly damaged
// file it may crash or never end: run it in a child process with a time limit.
func CheckStructure(path string) error {
	l := lookOnly(path)
	defer l.end()
	return l.read(func(tx *bolt.Tx) error {
		var first error
		for e := range tx.Check() { // to the end, or bbolt's goroutine would wait for ever
			if first == nil {
				first = e
			}
		}
		if first == nil {
			return nil
		}
		// bbolt's findings name page numbers and, rarely, keys; keys carry no meaning.
		return say(ErrDamaged, first, "The store is damaged: its pages do not fit together. Bring back what can be read with coachdesk salvage, or restore the newest backup.")
	})
}
