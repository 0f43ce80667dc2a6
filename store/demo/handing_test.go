package demo_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/store/storetest"
)

// TestHandoversAreTold: a caseload of the usual size shows every state of a handover, and
// what a colleague would get of anybody, without what is private, is the same case.
func TestHandoversAreTold(t *testing.T) {
	for seed := range uint64(3) {
		j := tell(t, seed, 120, now)
		told := map[string]int{}
		for about, past := range j.past {
			p := domain.Replay(about, past)
			for _, h := range p.Handovers {
				told[string(h.Kind)+" "+string(h.State())]++
				if _, says := p.Cover(); says {
					told["covered"]++
				}
			}
			if seed == 0 {
				storetest.SharedAlone(t, about, past)
			}
		}
		for _, want := range []string{"cover unanswered", "cover question", "cover taken", "cover not taken", "cover called back", "cover ended", "transfer taken", "copy to know", "question unanswered", "covered"} {
			if told[want] == 0 {
				t.Errorf("seed %d: no handover is %q: %v", seed, want, told)
			}
		}
	}
}
