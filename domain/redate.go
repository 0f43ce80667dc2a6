package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Redating is one open step with the date that it would get after an absence.
type Redating struct {
	Step     Step
	Old, New calendar.Day
}

// Redates proposes new dates for the open steps after an absence from one day up to and
// with another: each moves by the length of the absence, never into the past and never
// onto a day off. Steps that have no date, or that wait for something, stay.
func (p Plan) Redates(from, to calendar.Day, s Stamp) ([]Redating, error) {
	if to < from {
		return nil, Refused("to", "The absence cannot end before it begins.")
	}
	var out []Redating
	for _, st := range p.Steps {
		if !st.Open() || st.Due.IsZero() {
			continue
		}
		d := st.Due.AddDays(int(to-from) + 1)
		out = append(out, Redating{st, st.Due, workingFrom(s.Calendar, max(d, s.Today))})
	}
	slices.SortStableFunc(out, func(a, b Redating) int { return int(a.Old - b.Old) })
	if len(out) == 0 {
		return nil, Refused("from", "No open step has a date: nothing is to be moved.")
	}
	return out, nil
}

// Command gives the step its new date.
func (r Redating) Command(participant ID) ChangeStep {
	due := r.New
	return ChangeStep{Participant: participant, Step: r.Step.ID, Due: &due}
}
