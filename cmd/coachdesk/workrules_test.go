package main

import (
	"slices"
	"strings"
	"testing"
)

// TestWorkCarriesItsSource holds that no number about work stands without its document and
// how sure it is, that every programme named is in the catalogue, and the numbers
// themselves: they are written down here once more, by hand.
func TestWorkCarriesItsSource(t *testing.T) {
	w, err := readWork()
	if err != nil {
		t.Fatal(err)
	}
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range w.Counters {
		if c.Says == "" || c.Source == "" || c.Date == "" || c.Confidence == "" {
			t.Errorf("%s does not say what it is, where it comes from, of when, or how sure", c.Key)
		}
		if _, ok := known.Sources[c.Source]; !ok {
			t.Errorf("%s: nobody knows the document %s", c.Key, c.Source)
		}
		got = append(got, c.Says)
	}
	want := []string{"at least 7 hours a week in 13 of 16 weeks", "at least 16 hours a week in 13 of 16 weeks, recorded too", "182 days in work", "4 months of support in work", "9 months of support"}
	if !slices.Equal(got, want) {
		t.Errorf("the counters are %q", got)
	}
	ips := w.Counters[0]
	if ips.Hours != 7 || ips.Weeks != 13 || ips.Of != 16 || w.Counters[2].Days != 182 || w.Counters[3].Months != 4 || w.Counters[4].Months != 9 {
		t.Errorf("the words and the numbers differ: %+v", w.Counters)
	}
	var days []string
	for _, c := range w.CheckIns {
		if c.From == "job" {
			days = append(days, c.Says)
		}
		if !strings.Contains(c.Source, "product proposal") || c.Confidence != "proposal" {
			t.Errorf("%s is a proposal of ours, and does not say so", c.Key)
		}
	}
	if !slices.Equal(days, []string{"first day", "week 1", "week 2", "month 1"}) {
		t.Errorf("people are asked on %q", days)
	}
	if len(w.Routes) < 5 || w.Spare < 1 {
		t.Errorf("%+v", w)
	}
}
