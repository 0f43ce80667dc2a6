package domain

import "coachdesk/domain/clean"

// NameReferral says who deals with it at the provider, and under which reference it is
// held in another system.
type NameReferral struct {
	Participant, Referral ID
	Contact, Reference    string // empty leaves what is known
}

// For names the participant.
func (c NameReferral) For() Subject { return About(c.Participant) }

// Decide keeps only what is new.
func (c NameReferral) Decide(p Participant, _ Stamp) ([]Event, error) {
	x, err := p.findReferral(c.Referral)
	if err != nil {
		return nil, err
	}
	e := ReferralNamed{ID: x.ID, Contact: clean.Line(c.Contact, clean.MaxLine), Reference: clean.Line(c.Reference, 60)}
	if e.Contact == x.Contact {
		e.Contact = ""
	}
	if e.Reference == x.Reference {
		e.Reference = ""
	}
	if e.Contact == "" && e.Reference == "" {
		return nil, Refused("contact", "Write a named contact or a reference that is new.")
	}
	return []Event{e}, nil
}

// ReferralNamed happens when a contact or a reference of a referral becomes known.
type ReferralNamed struct {
	ID        ID     `json:"id"`
	Contact   string `json:"contact,omitempty"`
	Reference string `json:"reference,omitempty"`
}

var _ = know[ReferralNamed]()

// Kind names the event on disk.
func (ReferralNamed) Kind() string { return "referral.named" }

// Sentence says what became known, not what it is.
func (e ReferralNamed) Sentence() string {
	switch {
	case e.Contact == "":
		return "A referral has a reference at the provider."
	case e.Reference == "":
		return "A referral has a named contact at the provider."
	}
	return "A referral has a named contact and a reference at the provider."
}

func (e ReferralNamed) touches() []ID { return []ID{e.ID} }

func (e ReferralNamed) apply(p *Participant, r Record) {
	x := p.referral(e.ID, r)
	if x == nil {
		return
	}
	x.hears(ReferralEntry{What: ActNamed, Text: joinWords(e.Contact, e.Reference)}, r, true)
	if e.Contact != "" {
		x.Contact = e.Contact
	}
	if e.Reference != "" {
		x.Reference = e.Reference
	}
}

// ChaseReferral records that somebody asked a provider what became of a referral.
type ChaseReferral struct {
	Participant, Referral ID
	Words                 string
}

// For names the participant.
func (c ChaseReferral) For() Subject { return About(c.Participant) }

// Decide asks for a referral that lies with a provider.
func (c ChaseReferral) Decide(p Participant, _ Stamp) ([]Event, error) {
	x, err := p.outReferral(c.Referral)
	if err != nil {
		return nil, err
	}
	return []Event{ReferralChased{ID: x.ID, Words: clean.Line(c.Words, clean.MaxLine)}}, nil
}

// ReferralChased happens when a provider is asked what became of a referral.
type ReferralChased struct {
	ID    ID     `json:"id"`
	Words string `json:"words,omitempty"`
}

var _ = know[ReferralChased]()

// Kind names the event on disk.
func (ReferralChased) Kind() string { return "referral.chased" }

// Sentence says that we asked.
func (ReferralChased) Sentence() string { return "The provider was asked about a referral." }

func (e ReferralChased) touches() []ID { return []ID{e.ID} }

func (e ReferralChased) apply(p *Participant, r Record) {
	if x := p.referral(e.ID, r); x != nil {
		x.hears(ReferralEntry{What: ActChased, Text: e.Words}, r, true)
	}
}
