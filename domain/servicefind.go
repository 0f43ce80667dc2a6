package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// ServiceIndex is a directory made ready to be searched at every key.
type ServiceIndex struct {
	Directory Directory
	Needs     Needs
	rows      []indexed
	ignore    []string
	events    []string
	scores    map[string][]int // by need, once it was asked for
	with      map[string][]int // the rows that have a word
}

// indexed is a listing as it is searched: folded, the best of those that are the same.
type indexed struct {
	at    int   // in the directory
	also  []int // the same under other names
	name  string
	org   string
	tags  string
	place string
	text  string
}

// ServiceQuery is what is looked for. Everything that is given must fit.
type ServiceQuery struct {
	Words string
	Need  string // a key
	Near  string // a town, a council or the first half of a postcode
	// Live is while somebody types: the last word may be the beginning of one.
	Live bool
}

// FoundService is a service that fits, with what there is to know before going there.
type FoundService struct {
	Listing
	Also  []Listing // the same service under other names
	Age   Freshness
	Score int
	Far   bool // it is not at the place: online or by phone
}

// NewServiceIndex makes a directory ready. The index may be used by one goroutine at a
// time.
func NewServiceIndex(d Directory, n Needs) *ServiceIndex {
	x := &ServiceIndex{Directory: d, Needs: n, ignore: patterns(n.Ignore), events: patterns(n.Not), scores: map[string][]int{}}
	first := map[string]int{}
	for i, l := range d.Listings {
		key := sameService(l)
		if at, twice := first[key]; twice && l.Org != "" {
			r := &x.rows[at]
			if better(l, d.Listings[r.at]) {
				also := append(r.also, r.at)
				*r = x.index(i, l)
				r.also = also
				continue
			}
			r.also = append(r.also, i)
			continue
		}
		first[key] = len(x.rows)
		x.rows = append(x.rows, x.index(i, l))
	}
	x.with = make(map[string][]int, 1<<12)
	for i := range x.rows {
		r := &x.rows[i]
		for _, part := range []string{r.name, r.tags, r.org, r.text} {
			for word := range strings.FieldsSeq(part) {
				if rows := x.with[word]; len(rows) == 0 || rows[len(rows)-1] != i {
					x.with[word] = append(rows, i)
				}
			}
		}
	}
	return x
}

// maybe marks the rows that have a word of one of the patterns: only they are judged.
func (x *ServiceIndex) maybe(patterns ...[]string) []bool {
	marked := make([]bool, len(x.rows))
	mark := func(rows []int) {
		for _, i := range rows {
			marked[i] = true
		}
	}
	for _, p := range slices.Concat(patterns...) {
		words := strings.Fields(p)
		if p[len(p)-1] != ' ' { // more letters may follow its last word
			last := words[len(words)-1]
			if words = words[:len(words)-1]; len(words) == 0 {
				for word, rows := range x.with {
					if strings.HasPrefix(word, last) {
						mark(rows)
					}
				}
				continue
			}
		}
		rare := x.with[words[0]]
		for _, w := range words[1:] {
			if rows := x.with[w]; len(rows) < len(rare) {
				rare = rows
			}
		}
		mark(rare)
	}
	return marked
}

// better reports whether a listing should stand for another that is the same service.
func better(l, than Listing) bool {
	if l.Vanished.IsZero() != than.Vanished.IsZero() {
		return l.Vanished.IsZero()
	}
	return l.Dated() > than.Dated()
}

func (x *ServiceIndex) index(i int, l Listing) indexed {
	r := indexed{at: i, name: folded(l.Name), org: folded(l.Org), tags: " ", place: " "}
	for _, t := range l.Tags {
		r.tags += folded(t)
	}
	for _, p := range l.Places {
		r.place += folded(p.Name + " " + p.Postcode)
	}
	for _, a := range l.Areas {
		r.place += folded(a)
	}
	r.text = folded(l.Text)
	for _, p := range x.ignore {
		if strings.Contains(r.text, p) {
			r.text = strings.ReplaceAll(r.text, p, " ")
		}
	}
	return r
}

// Find returns what fits: the surest first, among those alike the freshest. What is
// stale comes after what is not, and what its feed forgot comes last.
func (x *ServiceIndex) Find(q ServiceQuery, today calendar.Day) []FoundService {
	words := wanted(wordsIn(q.Words), q.Live)
	near := nearWords(q.Near)
	scores := x.needScores(q.Need)
	found := x.matching(words, near, scores, today)
	if len(found) == 0 && q.Live && len(words) > 0 {
		words[len(words)-1].open = true
		found = x.matching(words, near, scores, today)
	}
	slices.SortStableFunc(found, func(a, b FoundService) int {
		return cmp.Or(cmp.Compare(b.class(), a.class()), cmp.Compare(a.Age, b.Age), cmp.Compare(b.Score, a.Score), cmp.Compare(b.Dated(), a.Dated()), strings.Compare(a.Name, b.Name))
	})
	return found
}

// class sorts before freshness does: what is sure and still trusted, what may be, what
// is stale, what is gone.
func (f FoundService) class() int {
	switch {
	case f.Age == Vanished:
		return 0
	case f.Age == Stale:
		return 1
	case f.Far:
		return 2
	case f.Score < strongTop:
		return 3
	}
	return 4
}

func (x *ServiceIndex) matching(words []term, near []string, scores []int, today calendar.Day) []FoundService {
	var found []FoundService
	for i := range x.rows {
		r := &x.rows[i]
		score := 0
		if scores != nil {
			if score = scores[i]; score == 0 {
				continue
			}
		}
		by, fits := r.fit(words)
		if !fits {
			continue
		}
		l := x.Directory.Listings[r.at]
		at, far := r.near(l.Service, near)
		if !at && !far {
			continue
		}
		f := FoundService{Listing: l, Age: x.Needs.Freshness(l, today), Score: score + by, Far: far}
		for _, j := range r.also {
			f.Also = append(f.Also, x.Directory.Listings[j])
		}
		found = append(found, f)
	}
	return found
}

// needScores judges every service once for each need that is asked for.
func (x *ServiceIndex) needScores(key string) []int {
	if key == "" {
		return nil
	}
	if s := x.scores[key]; s != nil {
		return s
	}
	j, ok := x.Needs.meaning(key)
	s := make([]int, len(x.rows))
	marked := x.maybe(j.strong, j.words, j.orgs)
	for i := range x.rows {
		if ok && marked[i] {
			s[i] = j.score(&x.rows[i], x.events)
		}
	}
	x.scores[key] = s
	return s
}

// term is a word that is looked for.
type term struct {
	word string // with a blank before it
	open bool   // more letters may follow
}

func wanted(words []string, live bool) []term {
	var out []term
	for i, w := range words {
		if live && i == len(words)-1 && len(w) < 3 {
			out = append(out, term{" " + w, true}) // too short for a word yet
			continue
		}
		out = append(out, term{" " + singular(w), false})
	}
	return out
}

// What a word that was typed counts, by where it stands.
const (
	wordInName  = 10
	wordInTags  = 8
	wordInOrg   = 6
	wordInPlace = 4
	wordInText  = 2
)

// fit reports whether every word stands somewhere, and how well.
func (r *indexed) fit(words []term) (score int, ok bool) {
	for _, w := range words {
		p := w.word
		if !w.open {
			p += " "
		}
		switch {
		case strings.Contains(r.name, p):
			score += wordInName
		case strings.Contains(r.tags, p):
			score += wordInTags
		case strings.Contains(r.org, p):
			score += wordInOrg
		case strings.Contains(r.place, p):
			score += wordInPlace
		case strings.Contains(r.text, p):
			score += wordInText
		default:
			return 0, false
		}
	}
	return score, true
}

// nearWords makes a place ready: of a whole postcode the first half counts.
func nearWords(near string) []string {
	words := wordsIn(near)
	if n := len(words); n > 1 && outcode(words[n-2]) && len(words[n-1]) == 3 {
		words = words[:n-1]
	} else if n > 0 && len(words[n-1]) > 4 && outcode(words[n-1][:len(words[n-1])-3]) && strings.ContainsAny(words[n-1], "0123456789") {
		words[n-1] = words[n-1][:len(words[n-1])-3] // typed without the blank
	}
	out := make([]string, len(words))
	for i, w := range words {
		if outcode(w) {
			out[i] = " " + w + " " // BS1 is not BS16
			continue
		}
		out[i] = " " + singular(w)
	}
	return out
}

// outcode reports whether a word is the first half of a postcode: one or two letters,
// a digit, and perhaps a digit or a letter.
func outcode(w string) bool {
	letters := 0
	for letters < len(w) && w[letters] >= 'a' && w[letters] <= 'z' {
		letters++
	}
	rest := w[letters:]
	if letters < 1 || letters > 2 || len(rest) < 1 || len(rest) > 2 || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	return true
}

// near reports whether a service is at the place, or can be had from anywhere.
func (r *indexed) near(s Service, near []string) (at, far bool) {
	if len(near) == 0 {
		return true, false
	}
	where := r.place + r.org + r.name
	at = !slices.ContainsFunc(near, func(p string) bool { return !strings.Contains(where, p) })
	return at, !at && s.Online()
}
