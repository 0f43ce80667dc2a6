package store_test

import (
	"bytes"
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

func init() { jobs["phase"] = childRepeats }

// phase is something during which a process is killed. To kill during something new,
// add it to the phases below: nothing else.
type phase struct {
	name  string
	ready func(s *store.Store, turn domain.ID) // in the child, before every turn
	do    func(s *store.Store, turn domain.ID) error
	judge func(t *testing.T, a aftermath)
}

// aftermath is what a kill left: the store opened again, the turns that the child
// acknowledged, and the one in which it was killed, if any.
type aftermath struct {
	s      *store.Store
	before int // people before the first turn
	done   []domain.ID
	torn   domain.ID
}

// happened are the turns that may count: those acknowledged, and with them the torn
// one or not.
func (a aftermath) fits(n int) bool {
	return n == len(a.done) || n == len(a.done)+1 && !a.torn.IsZero()
}

// imported is how many people a batch takes on.
const imported = 60

var phases = []phase{
	{"import", nil, func(s *store.Store, turn domain.ID) error {
		b := domain.Batch{ID: turn}
		for range imported {
			b.Commands = append(b.Commands, joining(s, s.NewID()).Commands...)
		}
		_, err := s.Do(b)
		return err
	}, func(t *testing.T, a aftermath) {
		if more := len(everything(t, a.s)) - a.before; more%imported != 0 || !a.fits(more/imported) {
			t.Errorf("%d people of batches of %d after %d turns", more, imported, len(a.done))
		}
	}},
	{"draft", nil, func(s *store.Store, turn domain.ID) error { return s.KeepDraft(halfOf(turn)) }, func(t *testing.T, a aftermath) {
		drafts := draftsOf(t, a.s)
		if len(drafts) > 1 || len(drafts) == 0 && len(a.done) > 0 {
			t.Fatalf("%d drafts after %d turns", len(drafts), len(a.done))
		}
		for _, d := range drafts {
			turn := d.Fields["text"][:26]
			if newest := len(a.done) > 0 && turn == a.done[len(a.done)-1].String(); !newest && turn != a.torn.String() || d.Fields["text"] != strings.Repeat(turn, 500) {
				t.Error("the draft is not the newest one, or torn")
			}
		}
	}},
	{"save a draft", func(s *store.Store, turn domain.ID) { must(s.KeepDraft(halfOf(turn))) }, func(s *store.Store, turn domain.ID) error {
		_, err := s.DoAndDrop(joining(s, turn), draftPlace)
		return err
	}, func(t *testing.T, a aftermath) {
		saved := len(everything(t, a.s)) - a.before
		if !a.fits(saved) || !a.torn.IsZero() && len(draftsOf(t, a.s)) == 0 != (saved > len(a.done)) {
			t.Errorf("%d of %d turns are saved, and there are %d drafts", saved, len(a.done), len(draftsOf(t, a.s)))
		}
	}},
	{"backup", nil, func(s *store.Store, turn domain.ID) error { return s.Backup(backupName(s, turn)) }, func(t *testing.T, a aftermath) {
		var kept []string
		for _, turn := range a.done {
			kept = append(kept, backupName(a.s, turn))
		}
		judgeBackups(t, a.s.Path(), kept, a.before)
	}},
	{"compaction", nil, func(s *store.Store, _ domain.ID) error { return s.Compact() }, nil},
	{"rebuilding", nil, func(s *store.Store, _ domain.ID) error { return s.Rebuild() }, nil},
	{"store key", nil, func(s *store.Store, _ domain.ID) error {
		_, err := s.Rotate(storetest.Passphrase)
		return err
	}, nil},
	{"erase", func(s *store.Store, turn domain.ID) {
		_, err := s.Do(joining(s, turn))
		must(err)
	}, func(s *store.Store, turn domain.ID) error {
		_, err := s.Erase(turn, domain.AskedToErase, storetest.Passphrase)
		return err
	}, func(t *testing.T, a aftermath) {
		erased := a.s.Office().ErasedIDs()
		left := len(everything(t, a.s)) - a.before
		if !a.fits(len(erased)) || left > 1 || left == 1 && len(erased) > len(a.done) {
			t.Errorf("%d were erased in %d turns, and %d are left", len(erased), len(a.done), left)
		}
		raw, err := os.ReadFile(a.s.Path())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range erased {
			if bytes.Contains(raw, id[:]) {
				t.Error("somebody who was erased is still in the file")
			}
		}
	}},
	{"look", nil, func(s *store.Store, turn domain.ID) error {
		s.Looked(domain.Look{At: time.Now(), By: turn, Participant: turn, Via: "test"})
		_, err := s.Looks(turn) // waits until it is written
		return err
	}, func(t *testing.T, a aftermath) {
		looks, err := a.s.Looks(domain.ID{})
		if err != nil || !a.fits(len(looks)) {
			t.Errorf("%d looks after %d turns: %v", len(looks), len(a.done), err)
		}
	}},
	{"automatic backup", nil, func(s *store.Store, _ domain.ID) error {
		_, err := s.BackUpNow()
		return err
	}, func(t *testing.T, a aftermath) {
		copies, err := a.s.Copies()
		if err != nil || len(a.done) > 0 && len(copies) == 0 {
			t.Errorf("%d backups after %d turns: %v", len(copies), len(a.done), err)
		}
		for _, c := range copies {
			b := reopen(t, c.Path)
			storetest.Audit(t, b)
			shut(t, b)
		}
	}},
	{"salvage", nil, func(s *store.Store, _ domain.ID) error {
		_, err := store.Salvage(s.Path(), storetest.Passphrase, realOptions())
		return err
	}, nil},
	{"passphrase", nil, func(s *store.Store, turn domain.ID) error {
		_, err := s.ChangePassphrase(turn.String())
		return err
	}, func(t *testing.T, a aftermath) {
		words := []string{storetest.Passphrase}
		for _, turn := range append(a.done, a.torn) {
			words = append(words, turn.String())
		}
		var open []int
		for i, w := range words {
			if w == "" {
				continue
			}
			if s, err := store.Open(a.s.Path(), w, realOptions()); err == nil {
				open = append(open, i)
				shut(t, s)
			}
		}
		if len(open) != 1 || !a.fits(open[0]) {
			t.Errorf("after %d changes the passphrases %v open the store", len(a.done), open)
		}
	}},
}

var draftPlace = domain.ID{0: 9, 15: 9}

func halfOf(turn domain.ID) store.Draft {
	return store.Draft{ID: draftPlace, Place: "note", Fields: map[string]string{"text": strings.Repeat(turn.String(), 500)}}
}

func draftsOf(t *testing.T, s *store.Store) []store.Draft {
	t.Helper()
	drafts, err := s.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	return drafts
}

func backupName(s *store.Store, turn domain.ID) string {
	return s.Path() + "." + turn.String() + ".backup"
}

// childRepeats does the work of a phase over and over, and says when it begins.
func childRepeats(args []string) {
	s := opened(args[0])
	for _, p := range phases {
		if p.name != args[1] {
			continue
		}
		for {
			turn := s.NewID()
			if p.ready != nil {
				p.ready(s, turn)
			}
			tell("begin %s", turn)
			must(p.do(s, turn))
			tell("done %s", turn)
		}
	}
}

// A kill during anything that writes leaves a store that is sound, with everything
// that was acknowledged, and the rest wholly there or wholly absent.
func TestFaultKillPhases(t *testing.T) {
	s, _ := fresh(t, 10)
	people := len(everything(t, s))
	shut(t, s)
	struck := map[string]int{}
	for _, p := range phases {
		t.Run(p.name, func(t *testing.T) {
			want, most := rounds(2, 50), rounds(12, 400)
			took := 30 * time.Millisecond
			round := 0
			for ; struck[p.name] < want && round < most && !t.Failed(); round++ {
				path := copied(t, s.Path())
				a := aftermath{before: people}
				a.done, a.torn, took = killDuring(t, p, path, took)
				if !a.torn.IsZero() {
					struck[p.name]++
				}
				a.s = opens(t, path, a)
				storetest.Audit(t, a.s)
				if p.judge == nil && len(everything(t, a.s)) != people {
					t.Errorf("%d of %d people", len(everything(t, a.s)), people)
				} else if p.judge != nil {
					p.judge(t, a)
				}
				shut(t, a.s)
				if _, err := os.Stat(path + ".keys"); err != nil {
					t.Errorf("opening did not mend the mirror: %v", err)
				}
				if err := os.RemoveAll(filepath.Dir(path)); err != nil {
					t.Error(err)
				}
			}
			if struck[p.name] < want {
				t.Errorf("%d of %d kills came during it, want %d", struck[p.name], round, want)
			}
		})
	}
	t.Logf("kills that came in the middle: %v; nothing lost", struck)
}

// opens opens what a kill left, with whatever passphrase it may have.
func opens(t *testing.T, path string, a aftermath) *store.Store {
	t.Helper()
	words := []string{storetest.Passphrase}
	for _, turn := range append(a.done, a.torn) {
		words = append(words, turn.String())
	}
	var err error
	for _, w := range words {
		var s *store.Store
		if s, err = store.Open(path, w, realOptions()); err == nil {
			return s
		}
	}
	t.Fatalf("after %d turns nothing opens the store: %v", len(a.done), err)
	return nil
}

// killDuring kills a child some moment after its first turn began. It returns the
// turns that were acknowledged, the one that was torn, and how long a turn takes.
func killDuring(t *testing.T, p phase, path string, took time.Duration) (done []domain.ID, torn domain.ID, turn time.Duration) {
	t.Helper()
	c := child("phase", path, p.name)
	said := hear(t, c)
	hark := func(l line) {
		id, err := domain.ParseID(l[1])
		if err != nil || l[0] == "failed" {
			t.Fatalf("the child said %q", l)
		}
		if torn = id; l[0] == "done" {
			done, torn = append(done, id), domain.ID{}
		}
	}
	if l, ok := <-said; ok {
		hark(l)
	}
	began := time.Now()
	time.Sleep(time.Duration(rand.Int64N(int64(2 * took))))
	_ = c.Process.Kill() // it lives until then
	alive := time.Since(began)
	for l := range said {
		hark(l)
	}
	_ = c.Wait() // it was killed
	switch {
	case len(done) == 0:
		return done, torn, took + took/4 // too early: nothing of a turn was seen to end
	case len(done) > 2:
		return done, torn, alive / time.Duration(len(done))
	}
	return done, torn, took
}
