//go:build unix

package main

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestWeeklyMarkInATerminal counts the keys of the journey that is made most often in work
// (domain.md, section 6, P4-7), among 1,000 people, and finds the mark in the journal of
// the right person.
func TestWeeklyMarkInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	today := calendar.Of(clockAt("2026-11-23T10:00")())
	last := domain.Monday(today) - 7
	name := somebody(t, path, func(p domain.Participant) bool {
		_, marked := p.InWork.Week(last)
		e := p.EmployedOn(last)
		return e.Jobs == 1 && e.Minutes > 0 && !marked && p.Fact(domain.FactCoach) == ""
	})
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.say("/" + name)
	x.sees("1 found")
	x.say("\r")
	x.sees("Caseload › "+name, "Overview")
	x.press("6")
	x.sees("Jobs", "Weeks, by hours")

	x.keys = 0
	x.press("w")
	x.sees("Hours in work in the week from")
	x.press("\r")
	x.sees("How was the week?")
	x.press("f")
	x.sees("in work, fine.")
	x.within(3, "to mark a week (P4-7)")
	x.press("\x03")
	x.ends(0)

	m, ok := whoIs(t, path, name).InWork.Week(last)
	if !ok || !m.Fine || m.Minutes == 0 {
		t.Errorf("the journal of %s has %+v", name, m)
	}
}
