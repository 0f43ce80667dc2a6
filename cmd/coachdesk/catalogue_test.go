package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/assets"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// TestSchemaOfProgrammes compares every file of the catalogue with the published shape,
// and its name with its key.
func TestSchemaOfProgrammes(t *testing.T) {
	for name, b := range assets.Programmes() {
		if err := validate("programme", string(b)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(string(b), `"key": "`+strings.TrimSuffix(name, ".json")+`"`) {
			t.Errorf("%s: the file is not called as its programme", name)
		}
	}
}

// TestRuleEveryFigure holds that every figure of the five documents is in the
// catalogue, at its programme and under the document that states it. The list was
// written by hand from the documents; the first states no figure.
func TestRuleEveryFigure(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ source, programme, figure string }{
		{"S1", "pathways-to-work", "80%"},
		{"S1", "mental-health-support-service", "nine months"},
		{"S1", "access-to-work", "2023/24"},
		{"S1", "access-to-work", "49,920"},
		{"S1", "mental-health-support-service", "14,310"},
		{"S1", "mental-health-support-service", "29%"},
		{"S1", "connect-to-work", "100,000 people a year"},
		{"S1", "connect-to-work", "2026/27"},
		{"S1", "workwell", "15 areas"},
		{"S1", "workwell", "October 2024"},
		{"S1", "workwell", "Spring 2026"},
		{"S1", "workwell", "56,000"},
		{"S1", "pathways-to-work", "£1 billion"},
		{"S1", "pathways-to-work", "March"},
		{"S2", "improving-lives", "ten years"},
		{"S2", "improving-lives", "two to three years"},
		{"S2", "improving-lives", "15-week"},
		{"S2", "improving-lives", "6,000 responses"},
		{"S2", "ips-primary-care", "double the scale"},
		{"S2", "work-and-health-programme", "end of November 2017"},
		{"S2", "work-and-health-programme", "200,000"},
		{"S2", "work-and-health-programme", "1:1"},
		{"S3", "workwell", "15 pilot sites"},
		{"S3", "workwell", "£64 million"},
		{"S3", "workwell", "59,000"},
		{"S4", "work-and-health-pioneer", "13 September"},
		{"S4", "work-and-health-pioneer", "£53 million"},
		{"S4", "work-and-health-pioneer", "nine boroughs"},
		{"S4", "work-and-health-pioneer", "50,000 people a year"},
		{"S4", "work-and-health-pioneer", "2025/26"},
	} {
		p, ok := known.Programme(tt.programme)
		if !ok {
			t.Errorf("%s is not in the catalogue", tt.programme)
			continue
		}
		if !slices.ContainsFunc(p.Facts(), func(f catalogue.Fact) bool {
			return f.Source == tt.source && f.Confidence == catalogue.Stated && strings.Contains(f.Value, tt.figure)
		}) {
			t.Errorf("%s does not say %q as %s does", tt.programme, tt.figure, tt.source)
		}
	}
}

// TestRuleEveryProgramme holds the programmes that the five documents name, where each
// stands on the day of the demonstration, how it is reached from a desk, and the other
// names that it is known by.
func TestRuleEveryProgramme(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	today := calendar.Date(2026, 11, 23)
	for _, tt := range []struct {
		key, alias string
		is         catalogue.State
		by         catalogue.Way
	}{
		{"work-programme", "WP", catalogue.Closed, catalogue.NoWay},
		{"psychological-wellbeing-pilots", "Telephone Support", catalogue.Closed, catalogue.NoWay},
		{"additional-work-coach-support", "awcs", catalogue.Live, catalogue.ByCoach},
		{"dea", "DEA direct support", catalogue.Live, catalogue.ByEscalation},
		{"access-to-work", "AtW", catalogue.Live, catalogue.ByApplication},
		{"mental-health-support-service", "MHSS", catalogue.Live, catalogue.ByApplication},
		{"ips-primary-care", "IPSPC", catalogue.Live, catalogue.ByReferral},
		{"connect-to-work", "CtW", catalogue.Live, catalogue.ByReferral},
		{"ips-severe-mental-illness", "IPS SMI", catalogue.Live, catalogue.NoWay},
		{"talking-therapies-employment-advisers", "Employment Advice in Talking Therapies", catalogue.Live, catalogue.BySignpost},
		{"workwell", "Work Well", catalogue.Live, catalogue.ByReferral},
		{"pathways-to-work", "Pathways to Work guarantee", catalogue.Live, catalogue.ByTransfer},
		{"improving-lives", "Improving Lives", catalogue.Closed, catalogue.NoWay},
		{"personal-support-package", "PSP", catalogue.Closed, catalogue.NoWay},
		{"specialist-employment-support", "specialist  employability support", catalogue.Closed, catalogue.NoWay},
		{"local-supported-employment", "LSE", catalogue.Superseded, catalogue.NoWay},
		{"work-and-health-programme", "WHP", catalogue.ClosedToNew, catalogue.ByReferral},
		{"work-and-health-pioneer", "Universal Support", catalogue.ClosedToNew, catalogue.ByReferral},
	} {
		p, ok := known.Programme(tt.alias)
		if !ok || p.Key != tt.key {
			t.Errorf("%q is %q, want %s", tt.alias, p.Key, tt.key)
			continue
		}
		if got := p.On(today).Is; got != tt.is {
			t.Errorf("%s is %s, want %s", tt.key, got, tt.is)
		}
		if got := p.FromDesk().By; got != tt.by {
			t.Errorf("%s is reached by %s, want %s", tt.key, got, tt.by)
		}
	}
	if len(known.Programmes) != 18 {
		t.Errorf("%d programmes", len(known.Programmes))
	}
}

// TestRuleClocks holds the lengths that the sources state.
func TestRuleClocks(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		programme, clock string
		want             catalogue.Clock
	}{
		{"mental-health-support-service", "support", catalogue.Clock{Months: 9}},
		{"connect-to-work", "out-of-work", catalogue.Clock{Months: 12, InWork: "no"}},
		{"connect-to-work", "in-work", catalogue.Clock{Months: 4, InWork: "yes"}},
		{"work-programme", "support", catalogue.Clock{Weeks: 104}},
		{"work-and-health-programme", "support", catalogue.Clock{Days: 456}},
		{"work-and-health-programme", "in-work", catalogue.Clock{Days: 182}},
		{"work-and-health-programme", "in-all", catalogue.Clock{Days: 639}},
		{"workwell", "ncl-in-work", catalogue.Clock{Weeks: 8, InWork: "yes", Area: "workwell-north-central-london"}},
		{"workwell", "ncl-seeking-work", catalogue.Clock{Weeks: 16, InWork: "no", Area: "workwell-north-central-london"}},
		{"workwell", "acknowledge", catalogue.Clock{WorkingDays: 2, Expects: "acknowledge"}},
		{"workwell", "first-meeting", catalogue.Clock{WorkingDays: 15, Expects: "meet"}},
		{"work-and-health-pioneer", "action-plan", catalogue.Clock{WorkingDays: 20, Expects: "plan"}},
	} {
		p, _ := known.Programme(tt.programme)
		i := slices.IndexFunc(p.Clocks, func(k catalogue.Clock) bool { return k.Key == tt.clock })
		if i < 0 {
			t.Errorf("%s has no clock %q", tt.programme, tt.clock)
			continue
		}
		k := p.Clocks[i]
		got := catalogue.Clock{Days: k.Days, Weeks: k.Weeks, Months: k.Months, WorkingDays: k.WorkingDays, InWork: k.InWork, Area: k.Area, Expects: k.Expects}
		if got != tt.want {
			t.Errorf("%s, %s: %+v, want %+v", tt.programme, tt.clock, got, tt.want)
		}
	}
}

// BenchmarkCatalogue is what every start pays for the catalogue.
func BenchmarkCatalogue(b *testing.B) {
	for b.Loop() {
		if _, err := readCatalogue(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRuleSourcesHaveShortNames holds that each document has a name of its own that a list
// has room for.
func TestRuleSourcesHaveShortNames(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for key, s := range known.Sources {
		switch was := seen[s.Short]; {
		case s.Short == "" || utf8.RuneCountInString(s.Short) > 24:
			t.Errorf("%s has the short name %q", key, s.Short)
		case was != "":
			t.Errorf("%s and %s are both called %q", key, was, s.Short)
		}
		seen[s.Short] = key
	}
}
