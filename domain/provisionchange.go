package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// CorrectProvision corrects what is known of a programme that somebody is or was on. Nil
// leaves as is.
type CorrectProvision struct {
	Participant, Provision  ID
	Provider, Contact, Area *string
	InWork                  *AtStart
	Started                 *calendar.Day
	Ended                   *calendar.Day // zero: it runs after all
}

// For names the participant.
func (c CorrectProvision) For() Subject { return About(c.Participant) }

// Decide keeps only what differs from what is known.
func (c CorrectProvision) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Provisions, c.Provision)
	if x == nil {
		return nil, noProvision
	}
	e := ProvisionCorrected{ID: x.ID, Saw: p.known(x.ID)}
	e.Provider, e.Contact, e.Area = changedLine(c.Provider, x.Provider), changedLine(c.Contact, x.Contact), changedLine(c.Area, x.Area)
	e.InWork, e.Started, e.Ended = changed(c.InWork, x.InWork), changed(c.Started, x.Started), changed(c.Ended, x.Ended)
	started, ended := x.Started, x.Ended
	if e.Started != nil {
		started = *e.Started
	}
	if e.Ended != nil {
		ended = *e.Ended
	}
	switch {
	case e.Provider == nil && e.Contact == nil && e.Area == nil && e.InWork == nil && e.Started == nil && e.Ended == nil:
		return nil, Refused("", "Nothing is different from what the record says already.")
	case started.IsZero() || started > s.Today:
		return nil, Refused("started", "Support starts on a day that has come. Check the date.")
	case e.Ended != nil && x.Ended.IsZero():
		return nil, Refused("ended", "Support has not ended. Say that it has, and why.")
	case e.InWork != nil && !slices.Contains([]AtStart{WorkUnknown, InWork, OutOfWork}, *e.InWork):
		return nil, Refused("in-work", "Say yes or no: were they in work when support started?")
	}
	if err := checkEnd(started, ended, s.Today); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// changed returns what is to be said of a value: nothing when it is as it was.
func changed[T comparable](to *T, was T) *T {
	if to == nil || *to == was {
		return nil
	}
	return to
}

func changedLine(to *string, was string) *string {
	if to == nil {
		return nil
	}
	line := clean.Line(*to, clean.MaxLine)
	return changed(&line, was)
}

// ProvisionCorrected happens when what is known of a programme was wrong, or more is
// known now.
type ProvisionCorrected struct {
	ID       ID            `json:"id"`
	Provider *string       `json:"provider,omitempty"`
	Contact  *string       `json:"contact,omitempty"`
	Area     *string       `json:"area,omitempty"`
	InWork   *AtStart      `json:"in_work,omitempty"`
	Started  *calendar.Day `json:"started,omitempty"`
	Ended    *calendar.Day `json:"ended,omitempty"`
	Saw      int           `json:"saw"`
}

var _ = know[ProvisionCorrected]()

// Kind names the event on disk.
func (ProvisionCorrected) Kind() string { return "provision.corrected" }

// Sentence says what kind of thing changed, not to what.
func (e ProvisionCorrected) Sentence() string {
	switch {
	case e.Started != nil:
		return "The first day of support was corrected."
	case e.Ended != nil:
		return "The last day of support was corrected."
	}
	return "What is known of a programme was corrected."
}

func (e ProvisionCorrected) thing() ID { return e.ID }

func (e ProvisionCorrected) touches() []ID { return []ID{e.ID} }

func (e ProvisionCorrected) apply(p *Participant, r Record) {
	x := p.provision(e.ID)
	if x == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	replace(&x.thread, apart, r.Desk, "provider", e.Provider, &x.Provider)
	replace(&x.thread, apart, r.Desk, "contact", e.Contact, &x.Contact)
	replace(&x.thread, apart, r.Desk, "area", e.Area, &x.Area)
	replaceDay(&x.thread, apart, r.Desk, "start", e.Started, &x.Started)
	replaceDay(&x.thread, apart, r.Desk, "end", e.Ended, &x.Ended)
	if e.InWork != nil && (*e.InWork != x.InWork || !apart) {
		x.keep(apart, r.Desk, "in work", string(x.InWork))
		x.InWork = *e.InWork
	}
}

// PlanLanding says what is to replace support when it ends.
type PlanLanding struct {
	Participant, Provision ID
	Text                   string
	Programme              string // a key of the catalogue, when it is one
}

// For names the participant.
func (c PlanLanding) For() Subject { return About(c.Participant) }

// Decide asks for words or a programme, once.
func (c PlanLanding) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Provisions, c.Provision)
	if x == nil {
		return nil, noProvision
	}
	e := LandingPlanned{ID: x.ID, Landing: s.New(), Text: clean.Line(c.Text, clean.MaxLine), Programme: codeOf(c.Programme), Saw: p.known(x.ID)}
	last := x.Landing()
	switch {
	case e.Text == "" && e.Programme == "":
		return nil, Refused("text", "Say what replaces it: a programme, or a few words. “Nothing is needed” is an answer too.")
	case last.Text == e.Text && last.Programme == e.Programme:
		return nil, Refused("text", "The record says so already.")
	}
	return []Event{e}, nil
}

// Landing returns what was last said to replace support; a zero one for nothing yet.
func (x Provision) Landing() Landing {
	if n := len(x.Landings); n > 0 {
		return x.Landings[n-1]
	}
	return Landing{}
}

// LandingPlanned happens when it is known what replaces support.
type LandingPlanned struct {
	ID        ID     `json:"id"`
	Landing   ID     `json:"landing"`
	Text      string `json:"text,omitempty"`
	Programme string `json:"programme,omitempty"`
	Saw       int    `json:"saw"`
}

var _ = know[LandingPlanned]()

// Kind names the event on disk.
func (LandingPlanned) Kind() string { return "provision.landing" }

// Sentence says that it is known.
func (LandingPlanned) Sentence() string { return "It was written down what follows when support ends." }

func (e LandingPlanned) thing() ID { return e.ID }

func (e LandingPlanned) makes() ID { return e.Landing }

func (e LandingPlanned) touches() []ID { return []ID{e.ID} }

func (e LandingPlanned) apply(p *Participant, r Record) {
	if x := p.provision(e.ID); x != nil {
		// Of two desks that planned apart both plans stand; the later shows.
		x.Landings = append(x.Landings, Landing{ID: e.Landing, Text: e.Text, Programme: e.Programme, On: r.Day, By: r.By})
	}
}
