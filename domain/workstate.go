package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// WorkState is where somebody stands on the way into work and in it.
type WorkState string

// The states are worked out, and never stored.
const (
	WorkNone       WorkState = ""
	WorkEngaged    WorkState = "engaged"
	WorkProfile    WorkState = "profile"
	WorkSearch     WorkState = "job search"
	WorkOffer      WorkState = "offer"
	WorkPlaced     WorkState = "placed"
	WorkTraining   WorkState = "training on the job"
	WorkStable     WorkState = "stable"
	WorkMaintained WorkState = "maintained"
	WorkSustained  WorkState = "sustained"
	WorkLost       WorkState = "job lost, back to search"
	WorkOver       WorkState = "support ended"
)

// WorkStates lists all there are, in their order.
var WorkStates = []WorkState{WorkNone, WorkEngaged, WorkProfile, WorkSearch, WorkLost, WorkOver, WorkOffer, WorkPlaced, WorkTraining, WorkStable, WorkMaintained, WorkSustained}

// InJob reports whether a state is that of a job: offered, begun or kept.
func (st WorkState) InJob() bool {
	return slices.Index(WorkStates, st) >= slices.Index(WorkStates, WorkOffer)
}

// State tells where somebody stands on a day. Of several jobs the one counts that has come
// furthest.
func (w RowWork) State(rules WorkRules, today calendar.Day) WorkState {
	best, reached := WorkNone, false
	if w.running(today) {
		reached = w.reached(rules, today)
	}
	for _, j := range w.Jobs {
		if st := w.jobState(j, reached, today); slices.Index(WorkStates, st) > slices.Index(WorkStates, best) {
			best = st
		}
	}
	var lost calendar.Day
	for _, j := range w.Jobs {
		if !j.End.IsZero() && j.End < today && !j.Start.IsZero() {
			lost = max(lost, j.End)
		}
	}
	switch {
	case w.Stage == StageEnded && w.Since >= lost && (best == WorkNone || w.Since <= today):
		return WorkOver
	case best != WorkNone:
		return best
	case !lost.IsZero() && (w.Stage != StageSearch || w.Since <= lost):
		return WorkLost
	case w.Stage == StageSearch:
		return WorkSearch
	case w.Profile > 0:
		return WorkProfile
	case w.Stage == StageEngaged:
		return WorkEngaged
	}
	return WorkNone
}

// JobState tells where one job stands on a day; nothing for one that ended.
func (w RowWork) JobState(id ID, rules WorkRules, today calendar.Day) WorkState {
	reached := w.reached(rules, today)
	for _, j := range w.Jobs {
		if j.ID == id {
			return w.jobState(j, reached, today)
		}
	}
	return WorkNone
}

// reached reports whether what is counted was reached.
func (w RowWork) reached(rules WorkRules, today calendar.Day) bool {
	return slices.ContainsFunc(w.Counters(rules.Counters, today), func(st Standing) bool { return !st.Done.IsZero() && !st.Rule.Beside })
}

func (w RowWork) jobState(j RowJob, reached bool, today calendar.Day) WorkState {
	switch {
	case !j.End.IsZero() && j.End < today:
		return WorkNone
	case j.Start.IsZero():
		return WorkOffer
	case j.Start > today:
		return WorkPlaced
	case reached:
		return WorkSustained
	case j.Stage != JobStable:
		return WorkTraining
	case w.Contact > j.Staged:
		return WorkMaintained
	}
	return WorkStable
}
