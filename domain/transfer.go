package domain

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Transfer is a case that one coach of this office offers to another. Whose case it is
// changes when the other accepts, and not before.
type Transfer struct {
	ID      ID
	To      ID     // who works here
	Note    string // what the next coach has to know
	State   TransferState
	Reason  string // of a no
	On      calendar.Day
	By      ID
	Settled calendar.Day // accepted, declined or called back

	Both bool // it was settled in two ways by two desks that did not know of each other
}

// ItemID makes Transfer findable by its ID.
func (t Transfer) ItemID() ID { return t.ID }

// TransferState is where an offered case stands. The words are shown, not stored.
type TransferState string

// The states of a transfer.
const (
	TransferOffered  TransferState = "offered"
	TransferAccepted TransferState = "accepted"
	TransferDeclined TransferState = "declined"
	TransferRecalled TransferState = "called back"
)

// OpenTransfer returns the offer that waits for an answer; false when there is none.
func (p Participant) OpenTransfer() (Transfer, bool) {
	for _, t := range slices.Backward(p.Transfers) {
		if t.State == TransferOffered {
			return t, true
		}
	}
	return Transfer{}, false
}

// TransferOpen lists what is open or ends within so many days, so that the next coach
// needs a word about it. Ends of support are known only with the catalogue: see
// [Queue.SupportEnds].
func (p Participant) TransferOpen(today calendar.Day, soonDays int, supportEnds ...calendar.Day) []string {
	soon := func(d calendar.Day) bool { return !d.IsZero() && d >= today && int(d-today) <= soonDays }
	var out []string
	count := func(n int, one, many string) {
		if n > 0 {
			out = append(out, plural(n, one, many))
		}
	}
	n := 0
	for _, e := range p.Escalations {
		if e.Live() {
			n++
		}
	}
	count(n, "a question to the adviser", "%d questions to the adviser")
	n = 0
	for _, x := range p.Referrals {
		if !x.State.Ended() {
			n++
		}
	}
	count(n, "a referral", "%d referrals")
	n = 0
	for _, a := range p.Applications {
		if a.State.Open() {
			n++
		}
	}
	count(n, "an application", "%d applications")
	n = 0
	for _, d := range p.debts() {
		if (d.Kind == DebtFitNote || d.Kind == DebtPromise || d.Kind == DebtStep && d.Owner == ByCoach) && soon(d.Day) {
			n++
		}
	}
	for _, d := range supportEnds {
		if soon(d) {
			n++
		}
	}
	count(n, "a clock that ends soon", "%d clocks that end soon")
	return out
}

// OfferTransfer offers the case to a colleague of this office.
type OfferTransfer struct {
	Participant, To ID
	Note            string
	SupportEnds     []calendar.Day // as the catalogue says: they count as clocks
	SoonDays        int            // how near a clock must be, as the figure [FigureTransfer] says
}

// For names the participant.
func (c OfferTransfer) For() Subject { return About(c.Participant) }

// Decide asks for a colleague, and for a note while something is open.
func (c OfferTransfer) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	note := clean.Text(c.Note, 2000)
	open, waits := p.OpenTransfer()
	switch {
	case c.To.IsZero():
		return nil, Refused("to", "Say to whom: somebody who is registered here.")
	case c.To == s.By:
		return nil, Refused("to", "That is you. Choose a colleague.")
	case waits:
		return nil, Refused("to", "The case was offered to a colleague %s and waits for an answer. Call that back first.", open.On.Short(s.Today))
	}
	if left := p.TransferOpen(s.Today, c.SoonDays, c.SupportEnds...); note == "" && len(left) > 0 {
		return nil, Refused("note", "Write what your colleague has to know: there is %s.", strings.Join(left, ", "))
	}
	return []Event{CaseOffered{ID: s.New(), To: c.To, Note: note}}, nil
}

// CaseOffered happens when a case is offered to a colleague.
type CaseOffered struct {
	ID   ID     `json:"id"`
	To   ID     `json:"to"`
	Note string `json:"note,omitempty"`
}

var _ = know[CaseOffered]()

// Kind names the event on disk.
func (CaseOffered) Kind() string { return "transfer.offered" }

// Sentence says that the case stays where it is until then.
func (CaseOffered) Sentence() string {
	return "The case was offered to a colleague. It stays where it is until they accept."
}

func (e CaseOffered) makes() ID { return e.ID }

func (e CaseOffered) apply(p *Participant, r Record) {
	p.Transfers = append(p.Transfers, Transfer{ID: e.ID, To: e.To, Note: e.Note, State: TransferOffered, On: r.Day, By: r.By})
}

// transfer returns the transfer that later work is about. One that was taken back
// meanwhile is back, and called back.
func (p *Participant) transfer(id ID) *Transfer {
	return restored(p, &p.Transfers, id, func(t *Transfer) { t.State = TransferRecalled })
}

var noTransfer = Refusal{"transfer", "No case is offered there. coachdesk show tells what was offered to whom."}

// AnswerTransfer is the colleague's answer.
type AnswerTransfer struct {
	Participant, Transfer ID
	Yes                   bool
	Reason                string // of a no
}

// For names the participant.
func (c AnswerTransfer) For() Subject { return About(c.Participant) }

// Decide takes the answer from whom the case was offered to, and a no with a reason.
func (c AnswerTransfer) Decide(p Participant, s Stamp) ([]Event, error) {
	t := find(p.Transfers, c.Transfer)
	reason := clean.Line(c.Reason, clean.MaxLine)
	if t == nil {
		return nil, noTransfer
	}
	if why := t.WhyNotAnswer(s.By); why != "" {
		return nil, Refusal{"transfer", why}
	}
	if c.Yes {
		return []Event{CaseAccepted{ID: t.ID, Name: clean.Line(s.Name, clean.MaxLine)}}, nil
	}
	if reason == "" {
		return nil, Refused("reason", "Say in a few words why, so that your colleague can ask somebody else.")
	}
	return []Event{CaseDeclined{ID: t.ID, Reason: reason}}, nil
}

// WhyNotAnswer says why somebody cannot accept or decline; empty means they can.
func (t Transfer) WhyNotAnswer(me ID) string {
	switch {
	case t.State != TransferOffered:
		return fmt.Sprintf("It is %s already.", t.State)
	case t.To != me:
		return "It was offered to somebody else: they accept or decline it."
	}
	return ""
}

// RecallTransfer takes an offer back before it is answered.
type RecallTransfer struct{ Participant, Transfer ID }

// For names the participant.
func (c RecallTransfer) For() Subject { return About(c.Participant) }

// Decide refuses what was answered.
func (c RecallTransfer) Decide(p Participant, _ Stamp) ([]Event, error) {
	t := find(p.Transfers, c.Transfer)
	switch {
	case t == nil:
		return nil, noTransfer
	case t.State != TransferOffered:
		return nil, Refused("transfer", "It is %s already.", t.State)
	}
	return []Event{CaseCalledBack{ID: t.ID}}, nil
}
