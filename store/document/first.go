package document

import (
	"cmp"
	"fmt"
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// first is one thing to do, with its day and whose it is.
type first struct {
	day   calendar.Day
	scope domain.Scope
	text  string
	owner domain.Owner
}

// doFirst is at most three things, each with its day and its owner: clocks that end
// soon, and what we promised.
func (m *maker) doFirst() {
	var all []first
	days := m.o.Sharing.figures.Of(figureFirstDays)
	soon := m.o.Today.AddDays(days)
	add := func(d calendar.Day, s domain.Scope, owner domain.Owner, format string, args ...any) {
		if !d.IsZero() && d <= soon {
			all = append(all, first{d, s, fmt.Sprintf(format, args...), owner})
		}
	}
	m.owed(add)
	m.escalationClocks(add)
	m.movingClocks(add)
	slices.SortStableFunc(all, func(a, b first) int { return int(a.day - b.day) })
	n, most := 0, m.o.Sharing.figures.Of(figureFirst)
	for _, f := range all {
		if f.scope.Private() {
			m.put(KindFirst, f.scope, "%s: %s (%s)", f.day.Short(m.o.Today), f.text, m.called(f.owner))
		} else if n < most {
			n++
			m.put(KindFirst, f.scope, "%s: %s (%s)", f.day.Short(m.o.Today), f.text, m.called(f.owner))
		}
	}
	if n == 0 {
		m.because("", m.whyNot(KindFirst, domain.Shareable), fmt.Sprintf("Nothing falls due within %d days.", days))
	}
}

// adds takes a thing to do, when its day is near enough.
type adds func(d calendar.Day, s domain.Scope, owner domain.Owner, format string, args ...any)

// owed are sessions, appointments, promises, steps of the coach, the fit note, consents
// and the review.
func (m *maker) owed(add adds) {
	for _, a := range m.p.Unsettled(m.o.Today - 1) {
		add(a.Day, a.Scope, domain.ByCoach, "say how the session of %s went", a.Day.Short(m.o.Today))
	}
	if a, ok := m.p.NextPublic(m.o.Today); ok {
		add(a.Day, a.Scope, domain.ByCoach, "appointment %s", clockWords(a))
	}
	for _, pr := range m.p.Promises {
		if pr.Status == domain.PromiseOpen && pr.Owner == domain.ByCoach {
			text := clean.Line(pr.Text, 120)
			if pr.Due.IsZero() {
				text += ", no date was agreed"
			}
			add(cmp.Or(pr.Due, m.o.Today), pr.Scope, domain.ByCoach, "promised: %s", text)
		}
	}
	for _, s := range m.p.Plan.Steps {
		if s.Open() && s.Owner == domain.ByCoach {
			add(m.p.DueOn(s, m.o.Reviews), s.Scope, domain.ByCoach, "step: %s", clean.Line(s.Text, 120))
		}
	}
	if f, ok := m.p.CurrentFitNote(); ok && f.To >= m.o.Today {
		add(f.To, domain.Shareable, domain.ByPerson, "fit note ends: ask for the next one")
	}
	for _, c := range m.p.Consents {
		if c.InForce(m.o.Today) {
			add(c.Until, domain.Shareable, domain.ByCoach, "consent for %s ends: ask again", clean.Line(c.To.String(), 80))
		}
	}
	if d := m.p.Review(m.o.Reviews).Day; !d.IsZero() {
		add(d, domain.Shareable, domain.ByCoach, "review the plan")
	}
}

// escalationClocks are what an escalation waits for, from whichever side.
func (m *maker) escalationClocks(add adds) {
	for _, e := range m.p.Escalations {
		switch e.State {
		case domain.EscalationAnswered:
			add(e.Answered, e.Scope, domain.ByCoach, "try the adviser's answer")
		case domain.EscalationReturned:
			add(e.Returned, e.Scope, domain.ByCoach, "tell the adviser what is missing")
		case domain.EscalationHandedBack:
			add(e.HandedBack, e.Scope, domain.ByCoach, "take the next step after the adviser's support")
		case domain.EscalationDeclined:
			add(e.Asked, e.Scope, domain.ByCoach, "they do not want the adviser's support: ask for advice, or close")
		default:
			if e.Live() {
				add(e.Due(m.o.Waits, m.o.Calendar), e.Scope, domain.ByAdviser, "the escalation of %s is to be answered", e.Asked.Short(m.o.Today))
			}
		}
	}
}
