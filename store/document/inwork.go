package document

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// inWork is the job, the employer, what was promised there, and whether the person lets
// us speak with the employer.
func (m *maker) inWork() {
	e, in := m.p.EmployedOn(m.o.Today), m.p.InWork
	if !e.Is() {
		m.plain(KindWork, "Not in work, by the record.")
		m.known(KindWork, "Job starts", domain.FactJobStart)
	} else if e.Jobs == 0 {
		m.plain(KindWork, "In work: %s", clean.Line(e.Status, 40))
		m.known(KindWork, "Hours a week", domain.FactHours)
	}
	for _, j := range slices.Backward(in.Jobs) {
		m.plain(KindWork, "%s", m.job(j))
	}
	if a, away := in.Absent(m.o.Today); away {
		m.plain(KindWork, "Away since %s: %s", m.day(a.From), cmp.Or(m.o.Reasons.Because(domain.ReasonsAbsence, a.Code, a.Words), "no reason recorded"))
		m.plain(KindWork, "  To keep the job: %s", cmp.Or(clean.Line(a.Found, 200), "nobody looked yet"))
	}
	if x, ok := in.Return(); ok {
		each := make([]string, len(x.Weeks))
		for i, w := range x.Weeks {
			each[i] = strings.TrimSuffix(domain.WeekHours(w), " h")
		}
		m.plain(KindWork, "Return to work from %s, hours week by week: %s", x.From.Short(m.o.Today), strings.Join(each, " "))
	}
	if weeks := m.lastWeeks(); weeks != "" {
		m.plain(KindWork, "Last weeks: %s", weeks)
	}
	m.employers()
	for _, a := range in.Promised {
		if a.Settled == domain.PromiseOpen {
			m.plain(KindWork, "Promised at work: %s, owed by %s, %s", clean.Line(a.Text, 120), a.Owner.Duty(), m.day(a.Due))
		}
	}
	m.wanted()
}

// employers are what may be said to each, and the last talks with them.
func (m *maker) employers() {
	for _, name := range m.p.Employers() {
		if why := m.p.WhyNotSpeak(name, m.o.Today); why != "" {
			m.plain(KindWork, "%s: no consent to speak about them.", clean.Line(name, 60))
			continue
		}
		m.plain(KindWork, "%s may be told: %s.", clean.Line(name, 60), domain.ItemWords(m.p.MaySay(name, m.o.Today)))
	}
	talks := m.p.InWork.Contacts
	for _, c := range talks[max(0, len(talks)-m.o.Sharing.figures.Of(figureTalks)):] {
		m.plain(KindWork, "  %s, %s, %s: %s", c.Day.Short(m.o.Today), clean.Line(c.Employer, 40), c.How, clean.Line(c.Text, 200))
	}
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
	for _, w := range weeks[:min(len(weeks), m.o.Sharing.figures.Of(figureWeeks))] {
		each = append(each, w.Week.Short(m.o.Today)+" "+w.Says())
	}
	return strings.Join(each, "; ")
}

// wanted is the vocational profile in one line a part.
func (m *maker) wanted() {
	for _, part := range domain.ProfileParts {
		var each []string
		for _, l := range m.p.InWork.Profile {
			if l.Part == part && !l.Removed {
				each = append(each, clean.Line(l.Text, 120))
			}
		}
		if len(each) > 0 {
			m.plain(KindWork, "Wants, %s: %s", part, strings.Join(each, "; "))
		}
	}
}
