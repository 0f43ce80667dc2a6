package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// openJobs are those that have not ended.
func (s *Participant) openJobs() []domain.Job {
	var all []domain.Job
	for _, j := range s.p.InWork.Jobs {
		if j.Ended.IsZero() {
			all = append(all, j)
		}
	}
	return all
}

func (s *Participant) job(id domain.ID) domain.Job {
	for _, j := range s.p.InWork.Jobs {
		if j.ID == id {
			return j
		}
	}
	return domain.Job{}
}

// whichJob asks which of several jobs is meant: that under the cursor, or the only one.
func (s *Participant) whichJob(title string, then func(domain.Job) screen.Effect) screen.Effect {
	open := s.openJobs()
	if e := s.chosen(); e.kind == aJob && s.job(e.id).Ended.IsZero() {
		return then(s.job(e.id))
	}
	if len(open) == 0 {
		return screen.Say{Text: "No job goes on. J records one."}
	}
	if len(open) == 1 {
		return then(open[0])
	}
	var all []screen.Choice
	for i, j := range open[:min(len(open), len(choiceKeys))] {
		all = append(all, screen.Choice{Key: choiceKeys[i : i+1], Label: clean.Line(j.Called(), 60), Then: then(j)})
	}
	return screen.Choose{Title: title, Choices: all}
}

// hoursPrompt asks for hours of a week.
func hoursPrompt(title, value string, then func(minutes int) screen.Effect) screen.Effect {
	return screen.Prompt{
		Title: title, Hint: "16, 7.5 or 7:30; nothing when nobody knows yet", Value: value,
		Echo: func(v string) (string, error) {
			if strings.TrimSpace(v) == "" {
				return "", nil
			}
			m, err := domain.ReadWeekHours(v)
			return domain.WeekHours(m), err
		},
		Then: func(v string) screen.Effect {
			m := 0
			if strings.TrimSpace(v) != "" {
				var err error
				if m, err = domain.ReadWeekHours(v); err != nil {
					return screen.Say{Text: err.Error()}
				}
			}
			return then(m)
		},
	}
}

// maybeDay asks for a day that may not be known.
func (s *Participant) maybeDay(title, hint string, then func(calendar.Day) screen.Effect) screen.Effect {
	today := s.today()
	return screen.Prompt{
		Title: title, Hint: hint,
		Echo: func(v string) (string, error) {
			if strings.TrimSpace(v) == "" {
				return "", nil
			}
			d, err := calendar.Parse(v, today, calendar.Forward)
			if err != nil {
				return "", err
			}
			return d.Short(today) + ", " + d.Distance(today), nil
		},
		Then: func(v string) screen.Effect {
			if strings.TrimSpace(v) == "" {
				return then(0)
			}
			d, err := calendar.Parse(v, today, calendar.Forward)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return then(d)
		},
	}
}

// newJob asks what, where, from when and how many hours.
func (s *Participant) newJob() screen.Effect {
	id := s.id
	return screen.Prompt{Title: "A job: what is it?", Hint: "as they call it, for example: assistant baker", Echo: some, Then: func(title string) screen.Effect {
		return screen.Prompt{Title: "With which employer?", Hint: "its name, or nothing", Then: func(employer string) screen.Effect {
			return s.maybeDay("The first day?", "for example: mon, 5 jan; nothing while it is an offer", func(start calendar.Day) screen.Effect {
				return hoursPrompt("How many hours a week?", "", func(minutes int) screen.Effect {
					return do(domain.TakeJob{Participant: id, Title: title, Employer: employer, Start: start, Minutes: minutes})
				})
			})
		}}
	}}
}

// changeWork changes what the cursor is on.
func (s *Participant) changeWork() screen.Effect {
	e, id := s.chosen(), s.id
	switch e.kind {
	case aFitNote:
		return s.changeFitNote(e.id)
	case aJob:
		return s.changeJob(s.job(e.id))
	case aWeek:
		return screen.MarkWeek(s.world, s.p, e.day)
	case aCheckIn:
		return screen.Go{To: screen.Session{Participant: id, Kind: domain.InWorkCheck}}
	case aProfileLine:
		for _, l := range s.p.InWork.Profile {
			if l.ID == e.id {
				return screen.Prompt{Title: "The line, in their words", Hint: "nothing takes it out", Value: l.Text, Then: func(v string) screen.Effect {
					return do(domain.ChangeProfile{Participant: id, Line: l.ID, Text: v})
				}}
			}
		}
	default:
	}
	return s.change()
}

func (s *Participant) changeJob(j domain.Job) screen.Effect {
	id := s.id
	say := func(c domain.ChangeJob) screen.Effect { c.Participant, c.Job = id, j.ID; return do(c) }
	var kinds []screen.Choice
	for i, k := range domain.JobKinds {
		kinds = append(kinds, screen.Choice{Key: fmt.Sprint(i + 1), Label: k.String(), Then: say(domain.ChangeJob{As: &k})})
	}
	training := domain.JobTraining
	return screen.Choose{Title: "Change what of " + clean.Line(j.Called(), 60) + "?", Choices: []screen.Choice{
		{Key: "s", Label: "the first day", Then: s.maybeDay("The first day?", "for example: mon, 5 jan", func(d calendar.Day) screen.Effect { return say(domain.ChangeJob{Start: &d}) })},
		{Key: "h", Label: "the hours", Then: hoursPrompt("How many hours a week?", "", func(m int) screen.Effect { return say(domain.ChangeJob{Minutes: &m}) })},
		{Key: "t", Label: "what it is", Then: screen.Prompt{Title: "What is the job?", Value: j.Title, Echo: some, Then: func(v string) screen.Effect { return say(domain.ChangeJob{Title: &v}) }}},
		{Key: "e", Label: "the employer", Then: screen.Prompt{Title: "With which employer?", Value: j.Employer, Then: func(v string) screen.Effect { return say(domain.ChangeJob{Employer: &v}) }}},
		{Key: "k", Label: "as what they work", Then: screen.Choose{Title: "As what do they work?", Choices: kinds}},
		{Key: "g", Label: "it is training on the job again", Then: say(domain.ChangeJob{Stage: &training})},
	}}
}

// onAtWork lets what the cursor is on go on a stage.
func (s *Participant) onAtWork() screen.Effect {
	e, id := s.chosen(), s.id
	switch e.kind {
	case anAbsence:
		return s.backAtWork(e.id)
	case aReturn:
		return s.endReturn(e.id)
	case aWorkAdjustment:
		settle := func(st domain.PromiseStatus) screen.Effect {
			return screen.Prompt{Title: "The adjustment: " + string(st) + ". What came of it?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
				return do(domain.SettleWorkAdjustment{Participant: id, Adjustment: e.id, Status: st, Words: v})
			}}
		}
		return screen.Choose{Title: "What became of the adjustment at work?", Choices: []screen.Choice{
			{Key: "k", Label: "kept: it is done", Then: settle(domain.PromiseKept)},
			{Key: "n", Label: "not kept", Then: settle(domain.PromiseBroken)},
			{Key: "r", Label: "no longer needed", Then: settle(domain.PromiseReleased)},
		}}
	default:
	}
	j := s.job(e.id)
	switch stable := domain.JobStable; {
	case !j.Ended.IsZero():
		return screen.Say{Text: "That job ended. J records the next one."}
	case j.Start.IsZero():
		return s.maybeDay("The offer is taken. The first day?", "for example: mon, 5 jan", func(d calendar.Day) screen.Effect {
			return do(domain.ChangeJob{Participant: id, Job: j.ID, Start: &d})
		})
	case j.Stage == domain.JobStable:
		return screen.Say{Text: "It is stable. In-work checks and weeks show whether it stays so; X says that it ended."}
	default:
		return do(domain.ChangeJob{Participant: id, Job: j.ID, Stage: &stable})
	}
}

func (s *Participant) markWeek() screen.Effect {
	e := s.chosen()
	if e.kind == aWeek {
		return screen.MarkWeek(s.world, s.p, e.day)
	}
	return screen.MarkWeek(s.world, s.p, 0)
}

// writeProfile asks for a line in the person's words.
func (s *Participant) writeProfile() screen.Effect {
	id := s.id
	var all []screen.Choice
	for i, part := range domain.ProfileParts {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: string(part), Then: s.line("What they say about "+string(part), "in their own words, a line", func(v string) domain.Command {
			return domain.WriteProfile{Participant: id, Part: part, Text: v}
		})})
	}
	strengths := screen.Prompt{Title: "Strengths", Hint: "what they are good at, and what helps", Value: s.p.Fact(domain.FactStrengths), Then: func(v string) screen.Effect {
		return do(domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactStrengths: v}})
	}}
	all = append(all, screen.Choice{Key: "6", Label: "strengths", Then: strengths})
	return screen.Choose{Title: "What they want from work: which part?", Choices: all}
}

// moveWork says where support stands; an end asks why and what takes its place.
func (s *Participant) moveWork() screen.Effect {
	id := s.id
	begin := []screen.Choice{{Key: "n", Label: "none in particular", Then: do(domain.MoveWork{Participant: id, Stage: domain.StageEngaged})}}
	seen := map[string]bool{}
	for _, c := range s.queue.Work.Counters {
		if c.Programme != "" && !seen[c.Programme] {
			seen[c.Programme] = true
			begin = append(begin, screen.Choice{Key: fmt.Sprint(len(begin)), Label: s.programmeName(c.Programme) + ": " + c.Says, Then: do(domain.MoveWork{Participant: id, Stage: domain.StageEngaged, Programme: c.Programme})})
		}
	}
	end := s.reasons("Support in work ends: why?", domain.ReasonsWorkEnd, func(code string) screen.Effect {
		return screen.Prompt{Title: "What takes its place?", Hint: "the landing: who helps from now on, with what", Then: func(v string) screen.Effect {
			return do(domain.MoveWork{Participant: id, Stage: domain.StageEnded, Code: code, Words: v})
		}}
	})
	return screen.Choose{Title: "Support on the way into work and in it", Choices: []screen.Choice{
		{Key: "e", Label: "begins", Then: screen.Choose{Title: "Which programme's weeks are counted?", Choices: begin}},
		{Key: "s", Label: "the search for a job is on", Then: do(domain.MoveWork{Participant: id, Stage: domain.StageSearch})},
		{Key: "x", Label: "ends", Then: end},
	}}
}

// endJob asks why a job ended and what it teaches.
func (s *Participant) endJob() screen.Effect {
	id, today := s.id, s.today()
	return s.whichJob("Which job ended?", func(j domain.Job) screen.Effect {
		return s.reasons("The job ended: why?", domain.ReasonsJobEnd, func(code string) screen.Effect {
			return s.date("The last day at work?", today.Short(0), calendar.Backward, func(d calendar.Day) screen.Effect {
				return screen.Prompt{Title: "What would they want to be different next time?", Hint: "in their words, for the profile; or nothing", Then: func(v string) screen.Effect {
					return do(domain.EndJob{Participant: id, Job: j.ID, Day: d, Code: code, Lesson: v})
				}}
			})
		})
	})
}
