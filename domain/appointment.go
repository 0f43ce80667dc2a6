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
	Scope   Scope
	State   AppointmentState
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
}

func (b Booking) booked(id ID, s Stamp) (Booked, error) {
	switch {
	case b.Day.IsZero():
		return Booked{}, Refused("when", "Say when, for example: fri 10:20, or 2w.")
	case b.Day < s.Today:
		return Booked{}, Refused("when", "%s is in the past. Say a day from today on.", b.Day.Short(s.Today))
	case b.Minute < -1 || b.Minute >= 24*60:
		return Booked{}, Refused("when", "That is not a time of day. Write it as 10:20.")
	case b.Length < 0 || b.Length > 8*60:
		return Booked{}, Refused("length", "An appointment lasts up to 8 hours. Write the minutes, for example 20.")
	}
	ch, err := channel(b.Channel)
	if err != nil {
		return Booked{}, err
	}
	return Booked{ID: id, Day: b.Day, Minute: b.Minute, Length: b.Length, Channel: ch, Purpose: clean.Line(b.Purpose, clean.MaxLine)}, nil
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
	for _, a := range p.Appointments {
		if a.State == AppointmentBooked && a.Day == e.Day && a.Minute == e.Minute {
			return nil, Refused("when", "There is an appointment at that time already.")
		}
	}
	return []Event{e}, nil
}

// Booked happens when an appointment is made.
type Booked struct {
	ID      ID           `json:"id"`
	Day     calendar.Day `json:"day"`
	Minute  int          `json:"minute"` // since midnight; -1 for no time
	Length  int          `json:"length,omitempty"`
	Channel string       `json:"channel,omitempty"`
	Purpose string       `json:"purpose,omitempty"`
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
	p.Appointments = append(p.Appointments, Appointment{
		ID: e.ID, Day: e.Day, Minute: e.Minute, Length: e.Length, Channel: e.Channel, Purpose: e.Purpose, Scope: r.Scope, State: AppointmentBooked,
	})
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
	if a := find(p.Appointments, c.Appointment); a == nil || a.State != AppointmentBooked {
		return nil, Refused("appointment", "That appointment is not booked.")
	}
	return []Event{Cancelled{ID: c.Appointment, Reason: clean.Line(c.Reason, clean.MaxLine)}}, nil
}

// Cancelled happens when an appointment is taken out of the diary.
type Cancelled struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason,omitempty"`
}

var _ = know[Cancelled]()

// Kind names the event on disk.
func (Cancelled) Kind() string { return "appointment.cancelled" }

// Sentence says that it will not be.
func (Cancelled) Sentence() string { return "An appointment was cancelled." }

func (e Cancelled) touches() []ID { return []ID{e.ID} }

func (e Cancelled) apply(p *Participant, _ Record) {
	if a := find(p.Appointments, e.ID); a != nil {
		a.State = AppointmentCancelled
	}
}
