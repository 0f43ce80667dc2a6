package demo

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// moving is how somebody moves on: support that runs or ran, what they apply for, a case
// that changes hands, fit notes that follow each other.
type moving int

// Those that need the coach come first.
const (
	movingOffered   moving = iota // the case is offered to the coach
	movingEndsSoon                // support ends in two weeks, and nothing follows
	movingLandsSoon               // in eight
	movingOver                    // it ended, and nothing follows
	movingSilent                  // applied, and no word
	movingRenewal                 // an award that ends
	movingWaits                   // the coach offered the case
	movingRuns
	movingLanded // it ends, and what follows is planned
	movingDone
	movingEarly
	movingPast // of the Work Programme
	movingPrepares
	movingRefused
	movingTaken
	movingDeclined
	movingNotes
	movingsDealt
)

// A deal of how many lives has each thing that needs the coach once, and how many has
// each that does not. Those of one part begin where those of the one before end, so that
// no life has all.
const (
	dealOfNeeds, needsWork, needsMoving = 26, 11, 16
	dealOfMild                          = 12
	dealOfFine, fineMoving              = 80, 40
)

// needs reports whether the fate of somebody brings them before the coach. What else
// needs the coach is told of the same people: in a caseload most people are fine.
func (f fate) needs() bool {
	return slices.Contains([]fate{
		comesToday, answered, returned, silent, silentLater, outcomeMissing, promiseLate, supportNo, supportBack, concernOpen,
	}, f)
}

// mild reports whether somebody needs the coach, and not today: what is dealt last can
// wait too.
func (f fate) mild() bool {
	return slices.Contains([]fate{drafted, stepLate, fitNoteEnding, reviewDue, stayedAway, meetHeld}, f)
}

// deal gives somebody a place among those who need the coach, or among those who do not.
// The dice are left alone, so that no other part of a story changes.
func (t *teller) deal(l *life, f fate) {
	switch {
	case f == quiet:
		l.place = -1 // nobody has done anything for long
	case f.mild():
		l.place, l.needs = needsMoving+int(movingRuns)-1-t.mild%dealOfMild, true
		t.mild++
	case f.needs():
		l.place, l.needs = t.needy%dealOfNeeds, true
		t.needy++
	default:
		l.place = t.fine % dealOfFine
		t.fine++
	}
}

// dealt returns which of so many things somebody is dealt whose turn begins at a place;
// false for none.
func (l *life) dealt(from, many int) (int, bool) {
	n := l.place - from
	return n, l.place >= 0 && n >= 0 && n < many
}

// moving plots how somebody moves on.
func (t *teller) moving(l *life) {
	from, first, many := fineMoving, movingRuns, movingsDealt-movingRuns
	if l.needs {
		from, first, many = needsMoving, 0, movingRuns
	}
	n, ok := l.dealt(from, int(many))
	if !ok {
		return
	}
	switch way := first + moving(n); way {
	case movingSilent, movingRenewal, movingPrepares, movingRefused:
		t.applies(l, way)
	case movingOffered, movingWaits, movingTaken, movingDeclined:
		t.changesHands(l, way)
	case movingNotes:
		t.notes(l)
	default:
		t.supported(l, way)
	}
}

// later plots something that was written down so many working days ago.
func (t *teller) later(l *life, ago, minute, by int, what func(*life) domain.Command) {
	t.scene(l, t.at(t.workday(ago), minute), by, func(l *life) []domain.Command { return []domain.Command{what(l)} })
}

// supported plots a programme that somebody is on, or was on.
func (t *teller) supported(l *life, way moving) {
	c := domain.StartProvision{Participant: l.id, Programme: "mental-health-support-service", Provider: "Able Minds", Contact: "Kim Lee, 020 7946 0455", InWork: domain.InWork}
	ends := func(d calendar.Day) calendar.Day { return (d + 1).AddMonths(-9) }
	switch way {
	case movingLandsSoon:
		c.Started = ends(t.today + 50)
	case movingEndsSoon:
		c.Started = ends(t.today + 12)
	case movingLanded:
		c.Started = ends(t.today + 33)
	case movingPast:
		c = domain.StartProvision{Participant: l.id, Programme: "work-programme", Provider: "Forward Routes", Started: calendar.Date(2014, 3, 3), Ended: calendar.Date(2016, 2, 29), Code: "limit"}
	default:
		c.Started = t.workday(45)
	}
	t.later(l, 6, 13*60+41, ByCoach, func(*life) domain.Command { return c })
	switch way {
	case movingOver:
		t.ends(l, "completed")
	case movingEarly:
		t.ends(l, "moved")
	default:
	}
	switch way {
	case movingLanded, movingDone, movingEarly:
		t.later(l, 4, 13*60+44, ByCoach, func(l *life) domain.Command {
			return domain.PlanLanding{Participant: l.id, Provision: l.support, Text: "the team leader rings once a month; the plan for bad days is at work"}
		})
	default:
	}
	if way == movingDone {
		t.ends(l, "completed")
	}
}

func (t *teller) ends(l *life, code string) {
	day := t.workday(4)
	t.later(l, 3, 13*60+47, ByCoach, func(l *life) domain.Command {
		return domain.EndProvision{Participant: l.id, Provision: l.support, Day: day, Code: code}
	})
}

// applies plots what somebody applies for themselves.
func (t *teller) applies(l *life, way moving) {
	c := domain.Apply{Participant: l.id, Programme: "access-to-work", Elements: []string{"travel-to-work"}, Evidence: []string{"job"}, Text: "No bus before seven, and the shift begins at six."}
	asked, decided := t.today-35, domain.DecideApplication{Participant: l.id}
	switch way {
	case movingRenewal:
		asked, decided.Result, decided.Day, decided.Until = t.today.AddMonths(-11), domain.ApplicationAwarded, t.today.AddMonths(-10), t.today+44
	case movingRefused:
		decided.Result, decided.Day, decided.Reason = domain.ApplicationRefused, t.workday(3), "the employer pays for it"
	default:
	}
	if way != movingPrepares {
		c.Applied, c.Reference = asked, "AW-"+itoa(4100+l.nth)
	}
	t.later(l, 3, 13*60+51, ByCoach, func(*life) domain.Command { return c })
	if decided.Result != "" {
		t.later(l, 2, 13*60+54, ByCoach, func(l *life) domain.Command {
			decided.Application = l.applied
			return decided
		})
	}
}

// changesHands plots a case that is offered: to the coach by the team lead, or the other
// way round.
func (t *teller) changesHands(l *life, way moving) {
	if len(t.names.Staff) <= ByLead {
		return // nobody is registered to whom it could be offered
	}
	from, to := ByLead, ByCoach
	if way == movingWaits || way == movingDeclined {
		from, to = ByCoach, ByLead
	}
	t.later(l, 2, 14*60+21, from, func(l *life) domain.Command {
		return domain.OfferTransfer{Participant: l.id, To: t.names.Staff[to], Note: "We know each other from the job club; the form for the landlord is in the drawer."}
	})
	if way == movingTaken || way == movingDeclined {
		t.later(l, 1, 14*60+24, to, func(l *life) domain.Command {
			c := domain.AnswerTransfer{Participant: l.id, Transfer: l.offer, Yes: way == movingTaken}
			if !c.Yes {
				c.Reason = "I am away from Thursday; ask again in January"
			}
			return c
		})
	}
}

// notes plots fit notes with a gap and a change.
func (t *teller) notes(l *life) {
	t.scene(l, t.at(t.workday(5), 14*60+31), ByCoach, func(l *life) []domain.Command {
		return []domain.Command{
			domain.RecordFitNote{Participant: l.id, Option: domain.NotFit, From: t.today - 160, To: t.today - 132},
			domain.RecordFitNote{Participant: l.id, Option: domain.NotFit, From: t.today - 125, To: t.today - 84},
			domain.RecordFitNote{Participant: l.id, Option: domain.MayBeFit, Boxes: []domain.FitBox{domain.PhasedReturn, domain.AlteredHours}, From: t.today - 9, To: t.today + 47},
		}
	})
}

// learnMoving remembers the items about moving on.
func (l *life) learnMoving(e domain.Event) {
	switch e := e.(type) {
	case domain.ProvisionStarted:
		if e.Referral.IsZero() {
			l.support = e.ID
		}
	case domain.ApplicationBegun:
		l.applied = e.ID
	case domain.CaseOffered:
		l.offer = e.ID
	}
}
