package escalation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Queue is the list of all live questions: for an adviser by age and clock, for a
// coach with what each waits for.
type Queue struct {
	world  screen.World
	lines  []queued
	q      domain.Queue
	win    kit.Window
	width  int
	height int
}

type queued struct {
	who  domain.ID
	name string
	ask  domain.RowAsk
	e    domain.Escalation
}

// New returns the list.
func New(w screen.World) *Queue { return &Queue{world: w} }

// Title implements screen.Screen.
func (s *Queue) Title() string {
	if s.adviser() {
		return "Adviser's desk"
	}
	return "Questions to the adviser"
}

func (s *Queue) adviser() bool { return s.world.Desk.Who().Role.MayAdvise() }

// Fit implements screen.Screen.
func (s *Queue) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.lines), max(1, (h-3)/2))
}

// Read implements screen.Screen.
func (s *Queue) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	under := s.line().ask.ID
	s.q = s.world.Desk.Queue()
	s.lines = s.lines[:0]
	for _, r := range rows {
		for _, a := range r.Questions {
			if s.adviser() && a.State != domain.EscalationAsked && a.State != domain.EscalationAccepted {
				continue
			}
			s.lines = append(s.lines, queued{cmp.Or(a.Of, r.ID), r.Name, a, a.Escalation()})
		}
	}
	slices.SortStableFunc(s.lines, func(a, b queued) int {
		return cmp.Or(domain.OldestFirst(a.e, b.e), strings.Compare(a.name, b.name))
	})
	s.win.Resize(len(s.lines), max(1, (s.height-3)/2))
	if at := slices.IndexFunc(s.lines, func(l queued) bool { return l.ask.ID == under }); at >= 0 {
		s.win.Go(at)
	}
	return nil
}

func (s *Queue) line() queued {
	if s.win.At >= len(s.lines) {
		return queued{}
	}
	return s.lines[s.win.At]
}

// Actions implements screen.Screen.
func (s *Queue) Actions() []screen.Action {
	nothing := func() string {
		if len(s.lines) == 0 {
			return "No question waits here."
		}
		return ""
	}
	may := func() string {
		if why := nothing(); why != "" {
			return why
		}
		if no := domain.WhyNotDo(s.world.Desk.Who().Role, domain.Accepted{}); no != "" {
			return no + " g w works as somebody else."
		}
		return ""
	}
	answer := func(ret bool) func() screen.Effect {
		return func() screen.Effect {
			l := s.line()
			return screen.Go{To: screen.Answer{Participant: l.who, Escalation: l.ask.ID, Return: ret}}
		}
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Not: nothing, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: s.line().who, Tab: screen.Questions}}
		}},
		{Keys: []string{"a"}, Name: "Accept: I will answer this", Short: "accept", Not: may, Do: func() screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.Accept{Participant: s.line().who, Escalation: s.line().ask.ID}}}
		}},
		{Keys: []string{"w"}, Name: "Write the answer", Short: "answer", Not: may, Do: answer(false)},
		{Keys: []string{"r"}, Name: "Return: I need more to answer", Short: "return", Not: may, Do: answer(true)},
	}, screen.Everywhere()...)
}

// Update implements screen.Screen.
func (s *Queue) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Queue) View() (string, *tea.Cursor) {
	t := s.world.Theme
	head := fmt.Sprintf("  %d live questions, urgent and oldest first", len(s.lines))
	if s.adviser() {
		head = fmt.Sprintf("  %d questions wait for an adviser, urgent and oldest first", len(s.lines))
	}
	out := []string{t.Muted.Paint(kit.Cut(head, s.width)), ""}
	if len(s.lines) == 0 {
		return strings.Join(append(out, "  Nothing waits."), "\n"), nil
	}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		l := s.lines[i]
		mark := "  "
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
		}
		state, late := s.state(l)
		name := kit.Fill(clean.Line(l.name, clean.MaxLine), min(28, s.width/3))
		first := mark + name + " " + state
		second := "    " + kit.Cut(clean.Line(l.ask.Text, 200), max(0, s.width-6))
		if l.ask.Text == "" {
			second = "    (coach only: open the record to read it)"
		}
		switch {
		case i == s.win.At:
			out = append(out, t.Selected.Paint(kit.Fill(first, s.width)), t.Selected.Paint(kit.Fill(second, s.width)))
		case late:
			out = append(out, mark+name+" "+t.Bad.Paint(state), t.Muted.Paint(second))
		default:
			out = append(out, mark+name+" "+state, t.Muted.Paint(second))
		}
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, 2+2*(s.win.At-from))
}

// state says where a question stands and how its clock runs.
func (s *Queue) state(l queued) (string, bool) {
	t := s.world.Theme
	text := string(l.ask.State)
	if l.ask.State == domain.EscalationAsked {
		text = ""
	}
	if !l.ask.Asked.IsZero() {
		if text != "" {
			text += ", "
		}
		text += "asked " + l.ask.Asked.Distance(s.q.Today)
	}
	if l.ask.Urgent {
		text = t.Glyphs.Urgent + " urgent, " + text
	}
	w, cal := s.q.Rules.Waits(), s.q.Calendars[s.q.Nation]
	due := l.e.Due(w, cal)
	if due.IsZero() {
		return text, false
	}
	if l.e.Expired(s.q.Today, w, cal) {
		return text + ", late since " + due.Short(s.q.Today), true
	}
	return text + ", by " + due.Short(s.q.Today), false
}
