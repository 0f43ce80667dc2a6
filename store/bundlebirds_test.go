package store_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/storetest"
)

// TestNoCanaryInABundle lets every command that a coach may give write its words, in every
// scope, hands the person over, and reads at the other desk, with its own keys, every
// record and every row that came.
func TestNoCanaryInABundle(t *testing.T) {
	here, there := deskOf(t, 1, "Amina Yusuf", domain.Coach), deskOf(t, 2, "Bea Holt", domain.Coach)
	introduce(t, here, there)
	birds := &storetest.Birds{Dice: rand.New(rand.NewPCG(3, 9)), Today: here.Today(), Staff: []domain.ID{here.Who().ID}}
	p := domain.Participant{ID: here.NewID()}
	do := func(zero domain.Command) bool {
		_, err := here.Do(domain.Batch{ID: here.NewID(), Commands: []domain.Command{birds.Fill(zero, p)}})
		if err == nil {
			p = person(t, here, p.ID)
		}
		return err == nil
	}
	for joined := false; !joined; {
		joined = do(domain.Join{})
	}
	for range 2 {
		for _, c := range storetest.Commands {
			switch c.(type) {
			case domain.Undo, domain.Link, domain.TellApart:
				continue // nothing of them has words
			}
			for range 4 {
				if do(c) {
					break
				}
			}
		}
	}
	own, private := 0, 0
	for _, r := range p.Past() {
		if own++; r.Scope.Private() && bytes.Contains(r.Body, []byte(storetest.NoSee)) {
			private++
		}
	}
	if own < 60 || private < 10 {
		t.Fatalf("%d records, %d of them private: the test proves little", own, private)
	}
	take(t, there, pack(t, here, there, allOf(p.ID)...))
	came := person(t, there, p.ID)
	if n := len(came.Past()); n < own/2 {
		t.Fatalf("only %d of %d records came", n, own)
	}
	for _, r := range came.Past() {
		if r.Scope.Private() || bytes.Contains(r.Body, []byte(storetest.NoSee)) {
			t.Errorf("%s came, %s", r.Kind, r.Scope)
		}
	}
	rows, err := there.Rows()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if strings.Contains(row.Haystack(), storetest.NoSee) {
			t.Error("a row of the other desk tells what is private")
		}
	}
}
