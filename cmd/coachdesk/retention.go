package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func readRetention() (domain.RetentionRules, error) {
	var file struct {
		Rules []domain.RetentionRule `json:"rules"`
	}
	if err := json.Unmarshal(assets.Retention(), &file); err != nil {
		return nil, fmt.Errorf("the rules of retention cannot be read: %w", err)
	}
	rules := domain.RetentionRules{}
	for _, r := range file.Rules {
		rules[r.Class] = r
	}
	return rules, nil
}

func (c *call) retentionVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retention",
		Short: "What has been kept as long as it should be",
		Long: "retention lists, by reference, which records and which parts of them have been kept as long as their class\n" +
			"says, with where the period comes from. The periods that the program brings are our proposals; nobody has\n" +
			"confirmed them. It only tells: nothing is erased by it.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.retention() },
	}
	var class, until string
	set := &cobra.Command{
		Use:   "set REF",
		Short: "How long a record is kept, and why",
		Long:  "retention set gives a record another class, or keeps it at least until a date. The reason comes from standard\ninput or a prompt.",
		Args:  needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			w := lineWords("The reason", "Why is it kept like that?")
			w.field = "reason"
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				r := domain.SetRetention{Participant: s.p.ID, Class: cmp.Or(domain.RetentionClass(class), s.p.Retention.Class, domain.KeepCaseload), Reason: text}
				var err error
				if until != "" {
					r.Until, err = s.day("until", until, calendar.Forward)
				}
				return r, err
			})
		},
	}
	set.Flags().StringVar(&class, "class", "", "caseload, or dispute: a complaint, an appeal or a claim")
	set.Flags().StringVar(&until, "until", "", "not before this `date`, whatever the class says")
	cmd.AddCommand(set)
	return cmd
}

// retentionItem is something whose time is over, for --json.
type retentionItem struct {
	ID         domain.ID             `json:"id"`
	Ref        string                `json:"ref"`
	Class      domain.RetentionClass `json:"class"`
	Since      calendar.Day          `json:"since"`
	Due        calendar.Day          `json:"due"`
	Months     int                   `json:"months"`
	Source     string                `json:"source"`
	Date       string                `json:"date"`
	Confidence string                `json:"confidence"`
}

func (c *call) retention() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	rules, err := readRetention()
	if err != nil {
		return err
	}
	rows, err := st.Rows() // of each record: a record is what is erased
	if err != nil {
		return err
	}
	width := domain.RefLength(domain.RowIDs(rows))
	var items []retentionItem
	for _, r := range rows {
		for _, e := range rules.Due(r.Kept, st.Today()) {
			items = append(items, retentionItem{r.ID, r.ID.Ref(width), e.Rule.Class, e.Since, e.Day, e.Rule.Months, e.Rule.Source, e.Rule.Date, e.Rule.Confidence})
		}
	}
	slices.SortStableFunc(items, func(a, b retentionItem) int { return cmp.Or(cmp.Compare(a.Due, b.Due), a.ID.Compare(b.ID)) })
	if c.json {
		return printItems(c, "retention/1", items)
	}
	t := table{head: []string{"REF", "CLASS", "SINCE", "DUE", "MONTHS", "CONFIDENCE", "SOURCE"}, right: []int{4}}
	for _, it := range items {
		t.add(it.Ref, string(it.Class), it.Since.Short(0), it.Due.Short(0), fmt.Sprint(it.Months), it.Confidence, it.Source)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nothing has been kept longer than its class says.")
	}
	c.say("The periods are proposals of ours, with low confidence: ask your records team before anything is erased. Nothing is erased by this list: coachdesk erase does that, for a whole record or with --only for a class.")
	return nil
}
