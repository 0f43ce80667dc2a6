package calendar

import (
	"fmt"
	"strings"
	"time"
)

// numeric reads dates made of figures: 27/11, 27/11/26, 27.11.2026, 2026-11-27,
// 20261127.
func (p phrase) numeric() reading {
	if len(p.words) != 1 {
		return reading{}
	}
	word := p.words[0]
	if n, ok := digits(word); ok {
		if len(word) != 8 {
			return reading{why: "a number alone is not a date: write it with its unit, such as 2w, or with its month, such as 27/11"}
		}
		return settle(exact(n/10000, n/100%100, n%100))
	}
	word = strings.TrimSuffix(word, ".")
	separator := strings.IndexAny(word, "/.-")
	if separator < 0 {
		return reading{}
	}
	parts := strings.Split(word, word[separator:separator+1])
	numbers := make([]int, 0, 3)
	for _, part := range parts {
		n, ok := digits(part)
		if !ok || len(part) > 4 || len(numbers) == 3 {
			return reading{}
		}
		numbers = append(numbers, n)
	}
	switch {
	case len(parts) == 2:
		return p.dayMonth(numbers[0], numbers[1], word)
	case len(parts[0]) == 4:
		return settle(exact(numbers[0], numbers[1], numbers[2]))
	case len(parts[2]) == 4 || len(parts[2]) == 2:
		return settle(exact(p.century(numbers[2], len(parts[2])), numbers[1], numbers[0]))
	}
	return reading{why: "a year has two or four figures: 27/11/26 or 27/11/2026"}
}

// dayMonth reads 27/11, and asks back about 2/52, which in a surgery means two
// weeks.
func (p phrase) dayMonth(d, m int, word string) reading {
	if m == 52 {
		weeks := "weeks"
		if d == 1 {
			weeks = "week"
		}
		return reading{why: fmt.Sprintf("do you mean %d %s? Write %dw", d, weeks, d)}
	}
	if d > 31 && m >= 1 && m <= 12 || len(word) > len("27/11") {
		return reading{why: "a day and month without a year is written as 27/11"}
	}
	return p.nearest(d, m)
}

// month reads dates with the month's name: "27 nov", "nov 27", "27th of
// November 2026", "27nov", "27-nov-26".
func (p phrase) month() reading {
	words := apart(p.words)
	if len(words) < 2 || len(words) > 3 {
		return reading{}
	}
	at := 0
	m, ok := monthNamed(words[0])
	if !ok {
		at = 1
		if m, ok = monthNamed(words[1]); !ok {
			return reading{}
		}
	}
	day := strings.TrimRight(words[1-at], "stndrh.") // 1st, 2nd, 3rd, 4th
	d, ok := digits(day)
	if !ok || len(day) > 2 {
		if _, year := digits(words[1-at]); year && len(words) == 2 {
			return reading{why: "the day of the month is missing: write 27 " + strings.ToLower(m.String()[:3]) + " " + words[1-at]}
		}
		return reading{}
	}
	if len(words) == 2 {
		return p.nearest(d, int(m))
	}
	y, ok := digits(words[2])
	if !ok || len(words[2]) != 2 && len(words[2]) != 4 {
		return reading{why: "a year has two or four figures: 27 Nov 26 or 27 Nov 2026"}
	}
	return settle(exact(p.century(y, len(words[2])), int(m), d))
}

// apart cuts words between figures and letters and at hyphens, and leaves out
// "the" and "of".
func apart(words []string) []string {
	var out []string
	for _, word := range words {
		for _, piece := range strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '/' || r == '.' }) {
			if piece == "of" || piece == "the" {
				continue
			}
			i := strings.IndexFunc(piece, func(r rune) bool { return r < '0' || r > '9' })
			if _, isMonth := monthNamed(piece[max(i, 0):]); i > 0 && isMonth {
				out = append(out, piece[:i])
				piece = piece[i:]
			}
			out = append(out, piece)
		}
	}
	return out
}

func monthNamed(s string) (time.Month, bool) {
	if s == "sept" {
		return time.September, true
	}
	for m := time.January; m <= time.December; m++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), s) {
			return m, true
		}
	}
	return 0, false
}

// nearest gives a day and month the year that the lean asks for. 29 February is
// never moved to a year that the writer may not think of.
func (p phrase) nearest(d, m int) reading {
	if _, why := exact(2000, m, d); why != "" {
		why = strings.Replace(why, " 2000 has", " has", 1)
		return reading{why: strings.Replace(why, "has 29 days", "has 28 or 29 days", 1)}
	}
	y, month, day := p.today.Civil()
	now, then := int(month)*32+day, m*32+d
	switch {
	case p.lean == Forward && then < now:
		y++
	case p.lean == Backward && then > now:
		y--
	}
	return settle(exact(y, m, d))
}

// century completes a year of two figures to the one nearest to today, but not
// more than 20 years ahead.
func (p phrase) century(y, figures int) int {
	if figures != 2 {
		return y
	}
	this, _, _ := p.today.Civil()
	y += this - this%100
	switch {
	case y > this+20:
		return y - 100
	case y <= this-80:
		return y + 100
	}
	return y
}

func settle(d Day, why string) reading {
	return reading{day: d, why: why, fits: why == ""}
}
