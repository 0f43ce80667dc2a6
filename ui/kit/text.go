package kit

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// NewInput returns a field of one line with a real, steady cursor.
func NewInput(prompt string, secret bool) textinput.Model {
	in := textinput.New()
	in.Prompt = prompt
	in.SetVirtualCursor(false)
	if secret {
		in.EchoMode = textinput.EchoPassword
		in.EchoCharacter = '•'
	}
	st := in.Styles()
	st.Focused = textinput.StyleState{}
	st.Blurred = textinput.StyleState{}
	st.Cursor.Blink = false
	in.SetStyles(st)
	in.Focus()
	return in
}

// NewArea returns a field of many lines with a real, steady cursor. The line limit
// of the widget is lifted, and the keys that the desk needs are taken from it.
func NewArea(limit int) textarea.Model {
	a := textarea.New()
	a.ShowLineNumbers = false
	a.Prompt = ""
	a.MaxHeight = 0 // the widget's own 99 would refuse Enter from there on
	a.CharLimit = limit
	a.SetVirtualCursor(false)
	st := a.Styles()
	plain := textarea.StyleState{Base: lipgloss.NewStyle(), Text: lipgloss.NewStyle(), CursorLine: lipgloss.NewStyle(), Placeholder: lipgloss.NewStyle().Faint(true)}
	st.Focused, st.Blurred = plain, plain
	st.Cursor.Blink = false
	a.SetStyles(st)
	a.KeyMap.LineNext = key.NewBinding(key.WithKeys("down"))
	a.KeyMap.LinePrevious = key.NewBinding(key.WithKeys("up"))
	a.Focus()
	return a
}

// Thousands writes a number as people read it: 20,000.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Lines makes every end of line in a pasted text a single newline. The widget
// would turn the two of Windows into two lines.
func Lines(p tea.PasteMsg) tea.PasteMsg {
	p.Content = strings.ReplaceAll(strings.ReplaceAll(p.Content, "\r\n", "\n"), "\r", "\n")
	return p
}

// Shift moves a cursor by the place of the widget that it belongs to; nil stays nil.
func Shift(c *tea.Cursor, x, y int) *tea.Cursor {
	if c == nil {
		return nil
	}
	moved := *c
	moved.X, moved.Y, moved.Blink = c.X+x, c.Y+y, false
	return &moved
}
