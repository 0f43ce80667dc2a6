package session

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// picker is a list with a line to search in.
type picker struct {
	in  textinput.Model
	win kit.Window
}

func (p *picker) typed(msg tea.Msg) screen.Effect {
	var cmd tea.Cmd
	p.in, cmd = p.in.Update(msg)
	p.win.Go(0)
	return screen.Tea{Cmd: cmd}
}

// pick opens the list of saved phrases.
func (s *Session) pick() screen.Effect {
	s.picker = picker{in: kit.NewInput("; ", false)}
	s.phase = picking
	return nil
}

// fits are the phrases in which all words that were typed stand.
func (s *Session) fits() []domain.Phrase {
	var out []domain.Phrase
	words := strings.Fields(clean.Fold(s.picker.in.Value()))
	for _, p := range s.world.Desk.Office().Phrases {
		hay, all := clean.Fold(p.Abbr+" "+p.Text), true
		for _, w := range words {
			all = all && strings.Contains(hay, w)
		}
		if all {
			out = append(out, p)
		}
	}
	return out
}

func (s *Session) pickingActions() []screen.Action {
	move := func(by int) func() screen.Effect {
		return func() screen.Effect {
			s.picker.win.Resize(len(s.fits()), max(1, s.height-5))
			s.picker.win.Go(s.picker.win.At + by)
			return nil
		}
	}
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Put the phrase in", Short: "put in", Do: s.put, Not: func() string {
			if len(s.fits()) == 0 {
				return s.noPhrase()
			}
			return ""
		}},
		{Keys: []string{"down", "tab"}, Name: "The next phrase", Do: move(1)},
		{Keys: []string{"up", "shift+tab"}, Name: "The phrase before", Do: move(-1)},
		{Keys: []string{"ctrl+o", "f11"}, Name: "Look after the phrases: add, change, remove", Short: "look after them", Do: func() screen.Effect { return screen.Go{To: screen.Phrases{}} }},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Back to the text", Short: "back", Do: func() screen.Effect { s.phase = writing; return nil }},
	}
}

// noPhrase says why the list is empty.
func (s *Session) noPhrase() string {
	if len(s.world.Desk.Office().Phrases) == 0 {
		return "No phrase is saved yet. ctrl+o opens the list to save one."
	}
	return "No phrase has these words. ctrl+o opens the list to save one."
}

// put writes the chosen phrase where the cursor is.
func (s *Session) put() screen.Effect {
	fits := s.fits()
	p := fits[min(s.picker.win.At, len(fits)-1)]
	s.phase = writing
	s.area.InsertString(s.filling().Expand(p.Text))
	return s.changed()
}

// filling is what the places of a phrase are filled with: what this session says comes
// before what the record says.
func (s *Session) filling() domain.Filling {
	f := s.p.FillFor(s.names.Coach, s.today)
	if s.next != nil {
		f.Next = domain.Appointment{Day: s.next.Day, Minute: s.next.Minute}
	}
	return f
}

// expandHere puts a phrase in the place of its short name, when a blank was typed
// after one. ";?" opens the list.
func (s *Session) expandHere() (screen.Effect, bool) {
	lines := strings.Split(s.area.Value(), "\n")
	line := []rune(lines[max(0, min(s.area.Line(), len(lines)-1))])
	before := string(line[:max(0, min(s.area.Column(), len(line)))])
	if before == ";?" || strings.HasSuffix(before, " ;?") {
		s.rubOut(2)
		s.mark()
		return s.pick(), true
	}
	abbr, ok := domain.CutAbbr(before)
	p, known := s.world.Desk.Office().Phrase(abbr)
	if !ok || !known {
		return nil, false
	}
	s.rubOut(len([]rune(abbr)) + 1)
	s.area.InsertString(s.filling().Expand(p.Text) + " ")
	return s.changed(), true
}

// rubOut takes letters away before the cursor.
func (s *Session) rubOut(letters int) {
	for range letters {
		s.area, _ = s.area.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
	}
}

func (s *Session) viewPicking() (string, *tea.Cursor) {
	t := s.world.Theme
	fits := s.fits()
	lines := []string{"", "  " + s.picker.in.View(), ""}
	cur := kit.Shift(s.picker.in.Cursor(), 2, 1)
	s.picker.win.Resize(len(fits), max(1, s.height-4))
	from, to := s.picker.win.Seen()
	for i := from; i < to; i++ {
		text := kit.Fill(kit.Fill(";"+fits[i].Abbr, 14)+clean.Line(s.filling().Expand(fits[i].Text), 300), max(0, s.width-4))
		mark := "  "
		if i == s.picker.win.At {
			mark, text = t.Glyphs.Cursor+" ", t.Selected.Paint(text)
		}
		lines = append(lines, "  "+mark+text)
	}
	if len(fits) == 0 {
		lines = append(lines, "  "+t.Muted.Paint(s.noPhrase()))
	}
	return strings.Join(lines, "\n"), cur
}
