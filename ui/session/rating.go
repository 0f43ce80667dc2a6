package session

import (
	"fmt"
	"strconv"

	"coachdesk/domain"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// previewActions are the last before anything is saved. The digits answer the
// questions about oneself in turn: the person may look at the screen and point.
func (s *Session) previewActions() []screen.Action {
	all := []screen.Action{
		{Keys: []string{"enter", "ctrl+s"}, Name: "Save", Short: "save", Do: s.save, Not: s.unsound},
		{Keys: []string{"esc"}, Name: "Back to the text", Short: "back to the text", Do: func() screen.Effect { s.phase = writing; return nil }},
		{Keys: []string{"?", "f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
	}
	if !s.rates() {
		return all
	}
	full := func() string {
		if len(s.rating) == len(s.rules.Rating) {
			return "Every question has its answer. 0 takes the last one back."
		}
		return ""
	}
	for n := 1; n <= domain.RatingMost; n++ {
		all = append(all, screen.Action{Keys: []string{strconv.Itoa(n)}, Name: fmt.Sprintf("The person's own answer: %d", n), Not: full, Do: func() screen.Effect {
			s.rating = append(s.rating, n)
			return nil
		}})
	}
	return append(all, screen.Action{Keys: []string{"0", "backspace"}, Name: "Take the last answer back", Short: "take back", Not: func() string {
		if len(s.rating) == 0 {
			return "No question has an answer yet: 1 to 5 give one."
		}
		return ""
	}, Do: func() screen.Effect {
		s.rating = s.rating[:max(0, len(s.rating)-1)]
		return nil
	}})
}

// rates reports whether the questions about oneself are asked: after a talk.
func (s *Session) rates() bool {
	return s.form == aSession && s.Outcome == domain.Happened && len(s.rules.Rating) > 0
}

// answers are what the person said, when they were asked.
func (s *Session) answers() []domain.RatingAnswer {
	var out []domain.RatingAnswer
	for i, v := range s.rating {
		out = append(out, domain.RatingAnswer{Question: s.rules.Rating[i].Key, Value: v})
	}
	return out
}

// unsound says what must be put right before anything is saved.
func (s *Session) unsound() string {
	if err := s.words.Problem(); err != nil {
		return err.Error() + " Press esc and put it right."
	}
	if s.unchanged() {
		return "Nothing is different from what the note says already. Press esc and change a word."
	}
	if n := len(s.rating); n > 0 && n < len(s.rules.Rating) {
		return fmt.Sprintf("%d of %d questions have an answer. Answer the rest, or take them back with 0.", n, len(s.rules.Rating))
	}
	return ""
}

// unchanged reports that an amendment amends nothing.
func (s *Session) unchanged() bool { return s.form == anAmendedNote && s.keep.empty(s) }

// previewRating shows the questions and what was answered.
func (s *Session) previewRating() []string {
	if !s.rates() {
		return nil
	}
	t := s.world.Theme
	if s.height < 16 { // what will be saved comes first
		at := min(len(s.rating), len(s.rules.Rating)-1)
		q := s.rules.Rating[at]
		line := fmt.Sprintf("%d/%d %s 1 %s, %d %s", at+1, len(s.rules.Rating), q.Asks, q.Low, domain.RatingMost, q.High)
		if len(s.rating) == len(s.rules.Rating) {
			line = "How they see it: answered"
		}
		return []string{"  " + t.Muted.Paint(kit.Cut(line, s.width-4))}
	}
	asks := t.Muted.Paint(kit.Cut("How do they see it, if they want to say? The keys 1 to 5 answer in turn.", s.width-4))
	if n := len(s.rating); n > 0 && n < len(s.rules.Rating) {
		asks = t.Warn.Paint(kit.Cut(fmt.Sprintf("%d of %d have an answer: answer the rest, or take them back with 0.", n, len(s.rules.Rating)), s.width-4))
	}
	out := []string{"", "  " + asks}
	for i, q := range s.rules.Rating {
		value := t.Glyphs.Open
		if i < len(s.rating) {
			value = t.Good.Paint(strconv.Itoa(s.rating[i]))
		}
		mark := "  "
		if i == len(s.rating) {
			mark = t.Glyphs.Cursor + " "
		}
		ends := fmt.Sprintf("  1 %s, %d %s", q.Low, domain.RatingMost, q.High)
		out = append(out, "  "+mark+value+" "+kit.Cut(q.Asks, max(0, s.width-10-len(ends)))+t.Muted.Paint(ends))
	}
	return out
}

// previewWhat says in a line what is saved beside the note.
func (s *Session) previewWhat() string {
	switch s.form {
	case aNote:
		return "Note"
	case anAmendedNote:
		return "Note of " + s.amendedOn() + ", amended; what it said before is kept"
	case aSession, anAmendedSession:
	}
	account := s.Account
	return "Session, " + account.String()
}

func (s *Session) amendedOn() string {
	if n := s.amended(); n != nil {
		return n.On.Long()
	}
	return ""
}
