package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Pause is a time in which the plan's clocks stand still: those of steps, promises and
// reviews, and of being quiet or staying away. Fit notes, appointments and questions
// to the adviser run on.
type Pause struct {
	ID     ID
	Code   string // one of the office's reasons
	Reason string // in words
	From   calendar.Day
	Until  calendar.Day // on this day the clocks run again; zero: nobody knows yet
	Ended  calendar.Day // by hand; zero: not
	By     ID
}

// ItemID makes Pause findable by its ID.
func (x Pause) ItemID() ID { return x.ID }

// span is when the clocks stood still: until before which day, zero for open.
func (x Pause) span() RowPause {
	until := x.Until
	if !x.Ended.IsZero() && (until.IsZero() || x.Ended < until) {
		until = x.Ended
	}
	return RowPause{From: x.From, Until: until}
}

// RowPause is a pause as lists know it: when, and never why.
type RowPause struct {
	_ struct{} `cbor:",toarray"`

	From  calendar.Day `json:"f"`
	Until calendar.Day `json:"u,omitzero"` // the first day after it; zero: open
}

// On reports whether the clocks stand still on a day.
func (x RowPause) On(d calendar.Day) bool { return d >= x.From && (x.Until.IsZero() || d < x.Until) }

// Paused returns the pause that holds on a day; of several, the one that ends last.
func (p Plan) Paused(today calendar.Day) (Pause, bool) {
	var out Pause
	found := false
	for _, x := range p.Pauses {
		if x.span().On(today) && (!found || x.Until.IsZero() || !out.Until.IsZero() && x.Until > out.Until) {
			out, found = x, true
		}
	}
	return out, found
}

// PausedUntil says until when a row's clocks stand still; false when they run.
func (r Row) PausedUntil(today calendar.Day) (calendar.Day, bool) {
	var until calendar.Day
	open, found := false, false
	for _, x := range r.Pauses {
		if x.On(today) {
			found, open = true, open || x.Until.IsZero()
			until = max(until, x.Until)
		}
	}
	if open {
		until = 0
	}
	return until, found
}

// PauseWords says that the plan is paused, and until when.
func PauseWords(until, today calendar.Day) string {
	if until.IsZero() {
		return "paused"
	}
	return "paused until " + until.Short(today)
}

// stood counts the days after one day, up to another, on which clocks stood still.
func stood(pauses []RowPause, after, upTo calendar.Day) int {
	list := slices.Clone(pauses)
	slices.SortFunc(list, func(a, b RowPause) int { return int(a.From - b.From) })
	n := 0
	for _, x := range list {
		from, last := max(x.From, after+1), upTo
		if !x.Until.IsZero() {
			last = min(last, x.Until-1)
		}
		if last >= from {
			n += int(last-from) + 1
			after = last
		}
	}
	return n
}

// PausePlan lets the clocks of a plan stand still.
type PausePlan struct {
	Participant ID
	Code        string
	Reason      string
	Until       calendar.Day // zero: until somebody says so
}

// For names the participant.
func (c PausePlan) For() Subject { return About(c.Participant) }

// Decide asks for a reason, and refuses a second pause at once and an end that is not
// to come.
func (c PausePlan) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	code, reason := codeOf(c.Code), clean.Line(c.Reason, clean.MaxLine)
	x, paused := p.Plan.Paused(s.Today)
	switch {
	case paused:
		return nil, Refused("", "The plan is %s already. Resume it first.", PauseWords(x.Until, s.Today))
	case code == "" && reason == "":
		return nil, Refused("reason", "Say why the clocks stand still, so that the next coach knows.")
	case !c.Until.IsZero() && c.Until <= s.Today:
		return nil, Refused("until", "%s is not to come. Say the day on which the clocks run again, for example 4w.", c.Until.Short(s.Today))
	}
	return []Event{PlanPaused{ID: s.New(), Code: code, Reason: reason, From: s.Today, Until: c.Until}}, nil
}

// codeOf cleans the code of a reason: letters, digits and dashes.
func codeOf(code string) string {
	return clean.Line(strings.Map(func(r rune) rune {
		if r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(code)), 40)
}

// PlanPaused happens when the clocks of a plan stand still.
type PlanPaused struct {
	ID     ID           `json:"id"`
	Code   string       `json:"code,omitempty"`
	Reason string       `json:"reason,omitempty"`
	From   calendar.Day `json:"from"`
	Until  calendar.Day `json:"until,omitzero"`
}

var _ = know[PlanPaused]()

// Kind names the event on disk.
func (PlanPaused) Kind() string { return "plan.paused" }

// Sentence says until when, not why.
func (e PlanPaused) Sentence() string {
	if e.Until.IsZero() {
		return "The plan was paused."
	}
	return "The plan was paused until " + e.Until.Long() + "."
}

func (e PlanPaused) makes() ID { return e.ID }

func (e PlanPaused) apply(p *Participant, r Record) {
	p.Plan.Pauses = append(p.Plan.Pauses, Pause{ID: e.ID, Code: e.Code, Reason: e.Reason, From: e.From, Until: e.Until, By: r.By})
}

// ResumePlan lets the clocks run again before the pause ends by itself.
type ResumePlan struct{ Participant ID }

// For names the participant.
func (c ResumePlan) For() Subject { return About(c.Participant) }

// Decide ends every pause that holds today; there is more than one only when two
// desks paused apart.
func (c ResumePlan) Decide(p Participant, s Stamp) ([]Event, error) {
	var out []Event
	for _, x := range p.Plan.Pauses {
		if x.span().On(s.Today) {
			out = append(out, PlanResumed{ID: x.ID, Day: s.Today})
		}
	}
	if len(out) == 0 {
		return nil, Refused("", "The plan is not paused.")
	}
	return out, nil
}

// PlanResumed happens when a pause ends by hand.
type PlanResumed struct {
	ID  ID           `json:"id"`
	Day calendar.Day `json:"day"`
}

var _ = know[PlanResumed]()

// Kind names the event on disk.
func (PlanResumed) Kind() string { return "plan.resumed" }

// Sentence says that it goes on.
func (PlanResumed) Sentence() string { return "The plan goes on." }

func (e PlanResumed) touches() []ID { return []ID{e.ID} }

func (e PlanResumed) apply(p *Participant, _ Record) {
	// Ended by two desks, the earlier day stands. Another pause, of a desk that did not
	// know, is not ended by it.
	if x := find(p.Plan.Pauses, e.ID); x != nil {
		x.Ended = earlier(x.Ended, e.Day)
	}
}
