package escalation

import (
	"cmp"
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

// Queue is the list of all live questions: for an adviser by age and clock, for a
// coach with what each waits for.
type Queue struct {
	world  screen.World
	lines  []queued
	all    map[domain.EscalationKind]int
	only   filter
	q      domain.Queue
	win    kit.Window
	width  int
	height int
}

// filter is which kind is shown; zero shows all.
type filter int

func (f filter) lets(k domain.EscalationKind) bool {
	return f == 0 || domain.EscalationKinds[f-1] == k
}

type queued struct {
	who   domain.ID
	name  string
	ask   domain.RowAsk
	e     domain.Escalation
	cal   *calendar.Calendar
	meets calendar.Day // the day of the meeting of three
	at    int          // its minute
}

// New returns the list.
func New(w screen.World) *Queue { return &Queue{world: w} }

// Title implements screen.Screen.
func (s *Queue) Title() string {
	if s.adviser() {
		return "Adviser's desk"
	}
	return "Escalations to the adviser"
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
	s.lines, s.all = s.lines[:0], map[domain.EscalationKind]int{}
	for _, r := range rows {
		for _, a := range r.Questions {
			if s.adviser() && !a.WaitsForAdviser() {
				continue
			}
			s.all[a.For]++
			if s.only.lets(a.For) {
				s.lines = append(s.lines, s.queue(r, a))
			}
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

func (s *Queue) queue(r domain.Row, a domain.RowAsk) queued {
	l := queued{who: cmp.Or(a.Of, r.ID), name: r.Name, ask: a, e: a.Escalation(), cal: s.q.CalendarOf(r)}
	for _, d := range r.Debts {
		if d.Kind == domain.DebtAppointment && d.ID == a.Meets && !a.Meets.IsZero() {
			l.meets, l.at = d.Day, d.Minute
		}
	}
	return l
}

func (s *Queue) line() queued {
	if s.win.At >= len(s.lines) {
		return queued{}
	}
	return s.lines[s.win.At]
}

// Update implements screen.Screen.
func (s *Queue) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// empty is said where nothing waits; only who asks has a way to fill the list.
func (s *Queue) empty() string {
	if domain.WhyNotDo(s.world.Desk.Who().Role, domain.Asked{}) != "" || s.world.Desk.Who().Role == domain.Adviser {
		return "Nothing waits."
	}
	return kit.Cut("Nothing waits. e on a record asks the adviser.", max(0, s.width-4))
}

// View implements screen.Screen.
func (s *Queue) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{kit.FillStyled(s.head(), s.width), ""}
	if len(s.lines) == 0 {
		return strings.Join(append(out, "  "+s.empty()), "\n"), nil
	}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		l := s.lines[i]
		mark := "  "
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
		}
		ink, state := s.state(l)
		name := kit.Fill(clean.Line(l.name, clean.MaxLine), s.nameWidth())
		second := "    " + kit.Cut(clean.Line(l.ask.Text, 200), max(0, s.width-6))
		if l.ask.Text == "" {
			second = "    (not shown in lists: open the record to read it)"
		}
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(mark+name+" "+state, s.width)), t.Selected.Paint(kit.Fill(second, s.width)))
			continue
		}
		out = append(out, mark+name+" "+ink.Paint(kit.Cut(state, max(0, s.width-kit.Width(mark+name)-1))), t.Muted.Paint(kit.Cut(second, s.width)))
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, 2+2*(s.win.At-from))
}

// head counts the questions of each kind, and says which are shown.
func (s *Queue) head() string {
	t := s.world.Theme
	all := 0
	for _, n := range s.all {
		all += n
	}
	say := func(on bool, text string) string {
		if on {
			return t.Selected.Paint(" " + text + " ")
		}
		return t.Muted.Paint(" " + text + " ")
	}
	out := " " + say(s.only == 0, fmt.Sprintf("all %d", all))
	for i, k := range domain.EscalationKinds {
		out += say(s.only == filter(i+1), fmt.Sprintf("%s %d", k, s.all[k]))
	}
	return out + t.Muted.Paint("  oldest first")
}

// state says where a question stands and how its clock runs: a sign, words, and the
// ink of both.
func (s *Queue) state(l queued) (theme.Ink, string) {
	t := s.world.Theme
	sign, ink := t.Glyphs.Calm, t.Text
	parts := []string{l.ask.For.String()}
	if when := l.meeting(s.q.Today); when != "" && l.ask.State == domain.EscalationBooked {
		parts = append(parts, when)
	} else if l.ask.State != domain.EscalationAsked {
		parts = append(parts, string(l.ask.State))
	}
	if l.ask.Urgent {
		sign, ink, parts = t.Glyphs.Urgent, t.Warn, append([]string{"urgent"}, parts...)
	}
	w := s.q.Rules.Waits()
	if due := l.e.Due(w, l.cal); l.e.Expired(s.q.Today, w, l.cal) {
		sign, ink = t.Glyphs.Urgent, t.Bad
		parts = append(parts, "late since "+due.Short(s.q.Today))
	} else if !due.IsZero() {
		parts = append(parts, "by "+due.Short(s.q.Today))
		if due == s.q.Today {
			sign, ink = t.Glyphs.Due, t.Warn
		}
	}
	if !l.ask.Asked.IsZero() {
		parts = append(parts, "asked "+l.ask.Asked.Distance(s.q.Today))
	}
	if l.ask.Times > 1 {
		parts = append(parts, fmt.Sprintf("%d times", l.ask.Times))
	}
	return ink, sign + " " + s.fitting(parts, kit.Width(sign)+1)
}

// fitting joins as many parts as a line takes beside the name: half a date says nothing.
func (s *Queue) fitting(parts []string, used int) string {
	room := s.width - s.nameWidth() - 3 - used
	for n := len(parts); n > 1; n-- {
		if text := strings.Join(parts[:n], ", "); kit.Width(text) <= room {
			return text
		}
	}
	return parts[0]
}

func (s *Queue) nameWidth() int { return min(24, s.width/4) }

// meeting says when the meeting of three is; nothing when none is booked.
func (l queued) meeting(today calendar.Day) string {
	if l.meets.IsZero() {
		return ""
	}
	when := "booked " + l.meets.Short(today)
	if l.at >= 0 {
		when += " " + calendar.Clock(l.at)
	}
	return when
}
