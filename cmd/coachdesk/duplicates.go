package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/store"
)

func (c *call) duplicatesVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "duplicates",
		Short: "Who may be on the caseload twice, and why",
		Long: "duplicates compares names, dates of birth, addresses, postcodes, telephones and references, and lists the\n" +
			"pairs that may be one person, the likeliest first. Nothing is joined by it: somebody looks, and links or parts\n" +
			"the two. A pair that was looked at is not suggested again; restricted records are left out.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.duplicates() },
	}
	pair := func(make func(a, b domain.ID) []domain.Command) func(*cobra.Command, []string) error {
		return func(_ *cobra.Command, args []string) error {
			a, err := c.person(args[0])
			if err != nil {
				return err
			}
			b, err := c.person(args[1])
			if err != nil {
				return err
			}
			return a.do(make(a.p.ID, b.p.ID)...)
		}
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "link MAIN REF",
			Short: "The two records are of one person; lists show the first",
			Long: "duplicates link makes two records one line in every list, which counts what both owe. Both references keep\n" +
				"working, and each record tells of the other.",
			Args: needs("MAIN", "REF"),
			RunE: pair(domain.LinkPair),
		},
		&cobra.Command{
			Use:   "part REF REF",
			Short: "The two records are of two people, also when they were linked",
			Args:  needs("REF", "REF"),
			RunE:  pair(domain.PartPair),
		},
	)
	return cmd
}

// twinItem is a pair that may be one person, for --json.
type twinItem struct {
	pairItem
	Score float64 `json:"score"`
}

func (c *call) duplicates() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	rows, err := st.Rows()
	if err != nil {
		return err
	}
	rows = domain.Lists(rows)
	width, names := domain.RefLength(domain.RowIDs(rows)), map[domain.ID]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	var items []twinItem
	t := table{head: []string{"SCORE", "REF", "PERSON", "REF", "PERSON", "ALIKE"}, right: []int{0}}
	for _, p := range domain.LikelyPairs(rows) {
		items = append(items, twinItem{pairItem{p.A, p.A.Ref(width), p.B, p.B.Ref(width), p.Why}, p.Score})
		t.add(fmt.Sprintf("%.1f", p.Score), p.A.Ref(width), names[p.A], p.B.Ref(width), names[p.B], p.Why)
	}
	if c.json {
		return printItems(c, "duplicates/1", items)
	}
	c.printTable(t)
	switch len(items) {
	case 0:
		c.say("Nobody seems to be on the caseload twice.")
	default:
		c.say("Compare them with coachdesk show; then: coachdesk duplicates link, or part.")
	}
	return nil
}

// alsoItem is another record of the same person, for --json.
type alsoItem struct {
	ID   domain.ID `json:"id"`
	Ref  string    `json:"ref"`
	Main bool      `json:"main,omitempty"`
}

// refOf is how people call a record.
func (c *call) refOf(st *store.Store, id domain.ID) string {
	ids, err := st.Everyone()
	if err != nil {
		return id.String()
	}
	return id.Ref(domain.RefLength(ids))
}
