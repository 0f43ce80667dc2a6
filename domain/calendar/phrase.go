package calendar

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Lean says which way a date without a year, a bare weekday or a bare distance
// is meant.
type Lean int

const (
	// Forward leans to what is to come: the usual way.
	Forward Lean = iota
	// Backward leans to what is past: when somebody was last seen, or the day
	// from which a fit note counts.
	Backward
)

// Unclear says why a phrase is no date or time of day. Its Error is a sentence
// for people.
type Unclear struct {
	Phrase string // what was written
	Why    string // what is wrong with it, and what would be right
}

// Error returns the phrase and what is wrong with it.
func (u *Unclear) Error() string {
	return "“" + excerpt(u.Phrase) + "”: " + u.Why
}

func unclear(phrase, why string) *Unclear {
	return &Unclear{Phrase: phrase, Why: why}
}

// excerpt keeps a sentence short when somebody pasted a page into a date.
func excerpt(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:39]) + "…"
}

// examples ends a refusal with what would be right.
const examples = "Write a date such as 27 nov, 27/11/2026, fri, 2w or in 10 days."

// phrase is a date being read.
type phrase struct {
	words []string
	today Day
	lean  Lean
}

// reading is what one way of reading made of a phrase: a day, or why there is
// none, or (fits false) that the phrase is not of this kind.
type reading struct {
	day  Day
	why  string
	fits bool
}

// Parse reads a date as people write it, such as "fri", "next fri", "27 nov",
// "27/11/26", "2w", "in 10 days", "3 days ago", "2026-11-27"; a leading "by" is
// left out. The error is an *Unclear.
//
// A bare weekday is the next one after today, and with Backward the last one
// before it. A day and month without a year is the nearest to come, today
// included, and with Backward the nearest past. A bare "2w" follows the lean
// too; "in 2w" and "2w ago" do not. "next fri" is the Friday of the following
// week, whose first day is Monday.
func Parse(text string, today Day, lean Lean) (Day, error) {
	p := phrase{today: today, lean: lean}
	if len(text) <= 200 {
		p.words = split(text)
	}
	if len(p.words) > 1 && (p.words[0] == "by" || p.words[0] == "on") {
		p.words = p.words[1:]
	}
	if len(p.words) == 0 {
		return 0, unclear(text, "there is no date here. "+examples)
	}
	ways := []func(phrase) reading{phrase.named, phrase.distance, phrase.weekday, phrase.numeric, phrase.month}
	for _, way := range ways {
		switch r := way(p); {
		case r.why != "":
			return 0, unclear(text, sentence(r.why))
		case r.fits && (r.day < firstDay || r.day > lastDay):
			return 0, unclear(text, "the year must be from 1 to 9999.")
		case r.fits:
			return r.day, nil
		}
	}
	return 0, unclear(text, "this is not a date. "+examples)
}

func sentence(why string) string {
	if strings.HasSuffix(why, "?") {
		return why
	}
	return why + "."
}

// split lowers a phrase and cuts it at spaces and commas.
func split(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n' || r == ',' || r == '\u00a0'
	})
}

// named reads today, tomorrow and yesterday.
func (p phrase) named() reading {
	if len(p.words) != 1 {
		return reading{}
	}
	switch p.words[0] {
	case "today", "now":
		return reading{day: p.today, fits: true}
	case "tomorrow":
		return reading{day: p.today.AddDays(1), fits: true}
	case "yesterday":
		return reading{day: p.today.AddDays(-1), fits: true}
	}
	return reading{}
}

// distance reads "2w", "in 10 days", "a month ago".
func (p phrase) distance() reading {
	words, sign := p.words, 1
	if p.lean == Backward {
		sign = -1
	}
	in := words[0] == "in"
	if in {
		words, sign = words[1:], 1
	}
	if n := len(words); n > 0 && words[n-1] == "ago" {
		if in {
			return reading{why: "is it to come or past? Write in 2 weeks, or 2 weeks ago"}
		}
		words, sign = words[:n-1], -1
	}
	n, unit, ok := amount(words)
	if !ok {
		return reading{}
	}
	if n > 99_999 {
		return reading{why: fmt.Sprintf("%d is too far away for a date", n)}
	}
	n *= sign
	switch unit {
	case 'd':
		return p.shifted(n)
	case 'w':
		return p.shifted(7 * n)
	case 'm':
		return p.shiftedMonths(n)
	default:
		return p.shiftedMonths(12 * n)
	}
}

func (p phrase) shifted(days int) reading {
	return reading{day: p.today.AddDays(days), fits: true}
}

func (p phrase) shiftedMonths(months int) reading {
	if y, _, _ := p.today.Civil(); y+months/12 < 1 || y+months/12 > 9999 {
		return reading{why: "the year must be from 1 to 9999"}
	}
	return reading{day: p.today.AddMonths(months), fits: true}
}

// amount reads a number and a unit, apart or together: "10 days", "2w", "a
// fortnight". The unit is one of d, w, m and y.
func amount(words []string) (n int, unit byte, ok bool) {
	var name string
	switch len(words) {
	case 1:
		i := 0
		for i < len(words[0]) && words[0][i] >= '0' && words[0][i] <= '9' {
			i++
		}
		n, ok = digits(words[0][:i])
		name = words[0][i:]
	case 2:
		n, ok = digits(words[0])
		if words[0] == "a" || words[0] == "an" || words[0] == "one" {
			n, ok = 1, true
		}
		name = words[1]
	}
	if !ok {
		return 0, 0, false
	}
	switch name {
	case "d", "day", "days":
		return n, 'd', true
	case "w", "wk", "wks", "week", "weeks":
		return n, 'w', true
	case "fortnight", "fortnights":
		return 2 * n, 'w', true
	case "m", "mth", "mths", "month", "months":
		return n, 'm', true
	case "y", "yr", "yrs", "year", "years":
		return n, 'y', true
	}
	return 0, 0, false
}

// weekday reads "fri", "next fri", "last friday", "this friday", and a weekday
// that stands before a date and must agree with it: "fri 27 nov".
func (p phrase) weekday() reading {
	words, which := p.words, ""
	switch words[0] {
	case "next", "last", "this":
		which, words = words[0], words[1:]
	}
	if len(words) == 0 {
		return reading{}
	}
	want, ok := weekdayNamed(words[0])
	switch {
	case !ok && which != "":
		return reading{why: "“" + which + "” goes with a day of the week, such as " + which + " fri; or write 1w, 1m"}
	case !ok:
		return reading{}
	case len(words) > 1 && which == "":
		return p.agreeing(want, words[1:])
	case len(words) > 1:
		return reading{}
	}
	monday := p.today - Day((int(p.today.Weekday())+6)%7)
	inWeek := monday + Day((int(want)+6)%7)
	after := p.today + 1 + Day((int(want)-int(p.today.Weekday())+6)%7)
	switch {
	case which == "next":
		return reading{day: inWeek + 7, fits: true}
	case which == "this":
		return reading{day: inWeek, fits: true}
	case which == "last", p.lean == Backward:
		before := after - 7
		if before == p.today {
			before -= 7
		}
		return reading{day: before, fits: true}
	}
	return reading{day: after, fits: true}
}

// agreeing reads a date whose weekday was written before it. Without a year,
// the weekday may tell which year is meant.
func (p phrase) agreeing(want time.Weekday, rest []string) reading {
	p.words = rest
	first := p.numeric()
	if !first.fits && first.why == "" {
		first = p.month()
	}
	if !first.fits || first.why != "" || first.day.Weekday() == want {
		return first
	}
	other := p
	other.lean = Forward + Backward - p.lean
	second := other.numeric()
	if !second.fits {
		second = other.month()
	}
	if second.fits && second.why == "" && second.day.Weekday() == want {
		return second
	}
	return reading{why: fmt.Sprintf("%s is a %s, not a %s", first.day.Short(p.today)[4:], first.day.Weekday(), want)}
}

func weekdayNamed(s string) (time.Weekday, bool) {
	s = strings.TrimSuffix(s, ".")
	if s == "weds" {
		return time.Wednesday, true
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(w.String()), s) {
			return w, true
		}
	}
	return 0, false
}
