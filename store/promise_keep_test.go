package store_test

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// Drafts are kept until they are dropped, and drop with the command that they become.
func TestPromiseDrafts(t *testing.T) {
	s := storetest.New(t)
	id := storetest.Join(t, s, "Beth Okafor")
	d := store.Draft{ID: s.NewID(), Place: "note", Participant: id, By: s.Who().ID, At: storetest.Begin, Fields: map[string]string{"text": "half a note"}}
	other := store.Draft{ID: s.NewID(), Place: "ask", At: storetest.Begin}
	older := d
	older.Fields = map[string]string{"text": "half"}
	if err := errors.Join(s.KeepDraft(older), s.KeepDraft(d), s.KeepDraft(other)); err != nil {
		t.Fatal(err)
	}
	s = again(t, s)
	if got, err := s.Drafts(); err != nil || !reflect.DeepEqual(got, []store.Draft{d, other}) {
		t.Fatalf("%+v %v", got, err)
	}
	_, err := s.DoAndDrop(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: id}}}, d.ID)
	if !refusedOn(err, "text") {
		t.Errorf("an empty note gave %v", err)
	}
	if got, err := s.Drafts(); err != nil || len(got) != 2 {
		t.Errorf("a refusal dropped the draft: %+v %v", got, err)
	}
	b := domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: id, Text: "a whole note"}}}
	if _, err := s.DoAndDrop(b, d.ID); err != nil {
		t.Fatal(err)
	}
	s = again(t, s)
	p, err := s.Participant(id)
	got, err2 := s.Drafts()
	if err != nil || err2 != nil || len(p.Notes) != 1 || len(got) != 1 || got[0].ID != other.ID {
		t.Errorf("%d notes, drafts %+v, %v, %v", len(p.Notes), got, err, err2)
	}
	if err := errors.Join(s.DropDraft(other.ID), s.DropDraft(other.ID)); err != nil {
		t.Error(err)
	}
	if got, _ := s.Drafts(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// QQ numbers are taken by demonstrations only, and real ones by nobody else.
func TestPromiseDemoAndReal(t *testing.T) {
	real, demo := storetest.New(t), storetest.New(t, storetest.Demo())
	for _, c := range []struct {
		s      *store.Store
		number string
		taken  bool
	}{{real, "QQ 12 34 56 C", false}, {real, "AB 12 34 56 C", true}, {demo, "QQ 12 34 56 C", true}, {demo, "AB 12 34 56 C", false}} {
		_, err := c.s.Do(domain.Batch{ID: c.s.NewID(), Commands: []domain.Command{domain.Join{ID: c.s.NewID(), Facts: map[domain.Fact]string{
			domain.FactName: "Somebody", domain.FactNino: c.number,
		}}}})
		if c.taken && err != nil || !c.taken && !refusedOn(err, "nino") {
			t.Errorf("demo %v, %s: %v", c.s.Demo(), c.number, err)
		}
	}
	if f, err := store.Peek(demo.Path()); err != nil || !f.Demo {
		t.Errorf("without a key: %+v %v", f, err)
	}
	demo = again(t, demo)
	if !demo.Demo() {
		t.Error("the demonstration became real")
	}
}

// Another day than today only looks, except in a demonstration, and never moves the
// time of a record.
func TestPromiseTodayOnlyLooks(t *testing.T) {
	day := calendar.Of(storetest.Begin).AddDays(100)
	at := storetest.With(func(o *store.Options) { o.Today = day })
	real, _ := fresh(t, 1)
	shut(t, real)
	o := storetest.Options()
	o.Today = day
	looking, err := store.Open(real.Path(), storetest.Passphrase, o)
	if err != nil {
		t.Fatal(err)
	}
	defer looking.Close()
	before := values(t, real.Path())
	_, err = looking.Do(domain.Batch{ID: looking.NewID(), Commands: []domain.Command{domain.Join{ID: looking.NewID(), Facts: map[domain.Fact]string{domain.FactName: "A"}}}})
	if !refusedOn(err, "today") || looking.Today() != day {
		t.Errorf("today %s: %v", looking.Today(), err)
	}
	shut(t, looking)
	if !reflect.DeepEqual(before, values(t, real.Path())) {
		t.Error("looking from another day changed the file")
	}
	demo := storetest.New(t, storetest.Demo(), at)
	id := storetest.Join(t, demo, "Beth Okafor")
	r := storetest.Do(t, demo, domain.RecordSession{Participant: id, Outcome: domain.Happened}).Records[0]
	if p, err := demo.Participant(id); err != nil || p.LastSeen() != day {
		t.Errorf("the session was on %s: %v", p.LastSeen(), err)
	}
	if r.Day == day || r.At().Sub(storetest.Begin) > time.Hour {
		t.Errorf("the record is of %s, %s", r.Day, r.At())
	}
}

// Records keep their order when the clock goes back, by a year and across reopening.
func TestPromiseClockSetBack(t *testing.T) {
	clock := storetest.NewClock(storetest.Begin)
	s := storetest.New(t, storetest.With(func(o *store.Options) { o.Now = clock.Now }))
	id := storetest.Join(t, s, "Beth Okafor")
	texts := []string{"one", "two", "three", "four", "five"}
	for i, text := range texts {
		if i == 2 {
			clock.Set(storetest.Begin.AddDate(-1, 0, 0))
		}
		if i == 3 {
			shut(t, s)
			o := storetest.Options()
			o.Now = clock.Now
			var err error
			if s, err = store.Open(s.Path(), storetest.Passphrase, o); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
		}
		storetest.Do(t, s, domain.TakeNote{Participant: id, Text: text})
	}
	p, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range p.Notes {
		if n.Text(domain.Everything) != texts[i] {
			t.Errorf("note %d is %q", i, n.Text(domain.Everything))
		}
	}
	var last domain.Clock
	for _, r := range p.Past() {
		if r.Time <= last {
			t.Errorf("the clock went from %d to %d", last, r.Time)
		}
		last = r.Time
	}
	storetest.Audit(t, s)
}

// Rebuilding tells the same rows, and compaction keeps everything and lets what was
// deleted go.
func TestPromiseRebuildAndCompact(t *testing.T) {
	s, ids := fresh(t, 10)
	storetest.Do(t, s, domain.Undo{Participant: ids[3]})
	bulk := store.Draft{ID: s.NewID(), Fields: map[string]string{"text": strings.Repeat("long ", 100_000)}}
	if err := errors.Join(s.KeepDraft(bulk), s.DropDraft(bulk.ID)); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	all := everything(t, s)
	if err := s.Rebuild(); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Rows(); err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("rebuilding changed the rows: %v", err)
	}
	before, _ := os.Stat(s.Path())
	if err := s.Compact(); err != nil {
		t.Fatal(err)
	}
	after, _ := os.Stat(s.Path())
	if after.Size() >= before.Size() {
		t.Errorf("compaction took the file from %d to %d bytes", before.Size(), after.Size())
	}
	if !reflect.DeepEqual(everything(t, s), all) {
		t.Error("compaction changed what the store holds")
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "after"})
	storetest.Audit(t, s)
}

// everything is what a store tells of everybody.
func everything(t testing.TB, s *store.Store) map[domain.ID]domain.Participant {
	t.Helper()
	ids, err := s.Everyone()
	if err != nil {
		t.Fatal(err)
	}
	all := map[domain.ID]domain.Participant{}
	for _, id := range ids {
		if all[id], err = s.Participant(id); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A backup comes back whole under a new name of the desk; what it replaces stays.
func TestPromiseBackupAndRestore(t *testing.T) {
	s, ids := fresh(t, 5)
	kept := s.Path() + ".backup"
	if err := s.Backup(kept); err != nil {
		t.Fatal(err)
	}
	all := everything(t, s)
	if err := s.Backup(kept); !errors.Is(err, store.ErrExists) {
		t.Errorf("a second backup of that name gave %v", err)
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "after the backup"})
	later, old := everything(t, s), s.Facts()
	shut(t, s)
	if _, err := store.Restore(kept, s.Path(), "another passphrase", storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("another passphrase gave %v", err)
	}
	o := storetest.Options()
	o.Dice = storetest.NewDice(7) // dice that fell as before would name the desk as before
	replaced, err := store.Restore(kept, s.Path(), storetest.Passphrase, o)
	if err != nil || replaced == "" {
		t.Fatalf("%q %v", replaced, err)
	}
	back := reopen(t, s.Path())
	if f := back.Facts(); f.Desk == old.Desk || f.Office != old.Office || f.Seat != old.Seat {
		t.Errorf("the desk was %+v and is %+v", old, f)
	}
	if !reflect.DeepEqual(everything(t, back), all) {
		t.Error("the restored store holds something else than the backup")
	}
	if got := everything(t, reopen(t, replaced)); !reflect.DeepEqual(got, later) {
		t.Error("what was replaced is not what was there")
	}
	storetest.Do(t, back, domain.TakeNote{Participant: ids[0], Text: "on the restored desk"})
	storetest.Audit(t, back)
	storetest.Audit(t, reopen(t, kept))
}

// A backup that is not sound replaces nothing.
func TestPromiseABadBackupReplacesNothing(t *testing.T) {
	s, ids := fresh(t, 3)
	bad := s.Path() + ".bad"
	if err := s.Backup(bad); err != nil {
		t.Fatal(err)
	}
	k := journalKeys(t, bad, ids[1])
	meddle(t, bad, deleting("journal", k[1]))
	all := everything(t, s)
	shut(t, s)
	if _, err := store.Restore(bad, s.Path(), storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("a backup with a gap gave %v", err)
	}
	if !reflect.DeepEqual(everything(t, reopen(t, s.Path())), all) {
		t.Error("a bad backup changed the store")
	}
}

// A backup of a damaged store is no backup: it is refused, and gets no name.
func TestPromiseBackupChecksWhatItWrote(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	k := journalKeys(t, s.Path(), ids[1])
	meddle(t, s.Path(), deleting("journal", k[1]))
	x := reopen(t, s.Path())
	if err := x.Backup(s.Path() + ".backup"); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("backing up a store with a gap gave %v", err)
	}
	if err := x.Compact(); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("compacting a store with a gap gave %v", err)
	}
	for _, name := range []string{".backup", ".backup.new", ".new"} {
		if _, err := os.Stat(s.Path() + name); err == nil {
			t.Errorf("%s was left", name)
		}
	}
}
