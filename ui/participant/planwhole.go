package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// byRule is what an empty answer to when the next review is means.
const byRule = "by rule"

func (s *Participant) review() screen.Effect {
	id, today := s.id, s.today()
	read := func(v string) (calendar.Day, error) {
		if strings.EqualFold(strings.TrimSpace(v), byRule) {
			return 0, nil
		}
		return calendar.Parse(v, today, calendar.Forward)
	}
	return screen.Prompt{
		Title: "The plan was looked at together. When again?", Hint: "nothing: by rule; or 4w, 27 nov", Default: byRule,
		Echo: func(v string) (string, error) {
			d, err := read(v)
			if err != nil || d.IsZero() {
				return byRule, err
			}
			return s.due(d), nil
		},
		Then: func(v string) screen.Effect {
			d, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return do(domain.ReviewPlan{Participant: id, Next: d})
		},
	}
}

// agree asks how the person said yes; with it came nobody, or somebody.
func (s *Participant) agree() screen.Effect {
	id := s.id
	var all []screen.Choice
	for i, giver := range domain.ConsentGivers {
		for j, how := range domain.ConsentHows {
			label := "the person, " + string(how)
			if giver == domain.GivenByRepresentative {
				label = "their representative, " + string(how)
			}
			all = append(all, screen.Choice{Key: fmt.Sprint(i*len(domain.ConsentHows) + j + 1), Label: label, Then: screen.Prompt{
				Title: "Who else was there?", Hint: "for example: his sister, interpreter; or nobody", Then: func(v string) screen.Effect {
					return do(domain.AgreePlan{Participant: id, How: how, Giver: giver, Present: strings.Split(v, ",")})
				},
			}})
		}
	}
	return screen.Choose{Title: "Who says yes to the plan, and how?", Note: "The plan as it stands becomes a version; private paragraphs are no part of it.", Choices: all}
}

// pause stops most clocks for a reason and for some time, or lets them run again.
func (s *Participant) pause() screen.Effect {
	id, today := s.id, s.today()
	if x, ok := s.p.Plan.Paused(today); ok {
		return screen.Choose{Title: "The plan is " + domain.PauseWords(x.Until, today) + ".", Choices: []screen.Choice{
			{Key: "r", Label: "resume: the clocks run again from today", Then: do(domain.ResumePlan{Participant: id})},
		}}
	}
	return s.reasons("Pause the plan: why?", domain.ReasonsPause, func(code string) screen.Effect {
		return screen.Prompt{
			Title: "Until when, and in a few words why?", Hint: "for example: 4w; or 6w: after the operation; or open: no date yet", Default: "4w",
			Echo: func(v string) (string, error) {
				d, words, err := untilWhy(v, today)
				text := "until " + s.due(d)
				if d.IsZero() {
					text = "until somebody resumes it"
				}
				if words != "" {
					text += ": " + words
				}
				return text + ". Fit notes, appointments and the DEA's clocks run on", err
			},
			Then: func(v string) screen.Effect {
				d, words, err := untilWhy(v, today)
				if err != nil {
					return screen.Say{Text: err.Error()}
				}
				return do(domain.PausePlan{Participant: id, Code: code, Reason: words, Until: d})
			},
		}
	})
}

// untilWhy reads a date, or open, and words after a colon.
func untilWhy(v string, today calendar.Day) (calendar.Day, string, error) {
	when, words, _ := strings.Cut(v, ":")
	words = clean.Line(words, clean.MaxLine)
	if strings.EqualFold(strings.TrimSpace(when), "open") {
		return 0, words, nil
	}
	d, err := calendar.Parse(when, today, calendar.Forward)
	return d, words, err
}

// redateAll asks how long the absence was, and shows what would move where.
func (s *Participant) redateAll() screen.Effect {
	id, today := s.id, s.today()
	read := func(v string) (from, to calendar.Day, err error) {
		first, last, both := strings.Cut(v, " to ")
		if !both {
			first, last = v, "today"
		}
		if from, err = calendar.Parse(first, today, calendar.Backward); err != nil {
			return from, to, err
		}
		to, err = calendar.Parse(last, from, calendar.Forward)
		if err == nil && strings.TrimSpace(last) == "today" {
			to = today
		}
		if err == nil && to < from {
			err = domain.Refused("to", "The absence cannot end before it begins.")
		}
		return from, to, err
	}
	return screen.Prompt{
		Title: "New dates after an absence: from when to when?", Hint: "for example: 2 nov to 20 nov; or 9 nov: up to today",
		Echo: func(v string) (string, error) {
			from, to, err := read(v)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%s to %s, %d days", from.Short(today), to.Short(today), int(to-from)+1), nil
		},
		Then: func(v string) screen.Effect {
			from, to, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return screen.Go{To: screen.Redate{Participant: id, From: from, To: to}}
		},
	}
}
