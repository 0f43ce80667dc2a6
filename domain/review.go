package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
)

// ReviewRule is one number of when a plan is to be looked at again, as data.
type ReviewRule struct {
	Key        string `json:"key"`
	Says       string `json:"says"`
	Days       int    `json:"days"`
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// ReviewRules are the rules of reviews by key. A rule that an office left out does not
// hold.
type ReviewRules map[string]ReviewRule

// The keys of the rules.
const (
	reviewFirst = "first-every" // days between reviews in the beginning
	reviewUntil = "first-for"   // how long the beginning is
	reviewThen  = "then-every"  // days between reviews later
)

// ReviewEarly is something that happened after which a plan is looked at early. Its
// texts are the keys of the rules.
type ReviewEarly string

// What brings a review forward.
const (
	EarlyJob      ReviewEarly = "job-start"
	EarlyFitNote  ReviewEarly = "fit-note"
	EarlySupport  ReviewEarly = "support-end"
	EarlyTransfer ReviewEarly = "transfer"
)

func (e ReviewEarly) happened() string {
	switch e {
	case EarlyJob:
		return "The job starts"
	case EarlyFitNote:
		return "A new fit note came"
	case EarlySupport:
		return "Support ends"
	case EarlyTransfer:
		return "Another work coach took over"
	}
	return "Something changed"
}

// RowReview is what the rules of reviews count from.
type RowReview struct {
	_ struct{} `cbor:",toarray"`

	Began  calendar.Day `json:"b,omitzero"` // the plan
	Last   calendar.Day `json:"l,omitzero"` // review
	Agreed calendar.Day `json:"a,omitzero"` // said by hand at the last one
	Early  []RowEarly   `json:"e,omitempty"`
	Of     ID           `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// RowEarly is one thing that brings a review forward, and its day.
type RowEarly struct {
	_ struct{} `cbor:",toarray"`

	Why ReviewEarly  `json:"w"`
	Day calendar.Day `json:"d"`
}

// ReviewSum is when a plan is to be looked at again, and the sum behind it.
type ReviewSum struct {
	Day   calendar.Day // zero: no review is due
	Lines []string
}

// Reviewing is all that is needed to tell when the plan of somebody is to be looked at
// again: the rules, and when support ends, which only the catalogue tells. See
// [Queue.Reviewing]. A zero one has no rule.
type Reviewing struct {
	Rules       ReviewRules
	SupportEnds func(Participant) []calendar.Day // nil: nobody knows
}

// Reviewing returns what tells when plans are to be looked at again at this desk.
func (q Queue) Reviewing() Reviewing {
	return Reviewing{Rules: q.Planning.Reviews, SupportEnds: q.SupportEnds}
}

// Review returns when the plan is to be looked at again.
func (p Participant) Review(r Reviewing) ReviewSum {
	f, ok := p.reviewFacts()
	if !ok {
		return ReviewSum{Lines: []string{"There is nothing to review: no goal is active and no step is open."}}
	}
	if r.SupportEnds != nil {
		f.supported(r.SupportEnds(p))
	}
	return f.Due(r.Rules)
}

// reviewFacts gathers what the rules count from; false when nothing is left to review.
func (p Participant) reviewFacts() (RowReview, bool) {
	var f RowReview
	live := false
	for _, g := range p.Plan.Goals {
		f.Began = earlier(f.Began, g.On)
		live = live || g.Status == GoalActive
	}
	for _, s := range p.Plan.Steps {
		f.Began = earlier(f.Began, s.On)
		live = live || s.Open()
	}
	for _, r := range p.Plan.Reviews {
		if r.On >= f.Last {
			f.Last, f.Agreed = r.On, r.Next
		}
	}
	base := max(f.Began, f.Last)
	early := func(why ReviewEarly, d calendar.Day) {
		if d > base {
			f.Early = append(f.Early, RowEarly{Why: why, Day: d})
		}
	}
	early(EarlyJob, p.jobStart())
	var fit calendar.Day
	for _, n := range p.FitNotes {
		fit = max(fit, n.On)
	}
	early(EarlyFitNote, fit)
	early(EarlySupport, p.day(FactSupportEnd))
	if t := p.Facts[FactCoach]; t.On > p.Joined {
		early(EarlyTransfer, t.On)
	}
	return f, live || !f.Agreed.IsZero()
}

// supported brings a review forward to where support ends.
func (f *RowReview) supported(ends []calendar.Day) {
	for _, d := range ends {
		if d > max(f.Began, f.Last) {
			f.Early = append(slices.Clone(f.Early), RowEarly{Why: EarlySupport, Day: d})
		}
	}
}

// Due adds up when the plan is to be looked at again. What was said by hand at the
// last review stands in the place of the rule; what happened since brings it forward.
func (f RowReview) Due(rules ReviewRules) ReviewSum {
	base, from := f.Began, "The plan began "+f.Began.Short(0)
	if f.Last > base {
		base, from = f.Last, "The last review was "+f.Last.Short(0)
	}
	every, says := rules[reviewFirst], "in the first %d weeks every %d weeks"
	if span := rules[reviewUntil].Days; int(base-f.Began) >= span {
		every, says = rules[reviewThen], "after %d weeks every %d weeks"
	}
	var sum ReviewSum
	why := ""
	propose := func(d calendar.Day, because, line, source string) {
		if source != "" {
			line += " (" + source + ")"
		}
		sum.Lines = append(sum.Lines, line+".")
		if sum.Day.IsZero() || d < sum.Day {
			sum.Day, why = d, because
		}
	}
	switch {
	case !f.Agreed.IsZero():
		propose(f.Agreed, "it was agreed", from+"; the next was agreed for "+f.Agreed.Short(0), "")
	case every.Days > 0:
		d := base.AddDays(every.Days)
		propose(d, "the rule says so", from+"; "+fmt.Sprintf(says, rules[reviewUntil].Days/7, every.Days/7)+": "+d.Short(0), every.Source)
	}
	for _, e := range f.Early {
		rule, ok := rules[string(e.Why)]
		d := e.Day.AddDays(rule.Days)
		if !ok || d <= base {
			continue
		}
		propose(d, "something changed", fmt.Sprintf("%s %s; %s: %s", e.Why.happened(), e.Day.Short(0), within(rule.Days), d.Short(0)), rule.Source)
	}
	if len(sum.Lines) > 1 {
		sum.Lines = append(sum.Lines, "The earliest counts: "+sum.Day.Short(0)+", because "+why+".")
	}
	return sum
}

func within(n int) string {
	if n < 0 {
		return days(-n, "day") + " before"
	}
	return "within " + days(n, "day")
}

// settle makes out what depends on the office's rules: when reviews are due, and the
// steps that wait for one. It changes nothing of the row that it was given.
func (q Queue) settle(r Row) Row {
	if len(r.Reviews) == 0 {
		return r
	}
	due := map[ID]calendar.Day{}
	debts := slices.Clone(r.Debts)
	for _, f := range r.Reviews {
		for _, x := range r.Provisions {
			if d := q.supportEnd(x, q.calendarOf(r)); x.Of == f.Of && !d.IsZero() {
				f.supported([]calendar.Day{d})
			}
		}
		if d := f.Due(q.Planning.Reviews).Day; !d.IsZero() {
			debts = append(debts, Debt{Kind: DebtReview, Day: d, Of: f.Of})
			due[f.Of] = d
		}
	}
	for i, d := range debts {
		if day := due[d.Of]; d.Before == BeforeReview && !day.IsZero() {
			debts[i].Day = day - 1
		}
	}
	r.Debts, r.Reviews = debts, nil
	return r
}
