package services

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// wide is from how many columns on the service stands beside the list.
const wide = 110

func (s *Services) beside() bool { return s.width >= wide && s.height >= 12 }

// room is what the list has.
func (s *Services) room() int {
	return max(1, s.height-2-s.chipLines()-s.below())
}

// below is how many lines under the list the service has.
func (s *Services) below() int {
	if s.beside() {
		return 0
	}
	return min(11, max(0, (s.height-3)/2))
}

func (s *Services) chipLines() int {
	switch {
	case s.height < 10:
		return 0
	case s.height < 16:
		return 1
	}
	return 2
}

// View implements screen.Screen.
func (s *Services) View() (string, *tea.Cursor) {
	t := s.world.Theme
	head, cur := s.fields()
	out := append([]string{head}, s.needs()...)
	switch {
	case s.wrong != "":
		return strings.Join(append(out, "", "  "+t.Bad.Paint(kit.Cut(clean.Line(s.wrong, 400), s.width-4))), "\n"), cur
	case s.index == nil:
		return strings.Join(append(out, "", "  "+t.Muted.Paint("Reading the directory…")), "\n"), cur
	case s.empty():
		return strings.Join(append(out, s.howToGet()...), "\n"), cur
	}
	out = append(out, "  "+t.Muted.Paint(kit.Cut(s.count(), s.width-4)))
	list := s.list(s.listWidth())
	if cur == nil {
		cur = tea.NewCursor(0, len(out)+s.win.At-s.win.Top)
	}
	if s.beside() {
		n := s.listWidth()
		return strings.Join(append(out, kit.Join(list, n+2, s.detail(s.width-n-4, s.room()), s.room())...), "\n"), cur
	}
	if b := s.below(); b > 2 && len(s.found) > 0 {
		for len(list) < min(s.room(), 3) {
			list = append(list, "")
		}
		list = append(list, "  "+t.Muted.Paint(strings.Repeat(t.Glyphs.Rule, max(0, s.width-4))))
		for _, l := range s.detail(s.width-4, max(b-1, s.height-len(out)-len(list))) {
			list = append(list, "  "+l)
		}
	}
	return strings.Join(append(out, list...), "\n"), cur
}

func (s *Services) listWidth() int {
	if s.beside() {
		return s.width * 60 / 100
	}
	return s.width
}

// fields are the words and the place, and the cursor in the one that is written in.
func (s *Services) fields() (string, *tea.Cursor) {
	t := s.world.Theme
	half := max(14, s.width/2)
	words, near := kit.Fill("/ "+s.words.Value(), half-2), "near "+s.near.Value()
	var cur *tea.Cursor
	switch s.writing {
	case wordsField:
		words, cur = kit.FillStyled(s.words.View(), half-2), kit.Shift(s.words.Cursor(), 2, 0)
	case nearField:
		near, cur = s.near.View(), kit.Shift(s.near.Cursor(), half, 0)
	case noField:
		words, near = t.Muted.Paint(words), t.Muted.Paint(near)
	}
	return "  " + words + near, cur
}

// needs are the needs with their digits, as many as have room.
func (s *Services) needs() []string {
	n := s.chipLines()
	if n == 0 || s.index == nil {
		return nil
	}
	t := s.world.Theme
	lines, line, at := []string{}, "", 0
	put := func(text string, on bool) {
		w := kit.Width(text) + 2
		if at+w > s.width-4 {
			lines, line, at = append(lines, line), "", 0
		}
		ink := t.Muted
		if on {
			ink = t.Selected
			text = t.Glyphs.Full + " " + text
			w += kit.Width(t.Glyphs.Full) + 1
		}
		line += ink.Paint(text) + "  "
		at += w
	}
	chosen, shown := false, s.index.Needs.Needs[:min(chips, len(s.index.Needs.Needs))]
	for i, x := range shown {
		put(fmt.Sprintf("%d %s", i+1, x.Name), x.Key == s.need)
		chosen = chosen || x.Key == s.need
	}
	if x, ok := s.index.Needs.Need(s.need); ok && !chosen {
		lines, line, at = nil, "", 0 // what was chosen of the long list comes first
		put("n "+x.Name, true)
		for i, y := range shown {
			put(fmt.Sprintf("%d %s", i+1, y.Name), false)
		}
	}
	put("n more", false)
	lines = append(lines, line)
	for len(lines) < n {
		lines = append(lines, "")
	}
	for i := range lines {
		lines[i] = "  " + lines[i]
	}
	return lines[:n]
}

// count says how many there are, of how many, and how the eldest are marked.
func (s *Services) count() string {
	all := len(s.index.Directory.Listings)
	if len(s.found) == 0 {
		return "No service fits. Try fewer words, another need or no place; esc shows all."
	}
	text := fmt.Sprintf("%s of %s services", kit.Thousands(len(s.found)), kit.Thousands(all))
	if n := len(s.index.Directory.Feeds); n == 1 {
		text += ", feed " + clean.Line(s.index.Directory.Feeds[0].Name, 60)
	} else {
		text += fmt.Sprintf(", %d feeds", n)
	}
	return text + "; what was checked lately comes first"
}

// howToGet says how to come by a directory.
func (s *Services) howToGet() []string {
	var out []string
	for _, l := range []string{
		"There are no local services on this desk yet.",
		"Councils publish them as Open Referral UK. Ask yours for the address of its feed, leave coachdesk, and bring it in with",
		"  coachdesk import services https://…",
		"A file that somebody saved will do as well. Until then I on a record notes a service in your own words.",
	} {
		out = append(out, "")
		for _, w := range kit.Wrap(l, max(10, s.width-4)) {
			out = append(out, "  "+w)
		}
	}
	return out
}

// sign is the glyph and the colour of how sure one can be of a service.
func (s *Services) sign(age domain.Freshness) (string, theme.Ink) {
	t := s.world.Theme
	switch age {
	case domain.Fresh:
		return t.Glyphs.Done, t.Good
	case domain.Ageing, domain.Undated:
		return t.Glyphs.Open, t.Muted
	case domain.Stale:
		return t.Glyphs.Due, t.Warn
	case domain.Vanished:
		return t.Glyphs.Dropped, t.Bad
	}
	return " ", t.Text
}

// signWidth is what “■ Jun 2024, stale” takes.
const signWidth = 17

// list are the services that can be seen, each a line.
func (s *Services) list(width int) []string {
	t := s.world.Theme
	from, to := s.win.Seen()
	var out []string
	for i := from; i < to; i++ {
		f := s.found[i]
		glyph, ink := s.sign(f.Age)
		where := clean.Line(domain.WhereOf(f.Service), 60)
		how := clean.Line(domain.HowOf(f.Service), 40)
		checked := kit.Fill(glyph+" "+short(f), signWidth)
		room := width - 2 - signWidth - 2
		whereW, howW := 0, 0
		if room > 70 {
			howW = 16
		}
		if room > 44 {
			whereW = 20
		}
		name := kit.Fill(clean.Line(f.Title(), 200), max(8, room-whereW-howW-2))
		line := name
		if whereW > 0 {
			line += "  " + kit.Fill(where, whereW-2)
		}
		if howW > 0 {
			line += "  " + kit.Fill(how, howW-2)
		}
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+line+"  "+checked, width)))
			continue
		}
		out = append(out, "  "+line+"  "+ink.Paint(checked))
	}
	return out
}

// short is when a service was checked, in a word or two.
func short(f domain.FoundService) string {
	if f.Age == domain.Vanished {
		return "not in feed"
	}
	return domain.CheckedWords(f.Service, f.Age)
}

// detail is the service under the cursor: what it does in a few lines, and how to get
// there.
func (s *Services) detail(width, most int) []string {
	t := s.world.Theme
	f, ok := s.chosen()
	if !ok || width < 20 {
		return nil
	}
	var out []string
	out = append(out, t.Accent.Paint(kit.Cut(clean.Line(f.Title(), 200), width)))
	lines := domain.ServiceLines(f.Listing, f.Age)
	words := max(1, min(3, most-1-len(lines)))
	if s.beside() {
		words = max(3, min(8, most-len(lines)-4))
	}
	text := kit.Wrap(clean.Line(strings.ReplaceAll(f.Text, "\n", " "), 1500), width)
	for i, l := range text {
		if i == words {
			out[len(out)-1] = kit.Cut(text[i-1]+" "+l, width)
			break
		}
		if l != "" {
			out = append(out, l)
		}
	}
	for _, l := range lines {
		for i, w := range kit.Wrap(clean.Line(l.Text, 300), max(10, width-9)) {
			label := kit.Fill(l.Label, 8)
			if i > 0 {
				label = kit.Blank(8)
			}
			ink := t.Text
			if l.Label == "told by" {
				_, ink = s.sign(f.Age)
			}
			out = append(out, t.Muted.Paint(label)+" "+ink.Paint(w))
		}
	}
	if len(f.Also) > 0 {
		out = append(out, t.Muted.Paint(kit.Cut("also listed as "+also(f.Also), width)))
	}
	if len(out) > most {
		out = append(out[:most-1], t.Muted.Paint("…"))
	}
	return out
}

func also(all []domain.Listing) string {
	var out []string
	for _, l := range all {
		out = append(out, l.ID+" in feed "+l.Feed)
	}
	return clean.Line(strings.Join(out, ", "), 200)
}
