package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) pauseVerb() *cobra.Command {
	var until, code string
	cmd := &cobra.Command{
		Use:     "pause REF",
		Example: "  coachdesk pause 7K3Q-M --code unwell --until 4w",
		Short:   "Let most clocks of a plan stand still, for a reason",
		Long: "pause stops the clocks of steps, promises and reviews, and those of being quiet or staying away, until a date\n" +
			"or until coachdesk resume REF. Fit notes, appointments and the DEA's clocks run on. The words beside the\n" +
			"--code come from standard input and may be missing. Without either the codes are listed.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			w := perhaps("The reason")
			w.field = "reason"
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				p := domain.PausePlan{Participant: s.p.ID, Code: code, Reason: text}
				if err := s.needsCode(domain.ReasonsPause, code, text); err != nil || until == "" {
					return p, err
				}
				var err error
				p.Until, err = s.day("until", until, calendar.Forward)
				return p, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&until, "until", "", "the `date` on which the clocks run again; without it, until somebody says so")
	f.StringVar(&code, "code", "", "a `reason` of the office's list")
	return cmd
}
