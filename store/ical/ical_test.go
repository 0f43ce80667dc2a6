package ical

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	reader "github.com/emersion/go-ical"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func london(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("this machine has no time zones: ", err)
	}
	return zone
}

func booked(n byte, d calendar.Day, minute, length int) domain.Appointment {
	return domain.Appointment{
		ID: domain.ID{0: 1, 15: n}, Day: d, Minute: minute, Length: length, Channel: "phone", Purpose: "Jo Taylor's bus pass",
		With: []domain.ID{{15: 200}}, State: domain.AppointmentBooked,
	}
}

// octets are the rules of RFC 5545, section 3.1, asserted on the bytes.
func octets(t testing.TB, b []byte) {
	t.Helper()
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		t.Fatal("the last line has no end")
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(b, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > 75 {
			t.Errorf("line %d has %d octets: %q", i+1, len(line), line)
		}
		if bytes.ContainsAny(line, "\r\n") {
			t.Errorf("line %d has an end of line inside: %q", i+1, line)
		}
		if !utf8.Valid(line) {
			t.Errorf("line %d is cut inside a character: %q", i+1, line)
		}
		for _, c := range line {
			if c < 0x20 && c != '\t' || c == 0x7f {
				t.Errorf("line %d has a control character: %q", i+1, line)
			}
		}
		if len(line) == 0 {
			t.Errorf("line %d is empty", i+1)
		}
	}
}

// read has another program's library read a calendar, and write it again, which refuses
// what lacks a property or has one twice.
func read(t testing.TB, b []byte) *reader.Calendar {
	t.Helper()
	cal, err := reader.NewDecoder(bytes.NewReader(b)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if len(cal.Children) > 0 {
		if err := reader.NewEncoder(&bytes.Buffer{}).Encode(cal); err != nil {
			t.Fatalf("%v\n%s", err, b)
		}
	}
	return cal
}

func value(t testing.TB, e reader.Event, name string) string {
	t.Helper()
	p := e.Props.Get(name)
	if p == nil {
		return ""
	}
	return p.Value
}

func TestAnotherReaderReadsTheSame(t *testing.T) {
	zone := london(t)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, zone)
	moved := booked(4, calendar.Date(2026, 11, 27), 620, 30)
	moved.Changes = 3
	b := Write([]Event{
		{Appointment: booked(1, calendar.Date(2026, 11, 23), 620, 20)},             // winter
		{Appointment: booked(2, calendar.Date(2026, 7, 1), 620, 0), Ref: "7K3Q-M"}, // summer
		{Appointment: booked(3, calendar.Date(2026, 12, 31), -1, 0)},               // a day
		{Appointment: moved},
		{Appointment: booked(5, calendar.Date(2026, 10, 24), 23*60+50, 120)}, // over the night in which clocks go back
	}, Options{Now: now})
	octets(t, b)
	events := read(t, b).Events()
	if len(events) != 5 {
		t.Fatalf("%d events", len(events))
	}
	for i, want := range []struct{ begin, end, title, sequence string }{
		{"20261123T102000Z", "20261123T104000Z", "Appointment", "0"},
		{"20260701T092000Z", "20260701T094000Z", "Appointment 7K3Q-M", "0"},
		{"20261231", "20270101", "Appointment", "0"},
		{"20261127T102000Z", "20261127T105000Z", "Appointment", "3"},
		{"20261024T225000Z", "20261025T005000Z", "Appointment", "0"},
	} {
		e := events[i]
		got := []string{value(t, e, "DTSTART"), value(t, e, "DTEND"), value(t, e, "SUMMARY"), value(t, e, "SEQUENCE")}
		if strings.Join(got, " ") != strings.Join([]string{want.begin, want.end, want.title, want.sequence}, " ") {
			t.Errorf("event %d: %v, want %+v", i, got, want)
		}
		begin, err := e.DateTimeStart(zone)
		a := []domain.Appointment{booked(1, calendar.Date(2026, 11, 23), 620, 20), booked(2, calendar.Date(2026, 7, 1), 620, 0), booked(3, calendar.Date(2026, 12, 31), 0, 0), moved, booked(5, calendar.Date(2026, 10, 24), 23*60+50, 120)}[i]
		if err != nil || calendar.Of(begin.In(zone)) != a.Day || begin.In(zone).Hour()*60+begin.In(zone).Minute() != a.Minute {
			t.Errorf("event %d begins at %s on the wall: %v", i, begin.In(zone), err)
		}
		if value(t, e, "CLASS") != "PRIVATE" || value(t, e, "STATUS") != "CONFIRMED" || value(t, e, "DTSTAMP") != "20261123T090000Z" {
			t.Errorf("event %d: %v", i, e.Props)
		}
	}
	if whole := events[2].Props.Get("DTSTART").Params.Get("VALUE"); whole != "DATE" {
		t.Errorf("a day without a time has VALUE=%s", whole)
	}
}

// A cancellation has the name of what it takes out, and a higher sequence.
func TestCancellation(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	a := booked(1, calendar.Date(2026, 11, 27), 620, 20)
	a.Changes = 2
	before := read(t, Write([]Event{{Appointment: a}}, Options{Now: now})).Events()[0]
	b := Write([]Event{{Appointment: a}}, Options{Now: now.Add(time.Hour), Cancelled: true})
	octets(t, b)
	cal := read(t, b)
	e := cal.Events()[0]
	if m := cal.Props.Get("METHOD"); m == nil || m.Value != "CANCEL" || value(t, e, "STATUS") != "CANCELLED" || value(t, e, "SEQUENCE") != "3" {
		t.Errorf("%s", b)
	}
	if o := value(t, e, "ORGANIZER"); o != "mailto:desk@coachdesk.invalid" || before.Props.Get("ORGANIZER") != nil {
		t.Errorf("a cancellation has an organiser, who is nobody, and nothing else has: %q", o)
	}
	if value(t, e, "UID") != value(t, before, "UID") || value(t, before, "SEQUENCE") != "2" {
		t.Errorf("%s does not take %s out", value(t, e, "UID"), value(t, before, "UID"))
	}
}

// What people wrote, whom it is with and how is in no calendar.
func TestNothingPersonal(t *testing.T) {
	a := booked(1, calendar.Date(2026, 11, 27), 620, 20)
	for _, cancelled := range []bool{false, true} {
		b := string(Write([]Event{{Appointment: a}}, Options{Now: time.Unix(0, 0), Cancelled: cancelled}))
		for _, word := range []string{"Jo", "Taylor", "bus", "phone", "DESCRIPTION", "LOCATION", "ATTENDEE", "COMMENT", "CONTACT"} {
			if strings.Contains(b, word) {
				t.Errorf("a calendar has %q:\n%s", word, b)
			}
		}
	}
}

// FuzzLine: whatever stands in a title is folded by the rules, and another reader finds
// it whole.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"", "plain", strings.Repeat("界", 80), strings.Repeat("é", 37) + "x", "a;b,c\\n\nd\r\ne", strings.Repeat("x", 67), strings.Repeat("x", 68), "\xff\xfe", "\x00\x1b[2J", strings.Repeat("👩‍⚕️", 30), ":;=\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		a := booked(1, calendar.Date(2026, 11, 27), 620, 20)
		b := Write([]Event{{Appointment: a, Ref: title}}, Options{Now: time.Unix(0, 0)})
		octets(t, b)
		got, err := read(t, b).Events()[0].Props.Get("SUMMARY").Text()
		if err != nil {
			t.Fatal(err)
		}
		want := "Appointment"
		if title != "" {
			want += " " + strings.Map(func(r rune) rune {
				if r < 0x20 && r != '\n' && r != '\t' || r == 0x7f {
					return -1
				}
				return r
			}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(title, "\uFFFD")))
		}
		if got != want {
			t.Fatalf("%q comes back as %q", want, got)
		}
	})
}

// FuzzTimes: every time of every day is read back as the same time on the wall, unless
// no clock shows it on that day.
func FuzzTimes(f *testing.F) {
	f.Add(int32(100), int16(620), int16(20))
	f.Add(int32(88), int16(90), int16(0)) // the hour that is left out in March
	f.Add(int32(0), int16(-1), int16(0))
	f.Fuzz(func(t *testing.T, day int32, minute, length int16) {
		zone := london(t)
		d := calendar.Date(2026, 1, 1) + calendar.Day(day%20_000)
		m := int(minute) % (24 * 60)
		a := booked(1, d, m, int(length)&0x1ff)
		b := Write([]Event{{Appointment: a}}, Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, zone)})
		octets(t, b)
		e := read(t, b).Events()[0]
		begin, err := e.DateTimeStart(zone)
		end, err2 := e.DateTimeEnd(zone)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		wall := begin.In(zone)
		want := at(d, max(m, 0), zone)
		if !wall.Equal(want) || calendar.Of(wall) != d {
			t.Fatalf("%s, minute %d, is written as %s", d, m, wall)
		}
		if m >= 0 && end.Sub(begin) != time.Duration(domain.MinutesOf(a.Length))*time.Minute {
			t.Fatalf("%s to %s", begin, end)
		}
	})
}
