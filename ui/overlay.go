package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// overlay is a question or a panel in front of the screen. It takes every key and
// paste until it closes.
type overlay interface {
	// take answers a message; closed reports that the overlay is finished.
	take(tea.Msg) (e screen.Effect, cmd tea.Cmd, closed bool)
	// draw returns its lines, at most w wide and h high, and its cursor among them.
	draw(w, h int) ([]string, *tea.Cursor)
}

func (s *Shell) answerOverlay(msg tea.Msg) tea.Cmd {
	e, cmd, closed := s.over.take(msg)
	if closed {
		s.over = nil
	}
	return tea.Batch(cmd, s.carry(s.top(), e))
}

// prompt asks for one line.
type prompt struct {
	ask   screen.Prompt
	in    textinput.Model
	theme *theme.Theme
	echo  string
	wrong string
	warn  []string
}

func newPrompt(p screen.Prompt, w screen.World) *prompt {
	in := kit.NewInput("› ", p.Secret)
	in.SetValue(p.Value)
	in.CursorEnd()
	o := &prompt{ask: p, in: in, theme: w.Theme}
	o.judge()
	return o
}

// judge says what the text is understood as. Nothing typed yet is not wrong.
func (o *prompt) judge() {
	o.echo, o.wrong, o.warn = "", "", nil
	if o.ask.Echo == nil || strings.TrimSpace(o.value()) == "" {
		return
	}
	echo, err := o.ask.Echo(o.value())
	if err != nil {
		o.wrong = err.Error()
		return
	}
	o.echo = echo
	if o.ask.Warn != nil {
		o.warn = o.ask.Warn(o.value())
	}
}

// value is what was typed, or what an empty line means.
func (o *prompt) value() string {
	if strings.TrimSpace(o.in.Value()) == "" {
		return o.ask.Default
	}
	return o.in.Value()
}

func (o *prompt) take(msg tea.Msg) (screen.Effect, tea.Cmd, bool) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc":
			return nil, nil, true
		case "enter":
			v := o.value()
			if o.ask.Echo != nil {
				if _, err := o.ask.Echo(v); err != nil {
					o.wrong = err.Error()
					return nil, nil, false
				}
			}
			return o.ask.Then(v), nil, true
		}
	}
	if p, ok := msg.(tea.PasteMsg); ok {
		p.Content = clean.Line(p.Content, clean.MaxText)
		msg = p
	}
	var cmd tea.Cmd
	o.in, cmd = o.in.Update(msg)
	o.judge()
	return nil, cmd, false
}

func (o *prompt) draw(w, _ int) ([]string, *tea.Cursor) {
	o.in.SetWidth(max(8, w-4))
	var lines []string
	for _, l := range kit.Wrap(o.ask.Title, w) {
		lines = append(lines, o.theme.Accent.Paint(l))
	}
	cur := kit.Shift(o.in.Cursor(), 0, len(lines))
	lines = append(lines, o.in.View())
	switch {
	case o.wrong != "":
		for _, l := range kit.Wrap(clean.Line(o.wrong, 400), w) {
			lines = append(lines, o.theme.Bad.Paint(l))
		}
	case o.echo != "":
		echo := o.theme.Glyphs.Arrow + " " + o.echo
		if o.in.Value() == "" {
			echo += "   (" + o.ask.Hint + ")"
		}
		lines = append(lines, o.theme.Good.Paint(kit.Cut(echo, w)))
	default:
		lines = append(lines, o.theme.Muted.Paint(kit.Cut(o.ask.Hint, w)))
	}
	for _, against := range o.warn {
		for _, l := range kit.Wrap(o.theme.Glyphs.Urgent+" "+clean.Line(against, 400), w) {
			lines = append(lines, o.theme.Warn.Paint(l))
		}
	}
	return append(lines, o.theme.Muted.Paint("enter use   esc cancel")), cur
}

// chooser asks for one of a few.
type chooser struct {
	ask   screen.Choose
	theme *theme.Theme
	win   kit.Window
}

func (o *chooser) take(msg tea.Msg) (screen.Effect, tea.Cmd, bool) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil, false
	}
	name := k.String()
	if name == "esc" {
		return nil, nil, true
	}
	for _, c := range o.ask.Choices {
		if c.Key == name {
			return c.Then, nil, true
		}
	}
	o.win.Resize(len(o.ask.Choices), len(o.ask.Choices))
	if name == "enter" && len(o.ask.Choices) > 0 {
		return o.ask.Choices[o.win.At].Then, nil, true
	}
	o.win.Key(name)
	return nil, nil, false
}

func (o *chooser) draw(w, h int) ([]string, *tea.Cursor) {
	lines := []string{o.theme.Accent.Paint(kit.Cut(o.ask.Title, w))}
	for _, l := range kit.Wrap(o.ask.Note, w) {
		if l != "" {
			lines = append(lines, o.theme.Muted.Paint(l))
		}
	}
	top := len(lines)
	o.win.Resize(len(o.ask.Choices), max(1, h-top-1))
	from, to := o.win.Seen()
	for i := from; i < to; i++ {
		c := o.ask.Choices[i]
		mark, ink := "  ", o.theme.Text
		if i == o.win.At {
			mark, ink = o.theme.Glyphs.Cursor+" ", o.theme.Selected
		}
		lines = append(lines, ink.Paint(kit.Fill(mark+kit.Fill(c.Key, 4)+" "+c.Label, w)))
	}
	return append(lines, o.theme.Muted.Paint("enter pick   esc cancel")), tea.NewCursor(0, top+o.win.At-from)
}
