package domain

import "slices"

// Undo takes back everything that one batch did to its subject. What happened
// stays in the history; it only stops counting.
type Undo struct {
	Participant ID
	Batch       ID // zero means the last that the same person did and that still counts
}

// For names the participant.
func (c Undo) For() Subject { return About(c.Participant) }

// Decide refuses what was done by somebody else, and what later work rests on.
func (c Undo) Decide(p Participant, s Stamp) ([]Event, error) {
	target := c.Batch
	if target.IsZero() {
		target = p.LastBatch(s.By)
	}
	if target.IsZero() {
		return nil, Refused("batch", "There is nothing of yours left to undo here.")
	}
	if why := p.WhyNotUndo(target, s); why != "" {
		return nil, Refusal{"batch", why}
	}
	what := ""
	for _, r := range p.past {
		if r.Command == target {
			what = r.Event.Sentence()
			break
		}
	}
	return []Event{Undid{Batch: target, What: what}}, nil
}

// LastBatch returns the newest batch of somebody that still counts and is not
// itself an undo; zero if there is none.
func (p Participant) LastBatch(by ID) ID {
	undone := Undone(p.past)
	for _, r := range slices.Backward(p.past) {
		if _, isUndo := r.Event.(Undid); !isUndo && r.By == by && !undone[r.Command] && !p.wentOut(r.Command) {
			return r.Command
		}
	}
	return ID{}
}

// WhyNotUndo says why a batch cannot be taken back; empty means it can.
func (p Participant) WhyNotUndo(batch ID, s Stamp) string {
	undone := Undone(p.past)
	first := slices.IndexFunc(p.past, func(r Record) bool { return r.Command == batch })
	switch {
	case first < 0:
		return "That is not in this person's history."
	case undone[batch]:
		return "That has been undone already."
	case !mayUndo(p.past, batch, s.By, s.Role):
		return notYours
	case p.wentOut(batch):
		return "It has left the desk: no undo calls it back. Ask whoever has it to give it back or destroy it."
	}
	made := map[ID]bool{}
	joined := false
	for _, r := range p.past[first:] {
		if undone[r.Command] {
			continue
		}
		if r.Command == batch {
			if m, ok := r.Event.(maker); ok {
				made[m.makes()] = true
			}
			if _, ok := r.Event.(Joined); ok {
				joined = true
			}
			continue
		}
		if joined {
			return "More has been recorded since this person joined: undo that first."
		}
		if t, ok := r.Event.(toucher); ok && slices.ContainsFunc(t.touches(), func(id ID) bool { return made[id] }) {
			return restsOn(r)
		}
	}
	if turn, ok := p.stranded(batch, s); ok {
		return restsOn(turn)
	}
	return ""
}

func restsOn(r Record) string {
	return "Later work rests on it: undo that first. (" + r.Event.Sentence() + ")"
}

// stranded returns a later turn about a question that would change nothing any more
// without a batch: support that began on an agreement, an answer to what was accepted.
func (p Participant) stranded(batch ID, s Stamp) (Record, bool) {
	heard := func(x Entry) bool { return x.batch == batch }
	if !slices.ContainsFunc(p.Escalations, func(e Escalation) bool { return slices.ContainsFunc(e.Thread, heard) }) {
		return Record{}, false
	}
	undo := Record{Event: Undid{Batch: batch}, Command: s.Command, By: s.By, Role: s.Role}
	without := Replay(About(p.ID), append(slices.Clone(p.past), undo))
	for _, e := range without.Escalations {
		was := find(p.Escalations, e.ID)
		if was == nil {
			continue
		}
		for _, x := range e.Thread {
			worked := func(o Entry) bool { return o.batch == x.batch && o.What == x.What && o.Met == "" }
			if x.Met == "" || !slices.ContainsFunc(was.Thread, worked) {
				continue
			}
			if i := slices.IndexFunc(p.past, func(r Record) bool { return r.Command == x.batch }); i >= 0 {
				return p.past[i], true
			}
		}
	}
	return Record{}, false
}

// maker is an event that brings a new item into being.
type maker interface{ makes() ID }

// toucher is an event that changes or rests on items made before.
type toucher interface{ touches() []ID }

// Undid happens when a batch is taken back.
type Undid struct {
	Batch ID     `json:"batch"`
	What  string `json:"what,omitempty"` // the sentence of what was taken back
}

var _ = know[Undid]()

// Kind names the event on disk.
func (Undid) Kind() string { return "record.undone" }

// Sentence says what was taken back.
func (e Undid) Sentence() string {
	if e.What == "" {
		return "Something was undone."
	}
	return "Undone: " + e.What
}

// Undone returns the batches that no longer count. An undo may itself be undone,
// so the records, in order, are read from the last to the first.
func Undone(past []Record) map[ID]bool {
	var gone map[ID]bool
	for _, r := range slices.Backward(past) {
		e, ok := r.Event.(Undid)
		if !ok || gone[r.Command] || !mayUndo(past, e.Batch, r.By, r.Role) {
			continue
		}
		if gone == nil {
			gone = map[ID]bool{}
		}
		gone[e.Batch] = true
	}
	return gone
}
