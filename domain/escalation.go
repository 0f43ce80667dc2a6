package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Escalation is a question to a Disability Employment Adviser. The coach stays the
// owner of the case. Its life is draft, asked, accepted or returned, answered,
// tried, closed; or withdrawn. Expired is never recorded: it is computed.
type Escalation struct {
	ID       ID
	State    EscalationState
	Question string
	Scope    Scope
	Tried    string // what was tried before
	Urgent   bool
	Informed bool // the person knows that we ask
	Drafted  calendar.Day
	Asked    calendar.Day
	AskedBy  ID
	Accepted calendar.Day
	Adviser  ID     // who accepted, returned or answered
	Need     string // what is missing, when returned
	Returned calendar.Day
	Answer   string
	Answered calendar.Day
	Result   TriedResult
	Comment  string // on the result
	Ended    calendar.Day
	Reason   string // why it was withdrawn or closed
	Both     bool   // withdrawn here and answered there: both are kept
}

// ItemID makes Escalation findable by its ID.
func (e Escalation) ItemID() ID { return e.ID }

// EscalationState is where an escalation stands in its life.
type EscalationState string

// The states are shown; the events that lead to them are stored.
const (
	EscalationDraft     EscalationState = "draft"
	EscalationAsked     EscalationState = "asked"
	EscalationAccepted  EscalationState = "accepted"
	EscalationReturned  EscalationState = "returned"
	EscalationAnswered  EscalationState = "answered"
	EscalationTried     EscalationState = "tried"
	EscalationClosed    EscalationState = "closed"
	EscalationWithdrawn EscalationState = "withdrawn"
)

// TriedResult is whether an adviser's answer helped.
type TriedResult string

// The results are stored.
const (
	ResultWorked   TriedResult = "worked"
	ResultPartly   TriedResult = "partly"
	ResultNo       TriedResult = "no"
	ResultNotTried TriedResult = "not tried"
)

// TriedResults lists all there are.
var TriedResults = []TriedResult{ResultWorked, ResultPartly, ResultNo, ResultNotTried}

// Open reports whether the adviser still has something to do.
func (e Escalation) Open() bool {
	return e.State == EscalationAsked || e.State == EscalationAccepted
}

// Live reports whether anybody still has something to do.
func (e Escalation) Live() bool {
	return e.State != EscalationClosed && e.State != EscalationWithdrawn && e.State != EscalationTried
}

// Waits is how long an adviser may take, in working days. The days are proposals
// of ours and stand with their source in the queue's rules.
type Waits struct{ Accept, Answer int }

// Due returns by when the adviser should have moved: accepted, or answered. Zero
// when it is not the adviser's turn.
func (e Escalation) Due(w Waits, cal *calendar.Calendar) calendar.Day {
	from, days := e.Asked, w.Accept
	switch e.State {
	case EscalationAsked:
	case EscalationAccepted:
		from, days = e.Accepted, w.Answer
	case EscalationDraft, EscalationReturned, EscalationAnswered, EscalationTried, EscalationClosed, EscalationWithdrawn:
		return 0
	}
	due, err := cal.Add(from, days)
	if err != nil {
		return 0
	}
	return due
}

// Expired reports whether the adviser's time has run out, so that the question
// comes back to the coach.
func (e Escalation) Expired(today calendar.Day, w Waits, cal *calendar.Calendar) bool {
	due := e.Due(w, cal)
	return !due.IsZero() && due < today
}

// Ask sends a question to the advisers: a new one, or a draft that a note left.
type Ask struct {
	Participant ID
	Escalation  ID // zero for a new one
	Question    string
	Tried       string
	Urgent      bool
	Informed    bool
}

// For names the participant.
func (c Ask) For() Subject { return About(c.Participant) }

// Decide asks for a question, and that a draft or a returned question is there.
func (c Ask) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	id := c.Escalation
	if id.IsZero() {
		id = s.New()
	} else if e := find(p.Escalations, id); e == nil {
		return nil, Refused("escalation", "That question is not on the record.")
	} else if e.State != EscalationDraft && e.State != EscalationReturned {
		return nil, Refused("escalation", "That question is %s already.", e.State)
	}
	q, err := words("question", "The question", c.Question, 2000)
	if err != nil {
		return nil, err
	}
	for _, e := range p.Escalations {
		if e.ID != id && e.Open() && clean.Fold(e.Question) == clean.Fold(q) {
			return nil, Refused("question", "An adviser has that very question already.")
		}
	}
	return []Event{Asked{ID: id, Question: q, Tried: clean.Text(c.Tried, 4000), Urgent: c.Urgent, Informed: c.Informed}}, nil
}

// QuestionDrafted happens when a note holds a question that is not sent yet.
type QuestionDrafted struct {
	ID       ID     `json:"id"`
	Question string `json:"question"`
	Session  ID     `json:"session,omitzero"`
	Scope    Scope  `json:"scope,omitempty"`
}

var _ = know[QuestionDrafted]()

// Kind names the event on disk.
func (QuestionDrafted) Kind() string { return "escalation.drafted" }

// Sentence says that nothing was sent.
func (QuestionDrafted) Sentence() string { return "A question to the adviser was drafted, not sent." }

// InScope implements [Scoped].
func (e QuestionDrafted) InScope() Scope { return e.Scope }

func (e QuestionDrafted) makes() ID { return e.ID }

func (e QuestionDrafted) touches() []ID { return []ID{e.Session} }

func (e QuestionDrafted) apply(p *Participant, r Record) {
	p.Escalations = append(p.Escalations, Escalation{ID: e.ID, State: EscalationDraft, Question: e.Question, Scope: r.Scope, Drafted: r.Day, AskedBy: r.By})
}

// Asked happens when a question goes to the advisers.
type Asked struct {
	ID       ID     `json:"id"`
	Question string `json:"question"`
	Tried    string `json:"tried,omitempty"`
	Urgent   bool   `json:"urgent,omitempty"`
	Informed bool   `json:"informed,omitempty"`
}

var _ = know[Asked]()

// Kind names the event on disk.
func (Asked) Kind() string { return "escalation.asked" }

// Sentence says whom we asked.
func (Asked) Sentence() string { return "A Disability Employment Adviser was asked for advice." }

func (e Asked) makes() ID { return e.ID }

func (e Asked) apply(p *Participant, r Record) {
	x := find(p.Escalations, e.ID)
	if x == nil {
		p.Escalations = append(p.Escalations, Escalation{ID: e.ID, Drafted: r.Day})
		x = &p.Escalations[len(p.Escalations)-1]
	}
	if !x.Live() {
		return // withdrawn or closed on another desk meanwhile
	}
	x.State, x.Question, x.Tried, x.Urgent, x.Informed = EscalationAsked, e.Question, e.Tried, e.Urgent, e.Informed
	x.Asked, x.AskedBy, x.Scope, x.Accepted = r.Day, r.By, r.Scope, 0
}

// Accept says that an adviser will answer.
type Accept struct{ Participant, Escalation ID }

// For names the participant.
func (c Accept) For() Subject { return About(c.Participant) }

// Decide lets an adviser accept what was asked.
func (c Accept) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationAsked); err != nil {
		return nil, err
	}
	return []Event{Accepted{ID: c.Escalation}}, nil
}

// inState refuses an escalation that is not there, or is in none of some states.
func (p Participant) inState(id ID, states ...EscalationState) error {
	e := find(p.Escalations, id)
	if e == nil {
		return Refused("escalation", "That question is not on the record.")
	}
	if !slices.Contains(states, e.State) {
		return Refused("escalation", "That question is %s, so this cannot be done now.", e.State)
	}
	return nil
}

// Accepted happens when an adviser takes a question on.
type Accepted struct {
	ID ID `json:"id"`
}

var _ = know[Accepted]()

// Kind names the event on disk.
func (Accepted) Kind() string { return "escalation.accepted" }

// Sentence says that an answer will come.
func (Accepted) Sentence() string { return "The adviser accepted the question." }

func (e Accepted) touches() []ID { return []ID{e.ID} }

func (e Accepted) apply(p *Participant, r Record) {
	if x := find(p.Escalations, e.ID); x != nil && x.State == EscalationAsked {
		x.State, x.Accepted, x.Adviser = EscalationAccepted, r.Day, r.By
	}
}
