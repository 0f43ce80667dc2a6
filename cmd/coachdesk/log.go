package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) logVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "log REF",
		Short: "The history of a record, with the references that undo takes",
		Args:  needs("REF"),
		RunE:  func(_ *cobra.Command, args []string) error { return c.log(args[0]) },
	}
}

// logItem is one thing that somebody did, for --json.
type logItem struct {
	Batch   string          `json:"batch"`
	BatchID domain.ID       `json:"batch_id"`
	Day     calendar.Day    `json:"day"`
	At      string          `json:"at"`
	By      string          `json:"by"`
	Role    domain.Role     `json:"role,omitempty"`
	Undone  bool            `json:"undone,omitempty"`
	Changes []receiptChange `json:"changes"`
	// NoEffect says why what was done is kept and does nothing.
	NoEffect string `json:"no_effect,omitempty"`
}

func (c *call) log(ref string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	items := logOf(s)
	if c.json {
		return printItems(c, "log/1", items)
	}
	t := table{head: []string{"BATCH", "DAY", "BY", "WHAT HAPPENED"}}
	for _, it := range items {
		var said []string
		for _, ch := range it.Changes {
			if !slices.Contains(said, ch.Sentence) {
				said = append(said, ch.Sentence)
			}
		}
		what := strings.Join(said, " ")
		if it.Undone {
			what = "[undone] " + what
		}
		if it.NoEffect != "" {
			what = "[no effect: " + it.NoEffect + "] " + what
		}
		t.add(it.Batch, it.Day.Short(s.today), it.By, what)
	}
	c.printTable(t)
	return nil
}

// logOf gathers the records of a person by the batch that they came in.
func logOf(s *subject) []logItem {
	past := s.p.Past()
	undone := domain.Undone(past)
	width := domain.RefLength(batchIDs(s.p))
	office := s.st.Office()
	var items []logItem
	var last domain.ID
	for _, r := range past {
		if r.Command != last || len(items) == 0 {
			last = r.Command
			who := office.Named(r.By).Name
			if who == "" {
				who = "another desk"
			}
			items = append(items, logItem{
				Batch: r.Command.Ref(width), BatchID: r.Command, Day: r.Day, At: r.At().In(s.c.world.now().Location()).Format(time.RFC3339),
				By: who, Role: r.Role, Undone: undone[r.Command],
			})
		}
		it := &items[len(items)-1]
		it.Changes = append(it.Changes, receiptChange{r.Kind, r.Event.Sentence(), r.Scope.String()})
		if why := s.p.WhyNoEffect(r); why != "" {
			it.NoEffect = why
		}
	}
	return items
}
