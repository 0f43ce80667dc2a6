package csv

import "strings"

// spreadsheets take a cell that begins with one of these for a formula, also in
// its wide East Asian form.
const formula = "=+-@\t\r\n＝＋－＠"

// Defuse puts an apostrophe before text that a spreadsheet would take for a
// formula, and before text that Restore would otherwise change. Every exported
// cell goes through it.
func Defuse(s string) string {
	if begins(s, formula) || quotes(s) {
		return "'" + s
	}
	return s
}

// Restore takes the apostrophe off again that Defuse put before s: it is the
// exact inverse of Defuse.
func Restore(s string) string {
	if quotes(s) {
		return s[1:]
	}
	return s
}

// quotes reports whether s looks like what Defuse makes.
func quotes(s string) bool {
	return strings.HasPrefix(s, "'") && begins(s[1:], formula+"'")
}

func begins(s, set string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(set, r) }) == 0
}
