package screen

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Meeting is what is known of an appointment before somebody says when.
type Meeting struct {
	Participant domain.ID
	Appointment domain.ID      // the one that is moved; zero for a new one
	Booking     domain.Booking // its length, its kind, who of the desk is there
}

// timesOffered is how many free times of a day stand under the question when.
const timesOffered = 5

// AskMeeting asks when to meet. It shows what was understood, which times of that day
// are free, and what speaks against the time; none of that forbids it.
func AskMeeting(w World, title, value string, m Meeting, then func(domain.Booking) Effect) Effect {
	today, now := w.Today(), w.Desk.Queue().Minute
	me := w.Desk.Who().ID
	diary, failed := w.Desk.Diary() // without it the question is asked all the same
	read := func(v string) (domain.Booking, error) {
		day, minute, rest, err := domain.ReadMeeting(v, today)
		b := m.Booking
		b.Day, b.Minute, b.Channel = day, minute, rest
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
			text := BookingWords(b, today)
			if failed == nil {
				text += "   " + freeWords(diary, b.Thought(m.Participant, m.Appointment, me), today, now)
			}
			return text, nil
		},
		Warn: func(v string) []string {
			b, err := read(v)
			if err != nil || failed != nil {
				return nil
			}
			return Against(diary.Conflicts(b.Thought(m.Participant, m.Appointment, me)))
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

// freeWords lists the first free times of a day, none of which overlap.
func freeWords(d domain.Diary, t domain.Taken, today calendar.Day, now int) string {
	earliest := 0
	if t.Day == today {
		earliest = now
	}
	var times []string
	last := -1
	for _, m := range d.Free(t.Day, earliest, t.Minutes(), t.With...) {
		if last >= 0 && m < last+t.Minutes() {
			continue
		}
		if last = m; len(times) == timesOffered {
			times = append(times, "…")
			break
		}
		times = append(times, calendar.Clock(m))
	}
	if len(times) == 0 {
		return "nothing free"
	}
	return "free " + strings.Join(times, " ")
}

// Against says what speaks against a time, a sentence each.
func Against(all []domain.Conflict) []string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = strings.ToUpper(c.Why[:1]) + c.Why[1:] + "."
	}
	return out
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

// Cancelling asks why an appointment will not be, and takes it out of the diary. After
// may be nil.
func Cancelling(participant, appointment domain.ID, after func(domain.Receipt) Effect) Effect {
	return Prompt{Title: "Cancel the appointment: why?", Hint: "a few words, or nothing", Then: func(v string) Effect {
		return Do{Commands: []domain.Command{domain.CancelAppointment{Participant: participant, Appointment: appointment, Reason: v}}, After: after}
	}}
}

// Moving asks for another time of an appointment. After may be nil.
func Moving(w World, participant domain.ID, a domain.Appointment, after func(domain.Receipt) Effect) Effect {
	m := Meeting{Participant: participant, Appointment: a.ID, Booking: domain.Booking{Length: a.Length, With: a.With}}
	now := domain.Booking{Day: a.Day, Minute: a.Minute, Channel: a.Channel}
	return AskMeeting(w, "It is "+BookingWords(now, w.Today())+". Move it to when?", "", m, func(b domain.Booking) Effect {
		return Do{Commands: []domain.Command{domain.Rebook{Participant: participant, Appointment: a.ID, Booking: b}}, After: after}
	})
}
