package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) meetVerb() *cobra.Command {
	var when string
	w := words{what: "The reason", field: "reason", most: clean.MaxLine}
	cmd := c.onQuestion("meet", "Book a three-way meeting, or list times free for coach and adviser", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		b, err := s.booking("--when", when)
		if err != nil {
			return nil, err
		}
		q, err := c.queue(s.st)
		b.Length = meetingMinutes(q)
		return domain.BookMeeting{Participant: s.p.ID, Escalation: id, Booking: b, Reason: text}, err
	})
	cmd.Long = "meet books one appointment in both diaries, that of the coach who asked and that of the adviser. Without\n" +
		"--when it lists times at which both are free. An escalation that asked for something else is turned, and the\n" +
		"text says why."
	cmd.Example = "  coachdesk meet 7K3Q-M 4T8R-P\n  coachdesk meet 7K3Q-M 4T8R-P --when 'fri 10:20'"
	cmd.Flags().StringVar(&when, "when", "", "a `date`, a time, perhaps a channel")
	book := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if when != "" {
			return book(cmd, args)
		}
		return c.freeToMeet(args[0], args[1])
	}
	return cmd
}

// meetingMinutes is how long a three-way meeting takes.
func meetingMinutes(q domain.Queue) int {
	return cmp.Or(q.Rules["meeting-minutes"].Days, domain.SlotMinutes)
}

// freeItem is a time at which both are free, for --json.
type freeItem struct {
	Day     calendar.Day `json:"day"`
	Time    string       `json:"time"`
	Minutes int          `json:"minutes"`
}

func (c *call) freeToMeet(ref, question string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	id, err := s.find(itemQuestion, question)
	if err != nil {
		return err
	}
	rows, err := s.st.Rows()
	if err != nil {
		return err
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	diary := domain.NewDiary(rows).At(s.st.Desk(), q.Figures, q.Calendars[q.Nation])
	var items []freeItem
	for _, e := range s.p.Escalations {
		if e.ID != id {
			continue
		}
		people := e.MeetingPeople(s.st.Who().ID)
		for _, slot := range diary.MeetingSlots(s.today, q.CalendarOf(s.p.Row()), meetingMinutes(q), q.Rules["meeting-offers"].Days, q.Figures, people) {
			items = append(items, freeItem{slot.Day, calendar.Clock(slot.Minute), meetingMinutes(q)})
		}
	}
	if c.json {
		return printItems(c, "free/1", items)
	}
	for _, it := range items {
		c.print(it.Day.Short(s.today) + " " + it.Time)
	}
	c.say("Free for coach and adviser, %d minutes each. Book one with --when.", meetingMinutes(q))
	return nil
}
