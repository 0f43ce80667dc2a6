package document

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// standing is what holds for the whole plan: that it is paused, and which version was
// agreed. Why it is paused is for colleagues and the adviser.
func (m *maker) standing() []string {
	var lines []string
	if x, ok := m.p.Plan.Paused(m.o.Today); ok {
		line := "The plan is " + domain.PauseWords(x.Until, m.o.Today)
		if m.isStaff() {
			if why := m.o.Reasons.Because(domain.ReasonsPause, x.Code, x.Reason); why != "" {
				line += ": " + clean.Line(why, 120)
			}
		}
		lines = append(lines, line+".")
	}
	if !m.isStaff() && m.o.For != Person {
		return lines
	}
	for _, a := range m.p.Plan.Agreed {
		if a.Version == m.p.Plan.Version() {
			lines = append(lines, fmt.Sprintf("Version %d was agreed %s, %s, by the %s.", a.Version, m.day(a.On), a.How, a.Giver))
		}
	}
	return lines
}

// goals are where the person is heading, and what became of the others.
func (m *maker) goals() []string {
	var lines []string
	for _, g := range m.p.Plan.Goals {
		if !m.open(g.Scope) {
			continue
		}
		line := "Goal: " + clean.Line(g.Text, 120)
		switch {
		case g.Status == domain.GoalActive && !g.Target.IsZero():
			line += " (by " + m.day(g.Target) + ")"
		case g.Status == domain.GoalActive:
		case !m.isStaff():
			continue
		default:
			line += " (" + string(g.Status)
			if why := m.o.Reasons.Because(domain.ReasonsArchive, g.Code, g.Reason); why != "" {
				line += ": " + clean.Line(why, 80)
			}
			line += ")"
			if g.Outcome != "" {
				line += ", in their words: " + clean.Line(g.Outcome, 120)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// dueWords says by when a step is to be done.
func (m *maker) dueWords(s domain.Step) string {
	d := m.p.DueOn(s, m.o.Reviews)
	switch {
	case s.Before != "" && d.IsZero():
		return s.Before.String()
	case s.Before != "":
		return s.Before.String() + ", by " + m.day(d)
	case d.IsZero():
		return "no date"
	}
	return "by " + m.day(d)
}

// chased says when somebody was last asked about a step of theirs; for colleagues and
// the adviser.
func (m *maker) chased(s domain.Step) string {
	c := s.LastChase()
	if c.On.IsZero() || !m.isStaff() {
		return ""
	}
	return ", last chased " + c.On.Short(m.o.Today) + ": " + string(c.Answer)
}

// came is what came of a step, in brackets behind it.
func came(s domain.Step) string {
	if s.Result == "" {
		return s.Status.String()
	}
	return s.Status.String() + ", " + string(s.Result)
}
