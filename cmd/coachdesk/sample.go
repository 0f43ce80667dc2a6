package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func (c *call) sampleVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "sample [N]",
		Short: "So many records at random, to look at afterwards",
		Long: "sample picks records by lot: ten, or as many as you say. Nothing is approved beforehand here; quality is\n" +
			"looked at afterwards, and whoever opens a record says why.",
		Args: needs("[N]"),
		RunE: func(_ *cobra.Command, args []string) error {
			n := 10
			if len(args) > 0 {
				var err error
				if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || n > 1000 {
					return misuse("%q is not how many. Write a number from 1 to 1,000.", clean.Line(args[0], 40))
				}
			}
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
			picked := domain.Sample(rows, n, st.NewID)
			items := make([]personItem, len(picked))
			t := table{head: []string{"REF", "PERSON", "COACH", "WHY NOW"}}
			for i, r := range picked {
				j := q.Judge(r)
				items[i] = personOf(j, width)
				var why []string
				for _, reason := range j.Reasons {
					why = append(why, reason.Why)
				}
				t.add(r.ID.Ref(width), r.Name, r.Fact(domain.FactCoach), strings.Join(why, "; "))
			}
			if c.json {
				c.lookedAtAll(c.verb + " --json")
				return printItems(c, "people/1", items)
			}
			c.printTable(t)
			return nil
		},
	}
}
