package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// CloseGoal says what became of a goal, or opens it again.
type CloseGoal struct {
	Participant, Goal ID
	Status            GoalStatus
	Code              string // one of the office's reasons
	Reason            string
	Outcome           string // in the person's own words
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
	return []Event{GoalClosed{
		ID: g.ID, Status: c.Status, Reason: clean.Line(c.Reason, clean.MaxLine), Code: codeOf(c.Code),
		Outcome: clean.Line(c.Outcome, clean.MaxLine), Saw: p.known(g.ID),
	}}, nil
}

// GoalClosed happens when a goal is achieved, archived or opened again.
type GoalClosed struct {
	ID      ID         `json:"id"`
	Status  GoalStatus `json:"status"`
	Reason  string     `json:"reason,omitempty"`
	Code    string     `json:"code,omitempty"`
	Outcome string     `json:"outcome,omitempty"`
	Saw     int        `json:"saw,omitempty"`
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

func (e GoalClosed) thing() ID { return e.ID }

func (e GoalClosed) touches() []ID { return []ID{e.ID} }

func (e GoalClosed) apply(p *Participant, r Record) {
	g, back := p.goal(e.ID)
	if g == nil {
		return
	}
	apart := p.apart(e, r, e.Saw) || back
	// Achieved here and archived there: archived stands, as with a step that was dropped,
	// and both are shown.
	if apart && g.Status == GoalArchived && e.Status == GoalAchieved {
		g.Elsewhere = append(slices.Clone(g.Elsewhere), Elsewhere{"status", endWords(e.Status, e.Code, e.Reason, e.Outcome)})
		return
	}
	g.keep(apart, r.Desk, "status", endWords(g.Status, g.Code, g.Reason, g.Outcome))
	g.Status, g.Code, g.Reason, g.Outcome, g.Ended = e.Status, e.Code, e.Reason, e.Outcome, r.Day
	if e.Status == GoalActive {
		g.Ended = 0
	}
}

// endWords is what one desk said of the end of a goal.
func endWords(status GoalStatus, code, reason, outcome string) string {
	return joinWords(status.words(), code, reason, outcome)
}

// AimGoal gives a goal another target date.
type AimGoal struct {
	Participant, Goal ID
	Target            calendar.Day // zero: none any more
}

// For names the participant.
func (c AimGoal) For() Subject { return About(c.Participant) }

// Decide refuses a goal that is not active, and a target that is past or no news.
func (c AimGoal) Decide(p Participant, s Stamp) ([]Event, error) {
	g := find(p.Plan.Goals, c.Goal)
	switch {
	case g == nil:
		return nil, Refused("goal", "That goal is not in the plan.")
	case g.Status != GoalActive:
		return nil, Refused("goal", "That goal is %s. Open it again first.", g.Status.words())
	case g.Target == c.Target:
		return nil, Refused("target", "The plan says so already.")
	}
	if err := checkTarget(c.Target, s.Today); err != nil {
		return nil, err
	}
	return []Event{GoalAimed{ID: g.ID, Target: c.Target, Saw: p.known(g.ID)}}, nil
}

// GoalAimed happens when a goal gets another target date, or none.
type GoalAimed struct {
	ID     ID           `json:"id"`
	Target calendar.Day `json:"target"`
	Saw    int          `json:"saw"`
}

var _ = know[GoalAimed]()

// Kind names the event on disk.
func (GoalAimed) Kind() string { return "goal.aimed" }

// Sentence says what is aimed at.
func (e GoalAimed) Sentence() string {
	if e.Target.IsZero() {
		return "A goal has no target date any more."
	}
	return "A goal has a new target: " + e.Target.Long() + "."
}

func (e GoalAimed) thing() ID { return e.ID }

func (e GoalAimed) touches() []ID { return []ID{e.ID} }

func (e GoalAimed) apply(p *Participant, r Record) {
	g, back := p.goal(e.ID)
	if g == nil {
		return
	}
	apart := p.apart(e, r, e.Saw) || back
	if e.Target != g.Target || !apart {
		g.keep(apart, r.Desk, "target", targetWords(g.Target))
	}
	g.Target = e.Target
}

func targetWords(d calendar.Day) string {
	if d.IsZero() {
		return "no target date"
	}
	return "target " + d.Long()
}

// goal returns the goal that later work is about, and whether it was taken back.
func (p *Participant) goal(id ID) (g *Goal, back bool) {
	g = restored(p, &p.Plan.Goals, id, func(g *Goal) { g.Status, g.Reason, back = GoalArchived, takenBack, true })
	return g, back
}
