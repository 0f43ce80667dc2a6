package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) returnPlanVerb() *cobra.Command {
	var from, result string
	cmd := &cobra.Command{
		Use:   "returnplan REF [HOURS…]",
		Short: "A graduated return to work: hours week by week",
		Long: "returnplan takes the hours of each week: 8 8 12 16, or 8x2 12 16, or 8 to 20 in 4. Without --from it begins on\n" +
			"the next Monday. A plan that runs is replaced. --end says how it ended; stable makes the job stable again.",
		Example: "  coachdesk returnplan 7K3Q-M 8 8 12 16\n  coachdesk returnplan 7K3Q-M 8 to 20 in 4 --from 'mon'\n  coachdesk returnplan 7K3Q-M --end 4T8R-P --result stable",
		Args:    needs("REF", "[HOURS…]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "end")
			if err != nil {
				return err
			}
			if flag == "end" {
				if len(args) > 1 {
					return misuse("--end takes no hours.")
				}
				if err := only(cmd, flag, "from"); err != nil {
					return err
				}
				return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
					id, err := s.find(itemReturn, item)
					return domain.EndReturn{Participant: s.p.ID, Return: id, Result: domain.ReturnResult(result)}, err
				})
			}
			if err := only(cmd, "a new plan", "result"); err != nil {
				return err
			}
			weeks, err := domain.ReadReturn(strings.Join(args[1:], " "))
			if err != nil {
				return misuse("HOURS: %s", err)
			}
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				p := domain.PlanReturn{Participant: s.p.ID, Weeks: weeks}
				if from != "" {
					p.From, err = s.day("from", from, calendar.Forward)
				}
				return p, err
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the first week is that of this `date`")
	cmd.Flags().StringVar(&result, "result", string(domain.ReturnStable), "with --end: stable or stopped")
	cmd.Flags().String("end", "", "this `item` is over")
	return cmd
}
