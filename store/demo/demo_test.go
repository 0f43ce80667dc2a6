package demo_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"hash/fnv"
	"os"
	"slices"
	"testing"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/store/demo"
)

var (
	now = time.Date(2026, 11, 23, 9, 50, 0, 0, time.UTC)
	cal = calendar.New(calendar.EnglandAndWales, nil)
)

// journal remembers in memory, by the same rules as a store.
type journal struct {
	now   time.Time
	past  map[domain.Subject][]domain.Record
	clock domain.Clock
	n     uint64
	last  time.Time
	told  hash.Hash64 // of everything that was decided, in order; nil when nobody asks
}

func (j *journal) do(m demo.Moment) (domain.Receipt, error) {
	out := domain.Receipt{Batch: m.Batch.ID}
	if m.At.After(j.now) {
		return out, fmt.Errorf("%s lies in the future", m.At)
	}
	if m.At.Before(j.last) {
		return out, fmt.Errorf("%s comes after %s", m.At, j.last)
	}
	j.last = m.At
	staff := demo.People()[m.By]
	stamp := domain.Stamp{
		At: m.At, Today: calendar.Of(m.At), Calendar: &cal, By: domain.ID{15: byte(m.By + 1)}, Name: staff.Name, Role: staff.Role, Demo: true,
		Command: m.Batch.ID, New: func() (id domain.ID) {
			j.n++
			binary.BigEndian.PutUint64(id[8:], j.n)
			return id
		},
	}
	for _, c := range m.Batch.Commands {
		about := c.For()
		events, err := domain.Decide(c, j.past[about], stamp)
		if err != nil {
			return out, fmt.Errorf("%T: %w", c, err)
		}
		j.clock = j.clock.After(m.At)
		for _, e := range events {
			r := domain.Record{
				Subject: about, Seq: uint64(len(j.past[about]) + 1), Command: m.Batch.ID, Time: j.clock,
				Day: stamp.Today, By: stamp.By, Role: staff.Role, Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e,
			}
			j.past[about] = append(j.past[about], r)
			out.Records = append(out.Records, r)
			if j.told != nil {
				body, err := json.Marshal(e) // what pointers point at, not where
				if err != nil {
					return out, err
				}
				fmt.Fprintf(j.told, "%v %v %s %s\n", about.ID, m.At, e.Kind(), body)
			}
		}
	}
	return out, nil
}

func tell(t testing.TB, seed uint64, people int, now time.Time) *journal {
	t.Helper()
	names, err := demo.Read(assets.Demo())
	if err != nil {
		t.Fatal(err)
	}
	names.Staff = []domain.ID{{15: 1}, {15: 2}, {15: 3}} // as the journal says who did it
	j := &journal{now: now, past: map[domain.Subject][]domain.Record{}}
	if err := demo.Tell(names, seed, people, now, j.do); err != nil {
		t.Fatalf("seed %d, %d people, %s: %v", seed, people, now, err)
	}
	if len(j.past) != people {
		t.Fatalf("seed %d: %d people were told, not %d", seed, len(j.past), people)
	}
	return j
}

func TestEveryStateIsTold(t *testing.T) {
	for seed := range uint64(4) {
		everyState(t, tell(t, seed, 20, now), 20)
		everyState(t, tell(t, seed, 30, now), 30)
	}
}

func everyState(t *testing.T, j *journal, people int) {
	t.Helper()
	plans := map[string]int{}
	for about, past := range j.past {
		plansTold(domain.Replay(about, past), plans)
	}
	for _, want := range []string{"two versions", "a representative", "paused", "chased", "before the job", "the job has a date", "archived with a code", "their own words", "a target", "result worked", "result partly", "result no", "barrier without a step", "step without a date"} {
		if plans[want] == 0 {
			t.Errorf("of %d people nobody's plan shows: %s", people, want)
		}
	}
	states, scopes, results, outcomes := map[domain.EscalationState]int{}, map[domain.Scope]int{}, map[domain.TriedResult]int{}, map[domain.Outcome]int{}
	kinds, amended, rated, company := map[domain.SessionKind]int{}, 0, 0, 0
	expired := 0
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
			kinds[s.Kind]++
			if len(s.Versions) > 0 {
				amended |= 1
			}
			if s.Interpreter != "" {
				company |= 1
			}
			if len(s.Present) > 0 {
				company |= 2
			}
		}
		if len(p.Ratings) > 2 {
			rated++
		}
		for _, n := range p.Notes {
			if len(n.Amended) > 0 {
				amended |= 2
			}
			for _, part := range n.Parts {
				scopes[part.Scope]++
			}
		}
	}
	for _, s := range []domain.EscalationState{domain.EscalationDraft, domain.EscalationAsked, domain.EscalationAccepted, domain.EscalationReturned, domain.EscalationAnswered, domain.EscalationTried, domain.EscalationClosed, domain.EscalationWithdrawn} {
		if states[s] == 0 {
			t.Errorf("of %d people nobody's question is %s", people, s)
		}
	}
	for _, r := range domain.TriedResults {
		if results[r] == 0 {
			t.Errorf("of %d people no advice has the result %s", people, r)
		}
	}
	for _, o := range domain.Outcomes {
		if outcomes[o] == 0 && people >= 30 {
			t.Errorf("of %d people no session %s", people, o)
		}
	}
	for _, k := range domain.SessionKinds {
		if kinds[k] == 0 {
			t.Errorf("of %d people nobody had a session of the kind %s", people, k)
		}
	}
	if amended != 3 || rated == 0 || company != 3 {
		t.Errorf("of %d people amended %d, rated %d, company %d", people, amended, rated, company)
	}
	if expired == 0 || len(scopes) != len(domain.Scopes) {
		t.Errorf("of %d people %d expired, scopes %v", people, expired, scopes)
	}
}

// TestEveryKindOfHelpIsTold asks a caseload of the usual size for an example of every
// state of every kind, of what the person said, and of concerns.
func TestEveryKindOfHelpIsTold(t *testing.T) {
	for seed := range uint64(3) {
		seen := map[string]int{}
		for about, past := range tell(t, seed, 120, now).past {
			p := domain.Replay(about, past)
			for _, e := range p.Escalations {
				seen[e.Kind.String()+" "+string(e.State)]++
				if e.Widened != "" {
					seen["widened"]++
				}
				if len(e.Reviews) > 0 {
					seen["reviewed"]++
				}
			}
			for _, s := range p.Sessions {
				seen["session: "+s.Kind.String()]++
			}
			for _, c := range p.Concerns {
				seen[fmt.Sprintf("concern open %t", c.Open())]++
			}
		}
		for _, want := range []string{
			"three-way meeting asked", "three-way meeting accepted", "three-way meeting booked", "three-way meeting held", "three-way meeting closed",
			"direct support asked", "direct support accepted", "direct support agreed", "direct support declined", "direct support active", "direct support handed back", "direct support closed",
			"widened", "reviewed", "session: direct support", "session: three-way meeting", "concern open true", "concern open false",
		} {
			if seen[want] == 0 {
				t.Errorf("seed %d: nobody of 120 shows: %s", seed, want)
			}
		}
	}
}

// TestSeedsNeverBreakARule tells many caseloads, on ordinary and on awkward days and
// times; a command that is refused is an error.
func TestSeedsNeverBreakARule(t *testing.T) {
	seeds := uint64(300)
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		seeds = 10_000
	}
	for seed := range seeds {
		audit(t, tell(t, seed, 12, now), seed)
	}
	for i, at := range []time.Time{
		time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC), // a Sunday
		time.Date(2026, 12, 28, 0, 1, 0, 0, time.UTC),  // a bank holiday, just begun
		time.Date(2027, 1, 1, 23, 59, 0, 0, time.UTC),
		time.Date(2028, 2, 29, 17, 30, 0, 0, time.UTC),
		time.Date(2026, 4, 7, 12, 0, 0, 0, time.FixedZone("BST", 3600)), // after Easter
	} {
		for seed := range uint64(8) {
			audit(t, tell(t, seed, 8+int(seed)*9, at), uint64(i))
		}
	}
	for people := range 30 {
		audit(t, tell(t, 1, people, now), 1)
	}
}

// changes counts how often appointments of somebody were moved.
func (j *journal) changes(name string) (n int) {
	for about, past := range j.past {
		if p := domain.Replay(about, past); p.Name() == name {
			for _, a := range p.Appointments {
				n += a.Changes
			}
		}
	}
	return n
}

// The diary of the demonstration has what a diary can have.
func TestTheDiaryIsTold(t *testing.T) {
	for seed := range uint64(3) {
		moved, cancelled, unsettled := 0, 0, 0
		var rows []domain.Row
		for about, past := range tell(t, seed, 120, now).past {
			p := domain.Replay(about, past)
			for _, a := range p.Appointments {
				moved += a.Changes
				if a.State == domain.AppointmentCancelled {
					cancelled++
				}
			}
			rows = append(rows, p.Row())
		}
		var desk []domain.Record
		for _, c := range demo.Desk(domain.ID{15: 9}, calendar.Of(now)) {
			events, err := domain.Decide(c, desk, domain.Stamp{Today: calendar.Of(now).AddMonths(-24), Role: domain.Coach, New: func() domain.ID { return domain.ID{15: byte(len(desk) + 1)} }})
			if err != nil {
				t.Fatal(err)
			}
			desk = append(desk, domain.Record{Command: domain.ID{15: byte(len(desk) + 1)}, Role: domain.Coach, Event: events[0]})
		}
		d := domain.NewDiary(rows).At(domain.ReplayDesk(desk), domain.Figures{domain.FigureOpens: {Value: 9 * 60}, domain.FigureCloses: {Value: 17 * 60}}, &cal)
		unsettled = len(d.Unsettled(calendar.Of(now), 10*60, domain.ID{}))
		conflicts := map[domain.ConflictKind]int{}
		for _, booked := range d.Taken {
			for _, c := range d.Conflicts(booked) {
				conflicts[c.Kind]++
			}
		}
		if len(d.Breaks) != 3 || moved == 0 || cancelled == 0 || unsettled == 0 || conflicts[domain.TwoAtOnce] != 2 {
			t.Errorf("seed %d: %d breaks, %d moved, %d cancelled, %d unsettled, conflicts %v", seed, len(d.Breaks), moved, cancelled, unsettled, conflicts)
		}
	}
}

// audit looks at a caseload as a coach would who trusts nothing.
func audit(t *testing.T, j *journal, seed uint64) {
	t.Helper()
	at, both := map[string]string{}, map[string]bool{}
	for about, past := range j.past {
		p := domain.Replay(about, past)
		if nino := p.Fact(domain.FactNino); p.Name() == "" || nino != "" && nino[:2] != "QQ" {
			t.Fatalf("seed %d: %q has number %q", seed, p.Name(), nino)
		}
		for _, a := range p.Appointments {
			key := fmt.Sprint(p.Fact(domain.FactCoach), a.Day, a.Minute)
			if other, taken := at[key]; taken {
				if coach := p.Fact(domain.FactCoach); !both[coach] && a.Changes+j.changes(other) > 0 {
					both[coach] = true // the one of each coach that shows a conflict
					continue
				}
				t.Fatalf("seed %d: %s and %s come at the same time, %s %s", seed, other, p.Name(), a.Day, calendar.Clock(a.Minute))
			}
			at[key] = p.Name()
			if a.Minute < 9*60 || a.Minute > 16*60+40 {
				t.Fatalf("seed %d: %s comes at %s", seed, p.Name(), calendar.Clock(a.Minute))
			}
		}
	}
}

func TestTheSameSeedTellsTheSame(t *testing.T) {
	sum := func(seed uint64) uint64 {
		names, err := demo.Read(assets.Demo())
		if err != nil {
			t.Fatal(err)
		}
		names.Staff = []domain.ID{{15: 1}, {15: 2}, {15: 3}}
		j := &journal{now: now, past: map[domain.Subject][]domain.Record{}, told: fnv.New64a()}
		if err := demo.Tell(names, seed, 125, now, j.do); err != nil {
			t.Fatal(err)
		}
		return j.told.Sum64()
	}
	if sum(7) != sum(7) {
		t.Error("two tellings of one seed differ")
	}
	if sum(7) == sum(8) {
		t.Error("two seeds tell the same")
	}
}

// TestTheQueueIsBelievable counts who needs the coach of 120 people, by the rules
// that the program carries.
func TestTheQueueIsBelievable(t *testing.T) {
	q := queue(t)
	for seed := range uint64(5) {
		today, first, needed, inWork := 0, 0, 0, 0
		for about, past := range tell(t, seed, 120, now).past {
			r := domain.Replay(about, past).Row()
			if next, ok := r.Next(q.Today); ok && next.Day == q.Today {
				today++
			}
			why := q.Reasons(r)
			if len(why) > 0 {
				needed++
			}
			if slices.ContainsFunc(why, func(x domain.Reason) bool { return x.Urgent || x.Rule == "appointment-today" }) {
				first++
			}
			if r.Fact(domain.FactEmployment) == "employed" {
				inWork++
			}
		}
		if today < 9 || today > 14 || first > 22 || needed < 14 || needed > 32 || inWork < 5 {
			t.Errorf("seed %d: %d come today, %d stand under Today, %d have a reason, %d are in work", seed, today, first, needed, inWork)
		}
	}
}

func queue(t *testing.T) domain.Queue {
	t.Helper()
	raw, err := os.ReadFile("../../assets/queue.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Rules []domain.Rule `json:"rules"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	rules := domain.Rules{}
	for _, r := range file.Rules {
		rules[r.Key] = r
	}
	nation := calendar.EnglandAndWales
	known, err := catalogue.Read(assets.Sources(), assets.Programmes())
	if err != nil {
		t.Fatal(err)
	}
	return domain.Queue{
		Me: domain.ID{15: 1}, Catalogue: known, Today: calendar.Of(now), Minute: now.Hour()*60 + now.Minute(), Rules: rules,
		Nation: nation, Calendars: map[calendar.Nation]*calendar.Calendar{nation: &cal},
	}
}

// BenchmarkTell tells ten thousand lives to somebody who only decides.
func BenchmarkTell(b *testing.B) {
	for b.Loop() {
		tell(b, 1, 10_000, now)
	}
}

// plansTold counts what a plan shows.
func plansTold(p domain.Participant, told map[string]int) {
	tell := func(what string, is bool) {
		if is {
			told[what]++
		}
	}
	_, paused := p.Plan.Paused(calendar.Of(now))
	tell("paused", paused)
	tell("two versions", p.Plan.Version() == 2 && len(domain.Changes(p.PlanAt(1), p.PlanAt(2))) > 0)
	tell("the job has a date", p.Fact(domain.FactJobStart) != "")
	for _, a := range p.Plan.Agreed {
		tell("a representative", a.Giver == domain.GivenByRepresentative)
	}
	for _, s := range p.Plan.Steps {
		tell("chased", s.Open() && s.LastChase().Answer == domain.ChaseSilent)
		tell("before the job", s.Before == domain.BeforeJob && p.Fact(domain.FactJobStart) == "")
		tell("result "+string(s.Result), s.Result != "" && !s.Barrier.IsZero())
	}
	for _, g := range p.Plan.Goals {
		tell("archived with a code", g.Status == domain.GoalArchived && g.Code != "")
		tell("their own words", g.Outcome != "")
		tell("a target", !g.Target.IsZero())
	}
	for _, h := range p.Hints(calendar.Of(now), domain.Reviewing{}) {
		tell(string(h.Kind), true)
	}
}

// A step of the coach that came after the one of a provider is not chased in its place.
func TestOnlyStepsOfOthersAreChased(t *testing.T) {
	tell(t, 3, 125, now)
}
