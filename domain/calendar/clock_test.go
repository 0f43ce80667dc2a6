package calendar

import (
	"errors"
	"testing"
)

func TestParseClock(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"10:20": "10:20", "10.20": "10:20", "1020": "10:20", "9am": "09:00", "2:30pm": "14:30", "14": "14:00",
		"2.30 PM": "14:30", "930": "09:30", "0": "00:00", "00:00": "00:00", "23:59": "23:59", "12am": "00:00",
		"12pm": "12:00", "12:30 a.m.": "00:30", "noon": "12:00", "midnight": "00:00", "9:05": "09:05", "0905": "09:05", " 7 pm ": "19:00",
	} {
		got, err := ParseClock(in)
		if err != nil || Clock(got) != want {
			t.Errorf("ParseClock(%q) = %s, %v; want %s", in, Clock(got), err, want)
		}
	}
	for in, want := range map[string]string{
		"":       "“”: there is no time here: write a time such as 10:20, 9am or 2:30pm.",
		"later":  "“later”: this is not a time of day: write a time such as 10:20, 9am or 2:30pm.",
		"24:00":  "“24:00”: there is no hour 24: write a time such as 10:20, 9am or 2:30pm.",
		"10:60":  "“10:60”: there is no minute 60: write a time such as 10:20, 9am or 2:30pm.",
		"13pm":   "“13pm”: do you mean 13:00 or 1pm?",
		"0am":    "“0am”: there is no hour 0: write a time such as 10:20, 9am or 2:30pm.",
		"25":     "“25”: there is no hour 25: write a time such as 10:20, 9am or 2:30pm.",
		"10:2":   "“10:2”: this is not a time of day: write a time such as 10:20, 9am or 2:30pm.",
		"10:200": "“10:200”: this is not a time of day: write a time such as 10:20, 9am or 2:30pm.",
		"10200":  "“10200”: this is not a time of day: write a time such as 10:20, 9am or 2:30pm.",
		"-1":     "“-1”: this is not a time of day: write a time such as 10:20, 9am or 2:30pm.",
	} {
		var u *Unclear
		if got, err := ParseClock(in); !errors.As(err, &u) || err.Error() != want || got != 0 {
			t.Errorf("ParseClock(%q) = %d, %v\nwant %s", in, got, err, want)
		}
	}
}

func TestClockReadsBack(t *testing.T) {
	t.Parallel()
	for m := range 1440 {
		if got, err := ParseClock(Clock(m)); err != nil || got != m {
			t.Errorf("%d minutes is %s, read back as %d, %v", m, Clock(m), got, err)
		}
	}
	if Clock(-1) != "23:59" || Clock(1440) != "00:00" {
		t.Error("minutes beyond a day do not wrap around")
	}
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"10:20", "9am", "12 a.m.", "noon", "1:1:1", ":", ".", "pm", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseClock(s)
		if err == nil && (m < 0 || m >= 1440) || err != nil && m != 0 {
			t.Errorf("ParseClock(%q) = %d, %v", s, m, err)
		}
	})
}
