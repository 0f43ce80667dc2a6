package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Job is one job that the person has, had or was offered.
type Job struct {
	thread

	ID       ID
	Title    string
	Employer string
	As       JobKind
	Minutes  int          // a week, as agreed; 0: nobody knows yet
	Start    calendar.Day // zero: an offer
	Stage    JobStage     // as somebody said it; where the job stands is worked out
	Staged   calendar.Day // when
	Ended    calendar.Day // the last day at work; zero: it goes on
	Code     string       // why it ended
	Words    string
	On       calendar.Day // it was recorded
	By       ID
}

// ItemID makes Job findable by its ID.
func (j Job) ItemID() ID { return j.ID }

// Called says what the job is and where, in one phrase.
func (j Job) Called() string { return jobCalled(j.Title, j.Employer) }

func jobCalled(title, employer string) string {
	if employer == "" {
		return title
	}
	return title + ", " + employer
}

// Runs reports whether the person is in the job on a day.
func (j Job) Runs(on calendar.Day) bool {
	return !j.Start.IsZero() && j.Start <= on && (j.Ended.IsZero() || on <= j.Ended)
}

// JobKind is as what somebody works.
type JobKind string

// The kinds of job are stored; an employed one is stored as nothing.
const (
	AsEmployed     JobKind = ""
	AsSelfEmployed JobKind = "self-employed"
	AsApprentice   JobKind = "apprentice"
)

// JobKinds lists all there are.
var JobKinds = []JobKind{AsEmployed, AsSelfEmployed, AsApprentice}

func (k JobKind) String() string {
	if k == AsEmployed {
		return "employed"
	}
	return string(k)
}

// ReadJobKind returns the kind that a word names.
func ReadJobKind(word string) (JobKind, error) {
	for _, k := range JobKinds {
		if k.String() == strings.ToLower(strings.TrimSpace(word)) || word == "" {
			return k, nil
		}
	}
	return "", Refused("as", "Say as what they work: %s.", listed(JobKinds))
}

// JobStage is how far somebody has come in a job, as people there say it.
type JobStage string

// The stages are stored.
const (
	JobTraining JobStage = "training on the job"
	JobStable   JobStage = "stable"
)

// JobStages lists all there are.
var JobStages = []JobStage{JobTraining, JobStable}

// TakeJob records a job: one that was offered, or one with a first day.
type TakeJob struct {
	Participant ID
	Title       string
	Employer    string
	As          JobKind
	Minutes     int
	Start       calendar.Day
}

// For names the participant.
func (c TakeJob) For() Subject { return About(c.Participant) }

// jobHoursMost is the most minutes that a week of work may have: more is a slip.
const jobHoursMost = 100 * 60

// Decide asks what the job is, and refuses the same one twice.
func (c TakeJob) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	title, err := words("title", "The job", clean.Line(c.Title, clean.MaxLine), clean.MaxLine)
	if err != nil {
		return nil, err
	}
	employer := clean.Line(c.Employer, clean.MaxLine)
	if err := checkJob(c.As, c.Minutes, c.Start, s.Today); err != nil {
		return nil, err
	}
	for _, j := range p.InWork.Jobs {
		if j.Ended.IsZero() && clean.Fold(j.Called()) == clean.Fold(jobCalled(title, employer)) {
			return nil, Refused("title", "That job is on the record already. Change it, or end it first.")
		}
	}
	return []Event{JobFound{ID: s.New(), Title: title, Employer: employer, As: c.As, Minutes: c.Minutes, Start: c.Start}}, nil
}

func checkJob(as JobKind, minutes int, start, today calendar.Day) error {
	switch {
	case !slices.Contains(JobKinds, as):
		return Refused("as", "Say as what they work: %s.", listed(JobKinds))
	case minutes < 0 || minutes > jobHoursMost:
		return Refused("hours", "Hours a week are a number from 0 to 100.")
	case !start.IsZero() && (start > today.AddMonths(24) || start < today.AddMonths(-12*60)):
		return Refused("start", "%s cannot be the first day. Check the year.", start.Short(today))
	}
	return nil
}

// JobFound happens when somebody is offered a job or takes one.
type JobFound struct {
	ID       ID           `json:"id"`
	Title    string       `json:"title"`
	Employer string       `json:"employer,omitempty"`
	As       JobKind      `json:"as,omitempty"`
	Minutes  int          `json:"minutes,omitempty"`
	Start    calendar.Day `json:"start,omitzero"`
}

var _ = know[JobFound]()

// Kind names the event on disk.
func (JobFound) Kind() string { return "job.found" }

// Sentence says when it starts.
func (e JobFound) Sentence() string {
	if e.Start.IsZero() {
		return "A job was offered."
	}
	return "A job was recorded, first day " + e.Start.Long() + "."
}

func (e JobFound) thing() ID { return e.ID }

func (e JobFound) makes() ID { return e.ID }

func (e JobFound) apply(p *Participant, r Record) {
	p.InWork.Jobs = append(p.InWork.Jobs, Job{ID: e.ID, Title: e.Title, Employer: e.Employer, As: e.As, Minutes: e.Minutes, Start: e.Start, On: r.Day, By: r.By})
}

// ChangeJob changes what is known of a job. Nil leaves a part as it is.
type ChangeJob struct {
	Participant, Job ID
	Title            *string
	Employer         *string
	As               *JobKind
	Minutes          *int
	Start            *calendar.Day
	Stage            *JobStage
}

// For names the participant.
func (c ChangeJob) For() Subject { return About(c.Participant) }

// Decide keeps only what differs.
func (c ChangeJob) Decide(p Participant, s Stamp) ([]Event, error) {
	j := find(p.InWork.Jobs, c.Job)
	if j == nil {
		return nil, Refused("job", "That job is not on the record.")
	}
	e := JobChanged{ID: j.ID, Saw: p.known(j.ID)}
	as, minutes, start := j.As, j.Minutes, j.Start
	if c.Title != nil {
		title, err := words("title", "The job", clean.Line(*c.Title, clean.MaxLine), clean.MaxLine)
		if err != nil {
			return nil, err
		}
		e.Title = changed(&title, j.Title)
	}
	if c.Employer != nil {
		employer := clean.Line(*c.Employer, clean.MaxLine)
		e.Employer = changed(&employer, j.Employer)
	}
	e.As, e.Minutes, e.Start = changed(c.As, j.As), changed(c.Minutes, j.Minutes), changed(c.Start, j.Start)
	as, minutes, start = orNow(e.As, as), orNow(e.Minutes, minutes), orNow(e.Start, start)
	if err := checkJob(as, minutes, start, s.Today); err != nil {
		return nil, err
	}
	if c.Stage != nil {
		switch {
		case !slices.Contains(JobStages, *c.Stage):
			return nil, Refused("stage", "Say how far they have come: training on the job, or stable.")
		case !j.Runs(s.Today):
			return nil, Refused("stage", "The job does not run today. Say first when it starts.")
		}
		e.Stage = changed(c.Stage, j.Stage)
	}
	switch {
	case !start.IsZero() && !j.Ended.IsZero() && start > j.Ended:
		return nil, Refused("start", "The job ended on %s. It cannot start after that.", j.Ended.Short(s.Today))
	case e == JobChanged{ID: j.ID, Saw: e.Saw}:
		return nil, Refused("", "Nothing is different from what the record says already.")
	}
	return []Event{e}, nil
}

func orNow[T any](v *T, was T) T {
	if v == nil {
		return was
	}
	return *v
}

// JobChanged happens when something else becomes known of a job.
type JobChanged struct {
	ID       ID            `json:"id"`
	Title    *string       `json:"title,omitempty"`
	Employer *string       `json:"employer,omitempty"`
	As       *JobKind      `json:"as,omitempty"`
	Minutes  *int          `json:"minutes,omitempty"`
	Start    *calendar.Day `json:"start,omitempty"`
	Stage    *JobStage     `json:"stage,omitempty"`
	Saw      int           `json:"saw"`
}

var _ = know[JobChanged]()

// Kind names the event on disk.
func (JobChanged) Kind() string { return "job.changed" }

// Sentence says what kind of thing changed.
func (e JobChanged) Sentence() string {
	switch {
	case e.Stage != nil:
		return "About a job: " + clean.Line(string(*e.Stage), 40) + "."
	case e.Start != nil && !e.Start.IsZero():
		return "A job has a first day: " + e.Start.Long() + "."
	}
	return "What is known of a job was changed."
}

func (e JobChanged) thing() ID { return e.ID }

func (e JobChanged) touches() []ID { return []ID{e.ID} }

func (e JobChanged) apply(p *Participant, r Record) {
	j := restored(p, &p.InWork.Jobs, e.ID, func(j *Job) { j.takenBack() })
	if j == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	put(&j.thread, apart, r.Desk, "title", &j.Title, e.Title, asIs)
	put(&j.thread, apart, r.Desk, "employer", &j.Employer, e.Employer, asIs)
	put(&j.thread, apart, r.Desk, "as", &j.As, e.As, JobKind.String)
	put(&j.thread, apart, r.Desk, "hours", &j.Minutes, e.Minutes, WeekHours)
	put(&j.thread, apart, r.Desk, "start", &j.Start, e.Start, calendar.Day.String)
	put(&j.thread, apart, r.Desk, "stage", &j.Stage, e.Stage, func(s JobStage) string { return string(s) })
	if e.Stage != nil {
		j.Staged = r.Day
	}
}

// put sets a field of a thing; what stood is kept beside it when the writer did not know.
func put[T comparable](t *thread, apart bool, by DeskID, field string, stands, now *T, say func(T) string) {
	if now == nil {
		return
	}
	if *stands != *now || !apart {
		t.keep(apart, by, field, say(*stands))
	}
	*stands = *now
}

// takenBack ends a job whose making was undone while another desk went on with it.
func (j *Job) takenBack() { j.Ended, j.Words = cmp.Or(j.Start, j.On), takenBack }
