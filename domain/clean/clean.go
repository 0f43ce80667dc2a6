// Package clean is the one door through which text enters and leaves coachdesk.
//
// Text comes from keyboards, pastes, spreadsheets, bundles and other desks, and
// may carry terminal escapes, bidirectional overrides, zero-width letters or
// broken bytes. Line and Text make it safe to store and to draw; Printable and
// Cell are the last guard at every printer, because a peer may run an older
// build; Fold makes text comparable for searching.
//
// Every function is idempotent: cleaning clean text changes nothing.
package clean

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

const (
	// MaxLine is the usual limit, in runes, of one line: a name, a title.
	MaxLine = 200
	// MaxText is the usual limit, in runes, of a text of many lines: a note.
	MaxText = 20_000
)

// ellipsis ends a text that was cut, and counts towards its limit.
const ellipsis = '…'

// Line makes s safe as one line of at most max runes: every run of white space
// becomes one space, and what is too long is cut and ends in "…".
func Line(s string, max int) string {
	return enter(s, max, true)
}

// Text makes s safe as text of at most max runes, keeping its line breaks. A
// tab becomes four spaces; what is too long is cut and ends in "…".
func Text(s string, max int) string {
	return enter(s, max, false)
}

// Printable is the last guard before a terminal: it removes whatever could move
// the cursor or hide text, keeps line breaks and spacing, and costs nothing for
// text that is already clean.
func Printable(s string) string {
	if settled(s, len(s), pass{}) {
		return s
	}
	return pass{}.through(s, len(s))
}

// Cell is Printable for a single row of the screen: a line break becomes a
// space, other spacing is kept.
func Cell(s string) string {
	how := pass{oneLine: true}
	if settled(s, len(s), how) {
		return s
	}
	return how.through(s, len(s))
}

func enter(s string, max int, oneLine bool) string {
	if max <= 0 {
		return ""
	}
	how := pass{oneLine: oneLine, tidy: true}
	s = strings.TrimSpace(s)
	if settled(s, max, how) {
		return s
	}
	return shorten(how.through(s, max), max)
}

// through does the whole journey for text that the quick look did not settle.
// The filter runs on the decomposed form, where the number of marks on a letter
// does not depend on how the letter was typed: only so is the result stable.
func (how pass) through(s string, max int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, 0x1b) >= 0 {
		// Strip works on bytes and can end a sequence in the middle of a
		// rune; the rest of that rune is rubbish.
		s = strings.ToValidUTF8(ansi.Strip(s), "")
	}
	return norm.NFC.String(how.filter(norm.NFD.String(s), max))
}

// settled reports whether s needs no work: valid, at most max runes, made of
// characters that are neither special nor able to combine with one another.
func settled(s string, max int, how pass) bool {
	n := 0
	space := how.tidy
	for i := 0; i < len(s); n++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if !western(r) {
				return false
			}
			space = false
			i += size
			continue
		}
		i++
		switch {
		case c == ' ':
			if how.oneLine && how.tidy && space {
				return false
			}
			space = true
		case c == '\n' && !how.oneLine:
		case c < ' ' || c == 0x7f:
			return false
		default:
			space = false
		}
	}
	return n <= max
}

// western names the letters and punctuation above ASCII that every
// normalisation leaves alone: enough for British, Irish, Polish and Welsh
// names and for typeset punctuation.
func western(r rune) bool {
	switch {
	case r < 0xa1 || r == 0xad:
		return false
	case r <= 0x2ff:
		return true
	case r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r <= 0x205e, r == '€':
		return true
	}
	return false
}

// shorten cuts a composed text to max runes, never between a letter and its
// marks, and never leaves a joiner or a space before the ellipsis.
func shorten(s string, max int) string {
	if len(s) <= max || utf8.RuneCountInString(s) <= max {
		return s
	}
	at := len(s)
	n := 0
	for i := range s {
		if n == max-1 {
			at = i
			break
		}
		n++
	}
	for at > 0 {
		if next, _ := utf8.DecodeRuneInString(s[at:]); !clings(next) {
			break
		}
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return strings.TrimRight(s[:at], " \n"+joiners) + string(ellipsis)
}
