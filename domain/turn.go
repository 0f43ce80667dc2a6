package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// TurnInto turns a question into one of another kind, because that serves better.
type TurnInto struct {
	Participant, Escalation ID
	Kind                    EscalationKind
	Reason                  string
}

// For names the participant.
func (c TurnInto) For() Subject { return About(c.Participant) }

// turnable are the states in which the kind may still change.
var turnable = []EscalationState{EscalationAsked, EscalationAccepted, EscalationAgreed, EscalationReturned, EscalationDeclined}

// Decide asks for another kind and for a reason, which the coach reads.
func (c TurnInto) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, turnable...); err != nil {
		return nil, err
	}
	if err := c.Kind.check(); err != nil {
		return nil, err
	}
	if find(p.Escalations, c.Escalation).Kind == c.Kind {
		return nil, Refused("kind", "That is what it is already: %s.", c.Kind)
	}
	reason, err := words("reason", "The reason", c.Reason, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	return []Event{Turned{ID: c.Escalation, For: c.Kind, Reason: reason}}, nil
}

// Turned happens when an adviser turns a question into another kind.
type Turned struct {
	ID     ID             `json:"id"`
	For    EscalationKind `json:"for,omitempty"` // absent: advice
	Reason string         `json:"reason"`
}

var _ = know[Turned]()

// Kind names the event on disk.
func (Turned) Kind() string { return "escalation.turned" }

// Sentence says into what.
func (e Turned) Sentence() string {
	return "The adviser turned the escalation into: " + e.For.String() + "."
}

func (e Turned) touches() []ID { return []ID{e.ID} }

func (e Turned) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	if !x.hears(EntryTurned, "into "+e.For.String()+": "+e.Reason, r, turnable...) {
		return // booked, begun or answered meanwhile: that stands
	}
	x.Kind = e.For
	if x.State == EscalationAsked || x.State == EscalationReturned {
		return
	}
	x.State, x.Since = EscalationAccepted, r.Day
	if x.Accepted.IsZero() {
		x.State = EscalationAsked
	} else if x.Kind == KindDirect && x.Agreement().Yes {
		x.State = EscalationAgreed
	}
}

// asKind accepts a question if nobody has, and turns one of another kind, which asks for
// a reason.
func (p Participant) asKind(id ID, kind EscalationKind, what, reason string) (*Escalation, []Event, error) {
	if err := p.inState(id, EscalationAsked, EscalationAccepted, EscalationAgreed); err != nil {
		return nil, nil, err
	}
	x := find(p.Escalations, id)
	var events []Event
	if x.State == EscalationAsked {
		events = append(events, Accepted{ID: id})
	}
	if x.Kind == kind {
		return x, events, nil
	}
	why, err := words("reason", what, reason, clean.MaxLine)
	return x, append(events, Turned{ID: id, For: kind, Reason: why}), err
}

// Telling is that the person was told which kind of help there will be.
type Telling struct {
	Kind EscalationKind
	How  ConsentHow
	On   calendar.Day
	Who  Owner // who told them: the coach or the adviser
	By   ID    // who wrote it down
}

// ToldNow returns how the person was told of the kind as it is now; zero when they
// were not.
func (e Escalation) ToldNow() Telling {
	for _, t := range slices.Backward(e.Told) {
		if t.Kind == e.Kind {
			return t
		}
	}
	return Telling{}
}

// MustBeTold reports whether the person has to be told and was not: something will
// happen with them.
func (e Escalation) MustBeTold() bool {
	return e.Kind != KindAdvice && e.Open() && e.State != EscalationAsked && e.ToldNow().On.IsZero()
}

// TellPerson records that the person was told which kind of help there will be.
type TellPerson struct {
	Participant, Escalation ID
	How                     ConsentHow
	On                      calendar.Day // zero means today
	Who                     Owner        // empty means whoever records it
}

// For names the participant.
func (c TellPerson) For() Subject { return About(c.Participant) }

// Decide asks how they were told, and for a question that lives.
func (c TellPerson) Decide(p Participant, s Stamp) ([]Event, error) {
	e := find(p.Escalations, c.Escalation)
	switch {
	case e == nil:
		return nil, Refused("escalation", "That escalation is not on the record.")
	case !e.Live():
		return nil, Refused("escalation", "That escalation is %s: there is nothing to tell of it.", e.State)
	case !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how they were told: face to face, phone, in writing or online.")
	case c.On > s.Today:
		return nil, Refused("on", "%s is still to come. Tell them first.", c.On.Short(s.Today))
	case c.Who != "" && c.Who != ByCoach && c.Who != ByAdviser:
		return nil, Refused("who", "Say who told them: me, or dea.")
	}
	who := c.Who
	if who == "" {
		who = ByCoach
		if s.Role.MayAdvise() {
			who = ByAdviser
		}
	}
	on := c.On
	if on.IsZero() {
		on = s.Today
	}
	return []Event{PersonTold{ID: e.ID, For: e.Kind, How: c.How, On: on, Who: who}}, nil
}

// PersonTold happens when the person knows which kind of help there will be.
type PersonTold struct {
	ID  ID             `json:"id"`
	For EscalationKind `json:"for,omitempty"` // absent: advice
	How ConsentHow     `json:"how"`
	On  calendar.Day   `json:"on"`
	Who Owner          `json:"who"`
}

var _ = know[PersonTold]()

// Kind names the event on disk.
func (PersonTold) Kind() string { return "escalation.told" }

// Sentence says what they were told.
func (e PersonTold) Sentence() string {
	switch e.For {
	case KindThreeWay:
		return "The person was told that there will be a meeting of three."
	case KindDirect:
		return "The person was told of the adviser's direct support."
	case KindAdvice:
	}
	return "The person was told that an adviser advises the coach."
}

func (e PersonTold) touches() []ID { return []ID{e.ID} }

func (e PersonTold) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	x.hears(EntryTold, "of "+e.For.String()+", "+string(e.How)+", by the "+(Names{}).Called(e.Who), r, x.State)
	x.Told = append(x.Told, Telling{Kind: e.For, How: e.How, On: e.On, Who: e.Who, By: r.By})
}
