package domain

import (
	"cmp"
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// Rule is one reason why somebody may need the coach today, as data: how much it
// weighs and when it begins. Value, source and confidence stand together, because
// most of the numbers are proposals that an office will want to change.
type Rule struct {
	Key        string `json:"key"`
	Says       string `json:"says"`
	Weight     int    `json:"weight"`            // added once
	PerDay     int    `json:"per_day,omitempty"` // added for every day past the threshold
	Most       int    `json:"most,omitempty"`    // the most that days may add
	Days       int    `json:"days,omitempty"`    // the threshold; its unit is in Says
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// Rules are the queue's rules by key.
type Rules map[string]Rule

// Reason is one rule that holds for somebody today.
type Reason struct {
	Rule   string `json:"rule"`
	Why    string `json:"why"`
	Weight int    `json:"weight"`
	Urgent bool   `json:"urgent,omitempty"` // a person is waiting or a date has passed
}

// Queue judges who needs the coach today. It is a value: the same row on the same
// day always has the same reasons.
type Queue struct {
	Today     calendar.Day
	Minute    int // of the day, so that a session that is over can be told from one to come
	Rules     Rules
	Calendars map[calendar.Nation]*calendar.Calendar
	Nation    calendar.Nation // the desk's own
	Retention RetentionRules
	Sessions  SessionRules
	Planning  Planning
	Catalogue catalogue.Catalogue
	Figures   Figures
	Work      WorkRules
	Me        ID // whoever works here; of an adviser only their own appointments count
	Name      string
	Named     func(ID) string // the staff of this desk and of others; nil: nobody is known
	Advises   bool            // whoever works here is the adviser: their own turn counts, not the coach's
}

// judge is the frame in which one rule looks at one row.
type judge struct {
	Queue
	row    Row
	cal    *calendar.Calendar
	paused bool
	out    []Reason
}

// rules is every rule of the queue, each a function of its own.
var queueRules = []func(*judge){
	(*judge).outcomeMissing, (*judge).appointmentToday, (*judge).adviserAnswered, (*judge).adviserReturned,
	(*judge).adviserLate, (*judge).questionDrafted, (*judge).adviserElse, (*judge).concernOpen, (*judge).promiseDue, (*judge).stepLate,
	(*judge).fitNoteEnds, (*judge).supportLands, (*judge).applications, (*judge).transferOffered, (*judge).reviewDue, (*judge).didNotCome, (*judge).quiet, (*judge).neverMet, (*judge).inWork,
	(*judge).programmeChanged, (*judge).onHold,
}

// Reasons returns why somebody needs the coach today, the heaviest first.
func (q Queue) Reasons(r Row) []Reason { return q.reasons(q.settle(r)) }

// reasons looks at a row that is settled.
func (q Queue) reasons(r Row) []Reason {
	j := judge{Queue: q, row: r, cal: q.calendarOf(r)}
	_, j.paused = r.PausedUntil(q.Today)
	if r.Returned(q.here()) {
		return nil // it was here for a while, and is somebody else's again
	}
	rules := queueRules
	if q.Advises {
		rules = adviserRules // the rest is the coach's to do
	}
	for _, rule := range rules {
		rule(&j)
	}
	if !q.Advises {
		for _, rule := range referralRules {
			rule(&j)
		}
	}
	for _, rule := range handoverRules {
		rule(&j)
	}
	j.covered()
	slices.SortStableFunc(j.out, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return j.out
}

// Unfinished is the reason of somebody about whom a draft waits. Drafts are no part
// of a row, so whoever holds them adds it. False when an office switched it off.
func (q Queue) Unfinished(drafts int) (Reason, bool) {
	rule, ok := q.Rules["draft-unfinished"]
	return Reason{Rule: rule.Key, Why: plural(drafts, "a draft is unfinished", "%d drafts are unfinished"), Weight: rule.Weight, Urgent: true}, ok
}

// Sum is the place in the queue: the weights of all reasons together.
func Sum(reasons []Reason) int {
	n := 0
	for _, r := range reasons {
		n += r.Weight
	}
	return n
}

func (q Queue) calendarOf(r Row) *calendar.Calendar { return q.calendarFor(r.Fact(FactNation)) }

func (q Queue) calendarFor(nation string) *calendar.Calendar {
	if cal := q.Calendars[calendar.Nation(nation)]; cal != nil {
		return cal
	}
	return q.Calendars[q.Nation]
}

// add puts a rule's reason on the list; days are those past its threshold.
func (j *judge) add(key string, days int, urgent bool, format string, args ...any) {
	rule, ok := j.Rules[key]
	if !ok {
		return // an office switched the rule off
	}
	w := rule.Weight + min(max(days, 0)*rule.PerDay, rule.Most)
	j.out = append(j.out, Reason{key, fmt.Sprintf(format, args...), w, urgent})
}

// outcomeMissing: an appointment is over and no session tells how it went.
func (j *judge) outcomeMissing() {
	n, oldest := 0, j.Today
	for _, d := range j.row.Debts {
		if d.Kind != DebtAppointment || d.Day > j.Today || !j.mine(d) {
			continue
		}
		if d.Day == j.Today && (d.Minute < 0 || d.Minute+cmp.Or(d.Length, SlotMinutes) > j.Minute) {
			continue
		}
		n, oldest = n+1, min(oldest, d.Day)
	}
	if n > 0 {
		j.add("outcome-missing", int(j.Today-oldest), true, "%s %s", plural(n, "no outcome for", "%d sessions without outcome, from"), oldest.Short(j.Today))
	}
}

// appointmentToday: they come today.
func (j *judge) appointmentToday() {
	d, ok := j.row.Next(j.Today)
	if !ok || d.Day != j.Today || d.Minute >= 0 && d.Minute+cmp.Or(d.Length, SlotMinutes) <= j.Minute {
		return
	}
	if d.Minute < 0 {
		j.add("appointment-today", 0, false, "comes today")
		return
	}
	j.add("appointment-today", 0, false, "comes today at %s", calendar.Clock(d.Minute))
}

// promiseDue: what we promised is due or late.
func (j *judge) promiseDue() {
	l := j.late(DebtPromise)
	if l.ours.n > 0 {
		j.add("promise-due", l.ours.days, l.ours.days > 0, "my promise is %s", dueness(l.ours.days))
	}
	theirs := l.person
	for _, o := range l.others {
		theirs = lateness{theirs.n + o.n, max(theirs.days, o.days)}
	}
	if theirs.n > 0 && theirs.days > 0 {
		j.add("their-promise-late", theirs.days, false, "ask about their promise, %s", dueness(theirs.days))
	}
}

// stepLate: steps of the plan are late. Those of a provider, an employer or the adviser
// are chased; after that they are left alone for some days.
func (j *judge) stepLate() {
	l := j.late(DebtStep)
	if l.ours.n > 0 {
		j.add("my-step-due", l.ours.days, l.ours.days > 0, "%s %s", plural(l.ours.n, "my step is", "%d of my steps are"), dueness(l.ours.days))
	}
	if l.person.n > 0 && l.person.days > 0 {
		j.add("step-late", l.person.days, false, "%s %s", plural(l.person.n, "a step is", "%d steps are"), dueness(l.person.days))
	}
	for _, o := range Owners {
		if who := l.others[o]; who.n > 0 && who.days > 0 {
			j.add("step-chase", who.days, false, "chase %s: %s %s", chaseWho(o), plural(who.n, "a step is", "%d steps are"), dueness(who.days))
		}
	}
}

func chaseWho(o Owner) string {
	if o == ByAdviser {
		return "the DEA"
	}
	return (Names{}).Called(o)
}

type lateness struct{ n, days int }

// laten is how late things of one kind are, by who owes them.
type laten struct {
	ours, person lateness
	others       map[Owner]lateness
}

// late counts the debts of a kind that are due, and how many days the oldest is over;
// days on which the clocks stood still do not count. While they do, nothing is late.
func (j *judge) late(kind DebtKind) laten {
	l := laten{others: map[Owner]lateness{}}
	if j.paused {
		return l
	}
	again, me := j.Rules["step-chase"].Days, ByCoach
	if j.Advises {
		me = ByAdviser
	}
	for _, d := range j.row.Debts {
		if d.Kind != kind || d.Day.IsZero() || d.Day > j.Today {
			continue
		}
		over := j.over(d.Day)
		add := func(to lateness) lateness { return lateness{to.n + 1, max(to.days, over)} }
		switch {
		case d.Owner == me:
			l.ours = add(l.ours)
		case d.Owner == ByPerson:
			l.person = add(l.person)
		case d.Chased.IsZero() || d.Chased.AddDays(again) <= j.Today:
			l.others[d.Owner] = add(l.others[d.Owner])
		}
	}
	return l
}

// over counts the days since a day, without those on which the clocks stood still.
func (j *judge) over(since calendar.Day) int {
	return int(j.Today-since) - stood(j.row.Pauses, since, j.Today)
}

func dueness(over int) string {
	if over <= 0 {
		return "due today"
	}
	return days(over, "day") + " late"
}

// fitNoteEnds: the newest fit note ends soon, or ended lately.
func (j *judge) fitNoteEnds() {
	rule := j.Rules["fitnote-ends"]
	for _, d := range j.row.Debts {
		left := int(d.Day - j.Today)
		if d.Kind != DebtFitNote || left > rule.Days || left < -rule.Days*4 {
			continue
		}
		if left < 0 {
			j.add("fitnote-ends", rule.Days, false, "fit note ended %s", d.Day.Distance(j.Today))
			continue
		}
		j.add("fitnote-ends", rule.Days-left, false, "fit note ends %s", d.Day.Distance(j.Today))
	}
}

// reviewDue: the plan is to be looked at again.
func (j *judge) reviewDue() {
	for _, d := range j.row.Debts {
		if d.Kind == DebtReview && d.Day <= j.Today && !j.paused {
			j.add("review-due", j.over(d.Day), false, "plan review is %s", dueness(j.over(d.Day)))
			return
		}
	}
}

// didNotCome: they stayed away and nothing is booked.
func (j *judge) didNotCome() {
	if _, booked := j.row.Next(j.Today); !booked && !j.paused && j.row.Missed > 0 {
		what := "did not come"
		if Voluntary(j.row.Fact(FactGroup)) {
			what = "not there" // nobody has to come
		}
		j.add("did-not-come", j.row.Missed-1, false, what+" %s, nothing booked", plural(j.row.Missed, "last time", "%d times"))
	}
}

// quiet: nobody has seen them for long and nothing is booked.
func (j *judge) quiet() {
	if _, booked := j.row.Next(j.Today); booked || j.paused || j.row.Seen.IsZero() {
		return
	}
	gone := j.over(j.row.Seen)
	if over := gone - j.Rules["quiet"].Days; over >= 0 {
		j.add("quiet", over, false, "last seen %s, nothing booked", j.row.Seen.Distance(j.Today))
	}
}

// neverMet: they joined and no first talk is booked.
func (j *judge) neverMet() {
	_, booked := j.row.Next(j.Today)
	if booked || !j.row.Seen.IsZero() || j.row.Missed > 0 || j.row.Joined.IsZero() {
		return
	}
	j.add("never-met", int(j.Today-j.row.Joined), false, "new, no first talk booked")
}

// onHold: the clocks stand still. It weighs nothing and stands beside what runs on;
// alone it brings nobody into the queue.
func (j *judge) onHold() {
	if len(j.out) == 0 {
		return
	}
	if until, paused := j.row.PausedUntil(j.Today); paused {
		j.add("plan-paused", 0, false, "%s", PauseWords(until, j.Today))
	}
}

// plural picks one of two phrases; the second may hold a %d.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

func days(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
