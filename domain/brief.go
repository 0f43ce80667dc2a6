package domain

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// Brief is what a coach reads in the half minute before a talk, in this order. It
// holds nothing of a private scope: the person may sit there already.
type Brief struct {
	Since       calendar.Day // the last talk that happened; zero if there was none
	Promises    []BriefPromise
	Adjustments []string
	Clocks      []BriefClock
	Matters     []string
	Strengths   []string
	Changes     []BriefChange
}

// BriefPromise is a promise of the last talk, or one that is still open.
type BriefPromise struct {
	ID     ID
	Owner  Owner
	Text   string
	Due    calendar.Day
	Status PromiseStatus
}

// BriefClock is something that ends or falls due on a day.
type BriefClock struct {
	What   string
	Day    calendar.Day
	Minute int // of an appointment; -1 when there is none
}

// BriefChange is one thing that happened since the last talk.
type BriefChange struct {
	Day      calendar.Day
	By       ID // the last who did it
	Sentence string
	Times    int
}

// Brief tells what matters before a talk.
func (q Queue) Brief(p Participant) Brief {
	b := Brief{Since: p.LastSeen(), Clocks: q.briefClocks(p)}
	after := p.afterTalk()
	b.Promises = p.briefPromises(after)
	for _, a := range p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			b.Adjustments = append(b.Adjustments, a.Text)
		}
	}
	for _, f := range []Fact{FactLanguage, FactInterpreter, FactRepresentative, FactNotContact} {
		if v := p.Fact(f); v != "" {
			b.Adjustments = append(b.Adjustments, v)
		}
	}
	b.Matters, b.Strengths = factLines(p.Fact(FactMatters)), factLines(p.Fact(FactStrengths))
	b.Changes = p.briefChanges(after)
	return b
}

func factLines(v string) []string {
	return slices.DeleteFunc(strings.Split(v, "\n"), func(l string) bool { return l == "" })
}

// afterTalk returns the place in the past after the batch of the last talk that
// happened; without one, after the batch by which the person joined.
func (p Participant) afterTalk() int {
	last := ID{}
	var day calendar.Day
	for _, s := range p.Sessions {
		if s.Outcome == Happened && s.Day >= day {
			last, day = s.ID, s.Day
		}
	}
	at := 0
	for i, r := range p.past {
		switch e := r.Event.(type) {
		case SessionHeld:
			if e.ID != last {
				continue
			}
		case Joined:
			if !last.IsZero() {
				continue
			}
		default:
			continue
		}
		at = i
	}
	if at >= len(p.past) {
		return len(p.past)
	}
	batch := p.past[at].Command
	for at < len(p.past) && p.past[at].Command == batch {
		at++
	}
	return at
}

// briefPromises are those that are open, those made in the last talk, and those that
// were settled since.
func (p Participant) briefPromises(after int) []BriefPromise {
	batch := ID{}
	if after > 0 {
		batch = p.past[after-1].Command
	}
	fresh := map[ID]bool{}
	for i, r := range p.past {
		switch e := r.Event.(type) {
		case Promised:
			fresh[e.ID] = fresh[e.ID] || r.Command == batch
		case PromiseSettled:
			fresh[e.ID] = fresh[e.ID] || i >= after
		}
	}
	var out []BriefPromise
	for _, pr := range p.Promises {
		if !pr.Scope.Private() && (pr.Status == PromiseOpen || fresh[pr.ID]) {
			out = append(out, BriefPromise{pr.ID, pr.Owner, pr.Text, pr.Due, pr.Status})
		}
	}
	return out
}

// briefClocks are the days that matter, the nearest first.
func (q Queue) briefClocks(p Participant) []BriefClock {
	var out []BriefClock
	add := func(what string, d calendar.Day, minute int) {
		if !d.IsZero() {
			out = append(out, BriefClock{what, d, minute})
		}
	}
	if a, ok := p.NextPublic(q.Today); ok {
		add("next appointment", a.Day, a.Minute)
	}
	if f, ok := p.CurrentFitNote(); ok {
		add("fit note: "+f.Summary(), f.To, -1)
	}
	for _, e := range p.Escalations {
		add("DEA, "+string(e.State), e.Due(q.Rules.Waits(), q.calendarFor(p.Fact(FactNation))), -1)
	}
	q.briefWork(p, add)
	for _, r := range p.provisionRows() {
		add(q.Catalogue.Name(r.Programme)+" ends", q.supportEnd(r, q.calendarFor(p.Fact(FactNation))), -1)
	}
	add("plan review", p.Review(q.Reviewing()).Day, -1)
	slices.SortStableFunc(out, func(a, b BriefClock) int { return int(a.Day - b.Day) })
	return out
}

// briefWork are the days of somebody in work: the next in-work check, what is counted, an
// absence, and what was promised there.
func (q Queue) briefWork(p Participant, add func(string, calendar.Day, int)) {
	w := p.workRow()
	if w.Stage == StageEnded {
		return
	}
	var pauses []RowPause
	for _, x := range p.Plan.Pauses {
		pauses = append(pauses, x.span())
	}
	if c, ok := w.CheckIn(q.Work.CheckIns, pauses, q.Today); ok {
		add("in-work check, "+c.Says, c.Day, -1)
	}
	for _, st := range w.Counters(q.Work.Counters, q.Today) {
		if !st.Rule.Beside && st.Runs && st.Done.IsZero() {
			add("in work, "+st.Says(q.Today), st.Until, -1)
		}
	}
	if a, away := p.InWork.Absent(q.Today); away {
		add("away from work", a.From, -1)
	}
	for _, a := range p.InWork.Promised {
		if a.Settled == PromiseOpen {
			add("promised at work, "+a.Text+" ("+a.Owner.String()+")", a.Due, -1)
		}
	}
}

// briefChanges are the sentences of what still counts, each once.
func (p Participant) briefChanges(after int) []BriefChange {
	undone := Undone(p.past)
	var out []BriefChange
	for _, r := range p.past[after:] {
		if undone[r.Command] || p.WhyNoEffect(r) != "" {
			continue
		}
		if _, undo := r.Event.(Undid); undo {
			continue // what it took back is not listed either
		}
		sentence := r.Event.Sentence()
		if x, ok := r.Event.(Cancelled); ok && x.Reason != "" {
			sentence = strings.TrimSuffix(sentence, ".") + ": " + x.Reason
		}
		if r.Scope.Private() {
			sentence = fmt.Sprintf("Something was written (%s).", r.Scope)
		}
		if i := slices.IndexFunc(out, func(c BriefChange) bool { return c.Sentence == sentence }); i >= 0 {
			out[i].Day, out[i].By, out[i].Times = r.Day, r.By, out[i].Times+1
			continue
		}
		out = append(out, BriefChange{r.Day, r.By, sentence, 1})
	}
	return out
}

// State says what became of a promise, with its day if it is open.
func (b BriefPromise) State(today calendar.Day) string {
	switch {
	case b.Status != PromiseOpen:
		return string(b.Status)
	case b.Due.IsZero():
		return "open, no date"
	case b.Due < today:
		return "open, was due " + b.Due.Distance(today)
	}
	return "open, " + b.Due.Short(today) + ", " + b.Due.Distance(today)
}
