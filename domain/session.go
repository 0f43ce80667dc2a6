package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Outcome is how a one-to-one session went.
type Outcome string

// The outcomes are stored.
const (
	Happened    Outcome = "happened"
	CameNot     Outcome = "came but did not happen"
	DidNotCome  Outcome = "did not come"
	Rescheduled Outcome = "rescheduled"
)

// Outcomes lists all there are.
var Outcomes = []Outcome{Happened, CameNot, DidNotCome, Rescheduled}

// Session is one talk with a person, or what became of it.
type Session struct {
	ID          ID
	Appointment ID // zero when they just met
	Outcome     Outcome
	Day         calendar.Day
	Length      int // minutes; 0 when nobody said
	Channel     string
	Reason      string // why it did not happen or was moved
	MovedBy     Owner  // who asked to move it
	Kind        SessionKind
	Present     []string // who else was there, in a word or two each
	Interpreter string   // the language, or BSL; empty when nobody interpreted
	Escalation  ID       // of the adviser's direct support or three-way meeting; zero for none
	By          ID
	Versions    []SessionVersion // how it stood before and after each amendment, when there was one
	Apart       bool             // amended on two desks that did not know of each other
}

// ItemID makes Session findable by its ID.
func (s Session) ItemID() ID { return s.ID }

// LastSeen returns the day of the last session that happened; zero if none did.
func (p Participant) LastSeen() calendar.Day {
	var last calendar.Day
	for _, s := range p.Sessions {
		if s.Outcome == Happened {
			last = max(last, s.Day)
		}
	}
	return last
}

// SessionNotes returns the notes taken in a session.
func (p Participant) SessionNotes(id ID) []Note {
	var notes []Note
	for _, n := range p.Notes {
		if n.Session == id {
			notes = append(notes, n)
		}
	}
	return notes
}

// RecordSession says how a session went, with a note whose marks become items and
// perhaps the next appointment. All of it is one batch and one undo.
type RecordSession struct {
	Participant ID
	Appointment ID // zero takes the oldest unsettled one up to the session's day
	Outcome     Outcome
	Day         calendar.Day // zero means today
	Length      int
	Channel     string
	Reason      string
	MovedBy     Owner
	Kind        SessionKind // empty takes the appointment's
	Present     []string
	Interpreter string
	Escalation  ID
	Text        string
	Next        *Booking
	Rating      []RatingAnswer // how the person sees it, when they were asked
}

// For names the participant.
func (c RecordSession) For() Subject { return About(c.Participant) }

// Decide asks for an outcome and for who moved a session that was moved.
func (c RecordSession) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if err := c.check(s); err != nil {
		return nil, err
	}
	ch, err := channel(c.Channel)
	if err != nil {
		return nil, err
	}
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	kind := OneToOne
	if !c.Escalation.IsZero() {
		kind = c.Kind // the adviser's talk tells of no talk of the coach
	}
	told, _ := p.Settles(c.Appointment, kind, day)
	held := SessionHeld{
		ID: s.New(), Appointment: told.ID, Outcome: c.Outcome, Day: day, Length: c.Length,
		Channel: ch, Reason: clean.Line(c.Reason, clean.MaxLine), MovedBy: c.MovedBy,
		For: c.Kind, Present: presentLines(c.Present), Interpreter: clean.Line(c.Interpreter, 60), Escalation: c.Escalation,
	}
	if a := find(p.Appointments, held.Appointment); a != nil && held.For == OneToOne {
		held.For = a.Kind
	}
	if !c.Escalation.IsZero() && find(p.Escalations, c.Escalation) == nil {
		return nil, Refused("escalation", "That escalation is not on the record.")
	}
	if !c.Appointment.IsZero() && held.Appointment.IsZero() {
		return nil, Refused("appointment", "That appointment is not booked, or a session tells what became of it already.")
	}
	events := []Event{held}
	if clean.Text(c.Text, clean.MaxText) != "" {
		more, err := p.writeNote(c.Text, held.ID, s)
		if err != nil {
			return nil, err
		}
		events = append(events, more...)
	}
	if c.Next != nil {
		e, err := c.Next.booked(s.New(), s)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	if len(c.Rating) > 0 {
		e, err := rated(c.Rating, day, held.ID, s)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

func (c RecordSession) check(s Stamp) error {
	switch {
	case !slices.Contains(Outcomes, c.Outcome):
		return Refused("outcome", "Say how it went: happened, came but did not happen, did not come, or rescheduled.")
	case c.Day > s.Today:
		return Refused("day", "%s is still to come. Book an appointment instead.", c.Day.Short(s.Today))
	case c.Length < 0 || c.Length > 8*60:
		return Refused("length", "A session lasts up to 8 hours. Write the minutes, for example 20.")
	case c.Outcome == Rescheduled && c.MovedBy == "":
		return Refused("moved-by", "Say who asked to move it: person, coach, or another.")
	case len(c.Present) > presentMost:
		return Refused("present", "Write down up to %d people who were there.", presentMost)
	case c.MovedBy != "":
		if err := checkOwner(c.MovedBy); err != nil {
			return err
		}
	}
	return c.Kind.check()
}

// presentMost is how many others can be written down as having been there.
const presentMost = 8

// presentLines cleans who was there, and leaves out who is named twice.
func presentLines(who []string) []string {
	var out []string
	for _, w := range who {
		if w = clean.Line(w, 60); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// Settles returns the booked appointment that a session of a kind on a day tells about:
// the one that was named, else one of that day, else the oldest that nobody told of. A
// session with the adviser tells only of a meeting of its own kind.
func (p Participant) Settles(named ID, kind SessionKind, day calendar.Day) (Appointment, bool) {
	if !named.IsZero() {
		a := find(p.Appointments, named)
		if a == nil || a.State != AppointmentBooked {
			return Appointment{}, false
		}
		return *a, true
	}
	late := p.Unsettled(day)
	if kind == ThreeWayMeeting || kind == DirectSupport {
		late = slices.DeleteFunc(late, func(a Appointment) bool { return a.Kind != kind })
	}
	if i := slices.IndexFunc(late, func(a Appointment) bool { return a.Day == day }); i >= 0 {
		return late[i], true
	}
	if len(late) > 0 {
		return late[0], true
	}
	return Appointment{}, false
}

// SessionHeld happens when it is known how a session went.
type SessionHeld struct {
	ID          ID           `json:"id"`
	Appointment ID           `json:"appointment,omitzero"`
	Outcome     Outcome      `json:"outcome"`
	Day         calendar.Day `json:"day"`
	Length      int          `json:"length,omitempty"`
	Channel     string       `json:"channel,omitempty"`
	Reason      string       `json:"reason,omitempty"`
	MovedBy     Owner        `json:"moved_by,omitempty"`
	For         SessionKind  `json:"for,omitempty"`
	Present     []string     `json:"present,omitempty"`
	Interpreter string       `json:"interpreter,omitempty"`
	Escalation  ID           `json:"escalation,omitzero"`
}

var _ = know[SessionHeld]()

// Kind names the event on disk.
func (SessionHeld) Kind() string { return "session.held" }

// Sentence says how it went, not what was said.
func (e SessionHeld) Sentence() string {
	if e.For == SupportConversation && e.Outcome == DidNotCome {
		return "A support conversation on " + e.Day.Long() + " did not take place." // nobody has to come
	}
	switch e.Outcome {
	case Happened:
		return "A session happened on " + e.Day.Long() + "."
	case CameNot:
		return "They came on " + e.Day.Long() + ", but the session did not happen."
	case DidNotCome:
		return "They did not come on " + e.Day.Long() + "."
	case Rescheduled:
		return "The session of " + e.Day.Long() + " was moved by " + (Names{}).Called(e.MovedBy) + "."
	}
	return "A session was recorded for " + e.Day.Long() + "."
}

func (e SessionHeld) makes() ID { return e.ID }

func (e SessionHeld) touches() []ID { return []ID{e.Appointment, e.Escalation} }

func (e SessionHeld) apply(p *Participant, r Record) {
	p.Sessions = append(p.Sessions, Session{
		ID: e.ID, Appointment: e.Appointment, Outcome: e.Outcome, Day: e.Day, Length: e.Length,
		Channel: e.Channel, Reason: e.Reason, MovedBy: e.MovedBy, Kind: e.For, Present: e.Present,
		Interpreter: e.Interpreter, Escalation: e.Escalation, By: r.By,
	})
	p.settled(e.Appointment, e.Outcome)
	p.meetingMet(p.Sessions[len(p.Sessions)-1], r)
}

// settled says what became of the appointment that a session tells about.
func (p *Participant) settled(appointment ID, o Outcome) {
	if a := find(p.Appointments, appointment); a != nil {
		a.State = AppointmentSettled
		if o == Rescheduled {
			a.State = AppointmentMoved
		}
	}
}
