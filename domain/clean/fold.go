package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes text comparable for searching: small letters without accents, so
// that "Siân" is found by "sian" and "O’Brien" by "o'brien". Plain text in
// small letters is returned as it is.
func Fold(s string) string {
	upper := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return foldWide(s)
		}
		upper = upper || 'A' <= c && c <= 'Z'
	}
	if upper {
		return strings.ToLower(s)
	}
	return s
}

// foldWide decomposes, lowers and drops accents. It decomposes twice, because a
// capital may have a small letter that is itself a compound.
func foldWide(s string) string {
	s = norm.NFKD.String(strings.ToValidUTF8(s, "\uFFFD"))
	s = norm.NFKD.String(strings.ToLower(s))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case accent(r), unicode.Is(unicode.Cf, r), r == '\u034f':
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		default:
			if plain, ok := spelt(r); ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return norm.NFC.String(b.String())
}

// accent reports whether r is a mark that people leave out when they search.
// Vowel signs of Indic scripts are spelling and stay.
func accent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x483 && r <= 0x489:
		return true
	case r >= 0x591 && r <= 0x5c7, r >= 0x64b && r <= 0x65f, r == 0x670:
		return unicode.Is(unicode.Mn, r)
	}
	return r >= 0x1ab0 && r <= 0x1aff || r >= 0x1dc0 && r <= 0x1dff ||
		r >= 0x20d0 && r <= 0x20ff || r >= 0xfe00 && r <= 0xfe2f
}

// spelt gives the plain spelling of small letters that have no accent to lose
// but are typed without their stroke or ligature, and of typeset punctuation.
func spelt(r rune) (string, bool) {
	i := strings.IndexRune(spellings, r)
	if i < 0 {
		return "", false
	}
	rest := spellings[i+utf8.RuneLen(r)+1:]
	return rest[:strings.IndexByte(rest, ' ')], true
}

// spellings lists "letter=spelling" pairs; only letters outside ASCII are
// looked up, so a spelling is never found as a key.
const spellings = "ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŧ=t " +
	"’=' ‘=' ʼ=' ′=' “=\" ”=\" ‐=- ‑=- ‒=- –=- —=- "
