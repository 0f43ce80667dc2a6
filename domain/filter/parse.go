package filter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Mistake says which part of a filter is wrong, why, and what would be right.
type Mistake struct {
	Start, End int    // byte offsets of the wrong term
	Why        string // a sentence for people
}

// Error returns the sentence. A nil *Mistake is no error: compare it with nil
// before it becomes an error value.
func (m *Mistake) Error() string { return m.Why }

// maxFilter is the longest filter in bytes that is read: more is a slip of the
// clipboard.
const maxFilter = 2000

// token is one term as it stands in the text.
type token struct {
	start, end int
	not        bool
	field      string // lower case, empty for a bare word
	op         byte   // ':' '<' '>' after a field
	text       string // without quotation marks
	quoted     bool
}

// Parse reads a filter. An empty text is the zero Query. The mistake, if any,
// is the first one.
func Parse(s string) (Query, *Mistake) {
	if len(s) > maxFilter {
		return Query{}, &Mistake{0, len(s), fmt.Sprintf("A filter of %d letters is too long: %d are enough for any.", len(s), maxFilter)}
	}
	var q Query
	var all []term
	var lastOr *token
	for at := 0; ; {
		tok, next, wrong := scan(s, at)
		if wrong != nil {
			return Query{}, wrong
		}
		if tok == nil {
			break
		}
		at = next
		if tok.isOr() {
			if len(all) == 0 {
				return Query{}, tok.wrong("“or” stands between two terms, such as barrier:travel or area:newham; to look for the word itself write \"or\".")
			}
			q.either, all, lastOr = append(q.either, all), nil, tok
			continue
		}
		t, wrong := tok.term()
		if wrong != nil {
			return Query{}, wrong
		}
		all = append(all, t)
	}
	switch {
	case len(all) > 0:
		q.either = append(q.either, all)
	case lastOr != nil:
		return Query{}, lastOr.wrong("a term is missing after “or”, such as barrier:travel or area:newham.")
	}
	return q, nil
}

// scan reads the token at or after at, and returns where the next may begin.
func scan(s string, at int) (*token, int, *Mistake) {
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += size
	}
	if at == len(s) {
		return nil, at, nil
	}
	t := &token{start: at}
	if s[at] == '-' {
		t.not = true
		at++
	}
	if n := fieldLength(s[at:]); n > 0 {
		t.field, t.op = strings.ToLower(s[at:at+n]), s[at+n]
		at += n + 1
	}
	if size := quote(s[at:]); size > 0 {
		t.quoted = true
		from := at + size
		for at = from; at < len(s); {
			if size = quote(s[at:]); size > 0 {
				t.text, t.end = s[from:at], at+size
				return t, t.end, nil
			}
			_, size = utf8.DecodeRuneInString(s[at:])
			at += size
		}
		t.end = at
		return nil, at, t.wrong("the quotation mark is not closed: write another \" at the end of the phrase.")
	}
	from := at
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if unicode.IsSpace(r) {
			break
		}
		at += size
	}
	t.text, t.end = s[from:at], at
	return t, at, nil
}

// fieldLength returns the length of a field name that an operator follows.
func fieldLength(s string) int {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ':' || c == '<' || c == '>':
			return i
		case c|0x20 < 'a' || c|0x20 > 'z':
			return 0
		}
	}
	return 0
}

// quote returns the size of the quotation mark at the start of s, or 0.
func quote(s string) int {
	for _, mark := range []string{`"`, "“", "”"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	return 0
}

func (t *token) isOr() bool {
	return !t.not && t.field == "" && !t.quoted && strings.EqualFold(t.text, "or")
}

func (t *token) wrong(why string) *Mistake {
	first, size := utf8.DecodeRuneInString(why)
	return &Mistake{t.start, t.end, string(unicode.ToUpper(first)) + why[size:]}
}

// term gives a token its meaning.
func (t *token) term() (term, *Mistake) {
	switch t.field {
	case "":
		return t.bare()
	case "due", "seen", "next":
		return t.date()
	case "has", "is":
		return t.flag()
	case "note":
		return t.valued(term{kind: note, not: t.not})
	}
	known := names()
	if slices.Contains(known, t.field) {
		return t.valued(term{kind: value, not: t.not, field: t.field})
	}
	if meant, ok := closest(t.field, known); ok {
		return term{}, t.wrong(fmt.Sprintf("there is no field “%s”: do you mean %s? The fields are %s.", short(t.field), example(meant), list(known, "and")))
	}
	return term{}, t.wrong(fmt.Sprintf("there is no field “%s”: the fields are %s.", short(t.field), list(known, "and")))
}

func (t *token) bare() (term, *Mistake) {
	text := clean.Fold(t.text)
	switch {
	case t.quoted && strings.TrimSpace(text) == "":
		return term{}, t.wrong("there is nothing between the quotation marks: write the words to look for.")
	case text == "":
		return term{}, t.wrong("a minus goes before what should not match, such as -barrier:travel.")
	case !t.quoted && (text[0] == '<' || text[0] == '>'):
		return term{}, t.wrong("write the field and its value without spaces, such as due<7d.")
	}
	return term{kind: words, not: t.not, text: text}, nil
}

func (t *token) valued(to term) (term, *Mistake) {
	to.text = clean.Fold(strings.TrimSpace(t.text))
	switch {
	case t.op != ':':
		return term{}, t.wrong(fmt.Sprintf("%s is not a date: write %s.", t.field, example(t.field)))
	case to.text == "":
		return term{}, t.wrong(fmt.Sprintf("say what to look for after %s:, such as %s.", t.field, example(t.field)))
	}
	return to, nil
}

func (t *token) flag() (term, *Mistake) {
	known := flags(t.field)
	text := strings.ToLower(t.text)
	k := has
	if t.field == "is" {
		k = is
	}
	choices := fmt.Sprintf("after %s: comes %s", t.field, list(known, "or"))
	switch {
	case t.op != ':' || text == "":
		return term{}, t.wrong(choices + ".")
	case slices.Contains(known, text):
		return term{kind: k, not: t.not, field: text}, nil
	}
	if meant, ok := closest(text, known); ok {
		return term{}, t.wrong(fmt.Sprintf("“%s” is not known: do you mean %s:%s? %s.", short(t.text), t.field, meant, upper(choices)))
	}
	return term{}, t.wrong(fmt.Sprintf("“%s” is not known: %s.", short(t.text), choices))
}

// date reads what follows due, seen and next: a distance after < or >, a day
// after a colon.
func (t *token) date() (term, *Mistake) {
	out := term{kind: on, not: t.not, field: t.field}
	text := strings.ToLower(t.text)
	if t.op != ':' {
		return t.distance(out, text)
	}
	switch text {
	case "today":
		return out, nil
	case "tomorrow":
		out.n = 1
		return out, nil
	case "yesterday":
		out.n = -1
		return out, nil
	case "none", "never":
		out.kind = none
		return out, nil
	}
	day, err := calendar.ParseISO(text)
	if err != nil {
		return term{}, t.wrong(fmt.Sprintf("after %s: comes today, tomorrow, yesterday, none or a date such as 2026-11-27; a distance is written as %s<7d or %s>2w.", t.field, t.field, t.field))
	}
	out.day = day
	return out, nil
}

func (t *token) distance(out term, text string) (term, *Mistake) {
	out.kind, out.later = within, t.op == '>'
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		out.n = out.n*10 + int(text[i]-'0')
		if i++; i > 4 {
			return term{}, t.wrong(fmt.Sprintf("that is too far away: %s%c takes a number up to 9999.", t.field, t.op))
		}
	}
	unit := text[i:]
	switch {
	case i == 0:
		return term{}, t.wrong(fmt.Sprintf("after %s%c comes a number of days, weeks, months or years: %s%c7d, %s%c2w, %s%c3m or %s%c1y.",
			t.field, t.op, t.field, t.op, t.field, t.op, t.field, t.op, t.field, t.op))
	case len(unit) != 1 || !strings.Contains("dwmy", unit):
		return term{}, t.wrong(fmt.Sprintf("say whether days, weeks, months or years: %s%c%dd, %s%c%dw, %s%c%dm or %s%c%dy.",
			t.field, t.op, out.n, t.field, t.op, out.n, t.field, t.op, out.n, t.field, t.op, out.n))
	}
	out.unit = unit[0]
	return out, nil
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// short keeps a mistake on one line when what was typed would not fit.
func short(s string) string { return clean.Line(s, 30) }
