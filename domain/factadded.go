package domain

import (
	"slices"
	"strings"
	"unicode/utf8"

	"coachdesk/domain/clean"
)

// fact returns which fact a mark adds a line to.
func (m Mark) fact() (Fact, bool) {
	switch m.Kind {
	case MarkMatters:
		return FactMatters, true
	case MarkStrength:
		return FactStrengths, true
	default:
		return "", false
	}
}

// addTo adds a line to a fact, as long as the fact has room for it.
func (p Participant) addTo(f Fact, text string) (FactAdded, error) {
	field, _ := FieldOf(f)
	text = clean.Line(text, field.Max)
	if n := utf8.RuneCountInString(p.Fact(f)) + 1 + utf8.RuneCountInString(text); n > field.Max {
		return FactAdded{}, Refused(string(f), "%s would have %d letters and may have %d. Shorten it on the Details tab first.", field.Label, n, field.Max)
	}
	return FactAdded{Fact: f, Text: text}, nil
}

// FactAdded happens when a note adds a line to a fact that may have several. What was
// known stays: two desks that both add a line add two.
type FactAdded struct {
	Fact Fact   `json:"fact"`
	Text string `json:"text"`
}

var _ = know[FactAdded]()

// Kind names the event on disk.
func (FactAdded) Kind() string { return "fact.added" }

// Sentence says to which fact, not what.
func (e FactAdded) Sentence() string {
	if f, ok := FieldOf(e.Fact); ok {
		return "Added to: " + strings.ToLower(f.Label) + "."
	}
	return "Something was added to the details."
}

func (e FactAdded) apply(p *Participant, r Record) {
	value := p.Fact(e.Fact)
	lines := strings.Split(value, "\n")
	if value == "" {
		lines = nil
	}
	if slices.ContainsFunc(lines, func(l string) bool { return clean.Fold(l) == clean.Fold(e.Text) }) {
		return
	}
	p.tell(map[Fact]string{e.Fact: strings.Join(append(lines, e.Text), "\n")}, r)
}
