package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Twin is what was found out about two records that may be of one person. Each of
// the two remembers it; a link counts only while both do.
type Twin struct {
	With ID
	As   TwinAs
	On   calendar.Day
	By   ID
}

// TwinAs is what a record is beside its twin.
type TwinAs string

// The values are kept in rows.
const (
	TwinMain   TwinAs = "main"   // the other is held under this one
	TwinUnder  TwinAs = "under"  // this one is held under the other
	TwinParted TwinAs = "parted" // they were looked at: two people
)

// Link says of one record that another is of the same person. A link is two commands
// in one batch, one for each record.
type Link struct {
	Participant, With ID
	Main              bool // this record is the one that lists show
}

// For names the participant.
func (c Link) For() Subject { return About(c.Participant) }

// LinkPair links two records, of which the first is the one that lists show.
func LinkPair(main, other ID) []Command {
	return []Command{Link{main, other, true}, Link{other, main, false}}
}

// Decide keeps links flat: whoever is held under another holds nobody.
func (c Link) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	as := TwinUnder
	if c.Main {
		as = TwinMain
	}
	for _, t := range p.Twins {
		switch {
		case t.With == c.With && t.As == as:
			return nil, Refused("with", "Those two are linked already.")
		case t.With == c.With:
		case t.As == TwinUnder:
			return nil, Refused("with", "One of the two is held under another record already. Part those first, or link with the main one.")
		case t.As == TwinMain && !c.Main:
			return nil, Refused("with", "Another record is held under this one: choose it as the main one.")
		}
	}
	if c.With == c.Participant || c.With.IsZero() {
		return nil, Refused("with", "A link needs two records.")
	}
	return []Event{Linked{With: c.With, Main: c.Main}}, nil
}

// Linked happens when two records are found to be of one person.
type Linked struct {
	With ID   `json:"with"`
	Main bool `json:"main,omitempty"`
}

var _ = know[Linked]()

// Kind names the event on disk.
func (Linked) Kind() string { return "duplicate.linked" }

// Sentence says that two are one.
func (Linked) Sentence() string { return "Two records were linked: they are of one person." }

func (e Linked) apply(p *Participant, r Record) {
	as := TwinUnder
	if e.Main {
		as = TwinMain
	}
	p.twin(Twin{e.With, as, r.Day, r.By})
}

func (p *Participant) twin(t Twin) {
	p.Twins = append(slices.DeleteFunc(slices.Clone(p.Twins), func(o Twin) bool { return o.With == t.With }), t)
}

// TellApart says of one record that another is of somebody else, linked or not. The pair
// is not suggested again.
type TellApart struct{ Participant, With ID }

// For names the participant.
func (c TellApart) For() Subject { return About(c.Participant) }

// PartPair parts two records.
func PartPair(a, b ID) []Command { return []Command{TellApart{a, b}, TellApart{b, a}} }

// Decide refuses what is known already.
func (c TellApart) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if c.With == c.Participant || c.With.IsZero() {
		return nil, Refused("with", "Two records are needed to part them.")
	}
	if slices.ContainsFunc(p.Twins, func(t Twin) bool { return t.With == c.With && t.As == TwinParted }) {
		return nil, Refused("with", "Those two are known to be two people already.")
	}
	return []Event{Parted{With: c.With}}, nil
}

// Parted happens when two records are found to be of two people.
type Parted struct {
	With ID `json:"with"`
}

var _ = know[Parted]()

// Kind names the event on disk.
func (Parted) Kind() string { return "duplicate.parted" }

// Sentence says that two are two.
func (Parted) Sentence() string { return "Two records were parted: they are of two people." }

func (e Parted) apply(p *Participant, r Record) { p.twin(Twin{e.With, TwinParted, r.Day, r.By}) }

// LinkedWith returns the other records of this person, as far as this one knows.
func (p Participant) LinkedWith() []Twin {
	return slices.DeleteFunc(slices.Clone(p.Twins), func(t Twin) bool { return t.As == TwinParted })
}

// UndoCommands takes a batch back wherever it wrote: a link stands on two records, and
// goes from both or from none.
func (p Participant) UndoCommands(batch ID) []Command {
	all := []Command{Undo{p.ID, batch}}
	for target := batch; !target.IsZero(); {
		var inner ID
		for _, r := range p.past {
			if r.Command != target {
				continue
			}
			switch e := r.Event.(type) {
			case Linked:
				all = append(all, Undo{e.With, batch})
			case Parted:
				all = append(all, Undo{e.With, batch})
			case Undid:
				inner = e.Batch // an undo that is undone stands on both records too
			}
		}
		target = inner
	}
	return all
}
