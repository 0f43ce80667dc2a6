package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestRulesCarryTheirSource holds that no number of the queue stands without saying
// where it comes from and how sure it is, and that every rule is one that the queue
// asks for.
func TestRulesCarryTheirSource(t *testing.T) {
	rules, err := readRules()
	if err != nil {
		t.Fatal(err)
	}
	code := ""
	files, err := filepath.Glob("../../domain/*.go")
	if err != nil || len(files) < 50 {
		t.Fatal(files, err)
	}
	for _, name := range append(files, "../../ui/screen/help.go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		code += string(b)
	}
	for key, r := range rules {
		if r.Says == "" || r.Source == "" || r.Date == "" || r.Confidence == "" {
			t.Errorf("%s does not say what it is, where it comes from, of when, or how sure", key)
		}
		if !strings.Contains(code, `"`+key+`"`) {
			t.Errorf("no rule of the queue asks for %s", key)
		}
	}
	for _, part := range strings.Split(code, `j.add("`)[1:] {
		key, _, _ := strings.Cut(part, `"`)
		if _, ok := rules[key]; !ok {
			t.Errorf("the rule %s has no data", key)
		}
	}
}

// TestPlanningCarriesItsSource holds the same of reviews and templates, and that what a
// template says can be done: owners that there are, dates that can be read.
func TestPlanningCarriesItsSource(t *testing.T) {
	plans, err := readPlanning()
	if err != nil {
		t.Fatal(err)
	}
	for key, r := range plans.Reviews {
		if r.Says == "" || r.Source == "" || r.Date == "" || r.Confidence == "" || r.Days == 0 {
			t.Errorf("%s does not say what it is, where it comes from, of when, or how sure", key)
		}
	}
	for _, list := range []string{domain.ReasonsArchive, domain.ReasonsDrop, domain.ReasonsPause, domain.ReasonsNotTaken, domain.ReasonsWithdrawn, domain.ReasonsNoContact, domain.ReasonsDeclined, domain.ReasonsEnded, domain.ReasonsJobEnd, domain.ReasonsAbsence, domain.ReasonsWorkEnd} {
		if n := len(plans.Reasons[list]); n < 4 || n > 20 {
			t.Errorf("the list %s has %d reasons", list, n)
		}
	}
	if n := len(plans.Templates); n < 10 {
		t.Errorf("there are %d templates", n)
	}
	today := calendar.Date(2026, 11, 23)
	for _, tpl := range plans.Templates {
		if n := len(tpl.Steps); n < 2 || n > 4 || tpl.Says == "" || !strings.Contains(tpl.Source, "product proposal") || tpl.Date == "" || tpl.Confidence != "proposal" {
			t.Errorf("%s: %d steps, %q", tpl.Key, n, tpl.Source)
		}
		if got, ok := plans.TemplateFor(tpl.Words[0]); !ok || got.Key != tpl.Key {
			t.Errorf("%q finds %s, not %s", tpl.Words[0], got.Key, tpl.Key)
		}
		for _, s := range tpl.Steps {
			if _, _, err := domain.ReadDue(s.Due, today); err != nil || !slices.Contains(domain.Owners, s.Owner) {
				t.Errorf("%s: %+v: %v", tpl.Key, s, err)
			}
		}
	}
}

// TestFiguresCarryTheirSource holds the same of the numbers that are no rule, and that
// each is one that something asks for.
func TestFiguresCarryTheirSource(t *testing.T) {
	figures, err := readFigures()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range domain.FigureKeys {
		if f := figures[key]; f.Value == 0 || f.Source == "" || f.Date == "" || f.Confidence == "" {
			t.Errorf("%s does not say how much it is, where it comes from, of when, or how sure", key)
		}
	}
	for key := range figures {
		if !slices.Contains(domain.FigureKeys, key) {
			t.Errorf("nothing asks for the figure %s", key)
		}
	}
}
