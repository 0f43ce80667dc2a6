package caseload

import (
	"cmp"
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/domain/filter"
)

// line is a row with all that the list needs to show, sort and filter it.
type line struct {
	domain.Judged
	sum   int
	comes int    // when they come next, in minutes; for those who weigh the same
	fold  string // the folded name, for sorting
	key   uint64 // its beginning: most names differ in it
	tabs  uint8  // on which tabs they stand, a bit each
}

// Index is every line, in the order of names. It outlives the screen that shows it,
// so that coming back costs what changed. Lines are never changed, but for what is
// searched: another reading may look at them at the same time.
type Index struct {
	lines []*line
	at    map[domain.ID]int
	queue domain.Queue
}

// stale says how many minutes a judgement of the queue may be old.
const stale = 5

// next returns the index of the rows as they are now. Only what changed is judged
// again, unless the day or the hour moved on. The old index stays as it is.
func (x Index) next(rows []domain.Row, q domain.Queue, drafts map[domain.ID]int) Index {
	if x.lines == nil || q.Today != x.queue.Today || q.Minute-x.queue.Minute >= stale || q.Minute < x.queue.Minute {
		x = Index{queue: q}
	}
	stays := make([]bool, len(x.lines))
	still := make([]*line, 0, len(x.lines))
	var fresh []*line
	var room []line // whole lists are made in one piece
	for i := range rows {
		if j, ok := x.at[rows[i].ID]; ok && x.lines[j].Records == rows[i].Records && x.lines[j].Drafts == written(rows[i], drafts) {
			stays[j] = true
			continue
		}
		if len(room) == 0 {
			room = make([]line, min(len(rows)-i, 1+len(fresh)))
		}
		room[0].Row = rows[i]
		fresh, room = append(fresh, &room[0]), room[1:]
	}
	if len(fresh) == 0 && len(rows) == len(x.lines) && x.lines != nil {
		return x
	}
	x.judge(fresh, drafts)
	for j, l := range x.lines {
		if stays[j] {
			still = append(still, l)
		}
	}
	x.lines = merge(still, sorted(fresh))
	x.at = make(map[domain.ID]int, len(x.lines))
	for i, l := range x.lines {
		x.at[l.ID] = i
	}
	return x
}

// written counts the drafts that wait on a record, and on the others of the same
// person.
func written(r domain.Row, drafts map[domain.ID]int) int {
	n := 0
	for _, id := range r.RecordIDs() {
		n += drafts[id]
	}
	return n
}

// judge works out reasons and folded names on all processors. What bare words
// search is folded when somebody searches: a start does without it.
func (x *Index) judge(fresh []*line, drafts map[domain.ID]int) {
	each(len(fresh), func(k int) {
		l := fresh[k]
		l.Judged = x.queue.Weigh(l.Row)
		l.mark(written(l.Row, drafts), x.queue)
		l.sum = domain.Sum(l.Reasons)
		l.fold = clean.Fold(l.Name)
		var key [8]byte
		copy(key[:], l.fold)
		l.key = binary.BigEndian.Uint64(key[:])
		l.comes = math.MaxInt
		if next, ok := l.Next(l.Today); ok {
			l.comes = int(next.Day)*24*60 + next.Minute
		}
		for t := range tabs {
			if tabs[t].has(l) {
				l.tabs |= 1 << t
			}
		}
	})
}

// mark adds the reason that drafts wait.
func (l *line) mark(drafts int, q domain.Queue) {
	if why, known := q.Unfinished(drafts); known && drafts > 0 {
		l.Reasons = append([]domain.Reason{why}, l.Reasons...)
	}
	l.Drafts = drafts
}

// fold makes every line searchable. What is searched lies in one piece: ten thousand
// texts are then read in the time of one.
func (x *Index) fold() {
	var todo []*line
	for _, l := range x.lines {
		if l.Hay == "" {
			todo = append(todo, l)
		}
	}
	hays := make([]string, len(todo))
	each(len(todo), func(k int) { hays[k] = todo[k].Haystack() })
	all := strings.Join(hays, "")
	for k, l := range todo {
		l.Hay, all = all[:len(hays[k])], all[len(hays[k]):]
	}
}

// each runs f for 0 to n-1, on all processors when there is enough to do.
func each(n int, f func(int)) {
	workers := min(runtime.GOMAXPROCS(0), 1+n/256)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for k := w; k < n; k += workers {
				f(k)
			}
		})
	}
	wg.Wait()
}

// before says which of two stands first in the order of names.
func before(a, b *line) int {
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	return cmp.Or(strings.Compare(a.fold, b.fold), a.ID.Compare(b.ID))
}

// sorted puts lines in the order of names, half of them beside the other half when
// they are many.
func sorted(lines []*line) []*line {
	if len(lines) < 4096 {
		slices.SortFunc(lines, before)
		return lines
	}
	a, b := lines[:len(lines)/2], lines[len(lines)/2:]
	each2(func() { a = sorted(a) }, func() { b = sorted(b) })
	return merge(a, b)
}

func each2(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	g()
	wg.Wait()
}

// merge joins two lists that are in order.
func merge(a, b []*line) []*line {
	out := make([]*line, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if before(b[0], a[0]) < 0 {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		out, a = append(out, a[0]), a[1:]
	}
	return append(append(out, a...), b...)
}

// tab is one way to look at the caseload.
type tab struct {
	name string
	has  func(*line) bool
	sum  bool // ordered by the queue's sum, else by name
}

var tabs = []tab{
	{"Today", (*line).isToday, true},
	{"Attention", func(l *line) bool { return len(l.Reasons) > 0 }, true},
	{"All", func(*line) bool { return true }, false},
	{"Escalated", func(l *line) bool { return len(l.Questions) > 0 }, true},
	{"In work", func(l *line) bool { return l.Is("inwork") }, false},
}

const allTab = 2

func (l *line) isToday() bool {
	return slices.ContainsFunc(l.Reasons, func(r domain.Reason) bool { return r.Urgent || r.Rule == "appointment-today" })
}

// show returns the lines of a tab that a query lets through, in its order: the
// heaviest sum first, or those first whose name begins with what was typed.
func (x *Index) show(t int, q filter.Query, typed string, found hits) []int {
	if !q.Empty() {
		x.fold()
	}
	want := clean.Fold(strings.TrimSpace(typed))
	var out []int
	var ranked [ranks][]int
	for i, l := range x.lines {
		switch {
		case l.tabs&(1<<t) == 0 || !q.MatchNotes(l, x.queue.Today, func(word string) bool { return found[word][l.ID] }):
		case tabs[t].sum || want == "":
			out = append(out, i)
		default:
			r := l.rank(want)
			ranked[r] = append(ranked[r], i)
		}
	}
	if tabs[t].sum {
		slices.SortStableFunc(out, func(a, b int) int {
			return cmp.Or(cmp.Compare(x.lines[b].sum, x.lines[a].sum), cmp.Compare(x.lines[a].comes, x.lines[b].comes))
		})
		return out
	}
	return append(out, slices.Concat(ranked[:]...)...)
}

// ranks is how many places rank tells apart.
const ranks = 4

// rank puts those first whose name, or a part of it, begins with what was typed.
func (l *line) rank(want string) int {
	switch {
	case strings.HasPrefix(l.fold, want):
		return 0
	case strings.Contains(l.fold, " "+want):
		return 1
	case strings.Contains(l.fold, want):
		return 2
	}
	return 3
}
