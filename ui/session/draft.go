package session

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// pause comes when the fingers have rested since a change.
type pause struct{ after int }

// keptMsg tells what came of keeping the draft.
type keptMsg struct {
	text string
	err  error
}

// Update implements screen.Screen.
func (s *Session) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case pause:
		if msg.after == s.pauses {
			return s.keep()
		}
		return nil
	case keptMsg:
		if msg.err != nil {
			s.wrong = "The draft could not be kept: " + msg.err.Error()
			return s.pauseFor(retryAfter)
		}
		s.kept, s.wrong = msg.text, ""
		return nil
	case screen.Refused:
		s.phase, s.wrong = writing, msg.Refusal.Why
		if s.outcome != domain.Happened && !s.note {
			s.phase = choosing
		}
		return nil
	case screen.Failed:
		s.phase, s.wrong = writing, "Nothing was saved: "+msg.Err.Error()
		return nil
	case tea.PasteMsg:
		return s.paste(msg)
	}
	if s.phase != writing {
		return nil
	}
	if _, key := msg.(tea.KeyPressMsg); !key {
		return nil
	}
	return s.typed(msg)
}

func (s *Session) typed(msg tea.Msg) screen.Effect {
	before := s.area.Value()
	var cmd tea.Cmd
	s.area, cmd = s.area.Update(msg)
	if s.area.Value() == before {
		return screen.Tea{Cmd: cmd}
	}
	return screen.All{screen.Tea{Cmd: cmd}, s.changed()}
}

// paste lets text in, cleaned, with its marks inert until they are accepted.
func (s *Session) paste(msg tea.PasteMsg) screen.Effect {
	if s.phase != writing {
		return nil
	}
	text, marks := domain.Escape(msg.Content)
	msg.Content = text
	e := s.typed(msg)
	if marks == 0 {
		return e
	}
	return screen.All{e, screen.Say{Text: fmt.Sprintf("%d pasted lines look like marks and stay plain words. ctrl+r lets them count.", marks)}}
}

// changed reads the marks anew and begins to wait for a pause.
func (s *Session) changed() screen.Effect {
	s.mark()
	s.pauses++
	return s.pauseFor(pauseLength)
}

// retryAfter is when a draft that could not be kept is tried again: there may be room
// by then.
const retryAfter = 2 * time.Second

func (s *Session) pauseFor(d time.Duration) screen.Effect {
	n := s.pauses
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(d)
		return pause{n}
	}}
}

func (s *Session) asDraft() domain.Draft {
	return domain.Draft{
		ID: s.draft, Place: s.place(), Participant: s.id, By: s.world.Desk.Who().ID, At: s.world.Now(),
		Fields: map[string]string{"text": s.area.Value(), "outcome": string(s.outcome), "channel": s.channel, "next": s.nextText()},
	}
}

// keep writes the draft in the background.
func (s *Session) keep() screen.Effect {
	if s.draft.IsZero() {
		return nil
	}
	d, desk := s.asDraft(), s.world.Desk
	return screen.Run{Work: func() tea.Msg { return keptMsg{d.Fields["text"], desk.KeepDraft(d)} }}
}

// Keep writes the draft before the screen is left. An empty note leaves none.
func (s *Session) Keep() error {
	if s.draft.IsZero() || s.phase == choosing {
		return nil
	}
	if s.area.Value() == "" && s.next == nil {
		return s.world.Desk.DropDraft(s.draft)
	}
	d := s.asDraft()
	if err := s.world.Desk.KeepDraft(d); err != nil {
		return err
	}
	s.kept = d.Fields["text"]
	return nil
}

// readNext and nextText carry the next appointment through a draft.
func (s *Session) readNext(v string) *domain.Booking {
	var b domain.Booking
	day, rest, ok := strings.Cut(v, "|")
	if !ok {
		return nil
	}
	d, err := calendar.ParseISO(day)
	if err != nil {
		return nil
	}
	minute, channel, _ := strings.Cut(rest, "|")
	if _, err := fmt.Sscan(minute, &b.Minute); err != nil {
		return nil
	}
	b.Day, b.Channel = d, channel
	return &b
}

func (s *Session) nextText() string {
	if s.next == nil {
		return ""
	}
	return fmt.Sprintf("%s|%d|%s", s.next.Day, s.next.Minute, s.next.Channel)
}
