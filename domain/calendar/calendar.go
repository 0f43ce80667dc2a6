package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
)

// OneOff is a day on which a government departed from the rules, once.
type OneOff struct {
	Day     Day    `json:"day"`
	Nation  Nation `json:"nation"`  // empty for all
	Holiday bool   `json:"holiday"` // an extra holiday; false for a holiday taken away
	Name    string `json:"name"`
}

// Calendar knows the working days of one nation. A Calendar made by New answers
// for the years 2000 to 2060 from a table; it never changes and may be copied
// and shared. Nation and OneOffs are for reading: to change them, make another.
type Calendar struct {
	Nation  Nation
	OneOffs []OneOff

	table []int32 // table[i]: working days from the first day of the table to its i-th, both counted
}

const (
	tableFrom = 2000
	tableTo   = 2060
	tableBase = Day(730119) // 31 December 1999, where the count is 0

	// MaxWorkingDays is the most working days that Add counts.
	MaxWorkingDays = 10_000
)

// New returns the calendar of a nation. An empty nation counts as England and
// Wales.
func New(nation Nation, oneOffs []OneOff) Calendar {
	if nation == "" {
		nation = EnglandAndWales
	}
	c := Calendar{Nation: nation, OneOffs: append([]OneOff(nil), oneOffs...)}
	table := make([]int32, 1, 366*(tableTo-tableFrom+1)+1)
	day, count := tableBase, int32(0)
	for y := tableFrom; y <= tableTo; y++ {
		off := make(map[Day]bool, 12)
		for _, h := range c.year(y) {
			off[h.day] = true
		}
		for end := Date(y, 12, 31); day < end; {
			day++
			if !weekend(day) && !off[day] {
				count++
			}
			table = append(table, count)
		}
	}
	c.table = table
	return c
}

// ReadOneOffs reads the list of one-off days as assets/days.json holds it.
func ReadOneOffs(b []byte) ([]OneOff, error) {
	var file struct {
		Schema  string   `json:"schema"`
		OneOffs []OneOff `json:"one_offs"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("the list of one-off days cannot be read: %w", err)
	}
	if file.Schema != "coachdesk.days/1" {
		return nil, fmt.Errorf("the list of one-off days has schema %q, and should have coachdesk.days/1", excerpt(file.Schema))
	}
	for i, o := range file.OneOffs {
		if o.Day == 0 {
			return nil, fmt.Errorf("one-off day %d (%s) has no date", i+1, excerpt(o.Name))
		}
		if o.Nation == "" {
			continue
		}
		if n, err := ParseNation(string(o.Nation)); err != nil || n != o.Nation {
			return nil, fmt.Errorf("one-off day %s: nation %q is none of %s, %s, %s",
				o.Day, excerpt(string(o.Nation)), EnglandAndWales, Scotland, NorthernIreland)
		}
	}
	return file.OneOffs, nil
}

// Holiday returns the name of the bank holiday on d. A holiday that falls on a
// weekend is found on its substitute day only.
func (c Calendar) Holiday(d Day) (name string, ok bool) {
	if d < firstDay || d > lastDay {
		return "", false
	}
	y, _, _ := d.Civil()
	for _, h := range c.year(y) {
		if h.day == d {
			return h.name, true
		}
	}
	return "", false
}

// Working reports whether d is a day from Monday to Friday and no bank holiday.
func (c Calendar) Working(d Day) bool {
	if i := int(d - tableBase); i >= 1 && i < len(c.table) {
		return c.table[i] != c.table[i-1]
	}
	if d < firstDay || weekend(d) {
		return false
	}
	_, holiday := c.Holiday(d)
	return !holiday
}

// Add returns the n-th working day after d; d itself does not count.
func (c Calendar) Add(d Day, n int) (Day, error) {
	switch {
	case d.IsZero():
		return 0, errors.New("working days are counted from a date, and there is none")
	case n < 1 || n > MaxWorkingDays:
		return 0, fmt.Errorf("the number of working days is %d, and must be from 1 to %d", n, MaxWorkingDays)
	case d < firstDay || d > lastDay:
		return 0, errors.New("working days are counted in the years 1 to 9999")
	}
	if i := int(d - tableBase); i >= 0 && i < len(c.table) {
		want := c.table[i] + int32(n)
		rest := c.table[i:]
		if rest[len(rest)-1] >= want {
			return d + Day(sort.Search(len(rest), func(j int) bool { return rest[j] >= want })), nil
		}
	}
	for n > 0 {
		if d++; d > lastDay {
			return 0, errors.New("that is beyond the year 9999")
		}
		if c.Working(d) {
			n--
		}
	}
	return d, nil
}

// Between counts the working days after a up to and with b. It is 0 when b is
// not after a, or when there is no a or no b.
func (c Calendar) Between(a, b Day) int {
	if a == 0 || b <= a {
		return 0
	}
	i, j := int(a-tableBase), int(b-tableBase)
	if i >= 0 && j < len(c.table) {
		return int(c.table[j] - c.table[i])
	}
	return c.count(max(a, 0), min(b, lastDay))
}

// count does what Between does for days outside the table: weekdays less the
// holidays of each year. Holidays are never on a weekend.
func (c Calendar) count(a, b Day) int {
	if b <= a {
		return 0
	}
	n := weekdays(b) - weekdays(a)
	from, _, _ := (a + 1).Civil()
	to, _, _ := b.Civil()
	for y := from; y <= to; y++ {
		for _, h := range c.year(y) {
			if h.day > a && h.day <= b {
				n--
			}
		}
	}
	return n
}

// weekdays counts the days from Monday to Friday up to and with d. Day 1 was a
// Monday.
func weekdays(d Day) int {
	return int(d)/7*5 + min(int(d)%7, 5)
}

// year returns the holidays of a year with the one-off changes, each on its own
// weekday.
func (c Calendar) year(y int) []holiday {
	days := byRule(c.Nation, y)
	for _, o := range c.OneOffs {
		if o.Nation != "" && o.Nation != c.Nation && (c.Nation != "" || o.Nation != EnglandAndWales) {
			continue
		}
		if at, _, _ := o.Day.Civil(); at != y || weekend(o.Day) {
			continue
		}
		days = without(days, o.Day)
		if o.Holiday {
			days = append(days, holiday{o.Day, o.Name})
		}
	}
	return days
}

func without(days []holiday, d Day) []holiday {
	kept := days[:0]
	for _, h := range days {
		if h.day != d {
			kept = append(kept, h)
		}
	}
	return kept
}
