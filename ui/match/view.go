package match

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// besideFrom is the width from which the reasons stand beside the list.
const besideFrom = 110

func (s *Match) beside() bool { return s.width >= besideFrom }

// listRoom is how many lines the list has.
func (s *Match) listRoom() int {
	if s.beside() {
		return max(1, s.height-2)
	}
	return max(1, min(len(s.list), (s.height-3)*2/5))
}

func (s *Match) reasonRoom() int {
	if s.beside() {
		return max(1, s.height-2)
	}
	return max(1, s.height-3-s.listRoom())
}

func (s *Match) listWidth() int {
	if s.beside() {
		return s.width / 2
	}
	return s.width
}

func (s *Match) reasonWidth() int {
	if s.beside() {
		return max(10, s.width-s.listWidth()-3)
	}
	return max(10, s.width-4)
}

// words says what a match says, in words that leave the choice where it is.
func words(says catalogue.Says) string {
	switch says {
	case catalogue.Fits:
		return "may fit"
	case catalogue.CannotTell:
		return "ask"
	case catalogue.DoesNotFit:
	}
	return "does not fit"
}

func (s *Match) glyph(says catalogue.Says) (string, theme.Ink) {
	t := s.world.Theme
	switch says {
	case catalogue.Fits:
		return t.Glyphs.Done, t.Good
	case catalogue.CannotTell:
		return t.Glyphs.Open, t.Warn
	case catalogue.DoesNotFit:
	}
	return t.Glyphs.Dropped, t.Muted
}

// View implements screen.Screen.
func (s *Match) View() (string, *tea.Cursor) {
	out := []string{s.head(), ""}
	list, reasons := s.lines(), s.reasons(s.reasonWidth())
	cur := tea.NewCursor(0, len(out)+s.win.At-s.win.Top)
	s.top = max(0, min(s.top, len(reasons)-1))
	room := s.reasonRoom()
	more := len(reasons)-s.top > room
	reasons = reasons[s.top:min(len(reasons), s.top+room)]
	if more {
		reasons[len(reasons)-1] = s.world.Theme.Muted.Paint("… ] shows more")
	}
	if !s.beside() {
		out = append(out, list...)
		out = append(out, "  "+s.world.Theme.Muted.Paint(strings.Repeat(s.world.Theme.Glyphs.Rule, max(0, s.width-4))))
		for _, l := range reasons {
			out = append(out, "  "+l)
		}
		return strings.Join(out, "\n"), cur
	}
	blank := kit.Blank(s.listWidth())
	for i := range max(len(list), len(reasons)) {
		line := blank
		if i < len(list) {
			line = kit.FillStyled(list[i], s.listWidth())
		}
		if i < len(reasons) {
			line += "   " + reasons[i]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n"), cur
}

func (s *Match) head() string {
	t := s.world.Theme
	if s.words != "" {
		text := "What if: " + s.change.String() + ". "
		if len(s.shifts) == 0 {
			text += "Nothing opens and nothing closes."
		} else {
			text += "What opens and closes stands first. Nothing is written."
		}
		return "  " + t.Warn.Paint(kit.Cut(text, max(0, s.width-4)))
	}
	n := map[catalogue.Says]int{}
	for _, m := range s.list {
		n[m.Says]++
	}
	text := fmt.Sprintf("%d may fit, %d to ask, %d do not fit. This advises; the person and you decide.", n[catalogue.Fits], n[catalogue.CannotTell], n[catalogue.DoesNotFit])
	return "  " + t.Muted.Paint(kit.Cut(text, max(0, s.width-4)))
}

// way says in a few words how one gets there from this desk.
func way(r catalogue.Route) string {
	switch r.By {
	case catalogue.ByReferral:
		return "you refer"
	case catalogue.ByApplication:
		return "they apply"
	case catalogue.BySignpost:
		return "they go"
	case catalogue.ByEscalation:
		return "you ask"
	case catalogue.ByTransfer:
		return "colleague"
	case catalogue.ByCoach:
		return "you give it"
	case catalogue.NoWay:
	}
	return "not from here"
}

func (s *Match) lines() []string {
	t := s.world.Theme
	from, to := s.win.Seen()
	var out []string
	w := s.listWidth()
	for i := from; i < to; i++ {
		m := s.list[i]
		sign, ink := s.glyph(m.Says)
		says, last := words(m.Says), way(m.Route)
		if x, ok := s.shift(m.Programme.Key); ok {
			says, last = s.moved(x), s.since(x)
		}
		name := kit.Fill(clean.Line(cmp.Or(m.Programme.Short, m.Programme.Name), 80), max(8, w-2-2-14-15))
		line := sign + " " + kit.Fill(says, 14) + name + " " + kit.Fill(last, 13)
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+line, w)))
			continue
		}
		out = append(out, kit.FillStyled("  "+ink.Paint(kit.Cut(line, max(1, w-3))), w))
	}
	return out
}

// since says from when something opens or closes: at once, when it is agreed, or on the
// day itself.
func (s *Match) since(x catalogue.Shift) string {
	if x.From == s.world.Today() {
		return "from today"
	}
	return "from " + x.From.Time().Format("2 Jan")
}

func (s *Match) moved(x catalogue.Shift) string {
	switch x.Is.Says {
	case catalogue.Fits:
		return "opens"
	case catalogue.DoesNotFit:
		return "closes"
	case catalogue.CannotTell:
	}
	return "then ask"
}

// reasons tells the programme under the cursor: what it is, the way there, and what each
// rule says, those that decide first.
func (s *Match) reasons(width int) []string {
	t := s.world.Theme
	m := s.chosen()
	var out []string
	say := func(ink theme.Ink, indent, text string) {
		for i, l := range kit.Wrap(clean.Line(text, 600), max(8, width-len(indent))) {
			if i > 0 {
				l = strings.Repeat(" ", len(indent)) + l
			} else {
				l = indent + l
			}
			out = append(out, ink.Paint(l))
		}
	}
	say(t.Accent, "", m.Programme.Name+": "+words(m.Says))
	if x, ok := s.shift(m.Programme.Key); ok {
		say(t.Warn, "", "Today: "+words(x.Was.Says)+". "+x.From.Short(s.world.Today())+": "+words(x.Is.Says)+".")
	}
	if key, ok := m.Question(); ok && s.words == "" {
		if q, known := s.known.Question(key); known {
			say(t.Warn, "", "q answers: "+q.Asks)
		}
	}
	for _, is := range []catalogue.Verdict{catalogue.No, catalogue.Unknown, catalogue.Yes} {
		for _, f := range m.Which(is) {
			sign, ink := s.sign(is)
			say(ink, sign+" ", f.Rule+", "+holds(is)+": "+f.Text())
			say(t.Muted, "    ", f.Looked+" "+t.Glyphs.Sep+" "+s.source(f.Fact))
		}
	}
	say(t.Text, "", "Way: "+m.Route.Value+".")
	say(t.Muted, "", m.Programme.Does.Value+".")
	return out
}

func (s *Match) sign(is catalogue.Verdict) (string, theme.Ink) {
	switch is {
	case catalogue.Yes:
		return s.glyph(catalogue.Fits)
	case catalogue.No:
		sign, _ := s.glyph(catalogue.DoesNotFit)
		return sign, s.world.Theme.Bad
	case catalogue.Unknown, catalogue.Check:
	}
	return s.glyph(catalogue.CannotTell)
}

func holds(is catalogue.Verdict) string {
	if is == catalogue.Yes || is == catalogue.No {
		return string(is)
	}
	return "cannot tell"
}

// source names the document behind a rule, its date and how sure it is.
func (s *Match) source(f catalogue.Fact) string {
	words := s.known.NameOf(f.Source)
	date := f.Date
	if date == "" {
		date = s.known.Sources[f.Source].Date
	}
	if date != "" {
		words += ", " + date
	}
	return words + ", " + string(f.Confidence)
}
