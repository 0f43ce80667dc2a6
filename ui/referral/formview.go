package referral

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// View implements screen.Screen.
func (f *Form) View() (string, *tea.Cursor) {
	if !f.passed {
		return f.list(), nil
	}
	lines := f.above()
	y := len(lines)
	for _, l := range strings.Split(f.area.View(), "\n") {
		lines = append(lines, "  "+l)
	}
	return strings.Join(append(lines, f.below()...), "\n"), kit.Shift(f.area.Cursor(), 2, y)
}

// list is the check list: what goes to whom, and what speaks for and against it.
func (f *Form) list() string {
	t := f.world.Theme
	field := func(label, value, key string) []string {
		value = clean.Line(value, 300)
		ink := t.Text
		if value == "" {
			value, ink = t.Glyphs.Dash, t.Muted
		}
		var out []string
		for i, l := range kit.Wrap(value, max(10, f.width-24)) {
			head, tail := kit.Fill("", 12), ""
			if i == 0 {
				head, tail = kit.Fill(label, 12), "  "+t.Muted.Paint(key)
			}
			out = append(out, "  "+t.Muted.Paint(head)+ink.Paint(l)+tail)
		}
		return out
	}
	lines := []string{"", "  " + t.Accent.Paint(kit.Cut(f.q.Catalogue.Name(f.letter.Programme), max(0, f.width-4)))}
	lines = append(lines, field("To", f.letter.Provider, "p")...)
	lines = append(lines, field("Contact", f.letter.Contact, "n")...)
	if f.letter.Reference != "" {
		lines = append(lines, field("Reference", f.letter.Reference, "R")...)
	}
	lines = append(lines, field("Told", "the name"+and(f.letter.Items), "i")...)
	next := "y accepts the list. Coach and person decide; this only advises."
	if f.stops() != "" {
		next = "It cannot be sent yet. What stops it, and the key for it:"
	}
	lines = append(lines, "", "  "+t.Strong.Paint(kit.Cut(next, max(0, f.width-4))))
	for _, c := range f.checks() {
		ink, sign := f.sign(c.Is)
		for i, l := range kit.Wrap(clean.Line(c.Says, 600), max(20, f.width-5-kit.Width(sign))) {
			head := "    "
			if i == 0 {
				head = "  " + ink.Paint(sign) + " "
			}
			lines = append(lines, head+ink.Paint(l))
		}
	}
	if f.wrong != "" {
		lines = append(lines, "  "+t.Bad.Paint(kit.Cut(clean.Line(f.wrong, 300), max(0, f.width-4))))
	}
	f.win.Resize(max(1, len(lines)-f.height+1), 1)
	lines = lines[f.win.At:]
	return strings.Join(lines[:min(len(lines), max(1, f.height))], "\n")
}

// sign marks a point of the list, with its word in the sentence beside it.
func (f *Form) sign(is domain.CheckIs) (theme.Ink, string) {
	t := f.world.Theme
	switch is {
	case domain.CheckStops:
		return t.Bad, t.Glyphs.Urgent + " stop:"
	case domain.CheckLook:
		return t.Warn, t.Glyphs.Due + " look:"
	case domain.CheckFine:
	}
	return t.Good, t.Glyphs.Done
}

// above is what stands over the words: to whom they go, and with what.
func (f *Form) above() []string {
	t := f.world.Theme
	width := max(20, f.width-4)
	line := f.q.Catalogue.Name(f.letter.Programme) + " " + t.Glyphs.Sep + " " + clean.Line(f.letter.Provider, 60) + " " + t.Glyphs.Sep + " told: the name" + and(f.letter.Items)
	lines := []string{"", "  " + t.Chip.Paint(kit.Cut(line, width))}
	if f.amends() {
		for _, l := range domain.LetterChanges(f.x.Letter, f.written()) {
			lines = append(lines, "  "+t.Warn.Paint(kit.Cut(clean.Line(l, 300), width)))
		}
		if room := max(4, f.height/3); len(lines) > room {
			lines = lines[:room]
		}
	}
	return append(lines, "", "  "+t.Accent.Paint(kit.Cut("Why, in the person's words. The provider reads it.", width)))
}

// below says what recording it as sent means.
func (f *Form) below() []string {
	t := f.world.Theme
	width := max(0, f.width-4)
	return []string{
		"  " + t.Muted.Paint(kit.Cut("ctrl+s shows the page to paste or print. coachdesk itself sends nothing.", width)),
		"  " + t.Bad.Paint(kit.Cut(clean.Line(f.wrong, 300), width)),
	}
}
