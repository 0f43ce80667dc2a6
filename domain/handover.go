package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Handover is something of a person's case that one member of staff puts into the hands of
// another, at this desk or at another one: the case for a while or for good, one question,
// what goes with a referral, or a copy to know. What became of it is in [HandoverFate].
type Handover struct {
	ID       ID
	Kind     HandoverKind
	By, To   ID // staff, of whatever desk
	ToName   string
	ToRole   Role
	On       calendar.Day
	Until    calendar.Day // of cover: the first day back
	Words    HandoverWords
	Items    []HandoverItem
	Transfer ID             // the offer of the case that goes with it; zero: none
	Paper    *HandoverPaper // what somebody outside was shown; nil for staff
	Log      []HandoverTurn // everything that was said about it, oldest first
	HandoverFate
}

// HandoverFate is what became of a handover.
type HandoverFate struct {
	Recalled calendar.Day // by whoever offered it, before it was taken
	Ended    calendar.Day // taken back or handed back
	Instead  ID           // the handover that stands, when two desks offered the same to two people
	Both     bool         // two desks settled it in two ways and did not know of each other
}

// ItemID makes Handover findable by its ID.
func (h Handover) ItemID() ID { return h.ID }

// HandoverKind is what a handover is for. Its texts are stored.
type HandoverKind string

// The kinds of handover.
const (
	HandoverCover    HandoverKind = "cover"    // somebody looks after the case for a while; it stays whose it is
	HandoverTransfer HandoverKind = "transfer" // the case changes hands when it is taken
	HandoverQuestion HandoverKind = "question" // one escalation, to an adviser
	HandoverReferral HandoverKind = "referral" // what goes with a referral to a provider
	HandoverCopy     HandoverKind = "copy"     // to know; there is nothing to answer
)

// HandoverKinds lists all there are.
var HandoverKinds = []HandoverKind{HandoverCover, HandoverTransfer, HandoverQuestion, HandoverReferral, HandoverCopy}

func (k HandoverKind) String() string { return string(k) }

// Says tells in a few words what a handover of the kind asks for.
func (k HandoverKind) Says() string {
	switch k {
	case HandoverCover:
		return "look after the case for a while"
	case HandoverTransfer:
		return "take the case on for good"
	case HandoverQuestion:
		return "answer an escalation"
	case HandoverReferral:
		return "take a referral on"
	case HandoverCopy:
		return "a copy, to know"
	}
	return string(k)
}

// Receivers are the roles that a handover of the kind may go to.
func (k HandoverKind) Receivers() []Role {
	switch k {
	case HandoverCover:
		return []Role{Coach, Lead, Adviser}
	case HandoverTransfer:
		return []Role{Coach, Lead}
	case HandoverQuestion:
		return []Role{Adviser}
	case HandoverReferral:
		return []Role{Provider}
	case HandoverCopy:
		return []Role{Coach, Adviser, Provider, Lead}
	}
	return nil
}

// HandoverWords are what whoever hands over writes; the rest of a note is made from the
// record. They have no scope: whoever may see the handover may read them.
type HandoverWords struct {
	Why       string `json:"why,omitempty"`
	Summary   string `json:"summary,omitempty"`
	HowToWork string `json:"how,omitempty"`  // how to work with the person
	Gaps      string `json:"gaps,omitempty"` // what is not known, said honestly
}

// Empty reports whether nothing was written.
func (w HandoverWords) Empty() bool { return w == HandoverWords{} }

// handoverMost is how long each of the words may be: half a screen.
const handoverMost = 2000

func (w HandoverWords) clean() HandoverWords {
	return HandoverWords{
		Why: clean.Text(w.Why, handoverMost), Summary: clean.Text(w.Summary, handoverMost),
		HowToWork: clean.Text(w.HowToWork, handoverMost), Gaps: clean.Text(w.Gaps, handoverMost),
	}
}

// HandoverPaper is the page that was previewed before it went to somebody outside.
type HandoverPaper struct {
	Sections []HandoverSection `json:"sections"`
}

// HandoverSection is one part of the page.
type HandoverSection struct {
	Title string   `json:"title"`
	Lines []string `json:"lines,omitempty"`
}

// HandedKind is what an item of a handover is. Its texts are stored.
type HandedKind string

// What can be put into somebody's hands.
const (
	HandedCase        HandedKind = "case"
	HandedPromise     HandedKind = "promise"
	HandedStep        HandedKind = "step"
	HandedEscalation  HandedKind = "escalation"
	HandedReferral    HandedKind = "referral"
	HandedAppointment HandedKind = "appointment"
)

// HandedKinds lists all there are.
var HandedKinds = []HandedKind{HandedCase, HandedPromise, HandedStep, HandedEscalation, HandedReferral, HandedAppointment}

// HandoverAnswer is what the receiver says to an item. Its texts are stored.
type HandoverAnswer string

// The answers. An item without one is unanswered.
const (
	HandoverTaken   HandoverAnswer = "taken"
	HandoverAsked   HandoverAnswer = "question"
	HandoverNotMine HandoverAnswer = "not mine"
)

// HandoverAnswers lists all there are.
var HandoverAnswers = []HandoverAnswer{HandoverTaken, HandoverAsked, HandoverNotMine}

// weight orders answers of which two desks told two: who works with it already stands
// before a no, and a no before a question.
func (a HandoverAnswer) weight() int {
	switch a {
	case HandoverTaken:
		return 3
	case HandoverNotMine:
		return 2
	case HandoverAsked:
		return 1
	}
	return 0
}

// final reports whether nothing more is to be said to an item.
func (a HandoverAnswer) final() bool { return a == HandoverTaken || a == HandoverNotMine }

// HandoverItem is one thing that was handed over, and what the receiver said to it.
type HandoverItem struct {
	ID      ID
	What    HandedKind
	Of      ID // the promise, step and so on; zero for the case
	Answer  HandoverAnswer
	Words   string // of a question or a no
	On      calendar.Day
	By      ID
	Reply   string // to the question
	Replied calendar.Day
}

// ItemID makes HandoverItem findable by its ID.
func (i HandoverItem) ItemID() ID { return i.ID }

// HandoverTurn is one thing that was done or said about a handover.
type HandoverTurn struct {
	What   HandoverAct
	Items  []ID
	Answer HandoverAnswer
	Words  string
	On     calendar.Day
	By     ID
	Late   bool // another desk had settled it meanwhile: it is kept and changed nothing
}

// HandoverAct is what somebody did about a handover.
type HandoverAct string

// The acts are shown.
const (
	HandoverActOffered  HandoverAct = "offered"
	HandoverActAnswered HandoverAct = "answered"
	HandoverActReplied  HandoverAct = "replied"
	HandoverActRecalled HandoverAct = "called back"
	HandoverActEnded    HandoverAct = "ended"
)

// HandoverState is where a handover stands. The words are shown and not stored.
type HandoverState string

// The states of a handover.
const (
	HandoverIsOpen     HandoverState = "unanswered" // at least one item is
	HandoverIsAsked    HandoverState = "question"   // the receiver asked about an item
	HandoverIsTaken    HandoverState = "taken"      // every item is answered, at least one is taken
	HandoverIsDeclined HandoverState = "not taken"  // none of them is
	HandoverIsRecalled HandoverState = "called back"
	HandoverIsEnded    HandoverState = "ended"
	HandoverIsToKnow   HandoverState = "to know" // there is nothing to answer
	HandoverIsDoubled  HandoverState = "doubled" // the same went to somebody else first
)

// HandoverStates lists all there are.
var HandoverStates = []HandoverState{
	HandoverIsOpen, HandoverIsAsked, HandoverIsTaken, HandoverIsDeclined, HandoverIsRecalled, HandoverIsEnded, HandoverIsToKnow, HandoverIsDoubled,
}

// Over reports whether nobody holds anything by a handover in the state.
func (s HandoverState) Over() bool {
	switch s {
	case HandoverIsDeclined, HandoverIsRecalled, HandoverIsEnded, HandoverIsDoubled:
		return true
	default:
		return false
	}
}

// Waits reports whether the receiver or the sender has to say something.
func (s HandoverState) Waits() bool { return s == HandoverIsOpen || s == HandoverIsAsked }

// State returns where the handover stands. Of a recall and of something that was taken
// apart, what was taken stands: somebody works with the person.
func (h Handover) State() HandoverState {
	none, asked, taken := h.Count(""), h.Count(HandoverAsked), h.Count(HandoverTaken)
	switch {
	case !h.Ended.IsZero():
		return HandoverIsEnded
	case !h.Recalled.IsZero() && taken == 0:
		return HandoverIsRecalled
	case !h.Instead.IsZero():
		return HandoverIsDoubled
	case len(h.Items) == 0:
		return HandoverIsToKnow
	case asked > 0:
		return HandoverIsAsked
	case none > 0:
		return HandoverIsOpen
	case taken > 0:
		return HandoverIsTaken
	}
	return HandoverIsDeclined
}

// Count returns how many items have an answer; of none, how many are unanswered.
func (h Handover) Count(a HandoverAnswer) int {
	n := 0
	for _, i := range h.Items {
		if i.Answer == a {
			n++
		}
	}
	return n
}

// CaseItem returns the item that is the case itself; false when it is no part of it.
func (h Handover) CaseItem() (HandoverItem, bool) {
	i := slices.IndexFunc(h.Items, func(i HandoverItem) bool { return i.What == HandedCase })
	if i < 0 {
		return HandoverItem{}, false
	}
	return h.Items[i], true
}

// Covers reports whether the receiver looks after the case just now: it was taken for a
// while and is not taken back.
func (h Handover) Covers() bool {
	i, ok := h.CaseItem()
	return ok && h.Kind == HandoverCover && i.Answer == HandoverTaken && !h.State().Over()
}

// live reports whether a handover stands in the way of another one like it.
func (h Handover) live() bool {
	s := h.State()
	return s.Waits() || s == HandoverIsTaken && h.Kind != HandoverTransfer
}

// FindHandover returns a handover of the record; false when it is not there.
func (p Participant) FindHandover(id ID) (Handover, bool) {
	if h := find(p.Handovers, id); h != nil {
		return *h, true
	}
	return Handover{}, false
}

// HandoversFor returns what was offered to somebody, oldest first.
func (p Participant) HandoversFor(me ID) []Handover {
	return slices.DeleteFunc(slices.Clone(p.Handovers), func(h Handover) bool { return h.To != me })
}

// HandoversBy returns what somebody handed over, oldest first.
func (p Participant) HandoversBy(me ID) []Handover {
	return slices.DeleteFunc(slices.Clone(p.Handovers), func(h Handover) bool { return h.By != me })
}

// Cover returns the handover by which somebody looks after the case just now; false when
// nobody does.
func (p Participant) Cover() (Handover, bool) {
	for _, h := range p.Handovers {
		if h.Covers() {
			return h, true
		}
	}
	return Handover{}, false
}

// WhyNotAnswer says why somebody cannot answer a handover; empty means they can.
func (h Handover) WhyNotAnswer(me ID) string {
	if h.To != me {
		return "It was offered to somebody else: they answer it."
	}
	if s := h.State(); s.Over() || s == HandoverIsToKnow || s == HandoverIsTaken {
		return h.settled()
	}
	return ""
}

// settled says in a sentence that a handover is not open any more.
func (h Handover) settled() string {
	switch s := h.State(); s {
	case HandoverIsToKnow:
		return "It is a copy, to know: there is nothing to answer."
	case HandoverIsRecalled:
		return fmt.Sprintf("It was called back %s.", h.Recalled.Short(0))
	case HandoverIsEnded:
		return fmt.Sprintf("It is over since %s.", h.Ended.Short(0))
	case HandoverIsDoubled:
		return "The same was offered to somebody else before: that stands."
	case HandoverIsTaken, HandoverIsDeclined:
		return fmt.Sprintf("It is answered already: %s.", s)
	case HandoverIsOpen, HandoverIsAsked:
	}
	return ""
}

// WhyNotReply says why somebody cannot answer a question about a handover; empty means
// they can. A team lead may for whoever is away.
func (h Handover) WhyNotReply(me ID, role Role) string {
	switch {
	case !h.sender(me, role):
		return "Somebody else handed it over: they answer questions about it."
	case h.State().Over():
		return h.settled()
	case h.Count(HandoverAsked) == 0:
		return "Nobody asked about it."
	}
	return ""
}

// WhyNotRecall says why somebody cannot call a handover back; empty means they can.
func (h Handover) WhyNotRecall(me ID, role Role) string {
	switch s := h.State(); {
	case !h.sender(me, role):
		return "Somebody else handed it over: they or their team lead call it back."
	case s == HandoverIsToKnow:
		return "It is a copy: what is known cannot be called back."
	case s.Over():
		return h.settled()
	case h.Count(HandoverTaken) > 0 && h.Kind == HandoverTransfer:
		return "It was taken already. Ask for the case to be handed over to you."
	case h.Count(HandoverTaken) > 0:
		return "It was taken already. Take it back instead."
	}
	return ""
}

// WhyNotEnd says why somebody cannot end a handover: the sender takes it back, or has
// looked at a no; the receiver hands it back. Empty means they can.
func (h Handover) WhyNotEnd(me ID, role Role) string {
	s := h.State()
	switch {
	case h.To != me && !h.sender(me, role):
		return "It is between two others: they end it."
	case s == HandoverIsDeclined && h.sender(me, role):
		return ""
	case s.Over():
		return h.settled()
	case s == HandoverIsToKnow:
		return "It is a copy, to know: there is nothing to take back."
	case h.Kind == HandoverTransfer:
		return "The case was handed over for good. Whoever has it now hands it over again."
	case h.Count(HandoverTaken) == 0 && h.To == me:
		return "You have taken nothing of it. Answer it: not mine."
	case h.Count(HandoverTaken) == 0:
		return "Nothing of it was taken. Call it back instead."
	}
	return ""
}

// sender reports whether somebody may act for whoever offered a handover.
func (h Handover) sender(me ID, role Role) bool { return h.By == me || role == Lead }
