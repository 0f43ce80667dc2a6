package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// fitOptions and fitBoxes are the words of fitnote's flags.
var (
	fitOptions = map[string]domain.FitOption{"not-fit": domain.NotFit, "may-be-fit": domain.MayBeFit}
	fitBoxes   = map[string]domain.FitBox{
		"phased": domain.PhasedReturn, "hours": domain.AlteredHours, "duties": domain.AmendedDuty, "adaptations": domain.Adaptations,
	}
)

func (c *call) fitNoteVerb() *cobra.Command {
	var option, from, to string
	var boxes []string
	cmd := &cobra.Command{
		Use:     "fitnote REF",
		Short:   "Put a fit note on the record",
		Long:    "fitnote records what a fit note says. Its comments may come from standard input.",
		Example: "  coachdesk fitnote 7K3Q-M --option may-be-fit --boxes phased,hours --from 16/11 --to 4w",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			n := domain.RecordFitNote{Option: fitOptions[option]}
			if n.Option == "" {
				return misuse("--option: a fit note says not-fit or may-be-fit.")
			}
			if to == "" {
				return misuse("Say until when the note runs: --to DATE.")
			}
			for _, b := range boxes {
				box, ok := fitBoxes[strings.TrimSpace(b)]
				if !ok {
					return misuse("--boxes: %q is not a box. Write phased, hours, duties, adaptations, with commas between.", clean.Line(b, 40))
				}
				n.Boxes = append(n.Boxes, box)
			}
			w := words{what: "The comments", field: "comments", most: 2000}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				n.Participant, n.Comments, n.From = s.p.ID, text, s.today
				var err error
				if from != "" {
					if n.From, err = s.day("from", from, calendar.Backward); err != nil {
						return nil, err
					}
				}
				n.To, err = s.day("to", to, calendar.Forward)
				return n, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&option, "option", "", "not-fit or may-be-fit")
	f.StringSliceVar(&boxes, "boxes", nil, "for may-be-fit: phased, hours, duties, adaptations")
	f.StringVar(&from, "from", "", "the first `date`; today unless said")
	f.StringVar(&to, "to", "", "the last `date`")
	return cmd
}

func (c *call) undoVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "undo REF [BATCH]",
		Short: "Take back the last thing you did on a record, or the one that log names",
		Long:  "undo takes back everything that one command did. What happened stays in the history; it only stops\ncounting. An undo can be undone.",
		Args:  needs("REF", "[BATCH]"),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := c.person(args[0])
			if err != nil {
				return err
			}
			batch := s.p.LastBatch(s.st.Who().ID)
			if len(args) > 1 {
				if batch, err = s.findBatch(args[1]); err != nil {
					return err
				}
			}
			return s.do(s.p.UndoCommands(batch)...)
		},
	}
}
