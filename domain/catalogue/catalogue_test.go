package catalogue

import (
	"strings"
	"testing"

	"coachdesk/domain/calendar"
)

func programme() Programme {
	fact := Fact{Value: "so it is", Source: "S1", Confidence: Stated}
	return Programme{
		Key: "p", Name: "A Programme", Aliases: []string{"AP"}, Does: fact,
		Status: []Period{{Fact: fact, Is: Planned, Until: calendar.Date(2026, 3, 31)}, {Fact: fact, Is: Live, From: calendar.Date(2026, 4, 1)}},
		Routes: []Route{{Fact: fact, Who: "person", By: ByApplication}, {Fact: fact, Who: "coach", By: ByReferral}},
		Covers: []Cover{{Fact: fact, Nations: []Nation{England}, From: calendar.Date(2026, 4, 1)}},
		Rules:  []Rule{{Fact: fact, Key: "benefit", Asks: AskBenefit, Is: []string{"UC"}}},
		Clocks: []Clock{{Fact: fact, Key: "k", Says: "nine months", From: FromStart, Months: 9}},
	}
}

func TestStatusByDate(t *testing.T) {
	p := programme()
	for day, want := range map[calendar.Day]State{calendar.Date(2026, 3, 31): Planned, calendar.Date(2026, 4, 1): Live, calendar.Date(2030, 1, 1): Live} {
		if got := p.On(day).Is; got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
	if len(p.CoversOn(calendar.Date(2026, 3, 31))) != 0 || len(p.CoversOn(calendar.Date(2026, 4, 1))) != 1 {
		t.Error("it covers England before it begins there, or not after")
	}
	if got := p.FromDesk().By; got != ByReferral {
		t.Errorf("the coach's way is %s", got)
	}
}

// TestClockEnds holds that nine months from 3 March end on 2 December, and that a
// working day is a working day.
func TestClockEnds(t *testing.T) {
	cal := calendar.New(calendar.EnglandAndWales, nil)
	for _, tt := range []struct {
		clock Clock
		began calendar.Day
		want  calendar.Day
	}{
		{Clock{Months: 9}, calendar.Date(2026, 3, 3), calendar.Date(2026, 12, 2)},
		{Clock{Months: 6}, calendar.Date(2026, 8, 31), calendar.Date(2027, 2, 28)},
		{Clock{Months: 1}, calendar.Date(2027, 1, 31), calendar.Date(2027, 2, 28)},
		{Clock{Days: 456}, calendar.Date(2026, 1, 1), calendar.Date(2027, 4, 1)},
		{Clock{Weeks: 8}, calendar.Date(2026, 11, 2), calendar.Date(2026, 12, 27)},
		{Clock{WorkingDays: 2}, calendar.Date(2026, 4, 2), calendar.Date(2026, 4, 8)},
	} {
		if got, err := tt.clock.End(tt.began, cal); err != nil || got != tt.want {
			t.Errorf("%+v from %s: %s, %v, want %s", tt.clock, tt.began, got, err, tt.want)
		}
	}
}

// TestCheckFindsWhatIsWrong breaks a sound catalogue in one place each.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	for want, damage := range map[string]func(*Programme){
		"needs a key":             func(p *Programme) { p.Name = "" },
		"says nothing":            func(p *Programme) { p.Does.Value = "" },
		"list of sources":         func(p *Programme) { p.Routes[0].Source = "S9" },
		"not a confidence":        func(p *Programme) { p.Does.Confidence = "sure" },
		"not a status":            func(p *Programme) { p.Status[0].Is = "open" },
		"the route of":            func(p *Programme) { p.Routes[0].By = "wish" },
		"before it begins":        func(p *Programme) { p.Status[1].Until = calendar.Date(2026, 1, 1) },
		"took its place":          func(p *Programme) { p.Status[1].By = "q" },
		"is a part of":            func(p *Programme) { p.Part = "q" },
		"one of the two":          func(p *Programme) { p.Covers[0].Area = "a" },
		"not a nation":            func(p *Programme) { p.Covers[0].Nations = []Nation{"cornwall"} },
		"not a test":              func(p *Programme) { p.Covers[0].Test = "birth" },
		"needs one length":        func(p *Programme) { p.Clocks[0].Days = 3 },
		"nothing that a rule can": func(p *Programme) { p.Rules[0].Asks = "height" },
		"does not say what fits":  func(p *Programme) { p.Rules[0].Is = nil },
		"not how somebody stands": func(p *Programme) { p.Rules[0].Asks = AskWork },
		"is about \"gone\"":       func(p *Programme) { p.Rules[0].Of = []string{"gone"} },
		"event to count fr":       func(p *Programme) { p.Clocks[0].From = "" },
	} {
		p := programme()
		c := Catalogue{Programmes: []Programme{p}, Sources: map[string]Source{"S1": {Key: "S1"}}}
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		p = programme()
		damage(&p)
		c.Programmes = []Programme{p}
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
}

// TestSourcesHaveNames holds that a fact is told by the name of its source, not by a code;
// what has no short name is told by its title, and what is no document by itself.
func TestSourcesHaveNames(t *testing.T) {
	c := Catalogue{Sources: map[string]Source{"X16": {Key: "X16", Short: "IPS guide", Title: "A long title", Date: "2023"}, "X17": {Key: "X17", Title: "Another title"}}}
	for source, want := range map[string]string{"X16": "IPS guide", "X17": "Another title", "product proposal": "product proposal"} {
		if got := c.NameOf(source); got != want {
			t.Errorf("%s is called %s, want %s", source, got, want)
		}
	}
	f := Fact{Source: "X16", Confidence: Found}
	if got := c.From(f) + " | " + c.Brief(f); got != "IPS guide · 2023 · found | found · IPS guide" {
		t.Error(got)
	}
	if got := c.Sources["X16"].Words() + " | " + c.Sources["X17"].Words(); got != "X16, IPS guide: A long title | X17: Another title" {
		t.Error(got)
	}
	if _, err := c.With(Override{Programme: Programme{Key: "p"}, Sources: []Source{{Key: "X16", Title: "A long title", Date: "2023"}}}); err != nil && strings.Contains(err.Error(), "already") {
		t.Errorf("an office's file of before there were short names: %v", err)
	}
}
