package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) transferVerb() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use:   "transfer REF",
		Short: "Hand a case over to a colleague of this office; accept, decline or recall an offer",
		Long: "transfer offers the case to a colleague who is registered here; a note of what they have to know comes from\n" +
			"standard input, and is needed while something is open or ends soon. It stays your case until they accept.\n" +
			"--accept takes a case on that is offered to you, --decline says no, with the reason from standard input, and\n" +
			"--recall calls an offer back that nobody has answered. The record stays in this office.",
		Example: "  echo 'WorkWell rings on Friday.' | coachdesk transfer 7K3Q-M --to 'Bea Holt'\n  coachdesk transfer 7K3Q-M --accept --as 'Bea Holt' --because handover",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, _, err := chosen(cmd, "to", "accept", "decline", "recall")
			if err != nil {
				return err
			}
			w := words{}
			switch flag {
			case "":
				return misuse("Say to whom with --to; or --accept, --decline or --recall.")
			case "to":
				w = words{what: "The note", field: "note", most: 2000}
			case "decline":
				w = lineWords("The reason", "Why not? Your colleague reads it.")
				w.field = "reason"
			}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				if flag == "to" {
					return s.offerTransfer(to, text)
				}
				x, _ := s.p.OpenTransfer()
				if flag == "recall" {
					return domain.RecallTransfer{Participant: s.p.ID, Transfer: x.ID}, nil
				}
				return domain.AnswerTransfer{Participant: s.p.ID, Transfer: x.ID, Yes: flag == "accept", Reason: text}, nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&to, "to", "", "offer the case to this `person` who is registered here")
	f.Bool("accept", false, "take on the case that is offered to you")
	f.Bool("decline", false, "do not take it on; the reason comes from standard input")
	f.Bool("recall", false, "call the offer back")
	return cmd
}

// offerTransfer offers the case to somebody whose work it can be.
func (s *subject) offerTransfer(to, note string) (domain.Command, error) {
	q, err := s.c.queue(s.st)
	if err != nil {
		return nil, err
	}
	p, err := s.st.Office().FindPerson(to)
	if err != nil {
		return nil, notFound(err, "to", "That is not one person who is registered here. coachdesk staff lists them.")
	}
	if why := domain.WhyNotDo(p.Role, domain.CaseAccepted{}); why != "" {
		return nil, domain.Refused("to", "%s could not accept it. %s", p.Name, why)
	}
	return domain.OfferTransfer{Participant: s.p.ID, To: p.ID, Note: note, SupportEnds: q.SupportEnds(s.p), SoonDays: q.Figures.Of(domain.FigureTransfer)}, nil
}
