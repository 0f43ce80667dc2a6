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

// besideFrom is the width from which the note stands beside what is written.
const besideFrom = 110

func (c *Compose) beside() bool {
	return c.width >= besideFrom && !c.letter.to.ID.IsZero() && c.phase != choosing && c.phase != sent
}

// left is how wide the left side is.
func (c *Compose) left() int {
	if c.width >= besideFrom {
		return c.width / 2
	}
	return c.width
}

// look is the note as its receiver will read it.
type look struct {
	of    domain.ID
	sheet screen.Sheet
	wrong string
	only  bool // it stands in place of the rest
	fold  bool // what the receiver does not read is folded
	asked int  // counts readings, so that a late one is told from the last
	win   kit.Window
}

// drawn is a note that was made.
type drawn struct {
	asked int
	of    domain.ID
	sheet screen.Sheet
	err   error
}

func (l *look) take(msg drawn) {
	if msg.asked != l.asked {
		return
	}
	if l.of != msg.of {
		l.win.Go(0)
	}
	l.of, l.sheet, l.wrong = msg.of, msg.sheet, ""
	if msg.err != nil {
		l.wrong = msg.err.Error()
	}
}

func (c *Compose) noteOf(s *share) screen.NoteOf {
	r := c.receiver(s)
	to := r.Name
	if r.Role == domain.Provider {
		to = c.recipient(s).Name
	}
	return screen.NoteOf{Participant: s.p.ID, For: r.Role, To: to, Kind: c.letter.kind, Words: c.said(s)}
}

// draw has the note of the person under the cursor made, beside the keys.
func (c *Compose) draw() screen.Effect {
	if c.letter.to.ID.IsZero() {
		return nil
	}
	s := c.share()
	if !s.drawn && len(c.shares) > 1 { // of one person the shell has noted it
		s.drawn = true
		who := c.world.Desk.Who()
		c.world.Desk.Looked(domain.Look{At: c.world.Now(), By: who.ID, Role: who.Role, Participant: s.p.ID, Via: "app"})
	}
	c.look.asked++
	desk, of, asked := c.world.Desk, c.noteOf(s), c.look.asked
	return screen.Run{Work: func() tea.Msg {
		sheet, err := desk.Note(of)
		return drawn{asked, of.Participant, sheet, err}
	}}
}

// View implements screen.Screen.
func (c *Compose) View() (string, *tea.Cursor) {
	var lines []string
	var cur *tea.Cursor
	switch c.phase {
	case choosing:
		lines, cur = c.drawChoice()
	case sent:
		return strings.Join(c.drawSent(), "\n"), nil
	case writing:
		lines, cur = c.drawWords()
	case arranging:
		lines, cur = c.drawArranged()
	}
	if c.look.only && !c.beside() {
		return strings.Join(c.drawNote(c.width, c.height), "\n"), nil
	}
	if !c.beside() {
		return strings.Join(lines, "\n"), cur
	}
	bar := c.world.Theme.Muted.Paint(c.world.Theme.Glyphs.Bar)
	right := c.drawNote(c.width-c.left()-2, c.height)
	out := make([]string, c.height)
	for i := range out {
		l, r := "", ""
		if i < len(lines) {
			l = lines[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = kit.FillStyled(l, c.left()-1) + bar + r
	}
	return strings.Join(out, "\n"), cur
}

// drawChoice asks to whom.
func (c *Compose) drawChoice() ([]string, *tea.Cursor) {
	t := c.world.Theme
	whom := ""
	if c.choice.one >= 0 {
		whom = ", for " + clean.Line(c.shares[c.choice.one].p.Name(), 40) + " alone"
	}
	out := []string{"", "  " + t.Accent.Paint(kit.Cut("To whom"+whom+"? The first letters of a name; a comma and a day say until when.", max(0, c.width-4)))}
	cur := kit.Shift(c.choice.in.Cursor(), 2, len(out))
	out = append(out, "  "+c.choice.in.View())
	switch day, err := c.day(); {
	case err != nil:
		out = append(out, "  "+t.Bad.Paint(kit.Cut(clean.Line(err.Error(), 200), max(0, c.width-4))))
	case c.wrong != "":
		out = append(out, "  "+t.Bad.Paint(kit.Cut(clean.Line(c.wrong, 300), max(0, c.width-4))))
	case !day.IsZero():
		out = append(out, "  "+t.Good.Paint(kit.Cut(t.Glyphs.Arrow+" back "+screen.DaySaid(day, c.q.Today), max(0, c.width-4))))
	default:
		out = append(out, "")
	}
	from, to := c.choice.win.Seen()
	for i := from; i < to; i++ {
		r := c.choice.found[i]
		text := r.Says()
		if warn := c.warning(r); warn != "" {
			text += " " + t.Glyphs.Sep + " " + warn
		}
		if i == c.choice.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+text, c.width)))
			continue
		}
		out = append(out, "  "+kit.Cut(text, max(0, c.width-2)))
	}
	if len(c.choice.found) == 0 {
		out = append(out, "  "+t.Muted.Paint(kit.Cut("Nobody fits. g o on the caseload registers a colleague; g b is the address book of other desks.", max(0, c.width-4))))
	}
	return out, cur
}

// warning says what speaks against a receiver of another desk.
func (c *Compose) warning(r screen.Receiver) string {
	contact, ok := c.world.Desk.Office().Contact(r.ID)
	switch {
	case !ok || contact.Warning() == "":
		return ""
	case contact.Changed():
		return "keys changed: ring before you send"
	}
	return "keys not compared by telephone yet"
}

// head says to whom it goes, as what.
func (c *Compose) head() []string {
	t := c.world.Theme
	width := max(20, c.left()-4)
	what := c.letter.kind.Says()
	if c.letter.kind == domain.HandoverCover {
		what = "looks after it, back to you "
		if c.letter.until.IsZero() {
			what += t.Glyphs.Dash + " (no day yet)"
		} else {
			what += screen.DaySaid(c.letter.until, c.q.Today)
		}
	}
	lines := []string{"  " + t.Chip.Paint(kit.Cut(c.letter.to.Says(), width)), "  " + t.Chip.Paint(kit.Cut(c.letter.kind.String()+": "+what, width))}
	if warn := c.warning(c.letter.to); warn != "" {
		lines = append(lines, "  "+t.Warn.Paint(kit.Cut(t.Glyphs.Due+" "+warn, width)))
	}
	return lines
}

// drawWords are the four texts, one of them open.
func (c *Compose) drawWords() ([]string, *tea.Cursor) {
	t := c.world.Theme
	width := max(20, c.left()-4)
	lines := c.head()
	var cur *tea.Cursor
	for f := range fields {
		name := fieldNames[f].name
		if len(c.shares) > 1 {
			name += ", for everybody"
			if f != why {
				name = fieldNames[f].name + ": " + clean.Line(c.share().p.Name(), 40)
			}
		}
		if f == c.letter.field {
			lines = append(lines, "  "+t.Accent.Paint(kit.Cut(name+" ("+fieldNames[f].asks+")", width)))
			cur = kit.Shift(c.area.Cursor(), 2, len(lines))
			for _, l := range strings.Split(c.area.View(), "\n") {
				lines = append(lines, "  "+l)
			}
			continue
		}
		value := clean.Line(*c.text(f), 200)
		if value == "" {
			value = t.Glyphs.Dash
		}
		lines = append(lines, "  "+t.Muted.Paint(kit.Cut(name+": "+value, width)))
	}
	return append(lines, c.foot(width)...), cur
}

// foot says what keeps it from being offered, or what offering means.
func (c *Compose) foot(width int) []string {
	t := c.world.Theme
	text, ink := "", t.Muted
	switch {
	case c.wrong != "":
		text, ink = clean.Line(c.wrong, 400), t.Bad
	case c.stops() != "":
		text, ink = c.stops(), t.Warn
	default:
		text = fmt.Sprintf("ctrl+s offers %s.", people(len(c.going())))
		if c.letter.to.Away() {
			text += " A sealed file is written; you send it yourself."
		}
	}
	var out []string
	for _, l := range kit.Wrap(text, width) {
		out = append(out, "  "+ink.Paint(l))
	}
	return out
}

// people counts them in words.
func people(n int) string {
	if n == 1 {
		return "one person"
	}
	return fmt.Sprintf("%d people", n)
}

// drawArranged is who and what.
func (c *Compose) drawArranged() ([]string, *tea.Cursor) {
	t := c.world.Theme
	width := max(20, c.left()-1)
	lines := append(c.head(), "")
	top := len(lines)
	c.win.Resize(len(c.spots()), max(1, c.height-top-2))
	all := c.spots()
	from, to := c.win.Seen()
	for i := from; i < to; i++ {
		ink, text := c.spotSays(all[i])
		if i == c.win.At {
			lines = append(lines, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+text, width)))
			continue
		}
		lines = append(lines, "  "+ink.Paint(kit.Cut(text, max(0, width-2))))
	}
	cur := tea.NewCursor(0, top+c.win.At-from)
	return append(lines, c.foot(max(20, width-4))...), cur
}

// spotSays tells a line of who and what: a sign and words.
func (c *Compose) spotSays(at spot) (theme.Ink, string) {
	t := c.world.Theme
	s := c.shares[at.share]
	if at.item >= 0 {
		it := s.items[at.item]
		if s.out || it.off {
			return t.Muted, "  " + t.Glyphs.Dropped + " left out: " + it.says
		}
		return t.Text, "  " + t.Glyphs.Done + " " + it.says
	}
	name := clean.Line(s.p.Name(), 60)
	if s.out {
		return t.Muted, t.Glyphs.Dropped + " left out: " + name
	}
	if len(c.shares) > 1 {
		name = kit.Fill(name, 26) + " " + t.Glyphs.Arrow + " " + clean.Line(c.receiver(s).Name, 40)
	}
	if c.withoutConsent(s) != "" {
		return t.Warn, t.Glyphs.Due + " " + name + ": no consent, c records it"
	}
	return t.Strong, t.Glyphs.Done + " " + name
}
