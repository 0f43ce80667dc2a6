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

// panel lists the actions of a screen: as help it is read, as palette it is
// searched. What was chosen shows its direct key.
type panel struct {
	title   string
	actions []screen.Action
	fits    []int
	in      textinput.Model
	search  bool
	win     kit.Window
	theme   *theme.Theme
}

func newHelp(top screen.Screen, w screen.World) overlay {
	p := &panel{title: "Keys on this screen: " + top.Title(), actions: append(top.Actions(), screen.Always()...), theme: w.Theme}
	p.filter()
	return p
}

func newPalette(top screen.Screen, w screen.World) overlay {
	p := &panel{title: "What do you want to do?", actions: append(top.Actions(), screen.Always()...), search: true, in: kit.NewInput(": ", false), theme: w.Theme}
	p.filter()
	return p
}

func (o *panel) filter() {
	o.fits = o.fits[:0]
	want := strings.Fields(clean.Fold(o.in.Value()))
next:
	for i, a := range o.actions {
		name := clean.Fold(a.Name)
		for _, word := range want {
			if !strings.Contains(name, word) {
				continue next
			}
		}
		o.fits = append(o.fits, i)
	}
	o.win.Resize(len(o.fits), o.win.Height)
}

func (o *panel) take(msg tea.Msg) (screen.Effect, tea.Cmd, bool) {
	k, ok := msg.(tea.KeyPressMsg)
	if ok {
		name := k.String()
		switch {
		case name == "esc", !o.search && (name == "?" || name == "f1" || name == "q"):
			return nil, nil, true
		case name == "enter":
			return o.choose(), nil, true
		case len(name) > 1 && o.win.Key(name), !o.search && o.win.Key(name):
			return nil, nil, false
		}
	}
	if !o.search {
		return nil, nil, false
	}
	var cmd tea.Cmd
	o.in, cmd = o.in.Update(msg)
	o.filter()
	return nil, cmd, false
}

func (o *panel) choose() screen.Effect {
	if len(o.fits) == 0 {
		return nil
	}
	a := o.actions[o.fits[o.win.At]]
	if why := a.Closed(); why != "" {
		return screen.Say{Text: why}
	}
	return screen.All{screen.Say{Text: "Next time press " + a.Keys[0] + " for this."}, a.Do()}
}

func (o *panel) draw(w, h int) ([]string, *tea.Cursor) {
	lines := []string{o.theme.Accent.Paint(kit.Cut(o.title, w))}
	var cur *tea.Cursor
	if o.search {
		o.in.SetWidth(max(8, w-4))
		cur = kit.Shift(o.in.Cursor(), 0, 1)
		lines = append(lines, o.in.View())
	}
	top := len(lines)
	whole := 0
	if h >= 10 {
		whole = wholeLines
	}
	o.win.Resize(len(o.fits), max(1, h-top-1-whole))
	from, to := o.win.Seen()
	for i := from; i < to; i++ {
		a := o.actions[o.fits[i]]
		text := "  " + kit.Fill(strings.Join(a.Keys, ", "), 20) + " " + words(a)
		ink := o.theme.Text
		if i == o.win.At {
			ink, text = o.theme.Selected, o.theme.Glyphs.Cursor+text[1:]
		}
		lines = append(lines, ink.Paint(kit.Fill(text, w)))
	}
	if cur == nil {
		cur = tea.NewCursor(0, top+o.win.At-from)
	}
	if whole > 0 {
		lines = append(lines, o.underCursor(w)...)
	}
	return append(lines, o.theme.Muted.Paint("enter do it   esc close")), cur
}

// wholeLines are kept free below the list for the words of the line under the cursor,
// so that nothing moves when they need one line or two.
const wholeLines = 2

// underCursor says in whole words what the list had to cut.
func (o *panel) underCursor(w int) []string {
	out := make([]string, wholeLines)
	if o.win.At >= len(o.fits) {
		return out
	}
	text := words(o.actions[o.fits[o.win.At]])
	if kit.Width(text)+23 <= w {
		return out
	}
	all := kit.Wrap(text, w)
	if len(all) > wholeLines {
		all[wholeLines-1] = kit.Cut(strings.Join(all[wholeLines-1:], " "), w)
	}
	for i := range min(len(all), wholeLines) {
		out[i] = o.theme.Accent.Paint(all[i])
	}
	return out
}

// words are what an action does, and why it is closed if it is.
func words(a screen.Action) string {
	if why := a.Closed(); why != "" {
		return a.Name + " (" + why + ")"
	}
	return a.Name
}
