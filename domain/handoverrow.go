package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RowHandover is a handover, short enough for a list.
type RowHandover struct {
	_ struct{} `cbor:",toarray"`

	ID         ID            `json:"i"`
	Kind       HandoverKind  `json:"k"`
	By         ID            `json:"b"`
	To         ID            `json:"t"`
	Name       string        `json:"n,omitempty"` // of the receiver
	State      HandoverState `json:"s"`
	Items      int           `json:"m,omitempty"`
	Unanswered int           `json:"u,omitempty"`
	Question   int           `json:"q,omitempty"` // items that the receiver asked about
	Taken      int           `json:"a,omitempty"`
	On         calendar.Day  `json:"o,omitzero"`
	Until      calendar.Day  `json:"l,omitzero"`
	Since      calendar.Day  `json:"c,omitzero"` // when whoever has to say something was last told so
	Covers     bool          `json:"v,omitempty"`

	Of ID `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// row is a handover as lists know it.
func (h Handover) row() RowHandover {
	return RowHandover{
		ID: h.ID, Kind: h.Kind, By: h.By, To: h.To, Name: clean.Line(h.ToName, rowTextMax), State: h.State(), Items: len(h.Items),
		Unanswered: h.Count(""), Question: h.Count(HandoverAsked), Taken: h.Count(HandoverTaken),
		On: h.On, Until: h.Until, Since: h.since(), Covers: h.Covers(),
	}
}

// since is the day from which somebody has to say something: of a question that on which
// it was asked, else that of the offer or of the last reply.
func (h Handover) since() calendar.Day {
	d := h.On
	for _, t := range h.Log {
		asked := t.What == HandoverActAnswered && t.Answer == HandoverAsked
		if !t.Late && (asked || t.What == HandoverActReplied) {
			d = max(d, t.On)
		}
	}
	return d
}

// Row is a handover of the record as lists know it.
func (h Handover) Row() RowHandover { return h.row() }

func (p Participant) handoverRows() []RowHandover {
	var all []RowHandover
	for _, h := range p.Handovers {
		all = append(all, h.row())
	}
	return all
}

// Record returns on whose record a handover of a line stands.
func (r RowHandover) Record(line Row) ID {
	if r.Of.IsZero() {
		return line.ID
	}
	return r.Of
}

// Cover returns the handover by which somebody looks after the case just now; false when
// nobody does.
func (r Row) Cover() (RowHandover, bool) {
	i := slices.IndexFunc(r.Handovers, func(h RowHandover) bool { return h.Covers })
	if i < 0 {
		return RowHandover{}, false
	}
	return r.Handovers[i], true
}

// HeldBy reports whether somebody has or is offered something of the case just now: then
// the record is theirs to open.
func (r Row) HeldBy(who ID) bool {
	return !who.IsZero() && slices.ContainsFunc(r.Handovers, func(h RowHandover) bool { return h.To == who && !h.State.Over() })
}

// Returned reports whether the record is here only because of a handover to somebody that
// is over, or that they did not take: nobody waits for them any more.
func (r Row) Returned(who Person) bool {
	if who.ID.IsZero() || r.HeldBy(who.ID) || who.Role.MayAdvise() && slices.ContainsFunc(r.Questions, RowAsk.WaitsForAdviser) {
		return false
	}
	was := false
	for _, h := range r.Handovers {
		if h.By == who.ID {
			return false
		}
		was = was || h.To == who.ID
	}
	coach := r.Fact(FactCoach)
	return was && (coach == "" || clean.Fold(coach) != clean.Fold(who.Name))
}

// HeldBy is [Row.HeldBy] of the whole record.
func (p Participant) HeldBy(who ID) bool {
	return !who.IsZero() && slices.ContainsFunc(p.Handovers, func(h Handover) bool { return h.To == who && !h.State().Over() })
}
