package ui_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestOverviewSaysInWhoseHands: what was handed over and waits is said to whoever handed it
// over; what came back is said to whom it was offered.
func TestOverviewSaysInWhoseHands(t *testing.T) {
	d, hers, _, mine := offered(t)
	overview := func(id domain.ID) string {
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		x := sit(t, d, 120, 40)
		x.keys("/" + p.Name() + "<enter><enter>")
		return x.screen()
	}
	if got := overview(mine); !strings.Contains(got, "Handed to Bea Holt") || !strings.Contains(got, "look after the case for a while") {
		t.Errorf("the sender does not read that it waits:\n%s", got)
	}
	d.must(t, domain.AnswerHandover{Participant: hers, Handover: d.handover(t, hers).ID, Answer: domain.HandoverNotMine, Words: "full"})
	if got := overview(hers); !strings.Contains(got, "It was in your hands for a while and is not any more") {
		t.Errorf("the receiver does not read that it is over:\n%s", got)
	}
}
