package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Referral is a person who is sent to a programme, with data about them: what was sent
// to whom, where it stands, and everything that was said of it. Silent, late and without
// consent are never recorded: they are computed.
type Referral struct {
	ID    ID
	State ReferralState
	Since calendar.Day // the day that the clock of this state counts from
	Sent  calendar.Day // the first time; zero: never
	Letter
	Letters  []ReferralLetter // every version of what was to be told, oldest first
	Handover ID               // the appointment of three at which the provider welcomes them; zero: none
	Settled  calendar.Day     // when somebody looked at how it ended
	Log      []ReferralEntry  // everything that was done and said about it, oldest first
	Both     bool             // it ended on two desks apart, or was taken back on one: both are kept
	Apart    bool             // two desks changed what was sent and did not know of each other
}

// ItemID makes Referral findable by its ID.
func (x Referral) ItemID() ID { return x.ID }

// Letter is what goes to a provider, beside the name.
type Letter struct {
	Programme string        `json:"programme"` // its key in the catalogue
	Provider  string        `json:"provider,omitempty"`
	Contact   string        `json:"contact,omitempty"`   // the named contact there
	Reference string        `json:"reference,omitempty"` // in another system, such as PRaP
	Text      string        `json:"text,omitempty"`      // why, in the person's words
	Items     []ConsentItem `json:"items,omitempty"`     // the parts of the record that go with it
}

// To is whom the ledger of consent knows the provider as.
func (l Letter) To() Recipient { return Recipient{ToProvider, l.Provider} }

// ReferralLetter is one version of a letter, and why it was changed.
type ReferralLetter struct {
	Letter
	On     calendar.Day
	By     ID
	Reason string
	Draft  bool // it was never sent
}

// ReferralState is where a referral stands in its life.
type ReferralState string

// The states. Those that a provider or a coach tells are stored; draft, checked, sent and
// withdrawn follow from their events.
const (
	ReferralDraft        ReferralState = "draft"
	ReferralChecked      ReferralState = "checked"
	ReferralSent         ReferralState = "sent"
	ReferralAcknowledged ReferralState = "acknowledged"
	ReferralBooked       ReferralState = "first meeting booked"
	ReferralMet          ReferralState = "met"
	ReferralStarted      ReferralState = "started"
	ReferralInProgress   ReferralState = "in progress"
	ReferralJobStart     ReferralState = "job start"

	ReferralCompleted   ReferralState = "completed"
	ReferralEndedEarly  ReferralState = "ended early"
	ReferralRejected    ReferralState = "rejected"
	ReferralNotEligible ReferralState = "not eligible"
	ReferralDeclined    ReferralState = "declined by the person"
	ReferralNoContact   ReferralState = "no contact"
	ReferralClosed      ReferralState = "programme closed"
	ReferralWithdrawn   ReferralState = "withdrawn"
)

// ReferralStates lists all there are, in the order of a referral's life.
var ReferralStates = append(slices.Clone(referralWay), referralEnds...)

// referralWay are the states that a referral goes through, and referralEnds those in
// which nobody has anything to do any more.
var (
	referralWay  = []ReferralState{ReferralDraft, ReferralChecked, ReferralSent, ReferralAcknowledged, ReferralBooked, ReferralMet, ReferralStarted, ReferralInProgress, ReferralJobStart}
	referralEnds = []ReferralState{ReferralCompleted, ReferralEndedEarly, ReferralRejected, ReferralNotEligible, ReferralDeclined, ReferralNoContact, ReferralClosed, ReferralWithdrawn}
)

// ReferralMoves are the states that somebody tells: what the provider answered, and what
// became of it.
var ReferralMoves = slices.DeleteFunc(slices.Clone(ReferralStates), func(s ReferralState) bool {
	return s == ReferralDraft || s == ReferralChecked || s == ReferralSent || s == ReferralWithdrawn
})

func (s ReferralState) String() string { return string(s) }

// Ended reports whether nobody has anything to do any more.
func (s ReferralState) Ended() bool { return slices.Contains(referralEnds, s) }

// Out reports whether data about the person lies with a provider who works on it.
func (s ReferralState) Out() bool { return s != "" && !s.Ended() && !s.before(ReferralSent) }

// before reports whether a state comes before another on the way.
func (s ReferralState) before(o ReferralState) bool {
	return slices.Index(referralWay, s) < slices.Index(referralWay, o)
}

// The lists of reasons for which referrals end.
const (
	ReasonsNotTaken  = "referral-rejected"  // rejected, not eligible, programme closed
	ReasonsWithdrawn = "referral-withdrawn" // by us
	ReasonsNoContact = "referral-no-contact"
	ReasonsDeclined  = "referral-declined" // by the person
	ReasonsEnded     = "referral-ended"    // completed or ended early
)

// Reasons names the list of coded reasons for a state; empty when it needs none.
func (s ReferralState) Reasons() string {
	switch s {
	case ReferralRejected, ReferralNotEligible, ReferralClosed:
		return ReasonsNotTaken
	case ReferralWithdrawn:
		return ReasonsWithdrawn
	case ReferralNoContact:
		return ReasonsNoContact
	case ReferralDeclined:
		return ReasonsDeclined
	case ReferralEndedEarly:
		return ReasonsEnded
	default:
		return ""
	}
}

// ReferralEntry is one thing that was done or said about a referral.
type ReferralEntry struct {
	What ReferralAct
	To   ReferralState // of a move
	On   calendar.Day  // when it was written down
	Day  calendar.Day  // when it happened, or when they meet
	At   int           // the minute of a first meeting; 0: no time
	By   ID
	Code string
	Text string
	Met  ReferralState // the state it came upon when it was too late to change it
}

// ReferralAct is what somebody did about a referral.
type ReferralAct string

// The acts are shown.
const (
	ActDrafted   ReferralAct = "drafted"
	ActChecked   ReferralAct = "checked"
	ActSent      ReferralAct = "sent"
	ActAmended   ReferralAct = "amended"
	ActMoved     ReferralAct = "moved"
	ActWithdrawn ReferralAct = "withdrawn"
	ActNamed     ReferralAct = "named"
	ActChased    ReferralAct = "asked after"
	ActHandover  ReferralAct = "warm handover"
	ActSettled   ReferralAct = "looked at"
)

// On returns the day on which a referral came into a state; zero when it never did. Of
// several, such as a first meeting that was moved, the last counts.
func (x Referral) On(s ReferralState) calendar.Day {
	var on calendar.Day
	for _, e := range x.Log {
		if e.To == s && e.Met == "" {
			on = e.Day
		}
	}
	return on
}

// Meets returns the day and the minute of the first meeting; 0 where none is known.
func (x Referral) Meets() (calendar.Day, int) {
	var day calendar.Day
	at := 0
	for _, e := range x.Log {
		if e.To == ReferralBooked && e.Met == "" {
			day, at = e.Day, e.At
		}
	}
	return day, at
}

// EndedOn returns the day on which it ended; zero while it goes on.
func (x Referral) EndedOn() calendar.Day {
	if !x.State.Ended() {
		return 0
	}
	return x.On(x.State)
}

// Code returns the coded reason for which it ended.
func (x Referral) Code() string {
	code := ""
	for _, e := range x.Log {
		if e.To == x.State && e.Met == "" && x.State.Ended() {
			code = e.Code
		}
	}
	return code
}

// LastChase returns when somebody last asked after it; zero for never.
func (x Referral) LastChase() calendar.Day {
	var last calendar.Day
	for _, e := range x.Log {
		if e.What == ActChased {
			last = max(last, e.Day)
		}
	}
	return last
}

// Short is how a referral is told apart from others without naming anybody: the
// reference that stands on its page.
func (x Referral) Short() string { return x.ID.Ref(referralRefLength) }

// referralRefLength tells the referrals of an office apart; a provider sends it back.
const referralRefLength = 8

// referral returns what an event is about. Its sending may have been undone on one desk
// while the provider's answer came to another: then it is told as it was sent, and
// counts as withdrawn.
func (p *Participant) referral(id ID, r Record) *Referral {
	if x := find(p.Referrals, id); x != nil && !x.Sent.IsZero() {
		return x
	}
	if x := find(p.Referrals, id); x != nil && p.made(id, Referred{}.Kind(), r) == nil {
		return x // a draft, as the writer knew it
	}
	past := p.made(id, Referred{}.Kind(), r)
	if past == nil {
		past = p.made(id, ReferralDrafted{}.Kind(), r)
	}
	if past == nil {
		return nil
	}
	past.Event.(participantEvent).apply(p, *past)
	x := find(p.Referrals, id)
	x.State, x.Since, x.Both = ReferralWithdrawn, r.Day, true
	x.Log = append(x.Log, ReferralEntry{What: ActWithdrawn, To: ReferralWithdrawn, On: r.Day, Day: r.Day, By: r.By, Text: takenBack})
	return x
}

// made returns the record of a kind that made a thing before another was written; nil
// when there is none that counted.
func (p *Participant) made(id ID, kind string, before Record) *Record {
	for i := range p.past {
		r := &p.past[i]
		if r.Before(before) >= 0 {
			return nil
		}
		if m, ok := r.Event.(maker); ok && r.Event.Kind() == kind && m.makes() == id && p.WhyNoEffect(*r) == "" {
			return r
		}
	}
	return nil
}

// hears writes an entry down, and reports whether it may change the state. What comes too
// late for that is kept as said.
func (x *Referral) hears(e ReferralEntry, r Record, may bool) bool {
	e.On, e.By = r.Day, r.By
	if e.Day.IsZero() {
		e.Day = r.Day
	}
	if !may {
		e.Met = x.State
	}
	x.Log = append(slices.Clone(x.Log), e)
	return may
}

// tells puts a version of the letter on the record, which stands from now on.
func (x *Referral) tells(l Letter, r Record, reason string, draft bool) {
	x.Letter = l
	x.Letters = append(slices.Clone(x.Letters), ReferralLetter{Letter: l, On: r.Day, By: r.By, Reason: reason, Draft: draft})
}

// check cleans a letter. A draft may lack what is needed to send it.
func (l Letter) check(s Stamp, draft bool) (Letter, error) {
	l.Programme = clean.Line(l.Programme, 60)
	l.Provider, l.Contact, l.Reference = clean.Line(l.Provider, clean.MaxLine), clean.Line(l.Contact, clean.MaxLine), clean.Line(l.Reference, 60)
	l.Text = clean.Text(l.Text, letterMost)
	l.Items = onlyItems(ConsentItems, l.Items)
	switch {
	case l.Programme == "":
		return l, Refused("programme", "Say to which programme. coachdesk programmes lists them.")
	case !draft && l.Provider == "":
		return l, Refused("provider", "Say who gets it: the name of the provider.")
	case !draft && l.Text == "":
		return l, Refused("text", "Write why, in the person's words, at least a sentence.")
	}
	for _, line := range ReadNote(l.Text, s.Today, Names{}).Lines {
		if line.Private() {
			return l, Refused("text", "This goes to the provider, so nothing private may stand in it. Take the part marked [%s] out; write it in a note.", line)
		}
	}
	return l, nil
}

// letterMost is how long the reason of a referral may be: one page holds it.
const letterMost = 2000

// findReferral returns a referral that somebody wants to work on.
func (p Participant) findReferral(id ID) (*Referral, error) {
	x := find(p.Referrals, id)
	if x == nil {
		return nil, Refused("referral", "That referral is not on the record.")
	}
	return x, nil
}

// outReferral returns a referral that lies with a provider.
func (p Participant) outReferral(id ID) (*Referral, error) {
	x, err := p.findReferral(id)
	switch {
	case err != nil:
		return nil, err
	case x.State.Ended():
		return nil, Refused("referral", "That referral has ended: %s. Refer again if there is reason to.", x.State)
	case !x.State.Out():
		return nil, Refused("referral", "That referral is not sent yet. Send it first.")
	}
	return x, nil
}
