//go:build amd64 || arm64

package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

func init() { jobs["tight"] = childIsTight }

// tightJob is something that needs room. It is done twice, first while there is none;
// to try another one, add it to the jobs below.
type tightJob struct {
	name   string
	people int // more than before, at the end
	ready  func(path string) func() error
}

var tightJobs = []tightJob{
	{"create", 0, func(path string) func() error {
		return func() error {
			s, _, err := store.Create(path+".second", storetest.Founding(), realOptions())
			if err == nil {
				must(s.Close())
			}
			return err
		}
	}},
	{"command", 1, batchOf(1)},
	{"import", imported, batchOf(imported)},
	{"draft", 0, func(path string) func() error {
		s := opened(path)
		turn := s.NewID()
		return func() error { return s.KeepDraft(halfOf(turn)) }
	}},
	{"backup", 0, func(path string) func() error {
		s := opened(path)
		return func() error { return s.Backup(path + ".backup") }
	}},
	{"compaction", 0, func(path string) func() error { return opened(path).Compact }},
	{"rebuilding", 0, func(path string) func() error { return opened(path).Rebuild }},
	{"passphrase", 0, func(path string) func() error {
		s := opened(path)
		return func() error { return newWords(s, storetest.Passphrase) }
	}},
	{"store key", 0, func(path string) func() error {
		s := opened(path)
		return func() error {
			_, err := s.Rotate(storetest.Passphrase)
			return err
		}
	}},
	{"erase", -1, func(path string) func() error {
		s := opened(path)
		all, err := s.Everyone()
		must(err)
		return func() error {
			_, err := s.Erase(all[0], domain.AskedToErase, storetest.Passphrase)
			if refusedOn(err, "ref") { // only that the new file has its name could not be synced
				return nil
			}
			return err
		}
	}},
	{"salvage", 0, func(path string) func() error {
		o := laterEachTime()
		return func() error {
			_, err := store.Salvage(path, storetest.Passphrase, o)
			return err
		}
	}},
	{"restore", 0, func(path string) func() error {
		s := opened(path)
		must(s.Backup(path + ".backup"))
		must(s.Close())
		o := laterEachTime()
		return func() error {
			_, err := store.Restore(path+".backup", path, storetest.Passphrase, o)
			return err
		}
	}},
}

// laterEachTime has a clock that runs ahead: what is kept has the time in its name, and
// a second attempt must not be spared by giving it the same one.
func laterEachTime() store.Options {
	o := realOptions()
	now := o.Now
	later := time.Duration(0)
	o.Now = func() time.Time {
		later += time.Hour
		return now().Add(later)
	}
	return o
}

// batchOf takes people on in one batch: the same one whenever it is submitted.
func batchOf(people int) func(path string) func() error {
	return func(path string) func() error {
		s := opened(path)
		b := domain.Batch{ID: s.NewID()}
		for range people {
			b.Commands = append(b.Commands, joining(s, s.NewID()).Commands...)
		}
		return func() error {
			_, err := s.Do(b)
			return err
		}
	}
}

// childIsTight does a job on a full disk, and again when there is room.
func childIsTight(args []string) {
	for _, j := range tightJobs {
		if j.name != args[1] {
			continue
		}
		do := j.ready(args[0])
		tell("tight")
		err := do()
		tell("room")
		tell("first %s", kindOf(err))
		if err != nil && kindOf(err) == "full" && !strings.Contains(err.Error(), "the disk is full") {
			tell("sentence %v", err)
		}
		if err != nil {
			err = do()
		}
		tell("again %s", kindOf(err))
	}
}

// tightly does a job with the disk full after some calls. It reports false when the
// job needed fewer.
func tightly(t *testing.T, from string, people int, j tightJob, full *fullDisk) bool {
	t.Helper()
	path := copied(t, from)
	copyFile(t, from+".keys", path+".keys")
	full.denied = map[int]bool{}
	c := child("tight", path, j.name)
	story, err := trace(c, filepath.Dir(path), full)
	if err != nil && len(story) == 0 {
		t.Skipf("no process can be traced here: %v", err)
	}
	if err != nil {
		t.Fatalf("%s, full after %d calls: %v: %s", j.name, full.after, err, sayingsOf(story))
	}
	if len(full.refused) == 0 {
		return false
	}
	said := sayingsOf(story)
	where := fmt.Sprintf("%s, full after %d calls (sync %v)", j.name, full.after, full.sync)
	mustSay := slices.ContainsFunc(full.refused, essential)
	if !strings.Contains(said, "first full") && (mustSay || !strings.Contains(said, "first fine")) || !strings.Contains(said, "again fine") || strings.Contains(said, "sentence") {
		t.Errorf("%s: the child said %q; what found no room: %q", where, said, full.refused)
	}
	x := reopen(t, path)
	if got := len(everything(t, x)); got != people+j.people {
		t.Errorf("%s: %d people, want %d", where, got, people+j.people)
	}
	storetest.Audit(t, x)
	for _, other := range []string{".backup", ".second"} {
		if _, err := os.Stat(path + other); err == nil {
			y := reopen(t, path+other)
			storetest.Audit(t, y)
			shut(t, y)
		} else if strings.TrimPrefix(other, ".") == j.name || other == ".second" && j.name == "create" {
			t.Errorf("%s: %v", where, err)
		}
	}
	shut(t, x)
	if left, err := filepath.Glob(path + "*.new"); err != nil || len(left) > 0 {
		t.Errorf("%s: unfinished files were left: %v %v", where, left, err)
	}
	kept, err := filepath.Glob(path + ".replaced-*.keys")
	for _, keys := range kept {
		if _, gone := os.Stat(strings.TrimSuffix(keys, ".keys")); gone != nil {
			err = errors.Join(err, gone)
		}
	}
	if err != nil {
		t.Errorf("%s: keys were kept of a store that was not: %v", where, err)
	}
	return os.RemoveAll(filepath.Dir(path)) == nil
}

// essential reports whether a file must be written: the mirror of the keys is written
// again when the store is opened next, and the lock only tells others who has it. The
// folder, which has no ending, is synced for either.
func essential(name string) bool {
	return filepath.Ext(name) != "" && !strings.Contains(filepath.Base(name), ".keys") && !strings.HasSuffix(name, ".lock")
}

func sayingsOf(story []deed) string {
	var all []string
	for _, d := range story {
		if d.does == says {
			all = append(all, d.name)
		}
	}
	return strings.Join(all, ", ")
}

// Wherever the disk becomes full, it is said so, nothing is torn, and with room the
// same thing succeeds, once.
func TestFaultFullEverywhere(t *testing.T) {
	if raced {
		t.Skip("nothing of it runs beside anything: see race_on_test.go")
	}
	s, _ := fresh(t, 12)
	people := len(everything(t, s))
	shut(t, s)
	points := map[string]int{}
	total := 0
	for _, j := range tightJobs {
		for _, sync := range []bool{false, true} {
			for n := 0; n < 400 && !t.Failed(); n++ {
				if !full() && n%7 != len(j.name)%7 && n > 0 {
					continue
				}
				if !tightly(t, s.Path(), people, j, &fullDisk{after: n, sync: sync}) {
					break
				}
				points[j.name]++
				total++
			}
		}
	}
	t.Logf("the disk became full at %d points: %v", total, points)
	if want := rounds(15, 50); total < want {
		t.Errorf("%d points, want at least %d", total, want)
	}
}
