package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// deskItem is a live question, for --json.
type deskItem struct {
	Ref      string                 `json:"ref"`
	Item     string                 `json:"item"`
	Name     string                 `json:"name"`
	Kind     string                 `json:"kind"`
	State    domain.EscalationState `json:"state"`
	Asked    calendar.Day           `json:"asked,omitzero"`
	Times    int                    `json:"times,omitempty"`
	Due      calendar.Day           `json:"due,omitzero"`
	Late     bool                   `json:"late,omitempty"`
	Urgent   bool                   `json:"urgent,omitempty"`
	Told     bool                   `json:"told,omitempty"`
	Agreed   string                 `json:"agreed,omitempty"`
	Question string                 `json:"question,omitempty"`
}

func (c *call) questionsVerb() *cobra.Command {
	var kind string
	cmd := &cobra.Command{
		Use:     "escalations",
		Aliases: []string{"questions"}, // as it was called first
		Short:   "All live escalations, urgent and oldest first: the adviser's desk",
		Long: "escalations lists what is asked of advisers and not ended. For an adviser only what is theirs to do, each\n" +
			"with its clock.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			only := kind != ""
			k, err := helpNamed(cmp.Or(kind, "advice"))
			if err != nil {
				return err
			}
			return c.questions(func(a domain.RowAsk) bool { return !only || a.For == k })
		},
	}
	cmd.Flags().StringVar(&kind, "for", "", "only advice, three-way or direct")
	return cmd
}

func (c *call) questions(wanted func(domain.RowAsk) bool) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	rows, err := st.Rows()
	if err != nil {
		return err
	}
	rows = domain.Lists(rows)
	q, err := c.queue(st)
	if err != nil {
		return err
	}
	width := domain.RefLength(domain.RowIDs(rows))
	type line struct {
		deskItem
		e domain.Escalation
	}
	var all []line
	for _, r := range rows {
		for _, a := range r.Questions {
			if !wanted(a) || q.Advises && !a.WaitsForAdviser() {
				continue
			}
			e, cal := a.Escalation(), q.CalendarOf(r)
			it := deskItem{Ref: cmp.Or(a.Of, r.ID).Ref(width), Item: a.ID.Ref(0), Name: r.Name, Kind: a.For.String(), State: a.State, Asked: a.Asked, Times: a.Times, Urgent: a.Urgent, Told: a.Told, Agreed: a.Agreed, Question: a.Text}
			it.Due, it.Late = e.Due(q.Rules.Waits(), cal), e.Expired(st.Today(), q.Rules.Waits(), cal)
			all = append(all, line{it, e})
		}
	}
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Or(domain.OldestFirst(a.e, b.e), strings.Compare(a.Name, b.Name)) })
	items := make([]deskItem, len(all))
	t := table{head: []string{"REF", "ITEM", "PERSON", "KIND", "STATE", "BY", "QUESTION"}}
	for i, l := range all {
		items[i] = l.deskItem
		by := untilWords(l.Due, st.Today())
		if l.Late {
			by += ", late"
		}
		state := string(l.State)
		if l.Urgent {
			state = "urgent, " + state
		}
		t.add(l.Ref, l.Item, l.Name, l.Kind, state, by, cmp.Or(l.Question, "(private)"))
	}
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		return printItems(c, "questions/1", items)
	}
	c.printTable(t)
	return nil
}
