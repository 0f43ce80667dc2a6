package domain

import (
	"slices"

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
}

// Goal is where the person is heading.
type Goal struct {
	Item
	Status GoalStatus
	Reason string
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
	Status  StepStatus
	Reason  string
	Since   calendar.Day // when it came into this status
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

// NextReview returns when the plan is to be looked at again: as agreed at the last
// review. Zero when there is no plan or no review was agreed.
func (p Plan) NextReview() calendar.Day {
	if len(p.Reviews) == 0 {
		return 0
	}
	return p.Reviews[len(p.Reviews)-1].Next
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
	for _, g := range p.Plan.Goals {
		if g.Status == GoalActive && clean.Fold(g.Text) == clean.Fold(text) {
			return nil, Refused("text", "That goal is in the plan already.")
		}
	}
	return []Event{GoalSet{ID: s.New(), Text: text}}, nil
}

// GoalSet happens when a goal is agreed.
type GoalSet struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

var _ = know[GoalSet]()

// Kind names the event on disk.
func (GoalSet) Kind() string { return "goal.set" }

// Sentence says that there is one more.
func (GoalSet) Sentence() string { return "A goal was set." }

func (e GoalSet) makes() ID { return e.ID }

func (e GoalSet) apply(p *Participant, r Record) {
	p.Plan.Goals = append(p.Plan.Goals, Goal{Item: item(e.ID, e.Text, r)})
}

// CloseGoal says what became of a goal, or opens it again.
type CloseGoal struct {
	Participant, Goal ID
	Status            GoalStatus
	Reason            string
}

// For names the participant.
func (c CloseGoal) For() Subject { return About(c.Participant) }

// Decide refuses a goal that is not there or has that status already.
func (c CloseGoal) Decide(p Participant, _ Stamp) ([]Event, error) {
	g := find(p.Plan.Goals, c.Goal)
	switch {
	case g == nil:
		return nil, Refused("goal", "That goal is not in the plan.")
	case !slices.Contains([]GoalStatus{GoalActive, GoalAchieved, GoalArchived}, c.Status):
		return nil, Refused("status", "A goal is active, achieved or archived.")
	case g.Status == c.Status:
		return nil, Refused("status", "The plan says so already.")
	}
	return []Event{GoalClosed{ID: g.ID, Status: c.Status, Reason: clean.Line(c.Reason, clean.MaxLine)}}, nil
}

// GoalClosed happens when a goal is achieved, archived or opened again.
type GoalClosed struct {
	ID     ID         `json:"id"`
	Status GoalStatus `json:"status"`
	Reason string     `json:"reason,omitempty"`
}

var _ = know[GoalClosed]()

// Kind names the event on disk.
func (GoalClosed) Kind() string { return "goal.closed" }

// Sentence says what became of it.
func (e GoalClosed) Sentence() string {
	if e.Status == GoalActive {
		return "A goal is active again."
	}
	return "A goal was " + clean.Line(string(e.Status), 40) + "."
}

func (e GoalClosed) touches() []ID { return []ID{e.ID} }

func (e GoalClosed) apply(p *Participant, _ Record) {
	if g := find(p.Plan.Goals, e.ID); g != nil {
		g.Status, g.Reason = e.Status, e.Reason
	}
}

// ReviewPlan records that the plan was looked at together, and when it will be
// again.
type ReviewPlan struct {
	Participant ID
	Text        string
	Next        calendar.Day
}

// For names the participant.
func (c ReviewPlan) For() Subject { return About(c.Participant) }

// Decide asks for a plan to review and a day after today.
func (c ReviewPlan) Decide(p Participant, s Stamp) ([]Event, error) {
	switch {
	case p.Plan.Empty():
		return nil, Refused("", "There is no plan yet. Add a goal or a step first.")
	case c.Next <= s.Today:
		return nil, Refused("next", "Say when to review next, for example 4w.")
	}
	return []Event{PlanReviewed{Next: c.Next, Text: clean.Text(c.Text, 2000)}}, nil
}

// PlanReviewed happens when the plan was looked at together.
type PlanReviewed struct {
	Next calendar.Day `json:"next"`
	Text string       `json:"text,omitempty"`
}

var _ = know[PlanReviewed]()

// Kind names the event on disk.
func (PlanReviewed) Kind() string { return "plan.reviewed" }

// Sentence says when the next review is.
func (e PlanReviewed) Sentence() string {
	return "The plan was reviewed. Next review: " + e.Next.Long() + "."
}

func (e PlanReviewed) apply(p *Participant, r Record) {
	p.Plan.Reviews = append(p.Plan.Reviews, Review{On: r.Day, By: r.By, Next: e.Next, Text: e.Text})
}
