package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// PartsErasure is what is left of a part of somebody's record that was kept long
// enough: of which class it was, and until when.
type PartsErasure struct {
	Participant ID
	Class       RetentionClass
	Before      calendar.Day
}

// Takes returns whether a record, of all that are held, is of what was erased.
func (e PartsErasure) Takes(held []Record) func(Record) bool {
	mine := slices.DeleteFunc(slices.Clone(held), func(r Record) bool { return r.Subject != About(e.Participant) })
	others, ends := TellsOthers(mine), fitNoteEnds(mine)
	return func(r Record) bool { return r.Subject == About(e.Participant) && e.takes(r, others, ends) }
}

func (e PartsErasure) takes(r Record, others func(Record) bool, ends map[ID]calendar.Day) bool {
	switch e.Class {
	case KeepThirdParty:
		return others(r) && r.Day < e.Before
	case KeepFitNote:
		switch f := r.Event.(type) {
		case FitNoteRecorded:
			return ends[f.ID] < e.Before
		case FitNoteCorrected: // with the note that it is about
			return ends[f.ID] < e.Before
		}
	case KeepCaseload, KeepDispute, KeepAccessLog:
	}
	return false
}

// EraseParts forgets the parts of a participant's record that are of one class and
// older than a day. The rest stays; each record that goes leaves a mark without
// content. The store does it in the same step in which this is written down.
type EraseParts struct {
	Office      ID
	Participant ID
	Class       RetentionClass
	Before      calendar.Day
}

// For names the office, like [Erase].
func (c EraseParts) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice takes the classes that are of parts.
func (c EraseParts) DecideOffice(o Office, s Stamp) ([]Event, error) {
	switch {
	case c.Participant.IsZero():
		return nil, Refused("ref", "Say from whose record something is to be erased.")
	case c.Class != KeepThirdParty && c.Class != KeepFitNote:
		return nil, Refused("class", "Only third-party and fit-note are parts that can be erased alone.")
	case c.Before.IsZero() || c.Before > s.Today:
		return nil, Refused("before", "Only what is past can be erased.")
	}
	if err := o.MayErase(s.Role); err != nil {
		return nil, err
	}
	return []Event{PartsErased{Participant: c.Participant, Class: c.Class, Before: c.Before}}, nil
}

// PartsErased happens when parts of a record are forgotten.
type PartsErased struct {
	Participant ID             `json:"participant"`
	Class       RetentionClass `json:"class"`
	Before      calendar.Day   `json:"before"`
}

var _ = know[PartsErased]()

// Kind names the event on disk.
func (PartsErased) Kind() string { return "participant.parts-erased" }

// Sentence says what kind of thing is gone, not whose.
func (e PartsErased) Sentence() string {
	return "What was kept long enough was erased: " + string(e.Class) + "."
}

func (e PartsErased) applyOffice(o *Office, _ Record) {
	o.ErasedParts = append(o.ErasedParts, PartsErasure(e))
}

// Emptied stands in the place of a record whose content was erased.
type Emptied struct {
	Class RetentionClass `json:"class"`
}

var _ = know[Emptied]()

// Kind names the event on disk.
func (Emptied) Kind() string { return "record.erased" }

// Sentence says that something stood here.
func (Emptied) Sentence() string { return "An entry was erased: it had been kept long enough." }
