package document

import (
	"fmt"
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// Basis is the legal ground on which a note leaves the office.
type Basis string

// The bases. Consent is looked up in the ledger; the others are the coach's word.
const (
	ByConsent         Basis = ""
	ByPublicTask      Basis = "public-task"
	ByLegalObligation Basis = "legal-obligation"
	ByVitalInterests  Basis = "vital-interests"
)

// Bases lists those that are named, because consent needs no word.
var Bases = []Basis{ByPublicTask, ByLegalObligation, ByVitalInterests}

func (b Basis) words() string {
	switch b {
	case ByPublicTask:
		return "public task"
	case ByLegalObligation:
		return "legal obligation"
	case ByVitalInterests:
		return "vital interests"
	case ByConsent:
	}
	return "consent"
}

// Recipient is whom the ledger knows a receiver as.
func (r Receiver) Recipient() domain.Recipient {
	return domain.Recipient{Kind: domain.RecipientKind(r)}
}

// recipient is whom the ledger knows the receiver of the note as.
func (o Options) recipient() domain.Recipient {
	return domain.Recipient{Kind: o.For.Recipient().Kind, Name: o.To}
}

// Outside reports whether a paper for this receiver leaves the office, so that it
// needs consent or another legal basis.
func (r Receiver) Outside() bool { return r == Provider || r == Employer }

// staff reports whether a receiver works for the office.
func (r Receiver) staff() bool { return r == Colleague || r == Adviser }

// notAgreed says why consent keeps lines of a kind in the office. Those that consent
// cannot cover, because they are words of the note itself, go out.
func (m *maker) notAgreed(k Kind) string {
	part, told := partOf[k]
	if !told || !m.o.For.Outside() || m.o.Basis != ByConsent || m.p.WhyNotShare(m.o.recipient(), []domain.ConsentItem{part}, m.o.Today) == "" {
		return ""
	}
	return "no consent covers " + part.String()
}

// consent tells the ledger: to colleagues all that stands, to others what was agreed
// for them; and what the person knows of this handover.
func (m *maker) consent() {
	if m.o.For.Outside() && m.o.Basis != ByConsent {
		m.plain(KindConsent, "Shared on another legal basis than consent: %s.", m.o.Basis.words())
	}
	covering := m.p.Covering(m.o.recipient(), m.o.Today)
	for _, c := range m.p.Consents {
		why := m.whyNot(KindConsent, domain.Shareable)
		if m.o.For.Outside() && !slices.ContainsFunc(covering, func(x domain.Consent) bool { return x.ID == c.ID }) {
			why = "what was agreed for others"
		}
		m.because(KindConsent, why, fmt.Sprintf("%s; for: %s; %s; given by the %s, %s",
			clean.Line(c.WhoWhat(), 200), clean.Line(c.Purpose, 120), c.State(m.o.Today), c.Giver, c.How))
	}
	if !m.anyOpen() {
		m.plain(KindConsent, "No consent to share with others is recorded. Ask before anything leaves the office.")
	}
	m.knows(covering)
}

// knows tells what the person knows of this handover and agreed to, as far as the ledger
// tells it.
func (m *maker) knows(covering []domain.Consent) {
	if m.o.For == Person {
		return
	}
	for _, c := range covering {
		m.plain(KindKnows, "The person knows that the %s is told, and agreed %s: %s.", clean.Line(c.To.String(), 80), c.From.Short(m.o.Today), domain.ItemWords(c.Items))
	}
	if len(covering) == 0 {
		m.plain(KindKnows, "That the person knows of this handover, and agrees, is not recorded. Ask them.")
	}
}
