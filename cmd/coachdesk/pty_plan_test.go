//go:build unix

package main

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
)

// somebody returns the one person of a store, by name, whom a condition fits first.
func somebody(t *testing.T, path string, fits func(domain.Participant) bool) string {
	t.Helper()
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt("2026-11-23T10:00"), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		p, err := s.Participant(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		same := func(o domain.Row) bool { return o.Name == r.Name }
		if fits(p) && slices.IndexFunc(rows, same) == len(rows)-1-slices.IndexFunc(reversed(rows), same) {
			return r.Name
		}
	}
	t.Fatal("nobody fits")
	return ""
}

func reversed(rows []domain.Row) []domain.Row {
	rows = slices.Clone(rows)
	slices.Reverse(rows)
	return rows
}

// TestPlanJourneysInATerminal counts the keys of domain.md, section 6, that are about
// plans, among 1,000 people, and finds what they did in the journal of the right person.
func TestPlanJourneysInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	today := calendar.Of(clockAt("2026-11-23T10:00")())
	name := somebody(t, path, func(p domain.Participant) bool {
		open := 0
		for _, s := range p.Plan.Steps {
			if s.Open() && s.Owner.Chased() {
				return false
			}
			if s.Open() {
				open++
			}
		}
		_, paused := p.Plan.Paused(today)
		return open > 0 && !paused && p.Fact(domain.FactCoach) == ""
	})
	before := whoIs(t, path, name)
	done, _ := before.Plan.Count()

	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.say("/" + name)
	x.sees("1 found")
	x.say("\r")
	x.sees("Caseload › "+name, "Overview", "Barriers")

	x.keys = 0
	x.press("px")
	x.sees("A step is done.")
	x.within(2, "to tick a step, from the record (P1-6)")

	x.press("A")
	x.say("a chair by the door")
	x.press("\r")
	x.sees("An adjustment was added.")
	x.within(3, "to add an adjustment (P2-2)")

	x.press("B")
	x.say("travel in the dark")
	x.press("\r")
	x.sees("A barrier was noted.")
	x.press("T")
	x.sees("What often helps: Travel", "the employer: ask whether a later start is possible")
	x.press("\r")
	x.sees("A step was added", "try the journey once")
	x.within(4, "from a barrier to what helps and who does it (P2-3)")

	x.press("P1")
	x.sees("Until when")
	x.press("\r")
	x.sees("The plan was paused until")
	x.within(4, "to pause all clocks with a reason (P2-7)")

	x.press("\x03")
	x.ends(0)

	after := whoIs(t, path, name)
	if n, _ := after.Plan.Count(); n != done+1 {
		t.Errorf("%d steps are done, were %d", n, done)
	}
	barrier := after.Barriers[len(after.Barriers)-1]
	helped := 0
	for _, s := range after.Plan.Steps {
		if s.Barrier == barrier.ID && s.Owner != "" {
			helped++
		}
	}
	pause, paused := after.Plan.Paused(today)
	if barrier.Text != "travel in the dark" || helped != 3 || !paused || pause.Code != "unwell" || len(after.Adjustments) != len(before.Adjustments)+1 {
		t.Errorf("%+v, %d steps, %+v", barrier, helped, pause)
	}
}
