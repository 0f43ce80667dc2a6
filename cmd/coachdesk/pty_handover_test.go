//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestHandOverInATerminal counts the keys of domain.md, section 6: to hand over before
// leave among 1,000 people, to answer an item, and to take back.
func TestHandOverInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	name := somebody(t, path, func(p domain.Participant) bool {
		return p.Fact(domain.FactCoach) == "" && len(p.Handovers) == 0 && !p.Restriction.On
	})
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.say("/" + name + "\r")
	x.sees("Caseload › "+name, "Overview")

	x.keys = 0
	x.press("h")
	x.sees("Hand over "+name, "To whom?")
	x.press("he")
	x.say(", 7 dec")
	x.sees("back Mon 7 Dec")
	x.press("\r")
	x.sees("Why now")
	x.say("On leave until 7 December.")
	x.press("\x13")
	x.sees("asked to look after the case until Monday 7 December")
	x.within(5, "to hand over before leave")
	p := whoIs(t, path, name)
	h := p.Handovers[0]
	if h.Kind != domain.HandoverCover || h.Until != calendar.Of(clockAt("2026-12-07T10:00")()) || h.Words.Why != "On leave until 7 December." {
		t.Fatalf("%+v", h)
	}

	x.press("gw3")
	x.sees("You work as Helen Marsh")
	x.press("gh")
	x.sees(name, "from Amina Yusuf", "unanswered")
	x.at("Handovers", "○ "+name)
	x.press("j") // from the handover to its first item; others wait longer, and stand above
	items := len(h.Items)
	x.keys = 0
	for range items {
		x.press("t")
		x.sees("taken")
	}
	x.sees("was taken on.")
	x.within(items, "to answer, a key an item")
	if h := whoIs(t, path, name).Handovers[0]; h.Count("") != 0 || h.Count(domain.HandoverTaken) != items {
		t.Errorf("%+v", h)
	}
	x.press("gcgw1gh\tB")
	x.sees("While you were away", name, "Helen Marsh")
	x.press("\x13")
	x.sees("What was handed over is back.")
	if h := whoIs(t, path, name).Handovers[0]; h.State() != domain.HandoverIsEnded {
		t.Errorf("%+v", h)
	}
	x.press("\x03")
	x.ends(0)
}

// TestWriteOutInATerminal writes a handover note and everything held into files for one
// pair of eyes, and nothing over another file.
func TestWriteOutInATerminal(t *testing.T) {
	path := demoOf(t, "120")
	name := somebody(t, path, func(p domain.Participant) bool { return p.Fact(domain.FactCoach) == "" && !p.Restriction.On })
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.say("/" + name + "\r")
	x.sees("Caseload › "+name, "Overview")
	x.press(">")
	x.sees("Write out: "+name, "handover note of one screen")
	x.press("\r")
	x.sees("Written:", "SHA-256 begins")
	x.press("\r")
	x.sees("It is written.")
	x.press("\x1b[B\x1b[A\r") // chosen anew, it is written again, beside the first
	x.sees("-2.txt")
	x.press("z")
	x.sees("Passphrase for the file")
	x.say("four ordinary words\rfour ordinary words\r")
	x.sees("yes, with a passphrase")
	x.lacks("four ordinary words")
	x.press("\r")
	x.sees(".txt.age")
	x.press("\x1b[B\x1b[B\x1b[B\x1b[B")
	x.sees("▸ everything held on the person")
	x.press("\r")
	x.sees("held-")
	x.press("\x03")
	x.ends(0)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), papersFolder, "*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		st, err := os.Stat(f)
		if err != nil || st.Mode().Perm() != 0o600 || st.Size() == 0 || strings.Contains(f, strings.Fields(name)[0]) {
			t.Errorf("%s: %v %v", f, st.Mode(), err)
		}
	}
}
