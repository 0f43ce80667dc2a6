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

const competing = 20 // commands of each process

// childCompetes writes about one person whom all write about. A store that stays in
// use is no loss: the same batch is submitted again.
func childCompetes(args []string) {
	id, err := domain.ParseID(args[1])
	must(err)
	s := opened(args[0])
	for i := range competing {
		b := domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: id, Text: fmt.Sprintf("%s.%d", args[2], i)}}}
		began := time.Now()
		for {
			_, err := s.Do(b)
			if err == nil {
				break
			}
			if !errors.Is(err, store.ErrInUse) || time.Since(began) > time.Minute {
				must(err)
			}
			tell("waited")
		}
	}
	must(s.Close())
	tell("done")
}

// Two and ten processes write at once: nothing is lost, nothing doubled.
func TestFaultManyProcesses(t *testing.T) {
	for _, n := range []int{2, 10} {
		s, ids := fresh(t, 1)
		shut(t, s)
		var wg sync.WaitGroup
		waited := make([]int, n)
		for i := range n {
			wg.Go(func() {
				said := sayings(t, "compete", s.Path(), ids[0].String(), fmt.Sprint(i))
				if len(said["done"]) != 1 || len(said["failed"]) > 0 {
					t.Errorf("process %d of %d said %v", i, n, said)
				}
				waited[i] = len(said["waited"])
			})
		}
		wg.Wait()
		x := reopen(t, s.Path())
		p, err := x.Participant(ids[0])
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for _, note := range p.Notes {
			count[note.Text(domain.Everything)]++
		}
		for i := range n {
			for j := range competing {
				if c := count[fmt.Sprintf("%d.%d", i, j)]; c != 1 {
					t.Errorf("%d processes: note %d.%d is there %d times", n, i, j, c)
				}
			}
		}
		storetest.Audit(t, x)
		shut(t, x)
		t.Logf("%d processes, %d commands each; gave up waiting and tried again: %v", n, competing, waited)
	}
}
