package main

import (
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) templateVerb() *cobra.Command {
	var barrier string
	var leave []int
	var dry bool
	cmd := &cobra.Command{
		Use:   "template REF",
		Short: "Steps that often help with a barrier, taken into the plan",
		Long: "template adds the steps of the template that fits a barrier by its words, in one batch. The templates are\n" +
			"invented by us, a start and no advice: look at them with --dry-run, and leave out what does not fit.",
		Example: "  coachdesk template 7K3Q-M --barrier 4T8R-P --dry-run\n  coachdesk template 7K3Q-M --barrier 4T8R-P --leave 2",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			if barrier == "" {
				return misuse("Say which barrier: --barrier ITEM. coachdesk show %s lists them.", args[0])
			}
			return c.takeTemplate(args[0], barrier, leave, dry)
		},
	}
	f := cmd.Flags()
	f.StringVar(&barrier, "barrier", "", "the barrier, an `item`")
	f.IntSliceVar(&leave, "leave", nil, "leave out the step of this `number`; may be given several times")
	f.BoolVar(&dry, "dry-run", false, "only show the steps")
	return cmd
}

func (c *call) takeTemplate(ref, item string, leave []int, dry bool) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	id, err := s.find(itemBarrier, item)
	if err != nil {
		return err
	}
	plans, err := readPlanning()
	if err != nil {
		return err
	}
	text := ""
	for _, b := range s.p.Barriers {
		if b.ID == id {
			text = b.Text
		}
	}
	template, ok := plans.TemplateFor(text)
	if !ok {
		return domain.Refused("barrier", "No template fits this barrier. Add a step of your own: coachdesk step %s --barrier %s", s.ref, item)
	}
	st := domain.Stamp{Today: s.today, Calendar: s.st.Calendar()}
	t := table{head: []string{"NO", "OWNER", "DUE", "STEP"}, right: []int{0}}
	var commands []domain.Command
	for i, step := range template.Steps {
		add, err := step.Add(s.p.ID, id, st)
		if err != nil {
			return err
		}
		when := s.due(add.Due)
		if add.Before != "" {
			when = add.Before.String()
		}
		t.add(strconv.Itoa(i+1), s.names.Called(step.Owner), when, step.Text)
		if !slices.Contains(leave, i+1) {
			commands = append(commands, add)
		}
	}
	c.say("%s (%s, %s)", template.Says, template.Source, template.Date)
	if dry {
		c.printTable(t)
		return nil
	}
	if len(commands) == 0 {
		return domain.Refused("leave", "Every step is left out: nothing is to be added.")
	}
	return s.do(commands...)
}
