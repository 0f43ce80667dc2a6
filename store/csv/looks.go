package csv

import (
	"strings"
	"unicode"
)

func looksEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at == strings.LastIndexByte(s, '@') && strings.Contains(s[at:], ".") && !strings.ContainsFunc(s, unicode.IsSpace)
}

// looksNINO tells a National Insurance number by its shape: two letters, six
// figures, and a letter from A to D or none. Demo numbers count.
func looksNINO(s string) bool {
	return shape(s) == "AA999999A" && strings.ContainsAny(s[len(s)-1:], "ABCDabcd") || shape(s) == "AA999999"
}

// looksPostcode tells a British postcode by its shape.
func looksPostcode(s string) bool {
	short := shape(s)
	if len(short) < 5 || len(short) > 7 || short[len(short)-3:] != "9AA" {
		return false
	}
	switch short[:len(short)-3] {
	case "A9", "A99", "AA9", "AA99", "A9A", "AA9A":
		return true
	}
	return false
}

// looksPhone tells a British telephone number: it begins with 0, 44 or +44 and
// has ten or eleven figures.
func looksPhone(s string) bool {
	short := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().", r) {
			return -1
		}
		return r
	}, s)
	short = strings.TrimPrefix(short, "+")
	short, abroad := strings.CutPrefix(short, "44")
	short, trunk := strings.CutPrefix(short, "0")
	if !abroad && !trunk || len(short) < 9 || len(short) > 10 {
		return false
	}
	return !strings.ContainsFunc(short, func(r rune) bool { return r < '0' || r > '9' })
}

// shape writes A for a letter and 9 for a figure, and leaves spaces out. Any
// other character makes it empty.
func shape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
		case c >= '0' && c <= '9':
			b.WriteByte('9')
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			b.WriteByte('A')
		default:
			return ""
		}
	}
	return b.String()
}
