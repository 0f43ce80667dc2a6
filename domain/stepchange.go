package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ChangeStep changes how far a step is, whose it is, by when, what it hangs on, or what
// came of it. Nil leaves as is.
type ChangeStep struct {
	Participant, Step ID
	Status            *StepStatus
	Owner             *Owner
	Due               *calendar.Day // a date takes the place of what the step waits for
	Before            *Anchor       // and the other way about
	Goal, Barrier     *ID           // zero: none in particular any more
	Result            *TriedResult
	Code              string // one of the office's reasons
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
	e := StepChanged{ID: st.ID, Scope: st.Scope, Code: codeOf(c.Code), Reason: clean.Line(c.Reason, clean.MaxLine), Saw: p.known(st.ID)}
	for _, part := range []func(Step, Participant, Stamp, *StepChanged) error{c.status, c.owner, c.due, c.hang, c.result} {
		if err := part(*st, p, s, &e); err != nil {
			return nil, err
		}
	}
	if e.same() {
		return nil, Refused("status", "The plan says so already.")
	}
	return []Event{e}, nil
}

func (c ChangeStep) status(st Step, _ Participant, s Stamp, e *StepChanged) error {
	switch {
	case c.Status == nil || *c.Status == st.Status:
		return nil
	case !slices.Contains([]StepStatus{StepNotStarted, StepDoing, StepDone, StepDropped}, *c.Status):
		return Refused("status", "A step is not started, doing, done or dropped.")
	case *c.Status == StepDropped && e.Reason == "" && e.Code == "":
		return Refused("reason", "Say in a few words why the step is dropped.")
	case *c.Status == StepDone:
		if why := st.WhyNotTick(s.Role); why != "" {
			return Refusal{"status", why}
		}
	}
	e.Status = c.Status
	return nil
}

func (c ChangeStep) owner(st Step, _ Participant, _ Stamp, e *StepChanged) error {
	if c.Owner == nil || *c.Owner == st.Owner {
		return nil
	}
	e.Owner = c.Owner
	return checkOwner(*c.Owner)
}

func (c ChangeStep) due(st Step, _ Participant, s Stamp, e *StepChanged) error {
	due, before := st.Due, st.Before
	if c.Due != nil {
		due, before = *c.Due, ""
	}
	if c.Before != nil {
		due, before = 0, *c.Before
		if c.Due != nil {
			due = *c.Due
		}
	}
	if due == st.Due && before == st.Before {
		return nil
	}
	e.Due = &due
	if before != st.Before {
		e.Before = &before
	}
	return checkDue(due, before, s.Today)
}

func (c ChangeStep) hang(st Step, p Participant, _ Stamp, e *StepChanged) error {
	if c.Goal != nil && *c.Goal != st.Goal {
		e.Goal = c.Goal
	}
	if c.Barrier != nil && *c.Barrier != st.Barrier {
		e.Barrier = c.Barrier
	}
	return p.hangsOn(orZero(e.Goal), orZero(e.Barrier))
}

func orZero(id *ID) ID {
	if id == nil {
		return ID{}
	}
	return *id
}

func (c ChangeStep) result(st Step, _ Participant, _ Stamp, e *StepChanged) error {
	switch {
	case c.Result == nil || *c.Result == st.Result:
		return nil
	case *c.Result != "" && !slices.Contains(TriedResults, *c.Result):
		return Refused("result", "A step worked, partly, no or not tried.")
	}
	e.Result = c.Result
	return nil
}

// WhyNotTick says why somebody of a role cannot tick a step as done; empty means they
// can. Whose step it is ticks it.
func (s Step) WhyNotTick(role Role) string {
	own := s.Owner == ByAdviser && role == Adviser || s.Owner == ByProvider && role == Provider
	switch {
	case s.Status == StepDropped:
		return "This step was dropped. Open it again first."
	case s.Open() && s.Owner.Chased() && !own:
		return "This step is for " + chaseWho(s.Owner) + ": chase it, and write down what they say."
	}
	return ""
}

// StepChanged happens when a step moves on, changes hands, gets another date, or when
// it is known what came of it.
type StepChanged struct {
	ID      ID            `json:"id"`
	Status  *StepStatus   `json:"status,omitempty"`
	Owner   *Owner        `json:"owner,omitempty"`
	Due     *calendar.Day `json:"due,omitempty"`
	Before  *Anchor       `json:"before,omitempty"`
	Goal    *ID           `json:"goal,omitempty"`
	Barrier *ID           `json:"barrier,omitempty"`
	Result  *TriedResult  `json:"result,omitempty"`
	Code    string        `json:"code,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Saw     int           `json:"saw,omitempty"`
	Scope   Scope         `json:"scope,omitempty"`
}

var _ = know[StepChanged]()

// Kind names the event on disk.
func (StepChanged) Kind() string { return "step.changed" }

// same reports whether the event would change nothing.
func (e StepChanged) same() bool {
	return e.Status == nil && e.Owner == nil && e.Due == nil && e.Before == nil && e.Goal == nil && e.Barrier == nil && e.Result == nil
}

// Sentence says what changed.
func (e StepChanged) Sentence() string {
	switch {
	case e.Status != nil && *e.Status == StepNotStarted:
		return "A step is open again."
	case e.Status != nil:
		return "A step is " + clean.Line(string(*e.Status), 40) + "."
	case e.Before != nil && *e.Before != "":
		return "A step is to be done " + e.Before.String() + "."
	case e.Due != nil && e.Due.IsZero():
		return "A step has no date any more."
	case e.Due != nil:
		return "A step has a new date: " + e.Due.Long() + "."
	case e.Owner != nil:
		return "A step is now for " + (Names{}).Called(*e.Owner) + "."
	case e.Result != nil:
		return "It is known what came of a step."
	case e.Goal != nil || e.Barrier != nil:
		return "A step hangs on something else."
	}
	return "A step was changed."
}

// InScope implements [Scoped].
func (e StepChanged) InScope() Scope { return e.Scope }

func (e StepChanged) thing() ID { return e.ID }

func (e StepChanged) touches() []ID { return []ID{e.ID, orZero(e.Goal), orZero(e.Barrier)} }

func (e StepChanged) apply(p *Participant, r Record) {
	st, back := p.step(e.ID)
	if st == nil {
		return
	}
	apart := p.apart(e, r, e.Saw) || back
	e.applyStatus(st, r, apart)
	e.applyReason(st, r, apart)
	if e.Owner != nil {
		if *e.Owner != st.Owner || !apart {
			st.keep(apart, r.Desk, "owner", "for "+(Names{}).Called(st.Owner))
		}
		st.Owner = *e.Owner
	}
	if e.Due != nil || e.Before != nil {
		due, before := st.Due, Anchor("")
		if e.Due != nil {
			due = *e.Due
		}
		if e.Before != nil {
			before = *e.Before
		}
		if due != st.Due || before != st.Before || !apart {
			st.keep(apart, r.Desk, "date", st.when())
		}
		st.Due, st.Before = due, before
	}
	if e.Result != nil {
		if *e.Result != st.Result || !apart {
			st.keep(apart, r.Desk, "result", string(st.Result))
		}
		st.Result = *e.Result
	}
	if e.Goal != nil {
		st.Goal = *e.Goal
	}
	if e.Barrier != nil {
		st.Barrier = *e.Barrier
	}
}

// applyStatus: of two desks that ended a step apart, dropped stands, and what the other
// said is shown: the doubt is not hidden.
func (e StepChanged) applyStatus(st *Step, r Record, apart bool) {
	switch {
	case e.Status == nil:
	case *e.Status == StepDone && st.Status == StepDropped:
		if apart {
			st.Elsewhere = append(slices.Clone(st.Elsewhere), Elsewhere{"status", StepDone.String()})
		}
	default:
		if *e.Status != st.Status || !apart {
			st.keep(apart, r.Desk, "status", st.Status.String())
		}
		st.Status, st.Since = *e.Status, r.Day
	}
}

func (e StepChanged) applyReason(st *Step, r Record, apart bool) {
	if e.Reason == "" && e.Code == "" {
		return
	}
	if e.Reason != st.Reason || e.Code != st.Code || !apart {
		st.keep(apart, r.Desk, "reason", joinWords(st.Code, st.Reason))
	}
	st.Code, st.Reason = e.Code, e.Reason
}
