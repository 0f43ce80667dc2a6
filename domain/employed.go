package domain

import (
	"cmp"

	"coachdesk/domain/calendar"
)

// Employed is how somebody stands in work on a day.
type Employed struct {
	Status  string // as the fact says it: none, employed, self-employed, apprentice, off sick; empty: nobody knows
	Minutes int    // a week, over all jobs
	Since   calendar.Day
	Jobs    int // that run
}

// Is reports whether somebody is in work.
func (e Employed) Is() bool { return e.Status != "" && e.Status != "none" }

// EmployedOn tells how somebody stands in work on a day: by the jobs of the record, and
// where there is none that tells, by the facts that were told since. It is the one place
// that plans, matching and lists ask.
func (p Participant) EmployedOn(on calendar.Day) Employed {
	told := p.Facts[FactEmployment]
	return p.workRow().employed(on, told.Value, told.On, factMinutes(p.Fact(FactHours)))
}

// factMinutes reads the fact of hours a week; 0 when it is not known.
func factMinutes(hours string) int {
	m, err := ReadWeekHours(hours)
	if err != nil {
		return 0
	}
	return m
}

// jobStart is the first day of the job that starts last and goes on, or else what the
// fact says.
func (p Participant) jobStart() calendar.Day {
	var start calendar.Day
	for _, j := range p.InWork.Jobs {
		if j.Ended.IsZero() {
			start = max(start, j.Start)
		}
	}
	return cmp.Or(start, p.day(FactJobStart))
}

func asIs(s string) string { return s }
