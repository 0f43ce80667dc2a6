package handover

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Page is one handover to read: what was written with it, and what was said since.
type Page struct {
	world  screen.World
	at     screen.HandoverPage
	p      domain.Participant
	h      domain.Handover
	lines  []string
	win    kit.Window
	width  int
	height int
}

// NewPage returns the page of a handover.
func NewPage(w screen.World, at screen.HandoverPage) *Page { return &Page{world: w, at: at} }

// Title implements screen.Screen.
func (s *Page) Title() string { return "Handover of " + s.p.Name() }

// Fit implements screen.Screen.
func (s *Page) Fit(w, h int) {
	s.width, s.height = w, h
	s.tell()
	s.win.Resize(max(1, len(s.lines)-s.room()+1), 1)
}

func (s *Page) room() int { return max(1, s.height-1) }

// Read implements screen.Screen.
func (s *Page) Read() error {
	p, err := s.world.Desk.Participant(s.at.Participant)
	if err != nil {
		return err
	}
	s.p = p
	h, ok := p.FindHandover(s.at.Handover)
	if !ok {
		return domain.Refused("handover", "That handover is not on the record any more.")
	}
	s.h = h
	s.Fit(s.width, s.height)
	return nil
}

// tell makes the lines of the page.
func (s *Page) tell() {
	t, today := s.world.Theme, s.world.Today()
	width := max(20, s.width-4)
	s.lines = nil
	put := func(ink theme.Ink, text string) {
		for _, l := range strings.Split(clean.Text(text, clean.MaxText), "\n") {
			for _, w := range kit.Wrap(l, width) {
				s.lines = append(s.lines, "  "+ink.Paint(w))
			}
		}
	}
	name := func(id domain.ID) string { return clean.Line(s.world.Desk.Office().Named(id).Name, 60) }
	until := ""
	if !s.h.Until.IsZero() {
		until = ", until " + screen.DaySaid(s.h.Until, today)
	}
	put(t.Chip, fmt.Sprintf("%s: %s%s", s.h.Kind, s.h.Kind.Says(), until))
	put(t.Muted, name(s.h.By)+" "+t.Glyphs.Arrow+" "+name(s.h.To)+", "+screen.DaySaid(s.h.On, today)+" "+t.Glyphs.Sep+" "+string(s.h.State()))
	for _, w := range []struct{ title, text string }{{"Why", s.h.Words.Why}, {"In one line", s.h.Words.Summary}, {"How to work with them", s.h.Words.HowToWork}, {"Not done, not known", s.h.Words.Gaps}} {
		if strings.TrimSpace(w.text) != "" {
			put(t.Accent, w.title)
			put(t.Text, w.text)
		}
	}
	if s.h.Paper != nil {
		for _, sec := range s.h.Paper.Sections {
			put(t.Accent, clean.Line(sec.Title, 200))
			for _, l := range sec.Lines {
				put(t.Text, l)
			}
		}
	}
	if len(s.h.Log) > 0 {
		put(t.Accent, "What was said about it")
	}
	for _, e := range s.h.Log {
		text := e.On.Short(today) + " " + name(e.By) + ": " + string(e.What)
		if e.Answer != "" {
			text += ", " + string(e.Answer)
		}
		if e.Words != "" {
			text += ": " + e.Words
		}
		if e.Late {
			text += " (another desk had settled it: kept, without effect)"
		}
		put(t.Text, text)
	}
}

// Actions implements screen.Screen.
func (s *Page) Actions() []screen.Action {
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Do: func() screen.Effect { return screen.Go{To: screen.Participant{ID: s.at.Participant}} }},
	}, screen.Everywhere()...)
}

// Update implements screen.Screen.
func (s *Page) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Page) View() (string, *tea.Cursor) {
	t := s.world.Theme
	top := min(s.win.At, max(0, len(s.lines)-1))
	out := append([]string{}, s.lines[min(top, len(s.lines)):min(len(s.lines), top+s.room())]...)
	if rest := len(s.lines) - top - s.room(); rest > 0 {
		out = append(out, "  "+t.Muted.Paint(fmt.Sprintf("%d more lines: j", rest)))
	}
	return strings.Join(out, "\n"), nil
}
