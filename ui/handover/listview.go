package handover

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// View implements screen.Screen.
func (s *List) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{kit.FillStyled(s.tabs(), s.width), t.Muted.Paint(kit.Cut("  "+s.columns(), s.width))}
	if len(s.lines) == 0 {
		for _, l := range kit.Wrap(s.empty(), max(20, s.width-4)) {
			out = append(out, "  "+t.Muted.Paint(l))
		}
		return strings.Join(out, "\n"), nil
	}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		ink, text := s.says(s.lines[i])
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+text, s.width)))
			continue
		}
		out = append(out, "  "+ink.Paint(kit.Cut(text, max(0, s.width-2))))
	}
	cur := tea.NewCursor(0, 2+s.win.At-from)
	if said := s.under(); said != "" && len(out) < s.height {
		out = append(out, "  "+t.Chip.Paint(kit.Cut(said, max(0, s.width-4))))
	}
	return strings.Join(out, "\n"), cur
}

func (s *List) tabs() string {
	t := s.world.Theme
	out := " "
	for sh := range shelves {
		text := fmt.Sprintf(" %s %d ", shelfNames[sh], s.counts[sh])
		if sh == s.only {
			out += t.Selected.Paint(text)
			continue
		}
		out += t.Muted.Paint(text)
	}
	return out
}

func (s *List) columns() string {
	return kit.Fill("Person", s.wide()) + " " + kit.Fill("State", stateWide) + " " + "What, and between whom"
}

const stateWide = 16

func (s *List) wide() int { return min(28, max(14, s.width/4)) }

func (s *List) empty() string {
	switch s.only {
	case inbox:
		return "Nothing was handed over to you. o opens a file that came from another desk."
	case outbox:
		return "You have handed nothing over. h on a record, or on the caseload for all who are marked, does."
	case over, shelves:
	}
	return "Nothing is over yet."
}

// says tells a line: the person, where it stands, what it is and since when.
func (s *List) says(l line) (theme.Ink, string) {
	if l.item >= 0 {
		return s.itemSays(l)
	}
	t := s.world.Theme
	sign, ink, state := s.state(l)
	with := "to " + s.named(l.h.To)
	if s.only == inbox || l.h.To == s.world.Desk.Who().ID {
		with = "from " + s.named(l.h.By)
	}
	what := l.h.Kind.String()
	if l.h.Kind == domain.HandoverCover && !l.h.Until.IsZero() {
		what += " until " + l.h.Until.Short(s.today())
	}
	text := kit.Fill(sign+" "+clean.Line(l.name, clean.MaxLine), s.wide()) + " " + kit.Fill(state, stateWide) + " " + what + " " + with + " " + t.Glyphs.Sep + " " + l.h.On.Short(s.today()) + ", " + l.h.On.Distance(s.today())
	return ink, text
}

func (s *List) named(id domain.ID) string {
	if n := s.world.Desk.Office().Named(id).Name; n != "" {
		return clean.Line(n, 50)
	}
	return "somebody of another desk"
}

// state says where a handover stands: a sign, an ink and words.
func (s *List) state(l line) (string, theme.Ink, string) {
	t := s.world.Theme
	switch st := l.h.State; st {
	case domain.HandoverIsOpen:
		return t.Glyphs.Open, t.Warn, string(st)
	case domain.HandoverIsAsked:
		return t.Glyphs.Urgent, t.Bad, "question"
	case domain.HandoverIsTaken:
		return t.Glyphs.Done, t.Good, "taken"
	case domain.HandoverIsDeclined:
		return t.Glyphs.Urgent, t.Bad, "not taken"
	case domain.HandoverIsToKnow:
		return t.Glyphs.Calm, t.Muted, "to know"
	default:
		return t.Glyphs.Dropped, t.Muted, string(st)
	}
}

// itemSays tells an item of a handover with what was said to it.
func (s *List) itemSays(l line) (theme.Ink, string) {
	t := s.world.Theme
	it := l.whole.Items[l.item]
	sign, ink, state := t.Glyphs.Open, t.Text, "unanswered"
	switch it.Answer {
	case domain.HandoverTaken:
		sign, ink, state = t.Glyphs.Done, t.Muted, "taken"
	case domain.HandoverAsked:
		sign, ink, state = t.Glyphs.Urgent, t.Warn, "question"
	case domain.HandoverNotMine:
		sign, ink, state = t.Glyphs.Dropped, t.Muted, "not mine"
	}
	_, about, _ := strings.Cut(s.known[l.who].p.HandedSays(it, s.today()), ": ")
	text := kit.Fill("  "+sign+" the "+string(it.What), s.wide()) + " " + kit.Fill(state, stateWide) + " " + about
	return ink, text
}

// under is what was asked, answered or written about the line under the cursor.
func (s *List) under() string {
	l := s.line()
	if l.item >= 0 && l.item < len(l.whole.Items) {
		it := l.whole.Items[l.item]
		switch {
		case it.Words != "" && it.Reply != "":
			return clean.Line("“"+it.Words+"” "+s.world.Theme.Glyphs.Arrow+" "+it.Reply, 400)
		case it.Words != "":
			return clean.Line("“"+it.Words+"”", 400)
		}
	}
	return clean.Line(l.whole.Words.Why, 400)
}
