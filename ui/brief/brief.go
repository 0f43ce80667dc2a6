// Package brief is the half minute before a talk: last promises and whether they were
// kept, adjustments, clocks, what matters, and what changed since. Nothing private is
// on it: the person may sit there already.
package brief

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Brief is the screen.
type Brief struct {
	world screen.World
	id    domain.ID
	name  string
	names domain.Names
	brief domain.Brief
	win   kit.Window
	w, h  int
}

// New returns the brief on somebody.
func New(w screen.World, id domain.ID) *Brief { return &Brief{world: w, id: id} }

// Title implements screen.Screen.
func (s *Brief) Title() string { return "Brief on " + s.name }

// Fit implements screen.Screen.
func (s *Brief) Fit(w, h int) {
	s.w, s.h = w, h
	s.win.Resize(len(s.lines()), max(1, h-1))
}

// Read implements screen.Screen.
func (s *Brief) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	s.name, s.brief = p.Name(), s.world.Desk.Queue().Brief(p)
	s.names = p.Callers(s.world.Desk.Who(), s.world.Desk.Office())
	s.Fit(s.w, s.h)
	return nil
}

// Actions implements screen.Screen.
func (s *Brief) Actions() []screen.Action {
	return append([]screen.Action{
		{Keys: []string{"s"}, Name: "Record a session", Short: "session", Do: func() screen.Effect { return screen.Go{To: screen.Session{Participant: s.id}} }},
		{Keys: []string{"enter", "b"}, Name: "Back to the record", Short: "record", Do: func() screen.Effect { return screen.Back{} }},
	}, screen.Everywhere()...)
}

// Update implements screen.Screen.
func (s *Brief) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

func (s *Brief) lines() []string {
	return screen.BriefLines(s.brief, s.names, s.world.Today(), s.world.Theme, s.w)
}

// View implements screen.Screen.
func (s *Brief) View() (string, *tea.Cursor) {
	lines := s.lines()
	from, to := s.win.Seen()
	return strings.Join(append([]string{""}, lines[min(from, len(lines)):min(to, len(lines))]...), "\n"), tea.NewCursor(0, 1+s.win.At-from)
}
