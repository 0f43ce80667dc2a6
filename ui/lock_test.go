package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// gate is a door to a desk that is open already.
type gate struct{}

func (gate) Exists() bool                     { return true }
func (gate) Open(string) (screen.Desk, error) { return nil, errors.New("not here") }
func (gate) Found(string, string, string) (screen.Desk, string, error) {
	return nil, "", errors.New("not here")
}

// clocks are the clock on the wall and the steady one.
type clocks struct {
	wall   time.Time
	steady time.Duration
}

func (c *clocks) pass(d time.Duration) { c.wall, c.steady = c.wall.Add(d), c.steady+d }

// sitBehindADoor sits at a desk that can be locked.
func sitBehindADoor(t *testing.T, d screen.Desk) (*hand, *clocks) {
	t.Helper()
	c := &clocks{wall: now}
	x := &hand{t: t, shell: ui.New(ui.Options{
		World: screen.World{Desk: d, Now: func() time.Time { return c.wall }}, Door: gate{}, Steady: func() time.Duration { return c.steady },
	})}
	x.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	return x, c
}

func TestLocksWhenNobodyIsThere(t *testing.T) {
	for _, tt := range []struct {
		name string
		pass func(*hand, *clocks)
		open bool
		says string
	}{
		{"four minutes", func(_ *hand, c *clocks) { c.pass(3 * time.Minute) }, true, ""},
		{"a minute before", func(_ *hand, c *clocks) { c.pass(4*time.Minute + 10*time.Second) }, true, "The desk locks in 50 seconds. Any key keeps it open."},
		{"a key keeps it open", func(x *hand, c *clocks) {
			c.pass(4*time.Minute + 30*time.Second)
			x.send(ui.Second{})
			x.keys("<down>")
			x.lacks("Any key keeps")
			c.pass(3 * time.Minute)
		}, true, ""},
		{"a paste is a key", func(x *hand, c *clocks) {
			c.pass(4*time.Minute + 30*time.Second)
			x.send(tea.PasteMsg{Content: "x"})
			c.pass(3 * time.Minute)
		}, true, ""},
		{"the mouse too", func(x *hand, c *clocks) {
			c.pass(4*time.Minute + 30*time.Second)
			x.send(tea.MouseMotionMsg{X: 1})
			c.pass(3 * time.Minute)
		}, true, ""},
		{"five minutes", func(_ *hand, c *clocks) { c.pass(5 * time.Minute) }, false, ""},
		{"the lid was closed: only the wall's clock went on", func(_ *hand, c *clocks) { c.wall = c.wall.Add(3 * time.Hour) }, false, ""},
		{"the clock was set back by an hour", func(_ *hand, c *clocks) { c.pass(5 * time.Minute); c.wall = c.wall.Add(-time.Hour) }, false, ""},
		{"set to ten, after six", func(x *hand, c *clocks) {
			x.keys("gl10<enter>")
			x.sees("settings were changed")
			c.pass(6 * time.Minute)
		}, true, ""},
		{"set to ten, after ten", func(x *hand, c *clocks) { x.keys("gl10<enter>"); c.pass(10 * time.Minute) }, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newPaper(t)
			d.join(t, "Daniel Okafor")
			x, c := sitBehindADoor(t, d)
			tt.pass(x, c)
			x.send(ui.Second{})
			if got := x.shell.Locked() == ""; got != tt.open || d.locked == tt.open {
				t.Fatalf("open: %v, want %v\n%s", got, tt.open, ansi.Strip(x.screen()))
			}
			if !tt.open {
				x.lacks("Daniel", "Caseload")
				return
			}
			x.sees("Caseload", tt.says)
		})
	}
}

// TestKeyAfterSleepFindsADoor presses a key before any second has passed.
func TestKeyAfterSleepFindsADoor(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x, c := sitBehindADoor(t, d)
	c.wall = c.wall.Add(time.Hour)
	x.keys("<down>")
	if why := x.shell.Locked(); why != "Locked after 5 minutes without a key. Drafts are kept." {
		t.Fatalf("locked: %q", why)
	}
}

func TestSettingOfTheLockIsRefused(t *testing.T) {
	x, _ := sitBehindADoor(t, newPaper(t))
	x.keys("gl0<enter>")
	x.sees("1 to 60 minutes")
	x.keys("<backspace>7<enter>")
	x.sees("settings were changed")
}

// TestLockKeepsWhatWasTyped locks in the middle of a note, under the curtain too.
func TestLockKeepsWhatWasTyped(t *testing.T) {
	for _, way := range []string{"<ctrl+l>", "<ctrl+g><ctrl+l>"} {
		d := newPaper(t)
		d.join(t, "Daniel Okafor")
		x, _ := sitBehindADoor(t, d)
		x.keys("/dan<enter>nHalf a wor" + way)
		if x.shell.Locked() == "" || len(d.drafts) != 1 {
			t.Fatalf("%s: locked %q, %d drafts", way, x.shell.Locked(), len(d.drafts))
		}
		for _, one := range d.drafts {
			if one.Fields["text"] != "Half a wor" {
				t.Errorf("%s: the draft reads %q", way, one.Fields["text"])
			}
		}
		x.lacks("Daniel", "Half")
		x.keys("secret")
		x.lacks("Daniel", "•")
	}
}

// TestLockWaitsForTheCommand locks while a note is being written: it is on disk first,
// and no draft of it is left. One that never answers does not keep the desk open.
func TestLockWaitsForTheCommand(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x, _ := sitBehindADoor(t, d)
	x.keys("/dan<enter>nA whole note.<ctrl+s>")
	d.wait = func() time.Duration { return 80 * time.Millisecond }
	x.give(named("enter"))
	if !x.shell.Waiting() {
		t.Fatal("nothing is being written")
	}
	x.give(tea.KeyPressMsg{Code: 'l', Mod: tea.ModCtrl})
	x.give(tea.KeyPressMsg{Code: 'x', Text: "x"})
	if x.shell.Locked() != "" || d.locked {
		t.Fatal("it did not wait")
	}
	x.sees("Locking, as soon as")
	x.lacks("Daniel")
	x.until(func() bool { return x.shell.Locked() != "" })
	if p, _ := d.Participant(id); len(p.Notes) != 1 {
		t.Fatalf("%d notes", len(p.Notes))
	}
}

// TestLostStoreLocks changes the keys beside the app: the next look finds it, the
// words are told, and what was typed was offered to be kept.
func TestLostStoreLocks(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x, _ := sitBehindADoor(t, d)
	x.keys("/dan<enter>nHalf a wor")
	d.lost = "The store was replaced."
	x.send(ui.Second{})
	x.until(func() bool { return x.shell.Locked() != "" })
	if why := x.shell.Locked(); why != "Locked. The store was replaced. Drafts are kept." || len(d.drafts) != 1 {
		t.Fatalf("locked %q, %d drafts", why, len(d.drafts))
	}
	x.lacks("Daniel")
}

// fullDesk cannot keep drafts.
type fullDesk struct{ *paper }

func (fullDesk) KeepDraft(domain.Draft) error { return errors.New("the disk is full") }

// TestLeavingWithoutADraftAsksTwice stays when what was typed would be lost.
func TestLeavingWithoutADraftAsksTwice(t *testing.T) {
	d := fullDesk{newPaper(t)}
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>nHalf a wor")
	quits := func() bool {
		_, cmd := x.shell.Update(named("ctrl+c"))
		return cmd != nil && strings.Contains(flat(cmd()), "QuitMsg")
	}
	if quits() {
		t.Fatal("it left with a draft that could not be kept")
	}
	x.sees("the disk is full")
	x.keys("d")
	if quits() || !quits() {
		t.Fatal("it is left at the second time in a row, and only then")
	}
}

// flat names what a command answered, also inside a batch.
func flat(msg tea.Msg) string {
	if all, ok := msg.(tea.BatchMsg); ok {
		var b strings.Builder
		for _, c := range all {
			if c != nil {
				b.WriteString(flat(c()))
			}
		}
		return b.String()
	}
	if _, ok := msg.(tea.QuitMsg); ok {
		return "QuitMsg"
	}
	return ""
}

func TestStopKeyDoesNotStop(t *testing.T) {
	d := newPaper(t)
	x := sit(t, d, 80, 24)
	x.keys("<ctrl+z>")
	x.sees("ctrl+z does not stop coachdesk")
}
