package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
)

// StretchKind is what a stretch of a day is.
type StretchKind string

// The kinds of stretch.
const (
	StretchBooked StretchKind = "appointment"
	StretchBreak  StretchKind = "break"
	StretchFree   StretchKind = "free"
)

// Stretch is a part of somebody's day: an appointment, a break, or time to book in.
type Stretch struct {
	Kind      StretchKind
	From, To  int // From is -1 for an appointment without a time
	Taken     Taken
	Break     Break
	Conflicts []Conflict
}

// Day returns somebody's day in the order of time. Free time from earliest on is cut
// into slots of so many minutes; a rest that is shorter is one too. When nobody is
// named it is everybody's day, and no time of it is said to be free.
func (d Diary) Day(day calendar.Day, earliest, minutes int, whose ID) []Stretch {
	var out []Stretch
	for _, t := range d.On(day) {
		if t.Of(whose) {
			out = append(out, Stretch{Kind: StretchBooked, From: t.From, To: t.To, Taken: t, Conflicts: d.Conflicts(t)})
		}
	}
	if _, off := d.DayOff(day); off {
		return out
	}
	for _, b := range d.breaksOn(day) {
		out = append(out, Stretch{Kind: StretchBreak, From: b.From, To: b.To, Break: b})
	}
	byTime := func(a, b Stretch) int { return cmp.Compare(a.From, b.From) }
	slices.SortStableFunc(out, byTime)
	if whose.IsZero() || minutes <= 0 {
		return out
	}
	at := max(d.Opens, (earliest+freeStep-1)/freeStep*freeStep)
	for _, s := range slices.Clone(out) {
		if s.From >= 0 {
			out = append(out, gaps(at, min(s.From, d.Closes), minutes)...)
			at = max(at, s.To)
		}
	}
	out = append(out, gaps(at, d.Closes, minutes)...)
	slices.SortStableFunc(out, byTime)
	return out
}

// gaps cuts free time into slots. A rest below the step of free times is none.
func gaps(from, to, minutes int) []Stretch {
	var out []Stretch
	for ; to-from >= freeStep; from += minutes {
		out = append(out, Stretch{Kind: StretchFree, From: from, To: min(from+minutes, to)})
	}
	return out
}
