package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// pair is one store opened twice: the lock knows them apart as it does processes.
func pair(t *testing.T) (a, b *store.Store, id domain.ID) {
	t.Helper()
	a = storetest.New(t)
	id = storetest.Join(t, a, "Beth Okafor")
	o := storetest.Options()
	o.Dice = storetest.NewDice(2)
	b, err := store.Open(a.Path(), storetest.Passphrase, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return a, b, id
}

func rename(id domain.ID, what string) domain.Command {
	return domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactContact: what}}
}

// Two who write in turn see each other's records, decide on them, and lose none.
func TestTwoWriteInTurn(t *testing.T) {
	t.Parallel()
	a, b, id := pair(t)
	for i := range 3 {
		storetest.Do(t, a, rename(id, fmt.Sprint("a", i)))
		if _, err := b.Do(domain.Batch{ID: b.NewID(), Commands: []domain.Command{rename(id, fmt.Sprint("a", i))}}); !refusedOn(err, "") {
			t.Errorf("the second did not see what the first wrote: %v", err)
		}
		storetest.Do(t, b, rename(id, fmt.Sprint("b", i)))
	}
	p, err := a.Participant(id)
	if err != nil || len(p.Past()) != 7 || p.Fact(domain.FactContact) != "b2" {
		t.Errorf("%d records, the last says %q: %v", len(p.Past()), p.Fact(domain.FactContact), err)
	}
}

// A colleague who was registered in one window can sit down at the other.
func TestTheOfficeIsReadAgain(t *testing.T) {
	t.Parallel()
	a, b, _ := pair(t)
	who := a.NewID()
	storetest.Do(t, a, domain.Register{Office: a.OfficeID(), Person: who, Name: "Ravi Shah", Role: domain.Adviser})
	if err := b.As(who); err != nil || b.Who().Name != "Ravi Shah" || b.Who().Role != domain.Adviser {
		t.Errorf("%+v is at the other desk: %v", b.Who(), err)
	}
	if err := b.As(b.NewID()); !refusedOn(err, "as") {
		t.Errorf("a stranger sat down: %v", err)
	}
}

// Many goroutines of one process may use a store at once.
func TestManyGoroutines(t *testing.T) {
	t.Parallel()
	s := storetest.New(t)
	id := storetest.Join(t, s, "Beth Okafor")
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				_, err1 := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{rename(id, fmt.Sprintf("w%d %d", w, i))}})
				_, err2 := s.Participant(id)
				_, err3 := s.Rows()
				_, err4 := s.Changed()
				_, _, err5 := s.Since(0)
				if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
					t.Error(err)
				}
				_, _, _ = s.Who(), s.Office(), s.Calendar()
			}
		})
	}
	wg.Wait()
	if p, err := s.Participant(id); err != nil || len(p.Past()) != 41 {
		t.Errorf("%d records: %v", len(p.Past()), err)
	}
}

// A process that never rests lets others have their turn.
func TestABusyProcessGivesWay(t *testing.T) {
	t.Parallel()
	a, b, id := pair(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				storetest.Do(t, a, rename(id, fmt.Sprint("busy ", i%2, i)))
			}
		}
	})
	for i := range 3 {
		if _, err := b.Do(domain.Batch{ID: b.NewID(), Commands: []domain.Command{rename(id, fmt.Sprint("guest ", i))}}); err != nil {
			t.Errorf("the other did not get a turn: %v", err)
		}
	}
}

// Whoever waits in vain is told who has the store.
func TestInUseNamesTheHolder(t *testing.T) {
	t.Parallel()
	a, b, _ := pair(t)
	if err := a.KeepDraft(store.Draft{ID: a.NewID()}); err != nil { // signs in
		t.Fatal(err)
	}
	db, err := bolt.Open(a.Path(), 0o600, &bolt.Options{Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	b.Impatient(60 * time.Millisecond)
	_, err = b.Rows()
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("while somebody holds the store: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Rows(); err != nil {
		t.Errorf("after they let go: %v", err)
	}
}

// Asking whether anything changed notices every record, and keeps nobody waiting.
func TestChanged(t *testing.T) {
	t.Parallel()
	a, b, id := pair(t)
	n, err := b.Changed()
	if err != nil {
		t.Fatal(err)
	}
	for i := range uint64(3) {
		storetest.Do(t, a, rename(id, fmt.Sprint(i)))
		if got, err := b.Changed(); err != nil || got != n+i+1 {
			t.Errorf("after %d records it says %d, was %d: %v", i+1, got, n, err)
		}
	}
	if err := b.KeepDraft(store.Draft{ID: b.NewID()}); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Changed(); err != nil || got != n+3 {
		t.Errorf("a draft counts as a record: %d, %v", got, err)
	}
	records, next, err := b.Since(n)
	if err != nil || len(records) != 3 || next != n+3 {
		t.Errorf("%d records since %d, then %d: %v", len(records), n, next, err)
	}
}

// A store that was replaced while it was open is not written to.
func TestReplacedWhileOpen(t *testing.T) {
	t.Parallel()
	a, b, id := pair(t)
	kept := filepath.Join(t.TempDir(), "backup")
	if err := a.Backup(kept); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(kept, a.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Do(domain.Batch{ID: b.NewID(), Commands: []domain.Command{rename(id, "lost?")}}); !errors.Is(err, store.ErrReplaced) {
		t.Errorf("writing to the store that took its place: %v", err)
	}
}

// Compaction by one process does not make another write to the old file.
func TestCompactedWhileOpen(t *testing.T) {
	t.Parallel()
	a, b, id := pair(t)
	for i := range 3 {
		storetest.Do(t, b, rename(id, fmt.Sprint("before ", i)))
		if err := a.Compact(); err != nil {
			t.Fatal(err)
		}
		storetest.Do(t, b, rename(id, fmt.Sprint("after ", i)))
	}
	if p, err := a.Participant(id); err != nil || len(p.Past()) != 7 {
		t.Errorf("%d records: %v", len(p.Past()), err)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for path, warned := range map[string]bool{
		"/home/ann/OneDrive - DWP/desk.coach": true, "/home/ann/Dropbox/work/desk.coach": true,
		"/Users/ann/Library/Mobile Documents/desk.coach": true, "/home/ann/Google Drive/desk.coach": true,
		"/home/ann/desk.coach": false, "/home/ann/dropboxes/desk.coach": false, "/home/omega/desk.coach": false,
	} {
		if got := store.WarnOf(path); (len(got) > 0) != warned {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// What may have been a store is never made anew.
func TestCreateTouchesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, c := range map[string]struct {
		file, mirror bool
		content      string
		want         error
	}{
		"a file":                     {true, false, "words", store.ErrExists},
		"an empty file":              {true, false, "", store.ErrNotStore},
		"an empty file and its keys": {true, true, "", store.ErrDamaged},
		"keys alone":                 {false, true, "", store.ErrExists},
	} {
		path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-"))
		if c.file {
			writeFile(t, path, c.content)
		}
		if c.mirror {
			writeFile(t, path+".keys", "{}")
		}
		if _, _, err := store.Create(path, storetest.Founding(), storetest.Options()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if c.file {
			if b, err := os.ReadFile(path); err != nil || string(b) != c.content {
				t.Errorf("%s became %q: %v", name, b, err)
			}
			if _, err := store.Open(path, storetest.Passphrase, storetest.Options()); err == nil {
				t.Errorf("%s opens", name)
			}
		}
	}
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The files of a store are for their owner alone.
func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	s := storetest.New(t)
	storetest.Join(t, s, "Beth Okafor")
	if err := s.Backup(s.Path() + ".backup"); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", ".keys", ".lock", ".backup"} {
		st, err := os.Stat(s.Path() + suffix)
		if err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v %v", suffix, st, err)
		}
	}
}

// A damaged header is told once, the file is kept, and the next command cures it.
func TestADamagedHeaderIsTold(t *testing.T) {
	t.Parallel()
	for at := range 2 {
		s, ids := fresh(t, 2)
		shut(t, s)
		raw, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		raw[at*os.Getpagesize()+16+50] ^= 1 // its transaction
		writeFile(t, s.Path(), string(raw))
		for range 2 {
			x, err := store.Open(s.Path(), storetest.Passphrase, storetest.Options())
			if err != nil {
				t.Fatal(err)
			}
			if w := x.Warnings(); len(w) != 1 || !strings.Contains(w[0], "headers") {
				t.Errorf("header %d: the warnings are %q", at, w)
			}
			noticed(t, x)
			shut(t, x)
		}
		kept, err := filepath.Glob(s.Path() + ".damaged-*")
		if err != nil || len(kept) != 1 {
			t.Fatalf("header %d: kept are %q: %v", at, kept, err)
		}
		if b, err := os.ReadFile(kept[0]); err != nil || string(b) != string(raw) {
			t.Errorf("header %d: what is kept is not what was there: %v", at, err)
		}
		x := reopen(t, s.Path())
		storetest.Do(t, x, rename(ids[0], "text first"))
		storetest.Audit(t, x)
	}
}
