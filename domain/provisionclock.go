package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// RowProvision is a programme that somebody is on, or that ended without anything known
// to follow, as lists know it. How long it may run is added up where the catalogue is.
type RowProvision struct {
	_ struct{} `cbor:",toarray"`

	ID        ID           `json:"i"`
	Programme string       `json:"p"`
	Started   calendar.Day `json:"s"`
	Ended     calendar.Day `json:"e,omitzero"`
	InWork    AtStart      `json:"w,omitempty"`
	Area      string       `json:"a,omitempty"`
	JobStart  calendar.Day `json:"j,omitzero"` // of a job that began while support ran
	Landed    bool         `json:"l,omitempty"`

	Of ID `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// provisionRows are the programmes of a row: those that run, and those that ended with
// nothing known to follow.
func (p Participant) provisionRows() []RowProvision {
	var out []RowProvision
	for _, x := range p.Provisions {
		if r := p.ProvisionRow(x); x.Ended.IsZero() || !x.Past && !r.Landed {
			out = append(out, r)
		}
	}
	return out
}

// ProvisionRow returns what clocks count from.
func (p Participant) ProvisionRow(x Provision) RowProvision {
	r := RowProvision{
		ID: x.ID, Programme: x.Programme, Started: x.Started, Ended: x.Ended, InWork: x.InWork, Area: x.Area,
		Landed: len(x.Landings) > 0,
	}
	r.JobStart = p.jobWhile(x)
	return r
}

// jobWhile returns the first day of a job that began while support ran and goes on: the
// earliest of several, for they are in work from then on. Only where no job is on the
// record does the fact tell.
func (p Participant) jobWhile(x Provision) (start calendar.Day) {
	meanwhile := func(d calendar.Day) bool { return d >= x.Started && (x.Ended.IsZero() || d <= x.Ended) }
	if told := p.day(FactJobStart); len(p.InWork.Jobs) == 0 && meanwhile(told) {
		return told
	}
	for _, j := range p.InWork.Jobs {
		if j.Ended.IsZero() && meanwhile(j.Start) && (start.IsZero() || j.Start < start) {
			start = j.Start
		}
	}
	return start
}

// SupportSum is until when support may run, and the sum behind it.
type SupportSum struct {
	End   calendar.Day // the last day; zero: nobody can say
	Lines []string
	Asks  string // what has to be known before anybody can say; empty: nothing
}

// Sum adds up until when support may run by the clocks of the catalogue. A pause of the
// plan does not stop them: they are the provider's.
func (r RowProvision) Sum(c catalogue.Catalogue, cal *calendar.Calendar) SupportSum {
	terms, end, asks := r.terms(c, cal)
	sum := SupportSum{End: end, Asks: asks}
	for _, t := range terms {
		sum.Lines = append(sum.Lines, fmt.Sprintf("%s %s + %s = %s; source: %s", t.word, t.from.Short(0), lengthOf(t.clock), t.end.Short(0), sourceOf(c, t.clock.Fact)))
	}
	if len(terms) > 1 {
		sum.Lines = append(sum.Lines, "The last day is "+end.Short(0)+".")
	}
	return sum
}

// supportTerm is one line of the sum: a clock, and the days from which and to which it
// runs.
type supportTerm struct {
	word      string
	clock     catalogue.Clock
	from, end calendar.Day
}

// terms returns the clocks that count, and the day on which support ends by them: the
// shortest from the start, or longer in a job that began meanwhile, and never longer than
// the longest from the start. Queues ask for it often, so it makes no words.
func (r RowProvision) terms(c catalogue.Catalogue, cal *calendar.Calendar) (out []supportTerm, end calendar.Day, asks string) {
	prog, ok := programmeOf(c, r.Programme)
	if !ok {
		return nil, 0, "the programme is not in the catalogue of this desk"
	}
	run, job, asks := r.clocks(prog)
	if len(run) == 0 {
		return nil, 0, cmp.Or(asks, "no limit is on record for this programme")
	}
	add := func(word string, k catalogue.Clock, from calendar.Day) calendar.Day {
		var days calendar.Calendar
		if cal != nil {
			days = *cal
		}
		d, err := k.End(from, days)
		if err == nil {
			out = append(out, supportTerm{word, k, from, d})
		}
		return d
	}
	slices.SortStableFunc(run, func(a, b catalogue.Clock) int { return cmp.Compare(roughly(a), roughly(b)) })
	end = add("started", run[0], r.Started)
	if len(job) == 0 {
		return out, end, ""
	}
	if !r.JobStart.IsZero() && r.JobStart <= end {
		end = max(end, add("in work since", job[0], r.JobStart))
	}
	if len(run) > 1 {
		if most := add("in all at most: started", run[len(run)-1], r.Started); !most.IsZero() {
			end = min(end, most)
		}
	}
	return out, end, ""
}

// clocks returns those clocks of a programme that end support: from its start and from
// the start of a job. What chooses between them and is not known is asked for.
func (r RowProvision) clocks(prog catalogue.Programme) (run, job []catalogue.Clock, asks string) {
	here := func(k catalogue.Clock) bool { return k.Area != "" && strings.EqualFold(k.Area, r.Area) }
	local := slices.ContainsFunc(prog.Clocks, here)
	for _, k := range prog.Clocks {
		switch {
		case k.Expects != "":
			continue
		case local && !here(k), !local && k.Area != "":
			if !local && r.Area == "" {
				asks = cmp.Or(asks, "say in which area: the limits are local")
			}
			continue
		case k.InWork != "" && r.InWork == WorkUnknown:
			asks = "say whether they were in work when support started"
			continue
		case k.InWork != "" && k.InWork != string(r.InWork):
			continue
		case k.From == catalogue.FromStart:
			run = append(run, k)
		case k.From == catalogue.FromJobStart:
			job = append(job, k)
		}
	}
	return run, job, asks
}

// AsksWork reports whether the clocks of a programme depend on whether somebody was in
// work when support started.
func AsksWork(prog catalogue.Programme) bool {
	return slices.ContainsFunc(prog.Clocks, func(k catalogue.Clock) bool { return k.Expects == "" && k.InWork != "" })
}

// LocalAreas returns the areas in which a programme has limits of its own.
func LocalAreas(prog catalogue.Programme) []string {
	var out []string
	for _, k := range prog.Clocks {
		if k.Expects == "" && k.Area != "" && !slices.Contains(out, k.Area) {
			out = append(out, k.Area)
		}
	}
	return out
}

func programmeOf(c catalogue.Catalogue, key string) (catalogue.Programme, bool) {
	i := slices.IndexFunc(c.Programmes, func(p catalogue.Programme) bool { return p.Key == key })
	if i < 0 {
		return catalogue.Programme{}, false
	}
	return c.Programmes[i], true
}

// roughly is a length to compare clocks by.
func roughly(k catalogue.Clock) int {
	return k.Days + 7*k.Weeks + 30*k.Months + 7*k.WorkingDays/5
}

func lengthOf(k catalogue.Clock) string {
	switch {
	case k.Months > 0:
		return days(k.Months, "month")
	case k.Weeks > 0:
		return days(k.Weeks, "week")
	case k.WorkingDays > 0:
		return days(k.WorkingDays, "working day")
	}
	return days(k.Days, "day")
}

// sourceOf says where a fact comes from, with its date, and how sure it is when it is
// not sure.
func sourceOf(c catalogue.Catalogue, f catalogue.Fact) string {
	src := c.Sources[f.Source]
	says := cmp.Or(src.Title, f.Source)
	if date := cmp.Or(f.Date, src.Date); date != "" {
		says += ", " + date
	}
	if f.Confidence != catalogue.Stated && f.Confidence != catalogue.Found {
		says += " (" + string(f.Confidence) + ")"
	}
	return says
}

// WhyNotProvision says why somebody cannot have been on a programme between two days, or
// cannot be on it now; empty means it can be. Where the catalogue is not sure, it does not
// forbid.
func WhyNotProvision(c catalogue.Catalogue, key string, started, ended, today calendar.Day) string {
	prog, ok := programmeOf(c, key)
	if !ok {
		return "That programme is not in the catalogue. coachdesk programmes lists what there is."
	}
	sure := func(p catalogue.Period) bool {
		return p.Confidence == catalogue.Stated || p.Confidence == catalogue.Found
	}
	shut := func(p catalogue.Period) bool {
		return p.Is == catalogue.Closed || p.Is == catalogue.Superseded && sure(p)
	}
	switch now, then := prog.On(today), prog.On(started); {
	case ended.IsZero() && shut(now):
		return prog.Name + " is closed: it is history. Write both days, from and to."
	case sure(then) && (then.Is == catalogue.ClosedToNew || then.Is == catalogue.Closed) && !then.From.IsZero():
		return fmt.Sprintf("%s took nobody new on %s (%s). Check the first day.", prog.Name, started.Short(0), then.Value)
	case sure(then) && then.Is == catalogue.Planned:
		return fmt.Sprintf("%s had not begun on %s (%s). Check the first day.", prog.Name, started.Short(0), then.Value)
	}
	return ""
}

// Beside returns the programmes that somebody is on, on a day, beside which another of
// contracted provision should not run: empty unless the one named is exclusive itself.
func (p Participant) Beside(c catalogue.Catalogue, key string, day calendar.Day) []Provision {
	if prog, ok := programmeOf(c, key); !ok || !prog.Exclusive {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Provisions), func(x Provision) bool {
		prog, _ := programmeOf(c, x.Programme)
		return x.Programme == key || !prog.Exclusive || !x.RunsOn(day)
	})
}
