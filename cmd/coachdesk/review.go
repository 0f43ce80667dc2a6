package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) reviewVerb() *cobra.Command {
	var next string
	cmd := &cobra.Command{
		Use:   "review REF",
		Short: "Record that the plan was reviewed together, and when next",
		Long:  "review records that the plan was looked at together. Without --next the next review comes by rule:\ncoachdesk plan REF --why tells the sum.",
		Args:  needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			w := words{what: "The review", field: "text", most: 2000}
			return c.record(args[0], w, func(s *subject, text string) (d domain.Command, err error) {
				var day calendar.Day
				if next != "" {
					day, err = s.day("next", next, calendar.Forward)
				}
				return domain.ReviewPlan{Participant: s.p.ID, Text: text, Next: day}, err
			})
		},
	}
	cmd.Flags().StringVar(&next, "next", "", "the `date` of the next review, when one was agreed")
	return cmd
}
