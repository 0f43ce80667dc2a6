package domain

import (
	"slices"
	"strings"
)

// UndoOffice takes back what one batch did to the office's cards and phrases. Who works
// here, its calendar and what was erased are never taken back so.
type UndoOffice struct{ Office, Batch ID }

// For names the office.
func (c UndoOffice) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses what was done by somebody else, and what later work rests on.
func (c UndoOffice) DecideOffice(o Office, s Stamp) ([]Event, error) {
	if c.Batch.IsZero() {
		return nil, Refused("batch", "There is nothing of yours left to undo here.")
	}
	if why := o.WhyNotUndo(c.Batch, s); why != "" {
		return nil, Refusal{"batch", why}
	}
	first := slices.IndexFunc(o.past, func(r Record) bool { return r.Command == c.Batch })
	return []Event{Undid{Batch: c.Batch, What: o.past[first].Event.Sentence()}}, nil
}

// The beginnings of the kinds that [Office.LastBatch] looks for.
const (
	CardKinds   = "card."
	PhraseKinds = "phrase."
)

// LastBatch returns the newest batch of somebody about cards or about phrases that still
// counts; zero if there is none.
func (o Office) LastBatch(by ID, kinds string) ID {
	undone := Undone(o.past)
	for _, r := range slices.Backward(o.past) {
		if r.By == by && !undone[r.Command] && strings.HasPrefix(r.Event.Kind(), kinds) {
			return r.Command
		}
	}
	return ID{}
}

// shelved is an event about a card or a phrase; on tells which.
type shelved interface{ on() string }

func (e CardWritten) on() string   { return "card " + e.ID.String() }
func (e CardRetired) on() string   { return "card " + e.ID.String() }
func (e PhraseSaved) on() string   { return "phrase " + e.Abbr }
func (e PhraseRemoved) on() string { return "phrase " + e.Abbr }

// WhyNotUndo says why a batch of the office cannot be taken back; empty means it can.
// What a later change took the place of can: the later one stands.
func (o Office) WhyNotUndo(batch ID, s Stamp) string {
	undone := Undone(o.past)
	first := slices.IndexFunc(o.past, func(r Record) bool { return r.Command == batch })
	switch {
	case first < 0:
		return "That is not in the office's history."
	case undone[batch]:
		return "That has been undone already."
	case !mayUndo(o.past, batch, s.By, s.Role):
		return notYours
	}
	before, made := map[string]bool{}, map[string]bool{}
	for i, r := range o.past {
		e, ok := r.Event.(shelved)
		_, undo := r.Event.(Undid)
		switch {
		case r.Command == batch && !ok && !undo:
			return "Only cards and phrases are taken back so. Register the person or change the day again."
		case !ok || undone[r.Command]:
		case r.Command == batch:
			made[e.on()] = !before[e.on()]
		case i > first && made[e.on()]:
			return restsOn(r)
		default:
			before[e.on()] = true
		}
	}
	return ""
}
