package document

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// standing is what holds for the whole plan: that it is paused, and which version was
// agreed.
func (m *maker) standing() {
	if x, ok := m.p.Plan.Paused(m.o.Today); ok {
		m.plain(KindPaused, "The plan is %s.", domain.PauseWords(x.Until, m.o.Today))
		if why := m.o.Reasons.Because(domain.ReasonsPause, x.Code, x.Reason); why != "" {
			m.plain(KindPauseWhy, "  Because: %s", clean.Line(why, 120))
		}
	}
	for _, a := range m.p.Plan.Agreed {
		if a.Version == m.p.Plan.Version() {
			m.plain(KindAgreed, "Version %d was agreed %s, %s, by the %s.", a.Version, m.day(a.On), a.How, a.Giver)
		}
	}
}

// goals are where the person is heading, and what became of the others.
func (m *maker) goals() {
	for _, g := range m.p.Plan.Goals {
		text := "Goal: " + clean.Line(g.Text, 120)
		if g.Status == domain.GoalActive {
			if !g.Target.IsZero() {
				text += " (by " + m.day(g.Target) + ")"
			}
			m.put(KindGoal, g.Scope, "%s", text)
			continue
		}
		text += " (" + string(g.Status)
		if why := m.o.Reasons.Because(domain.ReasonsArchive, g.Code, g.Reason); why != "" {
			text += ": " + clean.Line(why, 80)
		}
		text += ")"
		if g.Outcome != "" {
			text += ", in their words: " + clean.Line(g.Outcome, 120)
		}
		m.put(KindGoalOver, g.Scope, "%s", text)
	}
}

// steps are what is open, each for those whom it concerns.
func (m *maker) steps() {
	for _, s := range m.p.Plan.Steps {
		if !s.Open() {
			continue
		}
		m.put(stepOf[s.Owner], s.Scope, "Step: %s (%s, %s)", clean.Line(s.Text, 100), m.called(s.Owner), m.dueWords(s))
		if c := s.LastChase(); !c.On.IsZero() {
			m.put(KindChased, s.Scope, "  Last chased %s: %s", c.On.Short(m.o.Today), c.Answer)
		}
	}
}

// count counts the steps that this note may tell of, as [domain.Plan.Count] does.
func (m *maker) count() (done, all int) {
	open := m.p.Plan
	open.Steps = slices.DeleteFunc(slices.Clone(open.Steps), func(s domain.Step) bool { return s.Scope.Private() })
	return open.Count()
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

// came is what came of a step, in brackets behind it.
func came(s domain.Step) string {
	if s.Result == "" {
		return s.Status.String()
	}
	return s.Status.String() + ", " + string(s.Result)
}
