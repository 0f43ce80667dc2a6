package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Phrase is a text that the office's people write often, under a short name. Its
// places in braces are filled in for the person that it is used on.
type Phrase struct {
	Abbr string
	Text string
	By   ID
	On   calendar.Day
	Was  []string // what it said before, oldest first
}

// phraseMost is how long a phrase may be: longer ones are notes of somebody.
const phraseMost = 2000

// SavePhrase keeps a phrase, or changes one.
type SavePhrase struct {
	Office ID
	Abbr   string
	Text   string
}

// For names the office.
func (c SavePhrase) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a short name without blanks, and for places that can be filled.
func (c SavePhrase) DecideOffice(o Office, s Stamp) ([]Event, error) {
	abbr, err := ReadAbbr(c.Abbr)
	if err != nil {
		return nil, err
	}
	text, err := words("text", "The phrase", c.Text, phraseMost)
	if err != nil {
		return nil, err
	}
	for _, place := range places(text) {
		if _, known := (Filling{Today: s.Today}).fill(place); !known {
			return nil, Refused("text", "{%s} is no place that can be filled. The places are {%s}, and any date such as {2w}.", clean.Line(place, 40), strings.Join(fillings, "} {"))
		}
	}
	if now, ok := o.Phrase(abbr); ok && now.Text == text {
		return nil, Refused("text", "The phrase says that already.")
	}
	return []Event{PhraseSaved{Abbr: abbr, Text: text}}, nil
}

// ReadAbbr returns the short name of a phrase as it is kept: small letters, digits and
// hyphens.
func ReadAbbr(v string) (string, error) {
	abbr := strings.TrimPrefix(clean.Fold(clean.Line(v, 40)), ";")
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	if abbr == "" || len(abbr) > 20 || strings.ContainsFunc(abbr, other) {
		return "", Refused("abbr", "The short name of a phrase has up to 20 letters, digits or hyphens, for example: bus.")
	}
	return abbr, nil
}

// Phrase returns the phrase of a short name.
func (o Office) Phrase(abbr string) (Phrase, bool) {
	i := phraseAt(o.Phrases, abbr)
	if i < 0 {
		return Phrase{}, false
	}
	return o.Phrases[i], true
}

// GonePhrase returns the last words of a phrase that was removed.
func (o Office) GonePhrase(abbr string) (Phrase, bool) {
	i := phraseAt(o.Gone, abbr)
	if i < 0 {
		return Phrase{}, false
	}
	return o.Gone[i], true
}

func phraseAt(list []Phrase, abbr string) int {
	return slices.IndexFunc(list, func(p Phrase) bool { return p.Abbr == abbr })
}

// PhraseSaved happens when a phrase is kept or changed. Of two desks that changed one
// the later shows; what the other said stays in Was.
type PhraseSaved struct {
	Abbr string `json:"abbr"`
	Text string `json:"text"`
}

var _ = know[PhraseSaved]()

// Kind names the event on disk.
func (PhraseSaved) Kind() string { return "phrase.saved" }

// Sentence says which phrase, not what it says.
func (e PhraseSaved) Sentence() string {
	return "The phrase “" + clean.Line(e.Abbr, 20) + "” was saved."
}

func (e PhraseSaved) applyOffice(o *Office, r Record) {
	now := Phrase{Abbr: e.Abbr, Text: e.Text, By: r.By, On: r.Day}
	for _, list := range []*[]Phrase{&o.Phrases, &o.Gone} {
		if i := phraseAt(*list, e.Abbr); i >= 0 {
			was := (*list)[i]
			now.Was = slices.Clone(was.Was)
			if was.Text != e.Text {
				now.Was = append(now.Was, was.Text)
			}
			*list = slices.Delete(slices.Clone(*list), i, i+1)
		}
	}
	o.Phrases = append(o.Phrases, now)
	slices.SortFunc(o.Phrases, func(a, b Phrase) int { return cmp.Compare(a.Abbr, b.Abbr) })
}

// RemovePhrase takes a phrase off the list.
type RemovePhrase struct {
	Office ID
	Abbr   string
}

// For names the office.
func (c RemovePhrase) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses one that is not there.
func (c RemovePhrase) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	abbr, err := ReadAbbr(c.Abbr)
	if err != nil {
		return nil, err
	}
	if _, ok := o.Phrase(abbr); !ok {
		return nil, Refused("abbr", "No phrase is called %q.", abbr)
	}
	return []Event{PhraseRemoved{Abbr: abbr}}, nil
}

// PhraseRemoved happens when a phrase is no longer wanted. Its last words stay in Gone.
type PhraseRemoved struct {
	Abbr string `json:"abbr"`
}

var _ = know[PhraseRemoved]()

// Kind names the event on disk.
func (PhraseRemoved) Kind() string { return "phrase.removed" }

// Sentence says which phrase.
func (e PhraseRemoved) Sentence() string {
	return "The phrase “" + clean.Line(e.Abbr, 20) + "” was removed."
}

func (e PhraseRemoved) applyOffice(o *Office, _ Record) {
	i := phraseAt(o.Phrases, e.Abbr)
	if i < 0 {
		return // another desk removed it first
	}
	o.Gone = append(slices.Clone(o.Gone), o.Phrases[i])
	o.Phrases = slices.Delete(slices.Clone(o.Phrases), i, i+1)
}
