package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/clean"
)

// tokens are the words of a text, folded.
func tokens(s string) []string {
	return strings.FieldsFunc(clean.Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r <= 0x7f
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

// unique returns the words once each, in the order of letters.
func unique(words []string) []string {
	out := slices.Clone(words)
	slices.Sort(out)
	return slices.Compact(out)
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

// alike compares two sets of words, from 0 to 1: each word with the most similar
// one of the other side, whatever their order, weighed by its length and rarity.
func alike(a, b []string, rarity func(string) float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	weigh := func(w string) float64 {
		if rarity == nil {
			return float64(min(len(w), 8))
		}
		return float64(min(len(w), 8)) * rarity(w)
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
		w := weigh(x)
		sum, all = sum+w*best, all+w
	}
	for j, y := range b {
		if j >= len(used) || !used[j] {
			all += weigh(y) * 0.5 // a word that only one side has counts half
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
	most := n * 2 / 5 // with more slips than that they are two words
	if e := edits(x, y, most); e <= most {
		return 1 - float64(e)/float64(n)
	}
	return 0
}

// slipMost is how much of a word is compared, in bytes.
const slipMost = 32

// edits counts insertions, deletions, changes and swaps of neighbours between two
// short words (optimal string alignment). Beyond most it stops and returns most+1.
func edits(a, b string, most int) int {
	a, b = a[:min(len(a), slipMost)], b[:min(len(b), slipMost)]
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][slipMost + 1]uint8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		// Only a band around the diagonal can hold a distance of at most most; what
		// lies beside it counts as too far.
		from, to := max(1, i-most), min(len(b), i+most)
		now[from-1] = uint8(min(i, most+1))
		if from > 1 {
			now[from-1] = uint8(most + 1)
		}
		if to < len(b) {
			now[to+1] = uint8(most + 1)
		}
		least := now[from-1]
		for j := from; j <= to; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j], least = d, min(least, d)
		}
		if int(least) > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return min(int(last[len(b)]), most+1)
}
