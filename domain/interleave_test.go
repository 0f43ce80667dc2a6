package domain_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/storetest"
)

// apartDesk is one of two desks that write on one person and meet now and then.
type apartDesk struct {
	id    domain.DeskID
	known []domain.Record
	clock domain.Clock
	seq   uint64
}

// spoken is a word that somebody wrote, with where it stands.
type spoken struct {
	word, field string
	item        domain.ID
	r           domain.Record
	knew        map[domain.DeskID]uint64
}

// story is what two desks did.
type story struct {
	dice   *rand.Rand
	desks  [2]*apartDesk
	n      int
	spoken []spoken
	said   map[string]int // commands that were carried out, by type
}

func (s *story) word() string {
	s.n++
	return fmt.Sprintf("word%dz", s.n)
}

// command is something that a coach may do with the plan as their desk knows it. It
// returns the words that must not be lost, by field.
func (s *story) command(p domain.Participant) (domain.ParticipantCommand, string, domain.ID) {
	var goal, step, barrier, promise domain.ID
	if n := len(p.Plan.Goals); n > 0 {
		goal = p.Plan.Goals[s.dice.IntN(n)].ID
	}
	if n := len(p.Plan.Steps); n > 0 {
		step = p.Plan.Steps[s.dice.IntN(n)].ID
	}
	if n := len(p.Barriers); n > 0 {
		barrier = p.Barriers[s.dice.IntN(n)].ID
	}
	if n := len(p.Promises); n > 0 {
		promise = p.Promises[s.dice.IntN(n)].ID
	}
	due := today + calendar.Day(s.dice.IntN(40))
	w := s.word()
	status := pickOne(s.dice, domain.StepStatuses)
	before := pickOne(s.dice, append([]domain.Anchor{""}, domain.Anchors...))
	switch s.dice.IntN(17) {
	case 0:
		return domain.SetGoal{Participant: pat, Text: w, Target: due}, "text", domain.ID{}
	case 1, 2:
		return domain.AddStep{Participant: pat, Goal: goal, Barrier: barrier, Owner: pickOne(s.dice, domain.Owners), Text: w, Due: due}, "text", domain.ID{}
	case 3, 4, 5:
		return domain.ChangeStep{Participant: pat, Step: step, Status: &status, Reason: w}, "reason", step
	case 6:
		return domain.ChangeStep{Participant: pat, Step: step, Due: &due}, "", step
	case 7:
		return domain.ChangeStep{Participant: pat, Step: step, Before: &before}, "", step
	case 8:
		return domain.ChangeStep{Participant: pat, Step: step, Result: &[]domain.TriedResult{domain.ResultNo, domain.ResultWorked}[s.dice.IntN(2)], Owner: &[]domain.Owner{domain.ByCoach, domain.ByProvider}[s.dice.IntN(2)]}, "", step
	case 9:
		return domain.ChaseStep{Participant: pat, Step: step, Answer: pickOne(s.dice, domain.ChaseAnswers), Comment: w}, "comment", step
	case 10, 11:
		return domain.CloseGoal{Participant: pat, Goal: goal, Status: []domain.GoalStatus{domain.GoalAchieved, domain.GoalArchived, domain.GoalActive}[s.dice.IntN(3)], Outcome: w}, "outcome", goal
	case 12:
		return domain.AimGoal{Participant: pat, Goal: goal, Target: due}, "", goal
	case 13:
		if s.dice.IntN(2) == 0 {
			return domain.NoteBarrier{Participant: pat, Text: w}, "text", domain.ID{}
		}
		return domain.ResolveBarrier{Participant: pat, Barrier: barrier, Result: w}, "result", barrier
	case 14:
		if s.dice.IntN(2) == 0 {
			return domain.PausePlan{Participant: pat, Reason: w, Until: due + 1}, "pause", domain.ID{}
		}
		return domain.ResumePlan{Participant: pat}, "", domain.ID{}
	case 15:
		return domain.AgreePlan{Participant: pat, How: domain.ByPhone, Present: []string{w}}, "present", domain.ID{}
	default:
		if s.dice.IntN(3) == 0 {
			return domain.Undo{Participant: pat}, "", domain.ID{}
		}
		if promise.IsZero() || s.dice.IntN(2) == 0 {
			return domain.MakePromise{Participant: pat, Owner: domain.ByCoach, Text: w, Due: due}, "text", domain.ID{}
		}
		return domain.SettlePromise{Participant: pat, Promise: promise, Status: []domain.PromiseStatus{domain.PromiseKept, domain.PromiseBroken}[s.dice.IntN(2)]}, "", promise
	}
}

func pickOne[T any](dice *rand.Rand, list []T) T { return list[dice.IntN(len(list))] }

// act has a desk do one thing.
func (s *story) act(d *apartDesk) {
	p := domain.Replay(domain.About(pat), d.known)
	c, field, item := s.command(p)
	word := fmt.Sprintf("word%dz", s.n)
	by := domain.ID{15: d.id[0]}
	st := stamp(domain.Coach)
	st.By = by
	st.New = func() (id domain.ID) {
		s.n++
		binary.BigEndian.PutUint64(id[8:], uint64(s.n)+1000)
		return id
	}
	events, err := domain.DecideOn(c, p, st)
	if err != nil {
		return
	}
	s.said[reflect.TypeOf(c).Name()]++
	knew := map[domain.DeskID]uint64{}
	for _, r := range d.known {
		d.clock = max(d.clock, r.Time)
		knew[r.Desk] = max(knew[r.Desk], r.Seq)
	}
	d.clock += domain.Clock(1 + s.dice.IntN(5))
	batch := st.New()
	for _, e := range events {
		d.seq++
		r := domain.Record{Subject: domain.About(pat), Desk: d.id, Seq: d.seq, Command: batch, Time: d.clock, Day: today, By: by, Role: domain.Coach, Kind: e.Kind(), Event: e}
		d.known = append(d.known, r)
		if field != "" && strings.Contains(fmt.Sprintf("%+v", e), word) {
			s.spoken = append(s.spoken, spoken{word, field, item, r, knew})
		} else if s.supersedes(e) {
			s.spoken = append(s.spoken, spoken{"", fieldOf(e), item, r, knew})
		}
	}
	domain.Sort(d.known)
}

// supersedes reports whether an event says anew what another may have said in words.
func (s *story) supersedes(e domain.Event) bool { return fieldOf(e) != "" }

func fieldOf(e domain.Event) string {
	switch e := e.(type) {
	case domain.GoalClosed:
		return "outcome"
	case domain.StepChanged:
		if e.Reason != "" {
			return "reason"
		}
	}
	return ""
}

// meet brings to one desk what the other knows.
func meet(from, to *apartDesk) {
	for _, r := range from.known {
		if !slices.ContainsFunc(to.known, func(x domain.Record) bool { return x.Desk == r.Desk && x.Seq == r.Seq }) {
			to.known = append(to.known, r)
		}
	}
	domain.Sort(to.known)
}

// TestAnyInterleavingOfTwoDesksAgrees tells many stories of two desks that plan apart,
// and merges them in any order: the record is the same, and nobody's words are lost but
// where somebody who knew them said something else.
func TestAnyInterleavingOfTwoDesksAgrees(t *testing.T) {
	said := map[string]int{}
	for seed := range uint64(400) {
		s := &story{dice: rand.New(rand.NewPCG(seed, 4)), said: said}
		root := past(joined)
		for i := range s.desks {
			s.desks[i] = &apartDesk{id: domain.DeskID{byte(i + 1)}, known: slices.Clone(root), clock: root[0].Time + domain.Clock(s.dice.IntN(40))}
		}
		for range 60 {
			s.act(s.desks[s.dice.IntN(2)])
			if s.dice.IntN(12) == 0 {
				meet(s.desks[0], s.desks[1])
			}
			if s.dice.IntN(12) == 0 {
				meet(s.desks[1], s.desks[0])
			}
		}
		meet(s.desks[0], s.desks[1])
		meet(s.desks[1], s.desks[0])
		p := domain.Replay(domain.About(pat), s.desks[0].known)
		for range 3 {
			all := slices.Clone(s.desks[1].known)
			s.dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			domain.Sort(all)
			if q := domain.Replay(domain.About(pat), all); !reflect.DeepEqual(p, q) || !reflect.DeepEqual(p.Row(), q.Row()) {
				t.Fatalf("seed %d: the order of merging matters", seed)
			}
		}
		s.nothingLost(t, seed, p)
		storetest.SharedAlone(t, domain.About(pat), p.Past())
		for v := range p.Plan.Agreed {
			p.PlanAt(v + 1) // never fails
		}
	}
	for _, c := range []domain.Command{domain.SetGoal{}, domain.CloseGoal{}, domain.AimGoal{}, domain.AddStep{}, domain.ChangeStep{}, domain.ChaseStep{}, domain.PausePlan{}, domain.ResumePlan{}, domain.AgreePlan{}, domain.ResolveBarrier{}, domain.SettlePromise{}, domain.Undo{}} {
		if name := reflect.TypeOf(c).Name(); said[name] < 100 {
			t.Errorf("%s happened %d times only", name, said[name])
		}
	}
}

func (s *story) nothingLost(t *testing.T, seed uint64, p domain.Participant) {
	t.Helper()
	undone := domain.Undone(p.Past())
	text := fmt.Sprintf("%+v %+v %+v", p.Plan, p.Barriers, p.Promises)
	gone := func(sp spoken) bool { // what it is about was undone, or said anew by somebody who knew
		if undone[sp.r.Command] {
			return true
		}
		for _, later := range s.spoken {
			if later.item == sp.item && later.field == sp.field && !sp.item.IsZero() && !undone[later.r.Command] && sp.r.Before(later.r) < 0 &&
				(later.r.Desk == sp.r.Desk || later.knew[sp.r.Desk] >= sp.r.Seq) {
				return true
			}
		}
		return false
	}
	for _, sp := range s.spoken {
		if sp.word != "" && !strings.Contains(text, sp.word) && !gone(sp) {
			t.Fatalf("seed %d: %q, the %s of %s, is lost: %+v", seed, sp.word, sp.field, sp.item, sp.r.Event)
		}
	}
}
