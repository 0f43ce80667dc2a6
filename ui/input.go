package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// input takes a key or a paste: it is held while the desk writes, unless it is one
// of the few that are never held.
func (s *Shell) input(msg tea.Msg) tea.Cmd {
	if cmd, locks := s.overstayed(); locks || s.lock.due != "" || s.lock.why != "" {
		return cmd
	}
	s.touched()
	k, isKey := msg.(tea.KeyPressMsg)
	if isKey && s.never(k.String()) {
		return s.press(k)
	}
	if s.waiting || s.busy() && (len(s.held) > 0 || !isKey || !unread(k.String())) {
		s.held = append(s.held, msg)
		return nil
	}
	if s.deaf {
		s.unheard++
		s.tellUnheard()
		return nil
	}
	if isKey {
		return s.press(k)
	}
	if s.curtain {
		return nil
	}
	paste := kit.Lines(msg.(tea.PasteMsg))
	if s.over != nil {
		return s.answerOverlay(paste)
	}
	return s.carry(s.top(), s.top().Update(paste))
}

// never names the keys that are never held: leaving, the curtain, the lock.
func (s *Shell) never(key string) bool {
	return key == "ctrl+c" || key == "ctrl+g" || key == "f9" || key == "ctrl+l" || key == "f10"
}

// busy reports that the screen on top has read nothing yet, and nothing is in front
// of it: what is typed then is meant for what it will show.
func (s *Shell) busy() bool {
	slow, ok := s.top().(screen.Slow)
	return ok && s.over == nil && !s.curtain && slow.Busy()
}

// unread names the keys that work before anything was read.
func unread(key string) bool { return key == "q" || key == "?" || key == "f1" || key == "f5" }

// press gives a key to the first that wants it: the curtain, a question, the
// screen's actions, those of every screen, the screen itself.
func (s *Shell) press(k tea.KeyPressMsg) tea.Cmd {
	name := k.String()
	if s.curtain {
		s.curtain = name != "ctrl+g" && name != "f9" && name != "enter"
		switch name {
		case "ctrl+c":
			return s.carry(s.top(), screen.Quit{})
		case "ctrl+l", "f10":
			return s.lockUp("Locked.")
		}
		return nil
	}
	s.said, s.saidBad = "", false
	s.parted = s.parted && (name == "ctrl+c" || name == "q")
	if s.over != nil && !s.never(name) {
		return s.answerOverlay(k)
	}
	top := s.top()
	actions := append(top.Actions(), screen.Always()...)
	if s.prefix != "" {
		name, s.prefix = s.prefix+" "+name, ""
	}
	for _, a := range actions {
		if !slices.Contains(a.Keys, name) {
			continue
		}
		if why := a.Closed(); why != "" {
			s.said = why
			return nil
		}
		return s.carry(top, a.Do())
	}
	for _, a := range actions {
		for _, want := range a.Keys {
			if len(want) > len(name)+1 && want[:len(name)+1] == name+" " {
				s.prefix = name
				s.said = name + " …"
				return nil
			}
		}
	}
	if name == "ctrl+z" {
		s.said = "ctrl+z does not stop coachdesk. ctrl+l locks the desk."
		return nil
	}
	if len(name) > 1 && name[1] == ' ' {
		s.said = "Nothing is on " + name + ". Press ? for the keys."
		return nil
	}
	return s.carry(top, top.Update(k))
}

// replay presses the keys that were held, until something waits again.
func (s *Shell) replay() tea.Cmd {
	var cmds []tea.Cmd
	held := s.held
	s.held = nil
	for i, next := range held {
		if s.waiting || s.busy() {
			s.held = append(s.held, held[i:]...)
			break
		}
		kept, bad := s.said, s.saidBad
		cmds = append(cmds, s.input(next))
		if s.said == "" {
			s.said, s.saidBad = kept, bad // the receipt is still news
		}
	}
	return tea.Batch(cmds...)
}

const (
	deafFor = 300 * time.Millisecond // nobody reads and answers a refusal faster
	restFor = 60 * time.Millisecond  // longer than between two keys of one burst
)

// hear asks whether the fingers have rested since so many keys were unheard.
type hear struct{ unheard int }

func hearAfter(d time.Duration, unheard int) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return hear{unheard} })
}

// listen begins to take keys again once none came for a while.
func (s *Shell) listen(h hear) tea.Cmd {
	if s.deaf && h.unheard != s.unheard {
		return hearAfter(restFor, s.unheard)
	}
	s.deaf = false
	return nil
}

const unused = " (What you typed meanwhile was not used.)"

func (s *Shell) tellUnheard() {
	if s.unheard > 0 && !strings.HasSuffix(s.said, unused) {
		s.said += unused
	}
}
