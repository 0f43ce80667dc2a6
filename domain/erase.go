package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ErasureReason says why somebody was erased. It is one of a list, because free words
// might name whom the erasure is to forget.
type ErasureReason string

// The reasons are stored.
const (
	KeptLongEnough ErasureReason = "kept long enough"
	AskedToErase   ErasureReason = "asked to"
	NeverMeant     ErasureReason = "recorded by mistake"
	WentElsewhere  ErasureReason = "transferred"
)

// ErasureReasons lists all there are.
var ErasureReasons = []ErasureReason{KeptLongEnough, AskedToErase, NeverMeant, WentElsewhere}

// Erasure is what is left of somebody who was erased: an ID that names nobody any
// more, when, by whom and why.
type Erasure struct {
	ID     ID
	On     calendar.Day
	By     ID
	Reason ErasureReason
}

// ErasedIDs returns who was erased, in the order of their IDs. They never come back:
// not by a backup, not by another desk.
func (o Office) ErasedIDs() []ID {
	ids := make([]ID, len(o.Erased))
	for i, e := range o.Erased {
		ids[i] = e.ID
	}
	slices.SortFunc(ids, ID.Compare)
	return ids
}

// IsErased reports whether somebody was erased.
func (o Office) IsErased(id ID) bool {
	return slices.ContainsFunc(o.Erased, func(e Erasure) bool { return e.ID == id })
}

// Erase forgets a participant for good. The store removes every record in the same
// step in which this is written down.
type Erase struct {
	Office      ID
	Participant ID
	Reason      ErasureReason
}

// For names the office: nothing about the participant is left to write on.
func (c Erase) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a reason of the list, and for a team lead or an administrator
// where the office has one.
func (c Erase) DecideOffice(o Office, s Stamp) ([]Event, error) {
	switch {
	case c.Participant.IsZero():
		return nil, Refused("ref", "Say who is to be erased.")
	case o.IsErased(c.Participant):
		return nil, Refused("ref", "They were erased already.")
	case !slices.Contains(ErasureReasons, c.Reason):
		var all []string
		for _, r := range ErasureReasons {
			all = append(all, string(r))
		}
		return nil, Refused("reason", "%q is not a reason to erase somebody. The reasons are: %s.", clean.Line(string(c.Reason), 40), strings.Join(all, ", "))
	}
	if err := o.MayErase(s.Role); err != nil {
		return nil, err
	}
	return []Event{Erased{Participant: c.Participant, Reason: c.Reason}}, nil
}

// MayErase leaves erasing to team leads and administrators where the office has one.
func (o Office) MayErase(role Role) error {
	may := func(r Role) bool { return r == Lead || r == Administrator }
	if !may(role) && slices.ContainsFunc(o.People, func(p Person) bool { return may(p.Role) }) {
		return Refused("role", "Only a team lead or an administrator may erase. You are working as %s.", role)
	}
	return nil
}

// Erased happens when a participant is forgotten for good. It names nobody.
type Erased struct {
	Participant ID            `json:"participant"`
	Reason      ErasureReason `json:"reason"`
}

var _ = know[Erased]()

// Kind names the event on disk.
func (Erased) Kind() string { return "participant.erased" }

// Sentence says that somebody is gone, not who.
func (e Erased) Sentence() string { return "A record was erased for good: " + string(e.Reason) + "." }

func (e Erased) applyOffice(o *Office, r Record) {
	if !o.IsErased(e.Participant) {
		o.Erased = append(o.Erased, Erasure{e.Participant, r.Day, r.By, e.Reason})
	}
}
