package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func (c *call) appointVerb() *cobra.Command {
	var length int
	var kind string
	var with []string
	cmd := &cobra.Command{
		Use:   "appoint REF [WHEN…]",
		Short: "Book an appointment, move one, or cancel one",
		Long: "appoint books a time to meet: a date, perhaps a time and a channel. Standard input may say what for; with\n" +
			"--cancel it may say why. What speaks against a time is told, and forbids nothing.",
		Example: "  coachdesk appoint 7K3Q-M fri 10:20 phone\n  coachdesk appoint 7K3Q-M 2w 10:00 --kind 'three-way meeting' --with Ruth\n" +
			"  coachdesk appoint 7K3Q-M --move 4T8R-P mon 11:00\n  coachdesk appoint 7K3Q-M --cancel 4T8R-P",
		Args: needs("REF", "[WHEN…]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			when := strings.Join(args[1:], " ")
			flag, item, err := chosen(cmd, "cancel", "move")
			switch {
			case err != nil:
				return err
			case flag == "cancel":
				return c.cancelAppointment(cmd, args[0], item, when)
			case when == "":
				return misuse("Say when, for example: coachdesk appoint %s fri 10:20", args[0])
			case flag == "move":
				if err := only(cmd, "move", "kind", "with"); err != nil {
					return err
				}
				return c.moveAppointment(args[0], item, when, length)
			}
			b := domain.Booking{Length: length, Kind: domain.SessionKind(clean.Fold(kind))}
			if b.Kind == domain.SessionKind(domain.OneToOne.String()) {
				b.Kind = domain.OneToOne
			}
			return c.book(args[0], when, with, b)
		},
	}
	f := cmd.Flags()
	f.IntVar(&length, "length", 0, "how many `minutes` it lasts")
	f.StringVar(&kind, "kind", "", "what the talk is for: one-to-one, first talk, review, support conversation, in-work check, after absence, three-way meeting or direct support")
	f.StringSliceVar(&with, "with", nil, "who of the desk is there, by `name` or reference of staff; whoever books unless said")
	f.String("cancel", "", "this `item` will not be")
	f.String("move", "", "this `item` gets another time")
	return cmd
}

func (c *call) cancelAppointment(cmd *cobra.Command, ref, item, when string) error {
	if when != "" {
		return misuse("Either book or cancel: --cancel takes no date.")
	}
	if err := only(cmd, "cancel", "length", "kind", "with"); err != nil {
		return err
	}
	return c.record(ref, perhaps("The reason"), func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemAppointment, item)
		return domain.CancelAppointment{Participant: s.p.ID, Appointment: id, Reason: text}, err
	})
}

func (c *call) moveAppointment(ref, item, when string, length int) error {
	return c.record(ref, words{}, func(s *subject, _ string) (domain.Command, error) {
		id, err := s.find(itemAppointment, item)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(s.p.Appointments, func(a domain.Appointment) bool { return a.ID == id })
		b, err := s.booking("when", when)
		if err != nil {
			return nil, err
		}
		was := s.p.Appointments[at]
		b.Length, b.With = length, was.With
		thought := b
		if length == 0 {
			thought.Length = was.Length
		}
		return domain.Rebook{Participant: s.p.ID, Appointment: id, Booking: b}, s.sayAgainst(thought, id)
	})
}

func (c *call) book(ref, when string, with []string, b domain.Booking) error {
	return c.record(ref, perhaps("The purpose"), func(s *subject, text string) (domain.Command, error) {
		at, err := s.booking("when", when)
		if err != nil {
			return nil, err
		}
		at.Length, at.Kind, at.Purpose = b.Length, b.Kind, text
		for _, typed := range with {
			id, err := colleague(s.st.Office(), typed)
			if err != nil {
				return nil, misuse("--with: %s", err)
			}
			at.With = append(at.With, id)
		}
		return domain.Book{Participant: s.p.ID, Booking: at}, s.sayAgainst(at, domain.ID{})
	})
}

// sayAgainst tells what speaks against a time before it is booked.
func (s *subject) sayAgainst(b domain.Booking, appointment domain.ID) error {
	page, err := s.c.page(s.st, nil)
	if err != nil {
		return err
	}
	for _, x := range page.diary.Conflicts(b.Thought(s.p.ID, appointment, s.st.Who().ID)) {
		s.c.say("Look again: %s.", x.Why)
	}
	return nil
}
