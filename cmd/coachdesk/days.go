package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) daysVerb() *cobra.Command {
	var nation string
	cmd := &cobra.Command{
		Use:   "days",
		Short: "Working days: add some to a date, count them between two, list bank holidays",
		Long: "days counts working days by the bank holidays of a nation. Only change needs a store: the office's own\n" +
			"one-off days, which clocks and the queue count by.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("Say what to do with days: add DATE N, between A B, list YEAR, or change DATE.")
		},
	}
	cmd.PersistentFlags().StringVar(&nation, "nation", string(calendar.EnglandAndWales), "england-and-wales, scotland or northern-ireland")
	cmd.AddCommand(
		&cobra.Command{
			Use: "add DATE N", Short: "The N-th working day after a date", Args: needs("DATE", "N"),
			Example: "  coachdesk days add 2026-04-02 2 --nation scotland",
			RunE:    func(_ *cobra.Command, args []string) error { return c.daysAdd(args[0], args[1], nation) },
		},
		&cobra.Command{
			Use: "between A B", Short: "How many working days lie after A, up to and with B", Args: needs("A", "B"),
			RunE: func(_ *cobra.Command, args []string) error { return c.daysBetween(args[0], args[1], nation) },
		},
		&cobra.Command{
			Use: "list YEAR", Short: "The bank holidays of a year", Args: needs("YEAR"),
			RunE: func(_ *cobra.Command, args []string) error { return c.daysList(args[0], nation) },
		}, c.daysChange(&nation))
	return cmd
}

// daysItem is a count of working days, for --json.
type daysItem struct {
	From   calendar.Day    `json:"from"`
	Days   int             `json:"days"`
	To     calendar.Day    `json:"to"`
	Nation calendar.Nation `json:"nation"`
}

// holidayItem is a bank holiday, for --json.
type holidayItem struct {
	Day    calendar.Day    `json:"day"`
	Name   string          `json:"name"`
	Nation calendar.Nation `json:"nation"`
}

// calendarFor returns the calendar that --nation names, and today.
func (c *call) calendarFor(nation string) (calendar.Calendar, calendar.Day, error) {
	n, err := calendar.ParseNation(nation)
	if err != nil {
		return calendar.Calendar{}, 0, misuse("--nation: %s", err)
	}
	o, err := c.options()
	if err != nil {
		return calendar.Calendar{}, 0, err
	}
	today := o.Today
	if today.IsZero() {
		today = calendar.Of(c.world.now())
	}
	return calendar.New(n, o.OneOffs), today, nil
}

func (c *call) daysAdd(date, count, nation string) error {
	cal, today, err := c.calendarFor(nation)
	if err != nil {
		return err
	}
	from, err := calendar.Parse(date, today, calendar.Forward)
	if err != nil {
		return misuse("DATE: %s", err)
	}
	n, err := strconv.Atoi(count)
	if err != nil {
		return misuse("N: %q is not a number of working days. Write one from 1 to %s.", clean.Line(count, 40), thousands(calendar.MaxWorkingDays))
	}
	to, err := cal.Add(from, n)
	if err != nil {
		return misuse("N: %s.", err)
	}
	if c.json {
		return printItems(c, "working-days/1", []daysItem{{from, n, to, cal.Nation}})
	}
	c.print(to.String())
	return nil
}

func (c *call) daysBetween(a, b, nation string) error {
	cal, today, err := c.calendarFor(nation)
	if err != nil {
		return err
	}
	from, err := calendar.Parse(a, today, calendar.Forward)
	if err != nil {
		return misuse("A: %s", err)
	}
	to, err := calendar.Parse(b, today, calendar.Forward)
	if err != nil {
		return misuse("B: %s", err)
	}
	if to < from {
		return misuse("B, %s, lies before A, %s.", to.Short(today), from.Short(today))
	}
	n := cal.Between(from, to)
	if c.json {
		return printItems(c, "working-days/1", []daysItem{{from, n, to, cal.Nation}})
	}
	c.print(strconv.Itoa(n))
	return nil
}

func (c *call) daysList(year, nation string) error {
	cal, _, err := c.calendarFor(nation)
	if err != nil {
		return err
	}
	y, err := strconv.Atoi(year)
	if err != nil || y < 1900 || y > 2200 {
		return misuse("YEAR: %q is not a year from 1900 to 2200.", clean.Line(year, 40))
	}
	var items []holidayItem
	t := table{head: []string{"DATE", "DAY", "BANK HOLIDAY"}}
	for d := calendar.Date(y, 1, 1); d <= calendar.Date(y, 12, 31); d++ {
		if name, ok := cal.Holiday(d); ok {
			items = append(items, holidayItem{d, name, cal.Nation})
			t.add(d.String(), d.Weekday().String(), name)
		}
	}
	if c.json {
		return printItems(c, "holidays/1", items)
	}
	c.printTable(t)
	return nil
}
