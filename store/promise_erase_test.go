package store_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// remains are the bytes by which somebody could be found in a file: their ID, and every
// sealed value that belongs to them.
func remains(t *testing.T, path string, id domain.ID) [][]byte {
	t.Helper()
	all := [][]byte{id[:]}
	look(t, path, func(tx *bolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				if bytes.Contains(k, id[:]) {
					all = append(all, bytes.Clone(v))
				}
				return nil
			})
		})
	})
	if len(all) < 12 {
		t.Fatalf("only %d values are about the person: the test proves nothing", len(all))
	}
	return all
}

// absent fails when any of the values is in the raw file.
func absent(t *testing.T, path string, gone [][]byte) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range gone {
		if bytes.Contains(raw, b) {
			t.Errorf("value %d of them is still in the file", i)
		}
	}
}

// Nothing of somebody who was erased is in the raw file: no record, no key, no row, no
// draft, not even the name under which they stood. The journal tells that somebody was
// erased, when and by whom.
func TestPromiseErasedForGood(t *testing.T) {
	s, ids := fresh(t, 6)
	id := ids[2]
	if err := s.KeepDraft(store.Draft{ID: s.NewID(), Place: "note", Participant: id, Fields: map[string]string{"text": "half"}}); err != nil {
		t.Fatal(err)
	}
	s.Looked(domain.Look{At: storetest.Begin, By: s.Who().ID, Participant: id, Via: "show", Reason: domain.LookOther})
	if _, err := s.Looks(id); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	gone := remains(t, s.Path(), id)
	x := reopen(t, s.Path())
	if _, err := x.Erase(id, domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Participant(id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("their record gave %v", err)
	}
	if _, err := x.Do(domain.Batch{ID: x.NewID(), Commands: []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Back"}}}}); !refusedOn(err, "ref") {
		t.Errorf("coming back under the same name gave %v", err)
	}
	if _, err := x.Erase(id, domain.AskedToErase, storetest.Passphrase); err == nil {
		t.Error("they were erased twice")
	}
	erased := x.Office().Erased
	if len(erased) != 1 || erased[0].ID != id || erased[0].By != x.Who().ID || erased[0].On.IsZero() || erased[0].Reason != domain.AskedToErase {
		t.Errorf("the journal tells %+v", erased)
	}
	if drafts, err := x.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("their draft: %v %v", drafts, err)
	}
	if looks, err := x.Looks(domain.ID{}); err != nil || len(looks) != 1 || looks[0].Reason != "" {
		t.Errorf("the log of who looked tells %+v %v", looks, err)
	}
	storetest.Audit(t, x)
	shut(t, x)
	absent(t, s.Path(), gone)
	y := reopen(t, s.Path())
	if got := everything(t, y); len(got) != 5 {
		t.Errorf("%d of 5 others are left", len(got))
	}
	told := tellAll(t, y)
	if !strings.Contains(told, "participant.erased") || strings.Contains(told, id.String()+" ") {
		t.Errorf("the arrivals tell of %s", id)
	}
	storetest.Audit(t, y)
}

// A process that was killed between the erasure and the compaction owes the file: the
// next one pays.
func TestPromiseErasureIsFinishedByTheNext(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	gone := remains(t, s.Path(), ids[0])
	x := reopen(t, s.Path())
	if err := os.Mkdir(s.Path()+".new", 0o700); err != nil { // no compaction can make its file
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Path()+".new/keep", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Erase(ids[0], domain.NeverMeant, storetest.Passphrase); err == nil {
		t.Fatal("the compaction succeeded: the test proves nothing")
	}
	if !x.Office().IsErased(ids[0]) {
		t.Error("the erasure itself was not kept")
	}
	shut(t, x)
	if y := reopen(t, s.Path()); len(y.Warnings()) == 0 {
		t.Error("nobody is told that the file still holds them")
	} else {
		shut(t, y)
	}
	if err := os.RemoveAll(s.Path() + ".new"); err != nil {
		t.Fatal(err)
	}
	shut(t, reopen(t, s.Path()))
	absent(t, s.Path(), gone)
	storetest.Audit(t, reopen(t, s.Path()))
}

// An erasure beats everything for ever: whoever restores a backup in which somebody
// still was does not bring them back, whether the replaced store opens or not.
func TestPromiseErasureOutlivesBackups(t *testing.T) {
	for _, wrecked := range []bool{false, true} {
		s, ids := fresh(t, 4)
		backup := s.Path() + ".backup"
		if err := s.Backup(backup); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Erase(ids[1], domain.KeptLongEnough, storetest.Passphrase); err != nil {
			t.Fatal(err)
		}
		shut(t, s)
		if wrecked {
			if err := os.Truncate(s.Path(), 8192); err != nil {
				t.Fatal(err)
			}
		}
		gone := remains(t, backup, ids[1])
		if _, err := store.Restore(backup, s.Path(), storetest.Passphrase, storetest.Options()); err != nil {
			t.Fatal(err)
		}
		x := reopen(t, s.Path())
		if _, err := x.Participant(ids[1]); !errors.Is(err, store.ErrNotFound) || !x.Office().IsErased(ids[1]) {
			t.Errorf("wrecked %v: a restored backup brought them back: %v", wrecked, err)
		}
		if got := everything(t, x); len(got) != 3 {
			t.Errorf("wrecked %v: %d of 3 others", wrecked, len(got))
		}
		storetest.Audit(t, x)
		shut(t, x)
		absent(t, s.Path(), gone)
	}
}

// Only a team lead or an administrator erases where the office has one, only for a
// reason of the list, and nothing is written otherwise.
func TestPromiseErasureIsRefused(t *testing.T) {
	s, ids := fresh(t, 1)
	n := arrivals(t, s)
	if _, err := s.Erase(ids[0], "because I can", storetest.Passphrase); !refusedOn(err, "reason") {
		t.Errorf("another reason gave %v", err)
	}
	if _, err := s.Erase(ids[0], domain.AskedToErase, "not the passphrase"); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("a wrong passphrase gave %v", err)
	}
	if _, err := s.Erase(s.NewID(), domain.AskedToErase, storetest.Passphrase); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("nobody gave %v", err)
	}
	if got := arrivals(t, s); got != n {
		t.Errorf("refusals wrote %d records", got-n)
	}
	storetest.Do(t, s, domain.Register{Office: s.OfficeID(), Person: s.NewID(), Name: "Lee Ash", Role: domain.Lead})
	if _, err := s.Erase(ids[0], domain.AskedToErase, storetest.Passphrase); !refusedOn(err, "role") {
		t.Errorf("a coach beside a lead gave %v", err)
	}
	if _, err := s.Participant(ids[0]); err != nil {
		t.Error(err)
	}
	storetest.Audit(t, s)
}

// The log of who looked is complete and in order, survives the process, and loses only
// what is old when it is told to.
func TestPromiseLooks(t *testing.T) {
	s, ids := fresh(t, 2)
	for i := range 50 {
		s.Looked(domain.Look{At: storetest.Begin.Add(time.Duration(i) * time.Hour), By: s.Who().ID, Role: domain.Coach, Participant: ids[i%2], Via: "show"})
	}
	shut(t, s) // at once: what waits is written
	x := reopen(t, s.Path())
	looks, err := x.Looks(domain.ID{})
	if err != nil || len(looks) != 50 {
		t.Fatalf("%d looks: %v", len(looks), err)
	}
	for i, l := range looks {
		if l.Participant != ids[i%2] || !l.At.Equal(storetest.Begin.Add(time.Duration(i)*time.Hour)) || l.Via != "show" || l.Role != domain.Coach {
			t.Errorf("look %d is %+v", i, l)
		}
	}
	if one, err := x.Looks(ids[1]); err != nil || len(one) != 25 {
		t.Errorf("%d looks at one person: %v", len(one), err)
	}
	later := storetest.Options()
	later.Now = storetest.NewClock(storetest.Begin.AddDate(1, 0, 0).Add(9*time.Hour + 30*time.Minute)).Now
	shut(t, x)
	if x, err = store.Open(s.Path(), storetest.Passphrase, later); err != nil {
		t.Fatal(err)
	}
	if n, err := x.ForgetLooks(12); n != 0 || err != nil {
		t.Errorf("a clock set forward forgot %d: %v", n, err)
	}
	storetest.Join(t, x, "Somebody later") // now the journal knows that time has passed
	if n, err := x.ForgetLooks(12); n != 10 || err != nil {
		t.Errorf("%d were forgotten: %v", n, err)
	}
	if looks, err = x.Looks(domain.ID{}); err != nil || len(looks) != 40 {
		t.Errorf("%d looks are left: %v", len(looks), err)
	}
	storetest.Audit(t, x)
	shut(t, x)
	for _, k := range []byte{11, 30, 50} { // the first, one between, the last
		spoilt := copied(t, s.Path())
		meddle(t, spoilt, deleting("looks", []byte{7: k}))
		noticed(t, reopen(t, spoilt))
	}
}

// Parts that were kept long enough go, each leaves a mark, the rest stays; the raw file
// holds nothing of them, and no backup brings them back.
func TestPromiseErasedParts(t *testing.T) {
	s, ids := fresh(t, 40) // enough that the office's records lie on a page of their own
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	id := ids[30]
	before, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	var gone [][]byte
	shut(t, s)
	look(t, s.Path(), func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("journal")).ForEach(func(k, v []byte) error {
			if bytes.Contains(k, id[:]) && v[2] == byte(domain.ThirdParty) {
				gone = append(gone, bytes.Clone(v))
			}
			return nil
		})
	})
	if len(gone) == 0 {
		t.Fatal("nobody wrote about somebody else: the test proves nothing")
	}
	x := reopen(t, s.Path())
	if _, _, err := x.EraseParts(id, domain.KeepThirdParty, x.Today()-3000, storetest.Passphrase); !refusedOn(err, "class") {
		t.Errorf("erasing what is too young gave %v", err)
	}
	if _, _, err := x.EraseParts(id, domain.KeepCaseload, x.Today(), storetest.Passphrase); !refusedOn(err, "class") {
		t.Errorf("erasing a whole record by parts gave %v", err)
	}
	n, _, err := x.EraseParts(id, domain.KeepThirdParty, x.Today()+1, storetest.Passphrase)
	if !refusedOn(err, "before") || n != 0 {
		t.Errorf("erasing the future gave %d %v", n, err)
	}
	clock := storetest.NewClock(storetest.Begin.AddDate(2, 0, 0))
	o := storetest.Options()
	o.Now = clock.Now
	shut(t, x)
	y, err := store.Open(s.Path(), storetest.Passphrase, o)
	if err != nil {
		t.Fatal(err)
	}
	defer y.Close()
	if n, _, err = y.EraseParts(id, domain.KeepThirdParty, y.Today(), storetest.Passphrase); err != nil || n != len(gone) {
		t.Fatalf("%d of %d: %v", n, len(gone), err)
	}
	check := func(s *store.Store) {
		t.Helper()
		p, err := s.Participant(id)
		if err != nil || len(p.Past()) != len(before.Past()) {
			t.Fatalf("%d of %d entries: %v", len(p.Past()), len(before.Past()), err)
		}
		marks := 0
		for i, r := range p.Past() {
			if _, ok := r.Event.(domain.Emptied); ok {
				marks++
			} else if r.Kind != before.Past()[i].Kind {
				t.Errorf("entry %d became %s", i, r.Kind)
			}
			if r.Scope == domain.ThirdParty {
				t.Error("an entry about somebody else is left")
			}
		}
		if marks != len(gone) {
			t.Errorf("%d marks for %d entries", marks, len(gone))
		}
		storetest.Audit(t, s)
	}
	check(y)
	shut(t, y)
	absent(t, s.Path(), gone)
	if _, err := store.Restore(backup, s.Path(), storetest.Passphrase, o); err != nil {
		t.Fatal(err)
	}
	z := reopen(t, s.Path())
	check(z)
	shut(t, z)
	hit := laidOut(t, s.Path())[string(journalKeys(t, s.Path(), id)[0])]
	raw, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	clear(raw[hit.from:hit.to])
	if err := os.WriteFile(s.Path(), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	salvaged(t, s.Path(), backup)
	w := reopen(t, s.Path())
	p, err := w.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Past() {
		if r.Scope == domain.ThirdParty {
			t.Error("a salvage brought an erased entry back")
		}
	}
}

// Looks that cannot be written wait, whoever asks for them meanwhile, and nothing is
// written twice however many write and read at once.
func TestPromiseLooksWait(t *testing.T) {
	s, ids := fresh(t, 1)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				s.Looked(domain.Look{At: storetest.Begin, Participant: ids[0], Via: "test"})
				if _, err := s.Looks(ids[0]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if looks, err := s.Looks(ids[0]); err != nil || len(looks) != 200 {
		t.Errorf("%d of 200 looks: %v", len(looks), err)
	}
	storetest.Audit(t, s)
	shut(t, s)
	x := reopen(t, s.Path())
	x.Impatient(50 * time.Millisecond)
	db, err := bolt.Open(s.Path(), 0o600, nil) // another process has the store as soon as this one rests
	if err != nil {
		t.Fatal(err)
	}
	x.Looked(domain.Look{At: storetest.Begin, Participant: ids[0], Via: "test"})
	if _, err := x.Looks(ids[0]); !errors.Is(err, store.ErrInUse) {
		t.Errorf("in use: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if looks, err := x.Looks(ids[0]); err != nil || len(looks) != 201 {
		t.Errorf("%d of 201 looks: %v", len(looks), err)
	}
}
