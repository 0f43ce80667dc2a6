package caseload

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// columns are the widths of the list's columns for a room.
type columns struct{ person, why, next, seen, plan int }

func fit(width int) columns {
	c := columns{person: 22, next: 12, plan: 10}
	if width >= 100 {
		c.person, c.seen, c.next = 26, 14, 14
	}
	if width < 70 {
		c.plan, c.person = 0, 18
	}
	c.why = max(8, width-c.person-c.next-c.seen-c.plan-4)
	return c
}

// View implements screen.Screen.
func (c *Caseload) View() (string, *tea.Cursor) {
	lines := []string{c.tabLine()}
	var cur *tea.Cursor
	if c.finding || !c.query.Empty() || c.mistake != nil {
		line, at := c.findLine()
		if at != nil {
			cur = kit.Shift(at, 1, len(lines))
		}
		lines = append(lines, line)
	}
	width := c.width
	showPreview := c.preview && c.narrow() == ""
	if showPreview {
		width -= 44
	}
	list := c.list(width)
	if cur == nil {
		cur = tea.NewCursor(0, len(lines)+1+c.win.At-c.win.Top)
	}
	if showPreview {
		list = kit.Join(list, width, c.previewLines(43), max(0, c.height-len(lines)))
	}
	return strings.Join(append(lines, list...), "\n"), cur
}

func (c *Caseload) tabLine() string {
	t := c.world.Theme
	var b strings.Builder
	for i, tab := range tabs {
		text := fmt.Sprintf("%s %d", tab.name, c.counts[i])
		if len(c.index.lines) == 0 && !c.begun {
			text = tab.name
		}
		if i == c.tab {
			b.WriteString(" " + t.Selected.Paint(" "+text+" "))
			continue
		}
		b.WriteString("  " + t.Muted.Paint(text) + " ")
	}
	if said := c.markedWords(); said != "" {
		return kit.Ends(b.String(), t.Accent.Paint(said), c.width)
	}
	return kit.FillStyled(b.String(), c.width)
}

// findLine is the search, with what is wrong in it told beside it.
func (c *Caseload) findLine() (string, *tea.Cursor) {
	t := c.world.Theme
	note := t.Muted.Paint(fmt.Sprintf("%d found ", len(c.shown)))
	if c.mistake != nil {
		note = t.Bad.Paint("not understood ")
	} else if n := len(c.index.lines); len(c.search.words) > 0 && c.search.done < n {
		note = t.Muted.Paint(fmt.Sprintf("%d found, notes of %d of %d read ", len(c.shown), c.search.done, n))
	}
	c.find.SetWidth(max(10, c.width-kit.PrintedWidth(note)-5))
	if !c.finding {
		return kit.Ends(" "+t.Muted.Paint("/ "+clean.Line(c.find.Value(), 200)), note, c.width), nil
	}
	return kit.Ends(" "+c.find.View(), note, c.width), c.find.Cursor()
}

func (c *Caseload) list(width int) []string {
	t := c.world.Theme
	col := fit(width)
	head := "  " + kit.Fill("Person", col.person) + " " + kit.Fill("Why now", col.why) + " " + kit.Fill("Next", col.next)
	if col.seen > 0 {
		head += kit.Fill("Last seen", col.seen)
	}
	if col.plan > 0 {
		head += kit.Fill("Plan", col.plan)
	}
	out := []string{t.Muted.Paint(kit.Cut(head, width))}
	from, to := c.win.Seen()
	for i := from; i < to; i++ {
		out = append(out, c.drawRow(c.index.lines[c.shown[i]], col, i == c.win.At, width))
	}
	if len(c.shown) == 0 {
		out = append(out, "")
		for _, l := range kit.Wrap(c.emptyWords(), max(20, width-4)) {
			out = append(out, "  "+l)
		}
	}
	return out
}

func (c *Caseload) emptyWords() string {
	switch {
	case c.mistake != nil:
		return clean.Line(c.mistake.Why, 400)
	case c.failed:
		return "The caseload could not be read."
	case !c.begun:
		return fmt.Sprintf("Reading %s people …", kit.Thousands(c.world.Desk.Count()))
	case len(c.index.lines) == 0:
		return "The caseload is empty. Press a to add somebody. A list comes in with the command coachdesk import people FILE."
	case !c.query.Empty():
		return "Nobody fits. esc clears the search."
	case c.tab == 0:
		return "Nobody needs you today. Press tab for the other lists."
	}
	return "Nobody is in this list."
}

func (c *Caseload) drawRow(l *line, col columns, selected bool, width int) string {
	t := c.world.Theme
	glyph, ink, why := c.whyWords(l, col.why-2)
	next, _ := l.Next(l.Today)
	nextText := ""
	if !next.Day.IsZero() {
		nextText = nextWords(next, l.Today)
	}
	mark, at := " ", " "
	if selected {
		at = t.Glyphs.Cursor
	}
	if _, ok := c.marked[l.ID]; ok {
		mark = t.Glyphs.Done
	}
	mark = at + mark
	name := c.named(l, col.person)
	whyText := kit.Fill(strings.TrimSpace(glyph+" "+why), col.why)
	rest := " " + kit.Fill(nextText, col.next)
	if col.seen > 0 {
		seen := "never"
		if !l.Seen.IsZero() {
			seen = l.Seen.Distance(l.Today)
		}
		rest += kit.Fill(seen, col.seen)
	}
	if col.plan > 0 {
		rest += kit.Fill(progress(l.Done, l.Steps, t), col.plan)
	}
	if selected {
		return t.Selected.Paint(kit.Fill(mark+name+" "+whyText+rest, width))
	}
	return mark + name + " " + ink.Paint(whyText) + rest
}

// named is the name, and in whose hands the case is while somebody looks after it.
func (c *Caseload) named(l *line, room int) string {
	name, word := clean.Line(l.Name, clean.MaxLine), ""
	if h, ok := l.Cover(); ok {
		word = " " + c.world.Theme.Glyphs.Doing + " covered"
		if h.To == c.world.Desk.Who().ID {
			word = " " + c.world.Theme.Glyphs.Doing + " cover"
		}
	}
	return kit.Fill(kit.Cut(name, room-kit.Width(word))+word, room)
}

// whyWords is the heaviest reason, with its sign, in so many cells.
func (c *Caseload) whyWords(l *line, room int) (string, theme.Ink, string) {
	t := c.world.Theme
	switch {
	case len(l.Reasons) == 0:
		if until, paused := l.PausedUntil(l.Today); paused {
			return t.Glyphs.Doing, t.Muted, domain.PauseWords(until, l.Today)
		}
		return "", t.Muted, ""
	case l.Reasons[0].Urgent:
		return t.Glyphs.Urgent, t.Bad, more(l.Reasons, room)
	}
	return t.Glyphs.Due, t.Warn, more(l.Reasons, room)
}

// more is the first reason, and how many there are besides. Where there is no room for
// all of it as many clauses stand as there is room for, and the first at least, which
// says what is the matter; the number is kept.
func more(reasons []domain.Reason, room int) string {
	why, rest := reasons[0].Why, ""
	if len(reasons) > 1 {
		rest = fmt.Sprintf(" +%d", len(reasons)-1)
	}
	room -= kit.Width(rest)
	for kit.Width(why) > room {
		at := strings.LastIndexAny(why, ":,")
		if at <= 0 {
			break
		}
		why = why[:at]
	}
	return kit.Cut(why, max(0, room)) + rest
}

// progress draws the steps of a plan: five signs and the numbers.
func progress(done, all int, t *theme.Theme) string {
	if all == 0 {
		return ""
	}
	full := done * 5 / all
	return strings.Repeat(t.Glyphs.Full, full) + strings.Repeat(t.Glyphs.Empty, 5-full) + fmt.Sprintf(" %d/%d", done, all)
}

// previewLines show the person under the cursor beside the list.
func (c *Caseload) previewLines(w int) []string {
	t := c.world.Theme
	l := c.line()
	if l == nil {
		return nil
	}
	lines := []string{t.Strong.Paint(kit.Cut(clean.Line(l.Name, clean.MaxLine), w))}
	say := func(ink theme.Ink, format string, args ...any) {
		for _, s := range kit.Wrap(fmt.Sprintf(format, args...), w) {
			lines = append(lines, ink.Paint(s))
		}
	}
	if !l.OwnCase(c.world.Desk.Who(), c.world.Desk.Settings().Seat()) {
		say(t.Muted, "Not your own case: nothing is shown here. Open the record, and say why.")
		return lines
	}
	for _, a := range l.Adjusts {
		say(t.Chip, "+ %s", a)
	}
	if v := l.Fact(domain.FactNotContact); v != "" {
		say(t.Warn, "%s", v)
	}
	lines = append(lines, "")
	for _, r := range l.Reasons {
		say(t.Text, "%3d  %s", r.Weight, r.Why)
	}
	lines = append(lines, "")
	for _, b := range l.Barriers {
		say(t.Text, "# %s", b)
	}
	for _, q := range l.Questions {
		say(t.Muted, "? %s (%s)", q.Text, q.State)
	}
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
