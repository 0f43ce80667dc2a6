package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) goalVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "goal REF",
		Short: "Set a goal, or say what became of one",
		Long:  "goal sets a goal in the person's words, from standard input or a prompt. With a flag the text is a\nreason, and may be missing.",
		Args:  needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "achieved", "archive", "reopen")
			if err != nil {
				return err
			}
			if flag == "" {
				return c.record(args[0], lineWords("The goal", "The goal, in the person's words:"), func(s *subject, text string) (domain.Command, error) {
					return domain.SetGoal{Participant: s.p.ID, Text: text}, nil
				})
			}
			status := map[string]domain.GoalStatus{"achieved": domain.GoalAchieved, "archive": domain.GoalArchived, "reopen": domain.GoalActive}[flag]
			return c.record(args[0], perhaps("The reason"), func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemGoal, item)
				return domain.CloseGoal{Participant: s.p.ID, Goal: id, Status: status, Reason: text}, err
			})
		},
	}
	f := cmd.Flags()
	f.String("achieved", "", "this `item` is achieved")
	f.String("archive", "", "this `item` is put aside")
	f.String("reopen", "", "this `item` is active again")
	return cmd
}

// task is what the flags of step and promise say.
type task struct{ owner, due, goal, barrier string }

// read reads a text as a line of a note would be read: an owner before a colon, a
// date after a last "by". Flags win.
func (t task) read(s *subject, kind domain.MarkKind, text string) (m domain.Mark, err error) {
	w := domain.ReadNote(string(kind)+" "+clean.Line(text, clean.MaxLine), s.today, s.names)
	if len(w.Marks) == 0 {
		return m, domain.Refused("text", "Write what is to be done.")
	}
	m = w.Marks[0]
	if m.Problem != "" {
		return m, domain.Refused("text", "The text cannot be read: %s", m.Problem)
	}
	if t.owner != "" {
		if m.Owner, err = s.owner(t.owner); err != nil {
			return m, err
		}
	}
	switch {
	case t.due != "":
		m.Due, err = s.day("due", t.due, calendar.Forward)
	case !m.Due.IsZero():
		s.c.say("due: %s.", s.due(m.Due))
	}
	return m, err
}

func (c *call) stepVerb() *cobra.Command {
	var t task
	cmd := &cobra.Command{
		Use:   "step REF",
		Short: "Add a step to the plan, or say how one is getting on",
		Long: "step adds a step, from standard input or a prompt: who, what, by when, as in “me: call Mind by fri”.\n" +
			"With --drop the text is the reason, which is needed.",
		Example: "  echo 'try the 9:40 bus by 2w' | coachdesk step 7K3Q-M\n  coachdesk step 7K3Q-M --done 4T8R-P",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "done", "doing", "drop", "reopen", "redate")
			switch {
			case err != nil:
				return err
			case flag == "":
				return c.addStep(args[0], t)
			case flag == "redate":
				return c.redate(cmd, args[0], item, t)
			}
			return c.moveStep(cmd, args[0], flag, item)
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.owner, "owner", "", "whose it is: me, person, dea, provider or employer")
	f.StringVar(&t.due, "due", "", "by this `date`")
	f.StringVar(&t.goal, "goal", "", "the goal, an `item`, that it serves")
	f.StringVar(&t.barrier, "barrier", "", "the barrier, an `item`, that it is about")
	f.String("done", "", "this `item` is done")
	f.String("doing", "", "this `item` is being done")
	f.String("drop", "", "this `item` is dropped, for a reason")
	f.String("reopen", "", "this `item` is open again")
	f.String("redate", "", "this `item` has another --due, or another --owner")
	return cmd
}

func (c *call) addStep(ref string, t task) error {
	return c.record(ref, lineWords("The step", "Who does what by when?"), func(s *subject, text string) (domain.Command, error) {
		m, err := t.read(s, domain.MarkStep, text)
		if err != nil {
			return nil, err
		}
		a := domain.AddStep{Participant: s.p.ID, Owner: m.Owner, Text: m.Text, Due: m.Due}
		if t.goal != "" {
			if a.Goal, err = s.find(itemGoal, t.goal); err != nil {
				return nil, err
			}
		}
		if t.barrier != "" {
			a.Barrier, err = s.find(itemBarrier, t.barrier)
		}
		return a, err
	})
}

func (c *call) moveStep(cmd *cobra.Command, ref, flag, item string) error {
	if err := only(cmd, flag, "owner", "due", "goal", "barrier"); err != nil {
		return err
	}
	status := map[string]domain.StepStatus{"done": domain.StepDone, "doing": domain.StepDoing, "drop": domain.StepDropped, "reopen": domain.StepNotStarted}[flag]
	w := words{}
	if flag == "drop" {
		w = lineWords("The reason", "Why is the step dropped?")
	}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		return domain.ChangeStep{Participant: s.p.ID, Step: id, Status: &status, Reason: text}, err
	})
}

func (c *call) redate(cmd *cobra.Command, ref, item string, t task) error {
	if err := only(cmd, "redate", "goal", "barrier"); err != nil {
		return err
	}
	if t.due == "" && t.owner == "" {
		return misuse("--redate needs --due DATE, --due none, or --owner.")
	}
	return c.record(ref, words{}, func(s *subject, _ string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		if err != nil {
			return nil, err
		}
		ch := domain.ChangeStep{Participant: s.p.ID, Step: id}
		if t.due != "" {
			var due calendar.Day
			if t.due != "none" {
				if due, err = s.day("due", t.due, calendar.Forward); err != nil {
					return nil, err
				}
			}
			ch.Due = &due
		}
		if t.owner != "" {
			o, err := s.owner(t.owner)
			if err != nil {
				return nil, err
			}
			ch.Owner = &o
		}
		return ch, nil
	})
}

func (c *call) reviewVerb() *cobra.Command {
	var next string
	cmd := &cobra.Command{
		Use:   "review REF",
		Short: "Record that the plan was reviewed together, and when next",
		Args:  needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			if next == "" {
				return misuse("Say when to review next: --next 4w.")
			}
			w := words{what: "The review", field: "text", most: 2000}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				d, err := s.day("next", next, calendar.Forward)
				return domain.ReviewPlan{Participant: s.p.ID, Text: text, Next: d}, err
			})
		},
	}
	cmd.Flags().StringVar(&next, "next", "", "the `date` of the next review")
	return cmd
}

func (c *call) promiseVerb() *cobra.Command {
	var t task
	cmd := &cobra.Command{
		Use:   "promise REF",
		Short: "Put a promise on the record, or say what became of one",
		Long:  "promise reads what was promised from standard input or a prompt, as in “call Mind by fri”.",
		Args:  needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "kept", "broken", "release", "reopen")
			if err != nil {
				return err
			}
			if flag == "" {
				return c.record(args[0], lineWords("The promise", "Who does what by when?"), func(s *subject, text string) (domain.Command, error) {
					m, err := t.read(s, domain.MarkPromise, text)
					return domain.MakePromise{Participant: s.p.ID, Owner: m.Owner, Text: m.Text, Due: m.Due}, err
				})
			}
			if err := only(cmd, flag, "owner", "due"); err != nil {
				return err
			}
			status := map[string]domain.PromiseStatus{"kept": domain.PromiseKept, "broken": domain.PromiseBroken, "release": domain.PromiseReleased, "reopen": domain.PromiseOpen}[flag]
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				id, err := s.find(itemPromise, item)
				return domain.SettlePromise{Participant: s.p.ID, Promise: id, Status: status}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.owner, "owner", "", "whose it is: me, person, dea, provider or employer")
	f.StringVar(&t.due, "due", "", "by this `date`")
	f.String("kept", "", "this `item` was kept")
	f.String("broken", "", "this `item` was not kept")
	f.String("release", "", "this `item` is no longer needed")
	f.String("reopen", "", "this `item` is open again")
	return cmd
}
