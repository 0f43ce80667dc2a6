package calendar

import (
	"fmt"
	"strconv"
)

// Short returns the day as a coach writes it: "Fri 27 Nov", and with the year
// where it is not the year of today.
func (d Day) Short(today Day) string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	s := d.Weekday().String()[:3] + " " + strconv.Itoa(day) + " " + m.String()[:3]
	if this, _, _ := today.Civil(); today == 0 || this != y {
		s += " " + fmt.Sprintf("%04d", y)
	}
	return s
}

// Long returns the day in full: "Friday 27 November 2026".
func (d Day) Long() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%s %d %s %04d", d.Weekday(), day, m, y)
}

// Distance says how far the day is from today: "tomorrow", "in 4 days", "5
// weeks ago". Up to three weeks it is exact; farther off it is rounded.
func (d Day) Distance(today Day) string {
	if d == 0 || today == 0 {
		return ""
	}
	n := int(d) - int(today)
	switch n {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	case -1:
		return "yesterday"
	}
	if n < 0 {
		return span(d, today) + " ago"
	}
	return "in " + span(today, d)
}

// span measures the time from an earlier day to a later one in words.
func span(from, to Day) string {
	days := int(to - from)
	months := 0
	if days >= 90 {
		months = wholeMonths(from, to)
		if rest := int(to - from.AddMonths(months)); rest > 15 {
			months++
		}
	}
	switch {
	case days == 14:
		return "2 weeks"
	case days <= 20:
		return fmt.Sprintf("%d days", days)
	case days < 90:
		return fmt.Sprintf("%d weeks", (days+3)/7)
	case months < 24:
		return fmt.Sprintf("%d months", months)
	}
	return fmt.Sprintf("%d years", (months+6)/12)
}

func wholeMonths(from, to Day) int {
	y1, m1, _ := from.Civil()
	y2, m2, _ := to.Civil()
	n := (y2-y1)*12 + int(m2) - int(m1)
	if from.AddMonths(n) > to {
		n--
	}
	return n
}
