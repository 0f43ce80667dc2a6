// Package ui is the shell around the screens: it keeps the stack of places the
// coach has been, draws the frame, and carries out what screens ask for.
//
// Its promise is that no key ever reaches a screen that has been left: effects are
// carried out before the next key is looked at, and while the desk writes, keys
// and pastes are held and pressed only if the writing succeeded.
package ui

import (
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"coachdesk/domain"
	"coachdesk/ui/caseload"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Options are what the shell is started with.
type Options struct {
	World screen.World
	Door  screen.Door // nil when the desk is open from the start and cannot be locked
	Plain bool
	// Notice returns what has to be said when a desk was opened; nil or empty is
	// nothing.
	Notice func() string
	// Said is told at the door, for example that the desk was locked.
	Said string
	// Steady is a clock that nobody sets; nil has only the one of World.
	Steady func() time.Duration
	// Idle is after how long without a key the desk locks; zero is as it is set.
	Idle time.Duration
}

// Shell is the only Bubble Tea model in the house.
type Shell struct {
	world         screen.World
	door          screen.Door
	plain         bool
	notice        func() string
	stack         []screen.Screen
	opened        []domain.ID // people, in the order in which they were opened
	openedAt      int
	lookingAt     domain.ID                    // whose record was opened last
	explained     map[lookAt]domain.LookReason // why records were opened in this sitting; empty for own cases
	width, height int
	over          overlay // a question or a panel on top of the screen
	curtain       bool
	waiting       bool      // for the desk
	turn          int       // counts batches, so that a late answer is told from the awaited one
	held          []tea.Msg // keys and pastes that came while waiting
	deaf          bool      // since something was refused, until the fingers rest
	unheard       int       // keys and pastes that came meanwhile
	prefix        string    // the first key of two
	said          string
	saidBad       bool
	known         *caseload.Index // what the caseload knew when it was last shown
	watch         watch
	lock          lock
	fault         crashed
	bare          bool // the terminal shows no colour
	parted        bool // it was said that leaving loses a draft
}

// New returns a shell at its first screen: the caseload, or the door.
func New(o Options) *Shell {
	s := &Shell{world: o.World, door: o.Door, plain: o.Plain, notice: o.Notice, width: 80, height: 24}
	if s.world.Theme == nil {
		t := theme.New(true, o.Plain)
		s.world.Theme = &t
	}
	s.lock.steady, s.lock.idle = o.Steady, o.Idle
	s.touched()
	s.enter(o.Said)
	return s
}

// enter puts the first screen on an empty stack.
func (s *Shell) enter(said string) {
	s.stack, s.opened, s.openedAt, s.over, s.prefix = nil, nil, 0, nil, ""
	s.lookingAt, s.explained = domain.ID{}, map[lookAt]domain.LookReason{}
	s.known, s.watch = &caseload.Index{}, watch{sitting: s.watch.sitting + 1}
	if s.world.Desk == nil {
		s.push(doorway(s.world, s.door, said))
		return
	}
	s.open(screen.Caseload{})
	if s.world.Desk.Who().Role.MayAdvise() {
		s.open(screen.Escalations{}) // where an adviser works
	}
	if s.notice != nil && s.notice() != "" {
		s.said, s.saidBad = s.notice(), true
	}
}

// answer is what came of a screen's slow work.
type answer struct {
	to  screen.Screen
	msg tea.Msg
}

// done is the desk's answer to a batch.
type done struct {
	receipt domain.Receipt
	err     error
	from    screen.Screen
	asked   screen.Do
	turn    int
	news    uint64 // what Changed said afterwards
}

// second passes once a second, for clocks on screens.
type second struct{}

func tick() tea.Cmd { return tea.Tick(time.Second, func(time.Time) tea.Msg { return second{} }) }

// Init implements tea.Model.
func (s *Shell) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, tick(), s.rest())
}

// Update implements tea.Model.
func (s *Shell) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer func() {
		if r := recover(); r != nil {
			s.fault, cmd = caught(r), tea.Quit
		}
	}()
	if s.fault.at != "" {
		return s, tea.Quit // drawing failed: nothing can be shown any more
	}
	cmd = s.take(msg)
	return s, tea.Batch(cmd, s.rest(), s.bereft())
}

// bereft leaves a store that can no longer be used: every further key would only
// meet the same error.
func (s *Shell) bereft() tea.Cmd {
	if s.world.Desk == nil || s.door == nil {
		return nil
	}
	if why := s.world.Desk.Lost(); why != "" {
		return s.lockUp("Locked. " + why)
	}
	return nil
}

// rest has what screens could not read at once read beside the keys.
func (s *Shell) rest() tea.Cmd {
	var cmds []tea.Cmd
	for _, room := range s.stack {
		if slow, ok := room.(screen.Slow); ok {
			cmds = append(cmds, s.carry(room, slow.Rest()))
		}
	}
	return tea.Batch(cmds...)
}

func (s *Shell) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
		for _, room := range s.stack {
			s.fit(room)
		}
		return nil
	case tea.BackgroundColorMsg:
		*s.world.Theme = theme.New(msg.IsDark(), s.plain)
		if s.bare {
			*s.world.Theme = s.world.Theme.Bare()
		}
		return nil
	case tea.ColorProfileMsg:
		if s.bare = msg.Profile <= colorprofile.ASCII; s.bare {
			*s.world.Theme = s.world.Theme.Bare()
		}
		return nil
	case tea.KeyPressMsg, tea.PasteMsg:
		return s.input(msg)
	case done:
		return s.settle(msg)
	case answer:
		if !slices.Contains(s.stack, msg.to) {
			return nil
		}
		cmd := s.carry(msg.to, msg.to.Update(msg.msg))
		return tea.Batch(cmd, s.replay())
	case hear:
		return s.listen(msg)
	case crashed:
		s.fault = msg
		return tea.Quit
	case news:
		return s.hearNews(msg)
	case second:
		cmd, locks := s.overstayed()
		if locks {
			return cmd
		}
		return tea.Batch(tick(), s.carry(s.top(), s.top().Update(screen.Second{})), s.look())
	case tea.MouseMsg:
		s.touched()
		return s.carry(s.top(), s.top().Update(msg))
	case LockNow:
		s.lock.stop = msg.Stop && s.world.Desk != nil
		return s.lockUp("Locked.")
	case overdue:
		if s.lock.due != "" && msg.turn == s.turn {
			return s.lockAway(s.lock.due)
		}
		return nil
	}
	return s.carry(s.top(), s.top().Update(msg))
}

func (s *Shell) top() screen.Screen { return s.stack[len(s.stack)-1] }

// settle takes the desk's answer: open screens read again, and the keys held
// meanwhile are pressed at last, or dropped if nothing was saved.
func (s *Shell) settle(d done) tea.Cmd {
	if d.turn != s.turn {
		return nil // the desk was locked meanwhile; what was done is on disk
	}
	s.waiting = false
	if s.lock.due != "" {
		return s.lockAway(s.lock.due)
	}
	if d.err != nil {
		return s.refuse(d)
	}
	s.said, s.saidBad = d.receipt.Sentence(), false
	s.watch.seen, s.watch.known = d.news, true
	s.reread()
	cmds := []tea.Cmd{s.carry(d.from, d.asked.Then)}
	if d.asked.After != nil {
		cmds = append(cmds, s.carry(d.from, d.asked.After(d.receipt)))
	}
	return tea.Batch(append(cmds, s.replay())...)
}

// refuse says why nothing was saved. What was typed ahead is dropped, because it was
// meant for where the coach would have been; and so is what is still on its way from
// the same burst of typing, before anybody could have read the refusal.
func (s *Shell) refuse(d done) tea.Cmd {
	var no domain.Refusal
	var cmd tea.Cmd
	s.saidBad, s.deaf, s.unheard = true, true, len(s.held)
	s.held = nil
	if errors.As(d.err, &no) {
		s.said = no.Why
		cmd = s.carry(d.from, d.from.Update(screen.Refused{Refusal: no}))
	} else {
		s.said = d.err.Error()
		if !strings.HasPrefix(s.said, "Nothing was saved") {
			s.said = "Nothing was saved: " + s.said
		}
		cmd = s.carry(d.from, d.from.Update(screen.Failed{Err: d.err}))
	}
	s.tellUnheard()
	return tea.Batch(cmd, hearAfter(deafFor, s.unheard))
}

func (s *Shell) reread() {
	for _, room := range s.stack {
		if err := room.Read(); err != nil {
			s.said, s.saidBad = err.Error(), true
		}
	}
}

// Actions are all that can be done just now: what help and the key reference show.
func (s *Shell) Actions() []screen.Action { return append(s.top().Actions(), screen.Always()...) }
