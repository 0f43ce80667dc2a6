package calendar

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDayCountsLikeTime(t *testing.T) {
	t.Parallel()
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := firstDay + 1; d <= lastDay; d += 61 { // time.Time has no word for 1 January 0001: it is the zero time
		want := at.AddDate(0, 0, int(d)-1)
		if got := d.Time(); !got.Equal(want) {
			t.Fatalf("day %d is %s, want %s", d, got, want)
		}
		if Of(want) != d || Date(want.Date()) != d || d.Weekday() != want.Weekday() || d.String() != want.Format(time.DateOnly) {
			t.Fatalf("day %d (%s): Of %d, Date %d, %s, %s", d, want, Of(want), Date(want.Date()), d.Weekday(), d)
		}
	}
	if Date(9999, 12, 31) != lastDay || Date(1970, 1, 1) != unixEpoch || Date(1999, 12, 31) != tableBase {
		t.Error("a constant is wrong")
	}
}

func TestOfIsTheLocalDate(t *testing.T) {
	t.Parallel()
	london := time.FixedZone("BST", 3600)
	if got := Of(time.Date(2026, 7, 1, 0, 30, 0, 0, london)); got != Date(2026, 7, 1) {
		t.Errorf("half past midnight in July is %s", got)
	}
	if got := Of(time.Date(1960, 1, 1, 23, 59, 0, 0, time.FixedZone("W", -5*3600))); got != Date(1960, 1, 1) {
		t.Errorf("late on 1 January 1960 is %s", got)
	}
	if Of(time.Time{}) != 0 || !Day(0).IsZero() || !Day(0).Time().IsZero() {
		t.Error("no day and no time are not the same")
	}
}

func TestNoDayStaysNoDay(t *testing.T) {
	t.Parallel()
	var none Day
	if none.AddDays(3) != 0 || none.AddMonths(2) != 0 || none.String()+none.Short(9)+none.Long()+none.Distance(9) != "" {
		t.Error("no day became something")
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-12-31", 12, "2027-12-31"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-05-31", 0, "2026-05-31"},
		{"2026-12-01", 1, "2027-01-01"},
	} {
		if got := day(t, tt.from).AddMonths(tt.n).String(); got != tt.want {
			t.Errorf("%s and %d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-23")
	for _, tt := range []struct{ day, short, long, distance string }{
		{"2026-11-23", "Mon 23 Nov", "Monday 23 November 2026", "today"},
		{"2026-11-24", "Tue 24 Nov", "Tuesday 24 November 2026", "tomorrow"},
		{"2026-11-22", "Sun 22 Nov", "Sunday 22 November 2026", "yesterday"},
		{"2026-11-27", "Fri 27 Nov", "Friday 27 November 2026", "in 4 days"},
		{"2026-11-20", "Fri 20 Nov", "Friday 20 November 2026", "3 days ago"},
		{"2026-12-07", "Mon 7 Dec", "Monday 7 December 2026", "in 2 weeks"},
		{"2026-12-11", "Fri 11 Dec", "Friday 11 December 2026", "in 18 days"},
		{"2026-12-28", "Mon 28 Dec", "Monday 28 December 2026", "in 5 weeks"},
		{"2026-10-19", "Mon 19 Oct", "Monday 19 October 2026", "5 weeks ago"},
		{"2027-03-23", "Tue 23 Mar 2027", "Tuesday 23 March 2027", "in 4 months"},
		{"2025-11-27", "Thu 27 Nov 2025", "Thursday 27 November 2025", "12 months ago"},
		{"2024-11-23", "Sat 23 Nov 2024", "Saturday 23 November 2024", "2 years ago"},
		{"2036-11-01", "Sat 1 Nov 2036", "Saturday 1 November 2036", "in 10 years"},
	} {
		d := day(t, tt.day)
		if got := d.Short(today); got != tt.short {
			t.Errorf("%s: Short %q, want %q", tt.day, got, tt.short)
		}
		if got := d.Long(); got != tt.long {
			t.Errorf("%s: Long %q, want %q", tt.day, got, tt.long)
		}
		if got := d.Distance(today); got != tt.distance {
			t.Errorf("%s: Distance %q, want %q", tt.day, got, tt.distance)
		}
	}
	if got := today.Short(0); got != "Mon 23 Nov 2026" {
		t.Errorf("without a today, Short is %q", got)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	type record struct {
		Due  Day `json:"due"`
		None Day `json:"none,omitzero"`
	}
	b, err := json.Marshal(record{Due: Date(2026, 11, 23)})
	if err != nil || string(b) != `{"due":"2026-11-23"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var back record
	if err := json.Unmarshal([]byte(`{"due":"2026-11-23","none":""}`), &back); err != nil || back.Due != Date(2026, 11, 23) || back.None != 0 {
		t.Errorf("%v, %v", back, err)
	}
	for in, want := range map[string]string{
		`{"due":"23/11/2026"}`: "“23/11/2026”: a date is written as 2026-11-23",
		`{"due":"2026-11-2x"}`: "“2026-11-2x”: a date is written as 2026-11-23",
		`{"due":"2026-02-29"}`: "“2026-02-29”: 2026 has no 29 February; the next is in 2028",
		`{"due":"0000-01-01"}`: "“0000-01-01”: the year must be from 1 to 9999",
	} {
		if err := json.Unmarshal([]byte(in), &back); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
