package session

import (
	"strings"

	"charm.land/bubbles/v2/textarea"

	"coachdesk/domain"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// gutterWidth is what the sign before each line takes.
const gutterWidth = 3

// gutter knows the scope of each row of the field, long lines being several.
type gutter struct {
	rows   []domain.Scope
	ruler  textarea.Model // measures how the field breaks a line
	height map[string]int
	width  int
}

// measure works out the rows of a text. Only lines that were not there before cost
// anything.
func (g *gutter) measure(text string, width int) {
	if g.height == nil || g.width != width {
		g.ruler, g.height, g.width = kit.NewArea(0), map[string]int{}, width
		g.ruler.SetWidth(width)
	}
	g.rows = g.rows[:0]
	scopes := domain.LineScopes(text)
	heights := make(map[string]int, len(g.height))
	for i, line := range strings.Split(text, "\n") {
		n, known := g.height[line]
		if !known {
			g.ruler.SetValue(line)
			n = max(1, g.ruler.LineInfo().Height)
		}
		heights[line] = n
		for range n {
			g.rows = append(g.rows, scopes[i])
		}
	}
	g.height = heights
}

// inGutter is the sign before a row: which scope it has, when it is a private one.
func (s *Session) inGutter(at textarea.PromptInfo) string {
	scope := domain.Shareable
	if at.LineNumber < len(s.gutter.rows) {
		scope = s.gutter.rows[at.LineNumber]
	}
	t := s.world.Theme
	bar := "▏"
	if t.Plain {
		bar = "|"
	}
	switch scope {
	case domain.CoachOnly:
		return t.Warn.Paint("c"+bar) + " "
	case domain.ThirdParty:
		return t.Bad.Paint("t"+bar) + " "
	case domain.Shareable:
	}
	return kit.Blank(gutterWidth)
}

// here is the scope of the paragraph that the cursor is in.
func (s *Session) here() domain.Scope {
	scopes := domain.LineScopes(s.area.Value())
	return scopes[max(0, min(s.area.Line(), len(scopes)-1))]
}

// turnScope gives the paragraph under the cursor the next scope, and leaves the cursor
// on the letter that it was on.
func (s *Session) turnScope() screen.Effect {
	row, col := s.area.Line(), s.area.Column()
	text, at, grew := domain.TurnScope(s.area.Value(), row)
	s.area.SetValue(text)
	if at == row {
		col = max(0, col+grew)
	}
	s.goTo(row, col)
	return s.changed()
}

// goTo puts the cursor on a letter of a line. The field moves by rows, of which a long
// line has several.
func (s *Session) goTo(row, col int) {
	s.area.MoveToBegin()
	for range 1 << 16 {
		if s.area.Line() >= row {
			break
		}
		s.area.CursorDown()
	}
	s.area.SetCursorColumn(col)
}
