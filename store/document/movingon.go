package document

import (
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// movingOn is what the person applies for, the programmes that they are on with what is
// to follow, and whose case it is and was.
func (m *maker) movingOn() {
	m.applications()
	for _, x := range m.p.Provisions {
		if x.Ended.IsZero() {
			m.support(x)
		}
	}
	if held := m.p.Holders(); len(held) > 1 {
		m.plain(KindCase, "Whose case: %s", strings.Join(domain.HoldersSay(held, m.o.Today), "; "))
	}
	m.handed()
	if t, waits := m.p.OpenTransfer(); waits {
		m.plain(KindCase, "Offered to %s %s, no answer yet", m.who(t.To), m.day(t.On))
		if t.Note != "" {
			m.plain(KindCase, "  %s", clean.Line(t.Note, 300))
		}
	}
}

// applications are those that nobody decided yet, and awards that have to be renewed.
func (m *maker) applications() {
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
		m.plain(KindMoving, "Application by the person, %s: %s", m.programme(a.Programme), strings.Join(parts, ", "))
	}
}

// support is a programme that runs: until when, and what is to follow.
func (m *maker) support(x domain.Provision) {
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
	m.plain(KindMoving, "On %s: %s", m.programme(x.Programme), strings.Join(parts, ", "))
	then := "nothing is planned yet"
	if l := x.Landing(); !l.ID.IsZero() {
		words := []string{clean.Line(l.Text, 120)}
		if l.Programme != "" {
			words = append([]string{m.programme(l.Programme)}, words...)
		}
		then = strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ": ")
	}
	m.plain(KindMoving, "  What follows: %s", then)
}

// movingClocks are the days by which providers owe an answer, of what the person applies
// for, and the ends of support.
func (m *maker) movingClocks(add adds) {
	for _, x := range m.p.Referrals {
		if d := m.expected(x); x.State.Out() && !d.IsZero() {
			add(d, domain.Shareable, domain.ByProvider, "referral, %s: word is expected", m.programme(x.Programme))
		}
	}
	for _, x := range m.p.Provisions {
		if x.Ended.IsZero() {
			text := "%s ends: what replaces it?"
			if len(x.Landings) > 0 {
				text = "%s ends: is what follows ready?"
			}
			add(m.supportSum(x).End, domain.Shareable, domain.ByCoach, text, m.programme(x.Programme))
		}
	}
	for _, a := range m.p.Applications {
		if m.p.Pending(a) {
			day, what := m.o.Queue.Rules.ApplicationNext(m.p.ApplicationRow(a))
			add(day, domain.Shareable, domain.ByPerson, "application, %s: %s", m.programme(a.Programme), what)
		}
	}
}

func (m *maker) supportSum(x domain.Provision) domain.SupportSum {
	return m.p.ProvisionRow(x).Sum(m.o.Queue.Catalogue, m.o.Calendar)
}

func (m *maker) programme(key string) string { return clean.Line(m.o.Queue.Catalogue.Name(key), 60) }

// handed is what was put into somebody's hands and is not over: who looks after the case,
// what waits for an answer.
func (m *maker) handed() {
	for _, h := range m.p.Handovers {
		if h.State().Over() || h.Kind == domain.HandoverTransfer && !h.State().Waits() || h.Kind == domain.HandoverCopy {
			continue
		}
		m.plain(KindCase, "%s", h.Says(domain.ID{}, m.who, m.o.Today))
	}
}
