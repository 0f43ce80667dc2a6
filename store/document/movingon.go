package document

import (
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// movingOn is what the person applies for, the programmes that they are on with what is
// to follow, and whose case it is and was.
func (m *maker) movingOn() []string {
	lines := m.applications()
	for _, x := range m.p.Provisions {
		if x.Ended.IsZero() {
			lines = append(lines, m.support(x)...)
		}
	}
	if n := len(m.p.Coaches); n > 1 {
		held := make([]string, n)
		for i, c := range m.p.Coaches {
			held[i] = clean.Line(c.Value, 40) + " since " + c.On.Short(m.o.Today)
		}
		lines = append(lines, "Whose case: "+strings.Join(held, "; "))
	}
	if t, waits := m.p.OpenTransfer(); waits {
		lines = append(lines, "Offered to "+m.who(t.To)+" "+m.day(t.On)+", no answer yet")
		if t.Note != "" {
			lines = append(lines, "  "+clean.Line(t.Note, 300))
		}
	}
	return lines
}

// applications are those that nobody decided yet, and awards that have to be renewed.
func (m *maker) applications() []string {
	var lines []string
	for _, a := range m.p.Applications {
		if !m.p.Pending(a) {
			continue
		}
		next, what := m.o.Queue.Rules.ApplicationNext(m.p.ApplicationRow(a))
		parts := []string{a.State.String()}
		switch {
		case a.State.Awarded():
			parts[0] += " until " + m.day(a.Until)
		case !a.Applied.IsZero():
			parts[0] += " " + a.Applied.Short(m.o.Today)
		}
		if a.Reference != "" {
			parts = append(parts, "reference "+clean.Line(a.Reference, 40))
		}
		if c := a.LastChase(); !c.On.IsZero() {
			parts = append(parts, "last asked "+c.On.Short(m.o.Today)+": "+string(c.Answer))
		}
		if !next.IsZero() {
			parts = append(parts, what+" by "+m.day(next))
		}
		lines = append(lines, "Application by the person, "+m.programme(a.Programme)+": "+strings.Join(parts, ", "))
	}
	return lines
}

// support is a programme that runs: until when, and what is to follow.
func (m *maker) support(x domain.Provision) []string {
	parts := []string{"since " + x.Started.Short(m.o.Today)}
	switch sum := m.supportSum(x); {
	case sum.End.IsZero():
		parts = append(parts, "end not known: "+sum.Asks)
	case sum.End < m.o.Today:
		parts = append(parts, "was to end "+m.day(sum.End)+": ask how it ended")
	default:
		parts = append(parts, "ends "+m.day(sum.End))
	}
	for _, who := range []string{x.Provider, x.Contact} {
		if who != "" {
			parts = append(parts, clean.Line(who, 60))
		}
	}
	lines := []string{"On " + m.programme(x.Programme) + ": " + strings.Join(parts, ", ")}
	then := "nothing is planned yet"
	if l := x.Landing(); !l.ID.IsZero() {
		words := []string{clean.Line(l.Text, 120)}
		if l.Programme != "" {
			words = append([]string{m.programme(l.Programme)}, words...)
		}
		then = strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ": ")
	}
	return append(lines, "  What follows: "+then)
}

// movingClocks are the days of what the person applies for, and the ends of support.
func (m *maker) movingClocks(add func(d calendar.Day, format string, args ...any)) {
	for _, x := range m.p.Provisions {
		if x.Ended.IsZero() {
			text := "%s ends: what replaces it? (work coach)"
			if len(x.Landings) > 0 {
				text = "%s ends: is what follows ready? (work coach)"
			}
			add(m.supportSum(x).End, text, m.programme(x.Programme))
		}
	}
	for _, a := range m.p.Applications {
		if m.p.Pending(a) {
			day, what := m.o.Queue.Rules.ApplicationNext(m.p.ApplicationRow(a))
			add(day, "application, %s: %s (%s)", m.programme(a.Programme), what, m.called(domain.ByPerson))
		}
	}
}

func (m *maker) supportSum(x domain.Provision) domain.SupportSum {
	return m.p.ProvisionRow(x).Sum(m.o.Queue.Catalogue, m.o.Calendar)
}

func (m *maker) programme(key string) string { return clean.Line(m.o.Queue.Catalogue.Name(key), 60) }
