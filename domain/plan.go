package domain

import (
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Plan is what a person and their coach agreed to do: goals in the person's words,
// and steps that somebody takes by a day.
type Plan struct {
	Goals   []Goal
	Steps   []Step
	Reviews []Review
	Copies  []PlanCopy // that the person was given
	Agreed  []Agreement
	Pauses  []Pause
}

// Goal is where the person is heading.
type Goal struct {
	Item
	thread

	Target  calendar.Day // zero: none was set
	Status  GoalStatus
	Code    string // one of the office's reasons
	Reason  string
	Outcome string // what came of it, in the person's own words
	Ended   calendar.Day
}

// GoalStatus is what became of a goal.
type GoalStatus string

// The statuses are stored; a goal without one is active.
const (
	GoalActive   GoalStatus = ""
	GoalAchieved GoalStatus = "achieved"
	GoalArchived GoalStatus = "archived"
)

// Step is one thing to do.
type Step struct {
	Item
	Goal    ID // zero: none in particular
	Barrier ID // zero: none in particular
	Origin  ID // the escalation whose answer it came from; zero for none
	Owner   Owner
	Due     calendar.Day // zero: no date yet
	Before  Anchor       // what it waits for, in place of a date
	Status  StepStatus
	Code    string // one of the office's reasons
	Reason  string
	Result  TriedResult  // whether it helped; empty: nobody said
	Since   calendar.Day // when it came into this status
	Chases  []Chase
	thread
}

// StepStatus is how far a step is.
type StepStatus string

// The statuses are stored; a step without one is not started.
const (
	StepNotStarted StepStatus = ""
	StepDoing      StepStatus = "doing"
	StepDone       StepStatus = "done"
	StepDropped    StepStatus = "dropped"
)

// Open reports whether somebody still has to take the step.
func (s Step) Open() bool { return s.Status != StepDone && s.Status != StepDropped }

func (s StepStatus) String() string {
	if s == StepNotStarted {
		return "not started"
	}
	return string(s)
}

// Review is a look at the plan together.
type Review struct {
	On   calendar.Day
	By   ID
	Next calendar.Day
	Text string
}

// Empty reports whether nothing was ever planned.
func (p Plan) Empty() bool { return len(p.Goals) == 0 && len(p.Steps) == 0 }

// Count returns how many steps are done, of all that were not dropped.
func (p Plan) Count() (done, all int) {
	for _, s := range p.Steps {
		switch s.Status {
		case StepDone:
			done, all = done+1, all+1
		case StepNotStarted, StepDoing:
			all++
		case StepDropped:
		}
	}
	return done, all
}

// SetGoal adds a goal.
type SetGoal struct {
	Participant ID
	Text        string
	Target      calendar.Day // zero for none
}

// For names the participant.
func (c SetGoal) For() Subject { return About(c.Participant) }

// Decide refuses an empty goal and one that is set already.
func (c SetGoal) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The goal", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if err := checkTarget(c.Target, s.Today); err != nil {
		return nil, err
	}
	for _, g := range p.Plan.Goals {
		if g.Status == GoalActive && clean.Fold(g.Text) == clean.Fold(text) {
			return nil, Refused("text", "That goal is in the plan already.")
		}
	}
	return []Event{GoalSet{ID: s.New(), Text: text, Target: c.Target}}, nil
}

func checkTarget(d, today calendar.Day) error {
	if d.IsZero() || d >= today {
		return nil
	}
	return Refused("target", "%s is in the past. Say a target from today on, for example 3m.", d.Short(today))
}

// GoalSet happens when a goal is agreed.
type GoalSet struct {
	ID     ID           `json:"id"`
	Text   string       `json:"text"`
	Target calendar.Day `json:"target,omitzero"`
}

var _ = know[GoalSet]()

// Kind names the event on disk.
func (GoalSet) Kind() string { return "goal.set" }

// Sentence says that there is one more.
func (GoalSet) Sentence() string { return "A goal was set." }

func (e GoalSet) thing() ID { return e.ID }

func (e GoalSet) makes() ID { return e.ID }

func (e GoalSet) apply(p *Participant, r Record) {
	p.Plan.Goals = append(p.Plan.Goals, Goal{Item: item(e.ID, e.Text, r), Target: e.Target})
}

// ReviewPlan records that the plan was looked at together, and when it will be
// again: on a day that was said, or by rule.
type ReviewPlan struct {
	Participant ID
	Text        string
	Next        calendar.Day // zero: by rule
}

// For names the participant.
func (c ReviewPlan) For() Subject { return About(c.Participant) }

// Decide asks for a plan to review and, if a day was said, one after today.
func (c ReviewPlan) Decide(p Participant, s Stamp) ([]Event, error) {
	switch {
	case p.Plan.Empty():
		return nil, Refused("", "There is no plan yet. Add a goal or a step first.")
	case !c.Next.IsZero() && c.Next <= s.Today:
		return nil, Refused("next", "Say a day that is to come, for example 4w, or leave it to the rule.")
	}
	return []Event{PlanReviewed{Next: c.Next, Text: clean.Text(c.Text, 2000)}}, nil
}

// PlanReviewed happens when the plan was looked at together.
type PlanReviewed struct {
	Next calendar.Day `json:"next"` // 0: by rule
	Text string       `json:"text,omitempty"`
}

var _ = know[PlanReviewed]()

// Kind names the event on disk.
func (PlanReviewed) Kind() string { return "plan.reviewed" }

// Sentence says when the next review is.
func (e PlanReviewed) Sentence() string {
	if e.Next.IsZero() {
		return "The plan was reviewed. The next review comes by rule."
	}
	return "The plan was reviewed. Next review: " + e.Next.Long() + "."
}

func (e PlanReviewed) apply(p *Participant, r Record) {
	p.Plan.Reviews = append(p.Plan.Reviews, Review{On: r.Day, By: r.By, Next: e.Next, Text: e.Text})
}
