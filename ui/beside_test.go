package ui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestHappenedOpensTheNote: the key that says “write the note” does so at once; what
// saves still waits for enter.
func TestHappenedOpensTheNote(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>sh")
	x.sees("this paragraph: shareable")
	x.keys("Came.<ctrl+s><enter>")
	if p, _ := d.Participant(id); len(p.Sessions) != 1 || p.Sessions[0].Outcome != domain.Happened {
		t.Fatalf("%+v", p.Sessions)
	}
	x.sees("Saved.", "esc caseload")
	x.keys("/dan<enter>sd")
	x.sees("How did it go?")
}

// TestTheClockIsNeverCut: the time left is what a coach looks for. Whoever was there,
// whatever the talk was for, it stands in the line, and nothing moves when a draft is kept.
func TestTheClockIsNeverCut(t *testing.T) {
	for _, kind := range []string{"", "tt", "ttt"} {
		for _, there := range []string{"", "12345"} {
			d := newPaper(t)
			d.join(t, "Daniel Okafor")
			x := sit(t, d, 80, 24)
			x.keys("/dan<enter>s" + kind + "h<ctrl+t>Came.")
			if there != "" {
				x.keys("<ctrl+o>" + there + "<enter>")
			}
			x.keys(" More.")
			x.sees(" left", "happened", "face to face", "typing")
			line := func() string { return strings.Split(ansi.Strip(x.screen()), "\n")[2] }
			was := strings.Index(line(), "left")
			for end := time.Now().Add(5 * time.Second); !strings.Contains(line(), "draft kept") && time.Now().Before(end); time.Sleep(time.Millisecond) {
				x.drain()
			}
			x.sees("draft kept")
			if at := strings.Index(line(), "left"); at != was {
				t.Fatalf("%q %q: the clock moved from %d to %d:\n%s", kind, there, was, at, line())
			}
		}
	}
}

// TestTheNextDateLeavesTheMarks: the next date is shown below the marks, not instead of one.
func TestTheNextDateLeavesTheMarks(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>sh# travel<enter>! try the bus by 2w<ctrl+n>3w<enter>")
	x.sees("# barrier", "! step", "@ next appointment")
}

// TestPreviewSaysAll: what will be saved is shown to its last word, and what keeps it
// from being saved is said before anybody presses enter.
func TestPreviewSaysAll(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>shCame.<ctrl+t><ctrl+o>1234iPolish<enter><enter><ctrl+s>")
	x.sees("Polish")
	x.keys("2")
	x.sees("1 of 3 have an answer", "0 take back")
	x.keys("0?")
	x.sees("Keys on this screen")
	x.keys("<esc>")
	x.sees("The keys 1 to 5 answer in turn.")
	x.keys("<enter>/dan<enter>2En<ctrl+s>")
	x.sees("Nothing is different from what the note says already")
}

// TestALongSentenceIsReadToItsEnd: why a key is closed is not cut at 80 columns.
func TestALongSentenceIsReadToItsEnd(t *testing.T) {
	d, _ := advised(t)
	x := sit(t, d, 80, 24)
	x.keys("gea")
	x.sees("g w works as somebody else.")
	for i, l := range strings.Split(ansi.Strip(x.screen()), "\n") {
		if ansi.StringWidth(l) > 80 {
			t.Errorf("line %d is %d wide", i, ansi.StringWidth(l))
		}
	}
}

// TestTheSameListTwice: going to the list that is shown does not put it over itself.
func TestTheSameListTwice(t *testing.T) {
	d, _ := advised(t)
	x := sit(t, d, 80, 24)
	for _, key := range []string{"ge", "gd", "gs", "gp", "gt"} {
		x.keys("gc" + key + key + "<esc>")
		x.sees("Today", "Person", "Why now")
	}
}

// TestAClosedKeySaysWhatIsOpen: an adviser reads which key is the right one.
func TestAClosedKeySaysWhatIsOpen(t *testing.T) {
	d, id := advised(t)
	q := d.question(t, id)
	d.as(1)
	d.must(t, domain.Accept{Participant: id, Escalation: q.ID})
	x := sit(t, d, 80, 24)
	x.keys("ge")
	for range 3 {
		if strings.Contains(ansi.Strip(x.screen()), "▸ Daniel") {
			break
		}
		x.keys("j")
	}
	x.keys("a")
	x.sees("This one is accepted: n answers it")
}

// TestTheBriefKeepsWords: a promise in the brief is read to its end, and so is whether it
// was kept.
func TestTheBriefKeepsWords(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.MakePromise{Participant: id, Owner: domain.ByCoach, Text: "find out who could help with the new forms before the end of the month arrives"})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>b")
	x.sees("month arrives (open")
}

// TestTheFirstReasonIsWhole: in 80 columns the caseload cuts a reason at a clause and
// keeps the number of others.
func TestTheFirstReasonIsWhole(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.RaiseConcern{Participant: id, Text: "worried", Told: "the team lead"})
	d.must(t, domain.Ask{Participant: id, Question: "is a phased return better"})
	d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: calendar.Of(now), Minute: 540}})
	x := sit(t, d, 80, 24)
	line := ""
	for _, l := range strings.Split(ansi.Strip(x.screen()), "\n") {
		if strings.Contains(l, "Daniel Okafor") {
			line = l
		}
	}
	if strings.Contains(line, "…") || line == "" {
		t.Errorf("%q", line)
	}
}

// TestEscLeavesTheVersions: back from the versions is the plan, not the caseload.
func TestEscLeavesTheVersions(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>pV")
	x.sees("View: versions")
	x.keys("<esc>")
	x.sees("View: by goal")
}

// TestHelpIsReadToItsEnd: what a key does is not cut at 80 columns where the cursor is.
func TestHelpIsReadToItsEnd(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>p?")
	x.sees("a step of others: chase it; a goal:")
	for range 40 {
		x.keys("j")
		lines := strings.Split(strings.TrimRight(ansi.Strip(x.screen()), "\n"), "\n")
		if !strings.Contains(lines[len(lines)-1], "enter do it") {
			t.Fatalf("the help moved:\n%s", strings.Join(lines, "\n"))
		}
	}
}

// TestABarrierIsGoneOnce: a barrier that is gone is not asked about again, before
// anybody has typed what helped.
func TestABarrierIsGoneOnce(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.SetGoal{Participant: id, Text: "a workshop job"})
	d.must(t, domain.NoteBarrier{Participant: id, Text: "travel"})
	p, _ := d.Participant(id)
	d.must(t, domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: "try the bus", Barrier: p.Barriers[0].ID})
	d.must(t, domain.ResolveBarrier{Participant: id, Barrier: p.Barriers[0].ID})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>p")
	for range 4 {
		if strings.Contains(ansi.Strip(x.screen()), "▸ # travel") {
			break
		}
		x.keys("k")
	}
	x.sees("▸ # travel")
	x.keys("x")
	x.sees("That barrier no longer stands in the way.")
	x.lacks("What helped?")
	x.keys("vv")
	x.sees("○ not started 1")
}
