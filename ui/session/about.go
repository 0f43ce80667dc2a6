package session

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// tell opens what is said of the session beside the note: letters are keys there.
func (s *Session) tell() screen.Effect {
	s.phase = telling
	return nil
}

// tellingActions say what kind of session it was, and who was there.
func (s *Session) tellingActions() []screen.Action {
	all := []screen.Action{
		{Keys: []string{"enter", "ctrl+o", "f11"}, Name: "Back to the text", Short: "done", Do: s.told},
	}
	if s.form == anAmendedSession {
		all = []screen.Action{
			{Keys: []string{"enter", "ctrl+s", "f2"}, Name: "Save the amendment", Short: "save", Do: s.save},
			{Keys: []string{"o"}, Name: "Another outcome", Short: "outcome", Do: s.turnOutcome},
			{Keys: []string{"m"}, Name: "Who asked to move it", Do: s.turnMover, Not: s.notMoved},
			{Keys: []string{"l"}, Name: "How many minutes it lasted", Short: "length", Do: s.askLength},
		}
	}
	all = append(all,
		screen.Action{Keys: []string{"t"}, Name: "Another kind of session", Short: "kind", Do: s.turnKind},
		screen.Action{Keys: []string{"c"}, Name: "Face to face, phone, video, online", Short: "channel", Do: s.turnChannel},
	)
	for i, w := range s.rules.Present.Words {
		if i < 9 {
			all = append(all, screen.Action{Keys: []string{strconv.Itoa(i + 1)}, Name: "There too, or not: " + w, Do: func() screen.Effect { return s.present(w) }})
		}
	}
	return append(all,
		screen.Action{Keys: []string{"W"}, Name: "Somebody else was there, in words", Short: "others", Do: s.askPresent},
		screen.Action{Keys: []string{"i"}, Name: "Interpreter: into which language", Short: "interpreter", Do: s.askInterpreter},
		screen.Action{Keys: []string{"?", "f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		screen.Action{Keys: []string{"esc"}, Name: "Back", Short: "back", Do: s.told},
	)
}

// told goes back to what was being done.
func (s *Session) told() screen.Effect {
	if s.form == anAmendedSession {
		return screen.Back{}
	}
	s.phase = writing
	return nil
}

// present says that somebody was there, or takes it back.
func (s *Session) present(who string) screen.Effect {
	if i := slices.Index(s.Present, who); i >= 0 {
		s.Present = slices.Delete(slices.Clone(s.Present), i, i+1)
	} else {
		s.Present = append(slices.Clone(s.Present), who)
	}
	return s.stirred()
}

func (s *Session) askPresent() screen.Effect {
	return screen.Prompt{Title: "Who else was there?", Hint: "a word or two: what they are to the person, not their name", Then: func(v string) screen.Effect {
		if v = clean.Line(v, 60); v == "" {
			return nil
		}
		return s.present(v)
	}}
}

func (s *Session) askInterpreter() screen.Effect {
	value := cmp.Or(s.Interpreter, s.p.Fact(domain.FactInterpreter), s.p.Fact(domain.FactLanguage))
	return screen.Prompt{Title: "Interpreted into which language? Nothing takes it away.", Hint: "for example: BSL, Polish", Value: value, Then: func(v string) screen.Effect {
		s.Interpreter = clean.Line(v, 60)
		if word := "interpreter"; s.Interpreter != "" && !slices.Contains(s.Present, word) {
			return s.present(word)
		}
		return s.stirred()
	}}
}

func (s *Session) turnOutcome() screen.Effect {
	s.Outcome = domain.Outcomes[(slices.Index(domain.Outcomes, s.Outcome)+1)%len(domain.Outcomes)]
	if s.Outcome != domain.Rescheduled {
		s.MovedBy = ""
	} else if s.MovedBy == "" {
		s.MovedBy = domain.ByPerson
	}
	return nil
}

func (s *Session) notMoved() string {
	if s.Outcome != domain.Rescheduled {
		return "Only a session that was moved has somebody who moved it."
	}
	return ""
}

func (s *Session) turnMover() screen.Effect {
	s.MovedBy = domain.Owners[(slices.Index(domain.Owners, s.MovedBy)+1)%len(domain.Owners)]
	return nil
}

func (s *Session) askLength() screen.Effect {
	return screen.Prompt{Title: "How many minutes did it last?", Hint: "for example: 20", Value: strconv.Itoa(s.Length), Echo: func(v string) (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 {
			return "", domain.Refused("length", "Write the minutes as a number, for example 20.")
		}
		return fmt.Sprintf("%d minutes", n), nil
	}, Then: func(v string) screen.Effect {
		s.Length, _ = strconv.Atoi(strings.TrimSpace(v))
		return nil
	}}
}

func (s *Session) viewTelling() (string, *tea.Cursor) {
	t := s.world.Theme
	row := func(key, label, value string) string {
		return "  " + t.Strong.Paint(kit.Fill(key, 3)) + " " + t.Muted.Paint(kit.Fill(label, 16)) + kit.Cut(clean.Line(value, 200), max(0, s.width-24))
	}
	or := func(v, none string) string { return cmp.Or(v, none) }
	lines := []string{"", "  " + t.Strong.Paint("About the session"), ""}
	if s.form == anAmendedSession {
		was := "Was: " + s.found().Account().String()
		lines = []string{"", "  " + t.Strong.Paint("Amend the session of "+s.found().Day.Long()), "  " + t.Muted.Paint(kit.Cut(was, s.width-4)), "", row("o", "Outcome", string(s.Outcome))}
		if s.Outcome == domain.Rescheduled {
			lines = append(lines, row("m", "Moved by", s.names.Called(s.MovedBy)))
		}
		lines = append(lines, row("l", "Minutes", or(map[bool]string{true: strconv.Itoa(s.Length)}[s.Length > 0], "not said")))
	}
	lines = append(lines, row("t", "Kind", fmt.Sprintf("%s, slot %d min", s.Kind, s.slot)), row("c", "Channel", or(s.Channel, "not said")), row("i", "Interpreter", or(s.Interpreter, "none")), "", "  "+t.Muted.Paint("There too:"))
	for i, w := range s.rules.Present.Words {
		sign := t.Glyphs.Open
		if slices.Contains(s.Present, w) {
			sign = t.Glyphs.Done
		}
		lines = append(lines, "  "+t.Strong.Paint(kit.Fill(strconv.Itoa(i+1), 3))+" "+sign+" "+w)
	}
	for _, w := range s.Present {
		if !slices.Contains(s.rules.Present.Words, w) {
			lines = append(lines, "      "+t.Glyphs.Done+" "+kit.Cut(clean.Line(w, 60), s.width-10))
		}
	}
	lines = append(lines, "  "+t.Strong.Paint("w  ")+" somebody else, in words")
	if s.wrong != "" {
		lines = append(lines, "  "+t.Bad.Paint(kit.Cut(clean.Line(s.wrong, 300), s.width-4)))
	}
	if len(lines) > s.height && s.height > 0 {
		lines = lines[:s.height]
	}
	return strings.Join(lines, "\n"), tea.NewCursor(2, 1)
}
