package caseload

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/domain/filter"
)

// line is a row with all that the list needs to show, sort and filter it.
type line struct {
	row     domain.Row
	reasons []domain.Reason
	sum     int
	fold    string // the folded name, for sorting
	hay     string // what bare words search
	today   calendar.Day
	draft   bool
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
			if j, ok := x.at[r.ID]; ok && !whole && old[j].row.Records == r.Records {
				x.lines[i] = old[j]
				continue
			}
			x.lines[i] = line{row: r}
			todo = append(todo, i)
		}
	} else {
		for _, r := range rows {
			if j := x.at[r.ID]; x.lines[j].row.ID == r.ID && x.lines[j].row.Records != r.Records {
				x.lines[j] = line{row: r}
				todo = append(todo, j)
			}
		}
	}
	x.judge(todo)
	for i := range x.lines {
		x.lines[i].draft = drafts[x.lines[i].row.ID]
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
				l.reasons = x.queue.Reasons(l.row)
				l.sum = domain.Sum(l.reasons)
				l.fold = clean.Fold(l.row.Name)
				l.hay = l.row.Haystack()
				l.today = x.queue.Today
			}
		})
	}
	wg.Wait()
}

func (x *index) sort() {
	slices.SortFunc(x.lines, func(a, b line) int {
		return cmp.Or(strings.Compare(a.fold, b.fold), a.row.ID.Compare(b.row.ID))
	})
	x.at = make(map[domain.ID]int, len(x.lines))
	for i := range x.lines {
		x.at[x.lines[i].row.ID] = i
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
	{"Attention", func(l *line) bool { return len(l.reasons) > 0 || l.draft }, true},
	{"All", func(*line) bool { return true }, false},
	{"Escalated", func(l *line) bool { return len(l.row.Questions) > 0 }, true},
	{"In work", func(l *line) bool { return l.Is("inwork") }, false},
}

const allTab = 2

func (l *line) isToday() bool {
	if l.draft {
		return true
	}
	return slices.ContainsFunc(l.reasons, func(r domain.Reason) bool { return r.Urgent || r.Rule == "appointment-today" })
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

// Words implements filter.Row.
func (l *line) Words() string { return l.hay }

// Date implements filter.Row.
func (l *line) Date(field string) (calendar.Day, bool) {
	var d calendar.Day
	switch field {
	case "due":
		d = l.row.NextDue()
	case "seen":
		d = l.row.Seen
	case "next":
		next, _ := l.row.Next(l.today)
		d = next.Day
	}
	return d, !d.IsZero()
}

// Values implements filter.Row.
func (l *line) Values(field string) []string {
	fact := map[string]domain.Fact{"area": domain.FactCouncil, "owner": domain.FactCoach, "nation": domain.FactNation, "group": domain.FactGroup, "lang": domain.FactLanguage}
	if field == "barrier" {
		return l.row.Barriers
	}
	if f, ok := fact[field]; ok {
		if v := l.row.Fact(f); v != "" {
			return []string{v}
		}
	}
	return nil
}

// Is implements filter.Row.
func (l *line) Is(flag string) bool {
	because := func(rules ...string) bool {
		return slices.ContainsFunc(l.reasons, func(r domain.Reason) bool { return slices.Contains(rules, r.Rule) })
	}
	switch flag {
	case "inwork":
		e := l.row.Fact(domain.FactEmployment)
		return e != "" && e != "none"
	case "new":
		return l.row.Seen.IsZero()
	case "quiet":
		return because("quiet")
	case "overdue":
		due := l.row.NextDue()
		return !due.IsZero() && due < l.today
	case "answered":
		return because("adviser-answered")
	case "waiting":
		return slices.ContainsFunc(l.row.Questions, func(a domain.RowAsk) bool {
			return a.State == domain.EscalationAsked || a.State == domain.EscalationAccepted
		})
	}
	return false
}

// Has implements filter.Row.
func (l *line) Has(thing string) bool {
	owes := func(k domain.DebtKind) bool {
		return slices.ContainsFunc(l.row.Debts, func(d domain.Debt) bool { return d.Kind == k })
	}
	switch thing {
	case "escalation":
		return len(l.row.Questions) > 0
	case "plan":
		return l.row.Steps > 0
	case "fitnote":
		return owes(domain.DebtFitNote)
	case "appointment":
		return owes(domain.DebtAppointment)
	case "promise":
		return owes(domain.DebtPromise)
	case "barrier":
		return len(l.row.Barriers) > 0
	case "draft":
		return l.draft
	case "phone":
		return l.row.Fact(domain.FactPhone) != ""
	}
	return false
}
