package referral

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Page is what a provider is to be told, as it is pasted or printed.
type Page struct {
	world  screen.World
	at     screen.ReferralPage
	p      domain.Participant
	text   string
	wrong  string
	win    kit.Window
	lines  []string
	width  int
	height int
}

// NewPage returns the page of a referral.
func NewPage(w screen.World, at screen.ReferralPage) *Page { return &Page{world: w, at: at} }

// Title implements screen.Screen.
func (s *Page) Title() string { return "Page of the referral of " + s.p.Name() }

// Fit implements screen.Screen.
func (s *Page) Fit(w, h int) {
	s.width, s.height = w, h
	s.lines = nil
	for _, l := range strings.Split(strings.TrimRight(s.text, "\n"), "\n") {
		s.lines = append(s.lines, kit.Cut(l, max(0, w-4)))
	}
	room := s.room()
	s.win.Resize(max(1, len(s.lines)-room+1), 1)
}

func (s *Page) room() int { return max(1, s.height-3) }

// Read implements screen.Screen.
func (s *Page) Read() error {
	p, err := s.world.Desk.Participant(s.at.Participant)
	if err != nil {
		return err
	}
	s.p, s.wrong = p, ""
	if s.text, err = s.world.Desk.Copy(s.at.Participant, s.of()); err != nil {
		s.text, s.wrong = "", err.Error()
	}
	s.Fit(s.width, s.height)
	return nil
}

func (s *Page) of() screen.CopyOf {
	return screen.CopyOf{Referral: s.at.Referral, Shape: domain.PlainShape, Language: domain.English}
}

// Actions implements screen.Screen.
func (s *Page) Actions() []screen.Action {
	none := func() string { return s.wrong }
	return append([]screen.Action{
		{Keys: []string{"c"}, Name: "Copy the page into the clipboard; other programs can read it", Short: "copy", Do: s.copy, Not: none},
		{Keys: []string{"f"}, Name: "Write the page into a file to print", Short: "file", Do: s.write, Not: none},
		{Keys: []string{"enter"}, Name: "Done: back to where you were", Short: "done", Do: func() screen.Effect { return screen.Back{} }},
	}, screen.Everywhere()...)
}

func (s *Page) copy() screen.Effect {
	desk, id, of := s.world.Desk, s.at.Participant, s.of()
	return screen.Run{Work: func() tea.Msg {
		text, err := desk.Clip(id, of)
		return clipped{text, err}
	}}
}

type clipped struct {
	text string
	err  error
}

type written struct {
	path string
	err  error
}

func (s *Page) write() screen.Effect {
	desk, id, of := s.world.Desk, s.at.Participant, s.of()
	return screen.Run{Work: func() tea.Msg {
		path, err := desk.CopyInto(id, of)
		return written{path, err}
	}}
}

// Update implements screen.Screen.
func (s *Page) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case written:
		if msg.err != nil {
			return screen.Say{Text: "No page was written: " + msg.err.Error()}
		}
		return screen.Say{Text: "The page is " + clean.Line(msg.path, 400)}
	case clipped:
		if msg.err != nil {
			return screen.Say{Text: msg.err.Error()}
		}
		said := fmt.Sprintf("In the clipboard: %d letters. If nothing can be pasted, press f for a file.", utf8.RuneCountInString(msg.text))
		return screen.All{screen.Tea{Cmd: tea.SetClipboard(msg.text)}, screen.Say{Text: said}}
	case tea.KeyPressMsg:
		s.win.Key(msg.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Page) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{"  " + t.Muted.Paint(kit.Cut("Paste or print this: coachdesk sends nothing itself. c copies, f writes a file.", max(0, s.width-4))), ""}
	if s.wrong != "" {
		for _, l := range kit.Wrap(clean.Line(s.wrong, 600), max(20, s.width-4)) {
			out = append(out, "  "+t.Bad.Paint(l))
		}
		return strings.Join(out, "\n"), nil
	}
	top := min(s.win.At, max(0, len(s.lines)-1))
	for _, l := range s.lines[top:min(len(s.lines), top+s.room())] {
		out = append(out, "  "+l)
	}
	if rest := len(s.lines) - top - s.room(); rest > 0 {
		out = append(out, "  "+t.Muted.Paint(fmt.Sprintf("%d more lines: j", rest)))
	}
	return strings.Join(out, "\n"), nil
}
