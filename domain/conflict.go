package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// ConflictKind is what speaks against a time.
type ConflictKind string

// The kinds of conflict. None of them forbids anything: a coach may know better.
const (
	TwoAtOnce    ConflictKind = "two-at-once"   // somebody of the desk would be in two talks
	SameDay      ConflictKind = "same-day"      // the participant comes that day already
	OutsideHours ConflictKind = "outside-hours" // before the desk opens or after it closes
	OnDayOff     ConflictKind = "day-off"
	InBreak      ConflictKind = "break"
	FullDay      ConflictKind = "full-day" // no time was set, and no time is left
)

// Conflict is one thing that speaks against a time. Its words name nobody.
type Conflict struct {
	Kind ConflictKind `json:"kind"`
	Why  string       `json:"why"`
}

// Conflicts returns what speaks against an appointment at its time, each kind once,
// whether it stands in the diary already or is only thought of.
func (d Diary) Conflicts(t Taken) []Conflict {
	var out []Conflict
	add := func(k ConflictKind, why string) { out = append(out, Conflict{k, why}) }
	both, same := d.meetsOthers(t)
	if both != nil {
		add(TwoAtOnce, "two at once: another appointment from "+calendar.Clock(both.From)+" to "+calendar.Clock(both.To))
	}
	if same != nil {
		why := "the same person comes that day already"
		if same.From >= 0 {
			why += ", at " + calendar.Clock(same.From)
		}
		add(SameDay, why)
	}
	if why, off := d.DayOff(t.Day); off {
		add(OnDayOff, "on a day off: "+why)
		return out // neither hours nor breaks are kept on it
	}
	if t.From < 0 {
		if len(d.Free(t.Day, 0, t.Minutes(), t.With...)) == 0 {
			add(FullDay, "no time was set, and the day is full")
		}
		return out
	}
	if t.From < d.Opens || t.To > d.Closes {
		add(OutsideHours, "outside hours, "+calendar.Clock(d.Opens)+" to "+calendar.Clock(d.Closes))
	}
	for _, b := range d.breaksOn(t.Day) {
		if b.From < t.To && t.From < b.To {
			why := "in a break, " + b.Span()
			if b.Why != "" {
				why += ": " + b.Why
			}
			add(InBreak, why)
		}
	}
	return out
}

// meetsOthers returns the first other appointment that somebody of the desk would have
// at the same time, and the first other one of the same participant that day.
func (d Diary) meetsOthers(t Taken) (both, same *Taken) {
	day := d.On(t.Day)
	for i := range day {
		o := &day[i]
		switch {
		case o.Participant == t.Participant && o.Appointment == t.Appointment:
		case both == nil && t.From >= 0 && o.From < t.To && o.clashes(t.Day, t.From, t.To, t.With):
			both = o
		case same == nil && o.Participant == t.Participant && !t.Participant.IsZero():
			same = o
		}
	}
	return both, same
}

// Thought is an appointment that is only thought of, as the diary would hold it. When
// nobody of the desk is named it is with whoever books.
func (b Booking) Thought(participant, appointment, by ID) Taken {
	with := b.With
	if len(with) == 0 {
		with = []ID{by}
	}
	return Taken{Day: b.Day, From: b.Minute, To: b.Minute + MinutesOf(b.Length), Participant: participant, Appointment: appointment, With: slices.Clone(with)}
}
