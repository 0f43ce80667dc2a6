package domain_test

import (
	"math/rand/v2"
	"testing"

	"coachdesk/domain"
)

// TestHandoversCross goes on with the table of concurrent pairs:
//
//	handover answered | called back    what was taken stands, else called back; the words are kept
//	handover answered | answered       taken before a no, a no before a question; both are kept
//	handover replied | taken           taken; the reply is kept
//	handover ended | answered          ended; the answer is kept
//	handover ended | ended             ended, on the first day
//	handover ended | called back       ended
//	case offered for a while to two    what was taken stands, else the earlier; the other is marked
//	handover undone | answered         what was taken stands, else called back; the words are kept
//	case taken | called back           the case is whose it was taken by, and so says the handover
func TestHandoversCross(t *testing.T) {
	offered := domain.HandoverOffered{
		ID: theHandover, For: domain.HandoverCover, To: ruth, Name: "Ruth Okonjo", Role: domain.Adviser, Until: today + 14,
		Items: []domain.HandedItem{{ID: theCase, What: domain.HandedCase}, {ID: thePromise, What: domain.HandedPromise, Of: promised}},
	}
	other := offered
	other.ID, other.To, other.Name = domain.ID{15: 95}, lena, "Lena Marsh"
	other.Items = []domain.HandedItem{{ID: domain.ID{15: 96}, What: domain.HandedCase}}
	forGood := offered
	forGood.For, forGood.Until, forGood.Transfer, forGood.Items = domain.HandoverTransfer, 0, theOffer, offered.Items[:1]
	taken := byAdviser(answer(domain.HandoverTaken, "", theCase, thePromise))
	no := byAdviser(answer(domain.HandoverNotMine, "ww", theCase, thePromise))
	asks := byAdviser(answer(domain.HandoverAsked, "vv", theCase))
	recalled, ended := domain.HandoverRecalled{ID: theHandover}, domain.HandoverEnded{ID: theHandover}
	is := func(want domain.HandoverState, both bool, turns int) func(domain.Participant) bool {
		return func(p domain.Participant) bool {
			h := p.Handovers[0]
			return len(p.Handovers) == 1 && h.State() == want && h.Both == both && len(h.Log) == turns
		}
	}
	for _, tt := range []struct {
		name  string
		given []any
		a, b  any
		then  func(domain.Participant) bool
	}{
		{"taken and called back", []any{offered}, taken, recalled, is(domain.HandoverIsTaken, true, 3)},
		{"not taken and called back", []any{offered}, no, recalled, func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsRecalled && h.Items[0].Words == "ww"
		}},
		{"taken and not taken", []any{offered}, taken, no, is(domain.HandoverIsTaken, true, 3)},
		{"not taken and asked about", []any{offered}, no, asks, func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsDeclined && h.Items[0].Words == "ww" && (h.Log[1].Words == "vv" || h.Log[2].Words == "vv")
		}},
		{"replied and taken", []any{offered, asks}, domain.HandoverReplied{ID: theHandover, Item: theCase, Words: "xx"}, taken, func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsTaken && h.Items[0].Reply == "xx"
		}},
		{"ended and answered", []any{offered, byAdviser(answer(domain.HandoverTaken, "", theCase))}, ended, byAdviser(answer(domain.HandoverNotMine, "ww", thePromise)), func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsEnded && h.Items[1].Words == "ww"
		}},
		{"ended twice", []any{offered, taken}, ended, byAdviser(ended), func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsEnded && h.Ended == today && len(h.Log) == 4 && h.Log[3].Late
		}},
		{"ended and called back", []any{offered, taken}, byAdviser(ended), recalled, is(domain.HandoverIsEnded, true, 4)},
		{"the same case to two", nil, offered, other, func(p domain.Participant) bool {
			first, second := p.Handovers[0], p.Handovers[1]
			return first.State() == domain.HandoverIsOpen && second.State() == domain.HandoverIsDoubled && second.Instead == first.ID
		}},
		{"undone and taken", []any{offered}, domain.Undid{Batch: domain.ID{14: 1, 15: 1}}, taken, is(domain.HandoverIsTaken, true, 2)},
		{"undone and not taken", []any{offered}, domain.Undid{Batch: domain.ID{14: 1, 15: 1}}, no, is(domain.HandoverIsRecalled, true, 2)},
		{"the case is taken and called back", []any{forGood, domain.CaseOffered{ID: theOffer, To: ruth}}, told{domain.CaseAccepted{ID: theOffer, Name: "Ruth Okonjo"}, domain.Lead}, domain.CaseCalledBack{ID: theOffer}, func(p domain.Participant) bool {
			return p.Handovers[0].State() == domain.HandoverIsTaken && p.Fact(domain.FactCoach) == "Ruth Okonjo"
		}},
		{"the case is not taken and called back with the handover", []any{forGood, domain.CaseOffered{ID: theOffer, To: ruth}}, told{domain.CaseDeclined{ID: theOffer, Reason: "ww"}, domain.Lead}, recalled, func(p domain.Participant) bool {
			h := p.Handovers[0]
			return h.State() == domain.HandoverIsRecalled && h.Items[0].Words == "ww"
		}},
	} {
		crossed(t, tt.name, tt.given, tt.a, tt.b, tt.then)
	}

	// Of two who were asked apart, whoever took it has it, though asked later; when that is
	// over, the other one stands again.
	other.Items[0].ID = domain.ID{15: 96}
	took := by{lena, domain.Coach, 0, domain.HandoverAnswered{ID: other.ID, Items: []domain.ID{{15: 96}}, Answer: domain.HandoverTaken}}
	p := domain.Replay(domain.About(pat), between(coach(joined), coach(offered), coach(other), took))
	if p.Handovers[0].State() != domain.HandoverIsDoubled || p.Handovers[1].State() != domain.HandoverIsTaken {
		t.Errorf("%s, %s", p.Handovers[0].State(), p.Handovers[1].State())
	}
	p = domain.Replay(domain.About(pat), between(coach(joined), coach(offered), coach(other), took, coach(domain.HandoverEnded{ID: other.ID})))
	if p.Handovers[0].State() != domain.HandoverIsOpen {
		t.Errorf("after the other ended: %s", p.Handovers[0].State())
	}
}

// staffOf names one of the staff of a desk in the stories, by role.
func staffOf(role domain.Role, desk byte) domain.ID {
	return domain.ID{14: 8, 15: byte(len(role))<<2 | desk}
}

// handoverCommand makes something that somebody may do about handovers between the desks of
// a story; what does not fit is refused.
func handoverCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	roles := []domain.Role{domain.Coach, domain.Coach, domain.Coach, domain.Lead, domain.Adviser, domain.Provider}
	role, to := pickOne(dice, roles), pickOne(dice, roles)
	kind := pickOne(dice, []domain.HandoverKind{domain.HandoverCover, domain.HandoverCover, domain.HandoverTransfer, domain.HandoverQuestion, domain.HandoverReferral, domain.HandoverCopy})
	words := domain.HandoverWords{Why: w, Summary: w, HowToWork: w, Gaps: w}
	offer := domain.OfferHandover{
		Participant: pat, Kind: kind, To: staffOf(to, byte(1+dice.IntN(3))), ToName: w, ToRole: to, Words: words, Provider: trust.Name,
		Paper: &domain.HandoverPaper{Sections: []domain.HandoverSection{{Title: w, Lines: []string{w}}}},
	}
	if kind == domain.HandoverCover {
		offer.Until = today + 14
	}
	if all := domain.ItemsOf(p, kind, today, 0); len(all) > 0 {
		n := dice.IntN(len(all))
		offer.Items = all[n:min(len(all), n+1+dice.IntN(3))]
	}
	var h domain.Handover
	if n := len(p.Handovers); n > 0 {
		h = p.Handovers[n-1-dice.IntN(min(3, n))]
	}
	var some []domain.ID
	if len(h.Items) > 0 && dice.IntN(2) == 0 {
		some = []domain.ID{h.Items[dice.IntN(len(h.Items))].ID}
	}
	reply := domain.ReplyHandover{Participant: pat, Handover: h.ID, Words: w}
	if len(some) > 0 {
		reply.Item = some[0]
	}
	answers := domain.AnswerHandover{Participant: pat, Handover: h.ID, Items: some, Answer: pickOne(dice, domain.HandoverAnswers), Words: w}
	switch dice.IntN(9) {
	case 0, 1, 2:
		return offer, role
	case 3, 4, 5:
		return answers, h.ToRole // often the receiver
	case 6:
		return reply, role
	case 7:
		return domain.RecallHandover{Participant: pat, Handover: h.ID}, role
	default:
		return domain.EndHandover{Participant: pat, Handover: h.ID}, pickOne(dice, []domain.Role{role, h.ToRole})
	}
}
