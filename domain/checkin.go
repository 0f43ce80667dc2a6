package domain

import (
	"cmp"
	"slices"
	"strconv"

	"coachdesk/domain/calendar"
)

// CheckInRule is one day on which somebody in work is asked how it goes, as data.
type CheckInRule struct {
	Key        string `json:"key"`
	Says       string `json:"says"`
	From       string `json:"from"`             // what it counts from: job or return
	Days       int    `json:"days,omitempty"`   // after that day
	Months     int    `json:"months,omitempty"` // or months after it
	Every      int    `json:"every,omitempty"`  // and then every so many months, as often as Times says
	Times      int    `json:"times,omitempty"`
	Early      int    `json:"early,omitempty"` // a talk so many days before counts
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// CheckIn is one day on which somebody in work is to be asked how it goes.
type CheckIn struct {
	Key  string
	Says string
	Day  calendar.Day
	Late int // days over; 0 on the day and before
}

// planned returns the check-ins that count from a day, in order.
func planned(rules []CheckInRule, from string, start calendar.Day, add func(r CheckInRule, says string, day calendar.Day)) {
	for _, r := range rules {
		if r.From != from {
			continue
		}
		add(r, r.Says, start.AddDays(r.Days).AddMonths(r.Months))
		for i := 1; i <= r.Times && r.Every > 0; i++ {
			n := r.Months + i*r.Every
			add(r, "month "+strconv.Itoa(n), start.AddMonths(n))
		}
	}
}

// CheckIn returns the check-in that is due, or else the next to come; false when none is.
// What a session or a mark was about settles it; days on which the clocks stand still ask
// for none.
func (w RowWork) CheckIn(rules []CheckInRule, pauses []RowPause, today calendar.Day) (CheckIn, bool) {
	job, ok := w.current(today)
	if !ok || w.Stage == StageEnded {
		return CheckIn{}, false
	}
	type one struct {
		CheckIn
		early int
	}
	var all []one
	add := func(r CheckInRule, says string, day calendar.Day) {
		if !slices.ContainsFunc(pauses, func(x RowPause) bool { return x.On(day) }) {
			all = append(all, one{CheckIn{Key: r.Key, Says: says, Day: day}, r.Early})
		}
	}
	planned(rules, "job", job.Start, add)
	away := false
	for _, a := range w.Away {
		if a.From <= today && (a.Back.IsZero() || today < a.Back) {
			away = true
		}
		if !a.Back.IsZero() && a.Back >= job.Start {
			planned(rules, "return", a.Back, add)
		}
	}
	slices.SortStableFunc(all, func(a, b one) int { return cmp.Compare(a.Day, b.Day) })
	var due, next *one
	for i := range all {
		c := &all[i]
		switch {
		case w.Contact >= c.Day-calendar.Day(c.early): // asked already
			due = nil
		case c.Day <= today:
			due = c
		case next == nil:
			next = c
		}
	}
	switch {
	case due != nil && !away: // who is away is asked about the absence
		due.Late = int(today-due.Day) - stood(pauses, due.Day, today)
		return due.CheckIn, true
	case next != nil:
		return next.CheckIn, true
	}
	return CheckIn{}, false
}

// current is the job that goes on and started last, or starts next.
func (w RowWork) current(today calendar.Day) (RowJob, bool) {
	var out RowJob
	for _, j := range w.Jobs {
		if !j.Start.IsZero() && (j.End.IsZero() || j.End >= today) && j.Start > out.Start {
			out = j
		}
	}
	return out, !out.Start.IsZero()
}
