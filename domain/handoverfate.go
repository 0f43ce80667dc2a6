package domain

import "slices"

// settleHandovers makes out what the rest of the record tells of handovers: a case that was
// accepted is taken, an escalation that the receiver accepted or answered is too, and of
// the same offered to two people by two desks one stands.
func (p *Participant) settleHandovers() {
	if !p.Exists() {
		p.metThough()
	}
	if len(p.Handovers) == 0 {
		return
	}
	p.Handovers = slices.Clone(p.Handovers)
	for k := range p.Handovers {
		h := &p.Handovers[k]
		h.Items = slices.Clone(h.Items)
		for n := range h.Items {
			switch i := &h.Items[n]; i.What {
			case HandedCase:
				h.caseSettled(find(p.Transfers, h.Transfer), i)
			case HandedEscalation:
				h.escalationSettled(find(p.Escalations, i.Of), i)
			default:
			}
		}
	}
	p.doubled()
}

// metThough keeps who somebody is at a desk outside, when the offer that told it was taken
// back: what that desk wrote meanwhile is about them.
func (p *Participant) metThough() {
	for _, r := range p.past {
		if e, ok := r.Event.(HandoverOffered); ok && p.WhyNoEffect(r) == "" {
			e.meet(p, r)
		}
	}
}

// caseSettled has the offer of the case decide about the case: whose it is must never be
// told in two ways.
func (h *Handover) caseSettled(t *Transfer, i *HandoverItem) {
	if t == nil {
		return
	}
	switch t.State {
	case TransferAccepted:
		if i.Answer != HandoverTaken {
			i.Answer, i.On, i.By = HandoverTaken, t.Settled, t.To
		}
	case TransferDeclined:
		if i.Answer != HandoverNotMine {
			i.Answer, i.Words, i.On, i.By = HandoverNotMine, joinWords(i.Words, t.Reason), t.Settled, t.To
		}
	case TransferRecalled:
		if h.Recalled.IsZero() {
			h.Recalled = t.Settled
		}
	case TransferOffered:
	}
}

// escalationSettled takes an escalation as taken that the receiver works on.
func (h *Handover) escalationSettled(e *Escalation, i *HandoverItem) {
	if e == nil || i.Answer.final() {
		return
	}
	for _, x := range e.Thread {
		if x.By == h.To && x.Met == "" && slices.Contains(takesOn, x.What) {
			i.Answer, i.On, i.By = HandoverTaken, x.On, x.By
			return
		}
	}
}

// takesOn are the turns of an adviser who works on an escalation.
var takesOn = []EntryKind{EntryAccepted, EntryAnswered, EntryBooked, EntryBegun}

// doubled finds what two desks offered to two people without knowing of each other: what
// somebody looks after already stands, else what was offered first.
func (p *Participant) doubled() {
	for k := range p.Handovers {
		h := &p.Handovers[k]
		for n := range p.Handovers {
			o := &p.Handovers[n]
			if n != k && h.rivals(*o) && h.yields(*o, n < k) {
				h.Instead = o.ID
				break
			}
		}
	}
}

// rivals reports whether two handovers put the same case into two hands at once.
func (h Handover) rivals(o Handover) bool {
	_, mine := h.CaseItem()
	_, theirs := o.CaseItem()
	if h.Kind != o.Kind || h.To == o.To || !mine || !theirs || !o.Instead.IsZero() {
		return false
	}
	return (h.Kind == HandoverCover || h.Kind == HandoverTransfer) && h.live() && o.live()
}

// yields reports whether a handover gives way to another one.
func (h Handover) yields(o Handover, earlier bool) bool {
	mine, _ := h.CaseItem()
	theirs, _ := o.CaseItem()
	if took := mine.Answer == HandoverTaken; took != (theirs.Answer == HandoverTaken) {
		return !took
	}
	return earlier
}

// ofHandover is an event about a handover that only some may do.
type ofHandover interface{ handover() ID }

// whyNotHandover says why a record about a handover does nothing: it is between two
// people, and somebody else made it. Empty means it counts.
func whyNotHandover(past []Record, r Record, e ofHandover) string {
	for _, o := range past {
		offer, ok := o.Event.(HandoverOffered)
		if !ok || offer.ID != e.handover() || WhyNotDo(o.Role, offer) != "" {
			continue
		}
		sender := o.By == r.By || r.Role == Lead
		switch e.(type) {
		case HandoverAnswered:
			if offer.To != r.By {
				return "It was offered to somebody else: they answer it."
			}
		case HandoverEnded:
			if !sender && offer.To != r.By {
				return "It is between two others: they end it."
			}
		default:
			if !sender {
				return "Somebody else handed it over: that is theirs to do."
			}
		}
		return ""
	}
	return ""
}
