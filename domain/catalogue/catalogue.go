// Package catalogue is what is known of the programmes that the state and the NHS run
// for disabled people and people in ill health who want to work: who they serve, where,
// who may refer, what they offer and how long, and where each of these facts comes from.
// It knows no participant.
package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// Catalogue is every programme that this desk knows, and the documents that its facts
// come from.
type Catalogue struct {
	Programmes []Programme
	Sources    map[string]Source
	Areas      Areas
	Questions  []Question // that matching asks
	// Changed is when this office last changed a programme, or an area that it runs in.
	Changed map[string]calendar.Day
	// Wrong says, a sentence each, what of the office's own files could not be used.
	Wrong []string
}

// Source is a document that facts were taken from.
type Source struct {
	Key   string `json:"key"` // as facts name it
	Title string `json:"title"`
	Short string `json:"short,omitempty"` // as a list has room for it
	Date  string `json:"date"`            // as exact as is known: 2017-12-20, 2025, or empty
	Note  string `json:"note,omitempty"`
}

// Confidence is how sure a fact is.
type Confidence string

// The confidences, the surest first.
const (
	Stated    Confidence = "document" // one of the five documents that the mission was drawn from says so
	Found     Confidence = "found"    // another source says so; it was read as an excerpt
	Assumed   Confidence = "assumed"  // nobody says so; it is how such things usually are
	Proposal  Confidence = "proposal" // ours: an office will want to change it
	Uncertain Confidence = "uncertain"
)

// Confidences lists all there are.
var Confidences = []Confidence{Stated, Found, Assumed, Proposal, Uncertain}

// Fact is one thing that is known of a programme, and where it comes from.
type Fact struct {
	Value      string     `json:"value"`
	Source     string     `json:"source"` // the key of a [Source]
	Date       string     `json:"date,omitempty"`
	Confidence Confidence `json:"confidence"`
}

// State is where a programme stands on a day.
type State string

// The states of a programme.
const (
	Planned     State = "planned"
	Live        State = "live"
	ClosedToNew State = "closed to new"
	Closed      State = "closed"
	Superseded  State = "superseded"
)

// States lists all there are.
var States = []State{Planned, Live, ClosedToNew, Closed, Superseded}

// Period says that a programme stands so from a day until a day.
type Period struct {
	Fact

	Is    State        `json:"is"`
	From  calendar.Day `json:"from,omitzero"`  // zero: since ever
	Until calendar.Day `json:"until,omitzero"` // the last day; zero: no end is known
	By    string       `json:"by,omitempty"`   // the programme that took its place
}

// Way is how somebody comes to a programme from this desk. The ways differ in what
// leaves it: only a referral, a warm handover and a transfer send anything.
type Way string

// The ways.
const (
	ByReferral    Way = "referral"
	ByApplication Way = "application" // the person applies
	BySignpost    Way = "signpost"    // the person goes alone; nothing is sent
	ByEscalation  Way = "escalation"  // inside the Jobcentre: the adviser
	ByTransfer    Way = "transfer"    // to another coach
	ByCoach       Way = "coach"       // the coach gives it
	NoWay         Way = "none"        // a coach cannot start this
)

// Ways lists all there are.
var Ways = []Way{ByReferral, ByApplication, BySignpost, ByEscalation, ByTransfer, ByCoach, NoWay}

// Route is who may bring somebody to a programme, and how.
type Route struct {
	Fact

	Who string `json:"who"` // coach, person, GP, employer, provider, council, mental health team, …
	By  Way    `json:"by"`
}

// ClockFrom names the event that a clock of a programme counts from.
type ClockFrom string

// The events that clocks count from.
const (
	FromStart    ClockFrom = "started"   // support started
	FromJobStart ClockFrom = "job-start" // a job began while support ran
	FromSent     ClockFrom = "sent"      // a referral was sent
	FromMet      ClockFrom = "met"       // the provider met the person
)

// ClockFroms lists all there are.
var ClockFroms = []ClockFrom{FromStart, FromJobStart, FromSent, FromMet}

// Clock is how long something of a programme may last. Exactly one of the lengths is set.
type Clock struct {
	Fact

	Key         string    `json:"key"`
	Says        string    `json:"says"`
	From        ClockFrom `json:"from"`
	Days        int       `json:"days,omitempty"` // calendar days
	Weeks       int       `json:"weeks,omitempty"`
	Months      int       `json:"months,omitempty"` // calendar months
	WorkingDays int       `json:"working_days,omitempty"`
	// InWork chooses between clocks by whether the person was in work when support
	// started: "yes", "no", or empty for both.
	InWork string `json:"in_work,omitempty"`
	// Area limits a clock to an area that has its own rule.
	Area string `json:"area,omitempty"`
	// Expects marks a clock of something that is expected of a provider, such as to
	// acknowledge; the others end support.
	Expects string `json:"expects,omitempty"`
}

// Programme is one thing that the state or the NHS runs.
type Programme struct {
	Known

	Key       string   `json:"key"`
	Name      string   `json:"name"`
	Short     string   `json:"short,omitempty"` // for lists, where the name is long
	Aliases   []string `json:"aliases,omitempty"`
	Part      string   `json:"part_of,omitempty"`   // the programme that this is a part of
	Exclusive bool     `json:"exclusive,omitempty"` // contracted provision: not beside another
	Does      Fact     `json:"does"`                // one line: what it is
	Status    []Period `json:"status"`
	Covers    []Cover  `json:"covers,omitempty"`
	Routes    []Route  `json:"routes"`
	Rules     []Rule   `json:"rules,omitempty"`
	Clocks    []Clock  `json:"clocks,omitempty"`
}

// Known is what is only read and shown of a programme: no rule counts with it.
type Known struct {
	Serves   []Fact `json:"serves,omitempty"`
	Offer    []Fact `json:"offer,omitempty"`
	Figures  []Fact `json:"figures,omitempty"`
	Evidence []Fact `json:"evidence,omitempty"` // what a provider will want to see
	Excludes []Fact `json:"excludes,omitempty"` // whom it does not take
	NotKnown []Fact `json:"not_known,omitempty"`
}

// Programme returns the programme of a key, a name or another name that it is known by.
func (c Catalogue) Programme(named string) (Programme, bool) {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	want := fold(named)
	i := slices.IndexFunc(c.Programmes, func(p Programme) bool {
		return p.Key == named || fold(p.Name) == want ||
			slices.ContainsFunc(p.Aliases, func(a string) bool { return fold(a) == want })
	})
	if i < 0 || want == "" {
		return Programme{}, false
	}
	return c.Programmes[i], true
}

// Keyed returns the programme of a key.
func (c Catalogue) Keyed(key string) (Programme, bool) {
	i := slices.IndexFunc(c.Programmes, func(p Programme) bool { return p.Key == key })
	if i < 0 {
		return Programme{}, false
	}
	return c.Programmes[i], true
}

// Name returns how a programme is called; the key itself where this catalogue does not
// know it any more.
func (c Catalogue) Name(key string) string {
	for _, p := range c.Programmes {
		if p.Key == key {
			return p.Name
		}
	}
	return key
}

// Short returns how a programme is called in lists: its name where that is short.
func (c Catalogue) Short(key string) string {
	for _, p := range c.Programmes {
		if p.Key == key {
			return cmp.Or(p.Short, p.Name)
		}
	}
	return key
}

// On returns where a programme stands on a day. Where nothing says, the period has no
// state.
func (p Programme) On(day calendar.Day) Period {
	var at Period
	for _, s := range p.Status {
		if (s.From.IsZero() || s.From <= day) && (s.Until.IsZero() || day <= s.Until) {
			at = s
		}
	}
	return at
}

// FromDesk returns how a coach brings somebody to a programme: the route of the coach,
// else what the person does themselves, else that there is no way.
func (p Programme) FromDesk() Route {
	for _, who := range []string{"coach", "person"} {
		for _, r := range p.Routes {
			if r.Who == who && r.By != NoWay {
				return r
			}
		}
	}
	for _, r := range p.Routes {
		if r.By == NoWay {
			return r
		}
	}
	return Route{By: NoWay}
}

func dayOf(d calendar.Day) int {
	_, _, day := d.Civil()
	return day
}

// End returns the last day of a clock that began on a day. Working days are counted by
// the calendar given. The error is that of the calendar, for days that it does not know.
func (c Clock) End(began calendar.Day, cal calendar.Calendar) (calendar.Day, error) {
	switch {
	case c.Months > 0:
		end := began.AddMonths(c.Months)
		if dayOf(end) < dayOf(began) {
			return end, nil // the month has no such day: it ends with the month
		}
		return end - 1, nil
	case c.Weeks > 0:
		return began.AddDays(7*c.Weeks) - 1, nil
	case c.WorkingDays > 0:
		return cal.Add(began, c.WorkingDays)
	}
	return began.AddDays(c.Days) - 1, nil
}
