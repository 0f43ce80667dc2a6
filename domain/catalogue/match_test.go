package catalogue_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coachdesk/assets"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// matchDay is the day on which the tables were written by hand.
var matchDay = calendar.Date(2026, 11, 23)

func built(t testing.TB) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Read(assets.Sources(), assets.Programmes())
	if err != nil {
		t.Fatal(err)
	}
	if c.Areas, err = catalogue.ReadAreas(assets.Areas()); err != nil {
		t.Fatal(err)
	}
	if c.Questions, err = catalogue.ReadQuestions(assets.Questions()); err != nil {
		t.Fatal(err)
	}
	return c
}

// worked is a table written by hand: a person, and what a match must say.
type worked struct {
	name   string
	person catalogue.Person
	cells  map[string]cell
}

type cell struct {
	says  catalogue.Says
	rules []string
}

var cellLine = regexp.MustCompile(`^([a-z-]+) +(fits|does not fit|cannot tell) +(.+)$`)

// people reads the tables. A table that says nothing of a programme, or names no rule,
// is itself wrong.
func people(t testing.TB) []worked {
	t.Helper()
	files, err := filepath.Glob("testdata/match/*.txt")
	if err != nil || len(files) != 24 {
		t.Fatalf("%d tables, %v; 24 were written", len(files), err)
	}
	var all []worked
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		w := worked{name: strings.TrimSuffix(filepath.Base(f), ".txt"), person: catalogue.Person{Told: map[string]catalogue.Said{}}, cells: map[string]cell{}}
		for _, line := range strings.Split(string(b), "\n") {
			if m := cellLine.FindStringSubmatch(line); m != nil {
				w.cells[m[1]] = cell{catalogue.Says(m[2]), strings.Split(m[3], ", ")}
				continue
			}
			if key, value, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, "#") {
				w.told(t, key, value)
			} else if line != "" && !strings.HasPrefix(line, "#") {
				t.Fatalf("%s: %q says nothing", f, line)
			}
		}
		all = append(all, w)
	}
	return all
}

func (w *worked) told(t testing.TB, key, value string) {
	t.Helper()
	day := func(s string) calendar.Day {
		d, err := calendar.ParseISO(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if key == "on" {
		words := strings.Fields(value)
		stay := catalogue.Stay{Programme: words[0], From: day(words[1])}
		if len(words) > 2 {
			stay.Until = day(words[2])
		}
		w.person.Stays = append(w.person.Stays, stay)
		return
	}
	if !slices.Contains(catalogue.Looks, key) && key != "hours" {
		t.Fatalf("%s: matching does not look at %q", w.name, key)
	}
	said := catalogue.Said{As: key, Value: value, On: matchDay}
	if v, on, ok := strings.Cut(value, ", told "); ok {
		said.Value, said.On = v, day(on)
	}
	w.person.Told[key] = said
}

// TestRulesMatchPeople holds the match of 24 worked people against every programme to
// tables written by hand from what the documents say: the verdict, and the rules by which
// it is one. For "does not fit" these are all that say no, for "cannot tell" all that
// leave it open; for "fits" some of those that hold.
func TestRulesMatchPeople(t *testing.T) {
	c := built(t)
	for _, w := range people(t) {
		t.Run(w.name, func(t *testing.T) {
			if len(w.cells) != len(c.Programmes) {
				t.Fatalf("%d cells for %d programmes", len(w.cells), len(c.Programmes))
			}
			for _, m := range c.Match(w.person, matchDay) {
				want := w.cells[m.Programme.Key]
				if m.Says != want.says {
					t.Errorf("%s: %s, want %s, because %s\n%s", m.Programme.Key, m.Says, want.says, want.rules, told(m))
					continue
				}
				if got := keys(m.Decides()); m.Says != catalogue.Fits && !same(got, want.rules) {
					t.Errorf("%s: %s because of %s, want %s\n%s", m.Programme.Key, m.Says, got, want.rules, told(m))
				}
				for _, r := range want.rules {
					if m.Says == catalogue.Fits && !slices.Contains(keys(m.Which(catalogue.Yes)), r) {
						t.Errorf("%s: %s does not say yes\n%s", m.Programme.Key, r, told(m))
					}
				}
			}
		})
	}
}

func keys(fs []catalogue.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule)
	}
	return out
}

func same(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func told(m catalogue.Matched) string {
	var b strings.Builder
	for _, f := range m.Rules {
		fmt.Fprintf(&b, "  %-10s %-8s %s | %s | asks %q\n", f.Rule, f.Is, f.Text(), f.Looked, f.Asks)
	}
	return b.String()
}

// TestQuestionsSettle asks every question that a match leads to, gives each of its
// answers, and holds that the rule then knows, or asks for something else.
func TestQuestionsSettle(t *testing.T) {
	c := built(t)
	lines := map[string]string{"birth": "1990-01-01", "council": "Camden", "gp": "Grove Surgery, Camden"}
	asked := map[string]bool{}
	for _, w := range people(t) {
		for _, m := range c.Match(w.person, matchDay) {
			for _, f := range m.Which(catalogue.Unknown) {
				if f.Asks == "" {
					continue
				}
				q, ok := c.Question(f.Asks)
				if !ok {
					t.Fatalf("%s, %s, %s: nobody asks %q", w.name, m.Programme.Key, f.Rule, f.Asks)
				}
				asked[f.Asks] = true
				answers := []string{lines[q.Key]}
				if len(q.Choices) > 0 {
					answers = nil
					for _, a := range q.Choices {
						answers = append(answers, a.Value)
					}
				}
				for _, a := range answers {
					p := catalogue.Person{Told: map[string]catalogue.Said{}, Stays: w.person.Stays}
					for k, v := range w.person.Told {
						p.Told[k] = v
					}
					p.Told[q.Key] = catalogue.Said{As: q.Key, Value: a, On: matchDay}
					for _, again := range c.Match(p, matchDay) {
						if again.Programme.Key != m.Programme.Key {
							continue
						}
						for _, g := range again.Which(catalogue.Unknown) {
							if g.Rule == f.Rule && g.Asks == f.Asks {
								t.Errorf("%s, %s: %s = %q settles nothing of %s\n%s", w.name, m.Programme.Key, q.Key, a, f.Rule, told(again))
							}
						}
					}
				}
			}
		}
	}
	for _, key := range catalogue.Settles {
		if !asked[key] {
			t.Errorf("no worked person is asked for %q", key)
		}
	}
}

// TestBestMatchFirst holds the order: what fits, what runs, what a coach starts.
func TestBestMatchFirst(t *testing.T) {
	c := built(t)
	for _, w := range people(t) {
		rank := 0
		for _, m := range c.Match(w.person, matchDay) {
			if at := slices.Index(catalogue.AllSays, m.Says); at < rank {
				t.Errorf("%s: %s %s stands too low", w.name, m.Programme.Key, m.Says)
			} else {
				rank = at
			}
		}
	}
	order := func(name string) (out []string) {
		all := people(t)
		i := slices.IndexFunc(all, func(w worked) bool { return w.name == name })
		for _, m := range c.Match(all[i].person, matchDay)[:7] {
			out = append(out, m.Programme.Key)
		}
		return out
	}
	for name, want := range map[string][]string{
		"03-enfield-two-areas":      {"workwell", "dea", "additional-work-coach-support", "connect-to-work", "ips-primary-care", "talking-therapies-employment-advisers", "ips-severe-mental-illness"},
		"02-camden-in-work-at-risk": {"workwell", "dea", "access-to-work", "mental-health-support-service", "talking-therapies-employment-advisers", "connect-to-work", "ips-primary-care"},
	} {
		if got := order(name); !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestOfficeSettles holds that an office which knows better makes a programme fit: Connect
// to Work once it is known to run.
func TestOfficeSettles(t *testing.T) {
	c, person := built(t), people(t)[0].person
	says := func() catalogue.Says {
		for _, m := range c.Match(person, matchDay) {
			if m.Programme.Key == "connect-to-work" {
				return m.Says
			}
		}
		return ""
	}
	if got := says(); got != catalogue.CannotTell {
		t.Fatalf("before: %s", got)
	}
	i := slices.IndexFunc(c.Programmes, func(p catalogue.Programme) bool { return p.Key == "connect-to-work" })
	c.Programmes = slices.Clone(c.Programmes)
	c.Programmes[i].Status = append(slices.Clone(c.Programmes[i].Status), catalogue.Period{Fact: catalogue.Fact{Value: "Runs in our boroughs", Source: "house", Confidence: catalogue.Found}, Is: catalogue.Live, From: matchDay})
	if got := says(); got != catalogue.Fits {
		t.Errorf("after: %s", got)
	}
}

// BenchmarkMatch matches one person against every programme: a thousandth of a second is
// the most that it may take.
func BenchmarkMatch(b *testing.B) {
	c, all := built(b), people(b)
	for b.Loop() {
		c.Match(all[13].person, matchDay)
	}
}
