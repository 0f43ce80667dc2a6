package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// handoverItem is a handover in the inbox or the outbox, for --json.
type handoverItem struct {
	Ref      string               `json:"ref"`
	Name     string               `json:"name"`
	Box      string               `json:"box"` // in or out
	Handover domain.ID            `json:"handover"`
	Kind     domain.HandoverKind  `json:"kind"`
	By       domain.ID            `json:"by"`
	ByName   string               `json:"by_name,omitempty"`
	To       domain.ID            `json:"to"`
	ToName   string               `json:"to_name,omitempty"`
	On       calendar.Day         `json:"on"`
	Until    calendar.Day         `json:"until,omitzero"`
	State    domain.HandoverState `json:"state"`
	handoverLeft
}

// handoverLeft is what is still to be done about a handover.
type handoverLeft struct {
	Unanswered int  `json:"unanswered,omitempty"`
	Questions  int  `json:"questions,omitempty"`
	Unsent     bool `json:"unsent,omitempty"` // in no file yet
}

func (c *call) handoverListVerb() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "list [REF]",
		Short: "What was handed to you and by you, and what is not answered; with REF each item",
		Long: "handover list shows the inbox, what others handed to this desk, and the outbox, what went from here: whom\n" +
			"it went to, since when, and how it stands. What is over is left out unless --all is there.\n" +
			"With REF it tells the handovers of one person item by item, with the references that answer takes.",
		Example: "  coachdesk handover list\n  coachdesk handover list 7K3Q-M",
		Args:    needs("[REF]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return c.handoverSheet(args[0], all)
			}
			return c.handoverList(all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "what is over as well")
	return cmd
}

func (c *call) handoverList(all bool) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	rows, err := rowsNow(st)
	if err != nil {
		return err
	}
	office, width := st.Office(), domain.RefLength(domain.RowIDs(rows))
	unsent, err := c.unsent(st, rows)
	if err != nil {
		return err
	}
	items := []handoverItem{}
	t := table{head: []string{"BOX", "REF", "PERSON", "STANDS", "WITH", "FOR", "SINCE"}}
	for _, l := range handoversOf(office, st.Who().ID, rows) {
		if l.x.State.Over() && !all && (l.in || l.x.State != domain.HandoverIsDeclined) {
			continue // a no waits for whoever sent it to look at it
		}
		box, with := "out", l.x.To
		if l.in {
			box, with = "in", l.x.By
		}
		it := handoverItem{
			Ref: l.x.Record(l.row).Ref(width), Name: l.row.Name, Box: box, Handover: l.x.ID, Kind: l.x.Kind, By: l.x.By, ByName: office.Named(l.x.By).Name,
			To: l.x.To, ToName: office.Named(l.x.To).Name, On: l.x.On, Until: l.x.Until, State: l.x.State,
			handoverLeft: handoverLeft{l.x.Unanswered, l.x.Question, unsent[l.x.ID]},
		}
		items = append(items, it)
		t.add(box, it.Ref, it.Name, it.stands(), office.Named(with).Name, it.forWhat(st.Today()), it.On.Short(st.Today()))
	}
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		return printItems(c, "handovers/1", items)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nothing is handed over. coachdesk handover send REF --to NAME -o FILE offers a case; handover open takes a file in.")
	}
	return nil
}

// forWhat says what a handover is for, and until when.
func (it handoverItem) forWhat(today calendar.Day) string {
	if it.Until.IsZero() {
		return string(it.Kind)
	}
	return string(it.Kind) + " until " + it.Until.Short(today)
}

// stands says how a handover stands, and what is left to do.
func (it handoverItem) stands() string {
	text := string(it.State)
	switch {
	case it.Questions > 0 && it.Unanswered > 0:
		text = fmt.Sprintf("%d asked about, %d not answered", it.Questions, it.Unanswered)
	case it.Questions > 0:
		text = fmt.Sprintf("%d asked about", it.Questions)
	case it.Unanswered > 0:
		text = fmt.Sprintf("%d not answered", it.Unanswered)
	}
	if it.Unsent {
		text += ", in no file yet"
	}
	return text
}
