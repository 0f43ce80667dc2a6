package demo

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// inquiry is the life of a question so far, in working days before today; zero did
// not happen.
type inquiry struct {
	asked, accepted, returned, answered, tried, ended int
	result                                            domain.TriedResult
	closes, again                                     bool
}

// inquiries is the question of each fate. A question that is asked waits two
// working days to be accepted, and five to be answered; silent ones are over that.
var inquiries = map[fate]inquiry{
	asked:       {asked: 1},
	accepted:    {asked: 4, accepted: 2},
	returned:    {asked: 4, returned: 2},
	answered:    {asked: 7, accepted: 6, answered: 2},
	silent:      {asked: 9},
	silentLater: {asked: 14, accepted: 12},
	triedWell:   {asked: 30, accepted: 29, answered: 26, tried: 16, result: domain.ResultWorked},
	triedPartly: {asked: 34, accepted: 33, answered: 30, tried: 18, result: domain.ResultPartly, again: true},
	triedBadly:  {asked: 28, accepted: 27, answered: 24, tried: 15, result: domain.ResultNo},
	untried:     {asked: 31, accepted: 30, answered: 27, tried: 14, result: domain.ResultNotTried},
	closed:      {asked: 40, accepted: 38, answered: 35, tried: 25, ended: 22, result: domain.ResultWorked, closes: true},
	withdrawn:   {asked: 12, ended: 10},
}

// question plots an escalation up to the state that the fate asks for.
func (t *teller) question(l *life, f fate, also fate) {
	q, ok := inquiries[f]
	if f == comesToday {
		q, ok = inquiries[also]
	}
	kind := domain.KindAdvice
	if h, more := helps[f]; more && h.asked > 0 {
		q, ok, kind = h.inquiry, true, h.kind
	}
	if !ok {
		return
	}
	urgent := t.chance(25)
	ask := func(l *life) []domain.Command {
		c := domain.Ask{Participant: l.id, Kind: kind, Question: l.story.Question, Informed: true, Urgent: urgent}
		if len(l.asks) > 0 {
			c.Escalation, c.Tried = l.asks[len(l.asks)-1], "The person has looked for it; the employer was asked twice."
		}
		return []domain.Command{c}
	}
	begin := q.asked
	if q.again { // the adviser needed more before taking it on
		begin += 5
		t.scene(l, t.at(t.workday(begin), 10*60+5), ByCoach, ask)
		t.moment(l, begin-2, 13*60+20, ByAdviser, func(id, e domain.ID) domain.Command {
			return domain.Return{Participant: id, Escalation: e, Need: "What was tried before, and what came of it?"}
		})
	}
	t.scene(l, t.at(t.workday(q.asked), 11*60+10), ByCoach, ask)
	t.moment(l, q.accepted, 14*60+30, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.Accept{Participant: id, Escalation: e}
	})
	t.moment(l, q.returned, 14*60+35, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.Return{Participant: id, Escalation: e, Need: "Which hours are wanted? And is there an employer yet?"}
	})
	t.moment(l, q.answered, 14*60+40, ByAdviser, func(id, e domain.ID) domain.Command {
		text, card := t.answer(l)
		return domain.Answer{Participant: id, Escalation: e, Text: text, Card: card}
	})
	t.beyond(l, f)
	t.outcome(l, q)
}

// outcome plots what came of an answer, or that the question was withdrawn.
func (t *teller) outcome(l *life, q inquiry) {
	if q.tried > 0 && q.result != domain.ResultNotTried {
		due := t.today - calendar.Day(q.tried) + 1
		t.moment(l, q.answered-1, 15*60+5, ByCoach, func(id, e domain.ID) domain.Command {
			return domain.AddStep{Participant: id, Origin: e, Owner: domain.ByPerson, Text: l.story.Follow, Due: due}
		})
	}
	t.moment(l, q.tried, 15*60+10, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.TellResult{Participant: id, Escalation: e, Result: q.result, Comment: comments[q.result]}
	})
	reason := "the person found an answer already"
	if q.closes {
		reason = "it worked and stays so"
	}
	t.moment(l, q.ended, 15*60+15, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.EndEscalation{Participant: id, Escalation: e, Reason: reason}
	})
}

var comments = map[domain.TriedResult]string{
	domain.ResultWorked:   "Did as advised; the answer came within a week.",
	domain.ResultPartly:   "Half of it: the hours changed, the room did not.",
	domain.ResultNo:       "The employer said no. Worth asking again in spring.",
	domain.ResultNotTried: "Other things came first; not wanted at present.",
}

// moment plots something about the newest question, so many working days ago; none
// ago is never.
func (t *teller) moment(l *life, ago, minute, by int, what func(id, escalation domain.ID) domain.Command) {
	if ago <= 0 {
		return
	}
	t.scene(l, t.at(t.workday(ago), minute), by, func(l *life) []domain.Command {
		return []domain.Command{what(l.id, l.asks[len(l.asks)-1])}
	})
}
