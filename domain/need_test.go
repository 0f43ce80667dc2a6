package domain

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain/calendar"
)

// needsOf reads the needs that the program carries.
func needsOf(t testing.TB) Needs {
	t.Helper()
	b, err := os.ReadFile("../assets/needs.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Freshness struct {
			Fresh int `json:"fresh_months"`
			Stale int `json:"stale_months"`
		}
		Not, Ignore []string
		Needs       []Need
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	return Needs{FreshMonths: file.Freshness.Fresh, StaleMonths: file.Freshness.Stale, Not: file.Not, Ignore: file.Ignore, Needs: file.Needs}
}

// expected is an invented service, and the needs that a person says it serves.
type expected struct {
	Service
	Needs []string
}

// invented reads the list that was made by hand.
func invented(t testing.TB) []expected {
	t.Helper()
	b, err := os.ReadFile("../assets/demo-services.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services []struct {
			Service
			Place, Postcode, Area string
			Modes                 []ServiceMode
			Needs                 []string
		}
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	var all []expected
	for _, s := range file.Services {
		if s.Place != "" {
			s.Places = []ServicePlace{{Name: s.Place, Postcode: s.Postcode}}
		} else {
			s.Areas = []string{s.Area}
		}
		s.Entry.Modes = s.Modes
		all = append(all, expected{s.Service, s.Needs})
	}
	return all
}

func directoryWith(t testing.TB, services ...Service) Directory {
	t.Helper()
	return replayed(t, nil, TellServices{Feed: "test", Services: services})
}

// replayed lets commands decide one after the other, each a day after the last, and
// returns what the records add up to.
func replayed(t testing.TB, past []Record, cs ...DirectoryCommand) Directory {
	t.Helper()
	for _, c := range cs {
		past = append(past, decided(t, past, c)...)
	}
	return ReplayDirectory(past)
}

var needDay = calendar.Date(2026, 11, 23)

func decided(t testing.TB, past []Record, c DirectoryCommand) []Record {
	t.Helper()
	events, err := Decide(c, past, Stamp{Role: Coach})
	if err != nil {
		t.Fatal(err)
	}
	var out []Record
	for _, e := range events {
		n := len(past) + len(out) + 1
		out = append(out, Record{Subject: c.For(), Seq: uint64(n), Time: Clock(n), Day: needDay + calendar.Day(n), Role: Coach, Kind: e.Kind(), Event: e})
	}
	return out
}

// TestNeedsFindWhatTheyShould compares every need with the list that was made by hand.
func TestNeedsFindWhatTheyShould(t *testing.T) {
	needs, list := needsOf(t), invented(t)
	if len(list) < 60 {
		t.Fatalf("there are %d services", len(list))
	}
	var services []Service
	for _, e := range list {
		services = append(services, e.Service)
	}
	x := NewServiceIndex(directoryWith(t, services...), needs)
	hit, miss, extra := 0, 0, 0
	for _, n := range needs.Needs {
		found := map[string]bool{}
		for _, f := range x.Find(ServiceQuery{Need: n.Key}, needDay) {
			found[f.ID] = true
		}
		for _, e := range list {
			wants := slices.Contains(e.Needs, n.Key)
			switch {
			case wants && found[e.ID]:
				hit++
			case wants:
				miss++
				t.Errorf("%s does not find %q", n.Key, e.Name)
			case found[e.ID]:
				extra++
				t.Logf("%s also finds %q", n.Key, e.Name)
				if len(e.Needs) == 0 {
					t.Errorf("%s finds %q, which is no support at all", n.Key, e.Name)
				}
			}
		}
	}
	precision, recall := float64(hit)/float64(hit+extra), float64(hit)/float64(hit+miss)
	t.Logf("precision %.3f, recall %.3f of %d pairs", precision, recall, hit+miss)
	if precision < 0.85 {
		t.Errorf("precision is %.3f", precision)
	}
}

func TestNeedWords(t *testing.T) {
	needs := needsOf(t)
	for _, tt := range []struct {
		need, name, text string
		want             bool
	}{
		{"stop-smoking", "Health shop", "We help you quit smoking.", true},
		{"stop-smoking", "Jazz evening", "It is quite a night, and quite smoky jazz.", false},
		{"stop-smoking", "Equitable Life pensions", "An equitable company.", false},
		{"stop-smoking", "Parkrun", "Five kilometres, quite flat. No smoking on the course.", false},
		{"stop-smoking", "Mosquito repair", "", false},
		{"debt", "Advice", "We help with debts and arrears.", true},
		{"debt", "Indebted to you", "A debtless musical.", false},
		{"carers", "Home care agency", "We employ care workers.", false},
		{"carers", "Carer’s café", "", true},
		{"carers", "CARERS’ LUNCH", "", true},
		{"sensory", "Blinds and curtains", "Made to measure.", false},
		{"active", "Tai‑chi in the park", "Slow.", true},
		{"legal", "Lawn mower repair", "", false},
		{"work", "Workshop for potters", "Clay.", false},
		{"work", "Christmas craft fair", "Job lots of paper.", false},
		{"talking", "Reminders for the bin day", "", false},
	} {
		x := NewServiceIndex(directoryWith(t, Service{ID: "1", Name: tt.name, Text: tt.text}), needs)
		if got := len(x.Find(ServiceQuery{Need: tt.need}, needDay)) == 1; got != tt.want {
			t.Errorf("%s in %q, %q: %v", tt.need, tt.name, tt.text, got)
		}
	}
}

func TestNeedOfBarrier(t *testing.T) {
	needs := needsOf(t)
	for barrier, want := range map[string]string{
		"anxiety in groups": "talking", "travel before nine": "transport", "rent arrears": "debt", "cares for his mother": "carers", "": "", "the weather": "",
		"drinking again": "substances", "nowhere to live": "housing", "Autistic burnout": "autism",
	} {
		if got := needs.NeedOf(barrier); got != want {
			t.Errorf("%q leads to %q, not %q", barrier, got, want)
		}
	}
}

func TestNeedsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range needsOf(t).Needs {
		if n.Key == "" || n.Name == "" || len(n.Strong) < 5 || len(n.Barriers) == 0 || seen[n.Key] || strings.ToLower(n.Key) != n.Key {
			t.Errorf("%+v", n)
		}
		seen[n.Key] = true
	}
	for _, want := range []string{"debt", "stop-smoking", "talking", "work", "active", "carers", "benefits", "housing"} {
		if !seen[want] {
			t.Errorf("there is no need %s", want)
		}
	}
}

// FuzzNeedWords puts any words into data and text: nothing panics, and a text that is
// searched for its own first word is found.
func FuzzNeedWords(f *testing.F) {
	f.Add("quit smoking", "Quite an evening")
	f.Add("*", "’")
	f.Add("a*b* ", "\xff\xfe İ")
	f.Fuzz(func(t *testing.T, word, text string) {
		n := Needs{FreshMonths: 1, StaleMonths: 2, Needs: []Need{{Key: "k", Strong: []string{word}, Words: []string{text}, Not: []string{word + "x"}, Barriers: []string{word}}}, Ignore: []string{text}}
		x := NewServiceIndex(directoryWith(t, Service{ID: "1", Name: "Name " + text, Text: text}), n)
		x.Find(ServiceQuery{Need: "k", Words: word, Near: text, Live: true}, needDay)
		n.NeedOf(text)
		all := wordsIn(text)
		if len(all) > 0 && len(x.Find(ServiceQuery{Words: all[0]}, needDay)) != 1 {
			t.Errorf("%q is not found in its own text %q", all[0], text)
		}
	})
}
