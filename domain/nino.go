package domain

import (
	"slices"
	"strings"
)

// Nino reads a National Insurance number in any spelling: spaces, dashes and
// small letters are taken out first. It returns the number as AA123456A and
// whether HMRC's rule allows it: two letters, six digits and a suffix from A to
// D; D, F, I, Q, U and V are never in the prefix, O is never its second letter,
// and BG, GB, KN, NK, NT, TN and ZZ are not used. Source: HMRC internal manual
// NIM39110, as read in November 2026.
func Nino(s string) (string, bool) {
	n := compactNino(s)
	return n, ninoShape(n) &&
		!strings.ContainsAny(n[:2], "DFIQUV") && n[1] != 'O' &&
		!slices.Contains([]string{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}, n[:2])
}

// DemoNino reads a National Insurance number that can never be real, because it
// begins with QQ as HMRC's printed example does. Only a demo store takes it.
func DemoNino(s string) (string, bool) {
	n := compactNino(s)
	return n, ninoShape(n) && n[:2] == "QQ"
}

// MaskNino hides all of a number but its last two digits and suffix.
func MaskNino(n string) string {
	if len(n) != 9 {
		return strings.Repeat("•", len([]rune(n)))
	}
	return "•• •• •• " + n[6:8] + " " + n[8:]
}

func compactNino(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" -.\u00a0", r):
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

func ninoShape(n string) bool {
	if len(n) != 9 || n[8] < 'A' || n[8] > 'D' {
		return false
	}
	for i := range 8 {
		letter := n[i] >= 'A' && n[i] <= 'Z'
		digit := n[i] >= '0' && n[i] <= '9'
		if i < 2 && !letter || i >= 2 && !digit {
			return false
		}
	}
	return true
}

func checkNino(v string, s Stamp) (string, error) {
	if n, ok := DemoNino(v); ok {
		if s.Demo {
			return n, nil
		}
		return "", Refused(string(FactNino), "A number that begins with QQ is for demonstrations only and can never be real. Leave it empty if it is not known.")
	}
	n, ok := Nino(v)
	switch {
	case !ok:
		return "", Refused(string(FactNino), "That is not a National Insurance number. It has two letters, six digits and a letter from A to D, for example QQ 12 34 56 C.")
	case s.Demo:
		return "", Refused(string(FactNino), "This is a demonstration: use a number that begins with QQ, never a real one.")
	}
	return n, nil
}
