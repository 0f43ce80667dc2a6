package contacts

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Own is this desk's own card: to give away, and its fingerprint to read aloud.
type Own struct {
	world screen.World
	is    screen.OwnCard
	wrong string
	w, h  int
}

// NewOwn returns the card of whoever works here.
func NewOwn(w screen.World) *Own { return &Own{world: w} }

// Title implements screen.Screen.
func (s *Own) Title() string { return "Your card" }

// Fit implements screen.Screen.
func (s *Own) Fit(w, h int) { s.w, s.h = w, h }

// Read implements screen.Screen.
func (s *Own) Read() error {
	s.wrong = ""
	is, err := s.world.Desk.Identity()
	if err != nil {
		s.wrong = err.Error()
	}
	s.is = is
	return nil
}

// Actions implements screen.Screen.
func (s *Own) Actions() []screen.Action {
	not := func() string { return s.wrong }
	return append([]screen.Action{
		{Keys: []string{"c"}, Name: "Copy your card into the clipboard, to paste into a mail", Short: "copy", Do: s.copy, Not: not},
		{Keys: []string{"enter"}, Name: "Done: back to where you were", Short: "done", Do: func() screen.Effect { return screen.Back{} }},
	}, screen.Everywhere()...)
}

// copy needs no record: a card is about nobody but the one who gives it.
func (s *Own) copy() screen.Effect {
	return screen.All{screen.Tea{Cmd: tea.SetClipboard(s.is.Card)}, screen.Say{Text: "Your card is in the clipboard. If nothing can be pasted: coachdesk identity writes it on the command line."}}
}

// Update implements screen.Screen.
func (s *Own) Update(tea.Msg) screen.Effect { return nil }

// View implements screen.Screen. The digits stand apart, so that a finger can follow
// them while they are read.
func (s *Own) View() (string, *tea.Cursor) {
	t := s.world.Theme
	if s.wrong != "" {
		return "  " + t.Bad.Paint(kit.Cut(clean.Line(s.wrong, 400), max(0, s.w-4))), nil
	}
	who := s.is.Contact.Name + ", " + s.is.Contact.Role.String()
	if s.is.Contact.Office != "" {
		who += ", " + s.is.Contact.Office
	}
	out := []string{"  " + t.Strong.Paint(kit.Cut(clean.Line(who, 200), max(0, s.w-4)))}
	groups := strings.Fields(s.is.Contact.Fingerprint())
	each, gap := 1, s.h >= 16
	if s.h < 12 {
		each = 2
	}
	for i := 0; i < len(groups); i += each {
		line := ""
		for j := i; j < min(i+each, len(groups)); j++ {
			line += kit.Fill(fmt.Sprintf("%d.   %s", j+1, strings.Join(strings.Split(groups[j], ""), " ")), 24)
		}
		if gap {
			out = append(out, "")
		}
		out = append(out, "      "+t.Accent.Paint(strings.TrimRight(line, " ")))
	}
	out = append(out, "")
	say := "Give your card to those who send you cases: c copies it. When they ring, read the six groups aloud, digit by digit; they type the first and the last."
	for _, l := range kit.Wrap(say, max(20, s.w-4)) {
		out = append(out, "  "+t.Muted.Paint(l))
	}
	return strings.Join(out[:min(len(out), s.h)], "\n"), nil
}
