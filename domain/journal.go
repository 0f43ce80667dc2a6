// Package domain is what a work coach talks about: participants, sessions,
// escalations and plans. It decides and remembers; it never touches a disk, a
// clock, a screen or a random number. Whatever it needs from the world arrives
// in a [Stamp].
//
// Each noun has one file, and the file tells the noun's whole story: its state,
// the commands that may be asked of it, and the events that may befall it.
package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"coachdesk/domain/calendar"
)

// SubjectType tells what a record is about.
type SubjectType byte

// The types are the first byte of a journal key; their values are for ever.
const (
	AboutParticipant SubjectType = 'p'
	AboutOffice      SubjectType = 'o'
	AboutDesk        SubjectType = 'd'
	AboutDirectory   SubjectType = 'v' // the local services that the office knows of
)

// Subject is what a command or a record is about: one participant, the office, this
// desk, or the directory of local services, whose ID is the office's.
type Subject struct {
	Type SubjectType
	ID   ID
}

// Scope says who may ever read a piece of text. Each scope of each participant
// has a key of its own.
type Scope byte

// The scopes are stored; their values are for ever.
const (
	Shareable  Scope = 0 // colleagues and the adviser
	CoachOnly  Scope = 1 // never leaves this desk's owner
	ThirdParty Scope = 2 // about somebody else; never leaves
)

// Scopes are all there are, in the order of their keys.
var Scopes = []Scope{Shareable, CoachOnly, ThirdParty}

func (s Scope) String() string {
	switch s {
	case CoachOnly:
		return "coach only"
	case ThirdParty:
		return "third party"
	case Shareable:
		return "shareable"
	}
	return "unknown scope"
}

// Private reports whether text of this scope must not be shown to others.
func (s Scope) Private() bool { return s != Shareable }

// Clock is a hybrid logical time: 48 bits of milliseconds since 1970 and a
// 16-bit counter. Later records always have a larger one, whatever the wall
// clock does. (Kulkarni and others, 2014.)
type Clock uint64

// Time returns the wall-clock part.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c >> 16)).UTC() }

// After returns a clock later than c that is at least now.
func (c Clock) After(now time.Time) Clock {
	return max(c+1, Clock(uint64(max(now.UnixMilli(), 0))<<16))
}

// Stamp is what the world lends to a decision.
type Stamp struct {
	At       time.Time // local time, in the desk's time zone
	Today    calendar.Day
	Calendar *calendar.Calendar
	By       ID // the person at the desk
	Name     string
	Role     Role
	Demo     bool // only a demo store takes National Insurance numbers with QQ
	Command  ID
	New      func() ID
}

// Command is something asked of the desk. It looks, and never touches. It is one
// of [ParticipantCommand], [OfficeCommand] and [DeskCommand], by its subject.
type Command interface{ For() Subject }

// ParticipantCommand is a command about one participant.
type ParticipantCommand interface {
	Command
	// Decide returns what happens next, or a [Refusal].
	Decide(Participant, Stamp) ([]Event, error)
}

// OfficeCommand is a command about what the whole office shares.
type OfficeCommand interface {
	Command
	// DecideOffice returns what happens next, or a [Refusal].
	DecideOffice(Office, Stamp) ([]Event, error)
}

// DeskCommand is a command about this desk alone.
type DeskCommand interface {
	Command
	// DecideDesk returns what happens next, or a [Refusal].
	DecideDesk(Desk, Stamp) ([]Event, error)
}

// Batch is what is submitted: one or more commands that happen together or not
// at all, and are undone together. Its ID is made by whoever submits it; the same
// batch submitted again happens once and returns the first receipt.
type Batch struct {
	ID       ID
	Commands []Command
}

// Event is something that happened. Events are never changed or refused.
type Event interface {
	// Kind is the event's name on disk; it outlives every Go name.
	Kind() string
	// Sentence says what happened in words a participant could read. It never
	// quotes what somebody wrote.
	Sentence() string
}

// Scoped is an event whose text is not for everyone.
type Scoped interface{ InScope() Scope }

// ScopeOf returns the scope an event is sealed under.
func ScopeOf(e Event) Scope {
	if s, ok := e.(Scoped); ok {
		return s.InScope()
	}
	return Shareable
}

type participantEvent interface {
	Event
	apply(*Participant, Record)
}

type officeEvent interface {
	Event
	applyOffice(*Office, Record)
}

type deskEvent interface {
	Event
	applyDesk(*Desk, Record)
}

// Record is an event with its circumstances. Subject, Desk and Seq name it; its
// Body is the event as it was first written, and is never encoded again.
type Record struct {
	Subject Subject
	Desk    DeskID
	Seq     uint64 // of this desk for this subject, from 1, without gaps
	Command ID
	Time    Clock
	Day     calendar.Day // the local date where and when it was made
	By      ID
	Role    Role
	Scope   Scope
	Kind    string
	Body    []byte
	Event   Event
}

// At returns when the record was made, by the clock of the desk that made it.
func (r Record) At() time.Time { return r.Time.Time() }

// Before orders records as they happened: by time, then desk, then sequence. Two
// desks that hold the same records tell the same story.
func (r Record) Before(o Record) int {
	return cmp.Or(cmp.Compare(r.Time, o.Time), slices.Compare(r.Desk[:], o.Desk[:]), cmp.Compare(r.Seq, o.Seq))
}

// Receipt tells what a batch did.
type Receipt struct {
	Batch   ID
	Records []Record
	Again   bool // the batch had been carried out before
}

// Sentence sums up the receipt in one sentence: that of its first record.
func (r Receipt) Sentence() string {
	if len(r.Records) == 0 {
		return "Nothing changed."
	}
	return r.Records[0].Event.Sentence()
}

// Refusal is a command's polite no. It is written for the coach to read and names
// the field it is about.
type Refusal struct {
	Field string
	Why   string
}

func (r Refusal) Error() string { return r.Why }

// Refused makes a Refusal from a format.
func Refused(field, format string, args ...any) Refusal {
	return Refusal{Field: field, Why: fmt.Sprintf(format, args...)}
}

// Decide lets a command decide on its subject as the past records tell it, and
// refuses what the role may not do. The past must be in the order of [Record.Before].
func Decide(c Command, past []Record, s Stamp) ([]Event, error) {
	switch c := c.(type) {
	case ParticipantCommand:
		return DecideOn(c, Replay(c.For(), past), s)
	case OfficeCommand:
		o := ReplayOffice(past)
		events, err := c.DecideOffice(o, s)
		return checked(events, err, func(e Event) string { return o.whyNot(s.By, s.Role, e) })
	case DeskCommand:
		events, err := c.DecideDesk(ReplayDesk(past), s)
		return checked(events, err, func(e Event) string { return WhyNotDo(s.Role, e) })
	case DirectoryCommand:
		events, err := c.DecideDirectory(ReplayDirectory(past), s)
		return checked(events, err, func(e Event) string { return WhyNotDo(s.Role, e) })
	}
	return nil, fmt.Errorf("domain: %T is no command", c)
}

// DecideOn is [Decide] on a participant who was replayed already.
func DecideOn(c ParticipantCommand, p Participant, s Stamp) ([]Event, error) {
	events, err := c.Decide(p, s)
	for _, e := range events {
		if why := whyNotOpen(e); why != "" && err == nil {
			return nil, Refusal{"text", why}
		}
	}
	return checked(events, err, func(e Event) string { return WhyNotDo(s.Role, e) })
}

// Sort puts records in the order in which they happened.
func Sort(records []Record) { slices.SortFunc(records, Record.Before) }

// Replay returns the participant that the records, in order, add up to.
func Replay(about Subject, past []Record) Participant {
	p := Participant{ID: about.ID, past: slices.Clone(past)}
	why := func(r Record) string { return whyNoEffect(past, r) }
	counting(past, why, func(r Record) {
		if e, ok := r.Event.(participantEvent); ok {
			e.apply(&p, r)
		}
	})
	p.heard = heard{}
	p.settleHandovers()
	return p
}

// ReplayOffice returns the office that the records, in order, add up to.
func ReplayOffice(past []Record) Office {
	o := Office{past: slices.Clone(past)}
	why := func(r Record) string {
		// The desk that founded the office decided on its own registrations when they
		// were made: those of format 1 by other rules than today's.
		if _, ok := r.Event.(Registered); ok && r.Desk == past[0].Desk {
			return ""
		}
		return o.whyNot(r.By, r.Role, r.Event)
	}
	counting(past, why, func(r Record) {
		if e, ok := r.Event.(officeEvent); ok {
			e.applyOffice(&o, r)
		}
	})
	return o
}

// ReplayDesk returns the desk that the records, in order, add up to.
func ReplayDesk(past []Record) Desk {
	var d Desk
	why := func(r Record) string { return WhyNotDo(r.Role, r.Event) }
	counting(past, why, func(r Record) {
		if e, ok := r.Event.(deskEvent); ok {
			e.applyDesk(&d, r)
		}
	})
	return d
}

// counting goes through the records that were not undone and whose makers were
// entitled to them.
func counting(past []Record, why func(Record) string, f func(Record)) {
	undone := Undone(past)
	for _, r := range past {
		if !undone[r.Command] && why(r) == "" {
			f(r)
		}
	}
}

// Unmarshal decodes a body into the value that a pointer points at.
type Unmarshal func(body []byte, into any) error

// kinds is every event this version knows how to read, filled by one kindOf line
// beside each event.
var kinds = map[string]func([]byte, Unmarshal) (Event, error){}

// know adds an event to those this version can read.
func know[E Event]() struct{} {
	var none E
	kinds[none.Kind()] = func(b []byte, decode Unmarshal) (Event, error) {
		var e E
		err := decode(b, &e)
		return e, err
	}
	return struct{}{}
}

// Kinds lists the kinds of event that this version knows, sorted.
func Kinds() []string {
	var all []string
	for k := range kinds {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// ReadEvent decodes the body of an event. A kind of a later version becomes
// [Unknown]; a known kind whose body cannot be read is an error.
func ReadEvent(kind string, body []byte, decode Unmarshal) (Event, error) {
	read, ok := kinds[kind]
	if !ok {
		return Unknown{Name: kind}, nil
	}
	e, err := read(body, decode)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", kind, err)
	}
	return e, nil
}

// Unknown is an event written by a later version. It is kept and passed on byte
// for byte, and has no effect here.
type Unknown struct{ Name string }

// Kind returns the name that the later version gave.
func (e Unknown) Kind() string { return e.Name }

// Sentence says that this version cannot tell.
func (e Unknown) Sentence() string {
	return "Something was recorded by a newer version of coachdesk."
}
