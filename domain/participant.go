package domain

import (
	"maps"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Participant is a person on the caseload, as their records tell it.
type Participant struct {
	ID           ID
	Joined       calendar.Day // zero: nobody of this ID has joined
	Facts        map[Fact]Told
	Adjustments  []Adjustment
	Barriers     []Barrier
	Appointments []Appointment
	Sessions     []Session
	Notes        []Note
	Promises     []Promise
	Plan         Plan
	FitNotes     []FitNote
	Escalations  []Escalation
	Consents     []Consent
	Restriction  Restriction
	Twins        []Twin
	Retention    Retention
	Signposts    []Signpost
	Ratings      []Rating
	Concerns     []Concern
	Provisions   []Provision
	Referrals    []Referral
	InWork       Working
	Applications []Application
	Transfers    []Transfer
	Coaches      []Told // whose case it was said to be, oldest first
	Exports      []Export
	Handovers    []Handover

	past  []Record
	heard heard // while the records are told
}

// Told is what a fact was last said to be.
type Told struct {
	Value string
	On    calendar.Day
	By    ID
}

// About returns the subject of a participant's records.
func About(id ID) Subject { return Subject{AboutParticipant, id} }

// Exists reports whether somebody of this ID has joined the caseload.
func (p Participant) Exists() bool { return !p.Joined.IsZero() }

// Fact returns what a fact was last said to be; empty when nothing is known.
func (p Participant) Fact(f Fact) string { return p.Facts[f].Value }

// Name returns the name the person wants to be called by.
func (p Participant) Name() string { return p.Facts[FactName].Value }

// Past returns everything that happened to the participant, oldest first.
func (p Participant) Past() []Record { return p.past }

// Join takes a participant on.
type Join struct {
	ID    ID
	Facts map[Fact]string // the name at least
}

// For names the participant.
func (c Join) For() Subject { return About(c.ID) }

// Decide asks for a name and well-formed facts.
func (c Join) Decide(p Participant, s Stamp) ([]Event, error) {
	if p.Exists() {
		return nil, Refused("name", "%s is already on the caseload.", p.Name())
	}
	facts, err := cleanFacts(c.Facts, s)
	if err != nil {
		return nil, err
	}
	if facts[FactName] == "" {
		return nil, Refused("name", "A participant needs a name: the one they want to be called by.")
	}
	return []Event{Joined{Facts: facts}}, nil
}

// Joined happens when a participant comes onto the caseload.
type Joined struct {
	Facts map[Fact]string `json:"facts"`
}

var _ = know[Joined]()

// Kind names the event on disk.
func (Joined) Kind() string { return "participant.joined" }

// Sentence says who joined: a name is what the row shows anyway.
func (e Joined) Sentence() string {
	return clean.Line(e.Facts[FactName], clean.MaxLine) + " joined the caseload."
}

func (e Joined) apply(p *Participant, r Record) {
	if p.Joined.IsZero() {
		p.Joined = r.Day
	}
	p.tell(e.Facts, r)
}

func (p *Participant) tell(facts map[Fact]string, r Record) {
	if p.Facts == nil {
		p.Facts = map[Fact]Told{}
	}
	for f, v := range facts {
		if f == FactCoach && v != p.Fact(FactCoach) {
			p.Coaches = append(p.Coaches, Told{v, r.Day, r.By})
		}
		p.Facts[f] = Told{v, r.Day, r.By}
	}
}

// Describe changes what is known of a participant. An empty value forgets a fact.
type Describe struct {
	Participant ID
	Facts       map[Fact]string
}

// For names the participant.
func (c Describe) For() Subject { return About(c.Participant) }

// Decide keeps only what differs from what is known.
func (c Describe) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	facts, err := cleanFacts(c.Facts, s)
	if err != nil {
		return nil, err
	}
	if name, named := facts[FactName]; named && name == "" {
		return nil, Refused("name", "A participant needs a name. Write the one they want to be called by.")
	}
	maps.DeleteFunc(facts, func(f Fact, v string) bool { return p.Fact(f) == v })
	if _, said := facts[FactWithhold]; said {
		if why := p.WhyNotRestrict(s); why != "" {
			return nil, Refusal{string(FactWithhold), why}
		}
	}
	if len(facts) == 0 {
		return nil, Refused("", "Nothing is different from what the record says already.")
	}
	return []Event{Described{Facts: facts}}, nil
}

// Described happens when something becomes known about a participant.
type Described struct {
	Facts map[Fact]string `json:"facts"`
}

var _ = know[Described]()

// Kind names the event on disk.
func (Described) Kind() string { return "participant.described" }

// Sentence lists which facts changed, not to what.
func (e Described) Sentence() string {
	var names []string
	for _, f := range Facts {
		if _, ok := e.Facts[f.Key]; ok {
			names = append(names, strings.ToLower(f.Label))
		}
	}
	if len(names) == 0 {
		return "Details were changed."
	}
	return "Changed: " + strings.Join(names, ", ") + "."
}

func (e Described) apply(p *Participant, r Record) { p.tell(e.Facts, r) }

func (p Participant) mustExist() error {
	if !p.Exists() {
		return Refused("ref", "Nobody of that reference is on the caseload.")
	}
	return nil
}

// Adjustment is what we and others do differently so that the person can take part.
type Adjustment struct {
	Item
	Removed bool
}

// Item is what most things on a record have: a name of their own, what somebody
// wrote, in which scope, and when.
type Item struct {
	ID    ID
	Text  string
	Scope Scope
	On    calendar.Day
	By    ID
}

func item(id ID, text string, r Record) Item {
	return Item{ID: id, Text: text, Scope: r.Scope, On: r.Day, By: r.By}
}

// ItemID makes Item findable by its ID.
func (i Item) ItemID() ID { return i.ID }

// find returns the item of an ID in a list, or nil.
func find[T interface{ ItemID() ID }](list []T, id ID) *T {
	i := slices.IndexFunc(list, func(t T) bool { return t.ItemID() == id })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// words cleans a text that must say something.
func words(field, what, text string, limit int) (string, error) {
	t := clean.Text(text, limit)
	if t == "" {
		return "", Refused(field, "%s is empty. Write at least a word.", what)
	}
	return t, nil
}

// Adjust adds an adjustment.
type Adjust struct {
	Participant ID
	Text        string
}

// For names the participant.
func (c Adjust) For() Subject { return About(c.Participant) }

// Decide refuses an empty adjustment and one that is there already.
func (c Adjust) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The adjustment", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	for _, a := range p.Adjustments {
		if !a.Removed && clean.Fold(a.Text) == clean.Fold(text) {
			return nil, Refused("text", "That adjustment is on the record already.")
		}
	}
	return []Event{Adjusted{ID: s.New(), Text: text}}, nil
}

// Adjusted happens when an adjustment is agreed.
type Adjusted struct {
	ID    ID     `json:"id"`
	Text  string `json:"text"`
	Scope Scope  `json:"scope,omitempty"`
}

var _ = know[Adjusted]()

// Kind names the event on disk.
func (Adjusted) Kind() string { return "adjustment.added" }

// Sentence says that there is one more.
func (Adjusted) Sentence() string { return "An adjustment was added." }

// InScope implements [Scoped].
func (e Adjusted) InScope() Scope { return e.Scope }

func (e Adjusted) makes() ID { return e.ID }

func (e Adjusted) apply(p *Participant, r Record) {
	p.Adjustments = append(p.Adjustments, Adjustment{Item: item(e.ID, e.Text, r)})
}

// RemoveAdjustment ends an adjustment that is no longer needed.
type RemoveAdjustment struct{ Participant, Adjustment ID }

// For names the participant.
func (c RemoveAdjustment) For() Subject { return About(c.Participant) }

// Decide refuses one that is not there, and one of a coach to an adviser.
func (c RemoveAdjustment) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.Adjustments, c.Adjustment)
	if a == nil || a.Removed {
		return nil, Refused("adjustment", "That adjustment is not on the record.")
	}
	if a.By != s.By && (s.Role == Adviser || s.Role == Provider) {
		return nil, Refused("role", "Somebody else wrote that adjustment down. Ask the work coach to remove it.")
	}
	return []Event{AdjustmentRemoved{ID: c.Adjustment}}, nil
}

// AdjustmentRemoved happens when an adjustment is no longer needed.
type AdjustmentRemoved struct {
	ID ID `json:"id"`
}

var _ = know[AdjustmentRemoved]()

// Kind names the event on disk.
func (AdjustmentRemoved) Kind() string { return "adjustment.removed" }

// Sentence says that there is one fewer.
func (AdjustmentRemoved) Sentence() string { return "An adjustment was removed." }

func (e AdjustmentRemoved) touches() []ID { return []ID{e.ID} }

func (e AdjustmentRemoved) apply(p *Participant, _ Record) {
	if a := find(p.Adjustments, e.ID); a != nil {
		a.Removed = true
	}
}
