package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// EmployerContact is one time that somebody here spoke with an employer.
type EmployerContact struct {
	Item

	Job      ID     // zero: none of the record
	Employer string // who
	Day      calendar.Day
	How      ConsentHow
	Kind     ContactKind
}

// ContactKind is what a talk with an employer was for. Only an enquiry names nobody.
type ContactKind string

// The kinds of contact are stored.
const (
	ContactAbout     ContactKind = "about the person"
	ContactIntroduce ContactKind = "introduction"
	ContactEnquiry   ContactKind = "enquiry, nobody named"
)

// ContactKinds lists all there are.
var ContactKinds = []ContactKind{ContactAbout, ContactIntroduce, ContactEnquiry}

func (k ContactKind) String() string { return string(k) }

// WhyNotSpeak is the gate of every talk with an employer in which the person is named: a
// consent for that employer must be in force. Empty means it is.
func (p Participant) WhyNotSpeak(employer string, on calendar.Day) string {
	return p.WhyNotShare(Recipient{ToEmployer, clean.Line(employer, clean.MaxLine)}, nil, on)
}

// MaySay lists what an employer may be told; empty for nothing.
func (p Participant) MaySay(employer string, on calendar.Day) []ConsentItem {
	return p.MayShare(Recipient{ToEmployer, clean.Line(employer, clean.MaxLine)}, on)
}

// Employers are those of the record, the newest first: of jobs, of talks, and those whom
// the person lets us speak with.
func (p Participant) Employers() []string {
	var all []string
	add := func(name string) {
		same := func(o string) bool { return clean.Fold(o) == clean.Fold(name) }
		if name != "" && !slices.ContainsFunc(all, same) {
			all = append(all, name)
		}
	}
	for _, j := range slices.Backward(p.InWork.Jobs) {
		add(j.Employer)
	}
	for _, c := range slices.Backward(p.InWork.Contacts) {
		add(c.Employer)
	}
	for _, c := range slices.Backward(p.Consents) {
		if c.To.Kind == ToEmployer {
			add(c.To.Name)
		}
	}
	return all
}

// ContactEmployer logs a talk with an employer.
type ContactEmployer struct {
	Participant ID
	Job         ID
	Employer    string // when it is of no job of the record
	Day         calendar.Day
	How         ConsentHow
	Kind        ContactKind
	Text        string
}

// For names the participant.
func (c ContactEmployer) For() Subject { return About(c.Participant) }

// Decide asks for consent before anybody was named.
func (c ContactEmployer) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	employer := clean.Line(c.Employer, clean.MaxLine)
	if !c.Job.IsZero() {
		j := find(p.InWork.Jobs, c.Job)
		if j == nil {
			return nil, Refused("job", "That job is not on the record.")
		}
		if employer == "" {
			employer = j.Employer
		}
	}
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	switch {
	case employer == "":
		return nil, Refused("employer", "Write which employer it was.")
	case !slices.Contains(ContactKinds, c.Kind):
		return nil, Refused("kind", "Say what it was: about the person, an introduction, or an enquiry in which nobody was named.")
	case !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how you spoke: face to face, phone, in writing or online.")
	case day > s.Today:
		return nil, Refused("day", "%s is still to come. Log the talk when it was held.", day.Short(s.Today))
	}
	if c.Kind != ContactEnquiry {
		if why := p.WhyNotSpeak(employer, day); why != "" {
			return nil, Refused("consent", "%s: %s", employer, why)
		}
	}
	text, err := words("text", "The contact", c.Text, 1000)
	if err != nil {
		return nil, err
	}
	return []Event{EmployerContacted{ID: s.New(), Job: c.Job, Employer: employer, Day: day, How: c.How, For: c.Kind, Text: text}}, nil
}

// EmployerContacted happens when somebody spoke with an employer.
type EmployerContacted struct {
	ID       ID           `json:"id"`
	Job      ID           `json:"job,omitzero"`
	Employer string       `json:"employer"`
	Day      calendar.Day `json:"day"`
	How      ConsentHow   `json:"how"`
	For      ContactKind  `json:"for"`
	Text     string       `json:"text"`
}

var _ = know[EmployerContacted]()

// Kind names the event on disk.
func (EmployerContacted) Kind() string { return "employer.contacted" }

// Sentence says what it was for, not what was said.
func (e EmployerContacted) Sentence() string {
	switch e.For {
	case ContactIntroduce:
		return "The person was introduced to an employer, with their consent."
	case ContactEnquiry:
		return "An employer was asked, and nobody was named."
	case ContactAbout:
	}
	return "An employer was spoken with about the person, with their consent."
}

func (e EmployerContacted) makes() ID { return e.ID }

func (e EmployerContacted) touches() []ID { return []ID{e.Job} }

func (e EmployerContacted) apply(p *Participant, r Record) {
	p.InWork.Contacts = append(p.InWork.Contacts, EmployerContact{Item: item(e.ID, e.Text, r), Job: e.Job, Employer: e.Employer, Day: e.Day, How: e.How, Kind: e.For})
}

// WorkAdjustment is something at work that was promised to be done differently.
type WorkAdjustment struct {
	Item
	thread

	Job     ID
	Owner   AdjustmentOwner
	Due     calendar.Day // zero: no date
	Settled PromiseStatus
	Words   string // what became of it
	Told    calendar.Day
}

// AdjustmentOwner is who owes an adjustment at work.
type AdjustmentOwner string

// The owners are stored.
const (
	OwedByEmployer AdjustmentOwner = "employer"       // the duty to make reasonable adjustments
	OwedByAccess   AdjustmentOwner = "access to work" // what goes beyond it
)

// AdjustmentOwners lists all there are.
var AdjustmentOwners = []AdjustmentOwner{OwedByEmployer, OwedByAccess}

// Duty says who owes an adjustment, and on what ground.
func (o AdjustmentOwner) Duty() string {
	if o == OwedByAccess {
		return "Access to Work, a grant beyond the employer's duty"
	}
	return "the employer, reasonable adjustment (Equality Act 2010)"
}

func (o AdjustmentOwner) String() string {
	if o == OwedByAccess {
		return "Access to Work"
	}
	return "employer"
}

// PromiseWorkAdjustment records what will be done differently at work.
type PromiseWorkAdjustment struct {
	Participant, Job ID
	Text             string
	Owner            AdjustmentOwner
	Due              calendar.Day
}

// For names the participant.
func (c PromiseWorkAdjustment) For() Subject { return About(c.Participant) }

// Decide asks what it is and who owes it.
func (c PromiseWorkAdjustment) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The adjustment", c.Text, clean.MaxLine)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(AdjustmentOwners, c.Owner):
		return nil, Refused("owner", "Say who owes it: the employer, or Access to Work.")
	case !c.Job.IsZero() && find(p.InWork.Jobs, c.Job) == nil:
		return nil, Refused("job", "That job is not on the record.")
	case c.Job.IsZero() && len(p.InWork.Jobs) == 0:
		return nil, Refused("job", "No job is on the record. Record the job first; an adjustment of ours goes with A.")
	}
	if err := notPast(c.Due, s.Today); err != nil {
		return nil, err
	}
	for _, a := range p.InWork.Promised {
		if a.Settled == PromiseOpen && clean.Fold(a.Text) == clean.Fold(text) {
			return nil, Refused("text", "That adjustment was promised already. Say first what became of it.")
		}
	}
	return []Event{WorkplacePromised{ID: s.New(), Job: c.Job, Text: text, Owner: c.Owner, Due: c.Due}}, nil
}

// WorkplacePromised happens when an adjustment at work is promised.
type WorkplacePromised struct {
	ID    ID              `json:"id"`
	Job   ID              `json:"job,omitzero"`
	Text  string          `json:"text"`
	Owner AdjustmentOwner `json:"owner"`
	Due   calendar.Day    `json:"due,omitzero"`
}

var _ = know[WorkplacePromised]()

// Kind names the event on disk.
func (WorkplacePromised) Kind() string { return "workplace.promised" }

// Sentence says who owes it and by when.
func (e WorkplacePromised) Sentence() string {
	return "An adjustment at work was promised, owed by " + e.Owner.Duty() + dueWords(e.Due) + "."
}

func (e WorkplacePromised) thing() ID { return e.ID }

func (e WorkplacePromised) makes() ID { return e.ID }

func (e WorkplacePromised) touches() []ID { return []ID{e.Job} }

func (e WorkplacePromised) apply(p *Participant, r Record) {
	p.InWork.Promised = append(p.InWork.Promised, WorkAdjustment{Item: item(e.ID, e.Text, r), Job: e.Job, Owner: e.Owner, Due: e.Due})
}

// SettleWorkAdjustment says what became of an adjustment at work.
type SettleWorkAdjustment struct {
	Participant, Adjustment ID
	Status                  PromiseStatus
	Words                   string
}

// For names the participant.
func (c SettleWorkAdjustment) For() Subject { return About(c.Participant) }

// Decide asks for something that is new.
func (c SettleWorkAdjustment) Decide(p Participant, _ Stamp) ([]Event, error) {
	a := find(p.InWork.Promised, c.Adjustment)
	said := clean.Line(c.Words, clean.MaxLine)
	switch {
	case a == nil:
		return nil, Refused("adjustment", "That adjustment at work is not on the record.")
	case c.Status != PromiseKept && c.Status != PromiseBroken && c.Status != PromiseReleased:
		return nil, Refused("status", "Say what became of it: kept, not kept, or no longer needed.")
	case a.Settled == c.Status && a.Words == said:
		return nil, Refused("status", "The record says so already.")
	}
	return []Event{WorkplaceSettled{ID: a.ID, Status: c.Status, Words: said, Saw: p.known(a.ID)}}, nil
}

// WorkplaceSettled happens when it is known what became of an adjustment at work.
type WorkplaceSettled struct {
	ID     ID            `json:"id"`
	Status PromiseStatus `json:"status"`
	Words  string        `json:"words,omitempty"`
	Saw    int           `json:"saw"`
}

var _ = know[WorkplaceSettled]()

// Kind names the event on disk.
func (WorkplaceSettled) Kind() string { return "workplace.settled" }

// Sentence says what became of it.
func (e WorkplaceSettled) Sentence() string {
	return "An adjustment at work: " + clean.Line(string(e.Status), 40) + "."
}

func (e WorkplaceSettled) thing() ID { return e.ID }

func (e WorkplaceSettled) touches() []ID { return []ID{e.ID} }

func (e WorkplaceSettled) apply(p *Participant, r Record) {
	a := restored(p, &p.InWork.Promised, e.ID, func(*WorkAdjustment) {}) // this ends it
	if a == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Status != a.Settled || e.Words != a.Words || !apart {
		a.keep(apart, r.Desk, "result", joinWords(string(a.Settled), a.Words))
	}
	a.Settled, a.Words, a.Told = e.Status, e.Words, r.Day
}

// ReadPromised reads what will be done differently and by when, with the date after a
// last "by", as in "a stool at the till by 12 dec".
func ReadPromised(text string, today calendar.Day) (what string, due calendar.Day, err error) {
	m := Mark{Kind: MarkPromise, Text: clean.Line(text, clean.MaxLine)}
	m.readDue(today)
	if m.Problem != "" {
		return "", 0, Refused("text", "The date cannot be read: %s", m.Problem)
	}
	return m.Text, m.Due, nil
}
