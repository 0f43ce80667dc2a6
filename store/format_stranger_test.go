package store_test

import (
	"bytes"
	"testing"
	"time"

	"filippo.io/age"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/store/storetest"
	outsider "coachdesk/store/stranger"
)

// A reader that somebody wrote from FORMAT.md alone, without a look at this program,
// lists the same records of a store in which everything has happened, of its backup and
// of what was restored from it.
func TestFormatIsEnoughToRead(t *testing.T) {
	s, ids := fresh(t, 6)
	district, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSlot(seal.ByOffice, "district", district.Recipient()); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepDraft(store.Draft{ID: s.NewID(), Place: "note", Participant: ids[0], By: s.Who().ID, At: storetest.Begin, Fields: map[string]string{"text": "half"}}); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		s.Looked(domain.Look{At: storetest.Begin.Add(time.Duration(i) * time.Hour), By: s.Who().ID, Role: domain.Coach, Participant: id, Via: "show", Reason: domain.LookCover})
	}
	undone := storetest.Do(t, s, domain.SetGoal{Participant: ids[0], Text: "a kitchen"})
	storetest.Do(t, s, domain.Undo{Participant: ids[0], Batch: undone.Batch})
	storetest.Do(t, s, domain.TakeNote{Participant: ids[3], Text: string(bytes.Repeat([]byte("A long line.\n"), 2000))}) // many pages
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	agrees(t, s)
	if _, err := s.Erase(ids[2], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	agrees(t, s)
	shut(t, s)
	if _, err := store.Restore(backup, s.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, s.Path())
	storetest.Do(t, x, domain.TakeNote{Participant: ids[0], Text: "by another desk"})
	agrees(t, x)
	shut(t, x)
	agrees(t, reopen(t, backup))
	for version := 1; version <= store.Version; version++ {
		agrees(t, reopen(t, unpacked(t, released(version), true)))
	}
}

// agrees compares what the outsider reads of a store with what the store tells, and
// what counts with what the store says of it.
func agrees(t *testing.T, s *store.Store) {
	t.Helper()
	var told []domain.Record
	for n := uint64(0); ; {
		records, next, err := s.Since(n)
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, records...)
		if next == n {
			break
		}
		n = next
	}
	looks, err := s.Looks(domain.ID{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.Everyone()
	if err != nil {
		t.Fatal(err)
	}
	path := copied(t, s.Path())
	all, err := outsider.Load(path, storetest.Passphrase)
	if err != nil {
		t.Fatalf("the outsider: %v", err)
	}
	if len(all.Records) != len(told) || len(all.Looks) != len(looks) || len(all.Rows) != len(rows) {
		t.Fatalf("the outsider reads %d records, %d looks and %d rows; the store %d, %d and %d", len(all.Records), len(all.Looks), len(all.Rows), len(told), len(looks), len(rows))
	}
	for i, r := range told {
		o := all.Records[i]
		same := o.Type == byte(r.Subject.Type) && o.Subject == r.Subject.ID.String() && o.Desk == r.Desk.String() && o.Seq == r.Seq &&
			o.Command == r.Command.String() && o.Clock == uint64(r.Time) && o.Day == int(r.Day) && o.Role == string(r.Role) &&
			o.Kind == r.Kind && o.Scope == byte(r.Scope) && bytes.Equal(o.Body, r.Body)
		if !same {
			t.Errorf("record %d: the outsider reads %+v, the store %+v", i, o, r)
		}
	}
	for _, story := range outsider.Story(all.Records) {
		if story[0].Type == 'p' {
			count(t, s, story)
		}
	}
}

// count compares which records of a participant count.
func count(t *testing.T, s *store.Store, story []outsider.Record) {
	t.Helper()
	id, err := domain.ParseID(story[0].Subject)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	undone, want := domain.Undone(p.Past()), 0
	for _, r := range p.Past() {
		if !undone[r.Command] && p.WhyNoEffect(r) == "" {
			want++
		}
	}
	if got := len(outsider.Counting(story)); got != want {
		t.Errorf("by the outsider %d records of %s count, by the store %d", got, id, want)
	}
}
