package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
)

// sent is two desks, and a file from the first to the second about one person.
func sent(t *testing.T) (amina, bea *sitting, ref, file string) {
	t.Helper()
	desks := threeDesks(t, "Amina Yusuf/coach", "Bea Holt/coach")
	amina, bea = desks[0], desks[1]
	ref = amina.must("name: Jo Taylor", "add")
	amina.must("Met.\n> me: ring by fri\n", "note", ref)
	file = filepath.Join(amina.dir, "jo.coachdesk")
	amina.must("", "handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "-o", file)
	return amina, bea, ref, file
}

// untouched is everything that a desk holds, to compare before and after a refusal.
func (s *sitting) untouched() string {
	var out strings.Builder
	s.on(func(st *store.Store) {
		all, _, err := st.Since(0)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, r := range all {
			out.WriteString(r.Kind + " " + r.Desk.String() + "\n")
		}
	})
	return out.String()
}

// A file that was cut or changed anywhere, that is for somebody else or none at all, is
// refused with a sentence and changes nothing.
func TestBrokenBundles(t *testing.T) {
	amina, bea, ref, file := sent(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(bea.dir, "broken.coachdesk")
	before := bea.untouched()
	try := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(broken, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, more := range [][]string{{"--dry-run"}, nil} {
			code, _, said := bea.run("", append([]string{"handover", "open", broken}, more...)...)
			if code != exitRefused || !strings.HasPrefix(said, "coachdesk: ") {
				t.Errorf("%d bytes: exit code %d: %s", len(b), code, said)
			}
		}
	}
	for range faultTries(12, 500) {
		try(whole[:rand.IntN(len(whole))])
		flipped := bytes.Clone(whole)
		flipped[rand.IntN(len(flipped))] ^= 1 << rand.IntN(8)
		try(flipped)
	}
	try(nil)
	try([]byte("not a bundle\n"))
	try(append(bytes.Clone(whole), 'x'))
	try(append(bytes.Clone(whole), whole...))
	amina.refuses(exitRefused, "not for this desk", "handover", "open", file)
	bea.refuses(exitUsage, "cannot be read", "handover", "open", filepath.Join(bea.dir, "nowhere"))
	bea.refuses(exitUsage, "cannot be read", "handover", "open", bea.dir)
	if bea.untouched() != before {
		t.Error("a refused file changed the desk")
	}
	bea.must("", "handover", "open", file)
	before = bea.untouched()
	bea.refuses(exitRefused, "opened here before", "handover", "open", file)
	if bea.untouched() != before {
		t.Error("a file that came twice changed the desk")
	}
	bea.must("", "check")
	bea.must("", "show", ref, "--because", "handover")
}

// faultTries is how often something random is tried: more under make faults.
func faultTries(sampled, all int) int {
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		return all
	}
	return sampled
}

// A file signed by somebody who is in no address book says how to find out who it is, and
// gives their card.
func TestUnknownSender(t *testing.T) {
	_, bea, _, file := sent(t)
	office := func(of func(st *store.Store) domain.Command) {
		bea.on(func(st *store.Store) {
			if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{of(st)}}); err != nil {
				t.Fatal(err)
			}
		})
	}
	office(func(st *store.Store) domain.Command {
		return domain.RemoveContact{Office: st.OfficeID(), Person: st.Office().Contacts[0].Person}
	})
	bea.refuses(exitRefused, "not in the address book", "handover", "open", file)
	_, card, said := bea.run("", "handover", "open", file, "--card")
	if !strings.HasPrefix(card, "-----BEGIN COACHDESK IDENTITY-----") || !strings.Contains(said, "compare the fingerprint") {
		t.Errorf("no card: %s%s", card, said)
	}
	read, err := bundle.ParseCard(card)
	if err != nil {
		t.Fatal(err)
	}
	office(func(st *store.Store) domain.Command {
		return domain.AddContact{Office: st.OfficeID(), Contact: read.Contact()}
	})
	bea.must("", "handover", "open", file)
}

// Made-up people never come into a store for real ones.
func TestDemoIntoReal(t *testing.T) {
	amina, bea, _, _ := sent(t)
	demo := &sitting{t: t, dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(demo.dir, "pw"), []byte("teapot\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	demo.must("", "demo", "--store", filepath.Join(demo.dir, "desk.db"), "--people", "3")
	st, err := store.Open(filepath.Join(demo.dir, "desk.db"), demoPassphrase, store.Options{Now: clockAt(""), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	var theirs domain.Contact
	bea.on(func(b *store.Store) {
		card, err := b.Card()
		if err != nil {
			t.Fatal(err)
		}
		theirs = card.Contact()
	})
	mine, err := st.Card()
	if err != nil {
		t.Fatal(err)
	}
	add := func(st *store.Store, x domain.Contact) {
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.AddContact{Office: st.OfficeID(), Contact: x}}}); err != nil {
			t.Fatal(err)
		}
	}
	add(st, theirs)
	ids := mustEveryone(t, st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	bea.on(func(b *store.Store) { add(b, mine.Contact()) })
	file := filepath.Join(amina.dir, "demo.coachdesk")
	demo.must("", "handover", "send", ids[0].Ref(0), "--to", "Bea Holt, Office of Bea", "--kind", "copy", "-o", file, "--because", "handover")
	bea.refuses(exitRefused, "made-up people", "handover", "open", file)
}

// A name of 200 letters with escape codes in it crosses over without painting anything.
func TestNastyNamesCross(t *testing.T) {
	amina, bea, _, _ := sent(t)
	name := "Zoë \u202eevil " + strings.Repeat("\x1b[31mred\x1b[0m界", 40)
	ref := amina.must("name: "+name, "add")
	file := filepath.Join(amina.dir, "nasty.coachdesk")
	amina.must("why: \x1b[2J"+strings.Repeat("w", 300), "handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "--words", "-", "-o", file)
	bea.must("", "handover", "open", file, "--dry-run")
	bea.must("", "handover", "open", file)
	bea.must("", "handover", "list")
	bea.must("", "handover", "list", ref, "--because", "handover")
	bea.must("", "handover", "list", "--json")
	bea.must("\x1b[31m?", "handover", "answer", ref, "--question", "--because", "handover")
}

// Files in the wrong order come to the same as in the right one.
func TestBundlesOutOfOrder(t *testing.T) {
	amina, bea, ref, first := sent(t)
	amina.must("More.", "note", ref)
	second := filepath.Join(amina.dir, "second")
	amina.must("", "handover", "send", "--to", "Bea Holt", "-o", second)
	bea.must("", "handover", "open", second)
	if got := bea.must("", "handover", "open", first); !strings.Contains(got, "nothing new") {
		t.Errorf("an older file brought something: %s", got)
	}
	agree(t, amina, bea)
}

// What cannot be written leaves no offer behind, nor half a file.
func TestNoOfferWithoutFile(t *testing.T) {
	amina, _, ref, file := sent(t)
	pat := amina.must("name: Pat Moss", "add")
	before := amina.untouched()
	for _, x := range []struct {
		code int
		says string
		args []string
	}{
		{exitRefused, "--force replaces it", []string{pat, "--to", "Bea Holt", "--until", "7 dec", "-o", file}},
		{exitUsage, "no folder", []string{pat, "--to", "Bea Holt", "--until", "7 dec", "-o", filepath.Join(amina.dir, "no", "where")}},
		{exitUsage, "Say which file", []string{pat, "--to", "Bea Holt", "--until", "7 dec"}},
		{exitRefused, ref + ": Bea Holt has that from you", []string{ref, pat, "--to", "Bea Holt", "--until", "8 dec", "-o", file + "2"}},
		{exitRefused, "first day", []string{pat, "--to", "Bea Holt", "--kind", "cover", "-o", file + "2"}},
	} {
		amina.refuses(x.code, x.says, append([]string{"handover", "send"}, x.args...)...)
	}
	if amina.untouched() != before {
		t.Error("something was recorded of a handover that went into no file")
	}
	files, err := os.ReadDir(amina.dir)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(files, func(f os.DirEntry) bool {
		return strings.HasPrefix(f.Name(), ".coachdesk-") || f.Name() == filepath.Base(file)+"2"
	}); i >= 0 {
		t.Errorf("%s was left behind", files[i].Name())
	}
}
