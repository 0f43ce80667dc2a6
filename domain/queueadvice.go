package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// adviserRules are the reasons for which somebody needs the adviser.
var adviserRules = []func(*judge){
	(*judge).advisersTurn, (*judge).concernOpen, (*judge).outcomeMissing, (*judge).advisersToday, (*judge).advisersOwn,
}

// row is an escalation short enough for a list.
func (e Escalation) row() RowAsk {
	a := RowAsk{
		ID: e.ID, State: e.State, Asked: e.Asked, Accepted: e.Accepted, Answered: e.Answered, Urgent: e.Urgent,
		For: e.Kind, Since: e.Since, Times: e.Times, Told: !e.ToldNow().On.IsZero(), Meets: e.Appointment,
	}
	if now := e.Agreement(); !now.ID.IsZero() {
		a.Agreed = "no"
		if now.Yes {
			a.Agreed = "yes"
		}
	}
	if !e.Scope.Private() {
		a.Text = clean.Line(e.Question, rowTextMax)
	}
	return a
}

// Escalation returns as much of an escalation as the row tells: enough for its clock
// and its place in a list.
func (a RowAsk) Escalation() Escalation {
	e := Escalation{ID: a.ID, Kind: a.For, State: a.State, Urgent: a.Urgent, Since: a.Since}
	e.Asked, e.Accepted, e.Answered, e.Times, e.Appointment = a.Asked, a.Accepted, a.Answered, a.Times, a.Meets
	return e
}

// WaitsForAdviser reports whether the adviser has something to do.
func (a RowAsk) WaitsForAdviser() bool { return slices.Contains(advisersTurn, a.State) }

// mustBeTold reports whether the person has to be told which help it is and was not.
func (a RowAsk) mustBeTold() bool {
	return a.For != KindAdvice && a.WaitsForAdviser() && a.State != EscalationAsked && !a.Told
}

// CalendarOf returns the calendar that counts for somebody: of their own nation, else
// of the desk's.
func (q Queue) CalendarOf(r Row) *calendar.Calendar { return q.calendarOf(r) }

// adviserAnswered: an answer waits to be tried.
func (j *judge) adviserAnswered() {
	for _, a := range j.row.Questions {
		if a.State == EscalationAnswered {
			j.add("adviser-answered", int(j.Today-a.Answered), true, "DEA answered %s", a.Answered.Distance(j.Today))
		}
	}
}

// adviserReturned: the adviser needs more before answering.
func (j *judge) adviserReturned() {
	for _, a := range j.row.Questions {
		if a.State == EscalationReturned {
			j.add("adviser-returned", int(j.Today-a.Asked), true, "DEA needs more to answer")
		}
	}
}

// adviserLate: the adviser's working days have run out; the question comes back.
func (j *judge) adviserLate() {
	for _, a := range j.row.Questions {
		e := a.Escalation()
		if e.CameBack(j.Today, j.Rules.Waits(), j.cal) != "" {
			continue
		}
		late := days(max(j.late1(e), 1), "working day")
		switch {
		case a.State == EscalationAccepted && a.For == KindThreeWay:
			j.add("meeting-unbooked", j.late1(e), true, "DEA meeting not booked, %s over", late)
		case a.State == EscalationAccepted && a.For == KindDirect:
			j.add("agreement-missing", j.late1(e), true, "nobody asked if they want DEA support, %s over", late)
		case a.State == EscalationAgreed:
			j.add("adviser-late", j.late1(e), true, "DEA support not begun, %s over", late)
		default:
			j.add("adviser-late", j.late1(e), true, "DEA late by %s", late)
		}
	}
}

// late1 is by how many working days one escalation is over its time.
func (j *judge) late1(e Escalation) int {
	due := e.Due(j.Rules.Waits(), j.cal)
	if due.IsZero() || due >= j.Today {
		return 0
	}
	return j.cal.Between(due, j.Today)
}

// questionDrafted: a note left a question that nobody has sent.
func (j *judge) questionDrafted() {
	for _, a := range j.row.Questions {
		if a.State == EscalationDraft {
			j.add("question-drafted", 0, false, "an escalation to the DEA is not sent yet")
		}
	}
}

// adviserElse: what else is the coach's turn about a question.
func (j *judge) adviserElse() {
	for _, a := range j.row.Questions {
		switch a.State {
		case EscalationHandedBack:
			j.add("handed-back", 0, true, "DEA handed back: close it when the next step is yours")
		case EscalationDeclined:
			j.add("support-declined", 0, true, "they do not want DEA support: ask for advice, or close")
		case EscalationHeld:
			j.add("meeting-held", 0, false, "the meeting with the DEA was held: close the escalation")
		case EscalationActive:
			if n := j.late1(a.Escalation()); n > 0 {
				j.add("support-unreviewed", n, false, "DEA support not reviewed, %s over", days(n, "working day"))
			}
		default:
		}
		if a.mustBeTold() {
			j.add("person-untold", 0, false, "tell them: %s with the DEA", a.For)
		}
	}
}

// advisersTurn: what an adviser is to do, with its clock.
func (j *judge) advisersTurn() {
	for _, a := range j.row.Questions {
		e := a.Escalation()
		due, late := e.Due(j.Rules.Waits(), j.cal), j.late1(e)
		by := ""
		switch {
		case late > 0:
			by = ", " + days(late, "working day") + " over"
		case !due.IsZero():
			by = ", by " + due.Short(j.Today)
		}
		switch {
		case a.State == EscalationAsked:
			j.add("advise-accept", late, late > 0, "accept or return: %s%s", a.For, by)
		case a.State == EscalationAccepted && a.For == KindAdvice:
			j.add("advise-answer", late, late > 0, "answer%s", by)
		case a.State == EscalationAccepted && a.For == KindThreeWay:
			j.add("advise-book", late, late > 0, "book the meeting of three%s", by)
		case a.State == EscalationAccepted && a.For == KindDirect:
			j.add("advise-agree", late, late > 0, "ask if they want your support%s", by)
		case a.State == EscalationAgreed:
			j.add("advise-begin", late, late > 0, "begin: they agreed to your support%s", by)
		case a.State == EscalationActive && !due.IsZero() && due <= j.Today:
			j.add("advise-review", late, late > 0, "review your support%s", by)
		}
		if a.mustBeTold() {
			j.add("person-untold", 0, false, "tell them: %s", a.For)
		}
	}
}

// mine reports whether an appointment is of whoever works here. A coach looks after all
// of the caseload's, an adviser comes to some.
func (j *judge) mine(d Debt) bool { return !j.Advises || slices.Contains(d.With, j.Me) }

// advisersToday: they come to the adviser today.
func (j *judge) advisersToday() {
	at, found := 24*60, false
	for _, d := range j.row.Debts {
		if d.Kind == DebtAppointment && d.Day == j.Today && j.mine(d) && (d.Minute < 0 || d.Minute+cmp.Or(d.Length, SlotMinutes) > j.Minute) {
			at, found = min(at, d.Minute), true
		}
	}
	switch {
	case !found:
	case at < 0:
		j.add("appointment-today", 0, false, "comes today")
	default:
		j.add("appointment-today", 0, false, "comes today at %s", calendar.Clock(at))
	}
}

// advisersOwn: what the adviser promised, and steps that are the adviser's, are due.
func (j *judge) advisersOwn() {
	if l := j.late(DebtPromise).ours; l.n > 0 {
		j.add("promise-due", l.days, l.days > 0, "my promise is %s", dueness(l.days))
	}
	if l := j.late(DebtStep).ours; l.n > 0 {
		j.add("my-step-due", l.days, l.days > 0, "%s %s", plural(l.n, "my step is", "%d of my steps are"), dueness(l.days))
	}
}

// concernOpen: a concern was raised and nobody has acknowledged it.
func (j *judge) concernOpen() {
	n, oldest := 0, j.Today
	for _, d := range j.row.Debts {
		if d.Kind == DebtConcern {
			n, oldest = n+1, min(oldest, cmp.Or(d.Day, j.Today))
		}
	}
	if n > 0 {
		j.add("concern-open", int(j.Today-oldest), true, "%s, raised %s", plural(n, "a concern is not acknowledged", "%d concerns are not acknowledged"), oldest.Distance(j.Today))
	}
}
