package domain_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

// apart is one of two desks that work on one record without seeing each other.
type apart struct {
	desk  domain.DeskID
	past  []domain.Record
	clock domain.Clock
	seq   uint64
	new   func() domain.ID
}

// do has somebody submit a command; a refusal is as good as anything.
func (a *apart) do(c domain.Command, by domain.ID, role domain.Role, batch domain.ID) bool {
	s := stamp(role)
	s.By, s.New = by, a.new
	events, err := domain.Decide(c, a.past, s)
	if err != nil {
		return false
	}
	a.clock = a.clock.After(monday)
	for _, e := range events {
		a.seq++
		a.past = append(a.past, domain.Record{
			Subject: domain.About(pat), Desk: a.desk, Seq: a.seq, Command: batch, Time: a.clock, Day: today, By: by, Role: role,
			Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e,
		})
	}
	return true
}

// meet gives a desk what another one wrote.
func (a *apart) meet(o *apart) {
	for _, r := range o.past {
		if !slices.ContainsFunc(a.past, func(m domain.Record) bool { return m.Desk == r.Desk && m.Seq == r.Seq }) {
			a.past = append(a.past, r)
		}
	}
	domain.Sort(a.past)
	a.clock = max(a.clock, o.clock)
}

// TestTwoDesksApart lets two desks do whatever they may about the questions of one
// person, now and then meeting. Whoever merges the records, in whatever order, comes to
// the same record, and every word that anybody wrote is in it.
func TestTwoDesksApart(t *testing.T) {
	reached := map[domain.EscalationState]int{}
	crossedOnce := 0
	for seed := range uint64(400) {
		dice := rand.New(rand.NewPCG(seed, 7))
		n := 0
		id := func() domain.ID { n++; return domain.ID{13: 1, 14: byte(n >> 8), 15: byte(n)} }
		first, second := &apart{desk: domain.DeskID{1}, new: id}, &apart{desk: domain.DeskID{2}, new: id}
		first.do(domain.Join{ID: pat, Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor"}}, amina, domain.Coach, id())
		second.meet(first)
		var said []string
		for step := range 40 {
			d := first
			if dice.IntN(2) == 0 {
				d = second
			}
			word := fmt.Sprintf("w%dx%d.", seed, step)
			c, role := anyCommand(dice, domain.Replay(domain.About(pat), d.past), word)
			by := amina
			if role == domain.Adviser {
				by = domain.ID{14: 3, 15: byte(dice.IntN(2))}
			}
			before := len(d.past)
			if d.do(c, by, role, id()) && written(d.past[before:], word) {
				said = append(said, word)
			}
			if dice.IntN(6) == 0 {
				first.meet(second)
				second.meet(first)
			}
		}
		all := slices.Concat(first.past, second.past)
		domain.Sort(all)
		all = slices.CompactFunc(all, func(a, b domain.Record) bool { return a.Desk == b.Desk && a.Seq == b.Seq })
		want := domain.Replay(domain.About(pat), all)
		for range 3 {
			mixed := slices.Clone(all)
			dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			domain.Sort(mixed)
			if got := domain.Replay(domain.About(pat), mixed); !reflect.DeepEqual(got.Escalations, want.Escalations) || !reflect.DeepEqual(got.Row(), want.Row()) {
				t.Fatalf("seed %d: two merges tell two stories", seed)
			}
		}
		text := fmt.Sprintf("%+v", want.Escalations) + fmt.Sprintf("%+v", want.Plan.Steps)
		for _, w := range said {
			if !strings.Contains(text, w) {
				t.Errorf("seed %d: %q was written and is not in the record", seed, w)
			}
		}
		for _, e := range want.Escalations {
			reached[e.State]++
			for _, en := range e.Thread {
				if en.Met != "" {
					crossedOnce++
				}
			}
			if e.State == domain.EscalationActive && !e.Agreement().Yes {
				t.Errorf("seed %d: support is active without the person's agreement", seed)
			}
		}
	}
	// A walk that reached little would prove little.
	for _, s := range []domain.EscalationState{domain.EscalationAsked, domain.EscalationAccepted, domain.EscalationReturned, domain.EscalationAnswered, domain.EscalationTried, domain.EscalationBooked, domain.EscalationHeld, domain.EscalationAgreed, domain.EscalationDeclined, domain.EscalationActive, domain.EscalationHandedBack, domain.EscalationClosed, domain.EscalationWithdrawn} {
		if reached[s] == 0 {
			t.Errorf("nothing ended as %s", s)
		}
	}
	if crossedOnce < 100 {
		t.Errorf("only %d things crossed", crossedOnce)
	}
}

// written reports whether records hold a word.
func written(rs []domain.Record, word string) bool {
	return slices.ContainsFunc(rs, func(r domain.Record) bool { return strings.Contains(fmt.Sprintf("%+v", r.Event), word) })
}

// anyCommand makes something that somebody may want to do just now, on the newest
// questions rather than the oldest.
func anyCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	kind := domain.EscalationKinds[dice.IntN(3)]
	if len(p.Escalations) == 0 || dice.IntN(12) == 0 {
		return domain.Ask{Participant: pat, Question: w, Tried: w, Kind: kind}, domain.Coach
	}
	x := p.Escalations[len(p.Escalations)-1-dice.IntN(min(2, len(p.Escalations)))]
	e := x.ID
	agree := domain.Agree{Yes: dice.IntN(4) > 0, Giver: domain.GivenByPerson, How: domain.ByPhone, Reason: w}
	adviser := []domain.Command{
		domain.Accept{Participant: pat, Escalation: e},
		domain.Return{Participant: pat, Escalation: e, Need: w},
		domain.Answer{Participant: pat, Escalation: e, Text: w},
		domain.TurnInto{Participant: pat, Escalation: e, Kind: kind, Reason: w},
		domain.BookMeeting{Participant: pat, Escalation: e, Booking: domain.Booking{Day: today + 1, Minute: 540 + 20*dice.IntN(20)}, Reason: w},
		domain.TakeOn{Participant: pat, Escalation: e, Reason: w, Agree: agree},
		domain.TakeOn{Participant: pat, Escalation: e, Reason: w},
		domain.ReviewSupport{Participant: pat, Escalation: e, Text: w},
		domain.HandBack{Participant: pat, Escalation: e, Text: w},
		domain.RecordSession{Participant: pat, Outcome: domain.Outcomes[dice.IntN(3)], Escalation: e, Kind: x.Kind.Session()},
		domain.Say{Participant: pat, Escalation: e, Text: w},
	}
	coach := []domain.Command{
		domain.Ask{Participant: pat, Escalation: e, Question: w, Kind: kind},
		domain.AskAgain{Participant: pat, Escalation: e, Text: w},
		domain.AskAgain{Participant: pat, Escalation: e, To: w},
		domain.RecordAgreement{Participant: pat, Escalation: e, Agree: agree},
		domain.TellPerson{Participant: pat, Escalation: e, How: domain.ByPhone},
		domain.TellResult{Participant: pat, Escalation: e, Result: domain.ResultPartly, Comment: w},
		domain.EndEscalation{Participant: pat, Escalation: e, Reason: w},
		domain.Say{Participant: pat, Escalation: e, Text: w},
		domain.TakeAnswer{Participant: pat, Escalation: e},
	}
	if dice.IntN(3) > 0 {
		return adviser[dice.IntN(len(adviser))], domain.Adviser
	}
	for _, a := range p.Appointments {
		if a.State == domain.AppointmentBooked && dice.IntN(4) == 0 {
			return domain.CancelAppointment{Participant: pat, Appointment: a.ID}, domain.Coach
		}
	}
	return coach[dice.IntN(len(coach))], domain.Coach
}
