package store_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/store"
	"coachdesk/store/storetest"
)

// FuzzOpenDamaged changes any bytes of a store at any places, opens it, and compares
// every read with the oracle: the right answer, or damage. Four bytes of the input
// are one change: where (three, modulo the length), and what is added to the byte.
func FuzzOpenDamaged(f *testing.F) {
	raw, mirror, oraclePath := damageable(f, 3)
	o, ids, err := readOracle(oraclePath)
	if err != nil {
		f.Fatal(err)
	}
	checker := &helper{job: "check"}
	f.Cleanup(checker.stop)
	options := checked(checker, time.Second)
	f.Add([]byte{0, 0, 16, 1})
	f.Add([]byte{0, 16, 24, 0xFF, 0, 0, 80, 1})
	f.Add([]byte{0, 0x30, 8, 3, 0, 0x30, 10, 0x40})
	path := filepath.Join(f.TempDir(), "desk.coach")
	f.Fuzz(func(t *testing.T, changes []byte) {
		b := append([]byte(nil), raw...)
		for ; len(changes) >= 4; changes = changes[4:] {
			at := binary.BigEndian.Uint32(append([]byte{0}, changes[:3]...))
			b[int(at)%len(b)] += changes[3]
		}
		if err := errors.Join(os.WriteFile(path, b, 0o600), os.WriteFile(path+".keys", mirror, 0o600)); err != nil {
			t.Fatal(err)
		}
		if verdict := judge(path, options, o, ids); strings.HasPrefix(verdict, "WRONG") || verdict == "older" {
			t.Error(verdict)
		}
		tidyUp(t, path)
	})
}

// tidyUp removes what opening a damaged store left beside it.
func tidyUp(t *testing.T, path string) {
	t.Helper()
	left, err := filepath.Glob(path + ".*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzOpen opens any file: it is a store only when it is one, and otherwise there is
// a sentence about what is wrong, and nobody changed it.
func FuzzOpen(f *testing.F) {
	raw, _, _ := damageable(f, 1)
	f.Add(raw[:8192])
	f.Add([]byte("not a store"))
	f.Add([]byte{})
	checker := &helper{job: "check"}
	f.Cleanup(checker.stop)
	path := filepath.Join(f.TempDir(), "desk.coach")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"opening": openedFor(path, checked(checker, time.Second)), "peeking": second(store.Peek(path)), "checking": store.CheckStructure(path),
			"restoring": second(store.Restore(path, path+".other", storetest.Passphrase, checked(checker, time.Second))),
		} {
			if kind := kindOf(err); kind != "damaged" && kind != "notstore" {
				t.Errorf("%s gave %s", what, kind)
			}
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(b) {
			t.Errorf("the file was changed: %v", err)
		}
		if _, err := os.Stat(path + ".other"); err == nil {
			t.Error("a store was made of it")
		}
		tidyUp(t, path)
	})
}

func openedFor(path string, o store.Options) error {
	s, err := store.Open(path, storetest.Passphrase, o)
	if err == nil {
		_ = s.Close()
	}
	return err
}

func second[T any](_ T, err error) error { return err }
