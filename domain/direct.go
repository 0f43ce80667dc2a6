package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Direct is what becomes of direct support: the adviser works with the person, and
// the coach stays the owner.
type Direct struct {
	Agreements []SupportAgreement // everything that the person said to it, oldest first
	Begun      calendar.Day
	Reviews    []SupportReview
	HandedBack calendar.Day
}

// SupportAgreement is what the person said to direct support.
type SupportAgreement struct {
	ID     ID
	Yes    bool
	Giver  ConsentGiver
	How    ConsentHow
	On     calendar.Day
	Reason string
	By     ID   // who wrote it down
	After  []ID // those that whoever wrote it down knew
}

// SupportReview is a look at direct support: what changed.
type SupportReview struct {
	On   calendar.Day
	By   ID
	Text string
}

// Agreement returns what stands: the last word, but a no beats a yes that did not know
// of it. Zero when nothing was said.
func (d Direct) Agreement() SupportAgreement {
	var stands SupportAgreement
	for _, a := range d.Agreements {
		known := stands.ID.IsZero() || slices.Contains(a.After, stands.ID)
		if !a.Yes || stands.Yes || known {
			stands = a
		}
	}
	return stands
}

// RecordAgreement writes down that the person wants the adviser's direct support, or
// does not.
type RecordAgreement struct {
	Participant, Escalation ID
	Agree
}

// Agree is what the person said, how and when.
type Agree struct {
	Yes    bool
	Giver  ConsentGiver
	How    ConsentHow
	On     calendar.Day // zero means today
	Reason string
}

// For names the participant.
func (c RecordAgreement) For() Subject { return About(c.Participant) }

// Decide asks for direct support, and for how and by whom it was said.
func (c RecordAgreement) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Escalations, c.Escalation)
	switch {
	case x == nil:
		return nil, Refused("escalation", "That escalation is not on the record.")
	case x.Kind != KindDirect:
		return nil, Refused("kind", "That escalation is for %s, which needs no agreement. The person is told of it.", x.Kind)
	case !x.Live() || x.State == EscalationHandedBack:
		return nil, x.notNow()
	}
	e, err := x.agreed(c.Agree, s)
	if err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

func (e Escalation) agreed(a Agree, s Stamp) (AgreementRecorded, error) {
	if a.On.IsZero() {
		a.On = s.Today
	}
	switch now := e.Agreement(); {
	case !slices.Contains(ConsentGivers, a.Giver):
		return AgreementRecorded{}, Refused("by", "Say who said it: the person, or their representative.")
	case !slices.Contains(ConsentHows, a.How):
		return AgreementRecorded{}, Refused("how", "Say how it was said: face to face, phone, in writing or online.")
	case a.On > s.Today:
		return AgreementRecorded{}, Refused("on", "%s is still to come. Ask the person first.", a.On.Short(s.Today))
	case !now.ID.IsZero() && now.Yes == a.Yes:
		return AgreementRecorded{}, Refused("agreed", "The record says so already.")
	}
	out := AgreementRecorded{ID: e.ID, Agreement: s.New(), Yes: a.Yes, Giver: a.Giver, How: a.How, On: a.On, Reason: clean.Line(a.Reason, clean.MaxLine)}
	for _, old := range e.Agreements {
		out.After = append(out.After, old.ID)
	}
	return out, nil
}

// AgreementRecorded happens when it is known whether the person wants direct support.
type AgreementRecorded struct {
	ID        ID           `json:"id"`
	Agreement ID           `json:"agreement"`
	Yes       bool         `json:"yes,omitempty"`
	Giver     ConsentGiver `json:"by"`
	How       ConsentHow   `json:"how"`
	On        calendar.Day `json:"on"`
	Reason    string       `json:"reason,omitempty"`
	After     []ID         `json:"after,omitempty"`
}

var _ = know[AgreementRecorded]()

// Kind names the event on disk.
func (AgreementRecorded) Kind() string { return "escalation.agreement" }

// Sentence says which of the two.
func (e AgreementRecorded) Sentence() string {
	if e.Yes {
		return "The person agreed to the adviser's direct support."
	}
	return "The person does not want the adviser's direct support."
}

func (e AgreementRecorded) touches() []ID { return []ID{e.ID} }

func (e AgreementRecorded) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	what := EntryDeclined
	if e.Yes {
		what = EntryAgreed
	}
	text := "by the " + string(e.Giver) + ", " + string(e.How)
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	x.hears(what, text, r, EscalationDraft, EscalationAsked, EscalationReturned, EscalationAccepted, EscalationAgreed, EscalationActive, EscalationDeclined)
	x.Agreements = append(x.Agreements, SupportAgreement{ID: e.Agreement, Yes: e.Yes, Giver: e.Giver, How: e.How, On: e.On, Reason: e.Reason, By: r.By, After: e.After})
	if x.Kind != KindDirect {
		return // it was turned into something else on another desk
	}
	switch {
	case x.Agreement().Yes && x.State == EscalationAccepted, x.Agreement().Yes && x.State == EscalationDeclined && !x.Accepted.IsZero():
		x.State, x.Since = EscalationAgreed, r.Day
	case x.Agreement().Yes && x.State == EscalationDeclined:
		x.State, x.Since = EscalationAsked, r.Day
	case !x.Agreement().Yes && x.Open():
		x.State, x.Since = EscalationDeclined, 0
	}
}

// TakeOn begins direct support. What the person said to it may come with it.
type TakeOn struct {
	Participant, Escalation ID
	Agree                   // recorded first when a way is named
	Reason                  string
}

// For names the participant.
func (c TakeOn) For() Subject { return About(c.Participant) }

// Decide refuses support to which the person did not agree.
func (c TakeOn) Decide(p Participant, s Stamp) ([]Event, error) {
	x, events, err := p.asKind(c.Escalation, KindDirect, "Why direct support", c.Reason)
	if err != nil {
		return nil, err
	}
	if c.How != "" {
		e, err := x.agreed(c.Agree, s)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
		if !e.Yes {
			return events, nil
		}
	} else if !x.Agreement().Yes {
		return nil, Refused("agreed", "Nobody has written down yet that the person wants it. Ask them, and record what they said, how and when.")
	}
	return append(events, SupportBegun{ID: x.ID}), nil
}

// SupportBegun happens when an adviser takes on direct support.
type SupportBegun struct {
	ID ID `json:"id"`
}

var _ = know[SupportBegun]()

// Kind names the event on disk.
func (SupportBegun) Kind() string { return "escalation.begun" }

// Sentence says that it begins.
func (SupportBegun) Sentence() string { return "The adviser's direct support began." }

func (e SupportBegun) touches() []ID { return []ID{e.ID} }

func (e SupportBegun) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	var from []EscalationState
	if x.Agreement().Yes { // else they changed their mind on another desk meanwhile
		from = []EscalationState{EscalationAccepted, EscalationAgreed}
	}
	if x.hears(EntryBegun, "", r, from...) {
		x.State, x.Kind, x.Since, x.Begun, x.Adviser = EscalationActive, KindDirect, r.Day, r.Day, r.By
	}
}
