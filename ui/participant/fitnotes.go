package participant

import (
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// fitNotes are the fit notes, the newest first, with how each follows the one before.
func (s *Participant) fitNotes() {
	h := s.p.FitHistory()
	s.head("Fit notes" + after(": ", h.Says()))
	for i, x := range slices.Backward(h.Notes) {
		e := entry{kind: aFitNote, id: x.ID}
		text := x.From.Short(s.today()) + " to " + s.due(x.To) + " " + s.world.Theme.Glyphs.Sep + " " + x.Period()
		if x.From <= s.today() && s.today() <= x.To {
			text += "  " + s.bar(int(s.today()-x.From)+1, int(x.To-x.From)+1)
		} else if i < len(h.Notes)-1 || x.To < s.today() {
			e.ink = s.world.Theme.Muted
		}
		text += "\n" + x.Summary()
		if why := x.Follows(); len(why) > 0 {
			text += "\n" + strings.Join(why, "; ")
			if says := s.queue.Planning.FitChangeSays(x); says != "" && i == len(h.Notes)-1 {
				text += ": " + says
			}
		}
		if x.Comments != "" {
			text += "\n" + clean.Text(x.Comments, clean.MaxText)
		}
		s.say(e, text+s.elsewhere(domain.Shareable, x.Elsewhere))
	}
	s.none("none recorded: f records one")
}

// bar shows how much of a time has gone by.
func (s *Participant) bar(gone, all int) string {
	const cells = 10
	t := s.world.Theme
	n := max(0, min(cells, gone*cells/max(1, all)))
	return strings.Repeat(t.Glyphs.Full, n) + strings.Repeat(t.Glyphs.Empty, cells-n)
}

// changeFitNote puts right what was written down of a fit note.
func (s *Participant) changeFitNote(id domain.ID) screen.Effect {
	for _, f := range s.p.FitNotes {
		if f.ID == id {
			return s.askFitNote("The fit note should say", f.From.Long()+" to "+f.To.Long(), func(n domain.RecordFitNote) screen.Effect {
				n.Comments = f.Comments
				return do(domain.CorrectFitNote{RecordFitNote: n, FitNote: f.ID})
			})
		}
	}
	return nil
}

// fitNote records a new one, and says what is worth talking about when it changed.
func (s *Participant) fitNote() screen.Effect {
	return s.askFitNote("The fit note says", "4w", func(n domain.RecordFitNote) screen.Effect {
		x := s.p.Thought(domain.FitNote{Option: n.Option, Boxes: n.Boxes, From: n.From, To: n.To})
		says := s.queue.Planning.FitChangeSays(x)
		if says == "" {
			return do(n)
		}
		return screen.Do{Commands: []domain.Command{n}, After: func(r domain.Receipt) screen.Effect {
			return screen.Say{Text: r.Sentence() + " It changed from " + string(x.Was) + " to " + string(n.Option) + ": " + says + "."}
		}}
	})
}

// askFitNote asks in three steps: the option, the boxes, from when until when. It warns of
// a gap and of days that another note covers.
func (s *Participant) askFitNote(title, span string, then func(domain.RecordFitNote) screen.Effect) screen.Effect {
	until := func(o domain.FitOption, boxes []domain.FitBox) screen.Effect {
		n, today, p := domain.RecordFitNote{Participant: s.id, Option: o, Boxes: boxes}, s.today(), s.p
		return screen.Prompt{
			Title: "The fit note runs until?", Hint: "for example: 4w, or 12 nov to 12 dec", Default: span,
			Echo: func(v string) (string, error) {
				from, to, err := readSpan(v, today)
				if err != nil {
					return "", err
				}
				return from.Short(today) + " to " + to.Short(today) + ", " + domain.FitNote{From: from, To: to}.Period() + ", ends " + to.Distance(today), nil
			},
			Warn: func(v string) []string {
				from, to, err := readSpan(v, today)
				if err != nil || to < from || span != "4w" { // a note that is put right stands among the others already
					return nil
				}
				x := p.Thought(domain.FitNote{Option: o, From: from, To: to})
				x.Was = "" // that is told afterwards
				return x.Follows()
			},
			Then: func(v string) screen.Effect {
				from, to, err := readSpan(v, today)
				if err != nil {
					return screen.Say{Text: err.Error()}
				}
				n.From, n.To = from, to
				return then(n)
			},
		}
	}
	boxes := screen.Prompt{
		Title: "May be fit, with: 1 phased return  2 altered hours  3 amended duties  4 workplace adaptations",
		Hint:  "type the numbers, for example 13; nothing for none",
		Echo: func(v string) (string, error) {
			b, err := readBoxes(v)
			return domain.FitNote{Option: domain.MayBeFit, Boxes: b}.Summary(), err
		},
		Then: func(v string) screen.Effect {
			b, err := readBoxes(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return until(domain.MayBeFit, b)
		},
	}
	return screen.Choose{Title: title, Choices: []screen.Choice{
		{Key: "1", Label: string(domain.NotFit), Then: until(domain.NotFit, nil)},
		{Key: "2", Label: string(domain.MayBeFit), Then: boxes},
	}}
}
