// Package calendar knows days, working days and the ways people write dates.
//
// It asks the world nothing: today is always given by the caller, and the days
// on which a government moved or added a holiday come from a list that the
// caller carries.
package calendar

import (
	"fmt"
	"time"
)

// Day is a date without a time: the number of days since 31 December of the
// year 0, so that 1 is 1 January 0001. The zero Day means that there is none.
type Day int32

const (
	unixEpoch Day = 719163  // 1 January 1970
	firstDay  Day = 1       // 1 January 0001
	lastDay   Day = 3652059 // 31 December 9999
)

// Date returns the day with this year, month and day of the month. Like
// time.Date it carries over: 31 April is 1 May.
func Date(y int, m time.Month, d int) Day {
	return unixEpoch + Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400)
}

// Of returns the date that a calendar on the wall shows at t in t's own
// location. The zero time has no day.
func Of(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	days := seconds / 86400
	if seconds%86400 < 0 {
		days--
	}
	return unixEpoch + Day(days)
}

// Time returns midnight of the day in UTC, and the zero time for no day.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d-unixEpoch)*86400, 0).UTC()
}

// IsZero reports whether there is no day. It lets JSON leave the field out.
func (d Day) IsZero() bool { return d == 0 }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	return time.Weekday(((d % 7) + 7) % 7)
}

// Civil returns year, month and day of the month.
func (d Day) Civil() (int, time.Month, int) {
	return time.Unix(int64(d-unixEpoch)*86400, 0).UTC().Date()
}

// AddDays returns the day n days later, or earlier when n is negative. No day
// stays no day.
func (d Day) AddDays(n int) Day {
	if d == 0 {
		return 0
	}
	return d + Day(n)
}

// AddMonths returns the same day of the month n months later. Where that month
// is too short it is the month's last day: 31 January and one month is the end
// of February.
func (d Day) AddMonths(n int) Day {
	if d == 0 {
		return 0
	}
	y, m, day := d.Civil()
	months := y*12 + int(m) - 1 + n
	y, m = floorDiv(months, 12), time.Month(months-12*floorDiv(months, 12)+1)
	return Date(y, m, min(day, monthLength(y, m)))
}

// String returns the day as 2026-11-23, and nothing for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}

// MarshalText returns the day as String does.
func (d Day) MarshalText() ([]byte, error) {
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote; nothing is no day.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	day, err := ParseISO(string(b))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

// ParseISO reads a date written as 2026-11-23, and nothing else.
func ParseISO(s string) (Day, error) {
	if len(s) != len("2026-11-23") || s[4] != '-' || s[7] != '-' {
		return 0, unclear(s, "a date is written as 2026-11-23")
	}
	y, okY := digits(s[:4])
	m, okM := digits(s[5:7])
	d, okD := digits(s[8:])
	if !okY || !okM || !okD {
		return 0, unclear(s, "a date is written as 2026-11-23")
	}
	day, why := exact(y, m, d)
	if why != "" {
		return 0, unclear(s, why)
	}
	return day, nil
}

// exact returns the day, or why there is no such day.
func exact(y, m, d int) (Day, string) {
	switch {
	case y < 1 || y > 9999:
		return 0, "the year must be from 1 to 9999"
	case m < 1 || m > 12:
		why := fmt.Sprintf("there is no month %d", m)
		if m <= 31 && d >= 1 && d <= 12 {
			why += fmt.Sprintf("; the day comes first: do you mean %d %s?", m, time.Month(d))
		}
		return 0, why
	case d < 1 || d > 31:
		return 0, fmt.Sprintf("there is no day %d in a month", d)
	case d > monthLength(y, time.Month(m)):
		if m == 2 && d == 29 {
			next := y + 1
			for monthLength(next, time.February) < 29 {
				next++
			}
			return 0, fmt.Sprintf("%d has no 29 February; the next is in %d", y, next)
		}
		return 0, fmt.Sprintf("%s %d has %d days", time.Month(m), y, monthLength(y, time.Month(m)))
	}
	return Date(y, time.Month(m), d), ""
}

// monthLength returns the number of days in a month.
func monthLength(y int, m time.Month) int {
	switch m {
	case time.February:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// digits reads a short number made of digits only.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
