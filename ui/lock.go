package ui

import (
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// LockNow is a message that locks the desk. Stop says that the process is to stop
// when that is done.
type LockNow struct{ Stop bool }

// lock is what the shell knows of locking.
type lock struct {
	steady  func() time.Duration // a clock that nobody sets; it may stand still while the machine sleeps
	idle    time.Duration        // overrides the desk's setting
	wall    time.Time            // when a key was last pressed, by the clock on the wall
	at      time.Duration        // and by the steady one
	warned  bool                 // that it is about to lock
	due     string               // why it locks as soon as what is being written is on disk
	why     string               // why it was locked; the program is about to end
	stop    bool                 // the process is to stop then
	pending chan struct{}        // closed when the command being written was answered
}

// bound is how long a lock waits for a command that is being written.
const bound = 6 * time.Second

// overdue comes when a lock has waited long enough for a command.
type overdue struct{ turn int }

// Locked returns why the desk was locked, or nothing. A locked shell is done with: it
// holds no desk any more, and the program starts anew at the door.
func (s *Shell) Locked() string { return s.lock.why }

// Stops reports that the process was asked to stop when the desk is locked.
func (s *Shell) Stops() bool { return s.lock.stop }

// lockUp locks the desk: at once, or when the command that is being written was
// answered. A demonstration has no door to stay behind.
func (s *Shell) lockUp(why string) tea.Cmd {
	switch {
	case s.world.Desk == nil, s.lock.due != "":
		return nil
	case s.door == nil:
		s.said, s.saidBad = "A demonstration has no passphrase, so it cannot be locked. ctrl+g draws the curtain.", false
		return nil
	case s.waiting:
		s.lock.due, s.curtain, s.held = why, true, nil
		turn := s.turn
		return tea.Tick(bound, func(time.Time) tea.Msg { return overdue{turn} })
	}
	// The curtain is drawn first: what has to be written may wait for another process.
	s.lock.due, s.curtain, s.held = why, true, nil
	turn := s.turn
	return func() tea.Msg { return overdue{turn} }
}

// lockAway seals what was typed, closes the desk and leaves nothing to be seen.
func (s *Shell) lockAway(why string) tea.Cmd {
	var no domain.Refusal
	if errors.As(s.leaveAll(), &no) { // else what could not be kept goes with the desk
		why += " " + no.Why
	}
	why += " " + s.world.Desk.Lock()
	s.lock.why, s.lock.due = why, ""
	s.world.Desk, s.held, s.waiting, s.over, s.opened, s.known = nil, nil, false, nil, nil, nil
	s.explained = nil
	s.said, s.saidBad, s.curtain = "", false, false
	s.turn++
	s.watch.sitting++
	s.stack = []screen.Screen{doorway(s.world, s.door, why)} // nobody's record is drawn again
	s.fit(s.top())
	return tea.Quit
}

// warnBefore is how long before it locks the desk says so.
const warnBefore = time.Minute

// limit is after how long without a key the desk locks; zero is never.
func (s *Shell) limit() time.Duration {
	switch {
	case s.world.Desk == nil || s.door == nil || s.lock.why != "":
		return 0
	case s.lock.idle > 0:
		return s.lock.idle
	}
	return s.world.Desk.Settings().LockAfter(s.world.Desk.Queue().Figures)
}

// rested is how long no key was pressed, by whichever clock says more: the one on the
// wall goes on while the machine sleeps, and the steady one cannot be set back.
func (s *Shell) rested() time.Duration {
	rested := s.world.Now().Round(0).Sub(s.lock.wall)
	if s.lock.steady != nil {
		rested = max(rested, s.lock.steady()-s.lock.at)
	}
	return rested
}

// touched notes that somebody is at the desk.
func (s *Shell) touched() {
	s.lock.wall, s.lock.warned = s.world.Now().Round(0), false
	if s.lock.steady != nil {
		s.lock.at = s.lock.steady()
	}
}

// overstayed locks a desk at which nobody was for too long. It is asked every second
// and before every key: after the machine slept, the key may come first.
func (s *Shell) overstayed() (tea.Cmd, bool) {
	limit := s.limit()
	if limit == 0 {
		return nil, false
	}
	rested := s.rested()
	if rested >= limit {
		return s.lockUp(fmt.Sprintf("Locked after %s without a key.", minutes(limit))), true
	}
	if rested >= limit-min(warnBefore, limit/2) && !s.lock.warned {
		s.lock.warned = true
		s.said, s.saidBad = fmt.Sprintf("The desk locks in %s. Any key keeps it open.", minutes((limit-rested).Round(time.Second))), true
	}
	return nil, false
}

func minutes(d time.Duration) string {
	switch {
	case d == time.Minute:
		return "a minute"
	case d%time.Minute == 0:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}

// settled waits for the command that is being written, but not for ever.
func (s *Shell) settled() {
	if !s.waiting || s.lock.pending == nil {
		return
	}
	select {
	case <-s.lock.pending:
	case <-time.After(bound):
	}
}
