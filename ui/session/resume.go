package session

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// resumingActions are asked when a draft waits: go on with it, or begin another.
func (s *Session) resumingActions() []screen.Action {
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Go on with the draft", Short: "go on", Do: s.resume},
		{Keys: []string{"ctrl+n", "f3"}, Name: "Begin another; the draft stays. In a note, writing begins another too", Short: "begin another", Do: s.begin, Not: s.onlyOne},
		{Keys: []string{"delete", "ctrl+d"}, Name: "Throw the draft away", Short: "throw away", Do: s.throwAway},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Leave the draft as it is", Short: "back", Do: func() screen.Effect { return screen.Back{} }},
	}
}

// onlyOne says why no other can be begun beside a draft.
func (s *Session) onlyOne() string {
	if s.form == anAmendedNote {
		return "One amendment of a note at a time: go on with this one."
	}
	return ""
}

// typedAhead lets nothing go that is typed before the coach has seen the question: it
// is the beginning of another note, or a key of the outcome of another session.
func (s *Session) typedAhead(k tea.KeyPressMsg) screen.Effect {
	if k.Text == "" || s.onlyOne() != "" {
		s.picker.win.Key(k.String())
		return nil
	}
	s.begin()
	if s.phase == writing {
		return s.pressed(k)
	}
	for _, a := range s.choosingActions() {
		if slices.Contains(a.Keys, k.String()) && a.Closed() == "" {
			return a.Do()
		}
	}
	return nil
}

func (s *Session) resume() screen.Effect {
	s.takeUp(s.keep.waits[min(s.picker.win.At, len(s.keep.waits)-1)])
	return nil
}

// begin writes beside the drafts that wait.
func (s *Session) begin() screen.Effect {
	s.keep.draft, s.keep.waits = s.world.Desk.NewID(), nil
	s.phase = writing
	if s.form == aSession {
		s.phase = choosing
	}
	return nil
}

// throwAway asks once more, and then forgets what was typed.
func (s *Session) throwAway() screen.Effect {
	d := s.keep.waits[min(s.picker.win.At, len(s.keep.waits)-1)]
	desk := s.world.Desk
	return screen.Prompt{Title: "Throw the draft away? Write yes.", Hint: "it cannot be found again", Then: func(v string) screen.Effect {
		if clean.Fold(strings.TrimSpace(v)) != "yes" {
			return screen.Say{Text: "The draft stays."}
		}
		if err := desk.DropDraft(d.ID); err != nil {
			return screen.Say{Text: err.Error()}
		}
		return screen.All{screen.Say{Text: "The draft is gone."}, screen.Back{}}
	}}
}

func (s *Session) viewResume() (string, *tea.Cursor) {
	t := s.world.Theme
	what := map[form]string{aSession: "A session is written and not saved.", aNote: "A note is written and not saved.", anAmendedNote: "An amendment is written and not saved."}[s.form]
	if n := len(s.keep.waits); n > 1 {
		what = fmt.Sprintf("%d drafts are written and not saved.", n)
	}
	lines := []string{"", "  " + t.Strong.Paint(what) + "  " + t.Muted.Paint("enter goes on with it, ctrl+n begins another"), ""}
	s.picker.win.Resize(len(s.keep.waits), max(1, s.height-4))
	y := len(lines)
	from, to := s.picker.win.Seen()
	for i := from; i < to; i++ {
		d := s.keep.waits[i]
		at := calendar.Of(d.At).Short(s.today) + " " + d.At.Format("15:04")
		text := kit.Fill(at+"  "+excerpt(d.Fields["text"]), max(0, s.width-4))
		mark := "  "
		if i == s.picker.win.At {
			mark, text = t.Glyphs.Cursor+" ", t.Selected.Paint(text)
		}
		lines = append(lines, "  "+mark+text)
	}
	return strings.Join(lines, "\n"), tea.NewCursor(2, y+s.picker.win.At-from)
}

// excerpt is the beginning of what colleagues could read of a draft.
func excerpt(text string) string {
	scopes := domain.LineScopes(text)
	for i, line := range strings.Split(text, "\n") {
		if line = clean.Line(line, 200); line != "" && !scopes[i].Private() {
			return line
		}
	}
	return "(nothing that others could read)"
}
