package domain

import (
	"cmp"
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RowWork is what lists and the queue know of somebody's way in work. Where it stands is
// worked out from it, on the day on which it is read.
type RowWork struct {
	_ struct{} `cbor:",toarray"`

	Stage     WorkStage    `json:"s,omitempty"` // as somebody said it
	Since     calendar.Day `json:"d,omitzero"`
	Programme string       `json:"p,omitempty"` // whose weeks are counted
	Counted   calendar.Day `json:"c,omitzero"`  // since when
	Profile   int          `json:"v,omitempty"` // lines
	Jobs      []RowJob     `json:"j,omitempty"`
	Weeks     []RowWeek    `json:"w,omitempty"`
	Contact   calendar.Day `json:"t,omitzero"` // the last in-work check or mark
	Away      []RowAway    `json:"a,omitempty"`
	Return    []RowReturn  `json:"r,omitempty"` // the plan that runs
	Owed      []RowOwed    `json:"o,omitempty"` // adjustments at work that are not settled
	Told      calendar.Day `json:"f,omitzero"`  // when the fact of employment was told
	Of        ID           `json:"-" cbor:"-"`  // the record it is on, when [Lists] joined two
}

// RowJob is a job, short enough for a list.
type RowJob struct {
	_ struct{} `cbor:",toarray"`

	ID      ID           `json:"i"`
	Called  string       `json:"n,omitempty"`
	As      JobKind      `json:"a,omitempty"`
	Minutes int          `json:"m,omitempty"`
	Start   calendar.Day `json:"s,omitzero"`
	End     calendar.Day `json:"e,omitzero"`
	Stage   JobStage     `json:"g,omitempty"`
	Staged  calendar.Day `json:"d,omitzero"`
}

// RowWeek is how many minutes somebody worked in a week.
type RowWeek struct {
	_ struct{} `cbor:",toarray"`

	Week    calendar.Day `json:"w"`
	Minutes int          `json:"m"`
	Fine    bool         `json:"f,omitempty"`
}

// RowAway is an absence, without why.
type RowAway struct {
	_ struct{} `cbor:",toarray"`

	ID      ID           `json:"i"`
	From    calendar.Day `json:"f"`
	Back    calendar.Day `json:"b,omitzero"`
	Sick    bool         `json:"s,omitempty"`
	Checked bool         `json:"c,omitempty"`
}

// RowReturn is a plan for the return to work.
type RowReturn struct {
	_ struct{} `cbor:",toarray"`

	ID    ID           `json:"i"`
	From  calendar.Day `json:"f"`
	Weeks []int        `json:"w"`
}

// RowOwed is an adjustment at work that somebody owes.
type RowOwed struct {
	_ struct{} `cbor:",toarray"`

	ID    ID              `json:"i"`
	Owner AdjustmentOwner `json:"o"`
	Due   calendar.Day    `json:"d,omitzero"`
}

// Empty reports whether there is nothing about work.
func (w RowWork) Empty() bool {
	return w.Stage == "" && w.Contact.IsZero() && w.Profile+len(w.Jobs)+len(w.Weeks)+len(w.Away)+len(w.Return)+len(w.Owed) == 0
}

// workRow is what the record adds up to about work.
func (p Participant) workRow() RowWork {
	in := p.InWork
	var w RowWork
	if m, ok := in.Move(); ok {
		w.Stage, w.Since = m.Stage, m.Day
	}
	w.Programme, w.Counted = in.programme()
	for _, x := range p.Provisions { // a programme that runs says since when
		if x.Ended.IsZero() && (w.Programme == "" || w.Programme == x.Programme) {
			w.Programme, w.Counted = x.Programme, x.Started
		}
	}
	for _, l := range in.Profile {
		if !l.Removed {
			w.Profile++
		}
	}
	for _, j := range in.Jobs {
		w.Jobs = append(w.Jobs, RowJob{ID: j.ID, Called: clean.Line(j.Called(), rowTextMax), As: j.As, Minutes: j.Minutes, Start: j.Start, End: j.Ended, Stage: j.Stage, Staged: j.Staged})
	}
	for _, m := range in.Weeks {
		w.Weeks = append(w.Weeks, RowWeek{Week: m.Week, Minutes: m.Minutes, Fine: m.Fine})
		w.Contact = max(w.Contact, m.On)
	}
	for _, x := range p.Sessions {
		if x.Kind == InWorkCheck && x.Outcome == Happened {
			w.Contact = max(w.Contact, x.Day)
		}
	}
	for _, a := range in.Absences {
		w.Away = append(w.Away, RowAway{ID: a.ID, From: a.From, Back: a.Back, Sick: a.Sick(), Checked: !a.Checked.IsZero()})
	}
	if x, ok := in.Return(); ok {
		w.Return = []RowReturn{{ID: x.ID, From: x.From, Weeks: x.Weeks}}
	}
	for _, a := range in.Promised {
		if a.Settled == PromiseOpen {
			w.Owed = append(w.Owed, RowOwed{ID: a.ID, Owner: a.Owner, Due: a.Due})
		}
	}
	w.Told = p.Facts[FactEmployment].On
	return w
}

// WorkRow returns what the record adds up to about work, as lists have it.
func (p Participant) WorkRow() RowWork { return p.workRow() }

// EmployedOn tells how somebody stands in work on a day, as [Participant.EmployedOn].
func (r Row) EmployedOn(on calendar.Day) Employed {
	told := r.Fact(FactEmployment)
	e := Employed{Status: told}
	for _, w := range r.Work {
		if e = w.employed(on, told, w.Told, 0); e.Jobs > 0 {
			return e
		}
	}
	return e
}

// employed tells how somebody stands in work by the jobs; told is what the fact says
// where no job tells.
func (w RowWork) employed(on calendar.Day, told string, toldOn calendar.Day, minutes int) Employed {
	var e Employed
	var ended calendar.Day
	for _, j := range w.Jobs {
		switch {
		case Job{Start: j.Start, Ended: j.End}.Runs(on):
			if e.Jobs == 0 || j.As == AsEmployed {
				e.Status = j.As.String()
			}
			e.Jobs++
			e.Minutes += j.Minutes
			e.Since = earlier(e.Since, j.Start)
		case !j.Start.IsZero() && !j.End.IsZero() && j.End < on && j.End >= j.Start:
			ended = max(ended, j.End)
		}
	}
	switch {
	case e.Jobs > 0:
		for _, a := range w.Away {
			if a.Sick && a.From <= on && (a.Back.IsZero() || on < a.Back) {
				e.Status = "off sick"
			}
		}
	case !ended.IsZero() && toldOn <= ended:
		e.Status = "none"
	default:
		e.Status, e.Minutes = told, minutes
	}
	return e
}

// WorkState is where somebody stands on the way into work and in it.
type WorkState string

// The states are worked out, and never stored.
const (
	WorkNone       WorkState = ""
	WorkEngaged    WorkState = "engaged"
	WorkProfile    WorkState = "profile"
	WorkSearch     WorkState = "job search"
	WorkOffer      WorkState = "offer"
	WorkPlaced     WorkState = "placed"
	WorkTraining   WorkState = "training on the job"
	WorkStable     WorkState = "stable"
	WorkMaintained WorkState = "maintained"
	WorkSustained  WorkState = "sustained"
	WorkLost       WorkState = "job lost, back to search"
	WorkOver       WorkState = "support ended"
)

// WorkStates lists all there are, in their order.
var WorkStates = []WorkState{WorkNone, WorkEngaged, WorkProfile, WorkSearch, WorkLost, WorkOver, WorkOffer, WorkPlaced, WorkTraining, WorkStable, WorkMaintained, WorkSustained}

// InJob reports whether a state is that of a job: offered, begun or kept.
func (st WorkState) InJob() bool {
	return slices.Index(WorkStates, st) >= slices.Index(WorkStates, WorkOffer)
}

// State tells where somebody stands on a day. Of several jobs the one counts that has come
// furthest.
func (w RowWork) State(rules WorkRules, today calendar.Day) WorkState {
	best, reached := WorkNone, false
	if w.running(today) {
		reached = w.reached(rules, today)
	}
	for _, j := range w.Jobs {
		if st := w.jobState(j, reached, today); slices.Index(WorkStates, st) > slices.Index(WorkStates, best) {
			best = st
		}
	}
	var lost calendar.Day
	for _, j := range w.Jobs {
		if !j.End.IsZero() && j.End < today && !j.Start.IsZero() {
			lost = max(lost, j.End)
		}
	}
	switch {
	case w.Stage == StageEnded && w.Since >= lost && (best == WorkNone || w.Since <= today):
		return WorkOver
	case best != WorkNone:
		return best
	case !lost.IsZero() && (w.Stage != StageSearch || w.Since <= lost):
		return WorkLost
	case w.Stage == StageSearch:
		return WorkSearch
	case w.Profile > 0:
		return WorkProfile
	case w.Stage == StageEngaged:
		return WorkEngaged
	}
	return WorkNone
}

// JobState tells where one job stands on a day; nothing for one that ended.
func (w RowWork) JobState(id ID, rules WorkRules, today calendar.Day) WorkState {
	reached := w.reached(rules, today)
	for _, j := range w.Jobs {
		if j.ID == id {
			return w.jobState(j, reached, today)
		}
	}
	return WorkNone
}

// reached reports whether what is counted was reached.
func (w RowWork) reached(rules WorkRules, today calendar.Day) bool {
	return slices.ContainsFunc(w.Counters(rules.Counters, today), func(st Standing) bool { return !st.Done.IsZero() && !st.Rule.Beside })
}

func (w RowWork) jobState(j RowJob, reached bool, today calendar.Day) WorkState {
	switch {
	case !j.End.IsZero() && j.End < today:
		return WorkNone
	case j.Start.IsZero():
		return WorkOffer
	case j.Start > today:
		return WorkPlaced
	case reached:
		return WorkSustained
	case j.Stage != JobStable:
		return WorkTraining
	case w.Contact > j.Staged:
		return WorkMaintained
	}
	return WorkStable
}

// WorkRules are what an office says about work: what is counted, when somebody is asked
// how it goes, and from when on a counter is at risk.
type WorkRules struct {
	Counters []CounterRule
	CheckIns []CheckInRule
	Spare    int      // a counter is at risk when no more weeks than this may be missed
	Routes   []string // programmes that may help to keep a job, by key
}

// Planned returns the minutes planned for the week of a day.
func (x RowReturn) Planned(of calendar.Day) (int, bool) {
	return ReturnPlan{From: x.From, Weeks: x.Weeks}.Planned(of)
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

// redacted takes out of a row about work what tells where.
func (w RowWork) redacted() RowWork {
	w.Jobs = slices.Clone(w.Jobs)
	for i := range w.Jobs {
		w.Jobs[i].Called = ""
	}
	return w
}

// joinWork puts the work of two records of one person side by side.
func joinWork(mine, other []RowWork, of ID) []RowWork {
	all := slices.Clone(mine)
	for _, w := range other {
		w.Of = cmp.Or(w.Of, of)
		all = append(all, w)
	}
	return all
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
