package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// door opens or founds the store at a path for the app.
type door struct {
	c    *call
	path string
}

// Exists implements screen.Door.
func (d door) Exists() bool {
	_, err := store.Peek(d.path)
	return !errors.Is(err, store.ErrNoStore)
}

// Open implements screen.Door.
func (d door) Open(passphrase string) (screen.Desk, error) {
	o, err := d.c.options()
	if err != nil {
		return nil, err
	}
	d.c.sound.wait()
	if d.c.st, err = store.Open(d.path, passphrase, o); err != nil {
		return nil, err
	}
	err = d.c.sitDown()
	var desk *desk
	if err == nil {
		desk, err = newDesk(d.c.st, d.c.world)
	}
	if err != nil {
		_ = d.c.st.Close() // nobody gets in: no key stays behind the door
		d.c.st = nil
		return nil, err
	}
	d.c.byPaper = seal.IsRecovery(passphrase)
	desk.adopt(d.c.left.Drafts)
	d.c.left.Drafts, d.c.desk = nil, desk
	go backUp(d.c.st)
	return desk, nil
}

// backUp makes the backup of the day when the first screens have been drawn. What
// hinders it is told when the store is closed, where it is tried again.
func backUp(st *store.Store) {
	time.Sleep(2 * time.Second)
	_, _ = st.BackUpIfDue()
}

// Found implements screen.Door.
func (d door) Found(passphrase, name, office string) (screen.Desk, string, error) {
	st, recovery, err := d.c.found(d.path, store.Founding{Passphrase: passphrase, Person: name, Role: domain.Coach, Office: office, Nation: calendar.EnglandAndWales})
	if err != nil {
		return nil, "", err
	}
	d.c.st = st
	desk, err := newDesk(st, d.c.world)
	d.c.desk = desk
	return desk, recovery, err
}

// app opens the app on the default store.
func (c *call) app(ctx context.Context) error {
	c.left = inherit(c.world.env)
	path, err := c.path()
	if err != nil {
		return err
	}
	facts, err := store.Peek(path)
	switch {
	case err == nil && facts.Demo:
		if _, err := c.open(); err != nil {
			return err
		}
		d, err := newDesk(c.st, c.world)
		if err != nil {
			return err
		}
		return c.show(ctx, d, nil)
	case err != nil && !errors.Is(err, store.ErrNoStore):
		return err
	}
	if err == nil {
		c.sound.begin(path)
	}
	return c.show(ctx, nil, door{c, path})
}

// patience is how long a first frame waits for its rows: less than anybody sees.
const patience = 8 * time.Millisecond

// show runs the screens until the coach leaves. Whenever the desk was locked, the
// program begins anew at the door: as another process where that can be done, so
// that nothing of what was open is left in memory.
func (c *call) show(ctx context.Context, d screen.Desk, at screen.Door) error {
	in, inOK := c.world.in.(*os.File)
	out, outOK := c.world.out.(*os.File)
	if !inOK || !outOK || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return misuse("The app needs a terminal. coachdesk people and coachdesk due print lists.")
	}
	// Bubble Tea would write every key and screen into these files, health data too.
	os.Unsetenv("TEA_TRACE")
	os.Unsetenv("TEA_DEBUG")
	for {
		locked, err := c.sit(ctx, d, at, in, out)
		if err != nil || locked == "" {
			return err
		}
		c.left.Words, c.left.Drafts = locked, c.desk.held
		d, c.desk, c.st = nil, nil, nil
		if err := execAnew(c.left); err == nil {
			return nil // not reached: the process is another program by now
		}
		debug.FreeOSMemory() // the best that can be done in the same process
		if c.left.Stop {
			stopHere()
			c.left.Stop = false
		}
		c.sound.begin(at.(door).path)
	}
}

// sit runs the screens from the door, or from an open desk, until the coach leaves
// or the desk is locked; then it returns why.
func (c *call) sit(ctx context.Context, d screen.Desk, at screen.Door, in, out *os.File) (locked string, err error) {
	begin := c.world.now()
	shell := ui.New(ui.Options{
		World: screen.World{Desk: d, Now: c.world.now, Patience: patience}, Door: at, Plain: c.plain, Notice: c.warnings,
		Said: c.left.Words, Idle: c.world.idle, Steady: func() time.Duration { return c.world.now().Sub(begin) },
	})
	c.left.Words = ""
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(120), tea.WithInput(in), tea.WithOutput(out)}
	if c.plain || c.noColour || c.world.env("NO_COLOR") != "" {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	p := tea.NewProgram(shell, opts...)
	defer heed(p, at != nil)()
	_, err = p.Run()
	kept := shell.Keep()
	switch fault := shell.Fault(); {
	case fault != nil:
		err = fault
	case errors.Is(err, tea.ErrInterrupted):
		err = errInterrupted
	case err != nil:
		err = fmt.Errorf("the screen failed: %s", clean.Line(err.Error(), 400))
	case kept != nil:
		err = fmt.Errorf("what was typed last could not be kept: %w", kept)
	}
	c.left.Stop = shell.Stops()
	return shell.Locked(), err
}

// hangUpLimit is how long a program without a terminal may take to put things away.
const hangUpLimit = 10 * time.Second

// heed listens to the signals that Bubble Tea does not know: the terminal was closed,
// and the process is to stop. It returns what ends the listening.
func heed(p *tea.Program, lockable bool) (end func()) {
	heard := make(chan os.Signal, 4)
	signal.Notify(heard, syscall.SIGHUP)
	if lockable {
		notifyStop(heard)
	}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case s := <-heard:
				if s != syscall.SIGHUP {
					p.Send(ui.LockNow{Stop: true})
					continue
				}
				p.Quit()
				time.AfterFunc(hangUpLimit, p.Kill) // a terminal that is gone may hold the screen up
			}
		}
	}()
	return func() {
		signal.Stop(heard)
		close(done)
	}
}

// warnings says what the store that is open is worried about: where it lies, or
// damage that it could still read past.
func (c *call) warnings() string {
	if c.st == nil {
		return ""
	}
	words := c.st.Warnings()
	if c.byPaper {
		words = append(words, "You came in with the recovery key. coachdesk key passphrase sets a new passphrase.")
	}
	if c.st.ReadOnly() {
		words = append([]string{readOnlyWords}, words...)
	}
	return strings.Join(words, " ")
}
