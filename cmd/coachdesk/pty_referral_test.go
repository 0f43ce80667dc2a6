//go:build unix

package main

import (
	"cmp"
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/store"
)

// TestReferInATerminal counts the keys of domain.md, section 6, P1-8, among 1,000 people,
// and finds the referral in the journal of the right person.
func TestReferInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	today := calendar.Of(clockAt("2026-11-23T10:00")())
	var best catalogue.Programme
	name := somebody(t, path, func(p domain.Participant) bool {
		all := known.Match(p.Case(today), today)
		i := slices.IndexFunc(all, func(m catalogue.Matched) bool {
			return m.Route.By == catalogue.ByReferral && m.Says != catalogue.DoesNotFit
		})
		if i < 0 || len(p.Referrals) > 0 || p.Fact(domain.FactCoach) != "" {
			return false
		}
		best = all[i].Programme
		return true
	})
	before := whoIs(t, path, name)
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt("2026-11-23T09:00"), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.GiveConsent{
		Participant: before.ID, To: domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}, Purpose: "referral to " + best.Name,
		Items: []domain.ConsentItem{domain.ItemContact}, How: domain.ByPhone, Giver: domain.GivenByPerson,
	}}})
	s.Close()
	if err != nil {
		t.Fatal(err)
	}

	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.say("/" + name)
	x.sees("1 found")
	x.say("\r")
	x.sees("Caseload › "+name, "Overview")

	x.keys = 0
	x.press("r")
	x.sees(cmp.Or(best.Short, best.Name), "This advises")
	x.press("\r")
	x.sees("Refer "+name, "y accepts the list")
	x.press("y")
	x.say("I want to be among people.")
	x.press("\x13")
	x.sees("Paste or print this")
	x.within(4, "to match and refer, consent already there (P1-8)")
	x.press("\x03")
	x.ends(0)

	after := whoIs(t, path, name)
	if len(after.Referrals) != 1 || after.Referrals[0].State != domain.ReferralSent || after.Referrals[0].Programme != best.Key || after.Referrals[0].Text != "I want to be among people." {
		t.Errorf("%+v", after.Referrals)
	}
}
