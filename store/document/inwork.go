package document

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// weeksTold and talksTold are how many of the newest a note has room for.
const (
	weeksTold = 4
	talksTold = 2
)

// inWork is the job, the employer, what was promised there, and whether the person lets
// us speak with the employer.
func (m *maker) inWork() []string {
	e, in := m.p.EmployedOn(m.o.Today), m.p.InWork
	var lines []string
	if !e.Is() {
		lines = append([]string{"Not in work, by the record."}, m.fact("Job starts", domain.FactJobStart)...)
	} else if e.Jobs == 0 {
		lines = append([]string{"In work: " + clean.Line(e.Status, 40)}, m.fact("Hours a week", domain.FactHours)...)
	}
	for _, j := range slices.Backward(in.Jobs) {
		lines = append(lines, m.job(j))
	}
	if a, away := in.Absent(m.o.Today); away {
		lines = append(lines, "Away since "+m.day(a.From)+": "+cmp.Or(m.o.Reasons.Because(domain.ReasonsAbsence, a.Code, a.Words), "no reason recorded"),
			"  To keep the job: "+cmp.Or(clean.Line(a.Found, 200), "nobody looked yet"))
	}
	if x, ok := in.Return(); ok {
		each := make([]string, len(x.Weeks))
		for i, w := range x.Weeks {
			each[i] = strings.TrimSuffix(domain.WeekHours(w), " h")
		}
		lines = append(lines, "Return to work from "+x.From.Short(m.o.Today)+", hours week by week: "+strings.Join(each, " "))
	}
	if weeks := m.lastWeeks(); weeks != "" {
		lines = append(lines, "Last weeks: "+weeks)
	}
	for _, name := range m.p.Employers() {
		if why := m.p.WhyNotSpeak(name, m.o.Today); why != "" {
			lines = append(lines, clean.Line(name, 60)+": no consent to speak about them.")
			continue
		}
		lines = append(lines, clean.Line(name, 60)+" may be told: "+domain.ItemWords(m.p.MaySay(name, m.o.Today))+".")
	}
	for _, c := range in.Contacts[max(0, len(in.Contacts)-talksTold):] {
		lines = append(lines, "  "+c.Day.Short(m.o.Today)+", "+clean.Line(c.Employer, 40)+", "+string(c.How)+": "+clean.Line(c.Text, 200))
	}
	for _, a := range in.Promised {
		if a.Settled == domain.PromiseOpen {
			lines = append(lines, "Promised at work: "+clean.Line(a.Text, 120)+", owed by "+a.Owner.Duty()+", "+m.day(a.Due))
		}
	}
	return append(lines, m.wanted()...)
}

func (m *maker) job(j domain.Job) string {
	text := "Job: " + clean.Line(j.Called(), 120)
	if j.Minutes > 0 {
		text += ", " + domain.WeekHours(j.Minutes) + " a week"
	}
	switch {
	case !j.Ended.IsZero() && j.Ended < m.o.Today:
		return text + ", ended " + j.Ended.Short(m.o.Today) + ": " + m.o.Reasons.Because(domain.ReasonsJobEnd, j.Code, clean.Line(j.Words, 120))
	case j.Start.IsZero():
		return text + ", offered"
	}
	return text + ", from " + j.Start.Short(m.o.Today)
}

// lastWeeks are the newest marks in one line, the newest first.
func (m *maker) lastWeeks() string {
	weeks := slices.Clone(m.p.InWork.Weeks)
	slices.SortFunc(weeks, func(a, b domain.WeekMark) int { return cmp.Compare(b.Week, a.Week) })
	var each []string
	for _, w := range weeks[:min(len(weeks), weeksTold)] {
		each = append(each, w.Week.Short(m.o.Today)+" "+w.Says())
	}
	return strings.Join(each, "; ")
}

// wanted is the vocational profile in one line a part.
func (m *maker) wanted() []string {
	var lines []string
	for _, part := range domain.ProfileParts {
		var each []string
		for _, l := range m.p.InWork.Profile {
			if l.Part == part && !l.Removed {
				each = append(each, clean.Line(l.Text, 120))
			}
		}
		if len(each) > 0 {
			lines = append(lines, "Wants, "+string(part)+": "+strings.Join(each, "; "))
		}
	}
	return lines
}
