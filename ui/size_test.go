package ui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestEverySizeIsSurvived draws every screen and panel in rooms of any size, also
// absurd ones, and changes the size while they are open.
func TestEverySizeIsSurvived(t *testing.T) {
	ways := []string{"", "/dan", "<esc>w", "<esc>?", "<esc>:ask", "<esc>/dan<enter>", "2", "p", "4", "5", "6", "7", "B", "<esc>s", "<enter>Words.<enter>> me: ring by fri", "<ctrl+s>", "<esc><esc>e", "<esc>ge", "gc<ctrl+g>"}
	for _, w := range []int{0, 1, 2, 7, 20, 39, 80, 300} {
		for _, h := range []int{0, 1, 2, 4, 5, 9, 60} {
			t.Run(fmt.Sprintf("%dx%d", w, h), func(t *testing.T) {
				d, _ := furnished(t)
				x := sit(t, d, w, h)
				for _, way := range ways {
					x.keys(way)
					x.send(tea.WindowSizeMsg{Width: w, Height: h})
					view := x.shell.View()
					if n := strings.Count(view.Content, "\n") + 1; h > 5 && n > h {
						t.Errorf("after %q: %d lines on %d", way, n, h)
					}
					for _, line := range strings.Split(view.Content, "\n") {
						if got := ansi.StringWidth(line); w >= 39 && got > w {
							t.Errorf("after %q: %d wide on %d: %q", way, got, w, ansi.Strip(line))
						}
					}
					x.send(tea.WindowSizeMsg{Width: 80, Height: 24})
					x.shell.View()
				}
			})
		}
	}
}
