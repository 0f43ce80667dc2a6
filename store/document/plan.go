package document

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// mine reports whether a step concerns this receiver.
func (m *maker) mine(o domain.Owner) bool {
	switch m.o.For {
	case Provider:
		return o == domain.ByProvider
	case Employer:
		return o == domain.ByEmployer
	case Colleague, Adviser, Person:
	}
	return true
}

func (m *maker) plan() []string {
	lines := m.standing()
	if m.isStaff() || m.o.For == Person {
		lines = append(lines, m.goals()...)
	}
	if done, all := m.count(); all > 0 && m.isStaff() {
		lines = append(lines, fmt.Sprintf("%d of %d steps are done.", done, all))
	}
	others := 0
	for _, s := range m.p.Plan.Steps {
		switch {
		case !s.Open() || !m.open(s.Scope):
		case !m.mine(s.Owner):
			others++
		default:
			lines = append(lines, fmt.Sprintf("Step: %s (%s, %s%s)", clean.Line(s.Text, 100), m.called(s.Owner), m.dueWords(s), m.chased(s)))
		}
	}
	m.hide(others, "steps of others are not for the "+string(m.o.For))
	if m.o.For == Person {
		lines = append(lines, m.promises()...)
	}
	if a, ok := m.p.NextPublic(m.o.Today); ok {
		lines = append(lines, "Next appointment: "+strings.TrimSuffix(m.day(a.Day)+", "+clockWords(a), ", "))
	}
	if len(lines) == 0 && others > 0 {
		lines = []string{"What is planned is not shared here."}
	} else if len(lines) == 0 {
		lines = []string{"Nothing is planned."}
	}
	return m.agreed(domain.ItemPlan, lines...)
}

// count counts the steps that this note may tell of, as [domain.Plan.Count] does.
func (m *maker) count() (done, all int) {
	open := m.p.Plan
	open.Steps = slices.DeleteFunc(slices.Clone(open.Steps), func(s domain.Step) bool { return s.Scope.Private() })
	return open.Count()
}

func (m *maker) promises() []string {
	var lines []string
	for _, pr := range m.p.Promises {
		if pr.Status == domain.PromiseOpen && m.open(pr.Scope) {
			lines = append(lines, "Promise: "+clean.Line(pr.Text, 100)+" ("+m.called(pr.Owner)+")")
		}
	}
	return lines
}
