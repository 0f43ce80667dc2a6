package calendar

import (
	"errors"
	"testing"
	"unicode/utf8"
)

// Monday 23 November 2026.
const monday = Day(739943)

// phrases holds what people write, and the day it means with each lean.
var phrases = []struct{ in, forward, backward string }{
	{"today", "2026-11-23", "2026-11-23"},
	{" Tomorrow ", "2026-11-24", "2026-11-24"},
	{"YESTERDAY", "2026-11-22", "2026-11-22"},
	{"by fri", "2026-11-27", "2026-11-20"},
	{"2d", "2026-11-25", "2026-11-21"},
	{"2w", "2026-12-07", "2026-11-09"},
	{"2 weeks", "2026-12-07", "2026-11-09"},
	{"3m", "2027-02-23", "2026-08-23"},
	{"1y", "2027-11-23", "2025-11-23"},
	{"0d", "2026-11-23", "2026-11-23"},
	{"in 10 days", "2026-12-03", "2026-12-03"},
	{"in 2 weeks", "2026-12-07", "2026-12-07"},
	{"in a fortnight", "2026-12-07", "2026-12-07"},
	{"in 2w", "2026-12-07", "2026-12-07"},
	{"2 weeks ago", "2026-11-09", "2026-11-09"},
	{"3d ago", "2026-11-20", "2026-11-20"},
	{"a month ago", "2026-10-23", "2026-10-23"},
	{"fri", "2026-11-27", "2026-11-20"},
	{"Friday", "2026-11-27", "2026-11-20"},
	{"mon", "2026-11-30", "2026-11-16"},
	{"tues", "2026-11-24", "2026-11-17"},
	{"weds", "2026-11-25", "2026-11-18"},
	{"thurs.", "2026-11-26", "2026-11-19"},
	{"sun", "2026-11-29", "2026-11-22"},
	{"next fri", "2026-12-04", "2026-12-04"},
	{"next mon", "2026-11-30", "2026-11-30"},
	{"next sunday", "2026-12-06", "2026-12-06"},
	{"this fri", "2026-11-27", "2026-11-27"},
	{"last fri", "2026-11-20", "2026-11-20"},
	{"last mon", "2026-11-16", "2026-11-16"},
	{"27 nov", "2026-11-27", "2025-11-27"},
	{"23 nov", "2026-11-23", "2026-11-23"},
	{"22 Nov", "2027-11-22", "2026-11-22"},
	{"nov 27", "2026-11-27", "2025-11-27"},
	{"27nov", "2026-11-27", "2025-11-27"},
	{"27th of november", "2026-11-27", "2025-11-27"},
	{"1st sept", "2027-09-01", "2026-09-01"},
	{"27 November 2026", "2026-11-27", "2026-11-27"},
	{"Nov 27, 2026", "2026-11-27", "2026-11-27"},
	{"27-nov-26", "2026-11-27", "2026-11-27"},
	{"Fri 27 Nov", "2026-11-27", "2026-11-27"},
	{"Fri 20 Nov", "2026-11-20", "2026-11-20"},
	{"Friday 27 November 2026", "2026-11-27", "2026-11-27"},
	{"fri, 27/11", "2026-11-27", "2026-11-27"},
	{"27/11", "2026-11-27", "2025-11-27"},
	{"1/3", "2027-03-01", "2026-03-01"},
	{"3/12", "2026-12-03", "2025-12-03"},
	{"27/11/2026", "2026-11-27", "2026-11-27"},
	{"27/11/26", "2026-11-27", "2026-11-27"},
	{"27/11/98", "1998-11-27", "1998-11-27"},
	{"27.11.2026", "2026-11-27", "2026-11-27"},
	{"27-11-2026", "2026-11-27", "2026-11-27"},
	{"2026-11-27", "2026-11-27", "2026-11-27"},
	{"2026/11/27", "2026-11-27", "2026-11-27"},
	{"by 2026-11-27", "2026-11-27", "2026-11-27"},
	{"20260311", "2026-03-11", "2026-03-11"},
	{"29 feb 2028", "2028-02-29", "2028-02-29"},
}

func TestParse(t *testing.T) {
	t.Parallel()
	if monday.String() != "2026-11-23" {
		t.Fatalf("monday is %s", monday)
	}
	for _, tt := range phrases {
		for lean, want := range map[Lean]string{Forward: tt.forward, Backward: tt.backward} {
			if got, err := Parse(tt.in, monday, lean); err != nil || got.String() != want {
				t.Errorf("Parse(%q, lean %d) = %s, %v; want %s", tt.in, lean, got, err, want)
			}
		}
	}
}

// TestWeekdayOnEveryDay checks the promise about bare weekdays on each day of a
// week.
func TestWeekdayOnEveryDay(t *testing.T) {
	t.Parallel()
	for today := monday; today < monday+7; today++ {
		for ahead := Day(1); ahead <= 7; ahead++ {
			name := (today + ahead).Weekday().String()
			if got, err := Parse(name, today, Forward); err != nil || got != today+ahead {
				t.Errorf("%s from %s = %s, %v", name, today.Long(), got, err)
			}
			before := (today - ahead).Weekday().String()
			if got, err := Parse(before, today, Backward); err != nil || got != today-ahead {
				t.Errorf("%s back from %s = %s, %v", before, today.Long(), got, err)
			}
			got, err := Parse("next "+name, today, Forward)
			if week := weekOf(today) + 1; err != nil || weekOf(got) != week || got.Weekday().String() != name {
				t.Errorf("next %s from %s = %s, %v", name, today.Long(), got, err)
			}
		}
	}
}

func weekOf(d Day) Day { return (d - 1) / 7 }

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                "“”: there is no date here. Write a date such as 27 nov, 27/11/2026, fri, 2w or in 10 days.",
		"by":              "“by”: this is not a date. Write a date such as 27 nov, 27/11/2026, fri, 2w or in 10 days.",
		"soon":            "“soon”: this is not a date. Write a date such as 27 nov, 27/11/2026, fri, 2w or in 10 days.",
		"2/52":            "“2/52”: do you mean 2 weeks? Write 2w.",
		"1/52":            "“1/52”: do you mean 1 week? Write 1w.",
		"31 feb":          "“31 feb”: February has 28 or 29 days.",
		"30/2/2027":       "“30/2/2027”: February 2027 has 28 days.",
		"31 nov":          "“31 nov”: November has 30 days.",
		"29 feb":          "“29 feb”: 2027 has no 29 February; the next is in 2028.",
		"29/2/2027":       "“29/2/2027”: 2027 has no 29 February; the next is in 2028.",
		"13/13":           "“13/13”: there is no month 13.",
		"11/27":           "“11/27”: there is no month 27; the day comes first: do you mean 27 November?",
		"0/5":             "“0/5”: there is no day 0 in a month.",
		"32 dec":          "“32 dec”: there is no day 32 in a month.",
		"nov 2026":        "“nov 2026”: the day of the month is missing: write 27 nov 2026.",
		"27 nov 126":      "“27 nov 126”: a year has two or four figures: 27 Nov 26 or 27 Nov 2026.",
		"27/11/126":       "“27/11/126”: a year has two or four figures: 27/11/26 or 27/11/2026.",
		"14":              "“14”: a number alone is not a date: write it with its unit, such as 2w, or with its month, such as 27/11.",
		"thu 27 nov 2026": "“thu 27 nov 2026”: 27 Nov is a Friday, not a Thursday.",
		"in 2 weeks ago":  "“in 2 weeks ago”: is it to come or past? Write in 2 weeks, or 2 weeks ago.",
		"next week":       "“next week”: “next” goes with a day of the week, such as next fri; or write 1w, 1m.",
		"9999y":           "“9999y”: the year must be from 1 to 9999.",
		"99999999d":       "“99999999d”: 99999999 is too far away for a date.",
		"3000 y ago":      "“3000 y ago”: the year must be from 1 to 9999.",
		"0000-01-01":      "“0000-01-01”: the year must be from 1 to 9999.",
	} {
		got, err := Parse(in, monday, Forward)
		var u *Unclear
		if !errors.As(err, &u) || err.Error() != want || got != 0 {
			t.Errorf("Parse(%q) = %s, %v\nwant %s", in, got, err, want)
		}
	}
}

// TestShortIsReadBack: what the desk echoes can be typed again.
func TestShortIsReadBack(t *testing.T) {
	t.Parallel()
	for d := monday - 700; d < monday+700; d++ {
		for _, s := range []string{d.Short(monday), d.Long(), d.String()} {
			for _, lean := range []Lean{Forward, Backward} {
				if got, err := Parse(s, monday, lean); err != nil || got != d {
					t.Fatalf("Parse(%q) = %s, %v; want %s", s, got, err, d)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"today", "by fri", "next fri", "in 10 days", "2 weeks ago", "27 nov", "nov 27 2026", "27/11/26", "2026-11-27",
		"20260311", "2/52", "31 feb", "13/13", "fri 27 nov", "99999y", "27.11", "1st", "\xff/\x00", "sept", "in", "ago", "a", "next", "-/-/-", "٣/٤",
	} {
		f.Add(s, int32(monday), false)
		f.Add(s, int32(1), true)
		f.Add(s, int32(lastDay), false)
	}
	f.Fuzz(func(t *testing.T, s string, today int32, back bool) {
		if Day(today) < firstDay || Day(today) > lastDay {
			t.Skip("today is always a real day")
		}
		lean := Forward
		if back {
			lean = Backward
		}
		d, err := Parse(s, Day(today), lean)
		if err != nil {
			var u *Unclear
			if !errors.As(err, &u) || u.Why == "" || u.Phrase != s || d != 0 || utf8.RuneCountInString(err.Error()) > 400 {
				t.Errorf("Parse(%q) = %d, %v", s, d, err)
			}
			return
		}
		if d < firstDay || d > lastDay {
			t.Errorf("Parse(%q) = %d is not in the years 1 to 9999", s, d)
		}
		if again, err := Parse(d.String(), Day(today), lean); err != nil || again != d {
			t.Errorf("Parse(%q) = %s, read back as %s, %v", s, d, again, err)
		}
	})
}
