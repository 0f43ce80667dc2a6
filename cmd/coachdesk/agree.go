package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) agreeVerb() *cobra.Command {
	var how, by, on string
	cmd := &cobra.Command{
		Use:   "agree REF",
		Short: "Record that the person says yes to the plan: a version",
		Long: "agree makes the plan as it stands a version. Who else was there comes from standard input, parted by commas,\n" +
			"and may be missing. coachdesk plan REF --versions tells what changed between them.",
		Example: "  coachdesk agree 7K3Q-M --how phone\n  echo 'his sister' | coachdesk agree 7K3Q-M --by representative",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			giver := domain.ConsentGiver(by)
			if giver != domain.GivenByPerson && giver != domain.GivenByRepresentative {
				return misuse("--by: write person or representative.")
			}
			w := perhaps("Who was there")
			w.field = "present"
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				a := domain.AgreePlan{Participant: s.p.ID, How: domain.ConsentHow(how), Giver: giver, Present: strings.Split(text, ",")}
				if on == "" {
					return a, nil
				}
				var err error
				a.On, err = s.day("on", on, calendar.Backward)
				return a, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&how, "how", string(domain.FaceToFace), "`how` it was agreed: face to face, phone, in writing or online")
	f.StringVar(&by, "by", "person", "`who` says yes: person or representative")
	f.StringVar(&on, "on", "", "the `date`, if not today")
	return cmd
}
