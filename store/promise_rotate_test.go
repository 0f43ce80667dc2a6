package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/store/storetest"
)

// After a change of the store key every way in that stands still opens the store, and
// a copy of an old slot opens it no longer.
func TestPromiseRotate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.coach")
	s, recovery, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	ids := populate(t, s, 5)
	office, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSlot(seal.ByOffice, "district", office.Recipient()); err != nil {
		t.Fatal(err)
	}
	before := everything(t, s)
	old := slotsOf(t, copied(t, path))
	told, err := s.Rotate(storetest.Passphrase)
	if err != nil || told.Recovery != "" || len(told.Dropped) != 0 {
		t.Fatalf("%+v %v", told, err)
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[0], Text: "after the change"}) // the same process goes on
	storetest.Audit(t, s)
	shut(t, s)
	for _, slot := range old {
		for _, now := range slotsOf(t, path) {
			if slot.Name == now.Name && slot.Age == now.Age {
				t.Errorf("slot %s was not sealed anew", slot.Kind)
			}
		}
	}
	sheet, err := seal.ReadRecovery(recovery)
	if err != nil {
		t.Fatal(err)
	}
	words, err := seal.Try(storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	for name, with := range map[string]age.Identity{"passphrase": words, "recovery": sheet, "office": office} {
		x, err := store.OpenWith(path, storetest.Options(), with)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := everything(t, x); len(got) != len(before) {
			t.Errorf("%s: %d of %d people", name, len(got), len(before))
		}
		storetest.Audit(t, x)
		shut(t, x)
	}
	// Somebody who kept the old slots has only the mirror of them.
	key, _, err := seal.Unlock(old, words)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, err := seal.Unlock(slotsOf(t, path), words); err != nil || again == key {
		t.Errorf("the store key is the same as before: %v", err)
	}
}

// A wrong passphrase changes nothing; one that opens nothing any more is dropped, and
// said so; a recovery key of which the store knows no recipient is made anew.
func TestPromiseRotateTellsWhatWent(t *testing.T) {
	path := unpacked(t, released(1), true)
	s := reopen(t, path)
	if _, err := s.Rotate("not the passphrase"); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("a wrong passphrase gave %v", err)
	}
	other, err := seal.Passphrase("a second passphrase", 4)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSlot(seal.ByPassphrase, "for the lead", other); err != nil {
		t.Fatal(err)
	}
	told, err := s.Rotate("a second passphrase")
	if err != nil || told.Recovery == "" || len(told.Dropped) != 1 || told.Dropped[0].Kind != seal.ByPassphrase {
		t.Fatalf("%+v %v", told, err)
	}
	storetest.Audit(t, s)
	shut(t, s)
	if _, err := store.Open(path, storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("the passphrase that was dropped gave %v", err)
	}
	with, err := seal.ReadRecovery(told.Recovery)
	if err != nil {
		t.Fatal(err)
	}
	x, err := store.OpenWith(path, storetest.Options(), with)
	if err != nil {
		t.Fatal(err)
	}
	told, err = x.Rotate("a second passphrase") // from now on its recipient is known
	if err != nil || told.Recovery != "" || len(told.Dropped) != 0 {
		t.Errorf("%+v %v", told, err)
	}
	shut(t, x)
}

// Another process that has the store open must unlock it again after a change of the
// store key. What was typed there is kept all the same.
func TestPromiseRotateBesideAnother(t *testing.T) {
	s, ids := fresh(t, 2)
	other := reopen(t, s.Path())
	if _, err := other.Participant(ids[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rotate(storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	_, err1 := other.Participant(ids[1])
	_, err2 := other.Rows()
	_, err3 := other.Do(domain.Batch{ID: other.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: ids[0], Text: "x"}}})
	_, err4 := other.Changed()
	for i, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, store.ErrReplaced) {
			t.Errorf("way %d gave %v", i+1, err)
		}
	}
	if err := other.KeepDraft(store.Draft{ID: example(1), Place: "note", Participant: ids[0], Fields: map[string]string{"text": "typed meanwhile"}}); err != nil {
		t.Errorf("what was typed is lost: %v", err)
	}
	shut(t, other)
	x := reopen(t, s.Path())
	if drafts, err := x.Drafts(); err != nil || len(drafts) != 1 || drafts[0].Fields["text"] != "typed meanwhile" {
		t.Errorf("%v %v", drafts, err)
	}
	storetest.Audit(t, x)
	if _, err := os.Stat(s.Path() + ".keys"); err != nil {
		t.Error(err)
	}
}
