package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) markVerb() *cobra.Command {
	var week string
	var notFine bool
	cmd := &cobra.Command{
		Use:   "mark REF HOURS",
		Short: "Mark a week in work: hours, fine or not",
		Long: "mark says how many hours somebody worked in a week, and whether it was fine. Without --week it is the last\n" +
			"whole week, or this one when that is marked. Marking a week again corrects it. The text says what was not fine\n" +
			"and may be missing.",
		Example: "  coachdesk mark 7K3Q-M 16\n  echo 'tired after the early shift' | coachdesk mark 7K3Q-M 7.5 --not-fine --week '9 nov'",
		Args:    needs("REF", "HOURS"),
		RunE: func(_ *cobra.Command, args []string) error {
			minutes, err := domain.ReadWeekHours(args[1])
			if err != nil {
				return misuse("HOURS: %s", err)
			}
			w := words{}
			if notFine {
				w = perhaps("What was not fine")
			}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				m := domain.MarkWeek{Participant: s.p.ID, Minutes: minutes, Fine: !notFine, Words: text}
				if week != "" {
					m.Week, err = s.day("week", week, calendar.Backward)
				}
				return m, err
			})
		},
	}
	cmd.Flags().StringVar(&week, "week", "", "the week of this `date`")
	cmd.Flags().BoolVar(&notFine, "not-fine", false, "it was not fine")
	return cmd
}
