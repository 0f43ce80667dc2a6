package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) sayVerb() *cobra.Command {
	w := words{what: "What you say", prompt: "What do you want to add?", field: "text", most: 2000, must: true}
	return c.onQuestion("say", "Add words to the talk about an escalation, from either side", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.Say{Participant: s.p.ID, Escalation: id, Text: text}, nil
	})
}

// helps are the words of --for.
var helps = map[string]domain.EscalationKind{"advice": domain.KindAdvice, "three-way": domain.KindThreeWay, "direct": domain.KindDirect}

func helpNamed(word string) (domain.EscalationKind, error) {
	k, ok := helps[word]
	if !ok {
		return k, misuse("--for: %q is no kind of help. Write advice, three-way or direct.", clean.Line(word, 40))
	}
	return k, nil
}

func (c *call) turnVerb() *cobra.Command {
	var kind string
	w := words{what: "The reason", prompt: "Why does another kind of help serve better? The coach reads it.", field: "reason", most: clean.MaxLine, must: true}
	cmd := c.onQuestion("turn", "As the adviser: turn an escalation into another kind, and say why", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.TurnInto{Participant: s.p.ID, Escalation: id, Kind: helps[kind], Reason: text}, nil
	})
	cmd.Flags().StringVar(&kind, "for", "", "into advice, three-way or direct")
	return checkedFirst(cmd, func() error { _, err := helpNamed(kind); return err })
}

// checkedFirst has a verb check its flags before it reads anything.
func checkedFirst(cmd *cobra.Command, check func() error) *cobra.Command {
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := check(); err != nil {
			return err
		}
		return run(cmd, args)
	}
	return cmd
}

func (c *call) toldVerb() *cobra.Command {
	var how, on, who string
	cmd := c.onQuestion("told", "The person was told which kind of help there will be", words{}, func(s *subject, id domain.ID, _ string) (domain.Command, error) {
		t := domain.TellPerson{Participant: s.p.ID, Escalation: id, How: domain.ConsentHow(how)}
		var err error
		if who != "" {
			if t.Who, err = s.owner(who); err != nil {
				return nil, err
			}
		}
		if on != "" {
			t.On, err = s.day("on", on, calendar.Backward)
		}
		return t, err
	})
	f := cmd.Flags()
	f.StringVar(&how, "how", string(domain.FaceToFace), "face to face, phone, in writing or online")
	f.StringVar(&on, "on", "", "the `date`, when it was not today")
	f.StringVar(&who, "who", "", "who told them: me or dea; whoever records it unless said")
	return cmd
}
