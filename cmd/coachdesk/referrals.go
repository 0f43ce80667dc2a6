package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// outItem is a referral in the list of all people, for --json.
type outItem struct {
	Ref       string               `json:"ref"`
	Item      string               `json:"item"`
	Name      string               `json:"name"`
	Programme string               `json:"programme"`
	Provider  string               `json:"provider,omitempty"`
	State     domain.ReferralState `json:"state"`
	Since     calendar.Day         `json:"since,omitzero"`
	Sent      calendar.Day         `json:"sent,omitzero"`
	Meets     calendar.Day         `json:"meets,omitzero"`
	Ended     calendar.Day         `json:"ended,omitzero"`
	Code      string               `json:"code,omitempty"`
	clockItem
}

func (c *call) referralsVerb() *cobra.Command {
	var all, waits bool
	cmd := &cobra.Command{
		Use:   "referrals",
		Short: "All referrals by state and silence; --waits: how long providers take",
		Long: "referrals lists what lies with providers and what is not sent yet: without consent first, then the longest\n" +
			"silence. --all adds what has ended. --waits tells, from this desk's own records, the median working days in\n" +
			"which each provider acknowledges, meets and starts, and why people were not taken; of few cases nothing.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			rows, err := st.Rows()
			if err != nil {
				return err
			}
			q, err := c.queue(st)
			if err != nil {
				return err
			}
			if waits {
				return c.providerWaits(q, domain.Lists(rows))
			}
			return c.referrals(q, domain.Lists(rows), all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "those that ended as well")
	cmd.Flags().BoolVar(&waits, "waits", false, "how long providers take")
	return cmd
}

func (c *call) referrals(q domain.Queue, rows []domain.Row, ended bool) error {
	width := domain.RefLength(domain.RowIDs(rows))
	type line struct {
		outItem
		x    domain.RowReferral
		says string
	}
	var all []line
	for _, r := range rows {
		cal := q.CalendarOf(r)
		for _, x := range r.Referrals {
			if x.State.Ended() && !ended {
				continue
			}
			l := line{outItem: outItem{
				Ref: x.Record(r).Ref(width), Item: x.ID.Ref(0), Name: r.Name, Programme: x.Programme, Provider: x.Provider, State: x.State, Since: x.Since, Sent: x.Sent,
				Meets: x.Meets, Ended: x.Ended, Code: x.Code, clockItem: clockOn(q, x, r.Pauses, cal),
			}, x: x, says: cmp.Or(q.Waiting(x, r.Pauses, cal), string(x.State))}
			if l.NoConsent != "" {
				l.says = l.NoConsent + ", " + string(x.State)
			}
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b line) int {
		first := func(l line) int {
			if l.NoConsent != "" {
				return -100000
			}
			return -l.Late
		}
		return cmp.Or(first(a)-first(b), domain.ReferralBy(a.x, b.x), strings.Compare(a.Name, b.Name))
	})
	items := make([]outItem, len(all))
	t := table{head: []string{"REF", "ITEM", "PERSON", "PROGRAMME", "PROVIDER", "STANDS"}}
	for i, l := range all {
		items[i] = l.outItem
		t.add(l.Ref, l.Item, l.Name, q.Catalogue.Short(l.Programme), l.Provider, l.says)
	}
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		return printItems(c, "referrals/1", items)
	}
	c.printTable(t)
	if len(all) == 0 {
		c.say("No referral is open. coachdesk refer REF PROGRAMME makes one.")
	}
	return nil
}

// waitItem is how long a provider takes, for --json.
type waitItem struct {
	Programme   string         `json:"programme"`
	Provider    string         `json:"provider"`
	Cases       int            `json:"cases"`
	Hidden      bool           `json:"hidden,omitempty"` // too few to tell
	Acknowledge *int           `json:"acknowledge,omitempty"`
	Meet        *int           `json:"meet,omitempty"`
	Start       *int           `json:"start,omitempty"`
	Started     *int           `json:"started,omitempty"`
	NotTaken    []notTakenItem `json:"not_taken,omitempty"`
}

type notTakenItem struct {
	Why   string `json:"why"`
	Cases int    `json:"cases"`
}

func (c *call) providerWaits(q domain.Queue, rows []domain.Row) error {
	few := q.Planning.Referrals.Few
	items := []waitItem{}
	t := table{head: []string{"PROVIDER", "PROGRAMME", "SENT", "HAVE IT", "MEET", "START", "STARTED", "NOT TAKEN"}}
	some := func(m domain.WaitMedian) (*int, string) {
		if m.Of == 0 {
			return nil, "-"
		}
		return &m.Days, fmt.Sprint(m.Days)
	}
	for _, w := range q.ReferralWaits(rows) {
		it := waitItem{Programme: w.Programme, Provider: w.Provider, Cases: w.Cases, Hidden: w.Hidden}
		if w.Hidden {
			items = append(items, it)
			t.add(w.Provider, q.Catalogue.Short(w.Programme), fmt.Sprint(w.Cases), "", "", "", "", fmt.Sprintf("fewer than %d: not told", few))
			continue
		}
		var ack, meet, start string
		it.Acknowledge, ack = some(w.Acknowledge)
		it.Meet, meet = some(w.Meet)
		it.Start, start = some(w.Start)
		it.Started = &w.Started
		var why []string
		for _, n := range w.NotTaken {
			it.NotTaken = append(it.NotTaken, notTakenItem{n.Why, n.N})
			why = append(why, fmt.Sprintf("%d %s", n.N, n.Why))
		}
		items = append(items, it)
		t.add(w.Provider, q.Catalogue.Short(w.Programme), fmt.Sprint(w.Cases), ack, meet, start, fmt.Sprintf("%d of %d", w.Started, w.Cases), strings.Join(why, "; "))
	}
	if c.json {
		c.lookedAtAll(c.verb + " --waits --json")
		return printItems(c, "waits/1", items)
	}
	c.say("Median working days from sending, by this desk's own records.")
	c.printTable(t)
	return nil
}
