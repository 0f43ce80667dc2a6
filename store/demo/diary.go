package demo

import (
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Office hours: from nine, in slots of twenty minutes, with a break after noon.
const (
	opening = 9 * 60
	noon    = 12*60 + 20
	slot    = domain.SlotMinutes
	slots   = 22 // the last begins at 16:40
)

// most is how many people one coach looks after; more have more coaches.
const most = 120

// page is one day of one coach.
type page struct {
	coach int
	day   calendar.Day
}

// diary is who is booked when: one bit a slot.
type diary map[page]uint32

func minuteOf(n int) int {
	minute := opening + slot*n
	if minute >= noon {
		minute += 2 * slot
	}
	return minute
}

// take books a slot that nobody has, on the day or the nearest working day in the
// direction of step on which there is one. On the first day only slots from a
// minute on are taken, unless none is left.
func (t *teller) take(coach int, d calendar.Day, step, from int) domain.Booking {
	for first := d; ; d += calendar.Day(step) {
		if !t.works(d) {
			continue
		}
		p := page{coach, d}
		at := t.dice.IntN(slots)
		for pass := range 2 {
			for i := range slots {
				n := (at + i) % slots
				if t.diary[p]&(1<<n) != 0 || pass == 0 && d == first && minuteOf(n) < from {
					continue
				}
				t.diary[p] |= 1 << n
				return domain.Booking{Day: d, Minute: minuteOf(n), Length: slot, Channel: pick(t.dice, domain.Channels[:2])}
			}
		}
	}
}

// works reports whether the office is open. It is open today, whatever day it is,
// so that there is something to show.
func (t *teller) works(d calendar.Day) bool { return d == t.today || t.days.Working(d) }

// ahead books the next talk, some days from today.
func (t *teller) ahead(l *life, days int) domain.Booking {
	return t.take(l.coach, t.today+calendar.Day(days), 1, 0)
}

// day returns a working day at least so many days before today.
func (t *teller) day(ago int) calendar.Day {
	d := t.today - calendar.Day(max(ago, 1))
	for !t.days.Working(d) {
		d--
	}
	return d
}

// open returns the day, or the next one on which the office is open.
func (t *teller) open(d calendar.Day) calendar.Day {
	for !t.days.Working(d) {
		d++
	}
	return d
}

// workday returns the n-th working day before today.
func (t *teller) workday(n int) calendar.Day {
	d := t.today
	for ; n > 0; n-- {
		for d--; !t.days.Working(d); {
			d--
		}
	}
	return d
}

// at is a time of day on a day, in the zone of now, and never later than now.
func (t *teller) at(d calendar.Day, minute int) time.Time {
	y, m, day := d.Civil()
	at := time.Date(y, m, day, minute/60, minute%60, 0, 0, t.now.Location())
	if at.After(t.now) {
		return t.now
	}
	return at
}

// short writes a date as a coach does in a note.
func (t *teller) short(d calendar.Day) string {
	_, m, day := d.Civil()
	return itoa(day) + " " + lower(m.String()[:3])
}
