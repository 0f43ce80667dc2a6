package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Template is what often helps with one kind of barrier, as data: a start, of which
// each step can be left out.
type Template struct {
	Key        string         `json:"key"`
	Says       string         `json:"says"`
	Words      []string       `json:"words"` // beginnings of words that a barrier of this kind has
	Steps      []TemplateStep `json:"steps"`
	Source     string         `json:"source"`
	Date       string         `json:"date"`
	Confidence string         `json:"confidence"`
}

// TemplateStep is one step of a template, with a loose date.
type TemplateStep struct {
	Text  string `json:"text"`
	Owner Owner  `json:"owner"`
	Due   string `json:"due,omitempty"` // as people write it, or before: and an anchor
}

// TemplateFor returns the template whose words fit a barrier best; false for none.
func (p Planning) TemplateFor(barrier string) (Template, bool) {
	words := strings.FieldsFunc(clean.Fold(barrier), func(r rune) bool { return strings.ContainsRune(" ,.;:/()'’\"-", r) })
	best, most := Template{}, 0
	for _, t := range p.Templates {
		n := 0
		for _, begin := range t.Words {
			if slices.ContainsFunc(words, func(w string) bool { return isAbout(w, clean.Fold(begin)) }) {
				n++
			}
		}
		if n > most {
			best, most = t, n
		}
	}
	return best, most > 0
}

// isAbout reports whether a word begins like that. Short ones have to be the word, so
// that a busy mind is not about the bus.
func isAbout(word, with string) bool {
	if len(with) < 5 {
		return word == with || word == with+"s" || word == with+"es"
	}
	return strings.HasPrefix(word, with)
}

// Add returns the command that adds a step of a template for a barrier. Its date falls
// on a working day.
func (t TemplateStep) Add(participant, barrier ID, s Stamp) (AddStep, error) {
	c := AddStep{Participant: participant, Barrier: barrier, Owner: t.Owner, Text: t.Text}
	if t.Due == "" {
		return c, nil
	}
	var err error
	c.Due, c.Before, err = ReadDue(t.Due, s.Today)
	c.Due = workingFrom(s.Calendar, c.Due)
	return c, err
}

// workingFrom returns a day, or the first working day after it.
func workingFrom(cal *calendar.Calendar, d calendar.Day) calendar.Day {
	if d.IsZero() || cal == nil {
		return d
	}
	for range 31 { // no run of days off is longer
		if cal.Working(d) {
			return d
		}
		d++
	}
	return d
}
