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

// oneLine is who, since when, where they are heading, and why now.
func (m *maker) oneLine() {
	pieces := []piece{
		{KindName, domain.Shareable, clean.Line(m.p.Name(), 80)},
		{KindSince, domain.Shareable, "on the caseload since " + m.p.Joined.Short(m.o.Today)},
	}
	for _, g := range m.p.Plan.Goals {
		if g.Status != domain.GoalActive {
			continue
		}
		pieces = append(pieces, piece{KindHeading, g.Scope, "heading for: " + clean.Line(g.Text, 120)})
		if !g.Scope.Private() {
			break
		}
	}
	m.joined("", ", ", ".", pieces...)
	m.own(KindSummary, "", m.o.Summary, 400)
	m.own(KindWhy, "Handed over now because: ", m.o.Why, 300)
}

// own adds what the coach wrote for this note.
func (m *maker) own(k Kind, label, text string, most int) {
	if text = clean.Line(text, most); text != "" {
		m.plain(k, "%s%s", label, text)
	}
}

func clockWords(a domain.Appointment) string {
	words := a.Channel
	if a.Minute >= 0 {
		words = calendar.Clock(a.Minute) + " " + words
	}
	return strings.TrimSpace(words)
}

// safety is what nobody has settled. That nothing is told is said in the same words
// whether there is something private or not.
func (m *maker) safety() {
	told := false
	if m.p.Restriction.On {
		m.plain(KindRestriction, "The record is restricted since %s: no list names the person.", m.p.Restriction.Since.Short(m.o.Today))
		told = true
	}
	for _, x := range m.p.Concerns {
		if !x.Open() {
			continue
		}
		to := clean.Line(x.Told, 80)
		if !x.To.IsZero() {
			to = m.who(x.To)
		}
		m.put(KindConcern, x.Scope, "Concern of %s, told to %s, not acknowledged yet: %s", m.day(x.On), to, clean.Line(x.Text, 300))
		told = told || !x.Scope.Private()
	}
	switch {
	case m.anyOpen():
	case told:
		m.plain(KindSafety, "Ask the work coach.")
	default:
		m.plain(KindSafety, "None recorded that may be shared.")
	}
}

func (m *maker) howToWork() {
	m.own(KindHowTo, "", m.o.HowToWork, 400)
	m.known(KindPronouns, "Pronouns", domain.FactPronouns)
	m.known(KindMatters, "What matters to them", domain.FactMatters)
	m.known(KindStrengths, "Strengths", domain.FactStrengths)
	var adjust []piece
	shared := 0
	for _, a := range m.p.Adjustments {
		if !a.Removed {
			adjust = append(adjust, piece{KindAdjustments, a.Scope, clean.Line(a.Text, 80)})
			if !a.Scope.Private() {
				shared++
			}
		}
	}
	if shared == 0 {
		adjust = append(adjust, piece{KindAdjustments, domain.Shareable, "none recorded"})
	}
	m.joined("Adjustments: ", "; ", "", adjust...)
	if m.p.Withheld() {
		m.plain(KindTalk, "%s", withheldWords(m.o.For))
	}
	m.known(KindReach, "Telephone", domain.FactPhone)
	m.known(KindReach, "Email", domain.FactEmail)
	m.known(KindReach, "Reach them", domain.FactContact)
	m.known(KindReach, "Not", domain.FactNotContact)
	m.known(KindTalk, "Best way to talk", domain.FactChannel)
	m.known(KindLanguage, "Language", domain.FactLanguage)
	m.known(KindLanguage, "Interpreter", domain.FactInterpreter)
	m.known(KindFriend, "Representative", domain.FactRepresentative)
	if m.o.For.Outside() && !m.anyOpen() {
		m.because("", "", noneAgreed)
	}
}

func withheldWords(r Receiver) string {
	if r.staff() {
		return "Contact details are withheld: tell nobody outside."
	}
	return "Contact details are withheld. Reach them through their work coach."
}

// noneAgreed stands where no consent lets anything of a section out.
const noneAgreed = "No consent covers this part."

func (m *maker) state() {
	m.plain(KindGroup, "Health-journey group: %s", cmp.Or(clean.Line(m.p.Fact(domain.FactGroup), 40), "not recorded"))
	fit := "Fit note: none recorded"
	if f, ok := m.p.CurrentFitNote(); ok {
		fit = fmt.Sprintf("Fit note: %s, %s to %s", f.Summary(), f.From.Short(m.o.Today), m.day(f.To))
	}
	m.plain(KindFitNote, "%s", fit)
	m.plain(KindEmployment, "Employment: %s", cmp.Or(clean.Line(m.p.EmployedOn(m.o.Today).Status, 40), clean.Line(m.p.Fact(domain.FactEmployment), 40), "not recorded"))
	if n := m.p.Fact(domain.FactNino); n != "" {
		m.plain(KindNumber, "National Insurance number: %s", domain.MaskNino(n))
	}
	m.standing()
	m.goals()
	if done, all := m.count(); all > 0 {
		m.plain(KindCount, "%d of %d steps are done.", done, all)
	}
	for _, b := range m.p.Barriers {
		m.put(KindBarrier, b.Scope, "Barrier: %s%s", clean.Line(b.Text, 100), m.tried(b))
	}
	m.steps()
	for _, pr := range m.p.Promises {
		if pr.Status == domain.PromiseOpen {
			m.put(KindPromise, pr.Scope, "Promise: %s (%s, %s)", clean.Line(pr.Text, 100), m.called(pr.Owner), m.dueOr(pr.Due))
		}
	}
	if a, ok := m.p.NextPublic(m.o.Today); ok {
		m.plain(KindNext, "Next appointment: %s", strings.TrimSuffix(m.day(a.Day)+", "+clockWords(a), ", "))
	}
	switch {
	case m.anyOpen():
	case m.o.For.Outside():
		m.because("", "", noneAgreed)
	default:
		m.because("", "", "Nothing is planned.")
	}
}

func (m *maker) dueOr(d calendar.Day) string {
	if d.IsZero() {
		return "no date"
	}
	return "by " + m.day(d)
}

// nothingTried is told of a barrier that nobody did anything about.
const nothingTried = ", nothing tried yet"

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
		return nothingTried
	}
	return ", tried: " + strings.Join(done, "; ")
}

// openWithOthers is all that somebody else has to answer: state, last contact,
// reference, named contact, and by when.
func (m *maker) openWithOthers() {
	for _, e := range m.p.Escalations {
		if e.Live() {
			m.escalation(e)
		}
	}
	m.referrals()
	m.movingOn()
	for _, sp := range m.p.Signposts {
		if sp.Result == domain.SignpostOpen {
			m.put(KindSignpost, sp.Scope, "Told about, goes alone: %s (%s)", clean.Line(sp.Text, 120), m.day(sp.On))
		}
	}
	if len(m.here.Lines) == 0 {
		m.plain(KindCase, "Nothing is open with others.")
	}
}

func (m *maker) escalation(e domain.Escalation) {
	text := "DEA, " + e.Kind.String() + ", " + string(e.State) + " " + e.Since.Short(m.o.Today)
	if !e.Asked.IsZero() && e.Asked != e.Since {
		text += ", asked " + e.Asked.Short(m.o.Today)
	}
	if d := e.Due(m.o.Waits, m.o.Calendar); !d.IsZero() {
		text += ", by " + m.day(d)
	}
	if !e.Adviser.IsZero() {
		text += ", " + m.who(e.Adviser)
	}
	m.put(KindEscalation, e.Scope, "%s: %s", text, clean.Line(e.Question, 160))
	if e.State == domain.EscalationReturned {
		m.put(KindEscalation, e.Scope, "  Needs: %s", clean.Line(e.Need, 200))
	}
	if e.Answer != "" {
		m.put(KindEscalation, e.Scope, "  Answer: %s", clean.Line(e.Answer, 300))
	}
	m.helpWith(e)
}

// helpWith tells what happens beyond advice: what the person said and was told of, the
// meeting, and what direct support changed.
func (m *maker) helpWith(e domain.Escalation) {
	if a := e.Agreement(); !a.ID.IsZero() {
		word := "does not want it"
		if a.Yes {
			word = "agreed"
		}
		m.put(KindEscalation, e.Scope, "  The person %s: %s, said by the %s, %s", word, a.On.Short(m.o.Today), a.Giver, a.How)
	} else if e.Kind == domain.KindDirect && e.Open() {
		m.put(KindEscalation, e.Scope, "  Whether the person wants it is not recorded.")
	}
	if e.MustBeTold() {
		m.put(KindEscalation, e.Scope, "  The person was not told of it yet.")
	}
	for _, a := range m.p.Appointments {
		if a.ID == e.Appointment && !a.ID.IsZero() {
			m.put(KindEscalation, e.Scope, "  Meeting: %s", m.day(a.Day))
		}
	}
	if n := len(e.Reviews); n > 0 {
		m.put(KindEscalation, e.Scope, "  Reviewed %s: %s", e.Reviews[n-1].On.Short(m.o.Today), clean.Line(e.Reviews[n-1].Text, 200))
	}
}

// said are the lines of one part of a note that are no marks: those stand in their own
// sections.
func (m *maker) said(part domain.Part) []string {
	var lines []string
	for _, l := range strings.Split(domain.Note{Parts: []domain.Part{part}}.Text(domain.Everything), "\n") {
		if l != "" && len(domain.ReadNote(l, m.o.Today, domain.Names{}).Marks) == 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

// sessions are the last three in two rows each, and where the rest is.
func (m *maker) sessions() {
	list := slices.Clone(m.p.Sessions)
	slices.SortStableFunc(list, func(a, b domain.Session) int { return int(b.Day - a.Day) })
	most := m.o.Sharing.figures.Of(figureSessions)
	for _, s := range list[:min(len(list), most)] {
		head := s.Day.Short(m.o.Today) + ", " + string(s.Outcome)
		if s.Channel != "" {
			head += ", " + clean.Line(s.Channel, 20)
		}
		pieces := []piece{{KindSession, domain.Shareable, head + ", " + m.who(s.By)}}
		var shared []string
		var private []Line
		for _, n := range m.p.SessionNotes(s.ID) {
			for _, part := range n.Parts {
				lines := m.said(part)
				if why := m.whyNot(KindSaid, part.Scope); why != "" {
					for _, l := range lines {
						private = append(private, Line{KindSaid, "  " + clean.Line(l, 300), why, part.Scope})
					}
					continue
				}
				shared = append(shared, lines...)
			}
		}
		if text := strings.Join(shared, " / "); text != "" {
			pieces = append(pieces, piece{KindSaid, domain.Shareable, clean.Line(text, 300)})
		}
		before := len(m.here.Lines)
		m.joined("", ": ", "", pieces...)
		if l := &m.here.Lines[before]; l.Open() {
			l.Text = twoRows(l.Text)
		}
		m.here.Lines = append(m.here.Lines, private...)
	}
	switch n := len(list); {
	case n == 0:
		m.plain(KindSession, "No session is recorded.")
	case n > most:
		m.plain(KindHistory, "All %d sessions are in the record %s.", n, m.o.Ref)
	}
}
