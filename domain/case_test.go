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

// TestCaseKnowsJobsAndProvisions holds that a job on the record tells more than a fact of
// old, and that programmes that somebody is or was on are told.
func TestCaseKnowsJobsAndProvisions(t *testing.T) {
	today := calendar.Date(2026, 11, 23)
	p := domain.Participant{
		Facts: map[domain.Fact]domain.Told{
			domain.FactEmployment: {Value: "none", On: today - 90}, domain.FactJobStart: {Value: (today - 60).String(), On: today - 90},
		},
		Provisions: []domain.Provision{{Programme: "work-and-health-pioneer", Started: today - 400, Ended: today - 100}},
	}
	p.InWork.Jobs = []domain.Job{{Start: today - 60}}
	got := p.Case(today)
	if e := got.Told["employment"]; e.Value != "employed" || e.On != today-60 {
		t.Errorf("with a job: %+v", e)
	}
	if s, ok := got.Told["job-start"]; ok {
		t.Errorf("a start that is past is told: %+v", s)
	}
	if want := (catalogue.Stay{Programme: "work-and-health-pioneer", From: today - 400, Until: today - 100}); len(got.Stays) != 1 || got.Stays[0] != want {
		t.Errorf("stays: %+v", got.Stays)
	}
	p.InWork.Jobs[0].Ended = today - 5
	if got = p.Case(today); got.Told["employment"].Value != "none" || got.Told["job-start"].Value != "" {
		t.Errorf("after the job: %+v", got.Told)
	}
	p.InWork.Jobs = []domain.Job{{Start: today + 9}}
	if got = p.Case(today); got.Told["employment"].Value != "none" || got.Told["job-start"].Value != (today+9).String() {
		t.Errorf("before a job: %+v", got.Told)
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
