package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// asked is what the flags of diary say.
type asked struct {
	whose []string
	free  int
	week  bool
}

func (c *call) diaryVerb() *cobra.Command {
	var a asked
	cmd := &cobra.Command{
		Use:   "diary [DAY…]",
		Short: "Who comes when, what is free, and what speaks against what is booked",
		Long: "diary lists a day, today unless you say which: appointments, breaks and free time, by the hours that the\n" +
			"desk keeps (settings hours=9:00-17:00). It tells two appointments at once, one outside hours, on a day off or\n" +
			"in a break, and somebody who comes twice; none of it is forbidden. --free lists the times at which so many\n" +
			"minutes are free, for everybody whom --whose names. What a session tells about is no longer in the diary.",
		Example: "  coachdesk diary fri\n  coachdesk diary --week\n  coachdesk diary tomorrow --free 40 --whose 'Amina,Ruth'",
		Args:    needs("[DAY…]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("free") && (a.free < 1 || a.free > 8*60) {
				return misuse("--free takes a number of minutes from 1 to 480.")
			}
			return c.diary(strings.Join(args, " "), a)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&a.week, "week", false, "the whole week of the day")
	f.IntVar(&a.free, "free", 0, "when so many `minutes` are free")
	f.StringSliceVar(&a.whose, "whose", nil, "of these `people` of the desk, or all; whoever works unless said")
	cmd.AddCommand(c.breakVerb())
	return cmd
}

// stretchItem is a part of a day, for --json.
type stretchItem struct {
	Day         calendar.Day       `json:"day"`
	Kind        domain.StretchKind `json:"kind"`
	From        string             `json:"from,omitempty"`
	To          string             `json:"to,omitempty"`
	Participant *domain.ID         `json:"participant,omitempty"`
	Ref         string             `json:"ref,omitempty"`
	Name        string             `json:"name,omitempty"`
	Appointment *domain.ID         `json:"appointment,omitempty"`
	With        []domain.ID        `json:"with,omitempty"`
	Over        bool               `json:"over,omitempty"` // and nobody said how it went
	Why         string             `json:"why,omitempty"`  // of a break or a day off
	Conflicts   []domain.Conflict  `json:"conflicts,omitempty"`
}

// dayOff is the kind of a stretch that is a whole day on which nobody works.
const dayOff domain.StretchKind = "day-off"

// page is a diary with what is needed to list it.
type page struct {
	c     *call
	st    *store.Store
	diary domain.Diary
	now   domain.Queue
	whose []domain.ID // nobody named is everybody
	width int
	items []stretchItem
	table table
}

// page reads the diary of a store for the people that were named.
func (c *call) page(st *store.Store, whose []string) (*page, error) {
	rows, err := st.Rows()
	if err != nil {
		return nil, err
	}
	q, err := c.queue(st)
	if err != nil {
		return nil, err
	}
	rows = domain.Lists(rows)
	p := &page{c: c, st: st, diary: domain.NewDiary(rows).At(st.Desk(), q.Figures, q.Calendars[q.Nation]), now: q, width: domain.RefLength(domain.RowIDs(rows))}
	p.whose, err = c.colleagues(st, whose)
	return p, err
}

// colleagues finds those of the desk whom --whose names: by name, by role or by reference.
// Nothing said is whoever works; all is everybody, and no list.
func (c *call) colleagues(st *store.Store, typed []string) ([]domain.ID, error) {
	if len(typed) == 0 {
		return []domain.ID{st.Who().ID}, nil
	}
	if len(typed) == 1 && clean.Fold(typed[0]) == "all" {
		return nil, nil
	}
	var ids []domain.ID
	for _, t := range typed {
		id, err := colleague(st.Office(), t)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// colleague finds somebody who works here by a reference of staff, or by the name under
// which --as would find them.
func colleague(o domain.Office, typed string) (domain.ID, error) {
	if id, err := domain.FindRef(typed, staffIDs(o)); err == nil {
		return id, nil
	}
	p, err := o.FindPerson(typed)
	return p.ID, err
}

func (c *call) diary(when string, a asked) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	day := st.Today()
	if when != "" {
		if day, err = calendar.Parse(when, day, calendar.Forward); err != nil {
			return misuse("DAY: %s", err)
		}
	}
	p, err := c.page(st, a.whose)
	if err != nil {
		return err
	}
	if len(p.whose) == 0 && a.free > 0 {
		return misuse("--free needs people whose time is looked at. Name them with --whose, with commas between.")
	}
	if len(p.whose) > 1 && a.free == 0 {
		return misuse("--whose takes one person, or all. Several have a meaning with --free.")
	}
	p.table.head = []string{"DAY", "TIME", "WHAT", "REF", "PERSON", "TO LOOK AT"}
	days := []calendar.Day{day}
	if a.week {
		days = nil
		for d := day - (calendar.Day(day.Weekday())+6)%7; len(days) < 7; d++ {
			days = append(days, d)
		}
	}
	for _, d := range days {
		p.day(d, a.free)
	}
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		return printItems(c, "diary/1", p.items)
	}
	c.printTable(p.table)
	if len(p.items) == 0 {
		c.say("Nothing is there on %s.", day.Long())
	}
	return nil
}

// day lists one day, or the times of it that are free for everybody.
func (p *page) day(d calendar.Day, free int) {
	if why, off := p.diary.DayOff(d); off {
		p.add(d, stretchItem{Kind: dayOff, Why: why}, "day off: "+why)
	}
	earliest := 0
	switch {
	case d < p.now.Today:
		earliest = p.diary.Closes
	case d == p.now.Today:
		earliest = p.now.Minute
	}
	if free > 0 {
		for _, m := range p.diary.Free(d, earliest, free, p.whose...) {
			p.add(d, stretchItem{Kind: domain.StretchFree, From: calendar.Clock(m), To: calendar.Clock(m + free)}, "free")
		}
		return
	}
	var whose domain.ID
	if len(p.whose) > 0 {
		whose = p.whose[0]
	}
	for _, s := range p.diary.Day(d, earliest, domain.MinutesOf(0), whose) {
		p.stretch(d, s)
	}
}

func (p *page) stretch(d calendar.Day, s domain.Stretch) {
	it, what := stretchItem{Kind: s.Kind, Conflicts: s.Conflicts}, string(s.Kind)
	if s.From >= 0 {
		it.From, it.To = calendar.Clock(s.From), calendar.Clock(s.To)
	}
	switch s.Kind {
	case domain.StretchBooked:
		t := s.Taken
		it.Participant, it.Appointment, it.Ref, it.Name, it.With = &t.Participant, &t.Appointment, t.Participant.Ref(p.width), t.Name, t.With
		it.Over = slices.ContainsFunc(p.diary.Unsettled(p.now.Today, p.now.Minute, domain.ID{}), func(u domain.Taken) bool { return u.Appointment == t.Appointment })
	case domain.StretchBreak:
		it.Why = s.Break.Why
		what += after(": ", s.Break.Why)
	case domain.StretchFree:
	}
	p.add(d, it, what)
}

func (p *page) add(d calendar.Day, it stretchItem, what string) {
	it.Day = d
	p.items = append(p.items, it)
	when := it.From + after("-", it.To)
	if it.From == "" && it.Kind == domain.StretchBooked {
		when = "any time"
	}
	var look []string
	for _, x := range it.Conflicts {
		look = append(look, x.Why)
	}
	if it.Over {
		look = append(look, "no outcome yet")
	}
	p.table.add(d.Short(p.now.Today), when, what, it.Ref, it.Name, strings.Join(look, "; "))
}
