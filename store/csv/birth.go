package csv

import (
	"strings"
	"unicode"

	"coachdesk/domain/calendar"
)

// Nobody on a caseload was born outside these years, and a date that says so
// was read the wrong way round.
const firstBirth, lastBirth = 1850, 2100

// ParseBirth reads a date of birth as lists write it: 19081209, 1908-12-09,
// 09/12/1908, 9 Dec 1908, with or without a time of day. The day comes before
// the month; a year has four figures, because 08 may be 1908 or 2008. An
// impossible date is false.
func ParseBirth(s string) (calendar.Day, bool) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "T "); i >= 8 && strings.Contains(s[i:], ":") {
		s = strings.TrimSpace(s[:i])
	}
	if len(s) > 30 {
		return 0, false
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch len(parts) {
	case 1:
		return compact(parts[0])
	case 3:
	default:
		return 0, false
	}
	if len(parts[0]) != 4 && len(parts[2]) != 4 {
		return 0, false
	}
	separator := "-"
	if strings.ContainsFunc(s, unicode.IsLetter) {
		separator = " "
	}
	return born(strings.Join(parts, separator))
}

// compact reads 19081209, and where that is no date 09121908.
func compact(s string) (calendar.Day, bool) {
	if len(s) != 8 || strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, false
	}
	if d, ok := born(s); ok {
		return d, true
	}
	return born(s[:2] + "-" + s[2:4] + "-" + s[4:])
}

// born reads a date with a year, for which it does not matter what day today
// is.
func born(s string) (calendar.Day, bool) {
	d, err := calendar.Parse(s, calendar.Date(2000, 1, 1), calendar.Backward)
	if err != nil {
		return 0, false
	}
	y, _, _ := d.Civil()
	if y < firstBirth || y > lastBirth {
		return 0, false
	}
	return d, true
}
