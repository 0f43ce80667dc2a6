package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// busy is a desk with a week in its diary: a conflict, breaks, what is over and not
// told, an adviser's appointments.
func busy(t testing.TB) *paper {
	t.Helper()
	d := newPaper(t)
	today := calendar.Of(now) // a Monday, ten o'clock
	_, desk := d.Subjects()
	d.must(t, domain.SetBreak{Desk: desk, From: 740, To: 780, Weekdays: domain.Weekdays[:5], Why: "lunch"})
	d.must(t, domain.SetBreak{Desk: desk, From: 900, To: 960, Day: today + 3, Why: "team meeting"})
	book := func(id domain.ID, day calendar.Day, minute, length int, with ...domain.ID) {
		d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: day, Minute: minute, Length: length, Channel: "phone", Purpose: "the bus pass", With: with}})
	}
	daniel, shirin, owen, sian := d.join(t, "Daniel Okafor"), d.join(t, "Shirin Begum"), d.join(t, "Owen Price"), d.join(t, "Siân Llŷr")
	book(daniel, today, 540, 0)
	book(shirin, today, 560, 0)
	book(owen, today, 620, 20)
	book(sian, today, 630, 30)
	book(sian, today, 970, 0, d.people[1].ID)
	book(shirin, today+1, 600, 60)
	book(owen, today+3, 910, 20)
	book(daniel, today+5, 600, 20) // a Saturday
	book(sian, today+4, -1, 0)
	return d
}

func TestDiaryViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"day", "gd"},
			{"conflict", "gd<down>"},
			{"day-off", "gd<left>"},
			{"week", "gdv<down>"},
			{"whom", "gd<down><down><down><enter>owe"},
			{"when", "/dan<enter>mmon 10:20"},
			{"sweep", "gs"},
			{"swept", "gshn"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: busy(t), Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				text := x.screen()
				if size.plain {
					for _, r := range strings.NewReplacer("â", "a", "ŷ", "y").Replace(ansi.Strip(text)) {
						if r > 0x7e && r != '›' && r != '…' && r != '•' {
							t.Fatalf("plain shows %q", r)
						}
					}
				}
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, ansi.Strip(line))
					}
					b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
				}
				if n := strings.Count(text, "\n") + 1; n > size.h {
					t.Errorf("%d lines on %d", n, size.h)
				}
				golden.RequireEqual(t, b.String())
			})
		}
	}
}

// The week and the sweep's neighbours show as little of people as will do.
func TestTheWeekShowsNoNames(t *testing.T) {
	x := sit(t, busy(t), 120, 40)
	x.keys("gd")
	x.sees("Daniel Okafor", "Owen Price", "two at once", "no outcome yet", "10:00 now", "lunch")
	x.keys("v")
	x.sees("DO", "OP", "SL", "Sat 28 off", "Mon 23 today", "any")
	x.lacks("Daniel", "Okafor", "Shirin", "Price")
	x.keys("v")
	x.sees("Daniel Okafor")
}

func TestBookedFromTheDiary(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("gdt<right>")
	x.sees("Tue 24 Nov, tomorrow", "09:00-09:20  free", "10:00-11:00  Shirin Begum", "12:20-13:00  — break: lunch")
	x.keys("<enter>")
	x.sees("Book Tue 24 Nov 09:00, tomorrow: whom?")
	x.keys("xyz<enter>")
	x.sees("Nobody of that name")
	x.keys("<backspace><backspace><backspace>dan")
	x.sees("Daniel Okafor")
	x.keys("<enter>")
	x.sees("An appointment was booked", "09:00-09:20  Daniel Okafor")
	p := whoseName(t, d, "Daniel Okafor")
	last := p.Appointments[len(p.Appointments)-1]
	if last.Day != calendar.Of(now)+1 || last.Minute != 540 || last.With[0] != d.who {
		t.Fatalf("%+v", last)
	}

	// Somebody who comes that day already is told before it is booked.
	x.keys("<down><enter>shi")
	x.sees("Shirin Begum", "▲ The same person comes that day already, at 10:00.")
	x.keys("<enter>")
	x.sees("09:20-09:40  Shirin Begum", "twice that day")
	x.keys("s")
	x.sees("This is still to come")
	x.keys("u")
	x.sees("Undone: An appointment was booked", "09:20-09:40  free")
	x.keys("u")
	x.sees("Nothing was booked, moved or cancelled here yet")
	x.keys("<enter>shi<enter>")
	x.sees("09:20-09:40  Shirin Begum")

	// Moved, with the conflict told while it is typed; cancelled; written for others.
	x.keys("Mfri 15:10")
	x.sees("It is Tue 24 Nov 09:20", "Fri 27 Nov 15:10, in 4 days", "free 09:00")
	x.keys("<esc>Mthu 15:10")
	x.sees("▲ Two at once: another appointment from 15:10 to 15:30.", "▲ In a break, 15:00 to 16:00: team meeting.")
	x.keys("<esc>Mfri 15:10<enter>")
	x.sees("An appointment was moved to Friday 27 November 2026, 15:10")
	if p := whoseName(t, d, "Shirin Begum"); p.Appointments[2].Changes != 1 || p.Appointments[2].Length != 20 {
		t.Fatalf("%+v", p.Appointments)
	}
	x.keys("<right><right><right>")
	x.sees("any time     Siân Llŷr")
	onto(x, "Shirin")
	x.keys("Xno longer needed<enter>")
	x.sees("An appointment was cancelled", "15:00-15:20  free")
	x.keys("u")
	x.sees("Undone: An appointment was cancelled", "Shirin")
	onto(x, "Shirin")
	x.keys("X<enter>")
	x.lacks("Shirin")
	x.keys("<left>")
	onto(x, "Owen")
	x.keys("i")
	x.sees("this day of Amina Yusuf", "this appointment")
	x.keys("2<enter>")
	settled(t, x, "Written, for you alone to read: /home/amina/appointment-2026-11-26.ics")
	if w := d.sent; len(w) != 1 || w[0].Appointment.IsZero() || w[0].Refs {
		t.Fatalf("%+v", w)
	}
	x.keys("<enter>")
	x.sees("Caseload › Diary › Owen Price")
}

func TestBreaksAndHoursInTheDiary(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("gd<right>")
	x.keys("H")
	for range 11 {
		x.keys("<backspace>")
	}
	x.keys("8-12:20<enter>")
	x.sees("settings were changed", "08:00-08:20  free")
	x.keys("x")
	x.sees("Choose a break first")
	x.keys("B")
	for range 23 {
		x.keys("<backspace>")
	}
	x.keys("8-8:40 tue huddle")
	x.sees("08:00 to 08:40, every Tue: huddle")
	x.keys("<enter>")
	x.sees("08:00-08:40  — break: huddle")
	onto(x, "huddle")
	x.keys("<enter>")
	x.sees("This is a break")
	x.keys("x")
	x.sees("Remove the break of 08:00 to 08:40, every Tue?")
	x.keys("y")
	x.sees("A break was removed", "08:00-08:20  free")
}

func TestWhoseDiary(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("gdW2")
	settled(t, x, "Ruth Okonjo")
	onto(x, "16:10-16:30  Siân Llŷr")
	x.lacks("Owen")
	x.keys("<right><enter>owe<enter>")
	p := whoseName(t, d, "Owen Price")
	if last := p.Appointments[len(p.Appointments)-1]; last.With[0] != d.people[1].ID {
		t.Fatalf("it is booked with %v", last.With)
	}
	x.keys("tW0")
	settled(t, x, "everybody here")
	x.sees("Owen", "Siân Llŷr, with Ruth Okonjo")
	x.lacks("free")
}

func TestWeekByKeys(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 120, 40)
	x.keys("gdv")
	x.sees("Week of Mon 23 Nov", "Mon 23 today")
	x.keys("]")
	x.sees("Week of Mon 30 Nov")
	x.keys("[")
	x.keys("<right>")
	for range 30 {
		if x.shell.Actions()[0].Short == "open" {
			break
		}
		x.keys("<up>")
	}
	x.keys("<enter>")
	x.sees("Shirin Begum", "Overview")
	x.keys("<esc><left><left>")
	x.sees("Week of Mon 16 Nov")
	x.keys("t<left>v")
	x.sees("Fri 20 Nov")
}

// Moving and booking from the record, with what is free and what is not.
func TestMovedFromTheRecord(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("/owe<enter>M")
	x.sees("It is Mon 23 Nov 10:20", "Move it to when?")
	x.keys("tue 10:40")
	x.sees("Tue 24 Nov 10:40, tomorrow   free 09:00 09:20 09:40 11:00 11:20 …", "▲ Two at once")
	x.keys("<enter>")
	x.sees("An appointment was moved to Tuesday 24 November 2026, 10:40")
	x.keys("msat")
	x.sees("▲ On a day off: Saturday.", "nothing free")
	x.keys("<esc>X<enter>X<enter>M")
	x.sees("Nothing is booked that could be moved")
}

// While somebody sits there, the question for the next date shows what is free, and no
// names.
func TestNextDateInASession(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>s<enter>Came.<ctrl+n>tue 10:20")
	x.sees("Next appointment: when?", "Tue 24 Nov 10:20, tomorrow   free 09:00 09:20 09:40 11:00 11:20 …", "▲ Two at once: another appointment from 10:00 to 11:00.")
	x.lacks("Shirin")
	x.keys("<enter><ctrl+s><enter>")
	if p := whoseName(t, d, "Daniel Okafor"); p.Appointments[len(p.Appointments)-1].Minute != 620 {
		t.Fatalf("a conflict kept it from being booked: %+v", p.Appointments)
	}
}

// A restricted record has no name in the diary, nor in the sweep.
func TestTheDiaryOfARestrictedRecord(t *testing.T) {
	d := busy(t)
	d.must(t, domain.Restrict{Participant: whoseName(t, d, "Daniel Okafor").ID, On: true, Reason: "a threat"})
	x := sit(t, d, 120, 40)
	for _, way := range []string{"gd", "v", "gs"} {
		x.keys(way)
		x.lacks("Daniel", "Okafor", "DO")
	}
	x.sees("Restricted ", "09:00, Mon 23 Nov")
}

// An administrator looks after the diary, and says of no session how it went.
func TestTheDiaryOfAnAdministrator(t *testing.T) {
	d := busy(t)
	d.people[0].Role = domain.Administrator
	x := sit(t, d, 80, 24)
	x.keys("gsh")
	x.sees("An administrator may not record sessions")
	x.keys("gd<right><enter>dan<enter>")
	x.sees("An appointment was booked")
}

// onto puts the cursor on the line that has some words.
func onto(x *hand, words string) {
	x.t.Helper()
	x.keys(strings.Repeat("<up>", 40))
	for range 40 {
		if strings.Contains(chosenLine(x), words) {
			return
		}
		x.keys("<down>")
	}
	x.t.Fatalf("no line has %q:\n%s", words, ansi.Strip(x.screen()))
}

func chosenLine(x *hand) string {
	for l := range strings.SplitSeq(ansi.Strip(x.screen()), "\n") {
		if strings.HasPrefix(l, "▸") {
			return l
		}
	}
	return ""
}

// settled waits for what runs beside the keys.
func settled(t *testing.T, x *hand, words string) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), words); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never %q:\n%s", words, ansi.Strip(x.screen()))
		}
		x.drain()
	}
}

func whoseName(t *testing.T, d *paper, name string) domain.Participant {
	t.Helper()
	rows, err := d.Rows()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Name == name {
			p, err := d.Participant(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	t.Fatalf("nobody is called %s", name)
	return domain.Participant{}
}

// BenchmarkDiaryDay and BenchmarkDiaryWeek are one step in the diary of 10,000 people, to the drawn frame.
func BenchmarkDiaryDay(b *testing.B)  { benchKey(b, "gd", named("right")) }
func BenchmarkDiaryWeek(b *testing.B) { benchKey(b, "gdv", named("right")) }

// BenchmarkDiaryOpen is the diary of 10,000 people, from g d to the drawn frame.
func BenchmarkDiaryOpen(b *testing.B) {
	x := sit(b, newCrowd(b, 10_000), 120, 40)
	b.ReportAllocs()
	for b.Loop() {
		x.shell.Update(tea.KeyPressMsg{Code: 'g', Text: "g"})
		x.shell.Update(tea.KeyPressMsg{Code: 'd', Text: "d"})
		_ = x.shell.View()
	}
}

// BenchmarkDiaryRead is the diary read off 10,000 rows after a change.
func BenchmarkDiaryRead(b *testing.B) {
	c := newCrowd(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		domain.NewDiary(c.rows)
	}
}

// TestTheDiaryBeginsAtNow: the cursor is on what is now, and after hours on the last of
// the day.
func TestTheDiaryBeginsAtNow(t *testing.T) {
	d := busy(t)
	x := sit(t, d, 80, 24)
	x.keys("gd")
	x.sees("▸ 10:00")
	d = only(t, "Daniel Okafor", 540)
	x = sit(t, d, 80, 24)
	x.keys("gd")
	x.sees("▸ 09:00-09:20  Daniel Okafor")
}

// only is a desk that closes at half past nine, with one appointment today.
func only(t *testing.T, name string, minute int) *paper {
	d := newPaper(t)
	_, desk := d.Subjects()
	d.must(t, domain.Settle{Desk: desk, Settings: map[domain.Setting]string{domain.SettingHours: "8:00-9:30"}})
	d.must(t, domain.Book{Participant: d.join(t, name), Booking: domain.Booking{Day: calendar.Of(now), Minute: minute}})
	d.must(t, domain.Book{Participant: d.join(t, "Owen Price"), Booking: domain.Booking{Day: calendar.Of(now), Minute: minute - 60}})
	return d
}
