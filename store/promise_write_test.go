package store_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// refusedOn reports whether an error is a polite no about a field.
func refusedOn(err error, field string) bool {
	var no domain.Refusal
	return errors.As(err, &no) && no.Field == field
}

// arrivals is how many records there are.
func arrivals(t *testing.T, s *store.Store) uint64 {
	t.Helper()
	_, n, err := s.Since(0)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// When a later command of a batch is refused, nothing of the first is written.
func TestPromiseBatchIsAtomic(t *testing.T) {
	s := storetest.New(t)
	old := storetest.Join(t, s, "Beth Okafor")
	before := arrivals(t, s)
	fresh := s.NewID()
	_, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{
		domain.Join{ID: fresh, Facts: map[domain.Fact]string{domain.FactName: "Carl Diaz"}},
		domain.Register{Office: s.OfficeID(), Person: s.NewID(), Name: "New Colleague", Role: domain.Adviser},
		domain.TakeNote{Participant: old, Text: "a note"},
		domain.TakeNote{Participant: old, Text: "  "},
	}})
	if !refusedOn(err, "text") {
		t.Fatalf("the empty note gave %v", err)
	}
	if _, err := s.Participant(fresh); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the first command of a refused batch left somebody: %v", err)
	}
	if p, err := s.Participant(old); err != nil || len(p.Notes) != 0 {
		t.Errorf("a refused batch left %d notes: %v", len(p.Notes), err)
	}
	if n := len(s.Office().People); n != 1 {
		t.Errorf("a refused batch left %d people in the office", n)
	}
	if n := arrivals(t, s); n != before {
		t.Errorf("a refused batch left %d records", n-before)
	}
	// The keys that the refused batch made must not be remembered: the next one makes them.
	storetest.Do(t, s, domain.Join{ID: fresh, Facts: map[domain.Fact]string{domain.FactName: "Carl Diaz"}})
	shut(t, s)
	if p, err := reopen(t, s.Path()).Participant(fresh); err != nil || p.Name() != "Carl Diaz" {
		t.Errorf("after a refused try: %q %v", p.Name(), err)
	}
}

// A batch that is submitted again happens once, also after the store was opened again.
func TestPromiseRepeatReturnsTheFirstReceipt(t *testing.T) {
	s := storetest.New(t)
	id := storetest.Join(t, s, "Beth Okafor")
	b := domain.Batch{ID: s.NewID(), Commands: []domain.Command{
		domain.TakeNote{Participant: id, Text: "one"}, domain.NoteBarrier{Participant: id, Text: "bus"},
	}}
	first, err := s.Do(b)
	if err != nil || first.Again || len(first.Records) != 2 {
		t.Fatalf("%+v %v", first, err)
	}
	shut(t, s)
	before, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		again := reopen(t, s.Path())
		n := arrivals(t, again)
		got, err := again.Do(b)
		if err != nil || !got.Again || !reflect.DeepEqual(got.Records, first.Records) {
			t.Errorf("the repeat returned %+v %v", got, err)
		}
		if arrivals(t, again) != n {
			t.Error("the repeat wrote records")
		}
		shut(t, again)
	}
	if n := len(journalKeys(t, s.Path(), id)); n != 3 {
		t.Errorf("%d records after two repeats, want 3", n)
	}
	if after, _ := os.ReadFile(s.Path()); len(after) != len(before) {
		t.Errorf("the file grew from %d to %d bytes", len(before), len(after))
	}
}

// A polite no leaves every value in the file as it was.
func TestPromiseRefusalWritesNothing(t *testing.T) {
	s := storetest.New(t)
	id := storetest.Join(t, s, "Beth Okafor")
	s = again(t, s)
	before := values(t, s.Path())
	if _, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.Join{ID: s.NewID()}}}); !refusedOn(err, "name") {
		t.Errorf("a nameless person gave %v", err)
	}
	if _, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.Undo{Participant: id, Batch: s.NewID()}}}); !refusedOn(err, "batch") {
		t.Errorf("undoing nothing gave %v", err)
	}
	if _, err := s.Do(domain.Batch{ID: s.NewID()}); err == nil {
		t.Error("a batch without commands went through")
	}
	if _, err := s.Do(domain.Batch{Commands: []domain.Command{domain.TakeNote{Participant: id, Text: "x"}}}); err == nil {
		t.Error("a batch without an ID went through")
	}
	shut(t, s)
	if !reflect.DeepEqual(before, values(t, s.Path())) {
		t.Error("a refusal changed the file")
	}
}

// again closes and opens.
func again(t testing.TB, s *store.Store) *store.Store {
	t.Helper()
	shut(t, s)
	return reopen(t, s.Path())
}

// values is every key and value of a file that nobody has open.
func values(t testing.TB, path string) map[string]string {
	t.Helper()
	all := map[string]string{}
	copied := path + ".looked"
	copyFile(t, path, copied) // whoever has the store open keeps the lock
	defer os.Remove(copied)
	look(t, copied, func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all[string(name)+"/"+string(k)] = string(v)
				return nil
			})
		})
	})
	return all
}

// Rows are what the journal adds up to, whatever happened before.
func TestPromiseRowsEqualReplay(t *testing.T) {
	s := storetest.New(t)
	ids := populate(t, s, 5)
	storetest.Do(t, s, domain.Undo{Participant: ids[1]})
	storetest.Do(t, s, domain.Ask{Participant: ids[2], Question: "Who pays for the course?"})
	lone := s.NewID()
	storetest.Do(t, s, domain.Join{ID: lone, Facts: map[domain.Fact]string{domain.FactName: "Undone"}})
	storetest.Do(t, s, domain.Undo{Participant: lone})
	for range 2 {
		rows, err := s.Rows()
		if err != nil || len(rows) != 5 {
			t.Fatalf("%d rows: %v", len(rows), err)
		}
		for _, row := range rows {
			p, err := s.Participant(row.ID)
			if err != nil || !reflect.DeepEqual(p.Row(), row) {
				t.Errorf("the row is\n%+v, the replay\n%+v (%v)", row, p.Row(), err)
			}
		}
		if all, err := s.Everyone(); err != nil || len(all) != 6 {
			t.Errorf("%d have records, want 6: %v", len(all), err)
		}
		s = again(t, s)
	}
}

// unheard is an event of a version that is to come.
type unheard struct {
	Wind string         `json:"wind"`
	More map[string]int `json:"more"`
}

func (unheard) Kind() string     { return "weather.observed" }
func (unheard) Sentence() string { return "" }

// What a later version wrote is kept byte for byte, through reading, writing beside
// it, rebuilding, compaction, backup and restoration.
func TestPromiseUnknownKindsAreKept(t *testing.T) {
	s, ids := fresh(t, 2)
	e := unheard{"north", map[string]int{"b": 2, "a": 1}}
	body := storetest.Do(t, s, saysOfPerson{ids[0], []domain.Event{e}}).Records[0].Body
	if !bytes.Contains(body, []byte("north")) {
		t.Fatalf("the body is %x", body)
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "after"})
	if err := errors.Join(s.Rebuild(), s.Compact()); err != nil {
		t.Fatal(err)
	}
	kept := s.Path() + ".backup"
	if err := s.Backup(kept); err != nil {
		t.Fatal(err)
	}
	to := s.Path() + ".restored"
	if _, err := store.Restore(kept, to, storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	for _, x := range []*store.Store{s, reopen(t, kept), reopen(t, to)} {
		past, err := x.History(domain.About(ids[0]))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, r := range past {
			if r.Kind == e.Kind() && bytes.Equal(r.Body, body) && r.Event == (domain.Unknown{Name: e.Kind()}) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s holds the unknown record %d times", x.Path(), found)
		}
		storetest.Audit(t, x)
	}
}

// What was written is there after the store was opened again.
func TestPromiseReopening(t *testing.T) {
	s := storetest.New(t)
	ids := populate(t, s, 3)
	var want []domain.Participant
	for _, id := range ids {
		p, err := s.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, p)
	}
	desk, office := s.Desk(), s.Office()
	s = again(t, s)
	for i, id := range ids {
		if p, err := s.Participant(id); err != nil || !reflect.DeepEqual(p, want[i]) {
			t.Errorf("participant %d changed: %v", i, err)
		}
	}
	if !reflect.DeepEqual(desk, s.Desk()) || !reflect.DeepEqual(office, s.Office()) {
		t.Error("the desk or the office changed")
	}
	if _, err := s.Participant(s.NewID()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a stranger gave %v", err)
	}
	shut(t, s)
	if _, err := s.Rows(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a closed store gave %v", err)
	}
}
