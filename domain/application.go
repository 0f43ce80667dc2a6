package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Application is what the person applies for themselves, such as Access to Work. No word
// about them leaves the desk, so no consent is asked: the coach helps, and follows it up.
type Application struct {
	thread

	ID        ID
	Programme string // its key in the catalogue
	State     ApplicationState
	Elements  []string // codes of what is applied for
	Evidence  []string // codes of what is at hand
	Text      string   // what they need it for
	Reference string
	Applied   calendar.Day
	JobStart  calendar.Day
	Chases    []Chase
	Decided   calendar.Day
	Until     calendar.Day // of an award, its last day
	Reason    string       // what was said of the decision
	Renews    ID           // the application whose award it is to follow
	On        calendar.Day
	By        ID
}

// ItemID makes Application findable by its ID.
func (a Application) ItemID() ID { return a.ID }

// ApplicationState is where an application stands. That an award has run out is never
// recorded: its last day is.
type ApplicationState string

// The states are stored.
const (
	ApplicationPreparing ApplicationState = ""
	ApplicationApplied   ApplicationState = "applied"
	ApplicationAwarded   ApplicationState = "awarded"
	ApplicationInPart    ApplicationState = "awarded in part"
	ApplicationRefused   ApplicationState = "refused"
	ApplicationWithdrawn ApplicationState = "withdrawn by the person"
)

// ApplicationResults lists how one may end.
var ApplicationResults = []ApplicationState{ApplicationAwarded, ApplicationInPart, ApplicationRefused, ApplicationWithdrawn}

func (s ApplicationState) String() string {
	if s == ApplicationPreparing {
		return "preparing"
	}
	return string(s)
}

// Open reports whether nothing is decided yet.
func (s ApplicationState) Open() bool {
	return s == ApplicationPreparing || s == ApplicationApplied
}

// Awarded reports whether something was given.
func (s ApplicationState) Awarded() bool { return s == ApplicationAwarded || s == ApplicationInPart }

// LastChase returns the newest time that somebody asked; a zero one for never.
func (a Application) LastChase() Chase {
	var last Chase
	for _, c := range a.Chases {
		if c.On >= last.On {
			last = c
		}
	}
	return last
}

// Apply writes down that the person applies for something, or is about to.
type Apply struct {
	Participant, Renews ID
	Programme           string
	Elements, Evidence  []string
	Text, Reference     string
	Applied             calendar.Day // zero: not yet
	JobStart            calendar.Day
}

// For names the participant.
func (c Apply) For() Subject { return About(c.Participant) }

// Decide asks for the programme, and refuses a second application while one is open.
func (c Apply) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	e := ApplicationBegun{
		ID: s.New(), Programme: codeOf(c.Programme), Elements: codesOf(c.Elements), Evidence: codesOf(c.Evidence), Text: clean.Text(c.Text, 1000),
		Reference: clean.Line(c.Reference, clean.MaxLine), Applied: c.Applied, JobStart: c.JobStart, Renews: c.Renews,
	}
	switch {
	case e.Programme == "":
		return nil, Refused("programme", "Say what they apply for. coachdesk programmes lists what there is.")
	case e.Applied > s.Today:
		return nil, Refused("applied", "%s is still to come. Leave it open until they have applied.", e.Applied.Short(s.Today))
	case !c.Renews.IsZero() && find(p.Applications, c.Renews) == nil:
		return nil, noApplication
	}
	for _, a := range p.Applications {
		if a.Programme == e.Programme && a.State.Open() && slices.Equal(a.Elements, e.Elements) {
			return nil, Refused("programme", "An application for that is %s already, since %s. Go on with it.", a.State, max(a.Applied, a.On).Short(s.Today))
		}
	}
	return []Event{e}, nil
}

// codesOf cleans codes, each once, in their order.
func codesOf(codes []string) []string {
	var out []string
	for _, c := range codes {
		if c = codeOf(c); c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

var noApplication = Refusal{"application", "That application is not on the record."}

// ApplicationBegun happens when the person applies, or gets ready to.
type ApplicationBegun struct {
	ID        ID           `json:"id"`
	Programme string       `json:"programme"`
	Elements  []string     `json:"elements,omitempty"`
	Evidence  []string     `json:"evidence,omitempty"`
	Text      string       `json:"text,omitempty"`
	Reference string       `json:"reference,omitempty"`
	Applied   calendar.Day `json:"applied,omitzero"`
	JobStart  calendar.Day `json:"job_start,omitzero"`
	Renews    ID           `json:"renews,omitzero"`
}

var _ = know[ApplicationBegun]()

// Kind names the event on disk.
func (ApplicationBegun) Kind() string { return "application.begun" }

// Sentence says that nothing was sent from here.
func (e ApplicationBegun) Sentence() string {
	if e.Applied.IsZero() {
		return "The person gets an application ready. Nothing leaves this desk."
	}
	return "The person applied " + e.Applied.Long() + ". Nothing left this desk."
}

func (e ApplicationBegun) thing() ID { return e.ID }

func (e ApplicationBegun) makes() ID { return e.ID }

func (e ApplicationBegun) touches() []ID { return []ID{e.Renews} }

func (e ApplicationBegun) apply(p *Participant, r Record) {
	a := Application{
		ID: e.ID, Programme: e.Programme, Elements: e.Elements, Evidence: e.Evidence, Text: e.Text, Reference: e.Reference,
		Applied: e.Applied, JobStart: e.JobStart, Renews: e.Renews, On: r.Day, By: r.By,
	}
	if !e.Applied.IsZero() {
		a.State = ApplicationApplied
	}
	p.Applications = append(p.Applications, a)
}

// application returns the application that later work is about. One that was taken back
// meanwhile is back, and withdrawn.
func (p *Participant) application(id ID) *Application {
	return restored(p, &p.Applications, id, func(a *Application) { a.State, a.Reason = ApplicationWithdrawn, takenBack })
}

// ChangeApplication changes what is known of an application. Nil leaves as is.
type ChangeApplication struct {
	Participant, Application ID
	Elements, Evidence       *[]string
	Text, Reference          *string
	Applied, JobStart        *calendar.Day
}

// For names the participant.
func (c ChangeApplication) For() Subject { return About(c.Participant) }

// Decide keeps only what differs from what is known.
func (c ChangeApplication) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.Applications, c.Application)
	if a == nil {
		return nil, noApplication
	}
	e := ApplicationChanged{ID: a.ID, Saw: p.known(a.ID)}
	e.Elements, e.Evidence = changedCodes(c.Elements, a.Elements), changedCodes(c.Evidence, a.Evidence)
	e.Applied, e.JobStart = changed(c.Applied, a.Applied), changed(c.JobStart, a.JobStart)
	e.Reference = changedLine(c.Reference, a.Reference)
	if c.Text != nil {
		text := clean.Text(*c.Text, 1000)
		e.Text = changed(&text, a.Text)
	}
	switch {
	case e.Elements == nil && e.Evidence == nil && e.Applied == nil && e.JobStart == nil && e.Reference == nil && e.Text == nil:
		return nil, Refused("", "Nothing is different from what the record says already.")
	case e.Applied != nil && *e.Applied > s.Today:
		return nil, Refused("applied", "%s is still to come. Write it down when they have applied.", e.Applied.Short(s.Today))
	case e.Applied != nil && e.Applied.IsZero() && !a.State.Open():
		return nil, Refused("applied", "It is %s already. Say on which day they applied.", a.State)
	}
	return []Event{e}, nil
}

func changedCodes(to *[]string, was []string) *[]string {
	if to == nil {
		return nil
	}
	codes := codesOf(*to)
	if slices.Equal(codes, was) {
		return nil
	}
	if codes == nil {
		codes = []string{}
	}
	return &codes
}

// ApplicationChanged happens when more is known of an application: that it was sent, its
// reference, what is at hand.
type ApplicationChanged struct {
	ID        ID            `json:"id"`
	Elements  *[]string     `json:"elements,omitempty"`
	Evidence  *[]string     `json:"evidence,omitempty"`
	Text      *string       `json:"text,omitempty"`
	Reference *string       `json:"reference,omitempty"`
	Applied   *calendar.Day `json:"applied,omitempty"`
	JobStart  *calendar.Day `json:"job_start,omitempty"`
	Saw       int           `json:"saw"`
}

var _ = know[ApplicationChanged]()

// Kind names the event on disk.
func (ApplicationChanged) Kind() string { return "application.changed" }

// Sentence says what kind of thing changed, not to what.
func (e ApplicationChanged) Sentence() string {
	if e.Applied != nil && !e.Applied.IsZero() {
		return "The person applied " + e.Applied.Long() + ". Nothing left this desk."
	}
	return "More is known of an application."
}

func (e ApplicationChanged) thing() ID { return e.ID }

func (e ApplicationChanged) touches() []ID { return []ID{e.ID} }

func (e ApplicationChanged) apply(p *Participant, r Record) {
	a := p.application(e.ID)
	if a == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Elements != nil && (!slices.Equal(*e.Elements, a.Elements) || !apart) {
		a.keep(apart, r.Desk, "elements", joinWords(a.Elements...))
		a.Elements = *e.Elements
	}
	if e.Evidence != nil { // what either desk has at hand is at hand, unless the other knew
		if apart {
			a.Evidence = unique(slices.Concat(a.Evidence, *e.Evidence))
		} else {
			a.Evidence = *e.Evidence
		}
	}
	replace(&a.thread, apart, r.Desk, "need", e.Text, &a.Text)
	replace(&a.thread, apart, r.Desk, "reference", e.Reference, &a.Reference)
	replaceDay(&a.thread, apart, r.Desk, "applied", e.Applied, &a.Applied)
	replaceDay(&a.thread, apart, r.Desk, "job start", e.JobStart, &a.JobStart)
	if a.State.Open() {
		a.State = ApplicationPreparing
		if !a.Applied.IsZero() {
			a.State = ApplicationApplied
		}
	}
}

// replace puts a text in the place of another, which is kept beside it when its writer
// did not know of it.
func replace(t *thread, apart bool, by DeskID, field string, to, at *string) {
	if to != nil && (*to != *at || !apart) {
		t.keep(apart, by, field, *at)
		*at = *to
	}
}

// replaceDay does the same with a date.
func replaceDay(t *thread, apart bool, by DeskID, field string, to, at *calendar.Day) {
	if to != nil && (*to != *at || !apart) {
		t.keep(apart, by, field, dayWords(*at))
		*at = *to
	}
}
