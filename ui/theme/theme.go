// Package theme turns a few tokens into styles. A theme is a value: nothing here
// is global, and a screen that is drawn plain has the same words as one in colour.
package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Ink is a style cut into what comes before the text and what comes after it, so
// that a cell costs two copies and no layout.
type Ink struct{ open, close string }

// Paint puts text in this ink. Text must be one line.
func (i Ink) Paint(s string) string {
	if i.open == "" || s == "" {
		return s
	}
	return i.open + s + i.close
}

func ink(s lipgloss.Style) Ink {
	open, end, _ := strings.Cut(s.Inline(true).Render("\x00"), "\x00")
	return Ink{open, end}
}

// Theme is every ink and every sign that screens draw with.
type Theme struct {
	Dark     bool
	Plain    bool
	Text     Ink
	Muted    Ink // still 4.5:1
	Strong   Ink
	Accent   Ink
	Good     Ink
	Warn     Ink
	Bad      Ink
	Selected Ink
	Chip     Ink
	Title    Ink
	Glyphs   Glyphs
}

// Glyphs are the signs of a theme. Each stands beside a word, never alone.
type Glyphs struct {
	Cursor, Urgent, Due, Calm, Done, Open, Doing, Dropped string
	Full, Empty, Rule, Sep, Arrow, Dash, Saved, Bar       string
}

var unicodeGlyphs = Glyphs{
	Cursor: "▸", Urgent: "▲", Due: "■", Calm: "●", Done: "✓", Open: "○", Doing: "◐", Dropped: "–",
	Full: "▰", Empty: "▱", Rule: "─", Sep: "·", Arrow: "→", Dash: "—", Saved: "●", Bar: "│",
}

var plainGlyphs = Glyphs{
	Cursor: ">", Urgent: "!", Due: "*", Calm: "-", Done: "x", Open: "o", Doing: "~", Dropped: "-",
	Full: "#", Empty: ".", Rule: "-", Sep: "|", Arrow: "->", Dash: "-", Saved: "*", Bar: "|",
}

// palette is a theme's colours as hexadecimal, measured for contrast by a test.
type palette struct{ text, muted, accent, good, warn, bad, chip, selected, onSelected string }

var dark = palette{
	text: "#e6e6e6", muted: "#a3a7ad", accent: "#6fb3f2", good: "#6cc98a", warn: "#f0b54a", bad: "#ff8a80",
	chip: "#c3a6ff", selected: "#1d4f7c", onSelected: "#ffffff",
}

var light = palette{
	text: "#1b1f24", muted: "#5a6068", accent: "#0b5cad", good: "#116b34", warn: "#7a4d00", bad: "#b3261e",
	chip: "#5b3aa6", selected: "#cfe4fa", onSelected: "#0b0c0c",
}

// New returns the theme for a dark or a light ground. Plain uses only signs that
// every terminal and every reader knows, and no colour.
func New(onDark, plain bool) Theme {
	p := light
	if onDark {
		p = dark
	}
	c := func(hex string) lipgloss.Style { return lipgloss.NewStyle().Foreground(lipgloss.Color(hex)) }
	t := Theme{
		Dark: onDark, Glyphs: unicodeGlyphs,
		Text: Ink{}, Muted: ink(c(p.muted)), Strong: ink(lipgloss.NewStyle().Bold(true)),
		Accent: ink(c(p.accent).Bold(true)), Good: ink(c(p.good)), Warn: ink(c(p.warn)), Bad: ink(c(p.bad).Bold(true)),
		Chip:     ink(c(p.chip)),
		Title:    ink(c(p.accent).Bold(true)),
		Selected: ink(c(p.onSelected).Background(lipgloss.Color(p.selected)).Bold(true)),
	}
	if plain {
		bold := ink(lipgloss.NewStyle().Bold(true))
		t = Theme{Dark: onDark, Plain: true, Glyphs: plainGlyphs, Strong: bold, Accent: bold, Bad: bold, Title: bold, Selected: ink(lipgloss.NewStyle().Reverse(true))}
	}
	return t
}

// Bare returns the theme for a terminal without colour: what is chosen stands reversed,
// because bold alone is easily missed.
func (t Theme) Bare() Theme {
	t.Selected = ink(lipgloss.NewStyle().Reverse(true))
	return t
}
