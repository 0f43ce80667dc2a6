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
	With        []ID // who of the desk is there
}

// Diary is when the people of a desk meet whom. It is a value: the same rows make the
// same diary.
type Diary struct {
	Opens, Closes int // of the working day, in minutes since midnight
	Taken         []Taken
}

// The working day of a desk unless it was set otherwise, and the step in which free
// times are offered.
const (
	dayOpens  = 9 * 60
	dayCloses = 17 * 60
	freeStep  = 10
)

// NewDiary reads the diary off the rows of a caseload, in the order of time.
func NewDiary(rows []Row) Diary {
	d := Diary{Opens: dayOpens, Closes: dayCloses}
	for _, r := range rows {
		for _, debt := range r.Debts {
			if debt.Kind != DebtAppointment {
				continue
			}
			d.Taken = append(d.Taken, Taken{
				Day: debt.Day, From: debt.Minute, To: debt.Minute + cmp.Or(debt.Length, SlotMinutes),
				Participant: cmp.Or(debt.Of, r.ID), Appointment: debt.ID, With: debt.With,
			})
		}
	}
	slices.SortFunc(d.Taken, func(a, b Taken) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), slices.Compare(a.Appointment[:], b.Appointment[:]))
	})
	return d
}

// Free returns the times of a day, in minutes since midnight and not before earliest,
// at which so many minutes are free in the diaries of everybody named.
func (d Diary) Free(day calendar.Day, earliest, minutes int, people ...ID) []int {
	var free []int
	for from := d.Opens; from+minutes <= d.Closes; from += freeStep {
		if from >= earliest && !slices.ContainsFunc(d.Taken, func(t Taken) bool { return t.clashes(day, from, from+minutes, people) }) {
			free = append(free, from)
		}
	}
	return free
}

// clashes reports whether a stretch of time is taken from one of some people.
func (t Taken) clashes(day calendar.Day, from, to int, people []ID) bool {
	return t.Day == day && t.From >= 0 && t.From < to && from < t.To &&
		slices.ContainsFunc(people, func(id ID) bool { return slices.Contains(t.With, id) })
}
