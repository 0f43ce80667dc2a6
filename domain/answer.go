package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Return sends a question back because something is missing.
type Return struct {
	Participant, Escalation ID
	Need                    string
}

// For names the participant.
func (c Return) For() Subject { return About(c.Participant) }

// Decide asks what is missing.
func (c Return) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationAsked, EscalationAccepted, EscalationAgreed); err != nil {
		return nil, err
	}
	need, err := words("need", "What you need to know", c.Need, 2000)
	if err != nil {
		return nil, err
	}
	return []Event{Returned{ID: c.Escalation, Need: need}}, nil
}

// Returned happens when an adviser needs more before answering.
type Returned struct {
	ID   ID     `json:"id"`
	Need string `json:"need"`
}

var _ = know[Returned]()

// Kind names the event on disk.
func (Returned) Kind() string { return "escalation.returned" }

// Sentence says that more is needed.
func (Returned) Sentence() string { return "The adviser returned the escalation and needs more." }

func (e Returned) touches() []ID { return []ID{e.ID} }

func (e Returned) apply(p *Participant, r Record) {
	if x := p.escalation(e.ID, r); x.hears(EntryReturned, e.Need, r, EscalationAsked, EscalationAccepted, EscalationAgreed) {
		x.State, x.Returned, x.Need, x.Adviser, x.Since = EscalationReturned, r.Day, e.Need, r.By, 0
	}
}

// Answer gives the adviser's advice. Answering what was only asked accepts it too.
type Answer struct {
	Participant, Escalation ID
	Text                    string
	Card                    ID // the advice card it is taken from; zero for none
}

// For names the participant.
func (c Answer) For() Subject { return About(c.Participant) }

// Decide asks for words, and for a question that asks for advice.
func (c Answer) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationAsked, EscalationAccepted); err != nil {
		return nil, err
	}
	if e := find(p.Escalations, c.Escalation); e.Kind != KindAdvice {
		return nil, Refused("kind", "The coach asked for %s. Turn it into advice first and say why, or add words to the talk.", e.Kind)
	}
	text, err := words("text", "The answer", c.Text, 4000)
	if err != nil {
		return nil, err
	}
	return []Event{Answered{ID: c.Escalation, Text: text, Card: c.Card}}, nil
}

// Answered happens when the adviser's advice comes.
type Answered struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
	Card ID     `json:"card,omitzero"`
}

var _ = know[Answered]()

// Kind names the event on disk.
func (Answered) Kind() string { return "escalation.answered" }

// Sentence says that the answer is there.
func (Answered) Sentence() string { return "The Disability Employment Adviser answered." }

func (e Answered) touches() []ID { return []ID{e.ID} }

func (e Answered) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	may := x.hears(EntryAnswered, e.Text, r, EscalationAsked, EscalationAccepted, EscalationAgreed, EscalationReturned)
	if x.Answer != "" { // two desks answered apart: both answers stand
		e.Text = x.Answer + "\n\n" + e.Text
	}
	x.Answer, x.Answered, x.Adviser = e.Text, r.Day, r.By
	if !e.Card.IsZero() {
		x.Card = e.Card
	}
	// The two crossed: withdrawn stands, the answer is kept.
	x.Both = x.Both || x.State == EscalationWithdrawn
	if may {
		x.State, x.Kind, x.Since = EscalationAnswered, KindAdvice, 0
	}
}

// TellResult says whether an answer helped.
type TellResult struct {
	Participant, Escalation ID
	Result                  TriedResult
	Comment                 string
}

// For names the participant.
func (c TellResult) For() Subject { return About(c.Participant) }

// Decide asks for an answer to have tried.
func (c TellResult) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationAnswered, EscalationTried); err != nil {
		return nil, err
	}
	if !slices.Contains(TriedResults, c.Result) {
		return nil, Refused("result", "Say whether it worked: worked, partly, no, or not tried.")
	}
	return []Event{Tried{ID: c.Escalation, Result: c.Result, Comment: clean.Text(c.Comment, 2000)}}, nil
}

// Tried happens when it is known whether the advice helped.
type Tried struct {
	ID      ID          `json:"id"`
	Result  TriedResult `json:"result"`
	Comment string      `json:"comment,omitempty"`
}

var _ = know[Tried]()

// Kind names the event on disk.
func (Tried) Kind() string { return "escalation.tried" }

// Sentence says whether it helped.
func (e Tried) Sentence() string {
	switch e.Result {
	case ResultWorked:
		return "The adviser's advice was tried and worked."
	case ResultPartly:
		return "The adviser's advice was tried and partly worked."
	case ResultNo:
		return "The adviser's advice was tried and did not work."
	case ResultNotTried:
	}
	return "The adviser's advice was not tried."
}

func (e Tried) touches() []ID { return []ID{e.ID} }

func (e Tried) apply(p *Participant, r Record) {
	if x := p.escalation(e.ID, r); x.hears(EntryTried, e.Comment, r, EscalationAnswered, EscalationTried) {
		x.State, x.Result, x.Comment, x.Ended = EscalationTried, e.Result, e.Comment, r.Day
	}
}

// EndEscalation withdraws a question that no answer came to, or closes one that is
// answered.
type EndEscalation struct {
	Participant, Escalation ID
	Reason                  string
}

// For names the participant.
func (c EndEscalation) For() Subject { return About(c.Participant) }

// Decide withdraws or closes, by where the question stands.
func (c EndEscalation) Decide(p Participant, _ Stamp) ([]Event, error) {
	e := find(p.Escalations, c.Escalation)
	if e == nil {
		return nil, Refused("escalation", "That escalation is not on the record.")
	}
	reason := clean.Line(c.Reason, clean.MaxLine)
	switch e.State {
	case EscalationAnswered, EscalationTried, EscalationHeld, EscalationHandedBack, EscalationDeclined:
		return []Event{EscalationEnded{ID: e.ID, Closed: true, Reason: reason, Scope: e.Scope}}, nil
	case EscalationClosed, EscalationWithdrawn:
		return nil, Refused("escalation", "That escalation is %s already.", e.State)
	default:
	}
	return []Event{EscalationEnded{ID: e.ID, Reason: reason, Scope: e.Scope}}, nil
}

// EscalationEnded happens when the coach withdraws or closes a question.
type EscalationEnded struct {
	ID     ID     `json:"id"`
	Closed bool   `json:"closed,omitempty"` // else withdrawn
	Reason string `json:"reason,omitempty"`
	Scope  Scope  `json:"scope,omitempty"` // of a draft in a private paragraph that was never sent
}

var _ = know[EscalationEnded]()

// Kind names the event on disk.
func (EscalationEnded) Kind() string { return "escalation.ended" }

// Sentence says which of the two.
func (e EscalationEnded) Sentence() string {
	if e.Closed {
		return "An escalation was closed."
	}
	return "An escalation was withdrawn."
}

// InScope implements [Scoped].
func (e EscalationEnded) InScope() Scope { return e.Scope }

func (e EscalationEnded) touches() []ID { return []ID{e.ID} }

func (e EscalationEnded) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	answered := x.State == EscalationAnswered
	x.hears(EntryEnded, e.Reason, r, x.State)
	if x.State == EscalationWithdrawn {
		x.Reason = cmp.Or(x.Reason, e.Reason)
		return
	}
	x.State, x.Ended, x.Reason, x.Since = EscalationWithdrawn, r.Day, e.Reason, 0
	x.Both = answered && !e.Closed
	if e.Closed {
		x.State = EscalationClosed
	}
}

// OldestFirst orders escalations as an adviser should look at them: urgent ones
// first, then by the day on which they were asked.
func OldestFirst(a, b Escalation) int {
	if a.Urgent != b.Urgent {
		if a.Urgent {
			return -1
		}
		return 1
	}
	return int(a.Asked - b.Asked)
}

// Age returns how many days a question has waited since it was asked.
func (e Escalation) Age(today calendar.Day) int {
	if e.Asked.IsZero() {
		return 0
	}
	return int(today - e.Asked)
}
