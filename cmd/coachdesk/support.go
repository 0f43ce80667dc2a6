package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// saidTo is what the flags say about what the person said to direct support.
type saidTo struct {
	how, by, on string
	no          bool
}

func (a *saidTo) flags(cmd *cobra.Command, how string) {
	f := cmd.Flags()
	f.StringVar(&a.how, "how", how, "how it was said: face to face, phone, in writing or online")
	f.StringVar(&a.by, "by", string(domain.GivenByPerson), "who said it: person or representative")
	f.StringVar(&a.on, "on", "", "the `date`, when it was not today")
}

func (a saidTo) read(s *subject, reason string) (domain.Agree, error) {
	out := domain.Agree{Yes: !a.no, Giver: domain.ConsentGiver(a.by), How: domain.ConsentHow(a.how), Reason: reason}
	var err error
	if a.on != "" {
		out.On, err = s.day("on", a.on, calendar.Backward)
	}
	return out, err
}

func (c *call) agreementVerb() *cobra.Command {
	var a saidTo
	cmd := c.onQuestion("agreement", "What the person said to the adviser's direct support", perhaps("Their reason"), func(s *subject, id domain.ID, text string) (domain.Command, error) {
		agree, err := a.read(s, text)
		return domain.RecordAgreement{Participant: s.p.ID, Escalation: id, Agree: agree}, err
	})
	cmd.Long = "agreement records that the person wants the adviser's direct support, or with --no that they do not: then the\n" +
		"question comes back to the coach. Without it direct support does not begin."
	a.flags(cmd, string(domain.FaceToFace))
	cmd.Flags().BoolVar(&a.no, "no", false, "they do not want it")
	return cmd
}

func (c *call) beginVerb() *cobra.Command {
	var a saidTo
	cmd := c.onQuestion("begin", "As the adviser: take on direct support", perhaps("Why direct support"), func(s *subject, id domain.ID, text string) (domain.Command, error) {
		t := domain.TakeOn{Participant: s.p.ID, Escalation: id, Reason: text}
		if a.how == "" {
			return t, nil
		}
		var err error
		t.Agree, err = a.read(s, "")
		return t, err
	})
	cmd.Long = "begin takes on direct support. The person's agreement must be on the record, or is recorded with --how.\n" +
		"An escalation that asked for something else is turned, and the text says why."
	a.flags(cmd, "")
	return cmd
}

func (c *call) progressVerb() *cobra.Command {
	w := words{what: "What changed", prompt: "What changed since the last look?", field: "text", most: 4000, must: true}
	return c.onQuestion("progress", "As the adviser: review direct support, what changed", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.ReviewSupport{Participant: s.p.ID, Escalation: id, Text: text}, nil
	})
}

func (c *call) handBackVerb() *cobra.Command {
	w := words{what: "The next step", prompt: "What is the coach's next step? Lines that begin with ! or - become steps, or else the first.", field: "text", most: 4000, must: true}
	return c.onQuestion("handback", "As the adviser: end direct support; the next step becomes the coach's", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.HandBack{Participant: s.p.ID, Escalation: id, Text: text}, nil
	})
}
