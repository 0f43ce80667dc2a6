package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) briefVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "brief REF",
		Short: "The half minute before a talk: promises, adjustments, clocks, what matters, what changed",
		Long: "brief prints what matters before a talk, in this order: the last promises of both sides and whether they\n" +
			"were kept, adjustments, clocks, what matters to the person, and what changed since the last talk. Nothing\n" +
			"private is in it.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := c.person(args[0])
			if err != nil {
				return err
			}
			q, err := c.queue(s.st)
			if err != nil {
				return err
			}
			b := q.Brief(s.p)
			if c.json {
				return printItems(c, "brief/1", []briefItem{s.brief(b)})
			}
			c.print(s.briefLines(b)...)
			return nil
		},
	}
}

// briefItem is a brief, for --json.
type briefItem struct {
	ID          domain.ID         `json:"id"`
	Ref         string            `json:"ref"`
	Name        string            `json:"name"`
	Since       calendar.Day      `json:"since,omitzero"`
	Promises    []briefPromise    `json:"promises"`
	Adjustments []string          `json:"adjustments"`
	Clocks      []briefClock      `json:"clocks"`
	Matters     []string          `json:"matters"`
	Strengths   []string          `json:"strengths"`
	Changes     []briefChangeItem `json:"changes"`
}

type briefPromise struct {
	Ref    string       `json:"ref"`
	Owner  domain.Owner `json:"owner"`
	Text   string       `json:"text"`
	Due    calendar.Day `json:"due,omitzero"`
	Status string       `json:"status"`
}

type briefClock struct {
	What string       `json:"what"`
	Day  calendar.Day `json:"day"`
	Time string       `json:"time,omitempty"`
}

type briefChangeItem struct {
	Day      calendar.Day `json:"day"`
	Sentence string       `json:"sentence"`
	Times    int          `json:"times"`
}

func (s *subject) brief(b domain.Brief) briefItem {
	some := func(list []string) []string { return append([]string{}, list...) } // [], not null
	it := briefItem{
		ID: s.p.ID, Ref: s.ref, Name: s.p.Name(), Since: b.Since, Promises: []briefPromise{}, Adjustments: some(b.Adjustments),
		Clocks: []briefClock{}, Matters: some(b.Matters), Strengths: some(b.Strengths), Changes: []briefChangeItem{},
	}
	for _, pr := range b.Promises {
		status := string(pr.Status)
		if pr.Status == domain.PromiseOpen {
			status = "open"
		}
		it.Promises = append(it.Promises, briefPromise{s.itemRef(pr.ID), pr.Owner, pr.Text, pr.Due, status})
	}
	for _, k := range b.Clocks {
		it.Clocks = append(it.Clocks, briefClock{k.What, k.Day, clockOf(k.Minute)})
	}
	for _, ch := range b.Changes {
		it.Changes = append(it.Changes, briefChangeItem{ch.Day, ch.Sentence, ch.Times})
	}
	return it
}

// briefLines are one fact a line, the label first.
func (s *subject) briefLines(b domain.Brief) []string {
	lines := []string{s.p.Name() + "  " + s.ref}
	part := func(title string, all []string, none string) {
		lines = append(lines, "", title)
		if len(all) == 0 {
			all = []string{none}
		}
		for _, l := range all {
			lines = append(lines, "  "+l)
		}
	}
	var promises, clocks, changes []string
	for _, pr := range b.Promises {
		promises = append(promises, s.itemRef(pr.ID)+"  "+s.callers().Called(pr.Owner)+": "+pr.Text+" ("+pr.State(s.today)+")")
	}
	for _, k := range b.Clocks {
		clocks = append(clocks, k.What+": "+s.due(k.Day)+after(", ", clockOf(k.Minute)))
	}
	for _, ch := range b.Changes {
		text := ch.Day.Short(s.today) + "  " + ch.Sentence
		if ch.Times > 1 {
			text += plural(ch.Times, "", " (%s times)")
		}
		changes = append(changes, text)
	}
	part("Promises", promises, "none")
	part("Adjustments", b.Adjustments, "none recorded")
	part("Clocks", clocks, "nothing runs")
	part("What matters to them", b.Matters, "not recorded")
	part("Strengths", b.Strengths, "not recorded")
	since := "So far"
	if !b.Since.IsZero() {
		since = "Since the last talk, " + s.due(b.Since)
	}
	part(since, changes, "nothing changed")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return lines
}
