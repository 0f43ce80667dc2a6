package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) handoverRecallVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "recall REF…",
		Short: "Call a handover back that nobody has answered",
		Long: "handover recall takes an offer back while nothing of it is answered. What is answered already is ended with\n" +
			"handover back. handover send --to NAME -o FILE tells the other desk.",
		Example: "  coachdesk handover recall 7K3Q-M",
		Args:    needs("REF…"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.recordSeveral(args, words{}, func(s *subject, _ string) (domain.Command, error) {
				who, why := s.st.Who(), "Nothing of it is handed over."
				h, ok := s.offered(func(h domain.Handover) bool {
					not := h.WhyNotRecall(who.ID, who.Role)
					if not != "" && h.By == who.ID {
						why = not
					}
					return not == ""
				})
				if !ok {
					return nil, domain.Refused("handover", "%s: %s coachdesk handover list shows what is handed over.", s.ref, why)
				}
				return domain.RecallHandover{Participant: s.p.ID, Handover: h.ID}, nil
			})
		},
	}
}
