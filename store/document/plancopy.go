package document

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// CopyOptions say how a person's copy is made.
type CopyOptions struct {
	Words    WordBook
	Shape    domain.CopyShape
	Language domain.CopyLanguage
	Today    calendar.Day
	Coach    string // the name of the work coach
	Ref      string
	Version  int // of the plan that is told; 0 tells it as it is now
	Reviews  domain.Reviewing
	Done     int // how many of the steps that are done it tells
}

// Paper is something that a person is given to keep: a title, what it is, and
// sections of sentences and items. It holds nothing of a private scope.
type Paper struct {
	Shape    domain.CopyShape
	Language domain.CopyLanguage
	Title    string
	Name     string   // whose it is
	Stamp    []string // which version it is, and when it was made
	Blocks   []Block
	Foot     []string
}

// Block is a section of a paper.
type Block struct {
	Title string
	Said  []string   // sentences
	Items [][]string // each a thing to do: the words, then what is said of it
}

// scribe writes a paper.
type scribe struct {
	p    domain.Participant
	plan domain.Plan
	o    CopyOptions
	w    Words
}

// PlanCopy makes the person's copy of their plan, as it is now or as a version of it
// was agreed.
func PlanCopy(p domain.Participant, o CopyOptions) Paper {
	s := scribe{p: p, plan: p.Plan, o: o, w: o.Words.In(o.Language, o.Shape)}
	version := p.Plan.Version()
	if o.Version > 0 {
		s.plan, version = p.PlanAt(o.Version), o.Version
	}
	out := Paper{Shape: o.Shape, Language: o.Language, Title: s.w.Title, Name: clean.Line(p.Name(), 80), Stamp: s.stamp(version)}
	matters := p.Fact(domain.FactMatters)
	for _, b := range []Block{
		{Title: s.w.Matters, Said: lines(matters)},
		{Title: s.w.Goals, Items: s.goals()},
		{Title: s.w.Mine, Items: s.todo(domain.ByPerson)},
		{Title: s.w.Coach, Items: s.todo(domain.ByCoach)},
		{Title: s.w.Others, Items: s.todo(domain.ByAdviser, domain.ByProvider, domain.ByEmployer)},
		{Title: s.w.Done, Items: s.done()},
		{Title: s.w.Next, Said: s.next()},
		{Title: s.w.Adjustments, Items: s.adjustments()},
	} {
		if len(b.Said)+len(b.Items) > 0 {
			out.Blocks = append(out.Blocks, b)
		}
	}
	if len(out.Blocks) == 0 {
		out.Blocks = []Block{{Title: s.w.Next, Said: s.w.Nothing}}
	}
	out.Blocks = append(out.Blocks, Block{Title: s.w.Change, Said: s.w.Changing})
	out.Foot = append(slices.Clone(s.w.Note), fill([]string{s.w.Reference}, "ref", o.Ref)...)
	return out
}

// stamp says which version the copy is of and when it was made.
func (s scribe) stamp(version int) []string {
	var out []string
	if a := s.p.Plan.Agreement(version); version > 0 && a.Version == version {
		out = fill(fill(s.w.Agreed, "version", strconv.Itoa(version)), "date", s.w.day(a.On))
		if s.o.Version == 0 && len(domain.Changes(s.p.PlanAt(version).Public(), s.plan.Public())) > 0 {
			out = append(out, s.w.Changed...)
		}
	} else {
		out = append(out, s.w.NotAgreed...)
	}
	return append(out, fill(s.w.Made, "date", s.w.day(s.o.Today))...)
}

// lines are the lines of what somebody wrote.
func lines(text string) []string {
	var out []string
	for _, l := range splitLines(text) {
		if l = clean.Line(l, clean.MaxLine); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// capital is one line that begins as a sentence does.
func capital(text string) string {
	text = clean.Line(text, clean.MaxLine)
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

func (s scribe) goals() [][]string {
	var out [][]string
	for _, g := range s.plan.Goals {
		if g.Status != domain.GoalActive || g.Scope.Private() {
			continue
		}
		item := []string{capital(g.Text)}
		if !g.Target.IsZero() {
			item = append(item, s.w.on(s.w.ByGoal, g.Target))
		}
		out = append(out, item)
	}
	return out
}

// thing is one thing to do.
type thing struct {
	owner  domain.Owner
	text   string
	due    calendar.Day
	before domain.Anchor // what it waits for while there is no date
}

// todo are the open steps and promises of some owners, what is due first at the top.
func (s scribe) todo(owners ...domain.Owner) [][]string {
	var things []thing
	for _, st := range s.plan.Steps {
		if st.Open() && !st.Scope.Private() && slices.Contains(owners, st.Owner) {
			things = append(things, thing{st.Owner, st.Text, s.p.DueOn(st, s.o.Reviews), st.Before})
		}
	}
	for _, pr := range s.p.Promises {
		if pr.Status == domain.PromiseOpen && s.o.Version == 0 && !pr.Scope.Private() && slices.Contains(owners, pr.Owner) {
			things = append(things, thing{pr.Owner, pr.Text, pr.Due, ""})
		}
	}
	slices.SortStableFunc(things, func(a, b thing) int {
		if a.due.IsZero() != b.due.IsZero() {
			if b.due.IsZero() {
				return -1
			}
			return 1
		}
		return int(a.due - b.due)
	})
	out := make([][]string, len(things))
	for i, t := range things {
		text := clean.Line(t.text, clean.MaxLine)
		if t.owner != domain.ByPerson && t.owner != domain.ByCoach {
			text = s.w.owner(t.owner) + ": " + text
		}
		out[i] = []string{capital(text), s.when(t)}
	}
	return out
}

// when says by when somebody does something.
func (s scribe) when(t thing) string {
	by, before := s.w.By, s.w.Before
	if t.owner != domain.ByPerson {
		by, before = s.w.ByOther, s.w.BeforeOther
	}
	switch {
	case !t.due.IsZero():
		return s.w.on(by, t.due)
	case t.before != "":
		return strings.ReplaceAll(before, "{when}", s.w.before(t.before))
	}
	return s.w.NoDate
}

// done are the steps that were done last.
func (s scribe) done() [][]string {
	var steps []domain.Step
	for _, st := range s.plan.Steps {
		if st.Status == domain.StepDone && !st.Scope.Private() {
			steps = append(steps, st)
		}
	}
	slices.SortStableFunc(steps, func(a, b domain.Step) int { return int(b.Since - a.Since) })
	var out [][]string
	for _, st := range steps[:min(len(steps), s.o.Done)] {
		out = append(out, []string{capital(st.Text)})
	}
	return out
}

// next says when we meet and when we look at the plan again.
func (s scribe) next() []string {
	var out []string
	if a, ok := s.p.NextPublic(s.o.Today); ok {
		out = append(out, s.w.meet(s.w.Meet, a)...)
	}
	if d := s.p.Review(s.o.Reviews).Day; d >= s.o.Today && !d.IsZero() {
		out = append(out, fill(s.w.Review, "date", s.w.day(d))...)
	}
	if x, paused := s.plan.Paused(s.o.Today); paused && x.Until.IsZero() {
		out = append(out, s.w.PausedOpen...)
	} else if paused {
		out = append(out, fill(s.w.Paused, "date", s.w.day(x.Until))...)
	}
	return out
}

func (s scribe) adjustments() [][]string {
	var out [][]string
	for _, a := range s.p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			out = append(out, []string{capital(a.Text)})
		}
	}
	return out
}
