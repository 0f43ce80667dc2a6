package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// meanwhileItem is what happened on a record while it was in other hands, for --json.
type meanwhileItem struct {
	Ref    string             `json:"ref"`
	Name   string             `json:"name"`
	With   string             `json:"with"`
	Since  calendar.Day       `json:"since"`
	Left   domain.ID          `json:"handover"`
	Ends   bool               `json:"ends"` // it was taken back now
	Events []meanwhileHappens `json:"events"`
}

type meanwhileHappens struct {
	Day      calendar.Day `json:"day"`
	By       string       `json:"by"`
	Sentence string       `json:"sentence"`
}

func (c *call) handoverBackVerb() *cobra.Command {
	var look bool
	cmd := &cobra.Command{
		Use:   "back [REF…]",
		Short: "Take back what you handed over, or hand back what you took, and read what happened",
		Long: "handover back tells for each person what others recorded since you handed the case over, and takes it back;\n" +
			"without REF everybody whom somebody looks after for you, in one go that one undo reverses for each. What\n" +
			"nobody has answered is called back. For a case that you look after yourself it hands that back.\n" +
			"--dry-run only tells. Open the other desk's last file first (handover open); afterwards, handover send --to\n" +
			"NAME -o FILE tells them that it is over.",
		Example: "  coachdesk handover back\n  coachdesk handover back 7K3Q-M --dry-run",
		Args:    needs("[REF…]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				people, err := c.several(args)
				if err != nil {
					return err
				}
				return c.handoverBack(people, look, true)
			}
			people, err := c.coveredForMe()
			if err != nil {
				return err
			}
			return c.handoverBack(people, look, false)
		},
	}
	cmd.Flags().BoolVar(&look, "dry-run", false, "tell what happened, and take nothing back")
	return cmd
}

// coveredForMe are the people whose cases somebody looks after for whoever is at the desk.
func (c *call) coveredForMe() ([]*subject, error) {
	st, err := c.open()
	if err != nil {
		return nil, err
	}
	rows, err := st.Rows()
	if err != nil {
		return nil, err
	}
	var refs []string
	for _, r := range rows {
		mine := func(x domain.RowHandover) bool {
			return x.By == st.Who().ID && x.Kind == domain.HandoverCover && (!x.State.Over() || x.State == domain.HandoverIsDeclined)
		}
		if slices.ContainsFunc(r.Handovers, mine) {
			refs = append(refs, r.ID.Ref(0))
		}
	}
	return c.several(refs)
}

// ending is how a handover comes to its end.
type ending struct {
	s       *subject
	h       domain.Handover
	command domain.Command
}

// endOf finds the handover of a record that can be taken back or handed back now: cover
// before a question or a referral, which go on when somebody is back.
func (s *subject) endOf(only ...domain.HandoverKind) (ending, error) {
	who, why := s.st.Who(), ""
	all := slices.Clone(s.p.Handovers)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b domain.Handover) int { return goesOn(a) - goesOn(b) })
	for _, h := range all {
		if h.Kind == domain.HandoverCopy || len(only) > 0 && !slices.Contains(only, h.Kind) || h.By != who.ID && h.To != who.ID && who.Role != domain.Lead {
			continue
		}
		not := h.WhyNotEnd(who.ID, who.Role)
		if not == "" {
			return ending{s, h, domain.EndHandover{Participant: s.p.ID, Handover: h.ID}}, nil
		}
		if h.WhyNotRecall(who.ID, who.Role) == "" {
			return ending{s, h, domain.RecallHandover{Participant: s.p.ID, Handover: h.ID}}, nil
		}
		if why == "" {
			why = not
		}
	}
	if why == "" {
		why = "Nothing of it is handed over. coachdesk handover list shows what is."
	}
	return ending{}, domain.Refused("handover", "%s: %s", s.ref, why)
}

// goesOn is 1 for what does not end by itself with somebody's absence.
func goesOn(h domain.Handover) int {
	if h.Kind == domain.HandoverCover {
		return 0
	}
	return 1
}

func (c *call) handoverBack(people []*subject, look, named bool) error {
	if len(people) == 0 {
		if c.json {
			return printItems(c, "meanwhile/1", []meanwhileItem{})
		}
		c.say("Nobody looks after a case for you. coachdesk handover list shows what is handed over.")
		return nil
	}
	var all []ending
	var only []domain.HandoverKind
	if !named {
		only = append(only, domain.HandoverCover)
	}
	for _, s := range people {
		e, err := s.endOf(only...)
		if err != nil && named {
			return err
		}
		if err == nil {
			all = append(all, e)
		}
	}
	var commands []domain.Command
	for _, e := range all {
		commands = append(commands, e.command)
	}
	items := c.meanwhile(all, !look)
	if !look {
		if _, err := c.st.Do(domain.Batch{ID: c.st.NewID(), Commands: commands}); err != nil {
			return err
		}
	}
	if c.json {
		return printItems(c, "meanwhile/1", items)
	}
	c.printMeanwhile(items)
	if look {
		c.say("Nothing was taken back.")
		return nil
	}
	c.say("%s. coachdesk handover send --to NAME -o FILE tells the other desk.", plural(len(all), "1 case is back", "%s cases are back"))
	return nil
}

// meanwhile tells what others recorded on each record since it was handed over.
func (c *call) meanwhile(all []ending, ends bool) []meanwhileItem {
	office := c.st.Office()
	items := []meanwhileItem{}
	for _, e := range all {
		with := e.h.To
		if with == c.st.Who().ID {
			with = e.h.By
		}
		it := meanwhileItem{Ref: e.s.ref, Name: e.s.p.Name(), With: office.Named(with).Name, Since: e.h.On, Left: e.h.ID, Ends: ends, Events: []meanwhileHappens{}}
		for _, d := range domain.Grouped(e.s.p.Meanwhile(e.h)) {
			for _, says := range d.Says {
				it.Events = append(it.Events, meanwhileHappens{d.Day, office.Named(d.By).Name, says})
			}
		}
		items = append(items, it)
	}
	return items
}

func (c *call) printMeanwhile(items []meanwhileItem) {
	today := c.st.Today()
	for i, it := range items {
		if i > 0 {
			c.print("")
		}
		c.print(it.Name + "  " + it.Ref + "  with " + it.With + " since " + it.Since.Short(today))
		if len(it.Events) == 0 {
			c.print("  Nothing was recorded.")
		}
		var last meanwhileHappens
		for _, e := range it.Events {
			if e == last {
				continue // the same once more on that day
			}
			last = e
			c.print("  " + e.Day.Short(today) + "  " + e.By + ": " + e.Sentence)
		}
	}
}
