package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) resumeVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "resume REF",
		Short: "Let the clocks of a paused plan run again",
		Args:  needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				return domain.ResumePlan{Participant: s.p.ID}, nil
			})
		},
	}
}
