package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// WorkLine is somebody in the list of those in work.
type WorkLine struct {
	Record   ID // the record that has the job, which may be another one of the person
	Name     string
	State    WorkState
	Job      string // what and where
	Minutes  int    // a week, as agreed
	Check    CheckIn
	Counters []Standing
	AtRisk   bool // one more gap would break what is counted
	Asks     bool // the in-work check is due
	Away     bool
	Work     RowWork
}

// InWork lists everybody in work or about to be: whose weeks are at risk first, then by
// who is to be asked next.
func (q Queue) InWork(rows []Row) []WorkLine {
	var all []WorkLine
	for _, r := range rows {
		for _, w := range r.Work {
			if l, ok := q.workLine(r, w); ok {
				all = append(all, l)
			}
		}
	}
	first := func(on bool) int {
		if on {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b WorkLine) int {
		return cmp.Or(
			cmp.Compare(first(a.AtRisk), first(b.AtRisk)),
			cmp.Compare(orFar(a.Check.Day), orFar(b.Check.Day)),
			strings.Compare(a.Name, b.Name), a.Record.Compare(b.Record),
		)
	})
	return all
}

// orFar puts what has no day behind what has one.
func orFar(d calendar.Day) calendar.Day {
	if d.IsZero() {
		return 1 << 30
	}
	return d
}

func (q Queue) workLine(r Row, w RowWork) (WorkLine, bool) {
	state := w.State(q.Work, q.Today)
	if !state.InJob() {
		return WorkLine{}, false
	}
	l := WorkLine{Record: cmp.Or(w.Of, r.ID), Name: r.Name, State: state, Work: w}
	for _, j := range w.Jobs {
		if j.End.IsZero() || j.End >= q.Today {
			l.Minutes += j.Minutes
			l.Job = strings.TrimPrefix(l.Job+"; "+j.Called, "; ")
		}
	}
	l.Counters = w.Counters(q.Work.Counters, q.Today)
	l.AtRisk = slices.ContainsFunc(l.Counters, func(st Standing) bool { return !st.Rule.Beside && st.AtRisk(q.Work.Spare) })
	if c, ok := w.asks(r, q); ok {
		l.Check, l.Asks = c, c.Day <= q.Today
	}
	l.Away = slices.ContainsFunc(w.Away, func(a RowAway) bool { return a.From <= q.Today && (a.Back.IsZero() || q.Today < a.Back) })
	return l, true
}

// asks returns the check-in of a record in the list: the person is asked once, on the
// record of the job that goes on and began last.
func (w RowWork) asks(r Row, q Queue) (CheckIn, bool) {
	whole := wholeWork(r.Work)
	job, ok := whole.current(q.Today)
	if !ok || !slices.ContainsFunc(w.Jobs, func(j RowJob) bool { return j.ID == job.ID }) {
		return CheckIn{}, false
	}
	return whole.CheckIn(q.Work.CheckIns, r.Pauses, q.Today)
}
