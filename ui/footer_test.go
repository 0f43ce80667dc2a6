package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestFootersNameWhatIsUsedMost: at 80 columns the footer of the tabs Referrals and Work
// names the keys that begin something there.
func TestFootersNameWhatIsUsedMost(t *testing.T) {
	d, _ := working(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>")
	for tab, want := range map[string][]string{
		"5": {"r refer", "S support", "F apply", "? help"},
		"6": {"w week", "J job", "Q away", "R return", "V profile", "? help"},
	} {
		x.keys(tab)
		lines := strings.Split(strings.TrimRight(ansi.Strip(x.screen()), "\n"), "\n")
		for _, key := range want {
			if !strings.Contains(lines[len(lines)-1], key) {
				t.Errorf("tab %s: no %q in %q", tab, key, lines[len(lines)-1])
			}
		}
	}
}
