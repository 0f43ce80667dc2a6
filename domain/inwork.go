package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Working is everything about the way into work and about staying there: jobs, the weeks
// in them, what the person wants, who speaks with the employer.
type Working struct {
	Moves    []WorkMove
	Jobs     []Job
	Weeks    []WeekMark
	Contacts []EmployerContact
	Promised []WorkAdjustment
	Profile  []ProfileLine
	Absences []Absence
	Returns  []ReturnPlan
}

// Empty reports whether nothing about work was ever recorded here.
func (w Working) Empty() bool {
	return len(w.Moves)+len(w.Jobs)+len(w.Weeks)+len(w.Contacts)+len(w.Promised)+len(w.Profile)+len(w.Absences)+len(w.Returns) == 0
}

// WorkStage is where support on the way into work stands, as somebody said it.
type WorkStage string

// The stages are stored.
const (
	StageEngaged WorkStage = "engaged"
	StageSearch  WorkStage = "job search"
	StageEnded   WorkStage = "support ended"
)

// WorkStages lists all there are, in their order.
var WorkStages = []WorkStage{StageEngaged, StageSearch, StageEnded}

// WorkMove is one time that support moved on.
type WorkMove struct {
	ID        ID
	Stage     WorkStage
	Day       calendar.Day
	Programme string // the key of the programme whose weeks are counted; empty: none in particular
	Code      string // why support ended, of the office's list
	Words     string // what takes its place
	By        ID
}

// ItemID makes WorkMove findable by its ID.
func (m WorkMove) ItemID() ID { return m.ID }

// Move returns the move that stands: the latest day, and of one day the later stage, in
// whichever order two desks told them.
func (w Working) Move() (WorkMove, bool) {
	if len(w.Moves) == 0 {
		return WorkMove{}, false
	}
	return slices.MaxFunc(w.Moves, func(a, b WorkMove) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(slices.Index(WorkStages, a.Stage), slices.Index(WorkStages, b.Stage)), a.ID.Compare(b.ID))
	}), true
}

// programme is the key of the programme whose weeks are counted: the last that was named
// since support last ended, and from when on.
func (w Working) programme() (key string, since calendar.Day) {
	moves := slices.Clone(w.Moves)
	slices.SortStableFunc(moves, func(a, b WorkMove) int { return cmp.Compare(a.Day, b.Day) })
	for _, m := range moves {
		switch {
		case m.Stage == StageEnded:
			key, since = "", 0
		case m.Programme != "":
			key, since = m.Programme, m.Day
		}
	}
	return key, since
}

// MoveWork says that support on the way into work begins, that the search is on, or that
// support ended.
type MoveWork struct {
	Participant ID
	Stage       WorkStage
	Day         calendar.Day // zero means today
	Programme   string
	Code        string
	Words       string
}

// For names the participant.
func (c MoveWork) For() Subject { return About(c.Participant) }

// Decide refuses what stands already, days to come, and an end without a word on why.
func (c MoveWork) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	now, moved := p.InWork.Move()
	code, said := codeOf(c.Code), clean.Line(c.Words, clean.MaxLine)
	switch {
	case !slices.Contains(WorkStages, c.Stage):
		return nil, Refused("stage", "Say where support stands: engaged, job search or support ended.")
	case day > s.Today:
		return nil, Refused("day", "%s is still to come. Record it on the day.", day.Short(s.Today))
	case moved && now.Stage == c.Stage && (c.Programme == "" || c.Programme == now.Programme):
		return nil, Refused("stage", "The record says so already: %s since %s.", now.Stage, now.Day.Short(s.Today))
	case !moved && c.Stage == StageEnded && len(p.InWork.Jobs) == 0:
		return nil, Refused("stage", "Support in work has not begun, so it cannot end.")
	case moved && now.Stage == StageEnded && day <= now.Day:
		return nil, Refused("day", "Support ended on %s. Undo that first, or say a later day.", now.Day.Short(s.Today))
	case moved && day < now.Day:
		return nil, Refused("day", "The record says %s since %s. Say a day from then on.", now.Stage, now.Day.Short(s.Today))
	case c.Stage == StageEnded && code == "" && said == "":
		return nil, Refused("reason", "Say why support ends and what takes its place, so that nobody is left without.")
	}
	return []Event{WorkMoved{ID: s.New(), Stage: c.Stage, Day: day, Programme: codeOf(c.Programme), Code: code, Words: said}}, nil
}

// WorkMoved happens when support on the way into work moves on.
type WorkMoved struct {
	ID        ID           `json:"id"`
	Stage     WorkStage    `json:"stage"`
	Day       calendar.Day `json:"day"`
	Programme string       `json:"programme,omitempty"`
	Code      string       `json:"code,omitempty"`
	Words     string       `json:"words,omitempty"`
}

var _ = know[WorkMoved]()

// Kind names the event on disk.
func (WorkMoved) Kind() string { return "work.moved" }

// Sentence says where support stands now.
func (e WorkMoved) Sentence() string {
	switch e.Stage {
	case StageEngaged:
		return "Support on the way into work began on " + e.Day.Long() + "."
	case StageSearch:
		return "The search for a job is on since " + e.Day.Long() + "."
	case StageEnded:
		return "Support in work ended on " + e.Day.Long() + "."
	}
	return "Support on the way into work moved on."
}

func (e WorkMoved) makes() ID { return e.ID }

func (e WorkMoved) apply(p *Participant, r Record) {
	p.InWork.Moves = append(p.InWork.Moves, WorkMove{e.ID, e.Stage, e.Day, e.Programme, e.Code, e.Words, r.By})
}
