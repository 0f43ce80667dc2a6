package diary

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// Actions implements screen.Screen.
func (s *Diary) Actions() []screen.Action {
	back, on := "The day before", "The next day"
	if s.week {
		back, on = "The week before", "The next week"
	}
	may := func(e domain.Event) func() string {
		return func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, e) }
	}
	view := "week"
	if s.week {
		view = "day"
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record, or book the free time", Short: s.enters(), Do: s.enter, Not: s.nothing},
		{Keys: []string{"s"}, Name: "Record the session", Short: "session", Not: s.noSession, Do: s.with(func(t domain.Taken) screen.Effect {
			return screen.Go{To: screen.Session{Participant: t.Participant, Appointment: t.Appointment}}
		})},
		{Keys: []string{"M"}, Name: "Move the appointment to another time", Short: "move", Not: s.noAppointment, Do: s.with(s.move)},
		{Keys: []string{"X"}, Name: "Cancel the appointment, with a reason", Short: "cancel", Not: s.noAppointment, Do: s.with(func(t domain.Taken) screen.Effect {
			return screen.Cancelling(t.Participant, t.Appointment, s.did(t.Participant))
		})},
		{Keys: []string{"m"}, Name: "Book somebody at any other time", Short: "book", Do: s.book},
		{Keys: []string{"u"}, Name: "Undo the last booking, move or cancellation made here", Short: "undo", Do: s.undo, Not: func() string {
			if s.last.batch.IsZero() {
				return "Nothing was booked, moved or cancelled here yet. The record has an undo of its own."
			}
			return ""
		}},
		{Keys: []string{"v"}, Name: "The day or the week", Short: view, Do: s.toggle},
		{Keys: []string{"left", "h"}, Name: "The day before", Do: s.step(-1)},
		{Keys: []string{"right", "l"}, Name: "The next day", Do: s.step(1)},
		{Keys: []string{"["}, Name: back, Do: s.turn(-1)},
		{Keys: []string{"]"}, Name: on, Do: s.turn(1)},
		{Keys: []string{"t"}, Name: "Today", Short: "today", Do: s.goToday},
		{Keys: []string{"W"}, Name: "Whose diary", Short: "whose", Do: s.askWhose},
		{Keys: []string{"i"}, Name: "Write a file for another calendar (.ics), without names", Do: s.write},
		{Keys: []string{"B"}, Name: "Set a break: a time at which nobody is booked", Do: s.addBreak, Not: may(domain.BreakSet{})},
		{Keys: []string{"x"}, Name: "Remove the break", Do: s.removeBreak, Not: s.noBreak},
		{Keys: []string{"H"}, Name: "When the desk opens and closes", Do: s.askHours, Not: may(domain.Settled{})},
	}, screen.Everywhere()...)
}

func (s *Diary) enters() string {
	if c, ok := s.chosen(); ok && c.Kind == domain.StretchFree {
		return "book"
	}
	return "open"
}

func (s *Diary) nothing() string {
	c, ok := s.chosen()
	switch {
	case !ok:
		return "Nothing is here. m books at any other time."
	case c.Kind == domain.StretchBreak:
		return "This is a break. x removes it; m books all the same."
	}
	return ""
}

func (s *Diary) noAppointment() string {
	if c, ok := s.chosen(); !ok || c.Kind != domain.StretchBooked {
		return "Choose an appointment first."
	}
	return ""
}

func (s *Diary) noSession() string {
	if why := s.noAppointment(); why != "" {
		return why
	}
	if c, _ := s.chosen(); c.Taken.Day > s.today {
		return "This is still to come. M moves it, X cancels it."
	}
	return ""
}

func (s *Diary) noBreak() string {
	if c, ok := s.chosen(); !ok || c.Kind != domain.StretchBreak {
		return "Choose a break first."
	}
	return domain.WhyNotDo(s.world.Desk.Who().Role, domain.BreakRemoved{})
}

// with makes an effect about the appointment under the cursor.
func (s *Diary) with(f func(domain.Taken) screen.Effect) func() screen.Effect {
	return func() screen.Effect {
		c, ok := s.chosen()
		if !ok {
			return nil
		}
		return f(c.Taken)
	}
}

func (s *Diary) enter() screen.Effect {
	c, ok := s.chosen()
	switch {
	case !ok:
		return nil
	case c.Kind == domain.StretchBooked:
		return screen.Go{To: screen.Participant{ID: c.Taken.Participant}}
	}
	b := domain.Booking{Day: s.day, Minute: c.From, With: s.named()}
	if c.To-c.From < slot() {
		b.Length = c.To - c.From
	}
	against := func(r domain.Row) []string {
		return screen.Against(s.times.Conflicts(b.Thought(r.ID, domain.ID{}, s.world.Desk.Who().ID)))
	}
	return screen.AskPerson(s.world, "Book "+screen.BookingWords(b, s.today)+": whom?", against, func(r domain.Row) screen.Effect {
		return s.take(r.ID, b)
	})
}

// take books somebody.
func (s *Diary) take(id domain.ID, b domain.Booking) screen.Effect {
	return screen.Do{Commands: []domain.Command{domain.Book{Participant: id, Booking: b}}, After: s.did(id)}
}

// did remembers what was done here, so that it can be undone.
func (s *Diary) did(participant domain.ID) func(domain.Receipt) screen.Effect {
	return func(r domain.Receipt) screen.Effect {
		s.last = lastDone{participant, r.Batch}
		return nil
	}
}

// lastDone is the last booking, move or cancellation.
type lastDone struct{ participant, batch domain.ID }

func (s *Diary) undo() screen.Effect {
	return screen.Do{Commands: []domain.Command{domain.Undo{Participant: s.last.participant, Batch: s.last.batch}}, After: func(domain.Receipt) screen.Effect {
		s.last = lastDone{}
		return nil
	}}
}

// named is who of the desk is there: whose diary is open, unless it is one's own.
func (s *Diary) named() []domain.ID {
	if s.whose.IsZero() || s.whose == s.world.Desk.Who().ID {
		return nil
	}
	return []domain.ID{s.whose}
}

func (s *Diary) book() screen.Effect {
	value := ""
	if s.day > s.today {
		value = s.day.String() + " "
	}
	return screen.AskPerson(s.world, "Book whom?", nil, func(r domain.Row) screen.Effect {
		m := screen.Meeting{Participant: r.ID, Booking: domain.Booking{With: s.named()}}
		return screen.AskMeeting(s.world, "Book "+clean.Line(r.Name, 40)+": when?", value, m, func(b domain.Booking) screen.Effect {
			return s.take(r.ID, b)
		})
	})
}

func (s *Diary) move(t domain.Taken) screen.Effect {
	return screen.Moving(s.world, t.Participant, domain.Appointment{ID: t.Appointment, Day: t.Day, Minute: t.From, Length: t.Minutes(), With: t.With}, s.did(t.Participant))
}

func (s *Diary) askWhose() screen.Effect {
	all := []screen.Choice{{Key: "0", Label: "everybody here", Then: s.turnTo(domain.ID{})}}
	for i, p := range s.world.Desk.Office().People {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: clean.Line(p.Name, 40) + ", " + p.Role.String(), Then: s.turnTo(p.ID)})
	}
	return screen.Choose{Title: "Whose diary?", Choices: all}
}

// whoseMsg opens the diary of somebody: a choice is an effect, and has to come back.
type whoseMsg struct{ whose domain.ID }

func (s *Diary) turnTo(whose domain.ID) screen.Effect {
	return screen.Run{Work: func() tea.Msg { return whoseMsg{whose} }}
}

// wrote is what came of writing a file.
type wrote struct {
	path string
	err  error
}

// write asks what is to be written for another calendar, and where.
func (s *Diary) write() screen.Effect {
	from, to := s.day, s.day
	what, name := "this day", s.day.String()
	if s.week {
		from = monday(s.day)
		to, what, name = from+6, "this week", "week-of-"+from.String()
	}
	all := []screen.Choice{{Key: "1", Label: what + " of " + s.person(s.whose), Then: s.writeTo("diary-"+name+".ics", screen.Calendar{From: from, To: to, Whose: s.whose})}}
	if c, ok := s.chosen(); ok && c.Kind == domain.StretchBooked {
		t := c.Taken
		all = append(all, screen.Choice{Key: "2", Label: "this appointment", Then: s.writeTo("appointment-"+t.Day.String()+".ics", screen.Calendar{
			From: t.Day, To: t.Day, Participant: t.Participant, Appointment: t.Appointment,
		})})
	}
	return screen.Choose{Title: "Write for another calendar", Note: "Titles say “Appointment” and nothing else. Calendars are often open for others to see.", Choices: all}
}

func (s *Diary) writeTo(name string, of screen.Calendar) screen.Effect {
	desk := s.world.Desk
	return screen.Prompt{
		Title: "Write it to which file?", Hint: "a file that is there already is not replaced", Value: name,
		Then: func(v string) screen.Effect {
			return screen.Run{Work: func() tea.Msg {
				path, err := desk.WriteCalendar(clean.Line(v, 400), of)
				return wrote{path, err}
			}}
		},
	}
}

// addBreak asks for a time at which nobody is booked.
func (s *Diary) addBreak() screen.Effect {
	_, desk := s.world.Desk.Subjects()
	today, value := s.today, ""
	if c, ok := s.chosen(); ok && c.Kind == domain.StretchFree {
		value = domain.HoursWords(c.From, c.To) + " " + s.day.String() + " "
	}
	return screen.Prompt{
		Title: "Break: from when to when, on which days, what for?", Hint: "for example: 12:20-13:00 mon-fri lunch", Value: value,
		Echo: func(v string) (string, error) {
			c, err := domain.ReadBreak(v, today)
			b := domain.Break{From: c.From, To: c.To, Weekdays: c.Weekdays, Day: c.Day}
			text := b.Span() + ", " + b.When(today)
			if c.Why != "" {
				text += ": " + c.Why
			}
			return text, err
		},
		Then: func(v string) screen.Effect {
			c, err := domain.ReadBreak(v, today)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			c.Desk = desk
			return screen.Do{Commands: []domain.Command{c}}
		},
	}
}

// removeBreak takes a break away, and asks first when that is more than this one day.
func (s *Diary) removeBreak() screen.Effect {
	c, ok := s.chosen()
	if !ok {
		return nil
	}
	_, desk := s.world.Desk.Subjects()
	do := screen.Do{Commands: []domain.Command{domain.RemoveBreak{Desk: desk, Break: c.Break.ID}}}
	if !c.Break.Day.IsZero() {
		return do
	}
	return screen.Choose{Title: "Remove the break of " + c.Break.Span() + ", " + c.Break.When(s.today) + "?", Choices: []screen.Choice{
		{Key: "n", Label: "no, leave it"}, {Key: "y", Label: "yes, on all these days", Then: do},
	}}
}

func (s *Diary) askHours() screen.Effect {
	_, desk := s.world.Desk.Subjects()
	return screen.Prompt{
		Title: "When does the desk open and close?", Hint: "for example: 9:00-17:00", Value: domain.HoursWords(s.times.Opens, s.times.Closes),
		Echo: func(v string) (string, error) {
			opens, closes, err := domain.ReadHours(v)
			return calendar.Clock(opens) + " to " + calendar.Clock(closes), err
		},
		Then: func(v string) screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.Settle{Desk: desk, Settings: map[domain.Setting]string{domain.SettingHours: v}}}}
		},
	}
}
