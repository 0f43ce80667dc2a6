package ui_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestMovingOnByKeys drives what a coach does on the tab of referrals beside referrals:
// support that starts and lands, an application, a case that changes hands.
func TestMovingOnByKeys(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	colleague := domain.ID{14: 9, 15: 9}
	d.people = append(d.people, domain.Person{ID: colleague, Name: "Bea Holt", Role: domain.Coach})
	x := sit(t, d, 120, 40)
	p := func() domain.Participant {
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	x.keys("/oka<enter>5")

	x.keys("Smental health support<enter>")
	x.sees("on which day did support start?")
	x.keys("3 mar<enter>Riverside: Bo Hale, 020 7946 0000<enter>")
	x.sees("Support of a programme started", "Mental Health Support Service", "ends Wed 2 Dec", "Riverside, Bo Hale", "nothing planned yet")
	x.keys("w")
	x.sees("Until when", "started Tue 3 Mar 2026 + 9 months = Wed 2 Dec 2026", "source:")
	x.keys("o1")
	x.sees("what replaces it?")
	x.keys("5Lconnect to work<enter>")
	x.sees("then: Connect to Work")
	x.keys("<enter>d4 mar<enter>")
	x.sees("ends Thu 3 Dec")
	x.keys("x1today<enter>")
	x.sees("Support of a programme ended", "completed as planned")
	if a := p().Provisions[0]; a.Ended != calendar.Of(now) || a.Code != "completed" || a.Landing().Programme != "connect-to-work" {
		t.Errorf("%+v", a)
	}

	// What is closed is history, and needs both days.
	x.keys("Swork programme<enter>")
	x.keys("5 jan 2016<enter>")
	x.sees("history")
	x.keys(" to 3 jan 2018<enter><enter>2")
	x.sees("A programme they were on earlier was written down")

	x.keys("F")
	x.sees("nothing leaves this desk")
	x.keys("<esc>")
	d.must(t, domain.Apply{Participant: id, Programme: "access-to-work", Elements: []string{"travel-to-work"}})
	x.keys("<esc>/oka<enter>5")
	x.sees("Access to Work", "getting it ready", "travel to work")
	for range 2 {
		x.keys("j")
	}
	x.keys("<enter>j7 dec<enter>")
	x.sees("the job starts Mon 7 Dec, in 2 weeks", "say so in the application")
	x.keys("<enter>1")
	x.sees("1 of 4")
	x.keys("<enter>atoday<enter>")
	x.sees("applied Mon 23 Nov", "next: ask how it gets on by Mon 21 Dec")
	x.keys("anthe line<enter>")
	x.sees("asked once", "no answer: the line", "ask again by Mon 7 Dec")
	x.keys("xa12m<enter>a taxi<enter>")
	x.sees("awarded Mon 23 Nov", "until Tue 23 Nov 2027")
	if a := p().Applications[0]; a.State != domain.ApplicationAwarded || a.Reason != "a taxi" || len(a.Evidence) != 1 {
		t.Errorf("%+v", a)
	}

	// Nothing is open: no note is needed. The colleague accepts.
	x.keys("Hbea<enter>")
	x.sees("transfer: take the case on for good")
	x.keys("<ctrl+s>")
	x.sees("asked to take the case on", "Amina", "Bea Holt")
	d.who = colleague
	x.keys("<esc>/oka<enter>")
	x.sees("handed over by Amina Yusuf: g h answers")
	x.keys("5Hy")
	x.sees("took the case on", "accepted")
	if p().Fact(domain.FactCoach) != "Bea Holt" {
		t.Errorf("the case is %q's", p().Fact(domain.FactCoach))
	}

	x.keys("f17d<enter>f2<enter>2w<enter>")
	x.sees("It changed from not fit for work", "to talk about a phased return")
	x.keys("6")
	x.sees("2 notes", "covered by another note already")
}
