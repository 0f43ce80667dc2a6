package domain

import (
	"slices"
	"strings"
)

// always is later than any record.
const always = ^Clock(0)

// SharedWith says which records of a person go to somebody of another desk by what was
// handed over between them and those who work here; false when nothing was, or only a
// copy. While it lasts that is all that is shareable, and afterwards what was there when it
// ended: whoever looked after a case does not read on when it is back. Somebody outside
// gets only the kinds that are named, of what was handed to them.
func (p Participant) SharedWith(who ID, here func(ID) bool, outside []string) (may func(Record) bool, some bool) {
	var until Clock
	var beyond []Handover
	for _, h := range p.handedEver() {
		to, from := h.To == who && here(h.By), h.By == who && here(h.To)
		switch {
		case !to && !from, h.Kind == HandoverCopy && !h.outside():
			continue
		case to && h.outside():
			beyond = append(beyond, h)
		}
		some = true
		until = max(until, p.sharedUntil(h, from))
	}
	if len(beyond) > 0 {
		chosen := p.ChosenFor(beyond, outside)
		return func(r Record) bool { return r.Time <= until && chosen(r) }, some
	}
	return func(r Record) bool { return r.Scope == Shareable && r.Time <= until }, some
}

// handedEver are the handovers of the record, and as over those whose offer was undone: the
// other desk may have it, and has to hear that it does not count.
func (p Participant) handedEver() []Handover {
	all := slices.Clone(p.Handovers)
	for _, r := range p.past {
		e, ok := r.Event.(HandoverOffered)
		if !ok || find(all, e.ID) != nil {
			continue
		}
		h := Handover{ID: e.ID, Kind: e.For, By: r.By, To: e.To, ToRole: e.Role, On: r.Day, Transfer: e.Transfer, HandoverFate: HandoverFate{Ended: r.Day}}
		for _, i := range e.Items {
			h.Items = append(h.Items, HandoverItem{ID: i.ID, What: i.What, Of: i.Of})
		}
		all = append(all, h)
	}
	return all
}

// outside reports whether a handover went to somebody who gets no history of ours.
func (h Handover) outside() bool { return h.ToRole == Provider }

// sharedUntil is up to when a handover lets its two desks read along. Back is to whoever
// offered it: their own case, unless they handed it over for good.
func (p Participant) sharedUntil(h Handover, back bool) Clock {
	over := h.State().Over()
	if back {
		over = h.Kind == HandoverTransfer && h.State() == HandoverIsTaken
	}
	if !over {
		return always
	}
	var last Clock
	batch := ID{}
	for _, r := range p.past {
		switch e := r.Event.(type) {
		case HandoverOffered:
			if e.ID == h.ID {
				last, batch = max(last, r.Time), r.Command
			}
		case Undid:
			if e.Batch == batch && !batch.IsZero() {
				last = max(last, r.Time)
			}
		case ofHandover:
			if e.handover() == h.ID {
				last = max(last, r.Time)
			}
		case CaseAccepted:
			if e.ID == h.Transfer {
				last = max(last, r.Time)
			}
		case CaseDeclined:
			if e.ID == h.Transfer {
				last = max(last, r.Time)
			}
		case CaseCalledBack:
			if e.ID == h.Transfer {
				last = max(last, r.Time)
			}
		}
	}
	return last
}

// ChosenFor returns which records go to somebody outside with handovers: of the kinds that
// are named, those about the handovers themselves, about the referrals in them, and the
// consents of whom they went to; and what takes one of these back. What was recorded while
// no consent held stays here, but for what tells them that it is over.
func (p Participant) ChosenFor(all []Handover, kinds []string) func(Record) bool {
	grounds := p.grounds(all)
	about := func(r Record) bool {
		_, mine := grounds[subjectOf(r.Event)]
		return mine && r.Scope == Shareable && slices.Contains(kinds, r.Kind)
	}
	chosen := func(r Record) bool {
		return about(r) && (tellsTheEnd(r.Event) || p.agreedAt(grounds[subjectOf(r.Event)], r))
	}
	batches := map[ID]bool{}
	for _, r := range p.past {
		batches[r.Command] = batches[r.Command] || about(r)
	}
	return func(r Record) bool {
		if e, ok := r.Event.(Undid); ok {
			return batches[e.Batch]
		}
		return chosen(r)
	}
}

// grounds are the handovers, their referrals and the consents for them, each with whom the
// person agreed to. What was taken back is among them: whoever got it has to hear of that.
func (p Participant) grounds(all []Handover) map[ID]Recipient {
	out := map[ID]Recipient{}
	for _, h := range all {
		out[h.ID] = Recipient{Kind: ToProvider}
		for _, r := range p.past {
			e, ok := r.Event.(Referred)
			if ok && slices.ContainsFunc(h.Items, func(i HandoverItem) bool { return i.What == HandedReferral && i.Of == e.ID }) {
				out[h.ID], out[e.ID] = e.To(), e.To()
			}
		}
		for _, r := range p.past {
			if e, ok := r.Event.(ConsentGiven); ok && out[h.ID].same(Recipient{e.To, e.Name}) {
				out[e.ID] = out[h.ID]
			}
		}
	}
	return out
}

// tellsTheEnd reports whether an event tells whoever got something that no more will come.
func tellsTheEnd(e Event) bool {
	switch e.(type) {
	case ConsentGiven, ConsentNarrowed, ConsentWithdrawn, HandoverRecalled, HandoverEnded, ReferralRecalled:
		return true
	}
	return false
}

// agreedAt reports whether a consent for a recipient held when a record was made.
func (p Participant) agreedAt(to Recipient, r Record) bool {
	return slices.ContainsFunc(p.Consents, func(c Consent) bool {
		if c.To.Kind != to.Kind || to.Name != "" && !c.To.same(to) || c.From > r.Day || !c.Until.IsZero() && c.Until < r.Day {
			return false
		}
		return c.Withdrawn.IsZero() || r.Time < p.withdrawnAt(c.ID)
	})
}

// withdrawnAt is when a consent was withdrawn.
func (p Participant) withdrawnAt(consent ID) Clock {
	for _, r := range p.past {
		if e, ok := r.Event.(ConsentWithdrawn); ok && e.ID == consent {
			return r.Time
		}
	}
	return always
}

// subjectOf returns what an event about a handover, a referral or a consent is about; zero
// for all others.
func subjectOf(e Event) ID {
	switch e := e.(type) {
	case HandoverOffered:
		return e.ID
	case ofHandover:
		return e.handover()
	case ConsentGiven:
		return e.ID
	case ConsentNarrowed:
		return e.ID
	case ConsentWithdrawn:
		return e.ID
	case toucher:
		if strings.HasPrefix(e.(Event).Kind(), "referral.") {
			return e.touches()[0]
		}
	}
	return ID{}
}
