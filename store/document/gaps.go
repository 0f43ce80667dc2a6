package document

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// gaps are honest: what the coach knows is missing, what the record lacks, and what is
// begun and not done. What is private is not counted.
func (m *maker) gaps() {
	m.own(KindGaps, "", m.o.Gaps, 400)
	if missing := m.missing(); len(missing) > 0 {
		m.plain(KindMissing, "Not recorded: %s.", strings.Join(missing, ", "))
	}
	if undone := m.undone(); len(undone) > 0 {
		m.plain(KindMissing, "Not done: %s.", strings.Join(undone, "; "))
	}
	if len(m.here.Lines) == 0 {
		m.plain(KindMissing, "Nothing that the record shows.")
	}
}

// missing is what a note should tell and the record does not know.
func (m *maker) missing() []string {
	var out []string
	for _, f := range []struct {
		what  string
		facts []domain.Fact
	}{
		{"what matters to them", []domain.Fact{domain.FactMatters}},
		{"how to reach them", []domain.Fact{domain.FactPhone, domain.FactEmail, domain.FactContact, domain.FactChannel}},
		{"language", []domain.Fact{domain.FactLanguage}},
		{"health-journey group", []domain.Fact{domain.FactGroup}},
		{"employment", []domain.Fact{domain.FactEmployment}},
	} {
		known := f.facts[0] == domain.FactEmployment && m.p.EmployedOn(m.o.Today).Is()
		for _, fact := range f.facts {
			known = known || m.p.Fact(fact) != ""
		}
		if !known {
			out = append(out, f.what)
		}
	}
	if m.p.Plan.Public().Empty() {
		out = append(out, "a plan")
	}
	shared := 0
	for _, b := range m.p.Barriers {
		if !b.Scope.Private() {
			shared++
		}
	}
	if shared == 0 {
		out = append(out, "barriers")
	}
	if m.o.Why == "" {
		out = append(out, "why it is handed over now")
	}
	return out
}

// undone is what was begun and not done.
func (m *maker) undone() []string {
	var out []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, one)
		case n > 1:
			out = append(out, fmt.Sprintf(many, n))
		}
	}
	sessions, late, steps, promises, barriers := 0, 0, 0, 0, 0
	for _, a := range m.p.Unsettled(m.o.Today - 1) {
		if !a.Scope.Private() {
			sessions++
		}
	}
	for _, pr := range m.p.Promises {
		if pr.Status == domain.PromiseOpen && !pr.Scope.Private() && !pr.Due.IsZero() && pr.Due < m.o.Today {
			promises++
		}
	}
	for _, s := range m.p.Plan.Steps {
		if d := m.p.DueOn(s, m.o.Reviews); s.Open() && !s.Scope.Private() {
			steps++
			if !d.IsZero() && d < m.o.Today {
				late++
			}
		}
	}
	for _, b := range m.p.Barriers {
		if !b.Resolved && !b.Scope.Private() && m.tried(b) == nothingTried {
			barriers++
		}
	}
	add(sessions, "a session without its outcome", "%d sessions without their outcome")
	add(promises, "a promise is overdue", "%d promises are overdue")
	add(late, "a step is overdue", "%d steps are overdue")
	add(barriers, "a barrier for which nothing was tried", "%d barriers for which nothing was tried")
	if steps == 0 && !m.p.Plan.Public().Empty() {
		out = append(out, "no step is open")
	}
	if f, ok := m.p.CurrentFitNote(); ok && f.To < m.o.Today {
		out = append(out, "the fit note ended "+f.To.Short(m.o.Today)+" and no other is recorded")
	}
	for _, e := range m.p.Escalations {
		if e.Live() && !e.Scope.Private() && e.MustBeTold() {
			out = append(out, "the person was not told of "+clean.Line(e.Kind.String(), 40))
		}
	}
	return out
}
