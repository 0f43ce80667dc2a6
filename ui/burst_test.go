package ui_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// typist gives a program bytes as a terminal does: what is written at once is read
// at once.
type typist struct{ c chan []byte }

func (t typist) Read(b []byte) (int, error) {
	got, ok := <-t.c
	if !ok {
		return 0, io.EOF
	}
	if len(got) > len(b) {
		panic("a burst is longer than the reader's buffer")
	}
	return copy(b, got), nil
}

// TestBurstsNeverReachTheWrongRecord types ahead, in one write and in several, over
// commits that take from 0 to 200 ms and succeed, are refused or fail. Whatever
// happens, a word typed for one person is never in the record or the draft of
// another.
func TestBurstsNeverReachTheWrongRecord(t *testing.T) {
	rounds := uint64(250)
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		rounds = 1000
	}
	saved, dropped := 0, 0
	for seed := range rounds {
		synctest.Test(t, func(t *testing.T) {
			b := newBurst(t, seed)
			b.play(t)
			s, d := b.judge(t)
			saved, dropped = saved+s, dropped+d
		})
		if t.Failed() {
			t.Fatalf("in round %d", seed)
		}
	}
	if saved < int(rounds)/2 || dropped < int(rounds)/10 {
		t.Fatalf("the rounds prove nothing: %d notes saved, %d dropped", saved, dropped)
	}
}

type burst struct {
	desk  *paper
	dice  *rand.Rand // the typist's
	fate  *rand.Rand // the desk's, on its own goroutine
	ids   []domain.ID
	names []string
	fails bool
	bytes string
}

func newBurst(t *testing.T, seed uint64) *burst {
	b := &burst{desk: newPaper(t), dice: rand.New(rand.NewPCG(seed, 7)), fate: rand.New(rand.NewPCG(seed, 8)), names: []string{"Daniel Okafor", "Shirin Begum", "Owen Price"}}
	for _, n := range b.names {
		b.ids = append(b.ids, b.desk.join(t, n))
	}
	b.desk.wait = func() time.Duration { return time.Duration(b.fate.IntN(200)) * time.Millisecond }
	outcome := b.dice.IntN(3)
	b.desk.fault = func() error {
		if b.fate.IntN(2) == 0 {
			return nil
		}
		switch outcome {
		case 1:
			b.fails = true
			return domain.Refused("text", "Not now.")
		case 2:
			b.fails = true
			return errors.New("the disk is full")
		}
		return nil
	}
	for i := range 2 + b.dice.IntN(2) {
		b.write(i % len(b.names))
	}
	return b
}

// write is what a coach types to leave a note with one person: as keys, or pasted.
func (b *burst) write(who int) {
	words := strings.Repeat(fmt.Sprintf("for%d ", who), 1+b.dice.IntN(4))
	if b.dice.IntN(3) == 0 {
		words = "\x1b[200~" + words + "\x1b[201~"
	}
	find := strings.ToLower(b.names[who][:3])
	if b.dice.IntN(2) == 0 {
		b.bytes += "/" + find + "\rn" + words + "\x13\r"
		return
	}
	b.bytes += "/" + find + "\rs\r" + words + "\x13\r"
}

func (b *burst) play(t *testing.T) {
	in := typist{make(chan []byte)}
	shell := ui.New(ui.Options{World: screen.World{Desk: b.desk, Now: time.Now}})
	p := tea.NewProgram(shell, tea.WithInput(in), tea.WithOutput(io.Discard), tea.WithWindowSize(80, 24),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignalHandler())
	ended := make(chan error)
	go func() {
		_, err := p.Run()
		ended <- err
	}()
	rest := b.bytes
	for rest != "" {
		n := len(rest)
		if b.dice.IntN(2) == 0 {
			n = 1 + b.dice.IntN(n)
		}
		if i := strings.LastIndexByte(rest[:n], 0x1b); i > 0 && n-i < 7 {
			n = i // never cut a sequence of the terminal in two
		}
		in.c <- []byte(rest[:n])
		rest = rest[n:]
		time.Sleep(time.Duration(b.dice.IntN(40)) * time.Millisecond)
	}
	time.Sleep(5 * time.Second)
	p.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	close(in.c)
	time.Sleep(time.Minute)
}

// judge looks for words in the wrong place, in records and in drafts.
func (b *burst) judge(t *testing.T) (saved, dropped int) {
	for who, id := range b.ids {
		p, err := b.desk.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		texts := []string{}
		for _, n := range p.Notes {
			texts = append(texts, n.Text(domain.Everything))
		}
		saved += len(texts)
		for _, d := range b.desk.drafts {
			if d.Participant == id {
				texts = append(texts, d.Fields["text"])
			}
		}
		for _, text := range texts {
			for word := range strings.FieldsSeq(text) {
				if word != fmt.Sprintf("for%d", who) {
					t.Errorf("%q stands in the record of %s\ntyped: %q", word, b.names[who], b.bytes)
				}
			}
		}
	}
	if want := strings.Count(b.bytes, "\x13"); saved < want {
		dropped = want - saved
		if !b.fails {
			t.Errorf("nothing failed, yet only %d of %d notes were saved\ntyped: %q", saved, want, b.bytes)
		}
	}
	return saved, dropped
}
