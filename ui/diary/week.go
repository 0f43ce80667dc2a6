package diary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/kit"
)

// grid is a week as rows of time and a column for each day. A day at the weekend has a
// column when something is booked on it.
type grid struct {
	from, to int // minutes of the first row and after the last
	days     []calendar.Day
	columns  [][]domain.Stretch
	untimed  bool // the first row is for what has no time
	win      kit.Window
}

func monday(d calendar.Day) calendar.Day { return d - (calendar.Day(d.Weekday())+6)%7 }

// build lays out the week of the day that is open.
func (g *grid) build(s *Diary) {
	first := monday(s.day)
	g.from, g.to = s.times.Opens, s.times.Closes
	g.days, g.columns, g.untimed = nil, nil, false
	for d := first; d < first+7; d++ {
		col := s.stretches(d)
		if d >= first+5 && d != s.day && !slices.ContainsFunc(col, func(l domain.Stretch) bool { return l.Kind == domain.StretchBooked }) {
			continue
		}
		g.days, g.columns = append(g.days, d), append(g.columns, col)
		for _, l := range col {
			if l.From < 0 {
				g.untimed = true
				continue
			}
			g.from, g.to = min(g.from, l.From), max(g.to, l.To)
		}
	}
	g.from -= g.from % slot()
}

// rows are how many there are.
func (g *grid) rows() int {
	n := (g.to - g.from + slot() - 1) / slot()
	if g.untimed {
		n++
	}
	return n
}

// minute returns the time of the row under the cursor; -1 for no time.
func (g *grid) minute() int { return g.timeOf(g.win.At) }

func (g *grid) timeOf(row int) int {
	if g.untimed {
		row--
	}
	if row < 0 {
		return -1
	}
	return g.from + row*slot()
}

// seek puts the cursor on the row of a time.
func (g *grid) seek(minute int) {
	row := max(0, (minute-g.from)/slot())
	if g.untimed {
		row++
	}
	if minute < 0 {
		row = 0
	}
	g.win.Go(row)
}

// land goes over the days of a weekend that have no column.
func (g *grid) land(s *Diary, days int) {
	if days%7 == 0 {
		return
	}
	for day := s.day; ; day += calendar.Day(days) {
		booked := slices.ContainsFunc(s.times.On(day), func(t domain.Taken) bool { return t.Of(s.whose) })
		if weekday := (int(day.Weekday()) + 6) % 7; weekday < 5 || booked {
			s.day = day
			return
		}
	}
}

// in returns what a day has in a row: appointments first.
func (g *grid) in(column []domain.Stretch, row int) []domain.Stretch {
	at := g.timeOf(row)
	var out, rest []domain.Stretch
	for _, l := range column {
		switch {
		case at < 0 && l.From >= 0, at >= 0 && (l.From < 0 || l.From >= at+slot() || l.To <= at):
		case l.Kind == domain.StretchBooked:
			out = append(out, l)
		default:
			rest = append(rest, l)
		}
	}
	return append(out, rest...)
}

// at returns what the cursor is on: in its row, what begins there before what goes on.
func (g *grid) at(day calendar.Day) (domain.Stretch, bool) {
	i := slices.Index(g.days, day)
	if i < 0 {
		return domain.Stretch{}, false
	}
	all := g.in(g.columns[i], g.win.At)
	begins := slices.IndexFunc(all, func(l domain.Stretch) bool { return l.From >= g.minute() && l.Kind == all[0].Kind })
	if len(all) == 0 {
		return domain.Stretch{}, false
	}
	return all[max(0, begins)], true
}

func (s *Diary) viewWeek() (string, *tea.Cursor) {
	t, g := s.world.Theme, &s.grid
	const gutter = 8
	width := max(6, (s.w-gutter)/max(1, len(g.days)))
	heads := kit.Blank(gutter)
	for _, d := range g.days {
		_, _, n := d.Civil()
		ink, text := t.Muted, fmt.Sprintf("%s %d", d.Weekday().String()[:3], n)
		if _, off := s.times.DayOff(d); off {
			text += " off"
		}
		if d == s.today {
			ink = t.Accent
			text += " today"
		}
		heads += ink.Paint(kit.Fill(text, width-1)) + " "
	}
	all := slices.Concat(g.columns...)
	out := []string{s.head("Week of "+g.days[0].Short(s.today), all), heads}
	from, to := g.win.Seen()
	for row := from; row < to; row++ {
		label := "any"
		if at := g.timeOf(row); at >= 0 {
			label = calendar.Clock(at)
		}
		line := "  " + t.Muted.Paint(kit.Fill(label, gutter-2))
		if at := g.timeOf(row); slices.Contains(g.days, s.today) && at <= s.now && s.now < at+slot() && at >= 0 {
			line = t.Accent.Paint(kit.Fill(t.Glyphs.Arrow, 2) + kit.Fill(label, gutter-2))
		}
		for i, d := range g.days {
			line += s.cell(i, row, width, d == s.day && row == g.win.At)
		}
		out = append(out, line)
	}
	x := gutter + width*max(0, slices.Index(g.days, s.day))
	return strings.Join(append(pad(out, s.h-1), s.foot()), "\n"), tea.NewCursor(x, 2+g.win.At-from)
}

// cell is what a day has in a row: initials, and times where there is room. No names.
func (s *Diary) cell(column, row, width int, chosen bool) string {
	t, g := s.world.Theme, &s.grid
	at := g.timeOf(row)
	var who, signs []string
	rest, when := "", ""
	sign := func(is bool, glyph string) {
		if is && !slices.Contains(signs, glyph) {
			signs = append(signs, glyph)
		}
	}
	for _, l := range g.in(g.columns[column], row) {
		begins := l.From >= at
		switch {
		case l.Kind == domain.StretchBooked && begins:
			who = append(who, initials(l.Taken.Name))
			if at >= 0 && l.From > at {
				when = calendar.Clock(l.From) + " "
			}
			sign(len(l.Conflicts) > 0, t.Glyphs.Urgent)
			sign(s.over(l), t.Glyphs.Due)
		case l.Kind == domain.StretchBooked:
			rest = cmp.Or(rest, "…")
		case l.Kind == domain.StretchBreak:
			rest = cmp.Or(rest, "break")
		case begins:
			rest = cmp.Or(rest, "free")
		}
	}
	ink, text := t.Muted, rest
	if len(who) > 0 {
		ink, text = t.Text, strings.Join(append(who, signs...), " ")
		if len(who) == 1 {
			text = when + text
		}
	}
	if len(signs) > 0 {
		ink = t.Warn
	}
	if chosen {
		return t.Selected.Paint(kit.Fill(text, width-1)) + " "
	}
	return ink.Paint(kit.Fill(text, width-1)) + " "
}
