package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) redateVerb() *cobra.Command {
	var from, to string
	var leave []string
	var dry bool
	cmd := &cobra.Command{
		Use:   "redate REF",
		Short: "Give all open steps new dates after an absence",
		Long: "redate moves every open step that has a date by the length of an absence, never into the past and never onto\n" +
			"a day off. It is one batch: coachdesk undo REF takes all of it back.",
		Example: "  coachdesk redate 7K3Q-M --from '2 nov' --to '20 nov' --dry-run\n  coachdesk redate 7K3Q-M --from '2 nov' --to '20 nov' --leave 4T8R-P",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			if from == "" || to == "" {
				return misuse("Say how long the absence was: --from DATE --to DATE.")
			}
			return c.redateAll(args[0], from, to, leave, dry)
		},
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", "the first `date` of the absence")
	f.StringVar(&to, "to", "", "the last `date` of the absence")
	f.StringSliceVar(&leave, "leave", nil, "leave this `item` as it is; may be given several times")
	f.BoolVar(&dry, "dry-run", false, "only show what would move")
	return cmd
}

func (c *call) redateAll(ref, from, to string, leave []string, dry bool) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	first, err := s.day("from", from, calendar.Backward)
	if err != nil {
		return err
	}
	// A last day without a year is the first to come after the first one.
	last, err := calendar.Parse(to, first, calendar.Forward)
	if err != nil {
		return misuse("--to: %s", err)
	}
	c.say("to: %s, %s.", last.Short(s.today), last.Distance(s.today))
	list, err := s.p.Plan.Redates(first, last, domain.Stamp{Today: s.today, Calendar: s.st.Calendar()})
	if err != nil {
		return err
	}
	var stay []domain.ID
	for _, item := range leave {
		id, err := s.find(itemStep, item)
		if err != nil {
			return err
		}
		stay = append(stay, id)
	}
	t := table{head: []string{"REF", "OLD", "NEW", "STEP"}}
	var commands []domain.Command
	for _, r := range list {
		if slices.Contains(stay, r.Step.ID) {
			continue
		}
		t.add(s.itemRef(r.Step.ID), r.Old.Short(s.today), r.New.Short(s.today), shown(r.Step.Scope, r.Step.Text, false))
		commands = append(commands, r.Command(s.p.ID))
	}
	if !c.json {
		c.printTable(t)
	}
	if dry {
		c.say("Nothing was changed: without --dry-run these steps move.")
		return nil
	}
	if len(commands) == 0 {
		return domain.Refused("leave", "Every step is left as it is: nothing is to be moved.")
	}
	return s.do(commands...)
}
