package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) breakVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use: "break", Short: "Times at which nobody is booked: list, set or remove them", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.listBreaks() },
	}
	var on, day, why string
	set := &cobra.Command{
		Use: "set FROM-TO…", Short: "Keep a time free, every week or once",
		Example: "  coachdesk diary break set 12:20-13:00 --why lunch\n  coachdesk diary break set 9:30-10:30 --on tue --why 'team meeting'\n  coachdesk diary break set 14:00-15:00 --day '27 nov'",
		Args:    needs("FROM-TO…"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.setBreak(strings.Join(args, " "), on, day, why)
		},
	}
	set.Flags().StringVar(&on, "on", "", "on these `days` of the week: mon,wed or tue-thu; Monday to Friday unless said")
	set.Flags().StringVar(&day, "day", "", "once, on this `date`")
	set.Flags().StringVar(&why, "why", "", "what for, in a few `words` that name nobody")
	cmd.AddCommand(set, &cobra.Command{
		Use: "remove REF", Short: "Give the time of a break back", Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error { return c.removeBreak(args[0]) },
	})
	return cmd
}

func (c *call) setBreak(span, on, day, why string) error {
	if on != "" && day != "" {
		return misuse("--on and --day do not go together: a break is weekly, or once.")
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	b, err := domain.ReadBreak(span, st.Today())
	if err != nil {
		return err
	}
	b.Desk, b.Why = st.DeskID(), clean.Line(why+" "+b.Why, 60)
	if on != "" {
		if b.Weekdays, b.Day = domain.ReadWeekdays(on), 0; len(b.Weekdays) == 0 {
			return misuse("--on: %q is no day of the week. Write mon, tue, wed, thu, fri, sat or sun, with commas between.", clean.Line(on, 40))
		}
	}
	if day != "" {
		b.Weekdays = nil
		if b.Day, err = calendar.Parse(day, st.Today(), calendar.Forward); err != nil {
			return misuse("--day: %s", err)
		}
	}
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{b}})
	if err != nil {
		return err
	}
	all := st.Desk().Breaks
	return c.tellReceipt(all[len(all)-1].ID.Ref(domain.RefLength(breakIDs(all))), r)
}

func (c *call) removeBreak(ref string) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	id, err := domain.FindRef(ref, breakIDs(st.Desk().Breaks))
	if err != nil {
		return notFound(err, "break", "There is no break with the reference %q. coachdesk diary break lists them.", clean.Line(ref, 40))
	}
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.RemoveBreak{Desk: st.DeskID(), Break: id}}})
	if err != nil {
		return err
	}
	return c.tellReceipt("", r)
}

func breakIDs(all []domain.Break) []domain.ID {
	ids := make([]domain.ID, len(all))
	for i, b := range all {
		ids[i] = b.ID
	}
	return ids
}

// breakItem is a break, for --json.
type breakItem struct {
	ID       domain.ID        `json:"id"`
	Ref      string           `json:"ref"`
	From     string           `json:"from"`
	To       string           `json:"to"`
	Weekdays []domain.Weekday `json:"weekdays,omitempty"`
	Day      calendar.Day     `json:"day,omitzero"`
	Why      string           `json:"why,omitempty"`
}

func (c *call) listBreaks() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	all := st.Desk().Breaks
	width := domain.RefLength(breakIDs(all))
	var items []breakItem
	t := table{head: []string{"REF", "TIME", "WHEN", "WHY"}}
	for _, b := range all {
		items = append(items, breakItem{b.ID, b.ID.Ref(width), calendar.Clock(b.From), calendar.Clock(b.To), b.Weekdays, b.Day, b.Why})
		t.add(b.ID.Ref(width), domain.HoursWords(b.From, b.To), b.When(st.Today()), b.Why)
	}
	if c.json {
		return printItems(c, "breaks/1", items)
	}
	c.printTable(t)
	if len(all) == 0 {
		c.say("No break is set. coachdesk diary break set 12:20-13:00 --why lunch sets one.")
	}
	return nil
}
