package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RowAdvice is an answer of an adviser and what came of it, as far as a list needs.
type RowAdvice struct {
	_ struct{} `cbor:",toarray"`

	Card     ID           `json:"c,omitzero"` // zero: it was not taken from a card
	Result   TriedResult  `json:"r,omitempty"`
	Barriers []string     `json:"b,omitempty"`
	On       calendar.Day `json:"d,omitzero"`
}

// advice tells the answers on a record, without their words.
func (p Participant) advice() []RowAdvice {
	var all []RowAdvice
	for _, e := range p.Escalations {
		if e.Answer == "" {
			continue
		}
		a := RowAdvice{Card: e.Card, Result: e.Result, On: e.Answered}
		for _, id := range e.Barriers {
			if b := find(p.Barriers, id); b != nil && !b.Scope.Private() {
				a.Barriers = append(a.Barriers, clean.Line(b.Text, rowTextMax))
			}
		}
		all = append(all, a)
	}
	return all
}

// Tally is how often advice was given and what came of it.
type Tally struct{ Used, Tried, Worked, Partly, No int }

func (t *Tally) count(r TriedResult) {
	t.Used++
	switch r {
	case ResultWorked:
		t.Worked++
	case ResultPartly:
		t.Partly++
	case ResultNo:
		t.No++
	case ResultNotTried:
		return
	default: // nobody said yet
		return
	}
	t.Tried++
}

// Worth orders cards by what they did: a card that worked before one that was never
// tried, before one that did not.
func (t Tally) Worth() int { return 3*t.Worked + t.Partly - t.No }

// CardUse is a card with what came of it, in all or about one barrier.
type CardUse struct {
	Card
	Tally
}

// CardUses counts what came of each card that is in use, from the rows of a caseload.
func CardUses(cards []Card, rows []Row) []CardUse {
	tallies := map[ID]*Tally{}
	for _, r := range rows {
		for _, a := range r.Advice {
			if tallies[a.Card] == nil {
				tallies[a.Card] = &Tally{}
			}
			tallies[a.Card].count(a.Result)
		}
	}
	var out []CardUse
	for _, c := range cards {
		if !c.Retired.IsZero() {
			continue
		}
		u := CardUse{Card: c}
		if t := tallies[c.ID]; t != nil {
			u.Tally = *t
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(a, b CardUse) int {
		return cmp.Or(cmp.Compare(b.Worth(), a.Worth()), cmp.Compare(b.Used, a.Used), strings.Compare(clean.Fold(a.Title()), clean.Fold(b.Title())))
	})
	return out
}

// BarrierUse is a barrier with the cards about it, what worked first, and with the
// answers about it that are on no card.
type BarrierUse struct {
	Barrier string
	Cards   []CardUse
	Loose   Tally
}

// used is how often anything was advised about the barrier.
func (b BarrierUse) used() int {
	n := b.Loose.Used
	for _, u := range b.Cards {
		n += u.Used
	}
	return n
}

// BarrierUses tells for each barrier which advice worked, those first about which most
// was advised. A card stands under its own barriers, with what came of it for people with
// such a barrier.
func BarrierUses(cards []Card, rows []Row) []BarrierUse {
	var out []BarrierUse
	for _, u := range CardUses(cards, nil) {
		for _, b := range u.Barriers {
			if !slices.ContainsFunc(out, func(o BarrierUse) bool { return clean.Fold(o.Barrier) == clean.Fold(b) }) {
				out = append(out, BarrierUse{Barrier: b})
			}
		}
	}
	advice, read := advised(rows), wordsRead{}
	for i := range out {
		b := &out[i]
		var about []RowAdvice
		for _, a := range advice {
			if slices.ContainsFunc(a.Barriers, func(text string) bool { return read.alike(text, b.Barrier) }) {
				about = append(about, a)
				if a.Card.IsZero() {
					b.Loose.count(a.Result)
				}
			}
		}
		var mine []Card
		for _, c := range cards {
			if slices.ContainsFunc(c.Barriers, func(o string) bool { return clean.Fold(o) == clean.Fold(b.Barrier) }) {
				mine = append(mine, c)
			}
		}
		b.Cards = CardUses(mine, []Row{{Advice: about}})
	}
	slices.SortFunc(out, func(a, b BarrierUse) int {
		return cmp.Or(cmp.Compare(b.used(), a.used()), strings.Compare(clean.Fold(a.Barrier), clean.Fold(b.Barrier)))
	})
	return out
}

// advised are all answers of a caseload.
func advised(rows []Row) []RowAdvice {
	var all []RowAdvice
	for _, r := range rows {
		all = append(all, r.Advice...)
	}
	return all
}

// wordsRead remembers the folded words of texts: the same barriers stand on many rows.
type wordsRead map[string][]string

func (w wordsRead) of(text string) []string {
	words, ok := w[text]
	if !ok {
		words = strings.Fields(clean.Fold(text))
		w[text] = words
	}
	return words
}

// alike reports whether every word of a barrier on a card begins a word of what a coach
// wrote, or the other way round.
func (w wordsRead) alike(a, b string) bool {
	return hasWords(w.of(a), w.of(b)) || hasWords(w.of(b), w.of(a))
}

func hasWords(words, all []string) bool {
	for _, want := range all {
		if !slices.ContainsFunc(words, func(o string) bool { return strings.HasPrefix(o, want) }) {
			return false
		}
	}
	return len(all) > 0
}

// FindCards returns the cards that words are about, the best first: every word typed
// must begin a word of the card, or nearly so. Barriers count more than the rest.
// Nothing typed finds all.
func FindCards(uses []CardUse, typed string) []CardUse {
	want := strings.Fields(clean.Fold(typed))
	type hit struct {
		CardUse
		score int
	}
	var hits []hit
next:
	for _, u := range uses {
		score := 0
		barriers := strings.Fields(clean.Fold(strings.Join(u.Barriers, " ")))
		rest := strings.Fields(clean.Fold(strings.Join(u.Lines, " ") + " " + u.Sector + " " + u.Source))
		for _, w := range want {
			s := max(2*begins(barriers, w), begins(rest, w))
			if s == 0 {
				continue next
			}
			score += s
		}
		hits = append(hits, hit{u, score})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	out := make([]CardUse, len(hits))
	for i, h := range hits {
		out[i] = h.CardUse
	}
	return out
}

// begins tells how well a typed word begins one of some words: 2 exactly, 1 with one
// slip, 0 not at all.
func begins(words []string, typed string) int {
	best := 0
	for _, w := range words {
		w = strings.Trim(w, ".,;:!?()“”\"'")
		if strings.HasPrefix(w, typed) {
			return 2
		}
		if nearPrefix(w, typed) {
			best = 1
		}
	}
	return best
}

// nearPrefix reports whether a word begins with what was typed but for one slip: a
// letter wrong, too many, missing, or two changed places. The first letter is right, so
// that three letters do not find everything.
func nearPrefix(word, typed string) bool {
	w, t := []rune(word), []rune(typed)
	if len(t) < 3 || len(w) < 2 || w[0] != t[0] {
		return false
	}
	i := 0
	for i < len(t) && i < len(w) && w[i] == t[i] {
		i++
	}
	rest := func(a, b int) bool {
		return len(w) >= a && strings.HasPrefix(string(w[min(a, len(w)):]), string(t[min(b, len(t)):]))
	}
	return rest(i+1, i+1) || rest(i, i+1) || rest(i+1, i) ||
		i+1 < len(t) && i+1 < len(w) && w[i] == t[i+1] && w[i+1] == t[i] && rest(i+2, i+2)
}
