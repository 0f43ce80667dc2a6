//go:build unix

package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

func init() {
	jobs["full"], jobs["bound"], jobs["cut"] = childFillsTheDisk, childMayNotWrite, childIsCutShort
}

// childFillsTheDisk writes until no more fits, makes room, and tries again.
func childFillsTheDisk(args []string) {
	signal.Ignore(syscall.SIGXFSZ)
	s := opened(args[0])
	var was syscall.Rlimit
	must(syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	st, err := os.Stat(args[0])
	must(err)
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(st.Size()) + 200<<10, Max: was.Max}))
	var ids []domain.ID
	var b domain.Batch
	for {
		id := s.NewID()
		b = joining(s, id)
		b.Commands = append(b.Commands, domain.TakeNote{Participant: id, Text: strings.Repeat("long words ", 400)})
		if _, err = s.Do(b); err != nil {
			break
		}
		ids = append(ids, id)
	}
	tell("stopped %s", kindOf(err))
	tell("draft %s", kindOf(s.KeepDraft(store.Draft{ID: s.NewID(), Fields: map[string]string{"text": strings.Repeat("x", 400<<10)}})))
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: was.Max}))
	tell("backup %s", kindOf(s.Backup(args[0]+".backup")))
	tell("compact %s", kindOf(s.Compact()))
	there := 0
	for _, id := range ids {
		if _, err := s.Participant(id); err == nil {
			there++
		}
	}
	tell("kept %d of %d", there, len(ids))
	must(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was))
	receipt, err := s.Do(b)
	tell("again %s %v", kindOf(err), receipt.Again)
	must(s.Close())
	tell("people %d", len(ids)+1)
}

// A full disk is a sentence; earlier records stay; with room the same command succeeds.
func TestFaultFullDisk(t *testing.T) {
	s, _ := fresh(t, 3)
	shut(t, s)
	said := sayings(t, "full", s.Path())
	t.Log(said)
	for word, want := range map[string]string{"stopped": "full", "draft": "full", "backup": "full", "compact": "full", "again": "fine false"} {
		if len(said[word]) != 1 || said[word][0] != want {
			t.Errorf("%s: %v, want %s", word, said[word], want)
		}
	}
	var kept, of, people int
	if _, err := fmt.Sscanf(strings.Join(said["kept"], ""), "%d of %d", &kept, &of); err != nil || kept != of || of == 0 {
		t.Errorf("kept %v: %v", said["kept"], err)
	}
	if _, err := fmt.Sscanf(strings.Join(said["people"], ""), "%d", &people); err != nil {
		t.Error(err)
	}
	x := reopen(t, s.Path())
	if all := everything(t, x); len(all) != 3+people {
		t.Errorf("%d people, want %d", len(all), 3+people)
	}
	storetest.Audit(t, x)
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(s.Path()), "*[wp]")); err != nil || len(left) > 0 {
		t.Errorf("unfinished files were left: %v %v", left, err)
	}
}

// nobody is the user whom permissions bind, even when the tests are run by root.
const nobody = 65534

// childMayNotWrite works on a store that it may only read.
func childMayNotWrite(args []string) {
	if os.Getuid() == 0 {
		must(errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)))
	}
	s, err := store.Open(args[0], storetest.Passphrase, realOptions())
	tell("open %s", kindOf(err))
	if err != nil {
		return
	}
	rows, err := s.Rows()
	tell("rows %s %d", kindOf(err), len(rows))
	_, err = s.Do(joining(s, s.NewID()))
	tell("do %s", kindOf(err))
	tell("draft %s", kindOf(s.KeepDraft(store.Draft{ID: s.NewID()})))
	tell("compact %s", kindOf(s.Compact()))
	tell("rebuild %s", kindOf(s.Rebuild()))
	tell("passphrase %s", kindOf(newWords(s, storetest.Passphrase)))
	tell("backup %s", kindOf(s.Backup(args[0]+".backup")))
	found, err := s.Check()
	tell("check %s %d", kindOf(err), len(found))
	rows, err = s.Rows()
	tell("after %s %d", kindOf(err), len(rows))
	must(s.Close())
}

// A store in a folder or a file that may not be written can be read, and says so when
// it should be written.
func TestFaultReadOnly(t *testing.T) {
	s, _ := fresh(t, 3)
	shut(t, s)
	dir, err := os.MkdirTemp("/tmp", "coachdesk-readonly-") // TempDir is closed to others
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "desk.coach")
	copyFile(t, s.Path(), path)
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	said := sayings(t, "bound", path)
	for word, want := range map[string]string{"open": "fine", "rows": "fine 3", "do": "readonly", "draft": "readonly", "compact": "readonly", "rebuild": "readonly", "passphrase": "readonly", "backup": "readonly", "check": "fine 0", "after": "fine 3"} {
		if len(said[word]) != 1 || said[word][0] != want {
			t.Errorf("file and folder: %s gave %v, want %s", word, said[word], want)
		}
	}
	if err := os.Chmod(path, 0o666); err != nil { // the folder alone stays closed
		t.Fatal(err)
	}
	said = sayings(t, "bound", path)
	for word, want := range map[string]string{"open": "fine", "rows": "fine 3", "do": "fine", "compact": "readonly", "rebuild": "fine", "backup": "readonly", "check": "fine 0", "after": "fine 4"} {
		if len(said[word]) != 1 || said[word][0] != want {
			t.Errorf("folder: %s gave %v, want %s", word, said[word], want)
		}
	}
	storetest.Audit(t, reopen(t, path))
}

// A file without a byte never becomes a store, whoever looks at it.
func TestFaultEmptyFile(t *testing.T) {
	s, _ := fresh(t, 1)
	shut(t, s)
	for _, c := range []struct {
		mirror bool
		want   string
	}{{false, "notstore"}, {true, "damaged"}} {
		path := filepath.Join(t.TempDir(), "desk.coach")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if c.mirror {
			copyFile(t, s.Path()+".keys", path+".keys")
		}
		_, err1 := store.Open(path, storetest.Passphrase, storetest.Options())
		_, _, err2 := store.Create(path, storetest.Founding(), storetest.Options())
		_, err3 := store.Peek(path)
		err4 := store.CheckStructure(path)
		_, err5 := store.Restore(path, path+".other", storetest.Passphrase, storetest.Options())
		for i, err := range []error{err1, err2, err3, err4, err5} {
			if kindOf(err) != c.want {
				t.Errorf("mirror %v, way %d: %v", c.mirror, i+1, err)
			}
		}
		if st, err := os.Stat(path); err != nil || st.Size() != 0 {
			t.Errorf("the empty file became %v: %v", st, err)
		}
		if _, err := os.Stat(path + ".other"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("restoring from an empty file left a file: %v", err)
		}
	}
	if _, err := store.Open(filepath.Join(t.TempDir(), "none"), storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrNoStore) {
		t.Errorf("no file gave %v", err)
	}
}

// childIsCutShort loses the end of its file while it has it open.
func childIsCutShort(args []string) {
	s := opened(args[0])
	ids, err := s.Everyone()
	must(err)
	must(os.Truncate(args[0], 8192))
	for _, id := range ids {
		_, err := s.Participant(id)
		tell("read %s", kindOf(err))
	}
	_, err = s.Do(joining(s, s.NewID()))
	tell("do %s", kindOf(err))
	_, err = s.Rows()
	tell("rows %s", kindOf(err))
	found, err := s.Check()
	tell("check %v %s", len(found) > 0, kindOf(err))
	must(s.Close())
	tell("closed")
}

// A file that is cut short while it is open is damage, not a crash, and not a wait.
func TestFaultTruncatedWhileOpen(t *testing.T) {
	s, ids := fresh(t, 20)
	shut(t, s)
	said := sayings(t, "cut", s.Path())
	if len(said["read"]) != len(ids) || len(said["closed"]) != 1 {
		t.Errorf("the child said %v", said)
	}
	for _, word := range []string{"read", "do", "rows"} {
		for _, kind := range said[word] {
			if kind != "damaged" {
				t.Errorf("%s gave %s", word, kind)
			}
		}
	}
	if c := said["check"]; len(c) != 1 || c[0] != "true fine" && c[0] != "false damaged" {
		t.Errorf("the check gave %v", c)
	}
}
