package domain_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

var (
	aGoal = domain.GoalSet{ID: domain.ID{15: 60}, Text: "a kitchen"}
	aStep = domain.StepAdded{ID: domain.ID{15: 61}, Goal: aGoal.ID, Text: "try the bus", Owner: domain.ByPerson, Due: today + 7}
)

func replay(events ...any) domain.Participant {
	return domain.Replay(domain.About(pat), past(events...))
}

// carry has one command happen on what the events add up to.
func carry(t *testing.T, c domain.ParticipantCommand, events ...any) domain.Participant {
	t.Helper()
	all, err := domain.DecideOn(c, replay(events...), stamp(domain.Coach))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		events = append(events, e)
	}
	return replay(events...)
}

func TestAVersionStaysAsItWasAgreed(t *testing.T) {
	agree := domain.AgreePlan{Participant: pat, How: domain.FaceToFace}
	p := carry(t, agree, joined, aGoal, aStep)
	if p.Plan.Version() != 1 || p.Plan.Agreed[0].Giver != domain.GivenByPerson || p.Plan.Agreed[0].On != today {
		t.Fatalf("%+v", p.Plan.Agreed)
	}
	if _, err := domain.DecideOn(agree, p, stamp(domain.Coach)); err == nil || !strings.Contains(err.Error(), "nothing has changed") {
		t.Errorf("the same plan was agreed twice: %v", err)
	}
	private := domain.StepAdded{ID: domain.ID{15: 62}, Text: "secret", Owner: domain.ByCoach, Scope: domain.CoachOnly}
	p = carry(t, agree, joined, aGoal, aStep, p.Past()[3].Event, domain.StepChanged{ID: aStep.ID, Status: ptr(domain.StepDone)}, private)
	if p.Plan.Version() != 2 || p.PlanAt(1).Steps[0].Status != domain.StepNotStarted || p.PlanAt(2).Steps[0].Status != domain.StepDone || !p.PlanAt(9).Empty() {
		t.Errorf("versions are not as they were agreed: %+v, %+v", p.PlanAt(1), p.PlanAt(2))
	}
	got := domain.Changes(p.PlanAt(1).Public(), p.PlanAt(2).Public())
	if want := []string{"Step done: try the bus."}; !slices.Equal(got, want) {
		t.Errorf("version 2 differs by %q", got)
	}
	if all := domain.Changes(p.PlanAt(1), p.PlanAt(2)); len(all) != 2 {
		t.Errorf("with private scopes: %q", all)
	}
}

// What another desk wrote before, and this one did not know of, was not agreed.
func TestAVersionHoldsOnlyWhatWasKnown(t *testing.T) {
	other := domain.DeskID{9}
	rs := past(joined, aGoal, aStep, domain.PlanAgreed{ID: domain.ID{15: 70}, Version: 1, Knew: []domain.Known{{Desk: other.String(), UpTo: 1}}})
	rs[1].Desk, rs[1].Seq = other, 1
	rs[2].Desk, rs[2].Seq = other, 2
	p := domain.Replay(domain.About(pat), rs)
	if plan := p.PlanAt(1); len(plan.Goals) != 1 || len(plan.Steps) != 0 {
		t.Errorf("agreed was %+v", plan)
	}
}

func TestWhatAnAgreementAsksFor(t *testing.T) {
	ok := domain.AgreePlan{Participant: pat, How: domain.ByPhone}
	later, none, who := ok, ok, ok
	later.On, none.How, who.Giver = today+1, "", "cat"
	for _, tt := range []struct {
		c     domain.AgreePlan
		given []any
		field string
	}{
		{ok, []any{joined}, ""},
		{later, []any{joined, aGoal}, "on"},
		{none, []any{joined, aGoal}, "how"},
		{who, []any{joined, aGoal}, "by"},
	} {
		_, err := domain.DecideOn(tt.c, replay(tt.given...), stamp(domain.Coach))
		if r := (domain.Refusal{}); !errors.As(err, &r) || r.Field != tt.field {
			t.Errorf("%+v: %v", tt.c, err)
		}
	}
}
