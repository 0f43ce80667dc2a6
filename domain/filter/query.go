// Package filter is the language in which a coach says which people the
// caseload shows: bare words, "phrases", fields such as due<7d and
// barrier:travel, flags such as has:plan, a minus to negate, and or between
// terms. The desk and the command line speak the same language.
package filter

import (
	"strings"
	"unicode/utf8"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Row is what a filter may ask about one person. The names of fields, flags and
// things are those that Fields lists.
type Row interface {
	// Words is everything the row shows, folded by clean.Fold.
	Words() string
	// Date returns due (the next thing due), seen (last seen) or next (the next
	// appointment), and false when there is none.
	Date(field string) (calendar.Day, bool)
	// Values returns what a field such as barrier or area holds.
	Values(field string) []string
	// Is reports a state such as inwork or overdue.
	Is(flag string) bool
	// Has reports whether there is such a thing: a plan, an open escalation.
	Has(thing string) bool
}

// Query is a filter that was read. The zero Query matches everybody.
type Query struct {
	either [][]term // one of these must match; each matches when all its terms do
}

type kind uint8

const (
	words  kind = iota // in what the row shows
	note               // in the notes, which the row does not know
	value              // in a value of a field
	has                // a thing that is there
	is                 // a state
	within             // a date field, with a distance
	on                 // a date field, on one day
	none               // a date field without a date
)

type term struct {
	kind  kind
	not   bool
	later bool   // within: > rather than <
	field string // of a date or value; of has and is the flag
	text  string // folded, of words, note and value
	n     int    // within: the distance; on: the days from today
	unit  byte   // within: d, w, m or y
	day   calendar.Day
}

// Empty reports whether the query asks for nothing, so that everybody matches.
func (q Query) Empty() bool { return len(q.either) == 0 }

// NoteWords returns the words to look for in notes, each once and folded. Those
// of negated terms are among them.
func (q Query) NoteWords() []string {
	var found []string
	seen := map[string]bool{}
	for _, all := range q.either {
		for _, t := range all {
			if t.kind == note && !seen[t.text] {
				seen[t.text] = true
				found = append(found, t.text)
			}
		}
	}
	return found
}

// Match reports whether the row matches, as far as the row can tell: terms with
// note: count as true, negated or not.
func (q Query) Match(r Row, today calendar.Day) bool {
	return q.MatchNotes(r, today, nil)
}

// MatchNotes is Match with the notes opened: holds reports whether they hold a
// word of NoteWords.
func (q Query) MatchNotes(r Row, today calendar.Day, holds func(word string) bool) bool {
	if len(q.either) == 0 {
		return true
	}
	for _, all := range q.either {
		if every(all, r, today, holds) {
			return true
		}
	}
	return false
}

func every(all []term, r Row, today calendar.Day, holds func(word string) bool) bool {
	for i := range all {
		t := &all[i]
		if t.kind == note {
			if holds != nil && holds(t.text) == t.not {
				return false
			}
			continue
		}
		if t.match(r, today) == t.not {
			return false
		}
	}
	return true
}

func (t *term) match(r Row, today calendar.Day) bool {
	switch t.kind {
	case words:
		return strings.Contains(r.Words(), t.text)
	case value:
		for _, v := range r.Values(t.field) {
			if contains(v, t.text) {
				return true
			}
		}
		return false
	case has:
		return r.Has(t.field)
	case is:
		return r.Is(t.field)
	case note:
		return true
	case within, on, none:
		return t.matchDate(r, today)
	}
	return false
}

func (t *term) matchDate(r Row, today calendar.Day) bool {
	d, ok := r.Date(t.field)
	switch {
	case t.kind == none:
		return !ok
	case t.kind == on && !ok:
		return false
	case t.kind == on && t.day != 0:
		return d == t.day
	case t.kind == on:
		return d == today.AddDays(t.n)
	case t.field == "seen":
		// Never seen is longer ago than any time that one can name.
		return t.later == (!ok || d < t.away(today, -1))
	case !ok:
		return false
	case t.later:
		return d > t.away(today, 1)
	case t.field == "next":
		return d >= today && d <= t.away(today, 1)
	}
	return d <= t.away(today, 1)
}

// away returns the day at the term's distance from today, to come (1) or past
// (-1).
func (t *term) away(today calendar.Day, sign int) calendar.Day {
	switch t.unit {
	case 'w':
		return today.AddDays(sign * 7 * t.n)
	case 'm':
		return today.AddMonths(sign * t.n)
	case 'y':
		return today.AddMonths(sign * 12 * t.n)
	}
	return today.AddDays(sign * t.n)
}

// contains reports whether v, folded, holds the folded text. Plain values are
// compared in place, because this runs for every row at every key.
func contains(v, text string) bool {
	for i := range len(v) {
		if v[i] >= utf8.RuneSelf {
			return strings.Contains(clean.Fold(v), text)
		}
	}
	for i := 0; i+len(text) <= len(v); i++ {
		if foldedPrefix(v[i:], text) {
			return true
		}
	}
	return false
}

func foldedPrefix(v, text string) bool {
	for i := range len(text) {
		c := v[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != text[i] {
			return false
		}
	}
	return true
}
