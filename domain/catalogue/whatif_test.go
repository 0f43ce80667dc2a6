package catalogue_test

import (
	"strings"
	"testing"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

func TestReadChange(t *testing.T) {
	jan5 := calendar.Date(2027, 1, 5)
	for text, want := range map[string]catalogue.Change{
		"starts 16 hours on 5 January":         {Starts: true, Hours: 16, On: jan5},
		"Starts work, 16h a week, on 5 Jan":    {Starts: true, Hours: 16, On: jan5},
		"start 5 jan 16 hrs":                   {Starts: true, Hours: 16, On: jan5},
		"begins a paid job of 7.5 hours 5 jan": {Starts: true, Hours: 7.5, On: jan5},
		"starts 5/1":                           {Starts: true, On: jan5},
		"starts 16 hours per week":             {Starts: true, Hours: 16, On: matchDay},
		"starts in 2w":                         {Starts: true, On: matchDay + 14},
		"starts":                               {Starts: true, On: matchDay},
		"stops fri":                            {On: matchDay + 4},
		"loses the job on 27 nov":              {On: matchDay + 4},
		"ends tomorrow":                        {On: matchDay + 1},
	} {
		if got, err := catalogue.ReadChange(text, matchDay); err != nil || got != want {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                                   "Say what starts",
		"16 hours on 5 January":              "The first word",
		"starts 0 hours":                     "from 1 to 100",
		"starts 101 hours fri":               "from 1 to 100",
		"starts 1.2.3 hours fri":             "from 1 to 100",
		"starts sometime":                    "not a date",
		"starts yesterday":                   "is past",
		"starts 2/52":                        "2/52",
		"starts 16 hours 12 hours fri":       "not a date",
		"starts " + strings.Repeat("x", 300): "too long",
	} {
		if got, err := catalogue.ReadChange(text, matchDay); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %+v, %v, want %q", text, got, err, want)
		}
	}
}

// FuzzReadChange holds that words are either refused with a sentence or understood as a
// change that is to come, and that what is said of it is understood the same way.
func FuzzReadChange(f *testing.F) {
	for _, s := range []string{"starts 16 hours on 5 January", "stops fri", "start 7.5h 2w", "begins NaN hours", "starts 1e3 hours", "ends , ,", "starts \x00 5 jan", "starts 16 hours 5 jan 12"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := catalogue.ReadChange(text, matchDay)
		if err != nil {
			if !strings.HasSuffix(err.Error(), ".") && !strings.HasSuffix(err.Error(), "?") {
				t.Fatalf("%q: %q is no sentence", text, err)
			}
			return
		}
		if c.On < matchDay || c.Hours < 0 || c.Hours > 100 {
			t.Fatalf("%q: %+v", text, c)
		}
		again, err := catalogue.ReadChange(c.String(), matchDay)
		if err != nil || again != c {
			t.Fatalf("%q is said as %q, and that is %+v, %v", text, c, again, err)
		}
	})
}

// TestWhatIf holds what opens and closes, and from when.
func TestWhatIf(t *testing.T) {
	c := built(t)
	all := people(t)
	jan5 := calendar.Date(2027, 1, 5)
	for _, tt := range []struct {
		name string
		at   int
		what string
		want map[string]string // programme: from, what it says
	}{
		{"Enfield, out of work, starts", 2, "starts 16 hours on 5 January", map[string]string{
			"access-to-work " + matchDay.String():                "fits",
			"mental-health-support-service " + matchDay.String(): "fits",
			"work-and-health-pioneer " + matchDay.String():       "does not fit", // there is a job offer
			"work-and-health-programme " + jan5.String():         "does not fit", // there is paid work
			"workwell " + jan5.String():                          "cannot tell",  // is the work at risk?
		}},
		{"Merthyr Tydfil, in work, stops", 20, "stops 5 January", map[string]string{
			"access-to-work " + jan5.String():                "does not fit",
			"mental-health-support-service " + jan5.String(): "does not fit",
			"work-and-health-programme " + jan5.String():     "cannot tell",
			"work-and-health-pioneer " + jan5.String():       "cannot tell",
		}},
		{"Sheffield, stops today", 17, "stops today", map[string]string{
			"access-to-work " + matchDay.String():                "does not fit",
			"mental-health-support-service " + matchDay.String(): "does not fit",
			"workwell " + matchDay.String():                      "fits",
			"work-and-health-programme " + matchDay.String():     "cannot tell",
			"work-and-health-pioneer " + matchDay.String():       "cannot tell",
		}},
		{"Belfast, starts: nothing changes", 8, "starts 5 January", map[string]string{}},
	} {
		change, err := catalogue.ReadChange(tt.what, matchDay)
		if err != nil {
			t.Fatal(err)
		}
		before := len(all[tt.at].person.Told)
		got := map[string]string{}
		for _, s := range c.WhatIf(all[tt.at].person, change, matchDay) {
			got[s.Is.Programme.Key+" "+s.From.String()] = string(s.Is.Says)
			if s.Opens() != (s.Is.Says != catalogue.DoesNotFit && (s.Was.Says == catalogue.DoesNotFit || s.Is.Says == catalogue.Fits)) {
				t.Errorf("%s: %s from %s to %s opens: %t", tt.name, s.Is.Programme.Key, s.Was.Says, s.Is.Says, s.Opens())
			}
		}
		for k, v := range tt.want {
			if got[k] != v {
				t.Errorf("%s: %s is %q, want %q", tt.name, k, got[k], v)
			}
		}
		for k, v := range got {
			if tt.want[k] == "" {
				t.Errorf("%s: %s: %q is not expected", tt.name, k, v)
			}
		}
		if len(all[tt.at].person.Told) != before {
			t.Errorf("%s: the person was changed", tt.name)
		}
	}
}
