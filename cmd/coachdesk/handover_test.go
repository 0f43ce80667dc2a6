package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
)

// threeDesks founds a desk for each person, each of an office of its own, and puts every
// card into every other address book.
func threeDesks(t *testing.T, people ...string) []*sitting {
	t.Helper()
	before := os.Args[0]
	os.Args[0] = "coachdesk"
	t.Cleanup(func() { os.Args[0] = before })
	var all []*sitting
	var cards []domain.Contact
	for _, who := range people {
		name, role, _ := strings.Cut(who, "/")
		s := &sitting{t: t, dir: t.TempDir()}
		if err := os.WriteFile(filepath.Join(s.dir, "pw"), []byte("teapot\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.must("", "init", "--name", name, "--role", role, "--office", "Office of "+name)
		s.on(func(st *store.Store) {
			card, err := st.Card()
			if err != nil {
				t.Fatal(err)
			}
			cards = append(cards, card.Contact())
		})
		all = append(all, s)
	}
	for i, s := range all {
		s.on(func(st *store.Store) {
			for k, x := range cards {
				if k == i {
					continue
				}
				if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.AddContact{Office: st.OfficeID(), Contact: x}}}); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	return all
}

// on opens the store of a desk between two commands.
func (s *sitting) on(do func(*store.Store)) {
	s.t.Helper()
	st, err := store.Open(filepath.Join(s.dir, "desk.db"), "teapot", store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		s.t.Fatal(err)
	}
	defer st.Close()
	do(st)
}

// must runs a command that has to succeed, and returns what it printed.
func (s *sitting) must(in string, args ...string) string {
	s.t.Helper()
	code, out, e := s.run(in, args...)
	if code != 0 {
		s.t.Fatalf("%q: exit code %d: %s", args, code, e)
	}
	return strings.TrimSpace(out)
}

// refuses runs a command that has to be refused with a sentence.
func (s *sitting) refuses(code int, says string, args ...string) {
	s.t.Helper()
	got, _, e := s.run("", args...)
	if got != code || !strings.Contains(e, says) {
		s.t.Errorf("%q: exit code %d, want %d, and %q in: %s", args, got, code, says, e)
	}
}

// shared is what a desk holds of everybody that others may have: records by name, and rows
// of these records alone.
type shared struct{ records, rows map[string]string }

func sharedBy(st *store.Store) (shared, error) {
	h := shared{map[string]string{}, map[string]string{}}
	ids, err := st.Everyone()
	if err != nil {
		return h, err
	}
	for _, id := range ids {
		past, err := st.History(domain.About(id))
		if err != nil {
			return h, err
		}
		past = slices.DeleteFunc(past, func(r domain.Record) bool { return r.Scope.Private() })
		for _, r := range past {
			h.records[fmt.Sprintf("%s %s %d", id, r.Desk, r.Seq)] = fmt.Sprintf("%s %s %d %s %s %x", r.Kind, r.By, r.Time, r.Day, r.Role, r.Body)
		}
		h.rows[id.String()] = fmt.Sprintf("%+v", domain.Replay(domain.About(id), past).Row())
	}
	return h, nil
}

// differs says in what another desk differs about the people whom both hold.
func (h shared) differs(o shared) []string {
	var all []string
	for id, row := range o.rows {
		if h.rows[id] != row {
			all = append(all, fmt.Sprintf("another row of %s:\n%s\n%s", id, h.rows[id], row))
		}
		for name, has := range h.records {
			if strings.HasPrefix(name, id) && o.records[name] != has {
				all = append(all, fmt.Sprintf("%s is %q, and %q on the first desk", name, o.records[name], has))
			}
		}
	}
	for name, has := range o.records {
		if h.records[name] != has {
			all = append(all, "not on the first desk: "+name+" "+has)
		}
	}
	return all
}

// agree compares what desks hold of the people whom they share.
func agree(t *testing.T, all ...*sitting) {
	t.Helper()
	var first shared
	for i, s := range all {
		s.on(func(st *store.Store) {
			h, err := sharedBy(st)
			if err != nil || len(h.records) == 0 {
				t.Fatal("there is nothing to agree about", err)
			}
			if i == 0 {
				first = h
			}
			for _, d := range first.differs(h) {
				t.Errorf("desk %d: %s", i+1, d)
			}
		})
	}
}

// TestThreeDesksAgree hands cases from a coach to a colleague and a question to an adviser,
// has all three work on them, carries the files over in the wrong order, twice, and with
// one lost, and compares what the desks hold in the end.
func TestThreeDesksAgree(t *testing.T) {
	desks := threeDesks(t, "Amina Yusuf/coach", "Bea Holt/coach", "Dev Shah/dea")
	amina, bea, dev := desks[0], desks[1], desks[2]
	at := func(name string) string { return filepath.Join(amina.dir, name) }
	var refs []string
	for i := range 4 {
		refs = append(refs, amina.must(fmt.Sprintf("name: Person %d", i), "add"))
		amina.must("Said much.\n> me: ring by fri\n# travel\n\n[coach only] CANARY\n\n[third party] CANARY\n", "note", refs[i])
	}
	asked := amina.must("Altered hours?", "ask", refs[0])
	amina.must("why: leave", append([]string{"handover", "send", "--to", "Bea Holt", "--until", "7 dec", "--words", "-", "-o", at("1")}, refs...)...)
	amina.must("", "handover", "send", refs[0], "--to", "Dev Shah", "--item", asked, "-o", at("2"))
	dev.must("", "handover", "open", at("2"))
	bea.must("", "handover", "open", at("1"))
	dev.must("", "accept", refs[0], asked)
	dev.must("", "handover", "send", "--to", "Amina Yusuf", "-o", at("3"))
	dev.must("Yes, from January.", "answer", refs[0], asked)
	dev.must("", "handover", "send", "--to", "Amina Yusuf", "-o", at("4"))
	bea.must("", "handover", "answer", refs[0], refs[1], "--taken")
	bea.must("Since when?", "handover", "answer", refs[2], "--question")
	bea.must("", "handover", "send", "--to", "Amina Yusuf", "-o", at("lost"))
	bea.must("Not in my area.", "handover", "answer", refs[3], "--not-mine")
	bea.must("Met here.", "note", refs[1], "--because", "cover")
	bea.must("", "handover", "send", "--to", "Amina Yusuf", "--all", "-o", at("5"))
	for _, name := range []string{"5", "4", "3"} {
		amina.must("", "handover", "open", at(name))
	}
	amina.refuses(exitRefused, "opened here before", "handover", "open", at("5"))
	amina.must("Since May.", "handover", "reply", refs[2])
	amina.must("", "handover", "send", "--to", "Bea Holt", "-o", at("6"))
	amina.must("", "handover", "send", "--to", "Dev Shah", "-o", at("7"))
	bea.must("", "handover", "open", at("6"))
	dev.must("", "handover", "open", at("7"))
	bea.must("", "handover", "answer", refs[2], "--taken")
	bea.must("", "handover", "send", "--to", "Amina Yusuf", "-o", at("8"))
	amina.must("", "handover", "open", at("8"))
	back := amina.must("", "handover", "back")
	if !strings.Contains(back, "Bea Holt") || !strings.Contains(back, "Person 1") {
		t.Errorf("meanwhile: %s", back)
	}
	amina.must("", "handover", "send", "--to", "Bea Holt", "-o", at("9"))
	amina.must("", "handover", "send", "--to", "Dev Shah", "-o", at("10"))
	bea.must("", "handover", "open", at("9"))
	dev.must("", "handover", "open", at("10"))
	agree(t, desks...)
	for _, s := range desks[1:] {
		s.on(func(st *store.Store) {
			for _, id := range mustEveryone(t, st) {
				past, err := st.History(domain.About(id))
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range past {
					if r.Scope.Private() || bytes.Contains(r.Body, []byte("CANARY")) {
						t.Errorf("%s of scope %s came along", r.Kind, r.Scope)
					}
				}
			}
		})
	}
}

func mustEveryone(t *testing.T, st *store.Store) []domain.ID {
	t.Helper()
	ids, err := st.Everyone()
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestSentencesOfAVerb(t *testing.T) {
	said := "120 people are on it. It is not sealed.\nNational Insurance numbers are left out. --include-private takes them in.\n" +
		"1 case is back. coachdesk handover send --to NAME -o FILE tells the other desk.\n"
	want := []string{"120 people are on it. It is not sealed.", "National Insurance numbers are left out.", "1 case is back."}
	if got := sentencesOf(said); !slices.Equal(got, want) {
		t.Errorf("on a screen: %q", got)
	}
}

// An offer that no file carried yet, as one made on a screen, goes as a handover; what
// comes after it, and what comes back, is news.
func TestFirstFileIsAHandover(t *testing.T) {
	desks := threeDesks(t, "Amina Yusuf/coach", "Bea Holt/coach")
	amina, bea := desks[0], desks[1]
	ref := amina.must("name: Jo Taylor", "add")
	amina.on(func(st *store.Store) {
		to, err := st.Office().FindContact("Bea Holt")
		if err != nil {
			t.Fatal(err)
		}
		offer := domain.OfferHandover{
			Participant: mustEveryone(t, st)[0], ID: st.NewID(), Kind: domain.HandoverCover, To: to.Person, ToName: to.Name, ToRole: to.Role, Until: st.Today() + 14,
			Words: domain.HandoverWords{Why: "On leave."}, Items: []domain.HandoverItem{{What: domain.HandedCase}},
		}
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{offer}}); err != nil {
			t.Fatal(err)
		}
	})
	goes := func(from, to *sitting, name, want string) {
		t.Helper()
		file := filepath.Join(from.dir, strings.ReplaceAll(want, " ", "-"))
		from.must("", "handover", "send", "--to", name, "-o", file)
		if code, _, told := to.run("", "handover", "open", file); code != 0 || !strings.Contains(told, want) {
			t.Errorf("exit code %d, want %q in: %s", code, want, told)
		}
	}
	goes(amina, bea, "Bea Holt", "A handover")
	bea.must("", "handover", "answer", ref, "--taken", "--because", "handover")
	goes(bea, amina, "Amina Yusuf", "Answers and news")
	amina.must("name: mattered", "note", ref)
	goes(amina, bea, "Bea Holt", "Answers and news")
}
