package demo

import (
	"fmt"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// live plots one life from joining to today.
func (t *teller) live(i int, f fate, s Story) {
	l := &life{story: s, coach: i / most, name: t.name(), nth: i}
	p := t.plan(l, f)
	at := t.at(p.joined, opening+5+t.dice.IntN(400))
	l.id = t.id(at)
	join := []domain.Command{domain.Join{ID: l.id, Facts: t.facts(l)}}
	switch {
	case len(p.talks) > 0:
		join = append(join, domain.Book{Participant: l.id, Booking: p.talks[0]})
	case f == firstTalk:
		join = append(join, domain.Book{Participant: l.id, Booking: t.ahead(l, 1+t.dice.IntN(6))})
	}
	t.scene(l, at, ByCoach, func(*life) []domain.Command { return join })
	for k := range p.talks {
		t.talk(l, p, k)
	}
	if len(p.talks) > 0 {
		t.deal(l, f)
		t.question(l, f, p.also)
		t.answers(l, p)
		t.concern(l, f)
		t.slip(l, p)
		t.change(l, p)
		t.turns(l, p)
		t.working(l, p)
		t.referral(l, p)
		t.moving(l)
		t.handing(l, f)
	}
}

// name finds a name that nobody has yet, if it can be found soon.
func (t *teller) name() string {
	name := ""
	for range 30 {
		o := pick(t.dice, t.names.Origins)
		name = pick(t.dice, o.Given) + " " + pick(t.dice, o.Family)
		if !t.called[name] {
			break
		}
	}
	t.called[name] = true
	return name
}

// letters are those that the last part of a postcode may have.
const letters = "ABDEFGHJLNPQRSTUWXYZ"

func (t *teller) facts(l *life) map[domain.Fact]string {
	s, n := l.story, t.names
	facts := map[domain.Fact]string{
		domain.FactName: l.name, domain.FactMatters: s.Matters, domain.FactEmployment: s.Employment, domain.FactGroup: s.Group,
		domain.FactNotContact: s.NotContact, domain.FactLanguage: s.Language, domain.FactInterpreter: s.Interpreter,
		domain.FactRepresentative: s.Representative, domain.FactHours: s.Hours, domain.FactSlot: l.slots(),
		domain.FactAddress:  fmt.Sprintf("%d %s", 1+t.dice.IntN(180), pick(t.dice, n.Streets)),
		domain.FactCouncil:  pick(t.dice, n.Councils),
		domain.FactPostcode: fmt.Sprintf("%s %d%c%c", pick(t.dice, n.Outcodes), t.dice.IntN(10), letters[t.dice.IntN(len(letters))], letters[t.dice.IntN(len(letters))]),
		domain.FactBirth:    calendar.Date(1962+t.dice.IntN(42), time.Month(1+t.dice.IntN(12)), 1+t.dice.IntN(28)).String(),
	}
	// Ofcom keeps these numbers for drama.
	facts[domain.FactPhone] = fmt.Sprintf("07700 900%03d", t.dice.IntN(1000))
	if t.chance(30) {
		facts[domain.FactPhone] = fmt.Sprintf("020 7946 0%03d", t.dice.IntN(1000))
	}
	if t.chance(75) {
		facts[domain.FactNino] = fmt.Sprintf("QQ%06d%c", t.dice.IntN(1_000_000), 'A'+rune(t.dice.IntN(4)))
	}
	if s.NotContact == "" && t.chance(60) {
		facts[domain.FactContact] = pick(t.dice, n.Contacts)
	}
	if t.chance(50) {
		facts[domain.FactGP] = pick(t.dice, n.Practices)
	}
	if l.coach > 0 {
		facts[domain.FactCoach] = n.Coaches[(l.coach-1)%len(n.Coaches)]
	}
	for k, v := range facts {
		if v == "" {
			delete(facts, k)
		}
	}
	return facts
}

// course is when somebody joined and came, as it was booked.
type course struct {
	fate   fate
	also   fate // a second thing, for some of those who come today
	joined calendar.Day
	talks  []domain.Booking // those that are past, the last one held
	works  bool             // found work before the last talk
}

// plan sets the days of a life, from the last talk back to joining.
func (t *teller) plan(l *life, f fate) course {
	p := course{fate: f}
	if f == newcomer || f == firstTalk {
		p.joined = t.day(1 + t.dice.IntN(5))
		return p
	}
	if f == comesToday {
		p.also = pick(t.dice, []fate{calm, calm, calm, calm, answered, promiseLate, reviewDue, fitNoteEnding})
	}
	ago := 8 + t.dice.IntN(14)
	if f == quiet {
		ago = 38 + t.dice.IntN(30)
	}
	n := 3 + t.dice.IntN(3)
	gap := 18 + t.dice.IntN(45)
	_, more := helps[f]
	if _, asks := inquiries[f]; asks || more {
		gap = max(gap, 32) // long enough ago for the oldest question
	}
	days := make([]int, n)
	for k := range n {
		days[k] = ago + (n-1-k)*gap
	}
	p.joined = t.day(days[0] + 5 + t.dice.IntN(12))
	for _, d := range days {
		p.talks = append(p.talks, t.take(l.coach, t.day(d), -1, 0))
	}
	p.works = n > 3 && f == calm && l.story.Employment == "none" && t.chance(20)
	return p
}

// talk plots one session: its note with marks, what was settled since the one
// before, and the next appointment.
func (t *teller) talk(l *life, p course, k int) {
	b, final := p.talks[k], k == len(p.talks)-1
	at := t.at(b.Day, b.Minute+slot-2)
	c := domain.RecordSession{Participant: l.id, Outcome: domain.Happened, Channel: b.Channel, Length: 15 + t.dice.IntN(5)}
	if final {
		c.Next = t.ending(l, p)
		if c.Next != nil {
			l.next = *c.Next
		}
	} else {
		c.Next = &p.talks[k+1]
		if k > 0 && t.chance(15) {
			c.Kind = l.kind(p, k)
			t.missed(l, at, c)
			return
		}
	}
	c.Text = t.note(l, p, k) + t.strength(l, k)
	t.company(l, p, k, &c)
	by := ByCoach
	if k > 0 && !final && t.chance(6) {
		by = ByLead // somebody is away
	}
	if c.Kind == domain.DirectSupport {
		by = ByAdviser
	}
	var firm []domain.Command
	switch {
	case k == 0:
		firm = append(firm, domain.SetGoal{Participant: l.id, Text: l.story.Goal, Target: p.talks[0].Day.AddMonths(6)})
		firm = append(firm, t.agrees(l)...)
	case final:
		firm = t.review(l, p)
	case k == 1:
		firm = append(firm, domain.ReviewPlan{Participant: l.id, Next: p.talks[k+1].Day, Text: "The goal still fits."})
	}
	if note, ok := t.fitNote(l, p, k); ok {
		firm = append(firm, note)
	}
	t.given(l, k, at)
	lucky, resolved, next := t.dice.Uint64(), final && t.chance(30), t.open(t.today+calendar.Day(8+t.dice.IntN(25)))
	if !final {
		next = p.talks[k+1].Day
	}
	t.scene(l, at, by, func(l *life) []domain.Command {
		all := append([]domain.Command{c}, l.settle(lucky, next, p.fate != quiet)...)
		if resolved && len(l.barriers) > 0 {
			all = append(all, domain.ResolveBarrier{Participant: l.id, Barrier: l.barriers[0], Result: l.story.Helped})
		}
		if final && p.works {
			all = append(all, t.atWork(l, lucky)...)
		}
		return append(all, firm...)
	})
	t.amends(l, k, b.Day, by, c.Text)
}

// missed plots a talk that did not happen.
func (t *teller) missed(l *life, at time.Time, c domain.RecordSession) {
	c.Outcome, c.Reason, c.Length = pick(t.dice, domain.Outcomes[1:]), pick(t.dice, t.names.Missed), 0
	if c.Outcome == domain.Rescheduled {
		c.MovedBy = domain.ByPerson
	}
	t.scene(l, at, ByCoach, func(*life) []domain.Command { return []domain.Command{c} })
}

// settle is what a coach ticks at the beginning of the next talk: most is done, a
// little is dropped, and now and then a step goes on until the next day to look.
func (l *life) settle(lucky uint64, next calendar.Day, goesOn bool) []domain.Command {
	var all []domain.Command
	var still []owed
	for i, o := range l.open {
		luck := int(lucky >> (i % 8 * 8) & 0xff)
		switch {
		case !o.step:
			status := domain.PromiseKept
			if luck < 30 {
				status = domain.PromiseReleased
			} else if luck < 45 {
				status = domain.PromiseBroken
			}
			all = append(all, domain.SettlePromise{Participant: l.id, Promise: o.id, Status: status})
		case luck < 40 && goesOn:
			status := domain.StepDoing
			all = append(all, domain.ChangeStep{Participant: l.id, Step: o.id, Status: &status, Due: &next})
			still = append(still, o)
		case o.chased && luck <= 230:
			all = append(all, domain.ChaseStep{Participant: l.id, Step: o.id, How: domain.ByPhone, Answer: domain.ChaseSaysDone})
		default:
			status, reason := domain.StepDone, ""
			if luck > 230 {
				status, reason = domain.StepDropped, "another way was found"
			}
			all = append(all, domain.ChangeStep{Participant: l.id, Step: o.id, Status: &status, Reason: reason, Result: o.came(status, luck)})
		}
	}
	l.open = still
	return all
}

// atWork is what changes on the record of somebody who found work.
func (t *teller) atWork(l *life, lucky uint64) []domain.Command {
	hours := itoa(12 + int(lucky>>60))
	return []domain.Command{
		domain.CloseGoal{Participant: l.id, Goal: l.goal, Status: domain.GoalAchieved, Reason: "found work"},
		domain.Describe{Participant: l.id, Facts: map[domain.Fact]string{domain.FactEmployment: "employed", domain.FactHours: hours}},
		domain.SetGoal{Participant: l.id, Text: t.names.Stay[int(lucky>>32&0xff)%len(t.names.Stay)]},
	}
}
