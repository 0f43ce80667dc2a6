package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"coachdesk/store"
)

// TestStructureIsCheckedWhileSomebodyTypes counts the checks: one for a file that
// stays as it is, however often the passphrase is wrong; another when it was written.
func TestStructureIsCheckedWhileSomebodyTypes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, make([]byte, 200<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	runs, verdict := 0, error(nil)
	s := &soundness{run: func(string) error { runs++; return verdict }}
	s.begin(path)
	s.wait()
	for range 3 {
		if err := s.of(path); err != nil || runs != 1 {
			t.Fatalf("%d checks, %v", runs, err)
		}
	}
	if s.of(path+".other") != nil || runs != 2 {
		t.Fatal("another file was not checked")
	}
	verdict = store.ErrDamaged
	for name, change := range map[string]func() error{
		"a header": func() error { return writeAt(path, 4096+70) },
		"its time": func() error { return os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)) },
		"replaced": func() error {
			b, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".new", b, 0o600), os.Rename(path+".new", path))
		},
	} {
		verdict = nil
		s.begin(path)
		s.wait()
		verdict, runs = store.ErrDamaged, 0
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if err := s.of(path); !errors.Is(err, store.ErrDamaged) || runs != 1 {
			t.Errorf("%s: %d checks, %v", name, runs, err)
		}
	}
	verdict = store.ErrInUse // it could not be checked: that is no verdict
	s.begin(path)
	s.wait()
	verdict = nil
	if err := s.of(path); err != nil {
		t.Fatal(err)
	}
}

func writeAt(path string, at int64) error {
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte{1}, at)
	return errors.Join(err, f.Close(), os.Chtimes(path, time.Time{}, st.ModTime()))
}
