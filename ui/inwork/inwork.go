// Package inwork is the list of everybody in work or about to be: whose weeks are at risk
// first, then by who is to be asked next.
package inwork

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// List is everybody in work.
type List struct {
	world  screen.World
	all    []domain.WorkLine
	lines  []domain.WorkLine
	only   filter
	today  calendar.Day
	win    kit.Window
	width  int
	height int
}

// filter is which lines are shown.
type filter int

const (
	everybody filter = iota
	atRisk
	toAsk
	away
	filters // how many there are
)

func (f filter) lets(l domain.WorkLine) bool {
	switch f {
	case atRisk:
		return l.AtRisk
	case toAsk:
		return l.Asks
	case away:
		return l.Away
	case everybody, filters:
	}
	return true
}

// New returns the list.
func New(w screen.World) *List { return &List{world: w} }

// Title implements screen.Screen.
func (s *List) Title() string { return "In work" }

// Fit implements screen.Screen.
func (s *List) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.lines), max(1, (h-3)/2))
}

// Read implements screen.Screen.
func (s *List) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	under := s.line().Record
	q := s.world.Desk.Queue()
	s.today, s.all = q.Today, q.InWork(rows)
	s.choose()
	if at := slices.IndexFunc(s.lines, func(l domain.WorkLine) bool { return l.Record == under }); at >= 0 {
		s.win.Go(at)
	}
	return nil
}

func (s *List) choose() {
	s.lines = slices.DeleteFunc(slices.Clone(s.all), func(l domain.WorkLine) bool { return !s.only.lets(l) })
	s.win.Resize(len(s.lines), max(1, (s.height-3)/2))
}

func (s *List) line() domain.WorkLine {
	if s.win.At >= len(s.lines) {
		return domain.WorkLine{}
	}
	return s.lines[s.win.At]
}

// Update implements screen.Screen.
func (s *List) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// Actions implements screen.Screen.
func (s *List) Actions() []screen.Action {
	nothing := func() string {
		if len(s.lines) == 0 {
			return "Nobody is in this list. J on the tab Work of a record says that somebody found a job."
		}
		return ""
	}
	open := func(p func(domain.WorkLine) screen.Place) func() screen.Effect {
		return func() screen.Effect { return screen.Go{To: p(s.line())} }
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record at Work", Short: "open", Not: nothing, Do: open(func(l domain.WorkLine) screen.Place {
			return screen.Participant{ID: l.Record, Tab: screen.Work}
		})},
		{Keys: []string{"w"}, Name: "How the week in work was: hours, fine or not", Short: "week", Not: s.whyNotMark, Do: s.mark},
		{Keys: []string{"s"}, Name: "Record an in-work check", Short: "check", Not: nothing, Do: open(func(l domain.WorkLine) screen.Place {
			return screen.Session{Participant: l.Record, Kind: domain.InWorkCheck}
		})},
		{Keys: []string{"f"}, Name: "All, those at risk, those to ask, those away", Short: "which", Do: func() screen.Effect {
			s.only = (s.only + 1) % filters
			s.choose()
			return nil
		}},
	}, screen.Everywhere()...)
}

func (s *List) whyNotMark() string {
	if len(s.lines) == 0 {
		return "Nobody is in this list."
	}
	return screen.WhyNotMark(s.world.Desk.Who().Role, s.line().Work)
}

func (s *List) mark() screen.Effect {
	p, err := s.world.Desk.Participant(s.line().Record)
	if err != nil {
		return screen.Say{Text: err.Error()}
	}
	return screen.MarkWeek(s.world, p, 0)
}

// View implements screen.Screen.
func (s *List) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{kit.FillStyled(s.head(), s.width), ""}
	if len(s.lines) == 0 {
		return strings.Join(append(out, "  "+strings.Join(s.nobody(), "\n  ")), "\n"), nil
	}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		l := s.lines[i]
		first, second, ink := s.words(l)
		mark := "  "
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
			out = append(out, t.Selected.Paint(kit.Fill(mark+first, s.width)), t.Selected.Paint(kit.Fill("    "+second, s.width)))
			continue
		}
		out = append(out, mark+ink.Paint(kit.Cut(first, max(0, s.width-2))), "    "+t.Muted.Paint(kit.Cut(second, max(0, s.width-4))))
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, 2+2*(s.win.At-from))
}

// words are the two lines about somebody: who, where they stand and when to ask; the job
// and what is counted.
func (s *List) words(l domain.WorkLine) (first, second string, ink theme.Ink) {
	t := s.world.Theme
	sign, ink := t.Glyphs.Calm, t.Text
	switch {
	case l.AtRisk || l.Away:
		sign, ink = t.Glyphs.Urgent, t.Warn
	case l.Asks:
		sign, ink = t.Glyphs.Due, t.Warn
	}
	state := string(l.State)
	if l.Away {
		state = "away from work"
	}
	when := "no check planned"
	if l.Check.Says != "" {
		when = l.Check.Says + " " + l.Check.Day.Short(s.today) + ", " + l.Check.Day.Distance(s.today)
	}
	name := kit.Fill(clean.Line(l.Name, clean.MaxLine), min(24, s.width/4))
	first = sign + " " + name + " " + kit.Fill(state, min(24, s.width/4)) + " " + when
	second = l.Job
	if l.Minutes > 0 {
		second = strings.TrimPrefix(second+", "+domain.WeekHours(l.Minutes), ", ")
	}
	for _, st := range l.Counters {
		if !st.Rule.Beside {
			second = strings.TrimPrefix(second+" "+t.Glyphs.Sep+" "+st.Says(s.today), " "+t.Glyphs.Sep+" ")
			break
		}
	}
	return first, clean.Line(second, 300), ink
}

// head counts who is in the list, and says which are shown.
func (s *List) head() string {
	t := s.world.Theme
	out := " "
	for f, name := range []string{"all", "at risk", "to ask", "away"} {
		n := 0
		for _, l := range s.all {
			if filter(f).lets(l) {
				n++
			}
		}
		text := fmt.Sprintf(" %s %d ", name, n)
		if s.only == filter(f) {
			out += t.Selected.Paint(text)
			continue
		}
		out += t.Muted.Paint(text)
	}
	for _, order := range []string{"  at risk first, then by the next in-work check", "  at risk first, then by check"} {
		if kit.PrintedWidth(out)+kit.Width(order) <= s.width {
			return out + t.Muted.Paint(order)
		}
	}
	return out
}

// nobody says why the list is empty, and what would fill it.
func (s *List) nobody() []string {
	says := "Nobody is in work yet. J on the tab Work of a record says that somebody found a job."
	if len(s.all) > 0 {
		says = "Nobody is among these. f shows the others."
	}
	return kit.Wrap(says, max(8, s.width-4))
}
