package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
)

// PlanGroup is some steps of a plan under what they have in common: a goal, a barrier
// or a status. Steps that are open come first, the earliest before the others.
type PlanGroup struct {
	Goal    *Goal    // nil: none
	Barrier *Barrier // nil: none
	Status  StepStatus
	Steps   []Step
}

// byDue puts open steps before the others, and the earliest first.
func (p Participant) byDue(reviews Reviewing, mine func(Step) bool) []Step {
	var out []Step
	for _, s := range p.Plan.Steps {
		if mine(s) {
			out = append(out, s)
		}
	}
	rank := func(s Step) (closed, dateless, day int) {
		if !s.Open() {
			return 1, 0, int(s.Since)
		}
		d := p.DueOn(s, reviews)
		if d.IsZero() {
			return 0, 1, 0
		}
		return 0, 0, int(d)
	}
	slices.SortStableFunc(out, func(a, b Step) int {
		ac, ad, aday := rank(a)
		bc, bd, bday := rank(b)
		return cmp.Or(cmp.Compare(ac, bc), cmp.Compare(ad, bd), cmp.Compare(aday, bday))
	})
	return out
}

// StepsByGoal groups the steps by goal: goals that are active first, then the barriers
// of steps without a goal, then all other steps.
func (p Participant) StepsByGoal(reviews Reviewing) []PlanGroup {
	var out []PlanGroup
	for _, live := range []bool{true, false} {
		for i, g := range p.Plan.Goals {
			if (g.Status == GoalActive) == live {
				out = append(out, PlanGroup{Goal: &p.Plan.Goals[i], Steps: p.byDue(reviews, func(s Step) bool { return s.Goal == g.ID })})
			}
		}
	}
	for i, b := range p.Barriers {
		if list := p.byDue(reviews, func(s Step) bool { return s.Goal.IsZero() && s.Barrier == b.ID }); len(list) > 0 {
			out = append(out, PlanGroup{Barrier: &p.Barriers[i], Steps: list})
		}
	}
	if loose := p.byDue(reviews, func(s Step) bool { return s.Goal.IsZero() && s.Barrier.IsZero() }); len(loose) > 0 {
		out = append(out, PlanGroup{Steps: loose})
	}
	return out
}

// Chains groups the steps by the barrier that they answer, so that barrier, what was
// tried and what came of it read as one. Barriers that stand come first; those
// without a step are there too; steps that answer none come last.
func (p Participant) Chains(reviews Reviewing) []PlanGroup {
	var out []PlanGroup
	for _, stands := range []bool{true, false} {
		for i, b := range p.Barriers {
			if b.Resolved != stands {
				out = append(out, PlanGroup{Barrier: &p.Barriers[i], Steps: p.byDue(reviews, func(s Step) bool { return s.Barrier == b.ID })})
			}
		}
	}
	if loose := p.byDue(reviews, func(s Step) bool { return s.Barrier.IsZero() }); len(loose) > 0 {
		out = append(out, PlanGroup{Steps: loose})
	}
	return out
}

// StepStatuses lists the columns of a board.
var StepStatuses = []StepStatus{StepNotStarted, StepDoing, StepDone, StepDropped}

// Board groups the steps by how far they are.
func (p Participant) Board(reviews Reviewing) []PlanGroup {
	var out []PlanGroup
	for _, st := range StepStatuses {
		out = append(out, PlanGroup{Status: st, Steps: p.byDue(reviews, func(s Step) bool { return s.Status == st })})
	}
	return out
}

// Span is a step on a calendar: from the day on which it was agreed to the one by which
// it is due, or on which it ended.
type Span struct {
	Step     Step
	From, To calendar.Day
	Dateless bool // open, with no date: To is today
}

// Spans puts the steps on a calendar, open ones first.
func (p Participant) Spans(reviews Reviewing, today calendar.Day) []Span {
	var out []Span
	for _, s := range p.byDue(reviews, func(Step) bool { return true }) {
		x := Span{Step: s, From: s.On, To: s.Since}
		if s.Open() {
			x.To = p.DueOn(s, reviews)
			if x.To.IsZero() {
				x.To, x.Dateless = today, true
			}
		}
		x.To = max(x.To, x.From)
		out = append(out, x)
	}
	return out
}
