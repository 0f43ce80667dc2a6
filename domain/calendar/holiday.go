package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Nation says whose bank holidays count.
type Nation string

// The United Kingdom has three sets of bank holidays.
const (
	EnglandAndWales Nation = "england-and-wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern-ireland"
)

// ParseNation reads the name of a nation as people write it. England and Wales
// share their holidays, so either name will do.
func ParseNation(s string) (Nation, error) {
	plain := strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '-' || r == '_' || r == '\t'
	}), " ")
	switch plain {
	case "england and wales", "england & wales", "england", "wales", "e&w", "ew", "cymru":
		return EnglandAndWales, nil
	case "scotland", "sco", "scot":
		return Scotland, nil
	case "northern ireland", "ni", "n ireland":
		return NorthernIreland, nil
	}
	return "", fmt.Errorf("“%s” is not a nation with its own bank holidays: write %s, %s or %s",
		excerpt(s), EnglandAndWales, Scotland, NorthernIreland)
}

// holiday is one bank holiday of one year.
type holiday struct {
	day  Day
	name string
}

// byRule returns the bank holidays of a year as the rules give them, without
// the days that a government moved or added once. An empty nation counts as
// England and Wales.
func byRule(nation Nation, y int) []holiday {
	sunday := easter(y)
	fixed := newYear(nation, y)
	fixed = append(fixed,
		holiday{Date(y, time.December, 25), "Christmas Day"},
		holiday{Date(y, time.December, 26), "Boxing Day"})
	moving := []holiday{
		{sunday - 2, "Good Friday"},
		{firstMonday(y, time.May), "Early May bank holiday"},
		{lastMonday(y, time.May), "Spring bank holiday"},
	}
	if nation == Scotland {
		moving = append(moving, holiday{firstMonday(y, time.August), "Summer bank holiday"})
	} else {
		moving = append(moving,
			holiday{sunday + 1, "Easter Monday"},
			holiday{lastMonday(y, time.August), "Summer bank holiday"})
	}
	return append(moving, substituted(fixed)...)
}

// newYear returns the holidays with a fixed date that differ between nations.
func newYear(nation Nation, y int) []holiday {
	days := []holiday{{Date(y, time.January, 1), "New Year’s Day"}}
	switch nation {
	case Scotland:
		days = append(days,
			holiday{Date(y, time.January, 2), "2nd January"},
			holiday{Date(y, time.November, 30), "St Andrew’s Day"})
	case NorthernIreland:
		days = append(days,
			holiday{Date(y, time.March, 17), "St Patrick’s Day"},
			holiday{Date(y, time.July, 12), "Battle of the Boyne (Orangemen’s Day)"})
	case EnglandAndWales:
	}
	return days
}

// substituted moves holidays that fall on a weekend to the next weekday that is
// free. Those on a weekday keep it, even when the day before needs a substitute.
func substituted(days []holiday) []holiday {
	taken := func(d Day) bool {
		for _, h := range days {
			if h.day == d {
				return true
			}
		}
		return false
	}
	for i, h := range days {
		if !weekend(h.day) {
			continue
		}
		d := h.day + 1
		for weekend(d) || taken(d) {
			d++
		}
		days[i] = holiday{d, h.name + " (substitute day)"}
	}
	return days
}

func weekend(d Day) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func firstMonday(y int, m time.Month) Day {
	first := Date(y, m, 1)
	return first + Day((8-int(first.Weekday()))%7)
}

func lastMonday(y int, m time.Month) Day {
	last := Date(y, m, monthLength(y, m))
	return last - Day((int(last.Weekday())+6)%7)
}

// easter returns Easter Sunday by the anonymous Gregorian computus.
func easter(y int) Day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return Date(y, time.Month(month), day)
}
