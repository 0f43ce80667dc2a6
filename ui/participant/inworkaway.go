package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// absent says that somebody is away and why; when they are, that they are back or what
// would help to keep the job.
func (s *Participant) absent() screen.Effect {
	id := s.id
	if a, away := s.p.InWork.Absent(s.today()); away {
		return screen.Choose{Title: "Away since " + s.due(a.From) + ". What is known?", Note: s.retentionNote(), Choices: []screen.Choice{
			{Key: "c", Label: "looked at what helps to keep the job", Then: s.checkRetention(a.ID)},
			{Key: "b", Label: "back at work", Then: s.backAtWork(a.ID)},
		}}
	}
	var note domain.ID
	if f, ok := s.p.CurrentFitNote(); ok && f.From <= s.today() && s.today() <= f.To {
		note = f.ID
	}
	return s.reasons("Away from work: why?", domain.ReasonsAbsence, func(code string) screen.Effect {
		today := s.today()
		return screen.Prompt{
			Title: "Since when?", Hint: "for example: mon, 3 nov; enter alone for today", Default: today.Short(0),
			Echo: func(v string) (string, error) {
				d, err := calendar.Parse(v, today, calendar.Backward)
				if err != nil {
					return "", err
				}
				return s.due(d), nil
			},
			Then: func(v string) screen.Effect {
				d, err := calendar.Parse(v, today, calendar.Backward)
				if err != nil {
					return screen.Say{Text: err.Error()}
				}
				c := domain.NoteAbsence{Participant: id, From: d, Code: code}
				if strings.HasPrefix(code, "health") {
					c.FitNote = note
				}
				return screen.Do{Commands: []domain.Command{c}, Then: screen.Say{Text: "Away since " + d.Short(today) + ". Now look what helps to keep the job: r matches, Q says what was found."}}
			},
		}
	})
}

// retentionNote names the programmes that may help somebody to keep a job.
func (s *Participant) retentionNote() string {
	var names []string
	for _, key := range s.queue.Work.Routes {
		names = append(names, s.programmeName(key))
	}
	return "May help, where they fit: " + strings.Join(names, ", ") + ". r matches."
}

func (s *Participant) checkRetention(absence domain.ID) screen.Effect {
	id := s.id
	return screen.Prompt{Title: "What helps to keep the job?", Hint: "what was found, and what happens next; nothing found is a finding", Echo: some, Then: func(v string) screen.Effect {
		return do(domain.CheckRetention{Participant: id, Absence: absence, Found: v})
	}}
}

func (s *Participant) backAtWork(absence domain.ID) screen.Effect {
	id := s.id
	return s.date("Back at work: the first day?", s.today().Short(0), calendar.Backward, func(d calendar.Day) screen.Effect {
		return do(domain.EndAbsence{Participant: id, Absence: absence, Back: d})
	})
}

// planReturn asks for the hours of each week; a plan that runs is ended or replaced.
func (s *Participant) planReturn() screen.Effect {
	id, today := s.id, s.today()
	from := domain.Monday(today) + 7
	say := func(v string) (string, error) {
		weeks, err := domain.ReadReturn(v)
		if err != nil {
			return "", err
		}
		each := make([]string, len(weeks))
		for i, m := range weeks {
			each[i] = strings.TrimSuffix(domain.WeekHours(m), " h")
		}
		return fmt.Sprintf("%d weeks: %s hours", len(weeks), strings.Join(each, " ")), nil
	}
	plan := screen.Prompt{
		Title: "Hours in each week, from " + from.Short(today) + " on?", Hint: "for example: 8 8 12 16, or 8x2 12, or 8 to 20 in 4", Echo: say,
		Then: func(v string) screen.Effect {
			weeks, err := domain.ReadReturn(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return do(domain.PlanReturn{Participant: id, From: from, Weeks: weeks})
		},
	}
	x, runs := s.p.InWork.Return()
	if !runs {
		return plan
	}
	return screen.Choose{Title: "A return is planned from " + x.From.Short(today) + ".", Choices: []screen.Choice{
		{Key: "n", Label: "plan it anew", Then: plan},
		{Key: "e", Label: "it is over", Then: s.endReturn(x.ID)},
	}}
}

func (s *Participant) endReturn(id domain.ID) screen.Effect {
	end := func(r domain.ReturnResult) screen.Effect {
		return do(domain.EndReturn{Participant: s.id, Return: id, Result: r})
	}
	return screen.Choose{Title: "How did the return end?", Choices: []screen.Choice{
		{Key: "s", Label: "in stable work", Then: end(domain.ReturnStable)},
		{Key: "x", Label: "it was stopped", Then: end(domain.ReturnStopped)},
	}}
}
