package kit

import "strings"

// Axis is a line of days: where it begins, and how many cells a number of days takes.
// Days are plain numbers; the axis knows no calendar.
type Axis struct {
	Start int // the day in the first cell
	Cells int // so many cells …
	Days  int // … for so many days
	Today int
	Ticks []Tick
	Now   string // the sign of today
}

// Tick is a word that stands at a day.
type Tick struct {
	At    int
	Label string
}

// Bar is a stretch of days.
type Bar struct {
	From, To int
	Sign     string // one cell wide
}

// cell returns the cell in which a day begins.
func (a Axis) cell(day int) int {
	n := (day - a.Start) * a.Cells
	if n < 0 && n%a.Days != 0 {
		return n/a.Days - 1
	}
	return n / a.Days
}

// Span returns how many days so many cells hold.
func (a Axis) Span(width int) int { return width * a.Days / a.Cells }

// Head draws the ticks, each as far as there is room before the next, and the sign of
// today under them.
func (a Axis) Head(width int) (ticks, today string) {
	line := []rune(Blank(width))
	free := 0
	for _, t := range a.Ticks {
		at := a.cell(t.At)
		label := []rune(t.Label)
		if at < free || at+len(label) > width {
			continue
		}
		copy(line[at:], label)
		free = at + len(label) + 1
	}
	return string(line), a.Draw(Bar{From: 1, To: 0}, width)
}

// Draw draws one bar; what lies beyond the edges is marked by < and >.
func (a Axis) Draw(b Bar, width int) string {
	var out strings.Builder
	from, to, now := a.cell(b.From), a.cell(b.To+1)-1, a.cell(a.Today)
	if b.To >= b.From {
		to = max(to, from)
	}
	for i := range width {
		switch {
		case b.To < b.From, i < from, i > to:
			switch {
			case b.To >= b.From && to < 0 && i == 0:
				out.WriteString("<")
			case b.To >= b.From && from >= width && i == width-1:
				out.WriteString(">")
			case i == now:
				out.WriteString(a.Now)
			default:
				out.WriteString(" ")
			}
		case i == 0 && from < 0:
			out.WriteString("<")
		case i == width-1 && to >= width:
			out.WriteString(">")
		default:
			out.WriteString(b.Sign)
		}
	}
	return out.String()
}
