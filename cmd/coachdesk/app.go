package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
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
	if err := d.c.sitDown(); err != nil {
		return nil, err
	}
	return newDesk(d.c.st, d.c.world)
}

// Found implements screen.Door.
func (d door) Found(passphrase, name, office string) (screen.Desk, string, error) {
	st, recovery, err := d.c.found(d.path, store.Founding{Passphrase: passphrase, Person: name, Role: domain.Coach, Office: office, Nation: calendar.EnglandAndWales})
	if err != nil {
		return nil, "", err
	}
	d.c.st = st
	desk, err := newDesk(st, d.c.world)
	return desk, recovery, err
}

// app opens the app on the default store.
func (c *call) app(ctx context.Context) error {
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

// show runs the screens until the coach leaves.
func (c *call) show(ctx context.Context, d screen.Desk, at screen.Door) error {
	in, inOK := c.world.in.(*os.File)
	out, outOK := c.world.out.(*os.File)
	if !inOK || !outOK || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return misuse("The app needs a terminal. coachdesk people and coachdesk due print lists.")
	}
	// Bubble Tea would write every key and screen into these files, health data too.
	os.Unsetenv("TEA_TRACE")
	os.Unsetenv("TEA_DEBUG")
	shell := ui.New(ui.Options{World: screen.World{Desk: d, Now: c.world.now, Patience: patience}, Door: at, Plain: c.plain, Notice: c.warnings})
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(120), tea.WithInput(in), tea.WithOutput(out)}
	if c.plain || c.noColour || c.world.env("NO_COLOR") != "" {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	p := tea.NewProgram(shell, opts...)
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	go func() {
		if _, ok := <-hup; ok {
			p.Quit()
		}
	}()
	_, err := p.Run()
	shell.Keep()
	switch {
	case errors.Is(err, tea.ErrInterrupted):
		return errInterrupted
	case err != nil:
		return fmt.Errorf("the screen failed: %s", clean.Line(err.Error(), 400))
	}
	return nil
}

// warnings says what the store that is open is worried about: where it lies, or
// damage that it could still read past.
func (c *call) warnings() string {
	if c.st == nil {
		return ""
	}
	return strings.Join(c.st.Warnings(), " ")
}
