package demo

import (
	"cmp"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// ending returns what the last talk books, and plots what became of it by today.
func (t *teller) ending(l *life, p course) *domain.Booking {
	var b domain.Booking
	switch p.fate {
	case quiet:
		return nil
	case comesToday:
		b = t.take(l.coach, t.today, 1, t.now.Hour()*60+t.now.Minute()+5)
		t.overToday(l, b)
	case outcomeMissing:
		b = t.take(l.coach, t.workday(1), -1, 0)
	case stayedAway:
		b = t.take(l.coach, t.workday(2), -1, 0)
		t.did(l, b, domain.RecordSession{Outcome: domain.DidNotCome, Reason: "no word"})
	case rescheduled:
		b = t.take(l.coach, t.workday(2), -1, 0)
		next := t.ahead(l, 2+t.dice.IntN(5))
		t.did(l, b, domain.RecordSession{Outcome: domain.Rescheduled, MovedBy: domain.ByPerson, Reason: "hospital appointment", Next: &next})
	case cameInVain:
		b = t.take(l.coach, t.workday(2), -1, 0)
		next := t.ahead(l, 1+t.dice.IntN(6))
		t.did(l, b, domain.RecordSession{Outcome: domain.CameNot, Reason: "the fire alarm went", Next: &next})
	default:
		b = t.ahead(l, 1+t.dice.IntN(24))
	}
	return &b
}

// did plots a talk that did not happen as booked.
func (t *teller) did(l *life, b domain.Booking, c domain.RecordSession) {
	c.Participant = l.id
	t.scene(l, t.at(b.Day, b.Minute+slot-2), ByCoach, func(*life) []domain.Command { return []domain.Command{c} })
}

// overToday plots a talk of today that is over already: most are written up.
func (t *teller) overToday(l *life, b domain.Booking) {
	if b.Day != t.today || b.Minute+slot > t.now.Hour()*60+t.now.Minute() || t.chance(25) {
		return
	}
	next := t.ahead(l, 7+t.dice.IntN(20))
	t.did(l, b, domain.RecordSession{Outcome: domain.Happened, Channel: b.Channel, Length: slot, Text: pick(t.dice, t.names.Openers), Next: &next})
}

// review agrees when the plan is looked at again.
func (t *teller) review(l *life, p course) []domain.Command {
	next := t.open(t.today + calendar.Day(10+t.dice.IntN(45)))
	if p.fate == reviewDue || p.also == reviewDue {
		next = t.today - calendar.Day(t.dice.IntN(5))
	}
	return []domain.Command{domain.ReviewPlan{Participant: l.id, Next: next}}
}

// fitNote is the note that came in at a talk: one at the first, which has run out
// since, and one at the last.
func (t *teller) fitNote(l *life, p course, k int) (domain.RecordFitNote, bool) {
	kind, day, final := l.story.Fit, p.talks[k].Day, k == len(p.talks)-1
	ending := p.fate == fitNoteEnding || p.also == fitNoteEnding
	if ending {
		kind = cmp.Or(kind, "not")
	}
	if kind == "" || k > 0 && !final || p.works {
		return domain.RecordFitNote{}, false
	}
	c := domain.RecordFitNote{Participant: l.id, Option: domain.NotFit, From: day - calendar.Day(t.dice.IntN(5)), To: day + calendar.Day(14+7*t.dice.IntN(3))}
	if final {
		c.To = t.today + calendar.Day(14+t.dice.IntN(45))
		if ending {
			c.To = t.today + calendar.Day(t.dice.IntN(6))
		}
	}
	if kind == "may be" {
		c.Option, c.Boxes = domain.MayBeFit, []domain.FitBox{domain.PhasedReturn, domain.AmendedDuty}
		c.Comments = "No heavy lifting. Build hours up over four weeks."
	}
	return c, true
}

// agrees is what one of four lets a provider know, some of them not for much longer.
// The dice are left alone, so that no other part of a story changes.
func (t *teller) agrees(l *life) []domain.Command {
	luck := l.id[15]
	if luck%4 != 0 {
		return nil
	}
	return []domain.Command{domain.GiveConsent{
		Participant: l.id, To: domain.Recipient{Kind: domain.ToProvider, Name: t.names.Providers[int(l.id[14])%len(t.names.Providers)]}, Purpose: "a place there",
		Items: []domain.ConsentItem{domain.ItemContact, domain.ItemAdjustments, domain.ItemPlan}, Until: t.today + 5 + calendar.Day(luck),
		How: domain.FaceToFace, Giver: domain.GivenByPerson,
	}}
}

// slip plots, for one of forty, a note in the wrong record that is taken back.
func (t *teller) slip(l *life, p course) {
	if !t.chance(3) {
		return
	}
	day := p.talks[0].Day + 1
	t.scene(l, t.at(day, 17*60+30), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.TakeNote{Participant: l.id, Text: "Rang about Tuesday. (This belongs in another record.)"}}
	})
	t.scene(l, t.at(day, 17*60+31), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.Undo{Participant: l.id, Batch: l.last}}
	})
}
