package main

import (
	"time"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
)

// waitingItem is a record that waits outside the journal, for --json.
type waitingItem struct {
	Ref    string         `json:"ref"`
	Why    store.WaitsFor `json:"why"`
	Since  time.Time      `json:"since"`
	From   string         `json:"from"`
	Bundle domain.ID      `json:"bundle,omitzero"`
	Kind   string         `json:"kind"`
	Day    calendar.Day   `json:"day"`
	By     string         `json:"by,omitempty"`
	Says   string         `json:"says"`
}

func (c *call) quarantineVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "quarantine",
		Short: "Records that came from other desks and were not let in, and why",
		Long: "quarantine lists what waits outside the records: entries under a name that another entry has here (two\n" +
			"desks wrote under one identity, or one was forged) never come in by themselves; entries from a clock that\n" +
			"is more than a day ahead come in when their time has come. Nothing that waits has any effect.",
		Args: noArgs,
		RunE: c.onStore(func(st *store.Store, _ []string) error { return c.quarantine(st) }),
	}
}

func (c *call) quarantine(st *store.Store) error {
	all, err := st.Quarantine()
	if err != nil {
		return err
	}
	office, width := st.Office(), c.refWidth()
	items := []waitingItem{}
	t := table{head: []string{"REF", "WHY", "SINCE", "FROM", "WHAT"}}
	for _, w := range all {
		at := w.Since.In(c.world.now().Location())
		it := waitingItem{
			Ref: w.Record.Subject.ID.Ref(width), Why: w.Why, Since: at, From: office.Named(w.From).Name, Bundle: w.Bundle,
			Kind: w.Record.Kind, Day: w.Record.Day, By: office.Named(w.Record.By).Name, Says: waitsWords(w.Why),
		}
		items = append(items, it)
		t.add(it.Ref, it.Says, calendar.Of(at).Short(st.Today()), it.From, w.Record.Event.Sentence())
	}
	if c.json {
		return printItems(c, "quarantine/1", items)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nothing waits in quarantine.")
		return nil
	}
	c.say("Ring whoever sent it, and ask which of the two is right.")
	return nil
}

// waitsWords say why a record waits.
func waitsWords(w store.WaitsFor) string {
	switch w {
	case store.WaitsAhead:
		return "its clock is more than a day ahead"
	case store.WaitsDiffering:
		return "another entry has its name here"
	}
	return string(w)
}
