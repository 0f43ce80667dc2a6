package participant

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

func (s *Participant) addBarrier() screen.Effect {
	id := s.id
	return s.line("Barrier: what stands in the way?", "in their words; then T shows what often helps", func(v string) domain.Command { return domain.NoteBarrier{Participant: id, Text: v} })
}

// addGoal asks for the words, and then for when.
func (s *Participant) addGoal() screen.Effect {
	id := s.id
	return screen.Prompt{Title: "Goal, in the person's words", Hint: "for example: work with my hands, not be stared at", Echo: some, Then: func(v string) screen.Effect {
		return s.target("When is it to be reached?", func(d calendar.Day) domain.Command {
			return domain.SetGoal{Participant: id, Text: v, Target: d}
		})
	}}
}

// target asks for a target: 3, 6 or 12 months, any date, or none.
func (s *Participant) target(title string, command func(calendar.Day) domain.Command) screen.Effect {
	in := func(months int) screen.Effect { return do(command(s.today().AddMonths(months))) }
	label := func(months int) string {
		return fmt.Sprintf("in %d months, %s", months, s.today().AddMonths(months).Short(s.today()))
	}
	return screen.Choose{Title: title, Choices: []screen.Choice{
		{Key: "3", Label: label(3), Then: in(3)},
		{Key: "6", Label: label(6), Then: in(6)},
		{Key: "y", Label: label(12), Then: in(12)},
		{Key: "d", Label: "another date", Then: s.date("By when?", "", calendar.Forward, func(d calendar.Day) screen.Effect { return do(command(d)) })},
		{Key: "n", Label: "no date", Then: do(command(0))},
	}}
}

// addStep reads a step as a note would: owner before a colon, date after "by". It
// joins the goal or the barrier that the cursor is at.
func (s *Participant) addStep() screen.Effect {
	return s.askStep("Step: who does what by when?", "", domain.AddStep{Participant: s.id, Goal: s.goalHere(), Barrier: s.barrierHere()})
}

// askStep asks for a step and shows what was understood.
func (s *Participant) askStep(title, value string, c domain.AddStep) screen.Effect {
	st := s.world.Desk.Stamp()
	names := domain.Names{Coach: st.Name, Person: s.p.Name()}
	read := func(v string) (domain.Mark, error) {
		w := domain.ReadNote("! "+clean.Line(v, clean.MaxLine), st.Today, names)
		if err := w.Problem(); err != nil {
			return domain.Mark{}, err
		}
		if len(w.Marks) == 0 {
			return domain.Mark{}, domain.Refused("text", "Write what is to be done.")
		}
		return w.Marks[0], nil
	}
	return screen.Prompt{
		Title: title, Hint: "for example: me: call Mind by fri; or … before:job-start", Value: value,
		Echo: func(v string) (string, error) {
			m, err := read(v)
			if err != nil {
				return "", err
			}
			when := s.due(m.Due)
			if m.Before != "" {
				when = m.Before.String()
			}
			return names.Called(m.Owner) + ": " + m.Text + " (" + when + ")", nil
		},
		Then: func(v string) screen.Effect {
			m, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			c.Owner, c.Text, c.Due, c.Before = m.Owner, m.Text, m.Due, m.Before
			return do(c)
		},
	}
}

func (s *Participant) goalHere() domain.ID {
	e := s.chosen()
	if e.kind == aGoal {
		return e.id
	}
	return s.step(e.id).Goal
}

func (s *Participant) barrierHere() domain.ID {
	e := s.chosen()
	if e.kind == aBarrier {
		return e.id
	}
	return s.step(e.id).Barrier
}

func (s *Participant) step(id domain.ID) domain.Step {
	for _, st := range s.p.Plan.Steps {
		if st.ID == id {
			return st
		}
	}
	return domain.Step{}
}

func (s *Participant) goal(id domain.ID) domain.Goal {
	for _, g := range s.p.Plan.Goals {
		if g.ID == id {
			return g
		}
	}
	return domain.Goal{}
}

// redate gives a step another date, or something to wait for, and a goal another
// target.
func (s *Participant) redate() screen.Effect {
	id, e, today := s.id, s.chosen(), s.today()
	if e.kind == aGoal {
		return s.target("Another target for the goal", func(d calendar.Day) domain.Command {
			return domain.AimGoal{Participant: id, Goal: e.id, Target: d}
		})
	}
	return screen.Prompt{
		Title: "By when?", Hint: "for example: fri, 2w, 27 nov, before:job-start, before:next",
		Echo: func(v string) (string, error) {
			d, before, err := domain.ReadDue(v, today)
			if err != nil || before != "" {
				return before.String(), err
			}
			return s.due(d), nil
		},
		Then: func(v string) screen.Effect {
			d, before, err := domain.ReadDue(v, today)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			c := domain.ChangeStep{Participant: id, Step: e.id, Due: &d}
			if before != "" {
				c.Due, c.Before = nil, &before
			}
			return do(c)
		},
	}
}

func (s *Participant) reassign() screen.Effect {
	step := s.chosen().id
	var all []screen.Choice
	for i, o := range domain.Owners {
		all = append(all, screen.Choice{Key: string(rune('1' + i)), Label: s.called(o), Then: do(domain.ChangeStep{Participant: s.id, Step: step, Owner: &o})})
	}
	return screen.Choose{Title: "Who takes the step?", Choices: all}
}

func (s *Participant) doing() screen.Effect {
	st := domain.StepDoing
	return do(domain.ChangeStep{Participant: s.id, Step: s.chosen().id, Status: &st})
}

// cameOfIt says whether a step helped.
func (s *Participant) cameOfIt() screen.Effect {
	step := s.chosen().id
	keys := map[domain.TriedResult]string{domain.ResultWorked: "w", domain.ResultPartly: "p", domain.ResultNo: "n", domain.ResultNotTried: "x"}
	var all []screen.Choice
	for _, r := range domain.TriedResults {
		all = append(all, screen.Choice{Key: keys[r], Label: string(r), Then: do(domain.ChangeStep{Participant: s.id, Step: step, Result: &r})})
	}
	return screen.Choose{Title: "What came of the step?", Choices: all}
}

// choiceKeys are the keys of long lists.
const choiceKeys = "123456789abcdefghimopqrstuvwxyz"

// hangOn asks what a step hangs on, or that it hangs on nothing in particular.
func (s *Participant) hangOn(title string, items []domain.Item, command func(domain.ID) domain.Command) screen.Effect {
	all := []screen.Choice{{Key: "n", Label: "none in particular", Then: do(command(domain.ID{}))}}
	for i, it := range items[:min(len(items), len(choiceKeys))] {
		all = append(all, screen.Choice{Key: choiceKeys[i : i+1], Label: s.private(it.Scope, it.Text), Then: do(command(it.ID))})
	}
	return screen.Choose{Title: title, Choices: all}
}

func (s *Participant) answersBarrier() screen.Effect {
	id, step := s.id, s.chosen().id
	var items []domain.Item
	for _, b := range s.p.Barriers {
		if !b.Resolved {
			items = append(items, b.Item)
		}
	}
	return s.hangOn("Which barrier does the step answer?", items, func(b domain.ID) domain.Command {
		return domain.ChangeStep{Participant: id, Step: step, Barrier: &b}
	})
}

func (s *Participant) servesGoal() screen.Effect {
	id, step := s.id, s.chosen().id
	var items []domain.Item
	for _, g := range s.p.Plan.Goals {
		if g.Status == domain.GoalActive {
			items = append(items, g.Item)
		}
	}
	return s.hangOn("Which goal does the step serve?", items, func(g domain.ID) domain.Command {
		return domain.ChangeStep{Participant: id, Step: step, Goal: &g}
	})
}

// reasons asks for one of the office's reasons.
func (s *Participant) reasons(title, list string, then func(code string) screen.Effect) screen.Effect {
	var all []screen.Choice
	reasons := s.queue.Planning.Reasons[list]
	for i, r := range reasons[:min(len(reasons), len(choiceKeys))] {
		all = append(all, screen.Choice{Key: choiceKeys[i : i+1], Label: r.Says, Then: then(r.Code)})
	}
	if len(all) == 0 {
		return then("")
	}
	return screen.Choose{Title: title, Choices: all}
}

// drop ends a step or a goal for a reason: a code, and words beside it.
func (s *Participant) drop() screen.Effect {
	id, e := s.id, s.chosen()
	if e.kind == aGoal {
		return s.reasons("Put the goal aside: why?", domain.ReasonsArchive, func(code string) screen.Effect {
			return screen.Prompt{Title: "In their own words?", Hint: "their words, or nothing; declined is a result", Then: func(v string) screen.Effect {
				return do(domain.CloseGoal{Participant: id, Goal: e.id, Status: domain.GoalArchived, Code: code, Outcome: v})
			}}
		})
	}
	st := domain.StepDropped
	return s.reasons("Drop the step: why?", domain.ReasonsDrop, func(code string) screen.Effect {
		return screen.Prompt{Title: "In a few words, so that the next coach knows", Hint: "or nothing", Then: func(v string) screen.Effect {
			return do(domain.ChangeStep{Participant: id, Step: e.id, Status: &st, Code: code, Reason: v})
		}}
	})
}
