package handover

import (
	"fmt"
	"strings"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// drawNote is the note as the receiver will read it, with what they do not and why.
func (c *Compose) drawNote(w, h int) []string {
	t := c.world.Theme
	r := c.receiver(c.share())
	body := sheetLines(t, c.look.sheet, c.look.fold, max(10, w-3))
	if c.look.wrong != "" {
		body = nil
		for _, l := range kit.Wrap(clean.Line(c.look.wrong, 400), max(10, w-3)) {
			body = append(body, t.Bad.Paint(l))
		}
	}
	head := []string{" " + t.Accent.Paint(kit.Cut("As "+clean.Line(r.Name, 40)+" will read it", max(0, w-2)))}
	room := max(1, h-len(head)-1)
	c.look.win.Resize(max(1, len(body)-room+1), 1)
	for _, l := range body[min(c.look.win.At, len(body)):] {
		if len(head) > room {
			break
		}
		head = append(head, " "+l)
	}
	if rest := len(body) - c.look.win.At - room; rest > 0 {
		head = append(head, " "+t.Muted.Paint(kit.Cut(fmt.Sprintf("%d more lines: pgdown", rest), max(0, w-2))))
	}
	return head
}

// sheetLines draws a paper in lines of at most w cells. What its receiver does not read
// is marked, and its words folded unless they are opened.
func sheetLines(t *theme.Theme, s screen.Sheet, fold bool, w int) []string {
	var out []string
	for _, l := range kit.Wrap(clean.Line(s.Title, 200), w) {
		out = append(out, t.Strong.Paint(l))
	}
	for _, sec := range s.Sections {
		out = append(out, t.Accent.Paint(kit.Cut(sec.Title, w)))
		for _, l := range sec.Lines {
			text, ink := clean.Cell(l.Text), t.Text
			if l.Hidden != "" {
				ink = t.Muted
				text = t.Glyphs.Dropped + " not shown (" + l.Hidden + ")"
				if !fold {
					text += ": " + clean.Cell(l.Text)
				}
			}
			lead := len(text) - len(strings.TrimLeft(text, " "))
			for i, row := range kit.Wrap(strings.TrimLeft(text, " "), max(8, w-4-lead)) {
				in := kit.Blank(lead + 2)
				if i > 0 {
					in += "  "
				}
				out = append(out, ink.Paint(kit.Cut(in+row, w)))
			}
		}
	}
	return out
}

// drawSent says where the files for other desks are.
func (c *Compose) drawSent() []string {
	t := c.world.Theme
	width := max(20, c.width-4)
	out := []string{"", "  " + t.Good.Paint(t.Glyphs.Done+" Offered. coachdesk sends nothing itself: give each file to its receiver.")}
	for _, f := range c.files {
		out = append(out, "", "  "+t.Strong.Paint(kit.Cut(f.to.Says(), width)))
		switch {
		case f.fail != "":
			for _, l := range kit.Wrap("The file could not be written, and the offer stands: "+clean.Line(f.fail, 400), width) {
				out = append(out, "  "+t.Bad.Paint(l))
			}
		case f.at.Path == "":
			out = append(out, "  "+t.Muted.Paint("being sealed "+t.Glyphs.Open))
		default:
			for _, l := range writtenLines(f.at) {
				for _, row := range kit.Wrap(clean.Line(l, 400), width) {
					out = append(out, "  "+row)
				}
			}
		}
	}
	return append(out, "", "  "+t.Muted.Paint("enter is done."))
}

// writtenLines tell where a file is, how long it is and how its sum begins.
func writtenLines(w screen.Written) []string {
	lines := []string{w.Path, kit.Thousands(int(w.Bytes)) + " bytes, SHA-256 begins " + w.SHA256[:min(12, len(w.SHA256))]}
	return append(lines, w.Notes...)
}
