package demo

import (
	"strings"

	"coachdesk/domain"
)

// help is how a meeting of three, or an adviser's direct support, went so far: in
// working days before today; zero did not happen.
type help struct {
	told, agreed, booked, held     int
	begun, session, reviewed, back int
	declined                       int
	wide                           int // asked again, more widely
}

// helps are the inquiries beyond advice, with what became of each.
var helps = map[fate]struct {
	inquiry
	help
	kind domain.EscalationKind
}{
	meetAsked:      {inquiry{asked: 1}, help{}, domain.KindThreeWay},
	meetAccepted:   {inquiry{asked: 3, accepted: 2}, help{told: 2}, domain.KindThreeWay},
	meetBooked:     {inquiry{asked: 6, accepted: 5}, help{told: 5, booked: 4}, domain.KindThreeWay},
	meetHeld:       {inquiry{asked: 14, accepted: 13}, help{told: 13, booked: 12, held: 4}, domain.KindThreeWay},
	meetClosed:     {inquiry{asked: 20, accepted: 19, ended: 5, closes: true}, help{told: 19, booked: 18, held: 9}, domain.KindThreeWay},
	supportAsked:   {inquiry{asked: 1}, help{}, domain.KindDirect},
	supportTaken:   {inquiry{asked: 4, accepted: 3}, help{told: 3}, domain.KindDirect},
	supportAgreed:  {inquiry{asked: 6, accepted: 5}, help{told: 5, agreed: 2}, domain.KindDirect},
	supportNo:      {inquiry{asked: 7, accepted: 6}, help{told: 5, declined: 2}, domain.KindDirect},
	supportActive:  {inquiry{asked: 16, accepted: 15}, help{told: 14, agreed: 13, begun: 12, session: 4}, domain.KindDirect},
	supportLooked:  {inquiry{asked: 30, accepted: 29}, help{told: 29, agreed: 28, begun: 27, session: 5, reviewed: 5}, domain.KindDirect},
	supportBack:    {inquiry{asked: 31, accepted: 30}, help{told: 30, agreed: 29, begun: 28, session: 4, reviewed: 10, back: 2}, domain.KindDirect},
	supportClosed:  {inquiry{asked: 32, accepted: 31, ended: 2, closes: true}, help{told: 31, agreed: 30, begun: 29, session: 4, back: 3}, domain.KindDirect},
	widened:        {inquiry{asked: 9}, help{wide: 1}, domain.KindAdvice},
	concernOpen:    {},
	concernHandled: {},
}

// beyond plots what becomes of a question that asks for more than advice.
func (t *teller) beyond(l *life, f fate) {
	h, ok := helps[f]
	if !ok {
		return
	}
	t.moment(l, h.wide, 9*60+40, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.AskAgain{Participant: id, Escalation: e, To: "the DEA leader for the district"}
	})
	t.moment(l, h.told, 15*60+20, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.TellPerson{Participant: id, Escalation: e, How: domain.ByPhone}
	})
	said := domain.Agree{Yes: true, Giver: domain.GivenByPerson, How: domain.ByPhone}
	t.moment(l, h.agreed, 15*60+25, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.RecordAgreement{Participant: id, Escalation: e, Agree: said}
	})
	t.moment(l, h.declined, 15*60+25, ByCoach, func(id, e domain.ID) domain.Command {
		return domain.RecordAgreement{Participant: id, Escalation: e, Agree: domain.Agree{Giver: domain.GivenByPerson, How: domain.FaceToFace, Reason: "would rather stay with one person"}}
	})
	t.meeting(l, h.help)
	t.support(l, h.help)
}

// meeting plots a three-way meeting: booked, perhaps held.
func (t *teller) meeting(l *life, h help) {
	if h.booked == 0 {
		return
	}
	b := t.ahead(l, 4)
	if h.held > 0 {
		b = t.take(l.coach, t.workday(h.held), 1, 0)
	}
	b.Channel = domain.Channels[0]
	t.moment(l, h.booked, 14*60+45, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.BookMeeting{Participant: id, Escalation: e, Booking: b}
	})
	if h.held == 0 {
		return
	}
	t.scene(l, t.at(b.Day, b.Minute+slot), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.RecordSession{
			Participant: l.id, Outcome: domain.Happened, Day: b.Day, Length: slot, Channel: b.Channel, Kind: domain.ThreeWayMeeting, Escalation: l.asks[len(l.asks)-1],
			Present: []string{"adviser"}, Text: "The three of us went through it. Agreed who does what.",
		}}
	})
}

// support plots direct support: begun, with a session, a look at it, and handed back.
func (t *teller) support(l *life, h help) {
	t.moment(l, h.begun, 14*60+50, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.TakeOn{Participant: id, Escalation: e}
	})
	t.moment(l, h.session, 11*60+45, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.RecordSession{Participant: id, Outcome: domain.Happened, Length: 2 * slot, Channel: domain.Channels[0], Kind: domain.DirectSupport, Escalation: e, Text: "Practised together. Went further than last time."}
	})
	t.moment(l, h.reviewed, 14*60+55, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.ReviewSupport{Participant: id, Escalation: e, Text: "Does the first half alone now. Still unsure at the end."}
	})
	t.moment(l, h.back, 15*60+30, ByAdviser, func(id, e domain.ID) domain.Command {
		return domain.HandBack{Participant: id, Escalation: e, Text: "Went well; most of it works without me.\n! " + l.story.Follow}
	})
}

// concern plots a concern that somebody raised, and perhaps that it was heard.
func (t *teller) concern(l *life, f fate) {
	if f != concernOpen && f != concernHandled {
		return
	}
	t.scene(l, t.at(t.workday(2), 16*60+10), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.RaiseConcern{Participant: l.id, Text: "Sounded flat on the telephone and spoke of giving up. Rang back an hour later.", Scope: domain.CoachOnly, Told: "the team lead"}}
	})
	if f == concernHandled {
		t.scene(l, t.at(t.workday(1), 9*60+20), ByLead, func(l *life) []domain.Command {
			return []domain.Command{domain.AcknowledgeConcern{Participant: l.id, Concern: l.concern, Answer: "Rang them. They have a friend with them until the weekend."}}
		})
	}
}

// answer is what the adviser says to a question: a card where the office has one about
// one of the barriers, and the story's own words elsewhere.
func (t *teller) answer(l *life) (text string, card domain.ID) {
	for i, c := range t.names.Cards {
		if i >= len(t.names.CardIDs) {
			break
		}
		read := domain.ReadCard(c)
		for _, b := range l.story.Barriers {
			for _, about := range read.Barriers {
				if strings.Contains(b, about) {
					return read.Answer(), t.names.CardIDs[i]
				}
			}
		}
	}
	return l.story.Answer, domain.ID{}
}
