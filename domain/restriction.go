package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Restriction hides who a record is about wherever people are listed. The record
// itself, opened by its reference or from the queue, shows everything.
type Restriction struct {
	On     bool
	Since  calendar.Day
	By     ID
	Reason string
}

// RestrictedName is what lists show in place of a name.
const RestrictedName = "Restricted"

// Restrict hides a record in lists, or shows it again.
type Restrict struct {
	Participant ID
	On          bool
	Reason      string
}

// For names the participant.
func (c Restrict) For() Subject { return About(c.Participant) }

// Decide asks for the coach who owns the case, a team lead or an administrator.
func (c Restrict) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if why := p.WhyNotRestrict(s); why != "" {
		return nil, Refusal{"role", why}
	}
	switch {
	case c.On && p.Restriction.On:
		return nil, Refused("ref", "That record is restricted already.")
	case !c.On && !p.Restriction.On:
		return nil, Refused("ref", "That record is not restricted.")
	}
	return []Event{Restricted{On: c.On, Reason: clean.Line(c.Reason, clean.MaxLine)}}, nil
}

// WhyNotRestrict says why somebody may not restrict this record, or lift it; empty
// means they may.
func (p Participant) WhyNotRestrict(s Stamp) string {
	if why := WhyNotDo(s.Role, Restricted{}); why != "" {
		return why
	}
	if owner := p.Fact(FactCoach); s.Role == Coach && owner != "" && clean.Fold(owner) != clean.Fold(s.Name) {
		return "Only the work coach who owns the case, a team lead or an administrator may do that."
	}
	return ""
}

// Restricted happens when a record is hidden in lists, or shown again.
type Restricted struct {
	On     bool   `json:"on"`
	Reason string `json:"reason,omitempty"`
}

var _ = know[Restricted]()

// Kind names the event on disk.
func (Restricted) Kind() string { return "participant.restricted" }

// Sentence says which of the two.
func (e Restricted) Sentence() string {
	if e.On {
		return "The record was restricted: lists do not name the person."
	}
	return "The restriction was lifted: lists name the person again."
}

func (e Restricted) apply(p *Participant, r Record) {
	p.Restriction = Restriction{On: e.On, Since: r.Day, By: r.By, Reason: e.Reason}
}

// openFacts are what a row says of somebody whose record is restricted: whose case it
// is, and which holidays count.
var openFacts = []Fact{FactNation, FactCoach}

// redact takes out of a row whatever tells who it is. What is due stays.
func (r Row) redact() Row {
	r.Restricted, r.Name, r.AlsoNamed = true, RestrictedName, ""
	r.Barriers, r.Adjusts = nil, nil
	r.Facts = slices.DeleteFunc(slices.Clone(r.Facts), func(f RowFact) bool { return !slices.Contains(openFacts, f.Fact) })
	r.Questions = slices.Clone(r.Questions)
	for i := range r.Questions {
		r.Questions[i].Text = ""
	}
	r.Referrals = slices.Clone(r.Referrals)
	for i := range r.Referrals {
		r.Referrals[i].Provider = ""
	}
	r.Handovers = slices.Clone(r.Handovers)
	for i := range r.Handovers {
		r.Handovers[i].Name = ""
	}
	r.Advice = slices.Clone(r.Advice)
	for i := range r.Advice {
		r.Advice[i].Barriers = nil
	}
	r.Work = slices.Clone(r.Work)
	for i := range r.Work {
		r.Work[i] = r.Work[i].redacted()
	}
	return r
}
