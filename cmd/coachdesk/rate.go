package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) rateVerb() *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use:   "rate REF ANSWER…",
		Short: "Record how the person sees it themselves",
		Long: "rate takes one answer from 1 to 5 to each of the office's questions, in their order:\n" + rateHelp() +
			"The answers are the person's own, and nothing is derived from them.",
		Example: "  coachdesk rate 7K3Q-M 3 4 2",
		Args:    needs("REF", "ANSWER…"),
		RunE: func(_ *cobra.Command, args []string) error {
			rules, err := readSessions()
			if err != nil {
				return err
			}
			if len(args)-1 != len(rules.Rating) {
				return misuse("There are %d questions, so %d answers, not %d:\n%s", len(rules.Rating), len(rules.Rating), len(args)-1, strings.TrimRight(rateHelp(), "\n"))
			}
			var answers []domain.RatingAnswer
			for i, a := range args[1:] {
				n, err := strconv.Atoi(a)
				if err != nil {
					return misuse("ANSWER: %q is not a number from 1 to %d.", clean.Line(a, 20), domain.RatingMost)
				}
				answers = append(answers, domain.RatingAnswer{Question: rules.Rating[i].Key, Value: n})
			}
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				r := domain.Rate{Participant: s.p.ID, Answers: answers}
				if day != "" {
					r.Day, err = s.day("day", day, calendar.Backward)
				}
				return r, err
			})
		},
	}
	cmd.Flags().StringVar(&day, "day", "", "the `date` on which they were asked, when it was not today")
	return cmd
}

// rateHelp lists the questions with the words for both ends.
func rateHelp() string {
	rules, err := readSessions()
	if err != nil {
		return "" // whoever rates is told why
	}
	var b strings.Builder
	for i, q := range rules.Rating {
		b.WriteString("  " + strconv.Itoa(i+1) + ". " + q.Asks + " (1 " + q.Low + ", " + strconv.Itoa(domain.RatingMost) + " " + q.High + ")\n")
	}
	return b.String()
}
