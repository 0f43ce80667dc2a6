package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Entry is one turn in the talk about a question: what somebody did, and their words.
// Nothing of it is ever written over.
type Entry struct {
	What  EntryKind
	On    calendar.Day
	By    ID
	Role  Role
	Text  string
	With  string // what went along with a question
	Scope Scope
	// Met is the state that it came upon when it could change nothing any more, because
	// two desks did different things apart.
	Met EscalationState

	batch ID // by which it came
}

// EntryKind is what somebody did about a question.
type EntryKind string

// The kinds of entry are shown, never stored.
const (
	EntryDrafted    EntryKind = "drafted"
	EntryAsked      EntryKind = "asked"
	EntryAgain      EntryKind = "asked again"
	EntryWidened    EntryKind = "widened"
	EntryAccepted   EntryKind = "accepted"
	EntryReturned   EntryKind = "returned"
	EntrySaid       EntryKind = "said"
	EntryAnswered   EntryKind = "answered"
	EntryTried      EntryKind = "tried"
	EntryTurned     EntryKind = "turned"
	EntryTold       EntryKind = "person told"
	EntryBooked     EntryKind = "meeting booked"
	EntryFell       EntryKind = "meeting fell through"
	EntryHeld       EntryKind = "meeting held"
	EntryAgreed     EntryKind = "person agreed"
	EntryDeclined   EntryKind = "person declined"
	EntryBegun      EntryKind = "support begun"
	EntryReviewed   EntryKind = "reviewed"
	EntryHandedBack EntryKind = "handed back"
	EntryEnded      EntryKind = "ended"
)

// hears puts an entry into the thread, and reports whether what it tells still changes
// the state: it does when the state is one of those it may begin from.
func (e *Escalation) hears(what EntryKind, text string, r Record, from ...EscalationState) bool {
	entry := Entry{What: what, On: r.Day, By: r.By, Role: r.Role, Text: text, Scope: r.Scope, batch: r.Command}
	may := slices.Contains(from, e.State)
	if !may {
		entry.Met = e.State
	}
	e.Thread = append(e.Thread, entry)
	return may
}

// Say adds words to the talk about a question, from either side.
type Say struct {
	Participant, Escalation ID
	Text                    string
}

// For names the participant.
func (c Say) For() Subject { return About(c.Participant) }

// Decide asks for words, and for a question that lives.
func (c Say) Decide(p Participant, _ Stamp) ([]Event, error) {
	e := find(p.Escalations, c.Escalation)
	switch {
	case e == nil:
		return nil, Refused("escalation", "That escalation is not on the record.")
	case e.State == EscalationDraft:
		return nil, Refused("escalation", "That escalation is not sent yet. Write it into the question.")
	case !e.Live() && e.State != EscalationTried:
		return nil, Refused("escalation", "That escalation is %s. Ask anew.", e.State)
	}
	text, err := words("text", "What you want to say", c.Text, 2000)
	if err != nil {
		return nil, err
	}
	return []Event{MoreSaid{ID: c.Escalation, Text: text}}, nil
}

// MoreSaid happens when words are added to the talk about a question.
type MoreSaid struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

var _ = know[MoreSaid]()

// Kind names the event on disk.
func (MoreSaid) Kind() string { return "escalation.said" }

// Sentence says that there are more words.
func (MoreSaid) Sentence() string { return "Something was added to the talk with the adviser." }

func (e MoreSaid) touches() []ID { return []ID{e.ID} }

func (e MoreSaid) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	x.hears(EntrySaid, e.Text, r, x.State) // words are never too late
}
