package demo_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/demo"
)

var now = time.Date(2026, 11, 23, 9, 50, 0, 0, time.UTC)

// journal remembers in memory, by the same rules as a store.
type journal struct {
	past  map[domain.Subject][]domain.Record
	clock domain.Clock
	n     uint32
	last  time.Time
	log   string
}

func (j *journal) do(m demo.Moment) (domain.Receipt, error) {
	if m.At.After(now) {
		return domain.Receipt{}, fmt.Errorf("%s lies in the future", m.At)
	}
	if m.At.Before(j.last) {
		return domain.Receipt{}, fmt.Errorf("%s comes after %s", m.At, j.last)
	}
	j.last = m.At
	staff := demo.People()[m.By]
	by := domain.ID{15: byte(m.By + 1)}
	cal := calendar.New(calendar.EnglandAndWales, nil)
	out := domain.Receipt{Batch: m.Batch.ID}
	for _, c := range m.Batch.Commands {
		events, err := domain.Decide(c, j.past[c.For()], domain.Stamp{
			At: m.At, Today: calendar.Of(m.At), Calendar: &cal, By: by, Name: staff.Name, Role: staff.Role, Demo: true,
			New: func() domain.ID {
				j.n++
				return domain.ID{0: 9, 12: byte(j.n >> 24), 13: byte(j.n >> 16), 14: byte(j.n >> 8), 15: byte(j.n)}
			},
		})
		if err != nil {
			return out, fmt.Errorf("%T: %w", c, err)
		}
		j.clock = j.clock.After(m.At)
		for _, e := range events {
			r := domain.Record{Subject: c.For(), Seq: uint64(len(j.past[c.For()]) + 1), Command: m.Batch.ID, Time: j.clock, Day: calendar.Of(m.At), By: by, Role: staff.Role, Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e}
			j.past[c.For()] = append(j.past[c.For()], r)
			out.Records = append(out.Records, r)
			j.log += e.Kind() + e.Sentence()
		}
	}
	return out, nil
}

func tell(t testing.TB, seed uint64, people int) *journal {
	t.Helper()
	names, err := demo.Read(assets.Demo())
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{past: map[domain.Subject][]domain.Record{}}
	if err := demo.Tell(names, seed, people, now, j.do); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return j
}

func TestEveryStateIsTold(t *testing.T) {
	j := tell(t, 1, 30)
	states := map[domain.EscalationState]int{}
	results := map[domain.TriedResult]int{}
	outcomes := map[domain.Outcome]int{}
	expired, scopes := 0, map[domain.Scope]int{}
	cal := calendar.New(calendar.EnglandAndWales, nil)
	for about, past := range j.past {
		p := domain.Replay(about, past)
		for _, e := range p.Escalations {
			states[e.State]++
			results[e.Result]++
			if e.Expired(calendar.Of(now), domain.Waits{Accept: 2, Answer: 5}, &cal) {
				expired++
			}
		}
		for _, s := range p.Sessions {
			outcomes[s.Outcome]++
		}
		for _, n := range p.Notes {
			for _, part := range n.Parts {
				scopes[part.Scope]++
			}
		}
	}
	for _, s := range []domain.EscalationState{domain.EscalationDraft, domain.EscalationAsked, domain.EscalationAccepted, domain.EscalationReturned, domain.EscalationAnswered, domain.EscalationTried, domain.EscalationClosed, domain.EscalationWithdrawn} {
		if states[s] == 0 {
			t.Errorf("nobody's question is %s", s)
		}
	}
	for _, r := range domain.TriedResults {
		if results[r] == 0 {
			t.Errorf("no advice has the result %s", r)
		}
	}
	for _, o := range domain.Outcomes {
		if outcomes[o] == 0 {
			t.Errorf("no session %s", o)
		}
	}
	if expired == 0 || len(scopes) != len(domain.Scopes) {
		t.Errorf("%d expired, scopes %v", expired, scopes)
	}
}

func TestSeedsNeverBreakARule(t *testing.T) {
	seeds := uint64(50)
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		seeds = 10_000
	}
	for seed := range seeds {
		j := tell(t, seed, 12+int(seed%30))
		at := map[string]string{}
		for about, past := range j.past {
			p := domain.Replay(about, past)
			if p.Name() == "" || len(p.Fact(domain.FactNino)) > 0 && p.Fact(domain.FactNino)[:2] != "QQ" {
				t.Fatalf("seed %d: %q has number %q", seed, p.Name(), p.Fact(domain.FactNino))
			}
			if a, ok := p.NextAppointment(calendar.Of(now)); ok && a.Minute >= 0 {
				key := fmt.Sprint(a.Day, a.Minute)
				if other, taken := at[key]; taken {
					t.Fatalf("seed %d: %s and %s come at the same time, %s %s", seed, other, p.Name(), a.Day, calendar.Clock(a.Minute))
				}
				at[key] = p.Name()
			}
		}
	}
}

func TestTheSameSeedTellsTheSame(t *testing.T) {
	if a, b := tell(t, 7, 25), tell(t, 7, 25); a.log != b.log {
		t.Fatal("two tellings of one seed differ")
	}
	if a, b := tell(t, 7, 25), tell(t, 8, 25); a.log == b.log {
		t.Fatal("two seeds tell the same")
	}
}
