package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) absenceVerb() *cobra.Command {
	var code, from, note, on string
	cmd := &cobra.Command{
		Use:   "absence REF",
		Short: "Away from work: why, what helps to keep the job, back again",
		Long: "absence records that somebody is away from a job that goes on. --code is a reason of the office's list; the\n" +
			"text says more and is needed without one. It asks for a look at what helps to keep the job: --checked says\n" +
			"what was found, which may be nothing. --back says that they are back.",
		Example: "  coachdesk absence 7K3Q-M --code health-body --from mon\n  echo 'WorkWell rings on Friday' | coachdesk absence 7K3Q-M --checked 4T8R-P\n  coachdesk absence 7K3Q-M --back 4T8R-P --on mon",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "checked", "back")
			if err != nil {
				return err
			}
			if flag != "" {
				beside := []string{"code", "from", "fitnote"}
				if flag == "checked" {
					beside = append(beside, "on")
				}
				if err := only(cmd, flag, beside...); err != nil {
					return err
				}
			} else if err := only(cmd, "a new absence", "on"); err != nil {
				return err
			}
			switch flag {
			case "checked":
				return c.record(args[0], lineWords("What was found", "What helps to keep the job?"), func(s *subject, text string) (domain.Command, error) {
					id, err := s.find(itemAbsence, item)
					return domain.CheckRetention{Participant: s.p.ID, Absence: id, Found: text}, err
				})
			case "back":
				return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
					id, err := s.find(itemAbsence, item)
					e := domain.EndAbsence{Participant: s.p.ID, Absence: id}
					if err == nil && on != "" {
						e.Back, err = s.day("on", on, calendar.Backward)
					}
					return e, err
				})
			}
			return c.noteAbsence(args[0], code, from, note)
		},
	}
	f := cmd.Flags()
	f.StringVar(&code, "code", "", "a `reason` of the office's list")
	f.StringVar(&from, "from", "", "away since this `date`; today unless said")
	f.StringVar(&note, "fitnote", "", "the fit note, an `item`")
	f.StringVar(&on, "on", "", "with --back: the first `date` back, when it is not today")
	f.String("checked", "", "it was looked at what helps, for this `item`")
	f.String("back", "", "this `item` is over")
	return cmd
}

func (c *call) noteAbsence(ref, code, from, note string) error {
	w := words{}
	if code == "" {
		w = lineWords("The reason", "Why are they away?")
	}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		a := domain.NoteAbsence{Participant: s.p.ID, Code: code, Words: text}
		var err error
		if from != "" {
			if a.From, err = s.day("from", from, calendar.Backward); err != nil {
				return nil, err
			}
		}
		if note != "" {
			if a.FitNote, err = s.find(itemFitNote, note); err != nil {
				return nil, err
			}
		}
		return a, s.knowsCode(domain.ReasonsAbsence, code)
	})
}
