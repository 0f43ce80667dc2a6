package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// weeksShown are how many weeks the chart has at least, and at most on a tall screen.
const (
	weeksShown = 8
	weeksMost  = 16
)

// inWork is the way into work and through it: jobs, counters, weeks, the next talk, the
// employer, what was promised, and what the person wants.
func (s *Participant) inWork() {
	in := s.p.InWork
	if in.Empty() {
		s.put(entry{kind: plain, ink: s.world.Theme.Muted, lines: []string{"No job is on the record. J records one, V what they want from work."}})
		s.put(entry{kind: plain, lines: []string{""}})
		return
	}
	s.workState()
	s.jobs()
	s.workClocks()
	s.weeks()
	s.returning()
	s.employers()
	s.promisedAtWork()
	s.profile()
	s.head("Known of their work")
	if e := s.p.EmployedOn(s.today()); e.Jobs > 0 {
		text := e.Status
		if e.Minutes > 0 {
			text += ", " + domain.WeekHours(e.Minutes) + " a week"
		}
		s.say(entry{kind: plain}, fmt.Sprintf("%-26s %s", "By the jobs above", text))
	}
}

// stateInk is the sign and the ink of where somebody stands.
func stateInk(t *theme.Theme, st domain.WorkState) (string, theme.Ink) {
	switch st {
	case domain.WorkSustained, domain.WorkMaintained, domain.WorkStable:
		return t.Glyphs.Done, t.Good
	case domain.WorkLost:
		return t.Glyphs.Urgent, t.Warn
	case domain.WorkPlaced, domain.WorkTraining, domain.WorkOffer:
		return t.Glyphs.Doing, t.Accent
	case domain.WorkOver:
		return t.Glyphs.Dropped, t.Muted
	case domain.WorkNone, domain.WorkEngaged, domain.WorkProfile, domain.WorkSearch:
	}
	return t.Glyphs.Open, t.Text
}

// workState is the line that says where they stand.
func (s *Participant) workState() {
	w := s.p.WorkRow()
	state := w.State(s.queue.Work, s.today())
	if state == domain.WorkNone {
		return
	}
	sign, ink := stateInk(s.world.Theme, state)
	text := sign + " " + string(state)
	// In a job it is the job that tells; before and after, when support moved.
	if m, ok := s.p.InWork.Move(); ok && !state.InJob() {
		if string(m.Stage) != string(state) {
			text += " " + s.world.Theme.Glyphs.Sep + " " + string(m.Stage)
		}
		text += " since " + s.due(m.Day)
		if m.Stage == domain.StageEnded {
			text += ": " + s.queue.Planning.Reasons.Because(domain.ReasonsWorkEnd, m.Code, m.Words)
		}
	}
	if name := s.programmeName(w.Programme); name != "" {
		text += " " + s.world.Theme.Glyphs.Sep + " counted for " + name
	}
	s.say(entry{kind: plain, ink: ink}, text)
}

// programmeName is what the catalogue calls a programme; the key where it knows none.
func (s *Participant) programmeName(key string) string {
	for _, p := range s.queue.Catalogue.Programmes {
		if p.Key == key {
			return p.Name
		}
	}
	return key
}

func (s *Participant) jobs() {
	t := s.world.Theme
	w := s.p.WorkRow()
	s.head("Jobs")
	for _, j := range slices.Backward(s.p.InWork.Jobs) {
		text := j.Called()
		if j.As != domain.AsEmployed {
			text += " (" + j.As.String() + ")"
		}
		if j.Minutes > 0 {
			text += ", " + domain.WeekHours(j.Minutes) + " a week"
		}
		e := entry{kind: aJob, id: j.ID}
		if !j.Ended.IsZero() && j.Ended < s.today() {
			e.ink = t.Muted
			text = fmt.Sprintf("%s %s, %s to %s: %s", t.Glyphs.Dropped, text, dayOr(j.Start, s.today(), "an offer"), j.Ended.Short(s.today()), s.queue.Planning.Reasons.Because(domain.ReasonsJobEnd, j.Code, j.Words))
		} else {
			state := w.JobState(j.ID, s.queue.Work, s.today())
			sign, ink := stateInk(t, state)
			e.ink = ink
			text = sign + " " + text + ", " + string(state)
			if !j.Start.IsZero() {
				text += ", from " + s.due(j.Start)
			}
			if !j.Ended.IsZero() {
				text += ", ends " + s.due(j.Ended)
			}
		}
		s.say(e, text+s.elsewhere(domain.Shareable, j.Elsewhere))
	}
	s.none("none: J records one")
	for _, a := range slices.Backward(s.p.InWork.Absences) {
		s.absence(a)
	}
}

func dayOr(d, today calendar.Day, none string) string {
	if d.IsZero() {
		return none
	}
	return d.Short(today)
}

func (s *Participant) absence(a domain.Absence) {
	t := s.world.Theme
	e := entry{kind: anAbsence, id: a.ID, ink: t.Muted}
	why := s.queue.Planning.Reasons.Because(domain.ReasonsAbsence, a.Code, a.Words)
	text := fmt.Sprintf("%s away %s to %s: %s", t.Glyphs.Dropped, a.From.Short(s.today()), dayOr(a.Back, s.today(), ""), why)
	if a.Back.IsZero() || a.Back > s.today() {
		e.ink = t.Warn
		text = fmt.Sprintf("%s away since %s: %s", t.Glyphs.Urgent, s.due(a.From), why)
		if !a.Back.IsZero() {
			text += ", back " + s.due(a.Back)
		}
	}
	switch {
	case a.Found != "":
		text += "\nto keep the job: " + a.Found
	case a.Back.IsZero():
		text += "\nnot yet looked at what helps to keep the job (Q)"
	}
	s.say(e, text+s.elsewhere(domain.Shareable, a.Elsewhere))
}

// workClocks are the counters and the next talk.
func (s *Participant) workClocks() {
	t := s.world.Theme
	w := s.p.WorkRow()
	all := w.Counters(s.queue.Work.Counters, s.today())
	c, ok := w.CheckIn(s.queue.Work.CheckIns, s.row.Pauses, s.today())
	if len(all) == 0 && !ok {
		return
	}
	s.head("Counted")
	source := ""
	for _, st := range all {
		sign, ink := t.Glyphs.Calm, t.Text
		switch {
		case !st.Done.IsZero():
			sign, ink = t.Glyphs.Done, t.Good
		case st.AtRisk(s.queue.Work.Spare) && !st.Rule.Beside:
			sign, ink = t.Glyphs.Urgent, t.Warn
		}
		says := st.Rule.Says
		if st.Rule.Source != source { // the second of two counters of one guide does not name it again
			source = st.Rule.Source
			says += "; " + s.queue.Catalogue.NameOf(source)
		}
		s.say(entry{kind: plain, ink: ink}, sign+" "+st.Says(s.today())+" ("+says+")")
	}
	if ok {
		sign, ink := t.Glyphs.Calm, t.Text
		if c.Day <= s.today() {
			sign, ink = t.Glyphs.Due, t.Warn
		}
		s.say(entry{kind: aCheckIn, ink: ink}, sign+" in-work check, "+c.Says+": "+s.due(c.Day))
	}
}

// weeks are the newest weeks in work as a chart, the newest first; with a return plan,
// against what was planned.
func (s *Participant) weeks() {
	in := s.p.InWork
	first := calendar.Day(0)
	for _, j := range in.Jobs {
		if !j.Start.IsZero() && (first.IsZero() || j.Start < first) {
			first = j.Start
		}
	}
	if first.IsZero() || first > s.today()+6 {
		return
	}
	t := s.world.Theme
	var list []kit.Measure
	var each []entry
	for monday := domain.Monday(s.today()); monday > domain.Monday(first)-7 && len(list) < max(weeksShown, min(weeksMost, s.height-16)); monday -= 7 {
		m, e := s.measure(monday)
		if m.Says == "" {
			continue
		}
		list, each = append(list, m), append(each, e)
	}
	s.head("Weeks, by hours")
	for i, l := range kit.Chart(list, max(20, s.width-6), t.Glyphs.Full, t.Glyphs.Empty) {
		each[i].lines = append([]string{l}, each[i].lines...)
		s.put(each[i])
	}
}

// measure is one week of the chart: what was worked, and what was agreed or planned.
func (s *Participant) measure(monday calendar.Day) (kit.Measure, entry) {
	t := s.world.Theme
	e := entry{kind: aWeek, day: monday, ink: t.Muted}
	m := kit.Measure{Label: monday.Short(s.today())}
	for _, j := range s.p.InWork.Jobs {
		if j.Runs(monday) || j.Runs(monday+6) {
			m.Target += j.Minutes
			m.Says = "not marked"
		}
	}
	if x, ok := s.p.InWork.Return(); ok {
		if planned, in := x.Planned(monday); in {
			m.Target = planned
		}
	}
	if monday == domain.Monday(s.today()) && m.Says != "" {
		m.Says = "this week"
	}
	if mark, ok := s.p.InWork.Week(monday); ok {
		m.Known, m.Value = true, mark.Minutes
		m.Says = mark.Says()
		e.ink = t.Text
		if !mark.Fine {
			m.Says, e.ink = t.Glyphs.Urgent+" "+m.Says, t.Warn
		}
		for _, w := range append([]string{mark.Words}, elsewhereSaid(mark.Elsewhere)...) {
			if w != "" {
				m.Says += ", " + clean.Line(w, 120)
			}
		}
	}
	return m, e
}

// elsewhereSaid is what another desk said of the same thing, each as a phrase.
func elsewhereSaid(list []domain.Elsewhere) []string {
	var out []string
	for _, e := range list {
		out = append(out, "another desk: "+e.Said)
	}
	return out
}

// returning is the plan for a return: each week, and what came of it.
func (s *Participant) returning() {
	x, ok := s.p.InWork.Return()
	if !ok {
		return
	}
	t := s.world.Theme
	s.head("Return to work, planned and worked")
	var list []kit.Measure
	for i, planned := range x.Weeks {
		monday := x.From + calendar.Day(7*i)
		m := kit.Measure{Label: monday.Short(s.today()), Target: planned, Says: domain.WeekHours(planned) + " planned"}
		if mark, marked := s.p.InWork.Week(monday); marked {
			m.Known, m.Value = true, mark.Minutes
			m.Says = domain.WeekHours(mark.Minutes) + " of " + m.Says
		}
		list = append(list, m)
	}
	e := entry{kind: aReturn, id: x.ID, lines: kit.Chart(list, max(20, s.width-6), t.Glyphs.Full, t.Glyphs.Empty)}
	if x.Words != "" {
		e.lines = append(e.lines, kit.Wrap(x.Words, max(10, s.width-6))...)
	}
	s.put(e)
}

// profile is what the person wants from work, in their words, part by part.
func (s *Participant) profile() {
	strengths := s.p.Fact(domain.FactStrengths)
	if s.p.WorkRow().Profile == 0 && strengths == "" {
		return
	}
	s.head("What they want from work")
	if strengths != "" {
		s.say(entry{kind: aFact, fact: domain.FactStrengths}, "strengths: "+strings.ReplaceAll(strengths, "\n", " / "))
	}
	for _, part := range domain.ProfileParts {
		for _, l := range s.p.InWork.Profile {
			if l.Part == part && !l.Removed {
				s.say(entry{kind: aProfileLine, id: l.ID}, string(part)+": "+l.Text+s.elsewhere(domain.Shareable, l.Elsewhere))
			}
		}
	}
}
