package domain

import (
	"maps"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Note is what a coach wrote down. Each scope of it is an event of its own under a
// key of its own; together they read in the order in which they were written.
type Note struct {
	ID      ID
	Session ID // zero outside a session
	On      calendar.Day
	By      ID
	Parts   []Part // as it stands now
	Amended []NoteVersion
	Apart   bool // amended on two desks that did not know of each other

	first []Part // as it was first written
}

// ItemID makes Note findable by its ID.
func (n Note) ItemID() ID { return n.ID }

// Text returns the note in the scopes that may be shown, with the lines in order.
func (n Note) Text(may func(Scope) bool) string {
	var lines []PlacedLine
	for _, p := range n.Parts {
		if may(p.Scope) {
			lines = append(lines, p.Lines...)
		}
	}
	slices.SortStableFunc(lines, func(a, b PlacedLine) int { return a.At - b.At })
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Text
	}
	return strings.Join(out, "\n")
}

// SharedOnly lets through what colleagues and the adviser may read.
func SharedOnly(s Scope) bool { return s == Shareable }

// Everything lets through every scope: for the coach's own eyes.
func Everything(Scope) bool { return true }

// TakeNote writes a note outside a session.
type TakeNote struct {
	Participant ID
	Text        string
}

// For names the participant.
func (c TakeNote) For() Subject { return About(c.Participant) }

// Decide makes the note and an item of each mark.
func (c TakeNote) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if clean.Text(c.Text, clean.MaxText) == "" {
		return nil, Refused("text", "The note is empty. Write at least a word.")
	}
	return p.writeNote(c.Text, ID{}, s)
}

// writeNote turns a text into note events, one a scope, and the items of its marks.
func (p Participant) writeNote(text string, session ID, s Stamp) ([]Event, error) {
	w := ReadNote(text, s.Today, p.names(s))
	if err := w.Problem(); err != nil {
		return nil, err
	}
	id := s.New()
	var events []Event
	for _, part := range w.Parts {
		events = append(events, Noted{ID: id, Session: session, Scope: part.Scope, Lines: part.Lines})
	}
	more, err := p.markEvents(w.Marks, session, s)
	return append(events, more...), err
}

// markEvents are what the marks of a note become.
func (p Participant) markEvents(marks []Mark, session ID, s Stamp) ([]Event, error) {
	var events []Event
	p.Facts = maps.Clone(p.Facts) // a second line for a fact counts with the first
	for _, m := range marks {
		if f, ok := m.fact(); ok {
			e, err := p.addTo(f, m.Text)
			if err != nil {
				return nil, Refused("text", "Line %d: %s", m.Line+1, err)
			}
			e.apply(&p, Record{Day: s.Today, By: s.By})
			events = append(events, e)
			continue
		}
		events = append(events, m.event(s.New(), session))
	}
	return events, nil
}

func (p Participant) names(s Stamp) Names { return Names{Coach: s.Name, Person: p.Name()} }

// event is what a mark becomes.
func (m Mark) event(id, session ID) Event {
	switch m.Kind {
	case MarkPromise:
		return Promised{ID: id, Text: m.Text, Owner: m.Owner, Due: m.Due, Session: session, Scope: m.Scope}
	case MarkStep:
		return StepAdded{ID: id, Text: m.Text, Owner: m.Owner, Due: m.Due, Before: m.Before, Session: session, Scope: m.Scope}
	case MarkQuestion:
		return QuestionDrafted{ID: id, Question: m.Text, Session: session, Scope: m.Scope}
	case MarkBarrier:
		return BarrierNoted{ID: id, Text: m.Text, Session: session, Scope: m.Scope}
	case MarkAppointment:
		return Booked{ID: id, Day: m.Due, Minute: m.Minute, Channel: m.Channel, Purpose: m.Text, Scope: m.Scope}
	case MarkAdjustment, MarkMatters, MarkStrength: // the last two are facts, see markEvents
	}
	return Adjusted{ID: id, Text: m.Text, Scope: m.Scope}
}

// Noted happens when a note, or the part of it in one scope, is written.
type Noted struct {
	ID      ID           `json:"id"`
	Session ID           `json:"session,omitzero"`
	Scope   Scope        `json:"scope,omitempty"`
	Lines   []PlacedLine `json:"lines"`
}

var _ = know[Noted]()

// Kind names the event on disk.
func (Noted) Kind() string { return "note.taken" }

// Sentence says that words were written, and in which scope if a private one.
func (e Noted) Sentence() string {
	if e.Scope.Private() {
		return "A note was written (" + e.Scope.String() + ")."
	}
	return "A note was written."
}

// InScope implements [Scoped].
func (e Noted) InScope() Scope { return e.Scope }

func (e Noted) makes() ID { return e.ID }

func (e Noted) apply(p *Participant, r Record) {
	n := p.noteOf(e.ID)
	if len(n.first) == 0 {
		n.Session, n.On, n.By = e.Session, r.Day, r.By
	}
	n.first = append(n.first, Part{Scope: r.Scope, Lines: e.Lines})
	n.settle()
}

// noteOf returns the note of an ID, a new one if need be. Parts come one after the
// other, so the last is asked first.
func (p *Participant) noteOf(id ID) *Note {
	if last := len(p.Notes) - 1; last >= 0 && p.Notes[last].ID == id {
		return &p.Notes[last]
	}
	if n := find(p.Notes, id); n != nil {
		return n
	}
	p.Notes = append(p.Notes, Note{ID: id})
	return &p.Notes[len(p.Notes)-1]
}
