package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Concern is something about somebody that worries us, and who was told of it. It
// stands on the record and in the queue until the receiver has acknowledged it.
type Concern struct {
	Item
	To           ID     // somebody who works here; zero for somebody outside
	Told         string // who was told, when they do not work here
	Acknowledged calendar.Day
	AckBy        ID
	Answer       string // what the receiver said to it
}

// Open reports whether nobody has acknowledged it yet.
func (c Concern) Open() bool { return c.Acknowledged.IsZero() }

// receivers are those who work here and are to acknowledge it.
func (c Concern) receivers() []ID {
	if c.To.IsZero() {
		return nil
	}
	return []ID{c.To}
}

// WhyNotAcknowledge says why somebody may not acknowledge a concern; empty means that
// they may.
func (c Concern) WhyNotAcknowledge(s Stamp) string {
	switch {
	case !c.Open():
		return "That concern is acknowledged already."
	case c.To.IsZero() || c.To == s.By || s.Role == Lead:
		return ""
	}
	return "Only who was told acknowledges it, or a team lead. Ask them to."
}

// RaiseConcern writes down a concern and who was told of it.
type RaiseConcern struct {
	Participant ID
	Text        string
	Scope       Scope
	To          ID
	Told        string
}

// For names the participant.
func (c RaiseConcern) For() Subject { return About(c.Participant) }

// Decide asks for words, and for who was told: a concern that nobody hears helps
// nobody.
func (c RaiseConcern) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	told := clean.Line(c.Told, clean.MaxLine)
	switch {
	case c.To.IsZero() && told == "":
		return nil, Refused("to", "Say who was told: somebody who works here, or in words who else.")
	case !c.To.IsZero() && c.To == s.By:
		return nil, Refused("to", "Tell somebody else than yourself: your team lead, for example.")
	case !slices.Contains(Scopes, c.Scope):
		return nil, Refused("scope", "That is no scope. Write shareable, coach only or third party.")
	}
	text, err := words("text", "The concern", c.Text, 2000)
	if err != nil {
		return nil, err
	}
	return []Event{ConcernRaised{ID: s.New(), Text: text, To: c.To, Told: told, Scope: c.Scope}}, nil
}

// ConcernRaised happens when somebody is told of a concern.
type ConcernRaised struct {
	ID    ID     `json:"id"`
	Text  string `json:"text"`
	To    ID     `json:"to,omitzero"`
	Told  string `json:"told,omitempty"`
	Scope Scope  `json:"scope,omitempty"`
}

var _ = know[ConcernRaised]()

// Kind names the event on disk.
func (ConcernRaised) Kind() string { return "concern.raised" }

// Sentence says that there is one, not of what.
func (ConcernRaised) Sentence() string { return "A concern was raised." }

// InScope implements [Scoped].
func (e ConcernRaised) InScope() Scope { return e.Scope }

func (e ConcernRaised) makes() ID { return e.ID }

func (e ConcernRaised) apply(p *Participant, r Record) {
	p.Concerns = append(p.Concerns, Concern{Item: item(e.ID, e.Text, r), To: e.To, Told: e.Told})
}

// AcknowledgeConcern says that who was told has heard it.
type AcknowledgeConcern struct {
	Participant, Concern ID
	Answer               string
}

// For names the participant.
func (c AcknowledgeConcern) For() Subject { return About(c.Participant) }

// Decide asks for who was told.
func (c AcknowledgeConcern) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Concerns, c.Concern)
	if x == nil {
		return nil, Refused("concern", "That concern is not on the record.")
	}
	if why := x.WhyNotAcknowledge(s); why != "" {
		return nil, Refusal{"concern", why}
	}
	return []Event{ConcernAcknowledged{ID: x.ID, Answer: clean.Text(c.Answer, 2000), Scope: x.Scope}}, nil
}

// ConcernAcknowledged happens when the receiver of a concern has heard it.
type ConcernAcknowledged struct {
	ID     ID     `json:"id"`
	Answer string `json:"answer,omitempty"`
	Scope  Scope  `json:"scope,omitempty"`
}

var _ = know[ConcernAcknowledged]()

// Kind names the event on disk.
func (ConcernAcknowledged) Kind() string { return "concern.acknowledged" }

// Sentence says that it was heard.
func (ConcernAcknowledged) Sentence() string { return "A concern was acknowledged." }

// InScope implements [Scoped].
func (e ConcernAcknowledged) InScope() Scope { return e.Scope }

func (e ConcernAcknowledged) touches() []ID { return []ID{e.ID} }

func (e ConcernAcknowledged) apply(p *Participant, r Record) {
	c := restored(p, &p.Concerns, e.ID, func(*Concern) {}) // this ends it
	if c == nil {
		return
	}
	if c.Open() {
		c.Acknowledged, c.AckBy, c.Answer = r.Day, r.By, e.Answer
		return
	}
	if e.Answer != "" { // two acknowledged it apart: both answers stand
		if c.Answer != "" {
			c.Answer += "\n"
		}
		c.Answer += e.Answer
	}
}
