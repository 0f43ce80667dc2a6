package ui_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// swept is a desk with sessions that nobody said the outcome of: two of today, one of
// last week, one of the adviser's.
func swept(t *testing.T) (*paper, []domain.ID) {
	t.Helper()
	d := newPaper(t)
	today := calendar.Of(now)
	var ids []domain.ID
	for i, name := range []string{"Daniel Okafor", "Shirin Begum", "Owen Price", "Siân Llŷr", "Jo Taylor"} {
		id := d.join(t, name)
		ids = append(ids, id)
		b := domain.Booking{Day: today, Minute: 540 + 20*i, Channel: "phone", Kind: domain.ReviewTalk}
		if i == 3 {
			b.With = []domain.ID{d.people[1].ID}
			b.Minute = 560
		}
		if i == 4 {
			b.Minute = 620 // to come
		}
		d.must(t, domain.Book{Participant: id, Booking: b})
	}
	return d, ids
}

func TestSweepOneKeyEach(t *testing.T) {
	d, ids := swept(t)
	x := sit(t, d, 80, 24)
	x.keys("gs")
	x.sees("0 settled, 3 left", "Daniel Okafor   09:00, Mon 23 Nov, today", "review, 20 minutes, phone", "2 more after this one")
	x.lacks("Shirin", "Owen", "Siân", "Jo Taylor")
	x.keys("h")
	x.sees("Daniel Okafor: happened", "Shirin Begum   09:20", "1 settled, 2 left")
	x.keys("d")
	x.sees("Owen Price   09:40")
	x.keys("u")
	x.sees("Undone: They did not come", "Shirin Begum   09:20", "1 settled, 2 left")
	x.keys("c")
	x.sees("Owen Price   09:40")
	x.keys("n")
	x.sees("1 session left for later", "1 session of colleagues without an outcome: W shows all", "Owen Price: left for later")
	x.keys("h")
	x.sees("Nothing waits for an outcome here")
	x.keys("u")
	x.sees("Owen Price   09:40")
	x.keys("h")
	x.sees("Every session has an outcome")
	for i, want := range []domain.Outcome{domain.Happened, domain.CameNot, domain.Happened} {
		p, err := d.Participant(ids[i])
		if err != nil || len(p.Sessions) != 1 || p.Sessions[0].Outcome != want || p.Sessions[0].Appointment != p.Appointments[0].ID || p.Sessions[0].Kind != domain.ReviewTalk || (want == domain.Happened) != (p.Sessions[0].Channel == "phone") {
			t.Errorf("%s: %+v %v", p.Name(), p.Sessions, err)
		}
	}
	x.keys("W")
	x.sees("All sessions without an outcome", "Siân Llŷr   09:20")
	x.keys("<enter>")
	x.sees("Overview", "Siân Llŷr")
	if p, _ := d.Participant(ids[4]); len(p.Sessions) != 0 {
		t.Error("an appointment to come was settled")
	}
}

// Keys typed ahead settle one each, in the order of the list, and none twice.
func TestSweepTypedAhead(t *testing.T) {
	d, ids := swept(t)
	x := sit(t, d, 80, 24)
	x.keys("gshdh")
	x.sees("Every session has an outcome", "3 settled")
	for i, want := range []domain.Outcome{domain.Happened, domain.DidNotCome, domain.Happened} {
		if p, _ := d.Participant(ids[i]); len(p.Sessions) != 1 || p.Sessions[0].Outcome != want {
			t.Errorf("%s: %+v", p.Name(), p.Sessions)
		}
	}
}

// Of two appointments of one person on one day, the one on screen is settled.
func TestSweepSettlesTheOneOnScreen(t *testing.T) {
	d, ids := swept(t)
	d.must(t, domain.Book{Participant: ids[0], Booking: domain.Booking{Day: calendar.Of(now), Minute: 550}})
	x := sit(t, d, 80, 24)
	x.keys("gsn")
	x.sees("Daniel Okafor   09:10")
	x.keys("d")
	p, err := d.Participant(ids[0])
	if err != nil || len(p.Sessions) != 1 || p.Sessions[0].Appointment != p.Appointments[1].ID {
		t.Fatalf("%+v %v", p.Sessions, err)
	}
}

// Whoever has a session without an outcome is told of the sweep.
func TestTheQueueTellsOfTheSweep(t *testing.T) {
	d, _ := swept(t)
	rules["outcome-missing"] = domain.Rule{Key: "outcome-missing", Weight: 60}
	t.Cleanup(func() { delete(rules, "outcome-missing") })
	x := sit(t, d, 80, 24)
	x.keys("w")
	x.sees("no outcome for Mon 23 Nov (g s sweeps through them)")
	x.keys("<esc>/dan<enter>")
	x.sees("no outcome for Mon 23 Nov (g s sweeps through them)")
}

// A session that is written up from the sweep tells of the appointment that stands
// there, not of an earlier one of the day.
func TestSweepWritesUpWhatItShows(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	for _, minute := range []int{9 * 60, 9*60 + 30} {
		d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: calendar.Of(now), Minute: minute, Length: 20}})
	}
	x := sit(t, d, 80, 24)
	x.keys("gsn")
	x.sees("Daniel Okafor   09:30")
	x.keys("s")
	x.sees("About the appointment of today, 09:30")
	x.keys("<enter>Came.<ctrl+s><enter>")
	p, err := d.Participant(id)
	if err != nil || len(p.Sessions) != 1 || p.Sessions[0].Appointment != p.Appointments[1].ID {
		t.Errorf("the session is about %+v: %v", p.Sessions, err)
	}
}
