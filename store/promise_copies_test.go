package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// automatic lists the automatic backups beside a store.
func automatic(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path + ".backups")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A backup is made when the last is older than a day; seven days and four weeks of them
// stay, and each is a whole store.
func TestPromiseAutomaticBackups(t *testing.T) {
	clock := storetest.NewClock(storetest.Begin)
	s := storetest.New(t, storetest.With(func(o *store.Options) { o.Now = clock.Now }))
	populate(t, s, 2)
	for day := range 45 {
		clock.Set(storetest.Begin.AddDate(0, 0, day).Add(time.Duration(day) * time.Minute))
		made, err := s.BackUpIfDue()
		if err != nil || made == "" {
			t.Fatalf("day %d: %q %v", day, made, err)
		}
		clock.Set(storetest.Begin.AddDate(0, 0, day).Add(20 * time.Hour))
		if made, err := s.BackUpIfDue(); err != nil || made != "" {
			t.Fatalf("day %d: a second one was made: %q %v", day, made, err)
		}
		if _, err := os.Stat(made); err != nil {
			t.Fatalf("day %d: the new one is not there: %v", day, err)
		}
	}
	names := automatic(t, s.Path())
	if len(names) != 11 {
		t.Fatalf("%d backups are kept: %v", len(names), names)
	}
	for i, name := range names {
		made, err := time.Parse("2006-01-02T150405Z.coach", name)
		if err != nil {
			t.Fatal(err)
		}
		age := int(storetest.Begin.AddDate(0, 0, 44).Sub(made).Round(24*time.Hour).Hours() / 24)
		if i >= 4 && age != 10-i || i < 4 && age > 7+7*(4-i) {
			t.Errorf("backup %d is %d days old", i, age)
		}
		b := reopen(t, copied(t, filepath.Join(s.Path()+".backups", name)))
		storetest.Audit(t, b)
		shut(t, b)
	}
}

// A clock that was wrong neither keeps backups from being made nor throws a good one
// away.
func TestPromiseAutomaticBackupsAndAWrongClock(t *testing.T) {
	clock := storetest.NewClock(storetest.Begin.AddDate(3, 0, 0))
	s := storetest.New(t, storetest.With(func(o *store.Options) { o.Now = clock.Now }))
	if _, err := s.BackUpIfDue(); err != nil {
		t.Fatal(err)
	}
	for day := range 20 { // the clock was set right
		clock.Set(storetest.Begin.AddDate(0, 0, day).Add(time.Duration(day) * time.Minute))
		if made, err := s.BackUpIfDue(); err != nil || made == "" {
			t.Fatalf("day %d: %q %v", day, made, err)
		}
	}
	names := automatic(t, s.Path())
	if last := names[len(names)-1]; !strings.HasPrefix(last, "2029-") {
		t.Errorf("the backup of the future is gone: %v", names)
	}
	if len(names) < 8 {
		t.Errorf("only %d are left", len(names))
	}
}

// The list of copies tells all that hold somebody, and until when.
func TestPromiseCopiesAreListed(t *testing.T) {
	s, ids := fresh(t, 2)
	named := s.Path() + ".mine"
	if err := s.Backup(named); err != nil {
		t.Fatal(err)
	}
	if _, err := s.BackUpIfDue(); err != nil {
		t.Fatal(err)
	}
	late := storetest.Join(t, s, "Came later")
	shut(t, s)
	if _, err := store.Restore(named, s.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, s.Path())
	if err := x.Backup(named + ".2"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(named + ".2"); err != nil { // what is gone is not told
		t.Fatal(err)
	}
	all, err := x.Copies()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[store.CopyKind]int{}
	for _, c := range all {
		kinds[c.Kind]++
		if !c.Holds(ids[0]) {
			t.Errorf("%s does not hold somebody who was there", c.Kind)
		}
		if has, want := c.Holds(late), c.Kind == store.CopyReplaced; has != want {
			t.Errorf("%s holds the one who came later: %v", c.Kind, has)
		}
		if (c.Kind == store.CopyAutomatic) == c.Until.IsZero() {
			t.Errorf("%s goes on %v", c.Kind, c.Until)
		}
	}
	if kinds[store.CopyAutomatic] != 1 || kinds[store.CopyReplaced] != 1 || kinds[store.CopyNamed] != 1 || len(all) != 3 {
		t.Errorf("there are %v", kinds)
	}
	for _, c := range all {
		if err := c.Delete(); err != nil {
			t.Error(err)
		}
	}
	if all, err = x.Copies(); err != nil || len(all) != 0 {
		t.Errorf("%v are left: %v", all, err)
	}
}

// A file that is mostly free pages is compacted, others are left alone.
func TestPromiseTidy(t *testing.T) {
	s, ids := fresh(t, 1)
	if did, err := s.Tidy(); did || err != nil {
		t.Errorf("a small file was compacted: %v", err)
	}
	text := strings.Repeat("All of this goes again. ", 40_000)
	for range 24 {
		if err := s.KeepDraft(store.Draft{ID: s.NewID(), Place: "note", Participant: ids[0], Fields: map[string]string{"text": text}}); err != nil {
			t.Fatal(err)
		}
	}
	drafts, err := s.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		if err := s.DropDraft(d.ID); err != nil {
			t.Fatal(err)
		}
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "x"})
	if did, err := s.Tidy(); !did || err != nil {
		t.Errorf("a file of free pages was not compacted: %v", err)
	}
	st, err := os.Stat(s.Path())
	if err != nil || st.Size() > 1<<20 {
		t.Errorf("it still has %d bytes: %v", st.Size(), err)
	}
	if did, err := s.Tidy(); did || err != nil {
		t.Errorf("it was compacted twice: %v", err)
	}
	storetest.Audit(t, s)
}
