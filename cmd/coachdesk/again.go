package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func (c *call) reaskVerb() *cobra.Command {
	return c.askAgain("reask", "Ask the adviser again: the time ran out, and the clock begins anew",
		words{what: "What you add", field: "text", most: 2000}, func(text string) domain.AskAgain { return domain.AskAgain{Text: text} })
}

func (c *call) widenVerb() *cobra.Command {
	w := words{what: "Whom it goes to", prompt: "Whom does it go to now? For example: the DEA leader, or the Leith office.", field: "to", most: clean.MaxLine, must: true}
	return c.askAgain("widen", "Pass an escalation on more widely, when the adviser's time ran out", w, func(text string) domain.AskAgain { return domain.AskAgain{To: text} })
}

// askAgain is a verb about a question whose time has run out.
func (c *call) askAgain(use, short string, w words, make func(text string) domain.AskAgain) *cobra.Command {
	return c.onQuestion(use, short, w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		q, err := c.queue(s.st)
		if err != nil {
			return nil, err
		}
		for _, e := range s.p.Escalations {
			if e.ID != id {
				continue
			}
			if why := e.CameBack(s.today, q.Rules.Waits(), q.CalendarOf(s.p.Row())); why != "" {
				return nil, domain.Refused("item", "%s To add words, use coachdesk say.", why)
			}
		}
		a := make(text)
		a.Participant, a.Escalation = s.p.ID, id
		return a, nil
	})
}
