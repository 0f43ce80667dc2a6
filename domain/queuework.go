package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
)

// WorkRules are what an office says about work: what is counted, when somebody is asked
// how it goes, and from when on a counter is at risk.
type WorkRules struct {
	Counters []CounterRule
	CheckIns []CheckInRule
	Spare    int      // a counter is at risk when no more weeks than this may be missed
	Routes   []string // programmes that may help to keep a job, by key
}

// workRules is every rule of the queue about what one record says of work.
var workRules = []func(*judge, RowWork){
	(*judge).counterAtRisk, (*judge).weekUnmarked, (*judge).awayUnchecked, (*judge).workplaceLate, (*judge).returnBehind,
}

// inWork judges somebody by the rules about work: what is asked of the person once, over
// all their records, and the rest record by record.
func (j *judge) inWork() {
	if whole := wholeWork(j.row.Work); !whole.Empty() {
		j.checkInDue(whole)
		j.jobWasLost(whole)
	}
	for _, w := range j.row.Work {
		if w.Stage == StageEnded {
			continue // nobody is asked about what has ended
		}
		for _, rule := range workRules {
			rule(j, w)
		}
	}
}

// checkInDue: somebody in work is to be asked how it goes.
func (j *judge) checkInDue(w RowWork) {
	c, ok := w.CheckIn(j.Work.CheckIns, j.row.Pauses, j.Today)
	if !ok || c.Day > j.Today || j.paused {
		return
	}
	j.add("check-in-due", c.Late, c.Late > 0, "in-work check, %s, is %s", c.Says, dueness(c.Late))
}

// counterAtRisk: one more gap would break what was reached.
func (j *judge) counterAtRisk(w RowWork) {
	for _, st := range w.Counters(j.Work.Counters, j.Today) {
		if !st.Rule.Beside && st.AtRisk(j.Work.Spare) {
			j.add("counter-at-risk", j.Work.Spare-st.Spare, st.Spare == 0, "in work %s", st.Says(j.Today))
			return
		}
	}
}

// weekUnmarked: nobody said how the last weeks were.
func (j *judge) weekUnmarked(w RowWork) {
	rule := j.Rules["week-unmarked"]
	if w.firstDay().IsZero() {
		return
	}
	_, list := w.weeks(0, 1, j.Today)
	n := 0
	for i := len(list) - 2; i >= 0 && list[i] == weekBlank; i-- {
		n++
	}
	if n >= max(rule.Days, 1) && !j.paused && w.running(j.Today) {
		j.add("week-unmarked", n-rule.Days, false, "%s in work not marked", days(n, "week"))
	}
}

// awayUnchecked: somebody is away from their job, and nobody looked what would help.
func (j *judge) awayUnchecked(w RowWork) {
	for _, a := range w.Away {
		if a.From <= j.Today && (a.Back.IsZero() || j.Today < a.Back) && !a.Checked {
			j.add("absence-unchecked", int(j.Today-a.From), false, "away from work since %s: look what helps to keep the job", a.From.Short(j.Today))
			return
		}
	}
}

// workplaceLate: an adjustment at work was promised and the day is over.
func (j *judge) workplaceLate(w RowWork) {
	n, over := 0, 0
	var owner AdjustmentOwner
	for _, o := range w.Owed {
		if !o.Due.IsZero() && o.Due <= j.Today {
			n++
			if late := j.over(o.Due); owner == "" || late > over {
				over, owner = late, o.Owner
			}
		}
	}
	if n > 0 && !j.paused {
		j.add("work-adjustment-late", over, over > 0, "%s %s (%s)", plural(n, "an adjustment at work is", fmt.Sprintf("%d adjustments at work are", n)), dueness(over), owner)
	}
}

// returnBehind: somebody worked less than the return plan says, or the plan is over.
func (j *judge) returnBehind(w RowWork) {
	for _, x := range w.Return {
		last := Monday(j.Today) - 7
		if plan, ok := x.Planned(last); ok {
			if i := slices.IndexFunc(w.Weeks, func(m RowWeek) bool { return m.Week == last }); i >= 0 && w.Weeks[i].Minutes < plan {
				j.add("return-plan", 0, false, "return to work: %s of %s planned last week", WeekHours(w.Weeks[i].Minutes), WeekHours(plan))
			}
			continue
		}
		if end := (ReturnPlan{From: x.From, Weeks: x.Weeks}).Last(); end < j.Today {
			j.add("return-plan", int(j.Today-end), false, "the plan for the return to work is over: is it stable?")
		}
	}
}

// jobWasLost: a job ended and nobody said how it goes on.
func (j *judge) jobWasLost(w RowWork) {
	if slices.ContainsFunc(j.row.Work, func(o RowWork) bool { return o.running(j.Today) }) || w.State(j.Work, j.Today) != WorkLost {
		return
	}
	var last calendar.Day
	for _, x := range w.Jobs {
		last = max(last, x.End)
	}
	j.add("job-lost", 0, false, "the job ended %s: back to the search?", last.Distance(j.Today))
}

// wholeWork is what several records of one person say of work together, but for those on
// which the support has ended: a job on one goes on whatever was lost on another, and a
// talk on one settles what is asked on the other.
func wholeWork(all []RowWork) RowWork {
	var whole RowWork
	for _, w := range all {
		if w.Stage == StageEnded {
			continue
		}
		if w.Stage != "" && w.Since >= whole.Since {
			whole.Stage, whole.Since = w.Stage, w.Since
		}
		whole.Profile += w.Profile
		whole.Jobs = slices.Concat(whole.Jobs, w.Jobs)
		whole.Away = slices.Concat(whole.Away, w.Away)
		whole.Weeks = slices.Concat(whole.Weeks, w.Weeks)
		whole.Contact = max(whole.Contact, w.Contact)
	}
	return whole
}
