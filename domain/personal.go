package domain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachdesk/domain/clean"
)

// FieldPersonal is the field of a refusal that names what looks like personal data.
const FieldPersonal = "personal"

// Finding is a place in a text that looks like personal data.
type Finding struct {
	What string // name, date, number, postcode or e-mail address
	Text string // as it stands there
}

// The shapes of personal data, in text that was folded: small letters, ASCII digits.
var shapes = []struct {
	what string
	is   *regexp.Regexp
}{
	{"e-mail address", regexp.MustCompile(`[^\s@]+@[^\s@]+\.[^\s@]+`)},
	{"National Insurance number", regexp.MustCompile(`\b[a-z]{2}[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[a-d]\b`)},
	{"date", regexp.MustCompile(`\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2}(?:\d\d)?\b`)},
	{"date", regexp.MustCompile(`\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4}\b`)},
	{"postcode", regexp.MustCompile(`\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)},
	{"number", regexp.MustCompile(`\d(?:[ .()/-]{0,2}\d){4,}`)},
}

// PersonalIn looks for what must not stand on a card: names of people, dates with a
// year, numbers of five digits and more, postcodes, e-mail addresses. A source may have
// a date: papers have one.
func PersonalIn(c CardText, names []string) []Finding {
	text := strings.Join(append(append([]string{}, c.Lines...), append(c.Barriers, c.Sector, c.Return)...), "\n")
	found := personal(text, names, true)
	for _, f := range personal(c.Source, names, false) {
		if !containsFinding(found, f) {
			found = append(found, f)
		}
	}
	return found
}

func personal(text string, names []string, dates bool) []Finding {
	var found []Finding
	folded := clean.Fold(text)
	for _, s := range shapes {
		for _, at := range s.is.FindAllStringIndex(folded, -1) {
			f := Finding{s.what, folded[at[0]:at[1]]}
			if s.what != "date" || dates {
				if !containsFinding(found, f) {
					found = append(found, f)
				}
			}
			// What was found once is not a number of another kind as well.
			folded = folded[:at[0]] + strings.Repeat("|", at[1]-at[0]) + folded[at[1]:]
		}
	}
	return append(found, namesIn(text, names)...)
}

func containsFinding(all []Finding, f Finding) bool {
	for _, o := range all {
		if o == f {
			return true
		}
	}
	return false
}

// namesIn finds parts of names. A short one counts when it is written with a capital,
// as a name is: nobody means Will where “will” stands. A longer one always counts.
func namesIn(text string, names []string) []Finding {
	parts := map[string]bool{}
	for _, n := range names {
		for _, p := range nameParts(n) {
			parts[clean.Fold(p)] = true
		}
	}
	var found []Finding
	for _, w := range nameParts(text) {
		first, _ := utf8.DecodeRuneInString(w)
		folded := clean.Fold(w)
		if parts[folded] && (unicode.IsUpper(first) || utf8.RuneCountInString(folded) >= 5) {
			if f := (Finding{"name", w}); !containsFinding(found, f) {
				found = append(found, f)
			}
		}
	}
	return found
}

// nameParts are the words of a text that may be names: of three letters or more.
func nameParts(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if utf8.RuneCountInString(w) >= 3 {
			out = append(out, w)
		}
	}
	return out
}

// FindingWords says what was found.
func FindingWords(found []Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, strconv.Quote(clean.Line(f.Text, 40))+" looks like a "+f.What)
	}
	words := strings.Join(out, ", ") + "."
	return strings.ReplaceAll(words, "a e-mail", "an e-mail")
}
