package domain

import (
	"slices"

	"coachdesk/domain/clean"
)

// ProfilePart is a part of what somebody wants from work. Strengths are a fact of the
// record and stand beside them.
type ProfilePart string

// The parts are stored.
const (
	PartPreferences ProfilePart = "preferences"
	PartLessons     ProfilePart = "lessons from earlier jobs"
	PartAdjustments ProfilePart = "adjustments needed"
	PartHours       ProfilePart = "hours wanted"
	PartTravel      ProfilePart = "travel wanted"
)

// ProfileParts lists all there are, in the order in which a page shows them.
var ProfileParts = []ProfilePart{PartPreferences, PartLessons, PartAdjustments, PartHours, PartTravel}

func (x ProfilePart) String() string { return string(x) }

// ProfileLine is one line of the vocational profile, in the person's words.
type ProfileLine struct {
	Item
	thread

	Part    ProfilePart
	Was     []string // what it said before, oldest first
	Removed bool
}

// WriteProfile adds a line to the vocational profile.
type WriteProfile struct {
	Participant ID
	Part        ProfilePart
	Text        string
}

// For names the participant.
func (c WriteProfile) For() Subject { return About(c.Participant) }

// Decide refuses an empty line and one that stands there already.
func (c WriteProfile) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if !slices.Contains(ProfileParts, c.Part) {
		return nil, Refused("part", "Say which part of the profile: %s.", listed(ProfileParts))
	}
	text, err := words("text", "The line", clean.Line(c.Text, clean.MaxLine), clean.MaxLine)
	if err != nil {
		return nil, err
	}
	for _, l := range p.InWork.Profile {
		if !l.Removed && l.Part == c.Part && clean.Fold(l.Text) == clean.Fold(text) {
			return nil, Refused("text", "The profile says that already.")
		}
	}
	return []Event{ProfileWritten{ID: s.New(), Part: c.Part, Text: text}}, nil
}

// ProfileWritten happens when the profile gets a line.
type ProfileWritten struct {
	ID   ID          `json:"id"`
	Part ProfilePart `json:"part"`
	Text string      `json:"text"`
}

var _ = know[ProfileWritten]()

// Kind names the event on disk.
func (ProfileWritten) Kind() string { return "profile.written" }

// Sentence says which part, not what.
func (e ProfileWritten) Sentence() string {
	return "The vocational profile has one more line: " + clean.Line(string(e.Part), 40) + "."
}

func (e ProfileWritten) thing() ID { return e.ID }

func (e ProfileWritten) makes() ID { return e.ID }

func (e ProfileWritten) apply(p *Participant, r Record) {
	p.InWork.Profile = append(p.InWork.Profile, ProfileLine{Item: item(e.ID, e.Text, r), Part: e.Part})
}

// ChangeProfile writes a line of the profile anew; an empty one takes it out.
type ChangeProfile struct {
	Participant, Line ID
	Text              string
}

// For names the participant.
func (c ChangeProfile) For() Subject { return About(c.Participant) }

// Decide refuses a line that is not there and one that would say the same.
func (c ChangeProfile) Decide(p Participant, _ Stamp) ([]Event, error) {
	l := find(p.InWork.Profile, c.Line)
	text := clean.Line(c.Text, clean.MaxLine)
	switch {
	case l == nil || l.Removed:
		return nil, Refused("line", "That line is not in the profile.")
	case text == l.Text:
		return nil, Refused("text", "The line says so already.")
	}
	return []Event{ProfileChanged{ID: l.ID, Text: text, Saw: p.known(l.ID)}}, nil
}

// ProfileChanged happens when a line of the profile is written anew, or taken out.
type ProfileChanged struct {
	ID   ID     `json:"id"`
	Text string `json:"text,omitempty"`
	Saw  int    `json:"saw"`
}

var _ = know[ProfileChanged]()

// Kind names the event on disk.
func (ProfileChanged) Kind() string { return "profile.changed" }

// Sentence says what kind of change it was.
func (e ProfileChanged) Sentence() string {
	if e.Text == "" {
		return "A line of the vocational profile was taken out."
	}
	return "A line of the vocational profile was written anew."
}

func (e ProfileChanged) thing() ID { return e.ID }

func (e ProfileChanged) touches() []ID { return []ID{e.ID} }

func (e ProfileChanged) apply(p *Participant, r Record) {
	l := restored(p, &p.InWork.Profile, e.ID, func(l *ProfileLine) { l.Removed = true })
	if l == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Text != l.Text || !apart {
		l.keep(apart, r.Desk, "line", l.Text)
	}
	// Taken out on one desk and written anew on the other: it is out, and both texts stay.
	l.Was = append(slices.Clone(l.Was), l.Text)
	if e.Text == "" {
		l.Removed = true
		return
	}
	l.Text = e.Text
}
