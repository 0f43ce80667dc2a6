package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// AddStep adds a step to the plan.
type AddStep struct {
	Participant           ID
	Goal, Barrier, Origin ID
	Owner                 Owner
	Text                  string
	Due                   calendar.Day
	Before                Anchor // what it waits for, in place of a date
}

// For names the participant.
func (c AddStep) For() Subject { return About(c.Participant) }

// Decide asks for words, an owner, and that what it hangs on exists.
func (c AddStep) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The step", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if err := checkOwner(c.Owner); err != nil {
		return nil, err
	}
	if err := checkDue(c.Due, c.Before, s.Today); err != nil {
		return nil, err
	}
	if !c.Origin.IsZero() && p.Plan.took(c.Origin, text) {
		return nil, Refused("text", "That step is in the plan already.")
	}
	if err := p.hangsOn(c.Goal, c.Barrier); err != nil {
		return nil, err
	}
	if !c.Origin.IsZero() && find(p.Escalations, c.Origin) == nil {
		return nil, Refused("origin", "That escalation is not on the record.")
	}
	return []Event{StepAdded{ID: s.New(), Goal: c.Goal, Barrier: c.Barrier, Origin: c.Origin, Text: text, Owner: c.Owner, Due: c.Due, Before: c.Before}}, nil
}

// hangsOn refuses a goal or a barrier that is not there; none in particular is fine.
func (p Participant) hangsOn(goal, barrier ID) error {
	if !goal.IsZero() && find(p.Plan.Goals, goal) == nil {
		return Refused("goal", "That goal is not in the plan.")
	}
	if !barrier.IsZero() && find(p.Barriers, barrier) == nil {
		return Refused("barrier", "That barrier is not on the record.")
	}
	return nil
}

// took reports whether an answer was taken into the plan in these words before.
func (p Plan) took(origin ID, text string) bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool {
		return s.Origin == origin && s.Open() && clean.Fold(s.Text) == clean.Fold(text)
	})
}

// StepAdded happens when a step joins the plan.
type StepAdded struct {
	ID      ID           `json:"id"`
	Goal    ID           `json:"goal,omitzero"`
	Barrier ID           `json:"barrier,omitzero"`
	Origin  ID           `json:"origin,omitzero"`
	Session ID           `json:"session,omitzero"`
	Text    string       `json:"text"`
	Owner   Owner        `json:"owner"`
	Due     calendar.Day `json:"due,omitzero"`
	Before  Anchor       `json:"before,omitempty"`
	Scope   Scope        `json:"scope,omitempty"`
}

var _ = know[StepAdded]()

// Kind names the event on disk.
func (StepAdded) Kind() string { return "step.added" }

// Sentence says whose step it is and by when.
func (e StepAdded) Sentence() string {
	return "A step was added for " + (Names{}).Called(e.Owner) + dueBy(e.Due, e.Before) + "."
}

// InScope implements [Scoped].
func (e StepAdded) InScope() Scope { return e.Scope }

func (e StepAdded) thing() ID { return e.ID }

func (e StepAdded) makes() ID { return e.ID }

func (e StepAdded) touches() []ID { return []ID{e.Goal, e.Barrier, e.Origin, e.Session} }

func (e StepAdded) apply(p *Participant, r Record) {
	p.Plan.Steps = append(p.Plan.Steps, Step{
		Item: item(e.ID, e.Text, r), Goal: e.Goal, Barrier: e.Barrier, Origin: e.Origin, Owner: e.Owner, Due: e.Due, Before: e.Before, Since: r.Day,
	})
}

// step returns the step that later work is about, and whether it was taken back.
func (p *Participant) step(id ID) (s *Step, back bool) {
	s = restored(p, &p.Plan.Steps, id, func(s *Step) { s.Status, s.Reason, back = StepDropped, takenBack, true })
	return s, back
}
