package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Times are free only when everybody named has them, and those of others do not count.
func TestFreeInBothDiaries(t *testing.T) {
	coach, dea, other := domain.ID{15: 1}, domain.ID{15: 2}, domain.ID{15: 3}
	meets := func(minute, length int, who ...domain.ID) domain.Debt {
		return domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{14: byte(minute / 10)}, Day: today, Minute: minute, Length: length, With: who}
	}
	d := domain.NewDiary([]domain.Row{
		{ID: pat, Debts: []domain.Debt{meets(10*60, 60, coach), meets(11*60, 0, dea), meets(9*60, 60, other), meets(-1, 0, coach)}},
		{ID: domain.ID{15: 9}, Debts: []domain.Debt{meets(12*60, 4*60, coach, dea), {Kind: domain.DebtStep, Day: today}}},
	}).At(domain.Desk{}, figures, nil)
	got := d.Free(today, 9*60+30, 30, coach, dea)
	if want := []int{9*60 + 30, 11*60 + 20, 11*60 + 30, 16 * 60, 16*60 + 10, 16*60 + 20, 16*60 + 30}; !slices.Equal(got, want) {
		t.Errorf("free: %v, want %v", got, want)
	}
	if all := d.Free(today+1, 0, 60, coach); len(all) != 43 {
		t.Errorf("another day has %d times free", len(all))
	}
}

// Given what a diary holds, then what speaks against a time.
func TestConflicts(t *testing.T) {
	coach, dea, other := domain.ID{15: 1}, domain.ID{15: 2}, domain.ID{15: 9}
	cal := calendar.New(calendar.EnglandAndWales, nil)
	monday := calendar.Date(2026, 11, 23)
	book := func(day calendar.Day, minute, length int, who ...domain.ID) domain.Debt {
		return domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{13: byte(day), 14: byte(minute / 10), 15: byte(len(who))}, Day: day, Minute: minute, Length: length, With: who}
	}
	full := calendar.Date(2026, 11, 24)
	d := domain.NewDiary([]domain.Row{
		{ID: pat, Debts: []domain.Debt{book(monday, 620, 20, coach)}},
		{ID: other, Debts: []domain.Debt{book(full, 540, 480, coach, dea)}},
	}).At(domain.Desk{Breaks: []domain.Break{{From: 740, To: 780, Weekdays: []domain.Weekday{"mon"}, Why: "lunch"}}}, figures, &cal)
	for _, tt := range []struct {
		name string
		who  domain.ID
		b    domain.Booking
		want []domain.ConflictKind
	}{
		{"free", other, domain.Booking{Day: monday, Minute: 640}, nil},
		{"ends as the other begins", other, domain.Booking{Day: monday, Minute: 600}, nil},
		{"two at once", other, domain.Booking{Day: monday, Minute: 610}, []domain.ConflictKind{domain.TwoAtOnce}},
		{"another's diary", other, domain.Booking{Day: monday, Minute: 610, With: []domain.ID{dea}}, nil},
		{"twice a day", pat, domain.Booking{Day: monday, Minute: 660}, []domain.ConflictKind{domain.SameDay}},
		{"two at once of one person", pat, domain.Booking{Day: monday, Minute: 620}, []domain.ConflictKind{domain.TwoAtOnce}},
		{"twice with two colleagues", pat, domain.Booking{Day: monday, Minute: 620, With: []domain.ID{dea}}, []domain.ConflictKind{domain.SameDay}},
		{"too early", other, domain.Booking{Day: monday, Minute: 530}, []domain.ConflictKind{domain.OutsideHours}},
		{"too long", other, domain.Booking{Day: monday, Minute: 1000, Length: 30}, []domain.ConflictKind{domain.OutsideHours}},
		{"in a break", other, domain.Booking{Day: monday, Minute: 730}, []domain.ConflictKind{domain.InBreak}},
		{"no break that day", other, domain.Booking{Day: monday + 2, Minute: 740}, nil},
		{"a Sunday", other, domain.Booking{Day: monday - 1, Minute: 300}, []domain.ConflictKind{domain.OnDayOff}},
		{"Christmas", other, domain.Booking{Day: calendar.Date(2026, 12, 25), Minute: -1}, []domain.ConflictKind{domain.OnDayOff}},
		{"no time, a full day", pat, domain.Booking{Day: full, Minute: -1}, []domain.ConflictKind{domain.FullDay}},
		{"no time, another's day is full", pat, domain.Booking{Day: full, Minute: -1, With: []domain.ID{other}}, nil},
		{"no time", other, domain.Booking{Day: monday, Minute: -1}, nil},
	} {
		var got []domain.ConflictKind
		for _, c := range d.Conflicts(tt.b.Thought(tt.who, domain.ID{}, coach)) {
			got = append(got, c.Kind)
			if c.Why == "" {
				t.Errorf("%s: no words", tt.name)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	moved := domain.Booking{Day: monday, Minute: 630}.Thought(pat, book(monday, 620, 20, coach).ID, coach)
	if got := d.Conflicts(moved); got != nil {
		t.Errorf("an appointment is in its own way: %v", got)
	}
	if free := d.Free(monday, 700, 40, coach); !slices.Equal(free[:2], []int{700, 780}) {
		t.Errorf("free around the break: %v", free)
	}
	if free := d.Free(monday-1, 0, 20, coach); free != nil {
		t.Errorf("a Sunday is free: %v", free)
	}
}

// A day has no holes and no overlaps but those of its appointments, whatever it holds,
// and each free slot is one that may be booked without a conflict.
func FuzzDay(f *testing.F) {
	f.Add([]byte{0, 60, 20, 62, 30, 90}, uint16(0), uint8(20))
	f.Add([]byte{255, 1, 1, 1}, uint16(700), uint8(60))
	f.Fuzz(func(t *testing.T, raw []byte, earliest uint16, minutes uint8) {
		me := domain.ID{15: 1}
		var r domain.Row
		r.ID = pat
		for i := 0; i+1 < min(len(raw), 60); i += 2 {
			r.Debts = append(r.Debts, domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{14: byte(i), 15: 1}, Day: today, Minute: int(raw[i])*6 - 1, Length: int(raw[i+1]), With: []domain.ID{me}})
		}
		d := domain.NewDiary([]domain.Row{r}).At(domain.Desk{Breaks: []domain.Break{{From: 720, To: 760, Day: today}}}, figures, nil)
		day, last, end, booked := d.Day(today, int(earliest)%1500, int(minutes), me), -1, 0, 0
		for _, s := range day {
			if s.From < last {
				t.Fatalf("out of order: %+v", day)
			}
			last = s.From
			switch s.Kind {
			case domain.StretchBooked:
				booked++
			case domain.StretchFree:
				if s.From < end || s.From >= s.To || s.From < d.Opens || s.To > d.Closes {
					t.Fatalf("free from %d to %d, and %d is taken: %+v", s.From, s.To, end, day)
				}
				b := domain.Booking{Day: today, Minute: s.From, Length: s.To - s.From}
				if c := d.Conflicts(b.Thought(domain.ID{15: 99}, domain.ID{}, me)); c != nil {
					t.Fatalf("%d is free, and %v", s.From, c)
				}
			case domain.StretchBreak:
			}
			if s.From >= 0 {
				end = max(end, s.To)
			}
		}
		if booked != len(r.Debts) {
			t.Fatalf("%d of %d appointments", booked, len(r.Debts))
		}
	})
}

// What is over and not told is found, oldest first, and only one's own.
func TestUnsettled(t *testing.T) {
	me, other := domain.ID{15: 1}, domain.ID{15: 2}
	book := func(n byte, day calendar.Day, minute int, who domain.ID) domain.Debt {
		return domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{15: n}, Day: day, Minute: minute, With: []domain.ID{who}}
	}
	d := domain.NewDiary([]domain.Row{{ID: pat, Debts: []domain.Debt{
		book(1, today, 600, me), book(2, today, 900, me), book(3, today, -1, me), book(4, today-3, 900, me), book(5, today-1, 600, other), book(6, today+1, 600, me),
	}}}).At(domain.Desk{}, figures, nil)
	for _, tt := range []struct {
		minute int
		whose  domain.ID
		want   []byte
	}{
		{0, me, []byte{4}},
		{619, me, []byte{4}},
		{620, me, []byte{4, 1}},
		{17 * 60, me, []byte{4, 3, 1, 2}},
		{17 * 60, domain.ID{}, []byte{4, 5, 3, 1, 2}},
	} {
		var got []byte
		for _, u := range d.Unsettled(today, tt.minute, tt.whose) {
			got = append(got, u.Appointment[15])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("at %d: %v, want %v", tt.minute, got, tt.want)
		}
	}
}
