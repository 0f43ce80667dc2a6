package demo

import "slices"

// fate is how somebody's story stands today.
type fate int

const (
	calm fate = iota
	comesToday
	answered
	asked
	accepted
	returned
	silent      // asked long ago and not accepted: expired, as computed
	silentLater // accepted long ago and not answered: expired too
	drafted
	triedWell
	triedPartly
	triedBadly
	untried
	closed
	withdrawn
	outcomeMissing
	fitNoteEnding
	promiseLate
	stepLate
	quiet
	newcomer // nothing is booked
	firstTalk
	stayedAway
	rescheduled
	cameInVain
	reviewDue
	meetAsked // a meeting of three
	meetAccepted
	meetBooked
	meetHeld
	meetClosed
	supportAsked // an adviser's direct support
	supportTaken
	supportAgreed
	supportNo
	supportActive
	supportLooked
	supportBack
	supportClosed
	widened
	concernOpen
	concernHandled
)

// shares is how many of a thousand live each fate; everybody else is calm. A
// caseload of enough people has at least one of each, the first of the list first,
// so that a small one shows every state of a question.
var shares = []struct {
	fate fate
	of   int
}{
	{comesToday, 85},
	{drafted, 10},
	{asked, 17},
	{accepted, 15},
	{returned, 8},
	{answered, 12},
	{silent, 8},
	{triedWell, 30},
	{triedPartly, 20},
	{triedBadly, 12},
	{untried, 8},
	{closed, 30},
	{withdrawn, 12},
	{outcomeMissing, 10},
	{newcomer, 12},
	{promiseLate, 12},
	{quiet, 15},
	{fitNoteEnding, 12},
	{reviewDue, 12},
	{stayedAway, 10},
	{silentLater, 5},
	{stepLate, 8},
	{rescheduled, 15},
	{firstTalk, 20},
	{cameInVain, 8},
	{meetBooked, 5},
	{supportActive, 5},
	{supportBack, 4},
	{meetAccepted, 4},
	{supportAgreed, 4},
	{supportNo, 4},
	{concernOpen, 3},
	{meetHeld, 4},
	{supportTaken, 4},
	{supportLooked, 4},
	{widened, 4},
	{meetAsked, 4},
	{supportAsked, 4},
	{meetClosed, 4},
	{supportClosed, 4},
	{concernHandled, 4},
}

// fates deals a fate to each of so many people.
func (t *teller) fates(people int) []fate {
	all := make([]fate, 0, people)
	for _, s := range shares {
		if len(all) < people {
			all = append(all, s.fate)
		}
	}
	for _, s := range shares {
		for range (people*s.of+500)/1000 - 1 {
			if len(all) < people {
				all = append(all, s.fate)
			}
		}
	}
	all = slices.Grow(all, people-len(all))[:people] // the rest is calm
	t.dice.Shuffle(people, func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
