package session

import (
	"errors"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

var errNothingToAmend = errors.New("that note or session is not on the record")

// amended is the note that is amended; nil when something else is written.
func (s *Session) amended() *domain.Note {
	if s.form != anAmendedNote {
		return nil
	}
	for i := range s.p.Notes {
		if s.p.Notes[i].ID == s.item {
			return &s.p.Notes[i]
		}
	}
	return nil
}

// found is the session that is amended.
func (s *Session) found() domain.Session {
	for _, x := range s.p.Sessions {
		if x.ID == s.item {
			return x
		}
	}
	return domain.Session{}
}

// readItem shows what is to be amended.
func (s *Session) readItem() error {
	if x := s.found(); !x.ID.IsZero() {
		s.form, s.phase = anAmendedSession, telling
		s.Account = x.Account()
		s.slot = s.p.Slot(x.Kind, 0, s.rules)
		return nil
	}
	n := s.amended()
	if n == nil {
		return errNothingToAmend
	}
	s.keep.was, s.keep.kept, s.keep.over = n.Source(), n.Source(), n.Shown()
	s.area.SetValue(s.keep.was)
	s.keep.found = true
	s.mark()
	return nil
}

// askReason asks why before an amendment is saved.
func (s *Session) askReason() screen.Effect {
	return screen.Prompt{
		Title: "Why is it amended? What it said before is kept.", Hint: "a few words; whoever may read the words may read why",
		Echo: func(v string) (string, error) {
			if clean.Line(v, clean.MaxLine) == "" {
				return "", domain.Refused("reason", "Write at least a word.")
			}
			return "", nil
		},
		Then: func(v string) screen.Effect {
			if s.form == anAmendedSession {
				return s.submit(domain.AmendSession{Participant: s.id, Session: s.item, Account: s.Account, Reason: v})
			}
			over := s.keep.over
			return s.submit(domain.AmendNote{Participant: s.id, Note: s.item, Text: s.area.Value(), Reason: v, Over: &over})
		},
	}
}
