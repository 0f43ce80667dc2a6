package domain

import "coachdesk/domain/clean"

// CaseAccepted happens when a colleague takes a case on. From then on it is theirs.
type CaseAccepted struct {
	ID   ID     `json:"id"`
	Name string `json:"name"` // of whoever accepted, as the fact about the work coach says it
}

var _ = know[CaseAccepted]()

// Kind names the event on disk.
func (CaseAccepted) Kind() string { return "transfer.accepted" }

// Sentence says whose case it is.
func (e CaseAccepted) Sentence() string {
	return clean.Line(e.Name, clean.MaxLine) + " took the case on."
}

func (e CaseAccepted) touches() []ID { return []ID{e.ID} }

func (e CaseAccepted) apply(p *Participant, r Record) {
	if t := p.transfer(e.ID); t != nil {
		// Somebody works with the person now: that stands against a call back that crossed.
		t.Both = t.Both || t.State != TransferOffered
		t.State, t.Settled = TransferAccepted, r.Day
	}
	p.tell(map[Fact]string{FactCoach: e.Name}, r)
}

// CaseDeclined happens when a colleague does not take a case on.
type CaseDeclined struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason"`
}

var _ = know[CaseDeclined]()

// Kind names the event on disk.
func (CaseDeclined) Kind() string { return "transfer.declined" }

// Sentence says that the case stays where it is.
func (CaseDeclined) Sentence() string {
	return "A colleague did not take the case on. It stays where it is."
}

func (e CaseDeclined) touches() []ID { return []ID{e.ID} }

func (e CaseDeclined) apply(p *Participant, r Record) {
	t := p.transfer(e.ID)
	if t == nil {
		return
	}
	t.Reason = e.Reason // kept, whatever stands
	if t.State == TransferAccepted {
		t.Both = true
		return
	}
	t.Both = t.Both || t.State != TransferOffered
	t.State, t.Settled = TransferDeclined, r.Day
}

// CaseCalledBack happens when an offer is taken back before it is answered.
type CaseCalledBack struct {
	ID ID `json:"id"`
}

var _ = know[CaseCalledBack]()

// Kind names the event on disk.
func (CaseCalledBack) Kind() string { return "transfer.recalled" }

// Sentence says that the case stays where it is.
func (CaseCalledBack) Sentence() string {
	return "The offer of the case was called back. It stays where it is."
}

func (e CaseCalledBack) touches() []ID { return []ID{e.ID} }

func (e CaseCalledBack) apply(p *Participant, r Record) {
	t := p.transfer(e.ID)
	switch {
	case t == nil:
	case t.State == TransferOffered:
		t.State, t.Settled = TransferRecalled, r.Day
	default: // answered meanwhile: the answer stands
		t.Both = true
	}
}
