package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
)

// Meeting is what becomes of a three-way meeting: person, coach and adviser.
type Meeting struct {
	Appointment ID // zero: none stands
	Booked      calendar.Day
	Held        calendar.Day

	fell []ID // appointments that were to be the meeting, as far as it was known
}

// BookMeeting books a three-way meeting in the diaries of coach and adviser. A question
// of another kind is turned into one, for a reason.
type BookMeeting struct {
	Participant, Escalation ID
	Booking
	Reason string // of turning it; needed when it was not asked for
}

// For names the participant.
func (c BookMeeting) For() Subject { return About(c.Participant) }

// Decide asks for a time and, of a question of another kind, for a reason.
func (c BookMeeting) Decide(p Participant, s Stamp) ([]Event, error) {
	x, events, err := p.asKind(c.Escalation, KindThreeWay, "Why a meeting of three", c.Reason)
	if err != nil {
		return nil, err
	}
	b := c.Booking
	b.Kind = ThreeWayMeeting
	if len(b.With) == 0 {
		b.With = x.MeetingPeople(s.By)
	}
	booked, err := (Book{Participant: p.ID, Booking: b}).Decide(p, s)
	if err != nil {
		return nil, err
	}
	id := booked[0].(Booked).ID
	return append(append(events, booked...), MeetingBooked{ID: x.ID, Appointment: id}), nil
}

// MeetingBooked happens when a three-way meeting has a time.
type MeetingBooked struct {
	ID          ID `json:"id"`
	Appointment ID `json:"appointment"`
}

var _ = know[MeetingBooked]()

// Kind names the event on disk.
func (MeetingBooked) Kind() string { return "escalation.booked" }

// Sentence says that they will meet.
func (MeetingBooked) Sentence() string { return "The meeting of three was booked." }

func (e MeetingBooked) touches() []ID { return []ID{e.ID, e.Appointment} }

func (e MeetingBooked) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	when := ""
	if a := find(p.Appointments, e.Appointment); a != nil {
		when = a.Day.Long() + clockWords(a.Minute)
	}
	if !x.hears(EntryBooked, when, r, EscalationAsked, EscalationAccepted, EscalationReturned, EscalationAgreed, EscalationBooked) {
		return // withdrawn meanwhile: the appointment stands in the diary until it is cancelled
	}
	if x.Accepted.IsZero() {
		x.Accepted = r.Day
	}
	x.State, x.Kind, x.Since = EscalationBooked, KindThreeWay, r.Day
	x.Appointment, x.Booked = e.Appointment, r.Day
}

// meetingFell puts a three-way meeting that will not be back to where it is to be
// booked.
func (p *Participant) meetingFell(appointment ID, r Record) {
	for i := range p.Escalations {
		x := &p.Escalations[i]
		if x.State == EscalationBooked && x.Appointment == appointment {
			x.hears(EntryFell, "", r, EscalationBooked)
			x.fell = append(slices.Clone(x.fell), appointment)
			x.State, x.Appointment, x.Since = EscalationAccepted, ID{}, r.Day
		}
	}
}

// meetingMet tells an escalation of the session that belongs to it, as it was recorded
// or as it was amended. A meeting that was held stands, whoever cancelled it meanwhile.
func (p *Participant) meetingMet(s Session, r Record) {
	for i := range p.Escalations {
		x := &p.Escalations[i]
		stands := !s.Appointment.IsZero() && x.Appointment == s.Appointment
		mine := stands || x.ID == s.Escalation || !s.Appointment.IsZero() && slices.Contains(x.fell, s.Appointment)
		switch {
		case x.Kind != KindThreeWay || !mine:
		case s.Outcome == Happened && x.State == EscalationHeld:
		case s.Outcome == Happened:
			if x.hears(EntryHeld, "", r, EscalationAsked, EscalationAccepted, EscalationBooked) {
				x.State, x.Held, x.Since = EscalationHeld, s.Day, 0
			}
		case stands:
			p.meetingFell(s.Appointment, r)
		}
	}
}

// meetingWasNot takes back that a three-way meeting was held: its session was amended.
func (p *Participant) meetingWasNot(s Session, r Record) {
	for i := range p.Escalations {
		x := &p.Escalations[i]
		mine := x.ID == s.Escalation || !s.Appointment.IsZero() && (x.Appointment == s.Appointment || slices.Contains(x.fell, s.Appointment))
		if mine && x.Kind == KindThreeWay && x.State == EscalationHeld {
			x.hears(EntryFell, "", r, EscalationHeld)
			if !x.Appointment.IsZero() {
				x.fell = append(slices.Clone(x.fell), x.Appointment)
			}
			x.State, x.Held, x.Appointment, x.Since = EscalationAccepted, 0, ID{}, r.Day
		}
	}
}

// MeetingPeople returns who of the desk a three-way meeting needs: the coach who asked
// and the adviser, who is whoever books it when nobody has accepted yet.
func (e Escalation) MeetingPeople(me ID) []ID {
	all := []ID{e.AskedBy}
	if adviser := cmp.Or(e.Adviser, me); adviser != e.AskedBy {
		all = append(all, adviser)
	}
	return all
}

// MeetingSlot is a time at which everybody needed is free.
type MeetingSlot struct {
	Day    calendar.Day
	Minute int
}

// MeetingSlots offers times for a three-way meeting from both diaries: so many, on
// working days from tomorrow on, and a few a day, so that there is a choice of days.
func (d Diary) MeetingSlots(today calendar.Day, cal *calendar.Calendar, minutes, most int, f Figures, people []ID) []MeetingSlot {
	var out []MeetingSlot
	for day := today + 1; len(out) < most && day < today.AddDays(f.Of(FigureMeetingsAhead)); day++ {
		if !cal.Working(day) {
			continue
		}
		n, earliest := 0, 0
		for _, at := range d.Free(day, 0, minutes, people...) {
			if n < f.Of(FigureMeetings) && at >= earliest && len(out) < most {
				out = append(out, MeetingSlot{day, at})
				n, earliest = n+1, at+f.Of(FigureMeetingsApart)
			}
		}
	}
	return out
}
