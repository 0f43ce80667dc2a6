package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Two questions to the adviser about one person wait at once, each found again from the
// record, and neither takes words of the other.
func TestTwoQuestionsWaitAtOnce(t *testing.T) {
	d, id := furnished(t)
	x := sit(t, d, 100, 40)
	x.keys("/dan<enter>eWhich chair helps?<ctrl+n>")
	x.sees("waits as a draft")
	x.keys("Who pays for the taxi?<esc>")
	drafts, err := d.Drafts()
	if err != nil || len(drafts) != 2 {
		t.Fatalf("%d drafts, want 2: %v", len(drafts), err)
	}
	texts := map[string]bool{}
	for _, dr := range drafts {
		texts[dr.Fields["text"]] = dr.Participant == id
	}
	if !texts["Which chair helps?"] || !texts["Who pays for the taxi?"] {
		t.Errorf("the drafts hold %v", texts)
	}
	x.sees("a question is written and not sent")
	x.keys("<up><up><up><up><up><up><up><up><enter>")
	x.sees("Ask the DEA about")
	first := x.screen()
	x.keys("<esc><up><up><up><down><enter>")
	x.sees("Ask the DEA about")
	if x.screen() == first {
		t.Error("both entries open the same question")
	}
}

// TestWhichBarriersItIsAbout chooses one of two barriers; the choice outlives the form,
// and all open ones go along unless one was chosen.
func TestWhichBarriersItIsAbout(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>e<ctrl+b>")
	x.sees("No barrier is on the record")
	d.must(t, domain.NoteBarrier{Participant: id, Text: "travel before nine"})
	d.must(t, domain.NoteBarrier{Participant: id, Text: "noise"})
	d.must(t, domain.TakeNote{Participant: id, Text: "[third party] A sister.\n# somebody else"})
	x = sit(t, d, 80, 24)
	x.keys("/dan<enter>eWhich bus?<ctrl+b>")
	x.sees("1 travel before nine", "2 noise")
	x.lacks("somebody else")
	x.keys("7<enter>")
	x.sees("from 1 to 2")
	x.keys("<backspace>2<enter>")
	x.sees("about # noise")
	x.keys("<esc>")
	x.keys("e")
	x.sees("about # noise", "Which bus?")
	x.keys("<ctrl+s>")
	p, _ := d.Participant(id)
	if e := d.question(t, id); len(e.Barriers) != 1 || e.Barriers[0] != p.Barriers[1].ID {
		t.Errorf("it is about %v, want %v alone", e.Barriers, p.Barriers[1].ID)
	}
}

// TestWhyItWasCancelled: the reason stands on the record until the next talk, in the
// timeline and in the brief.
func TestWhyItWasCancelled(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: calendar.Of(now) + 2, Minute: 620}})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>")
	for range 20 {
		if strings.Contains(ansi.Strip(x.screen()), "▸ @ next") {
			break
		}
		x.keys("j")
	}
	x.keys("Xthe bus strike<enter>")
	x.sees("@ cancelled: Wed 25 Nov, in 2 days: the bus strike")
	x.keys("2")
	x.sees("An appointment was cancelled.", "the bus strike")
	x.keys("b")
	x.sees("An appointment was cancelled: the bus strike")
	p, _ := d.Participant(id)
	if gone := p.CancelledSince(calendar.Of(now) + 3); len(gone) != 0 {
		t.Errorf("after a later talk it is told still: %+v", gone)
	}
}
