package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// clockedHand sits at a desk whose clock the test turns.
func clockedHand(t *testing.T, d screen.Desk, w, h int, at *time.Time) *hand {
	t.Helper()
	x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return *at }}})}
	x.send(tea.WindowSizeMsg{Width: w, Height: h})
	return x
}

// TestKindOfSession: the kind is guessed, turned with one key, decides the slot and is
// recorded.
func TestKindOfSession(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactSlot: "25; first talk 50"}})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>s")
	x.sees("kind: first talk, slot 50 min")
	x.keys("t")
	x.sees("kind: review, slot 25 min")
	x.keys("<enter>Met.<ctrl+s>")
	x.sees("Session, happened, review")
	x.keys("<enter>")
	if p, _ := d.Participant(id); p.Sessions[0].Kind != domain.ReviewTalk {
		t.Errorf("recorded as %q", p.Sessions[0].Kind)
	}
}

// TestVoluntaryTone: in a support conversation nothing speaks of duty or of missing out.
func TestVoluntaryTone(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.RecordSession{Participant: id, Outcome: domain.Happened})
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactGroup: "LCWRA"}})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>s")
	x.sees("kind: support conversation, slot 45 min", "not this time", "another day suits better")
	x.lacks("did not come", "miss", "must", "fail")
	x.keys("d<enter>")
	x.sees("Saved.")
	p, _ := d.Participant(id)
	past := p.Past()
	if s := past[len(past)-1].Event.Sentence(); strings.Contains(s, "did not come") {
		t.Errorf("the sentence is %q", s)
	}
	x.keys("/dan<enter>2")
	x.sees("did not take place, support conversation")
	x.lacks("did not come")
}

// TestPromptsAndClosing: tab walks the prompts and never lands in the text; two minutes
// before the end only the next step and the next date are asked for.
func TestPromptsAndClosing(t *testing.T) {
	for _, width := range []int{80, 120} {
		d := newPaper(t)
		d.join(t, "Daniel Okafor")
		at := now
		x := clockedHand(t, d, width, 40, &at)
		x.keys("/dan<enter>s")
		x.lacks("What do we call you?", "next step")
		x.keys("<enter>Met<tab><tab>")
		if width == 80 {
			x.sees("3/6 Strengths?")
		} else {
			x.sees("▸ Strengths?", "Barriers?")
		}
		x.keys(".<shift+tab>")
		x.sees("Met.", "What matters?")
		at = now.Add(28*time.Minute + 30*time.Second)
		x.sees("01:30 left", "next step: missing", "next date: missing")
		x.lacks("What matters?")
		x.keys("<enter>! try the bus<ctrl+n>2w<enter>")
		x.sees("next step: there", "next date: there")
		at = now.Add(31 * time.Minute)
		x.sees("1 min over", "next step: there")
	}
}

// TestWhoWasThere: channel, who else was there and an interpreter are said with a chord
// and plain keys, stand in the status line and the preview, and are recorded.
func TestWhoWasThere(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactInterpreter: "BSL"}})
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>s<enter>Met.<ctrl+t><ctrl+o>4c")
	x.sees("About the session", "✓ family")
	x.keys("Wneighbour<enter>i<enter><enter>")
	x.sees("phone · with family +2 · BSL")
	x.keys("<ctrl+s>")
	x.sees("phone, with family, neighbour, interpreter, interpreted into BSL")
	x.keys("<enter>")
	p, _ := d.Participant(id)
	if s := p.Sessions[0]; s.Channel != "phone" || !slices.Equal(s.Present, []string{"family", "neighbour", "interpreter"}) || s.Interpreter != "BSL" {
		t.Errorf("%+v", s)
	}
	x.keys("/dan<enter>2")
	x.sees("with family, neighbour, interpreter, interpreted into BSL")
}

// TestScopeWhileTyping: each paragraph shows its scope at once, and a key turns that of
// the paragraph under the cursor, which stays on its letter.
func TestScopeWhileTyping(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>nOpen words.<enter><enter>Kept words, in a line that is long enough to be broken in two by the field.")
	x.sees("this paragraph: shareable")
	x.lacks("c▏")
	x.keys("<ctrl+y>")
	x.sees("this paragraph: coach only", "c▏ [coach only] Kept words")
	if n := strings.Count(ansi.Strip(x.screen()), "c▏"); n != 2 {
		t.Errorf("%d rows are marked, want both of the broken line", n)
	}
	x.keys(" More.<up><up><up>")
	x.sees("this paragraph: shareable", "by the field. More.")
	x.keys("<down><down><down><ctrl+y>")
	x.sees("this paragraph: third party", "t▏ [third party] Kept words")
	x.keys("<ctrl+s><enter>")
	p, _ := d.Participant(id)
	if got := p.Notes[0].Text(domain.SharedOnly); got != "Open words." {
		t.Errorf("colleagues read %q", got)
	}
}

// TestPhrasesInASession: a short name and a blank put a phrase in, the list is searched,
// and the screen of phrases adds, changes and removes.
func TestPhrasesInASession(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("gpaBus<enter>{name} tries the bus until {2w}.<enter>")
	x.sees("The phrase “bus” was saved.", "Sam tries the bus until Mon 7 Dec.")
	x.keys("ahello<enter>Next talk: {next appointment}.<enter>")
	x.keys("gc/dan<enter>s<enter>He says ;bus ;nothing ")
	x.sees("He says Daniel tries the bus until Mon 7 Dec. ;nothing")
	x.keys("<ctrl+n>fri 10:20<enter><enter><ctrl+f>talk")
	x.sees(";hello", "Next talk: Fri 27 Nov 10:20.")
	x.lacks(";bus")
	x.keys("<enter> Good;bus .")
	x.sees("Next talk: Fri 27 Nov 10:20. Good;bus .")
	x.keys("<enter>;? ")
	x.sees(";bus", ";hello")
	x.keys("<esc><ctrl+s><enter>")
	p, _ := d.Participant(id)
	if got := p.Notes[0].Text(domain.SharedOnly); !strings.Contains(got, "Daniel tries the bus until Mon 7 Dec.") || strings.Contains(got, ";?") {
		t.Errorf("%q", got)
	}
	x.keys("gpx")
	x.sees("Remove ;bus?")
	x.keys("y")
	x.sees("was removed")
	x.keys("u")
	x.sees("Undone: The phrase “bus” was removed.", ";bus")
	x.keys("xy")
	x.keys("aBus<enter>")
	x.sees("{name} tries the bus until {2w}.") // the words of what was removed
	x.keys("<enter>")
	x.sees("The phrase “bus” was saved.")
	x.keys("a12 3<enter>")
	x.sees("up to 20 letters")
}

// TestSelfRating: three digits before the last enter, in the same batch; the star asks
// on the record; the overview shows the course with words.
func TestSelfRating(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 40)
	x.keys("/dan<enter>s<enter>Met.<ctrl+s>")
	x.sees("How well are you getting by?", "1 hardly, 5 well")
	x.keys("24<enter>")
	x.sees("2 of 3 questions have an answer")
	x.keys("0")
	x.keys("00324<enter>")
	x.sees("Saved.")
	p, _ := d.Participant(id)
	past := p.Past()
	if len(p.Ratings) != 1 || p.Ratings[0].Session != p.Sessions[0].ID || past[len(past)-1].Command != past[len(past)-2].Command {
		t.Fatalf("%+v", p.Ratings)
	}
	x.keys("/dan<enter>*515")
	x.sees("how they see it themselves", "How they see it", "getting by", "5 of 5, first 3: more than at first", "less than at first")
	if p, _ = d.Participant(id); !slices.Equal(p.Course("a"), []int{3, 5}) {
		t.Errorf("%v", p.Course("a"))
	}
}

// TestBriefScreen: one key shows promises, adjustments, clocks, what matters and what
// changed, and nothing private.
func TestBriefScreen(t *testing.T) {
	d, id := furnished(t)
	d.must(t, domain.TakeNote{Participant: id, Text: "Rang.\n[third party] secret sister"})
	x := sit(t, d, 80, 40)
	x.keys("/dan<enter>b")
	x.sees("Promises", "○ Amina: call Mind (open, Fri 27 Nov", "Adjustments", "large print · BSL", "Clocks", "fit note", "What matters", "keep my hands busy", "Since Mon 23", "A fit note was recorded")
	x.lacks("sister")
	x.keys("<enter>")
	x.sees("Overview")
	x.keys("s")
	x.sees("How did it go?", "○ Amina: call Mind", "keep my hands busy")
}

// TestFirstSupportConversation counts the keys of the first talk with somebody on a
// voluntary caseload: what matters, strengths and barriers become facts and items.
func TestFirstSupportConversation(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>")
	keys := []string{"s", "<enter>", "<tab>", "<tab>", "<tab>", "<tab>", "<ctrl+s>", "<enter>"}
	words := map[int]string{2: "\" keep my hands busy", 3: "<enter>= mends frames", 4: "<enter># travel before nine"}
	for i, k := range keys {
		x.keys(words[i])
		x.keys(k)
	}
	if len(keys) > 10 {
		t.Errorf("%d keys", len(keys))
	}
	p, _ := d.Participant(id)
	if p.Fact(domain.FactMatters) != "keep my hands busy" || p.Fact(domain.FactStrengths) != "mends frames" || len(p.Barriers) != 1 || p.Sessions[0].Kind != domain.FirstTalk {
		t.Errorf("%+v", p)
	}
	x.keys("/dan<enter>")
	x.sees("Strengths", "mends frames")
}

// TestGutterFollowsTheText holds that the sign of every row is that of the line it is
// of, however lines break and wherever the text was scrolled to.
func TestGutterFollowsTheText(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>n")
	for i := range 12 {
		tag := []string{"", "[coach only] ", "[third party] "}[i%3]
		x.keys(fmt.Sprintf("%s%s %d.<enter><enter>", tag, strings.Repeat(fmt.Sprintf("word%d ", i%3), 4+i*3), i))
	}
	for range 30 {
		for line := range strings.SplitSeq(ansi.Strip(x.screen()), "\n") {
			_, text, isRow := strings.Cut(line, "word")
			if !isRow {
				continue
			}
			want := map[byte]string{'0': "     ", '1': "  c▏ ", '2': "  t▏ "}[text[0]]
			if !strings.HasPrefix(line, want) {
				t.Fatalf("the row %q has another sign than %q:\n%s", line, want, ansi.Strip(x.screen()))
			}
		}
		x.keys("<up>")
	}
}
