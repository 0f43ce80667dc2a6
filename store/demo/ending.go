package demo

import (
	"cmp"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// ending plots where a story stands today. Last is how many days ago the last
// session was.
func (t *teller) ending(l *life, f fate, last int) {
	t.review(l, f, last)
	t.fitNote(l, f, last)
	t.booking(l, f, last)
	t.question(l, f, last)
	switch f {
	case outcomeMissing:
		d := t.day(1)
		t.book(l, last-2, domain.Booking{Day: d, Minute: opening + slot*t.dice.IntN(slots), Length: slot})
	case stayedAway:
		t.did(l, 3, domain.RecordSession{Outcome: domain.DidNotCome, Channel: "face to face", Reason: "no word"})
	case rescheduled:
		b := t.free(t.today + 3)
		t.did(l, 2, domain.RecordSession{Outcome: domain.Rescheduled, MovedBy: domain.ByPerson, Reason: "hospital appointment", Next: &b})
	case cameInVain:
		t.did(l, 2, domain.RecordSession{Outcome: domain.CameNot, Reason: "the fire alarm went"})
	default:
	}
}

// did plots a session that did not happen as planned.
func (t *teller) did(l *life, ago int, c domain.RecordSession) {
	t.scene(l, t.at(t.day(ago), t.minute()), ByCoach, func(l *life) []domain.Command {
		c.Participant = l.id
		return []domain.Command{c}
	})
}

func (t *teller) book(l *life, ago int, b domain.Booking) {
	t.scene(l, t.at(t.day(ago), 16*60+50), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.Book{Participant: l.id, Booking: b}}
	})
}

// review agrees when the plan is looked at again.
func (t *teller) review(l *life, f fate, last int) {
	next := t.today + calendar.Day(14+t.dice.IntN(40))
	if f == reviewDue {
		next = t.today - calendar.Day(t.dice.IntN(4))
	}
	at := t.at(t.day(last), 16*60+55)
	if calendar.Of(at) >= next {
		return
	}
	t.scene(l, at, ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.ReviewPlan{Participant: l.id, Next: next}}
	})
}

func (t *teller) fitNote(l *life, f fate, last int) {
	kind := l.story.Fit
	to := t.today + calendar.Day(20+t.dice.IntN(40))
	if f == fitNoteEnding {
		kind, to = cmp.Or(kind, "not"), t.today+calendar.Day(1+t.dice.IntN(4))
	}
	if kind == "" {
		return
	}
	c := domain.RecordFitNote{Option: domain.NotFit, From: t.day(last) - 7, To: to}
	if kind == "may be" {
		c.Option, c.Boxes = domain.MayBeFit, []domain.FitBox{domain.PhasedReturn, domain.AlteredHours}
	}
	t.scene(l, t.at(t.day(last), 16*60+45), ByCoach, func(l *life) []domain.Command {
		c.Participant = l.id
		return []domain.Command{c}
	})
}

// booking books the next talk, today for some, for most in the weeks to come.
func (t *teller) booking(l *life, f fate, last int) {
	switch f {
	case quiet, stayedAway, outcomeMissing, rescheduled:
		return
	case comesToday:
		t.book(l, last, t.free(t.today))
		return
	default:
	}
	t.book(l, last, t.free(t.today+1+calendar.Day(t.dice.IntN(21))))
}

// question plots an escalation up to the state that the fate asks for.
func (t *teller) question(l *life, f fate, last int) {
	ago, ok := map[fate]int{
		answered: 6, asked: 1, accepted: 3, returned: 5, silent: 16, triedWell: 30, triedPartly: 30, triedBadly: 30, untried: 30, closed: 40, withdrawn: 12,
	}[f]
	if !ok {
		return
	}
	t.scene(l, t.at(t.day(ago), 11*60+10), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.Ask{Participant: l.id, Question: l.story.Question, Informed: true, Urgent: f == accepted}}
	})
	step := func(ago, by int, what func(id domain.ID, ask domain.ID) domain.Command) {
		t.scene(l, t.at(t.day(ago), 14*60+30), by, func(l *life) []domain.Command {
			return []domain.Command{what(l.id, l.asks[len(l.asks)-1])}
		})
	}
	accept := func(id, ask domain.ID) domain.Command { return domain.Accept{Participant: id, Escalation: ask} }
	switch f {
	case asked, silent:
		return
	case accepted:
		step(1, ByAdviser, accept)
		return
	case returned:
		step(3, ByAdviser, func(id, ask domain.ID) domain.Command {
			return domain.Return{Participant: id, Escalation: ask, Need: "What has the person said about hours? And is there an employer yet?"}
		})
		return
	case withdrawn:
		step(10, ByCoach, func(id, ask domain.ID) domain.Command {
			return domain.EndEscalation{Participant: id, Escalation: ask, Reason: "the person found an answer themselves"}
		})
		return
	default:
	}
	step(max(ago-2, 4), ByAdviser, accept)
	step(max(ago-4, 2), ByAdviser, func(id, ask domain.ID) domain.Command {
		return domain.Answer{Participant: id, Escalation: ask, Text: l.story.Answer}
	})
	t.after(f, step)
}

// after plots what came of an answer.
func (t *teller) after(f fate, step func(int, int, func(id, ask domain.ID) domain.Command)) {
	result, ok := map[fate]domain.TriedResult{
		triedWell: domain.ResultWorked, triedPartly: domain.ResultPartly, triedBadly: domain.ResultNo, untried: domain.ResultNotTried, closed: domain.ResultWorked,
	}[f]
	if !ok {
		return
	}
	step(15, ByCoach, func(id, ask domain.ID) domain.Command {
		return domain.TellResult{Participant: id, Escalation: ask, Result: result}
	})
	if f == closed {
		step(12, ByCoach, func(id, ask domain.ID) domain.Command {
			return domain.EndEscalation{Participant: id, Escalation: ask, Reason: "done"}
		})
	}
}
