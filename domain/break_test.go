package domain_test

import (
	"errors"
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func TestReadBreak(t *testing.T) {
	workweek := domain.Weekdays[:5]
	for _, tt := range []struct {
		text     string
		from, to int
		weekdays []domain.Weekday
		day      calendar.Day
		why      string
	}{
		{"12:20-13:00", 740, 780, workweek, 0, ""},
		{"12:20 - 13:00 lunch", 740, 780, workweek, 0, "lunch"},
		{"9 to 10 every tue team meeting", 540, 600, []domain.Weekday{"tue"}, 0, "team meeting"},
		{"2pm–3pm mon-wed, fri", 840, 900, []domain.Weekday{"mon", "tue", "wed", "fri"}, 0, ""},
		{"12-13 daily", 720, 780, domain.Weekdays, 0, ""},
		{"14:00-15:00 27 nov fire drill", 840, 900, nil, calendar.Date(2026, 11, 27), "fire drill"},
		{"14:00-15:00 tomorrow", 840, 900, nil, today + 1, ""},
	} {
		got, err := domain.ReadBreak(tt.text, today)
		if err != nil || got.From != tt.from || got.To != tt.to || !slices.Equal(got.Weekdays, tt.weekdays) || got.Day != tt.day || got.Why != tt.why {
			t.Errorf("%q: %+v %v", tt.text, got, err)
		}
	}
	for _, text := range []string{"", "lunch", "12:20", "mon 12-13"} {
		if got, err := domain.ReadBreak(text, today); err == nil {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}

// FuzzReadBreak: whatever is typed is refused with a sentence, or makes a break that
// the desk takes or refuses with a sentence.
func FuzzReadBreak(f *testing.F) {
	for _, s := range []string{"12:20-13:00 lunch", "9 to 10 mon-tue x", "14:00-15:00 27 nov", "-", "1-2 every", "24:00-25:00", "\x1b[2J 9-10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := domain.ReadBreak(text, today)
		if err != nil {
			return
		}
		s := stamp(domain.Coach)
		events, err := c.DecideDesk(domain.Desk{}, s)
		var no domain.Refusal
		if err != nil && !errors.As(err, &no) {
			t.Fatal(err)
		}
		for _, e := range events {
			if b := e.(domain.BreakSet); b.From < 0 || b.From >= b.To || b.To > 24*60 || len(b.Weekdays) > 0 == !b.Day.IsZero() {
				t.Fatalf("%q: %+v", text, b)
			}
		}
	})
}

func TestBreaksOfADesk(t *testing.T) {
	about := domain.Subject{Type: domain.AboutDesk, ID: domain.ID{15: 70}}
	var rs []domain.Record
	st := stamp(domain.Coach)
	do := func(c domain.Command) error {
		events, err := domain.Decide(c, rs, st)
		for _, e := range events {
			rs = append(rs, domain.Record{Subject: about, Command: domain.ID{15: byte(len(rs) + 1)}, Role: domain.Coach, Event: e})
		}
		return err
	}
	lunch := domain.SetBreak{Desk: about.ID, From: 740, To: 780, Weekdays: []domain.Weekday{"tue", "mon", "mon"}, Why: "lunch"}
	for _, tt := range []struct {
		what  string
		c     domain.SetBreak
		field string
	}{
		{"weekly", lunch, ""},
		{"twice", lunch, "span"},
		{"no end", domain.SetBreak{From: 780, To: 780, Weekdays: lunch.Weekdays}, "span"},
		{"over midnight", domain.SetBreak{From: 780, To: 25 * 60, Weekdays: lunch.Weekdays}, "span"},
		{"no day", domain.SetBreak{From: 700, To: 740}, "days"},
		{"both", domain.SetBreak{From: 700, To: 740, Weekdays: lunch.Weekdays, Day: today}, "days"},
		{"past", domain.SetBreak{From: 700, To: 740, Day: today - 1}, "days"},
		{"no weekday", domain.SetBreak{From: 700, To: 740, Weekdays: []domain.Weekday{"xyz"}}, "days"},
		{"once", domain.SetBreak{From: 840, To: 900, Day: today}, ""},
	} {
		err := do(tt.c)
		var no domain.Refusal
		if tt.field == "" && err != nil || tt.field != "" && (!errors.As(err, &no) || no.Field != tt.field) {
			t.Errorf("%s: %v", tt.what, err)
		}
	}
	d := domain.ReplayDesk(rs)
	if len(d.Breaks) != 2 || !slices.Equal(d.Breaks[0].Weekdays, []domain.Weekday{"mon", "tue"}) {
		t.Fatalf("%+v", d.Breaks)
	}
	monday := calendar.Date(2026, 11, 23)
	for day, on := range map[calendar.Day]bool{monday: true, monday + 1: true, monday + 2: false, monday + 7: true} {
		if d.Breaks[0].On(day) != on {
			t.Errorf("on %s: %v", day, !on)
		}
	}
	if err := do(domain.RemoveBreak{Desk: about.ID, Break: d.Breaks[0].ID}); err != nil {
		t.Fatal(err)
	}
	if err := do(domain.RemoveBreak{Desk: about.ID, Break: d.Breaks[0].ID}); err == nil {
		t.Error("a break was removed twice")
	}
	if left := domain.ReplayDesk(rs).Breaks; len(left) != 1 || left[0].Day != today {
		t.Errorf("%+v", left)
	}
}

func TestHoursOfADesk(t *testing.T) {
	for v, want := range map[string]string{"9:00-17:00": "09:00-17:00", "8.30 – 16": "08:30-16:00", "9am to 5pm": "09:00-17:00", "17-9": "", "9": "", "9:00-9:30": "", "": ""} {
		events, err := domain.Settle{Settings: map[domain.Setting]string{domain.SettingHours: v}}.DecideDesk(domain.Desk{}, domain.Stamp{})
		var no domain.Refusal
		switch {
		case want == "" && (!errors.As(err, &no) || no.Field != "hours"):
			t.Errorf("hours=%q: %v, want a refusal", v, err)
		case want != "" && (err != nil || events[0].(domain.Settled).Settings[domain.SettingHours] != want):
			t.Errorf("hours=%q: %v %v", v, events, err)
		}
	}
	for v, want := range map[string][2]int{"": {540, 1020}, "08:00-12:30": {480, 750}, "nonsense": {540, 1020}} {
		from, to := domain.Desk{Settings: map[domain.Setting]string{domain.SettingHours: v}}.Hours(figures)
		if from != want[0] || to != want[1] {
			t.Errorf("set to %q it is open from %d to %d", v, from, to)
		}
	}
}
