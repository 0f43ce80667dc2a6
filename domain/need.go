package domain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachdesk/domain/clean"
)

// Needs is what people look for among local services, and how it is told from what only
// sounds like it: all of it data.
type Needs struct {
	FreshMonths int // a service assured within so many months is fresh
	StaleMonths int // one assured longer ago is stale
	Needs       []Need
	Not         []string // a name or tag with one of these is an event, not support
	Ignore      []string // phrases that say nothing about a need
}

// Need is one thing that people look for. A word fits whole words only, in one or
// many; with a star at its end it fits whatever begins with it.
type Need struct {
	Key      string   `json:"key"`
	Name     string   `json:"name"`
	Strong   []string `json:"strong"`             // what is said of nothing else
	Words    []string `json:"words,omitempty"`    // what several together make likely
	Orgs     []string `json:"orgs,omitempty"`     // who does this everywhere
	Not      []string `json:"not,omitempty"`      // what a name must not say
	Barriers []string `json:"barriers,omitempty"` // barriers that lead here
}

// Need returns the need of a key.
func (n Needs) Need(key string) (Need, bool) {
	i := slices.IndexFunc(n.Needs, func(x Need) bool { return x.Key == key })
	if i < 0 {
		return Need{}, false
	}
	return n.Needs[i], true
}

// Keys are the keys of all needs, in the order in which they are offered.
func (n Needs) Keys() []string {
	keys := make([]string, len(n.Needs))
	for i, x := range n.Needs {
		keys[i] = x.Key
	}
	return keys
}

// NeedOf returns the need that a barrier leads to, or nothing.
func (n Needs) NeedOf(barrier string) string {
	text := folded(barrier)
	for _, x := range n.Needs {
		if hits(text, patterns(x.Barriers)) > 0 {
			return x.Key
		}
	}
	return ""
}

// How much a word of a need counts, by where it stands. A service serves a need from
// needLeast on: one sure word in its name or tags, two anywhere, or several likely ones.
const (
	strongTop  = 10
	strongText = 5
	weakTop    = 6
	weakText   = 2
	weakMost   = 6 // of likely words in a description
	textMost   = 2 // sure words that count in a description
	eventCosts = 4 // what a word of events in a description takes away
	needLeast  = 5
)

// meaning is a need made ready to be looked for.
type meaning struct {
	strong, words, orgs, not []string
}

func (n Needs) meaning(key string) (meaning, bool) {
	x, ok := n.Need(key)
	return meaning{patterns(x.Strong), patterns(x.Words), patterns(x.Orgs), append(patterns(x.Not), patterns(n.Not)...)}, ok
}

// score says how surely a service serves the need; 0 is not.
func (j meaning) score(s *indexed, events []string) int {
	top := s.name + s.tags
	event := hits(top, j.not) > 0
	if event { // a plant nursery is no nursery
		for _, p := range j.not {
			top = strings.ReplaceAll(top, p, " ")
		}
	}
	sure := hits(top, j.strong) > 0
	if !sure && event {
		return 0
	}
	score := 0
	if sure {
		score += strongTop
	}
	if hits(s.org, j.orgs) > 0 {
		score += strongText
	}
	if hits(top, j.words) > 0 {
		score += weakTop
	}
	score += strongText * min(textMost, hits(s.text, j.strong))
	score += min(weakMost, weakText*hits(s.text, j.words))
	if !sure && hits(s.text, events) > 0 {
		score -= eventCosts
	}
	if score < needLeast {
		return 0
	}
	return score
}

// patterns makes words ready: folded, with a blank where a word must begin or end.
func patterns(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		open := strings.HasSuffix(w, "*")
		p := folded(strings.TrimSuffix(w, "*"))
		if open {
			// What begins with it is wanted, so its own last s is not taken off.
			p = " " + strings.Join(wordsIn(strings.TrimSuffix(w, "*")), " ")
		}
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}

// hits counts how many of the patterns stand in a folded text.
func hits(text string, patterns []string) int {
	n := 0
	for _, p := range patterns {
		if strings.Contains(text, p) {
			n++
		}
	}
	return n
}

// folded makes a text comparable: small letters without accents, each word in the
// singular, a blank before and after each.
func folded(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	eachWord(s, func(t string) {
		b.WriteString(singular(t))
		b.WriteByte(' ')
	})
	return b.String()
}

func wordsIn(s string) []string {
	var out []string
	eachWord(s, func(t string) { out = append(out, t) })
	return out
}

// eachWord gives the words of a text, folded. An apostrophe belongs to its word and
// is left out: carers' and carers are one.
func eachWord(s string, f func(string)) {
	var word []byte
	wide := false
	end := func() {
		if len(word) == 0 {
			return
		}
		t := string(word)
		if wide {
			t = clean.Fold(t)
		}
		word, wide = word[:0], false
		if t != "" {
			f(t)
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			i++
			switch {
			case 'A' <= c && c <= 'Z':
				word = append(word, c+'a'-'A')
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
				word = append(word, c)
			case c == '\'':
			default:
				end()
			}
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == '’' || r == '‘':
			case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
				word, wide = append(word, s[i:i+n]...), true
			default:
				end()
			}
			i += n
		}
	}
	end()
}

// singular takes the s of the plural off. It need not be right for every word: both
// sides of a comparison go through it.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || w[n-2] == 's':
		return w
	case n > 4 && w[n-3:] == "ies":
		return w[:n-3] + "y"
	}
	return w[:n-1]
}
