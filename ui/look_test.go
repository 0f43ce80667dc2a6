package ui_test

import (
	"fmt"
	"testing"

	"coachdesk/domain"
)

// Who opens a record that is not their own case says why, once in a sitting; every
// opening is written down, and what opens on top of a record is no further one.
func TestLooks(t *testing.T) {
	d := newPaper(t)
	d.seat = d.people[0].ID
	jo := d.join(t, "Jo Taylor")
	ann := d.join(t, "Ann Day")
	d.must(t, domain.Describe{Participant: ann, Facts: map[domain.Fact]string{domain.FactCoach: "Bea Holt"}})
	x := sit(t, d, 80, 24)
	x.keys("/jo<enter>")
	x.sees("Overview")
	x.keys("n<esc>") // a note on top of the record
	if len(d.looks) != 1 || d.looks[0].Participant != jo || d.looks[0].Reason != "" || d.looks[0].By != d.people[0].ID {
		t.Fatalf("%+v", d.looks)
	}
	x.keys("gc/ann<enter>")
	x.sees("This is not your own case", "Caseload")
	x.lacks("Overview")
	x.keys("<esc>")
	x.lacks("Overview")
	if len(d.looks) != 1 {
		t.Fatalf("a record that stayed closed was logged: %+v", d.looks)
	}
	x.keys("<enter>2")
	x.sees("Overview", "Ann Day")
	x.keys("gc/ann<enter>")
	x.sees("Overview") // asked once
	if len(d.looks) != 3 || d.looks[1].Reason != domain.LookAsked || d.looks[2].Reason != domain.LookAsked || d.looks[2].Participant != ann {
		t.Fatalf("%+v", d.looks)
	}
	// A note from the list opens the record too; another person has to say it again.
	x.keys("gw2gc/jo<enter>")
	x.sees("This is not your own case")
	x.keys("1")
	x.sees("Jo Taylor")
	if last := d.looks[len(d.looks)-1]; last.By != d.people[1].ID || last.Reason != domain.LookCover {
		t.Fatalf("%+v", last)
	}
}

// A search through the notes is written down once, and never finds what others wrote
// for themselves.
func TestLooksOfASearch(t *testing.T) {
	d := newPaper(t)
	jo := d.join(t, "Jo Taylor")
	d.must(t, domain.TakeNote{Participant: jo, Text: "[coach only] hepatitis mentioned in confidence"})
	x := sit(t, d, 100, 24)
	x.keys("/note:hepatitis<enter>")
	x.sees("Jo Taylor")
	x.keys("gcgw2gc/note:hepatitis<enter>")
	x.lacks("Jo Taylor")
	searches := 0
	for _, l := range d.looks {
		if l.Participant.IsZero() && l.Via == "note search" {
			searches++
		}
	}
	if searches != 2 {
		t.Errorf("%d searches are in the log: %+v", searches, d.looks)
	}
}

// A long draft that is found again shows its end, where the cursor is.
func TestLongDraftShowsItsEnd(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Jo Taylor")
	x := sit(t, d, 80, 24)
	x.keys("/jo<enter>n")
	for i := range 60 {
		x.keys(fmt.Sprintf("line %d<enter>", i))
	}
	x.keys("the end<esc>")
	if len(d.drafts) != 1 {
		t.Fatalf("%d drafts", len(d.drafts))
	}
	x.keys("n")
	x.sees("A note is written and not saved", "line 0")
	x.keys("<enter>")
	x.sees("the end")
}
