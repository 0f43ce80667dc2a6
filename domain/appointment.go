package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Appointment is a time to meet.
type Appointment struct {
	ID      ID
	Day     calendar.Day
	Minute  int // since midnight; -1 when no time was set
	Length  int // minutes; 0 when not set
	Channel string
	Purpose string
	Kind    SessionKind
	With    []ID // who of the desk is there; whoever booked it unless it was said
	Changes int  // how often it got another time
	Scope   Scope
	State   AppointmentState
	Reason  string // why it was cancelled
}

// AppointmentState is what became of an appointment.
type AppointmentState string

// The states are stored in events; a new appointment is booked.
const (
	AppointmentBooked    AppointmentState = "booked"
	AppointmentSettled   AppointmentState = "settled" // a session says what happened
	AppointmentMoved     AppointmentState = "moved"
	AppointmentCancelled AppointmentState = "cancelled"
)

// ItemID makes Appointment findable by its ID.
func (a Appointment) ItemID() ID { return a.ID }

// Ended reports whether the appointment will not be: it was cancelled, or a session
// tells that it was moved.
func (a Appointment) Ended() bool {
	return a.State == AppointmentCancelled || a.State == AppointmentMoved
}

// SlotMinutes is how long an appointment lasts when nobody said.
const SlotMinutes = 20

// NextAppointment returns the booked appointment nearest to come, from today on.
func (p Participant) NextAppointment(today calendar.Day) (Appointment, bool) {
	var next Appointment
	for _, a := range p.Appointments {
		if a.State == AppointmentBooked && a.Day >= today && (next.Day.IsZero() || a.earlier(next)) {
			next = a
		}
	}
	return next, !next.Day.IsZero()
}

// NextPublic returns the nearest appointment that others may know of.
func (p Participant) NextPublic(today calendar.Day) (Appointment, bool) {
	p.Appointments = slices.DeleteFunc(slices.Clone(p.Appointments), func(a Appointment) bool { return a.Scope.Private() })
	return p.NextAppointment(today)
}

// CancelledSince returns the cancelled appointments from a day on, oldest first: what
// was meant to be since the last talk, and will not be.
func (p Participant) CancelledSince(day calendar.Day) []Appointment {
	var gone []Appointment
	for _, a := range p.Appointments {
		if a.State == AppointmentCancelled && a.Day >= day {
			gone = append(gone, a)
		}
	}
	slices.SortStableFunc(gone, func(a, b Appointment) int { return int(a.Day - b.Day) })
	return gone
}

// Unsettled returns the booked appointments up to a day of which no session tells
// what happened, oldest first.
func (p Participant) Unsettled(until calendar.Day) []Appointment {
	var late []Appointment
	for _, a := range p.Appointments {
		if a.State == AppointmentBooked && a.Day <= until {
			late = append(late, a)
		}
	}
	slices.SortFunc(late, func(a, b Appointment) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute))
	})
	return late
}

func (a Appointment) earlier(b Appointment) bool {
	return a.Day < b.Day || a.Day == b.Day && a.Minute < b.Minute
}

// Booking is when and how to meet.
type Booking struct {
	Day     calendar.Day
	Minute  int // since midnight; -1 for no time
	Length  int // minutes; 0 for the usual slot
	Channel string
	Purpose string
	Kind    SessionKind
	With    []ID // who of the desk is there; nobody named means whoever books
}

func (b Booking) booked(id ID, s Stamp) (Booked, error) {
	if err := b.check(s); err != nil {
		return Booked{}, err
	}
	ch, err := channel(b.Channel)
	if err != nil {
		return Booked{}, err
	}
	if err := b.Kind.check(); err != nil {
		return Booked{}, err
	}
	return Booked{
		ID: id, Day: b.Day, Minute: b.Minute, Length: b.Length, Channel: ch, Purpose: clean.Line(b.Purpose, clean.MaxLine),
		For: b.Kind, With: b.With,
	}, nil
}

// check refuses what cannot be a time to meet.
func (b Booking) check(s Stamp) error {
	switch {
	case b.Day.IsZero():
		return Refused("when", "Say when, for example: fri 10:20, or 2w.")
	case b.Day < s.Today:
		return Refused("when", "%s is in the past. Say a day from today on.", b.Day.Short(s.Today))
	case b.Minute < -1 || b.Minute >= 24*60:
		return Refused("when", "That is not a time of day. Write it as 10:20.")
	case b.Length < 0 || b.Length > 8*60:
		return Refused("length", "An appointment lasts up to 8 hours. Write the minutes, for example 20.")
	}
	return nil
}

func channel(c string) (string, error) {
	if c == "" {
		return "", nil
	}
	f, _ := FieldOf(FactChannel)
	return f.Clean(c, Stamp{})
}

// Book books an appointment.
type Book struct {
	Participant ID
	Booking
}

// For names the participant.
func (c Book) For() Subject { return About(c.Participant) }

// Decide refuses a day in the past and a second appointment at the same time.
func (c Book) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	e, err := c.booked(s.New(), s)
	if err != nil {
		return nil, err
	}
	if p.meets(e.Day, e.Minute) {
		return nil, Refused("when", "There is an appointment at that time already.")
	}
	return []Event{e}, nil
}

// meets reports whether an appointment begins at a time.
func (p Participant) meets(day calendar.Day, minute int) bool {
	return slices.ContainsFunc(p.Appointments, func(a Appointment) bool {
		return a.State == AppointmentBooked && a.Day == day && a.Minute == minute
	})
}

// Booked happens when an appointment is made.
type Booked struct {
	ID      ID           `json:"id"`
	Day     calendar.Day `json:"day"`
	Minute  int          `json:"minute"` // since midnight; -1 for no time
	Length  int          `json:"length,omitempty"`
	Channel string       `json:"channel,omitempty"`
	Purpose string       `json:"purpose,omitempty"`
	For     SessionKind  `json:"for,omitempty"`
	With    []ID         `json:"with,omitempty"`
	Scope   Scope        `json:"scope,omitempty"`
}

var _ = know[Booked]()

// Kind names the event on disk.
func (Booked) Kind() string { return "appointment.booked" }

// Sentence says when.
func (e Booked) Sentence() string {
	return "An appointment was booked: " + e.Day.Long() + clockWords(e.Minute) + "."
}

func clockWords(minute int) string {
	if minute < 0 {
		return ""
	}
	return ", " + calendar.Clock(minute)
}

// InScope implements [Scoped].
func (e Booked) InScope() Scope { return e.Scope }

func (e Booked) makes() ID { return e.ID }

func (e Booked) apply(p *Participant, r Record) {
	with := e.With
	if len(with) == 0 {
		with = []ID{r.By}
	}
	p.Appointments = append(p.Appointments, Appointment{
		ID: e.ID, Day: e.Day, Minute: e.Minute, Length: e.Length, Channel: e.Channel, Purpose: e.Purpose,
		Kind: e.For, With: with, Scope: r.Scope, State: AppointmentBooked,
	})
}

// Rebook gives an appointment another time. The purpose, the kind and who is there
// stay.
type Rebook struct {
	Participant, Appointment ID
	Booking
}

// For names the participant.
func (c Rebook) For() Subject { return About(c.Participant) }

// Decide refuses one that is not booked, a day in the past and a time that is taken.
func (c Rebook) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.Appointments, c.Appointment)
	if a == nil || a.State != AppointmentBooked {
		return nil, Refused("appointment", "That appointment is not booked.")
	}
	if err := c.check(s); err != nil {
		return nil, err
	}
	ch, err := channel(c.Channel)
	if err != nil {
		return nil, err
	}
	e := Rebooked{ID: a.ID, Day: c.Day, Minute: c.Minute, Length: cmp.Or(c.Length, a.Length), Channel: cmp.Or(ch, a.Channel)}
	if p.meets(e.Day, e.Minute) {
		return nil, Refused("when", "There is an appointment at that time already.")
	}
	return []Event{e}, nil
}

// Rebooked happens when an appointment gets another time.
type Rebooked struct {
	ID      ID           `json:"id"`
	Day     calendar.Day `json:"day"`
	Minute  int          `json:"minute"` // since midnight; -1 for no time
	Length  int          `json:"length,omitempty"`
	Channel string       `json:"channel,omitempty"`
}

var _ = know[Rebooked]()

// Kind names the event on disk.
func (Rebooked) Kind() string { return "appointment.rebooked" }

// Sentence says when it is now.
func (e Rebooked) Sentence() string {
	return "An appointment was moved to " + e.Day.Long() + clockWords(e.Minute) + "."
}

func (e Rebooked) touches() []ID { return []ID{e.ID} }

func (e Rebooked) apply(p *Participant, _ Record) {
	// Moved here and cancelled or held there: the end stands, in whichever order.
	if a := find(p.Appointments, e.ID); a != nil {
		a.Day, a.Minute, a.Length, a.Channel = e.Day, e.Minute, e.Length, e.Channel
		a.Changes++
	}
}

// CancelAppointment takes an appointment out of the diary.
type CancelAppointment struct {
	Participant, Appointment ID
	Reason                   string
}

// For names the participant.
func (c CancelAppointment) For() Subject { return About(c.Participant) }

// Decide refuses one that is not booked.
func (c CancelAppointment) Decide(p Participant, _ Stamp) ([]Event, error) {
	a := find(p.Appointments, c.Appointment)
	if a == nil || a.State != AppointmentBooked {
		return nil, Refused("appointment", "That appointment is not booked.")
	}
	return []Event{Cancelled{ID: a.ID, Reason: clean.Line(c.Reason, clean.MaxLine), Scope: a.Scope}}, nil
}

// Cancelled happens when an appointment is taken out of the diary.
type Cancelled struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason,omitempty"`
	Scope  Scope  `json:"scope,omitempty"`
}

var _ = know[Cancelled]()

// Kind names the event on disk.
func (Cancelled) Kind() string { return "appointment.cancelled" }

// Sentence says that it will not be.
func (Cancelled) Sentence() string { return "An appointment was cancelled." }

// InScope implements [Scoped].
func (e Cancelled) InScope() Scope { return e.Scope }

func (e Cancelled) touches() []ID { return []ID{e.ID} }

func (e Cancelled) apply(p *Participant, r Record) {
	// Cancelled here and met there: a session tells what became of it, in either order.
	if a := find(p.Appointments, e.ID); a != nil && a.State == AppointmentBooked {
		a.State = AppointmentCancelled
	}
	if a := find(p.Appointments, e.ID); a != nil && e.Reason != a.Reason { // cancelled apart: both reasons stand
		a.Reason = joinWords(a.Reason, e.Reason)
	}
	p.meetingFell(e.ID, r)
}
