package demo_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestEveryStateInWorkIsTold holds that the demonstration shows each state on the way into
// work and through it, and what goes wrong there.
func TestEveryStateInWorkIsTold(t *testing.T) {
	rules := domain.WorkRules{Spare: 1, Counters: []domain.CounterRule{{Key: "k", Hours: 7, Weeks: 13, Of: 16, Default: true}}}
	today := calendar.Of(now)
	for seed := range uint64(3) {
		states, more := map[domain.WorkState]int{}, map[string]int{}
		for about, past := range tell(t, seed, 120, now).past {
			p := domain.Replay(about, past)
			w := p.WorkRow()
			states[w.State(rules, today)]++
			for _, st := range w.Counters(rules.Counters, today) {
				if st.AtRisk(rules.Spare) {
					more["a counter at risk"]++
				}
			}
			if a, away := p.InWork.Absent(today); away && a.Checked.IsZero() {
				more["an absence that nobody looked at"]++
			}
			if _, ok := p.InWork.Return(); ok {
				more["a graduated return"]++
			}
			if len(p.InWork.Weeks) > 52 {
				more["a full year of marks"]++
			}
			for _, a := range p.InWork.Promised {
				more["an adjustment at work: "+string(a.Settled)]++
			}
			if len(p.InWork.Contacts) > 0 {
				more["a talk with an employer"]++
			}
		}
		for _, st := range domain.WorkStates {
			if states[st] == 0 {
				t.Errorf("seed %d: nobody is %q", seed, st)
			}
		}
		for _, what := range []string{"a counter at risk", "an absence that nobody looked at", "a graduated return", "a full year of marks", "an adjustment at work: ", "an adjustment at work: kept", "an adjustment at work: no longer needed", "a talk with an employer"} {
			if more[what] == 0 {
				t.Errorf("seed %d: nobody has %s", seed, what)
			}
		}
	}
}
