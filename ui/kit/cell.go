// Package kit has widgets that have never heard of participants: cells and lines
// that keep their width, lists that draw only their window, fields to type in.
package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const blanks = "                                                                                                                                                                                                                                                                "

// Blank returns n spaces.
func Blank(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Width returns how many cells a text takes.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// PrintedWidth returns how many cells a text with styles takes.
func PrintedWidth(s string) int { return ansi.StringWidth(s) }

// Cut shortens a text without styles to at most n cells, with a sign where it was
// cut.
func Cut(s string, n int) string {
	if Width(s) <= n {
		return s
	}
	if n <= 0 {
		return ""
	}
	return ansi.Truncate(s, n, "…")
}

// Fill cuts or pads a text without styles to exactly n cells.
func Fill(s string, n int) string {
	s = Cut(s, n)
	return s + Blank(n-Width(s))
}

// Right is [Fill] with the text at the right end.
func Right(s string, n int) string {
	s = Cut(s, n)
	return Blank(n-Width(s)) + s
}

// FillStyled cuts or pads a text that may hold styles to exactly n cells.
func FillStyled(s string, n int) string {
	w := ansi.StringWidth(s)
	if w > n {
		return ansi.Truncate(s, n, "…")
	}
	return s + Blank(n-w)
}

// Ends puts one text at the left and one at the right of n cells; the left one
// gives way.
func Ends(left, right string, n int) string {
	r := ansi.StringWidth(right)
	if r >= n {
		return FillStyled(right, n)
	}
	return FillStyled(left, n-r) + right
}

// Wrap breaks a text without styles into lines of at most n cells, at blanks where
// it can.
func Wrap(s string, n int) []string {
	if n <= 0 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, n, ""), "\n")
}

// Join puts the lines of two blocks side by side, the left one n cells wide.
func Join(left []string, n int, right []string, height int) []string {
	out := make([]string, height)
	for i := range out {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = FillStyled(l, n) + r
	}
	return out
}
