package caseload

import (
	"cmp"
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
}

// index is every line, in the order of names, and the orders of the tabs.
type index struct {
	lines []line
	at    map[domain.ID]int
	queue domain.Queue
}

// stale says how many minutes a judgement of the queue may be old.
const stale = 5

// read brings the index up to the rows. Only what changed is judged again, unless
// the day or the hour moved on.
func (x *index) read(rows []domain.Row, q domain.Queue, drafts map[domain.ID]bool) {
	whole := x.lines == nil || q.Today != x.queue.Today || q.Minute-x.queue.Minute >= stale || q.Minute < x.queue.Minute
	if whole {
		x.queue = q
	}
	var todo []int
	if len(rows) != len(x.lines) || whole {
		old := x.lines
		x.lines = make([]line, len(rows))
		for i, r := range rows {
			if j, ok := x.at[r.ID]; ok && !whole && old[j].Records == r.Records {
				x.lines[i] = old[j]
				continue
			}
			x.lines[i] = line{Judged: domain.Judged{Row: r}}
			todo = append(todo, i)
		}
	} else {
		for _, r := range rows {
			if j := x.at[r.ID]; x.lines[j].ID == r.ID && x.lines[j].Records != r.Records {
				x.lines[j] = line{Judged: domain.Judged{Row: r}}
				todo = append(todo, j)
			}
		}
	}
	x.judge(todo)
	for i := range x.lines {
		x.lines[i].mark(drafts[x.lines[i].ID], x.queue)
	}
	if len(todo) > 0 || x.at == nil {
		x.sort()
	}
}

// judge works out reasons and folded names on all processors. What bare words
// search is folded when somebody searches: a start does without it.
func (x *index) judge(todo []int) {
	x.each(len(todo), func(k int) {
		l := &x.lines[todo[k]]
		l.Reasons, l.Today = x.queue.Reasons(l.Row), x.queue.Today
		l.sum = domain.Sum(l.Reasons)
		l.fold = clean.Fold(l.Name)
		l.comes = math.MaxInt
		if next, ok := l.Next(l.Today); ok {
			l.comes = int(next.Day)*24*60 + next.Minute
		}
	})
}

// mark adds or takes away the reason that a draft waits.
func (l *line) mark(draft bool, q domain.Queue) {
	why, known := q.Unfinished()
	if draft == l.Draft || !known {
		return
	}
	l.Draft = draft
	if draft {
		l.Reasons = append([]domain.Reason{why}, l.Reasons...)
	} else {
		l.Reasons = slices.DeleteFunc(slices.Clone(l.Reasons), func(r domain.Reason) bool { return r.Rule == why.Rule })
	}
	l.sum = domain.Sum(l.Reasons)
}

// fold makes every line searchable.
func (x *index) fold() {
	var todo []int
	for i := range x.lines {
		if x.lines[i].Hay == "" {
			todo = append(todo, i)
		}
	}
	x.each(len(todo), func(k int) {
		l := &x.lines[todo[k]]
		l.Hay = l.Haystack()
	})
}

// each runs f for 0 to n-1, on all processors when there is enough to do.
func (x *index) each(n int, f func(int)) {
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

// sort puts the lines in the order of names. Lines are large, so their names are
// sorted and each line moves once.
func (x *index) sort() {
	order := make([]int, len(x.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(x.lines[a].fold, x.lines[b].fold), x.lines[a].ID.Compare(x.lines[b].ID))
	})
	sorted := make([]line, len(order))
	x.at = make(map[domain.ID]int, len(order))
	for to, from := range order {
		sorted[to] = x.lines[from]
		x.at[sorted[to].ID] = to
	}
	x.lines = sorted
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
func (x *index) show(t tab, q filter.Query, typed string, found hits) []int {
	if !q.Empty() {
		x.fold()
	}
	want := clean.Fold(strings.TrimSpace(typed))
	var out []int
	var ranked [ranks][]int
	for i := range x.lines {
		l := &x.lines[i]
		switch {
		case !t.has(l) || !q.MatchNotes(l, x.queue.Today, func(word string) bool { return found[word][l.ID] }):
		case t.sum || want == "":
			out = append(out, i)
		default:
			r := l.rank(want)
			ranked[r] = append(ranked[r], i)
		}
	}
	if t.sum {
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
