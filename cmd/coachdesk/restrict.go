package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) restrictVerb() *cobra.Command {
	var lift bool
	cmd := &cobra.Command{
		Use:   "restrict REF",
		Short: "Hide in every list who a record is about, or show it again",
		Long: "restrict hides the name and whatever else tells who it is in all lists: they show “Restricted” and\n" +
			"the reference. What is due stays. The record itself, opened by its reference, shows everything. The coach\n" +
			"who owns the case, a team lead or an administrator may do it. The reason comes from standard input, if\n" +
			"there is one.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], perhaps("The reason"), func(s *subject, text string) (domain.Command, error) {
				return domain.Restrict{Participant: s.p.ID, On: !lift, Reason: text}, nil
			})
		},
	}
	cmd.Flags().BoolVar(&lift, "lift", false, "show who it is again")
	return cmd
}
