package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
)

// Taken is a stretch of a day that somebody's diary holds.
type Taken struct {
	Day         calendar.Day
	From, To    int // minutes since midnight; From is -1 when no time was set
	Participant ID  // whom it is with
	Appointment ID
	With        []ID   // who of the desk is there
	Name        string // as lists show them
}

// Diary is when the people of a desk meet whom. It is a value: the same rows make the
// same diary.
type Diary struct {
	Opens, Closes int // of the working day, in minutes since midnight
	Taken         []Taken
	Breaks        []Break
	Calendar      *calendar.Calendar // tells days off; nil knows none
}

// freeStep is the step in which free times are offered: the lines of a day.
const freeStep = 10

// MinutesOf is how long an appointment lasts that was booked for so many minutes, or
// for none in particular.
func MinutesOf(length int) int { return cmp.Or(length, SlotMinutes) }

// NewDiary reads the diary off the rows of a caseload, in the order of time. It opens
// when [Diary.At] tells its hours.
func NewDiary(rows []Row) Diary {
	d := Diary{Taken: make([]Taken, 0, len(rows))} // most have one
	for i := range rows {
		r := &rows[i]
		for _, debt := range r.Debts {
			if debt.Kind != DebtAppointment {
				continue
			}
			d.Taken = append(d.Taken, Taken{
				Day: debt.Day, From: debt.Minute, To: debt.Minute + MinutesOf(debt.Length),
				Participant: cmp.Or(debt.Of, r.ID), Appointment: debt.ID, With: debt.With, Name: r.Name,
			})
		}
	}
	slices.SortFunc(d.Taken, func(a, b Taken) int {
		if a.Day != b.Day {
			return cmp.Compare(a.Day, b.Day)
		}
		if a.From != b.From {
			return cmp.Compare(a.From, b.From)
		}
		return slices.Compare(a.Appointment[:], b.Appointment[:])
	})
	return d
}

// At returns the diary with the hours and breaks that a desk keeps, the usual hours
// where it keeps none of its own, and the days off of a calendar.
func (d Diary) At(desk Desk, usual Figures, cal *calendar.Calendar) Diary {
	d.Opens, d.Closes = desk.Hours(usual)
	d.Breaks, d.Calendar = desk.Breaks, cal
	return d
}

// On returns what a day holds, in the order of time, those without a time first.
func (d Diary) On(day calendar.Day) []Taken {
	find := func(day calendar.Day) int {
		at, _ := slices.BinarySearchFunc(d.Taken, day, func(t Taken, day calendar.Day) int { return cmp.Compare(t.Day, day) })
		return at
	}
	return d.Taken[find(day):find(day+1)]
}

// DayOff says why a day is none to work on: the name of a holiday or of the day of the
// week.
func (d Diary) DayOff(day calendar.Day) (why string, off bool) {
	if d.Calendar == nil || d.Calendar.Working(day) {
		return "", false
	}
	if name, ok := d.Calendar.Holiday(day); ok {
		return name, true
	}
	return day.Weekday().String(), true
}

// Free returns the times of a day, in minutes since midnight and not before earliest,
// at which so many minutes are free in the diaries of everybody named. Breaks and days
// off are not free.
func (d Diary) Free(day calendar.Day, earliest, minutes int, people ...ID) []int {
	if _, off := d.DayOff(day); off {
		return nil
	}
	taken, breaks := d.On(day), d.breaksOn(day)
	var free []int
	for from := d.Opens; from+minutes <= d.Closes; from += freeStep {
		if from < earliest || slices.ContainsFunc(breaks, func(b Break) bool { return b.From < from+minutes && from < b.To }) {
			continue
		}
		if !slices.ContainsFunc(taken, func(t Taken) bool { return t.clashes(day, from, from+minutes, people) }) {
			free = append(free, from)
		}
	}
	return free
}

func (d Diary) breaksOn(day calendar.Day) []Break {
	var all []Break
	for _, b := range d.Breaks {
		if b.On(day) {
			all = append(all, b)
		}
	}
	slices.SortStableFunc(all, func(a, b Break) int { return cmp.Compare(a.From, b.From) })
	return all
}

// clashes reports whether a stretch of time is taken from one of some people.
func (t Taken) clashes(day calendar.Day, from, to int, people []ID) bool {
	return t.Day == day && t.From >= 0 && t.From < to && from < t.To &&
		slices.ContainsFunc(people, func(id ID) bool { return slices.Contains(t.With, id) })
}

// Of reports whether an appointment is one of somebody's; nobody named means anybody's.
func (t Taken) Of(whose ID) bool { return whose.IsZero() || slices.Contains(t.With, whose) }

// Minutes is how long it lasts.
func (t Taken) Minutes() int { return t.To - t.From }

// Unsettled returns the appointments of somebody that are over at a minute of today
// and of which no session tells what happened, oldest first. One without a time is
// over when the desk closes.
func (d Diary) Unsettled(today calendar.Day, minute int, whose ID) []Taken {
	var late []Taken
	for _, t := range d.Taken {
		if t.Day > today {
			break
		}
		end := t.To
		if t.From < 0 {
			end = d.Closes
		}
		if t.Of(whose) && (t.Day < today || end <= minute) {
			late = append(late, t)
		}
	}
	return late
}
