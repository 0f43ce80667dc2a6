package domain

import "coachdesk/domain/calendar"

// Hint is something that a plan may lack. It is no debt: it is said gently, where the
// plan is looked at.
type Hint struct {
	Kind HintKind `json:"kind"`
	ID   ID       `json:"id"` // of the barrier, step or goal
	Says string   `json:"says"`
}

// HintKind is what may be missing.
type HintKind string

// The kinds of hint.
const (
	HintBarrier HintKind = "barrier without a step"
	HintStep    HintKind = "step without a date"
	HintGoal    HintKind = "goal without movement"
	HintTarget  HintKind = "goal past its target"
)

// HintKinds lists all there are.
var HintKinds = []HintKind{HintBarrier, HintStep, HintGoal, HintTarget}

// stillGoal is the rule of how many days a goal may rest.
const stillGoal = "goal-still"

// Hints returns what the plan may lack. While the plan is paused nothing is.
func (p Participant) Hints(today calendar.Day, reviews Reviewing) []Hint {
	if _, paused := p.Plan.Paused(today); paused {
		return nil
	}
	var out []Hint
	for _, b := range p.Barriers {
		if !b.Resolved && !p.Plan.answers(b.ID) {
			out = append(out, Hint{HintBarrier, b.ID, "No step answers this barrier yet."})
		}
	}
	for _, s := range p.Plan.Steps {
		if s.Open() && s.Due.IsZero() && s.Before == "" {
			out = append(out, Hint{HintStep, s.ID, "This step has no date yet."})
		}
	}
	rest := reviews.Rules[stillGoal].Days
	for _, g := range p.Plan.Goals {
		still := int(today - p.Plan.moved(g))
		switch {
		case g.Status != GoalActive:
		case !g.Target.IsZero() && g.Target < today:
			out = append(out, Hint{HintTarget, g.ID, "Its target day has passed: is it reached, or is there another?"})
		case rest > 0 && still >= rest:
			out = append(out, Hint{HintGoal, g.ID, "Nothing has moved towards this goal for " + days(still/7, "week") + "."})
		}
	}
	return out
}

// HintOf returns what may be missing of one thing; empty for nothing.
func HintOf(hints []Hint, id ID) string {
	for _, h := range hints {
		if h.ID == id {
			return h.Says
		}
	}
	return ""
}

// answers reports whether a step that was not dropped is about a barrier.
func (p Plan) answers(barrier ID) bool {
	for _, s := range p.Steps {
		if s.Barrier == barrier && s.Status != StepDropped {
			return true
		}
	}
	return false
}

// moved returns when something last happened for a goal. Steps that serve none in
// particular count for each.
func (p Plan) moved(g Goal) calendar.Day {
	last := g.On
	for _, s := range p.Steps {
		if s.Goal == g.ID || s.Goal.IsZero() {
			last = max(last, s.On, s.Since, s.LastChase().On)
		}
	}
	return last
}
