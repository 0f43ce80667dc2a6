package store_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// childWrites takes people on until it is killed, and says before and after each.
func childWrites(args []string) {
	s := opened(args[0])
	tell("open")
	for {
		id := s.NewID()
		tell("try %s", id)
		_, err := s.Do(joining(s, id))
		must(err)
		tell("ack %s", id)
		_, err = s.Rows() // a reader between two commands
		must(err)
		tell("rest")
	}
}

// whole says whether a person is wholly there or wholly absent.
func whole(t *testing.T, s *store.Store, id domain.ID) bool {
	t.Helper()
	p, err := s.Participant(id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false
	case err != nil:
		t.Errorf("after a kill: %v", err)
	case len(p.Past()) != 3 || len(p.Notes) != 1 || len(p.Promises) != 1:
		t.Errorf("after a kill a batch is torn: %d records", len(p.Past()))
	}
	return true
}

// Whatever was acknowledged before a kill -9 is there, and what was not is wholly
// there or wholly absent.
func TestFaultKill(t *testing.T) {
	phases := map[string]int{}
	var path string
	late, people := 0, 0
	n, want := rounds(48, 1000), rounds(2, 50)
	lacks := func() bool {
		return phases["start"] < want || phases["try"] < want || phases["ack"]+phases["rest"] < want
	}
	opening := 12 * time.Millisecond // of a child; a machine that is busy takes longer
	for round := 0; round < n || round < 5*n && lacks(); round++ {
		if round%50 == 0 { // a small file keeps the rounds short
			s, _ := fresh(t, 0)
			path, people = s.Path(), 0
			shut(t, s)
		}
		last, acked, tried := kill(t, path, round, &opening)
		phases[last]++
		s, err := store.Open(path, storetest.Passphrase, realOptions())
		if err != nil {
			t.Fatalf("round %d, killed at %q: %v", round, last, err)
		}
		for _, id := range acked {
			if !whole(t, s, id) {
				t.Fatalf("round %d: an acknowledged batch is lost", round)
			}
		}
		people += len(acked)
		if !tried.IsZero() && whole(t, s, tried) {
			late++
			people++
		}
		if all, err := s.Everyone(); err != nil || len(all) != people {
			t.Fatalf("round %d: %d people, want %d: %v", round, len(all), people, err)
		}
		storetest.Audit(t, s)
		shut(t, s)
	}
	t.Logf("kills by what the child had said last: %v; %d between the commit and its acknowledgement; nothing lost", phases, late)
	if lacks() {
		t.Errorf("want at least %d kills before the first, during, and after a command: %v", want, phases)
	}
}

// kill lets a child write and kills it at some moment. It returns what the child said
// last, what it acknowledged, and what it had begun and not acknowledged. One in four is
// killed while it opens, which takes as long as it last took.
func kill(t *testing.T, path string, round int, opening *time.Duration) (last string, acked []domain.ID, tried domain.ID) {
	t.Helper()
	c := child("write", path)
	said := hear(t, c)
	last = "start"
	if began := time.Now(); round%4 == 0 {
		time.Sleep(time.Duration(rand.Int64N(int64(*opening))))
	} else {
		<-said
		*opening = time.Since(began)
		time.Sleep(time.Duration(rand.IntN(25_000)) * time.Microsecond)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for l := range said {
		last = l[0]
		switch l[0] {
		case "try", "ack":
			id, err := domain.ParseID(l[1])
			if err != nil { // the kill tore the line
				t.Fatalf("the child said %q", l)
			}
			if tried = id; l[0] == "ack" {
				acked, tried = append(acked, id), domain.ID{}
			}
		case "failed":
			t.Fatalf("round %d: the child said %q", round, l)
		}
	}
	_ = c.Wait() // it was killed
	if last == "open" {
		last = "start"
	}
	return last, acked, tried
}

// childCreates makes a store.
func childCreates(args []string) {
	tell("begin")
	s, _, err := store.Create(args[0], storetest.Founding(), realOptions())
	must(err)
	must(s.Close())
	tell("made")
}

// A creation that is killed leaves no store or a whole one, and never keeps the next
// creation from its work.
func TestFaultKillCreation(t *testing.T) {
	n := rounds(12, 150)
	made, none, left := 0, 0, 0
	for round := range n {
		path := filepath.Join(t.TempDir(), "desk.coach")
		c := child("create", path)
		said := hear(t, c)
		<-said
		time.Sleep(time.Duration(rand.IntN(8_000)) * time.Microsecond)
		_ = c.Process.Kill() // it may have ended
		for range said {
		}
		_ = c.Wait()
		if _, err := os.Stat(path + ".new"); err == nil {
			left++
		}
		_, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			none++
			s, _, err := store.Create(path, storetest.Founding(), realOptions())
			if err != nil {
				t.Fatalf("round %d: creating after a kill: %v", round, err)
			}
			storetest.Audit(t, s)
			shut(t, s)
		default:
			made++
			s, err := store.Open(path, storetest.Passphrase, realOptions())
			if err != nil {
				t.Fatalf("round %d: a killed creation left %v", round, err)
			}
			storetest.Audit(t, s)
			if len(s.Office().People) != 1 {
				t.Errorf("round %d: nobody sits at the desk", round)
			}
			shut(t, s)
		}
	}
	t.Logf("%d kills of a creation: %d left no store, %d a whole one; %d left an unfinished file", n, none, made, left)
	if none == 0 {
		t.Error("no kill came before the store had its name")
	}
}

// judgeBackups opens every file that has the name of a backup, and finds all that
// were acknowledged.
func judgeBackups(t *testing.T, path string, kept []string, people int) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".backup") {
			continue
		}
		name := filepath.Join(filepath.Dir(path), e.Name())
		found[name] = true
		b := reopen(t, name)
		if got := everything(t, b); len(got) != people {
			t.Errorf("a backup holds %d of %d people", len(got), people)
		}
		shut(t, b)
	}
	for _, name := range kept {
		if !found[name] {
			t.Error("an acknowledged backup is gone")
		}
	}
}

// childRestores puts a backup in the place of a store, over and over.
func childRestores(args []string) {
	tell("begin")
	for {
		kept, err := store.Restore(args[1], args[0], storetest.Passphrase, realOptions())
		must(err)
		tell("restored")
		must(errors.Join(os.Remove(kept), os.Remove(kept+".keys"))) // a second one in this second would need the name
	}
}

// A kill during a restoration leaves a whole store under the name: the old or the new.
func TestFaultKillRestore(t *testing.T) {
	s, ids := fresh(t, 10)
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "after the backup"})
	shut(t, s)
	phases, n := map[string]int{}, rounds(12, 200)
	for round := range n {
		path := copied(t, s.Path())
		copyFile(t, s.Path()+".keys", path+".keys")
		c := child("restore", path, backup)
		said := hear(t, c)
		<-said
		time.Sleep(time.Duration(rand.IntN(60_000)) * time.Microsecond)
		_ = c.Process.Kill() // it lives until then
		last := "begin"
		for l := range said {
			if last = l[0]; last == "failed" {
				t.Fatalf("round %d: the child said %q", round, l)
			}
		}
		_ = c.Wait() // it was killed
		phases[last]++
		x := reopen(t, path)
		storetest.Audit(t, x)
		if got := len(everything(t, x)); got != len(ids) {
			t.Errorf("round %d: %d of %d people", round, got, len(ids))
		}
		shut(t, x)
		if _, err := os.Stat(path + ".keys"); err != nil {
			t.Errorf("round %d: opening did not mend the mirror: %v", round, err)
		}
	}
	t.Logf("%d kills by what the child had said last: %v", n, phases)
}

// A kill between the two names of a finished file leaves both: the second one must not
// keep anybody from compacting, backing up or restoring.
func TestFaultKillBetweenTwoNames(t *testing.T) {
	s, _ := fresh(t, 3)
	shut(t, s)
	if err := os.Link(s.Path(), s.Path()+".new"); err != nil {
		t.Skip(err)
	}
	x := reopen(t, s.Path())
	if err := x.Compact(); err != nil {
		t.Errorf("compacting: %v", err)
	}
	storetest.Audit(t, x)
	if got := len(everything(t, x)); got != 3 {
		t.Errorf("%d of 3 people", got)
	}
}
