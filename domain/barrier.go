package domain

import "coachdesk/domain/clean"

// Barrier is what stands between a person and work, in their words first.
type Barrier struct {
	Item
	Resolved  bool
	Result    string      // what helped, when it is resolved
	Elsewhere []Elsewhere // what another desk said helped
}

// NoteBarrier puts a barrier on the record.
type NoteBarrier struct {
	Participant ID
	Text        string
}

// For names the participant.
func (c NoteBarrier) For() Subject { return About(c.Participant) }

// Decide refuses an empty barrier and one that stands there already.
func (c NoteBarrier) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The barrier", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	for _, b := range p.Barriers {
		if !b.Resolved && clean.Fold(b.Text) == clean.Fold(text) {
			return nil, Refused("text", "That barrier is on the record already.")
		}
	}
	return []Event{BarrierNoted{ID: s.New(), Text: text}}, nil
}

// BarrierNoted happens when a barrier is named.
type BarrierNoted struct {
	ID      ID     `json:"id"`
	Text    string `json:"text"`
	Session ID     `json:"session,omitzero"`
	Scope   Scope  `json:"scope,omitempty"`
}

var _ = know[BarrierNoted]()

// Kind names the event on disk.
func (BarrierNoted) Kind() string { return "barrier.noted" }

// Sentence says that there is one more.
func (BarrierNoted) Sentence() string { return "A barrier was noted." }

// InScope implements [Scoped].
func (e BarrierNoted) InScope() Scope { return e.Scope }

func (e BarrierNoted) makes() ID { return e.ID }

func (e BarrierNoted) touches() []ID { return []ID{e.Session} }

func (e BarrierNoted) apply(p *Participant, r Record) {
	p.Barriers = append(p.Barriers, Barrier{Item: item(e.ID, e.Text, r)})
}

// ResolveBarrier ends a barrier and may say what helped.
type ResolveBarrier struct {
	Participant, Barrier ID
	Result               string
}

// For names the participant.
func (c ResolveBarrier) For() Subject { return About(c.Participant) }

// Decide refuses a barrier that is not there or no longer stands.
func (c ResolveBarrier) Decide(p Participant, _ Stamp) ([]Event, error) {
	b := find(p.Barriers, c.Barrier)
	if b == nil {
		return nil, Refused("barrier", "That barrier is not on the record.")
	}
	if b.Resolved {
		return nil, Refused("barrier", "That barrier no longer stands in the way.")
	}
	return []Event{BarrierResolved{ID: b.ID, Result: clean.Line(c.Result, clean.MaxLine), Scope: b.Scope}}, nil
}

// BarrierGone reports whether a barrier is on the record and no longer stands in the way.
func (p Participant) BarrierGone(id ID) bool {
	b := find(p.Barriers, id)
	return b != nil && b.Resolved
}

// BarrierResolved happens when a barrier no longer stands in the way.
type BarrierResolved struct {
	ID     ID     `json:"id"`
	Result string `json:"result,omitempty"`
	Scope  Scope  `json:"scope,omitempty"`
}

var _ = know[BarrierResolved]()

// Kind names the event on disk.
func (BarrierResolved) Kind() string { return "barrier.resolved" }

// Sentence says that one fewer stands.
func (BarrierResolved) Sentence() string { return "A barrier no longer stands in the way." }

// InScope implements [Scoped].
func (e BarrierResolved) InScope() Scope { return e.Scope }

func (e BarrierResolved) touches() []ID { return []ID{e.ID} }

func (e BarrierResolved) apply(p *Participant, _ Record) {
	b := restored(p, &p.Barriers, e.ID, func(*Barrier) {}) // this ends it
	if b == nil {
		return
	}
	// Resolved by two desks apart: the later shows, and the words of both are kept.
	if b.Result != "" && b.Result != e.Result {
		b.Elsewhere = append(b.Elsewhere, Elsewhere{"result", b.Result})
	}
	b.Resolved, b.Result = true, e.Result
}
