package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

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
	case t.due != "" && kind == domain.MarkStep:
		m.Due, m.Before, err = s.dueFlag(t.due)
	case t.due != "":
		m.Due, err = s.day("due", t.due, calendar.Forward)
	case m.Before != "":
		s.c.say("due: %s.", m.Before)
	case !m.Due.IsZero():
		s.c.say("due: %s.", s.due(m.Due))
	}
	return m, err
}

// dueFlag reads by when a step is to be done: a date, or what it waits for.
func (s *subject) dueFlag(phrase string) (calendar.Day, domain.Anchor, error) {
	d, before, err := domain.ReadDue(phrase, s.today)
	switch {
	case err != nil:
		return 0, "", misuse("--due: %s", err)
	case before != "":
		s.c.say("due: %s.", before)
	default:
		s.c.say("due: %s, %s.", d.Short(s.today), d.Distance(s.today))
	}
	return d, before, nil
}

func (c *call) stepVerb() *cobra.Command {
	var t task
	var how stepHow
	cmd := &cobra.Command{
		Use:   "step REF",
		Short: "Add a step to the plan, or say how one is getting on",
		Long: "step adds a step, from standard input or a prompt: who, what, by when, as in “me: call Mind by fri” or\n" +
			"“the employer: agree the hours before:job-start”. A step can wait for before:job-start, before:review,\n" +
			"before:next (appointment) or before:fitnote-end. With --drop the text is the reason, which is needed unless\n" +
			"--code gives one; with --chase it is what was said. Steps of a provider, an employer or the DEA are chased,\n" +
			"not ticked: --chase ITEM --answer done.",
		Example: "  echo 'try the 9:40 bus by 2w' | coachdesk step 7K3Q-M\n  coachdesk step 7K3Q-M --done 4T8R-P\n  coachdesk step 7K3Q-M --chase 4T8R-P --how phone --answer silent",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "done", "doing", "drop", "reopen", "redate", "chase", "tried", "link")
			switch {
			case err != nil:
				return err
			case flag == "":
				if err := only(cmd, "a new step", "code", "answer", "how", "result"); err != nil {
					return err
				}
				return c.addStep(args[0], t)
			case flag == "redate":
				return c.redateStep(cmd, args[0], item, t)
			case flag == "chase":
				return c.chaseStep(cmd, args[0], item, how)
			case flag == "tried":
				return c.triedStep(cmd, args[0], item, how)
			case flag == "link":
				return c.linkStep(cmd, args[0], item, t)
			}
			return c.moveStep(cmd, args[0], flag, item, how.code)
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.owner, "owner", "", "whose it is: me, person, dea, provider or employer")
	f.StringVar(&t.due, "due", "", "by this `date`, or before:job-start, before:review, before:next, before:fitnote-end")
	f.StringVar(&t.goal, "goal", "", "the goal, an `item`, that it serves")
	f.StringVar(&t.barrier, "barrier", "", "the barrier, an `item`, that it answers")
	f.StringVar(&how.code, "code", "", "with --drop: a `reason` of the office's list")
	f.StringVar(&how.answer, "answer", "asked", "with --chase: `what` came of it: asked, done or silent")
	f.StringVar(&how.how, "how", "", "with --chase: `how` they were asked: face to face, phone, in writing or online")
	f.StringVar(&how.result, "result", "", "with --tried: `what` came of the step: worked, partly, no or not-tried")
	f.String("done", "", "this `item` is done")
	f.String("doing", "", "this `item` is being done")
	f.String("drop", "", "this `item` is dropped, for a reason")
	f.String("reopen", "", "this `item` is open again")
	f.String("redate", "", "this `item` has another --due, or another --owner")
	f.String("chase", "", "somebody was asked about this `item` of theirs")
	f.String("tried", "", "it is known what came of this `item`: --result")
	f.String("link", "", "this `item` has another --goal or --barrier, or none")
	return cmd
}

// stepHow is what the flags say of a step that is there.
type stepHow struct{ code, answer, how, result string }

func (c *call) addStep(ref string, t task) error {
	return c.record(ref, lineWords("The step", "Who does what by when?"), func(s *subject, text string) (domain.Command, error) {
		m, err := t.read(s, domain.MarkStep, text)
		if err != nil {
			return nil, err
		}
		a := domain.AddStep{Participant: s.p.ID, Owner: m.Owner, Text: m.Text, Due: m.Due, Before: m.Before}
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

func (c *call) moveStep(cmd *cobra.Command, ref, flag, item, code string) error {
	beside := []string{"owner", "due", "goal", "barrier", "answer", "how", "result"}
	if flag != "drop" {
		beside = append(beside, "code")
	}
	if err := only(cmd, flag, beside...); err != nil {
		return err
	}
	status := map[string]domain.StepStatus{"done": domain.StepDone, "doing": domain.StepDoing, "drop": domain.StepDropped, "reopen": domain.StepNotStarted}[flag]
	w := words{}
	switch {
	case flag == "drop" && code != "":
		w = perhaps("The reason")
	case flag == "drop":
		w = lineWords("The reason", "Why is the step dropped?")
	}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		if err != nil {
			return nil, err
		}
		return domain.ChangeStep{Participant: s.p.ID, Step: id, Status: &status, Code: code, Reason: text}, s.knowsCode(domain.ReasonsDrop, code)
	})
}

func (c *call) redateStep(cmd *cobra.Command, ref, item string, t task) error {
	if err := only(cmd, "redate", "goal", "barrier", "code", "answer", "how", "result"); err != nil {
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
			var before domain.Anchor
			if t.due != "none" {
				if due, before, err = s.dueFlag(t.due); err != nil {
					return nil, err
				}
			}
			ch.Due, ch.Before = &due, &before
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

// linkStep changes what a step hangs on; none takes it away.
func (c *call) linkStep(cmd *cobra.Command, ref, item string, t task) error {
	if err := only(cmd, "link", "owner", "due", "code", "answer", "how", "result"); err != nil {
		return err
	}
	if t.goal == "" && t.barrier == "" {
		return misuse("--link needs --goal ITEM or --barrier ITEM; none takes the link away.")
	}
	return c.record(ref, words{}, func(s *subject, _ string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		if err != nil {
			return nil, err
		}
		ch := domain.ChangeStep{Participant: s.p.ID, Step: id}
		for _, one := range []struct {
			kind itemKind
			ref  string
			into **domain.ID
		}{{itemGoal, t.goal, &ch.Goal}, {itemBarrier, t.barrier, &ch.Barrier}} {
			var to domain.ID
			switch one.ref {
			case "":
				continue
			case "none":
			default:
				if to, err = s.find(one.kind, one.ref); err != nil {
					return nil, err
				}
			}
			*one.into = &to
		}
		return ch, nil
	})
}

func (c *call) triedStep(cmd *cobra.Command, ref, item string, how stepHow) error {
	if err := only(cmd, "tried", "owner", "due", "goal", "barrier", "code", "answer", "how"); err != nil {
		return err
	}
	results := map[string]domain.TriedResult{"worked": domain.ResultWorked, "partly": domain.ResultPartly, "no": domain.ResultNo, "not-tried": domain.ResultNotTried}
	result, ok := results[how.result]
	if !ok {
		return misuse("--tried needs --result: worked, partly, no or not-tried.")
	}
	return c.record(ref, words{}, func(s *subject, _ string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		return domain.ChangeStep{Participant: s.p.ID, Step: id, Result: &result}, err
	})
}

func (c *call) chaseStep(cmd *cobra.Command, ref, item string, how stepHow) error {
	if err := only(cmd, "chase", "owner", "due", "goal", "barrier", "code", "result"); err != nil {
		return err
	}
	answer, ok := map[string]domain.ChaseAnswer{"asked": domain.ChaseAsked, "done": domain.ChaseSaysDone, "silent": domain.ChaseSilent}[how.answer]
	if !ok {
		return misuse("--answer: write asked, done or silent.")
	}
	return c.record(ref, perhaps("What was said"), func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemStep, item)
		return domain.ChaseStep{Participant: s.p.ID, Step: id, How: domain.ConsentHow(how.how), Answer: answer, Comment: text}, err
	})
}

// knowsCode refuses a code that is not in the office's list.
func (s *subject) knowsCode(list, code string) error {
	if code == "" {
		return nil
	}
	plans, err := readPlanning()
	if err != nil {
		return err
	}
	if plans.Reasons.Knows(list, code) {
		return nil
	}
	return misuse("--code: %q is not in the list. The codes are: %s.", clean.Line(code, 40), codesOf(plans.Reasons[list]))
}

// needsCode refuses a code that is not in the office's list, and lists the codes when
// neither one nor words were given.
func (s *subject) needsCode(list, code, words string) error {
	if code != "" || words != "" {
		return s.knowsCode(list, code)
	}
	plans, err := readPlanning()
	if err != nil {
		return err
	}
	var each []string
	for _, r := range plans.Reasons[list] {
		each = append(each, "  "+r.Code+": "+r.Says)
	}
	return domain.Refused("reason", "Say why: with --code, with words on standard input, or both. The codes are:\n%s", strings.Join(each, "\n"))
}
