package domain

import (
	"maps"
	"slices"
)

// withheldFacts are what stays in the office while contact details are withheld: how to
// reach them may name a number too, and a representative where they live.
var withheldFacts = []Fact{FactAddress, FactPostcode, FactPhone, FactEmail, FactContact, FactRepresentative}

// WithheldFacts lists them.
func WithheldFacts() []Fact { return slices.Clone(withheldFacts) }

// Withheld reports whether contact details of the person go to nobody outside.
func (p Participant) Withheld() bool { return p.Fact(FactWithhold) != "" }

// Outside returns the record without what is withheld: what papers for others are made of.
func (p Participant) Outside() Participant {
	if !p.Withheld() {
		return p
	}
	facts := maps.Clone(p.Facts)
	for _, f := range withheldFacts {
		delete(facts, f)
	}
	p.Facts = facts
	return p
}
