package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RetentionClass names what is kept for a time, and from when the time runs.
type RetentionClass string

// The classes are stored. The first two are of whole records, and a record has one of
// them; the others are of parts.
const (
	KeepCaseload   RetentionClass = "caseload"    // from the last thing recorded
	KeepDispute    RetentionClass = "dispute"     // a complaint, an appeal or a claim; from the last thing recorded
	KeepThirdParty RetentionClass = "third-party" // paragraphs about somebody else; from when they were written
	KeepFitNote    RetentionClass = "fit-note"    // from their end
	KeepAccessLog  RetentionClass = "access-log"  // of the office, not of a record; from each entry
)

// RecordClasses are those that a whole record may have; the first is every record's
// until somebody says otherwise.
var RecordClasses = []RetentionClass{KeepCaseload, KeepDispute}

// RetentionRule is how long a class is kept, as data. Source and confidence stand with
// it wherever it is shown.
type RetentionRule struct {
	Class      RetentionClass `json:"class"`
	Says       string         `json:"says"`
	Months     int            `json:"months"`
	Source     string         `json:"source"`
	Date       string         `json:"date"`
	Confidence string         `json:"confidence"`
}

// RetentionRules are the rules by class.
type RetentionRules map[RetentionClass]RetentionRule

// Retention is what somebody said of how long a record is kept.
type Retention struct {
	Class  RetentionClass // empty: as every record
	Until  calendar.Day   // not before this day, whatever the class says; zero: no such day
	Reason string
	On     calendar.Day
	By     ID
}

// RowKept is one thing of a record whose time runs. It holds days and no words.
type RowKept struct {
	_ struct{} `cbor:",toarray"`

	Class RetentionClass `json:"c"`
	Since calendar.Day   `json:"s"`
	Until calendar.Day   `json:"u,omitzero"`
}

// kept says from when the time of each class runs. What was undone is still there, so
// it counts; that somebody set the class does not.
func (p Participant) kept() []RowKept {
	var last, third, fit calendar.Day
	for _, r := range p.past {
		if _, set := r.Event.(RetentionSet); !set {
			last = max(last, r.Day)
		}
		if r.Scope == ThirdParty {
			third = earlier(third, r.Day)
		}
	}
	for _, f := range p.FitNotes {
		fit = earlier(fit, f.To)
	}
	class := p.Retention.Class
	if class == "" {
		class = KeepCaseload
	}
	all := []RowKept{{Class: class, Since: last, Until: p.Retention.Until}, {Class: KeepThirdParty, Since: third}, {Class: KeepFitNote, Since: fit}}
	return slices.DeleteFunc(all, func(k RowKept) bool { return k.Since.IsZero() })
}

// Expiry is a class of a record with the day on which its time is over.
type Expiry struct {
	Rule  RetentionRule
	Since calendar.Day
	Day   calendar.Day
	Later bool // somebody said that it is kept longer than the class says
}

// Why says what runs out and how sure the period is.
func (e Expiry) Why() string {
	why := fmt.Sprintf("%s: %s after %s", e.Rule.Class, days(e.Rule.Months, "month"), e.Since.Long())
	if e.Later {
		why = fmt.Sprintf("%s: kept until %s", e.Rule.Class, e.Day.Long())
	}
	return why + " (" + e.Rule.Source + "; confidence " + e.Rule.Confidence + ")"
}

// Expiries returns when the time of each class of a record is over, the earliest
// first. What no rule knows is kept.
func (rules RetentionRules) Expiries(kept []RowKept) []Expiry {
	var all []Expiry
	for _, k := range kept {
		rule, known := rules[k.Class]
		if !known {
			continue
		}
		e := Expiry{Rule: rule, Since: k.Since, Day: k.Since.AddMonths(rule.Months)}
		if k.Until > e.Day {
			e.Day, e.Later = k.Until, true
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Expiry) int { return int(a.Day - b.Day) })
	return all
}

// Due returns what of a record is kept no longer from a day on. It only tells: nothing
// is erased by it.
func (rules RetentionRules) Due(kept []RowKept, on calendar.Day) []Expiry {
	return slices.DeleteFunc(rules.Expiries(kept), func(e Expiry) bool { return e.Day > on })
}

// WhyNotErase says why a whole record may not be erased on a day: somebody said that it
// is kept longer, or the reason would be that it was kept long enough, and it was not.
// Empty means it may.
func (rules RetentionRules) WhyNotErase(kept []RowKept, reason ErasureReason, on calendar.Day) string {
	for _, e := range rules.Expiries(kept) {
		whole := slices.Contains(RecordClasses, e.Rule.Class)
		switch {
		case whole && e.Later && e.Day > on:
			return fmt.Sprintf("It is kept as %s until %s. Change that first, if it no longer holds.", e.Rule.Class, e.Day.Long())
		case whole && reason == KeptLongEnough && e.Day > on:
			return fmt.Sprintf("It was not kept long enough yet: %s ends on %s. Give the true reason.", e.Rule.Class, e.Day.Long())
		}
	}
	return ""
}

// SetRetention says how long a whole record is kept, and why.
type SetRetention struct {
	Participant ID
	Class       RetentionClass
	Until       calendar.Day // zero leaves it to the class
	Reason      string
}

// For names the participant.
func (c SetRetention) For() Subject { return About(c.Participant) }

// Decide asks for a class of whole records and for a reason.
func (c SetRetention) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if !slices.Contains(RecordClasses, c.Class) {
		return nil, Refused("class", "%q is not a class of a record. The classes are caseload and dispute.", clean.Line(string(c.Class), 40))
	}
	if err := notPast(c.Until, s.Today); err != nil {
		return nil, Refused("until", "%s", err)
	}
	reason, err := words("reason", "The reason", c.Reason, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if now := p.Retention; now.Class == c.Class && now.Until == c.Until {
		return nil, Refused("class", "The record is kept like that already.")
	}
	return []Event{RetentionSet{Class: c.Class, Until: c.Until, Reason: reason}}, nil
}

// RetentionSet happens when somebody says how long a record is kept.
type RetentionSet struct {
	Class  RetentionClass `json:"class"`
	Until  calendar.Day   `json:"until,omitzero"`
	Reason string         `json:"reason"`
}

var _ = know[RetentionSet]()

// Kind names the event on disk.
func (RetentionSet) Kind() string { return "retention.set" }

// Sentence says how it is kept, not why.
func (e RetentionSet) Sentence() string {
	s := "The record is kept as: " + clean.Line(string(e.Class), 40)
	if !e.Until.IsZero() {
		s += ", at least until " + e.Until.Long()
	}
	return s + "."
}

func (e RetentionSet) apply(p *Participant, r Record) {
	p.Retention = Retention{Class: e.Class, Until: e.Until, Reason: e.Reason, On: r.Day, By: r.By}
}
