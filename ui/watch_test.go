package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// TestOthersAreSeenAndTheCursorStays has somebody else write while the coach looks at
// a list, a record and a form.
func TestOthersAreSeenAndTheCursorStays(t *testing.T) {
	d := newPaper(t)
	for _, n := range []string{"Daniel Okafor", "Owen Price", "Shirin Begum"} {
		d.join(t, n)
	}
	x := sit(t, d, 80, 24)
	x.keys("<tab><down>")
	x.sees("▸ Owen Price")
	d.join(t, "Aaron First")
	d.join(t, "Zoe Last")
	x.second()
	x.sees("Aaron First", "Zoe Last", "▸ Owen Price")

	x.keys("<enter>")
	id := d.order[1]
	d.must(t, domain.NoteBarrier{Participant: id, Text: "travel"})
	x.second()
	x.sees("travel")
	x.keys("nHalf a wo")
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactName: "Owen Price-Jones"}})
	x.second()
	x.sees("Note on Owen Price-Jones", "Half a wo")
	x.keys("rd<ctrl+s><enter>")
	if p, _ := d.Participant(id); len(p.Notes) != 1 || p.Notes[0].Text(domain.Everything) != "Half a word" {
		t.Fatalf("the note was not kept as typed: %+v", p.Notes)
	}
}

// TestSomebodyTakenOutOfTheListIsNotReplaced removes the person under the cursor: the
// next key must not fall on whoever slips into their place.
func TestSomebodyTakenOutOfTheListIsNotReplaced(t *testing.T) {
	d := newPaper(t)
	for _, n := range []string{"Daniel Okafor", "Owen Price", "Shirin Begum"} {
		d.join(t, n)
	}
	x := sit(t, d, 80, 24)
	x.keys("<tab><down>")
	x.sees("▸ Owen Price")
	d.order = append(d.order[:1], d.order[2:]...)
	d.must(t, domain.NoteBarrier{Participant: d.order[0], Text: "travel"})
	x.second()
	x.keys("s")
	x.sees("not in this list any more")
	x.keys("<down><up>s")
	x.sees("Session with")
}

// second lets a second pass, until what others wrote was looked at.
func (x *hand) second() {
	x.t.Helper()
	x.send(ui.Second{})
	x.until(func() bool { return !x.shell.Looking() })
}

// until gives the shell what was answered, until something is so.
func (x *hand) until(so func() bool) {
	x.t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatalf("it never came about:\n%s", ansi.Strip(x.screen()))
		}
		x.drain()
	}
}

// slowDesk answers when the test says.
type slowDesk struct {
	*paper
	gate  chan struct{}
	asked atomic.Int32
	err   error
}

func (d *slowDesk) Rows() ([]domain.Row, error) {
	<-d.gate
	rows, err := d.paper.Rows()
	return rows, errors.Join(err, d.err)
}

func (d *slowDesk) Changed() (uint64, error) {
	d.asked.Add(1)
	<-d.gate
	return d.paper.Changed()
}

func sitSlow(t *testing.T, d screen.Desk) *hand {
	x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }, Patience: time.Millisecond}})}
	x.start(x.shell.Init())
	x.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	return x
}

// settles gives the shell what was answered until the screen shows the words.
func (x *hand) settles(words string) {
	x.t.Helper()
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), words); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatalf("the screen never showed %q:\n%s", words, ansi.Strip(x.screen()))
		}
		x.drain()
	}
}

// TestFirstScreenComesBeforeTheRows holds the rows back: the screen stands, the keys
// that need nobody work, and the others are pressed when the rows are there.
func TestFirstScreenComesBeforeTheRows(t *testing.T) {
	d := &slowDesk{paper: newPaper(t), gate: make(chan struct{})}
	for i := range 1200 {
		d.join(t, fmt.Sprintf("Person %04d", i))
	}
	x := sitSlow(t, d)
	x.sees("Reading 1,200 people")
	x.keys("?")
	x.sees("Keys on this screen")
	x.keys("<esc><ctrl+g>")
	x.sees("The curtain is drawn")
	x.keys("<enter>")
	x.sees("Reading 1,200 people")
	x.keys("/0777<enter>n")
	x.sees("Reading 1,200 people")
	x.keys("<ctrl+l>")
	x.sees("cannot be locked") // a desk without a door; the key was heard
	close(d.gate)
	x.settles("Note on Person 0777")
}

// TestFirstScreenSaysWhatFailed shows why nobody can be seen, and can be left.
func TestFirstScreenSaysWhatFailed(t *testing.T) {
	d := &slowDesk{paper: newPaper(t), gate: make(chan struct{}), err: errors.New("the store is damaged")}
	x := sitSlow(t, d)
	close(d.gate)
	x.settles("the store is damaged")
	x.keys("?")
	x.sees("Keys on this screen")
}

// TestOneLookAtATime asks the desk once, however many seconds its answer takes, and
// never while a command is being written.
func TestOneLookAtATime(t *testing.T) {
	d := &slowDesk{paper: newPaper(t), gate: make(chan struct{})}
	x := sitSlow(t, d)
	for range 5 {
		x.send(ui.Second{})
	}
	x.until(func() bool { return d.asked.Load() > 0 })
	if n := d.asked.Load(); n != 1 {
		t.Fatalf("%d looks under way, want 1", n)
	}
	close(d.gate)
	x.settles("The caseload is empty")
	x.until(func() bool { return !x.shell.Looking() })
	d.gate = make(chan struct{})
	d.wait = func() time.Duration { return 50 * time.Millisecond }
	before := d.asked.Load()
	x.keys("a")
	for _, r := range "Jo" {
		x.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	x.give(named("enter"))
	x.give(ui.Second{})
	if n := d.asked.Load(); n != before {
		t.Fatal("a look while a command was being written")
	}
	close(d.gate)
	x.settles("Jo joined")
}
