//go:build amd64 || arm64

package store_test

import (
	"bytes"
	"errors"
	"fmt"
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

func init() { jobs["power"], jobs["survive"] = childUsesPower, childSurvives }

const otherPassphrase = "another horse battery staple teapot"

// childUsesPower does everything that writes, and says before and after each.
func childUsesPower(args []string) {
	o := realOptions()
	o.NoSync = args[1] == "nosync"
	tell("create")
	s, _, err := store.Create(args[0], storetest.Founding(), o)
	must(err)
	tell("created")
	some := func(n, people int) {
		for range n {
			var b domain.Batch
			var ids []string
			for range people {
				id := s.NewID()
				one := joining(s, id)
				b.ID, b.Commands, ids = one.ID, append(b.Commands, one.Commands...), append(ids, id.String())
			}
			tell("try %s", strings.Join(ids, " "))
			_, err := s.Do(b)
			must(err)
			tell("ack %s", strings.Join(ids, " "))
		}
	}
	some(6, 1)
	some(1, 40) // an import
	draft := s.NewID()
	must(s.KeepDraft(store.Draft{ID: draft, Place: "note", Fields: map[string]string{"text": "half"}}))
	tell("draft %s", draft)
	must(s.Backup(args[0] + ".backup"))
	tell("backup")
	must(s.Compact())
	tell("compacted")
	some(3, 1)
	must(s.Rebuild())
	tell("rebuilt")
	must(newWords(s, otherPassphrase))
	tell("changed")
	some(3, 1)
	all, err := s.Everyone()
	must(err)
	tell("erase %s", all[0])
	_, err = s.Erase(all[0], domain.AskedToErase, otherPassphrase)
	must(err)
	tell("erased %s", all[0])
	some(1, 1)
	must(s.Close())
	tell("restore")
	kept, err := store.Restore(args[0]+".backup", args[0], storetest.Passphrase, o)
	must(err)
	tell("restored %s", filepath.Base(kept))
}

// childSurvives opens what a power cut left, and says who is there.
func childSurvives([]string) {
	go watchMemory()
	lines(func(path string) { tell("%s", strings.ReplaceAll(survivors(path), "\n", " ")) })
}

// survivors opens a store and tells everything that is in it, or what is wrong.
func survivors(path string) string {
	o := storetest.Options()
	s, err := store.Open(path, storetest.Passphrase, o)
	word := "old"
	if errors.Is(err, store.ErrWrongPassphrase) {
		s, err = store.Open(path, otherPassphrase, o)
		word = "new"
	}
	if err != nil {
		return "closed " + kindOf(err)
	}
	defer s.Close()
	if found, err := s.Check(); err != nil || len(found) > 0 {
		return fmt.Sprintf("unsound %v %v", found, err)
	}
	ids, err := s.Everyone()
	if err != nil {
		return "unsound " + err.Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "open %s", word)
	for _, id := range ids {
		p, err := s.Participant(id)
		if err != nil || len(p.Past()) != 3 || len(p.Notes) != 1 {
			return "unsound torn"
		}
		b.WriteString(" " + id.String())
	}
	drafts, err := s.Drafts()
	if err != nil {
		return "unsound " + err.Error()
	}
	for _, d := range drafts {
		b.WriteString(" draft:" + d.ID.String())
	}
	return b.String()
}

// promised is what the child had said before a power cut, and what must hold after.
type promised struct {
	phase    string   // the last thing that it said
	acked    []string // who must be there
	atBackup int      // how many of them a restored backup has
	trying   []string // who are there all, or none
	draft    string
	going    string // who may be there or not
	gone     string // who must not be there
}

func promisedBy(story []deed) promised {
	p := promised{phase: "nothing"}
	for _, d := range story {
		if d.does != says {
			continue
		}
		for said := range strings.Lines(d.name) {
			f := strings.Fields(said)
			p.phase = f[0]
			switch p.phase {
			case "try":
				p.trying = f[1:]
			case "ack":
				p.acked, p.trying = append(p.acked, f[1:]...), nil
			case "draft":
				p.draft = "draft:" + f[1]
			case "erase":
				p.going = f[1]
			case "erased":
				p.going, p.gone = "", f[1]
			case "backup":
				p.atBackup = len(p.acked)
			}
		}
	}
	return p
}

// broken says which promise the survivors of a power cut break; empty if none.
func (p promised) broken(answer string) string {
	f := strings.Fields(answer)
	if len(f) < 2 || f[0] != "open" {
		return "the store does not open or is not sound: " + answer
	}
	there := map[string]bool{}
	for _, id := range f[2:] {
		there[id] = true
	}
	sure, may := p.acked, p.trying
	switch {
	case p.phase == "restored" || p.phase == "restore" && f[1] == "old":
		sure = p.acked[:p.atBackup]
	case p.phase == "changed" || p.phase == "ack" && p.draft != "" && f[1] == "new":
		if f[1] != "new" {
			return "the old passphrase is back"
		}
	}
	if p.draft != "" {
		sure = append(append([]string(nil), sure...), p.draft)
	}
	if there[p.gone] {
		return "somebody who was erased is back"
	}
	delete(there, p.going)
	for _, id := range sure {
		if id == p.going || id == p.gone {
			continue
		}
		if !there[id] {
			return "something that was acknowledged is lost"
		}
		delete(there, id)
	}
	n := 0
	for _, id := range may {
		if there[id] {
			n++
			delete(there, id)
		}
	}
	if n != 0 && n != len(may) {
		return fmt.Sprintf("a batch is torn: %d of %d", n, len(may))
	}
	for id := range there {
		if !strings.HasPrefix(id, "draft:") {
			return "somebody is there whom nobody took on"
		}
	}
	return ""
}

// recorded runs the child under the eyes of a tracer, and makes sure that nothing was
// overlooked: what it did adds up to the files that there are.
func recorded(t *testing.T, how string) (path string, story []deed) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "desk.coach")
	story, err := trace(child("power", path, how), filepath.Dir(path), nil)
	if err != nil && len(story) == 0 {
		t.Skipf("no process can be traced here: %v", err)
	}
	if err != nil {
		t.Fatalf("after %d deeds: %v", len(story), err)
	}
	if p := promisedBy(story); p.phase != "restored" {
		t.Fatalf("the child stopped at %q", p.phase)
	}
	files := crash(story, len(story), everythingKept)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != len(files) {
		t.Fatalf("the story ends with %d files, but there are %d: %v", len(files), len(entries), err)
	}
	for name, b := range files {
		if real, err := os.ReadFile(name); err != nil || !bytes.Equal(real, b) {
			t.Fatalf("the story does not end with %s as it is: %v", filepath.Base(name), err)
		}
	}
	return path, story
}

// cut is one power cut: after how many deeds, and what it took away.
type cut struct {
	after int
	how   string
	fate  fate
}

// cuts are the power cuts of a story: every prefix, all but one and only one of the
// writes that wait for each sync, and random parts of them with torn sectors.
func cuts(story []deed, r *rand.Rand) []cut {
	var all []cut
	for n := range len(story) + 1 {
		all = append(all, cut{n, "prefix", everythingKept}, cut{n, "only what was synced", nothingKept})
		if n == len(story) || story[n].does != isSynced {
			continue
		}
		for _, i := range unsynced(story, n) {
			all = append(all, cut{n, "all but one", allBut(i)}, cut{n, "only one", onlyOne(i)})
		}
		for range rounds(12, 60) {
			all = append(all, cut{n, "any sectors", anyOf(rand.New(rand.NewPCG(r.Uint64(), 1)))})
		}
	}
	return all
}

// suffer makes n of the power cuts of a story and counts what they break.
func suffer(t *testing.T, path string, story []deed, n int, patience time.Duration) (tried, bad map[string]int, phases map[string]int) {
	t.Helper()
	r := rand.New(rand.NewPCG(11, uint64(len(story))))
	all := cuts(story, r)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	tried, bad, phases = map[string]int{}, map[string]int{}, map[string]int{}
	probe := &helper{job: "survive"}
	defer probe.stop()
	base := t.TempDir()
	for i, c := range all[:min(n, len(all))] {
		dir := filepath.Join(base, fmt.Sprint(i))
		if err := errors.Join(os.Mkdir(dir, 0o700), lay(crash(story, c.after, c.fate), dir)); err != nil {
			t.Fatal(err)
		}
		p := promisedBy(story[:c.after])
		tried[c.how]++
		phases[p.phase]++
		why := struck(t, probe, filepath.Join(dir, filepath.Base(path)), patience, p)
		if why != "" {
			bad[c.how+": "+why]++
		} else if err := os.RemoveAll(dir); err != nil { // what broke is left for whoever looks
			t.Fatal(err)
		}
	}
	return tried, bad, phases
}

// struck says what a power cut broke.
func struck(t *testing.T, probe *helper, path string, patience time.Duration, p promised) string {
	t.Helper()
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if p.phase != "create" && p.phase != "nothing" {
			return "there is no store any more"
		}
		s, _, err := store.Create(path, storetest.Founding(), storetest.Options())
		if err != nil {
			return "nothing can be created: " + err.Error()
		}
		shut(t, s)
		return ""
	}
	answer, ok := probe.ask(path, patience)
	if !ok {
		return "the program " + answer + "s"
	}
	if why := p.broken(answer); why != "" {
		return why
	}
	return backupOf(probe, path+".backup", patience, p)
}

// backupOf says what a power cut made of the backup: it is whole, or it is not there
// and nobody was told that it is.
func backupOf(probe *helper, path string, patience time.Duration, p promised) string {
	if _, err := os.Stat(path); err != nil {
		if p.atBackup > 0 {
			return "an acknowledged backup is gone"
		}
		return ""
	}
	then := promised{phase: "backup", acked: p.acked, draft: p.draft}
	if p.atBackup > 0 {
		then.acked = p.acked[:p.atBackup]
	}
	answer, ok := probe.ask(path, patience)
	if why := then.broken(answer); !ok || why != "" {
		return "the backup: " + why
	}
	return ""
}

// After a power cut everything that was acknowledged is there, and what was not is
// wholly there or wholly absent, whatever the disk made of the writes in flight.
func TestFaultPowerCut(t *testing.T) {
	if raced {
		t.Skip("nothing of it runs beside anything: see race_on_test.go")
	}
	path, story := recorded(t, "sync")
	tried, bad, phases := suffer(t, path, story, rounds(250, 20_000), 20*time.Second)
	t.Logf("%d power cuts among %d writes, syncs and names: %v; by what had been said last %v", sum(tried), len(story), tried, phases)
	for why, n := range bad {
		t.Errorf("%d times, %s", n, why)
	}
	if want := rounds(2, 50); phases["create"] < want || phases["try"] < want || phases["backup"] < want || phases["restore"] < want {
		t.Errorf("want at least %d in each phase: %v", want, phases)
	}
}

// The same without syncing must lose something, or the test above proves nothing.
func TestFaultPowerCutControl(t *testing.T) {
	if raced {
		t.Skip("nothing of it runs beside anything: see race_on_test.go")
	}
	path, story := recorded(t, "nosync")
	n := rounds(40, 1000)
	_, bad, _ := suffer(t, path, story, n, time.Second)
	if lost := sum(bad); lost < n/10 {
		t.Errorf("%d power cuts without syncing broke %d promises only: the test is blind", n, lost)
	} else {
		t.Logf("without syncing, %d power cuts broke %d promises", n, lost)
	}
	path, story = recorded(t, "sync")
	var fewer []deed // every second sync of a file is left out
	odd := map[int]bool{}
	for _, d := range story {
		if d.does == isSynced && d.file != folder {
			if odd[d.file] = !odd[d.file]; odd[d.file] {
				continue
			}
		}
		fewer = append(fewer, d)
	}
	n = rounds(40, 1000)
	_, bad, _ = suffer(t, path, fewer, n, time.Second)
	if lost := sum(bad); lost == 0 {
		t.Errorf("%d power cuts with every second sync left out broke nothing: the test is blind", n)
	} else {
		t.Logf("with every second sync left out, %d power cuts broke %d promises", n, lost)
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}
