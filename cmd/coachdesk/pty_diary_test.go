//go:build unix

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
)

// storeAt opens a demonstration beside the app.
func storeAt(t *testing.T, path, now string) *store.Store {
	t.Helper()
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt(now), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// diaryAt reads the diary of a demonstration.
func diaryAt(t *testing.T, path, now string) domain.Diary {
	t.Helper()
	s := storeAt(t, path, now)
	defer s.Close()
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	return domain.NewDiary(domain.Lists(rows))
}

// TestSweepInATerminal is journey P1-10: at the end of the day every session without an
// outcome takes one key, and each outcome is in the journal of the right person.
func TestSweepInATerminal(t *testing.T) {
	path := demoOf(t, "120")
	const evening = "2026-11-23T17:05"
	me := storeWho(t, path, evening)
	late := diaryAt(t, path, evening).Unsettled(calendar.Date(2026, 11, 23), 17*60+5, me)
	if len(late) < 3 {
		t.Fatalf("only %d sessions have no outcome", len(late))
	}
	x := sitAt(t, path, "TEST_NOW="+evening)
	x.sees("Why now")
	x.press("gs")
	x.within(2, "to come to the sweep")
	for i, u := range late {
		x.sees(fmt.Sprintf("%d settled, %d left", i, len(late)-i), "▸ "+u.Name, calendar.Clock(u.From))
		x.press(string("hdc"[i%3]))
		x.within(1, "a session")
	}
	x.sees("Every session has an outcome")
	x.press("\x03")
	x.ends(0)
	s := storeAt(t, path, evening)
	defer s.Close()
	for i, u := range late {
		p, err := s.Participant(u.Participant)
		if err != nil {
			t.Fatal(err)
		}
		want := []domain.Outcome{domain.Happened, domain.DidNotCome, domain.CameNot}[i%3]
		at := slices.IndexFunc(p.Sessions, func(x domain.Session) bool { return x.Appointment == u.Appointment })
		if at < 0 || p.Sessions[at].Outcome != want || p.Sessions[at].Day != u.Day {
			t.Errorf("%s, %s: %+v, want %s", p.Name(), u.Day, p.Sessions, want)
		}
	}
}

// storeWho is who sits at a demonstration.
func storeWho(t *testing.T, path, now string) domain.ID {
	t.Helper()
	s := storeAt(t, path, now)
	defer s.Close()
	return s.Who().ID
}

// TestBookedFromTheDiaryInATerminal stands on a free time of tomorrow and books
// somebody found by three letters: five keys from there. Then it is moved and written
// for another calendar.
func TestBookedFromTheDiaryInATerminal(t *testing.T) {
	path := demoOf(t, "120")
	x := sitAt(t, path)
	x.sees("Why now")
	x.press("gd")
	x.sees("Mon 23 Nov, today", "now ─")
	x.press("\x1b[C")
	x.sees("Tue 24 Nov, tomorrow")
	for !strings.Contains(underCursor(x), "free") {
		before := underCursor(x)
		x.press("\x1b[B")
		for end := time.Now().Add(5 * time.Second); underCursor(x) == before; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("nothing of this day is free")
			}
		}
	}
	when := strings.TrimPrefix(strings.Fields(underCursor(x))[1], "▸")[:5]
	x.keys = 0
	three := ownCase(t, path)
	x.press("\r" + three)
	name := strings.TrimSpace(between(x.sees("whom?", "› "+three, "→ "), "→ ", "\n"))
	name = name[:strings.LastIndexByte(name, ' ')] // the reference stands behind it
	x.press("\r")
	x.sees("An appointment was booked: Tuesday 24 November 2026, "+when, when+"-", name)
	x.within(5, "to book from the diary")
	x.press("Mwed 16:40\r")
	x.sees("An appointment was moved to Wednesday 25 November 2026, 16:40")
	x.press("]")
	x.sees("Wed 25 Nov")
	x.press("G")
	x.press("B\x15") // what the desk keeps counts at once, and what others set too
	x.say("16:00-16:50 wed supervision\r")
	x.sees("A break was set: 16:00 to 16:50, every Wed", "16:00-16:50  — break: supervision", "▲ in a break")
	x.press("H\x15")
	x.say("9-16:50\r")
	x.sees("settings were changed", "▲ outside hours")
	beside(t, path, "", "diary", "break", "set", "9:00-9:40", "--on", "wed", "--why", "training")
	for end := time.Now().Add(10 * time.Second); !strings.Contains(x.screen(), "training"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("what another process set is not seen:\n%s", x.screen())
		}
		x.press("\x1b[A")
	}
	x.press("v")
	x.sees("Week of Mon 23 Nov")
	x.press("i1\r")
	x.sees("Written, for you alone to read")
	x.press("\x03")
	x.ends(0)
	p := whoIs(t, path, name)
	last := p.Appointments[len(p.Appointments)-1]
	if last.Day != calendar.Date(2026, 11, 25) || last.Minute != 16*60+40 || last.Changes != 1 {
		t.Errorf("%s: %+v", name, last)
	}
}

// underCursor is the line that the cursor of a list is on.
func underCursor(x *terminal) string {
	for l := range strings.SplitSeq(x.screen(), "\n") {
		if strings.HasPrefix(l, "▸") {
			return l
		}
	}
	return ""
}
