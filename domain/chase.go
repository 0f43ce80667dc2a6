package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Chase is one time that somebody was asked about a step of theirs.
type Chase struct {
	On      calendar.Day
	How     ConsentHow
	Answer  ChaseAnswer
	Comment string
	By      ID
}

// ChaseAnswer is what came of asking.
type ChaseAnswer string

// The answers are stored.
const (
	ChaseAsked    ChaseAnswer = "asked"
	ChaseSaysDone ChaseAnswer = "says done"
	ChaseSilent   ChaseAnswer = "no answer"
)

// ChaseAnswers lists all there are.
var ChaseAnswers = []ChaseAnswer{ChaseAsked, ChaseSaysDone, ChaseSilent}

// Chased reports whether a step of this owner is chased, and not ticked: it is taken
// outside, and the coach knows only what they say.
func (o Owner) Chased() bool { return o == ByProvider || o == ByEmployer || o == ByAdviser }

// LastChase returns the newest time that somebody was asked; a zero one for never.
func (s Step) LastChase() Chase {
	var last Chase
	for _, c := range s.Chases {
		if c.On >= last.On {
			last = c
		}
	}
	return last
}

// ChaseStep records that somebody was asked about a step of theirs.
type ChaseStep struct {
	Participant, Step ID
	How               ConsentHow
	Answer            ChaseAnswer
	Comment           string
}

// For names the participant.
func (c ChaseStep) For() Subject { return About(c.Participant) }

// Decide refuses a step that has ended and one that is not of others. When they say
// that it is done, it is.
func (c ChaseStep) Decide(p Participant, _ Stamp) ([]Event, error) {
	st := find(p.Plan.Steps, c.Step)
	if st == nil {
		return nil, Refused("step", "That step is not in the plan.")
	}
	if why := st.WhyNotChase(); why != "" {
		return nil, Refusal{"step", why}
	}
	switch {
	case !slices.Contains(ChaseAnswers, c.Answer):
		return nil, Refused("answer", "Say what came of it: asked, says done, or no answer.")
	case c.How != "" && !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how they were asked: face to face, phone, in writing or online.")
	}
	e := StepChased{ID: st.ID, Scope: st.Scope, How: c.How, Answer: c.Answer, Comment: clean.Line(c.Comment, clean.MaxLine)}
	if c.Answer != ChaseSaysDone {
		return []Event{e}, nil
	}
	done := StepDone
	return []Event{e, StepChanged{ID: st.ID, Scope: st.Scope, Status: &done, Saw: p.known(st.ID) + 1}}, nil
}

// WhyNotChase says why nobody is to be asked about a step; empty means they can be.
func (s Step) WhyNotChase() string {
	switch {
	case !s.Owner.Chased():
		return "Only steps of a provider, an employer or the DEA are chased. Tick this one when it is done."
	case !s.Open():
		return "This step is " + s.Status.String() + ". Open it again first."
	}
	return ""
}

// StepChased happens when somebody is asked about a step of theirs.
type StepChased struct {
	ID      ID          `json:"id"`
	How     ConsentHow  `json:"how,omitempty"`
	Answer  ChaseAnswer `json:"answer"`
	Comment string      `json:"comment,omitempty"`
	Scope   Scope       `json:"scope,omitempty"`
}

var _ = know[StepChased]()

// Kind names the event on disk.
func (StepChased) Kind() string { return "step.chased" }

// Sentence says what came of asking.
func (e StepChased) Sentence() string {
	switch e.Answer {
	case ChaseSaysDone:
		return "A step was chased: they say it is done."
	case ChaseSilent:
		return "A step was chased: no answer."
	case ChaseAsked:
	}
	return "A step was chased."
}

// InScope implements [Scoped].
func (e StepChased) InScope() Scope { return e.Scope }

func (e StepChased) thing() ID { return e.ID }

func (e StepChased) touches() []ID { return []ID{e.ID} }

func (e StepChased) apply(p *Participant, r Record) {
	if st, _ := p.step(e.ID); st != nil {
		st.Chases = append(st.Chases, Chase{On: r.Day, How: e.How, Answer: e.Answer, Comment: e.Comment, By: r.By})
	}
}
