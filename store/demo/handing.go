package demo

import (
	"coachdesk/domain"
)

// handing is what of a case is put into somebody's hands, and what they said to it.
type handing int

// Those that need the coach come first.
const (
	handingOffered  handing = iota // the team lead asks the coach to look after somebody
	handingAsked                   // the team lead asks about something that was handed over
	handingDeclined                // and did not take this one
	handingCovered
	handingOpen
	handingEnded
	handingRecalled
	handingTaken // for good
	handingCopied
	handingsDealt
)

// Where the turn begins: among those who need the coach anyway, and among those who do not.
const needsHanding, fineHanding = 3, 51

// handing plots a handover, by the place that somebody was dealt; the first question that
// is with the adviser goes by one as well.
func (t *teller) handing(l *life, f fate) {
	if len(t.names.Staff) <= ByLead || l.coach > 0 {
		return // nobody is registered to whom it could be handed
	}
	from, first, many := fineHanding, handingCovered, handingsDealt-handingCovered
	if l.needs {
		from, first, many = needsHanding, handingOffered, handingCovered
	}
	n, ok := l.dealt(from, int(many))
	if !ok {
		t.handsQuestion(l, f)
		return
	}
	way := first + handing(n)
	kind, to := domain.HandoverCover, ByLead
	switch way {
	case handingTaken:
		kind = domain.HandoverTransfer
	case handingCopied:
		kind, to = domain.HandoverCopy, ByAdviser
	case handingOffered:
		to = ByCoach
	default:
	}
	by := ByCoach
	if to == ByCoach {
		by = ByLead
	}
	t.later(l, 2, 15*60+31, by, func(l *life) domain.Command { return t.hands(l, kind, to) })
	t.answersHanded(l, way)
}

// handsQuestion plots that an escalation goes to the adviser with a word, once.
func (t *teller) handsQuestion(l *life, f fate) {
	if f != asked || t.questioned {
		return
	}
	t.questioned = true
	t.scene(l, t.at(t.workday(inquiries[asked].asked), 11*60+25), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{t.hands(l, domain.HandoverQuestion, ByAdviser, domain.HandoverItem{What: domain.HandedEscalation, Of: l.asks[len(l.asks)-1]})}
	})
}

// hands is the offer, in the words of whoever hands over.
func (t *teller) hands(l *life, kind domain.HandoverKind, to int, items ...domain.HandoverItem) domain.OfferHandover {
	who := People()[to]
	c := domain.OfferHandover{
		Participant: l.id, Kind: kind, To: t.names.Staff[to], ToName: who.Name, ToRole: who.Role, Items: items,
		Words: domain.HandoverWords{
			Summary: "Things go well; what is agreed is in the plan.", HowToWork: "Ring before you write, and leave time for the answer.",
			Gaps: "I have not asked how the journeys go since the clocks changed.",
		},
	}
	switch kind {
	case domain.HandoverCover:
		c.Until, c.Words.Why = t.today+14, "I am on leave for two weeks."
	case domain.HandoverTransfer:
		c.Words.Why = "You know each other from the job club."
	case domain.HandoverQuestion:
		c.Words = domain.HandoverWords{Why: "It goes with the escalation.", Summary: "The employer waits for an answer this month."}
	case domain.HandoverCopy:
		c.Words = domain.HandoverWords{Why: "You asked how it went on."}
	case domain.HandoverReferral:
	}
	return c
}

// answersHanded plots what the receiver says, and what comes of it.
func (t *teller) answersHanded(l *life, way handing) {
	say := func(a domain.HandoverAnswer, words string) {
		t.later(l, 1, 15*60+34, ByLead, func(l *life) domain.Command {
			return domain.AnswerHandover{Participant: l.id, Handover: l.handed, Answer: a, Words: words}
		})
	}
	switch way {
	case handingAsked:
		say(domain.HandoverAsked, "Does the interpreter come to every talk, or only to reviews?")
	case handingDeclined:
		say(domain.HandoverNotMine, "I am away myself from Thursday.")
	case handingCovered, handingTaken:
		say(domain.HandoverTaken, "")
	case handingEnded:
		say(domain.HandoverTaken, "")
		t.later(l, 1, 16*60+2, ByLead, func(l *life) domain.Command {
			return domain.TakeNote{Participant: l.id, Text: "Rang in: all is well, nothing to do before Monday."}
		})
		t.later(l, 1, 16*60+31, ByCoach, func(l *life) domain.Command { return domain.EndHandover{Participant: l.id, Handover: l.handed} })
	case handingRecalled:
		t.later(l, 1, 16*60+34, ByCoach, func(l *life) domain.Command {
			return domain.RecallHandover{Participant: l.id, Handover: l.handed}
		})
	default:
	}
}

// learnHanding remembers what was handed over.
func (l *life) learnHanding(e domain.Event) {
	if e, ok := e.(domain.HandoverOffered); ok {
		l.handed = e.ID
	}
}
