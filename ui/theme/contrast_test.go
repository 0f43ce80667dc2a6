package theme

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.
func luminance(hex string) float64 {
	var r, g, b int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &r, &g, &b); err != nil {
		panic(err)
	}
	lin := func(c int) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// TestContrast holds every ink at 4.5:1 on the grounds that terminals have.
func TestContrast(t *testing.T) {
	for name, p := range map[string]palette{"dark": dark, "light": light} {
		grounds := []string{"#000000", "#1e1e1e", "#282c34"}
		if name == "light" {
			grounds = []string{"#ffffff", "#f5f5f5", "#fdf6e3"}
		}
		for _, ground := range grounds {
			for ink, hex := range map[string]string{"text": p.text, "muted": p.muted, "accent": p.accent, "good": p.good, "warn": p.warn, "bad": p.bad, "chip": p.chip} {
				if c := contrast(hex, ground); c < 4.5 {
					t.Errorf("%s %s on %s: %.2f", name, ink, ground, c)
				}
			}
		}
		if c := contrast(p.onSelected, p.selected); c < 4.5 {
			t.Errorf("%s selection: %.2f", name, c)
		}
	}
}

// TestWithoutColour: what is chosen is told by more than bold.
func TestWithoutColour(t *testing.T) {
	if got := New(true, false).Bare().Selected.Paint("x"); !strings.Contains(got, "\x1b[7m") {
		t.Errorf("chosen without colour is %q", got)
	}
}
