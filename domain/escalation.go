package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Escalation is a question to a Disability Employment Adviser, of one of three kinds:
// advice to the coach, a meeting of three, or direct support of the person. The coach
// stays the owner of the case. Expired is never recorded: it is computed.
type Escalation struct {
	ID       ID
	Kind     EscalationKind
	State    EscalationState
	Question string
	Scope    Scope
	Tried    string // what was tried before
	Barriers []ID   // what it is about
	Urgent   bool
	Since    calendar.Day // when the clock that runs now began
	Asking
	Replied
	Meeting
	Direct
	Ending
	Thread []Entry // everything that was done and said about it, oldest first
}

// Asking is how a question came to an adviser.
type Asking struct {
	Drafted  calendar.Day
	Asked    calendar.Day // the first time
	AskedBy  ID
	Times    int    // how often it was asked
	Widened  string // to whom it went when nobody answered
	Accepted calendar.Day
	Adviser  ID   // who accepted, returned or answered
	Informed bool // the person knows that we ask
	Told     []Telling
}

// Replied is what came back from the adviser, and what became of it.
type Replied struct {
	Need     string // what is missing, when returned
	Returned calendar.Day
	Answer   string
	Answered calendar.Day
	Card     ID // the advice card that the answer was taken from
	Result   TriedResult
	Comment  string // on the result
}

// Ending is how an escalation ended.
type Ending struct {
	Ended  calendar.Day
	Reason string // why it was withdrawn or closed
	Both   bool   // withdrawn here and answered there: both are kept
}

// ItemID makes Escalation findable by its ID.
func (e Escalation) ItemID() ID { return e.ID }

// Ask sends a question to the advisers: a new one, or a draft that a note left.
type Ask struct {
	Participant ID
	Escalation  ID // zero for a new one
	Kind        EscalationKind
	Question    string
	Tried       string
	Barriers    []ID // none named means all that are open
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
		return nil, Refused("escalation", "That escalation is not on the record.")
	} else if !slices.Contains(coachAsks, e.State) {
		return nil, Refused("escalation", "That escalation is %s already.", e.State)
	}
	if err := c.Kind.check(); err != nil {
		return nil, err
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
	about := c.Barriers
	for _, b := range about {
		switch x := find(p.Barriers, b); {
		case x == nil:
			return nil, Refused("barrier", "That barrier is not on the record.")
		case x.Scope.Private():
			return nil, Refused("barrier", "That barrier is marked %s: an adviser does not read it. Leave it out.", x.Scope)
		}
	}
	if len(about) == 0 {
		about = p.openBarriers()
	}
	return []Event{Asked{ID: id, Question: q, Tried: clean.Text(c.Tried, 4000), Urgent: c.Urgent, Informed: c.Informed, For: c.Kind, Barriers: about}}, nil
}

// About names the barriers that an escalation is about and that an adviser may know.
func (p Participant) About(e Escalation) []string {
	var words []string
	for _, id := range e.Barriers {
		if b := find(p.Barriers, id); b != nil && !b.Scope.Private() {
			words = append(words, "# "+b.Text)
		}
	}
	return words
}

// coachAsks are the states in which a question is the coach's to send: a draft, and
// what came back.
var coachAsks = []EscalationState{EscalationDraft, EscalationReturned, EscalationDeclined}

// openBarriers are what stands in the way now and may be known to an adviser.
func (p Participant) openBarriers() []ID {
	var all []ID
	for _, b := range p.Barriers {
		if !b.Resolved && !b.Scope.Private() {
			all = append(all, b.ID)
		}
	}
	return all
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
func (QuestionDrafted) Sentence() string {
	return "An escalation to the adviser was drafted, not sent."
}

// InScope implements [Scoped].
func (e QuestionDrafted) InScope() Scope { return e.Scope }

func (e QuestionDrafted) makes() ID { return e.ID }

func (e QuestionDrafted) touches() []ID { return []ID{e.Session} }

func (e QuestionDrafted) apply(p *Participant, r Record) {
	x := Escalation{ID: e.ID, State: EscalationDraft, Question: e.Question, Scope: r.Scope, Asking: Asking{Drafted: r.Day, AskedBy: r.By}}
	x.hears(EntryDrafted, e.Question, r, EscalationDraft)
	p.Escalations = append(p.Escalations, x)
}

// Asked happens when a question goes to the advisers.
type Asked struct {
	ID       ID     `json:"id"`
	Question string `json:"question"`
	Tried    string `json:"tried,omitempty"`
	Urgent   bool   `json:"urgent,omitempty"`
	Informed bool   `json:"informed,omitempty"`

	For      EscalationKind `json:"for,omitempty"`
	Barriers []ID           `json:"barriers,omitempty"`
}

var _ = know[Asked]()

// Kind names the event on disk.
func (Asked) Kind() string { return "escalation.asked" }

// Sentence says whom we asked, and for what.
func (e Asked) Sentence() string {
	switch e.For {
	case KindThreeWay:
		return "A Disability Employment Adviser was asked for a three-way meeting."
	case KindDirect:
		return "A Disability Employment Adviser was asked for direct support."
	case KindAdvice:
	}
	return "A Disability Employment Adviser was asked for advice."
}

func (e Asked) makes() ID { return e.ID }

func (e Asked) touches() []ID { return append([]ID{e.ID}, e.Barriers...) }

func (e Asked) apply(p *Participant, r Record) {
	x := find(p.Escalations, e.ID)
	if x == nil {
		p.Escalations = append(p.Escalations, Escalation{ID: e.ID, State: EscalationDraft, Asking: Asking{Drafted: r.Day}})
		x = &p.Escalations[len(p.Escalations)-1]
	}
	may := x.hears(EntryAsked, e.Question, r, append([]EscalationState{EscalationAsked}, coachAsks...)...)
	x.Thread[len(x.Thread)-1].With = e.Tried
	if !may {
		return // answered, withdrawn or closed on another desk meanwhile
	}
	x.State, x.Kind, x.Question, x.Tried, x.Urgent, x.Informed = EscalationAsked, e.For, e.Question, e.Tried, e.Urgent, e.Informed
	x.AskedBy, x.Scope, x.Accepted, x.Since, x.Barriers = r.By, r.Scope, 0, r.Day, e.Barriers
	x.Times++
	if x.Asked.IsZero() {
		x.Asked = r.Day
	}
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
		return Refused("escalation", "That escalation is not on the record.")
	}
	if !slices.Contains(states, e.State) {
		return e.notNow()
	}
	return nil
}

// notNow refuses what the state of a question does not let anybody do, and says what it
// waits for.
func (e Escalation) notNow() error {
	return Refused("escalation", "This cannot be done now: that escalation is %s. %s", e.State, waitsFor[e.State])
}

// waitsFor says what goes on with a question next, by its state.
var waitsFor = map[EscalationState]string{
	EscalationDraft:      "The coach sends it first.",
	EscalationAsked:      "The adviser accepts it, answers it or returns it first.",
	EscalationAccepted:   "It waits for the adviser.",
	EscalationReturned:   "The coach says more and sends it again first.",
	EscalationAnswered:   "The coach says whether the advice worked, or closes it.",
	EscalationTried:      "Ask anew if there is more to ask.",
	EscalationBooked:     "It waits for the meeting.",
	EscalationHeld:       "The coach closes it.",
	EscalationAgreed:     "It waits for direct support to begin.",
	EscalationDeclined:   "The coach asks for something else, or closes it.",
	EscalationActive:     "Direct support goes on until the adviser hands it back.",
	EscalationHandedBack: "The coach closes it.",
	EscalationClosed:     "Ask anew if there is more to ask.",
	EscalationWithdrawn:  "Ask anew if there is more to ask.",
}

// Accepted happens when an adviser takes a question on.
type Accepted struct {
	ID ID `json:"id"`
}

var _ = know[Accepted]()

// Kind names the event on disk.
func (Accepted) Kind() string { return "escalation.accepted" }

// Sentence says that an answer will come.
func (Accepted) Sentence() string { return "The adviser accepted the escalation." }

func (e Accepted) touches() []ID { return []ID{e.ID} }

func (e Accepted) apply(p *Participant, r Record) {
	if x := p.escalation(e.ID, r); x.hears(EntryAccepted, "", r, EscalationAsked) {
		x.accept(r)
	}
}

// accept makes an adviser the one who deals with it. Direct support to which the
// person agreed before is agreed at once.
func (e *Escalation) accept(r Record) {
	e.State, e.Accepted, e.Adviser, e.Since = EscalationAccepted, r.Day, r.By, r.Day
	if e.Kind == KindDirect && e.Agreement().Yes {
		e.State = EscalationAgreed
	}
}

// escalation returns what an event is about. Its asking may have been undone on one
// desk while another went on with it: then it counts as withdrawn, and keeps what was
// said.
func (p *Participant) escalation(id ID, r Record) *Escalation {
	if x := find(p.Escalations, id); x != nil {
		return x
	}
	p.Escalations = append(p.Escalations, Escalation{ID: id, State: EscalationWithdrawn, Asking: Asking{Drafted: r.Day}, Ending: Ending{Ended: r.Day, Both: true}})
	return &p.Escalations[len(p.Escalations)-1]
}
