package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RowWork is what lists and the queue know of somebody's way in work. Where it stands is
// worked out from it, on the day on which it is read.
type RowWork struct {
	_ struct{} `cbor:",toarray"`

	Stage     WorkStage    `json:"s,omitempty"` // as somebody said it
	Since     calendar.Day `json:"d,omitzero"`
	Programme string       `json:"p,omitempty"` // whose weeks are counted
	Counted   calendar.Day `json:"c,omitzero"`  // since when
	Profile   int          `json:"v,omitempty"` // lines
	Jobs      []RowJob     `json:"j,omitempty"`
	Weeks     []RowWeek    `json:"w,omitempty"`
	Contact   calendar.Day `json:"t,omitzero"` // the last in-work check or mark
	Away      []RowAway    `json:"a,omitempty"`
	Return    []RowReturn  `json:"r,omitempty"` // the plan that runs
	Owed      []RowOwed    `json:"o,omitempty"` // adjustments at work that are not settled
	Told      calendar.Day `json:"f,omitzero"`  // when the fact of employment was told
	Of        ID           `json:"-" cbor:"-"`  // the record it is on, when [Lists] joined two
}

// RowJob is a job, short enough for a list.
type RowJob struct {
	_ struct{} `cbor:",toarray"`

	ID      ID           `json:"i"`
	Called  string       `json:"n,omitempty"`
	As      JobKind      `json:"a,omitempty"`
	Minutes int          `json:"m,omitempty"`
	Start   calendar.Day `json:"s,omitzero"`
	End     calendar.Day `json:"e,omitzero"`
	Stage   JobStage     `json:"g,omitempty"`
	Staged  calendar.Day `json:"d,omitzero"`
}

// RowWeek is how many minutes somebody worked in a week.
type RowWeek struct {
	_ struct{} `cbor:",toarray"`

	Week    calendar.Day `json:"w"`
	Minutes int          `json:"m"`
	Fine    bool         `json:"f,omitempty"`
}

// RowAway is an absence, without why.
type RowAway struct {
	_ struct{} `cbor:",toarray"`

	ID      ID           `json:"i"`
	From    calendar.Day `json:"f"`
	Back    calendar.Day `json:"b,omitzero"`
	Sick    bool         `json:"s,omitempty"`
	Checked bool         `json:"c,omitempty"`
}

// RowReturn is a plan for the return to work.
type RowReturn struct {
	_ struct{} `cbor:",toarray"`

	ID    ID           `json:"i"`
	From  calendar.Day `json:"f"`
	Weeks []int        `json:"w"`
}

// RowOwed is an adjustment at work that somebody owes.
type RowOwed struct {
	_ struct{} `cbor:",toarray"`

	ID    ID              `json:"i"`
	Owner AdjustmentOwner `json:"o"`
	Due   calendar.Day    `json:"d,omitzero"`
}

// Empty reports whether there is nothing about work.
func (w RowWork) Empty() bool {
	return w.Stage == "" && w.Contact.IsZero() && w.Profile+len(w.Jobs)+len(w.Weeks)+len(w.Away)+len(w.Return)+len(w.Owed) == 0
}

// workRow is what the record adds up to about work.
func (p Participant) workRow() RowWork {
	in := p.InWork
	var w RowWork
	if m, ok := in.Move(); ok {
		w.Stage, w.Since = m.Stage, m.Day
	}
	w.Programme, w.Counted = in.programme()
	for _, x := range p.Provisions { // a programme that runs says since when
		if x.Ended.IsZero() && (w.Programme == "" || w.Programme == x.Programme) {
			w.Programme, w.Counted = x.Programme, x.Started
		}
	}
	for _, l := range in.Profile {
		if !l.Removed {
			w.Profile++
		}
	}
	for _, j := range in.Jobs {
		w.Jobs = append(w.Jobs, RowJob{ID: j.ID, Called: clean.Line(j.Called(), rowTextMax), As: j.As, Minutes: j.Minutes, Start: j.Start, End: j.Ended, Stage: j.Stage, Staged: j.Staged})
	}
	for _, m := range in.Weeks {
		w.Weeks = append(w.Weeks, RowWeek{Week: m.Week, Minutes: m.Minutes, Fine: m.Fine})
		w.Contact = max(w.Contact, m.On)
	}
	for _, x := range p.Sessions {
		if x.Kind == InWorkCheck && x.Outcome == Happened {
			w.Contact = max(w.Contact, x.Day)
		}
	}
	for _, a := range in.Absences {
		w.Away = append(w.Away, RowAway{ID: a.ID, From: a.From, Back: a.Back, Sick: a.Sick(), Checked: !a.Checked.IsZero()})
	}
	if x, ok := in.Return(); ok {
		w.Return = []RowReturn{{ID: x.ID, From: x.From, Weeks: x.Weeks}}
	}
	for _, a := range in.Promised {
		if a.Settled == PromiseOpen {
			w.Owed = append(w.Owed, RowOwed{ID: a.ID, Owner: a.Owner, Due: a.Due})
		}
	}
	w.Told = p.Facts[FactEmployment].On
	return w
}

// WorkRow returns what the record adds up to about work, as lists have it.
func (p Participant) WorkRow() RowWork { return p.workRow() }

// EmployedOn tells how somebody stands in work on a day, as [Participant.EmployedOn].
func (r Row) EmployedOn(on calendar.Day) Employed {
	told := r.Fact(FactEmployment)
	e := Employed{Status: told}
	for _, w := range r.Work {
		if e = w.employed(on, told, w.Told, 0); e.Jobs > 0 {
			return e
		}
	}
	return e
}

// employed tells how somebody stands in work by the jobs; told is what the fact says
// where no job tells.
func (w RowWork) employed(on calendar.Day, told string, toldOn calendar.Day, minutes int) Employed {
	var e Employed
	var ended calendar.Day
	for _, j := range w.Jobs {
		switch {
		case Job{Start: j.Start, Ended: j.End}.Runs(on):
			if e.Jobs == 0 || j.As == AsEmployed {
				e.Status = j.As.String()
			}
			e.Jobs++
			e.Minutes += j.Minutes
			e.Since = earlier(e.Since, j.Start)
		case !j.Start.IsZero() && !j.End.IsZero() && j.End < on && j.End >= j.Start:
			ended = max(ended, j.End)
		}
	}
	switch {
	case e.Jobs > 0:
		for _, a := range w.Away {
			if a.Sick && a.From <= on && (a.Back.IsZero() || on < a.Back) {
				e.Status = "off sick"
			}
		}
	case !ended.IsZero() && toldOn <= ended:
		e.Status = "none"
	default:
		e.Status, e.Minutes = told, minutes
	}
	return e
}

// Planned returns the minutes planned for the week of a day.
func (x RowReturn) Planned(of calendar.Day) (int, bool) {
	return ReturnPlan{From: x.From, Weeks: x.Weeks}.Planned(of)
}

// redacted takes out of a row about work what tells where.
func (w RowWork) redacted() RowWork {
	w.Jobs = slices.Clone(w.Jobs)
	for i := range w.Jobs {
		w.Jobs[i].Called = ""
	}
	return w
}

// joinWork puts the work of two records of one person side by side.
func joinWork(mine, other []RowWork, of ID) []RowWork {
	all := slices.Clone(mine)
	for _, w := range other {
		w.Of = cmp.Or(w.Of, of)
		all = append(all, w)
	}
	return all
}
