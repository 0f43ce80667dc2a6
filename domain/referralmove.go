package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// MoveReferral says where a referral stands now: what the provider answered, or what
// became of it since.
type MoveReferral struct {
	Participant, Referral ID
	To                    ReferralState
	Day                   calendar.Day // when it happened, or when they meet; zero means today
	Minute                int          // of a first meeting, since midnight; 0 for no time
	Code, Words           string       // why it ended
	Contact, Reference    string       // as the provider says; empty leaves them
}

// For names the participant.
func (c MoveReferral) For() Subject { return About(c.Participant) }

// Decide lets a referral go on and not back, and asks why when it ends before its time.
func (c MoveReferral) Decide(p Participant, s Stamp) ([]Event, error) {
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	if more := c.saysMore(p, day, s); more != nil {
		return more, nil
	}
	x, err := p.outReferral(c.Referral)
	if err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(ReferralMoves, c.To):
		return nil, Refused("state", "Say how it stands: %s.", listed(ReferralMoves))
	case !c.To.Ended() && (c.To.before(x.State) || c.To == x.State && c.To != ReferralBooked):
		return nil, Refused("state", "That referral is %s already. Undo what was wrong, if it was.", x.State)
	case day > s.Today && c.To != ReferralBooked:
		return nil, Refused("on", "%s is still to come. Say it when it has happened.", day.Short(s.Today))
	case day < x.Sent:
		return nil, Refused("on", "It was sent on %s: this cannot have been before. Check the date.", x.Sent.Short(s.Today))
	case c.Minute < 0 || c.Minute >= 24*60:
		return nil, Refused("when", "That is not a time of day. Write it as 10:20.")
	}
	e := ReferralMoved{ID: x.ID, To: c.To, Day: day, Code: codeOf(c.Code), Words: clean.Text(c.Words, letterMost)}
	if c.To == ReferralBooked {
		e.Minute = c.Minute
	}
	if at, minute := x.Meets(); c.To == ReferralBooked && x.State == ReferralBooked && at == day && minute == e.Minute {
		return nil, Refused("when", "The record says so already.")
	}
	if list := c.To.Reasons(); list != "" && e.Code == "" && e.Words == "" {
		return nil, Refused("reason", "Say why: pick a reason, or write a few words.")
	}
	events := []Event{e}
	if named, err := (NameReferral{p.ID, x.ID, c.Contact, c.Reference}).Decide(p, s); err == nil {
		events = append(events, named...)
	}
	return append(events, p.provisionOf(*x, e, s)...), nil
}

// provisionOf is what a move means for the programme itself: its support starts with the
// referral's. One that is on the record already, or cannot be put there, is left to
// whoever knows better.
func (p Participant) provisionOf(x Referral, e ReferralMoved, s Stamp) []Event {
	switch e.To {
	case ReferralCompleted, ReferralEndedEarly:
		return p.provisionEnds(x, e, s)
	case ReferralStarted:
	default:
		return nil
	}
	started, err := StartProvision{
		Participant: p.ID, Referral: x.ID, Programme: x.Programme, Provider: x.Provider, Contact: x.Contact, InWork: p.WorkOn(e.Day), Started: e.Day,
	}.Decide(p, s)
	if err != nil {
		return nil
	}
	return started
}

// ReferralMoved happens when a provider answers, or something becomes of a referral.
type ReferralMoved struct {
	ID     ID            `json:"id"`
	To     ReferralState `json:"to"`
	Day    calendar.Day  `json:"day"`
	Minute int           `json:"minute,omitempty"` // of a first meeting
	Code   string        `json:"code,omitempty"`
	Words  string        `json:"words,omitempty"`
}

var _ = know[ReferralMoved]()

// Kind names the event on disk.
func (ReferralMoved) Kind() string { return "referral.moved" }

// Sentence says where it stands.
func (e ReferralMoved) Sentence() string {
	switch e.To {
	case ReferralAcknowledged:
		return "The provider acknowledged the referral."
	case ReferralBooked:
		return "The provider booked the first meeting: " + e.Day.Long() + "."
	case ReferralMet:
		return "The provider and the person met."
	case ReferralStarted:
		return "The programme started."
	case ReferralInProgress:
		return "The programme is in progress."
	case ReferralJobStart:
		return "A job started during the programme."
	case ReferralCompleted:
		return "The programme was completed."
	case ReferralEndedEarly:
		return "The programme ended early."
	case ReferralRejected:
		return "The provider did not take the referral."
	case ReferralNotEligible:
		return "The provider says that the programme is not for this person."
	case ReferralDeclined:
		return "The person does not want the referral."
	default:
		return "About a referral: " + clean.Line(string(e.To), 40) + "."
	}
}

func (e ReferralMoved) touches() []ID { return []ID{e.ID} }

func (e ReferralMoved) apply(p *Participant, r Record) {
	if x := p.referral(e.ID, r); x != nil {
		x.move(ReferralEntry{What: ActMoved, To: e.To, Day: e.Day, At: e.Minute, Code: e.Code, Text: e.Words}, r)
	}
}

// move brings a referral into a state, or keeps what was said of it. A referral goes on
// and not back; whoever ended it, it is ended; and what we withdrew stays withdrawn. The
// same answer with other words moves nothing.
func (x *Referral) move(e ReferralEntry, r Record) {
	if o, ok := x.told(e.To); ok && o.Day == cmp.Or(e.Day, r.Day) && o.At == e.At && o.Code == e.Code {
		x.hears(e, r, true)
		return
	}
	may := e.To.Ended() && x.State != ReferralWithdrawn || !e.To.Ended() && !x.State.Ended() && (x.State.before(e.To) || e.To == ReferralBooked && x.State == e.To)
	x.Both = x.Both || x.State.Ended()
	if x.hears(e, r, may) {
		x.State, x.Since = e.To, x.Log[len(x.Log)-1].Day
		if e.To == ReferralBooked {
			x.Since = r.Day // the meeting is still to come
		}
	}
}

// RecallReferral withdraws a referral: we take it back, because the person wants so or
// for another reason.
type RecallReferral struct {
	Participant, Referral ID
	Code, Words           string
}

// For names the participant.
func (c RecallReferral) For() Subject { return About(c.Participant) }

// Decide asks for a reason, and for a referral that goes on. A draft needs none.
func (c RecallReferral) Decide(p Participant, _ Stamp) ([]Event, error) {
	x, err := p.findReferral(c.Referral)
	switch {
	case err != nil:
		return nil, err
	case x.State.Ended():
		return nil, Refused("referral", "That referral has ended: %s.", x.State)
	}
	e := ReferralRecalled{ID: x.ID, Code: codeOf(c.Code), Words: clean.Text(c.Words, letterMost)}
	if x.State.Out() && e.Code == "" && e.Words == "" {
		return nil, Refused("reason", "Say why: pick a reason, or write a few words.")
	}
	return []Event{e}, nil
}

// ReferralRecalled happens when we take a referral back.
type ReferralRecalled struct {
	ID    ID     `json:"id"`
	Code  string `json:"code,omitempty"`
	Words string `json:"words,omitempty"`
}

var _ = know[ReferralRecalled]()

// Kind names the event on disk.
func (ReferralRecalled) Kind() string { return "referral.withdrawn" }

// Sentence says that it was taken back.
func (ReferralRecalled) Sentence() string { return "A referral was withdrawn." }

func (e ReferralRecalled) touches() []ID { return []ID{e.ID} }

func (e ReferralRecalled) apply(p *Participant, r Record) {
	if x := p.referral(e.ID, r); x != nil {
		x.move(ReferralEntry{What: ActWithdrawn, To: ReferralWithdrawn, Day: r.Day, Code: e.Code, Text: e.Words}, r)
	}
}

// SettleReferral says that somebody looked at how a referral ended, and what comes now.
type SettleReferral struct {
	Participant, Referral ID
	Words                 string
}

// For names the participant.
func (c SettleReferral) For() Subject { return About(c.Participant) }

// Decide asks for a referral that has ended, once.
func (c SettleReferral) Decide(p Participant, _ Stamp) ([]Event, error) {
	x, err := p.findReferral(c.Referral)
	switch {
	case err != nil:
		return nil, err
	case !x.State.Ended():
		return nil, Refused("referral", "That referral goes on: %s. Say first what came of it.", x.State)
	case !x.Settled.IsZero():
		return nil, Refused("referral", "That was looked at already.")
	}
	return []Event{ReferralSettled{ID: x.ID, Words: clean.Line(c.Words, clean.MaxLine)}}, nil
}

// ReferralSettled happens when somebody looked at how a referral ended.
type ReferralSettled struct {
	ID    ID     `json:"id"`
	Words string `json:"words,omitempty"`
}

var _ = know[ReferralSettled]()

// Kind names the event on disk.
func (ReferralSettled) Kind() string { return "referral.settled" }

// Sentence says that it is done.
func (ReferralSettled) Sentence() string { return "How a referral ended was looked at." }

func (e ReferralSettled) touches() []ID { return []ID{e.ID} }

func (e ReferralSettled) apply(p *Participant, r Record) {
	if x := p.referral(e.ID, r); x != nil {
		x.hears(ReferralEntry{What: ActSettled, Text: e.Words}, r, true)
		x.Settled = r.Day
	}
}

// provisionEnds ends the support that came of a referral, where it still runs.
func (p Participant) provisionEnds(x Referral, e ReferralMoved, s Stamp) []Event {
	for _, v := range p.Provisions {
		if v.Referral != x.ID || !v.Ended.IsZero() {
			continue
		}
		ended, err := EndProvision{Participant: p.ID, Provision: v.ID, Day: e.Day, Code: endOfSupport(e), Reason: e.Words}.Decide(p, s)
		if err != nil {
			return nil
		}
		return ended
	}
	return nil
}

// endOfSupport is why support ended, in the words of the office's list for it.
func endOfSupport(e ReferralMoved) string {
	if e.To == ReferralCompleted {
		return "completed"
	}
	if code, ok := map[string]string{"job": "job", "person": "declined", "health": "health", "eligibility": "not-eligible", "provider": "provider", "moved": "moved"}[e.Code]; ok {
		return code
	}
	return "other"
}
