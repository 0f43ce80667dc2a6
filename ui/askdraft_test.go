package ui_test

import (
	"testing"
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
