// Package next is the pause after a session. The person may still sit there, so it
// shows when the next one begins and nobody's record.
package next

import (
	"cmp"
	"slices"
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
	saved screen.Next
	who   domain.ID
	first string // the first word of their name: not more, for who may look on
	at    domain.Debt
	was   string // whose record was written
	quiet bool   // a second has passed: keys are meant for here
	more  int
	width int
}

// New returns the pause.
func New(w screen.World, saved screen.Next) *Next { return &Next{world: w, saved: saved} }

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
		if slices.Contains(r.RecordIDs(), n.saved.Participant) {
			n.was = called(r)
		}
		d, ok := r.Next(q.Today)
		if !ok || d.Day != q.Today || d.Minute < 0 {
			continue
		}
		n.more++
		if n.who.IsZero() || d.Minute < n.at.Minute {
			n.who, n.at, n.first = cmp.Or(d.Of, r.ID), d, called(r)
		}
	}
	return nil
}

// Actions implements screen.Screen.
func (n *Next) Actions() []screen.Action {
	early := func() string {
		if !n.quiet {
			return "One moment: what is still being typed belongs to the last session."
		}
		return ""
	}
	nobody := func() string {
		if why := early(); why != "" {
			return why
		}
		if n.who.IsZero() {
			return "Nothing more is booked for today."
		}
		return ""
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the next person", Short: "open", Not: nobody, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: n.who}}
		}},
		{Keys: []string{"u"}, Name: "Undo what was just saved", Short: "undo", Do: n.undo, Not: early},
		{Keys: []string{"esc"}, Name: "Back to the caseload", Short: "caseload", Do: func() screen.Effect { return screen.Go{To: screen.Caseload{}} }},
	}, screen.Everywhere()...)
}

// undo takes back what was just saved, and opens the record that it was in.
func (n *Next) undo() screen.Effect {
	return screen.Do{
		Commands: []domain.Command{domain.Undo{Participant: n.saved.Participant, Batch: n.saved.Batch}},
		Then:     screen.Go{To: screen.Participant{ID: n.saved.Participant}},
	}
}

// Update implements screen.Screen.
func (n *Next) Update(msg tea.Msg) screen.Effect {
	if _, ok := msg.(screen.Second); ok {
		n.quiet = true
	}
	return nil
}

// called is who a line is about, in as few words as tell two apart.
func called(r domain.Row) string {
	if r.Restricted {
		return r.Name // a reference, and no name
	}
	return short(r.Name)
}

// short is a first name and an initial: enough to tell two apart, for who may look on.
func short(name string) string {
	first, rest, _ := strings.Cut(name, " ")
	if r := []rune(strings.TrimSpace(rest)); len(r) > 0 {
		first += " " + string(r[0]) + "."
	}
	return first
}

// View implements screen.Screen.
func (n *Next) View() (string, *tea.Cursor) {
	t := n.world.Theme
	lines := []string{"", "", "  " + t.Good.Paint(t.Glyphs.Done+" Saved.") + "  " + kit.Cut(n.was, 40), ""}
	if n.who.IsZero() {
		lines = append(lines, "  Nothing more is booked for today.")
		return strings.Join(lines, "\n"), tea.NewCursor(2, len(lines)-1)
	}
	lines = append(lines, "  Next at "+t.Strong.Paint(calendar.Clock(n.at.Minute))+": "+kit.Cut(n.first, 30))
	return strings.Join(lines, "\n"), tea.NewCursor(2, len(lines)-1)
}
