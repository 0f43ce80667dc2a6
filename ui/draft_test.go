package ui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
)

// TestAmendOnTheScreen: E amends the note and the session of an entry, asks why, keeps
// the old version in sight, and makes no item twice.
func TestAmendOnTheScreen(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.RecordSession{Participant: id, Outcome: domain.Happened, Text: "Came early.\n> me: call Mind by fri"})
	x := sit(t, d, 80, 40)
	x.keys("/dan<enter>2En")
	x.sees("Came early.", "> me: call Mind by fri")
	x.keys("<ctrl+s>")
	x.sees("No new item")
	x.keys("<enter>")
	x.sees("Nothing is different")
	x.keys("<esc><enter># travel<ctrl+s>")
	x.sees("# barrier · travel", "what it said before is kept")
	x.keys("<enter><enter>")
	x.sees("Write at least a word.")
	x.keys("forgot it<enter>")
	x.sees("A note was amended.", "Amended, was: Came early.", "Why: forgot it")
	p, _ := d.Participant(id)
	if len(p.Promises) != 1 || len(p.Barriers) != 1 || len(p.Notes[0].Amended) != 1 {
		t.Errorf("%+v", p)
	}
	x.keys("Es")
	x.sees("Amend the session", "Was: happened")
	x.keys("oc<enter>wrong key<enter>")
	x.sees("A session was amended: came but did not happen.", "Was: happened, one-to-one")
	if p, _ = d.Participant(id); p.Sessions[0].Outcome != domain.CameNot || p.Sessions[0].Channel != "face to face" {
		t.Errorf("%+v", p.Sessions[0])
	}
	x.keys("1")
	x.sees("came but did not happen, one-to-one, face to face", "(amended Mon 23 Nov)")
	x.keys("5E")
	d.who = d.people[1].ID
	x.keys("2E")
	x.sees("Somebody else wrote that")
}

// TestSeveralDrafts: each draft of a person is an entry that enter opens; a new one of
// the same kind is begun when the coach says so; the queue says how many.
func TestSeveralDrafts(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.TakeNote{Participant: id, Text: "Old."})
	x := sit(t, d, 80, 40)
	x.keys("/dan<enter>nFirst note.<esc>n")
	x.sees("A note is written and not saved", "First note.")
	x.keys("Second note.<esc>") // what is typed ahead of the question is lost to nobody
	x.keys("s<enter>A session.<esc>2E<enter>Amended words.<esc>eA question?<esc>")
	if len(d.drafts) != 5 {
		t.Fatalf("%d drafts: %v", len(d.drafts), d.drafts)
	}
	x.keys("gc")
	x.sees("5 drafts are unfinished")
	for place, words := range map[string]string{"session": "A session.", "note": "note.", "ask": "A question?", "amendment": "Amended words."} {
		x.keys("gc/dan<enter>")
		want := map[string]string{"session": "a session is written", "note": "a note is written", "ask": "a question is written", "amendment": "an amendment is written"}[place]
		x.sees(want)
		for range 6 {
			if line := under(x); strings.Contains(line, want) {
				break
			}
			x.keys("<down>")
		}
		x.keys("<enter>")
		x.sees(words)
		x.keys("<esc>")
	}
	x.keys("gc/dan<enter>n")
	x.sees("2 drafts are written", "First note.", "Second note.")
	x.keys("<down><enter><ctrl+s><enter>")
	x.sees("A note was written.")
	if len(d.drafts) != 4 {
		t.Errorf("%d drafts are left", len(d.drafts))
	}
	x.keys("n<delete>yes<enter>")
	x.sees("The draft is gone.")
	if len(d.drafts) != 3 {
		t.Errorf("%d drafts are left", len(d.drafts))
	}
	x.keys("s<ctrl+n>")
	x.sees("How did it go?")
	x.keys("<esc>sd<enter>")
	x.sees("Saved.")
	if p, _ := d.Participant(id); p.Sessions[0].Outcome != domain.DidNotCome || len(d.drafts) != 3 {
		t.Errorf("%+v, %d drafts", p.Sessions, len(d.drafts))
	}
}

// under is the line that the cursor is on.
func under(x *hand) string {
	for line := range strings.SplitSeq(ansi.Strip(x.screen()), "\n") {
		if strings.HasPrefix(line, "▸ ") {
			return line
		}
	}
	return ""
}

// TestAmendedMeanwhile: somebody else amended while the coach wrote. The coach is told
// before theirs goes over it.
func TestAmendedMeanwhile(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.TakeNote{Participant: id, Text: "Met."})
	p, _ := d.Participant(id)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>2E Mine.")
	d.must(t, domain.AmendNote{Participant: id, Note: p.Notes[0].ID, Text: "Theirs.", Reason: "r"})
	x.keys("<ctrl+s><enter>because<enter>")
	x.sees("Somebody amended the note while you wrote", "Mine.")
	time.Sleep(400 * time.Millisecond) // keys are taken again
	x.drain()
	x.keys("<ctrl+s><enter>because<enter>")
	x.sees("A note was amended.", "Amended, was: Theirs.")
	if p, _ = d.Participant(id); len(p.Notes[0].Amended) != 2 || p.Notes[0].Apart {
		t.Errorf("%+v", p.Notes[0])
	}
}
