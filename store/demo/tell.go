package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
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

// Tell has the stories of so many people happen, in the order of time, all before
// now. It gives each moment to do and learns from the receipts what came of it. It
// returns do's first error.
func Tell(names Names, seed uint64, people int, now time.Time, do func(Moment) (domain.Receipt, error)) error {
	t := &teller{names: names, now: now, today: calendar.Of(now), dice: rand.New(rand.NewPCG(seed, 0x5eed)), slots: map[calendar.Day]int{}}
	for i := range people {
		t.live(i)
	}
	slices.SortStableFunc(t.plot, func(a, b scene) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	for _, s := range t.plot {
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
	names Names
	now   time.Time
	today calendar.Day
	dice  *rand.Rand
	plot  []scene
	slots map[calendar.Day]int // taken, by day
}

// id makes an ID from the teller's dice, so that the same seed makes the same ones.
func (t *teller) id(at time.Time) domain.ID {
	var b [10]byte
	for i := range b {
		b[i] = byte(t.dice.UintN(256))
	}
	return domain.NewID(at, b)
}

// life is one person, and the items of theirs that scenes refer to.
type life struct {
	id       domain.ID
	name     string
	story    Story
	steps    []domain.ID
	promises []domain.ID
	asks     []domain.ID
	barriers []domain.ID
	goal     domain.ID
}

// learn remembers the items that a receipt brought.
func (l *life) learn(r domain.Receipt) {
	for _, rec := range r.Records {
		switch e := rec.Event.(type) {
		case domain.StepAdded:
			l.steps = append(l.steps, e.ID)
		case domain.Promised:
			l.promises = append(l.promises, e.ID)
		case domain.QuestionDrafted:
			l.asks = append(l.asks, e.ID)
		case domain.Asked:
			if !slices.Contains(l.asks, e.ID) {
				l.asks = append(l.asks, e.ID)
			}
		case domain.BarrierNoted:
			l.barriers = append(l.barriers, e.ID)
		case domain.GoalSet:
			l.goal = e.ID
		}
	}
}

// day returns a working day so many days before today: weekends move to the Friday
// before. Zero days and fewer are yesterday at the latest.
func (t *teller) day(ago int) calendar.Day {
	d := t.today - calendar.Day(max(ago, 1))
	switch d.Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d - 2
	default:
		return d
	}
}

// at is a time of day on a day, in the zone of now.
func (t *teller) at(d calendar.Day, minute int) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, minute/60, minute%60, 0, 0, t.now.Location())
}

// Office hours: from nine, in slots of twenty minutes, with a break after noon.
const (
	opening = 9 * 60
	noon    = 12*60 + 20
	slot    = 20
	slots   = 22 // seven and twenty-two have no common divisor
)

// minute is when a talk of a past day began.
func (t *teller) minute() int { return opening + slot*t.dice.IntN(slots) }

// free books a slot that nobody has, on a day to come or, today, later than now.
func (t *teller) free(d calendar.Day) domain.Booking {
	for ; ; d++ {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		for t.slots[d] < slots {
			// Spread over the day: the first comes at nine, the next in the morning's end.
			n := t.slots[d] * 7 % slots
			t.slots[d]++
			minute := opening + slot*n
			if minute >= noon {
				minute += 2 * slot
			}
			if d == t.today && minute < t.now.Hour()*60+t.now.Minute()+5 {
				continue
			}
			return domain.Booking{Day: d, Minute: minute, Length: slot, Channel: pick(t.dice, domain.Channels[:2])}
		}
	}
}

func pick[T any](dice *rand.Rand, list []T) T { return list[dice.IntN(len(list))] }

func (t *teller) scene(l *life, at time.Time, by int, what func(*life) []domain.Command) {
	t.plot = append(t.plot, scene{at, by, l, what})
}
