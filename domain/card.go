package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Card is advice that serves more than one person: what to do about a barrier, with
// its source. It holds nothing of anybody, and belongs to the office.
type Card struct {
	ID ID
	CardText
	On      calendar.Day // when it was written as it is now
	By      ID
	Before  []CardText // what it said before, oldest first
	Retired calendar.Day
	Reason  string // why it was retired
}

// ItemID makes Card findable by its ID.
func (c Card) ItemID() ID { return c.ID }

// CardText is what stands on a card.
type CardText struct {
	Lines    []string // what to do, a suggestion each
	Barriers []string // what it helps with
	Sector   string   // in which line of work; empty for any
	Source   string
	Return   string // when to come back to the adviser
}

// cardMost is how many suggestions and how many barriers a card may have: what an
// adviser sends is read on one screen.
const cardMost = 12

// ReadCard reads a card as people write it: a line each suggestion, a line that begins
// with # for each barrier, and “sector:”, “source:” and “come back:” before the rest.
func ReadCard(text string) CardText {
	var c CardText
	for line := range strings.SplitSeq(clean.Text(text, clean.MaxText), "\n") {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "#"); ok {
			if b := clean.Line(rest, 80); !slices.Contains(c.Barriers, b) {
				c.Barriers = append(c.Barriers, b)
			}
			continue
		}
		word, rest, _ := strings.Cut(line, ":")
		switch clean.Fold(strings.TrimSpace(word)) {
		case "sector":
			c.Sector = clean.Line(rest, 80)
		case "source":
			c.Source = clean.Line(rest, clean.MaxLine)
		case "come back":
			c.Return = clean.Line(rest, 80)
		default:
			c.Lines = append(c.Lines, clean.Line(strings.TrimLeft(line, "!-• "), clean.MaxLine))
		}
	}
	empty := func(s string) bool { return s == "" }
	c.Lines, c.Barriers = slices.DeleteFunc(c.Lines, empty), slices.DeleteFunc(c.Barriers, empty)
	return c
}

// String writes a card as [ReadCard] reads it.
func (c CardText) String() string {
	var out []string
	for _, l := range c.Lines {
		out = append(out, "! "+l)
	}
	for _, b := range c.Barriers {
		out = append(out, "# "+b)
	}
	for _, f := range []struct{ word, text string }{{"sector", c.Sector}, {"source", c.Source}, {"come back", c.Return}} {
		if f.text != "" {
			out = append(out, f.word+": "+f.text)
		}
	}
	return strings.Join(out, "\n")
}

// Answer is what a card says to the coach who asked.
func (c CardText) Answer() string {
	var out []string
	for _, l := range c.Lines {
		out = append(out, "! "+l)
	}
	if c.Source != "" {
		out = append(out, "Source: "+c.Source)
	}
	if c.Return != "" {
		out = append(out, "Come back: "+c.Return)
	}
	return strings.Join(out, "\n")
}

// Title is a card in one line.
func (c CardText) Title() string {
	if len(c.Lines) == 0 {
		return ""
	}
	return c.Lines[0]
}

// KeepAnswer makes the text of a card of an adviser's answer: what it suggests, and
// the barriers that it was about. The writer looks it through before it is kept.
func KeepAnswer(p Participant, x Escalation) CardText {
	c := CardText{Lines: Suggestions(x.Answer)}
	for line := range strings.SplitSeq(x.Answer, "\n") {
		word, rest, ok := strings.Cut(line, ":")
		if word = clean.Fold(strings.TrimSpace(word)); ok && word == "source" {
			c.Source = clean.Line(rest, clean.MaxLine)
		} else if ok && word == "come back" {
			c.Return = clean.Line(rest, 80)
		}
	}
	for _, id := range x.Barriers {
		if b := find(p.Barriers, id); b != nil && !b.Scope.Private() {
			c.Barriers = append(c.Barriers, clean.Line(b.Text, 80))
		}
	}
	return c
}

// WriteCard writes a card, or changes one.
type WriteCard struct {
	Office ID
	Card   ID // zero for a new one
	Text   CardText
	// Names are all that a card must not name: of everybody on the caseload. They are
	// compared and never kept.
	Names []string
	// Anyway keeps the card although something in it looks like personal data.
	Anyway bool
}

// For names the office.
func (c WriteCard) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a suggestion and for a text without personal data.
func (c WriteCard) DecideOffice(o Office, s Stamp) ([]Event, error) {
	id := c.Card
	if id.IsZero() {
		id = s.New()
	} else if now := find(o.Cards, id); now == nil || !now.Retired.IsZero() {
		return nil, Refused("card", "There is no such card, or it was retired. Write a new one.")
	} else if now.String() == c.Text.String() {
		return nil, Refused("card", "The card says so already.")
	}
	switch {
	case len(c.Text.Lines) == 0:
		return nil, Refused("text", "A card needs at least one suggestion: what to do.")
	case len(c.Text.Lines) > cardMost || len(c.Text.Barriers) > cardMost:
		return nil, Refused("text", "A card has up to %d suggestions and %d barriers. Make two cards of it.", cardMost, cardMost)
	}
	names := slices.Clone(c.Names)
	for _, p := range o.People {
		names = append(names, p.Name)
	}
	if found := PersonalIn(c.Text, names); len(found) > 0 && !c.Anyway {
		return nil, Refused(FieldPersonal, "%s A card is read by everybody: take it out, or write it anyway.", FindingWords(found))
	}
	t := c.Text
	return []Event{CardWritten{ID: id, Lines: t.Lines, Barriers: t.Barriers, Sector: t.Sector, Source: t.Source, Return: t.Return, Anyway: c.Anyway}}, nil
}

// CardWritten happens when a card is written or changed.
type CardWritten struct {
	ID       ID       `json:"id"`
	Lines    []string `json:"lines"`
	Barriers []string `json:"barriers,omitempty"`
	Sector   string   `json:"sector,omitempty"`
	Source   string   `json:"source,omitempty"`
	Return   string   `json:"return,omitempty"`
	Anyway   bool     `json:"anyway,omitempty"` // something in it looked like personal data
}

var _ = know[CardWritten]()

// Kind names the event on disk.
func (CardWritten) Kind() string { return "card.written" }

// Sentence says that it was written.
func (CardWritten) Sentence() string { return "An advice card was written." }

func (e CardWritten) applyOffice(o *Office, r Record) {
	text := CardText{Lines: e.Lines, Barriers: e.Barriers, Sector: e.Sector, Source: e.Source, Return: e.Return}
	c := find(o.Cards, e.ID)
	if c == nil {
		o.Cards = append(o.Cards, Card{ID: e.ID, CardText: text, On: r.Day, By: r.By})
		return
	}
	c.Before = append(slices.Clone(c.Before), c.CardText)
	c.CardText, c.On, c.By = text, r.Day, r.By
}

// RetireCard takes a card out of use. Answers that were taken from it stay.
type RetireCard struct {
	Office, Card ID
	Reason       string
}

// For names the office.
func (c RetireCard) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses one that is not there.
func (c RetireCard) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	if now := find(o.Cards, c.Card); now == nil || !now.Retired.IsZero() {
		return nil, Refused("card", "There is no such card, or it was retired already.")
	}
	return []Event{CardRetired{ID: c.Card, Reason: clean.Line(c.Reason, clean.MaxLine)}}, nil
}

// CardRetired happens when a card is no longer to be used.
type CardRetired struct {
	ID     ID     `json:"id"`
	Reason string `json:"reason,omitempty"`
}

var _ = know[CardRetired]()

// Kind names the event on disk.
func (CardRetired) Kind() string { return "card.retired" }

// Sentence says that it was retired.
func (CardRetired) Sentence() string { return "An advice card was retired." }

func (e CardRetired) applyOffice(o *Office, r Record) {
	c := find(o.Cards, e.ID)
	switch {
	case c == nil:
	case c.Retired.IsZero():
		c.Retired, c.Reason = r.Day, e.Reason
	case e.Reason != c.Reason: // two retired it apart: both reasons stand
		c.Reason = joinWords(c.Reason, e.Reason)
	}
}
