package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// frameLines are the lines that the header, the message and the footer take.
const frameLines = 4

// designed is the width from which every screen shows all of its words.
const designed = 80

func (s *Shell) fit(room screen.Screen) { room.Fit(s.width, max(0, s.height-frameLines)) }

// View implements tea.Model.
func (s *Shell) View() tea.View {
	content, cur := s.drawn()
	v := tea.NewView(content)
	v.AltScreen = true
	v.WindowTitle = "coachdesk" // never a name: titles show in task bars and on shared screens
	v.Cursor = cur
	return v
}

// drawn draws, and survives a mistake in a screen: the next message ends the shell.
func (s *Shell) drawn() (content string, cur *tea.Cursor) {
	defer func() {
		if r := recover(); r != nil {
			s.fault, content, cur = caught(r), "", nil
		}
	}()
	return s.draw()
}

func (s *Shell) draw() (string, *tea.Cursor) {
	if s.lock.why != "" { // the last frame: whoever types has to see the next door first
		return "", nil
	}
	if s.curtain {
		return s.drawCurtain()
	}
	body, cur := s.top().View()
	lines := strings.Split(strings.TrimRight(body, "\n"), "\n")
	room := max(0, s.height-frameLines)
	lines = append(lines, make([]string, room)...)[:room]
	if s.width < designed { // screens are made for 80 columns; in fewer they are cut
		for i := range lines {
			lines[i] = ansi.Truncate(lines[i], max(0, s.width), "…")
		}
	}
	said := s.message()
	if over := len(said) - 1; over <= len(lines) { // a long sentence is read to its end
		lines = lines[:len(lines)-over]
	} else {
		said = said[:1]
	}
	out := append([]string{s.header(), s.rule()}, lines...)
	out = append(append(out, said...), s.footer())
	cur = kit.Shift(cur, 0, 2)
	content := strings.Join(out, "\n")
	if s.over == nil {
		return content, cur
	}
	return s.drawOver(content)
}

func (s *Shell) rule() string {
	return s.world.Theme.Muted.Paint(strings.Repeat(s.world.Theme.Glyphs.Rule, s.width))
}

func (s *Shell) header() string {
	t := s.world.Theme
	titles := make([]string, 0, len(s.stack))
	for _, room := range s.stack {
		titles = append(titles, clean.Line(room.Title(), clean.MaxLine))
	}
	sep := " › "
	if t.Plain {
		sep = " > "
	}
	if s.world.Desk == nil {
		return kit.FillStyled(" "+t.Title.Paint("coachdesk"), s.width)
	}
	today := s.world.Today()
	state := t.Good.Paint(t.Glyphs.Saved + " saved")
	if s.world.Desk.ReadOnly() != "" {
		state = t.Warn.Paint(t.Glyphs.Open + " only read")
	}
	if s.world.Desk.Unsaved() {
		state = t.Bad.Paint(t.Glyphs.Open + " not saved")
	}
	if s.waiting {
		state = t.Warn.Paint(t.Glyphs.Open + " saving")
	}
	w := s.world.Desk.Who()
	who := t.Muted.Paint(string(w.Role) + "   ")
	if s.width >= 100 {
		who = t.Muted.Paint(clean.Line(w.Name, 30) + ", " + string(w.Role) + "   ")
	}
	right := " " + who + t.Muted.Paint(today.Short(today)+"   ") + state + " "
	room := s.width - ansi.StringWidth(right) - len(" coachdesk   ")
	for len(titles) > 1 && kit.Width(crumbs(titles, sep)) > room {
		titles = titles[1:] // where the coach is says more than where they came from
	}
	return kit.Ends(" "+t.Title.Paint("coachdesk")+"  "+crumbs(titles, sep)+" ", right, s.width)
}

// crumbs are the titles of the open screens; a title that ends with the one before it, as
// "Match for Jo" after "Jo", does not say it again.
func crumbs(titles []string, sep string) string {
	out := slices.Clone(titles)
	for i := 1; i < len(titles); i++ {
		if short, again := strings.CutSuffix(titles[i], " for "+titles[i-1]); again {
			out[i] = short
		}
	}
	return strings.Join(out, sep)
}

// mostSaid is how many lines a message may take: what is longer is cut.
const mostSaid = 3

// message is what was said last, in one line, or in as many as its words need.
func (s *Shell) message() []string {
	t := s.world.Theme
	ink := t.Accent
	if s.saidBad {
		ink = t.Bad
	}
	room := max(0, s.width-2)
	said := kit.Wrap(clean.Line(s.said, 600), room)
	if len(said) == 0 {
		return []string{""}
	}
	if len(said) > mostSaid {
		said = append(said[:mostSaid-1:mostSaid-1], kit.Cut(strings.Join(said[mostSaid-1:], " "), room))
	}
	for i, l := range said {
		said[i] = " " + ink.Paint(kit.Cut(l, room))
	}
	return said
}

// footer lists the keys that are open, as many as there is room for; help stands at
// the end, where it is always found.
func (s *Shell) footer() string {
	t := s.world.Theme
	key := func(a screen.Action) (string, int) {
		return t.Strong.Paint(a.Keys[0]) + " " + t.Muted.Paint(a.Short), kit.Width(a.Keys[0]) + 1 + kit.Width(a.Short)
	}
	help, room := "", s.width-2
	var b strings.Builder
	b.WriteString(" ")
	actions := s.Actions()
	for _, a := range actions {
		if a.Short == "help" {
			text, w := key(a)
			help, room = text+" ", room-w-3
		}
	}
	for _, a := range actions {
		if a.Short == "" || a.Short == "help" || a.Closed() != "" {
			continue
		}
		text, w := key(a)
		if w > room {
			break
		}
		room -= w + 3
		b.WriteString(text + "   ")
	}
	return kit.Ends(b.String(), help, s.width)
}

// drawOver puts the question or panel at the foot of the screen, over a rule, so
// that what it is about can still be seen above it.
func (s *Shell) drawOver(content string) (string, *tea.Cursor) {
	w := max(1, min(s.width-4, 100))
	lines, cur := s.over.draw(w, max(3, s.height-6))
	y := max(0, s.height-len(lines)-1)
	box := make([]string, 0, len(lines)+1)
	box = append(box, s.rule())
	for _, l := range lines {
		box = append(box, kit.FillStyled("  "+l, s.width))
	}
	shown := lipgloss.NewCanvas(s.width, s.height).Compose(lipgloss.NewCompositor(
		lipgloss.NewLayer(content), lipgloss.NewLayer(strings.Join(box, "\n")).Y(y).Z(1),
	)).Render()
	return shown, kit.Shift(cur, 2, y+1)
}

// drawCurtain shows nothing of anybody.
func (s *Shell) drawCurtain() (string, *tea.Cursor) {
	lines := make([]string, s.height)
	at := s.height / 2
	words := "The curtain is drawn. Press enter to come back."
	if s.lock.due != "" {
		words = "Locking, as soon as what you saved is on the disk."
	}
	pad := max(0, (s.width-len(words))/2)
	if at < len(lines) {
		lines[at] = kit.Blank(pad) + s.world.Theme.Muted.Paint(kit.Cut(words, s.width))
	}
	return strings.Join(lines, "\n"), tea.NewCursor(pad, at)
}
