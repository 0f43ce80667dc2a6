package screen

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// AskBooking asks when to meet and shows what was understood.
func AskBooking(today calendar.Day, title, value string, then func(domain.Booking) Effect) Effect {
	read := func(v string) (domain.Booking, error) {
		day, minute, rest, err := domain.ReadMeeting(v, today)
		b := domain.Booking{Day: day, Minute: minute, Channel: rest}
		if err != nil || rest == "" {
			return b, err
		}
		f, _ := domain.FieldOf(domain.FactChannel)
		b.Channel, err = f.Clean(rest, domain.Stamp{})
		return b, err
	}
	return Prompt{
		Title: title, Hint: "for example: 2w, or fri 10:20 phone", Value: value,
		Echo: func(v string) (string, error) {
			b, err := read(v)
			if err != nil {
				return "", err
			}
			return BookingWords(b, today), nil
		},
		Then: func(v string) Effect {
			b, err := read(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			return then(b)
		},
	}
}

// BookingWords says when and how to meet, with the distance.
func BookingWords(b domain.Booking, today calendar.Day) string {
	text := b.Day.Short(today)
	if b.Minute >= 0 {
		text += " " + calendar.Clock(b.Minute)
	}
	if b.Channel != "" {
		text += ", " + b.Channel
	}
	return text + ", " + b.Day.Distance(today)
}
