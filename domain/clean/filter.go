package clean

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	maxMarks = 4 // combining marks on one letter: Vietnamese and Tibetan need them, stacked rubbish needs more
	maxTails = 4 // spacing vowel signs and trailing Hangul letters on one letter
	maxJoins = 8 // joiners in one chain: the largest family emoji needs three

	joiners = "\u200c\u200d"
	tab     = "    "
)

// pass says how text goes through the filter.
type pass struct {
	oneLine bool // line breaks and tabs become spaces
	tidy    bool // white space at the ends, and runs of it in one line, go
}

// filter copies the decomposed text s without what may not stay. It stops once
// the result is sure to be longer than max runes: a composed rune has at most
// four decomposed ones.
func (how pass) filter(s string, max int) string {
	w := writer{pass: how, prev: ' '}
	w.out.Grow(min(len(s), 4*max+16))
	limit := 4*max + 4
	for _, r := range s {
		if w.runes > limit {
			break
		}
		w.put(r)
	}
	if !how.tidy {
		w.flush()
	}
	return w.out.String()
}

// writer is the memory of one journey through the filter.
type writer struct {
	pass
	out    strings.Builder
	runes  int
	spaces strings.Builder // white space seen and not yet written: at the end it is dropped
	prev   rune            // the last rune kept, a space at the start
	joiner rune            // a joiner that waits to see what follows
	joins  int             // joiners kept in this chain
	marks  int             // marks kept on this letter
	tails  int             // spacing signs kept on this letter
}

func (w *writer) put(r rune) {
	switch {
	case r == '\n' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		if w.oneLine {
			r = ' '
		} else {
			r = '\n'
		}
		w.space(r)
	case r == '\t':
		w.space(r)
	case unicode.Is(unicode.Zs, r):
		w.space(' ')
	case r == '\u200c' || r == '\u200d':
		if w.joiner == 0 {
			w.joiner = r
		}
	case forbidden(r):
	case mark(r):
		if w.marks < maxMarks && w.prev != ' ' {
			w.marks++
			w.join(r)
			w.write(r)
		}
	case trailing(r):
		if w.tails < maxTails {
			w.tails++
			w.join(r)
			w.write(r)
		}
	default:
		if !w.join(r) {
			w.joins = 0
		}
		w.marks, w.tails = 0, 0
		w.write(r)
	}
}

// space keeps white space until something visible follows, so that a tidy text
// does not end in it.
func (w *writer) space(r rune) {
	w.joiner, w.joins, w.marks, w.tails = 0, 0, 0, 0
	w.prev = ' '
	switch {
	case w.oneLine && w.tidy:
		if w.spaces.Len() == 0 {
			w.spaces.WriteByte(' ')
		}
	case r == '\t' && w.oneLine:
		w.spaces.WriteByte(' ')
	case r == '\t':
		w.spaces.WriteString(tab)
	default:
		w.spaces.WriteRune(r)
	}
}

func (w *writer) flush() {
	if w.spaces.Len() == 0 {
		return
	}
	if w.out.Len() > 0 || !w.tidy {
		w.out.WriteString(w.spaces.String())
		w.runes += w.spaces.Len() // white space here is one byte a rune
	}
	w.spaces.Reset()
}

func (w *writer) write(r rune) {
	w.flush()
	w.out.WriteRune(r)
	w.runes++
	w.prev = r
}

// join writes the joiner that waits, if it stands inside a word of a script
// that spells with joiners. Between Latin letters it could only make two names look
// the same, and terminals disagree on how wide joined emoji are.
func (w *writer) join(next rune) bool {
	j := w.joiner
	w.joiner = 0
	if j == 0 || w.joins >= maxJoins || !spelling(w.prev) || !spelling(next) {
		return false
	}
	w.joins++
	w.write(j)
	w.prev = next
	return true
}

func spelling(r rune) bool {
	return r >= 0x300 && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// mark reports whether r is drawn on the letter before it. A spacing mark with
// a combining class takes part in reordering, and counts as one too.
func mark(r rune) bool {
	if r < 0x300 {
		return false
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return true
	}
	return unicode.Is(unicode.Mc, r) && norm.NFD.PropertiesString(string(r)).CCC() != 0
}

// trailing reports whether r belongs to the cell of the letter before it
// without being drawn on it: spacing vowel signs and the vowels and finals of
// decomposed Hangul.
func trailing(r rune) bool {
	return r >= 0x300 && (unicode.Is(unicode.Mc, r) ||
		r >= 0x1160 && r <= 0x11ff || r >= 0xd7b0 && r <= 0xd7fb)
}

// clings reports whether a text may not be cut before r.
func clings(r rune) bool {
	return mark(r) || trailing(r) || strings.ContainsRune(joiners, r)
}

// forbidden reports whether r is never kept: controls, bidirectional and other
// format characters, tags, private use, surrogates, characters that are not
// characters, and letters that draw nothing.
func forbidden(r rune) bool {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return true
	case r < 0xad:
		return false
	case r == '\u2800' || r == '\ufffc':
		return true
	case r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef:
		return true
	case r >= 0xfe00 && r <= 0xfe0f:
		return true // terminals disagree on how wide a letter with a variation selector is
	}
	return unicode.In(r, unicode.C, unicode.Other_Default_Ignorable_Code_Point)
}
