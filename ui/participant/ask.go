package participant

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// line asks for one line that becomes a command.
func (s *Participant) line(title, hint string, command func(string) domain.Command) screen.Effect {
	return screen.Prompt{Title: title, Hint: hint, Echo: some, Then: func(v string) screen.Effect { return do(command(v)) }}
}

func some(v string) (string, error) {
	if clean.Line(v, clean.MaxLine) == "" {
		return "", domain.Refused("text", "Write at least a word.")
	}
	return "", nil
}

// date asks for a date; what was typed is echoed as the day it means.
func (s *Participant) date(title, value string, lean calendar.Lean, then func(calendar.Day) screen.Effect) screen.Effect {
	today := s.today()
	return screen.Prompt{
		Title: title, Hint: "for example: fri, 2w, 27 nov", Default: value,
		Echo: func(v string) (string, error) {
			d, err := calendar.Parse(v, today, lean)
			if err != nil {
				return "", err
			}
			return d.Short(today) + ", " + d.Distance(today), nil
		},
		Then: func(v string) screen.Effect {
			d, err := calendar.Parse(v, today, lean)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return then(d)
		},
	}
}

func (s *Participant) addAdjustment() screen.Effect {
	id := s.id
	return s.line("Adjustment: what do we do differently?", "for example: large print", func(v string) domain.Command { return domain.Adjust{Participant: id, Text: v} })
}

// cross says that a promise was not kept or an appointment will not be.
func (s *Participant) cross() screen.Effect {
	e := s.chosen()
	if e.kind == anAppointment {
		return screen.Cancelling(s.id, e.id, nil)
	}
	pick := func(st domain.PromiseStatus) screen.Effect {
		return do(domain.SettlePromise{Participant: s.id, Promise: e.id, Status: st})
	}
	return screen.Choose{Title: "What became of the promise?", Choices: []screen.Choice{
		{Key: "n", Label: "not kept", Then: pick(domain.PromiseBroken)},
		{Key: "r", Label: "no longer needed", Then: pick(domain.PromiseReleased)},
	}}
}

func (s *Participant) book() screen.Effect {
	id := s.id
	return screen.AskMeeting(s.world, "Book an appointment: when?", "", screen.Meeting{Participant: id}, func(b domain.Booking) screen.Effect {
		return do(domain.Book{Participant: id, Booking: b})
	})
}

// readSpan reads "until", counted from today, or "from to until". A day without a
// year is the nearest past for from, and the nearest to come for until.
func readSpan(v string, today calendar.Day) (from, to calendar.Day, err error) {
	from = today
	first, last, both := strings.Cut(v, " to ")
	if !both {
		last = v
	} else if from, err = calendar.Parse(first, today, calendar.Backward); err != nil {
		return 0, 0, err
	}
	to, err = calendar.Parse(last, today, calendar.Forward)
	return from, to, err
}

func readBoxes(v string) ([]domain.FitBox, error) {
	var out []domain.FitBox
	for _, r := range strings.TrimSpace(v) {
		if r < '1' || r > '4' {
			return nil, domain.Refused("boxes", "Type the numbers of the boxes, from 1 to 4, for example 13.")
		}
		out = append(out, domain.FitBoxes[r-'1'])
	}
	return out, nil
}

func (s *Participant) change() screen.Effect {
	e := s.chosen()
	if e.kind == aTwin {
		return screen.Go{To: screen.Participant{ID: e.id}}
	}
	f, ok := domain.FieldOf(e.fact)
	if !ok {
		return nil
	}
	id, st := s.id, s.world.Desk.Stamp()
	value := s.p.Fact(f.Key)
	hint := f.Hint
	if f.Choices != nil {
		hint = strings.Join(f.Choices, ", ")
	}
	return screen.Prompt{
		Title: f.Label, Hint: hint, Value: value,
		Echo: func(v string) (string, error) { return f.Clean(v, st) },
		Then: func(v string) screen.Effect {
			if clean.Line(v, clean.MaxText) == value {
				return nil
			}
			return do(domain.Describe{Participant: id, Facts: map[domain.Fact]string{f.Key: v}})
		},
	}
}

// remove takes away what the cursor is on: an adjustment, or a link that was wrong.
func (s *Participant) remove() screen.Effect {
	if e := s.chosen(); e.kind == aTwin {
		return screen.Do{Commands: domain.PartPair(s.id, e.id)}
	}
	return do(domain.RemoveAdjustment{Participant: s.id, Adjustment: s.chosen().id})
}
