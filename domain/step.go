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
	if err := notPast(c.Due, s.Today); err != nil {
		return nil, err
	}
	if !c.Origin.IsZero() && p.Plan.took(c.Origin, text) {
		return nil, Refused("text", "That step is in the plan already.")
	}
	if !c.Goal.IsZero() && find(p.Plan.Goals, c.Goal) == nil {
		return nil, Refused("goal", "That goal is not in the plan.")
	}
	if !c.Barrier.IsZero() && find(p.Barriers, c.Barrier) == nil {
		return nil, Refused("barrier", "That barrier is not on the record.")
	}
	if !c.Origin.IsZero() && find(p.Escalations, c.Origin) == nil {
		return nil, Refused("origin", "That escalation is not on the record.")
	}
	return []Event{StepAdded{ID: s.New(), Goal: c.Goal, Barrier: c.Barrier, Origin: c.Origin, Text: text, Owner: c.Owner, Due: c.Due}}, nil
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
	Scope   Scope        `json:"scope,omitempty"`
}

var _ = know[StepAdded]()

// Kind names the event on disk.
func (StepAdded) Kind() string { return "step.added" }

// Sentence says whose step it is and by when.
func (e StepAdded) Sentence() string {
	return "A step was added for " + (Names{}).Called(e.Owner) + dueWords(e.Due) + "."
}

// InScope implements [Scoped].
func (e StepAdded) InScope() Scope { return e.Scope }

func (e StepAdded) makes() ID { return e.ID }

func (e StepAdded) touches() []ID { return []ID{e.Goal, e.Barrier, e.Origin, e.Session} }

func (e StepAdded) apply(p *Participant, r Record) {
	p.Plan.Steps = append(p.Plan.Steps, Step{
		Item: item(e.ID, e.Text, r), Goal: e.Goal, Barrier: e.Barrier, Origin: e.Origin, Owner: e.Owner, Due: e.Due, Since: r.Day,
	})
}

// ChangeStep changes how far a step is, whose it is, or by when. Nil leaves as is.
type ChangeStep struct {
	Participant, Step ID
	Status            *StepStatus
	Owner             *Owner
	Due               *calendar.Day
	Reason            string
}

// For names the participant.
func (c ChangeStep) For() Subject { return About(c.Participant) }

// Decide refuses a step that is not there and a change that changes nothing. A
// dropped step needs a reason, so that the next coach knows what was tried.
func (c ChangeStep) Decide(p Participant, s Stamp) ([]Event, error) {
	st := find(p.Plan.Steps, c.Step)
	if st == nil {
		return nil, Refused("step", "That step is not in the plan.")
	}
	e := StepChanged{ID: st.ID, Scope: st.Scope, Reason: clean.Line(c.Reason, clean.MaxLine)}
	if c.Status != nil && *c.Status != st.Status {
		if !slices.Contains([]StepStatus{StepNotStarted, StepDoing, StepDone, StepDropped}, *c.Status) {
			return nil, Refused("status", "A step is not started, doing, done or dropped.")
		}
		if *c.Status == StepDropped && e.Reason == "" {
			return nil, Refused("reason", "Say in a few words why the step is dropped.")
		}
		e.Status = c.Status
	}
	if c.Owner != nil && *c.Owner != st.Owner {
		if err := checkOwner(*c.Owner); err != nil {
			return nil, err
		}
		e.Owner = c.Owner
	}
	if c.Due != nil && *c.Due != st.Due {
		if err := notPast(*c.Due, s.Today); err != nil {
			return nil, err
		}
		e.Due = c.Due
	}
	if e.Status == nil && e.Owner == nil && e.Due == nil {
		return nil, Refused("status", "The plan says so already.")
	}
	return []Event{e}, nil
}

// WhyNotTick says why a step cannot be ticked as done; empty means it can.
func (s Step) WhyNotTick() string {
	if s.Status == StepDropped {
		return "This step was dropped. Open it again first."
	}
	return ""
}

// StepChanged happens when a step moves on, changes hands or gets another date.
type StepChanged struct {
	ID     ID            `json:"id"`
	Status *StepStatus   `json:"status,omitempty"`
	Owner  *Owner        `json:"owner,omitempty"`
	Due    *calendar.Day `json:"due,omitempty"`
	Reason string        `json:"reason,omitempty"`
	Scope  Scope         `json:"scope,omitempty"`
}

var _ = know[StepChanged]()

// Kind names the event on disk.
func (StepChanged) Kind() string { return "step.changed" }

// Sentence says what changed.
func (e StepChanged) Sentence() string {
	switch {
	case e.Status != nil && *e.Status == StepNotStarted:
		return "A step is open again."
	case e.Status != nil:
		return "A step is " + clean.Line(string(*e.Status), 40) + "."
	case e.Due != nil && e.Due.IsZero():
		return "A step has no date any more."
	case e.Due != nil:
		return "A step has a new date: " + e.Due.Long() + "."
	case e.Owner != nil:
		return "A step is now for " + (Names{}).Called(*e.Owner) + "."
	}
	return "A step was changed."
}

// InScope implements [Scoped].
func (e StepChanged) InScope() Scope { return e.Scope }

func (e StepChanged) touches() []ID { return []ID{e.ID} }

func (e StepChanged) apply(p *Participant, r Record) {
	st := find(p.Plan.Steps, e.ID)
	if st == nil {
		return
	}
	// Of two desks that ended a step apart, dropped stands: the doubt is shown.
	if e.Status != nil && (*e.Status != StepDone || st.Status != StepDropped) {
		st.Status, st.Since = *e.Status, r.Day
	}
	if e.Owner != nil {
		st.Owner = *e.Owner
	}
	if e.Due != nil {
		st.Due = *e.Due
	}
	if e.Reason != "" {
		st.Reason = e.Reason
	}
}
