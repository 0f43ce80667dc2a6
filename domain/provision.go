package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Provision is a programme that somebody is on, or was on. How long it may last is not
// here: the catalogue knows it, and [RowProvision.Sum] adds it up.
type Provision struct {
	thread

	ID        ID
	Programme string // its key in the catalogue
	Provider  string // who gives it
	Contact   string // key worker or adviser, and how to reach them
	Area      string // one with a limit of its own; empty: none in particular
	InWork    AtStart
	Started   calendar.Day
	Ended     calendar.Day // the last day; zero: it runs
	Code      string       // why it ended, one of the office's reasons
	Reason    string       // in words
	Referral  ID           // that it came of; zero: none of this desk
	Past      bool         // it was over when it was written down: nothing is to follow
	Landings  []Landing    // what is to replace it, oldest first
	On        calendar.Day // it was written down
	By        ID
}

// ItemID makes Provision findable by its ID.
func (x Provision) ItemID() ID { return x.ID }

// RunsOn reports whether support runs on a day, as far as the record tells.
func (x Provision) RunsOn(day calendar.Day) bool {
	return x.Started <= day && (x.Ended.IsZero() || day <= x.Ended)
}

// AtStart is whether somebody was in work when support started: it chooses between the
// clocks of some programmes.
type AtStart string

// What may be known of it. The words are stored.
const (
	WorkUnknown AtStart = ""
	InWork      AtStart = "yes"
	OutOfWork   AtStart = "no"
)

// Landing is what is to replace support when it ends.
type Landing struct {
	ID        ID
	Text      string
	Programme string // when it is one of the catalogue
	On        calendar.Day
	By        ID
}

// WorkOn returns whether somebody is in work on a day, as the jobs say or the facts.
func (p Participant) WorkOn(day calendar.Day) AtStart {
	switch p.EmployedOn(day).Status {
	case "":
		return WorkUnknown
	case "none":
		return OutOfWork
	}
	return InWork
}

// StartProvision writes down that support of a programme started, lately or long ago.
type StartProvision struct {
	Participant, Referral   ID
	Programme               string
	Provider, Contact, Area string
	InWork                  AtStart
	Started                 calendar.Day
	// Ended is of what is over already; then a reason may stand with it.
	Ended        calendar.Day
	Code, Reason string
}

// For names the participant.
func (c StartProvision) For() Subject { return About(c.Participant) }

// Decide asks for the programme and the day, and refuses one that runs already.
func (c StartProvision) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	e := ProvisionStarted{
		ID: s.New(), Programme: codeOf(c.Programme), Provider: clean.Line(c.Provider, clean.MaxLine), Contact: clean.Line(c.Contact, clean.MaxLine),
		Area: clean.Line(c.Area, clean.MaxLine), InWork: c.InWork, Started: c.Started, Referral: c.Referral, Past: !c.Ended.IsZero(),
	}
	switch {
	case e.Programme == "":
		return nil, Refused("programme", "Say which programme. coachdesk programmes lists them.")
	case e.Started.IsZero():
		return nil, Refused("started", "Say on which day support started: the clock counts from it.")
	case e.Started > s.Today:
		return nil, Refused("started", "%s is still to come. Write it down when support has started.", e.Started.Short(s.Today))
	case !slices.Contains([]AtStart{WorkUnknown, InWork, OutOfWork}, e.InWork):
		return nil, Refused("in-work", "Say yes or no: were they in work when support started?")
	}
	if err := checkEnd(e.Started, c.Ended, s.Today); err != nil {
		return nil, err
	}
	for _, x := range p.Provisions {
		if x.Programme == e.Programme && x.Started == e.Started || x.Programme == e.Programme && x.Ended.IsZero() && !e.Past {
			return nil, Refused("programme", "That programme is on the record already, started %s. Correct it, or say first how it ended.", x.Started.Short(s.Today))
		}
	}
	out := []Event{e}
	if e.Past {
		out = append(out, ProvisionEnded{ID: e.ID, Day: c.Ended, Code: codeOf(c.Code), Reason: clean.Line(c.Reason, clean.MaxLine), Saw: 1})
	}
	return out, nil
}

func checkEnd(started, ended, today calendar.Day) error {
	switch {
	case ended.IsZero():
	case ended < started:
		return Refused("ended", "It ends before it started: %s to %s. Check the dates.", started.Short(today), ended.Short(today))
	case ended > today:
		return Refused("ended", "%s is still to come. Write it down when support has ended.", ended.Short(today))
	}
	return nil
}

// ProvisionStarted happens when support of a programme is known to have started.
type ProvisionStarted struct {
	ID        ID           `json:"id"`
	Programme string       `json:"programme"`
	Provider  string       `json:"provider,omitempty"`
	Contact   string       `json:"contact,omitempty"`
	Area      string       `json:"area,omitempty"`
	InWork    AtStart      `json:"in_work,omitempty"`
	Started   calendar.Day `json:"started"`
	Referral  ID           `json:"referral,omitzero"`
	Past      bool         `json:"past,omitempty"`
}

var _ = know[ProvisionStarted]()

// Kind names the event on disk.
func (ProvisionStarted) Kind() string { return "provision.started" }

// Sentence says when, and not which programme: its name tells of health.
func (e ProvisionStarted) Sentence() string {
	if e.Past {
		return "A programme they were on earlier was written down."
	}
	return "Support of a programme started " + e.Started.Long() + "."
}

func (e ProvisionStarted) thing() ID { return e.ID }

func (e ProvisionStarted) makes() ID { return e.ID }

func (e ProvisionStarted) touches() []ID { return []ID{e.Referral} }

func (e ProvisionStarted) apply(p *Participant, r Record) {
	p.Provisions = append(p.Provisions, Provision{
		ID: e.ID, Programme: e.Programme, Provider: e.Provider, Contact: e.Contact, Area: e.Area, InWork: e.InWork,
		Started: e.Started, Referral: e.Referral, Past: e.Past, On: r.Day, By: r.By,
	})
}

// provision returns the provision that later work is about. One that was taken back
// meanwhile is back, and over.
func (p *Participant) provision(id ID) *Provision {
	return restored(p, &p.Provisions, id, func(x *Provision) { x.Ended, x.Reason, x.Past = x.Started, takenBack, true })
}

// EndProvision says that support of a programme has ended, and why.
type EndProvision struct {
	Participant, Provision ID
	Day                    calendar.Day
	Code, Reason           string
}

// For names the participant.
func (c EndProvision) For() Subject { return About(c.Participant) }

// Decide asks for a day that has come, and for a reason.
func (c EndProvision) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Provisions, c.Provision)
	if x == nil {
		return nil, noProvision
	}
	e := ProvisionEnded{ID: x.ID, Day: c.Day, Code: codeOf(c.Code), Reason: clean.Line(c.Reason, clean.MaxLine), Saw: p.known(x.ID)}
	switch {
	case e.Day.IsZero():
		return nil, Refused("ended", "Say on which day support ended.")
	case e.Code == "" && e.Reason == "":
		return nil, Refused("reason", "Say why support ended: a reason of the list, or a few words.")
	case x.Ended == e.Day && x.Code == e.Code && x.Reason == e.Reason:
		return nil, Refused("ended", "The record says so already.")
	}
	if err := checkEnd(x.Started, e.Day, s.Today); err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

var noProvision = Refusal{"provision", "That programme is not on the record."}

// ProvisionEnded happens when support of a programme has ended.
type ProvisionEnded struct {
	ID     ID           `json:"id"`
	Day    calendar.Day `json:"day"`
	Code   string       `json:"code,omitempty"`
	Reason string       `json:"reason,omitempty"`
	Saw    int          `json:"saw"`
}

var _ = know[ProvisionEnded]()

// Kind names the event on disk.
func (ProvisionEnded) Kind() string { return "provision.ended" }

// Sentence says when.
func (e ProvisionEnded) Sentence() string {
	return "Support of a programme ended " + e.Day.Long() + "."
}

func (e ProvisionEnded) thing() ID { return e.ID }

func (e ProvisionEnded) touches() []ID { return []ID{e.ID} }

func (e ProvisionEnded) apply(p *Participant, r Record) {
	x := p.provision(e.ID)
	if x == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if said := joinWords(dayWords(x.Ended), x.Code, x.Reason); said != joinWords(dayWords(e.Day), e.Code, e.Reason) || !apart {
		x.keep(apart, r.Desk, "end", said)
	}
	x.Ended, x.Code, x.Reason = e.Day, e.Code, e.Reason
}

func dayWords(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Long()
}
