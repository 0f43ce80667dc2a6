package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// FitNote is a clinician's statement of fitness for work. It is advice.
type FitNote struct {
	thread

	ID       ID
	Option   FitOption
	Boxes    []FitBox
	From, To calendar.Day
	Comments string
	By       ID
	On       calendar.Day // it was recorded
}

// ItemID makes FitNote findable by its ID.
func (f FitNote) ItemID() ID { return f.ID }

// FitOption is which of its two options a fit note says.
type FitOption string

// The options are stored.
const (
	NotFit   FitOption = "not fit for work"
	MayBeFit FitOption = "may be fit for work"
)

// FitBox is one of the four boxes of a note that says may be fit.
type FitBox string

// The boxes are stored; their order and words are those of the form (source:
// ACAS, "Might be fit for work", as excerpted in November 2026).
const (
	PhasedReturn FitBox = "phased return"
	AlteredHours FitBox = "altered hours"
	AmendedDuty  FitBox = "amended duties"
	Adaptations  FitBox = "workplace adaptations"
)

// FitBoxes lists the four boxes.
var FitBoxes = []FitBox{PhasedReturn, AlteredHours, AmendedDuty, Adaptations}

// CurrentFitNote returns the fit note that ends last.
func (p Participant) CurrentFitNote() (FitNote, bool) {
	var last FitNote
	for _, f := range p.FitNotes {
		if f.To >= last.To {
			last = f
		}
	}
	return last, !last.To.IsZero()
}

// RecordFitNote puts a fit note on the record.
type RecordFitNote struct {
	Participant ID
	Option      FitOption
	Boxes       []FitBox
	From, To    calendar.Day
	Comments    string
}

// For names the participant.
func (c RecordFitNote) For() Subject { return About(c.Participant) }

// Decide checks that boxes and dates fit the form.
func (c RecordFitNote) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	boxes, err := c.read(s)
	if err != nil {
		return nil, err
	}
	return []Event{FitNoteRecorded{ID: s.New(), Option: c.Option, Boxes: boxes, From: c.From, To: c.To, Comments: clean.Text(c.Comments, 2000)}}, nil
}

// read checks a note as it would stand, and puts its boxes in the order of the form.
func (c RecordFitNote) read(s Stamp) ([]FitBox, error) {
	switch {
	case c.Option != NotFit && c.Option != MayBeFit:
		return nil, Refused("option", "A fit note says not fit for work, or may be fit for work.")
	case c.Option == NotFit && len(c.Boxes) > 0:
		return nil, Refused("boxes", "Only a note that says may be fit for work has boxes.")
	case c.From.IsZero() || c.To.IsZero():
		return nil, Refused("to", "Say from when to when the note runs, for example to 4w.")
	case c.To < c.From:
		return nil, Refused("to", "The note ends before it begins: %s to %s.", c.From.Short(s.Today), c.To.Short(s.Today))
	case c.To > c.From.AddMonths(24):
		return nil, Refused("to", "The note would run for more than two years. Check the dates.")
	}
	var boxes []FitBox
	for _, b := range FitBoxes {
		if slices.Contains(c.Boxes, b) {
			boxes = append(boxes, b)
		}
	}
	for _, b := range c.Boxes {
		if !slices.Contains(FitBoxes, b) {
			return nil, Refused("boxes", "%q is not a box. The boxes are phased return, altered hours, amended duties, workplace adaptations.", clean.Line(string(b), 40))
		}
	}
	return boxes, nil
}

// FitNoteRecorded happens when a fit note comes in.
type FitNoteRecorded struct {
	ID       ID           `json:"id"`
	Option   FitOption    `json:"option"`
	Boxes    []FitBox     `json:"boxes,omitempty"`
	From     calendar.Day `json:"from"`
	To       calendar.Day `json:"to"`
	Comments string       `json:"comments,omitempty"`
}

var _ = know[FitNoteRecorded]()

// Kind names the event on disk.
func (FitNoteRecorded) Kind() string { return "fitnote.recorded" }

// Sentence says until when it runs.
func (e FitNoteRecorded) Sentence() string {
	return "A fit note was recorded, to " + e.To.Long() + "."
}

func (e FitNoteRecorded) thing() ID { return e.ID }

func (e FitNoteRecorded) makes() ID { return e.ID }

func (e FitNoteRecorded) apply(p *Participant, r Record) {
	p.FitNotes = append(p.FitNotes, FitNote{ID: e.ID, Option: e.Option, Boxes: e.Boxes, From: e.From, To: e.To, Comments: e.Comments, By: r.By, On: r.Day})
}

// Summary says in a few words what the note advises.
func (f FitNote) Summary() string {
	words := []string{string(f.Option)}
	for _, b := range f.Boxes {
		words = append(words, string(b))
	}
	return strings.Join(words, ", ")
}
