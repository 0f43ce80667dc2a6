package demo

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Desk is how the desk of the demonstration keeps its day: hours, lunch, and a team
// meeting that comes up.
func Desk(desk domain.ID, today calendar.Day) []domain.Command {
	return []domain.Command{
		domain.Settle{Desk: desk, Settings: map[domain.Setting]string{domain.SettingHours: "9:00-17:00"}},
		domain.SetBreak{Desk: desk, From: noon, To: noon + 2*slot, Weekdays: domain.Weekdays[:5], Why: "lunch"},
		domain.SetBreak{Desk: desk, From: opening, To: opening + slot, Weekdays: domain.Weekdays[:1], Why: "the week ahead"},
		domain.SetBreak{Desk: desk, From: 15 * 60, To: 16 * 60, Day: today + 3, Why: "team meeting"},
	}
}

// change plots what becomes of some appointments that are still to come: of a few one
// is moved, of a few another is cancelled and made anew, and of each coach one is moved
// to a time at which somebody else comes. The dice are left alone, so that no other part
// of a story changes.
func (t *teller) change(l *life, p course) {
	if p.fate != calm || l.next.Day <= t.today {
		return
	}
	other, seen := t.twoAtOnce[l.coach]
	switch luck := l.id[15] % 16; {
	case !seen:
		t.twoAtOnce[l.coach] = l.next
	case !other.Day.IsZero():
		t.twoAtOnce[l.coach] = domain.Booking{}
		t.rebook(l, other)
	case luck == 3:
		t.rebook(l, t.spare(l.coach, l.next.Day))
	case luck == 5:
		next := t.spare(l.coach, l.next.Day+2)
		t.scene(l, t.at(t.workday(1), 17*60+10), ByCoach, func(l *life) []domain.Command {
			return []domain.Command{
				domain.CancelAppointment{Participant: l.id, Appointment: l.booked, Reason: "the room is not free"},
				domain.Book{Participant: l.id, Booking: next},
			}
		})
	}
}

func (t *teller) rebook(l *life, to domain.Booking) {
	t.scene(l, t.at(t.workday(1), 17*60+10), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.Rebook{Participant: l.id, Appointment: l.booked, Booking: domain.Booking{Day: to.Day, Minute: to.Minute}}}
	})
}

// spare takes the first slot that nobody has, after a day.
func (t *teller) spare(coach int, d calendar.Day) domain.Booking {
	for d++; ; d++ {
		for n := range slots {
			if p := (page{coach, d}); t.days.Working(d) && t.diary[p]&(1<<n) == 0 {
				t.diary[p] |= 1 << n
				return domain.Booking{Day: d, Minute: minuteOf(n), Length: slot, Channel: domain.Channels[0]}
			}
		}
	}
}
