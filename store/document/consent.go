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

// agreed lets lines of one part of the record out when a consent covers it, or when
// none is needed.
func (m *maker) agreed(part domain.ConsentItem, lines ...string) []string {
	if !m.o.For.Outside() || m.o.Basis != ByConsent || m.p.WhyNotShare(m.o.recipient(), []domain.ConsentItem{part}, m.o.Today) == "" {
		return lines
	}
	m.hide(len(lines), "no consent covers "+part.String())
	return nil
}

// consent tells the ledger: to colleagues all that stands, to others what was agreed
// for them.
func (m *maker) consent() []string {
	var lines []string
	if m.o.For.Outside() && m.o.Basis != ByConsent {
		lines = append(lines, "Shared on another legal basis than consent: "+m.o.Basis.words()+".")
	}
	others, covering := 0, m.p.Covering(m.o.recipient(), m.o.Today)
	for _, c := range m.p.Consents {
		mine := slices.ContainsFunc(covering, func(x domain.Consent) bool { return x.ID == c.ID })
		if m.o.For.Outside() && !mine {
			others++
			continue
		}
		lines = append(lines, fmt.Sprintf("%s; for: %s; %s; given by the %s, %s",
			clean.Line(c.WhoWhat(), 200), clean.Line(c.Purpose, 120), c.State(m.o.Today), c.Giver, c.How))
	}
	m.hide(others, "what was agreed for others")
	if len(lines) == 0 {
		lines = []string{"No consent to share with others is recorded. Ask before anything leaves the office."}
	}
	return lines
}
