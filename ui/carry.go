package ui

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/brief"
	"coachdesk/ui/cards"
	"coachdesk/ui/caseload"
	"coachdesk/ui/contacts"
	"coachdesk/ui/diary"
	"coachdesk/ui/duplicates"
	"coachdesk/ui/escalation"
	"coachdesk/ui/export"
	"coachdesk/ui/handover"
	"coachdesk/ui/inwork"
	"coachdesk/ui/match"
	"coachdesk/ui/next"
	"coachdesk/ui/offer"
	"coachdesk/ui/participant"
	"coachdesk/ui/phrases"
	"coachdesk/ui/programmes"
	"coachdesk/ui/referral"
	"coachdesk/ui/screen"
	"coachdesk/ui/services"
	"coachdesk/ui/session"
	"coachdesk/ui/sweep"
	"coachdesk/ui/unlock"
)

// doorway returns the screen in front of a locked or missing store.
func doorway(w screen.World, d screen.Door, said string) screen.Screen {
	return unlock.New(w, d, said)
}

// room returns the screen that lives at a place.
func (s *Shell) room(p screen.Place) screen.Screen {
	switch p := p.(type) {
	case screen.Caseload:
		return caseload.New(s.world, p.Find, s.known)
	case screen.Participant:
		return participant.New(s.world, p.ID, p.Tab)
	case screen.Session:
		return session.New(s.world, p)
	case screen.Note:
		return session.NewNote(s.world, p.Participant, p.Draft)
	case screen.Amend:
		return session.NewAmend(s.world, p)
	case screen.Brief:
		return brief.New(s.world, p.Participant)
	case screen.Phrases:
		return phrases.New(s.world)
	case screen.Contacts:
		return contacts.New(s.world)
	case screen.Identity:
		return contacts.NewOwn(s.world)
	case screen.Programmes:
		return programmes.New(s.world, p)
	case screen.Ask:
		return escalation.NewAsk(s.world, p)
	case screen.Escalations:
		return escalation.New(s.world)
	case screen.Answer:
		return escalation.NewAnswer(s.world, p)
	case screen.Cards:
		return cards.New(s.world, p)
	case screen.CardForm:
		return cards.NewForm(s.world, p)
	case screen.Duplicates:
		return duplicates.New(s.world)
	case screen.Diary:
		return diary.New(s.world, p.Day)
	case screen.InWork:
		return inwork.New(s.world)
	case screen.Match:
		return match.New(s.world, p)
	case screen.Sweep:
		return sweep.New(s.world)
	case screen.Template:
		return offer.NewTemplate(s.world, p)
	case screen.Redate:
		return offer.NewRedate(s.world, p)
	case screen.Services:
		return services.New(s.world, p)
	case screen.Next:
		return next.New(s.world, p)
	case screen.Refer:
		return referral.NewForm(s.world, p)
	case screen.Referrals:
		return referral.New(s.world)
	case screen.ReferralPage:
		return referral.NewPage(s.world, p)
	case screen.HandOver:
		return handover.NewCompose(s.world, p)
	case screen.Handovers:
		return handover.NewList(s.world)
	case screen.HandoverPage:
		return handover.NewPage(s.world, p)
	case screen.TakeBack:
		return handover.NewBack(s.world)
	case screen.Bundle:
		return handover.NewBundle(s.world, p)
	case screen.Export:
		return export.New(s.world, p)
	}
	panic(fmt.Sprintf("ui: nobody lives at %T", p))
}

// open puts the screen of a place on top, if it can read what it shows.
func (s *Shell) open(p screen.Place) {
	switch p.(type) {
	case screen.Caseload, screen.Next: // nothing of anybody stays behind them
		_ = s.leaveAll() // what could not be kept is told
		s.stack = nil
	default:
	}
	if s.asksWhy(p) {
		return
	}
	room := s.room(p)
	if err := room.Read(); err != nil {
		s.said, s.saidBad = err.Error(), true
		if len(s.stack) > 0 {
			return
		}
	}
	s.push(room)
	if at, ok := p.(screen.Participant); ok {
		s.remember(at.ID)
	}
}

func (s *Shell) push(room screen.Screen) {
	s.fit(room)
	s.stack = append(s.stack, room)
}

// remember puts a person behind the one opened last, for alt+left and alt+right.
func (s *Shell) remember(id domain.ID) {
	if i := slices.Index(s.opened, id); i >= 0 {
		s.openedAt = i
		return
	}
	s.opened = append(s.opened, id)
	s.openedAt = len(s.opened) - 1
}

// keeper is a screen that holds typed text which must outlive it.
type keeper interface{ Keep() error }

// leaveAll lets every screen keep what was typed into it.
func (s *Shell) leaveAll() error {
	var errs []error
	for _, room := range s.stack {
		errs = append(errs, s.leave(room))
	}
	return errors.Join(errs...)
}

func (s *Shell) leave(room screen.Screen) error {
	k, ok := room.(keeper)
	if !ok {
		return nil
	}
	err := k.Keep()
	if err != nil {
		s.said, s.saidBad = "The draft could not be kept: "+err.Error(), true
	}
	return err
}

// Keep lets every open screen keep what was typed into it, before the program ends,
// and waits for the command that is being written. It returns what could not be kept.
func (s *Shell) Keep() error {
	s.settled()
	return s.leaveAll()
}

// carry carries out what a screen asked for. Only the screen on top may move the
// coach.
func (s *Shell) carry(from screen.Screen, e screen.Effect) tea.Cmd {
	onTop := from == s.top()
	if why := s.sealed(e); why != "" {
		s.said, s.saidBad = why, true
		return nil
	}
	switch e := e.(type) {
	case nil:
		return nil
	case screen.Say:
		s.said, s.saidBad = e.Text, false
	case screen.Do:
		return s.submit(from, e)
	case screen.Run:
		return guarded(func() tea.Msg { return answer{from, e.Work()} })
	case screen.Tea:
		return e.Cmd
	case screen.All:
		var cmds []tea.Cmd
		for _, each := range e {
			cmds = append(cmds, s.carry(from, each))
		}
		return tea.Batch(cmds...)
	case screen.Quit:
		return s.quit()
	default:
		if onTop {
			return s.move(from, e)
		}
	}
	return nil
}

// quit leaves the house. When a draft cannot be kept it says so and stays, once.
func (s *Shell) quit() tea.Cmd {
	if err := s.leaveAll(); err != nil && !s.parted {
		s.parted = true
		s.said = "Leave once more to leave without the draft. " + err.Error()
		return nil
	}
	return tea.Quit
}

// sealed says why an effect that would end in writing leads nowhere on a desk that can
// only be read: before anybody has typed a word.
func (s *Shell) sealed(e screen.Effect) string {
	if s.world.Desk == nil || !writes(e) {
		return ""
	}
	return s.world.Desk.ReadOnly()
}

// writes reports whether an effect writes, or asks for what is to be written.
func writes(e screen.Effect) bool {
	switch e := e.(type) {
	case screen.Do, screen.Prompt:
		return true
	case screen.Go:
		return form(e.To)
	case screen.Instead:
		return form(e.To)
	case screen.Choose:
		return slices.ContainsFunc(e.Choices, func(c screen.Choice) bool { return writes(c.Then) })
	default:
		return false
	}
}

// form reports whether a place is one to write in.
func form(p screen.Place) bool {
	switch p.(type) {
	case screen.Session, screen.Note, screen.Amend, screen.Ask, screen.Answer, screen.Template, screen.Redate, screen.CardForm, screen.Refer, screen.HandOver:
		return true
	default:
		return false
	}
}

// stands reports whether the list that a place names is on top already.
func (s *Shell) stands(p screen.Place) bool {
	same := false
	switch p := p.(type) {
	case screen.Escalations:
		_, same = s.top().(*escalation.Queue)
	case screen.Diary:
		_, same = s.top().(*diary.Diary)
	case screen.Sweep:
		_, same = s.top().(*sweep.Sweep)
	case screen.Contacts:
		_, same = s.top().(*contacts.Contacts)
	case screen.Phrases:
		_, same = s.top().(*phrases.Phrases)
	case screen.Programmes:
		top, ok := s.top().(*programmes.Programmes)
		same = ok && top.Opened() == p.Key
	case screen.Services:
		_, same = s.top().(*services.Services)
	case screen.Duplicates:
		_, same = s.top().(*duplicates.Duplicates)
	case screen.Handovers:
		_, same = s.top().(*handover.List)
	case screen.Referrals:
		_, same = s.top().(*referral.List)
	default:
	}
	return same
}

// submit hands commands to the desk and begins to hold keys.
func (s *Shell) submit(from screen.Screen, e screen.Do) tea.Cmd {
	s.waiting = true
	s.turn++
	desk, turn := s.world.Desk, s.turn
	batch := domain.Batch{ID: desk.NewID(), Commands: e.Commands}
	pending := make(chan struct{})
	s.lock.pending = pending
	return guarded(func() tea.Msg {
		defer close(pending)
		receipt, err := desk.Do(batch, e.Draft)
		news := uint64(0)
		if err == nil {
			news, _ = desk.Changed() // if not: the next look will tell
		}
		return done{receipt, err, from, e, turn, news}
	})
}

// move carries out an effect that changes where the coach is.
func (s *Shell) move(from screen.Screen, e screen.Effect) tea.Cmd {
	switch e := e.(type) {
	case screen.Go:
		if s.stands(e.To) {
			s.stack = s.stack[:len(s.stack)-1] // esc would else lead back to the same screen
		}
		s.open(e.To)
	case screen.Instead:
		_ = s.leave(from) // what could not be kept is told
		s.stack = s.stack[:len(s.stack)-1]
		s.open(e.To)
		if len(s.stack) == 0 {
			s.push(from)
		}
	case screen.Back:
		if len(s.stack) > 1 {
			_ = s.leave(from) // what could not be kept is told
			s.stack = s.stack[:len(s.stack)-1]
			if err := s.top().Read(); err != nil {
				s.said, s.saidBad = err.Error(), true
			}
		}
	case screen.Prompt:
		s.over = newPrompt(e, s.world)
	case screen.Choose:
		s.over = &chooser{ask: e, theme: s.world.Theme}
	case screen.Show:
		s.show(e.Panel)
	case screen.Become:
		s.become(e.Person)
	case screen.Walk:
		s.walk(e.By)
	case screen.Enter:
		s.world.Desk = e.Desk
		s.enter("")
	case screen.Explain:
		s.explained[lookAt{s.world.Desk.Who().ID, about(e.To)}] = e.Reason
		s.open(e.To)
	case screen.Leave:
		return s.lockUp("Locked.")
	default: // carry does the rest: it moves nobody
	}
	return nil
}

func (s *Shell) show(p screen.Panel) {
	switch p {
	case screen.Curtain:
		s.curtain = true
	case screen.Help:
		s.over = newHelp(s.top(), s.world)
	case screen.Palette:
		s.over = newPalette(s.top(), s.world)
	case screen.WorkAs:
		s.over = &chooser{ask: s.colleagues(), theme: s.world.Theme}
	}
}

// colleagues asks as whom to work.
func (s *Shell) colleagues() screen.Choose {
	var all []screen.Choice
	for i, p := range s.world.Desk.Office().People {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: clean.Line(p.Name, 40) + ", " + p.Role.String(), Then: screen.Become{Person: p.ID}})
	}
	return screen.Choose{Title: "Work as", Note: "Roles keep order at work. They do not hide anything: whoever has the passphrase can choose.", Choices: all}
}

// become changes who works, and goes to where they work.
func (s *Shell) become(person domain.ID) {
	if err := s.world.Desk.As(person); err != nil {
		s.said, s.saidBad = err.Error(), true
		return
	}
	s.open(screen.Caseload{})
	w := s.world.Desk.Who()
	s.said = "You work as " + clean.Line(w.Name, 40) + ", " + w.Role.String() + "."
	if w.Role.MayAdvise() {
		s.open(screen.Escalations{})
	}
}

func (s *Shell) walk(by int) {
	to := s.openedAt + by
	if by < 0 && len(s.stack) == 1 && len(s.opened) > 0 {
		to = s.openedAt // from the caseload: the one who was open last
	}
	if to < 0 || to >= len(s.opened) {
		s.said = "Nobody else was opened in that direction."
		return
	}
	if len(s.stack) > 1 {
		_ = s.leaveAll() // what could not be kept is told
		s.stack = s.stack[:1]
	}
	s.open(screen.Participant{ID: s.opened[to]})
}
