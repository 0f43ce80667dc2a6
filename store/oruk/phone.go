package oruk

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// phonesMost is how many numbers of one service are kept.
const phonesMost = 4

// Phones finds the telephone numbers of the United Kingdom in a text, each with the
// words before or behind it. Text without one gives nothing.
func Phones(s string) []domain.ServicePhone {
	var found []domain.ServicePhone
	s = clean.Line(s, 2000)
	at := 0 // where the words begin that belong to the next number
	for i := 0; i < len(s) && len(found) < phonesMost; {
		number, end := numberAt(s, i)
		if number == "" {
			i++
			continue
		}
		label := s[at:i]
		rest := s[end:]
		if note, tail, ok := behind(rest); ok {
			label, rest = label+" "+note, tail
		}
		p := domain.ServicePhone{Number: number, Label: labelOf(label)}
		if n := len(found); n == 0 || !contains(found, number) {
			found = append(found, p)
		}
		at = len(s) - len(rest)
		i = at
	}
	return found
}

func contains(all []domain.ServicePhone, number string) bool {
	for _, p := range all {
		if p.Number == number {
			return true
		}
	}
	return false
}

// behind takes a short note in brackets that stands behind a number.
func behind(rest string) (note, tail string, ok bool) {
	r := strings.TrimLeft(rest, " ")
	if !strings.HasPrefix(r, "(") {
		return "", rest, false
	}
	end := strings.IndexByte(r, ')')
	if end < 0 || end > 40 || strings.ContainsAny(r[1:end], "0123456789") {
		return "", rest, false
	}
	return r[1:end], r[end+1:], true
}

// labelOf leaves a few words that say whose number it is.
func labelOf(s string) string {
	s = strings.Trim(clean.Line(s, 200), " :;,.-–/|()[]")
	for _, cut := range []string{". ", "; ", " / ", "| "} {
		if i := strings.LastIndex(s, cut); i >= 0 {
			s = s[i+len(cut):]
		}
	}
	low := strings.ToLower(s)
	for _, noise := range []string{"tel", "tel no", "telephone", "phone", "call", "or", "and", "on", "mobile", "mob", "t", "m", "ring", "tel:"} {
		if low == noise {
			return ""
		}
	}
	return clean.Line(s, 40)
}

// numberAt reads a number that begins at i: eleven digits from 0, ten of some old ones,
// or the same from +44. Blanks, brackets, dots and dashes may stand in it.
func numberAt(s string, i int) (number string, end int) {
	if i > 0 && (isDigit(s[i-1]) || s[i-1] == '+') {
		return "", 0
	}
	digits := ""
	j := i
	switch {
	case strings.HasPrefix(s[i:], "+44"), strings.HasPrefix(s[i:], "0044"):
		j += 3
		if s[i] == '0' {
			j++
		}
		j += blanks(s[j:])
		if strings.HasPrefix(s[j:], "(0)") {
			j += 3
		}
		digits = "0"
		j += blanks(s[j:])
		if j < len(s) && s[j] == '0' {
			j++
		}
	case s[i] == '(' && i+1 < len(s) && s[i+1] == '0':
		j++
	case s[i] != '0':
		return "", 0
	}
	end = j
	for k := j; k < len(s) && len(digits) < 12; k++ {
		switch c := s[k]; {
		case isDigit(c):
			digits += string(c)
			end = k + 1
			if len(digits) == 11 { // there is none longer; two may stand side by side
				k = len(s)
			}
		case strings.IndexByte(" ().-", c) >= 0 && k-end < 3:
		default:
			k = len(s)
		}
	}
	if end < len(s) && isDigit(s[end]) && len(digits) == 11 && !startsNumber(s[end:]) {
		return "", 0
	}
	if !plausible(digits) {
		return "", 0
	}
	return spaced(digits), end
}

func startsNumber(s string) bool { return s[0] == '0' }

func blanks(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// plausible reports whether digits can be a number of the United Kingdom.
func plausible(d string) bool {
	switch {
	case len(d) == 11:
		return strings.IndexByte("1235789", d[1]) >= 0
	case len(d) == 10:
		return strings.HasPrefix(d, "01") || strings.HasPrefix(d, "0800") || strings.HasPrefix(d, "0500")
	case d == "08001111": // Childline
		return true
	}
	return false
}

// spaced writes a number as people read it.
func spaced(d string) string {
	switch {
	case strings.HasPrefix(d, "0800") && len(d) < 11:
		return d[:4] + " " + d[4:]
	case len(d) != 11:
		return d[:min(5, len(d))] + " " + d[min(5, len(d)):]
	case strings.HasPrefix(d, "02"):
		return d[:3] + " " + d[3:7] + " " + d[7:]
	case d[1] == '3' || d[1] == '8' || d[1] == '9', strings.HasPrefix(d, "011"), d[1] == '1' && d[3] == '1':
		return d[:4] + " " + d[4:7] + " " + d[7:]
	}
	return d[:5] + " " + d[5:]
}
