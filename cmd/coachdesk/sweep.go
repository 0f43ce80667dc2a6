package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) sweepVerb() *cobra.Command {
	var whose []string
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Sessions that are over and of which nobody said how they went, oldest first",
		Long: "sweep lists the sessions without an outcome up to now. In the app, g s goes through them with one key\n" +
			"each; here coachdesk session says how one went.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.sweep(whose) },
	}
	cmd.Flags().StringSliceVar(&whose, "whose", nil, "of this `person` of the desk, or all; whoever works unless said")
	return cmd
}

// unsettledItem is a session without an outcome, for --json.
type unsettledItem struct {
	Participant domain.ID    `json:"participant"`
	Ref         string       `json:"ref"`
	Name        string       `json:"name"`
	Appointment domain.ID    `json:"appointment"`
	Day         calendar.Day `json:"day"`
	Time        string       `json:"time,omitempty"`
	Minutes     int          `json:"minutes"`
	With        []domain.ID  `json:"with,omitempty"`
}

func (c *call) sweep(whose []string) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	p, err := c.page(st, whose)
	if err != nil {
		return err
	}
	if len(p.whose) > 1 {
		return misuse("--whose takes one person, or all.")
	}
	var who domain.ID
	if len(p.whose) == 1 {
		who = p.whose[0]
	}
	var items []unsettledItem
	t := table{head: []string{"REF", "PERSON", "WHEN", "WITH"}}
	for _, u := range p.diary.Unsettled(p.now.Today, p.now.Minute, who) {
		items = append(items, unsettledItem{u.Participant, u.Participant.Ref(p.width), u.Name, u.Appointment, u.Day, clockOf(u.From), u.Minutes(), u.With})
		var with []string
		for _, id := range u.With {
			with = append(with, st.Office().Named(id).Name)
		}
		t.add(u.Participant.Ref(p.width), u.Name, u.Day.Short(p.now.Today)+after(" ", clockOf(u.From))+", "+u.Day.Distance(p.now.Today), strings.Join(with, ", "))
	}
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		return printItems(c, "sweep/1", items)
	}
	c.printTable(t)
	c.say("%s", plural(len(items), "1 session has no outcome yet.", "%s sessions have no outcome yet."))
	return nil
}
