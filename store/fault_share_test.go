package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// competing is how many commands each process gives.
func competing() int { return rounds(20, 1000) }

// shared is how many people all processes write about, in turn.
const shared = 20

// childCompetes writes about people whom all write about. A store that stays in
// use is no loss: the same batch is submitted again.
func childCompetes(args []string) {
	var s *store.Store
	insist(func() (err error) {
		s, err = store.Open(args[0], storetest.Passphrase, realOptions())
		return err
	})
	var ids []domain.ID
	insist(func() (err error) {
		ids, err = s.Everyone()
		return err
	})
	for i := range competing() {
		b := domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: ids[i%shared], Text: fmt.Sprintf("%s.%d", args[1], i)}}}
		insist(func() error {
			_, err := s.Do(b)
			return err
		})
	}
	must(s.Close())
	tell("done")
}

// insist tries again for as long as a store is in use.
func insist(f func() error) {
	for began := time.Now(); ; tell("waited") {
		err := f()
		if err == nil {
			return
		}
		if !errors.Is(err, store.ErrInUse) || time.Since(began) > time.Minute {
			must(err)
		}
	}
}

// Two and ten processes write at once: nothing is lost, nothing doubled.
func TestFaultManyProcesses(t *testing.T) {
	for _, n := range []int{2, 10} {
		s, ids := fresh(t, shared)
		shut(t, s)
		var wg sync.WaitGroup
		waited := make([]int, n)
		for i := range n {
			wg.Go(func() {
				said := sayings(t, "compete", s.Path(), fmt.Sprint(i))
				if len(said["done"]) != 1 || len(said["failed"]) > 0 {
					t.Errorf("process %d of %d said %v", i, n, said)
				}
				waited[i] = len(said["waited"])
			})
		}
		wg.Wait()
		x := reopen(t, s.Path())
		count := map[string]int{}
		for _, id := range ids {
			p, err := x.Participant(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, note := range p.Notes {
				count[note.Text(domain.Everything)]++
			}
		}
		lost, doubled := 0, 0
		for i := range n {
			for j := range competing() {
				switch c := count[fmt.Sprintf("%d.%d", i, j)]; {
				case c == 0:
					lost++
				case c > 1:
					doubled++
				}
			}
		}
		if lost+doubled > 0 {
			t.Errorf("%d processes: %d notes are lost, %d doubled", n, lost, doubled)
		}
		storetest.Audit(t, x)
		shut(t, x)
		t.Logf("%d processes, %d commands each; gave up waiting and tried again: %v", n, competing(), waited)
	}
}
