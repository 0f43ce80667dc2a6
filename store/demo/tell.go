package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Moment is one thing that somebody at the desk does at a time.
type Moment struct {
	At    time.Time
	By    int // a place in [People]
	Batch domain.Batch
}

// Tell has the stories of so many people happen, in the order of time, none later
// than now. It gives each moment to do and learns from the receipts what came of
// it. It returns do's first error.
func Tell(names Names, seed uint64, people int, now time.Time, do func(Moment) (domain.Receipt, error)) error {
	cal := calendar.New(calendar.EnglandAndWales, nil)
	t := &teller{names: names, now: now, today: calendar.Of(now), dice: rand.New(rand.NewPCG(seed, 0x5eed)), days: &cal, diary: diary{}, called: map[string]bool{}, twoAtOnce: map[int]domain.Booking{}}
	stories := t.dice.Perm(len(names.Stories))
	for i, f := range t.fates(people) {
		t.live(i, f, names.Stories[stories[i%len(stories)]])
	}
	slices.SortStableFunc(t.plot, func(a, b scene) int { return a.at.Compare(b.at) })
	for i, s := range t.plot {
		t.plot[i] = scene{} // what is told is forgotten: ten thousand lives are many
		commands := s.what(s.who)
		if len(commands) == 0 {
			continue
		}
		r, err := do(Moment{At: s.at, By: s.by, Batch: domain.Batch{ID: t.id(s.at), Commands: commands}})
		if err != nil {
			return fmt.Errorf("%s, %s: %w", s.who.name, s.at.Format(time.DateTime), err)
		}
		s.who.learn(r)
	}
	return nil
}

// scene is a moment that is not decided yet: what happens depends on what came of
// those before it.
type scene struct {
	at   time.Time
	by   int
	who  *life
	what func(*life) []domain.Command
}

type teller struct {
	names  Names
	now    time.Time
	today  calendar.Day
	dice   *rand.Rand
	days   *calendar.Calendar
	diary  diary
	called map[string]bool
	plot   []scene
	// twoAtOnce is, for each coach, the time that another appointment is moved to; zero
	// once one was.
	twoAtOnce map[int]domain.Booking

	referred int // how many were looked at for a referral

	planned int // how many plans were looked at for one more thing
	inWork  int // how many were looked at for work

	questioned bool // an escalation was handed to the adviser

	needy int // how many need the coach already, and how many do not
	mild  int
	fine  int
}

// id makes an ID from the teller's dice, so that the same seed makes the same ones.
func (t *teller) id(at time.Time) domain.ID {
	var b [10]byte
	for i := range b {
		b[i] = byte(t.dice.UintN(256))
	}
	return domain.NewID(at, b)
}

// chance is true so many times in a hundred.
func (t *teller) chance(percent int) bool { return t.dice.IntN(100) < percent }

func (t *teller) scene(l *life, at time.Time, by int, what func(*life) []domain.Command) {
	t.plot = append(t.plot, scene{at, by, l, what})
}

// life is one person, and the items of theirs that scenes refer to.
type life struct {
	id       domain.ID
	name     string
	coach    int // whose case it is: the place in the office
	story    Story
	open     []owed // promises and steps that nobody settled yet
	asks     []domain.ID
	barriers []domain.ID
	goal     domain.ID
	signpost domain.ID
	sent     domain.ID // the last referral, and the consent to it
	consent  domain.ID
	concern  domain.ID
	last     domain.ID // the last batch
	next     domain.Booking
	booked   domain.ID // the last appointment
	nth      int       // of all lives
	note     domain.ID // the last note
	talk     domain.ID // the last session, and how it was held
	held     domain.Account
	job      domain.ID // the last job, the last absence, and what was promised at work
	away     domain.ID
	promised []domain.ID
	place    int // among those who need the coach already, or among the others; -1: none
	needs    bool
	support  domain.ID // the last support, application and offered case
	applied  domain.ID
	offer    domain.ID
	handed   domain.ID // the last handover
}

// owed is a promise or a step.
type owed struct {
	id     domain.ID
	step   bool
	chased bool // a step of somebody outside
	linked bool // it answers a barrier
}

// learn remembers the items that a receipt brought.
func (l *life) learn(r domain.Receipt) {
	l.last = r.Batch
	for _, rec := range r.Records {
		l.learnWork(rec.Event)
		l.learnMoving(rec.Event)
		l.learnHanding(rec.Event)
		switch e := rec.Event.(type) {
		case domain.Noted:
			l.note = e.ID
		case domain.SessionHeld:
			l.talk = e.ID
			l.held = domain.Account{Outcome: e.Outcome, Length: e.Length, Channel: e.Channel, MovedBy: e.MovedBy, Kind: e.For, Present: e.Present, Interpreter: e.Interpreter}
		case domain.StepAdded:
			l.open = append(l.open, owed{e.ID, true, e.Owner.Chased(), !e.Barrier.IsZero()})
		case domain.Promised:
			l.open = append(l.open, owed{id: e.ID})
		case domain.QuestionDrafted:
			l.asks = append(l.asks, e.ID)
		case domain.Asked:
			if !slices.Contains(l.asks, e.ID) {
				l.asks = append(l.asks, e.ID)
			}
		case domain.BarrierNoted:
			l.barriers = append(l.barriers, e.ID)
		case domain.Signposted:
			l.signpost = e.ID
		case domain.Referred:
			l.sent = e.ID
		case domain.ReferralDrafted:
			l.sent = e.ID
		case domain.ConsentGiven:
			l.consent = e.ID
		case domain.GoalSet:
			l.goal = e.ID
		case domain.Booked:
			l.booked = e.ID
		case domain.ConcernRaised:
			l.concern = e.ID
		}
	}
}

func pick[T any](dice *rand.Rand, list []T) T { return list[dice.IntN(len(list))] }

func itoa(n int) string { return strconv.Itoa(n) }

func lower(s string) string { return strings.ToLower(s) }
