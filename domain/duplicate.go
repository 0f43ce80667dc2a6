package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/clean"
)

// Pair is two people on the caseload who may be one. It is a hint for a person to
// look at; nothing is ever joined by it.
type Pair struct {
	A, B  ID
	Score float64 // weights of evidence, above pairThreshold
	Why   string  // what is alike, in words
}

// pairThreshold is the evidence from which a pair is told. The weights are of the
// kind that record linkage uses (the logarithm of how much likelier a likeness is
// for one person than for two), rounded; they were set on general grounds and then
// measured on data with known answers, once.
const pairThreshold = 6.25

// blockMost bounds how many people one key may bring together: a key that fits more
// says nothing, and comparing all of them would take a square of time.
const blockMost = 400

// known is what is compared of a row, folded once.
type known struct {
	id      ID
	names   []string
	birth   string // eight digits
	address []string
	post    string
	phone   string
}

// LikelyPairs returns who may be on the caseload twice, the likeliest first. Names
// may hold slips, be swapped or lack a part; dates and postcodes may differ in a
// character; anything may be missing.
func LikelyPairs(rows []Row) []Pair {
	people := make([]known, len(rows))
	blocks := map[string][]int{}
	for i, r := range rows {
		people[i] = knownOf(r)
		for _, k := range people[i].keys() {
			blocks[k] = append(blocks[k], i)
		}
	}
	seen := map[[2]int]bool{}
	var pairs []Pair
	for _, block := range blocks {
		if len(block) < 2 || len(block) > blockMost {
			continue
		}
		for i, a := range block {
			for _, b := range block[i+1:] {
				at := [2]int{min(a, b), max(a, b)}
				if a == b || seen[at] {
					continue
				}
				seen[at] = true
				if score, why := likeness(&people[at[0]], &people[at[1]]); score >= pairThreshold {
					pairs = append(pairs, Pair{people[at[0]].id, people[at[1]].id, score, strings.Join(why, ", ")})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), x.A.Compare(y.A), x.B.Compare(y.B))
	})
	return pairs
}

func knownOf(r Row) known {
	k := known{id: r.ID, names: tokens(r.Name), birth: digitsOf(r.Fact(FactBirth)), address: tokens(r.Fact(FactAddress))}
	k.post = strings.ReplaceAll(clean.Fold(r.Fact(FactPostcode)), " ", "")
	k.phone = digitsOf(r.Fact(FactPhone))
	if len(k.phone) > 9 {
		k.phone = k.phone[len(k.phone)-9:] // with and without the country's code
	}
	return k
}

func tokens(s string) []string {
	return strings.FieldsFunc(clean.Fold(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f)
	})
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// keys are what brings two records together to be compared: each tolerates another
// kind of mistake.
func (k known) keys() []string {
	var keys []string
	if k.birth != "" {
		keys = append(keys, "b"+k.birth)
	}
	if len(k.phone) >= 9 {
		keys = append(keys, "t"+k.phone)
	}
	for i, n := range k.names {
		keys = append(keys, "n"+skeleton(n), "p"+n[:min(4, len(n))]+k.birth[:min(4, len(k.birth))])
		for _, other := range k.names[i+1:] {
			a, b := min(n, other), max(n, other)
			keys = append(keys, "i"+a[:min(3, len(a))]+"/"+b[:min(3, len(b))])
		}
	}
	long := longest(k.address, 3)
	for i, a := range long {
		for _, b := range long[i+1:] {
			keys = append(keys, "a"+skeleton(min(a, b))+"/"+skeleton(max(a, b)))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// longest returns the n longest words: those that say most.
func longest(list []string, n int) []string {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out[:min(n, len(out))]
}

// skeleton is a word without its vowels and doubled letters, but for the first: what
// survives most slips.
func skeleton(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		if i > 0 && strings.IndexByte("aeiouyhw", c) >= 0 || len(out) > 0 && out[len(out)-1] == c {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// likeness adds up the evidence that two records are of one person.
func likeness(a, b *known) (float64, []string) {
	var why []string
	score := 0.0
	add := func(weight float64, word string) {
		score += weight
		if word != "" {
			why = append(why, word)
		}
	}
	add(nameEvidence(a.names, b.names))
	add(birthEvidence(a.birth, b.birth))
	add(addressEvidence(a.address, b.address))
	switch {
	case a.post == "" || b.post == "":
	case a.post == b.post:
		add(2, "the same postcode")
	case edits(a.post, b.post) == 1:
		add(1, "nearly the same postcode")
	default:
		add(-1, "")
	}
	if len(a.phone) >= 9 && a.phone == b.phone {
		add(4, "the same telephone")
	}
	return score, why
}

func nameEvidence(a, b []string) (float64, string) {
	s := alike(a, b)
	if len(a) > 0 && len(b) > 0 { // "jord an" is one name that somebody cut
		s = max(s, similar(strings.Join(a, ""), strings.Join(b, "")))
	}
	switch {
	case s >= 0.98:
		return 6, "the same name"
	case s >= 0.90:
		return 4.5, "nearly the same name"
	case s >= 0.80:
		return 3, "similar names"
	case s >= 0.65:
		return 0.5, ""
	case slices.ContainsFunc(a, func(x string) bool { return len(x) > 2 && slices.Contains(b, x) }):
		return -1.5, "one name the same" // a new surname, another first name: or a twin
	case slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return similar(x, y) >= 0.7 })
	}):
		return -2.5, "one name nearly the same"
	}
	return -5, ""
}

func birthEvidence(a, b string) (float64, string) {
	switch {
	case a == "" || b == "":
		return 0, ""
	case a == b:
		return 6, "the same date of birth"
	case len(a) == 8 && len(b) == 8 && a[:4] == b[:4] && a[4:6] == b[6:] && a[6:] == b[4:6], edits(a, b) == 1:
		return 3.5, "nearly the same date of birth"
	case edits(a, b) == 2:
		return -1.5, ""
	}
	return -4, ""
}

func addressEvidence(a, b []string) (float64, string) {
	if len(a) == 0 || len(b) == 0 {
		return 0, ""
	}
	switch s := alike(a, b); {
	case s >= 0.85:
		return 6, "the same address"
	case s >= 0.65:
		return 4.5, "nearly the same address"
	case s >= 0.45:
		return 2, "similar addresses"
	case s >= 0.3:
		return -0.5, ""
	}
	return -3.5, ""
}

// alike compares two sets of words, from 0 to 1: each word with the most similar
// one of the other side, whatever their order, weighed by its length.
func alike(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	var used [64]bool
	sum, all := 0.0, 0.0
	for _, x := range a {
		best, at := 0.0, -1
		for j, y := range b[:min(len(b), len(used))] {
			if used[j] {
				continue
			}
			if s := similar(x, y); s > best {
				best, at = s, j
			}
		}
		if at >= 0 {
			used[at] = true
		}
		w := float64(min(len(x), 8))
		sum, all = sum+w*best, all+w
	}
	for j, y := range b {
		if j >= len(used) || !used[j] {
			all += float64(min(len(y), 8)) * 0.5 // a word that only one side has counts half
		}
	}
	return sum / all
}

// similar compares two words: 1 for the same, less for every slip, 0 for others.
func similar(x, y string) float64 {
	if x == y {
		return 1
	}
	n := max(len(x), len(y))
	if n < 3 || x[0] >= '0' && x[0] <= '9' && n < 4 {
		return 0
	}
	e := edits(x, y)
	s := 1 - float64(e)/float64(n)
	if s < 0.6 {
		return 0
	}
	return s
}

// edits counts insertions, deletions, changes and swaps of neighbours between two
// short words (optimal string alignment).
func edits(a, b string) int {
	if len(a) > 32 || len(b) > 32 {
		a, b = a[:min(len(a), 32)], b[:min(len(b), 32)]
	}
	var rows [3][33]int
	before, last, now := rows[0][:], rows[1][:], rows[2][:]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
