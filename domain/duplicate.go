package domain

import (
	"cmp"
	"math"
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
// says nothing, and comparing all of them would take a square of time. One name
// alone says less than any other key, so it may bring together fewer.
const (
	blockMost     = 200
	blockMostName = 64
)

// known is what is compared of a row, folded once.
type known struct {
	id        ID
	names     []string
	full      string // the names in the order of letters: what a swap leaves as it is
	birth     string // eight digits
	address   []string
	post      string
	phone     string
	reference string
	keys      []string
	settled   []ID // whom somebody linked or parted them with
}

// crowd is everybody who is compared, with how common their words are: what many
// share is little evidence that two are one.
type crowd struct {
	people  []known
	named   map[string]int // people by all their names
	streets map[string]int // people by a word of their address
	blocks  map[string][]int
}

// LikelyPairs returns who may be on the caseload twice, the likeliest first. Names
// may hold slips, be swapped or lack a part; dates and postcodes may differ in a
// character; anything may be missing.
func LikelyPairs(rows []Row) []Pair {
	c := gather(rows)
	// met[j] is the last person that j was compared with, plus one, so that two who
	// share several keys are compared once.
	met := make([]int, len(c.people))
	var pairs []Pair
	for i := range c.people {
		a := &c.people[i]
		for _, k := range a.keys {
			for _, j := range c.block(k) {
				if j <= i || met[j] == i+1 {
					continue
				}
				met[j] = i + 1
				b := &c.people[j]
				if slices.Contains(a.settled, b.id) || slices.Contains(b.settled, a.id) {
					continue
				}
				if score, why := c.likeness(a, b); score >= pairThreshold {
					pairs = append(pairs, Pair{a.id, b.id, score, strings.Join(why, ", ")})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), x.A.Compare(y.A), x.B.Compare(y.B))
	})
	return pairs
}

func gather(rows []Row) *crowd {
	if slices.ContainsFunc(rows, func(r Row) bool { return r.Restricted }) { // what does not tell who it is is like nobody
		rows = slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Restricted })
	}
	c := &crowd{people: make([]known, len(rows)), named: map[string]int{}, streets: map[string]int{}, blocks: map[string][]int{}}
	for i, r := range rows {
		k := knownOf(r)
		k.keys = k.allKeys()
		c.people[i] = k
		c.named[k.full]++
		for _, w := range unique(k.address) {
			c.streets[w]++
		}
		for _, key := range k.keys {
			c.blocks[key] = append(c.blocks[key], i)
		}
	}
	return c
}

// block returns whom a key brings together, unless it fits too many.
func (c *crowd) block(key string) []int {
	most := blockMost
	if key[0] == 'n' {
		most = blockMostName
	}
	if list := c.blocks[key]; len(list) <= most {
		return list
	}
	return nil
}

func knownOf(r Row) known {
	k := known{id: r.ID, names: tokens(r.Name), birth: digitsOf(r.Fact(FactBirth)), address: tokens(r.Fact(FactAddress))}
	k.full = strings.Join(unique(k.names), " ")
	for _, t := range r.Twins {
		k.settled = append(k.settled, t.With)
	}
	k.post = strings.ReplaceAll(clean.Fold(r.Fact(FactPostcode)), " ", "")
	k.reference = strings.Join(tokens(r.Fact(FactReference)), "")
	k.phone = digitsOf(r.Fact(FactPhone))
	if len(k.phone) > 9 {
		k.phone = k.phone[len(k.phone)-9:] // with and without the country's code
	}
	return k
}

// allKeys are what brings two records together to be compared: each tolerates
// another kind of mistake.
func (k known) allKeys() []string {
	var keys []string
	if k.birth != "" {
		keys = append(keys, "b"+k.birth)
	}
	if len(k.phone) >= 9 {
		keys = append(keys, "t"+k.phone)
	}
	if k.reference != "" {
		keys = append(keys, "r"+k.reference)
	}
	for i, n := range k.names {
		keys = append(keys, "n"+skeleton(n), "p"+n[:min(4, len(n))]+k.birth[:min(4, len(k.birth))])
		for _, other := range k.names[i+1:] {
			a, b := min(n, other), max(n, other)
			keys = append(keys, "i"+a[:min(3, len(a))]+"/"+b[:min(3, len(b))], "s"+skeleton(a)+"/"+skeleton(b))
		}
	}
	long := longest(k.address, 3)
	for i, a := range long {
		for _, b := range long[i+1:] {
			keys = append(keys, "a"+skeleton(min(a, b))+"/"+skeleton(max(a, b)))
		}
	}
	return unique(keys)
}

// The weights of what says most: no likeness of names or addresses is worth more.
const (
	sameName    = 6
	sameAddress = 6
)

// likeness adds up the evidence that two records are of one person. The cheap parts
// come first: most pairs end before the words of their addresses are compared.
func (c *crowd) likeness(a, b *known) (float64, []string) {
	score, birth := birthEvidence(a.birth, b.birth)
	post, phone, reference := "", "", ""
	switch {
	case a.post == "" || b.post == "":
	case a.post == b.post:
		score, post = score+2, "the same postcode"
	case edits(a.post, b.post, 1) == 1:
		score, post = score+1, "nearly the same postcode"
	default:
		score--
	}
	if len(a.phone) >= 9 && a.phone == b.phone {
		score, phone = score+4, "the same telephone"
	}
	if a.reference != "" && a.reference == b.reference {
		score, reference = score+6, "the same reference"
	}
	if score+sameName+sameAddress < pairThreshold {
		return score, nil
	}
	weight, name := c.nameEvidence(a, b)
	if score += weight; score+sameAddress < pairThreshold {
		return score, nil
	}
	weight, address := c.addressEvidence(a.address, b.address)
	why := []string{name, birth, address, post, phone, reference}
	return score + weight, slices.DeleteFunc(why, func(s string) bool { return s == "" })
}

func (c *crowd) nameEvidence(a, b *known) (float64, string) {
	s := alike(a.names, b.names, nil)
	if len(a.names) > 0 && len(b.names) > 0 { // "jord an" is one name that somebody cut
		s = max(s, similar(strings.Join(a.names, ""), strings.Join(b.names, "")))
	}
	switch {
	case s >= 0.98:
		// A name that many have says less: each doubling beyond two takes one off.
		common := math.Log2(max(1, float64(c.named[a.full])/2))
		return max(2, sameName-common), "the same name"
	case s >= 0.90:
		return 4.5, "nearly the same name"
	case s >= 0.80:
		return 3, "similar names"
	case s >= 0.65:
		return 0.5, ""
	case slices.ContainsFunc(a.names, func(x string) bool { return len(x) > 2 && slices.Contains(b.names, x) }):
		return -1.5, "one name the same" // a new surname, another first name: or a twin
	case slices.ContainsFunc(a.names, func(x string) bool {
		return slices.ContainsFunc(b.names, func(y string) bool { return similar(x, y) >= 0.7 })
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
	case len(a) == 8 && len(b) == 8 && a[:4] == b[:4] && a[4:6] == b[6:] && a[6:] == b[4:6], edits(a, b, 1) == 1:
		return 3.5, "nearly the same date of birth"
	case edits(a, b, 2) == 2:
		return -1.5, ""
	}
	return -4, ""
}

func (c *crowd) addressEvidence(a, b []string) (float64, string) {
	if len(a) == 0 || len(b) == 0 {
		return 0, ""
	}
	switch s := alike(a, b, c.rarity); {
	case s >= 0.85:
		return sameAddress, "the same address"
	case s >= 0.65:
		return 4.5, "nearly the same address"
	case s >= 0.45:
		return 2, "similar addresses"
	case s >= 0.3:
		return -0.5, ""
	}
	return -3.5, ""
}

// rarity is how much a word of an address says: "road", or the town where most live,
// says little.
func (c *crowd) rarity(word string) float64 {
	if n := len(c.people); n >= 50 && c.streets[word]*20 > n {
		return 0.4
	}
	return 1
}
