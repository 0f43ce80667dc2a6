package store_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
	"coachdesk/store/storetest"
)

// shelved is a desk with records of another one that have gaps, and with some that wait.
func shelved(t *testing.T, seed byte) (a, b *store.Store, id domain.ID) {
	t.Helper()
	a, b = deskOf(t, seed, "Ann Clark", domain.Coach), deskOf(t, seed+1, "Bo Hale", domain.Coach)
	c := deskOf(t, seed+2, "Cy Stone", domain.Coach)
	introduce(t, a, b, c)
	id = private(t, a)
	storetest.Do(t, a, domain.TakeNote{Participant: id, Text: "The last word."}) // after private ones: a gap
	take(t, b, pack(t, a, b, allOf(id)...))
	past := person(t, b, id).Past()
	lie := past[len(past)-1]
	lie.Command = c.NewID()
	told := take(t, b, forged{people: []bundle.Person{{ID: id, Records: 1}}, records: [][]bundle.Record{{envelope(t, lie, domain.FactAdded{Fact: domain.FactStrengths, Text: "another"})}}}.seal(t, c, b))
	if told.Waiting != 1 {
		t.Fatalf("nothing waits: %+v", told)
	}
	return a, b, id
}

// Whatever a store does to itself, it keeps the records of other desks, the gaps in them,
// and what waits.
func TestMergeSurvivesCare(t *testing.T) {
	a, b, id := shelved(t, 84)
	want := tellOf(t, b, id)
	for name, care := range map[string]func() error{
		"compact": b.Compact, "rebuild": b.Rebuild,
		"rotate": func() error { _, err := b.Rotate(storetest.Passphrase); return err },
	} {
		if err := care(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if tellOf(t, b, id) != want || b.Waits() != 1 {
			t.Errorf("after %s it tells something else", name)
		}
		storetest.Audit(t, b)
		agrees(t, b)
	}
	backup := b.Path() + ".backup"
	if err := b.Backup(backup); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, b, domain.TakeNote{Participant: id, Text: "Later."})
	late := pack(t, b, a, allOf(id)...)
	shut(t, b)
	if _, err := store.Restore(backup, b.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, b.Path())
	if tellOf(t, x, id) != want || x.Waits() != 1 {
		t.Error("the restored store tells something else")
	}
	agrees(t, x)
	take(t, a, late)
	if told := take(t, x, pack(t, a, x, allOf(id)...)); told.New != 1 {
		t.Errorf("what the restored store lacks does not come back: %+v", told)
	}
	if waiting, err := x.Quarantine(); err != nil || len(waiting) != 1 || waiting[0].Record.Kind != (domain.FactAdded{}).Kind() {
		t.Errorf("%+v %v", waiting, err)
	}
	shut(t, x)
}

// A salvage invents no losses where another desk kept what is private, keeps what waits,
// and still opens what the desk sealed to itself before.
func TestMergeSalvaged(t *testing.T) {
	_, b, id := shelved(t, 88)
	want := tellOf(t, b, id)
	own := ownBundle(t, b, id)
	shut(t, b)
	saved, err := store.Salvage(b.Path(), storetest.Passphrase, storetest.Options())
	if err != nil || saved.Lost != 0 {
		t.Fatalf("%+v %v", saved, err)
	}
	x := reopen(t, b.Path())
	defer shut(t, x)
	if tellOf(t, x, id) != want || x.Waits() != 1 {
		t.Error("it tells something else")
	}
	agrees(t, x)
	if p, err := x.Unpack(bytes.NewReader(own), ""); err != nil || !p.Own || p.New() != 0 {
		t.Errorf("the copy made before: %+v %v", p, err)
	}
}

// A record that damage took comes back from whoever has it, in the place of its mark.
func TestMergeHealsWhatWasLost(t *testing.T) {
	a, b := deskOf(t, 92, "Ann Clark", domain.Coach), deskOf(t, 93, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	id := storetest.Join(t, a, "Jo Day")
	for i := range 5 {
		storetest.Do(t, a, domain.TakeNote{Participant: id, Text: fmt.Sprint("Note ", i)})
	}
	take(t, b, pack(t, a, b, allOf(id)...))
	want := sharedOf(t, a, id)
	shut(t, a)
	key := journalKeys(t, a.Path(), id)[2]
	meddle(t, a.Path(), deleting("journal", key))
	clean := copied(t, a.Path()) // what takes its place is without the old pages
	if err := compactRaw(a.Path(), clean); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(clean, a.Path()); err != nil {
		t.Fatal(err)
	}
	saved, err := store.Salvage(a.Path(), storetest.Passphrase, storetest.Options())
	if err != nil || saved.Lost != 1 {
		t.Fatalf("%+v %v", saved, err)
	}
	x := reopen(t, a.Path())
	defer shut(t, x)
	if slices.Equal(sharedOf(t, x, id), want) {
		t.Fatal("nothing was lost")
	}
	storetest.Do(t, b, domain.AddContact{Office: b.OfficeID(), Contact: contactOf(t, x), Own: contactOf(t, b).Recipient, Anew: true})
	if told := take(t, x, pack(t, b, x, allOf(id)...)); told.New != 1 {
		t.Errorf("taken: %+v", told)
	}
	if got := sharedOf(t, x, id); !slices.Equal(got, want) {
		t.Errorf("%d of %d records", len(got), len(want))
	}
	storetest.Audit(t, x)
	agrees(t, x)
}

// What is taken away from the records of another desk, from what waits or from the keys
// that were signed with before is missed.
func TestMergeTampering(t *testing.T) {
	_, b, id := shelved(t, 95)
	shut(t, b)
	theirs := journalKeys(t, b.Path(), id)
	for name, spoil := range map[string]func(*bolt.Tx) error{
		"a record of another desk": deleting("journal", theirs[len(theirs)-1]),
		"one in the middle":        deleting("journal", theirs[1]),
		"what waits": func(tx *bolt.Tx) error {
			k, _ := bucket(tx, "quarantine").Cursor().First()
			return bucket(tx, "quarantine").Delete(bytes.Clone(k))
		},
		"what waits, moved": func(tx *bolt.Tx) error {
			k, v := bucket(tx, "quarantine").Cursor().First()
			k, v = bytes.Clone(k), bytes.Clone(v)
			other := bytes.Clone(k)
			other[len(other)-1] = 3
			if err := bucket(tx, "quarantine").Delete(k); err != nil {
				return err
			}
			return bucket(tx, "quarantine").Put(other, v)
		},
		"the former keys": deleting("meta", []byte("former")),
	} {
		t.Run(name, func(t *testing.T) {
			path := copied(t, b.Path())
			meddle(t, path, spoil)
			x := reopen(t, path)
			defer shut(t, x)
			found, err := x.Check()
			if err != nil || len(found) == 0 {
				t.Errorf("a check finds nothing: %v", err)
			}
		})
	}
}
