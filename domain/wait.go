package domain

import (
	"fmt"

	"coachdesk/domain/calendar"
)

// Waits is how long each part of an escalation may take: working days, but for the
// reviews of direct support, which count calendar days. The numbers are proposals of
// ours and stand with their source in the queue's rules; zero has no clock.
type Waits struct{ Accept, Answer, Book, Hold, Agree, Begin, Review int }

// The rules in which the waits stand.
const (
	waitAccept = "adviser-accepts"
	waitAnswer = "adviser-answers"
	waitBook   = "adviser-books"
	waitHold   = "adviser-holds"
	waitAgree  = "adviser-agrees"
	waitBegin  = "adviser-begins"
	waitReview = "adviser-reviews"
)

// Waits returns how long an adviser may take, from the rules' data.
func (r Rules) Waits() Waits {
	return Waits{
		Accept: r[waitAccept].Days, Answer: r[waitAnswer].Days, Book: r[waitBook].Days, Hold: r[waitHold].Days,
		Agree: r[waitAgree].Days, Begin: r[waitBegin].Days, Review: r[waitReview].Days,
	}
}

// Wait is a clock that runs: by which rule, from when, and how many days.
type Wait struct {
	Rule     string
	From     calendar.Day
	Days     int
	Calendar bool // the days are calendar days, not working days
}

// Wait returns the clock that runs now; one without days when none does, because it is
// the coach's turn.
func (e Escalation) Wait(w Waits) Wait {
	c := Wait{From: e.Since}
	switch e.State {
	case EscalationAsked:
		c.Rule, c.Days = waitAccept, w.Accept
	case EscalationAccepted:
		switch e.Kind {
		case KindAdvice:
			c.Rule, c.Days = waitAnswer, w.Answer
		case KindThreeWay:
			c.Rule, c.Days = waitBook, w.Book
		case KindDirect:
			c.Rule, c.Days = waitAgree, w.Agree
		}
	case EscalationBooked:
		c.Rule, c.Days = waitHold, w.Hold
	case EscalationAgreed:
		c.Rule, c.Days = waitBegin, w.Begin
	case EscalationActive:
		c.Rule, c.Days, c.Calendar = waitReview, w.Review, true
	default:
	}
	return c
}

// Due returns by when whoever's turn it is should have moved. Zero when no clock runs.
func (e Escalation) Due(w Waits, cal *calendar.Calendar) calendar.Day {
	c := e.Wait(w)
	if c.Days == 0 || c.From.IsZero() {
		return 0
	}
	if c.Calendar {
		return c.From.AddDays(c.Days)
	}
	due, err := cal.Add(c.From, c.Days)
	if err != nil {
		return 0
	}
	return due
}

// Expired reports whether the adviser's time has run out, so that the question
// comes back to the coach.
func (e Escalation) Expired(today calendar.Day, w Waits, cal *calendar.Calendar) bool {
	due := e.Due(w, cal)
	return !due.IsZero() && due < today
}

// CameBack says why a question cannot be asked again; empty means that the adviser's
// time to accept, to answer, to book or to begin has run out, and it is the coach's again.
func (e Escalation) CameBack(today calendar.Day, w Waits, cal *calendar.Calendar) string {
	switch {
	case e.State != EscalationAsked && e.State != EscalationAccepted && e.State != EscalationAgreed:
		return fmt.Sprintf("That escalation is %s, so nobody is late with it.", e.State)
	case !e.Expired(today, w, cal):
		return "The adviser's time has not run out: it does on " + e.Due(w, cal).Short(today) + "."
	}
	return ""
}

// DueSum tells how a date came about, a line each: from when, how many days, whose
// number, and its source. Nothing when no clock runs.
func (q Queue) DueSum(e Escalation, cal *calendar.Calendar) []string {
	c := e.Wait(q.Rules.Waits())
	due := e.Due(q.Rules.Waits(), cal)
	if due.IsZero() {
		return nil
	}
	unit := "working days, bank holidays left out"
	if c.Calendar {
		unit = "days"
	}
	r := q.Rules[c.Rule]
	lines := []string{
		"By " + due.Short(q.Today) + ", " + due.Distance(q.Today) + ".",
		fmt.Sprintf("From %s, and then %d %s.", c.From.Short(q.Today), c.Days, unit),
	}
	if r.Says != "" {
		lines = append(lines, "The number: "+r.Says)
	}
	if r.Source != "" {
		lines = append(lines, "Source: "+r.Source+", "+r.Date+"; "+r.Confidence+".")
	}
	return lines
}
