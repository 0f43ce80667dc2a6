// Package next is the pause after a session. The person may still sit there, so it
// shows when the next one begins and nobody's record.
package next

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Next is the pause.
type Next struct {
	world screen.World
	who   domain.ID
	first string // the first word of their name: not more, for who may look on
	at    domain.Debt
	more  int
	width int
}

// New returns the pause.
func New(w screen.World) *Next { return &Next{world: w} }

// Title implements screen.Screen.
func (n *Next) Title() string { return "Next" }

// Fit implements screen.Screen.
func (n *Next) Fit(w, _ int) { n.width = w }

// Read implements screen.Screen.
func (n *Next) Read() error {
	rows, err := n.world.Desk.Rows()
	if err != nil {
		return err
	}
	q := n.world.Desk.Queue()
	n.who, n.at, n.more = domain.ID{}, domain.Debt{}, 0
	for _, r := range rows {
		d, ok := r.Next(q.Today)
		if !ok || d.Day != q.Today || d.Minute < 0 {
			continue
		}
		n.more++
		if n.who.IsZero() || d.Minute < n.at.Minute {
			first, _, _ := strings.Cut(r.Name, " ")
			n.who, n.at, n.first = r.ID, d, first
		}
	}
	return nil
}

// Actions implements screen.Screen.
func (n *Next) Actions() []screen.Action {
	nobody := func() string {
		if n.who.IsZero() {
			return "Nothing more is booked for today."
		}
		return ""
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the next person", Short: "open", Not: nobody, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: n.who}}
		}},
		{Keys: []string{"s"}, Name: "Begin the next session", Short: "session", Not: nobody, Do: func() screen.Effect {
			return screen.Go{To: screen.Session{Participant: n.who}}
		}},
		{Keys: []string{"esc"}, Name: "Back to the caseload", Do: func() screen.Effect { return screen.Go{To: screen.Caseload{}} }},
	}, screen.Everywhere()...)
}

// Update implements screen.Screen.
func (n *Next) Update(tea.Msg) screen.Effect { return nil }

// View implements screen.Screen.
func (n *Next) View() (string, *tea.Cursor) {
	t := n.world.Theme
	lines := []string{"", "", "  " + t.Good.Paint(t.Glyphs.Done+" Saved."), ""}
	if n.who.IsZero() {
		lines = append(lines, "  Nothing more is booked for today.")
		return strings.Join(lines, "\n"), tea.NewCursor(2, len(lines)-1)
	}
	lines = append(lines, "  Next at "+t.Strong.Paint(calendar.Clock(n.at.Minute))+": "+kit.Cut(n.first, 30))
	return strings.Join(lines, "\n"), tea.NewCursor(2, len(lines)-1)
}
