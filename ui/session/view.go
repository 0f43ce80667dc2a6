package session

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// View implements screen.Screen.
func (s *Session) View() (string, *tea.Cursor) {
	switch s.phase {
	case choosing:
		return s.viewChoice()
	case resuming:
		return s.viewResume()
	case telling:
		return s.viewTelling()
	case picking:
		return s.viewPicking()
	case previewing:
		return s.viewPreview()
	case writing:
	}
	lines := s.above()
	y := len(lines)
	body := strings.Split(s.area.View(), "\n")
	if side := s.side(); side > 0 {
		beside := s.promptList(side)
		beside = append(beside, s.chips(side, max(1, len(body)-len(beside)))...)
		body = kit.Join(body, s.width-side-2, beside, len(body))
	}
	for i := range body {
		body[i] = "  " + body[i]
	}
	lines = append(lines, body...)
	if s.side() == 0 {
		if !s.low() {
			lines = append(lines, s.rule(""))
		}
		lines = append(lines, s.chips(s.width-2, s.chipRows())...)
	}
	if s.wrong != "" {
		lines[len(lines)-1] = " " + s.world.Theme.Bad.Paint(kit.Cut(clean.Line(s.wrong, 300), s.width-2))
	}
	return strings.Join(lines, "\n"), kit.Shift(s.area.Cursor(), 2, y)
}

// above is what stands over the text: the clock, last time, and where the coach is in
// the prompts. A very low screen keeps the clock.
func (s *Session) above() []string {
	lines := []string{s.status()}
	if s.height >= 12 {
		lines = append(lines, s.brief()...)
	}
	lines = append(lines, s.promptLine()...)
	label := "this paragraph: " + s.here().String()
	return append(lines, s.rule(label))
}

// rule is a line across the screen, with a word at its end.
func (s *Session) rule(label string) string {
	t := s.world.Theme
	if label == "" || s.width < 40 {
		return t.Muted.Paint(strings.Repeat(t.Glyphs.Rule, s.width))
	}
	ink := t.Muted
	if s.here().Private() {
		ink = t.Warn
	}
	return t.Muted.Paint(strings.Repeat(t.Glyphs.Rule, max(0, s.width-kit.Width(label)-4))) + " " + ink.Paint(label) + " " + t.Muted.Paint(strings.Repeat(t.Glyphs.Rule, 2))
}

// status is the slot clock, the kind, the outcome, the channel and who is there.
func (s *Session) status() string {
	t := s.world.Theme
	state := t.Muted.Paint("draft kept")
	if s.keep.kept != s.area.Value() {
		state = t.Warn.Paint("typing")
	}
	if s.keep.empty(s) {
		state = ""
	}
	switch s.form {
	case aNote:
		return kit.Ends(" "+t.Muted.Paint("outside a session"), state+" ", s.width)
	case anAmendedNote, anAmendedSession:
		return kit.Ends(" "+t.Muted.Paint("as it stands; what it says now is kept beside what you make of it"), state+" ", s.width)
	case aSession:
	}
	left := s.left()
	full := int(8 * max(left, 0) / (time.Duration(s.slot) * time.Minute))
	bar := strings.Repeat(t.Glyphs.Full, min(8, full)) + strings.Repeat(t.Glyphs.Empty, 8-min(8, full))
	ink, words := t.Muted, fmt.Sprintf("%02d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
	switch {
	case left < 0:
		ink, words = t.Warn, fmt.Sprintf("%d min over", int(-left.Minutes()))
	case s.closing():
		ink = t.Warn
	}
	kind, slot := " "+s.Kind.String(), " "+t.Glyphs.Sep+" "+fmt.Sprintf("%d min", s.slot)
	lefts := []string{kind + slot + "  " + ink.Paint(bar+" "+words), kind + "  " + ink.Paint(bar+" "+words), kind + "  " + ink.Paint(words), " " + ink.Paint(words)}
	// The place of the state is kept free, so that nothing moves when it changes.
	state = strings.Repeat(" ", max(0, kit.Width("draft kept")-lipgloss.Width(state))) + state
	outcome := t.Good.Paint(t.Glyphs.Calm + " " + string(s.Outcome))
	for _, channel := range []string{s.channelWords(true), s.channelWords(false)} {
		right := outcome + "  " + channel + "  " + state + " "
		for _, left := range lefts {
			if lipgloss.Width(left)+2+lipgloss.Width(right) <= s.width {
				return kit.Ends(left, right, s.width)
			}
		}
	}
	return kit.Ends(" "+ink.Paint(words), outcome+"  "+state+" ", s.width) // the time is what must not be cut
}

// channelWords is how they spoke and who was there too, at length or in short.
func (s *Session) channelWords(long bool) string {
	sep := " " + s.world.Theme.Glyphs.Sep + " "
	channel := cmp.Or(s.Channel, "channel not said")
	n := len(s.Present)
	if !long {
		if n > 0 {
			channel += fmt.Sprintf("%s+%d there", sep, n)
		}
		return channel
	}
	if n > 0 {
		channel += sep + "with " + clean.Line(s.Present[0], 20)
		if n > 1 {
			channel += fmt.Sprintf(" +%d", n-1)
		}
	}
	if s.Interpreter != "" && s.width >= 100 {
		channel += sep + clean.Line(s.Interpreter, 20)
	}
	return channel
}

// brief is last time in a line, and how to work with the person in another.
func (s *Session) brief() []string {
	t := s.world.Theme
	var parts []string
	for _, pr := range s.p.Promises {
		if pr.Status == domain.PromiseOpen && !pr.Scope.Private() {
			parts = append(parts, s.names.Called(pr.Owner)+": "+pr.Text)
		}
	}
	first := "promised: " + strings.Join(parts, " "+t.Glyphs.Sep+" ")
	if len(parts) == 0 {
		first = "no open promise"
	}
	if last := s.p.LastSeen(); !last.IsZero() {
		first = "last seen " + last.Distance(s.today) + " " + t.Glyphs.Sep + " " + first
	} else {
		first = "first talk " + t.Glyphs.Sep + " " + first
	}
	parts = nil
	for _, a := range s.p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			parts = append(parts, a.Text)
		}
	}
	if f, ok := s.p.CurrentFitNote(); ok && f.To >= s.today {
		parts = append(parts, "fit note to "+f.To.Short(s.today))
	}
	if m := s.p.Fact(domain.FactMatters); m != "" {
		parts = append(parts, "matters: "+m)
	}
	second := strings.Join(parts, " "+t.Glyphs.Sep+" ")
	if second == "" {
		second = "no adjustments recorded"
	}
	line := func(s2 string, ink theme.Ink) string { return " " + ink.Paint(kit.Cut(clean.Line(s2, 600), s.width-2)) }
	return []string{line(first, t.Text), line(second, t.Chip)}
}

// chip says what one mark becomes.
func (s *Session) chip(m domain.Mark) (string, bool) {
	if m.Problem != "" {
		return fmt.Sprintf("line %d: %s", m.Line+1, m.Problem), false
	}
	sep := " " + s.world.Theme.Glyphs.Sep + " "
	text := m.Kind.String()
	switch m.Kind {
	case domain.MarkPromise, domain.MarkStep:
		text += sep + s.names.Called(m.Owner)
		if m.Before != "" {
			text += sep + m.Before.String()
		}
		if !m.Due.IsZero() {
			text += sep + m.Due.Short(s.today) + ", " + m.Due.Distance(s.today)
		} else {
			text += sep + "no date"
		}
	case domain.MarkAppointment:
		text += sep + screen.BookingWords(domain.Booking{Day: m.Due, Minute: m.Minute, Channel: m.Channel}, s.today)
	case domain.MarkQuestion:
		text += ", as a draft"
	case domain.MarkBarrier, domain.MarkAdjustment, domain.MarkMatters, domain.MarkStrength:
		text += sep + m.Text
	}
	if m.Scope.Private() {
		text += sep + m.Scope.String()
	}
	return text, true
}

// markHint names the marks as long as there is none.
const markHint = "> promise  ! step  ? DEA  # barrier  + adjust  @ meet  \" matters  = strength"

// chips lists what the marks become, the last ones when there is no room for all.
func (s *Session) chips(width, room int) []string {
	t := s.world.Theme
	var out []string
	for _, m := range s.words.Marks {
		text, ok := s.chip(m)
		ink := t.Chip
		if !ok {
			ink = t.Bad
		}
		out = append(out, " "+ink.Paint(kit.Cut(string(m.Kind)+" "+text, width-1)))
	}
	if s.next != nil {
		out = append(out, " "+t.Good.Paint(kit.Cut("@ next appointment "+t.Glyphs.Sep+" "+screen.BookingWords(*s.next, s.today), width-1)))
	}
	if len(out) == 0 {
		for _, l := range kit.Wrap(markHint, width-1) {
			out = append(out, " "+t.Muted.Paint(l))
		}
	}
	if len(out) > room {
		out = out[len(out)-room:]
	}
	return out
}

func (s *Session) viewChoice() (string, *tea.Cursor) {
	t := s.world.Theme
	lines := []string{"", "  " + t.Strong.Paint("How did it go?") + "  " + t.Muted.Paint(kit.Cut(s.settles(), max(0, s.width-20))), ""}
	y := len(lines)
	for i, o := range outcomes {
		mark, text := "  ", kit.Fill(o.key+"  "+s.label(i), min(50, s.width-4))
		if i == s.choice {
			mark, text = t.Glyphs.Cursor+" ", t.Selected.Paint(text)
		}
		lines = append(lines, "  "+mark+text)
	}
	if s.wrong != "" {
		lines = append(lines, "", "  "+t.Bad.Paint(kit.Cut(clean.Line(s.wrong, 300), s.width-4)))
	}
	lines = append(lines, "", "  "+t.Strong.Paint("t")+"  "+t.Muted.Paint("kind: ")+s.Kind.String()+t.Muted.Paint(fmt.Sprintf(", slot %d min", s.slot)), "")
	lines = append(lines, screen.BriefLines(s.world.Desk.Queue().Brief(s.p), s.p.Callers(s.world.Desk.Who(), s.world.Desk.Office()), s.today, t, s.width)...)
	if s.height > 0 && len(lines) > s.height {
		lines = append(lines[:max(0, s.height-1)], "  …")
	}
	return strings.Join(lines, "\n"), tea.NewCursor(2, y+s.choice)
}

// viewPreview tells what will be saved, before it is.
func (s *Session) viewPreview() (string, *tea.Cursor) {
	t := s.world.Theme
	title := t.Strong.Paint("This will be saved in the record of " + clean.Line(s.p.Name(), 60))
	switch {
	case s.words.Problem() != nil:
		title = t.Bad.Paint("Something must be put right first: press esc")
	case s.unchanged():
		title = t.Bad.Paint("Nothing is different from what the note says already: press esc")
	}
	lines := []string{"", "  " + title, ""}
	for _, l := range kit.Wrap(clean.Line(s.previewWhat(), 300), max(1, s.width-4)) {
		lines = append(lines, "  "+l)
	}
	for _, part := range s.words.Parts {
		word := "colleagues and the adviser may read it"
		if part.Scope.Private() {
			word = part.Scope.String() + ": never leaves this desk"
		}
		n := len(part.Lines)
		unit := "lines"
		if n == 1 {
			unit = "line"
		}
		lines = append(lines, fmt.Sprintf("  %d %s of note, %s", n, unit, word))
	}
	lines = append(lines, "")
	lines = append(lines, s.previewMarks()...)
	if s.form == anAmendedNote && len(s.words.Marks) == 0 {
		lines = append(lines, "  "+t.Muted.Paint("No new item: what was written before is one already."))
	}
	if n := domain.Escaped(s.area.Value()); n > 0 {
		lines = append(lines, "  "+t.Warn.Paint(fmt.Sprintf("%d pasted lines with marks stay plain words (esc, then ctrl+r to let them count)", n)))
	}
	rating := s.previewRating()
	if room := max(0, s.height-len(rating)); len(lines) > room {
		lines = append(lines[:max(0, room-1)], "  …")
	}
	return strings.Join(append(lines, rating...), "\n"), tea.NewCursor(2, 1)
}

func (s *Session) previewMarks() []string {
	t := s.world.Theme
	var lines []string
	for _, m := range s.words.Marks {
		text, ok := s.chip(m)
		ink := t.Chip
		if !ok {
			ink = t.Bad
		}
		words := ""
		if m.Kind == domain.MarkPromise || m.Kind == domain.MarkStep || m.Kind == domain.MarkQuestion {
			words = ": " + m.Text
		}
		if m.Scope.Private() || !ok {
			words = "" // private, or the problem quotes enough
		}
		lines = append(lines, "  "+ink.Paint(kit.Cut(string(m.Kind)+" "+text+words, s.width-4)))
	}
	if s.next != nil {
		lines = append(lines, "  "+t.Good.Paint("@ next appointment "+t.Glyphs.Sep+" "+screen.BookingWords(*s.next, s.today)))
	}
	return lines
}
