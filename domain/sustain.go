package domain

import (
	"cmp"
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
)

// CounterRule is one thing that programmes count in work, as data.
type CounterRule struct {
	Key        string `json:"key"`
	Programme  string `json:"programme,omitempty"`
	Says       string `json:"says"`
	Hours      int    `json:"hours,omitempty"`   // a week, at least
	Weeks      int    `json:"weeks,omitempty"`   // so many weeks …
	Of         int    `json:"of,omitempty"`      // … of so many in a row
	Days       int    `json:"days,omitempty"`    // or so many days in work
	Months     int    `json:"months,omitempty"`  // or so many months of support in work
	From       string `json:"from,omitempty"`    // what months run from: job or support
	Beside     bool   `json:"beside,omitempty"`  // recorded too; nothing hangs on it
	Default    bool   `json:"default,omitempty"` // counted when no programme is named
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// Standing is where a counter stands on a day.
type Standing struct {
	Rule   CounterRule
	Good   int            // weeks that count, or days, or whole months
	Need   int            // so many are enough
	Missed int            // weeks of the stretch that do not count
	Blank  []calendar.Day // weeks that are over and that nobody marked
	Spare  int            // weeks that may still be missed before the stretch breaks
	From   calendar.Day   // the stretch of weeks that stands best
	Until  calendar.Day
	Done   calendar.Day // the day on which it was reached; zero: not yet
	Runs   bool         // somebody is in a job, so that it can grow
}

// AtRisk reports whether a gap would break what was reached so far: no more weeks than so
// many may be missed.
func (st Standing) AtRisk(spare int) bool {
	return st.Rule.Weeks > 0 && st.Runs && st.Done.IsZero() && st.Good > 0 && st.Spare <= spare
}

// Says tells in one sentence where a counter stands.
func (st Standing) Says(today calendar.Day) string {
	unit := "day"
	switch {
	case st.Rule.Weeks > 0:
		unit = "week"
	case st.Rule.Months > 0:
		unit = "month"
	}
	if !st.Done.IsZero() {
		return fmt.Sprintf("reached on %s: %s", st.Done.Short(today), days(st.Need, unit))
	}
	text := fmt.Sprintf("%d of %s", st.Good, days(st.Need, unit))
	switch {
	case !st.Runs:
		return text + ", no job runs"
	case st.Rule.Weeks > 0 && st.Good == 0:
		text += fmt.Sprintf(" of %d in a row", st.Rule.Of)
	case st.Rule.Weeks > 0 && st.Spare == 0:
		text += ", none may be missed until " + st.Until.Short(today)
	case st.Rule.Weeks > 0:
		text += fmt.Sprintf(", %d may still be missed until %s", st.Spare, st.Until.Short(today))
	case st.Rule.Months > 0:
		text += ", to " + st.Until.Short(today)
	}
	if n := len(st.Blank); n > 0 {
		text += ", " + days(n, "week") + " not marked"
	}
	return text
}

// Counters returns where each counter of the record stands on a day: those of the
// programme that was named, or else those that are counted without one.
func (w RowWork) Counters(rules []CounterRule, today calendar.Day) []Standing {
	if w.firstDay().IsZero() {
		return nil
	}
	named := func(r CounterRule) bool { return r.Programme == w.Programme && w.Programme != "" }
	counted := func(r CounterRule) bool { return r.Default }
	if slices.ContainsFunc(rules, named) {
		counted = named
	}
	var all []Standing
	for _, r := range rules {
		if counted(r) {
			all = append(all, w.counter(r, today))
		}
	}
	return all
}

func (w RowWork) counter(r CounterRule, today calendar.Day) Standing {
	st := Standing{Rule: r, Runs: w.running(today)}
	switch {
	case r.Weeks > 0 && r.Of >= r.Weeks:
		w.countWeeks(&st, today)
	case r.Days > 0:
		w.countDays(&st, today)
	case r.Months > 0:
		w.countMonths(&st, today)
	}
	return st
}

// firstDay is the first day at work of all jobs; zero when none has one.
func (w RowWork) firstDay() calendar.Day {
	var first calendar.Day
	for _, j := range w.Jobs {
		if !j.Start.IsZero() && (j.End.IsZero() || j.End >= j.Start) {
			first = earlier(first, j.Start)
		}
	}
	return first
}

// running reports whether a job runs, or is about to.
func (w RowWork) running(today calendar.Day) bool {
	return slices.ContainsFunc(w.Jobs, func(j RowJob) bool { return !j.Start.IsZero() && (j.End.IsZero() || j.End >= today) })
}

// week is what is known of one week for a counter.
type week byte

const (
	weekMissed week = iota
	weekGood
	weekBlank // over, and not marked
	weekLeft  // not over, and not marked
)

// countFor is the most weeks that a counter goes back: a date that another desk mistook
// must not cost a minute.
const countFor = 5 * 53

// weeks tells the weeks from the first one in work up to the end of a stretch that begins
// this week. It is asked for everybody in a list, so each week is touched once.
func (w RowWork) weeks(minutes, ahead int, today calendar.Day) (from calendar.Day, list []week) {
	now := Monday(today)
	from = max(Monday(w.firstDay()), now-7*countFor)
	list = make([]week, int(max(now, from)-from)/7+ahead)
	for _, j := range w.Jobs {
		if j.Start.IsZero() {
			continue
		}
		last := len(list) - 1
		if !j.End.IsZero() {
			last = min(last, int(Monday(j.End)-from)/7)
		}
		for i := max(0, int(Monday(j.Start)-from)/7); i <= last; i++ {
			list[i] = weekBlank
			if from+calendar.Day(7*i) >= now {
				list[i] = weekLeft
			}
		}
	}
	for _, m := range w.Weeks {
		i := int(m.Week-from) / 7
		if m.Week < from || i >= len(list) {
			continue
		}
		list[i] = weekMissed
		if m.Minutes >= minutes && w.ranIn(m.Week) {
			list[i] = weekGood
		}
	}
	return from, list
}

// ranIn reports whether a job ran on a day of a week. A mark may be older than what is
// known today of when the job ended.
func (w RowWork) ranIn(monday calendar.Day) bool {
	return slices.ContainsFunc(w.Jobs, func(j RowJob) bool {
		return !j.Start.IsZero() && j.Start < monday+7 && (j.End.IsZero() || j.End >= monday)
	})
}

// countWeeks finds the stretch that has most good weeks among those that can still be
// filled, and the day on which a stretch was full.
func (w RowWork) countWeeks(st *Standing, today calendar.Day) {
	r := st.Rule
	st.Need = r.Weeks
	from, list := w.weeks(r.Hours*60, r.Of, today)
	st.Spare = -1
	var count [weekLeft + 1]int // of the stretch that ends with week i
	best := -1
	for i, x := range list {
		count[x]++
		if i >= r.Of {
			count[list[i-r.Of]]--
		}
		begun := i - r.Of + 1
		if count[weekGood] >= r.Weeks {
			st.Good, st.Done, st.Spare, st.Missed = count[weekGood], from+calendar.Day(7*i+6), 0, 0
			st.From, st.Until = from+calendar.Day(7*max(0, begun)), st.Done
			return
		}
		spare := r.Of - count[weekMissed] - r.Weeks
		if begun < 0 || spare < 0 {
			continue
		}
		if best < 0 || cmp.Or(cmp.Compare(count[weekGood], st.Good), cmp.Compare(spare, st.Spare)) > 0 {
			best, st.Good, st.Missed, st.Spare = begun, count[weekGood], count[weekMissed], spare
		}
	}
	if st.Spare = max(st.Spare, 0); best < 0 {
		return
	}
	st.From, st.Until = from+calendar.Day(7*best), from+calendar.Day(7*(best+r.Of)-1)
	for i, x := range list[best : best+r.Of] {
		if x == weekBlank {
			st.Blank = append(st.Blank, st.From+calendar.Day(7*i))
		}
	}
}

// countDays adds up the days in a job of those weeks that were marked with work.
func (w RowWork) countDays(st *Standing, today calendar.Day) {
	r := st.Rule
	st.Need = r.Days
	from, list := w.weeks(max(r.Hours*60, 1), 1, today)
	st.From = max(from, w.firstDay())
	for i, x := range list {
		monday := from + calendar.Day(7*i)
		if x == weekBlank {
			st.Blank = append(st.Blank, monday)
		}
		if x != weekGood {
			continue
		}
		for d := monday; d < monday+7 && d <= today; d++ {
			if !slices.ContainsFunc(w.Jobs, func(j RowJob) bool { return Job{Start: j.Start, Ended: j.End}.Runs(d) }) {
				continue
			}
			if st.Good++; st.Good == r.Days {
				st.Done = d
			}
		}
	}
}

// countMonths counts whole months of support in work, from the first day of the job that
// runs or from the day on which support began.
func (w RowWork) countMonths(st *Standing, today calendar.Day) {
	r := st.Rule
	st.Need = r.Months
	st.From = w.Counted
	if r.From == "job" || st.From.IsZero() {
		st.From = 0
		for _, j := range w.Jobs {
			if !j.Start.IsZero() && j.Start <= today && (j.End.IsZero() || j.End >= today) {
				st.From = earlier(st.From, j.Start)
			}
		}
	}
	if st.From.IsZero() {
		return
	}
	st.Until = st.From.AddMonths(r.Months)
	for st.Good < r.Months && st.From.AddMonths(st.Good+1) <= today {
		st.Good++
	}
	if st.Good == r.Months {
		st.Done = st.Until
	}
}
