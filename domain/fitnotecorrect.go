package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// CorrectFitNote puts right what was written down of a fit note. It says the whole note
// as it should stand.
type CorrectFitNote struct {
	RecordFitNote

	FitNote ID
}

// Decide checks it like a new one, and keeps it only when something differs.
func (c CorrectFitNote) Decide(p Participant, s Stamp) ([]Event, error) {
	f := find(p.FitNotes, c.FitNote)
	if f == nil {
		return nil, Refused("fit note", "That fit note is not on the record.")
	}
	boxes, err := c.read(s)
	if err != nil {
		return nil, err
	}
	e := FitNoteCorrected{ID: f.ID, Option: c.Option, Boxes: boxes, From: c.From, To: c.To, Comments: clean.Text(c.Comments, 2000), Saw: p.known(f.ID)}
	if e.Option == f.Option && slices.Equal(e.Boxes, f.Boxes) && e.From == f.From && e.To == f.To && e.Comments == f.Comments {
		return nil, Refused("", "Nothing is different from what the record says already.")
	}
	return []Event{e}, nil
}

// FitNoteCorrected happens when what was written down of a fit note was wrong.
type FitNoteCorrected struct {
	ID       ID           `json:"id"`
	Option   FitOption    `json:"option"`
	Boxes    []FitBox     `json:"boxes,omitempty"`
	From     calendar.Day `json:"from"`
	To       calendar.Day `json:"to"`
	Comments string       `json:"comments,omitempty"`
	Saw      int          `json:"saw"`
}

var _ = know[FitNoteCorrected]()

// Kind names the event on disk.
func (FitNoteCorrected) Kind() string { return "fitnote.corrected" }

// Sentence says until when it runs.
func (e FitNoteCorrected) Sentence() string {
	return "A fit note was corrected: to " + e.To.Long() + "."
}

func (e FitNoteCorrected) thing() ID { return e.ID }

func (e FitNoteCorrected) touches() []ID { return []ID{e.ID} }

func (e FitNoteCorrected) apply(p *Participant, r Record) {
	f := restored(p, &p.FitNotes, e.ID, func(*FitNote) {}) // a note ends by itself
	if f == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	was := joinWords(f.Summary(), f.From.Long()+" to "+f.To.Long(), f.Comments)
	now := FitNote{Option: e.Option, Boxes: e.Boxes, From: e.From, To: e.To, Comments: e.Comments}
	if was != joinWords(now.Summary(), now.From.Long()+" to "+now.To.Long(), now.Comments) || !apart {
		f.keep(apart, r.Desk, "fit note", was)
	}
	f.Option, f.Boxes, f.From, f.To, f.Comments = e.Option, e.Boxes, e.From, e.To, e.Comments
}

// fitNoteEnds returns when each fit note ends, as it was last told.
func fitNoteEnds(past []Record) map[ID]calendar.Day {
	ends := map[ID]calendar.Day{}
	for _, r := range past {
		switch e := r.Event.(type) {
		case FitNoteRecorded:
			if _, told := ends[e.ID]; !told {
				ends[e.ID] = e.To
			}
		case FitNoteCorrected:
			ends[e.ID] = e.To
		}
	}
	return ends
}
