// Package phrases is the list of the office's saved texts: to read, add, change and
// remove.
package phrases

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Phrases is the screen.
type Phrases struct {
	world screen.World
	list  []domain.Phrase
	win   kit.Window
	w, h  int
}

// New returns the list.
func New(w screen.World) *Phrases { return &Phrases{world: w} }

// Title implements screen.Screen.
func (s *Phrases) Title() string { return "Saved phrases" }

// Fit implements screen.Screen.
func (s *Phrases) Fit(w, h int) {
	s.w, s.h = w, h
	s.win.Resize(len(s.list), max(1, h-6))
}

// Read implements screen.Screen.
func (s *Phrases) Read() error {
	s.list = s.world.Desk.Office().Phrases
	s.Fit(s.w, s.h)
	return nil
}

func (s *Phrases) chosen() domain.Phrase {
	if s.win.At >= len(s.list) {
		return domain.Phrase{}
	}
	return s.list[s.win.At]
}

// Actions implements screen.Screen.
func (s *Phrases) Actions() []screen.Action {
	may := func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, domain.PhraseSaved{}) }
	one := func() string {
		if len(s.list) == 0 {
			return "There is no phrase yet. Press a to save one."
		}
		return may()
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Change the phrase", Short: "change", Do: func() screen.Effect { return s.text(s.chosen().Abbr, s.chosen().Text, s.chosen().Text) }, Not: one},
		{Keys: []string{"a"}, Name: "Save another phrase", Short: "add", Do: s.add, Not: may},
		{Keys: []string{"x"}, Name: "Remove the phrase", Short: "remove", Do: s.remove, Not: one},
		{Keys: []string{"u"}, Name: "Undo the last thing that you did to phrases", Short: "undo", Do: s.undo, Not: s.nothingDone},
	}, screen.Everywhere()...)
}

// add asks for a short name, then for the text.
func (s *Phrases) add() screen.Effect {
	return screen.Prompt{
		Title: "Short name of the phrase", Hint: "for example bus; in a note you then write ;bus and a blank", Echo: domain.ReadAbbr,
		Then: func(v string) screen.Effect {
			abbr, err := domain.ReadAbbr(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			office := s.world.Desk.Office()
			if gone, ok := office.GonePhrase(abbr); ok {
				return s.text(abbr, gone.Text, "")
			}
			known, _ := office.Phrase(abbr)
			return s.text(abbr, known.Text, known.Text)
		},
	}
}

// lineBreak stands for a new line where a phrase is typed in one.
const lineBreak = " // "

// text asks what the phrase says, beginning with some words. Saying what stands already
// changes nothing.
func (s *Phrases) text(abbr, value, stands string) screen.Effect {
	office, _ := s.world.Desk.Subjects()
	desk := s.world.Desk
	save := func(v string) domain.SavePhrase {
		return domain.SavePhrase{Office: office, Abbr: abbr, Text: strings.ReplaceAll(v, lineBreak, "\n")}
	}
	return screen.Prompt{
		Title: ";" + abbr + ": what does it say? {name} {coach} {today} {next appointment} {fit note ends} {last seen} {2w}",
		Hint:  "a new line is written as //", Value: strings.ReplaceAll(value, "\n", lineBreak),
		Echo: func(v string) (string, error) {
			if _, err := save(v).DecideOffice(domain.Office{}, desk.Stamp()); err != nil {
				return "", err
			}
			return clean.Line(s.example().Expand(v), 300), nil
		},
		Then: func(v string) screen.Effect {
			if strings.ReplaceAll(v, lineBreak, "\n") == stands {
				return nil
			}
			return screen.Do{Commands: []domain.Command{save(v)}}
		},
	}
}

// example fills a phrase for somebody who does not exist.
func (s *Phrases) example() domain.Filling {
	today := s.world.Today()
	return domain.Filling{
		Names: domain.Names{Coach: s.world.Desk.Who().Name, Person: "Sam Example"}, Today: today, Seen: today - 14,
		Next: domain.Appointment{Day: today + 7, Minute: 10 * 60}, Fit: domain.FitNote{To: today + 21},
	}
}

func (s *Phrases) lastDone() domain.ID {
	return s.world.Desk.Office().LastBatch(s.world.Desk.Who().ID, domain.PhraseKinds)
}

func (s *Phrases) nothingDone() string {
	if s.lastDone().IsZero() {
		return "You saved and removed no phrase that could be undone."
	}
	return ""
}

func (s *Phrases) undo() screen.Effect {
	office, _ := s.world.Desk.Subjects()
	return screen.Do{Commands: []domain.Command{domain.UndoOffice{Office: office, Batch: s.lastDone()}}}
}

func (s *Phrases) remove() screen.Effect {
	office, _ := s.world.Desk.Subjects()
	abbr := s.chosen().Abbr
	return screen.Choose{Title: "Remove ;" + abbr + "?", Note: "Everybody in the office loses it. What was written with it stays.", Choices: []screen.Choice{
		{Key: "n", Label: "no, leave it"},
		{Key: "y", Label: "yes, remove it", Then: screen.Do{Commands: []domain.Command{domain.RemovePhrase{Office: office, Abbr: abbr}}}},
	}}
}

// Update implements screen.Screen.
func (s *Phrases) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Phrases) View() (string, *tea.Cursor) {
	t := s.world.Theme
	if len(s.list) == 0 {
		return "\n  " + t.Muted.Paint("No phrase is saved yet. Press a to save one that you write often."), nil
	}
	out := []string{t.Muted.Paint(kit.Cut("  In a note: ; then the short name, then a blank. The whole office has these.", s.w)), ""}
	from, to := s.win.Seen()
	y := len(out)
	for i := from; i < to; i++ {
		p := s.list[i]
		mark, line := "  ", kit.Fill(";"+p.Abbr, 14)+clean.Line(p.Text, 400)
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
			out = append(out, t.Selected.Paint(kit.Fill(mark+line, s.w)))
			continue
		}
		out = append(out, kit.Cut(mark+line, s.w))
	}
	out = append(out, "")
	for _, l := range strings.Split(clean.Text(s.example().Expand(s.chosen().Text), 2000), "\n") {
		for _, part := range kit.Wrap(l, max(10, s.w-6)) {
			out = append(out, "    "+t.Muted.Paint(part))
		}
	}
	if n := len(s.chosen().Was); n > 0 {
		out = append(out, "    "+t.Muted.Paint(kit.Cut("Before: "+clean.Line(s.chosen().Was[n-1], 400), s.w-6)))
	}
	return strings.Join(out[:min(len(out), s.h)], "\n"), tea.NewCursor(0, y+s.win.At-from)
}
