package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// ReferralRules are the numbers and lists about referrals that an office could change,
// as data.
type ReferralRules struct {
	Clocks  []catalogue.Clock // what is expected where a programme says nothing of its own
	Items   []ConsentItem     // the parts of a record that a referral tells, unless somebody says else
	Months  int               // how long consent for a referral is asked for
	Few     int               // fewer cases than this say nothing about a provider
	Again   int               // after a chase a referral is left alone for so many working days
	Returns int               // how many days what was not taken stands in the queue
}

// Expectation is what a provider is expected to do next, by when, and by whose number.
type Expectation struct {
	Clock   catalogue.Clock
	Setting bool // nothing was found for the programme: the number is a setting
	From    calendar.Day
	Due     calendar.Day // zero: the clock stands still and nobody knows how long
}

// The things that a provider is expected to do.
const (
	ExpectAcknowledge = "acknowledge"
	ExpectMeet        = "meet"
	ExpectPlan        = "plan"
)

// expects names what is expected next of a provider, and from when.
func (r RowReferral) expects() (what string, from calendar.Day) {
	switch r.State {
	case ReferralSent:
		return ExpectAcknowledge, r.Sent
	case ReferralAcknowledged, ReferralBooked:
		return ExpectMeet, r.Sent
	case ReferralStarted:
		return ExpectPlan, r.Started
	default:
		return "", 0
	}
}

// Expects returns what a provider is expected to do next; false when no clock runs. Days
// on which the plan was paused do not count.
func (q Queue) Expects(r RowReferral, pauses []RowPause, cal *calendar.Calendar) (Expectation, bool) {
	what, from := r.expects()
	if what == "" || from.IsZero() {
		return Expectation{}, false
	}
	e := Expectation{From: from}
	e.Clock, e.Setting = q.expectation(r.Programme, what)
	if e.Clock.Key == "" {
		return e, false
	}
	if n := e.Clock.WorkingDays; n > 0 {
		e.Due = workingDay(cal, pauses, from, n)
		return e, true
	}
	due, err := e.Clock.End(from, *cal)
	if err != nil {
		return e, false
	}
	e.Due = due.AddDays(stood(pauses, from, due))
	return e, true
}

// expectation returns the clock of something expected of a provider: the programme's own,
// else the office's setting.
func (q Queue) expectation(programme, what string) (k catalogue.Clock, setting bool) {
	is := func(k catalogue.Clock) bool { return k.Expects == what }
	if p, ok := q.Catalogue.Programme(programme); ok {
		if i := slices.IndexFunc(p.Clocks, is); i >= 0 {
			return p.Clocks[i], false
		}
	}
	if i := slices.IndexFunc(q.Planning.Referrals.Clocks, is); i >= 0 {
		return q.Planning.Referrals.Clocks[i], true
	}
	return catalogue.Clock{}, true
}

// workingDay returns the n-th working day after a day, leaving out those on which clocks
// stand still; zero when a pause has no end.
func workingDay(cal *calendar.Calendar, pauses []RowPause, from calendar.Day, n int) calendar.Day {
	const farthest = 3 * 366
	for d := from + 1; d < from+farthest; d++ {
		still := slices.ContainsFunc(pauses, func(x RowPause) bool { return x.On(d) })
		if !still && cal.Working(d) {
			n--
		}
		if n <= 0 {
			return d
		}
	}
	return 0
}

// Late returns by how many working days something expected is over its time.
func (e Expectation) Late(today calendar.Day, cal *calendar.Calendar) int {
	if e.Due.IsZero() || e.Due >= today {
		return 0
	}
	return cal.Between(e.Due, today)
}

// Source says whose number it is, in a few words.
func (q Queue) sourceWords(e Expectation) string {
	source := e.Clock.Source
	if s, ok := q.Catalogue.Sources[source]; ok {
		source = s.Title
	}
	if e.Setting {
		source += "; a setting, nothing was found for this programme"
	}
	return source
}

// Waiting says how long a provider has been silent, what was expected, and by whose
// number; empty when no clock runs.
func (q Queue) Waiting(r RowReferral, pauses []RowPause, cal *calendar.Calendar) string {
	e, ok := q.Expects(r, pauses, cal)
	if !ok {
		return ""
	}
	n := cal.Between(e.From, q.Today)
	text := ""
	switch r.State {
	case ReferralSent:
		text = "sent " + ago(n)
		if n > 0 {
			text += ", silent"
		}
	case ReferralAcknowledged:
		text = "sent " + ago(n) + ", no meeting booked"
	case ReferralBooked:
		text = "sent " + ago(n) + ", first meeting " + r.Meets.Short(q.Today)
	default:
		text = "started " + ago(n) + ", no plan told"
	}
	within := "expected within " + days(e.Clock.WorkingDays, "working day")
	if e.Clock.WorkingDays == 0 {
		within = "expected by " + e.Due.Short(q.Today)
	}
	if e.Due.IsZero() {
		return text + "; the plan is paused, so the clock stands still"
	}
	return text + "; " + within + " (" + q.sourceWords(e) + ")"
}

func ago(workingDays int) string {
	if workingDays == 0 {
		return "today"
	}
	return days(workingDays, "working day") + " ago"
}

// ReferralSum tells how a date came about, a line each: from when, how many days, whose
// number, and its source. Nothing when no clock runs.
func (q Queue) ReferralSum(r RowReferral, pauses []RowPause, cal *calendar.Calendar) []string {
	e, ok := q.Expects(r, pauses, cal)
	if !ok {
		return nil
	}
	if e.Due.IsZero() {
		return []string{"The plan is paused, so the clock stands still."}
	}
	lines := []string{
		"By " + e.Due.Short(q.Today) + ", " + e.Due.Distance(q.Today) + ".",
		fmt.Sprintf("From %s, and then %d working days, bank holidays and pauses left out.", e.From.Short(q.Today), e.Clock.WorkingDays),
		"The number: " + e.Clock.Says + ".",
		"Source: " + q.sourceWords(e) + " (" + e.Clock.Source + ", " + string(e.Clock.Confidence) + ").",
	}
	return lines
}
