package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (m *maker) oneLine() []string {
	if !m.isStaff() {
		m.ownWords(m.o.Summary, m.o.Why)
		return []string{clean.Line(m.p.Name(), 80)}
	}
	first := fmt.Sprintf("%s, on the caseload since %s", clean.Line(m.p.Name(), 80), m.p.Joined.Short(m.o.Today))
	for _, g := range m.p.Plan.Goals {
		if g.Status == domain.GoalActive && m.open(g.Scope) {
			first += ", heading for: " + clean.Line(g.Text, 120)
			break
		}
	}
	lines := []string{first + "."}
	if m.o.Summary != "" {
		lines = append(lines, clean.Line(m.o.Summary, 400))
	}
	if m.o.Why != "" {
		lines = append(lines, "Handed over now because: "+clean.Line(m.o.Why, 300))
	}
	return lines
}

// ownWords counts as hidden what the coach wrote for colleagues.
func (m *maker) ownWords(texts ...string) {
	n := 0
	for _, t := range texts {
		if t != "" {
			n++
		}
	}
	m.hide(n, "the coach's own words are for colleagues and the adviser")
}

// first is one thing to do, with its day.
type first struct {
	day  calendar.Day
	text string
}

// doFirst is at most three things: clocks that end within four weeks, and what we
// promised.
func (m *maker) doFirst() []string {
	soon := m.o.Today + 28
	var all []first
	add := func(d calendar.Day, format string, args ...any) {
		if !d.IsZero() && d <= soon {
			all = append(all, first{d, fmt.Sprintf(format, args...)})
		}
	}
	for _, a := range m.p.Unsettled(m.o.Today - 1) {
		if !m.open(a.Scope) {
			continue
		}
		add(a.Day, "say how the session of %s went (work coach)", a.Day.Short(m.o.Today))
	}
	if a, ok := m.p.NextPublic(m.o.Today); ok {
		add(a.Day, "appointment %s (work coach)", clockWords(a))
	}
	for _, pr := range m.p.Promises {
		if pr.Status == domain.PromiseOpen && pr.Owner == domain.ByCoach && m.open(pr.Scope) {
			add(cmp.Or(pr.Due, m.o.Today), "promised: %s (work coach)", clean.Line(pr.Text, 120))
		}
	}
	if f, ok := m.p.CurrentFitNote(); ok && f.To >= m.o.Today {
		add(f.To, "fit note ends: ask for the next one (%s)", m.called(domain.ByPerson))
	}
	for _, e := range m.p.Escalations {
		switch e.State {
		case domain.EscalationAnswered:
			add(e.Answered, "try the adviser's answer (work coach)")
		case domain.EscalationReturned:
			add(e.Returned, "tell the adviser what is missing (work coach)")
		case domain.EscalationHandedBack:
			add(e.HandedBack, "take the next step after the adviser's support (work coach)")
		case domain.EscalationDeclined:
			add(e.Asked, "they do not want the adviser's support: ask for advice, or close (work coach)")
		default:
		}
	}
	m.movingClocks(add)
	if d := m.p.Review(m.o.Reviews).Day; !d.IsZero() {
		add(d, "review the plan (work coach)")
	}
	slices.SortStableFunc(all, func(a, b first) int { return int(a.day - b.day) })
	var lines []string
	for i, f := range all[:min(len(all), 3)] {
		lines = append(lines, fmt.Sprintf("%d. %s: %s", i+1, f.day.Short(m.o.Today), f.text))
	}
	if len(lines) == 0 {
		lines = []string{"Nothing falls due within four weeks."}
	}
	return lines
}

func clockWords(a domain.Appointment) string {
	words := a.Channel
	if a.Minute >= 0 {
		words = calendar.Clock(a.Minute) + " " + words
	}
	return strings.TrimSpace(words)
}

func (m *maker) safety() []string {
	var lines []string
	if m.p.Restriction.On {
		lines = append(lines, "The record is restricted since "+m.p.Restriction.Since.Short(m.o.Today)+": no list names the person.")
	}
	for _, x := range m.p.Concerns {
		if !x.Open() || !m.open(x.Scope) {
			continue
		}
		told := clean.Line(x.Told, 80)
		if !x.To.IsZero() {
			told = m.who(x.To)
		}
		lines = append(lines, "Concern of "+m.day(x.On)+", told to "+told+", not acknowledged yet: "+clean.Line(x.Text, 300))
	}
	switch {
	case len(lines) == 0:
		return []string{"None recorded."}
	case !m.isStaff():
		m.hide(len(lines), "restrictions and concerns are for colleagues and the adviser")
		return []string{"Ask the work coach."}
	}
	return lines
}

func (m *maker) howToWork() []string {
	var lines []string
	if m.isStaff() {
		if m.o.HowToWork != "" {
			lines = append(lines, clean.Line(m.o.HowToWork, 400))
		}
		lines = append(lines, m.fact("What matters to them", domain.FactMatters)...)
		lines = append(lines, m.fact("Strengths", domain.FactStrengths)...)
	} else {
		m.ownWords(m.o.HowToWork)
		m.hide(len(m.fact("", domain.FactMatters)), "what matters to them is for colleagues and the adviser")
		m.hide(len(m.fact("", domain.FactStrengths)), "strengths are for colleagues and the adviser")
	}
	var adjust []string
	for _, a := range m.p.Adjustments {
		if !a.Removed && m.open(a.Scope) {
			adjust = append(adjust, clean.Line(a.Text, 80))
		}
	}
	lines = append(lines, m.agreed(domain.ItemAdjustments, "Adjustments: "+cmp.Or(strings.Join(adjust, "; "), "none recorded"))...)
	for _, f := range []struct {
		label string
		fact  domain.Fact
		part  domain.ConsentItem
	}{
		{"Telephone", domain.FactPhone, domain.ItemContact},
		{"Email", domain.FactEmail, domain.ItemContact},
		{"Reach them", domain.FactContact, domain.ItemContact},
		{"Not", domain.FactNotContact, domain.ItemContact},
		{"Best way to talk", domain.FactChannel, domain.ItemContact},
		{"Language", domain.FactLanguage, domain.ItemAdjustments},
		{"Interpreter", domain.FactInterpreter, domain.ItemAdjustments},
	} {
		lines = append(lines, m.agreed(f.part, m.fact(f.label, f.fact)...)...)
	}
	if representative := m.fact("Representative", domain.FactRepresentative); m.o.For == Employer {
		m.hide(len(representative), "a representative is not named to the employer")
	} else {
		lines = append(lines, m.agreed(domain.ItemContact, representative...)...)
	}
	return lines
}

func (m *maker) state() []string {
	fit := "Fit note: none recorded"
	if f, ok := m.p.CurrentFitNote(); ok {
		fit = fmt.Sprintf("Fit note: %s, %s to %s", f.Summary(), f.From.Short(m.o.Today), m.day(f.To))
	}
	if !m.isStaff() {
		m.hide(len(m.p.Barriers), "barriers are for colleagues and the adviser")
		return m.agreed(domain.ItemHealth, fit)
	}
	lines := []string{
		fit,
		"Employment: " + cmp.Or(clean.Line(m.p.Fact(domain.FactEmployment), 40), "not recorded"),
		"Health-journey group: " + cmp.Or(clean.Line(m.p.Fact(domain.FactGroup), 40), "not recorded"),
	}
	if n := m.p.Fact(domain.FactNino); n != "" {
		lines = append(lines, "National Insurance number: "+domain.MaskNino(n))
	}
	for _, b := range m.p.Barriers {
		if m.open(b.Scope) {
			lines = append(lines, "Barrier: "+clean.Line(b.Text, 100)+m.tried(b))
		}
	}
	return lines
}

// tried tells what was done about a barrier and what came of it.
func (m *maker) tried(b domain.Barrier) string {
	if b.Resolved {
		return ", gone: " + cmp.Or(clean.Line(b.Result, 80), "no word on what helped")
	}
	var done []string
	for _, s := range m.p.Plan.Steps {
		if s.Barrier == b.ID && !s.Open() && !s.Scope.Private() {
			done = append(done, clean.Line(s.Text, 60)+" ("+came(s)+")")
		}
	}
	if len(done) == 0 {
		return ""
	}
	return ", tried: " + strings.Join(done, "; ")
}

func (m *maker) openWithOthers() []string {
	var lines []string
	for _, e := range m.p.Escalations {
		if !e.Live() || !m.open(e.Scope) {
			continue
		}
		line := "DEA, " + e.Kind.String() + ", " + string(e.State)
		if d := e.Due(m.o.Waits, m.o.Calendar); !d.IsZero() {
			line += ", by " + m.day(d)
		}
		if !e.Adviser.IsZero() {
			line += ", " + m.who(e.Adviser)
		}
		lines = append(lines, line+": "+clean.Line(e.Question, 160))
		if e.State == domain.EscalationReturned {
			lines = append(lines, "  Needs: "+clean.Line(e.Need, 200))
		}
		if e.Answer != "" {
			lines = append(lines, "  Answer: "+clean.Line(e.Answer, 300))
		}
		lines = append(lines, m.helpWith(e)...)
	}
	lines = append(lines, m.referrals()...)
	lines = append(lines, m.movingOn()...)
	for _, sp := range m.p.Signposts {
		if sp.Result == domain.SignpostOpen && m.open(sp.Scope) {
			lines = append(lines, "Told about, goes alone: "+clean.Line(sp.Text, 120)+" ("+m.day(sp.On)+")")
		}
	}
	if len(lines) == 0 {
		lines = []string{"Nothing is open with others."}
	}
	return lines
}

// helpWith tells what happens beyond advice: what the person said and was told of, the
// meeting, and what direct support changed.
func (m *maker) helpWith(e domain.Escalation) []string {
	var lines []string
	if a := e.Agreement(); !a.ID.IsZero() {
		word := "does not want it"
		if a.Yes {
			word = "agreed"
		}
		lines = append(lines, fmt.Sprintf("  The person %s: %s, said by the %s, %s", word, a.On.Short(m.o.Today), a.Giver, a.How))
	} else if e.Kind == domain.KindDirect && e.Open() {
		lines = append(lines, "  Whether the person wants it is not recorded.")
	}
	if e.MustBeTold() {
		lines = append(lines, "  The person was not told of it yet.")
	}
	for _, a := range m.p.Appointments {
		if a.ID == e.Appointment && !a.ID.IsZero() {
			lines = append(lines, "  Meeting: "+m.day(a.Day))
		}
	}
	if n := len(e.Reviews); n > 0 {
		lines = append(lines, "  Reviewed "+e.Reviews[n-1].On.Short(m.o.Today)+": "+clean.Line(e.Reviews[n-1].Text, 200))
	}
	return lines
}

// gaps are honest: what the coach knows is missing, and what the record lacks.
func (m *maker) gaps() []string {
	var lines []string
	if m.o.Gaps != "" {
		lines = append(lines, clean.Line(m.o.Gaps, 400))
	}
	var missing []string
	for _, f := range []struct {
		what string
		fact domain.Fact
	}{{"what matters to them", domain.FactMatters}, {"how to reach them", domain.FactPhone}, {"language", domain.FactLanguage}, {"health-journey group", domain.FactGroup}, {"employment", domain.FactEmployment}} {
		if m.p.Fact(f.fact) == "" {
			missing = append(missing, f.what)
		}
	}
	if m.p.Plan.Empty() {
		missing = append(missing, "a plan")
	}
	if len(m.p.Barriers) == 0 {
		missing = append(missing, "barriers")
	}
	if len(missing) > 0 {
		lines = append(lines, "Not recorded: "+strings.Join(missing, ", ")+".")
	}
	if len(lines) == 0 {
		lines = []string{"Nothing that the record shows."}
	}
	return lines
}

// said are the lines of a note that are no marks: those stand in their own sections.
func (m *maker) said(n domain.Note) []string {
	var lines []string
	for line := range strings.SplitSeq(n.Text(domain.SharedOnly), "\n") {
		if len(domain.ReadNote(line, m.o.Today, domain.Names{}).Marks) == 0 && line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// sessions are the last three in two lines each.
func (m *maker) sessions() []string {
	list := slices.Clone(m.p.Sessions)
	slices.SortStableFunc(list, func(a, b domain.Session) int { return int(b.Day - a.Day) })
	var lines []string
	for _, s := range list[:min(len(list), 3)] {
		line := s.Day.Short(m.o.Today) + ", " + string(s.Outcome)
		if s.Channel != "" {
			line += ", " + clean.Line(s.Channel, 20)
		}
		lines = append(lines, line+", "+m.who(s.By))
		var said []string
		for _, n := range m.p.SessionNotes(s.ID) {
			for _, part := range n.Parts {
				if part.Scope.Private() {
					m.hide(len(part.Lines), part.Scope.String()+": never leaves the desk")
				}
			}
			said = append(said, m.said(n)...)
		}
		if text := strings.TrimSpace(strings.Join(said, " / ")); text != "" {
			lines = append(lines, "  "+clean.Line(text, 300))
		}
	}
	if len(lines) == 0 {
		lines = []string{"No session is recorded."}
	}
	return lines
}
