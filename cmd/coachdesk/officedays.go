package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// daysChange edits the office's list of one-off days: what no rule of bank holidays
// knows. Clocks and queues of the store count by it from then on.
func (c *call) daysChange(nation *string) *cobra.Command {
	var name string
	var working bool
	cmd := &cobra.Command{
		Use: "change DATE", Short: "Make a day a holiday in this store's calendar, or a working day", Args: needs("DATE"),
		Example: "  coachdesk days change 2026-06-15 --name 'World Cup holiday' --nation scotland\n  coachdesk days change 2026-12-28 --name 'the office is open' --working",
		RunE: func(cmd *cobra.Command, args []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			day, err := calendar.Parse(args[0], st.Today(), calendar.Forward)
			if err != nil {
				return misuse("DATE: %s", err)
			}
			one := calendar.OneOff{Day: day, Holiday: !working, Name: name}
			if cmd.Flags().Changed("nation") {
				if one.Nation, err = calendar.ParseNation(*nation); err != nil {
					return misuse("--nation: %s", err)
				}
			}
			r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.ChangeDay{Office: st.OfficeID(), Day: one}}})
			if err != nil {
				return err
			}
			return c.tellReceipt("", r)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what the day is, in a few `words`")
	cmd.Flags().BoolVar(&working, "working", false, "the day is worked although it would be a holiday")
	return cmd
}
