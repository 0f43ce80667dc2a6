package domain

import (
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ReturnPlan is how many hours somebody works in each week until they are back in full.
type ReturnPlan struct {
	ID     ID
	From   calendar.Day // a Monday
	Weeks  []int        // minutes, week by week
	Words  string       // what was agreed beside the hours
	Ended  calendar.Day // zero: it runs
	Result ReturnResult
	On     calendar.Day
	By     ID
}

// ItemID makes ReturnPlan findable by its ID.
func (x ReturnPlan) ItemID() ID { return x.ID }

// ReturnResult is how a return plan ended.
type ReturnResult string

// The results are stored.
const (
	ReturnStable  ReturnResult = "stable"
	ReturnAnew    ReturnResult = "planned anew"
	ReturnStopped ReturnResult = "stopped"
)

// ReturnResults lists those that somebody can say.
var ReturnResults = []ReturnResult{ReturnStable, ReturnStopped}

// Last returns the last day of the plan.
func (x ReturnPlan) Last() calendar.Day { return x.From + calendar.Day(7*len(x.Weeks)) - 1 }

// Planned returns the minutes planned for the week of a day; false outside of the plan.
func (x ReturnPlan) Planned(of calendar.Day) (int, bool) {
	i := int(Monday(of)-x.From) / 7
	if of < x.From || i >= len(x.Weeks) {
		return 0, false
	}
	return x.Weeks[i], true
}

// Return is the plan that runs: of several, of desks that did not know of each other,
// the one that was made last.
func (w Working) Return() (ReturnPlan, bool) {
	for _, x := range slices.Backward(w.Returns) {
		if x.Ended.IsZero() {
			return x, true
		}
	}
	return ReturnPlan{}, false
}

// returnMost is the most weeks that a plan may have: a graduated return is no career.
const returnMost = 52

// PlanReturn plans the hours of each week of a return to work.
type PlanReturn struct {
	Participant ID
	From        calendar.Day // any day of the first week; zero: the next Monday
	Weeks       []int        // minutes
	Words       string
}

// For names the participant.
func (c PlanReturn) For() Subject { return About(c.Participant) }

// Decide asks for at least two weeks. A plan that runs is replaced.
func (c PlanReturn) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	from := Monday(c.From)
	if c.From.IsZero() {
		from = Monday(s.Today) + 7
	}
	open := func(j Job) bool { return j.Ended.IsZero() || j.Ended >= from }
	switch {
	case !slices.ContainsFunc(p.InWork.Jobs, open):
		return nil, Refused("job", "No job goes on that somebody could return to. Record the job first.")
	case len(c.Weeks) < 2 || len(c.Weeks) > returnMost:
		return nil, Refused("hours", "Write the hours of each week, from 2 to %d weeks, for example 8 8 12 16.", returnMost)
	case slices.ContainsFunc(c.Weeks, func(m int) bool { return m < 0 || m > jobHoursMost }):
		return nil, Refused("hours", "Hours of a week are a number from 0 to 100.")
	case from < s.Today.AddMonths(-3) || from > s.Today.AddMonths(6):
		return nil, Refused("from", "The plan would begin on %s. Check the date.", from.Short(s.Today))
	}
	var out []Event
	for _, x := range p.InWork.Returns {
		if x.Ended.IsZero() {
			out = append(out, ReturnEnded{ID: x.ID, Day: s.Today, Result: ReturnAnew})
		}
	}
	return append([]Event{ReturnPlanned{ID: s.New(), From: from, Weeks: slices.Clone(c.Weeks), Words: clean.Line(c.Words, clean.MaxLine)}}, out...), nil
}

// ReturnPlanned happens when a graduated return is planned.
type ReturnPlanned struct {
	ID    ID           `json:"id"`
	From  calendar.Day `json:"from"`
	Weeks []int        `json:"weeks"`
	Words string       `json:"words,omitempty"`
}

var _ = know[ReturnPlanned]()

// Kind names the event on disk.
func (ReturnPlanned) Kind() string { return "return.planned" }

// Sentence says from when and how many weeks.
func (e ReturnPlanned) Sentence() string {
	return "A return to work was planned from " + e.From.Long() + ", over " + days(len(e.Weeks), "week") + "."
}

func (e ReturnPlanned) makes() ID { return e.ID }

func (e ReturnPlanned) apply(p *Participant, r Record) {
	weeks := slices.Clone(e.Weeks[:min(len(e.Weeks), returnMost)])
	p.InWork.Returns = append(p.InWork.Returns, ReturnPlan{ID: e.ID, From: Monday(e.From), Weeks: weeks, Words: e.Words, On: r.Day, By: r.By})
}

// EndReturn ends a return plan: back in stable work, or stopped.
type EndReturn struct {
	Participant, Return ID
	Result              ReturnResult
}

// For names the participant.
func (c EndReturn) For() Subject { return About(c.Participant) }

// Decide lets the jobs that run become stable again when the plan ends so.
func (c EndReturn) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.InWork.Returns, c.Return)
	switch {
	case x == nil:
		return nil, Refused("return", "That return plan is not on the record.")
	case !x.Ended.IsZero():
		return nil, Refused("return", "That return plan ended on %s: %s.", x.Ended.Short(s.Today), x.Result)
	case !slices.Contains(ReturnResults, c.Result):
		return nil, Refused("result", "Say how it ended: stable, or stopped.")
	}
	out := []Event{ReturnEnded{ID: x.ID, Day: s.Today, Result: c.Result}}
	stable := JobStable
	for _, j := range p.InWork.Jobs {
		if c.Result == ReturnStable && j.Runs(s.Today) && j.Stage != JobStable {
			out = append(out, JobChanged{ID: j.ID, Stage: &stable, Saw: p.known(j.ID)})
		}
	}
	return out, nil
}

// ReturnEnded happens when a return plan ends.
type ReturnEnded struct {
	ID     ID           `json:"id"`
	Day    calendar.Day `json:"day"`
	Result ReturnResult `json:"result"`
}

var _ = know[ReturnEnded]()

// Kind names the event on disk.
func (ReturnEnded) Kind() string { return "return.ended" }

// Sentence says how.
func (e ReturnEnded) Sentence() string {
	return "The plan for the return to work ended: " + clean.Line(string(e.Result), 40) + "."
}

func (e ReturnEnded) touches() []ID { return []ID{e.ID} }

func (e ReturnEnded) apply(p *Participant, _ Record) {
	x := restored(p, &p.InWork.Returns, e.ID, func(*ReturnPlan) {}) // this ends it
	if x == nil {
		return
	}
	// Ended by two desks: that it was planned anew says least, and stopped says most.
	rank := []ReturnResult{"", ReturnAnew, ReturnStable, ReturnStopped}
	if slices.Index(rank, e.Result) >= slices.Index(rank, x.Result) {
		x.Result = e.Result
	}
	x.Ended = earlier(x.Ended, e.Day)
}

// ReadReturn reads the hours of each week of a return, as "8 8 12 16", "8x2 12 16", or
// "8 to 20 in 4" for even steps over so many weeks.
func ReadReturn(text string) ([]int, error) {
	wrong := func(part string) error {
		return Refused("hours", "%q is not hours of a week. Write for example 8 8 12 16, 8x2 12x2 16, or 8 to 20 in 4.", clean.Line(part, 20))
	}
	fields := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", ";", " ").Replace(text)))
	if len(fields) == 5 && fields[1] == "to" && fields[3] == "in" {
		from, errF := ReadWeekHours(fields[0])
		to, errT := ReadWeekHours(fields[2])
		n, errN := strconv.Atoi(fields[4])
		if errF != nil || errT != nil || errN != nil || n < 2 || n > returnMost {
			return nil, wrong(text)
		}
		weeks := make([]int, n)
		for i := range weeks {
			weeks[i] = (from + (to-from)*i/(n-1) + 15) / 30 * 30 // half hours can be kept
		}
		weeks[0], weeks[n-1] = from, to
		return weeks, nil
	}
	var weeks []int
	for _, f := range fields {
		hours, times, many := strings.Cut(f, "x")
		n := 1
		if many {
			var err error
			if n, err = strconv.Atoi(times); err != nil || n < 1 || n > returnMost {
				return nil, wrong(f)
			}
		}
		m, err := ReadWeekHours(hours)
		if err != nil {
			return nil, wrong(f)
		}
		if len(weeks)+n > returnMost {
			return nil, Refused("hours", "A return is planned for at most %d weeks.", returnMost)
		}
		for range n {
			weeks = append(weeks, m)
		}
	}
	if len(weeks) < 2 {
		return nil, Refused("hours", "Write the hours of each week, at least two, for example 8 8 12 16.")
	}
	return weeks, nil
}
