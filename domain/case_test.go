package domain_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// TestCaseTellsWhatDecides holds that a match looks at facts and at the fit note that
// runs, and at nothing else of a record.
func TestCaseTellsWhatDecides(t *testing.T) {
	today := calendar.Date(2026, 11, 23)
	p := domain.Participant{
		Facts: map[domain.Fact]domain.Told{
			domain.FactName: {Value: "Sam Example"}, domain.FactMatters: {Value: "my own words"}, domain.FactNino: {Value: "QQ123456C"},
			domain.FactCouncil: {Value: "Newham", On: today - 3}, domain.FactBenefit: {Value: "UC"}, domain.FactTeam: {Value: "no"},
		},
		FitNotes: []domain.FitNote{{From: today - 40, To: today - 1}, {From: today - 1, To: today + 9, Option: domain.NotFit, Comments: "private"}},
	}
	got := p.Case(today)
	for key, want := range map[string]catalogue.Said{
		"council": {As: "Council", Value: "Newham", On: today - 3}, "benefit": {As: "Benefit", Value: "UC"},
		"mental-health-team": {As: "Mental health team", Value: "no"}, "fit-note": {As: "Fit note", Value: "to Wed 2 Dec 2026"},
	} {
		if got.Told[key] != want {
			t.Errorf("%s: %+v, want %+v", key, got.Told[key], want)
		}
	}
	if len(got.Told) != 4 {
		t.Errorf("more is told than decides: %+v", got.Told)
	}
	if after := p.Case(today + 10); after.Told["fit-note"].Value != "" {
		t.Errorf("a fit note that ended is told: %+v", after.Told["fit-note"])
	}
}

// TestLooksAreFacts holds that whatever matching reads or asks for is a fact that a record
// can hold, and takes each answer of its question as it stands.
func TestLooksAreFacts(t *testing.T) {
	for _, key := range append(catalogue.Looks, catalogue.Settles...) {
		if _, ok := domain.FieldOf(domain.Fact(key)); !ok {
			t.Errorf("%q is no fact of a record", key)
		}
	}
}
