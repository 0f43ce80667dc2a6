package screen

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// MarkWeek asks in three keys how a week in work was: the hours, or enter for as agreed,
// and whether it was fine. A zero day is the week to mark next.
func MarkWeek(w World, p domain.Participant, day calendar.Day) Effect {
	today := w.Today()
	week := domain.Monday(day)
	if day.IsZero() {
		week = p.InWork.NextWeek(today)
	}
	usual, hint := usualHours(p, week), "16, 7.5 or 7:30"
	if usual != "" {
		hint += "; enter alone for " + usual
	}
	title := "Hours in work in the week from " + week.Short(today) + "?"
	if m, ok := p.InWork.Week(week); ok {
		title = "The week from " + week.Short(today) + " says " + m.Says() + ". Hours in work?"
	}
	return Prompt{
		Title: title, Hint: hint, Default: usual,
		Echo: func(v string) (string, error) {
			m, err := domain.ReadWeekHours(v)
			if err != nil {
				return "", err
			}
			return domain.WeekHours(m), nil
		},
		Then: func(v string) Effect {
			m, err := domain.ReadWeekHours(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			c := domain.MarkWeek{Participant: p.ID, Week: week, Minutes: m, Fine: true}
			not := c
			not.Fine = false
			return Choose{Title: domain.WeekHours(m) + ". How was the week?", Choices: []Choice{
				{Key: "f", Label: "fine", Then: Do{Commands: []domain.Command{c}}},
				{Key: "n", Label: "not fine", Then: Prompt{Title: "What was not fine?", Hint: "a few words, or nothing", Then: func(v string) Effect {
					not := not
					not.Words = v
					return Do{Commands: []domain.Command{not}}
				}}},
			}}
		},
	}
}

// usualHours are the hours that a week is likely to have: as the return plan says, or as
// the jobs were agreed.
func usualHours(p domain.Participant, week calendar.Day) string {
	if x, ok := p.InWork.Return(); ok {
		if m, planned := x.Planned(week); planned {
			return domain.WeekHours(m)
		}
	}
	minutes := 0
	for _, j := range p.InWork.Jobs {
		if j.Runs(week) || j.Runs(week+6) {
			minutes += j.Minutes
		}
	}
	if minutes == 0 {
		return ""
	}
	return domain.WeekHours(minutes)
}

// WhyNotMark says why no week can be marked; empty means one can.
func WhyNotMark(role domain.Role, w domain.RowWork) string {
	for _, j := range w.Jobs {
		if !j.Start.IsZero() {
			return domain.WhyNotDo(role, domain.WeekMarked{})
		}
	}
	return "No job with a first day is on the record. J on the tab Work records one."
}

// InWork is everybody in work, by who is to be asked next.
type InWork struct{}

func (InWork) place() {}
