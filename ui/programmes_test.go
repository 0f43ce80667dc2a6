package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// TestProgrammesByKeys goes to the catalogue, finds a programme by a word of one of its
// facts, opens it, reads down to its sources and comes back to what was found.
func TestProgrammesByKeys(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("gm")
	x.sees("Where each programme stands today")
	x.sees("closed to new")
	x.sees("not from this desk")
	x.keys("/nine boroughs")
	x.sees("Work and Health Pioneer")
	if strings.Contains(ansi.Strip(x.screen()), "Talking Therapies") {
		t.Error("what does not hold the words is shown")
	}
	x.keys("<enter><enter>")
	x.sees("also called: Work and Health Pioneer Support")
	x.sees("in its place: Connect to Work")
	x.keys("G")
	x.sees("S4, Local London page: Local London: Work and Health Pioneer Support")
	x.keys("<esc>")
	x.sees("found: nine boroughs")
	x.keys("<esc>")
	x.sees("Where each programme stands today")
	x.keys("/no such word anywhere")
	x.sees("Nothing that is known of a programme says that.")
	x.keys("<enter><enter>") // the second finds the key closed, and says why
	x.sees("No programme is there.")
}

func TestProgrammeViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"programmes", "gm"},
			{"programmes found", "gm/borough"},
			{"programme", "gm/holistic<enter><enter>"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				d := newPaper(t)
				d.join(t, "Daniel Okafor")
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				text := x.screen()
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, ansi.Strip(line))
					}
					b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
				}
				if n := strings.Count(text, "\n") + 1; n > size.h {
					t.Errorf("%d lines on %d", n, size.h)
				}
				golden.RequireEqual(t, []byte(b.String()))
			})
		}
	}
}
