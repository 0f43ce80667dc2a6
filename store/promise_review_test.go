package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/store/storetest"
)

// After a change of passphrase nothing in the file is left that the old one opens: not
// on a free page either, where a salvage would find it.
func TestPromiseOldWaysInAreGone(t *testing.T) {
	s, ids := fresh(t, 60)
	old := slotsOf(t, copied(t, s.Path()))[0].Age
	shut(t, s)
	for name, change := range map[string]func(*store.Store) error{
		"passphrase": func(s *store.Store) error { return newWords(s, "another one altogether") },
		"remove": func(s *store.Store) error {
			slots, err := s.Slots()
			if err != nil {
				return err
			}
			_, err = s.RemoveSlot(slots[0].Name, "")
			return err
		},
	} {
		path := copied(t, s.Path())
		x := reopen(t, path)
		if err := change(x); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for range 20 {
			storetest.Do(t, x, domain.TakeNote{Participant: ids[0], Text: "after the change"})
		}
		shut(t, x)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(old, "\n")
		if bytes.Contains(raw, []byte(lines[len(lines)/2])) {
			t.Errorf("%s: the old slot is still in the file", name)
		}
		if err := os.Remove(path + ".keys"); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Salvage(path, storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
			t.Errorf("%s: salvaging with the old passphrase gave %v", name, err)
		}
	}
}

// A mirror that cannot be written does not make a change of keys look as if it had not
// happened: the new recovery key is told all the same.
func TestPromiseKeysAreToldWithoutTheMirror(t *testing.T) {
	path := unpacked(t, released(1), false)
	s := reopen(t, path)
	if err := errors.Join(os.RemoveAll(path+".keys"), os.Mkdir(path+".keys", 0o700)); err != nil {
		t.Fatal(err)
	}
	told, err := s.Rotate(storetest.Passphrase)
	if err != nil || !told.Happened || told.Recovery == "" {
		t.Fatalf("%+v %v", told, err)
	}
	shut(t, s)
	with, err := seal.ReadRecovery(told.Recovery)
	if err != nil {
		t.Fatal(err)
	}
	x, err := store.OpenWith(path, storetest.Options(), with)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Audit(t, x)
	shut(t, x)
}

// What was typed about somebody who was erased in another window is not kept.
func TestPromiseNoDraftOfTheErased(t *testing.T) {
	s, ids := fresh(t, 2)
	other := reopen(t, s.Path())
	if _, err := other.Erase(ids[1], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	shut(t, other)
	for _, id := range ids {
		err := s.KeepDraft(store.Draft{ID: s.NewID(), Place: "note", Participant: id, Fields: map[string]string{"text": "typed"}})
		if gone := id == ids[1]; gone != refusedOn(err, "ref") || !gone && err != nil {
			t.Fatal(err)
		}
	}
	shut(t, s)
	drafts, err := reopen(t, s.Path()).Drafts()
	if err != nil || len(drafts) != 1 || drafts[0].Participant != ids[0] {
		t.Errorf("%+v %v", drafts, err)
	}
}

// A backup that was cut off is swept away, and never a hiding place for somebody who
// was erased.
func TestPromiseCutOffBackups(t *testing.T) {
	s, ids := fresh(t, 2)
	if _, err := s.BackUpNow(); err != nil {
		t.Fatal(err)
	}
	copies, err := s.Copies()
	if err != nil || len(copies) != 1 {
		t.Fatalf("%v %v", copies, err)
	}
	left := copies[0].Path + ".new"
	copyFile(t, copies[0].Path, left)
	if _, err := s.Erase(ids[0], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Copies(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("a backup that was cut off is still there")
	}
}

// What a salvage brings back beside the records: who the desk is, where its backups are,
// the log without what was forgotten; and it needs nobody of the office to be left.
func TestFaultSalvageKeepsTheHouse(t *testing.T) {
	clock := storetest.NewClock(storetest.Begin)
	o := storetest.Options()
	o.Now = clock.Now
	path := t.TempDir() + "/desk.coach"
	s, _, err := store.Create(path, storetest.Founding(), o)
	if err != nil {
		t.Fatal(err)
	}
	ids := populate(t, s, 40)
	for i := range 300 {
		s.Looked(domain.Look{At: storetest.Begin.AddDate(0, i/100, 0), By: s.Who().ID, Participant: ids[i%40], Via: fmt.Sprint(i)})
	}
	if err := s.Backup(path + ".mine"); err != nil {
		t.Fatal(err)
	}
	clock.Set(storetest.Begin.AddDate(0, 13, 0))
	storetest.Join(t, s, "Somebody later")
	if n, err := s.ForgetLooks(12); err != nil || n < 100 {
		t.Fatalf("%d were forgotten: %v", n, err)
	}
	want, err := s.Looks(domain.ID{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(ids[3], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	me, err := s.Identity()
	if err != nil {
		t.Fatal(err)
	}
	office := s.OfficeID()
	shut(t, s)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	hit := extent{}
	look(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("journal")).ForEach(func(k, _ []byte) error {
			if k[0] == 'o' && domain.ID(k[1:17]) == office {
				hit = laidOut(t, path)[string(k)]
			}
			return nil
		})
	})
	clear(raw[hit.from:hit.to])
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	salvaged(t, path)
	x := reopen(t, path)
	again, err := x.Identity()
	if err != nil || again.String() != me.String() {
		t.Errorf("the desk is somebody else now: %v", err)
	}
	if !x.Office().IsErased(ids[3]) {
		t.Error("the erasure is forgotten")
	}
	if copies, err := x.Copies(); err != nil || len(copies) != 2 { // the named one, and what was replaced
		t.Errorf("%+v %v", copies, err)
	}
	got, err := x.Looks(domain.ID{})
	if err != nil || len(got) != len(want) {
		t.Errorf("%d looks, want %d: %v", len(got), len(want), err)
	}
}

// Commands that are acknowledged while a salvage goes on are in what it makes.
func TestFaultSalvageBesideAWriter(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	w := reopen(t, s.Path())
	stop, done := make(chan struct{}), make(chan int)
	go func() {
		acked := 0
		for {
			select {
			case <-stop:
				done <- acked
				return
			default:
			}
			_, err := w.Do(domain.Batch{ID: w.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: ids[0], Text: "beside"}}})
			if err == nil {
				acked++
			} else if errors.Is(err, store.ErrReplaced) {
				done <- acked
				return
			}
			time.Sleep(700 * time.Millisecond) // it gives the lock up meanwhile
		}
	}()
	time.Sleep(50 * time.Millisecond)
	if _, err := store.Salvage(s.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	close(stop)
	acked := <-done
	x := reopen(t, s.Path())
	p, err := x.Participant(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	notes := 0
	for _, n := range p.Notes {
		if n.Text(domain.Everything) == "beside" {
			notes++
		}
	}
	if notes < acked {
		t.Errorf("%d of %d acknowledged notes are there", notes, acked)
	}
}

// A store takes no more ways in than it can be opened with.
func TestPromiseSlotsAreBounded(t *testing.T) {
	s, _ := fresh(t, 1)
	to, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		if _, err := s.AddSlot(seal.ByOffice, strings.Repeat("x", 200), to.Recipient()); err != nil {
			if !refusedOn(err, "slot") || i < 20 {
				t.Fatalf("slot %d: %v", i, err)
			}
			shut(t, s)
			storetest.Audit(t, reopen(t, s.Path()))
			return
		}
	}
	t.Error("sixty were taken")
}

// Another file under the name is noticed, also when it counts the same as the one before.
func TestPromiseTheSameBackupTwice(t *testing.T) {
	s, _ := fresh(t, 1)
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	for i := range 2 {
		x := reopen(t, s.Path())
		if _, err := x.Changed(); err != nil {
			t.Fatal(err)
		}
		x.Rest()
		o := storetest.Options()
		o.Dice = storetest.NewDice(byte(5 + i)) // dice of one seed would name the same desk again
		if _, err := store.Restore(backup, s.Path(), storetest.Passphrase, o); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Changed(); !errors.Is(err, store.ErrReplaced) {
			t.Errorf("restoration %d: %v", i+1, err)
		}
		shut(t, x)
	}
}
