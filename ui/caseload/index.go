package caseload

import (
	"cmp"
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
	sum  int
	fold string // the folded name, for sorting
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
		x.lines[i].Draft = drafts[x.lines[i].ID]
	}
	if len(todo) > 0 || x.at == nil {
		x.sort()
	}
}

// judge works out reasons and folded texts on all processors.
func (x *index) judge(todo []int) {
	n := min(runtime.GOMAXPROCS(0), 1+len(todo)/256)
	var wg sync.WaitGroup
	for w := range n {
		wg.Go(func() {
			for k := w; k < len(todo); k += n {
				l := &x.lines[todo[k]]
				l.Judged = x.queue.Judge(l.Row)
				l.sum = domain.Sum(l.Reasons)
				l.fold = clean.Fold(l.Name)
			}
		})
	}
	wg.Wait()
}

func (x *index) sort() {
	slices.SortFunc(x.lines, func(a, b line) int {
		return cmp.Or(strings.Compare(a.fold, b.fold), a.ID.Compare(b.ID))
	})
	x.at = make(map[domain.ID]int, len(x.lines))
	for i := range x.lines {
		x.at[x.lines[i].ID] = i
	}
}

// tab is one way to look at the caseload.
type tab struct {
	name string
	has  func(*line) bool
	sum  bool // ordered by the queue's sum, else by name
}

var tabs = []tab{
	{"Today", (*line).isToday, true},
	{"Attention", func(l *line) bool { return len(l.Reasons) > 0 || l.Draft }, true},
	{"All", func(*line) bool { return true }, false},
	{"Escalated", func(l *line) bool { return len(l.Questions) > 0 }, true},
	{"In work", func(l *line) bool { return l.Is("inwork") }, false},
}

const allTab = 2

func (l *line) isToday() bool {
	if l.Draft {
		return true
	}
	return slices.ContainsFunc(l.Reasons, func(r domain.Reason) bool { return r.Urgent || r.Rule == "appointment-today" })
}

// show returns the lines of a tab that a query lets through, in its order.
func (x *index) show(t tab, q filter.Query, typed string) []int {
	var out []int
	for i := range x.lines {
		l := &x.lines[i]
		if t.has(l) && q.Match(l, x.queue.Today) {
			out = append(out, i)
		}
	}
	if t.sum {
		slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(x.lines[b].sum, x.lines[a].sum) })
		return out
	}
	if want := clean.Fold(strings.TrimSpace(typed)); want != "" {
		slices.SortStableFunc(out, func(a, b int) int {
			return cmp.Compare(x.lines[a].rank(want), x.lines[b].rank(want))
		})
	}
	return out
}

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
