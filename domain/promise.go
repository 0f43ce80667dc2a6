package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Promise is what one side said they would do.
type Promise struct {
	Item
	thread

	Owner  Owner
	Due    calendar.Day // zero: no date was given
	Status PromiseStatus
}

// PromiseStatus is what became of a promise.
type PromiseStatus string

// The statuses are stored; a promise without one is open.
const (
	PromiseOpen     PromiseStatus = ""
	PromiseKept     PromiseStatus = "kept"
	PromiseBroken   PromiseStatus = "not kept"
	PromiseReleased PromiseStatus = "no longer needed"
)

// MakePromise puts a promise on the record.
type MakePromise struct {
	Participant ID
	Owner       Owner
	Text        string
	Due         calendar.Day
}

// For names the participant.
func (c MakePromise) For() Subject { return About(c.Participant) }

// Decide asks for words and an owner.
func (c MakePromise) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The promise", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if err := checkOwner(c.Owner); err != nil {
		return nil, err
	}
	if err := notPast(c.Due, s.Today); err != nil {
		return nil, err
	}
	return []Event{Promised{ID: s.New(), Text: text, Owner: c.Owner, Due: c.Due}}, nil
}

// notPast refuses a day by which nothing can be done any more.
func notPast(due, today calendar.Day) error {
	if due.IsZero() || due >= today {
		return nil
	}
	return Refused("due", "%s is in the past. Say a day from today on.", due.Short(today))
}

func checkOwner(o Owner) error {
	if !slices.Contains(Owners, o) {
		return Refused("owner", "%q is not an owner. Owners are person, coach, dea, provider and employer.", clean.Line(string(o), 40))
	}
	return nil
}

// Promised happens when somebody says what they will do.
type Promised struct {
	ID      ID           `json:"id"`
	Text    string       `json:"text"`
	Owner   Owner        `json:"owner"`
	Due     calendar.Day `json:"due,omitzero"`
	Session ID           `json:"session,omitzero"`
	Scope   Scope        `json:"scope,omitempty"`
}

var _ = know[Promised]()

// Kind names the event on disk.
func (Promised) Kind() string { return "promise.made" }

// Sentence says whose promise it is.
func (e Promised) Sentence() string {
	return "A promise was made: " + (Names{}).Called(e.Owner) + dueWords(e.Due) + "."
}

func dueWords(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return ", by " + d.Long()
}

// InScope implements [Scoped].
func (e Promised) InScope() Scope { return e.Scope }

func (e Promised) thing() ID { return e.ID }

func (e Promised) makes() ID { return e.ID }

func (e Promised) touches() []ID { return []ID{e.Session} }

func (e Promised) apply(p *Participant, r Record) {
	p.Promises = append(p.Promises, Promise{Item: item(e.ID, e.Text, r), Owner: e.Owner, Due: e.Due})
}

// SettlePromise says what became of a promise.
type SettlePromise struct {
	Participant, Promise ID
	Status               PromiseStatus
}

// For names the participant.
func (c SettlePromise) For() Subject { return About(c.Participant) }

// Decide refuses a promise that is not there or has that status already.
func (c SettlePromise) Decide(p Participant, _ Stamp) ([]Event, error) {
	pr := find(p.Promises, c.Promise)
	switch {
	case pr == nil:
		return nil, Refused("promise", "That promise is not on the record.")
	case !slices.Contains([]PromiseStatus{PromiseOpen, PromiseKept, PromiseBroken, PromiseReleased}, c.Status):
		return nil, Refused("status", "A promise is kept, not kept, or no longer needed.")
	case pr.Status == c.Status:
		return nil, Refused("status", "The record says so already.")
	}
	return []Event{PromiseSettled{ID: pr.ID, Status: c.Status, Saw: p.known(pr.ID)}}, nil
}

// PromiseSettled happens when it is known what became of a promise.
type PromiseSettled struct {
	ID     ID            `json:"id"`
	Status PromiseStatus `json:"status"`
	Saw    int           `json:"saw,omitempty"`
}

var _ = know[PromiseSettled]()

// Kind names the event on disk.
func (PromiseSettled) Kind() string { return "promise.settled" }

// Sentence says what became of it.
func (e PromiseSettled) Sentence() string {
	if e.Status == PromiseOpen {
		return "A promise is open again."
	}
	return "A promise: " + clean.Line(string(e.Status), 40) + "."
}

func (e PromiseSettled) thing() ID { return e.ID }

func (e PromiseSettled) touches() []ID { return []ID{e.ID} }

func (e PromiseSettled) apply(p *Participant, r Record) {
	pr := restored(p, &p.Promises, e.ID, func(pr *Promise) { pr.Status = PromiseReleased })
	if pr == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Status != pr.Status || !apart {
		pr.keep(apart, r.Desk, "status", string(pr.Status))
	}
	pr.Status = e.Status
}
