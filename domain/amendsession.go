package domain

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Account is what can be amended of a session: how it went, and with whom.
type Account struct {
	Outcome     Outcome
	Length      int
	Channel     string
	MovedBy     Owner
	Kind        SessionKind
	Present     []string
	Interpreter string
}

// SessionVersion is a session as it was recorded, or as an amendment left it.
type SessionVersion struct {
	ID     ID   // zero: as it was recorded
	After  []ID // the amendments that the writer knew of
	On     calendar.Day
	By     ID
	Reason string
	Account
}

// Account returns what a session is now.
func (s Session) Account() Account {
	return Account{s.Outcome, s.Length, s.Channel, s.MovedBy, s.Kind, s.Present, s.Interpreter}
}

// String says it in a line.
func (a Account) String() string {
	said := []string{string(a.Outcome), a.Kind.String()}
	if a.Outcome == DidNotCome && a.Kind == SupportConversation {
		said[0] = "did not take place" // nobody has to come
	}
	if a.Length > 0 {
		said = append(said, fmt.Sprintf("%d min", a.Length))
	}
	if a.Channel != "" {
		said = append(said, a.Channel)
	}
	if a.MovedBy != "" {
		said = append(said, "moved by "+(Names{}).Called(a.MovedBy))
	}
	if len(a.Present) > 0 {
		said = append(said, "with "+strings.Join(a.Present, ", "))
	}
	if a.Interpreter != "" {
		said = append(said, "interpreted into "+a.Interpreter)
	}
	return strings.Join(said, ", ")
}

func (a Account) equal(b Account) bool {
	return a.Outcome == b.Outcome && a.Length == b.Length && a.Channel == b.Channel && a.MovedBy == b.MovedBy &&
		a.Kind == b.Kind && a.Interpreter == b.Interpreter && slices.Equal(a.Present, b.Present)
}

// Before returns what the session was said to be before a version.
func (s Session) Before(v SessionVersion) Account {
	for _, o := range s.Versions {
		if len(v.After) > 0 && o.ID == v.After[0] {
			return o.Account
		}
	}
	return s.Versions[0].Account
}

// heads are the amendments that no other knew of, the one that shows first.
func (s Session) heads() []ID {
	known := map[ID]bool{{}: true} // the session as recorded is no amendment
	for _, v := range s.Versions {
		for _, id := range v.After {
			known[id] = true
		}
	}
	var heads []ID
	for _, v := range slices.Backward(s.Versions) {
		if !known[v.ID] {
			heads = append(heads, v.ID)
		}
	}
	return heads
}

// AmendSession changes how a session is said to have gone. What was said before is
// kept.
type AmendSession struct {
	Participant, Session ID
	Account
	Reason string
}

// For names the participant.
func (c AmendSession) For() Subject { return About(c.Participant) }

// Decide asks for a reason and for something that differs.
func (c AmendSession) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Sessions, c.Session)
	if x == nil {
		return nil, Refused("session", "That session is not on the record.")
	}
	if err := mayAmend(x.By, s); err != nil {
		return nil, err
	}
	a := c.Account
	err := RecordSession{Outcome: a.Outcome, Day: x.Day, Length: a.Length, MovedBy: a.MovedBy, Kind: a.Kind, Present: a.Present}.check(s)
	if err != nil {
		return nil, err
	}
	if a.Channel, err = channel(a.Channel); err != nil {
		return nil, err
	}
	a.Present, a.Interpreter = presentLines(a.Present), clean.Line(a.Interpreter, 60)
	if a.equal(x.Account()) {
		return nil, Refused("outcome", "Nothing is different from what the record says already.")
	}
	reason, err := words("reason", "The reason", c.Reason, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	return []Event{SessionAmended{
		ID: x.ID, Version: s.New(), After: x.heads(), Outcome: a.Outcome, Length: a.Length, Channel: a.Channel, MovedBy: a.MovedBy,
		For: a.Kind, Present: a.Present, Interpreter: a.Interpreter, Reason: reason,
	}}, nil
}

// SessionAmended happens when a session is said to have gone otherwise. It tells the
// whole of what can be amended, so that the later of two stands as it was meant.
type SessionAmended struct {
	ID          ID          `json:"id"`
	Version     ID          `json:"version"`
	After       []ID        `json:"after,omitempty"`
	Outcome     Outcome     `json:"outcome"`
	Length      int         `json:"length,omitempty"`
	Channel     string      `json:"channel,omitempty"`
	MovedBy     Owner       `json:"moved_by,omitempty"`
	For         SessionKind `json:"for,omitempty"`
	Present     []string    `json:"present,omitempty"`
	Interpreter string      `json:"interpreter,omitempty"`
	Reason      string      `json:"reason"`
}

var _ = know[SessionAmended]()

// Kind names the event on disk.
func (SessionAmended) Kind() string { return "session.amended" }

// Sentence says what it is now said to have been.
func (e SessionAmended) Sentence() string { return "A session was amended: " + string(e.Outcome) + "." }

func (e SessionAmended) makes() ID { return e.Version }

func (e SessionAmended) touches() []ID { return append([]ID{e.ID}, e.After...) }

func (e SessionAmended) apply(p *Participant, r Record) {
	x := find(p.Sessions, e.ID)
	if x == nil { // the record of it was lost: what is known of it stays
		p.Sessions = append(p.Sessions, Session{ID: e.ID, Day: r.Day, By: r.By})
		x = &p.Sessions[len(p.Sessions)-1]
	}
	if len(x.Versions) == 0 {
		x.Versions = []SessionVersion{{On: x.Day, By: x.By, Account: x.Account()}}
	}
	now := Account{e.Outcome, e.Length, e.Channel, e.MovedBy, e.For, e.Present, e.Interpreter}
	x.Versions = append(x.Versions, SessionVersion{ID: e.Version, After: e.After, On: r.Day, By: r.By, Reason: e.Reason, Account: now})
	x.Outcome, x.Length, x.Channel, x.MovedBy, x.Kind, x.Present, x.Interpreter = now.Outcome, now.Length, now.Channel, now.MovedBy, now.Kind, now.Present, now.Interpreter
	x.Apart = len(x.heads()) > 1
	p.settled(x.Appointment, x.Outcome)
	if x.Outcome == Happened {
		p.meetingMet(*x, r)
	} else {
		p.meetingWasNot(*x, r)
	}
}
