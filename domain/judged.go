package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Judged is a row with the reasons why its person needs the coach today: what
// lists show and what filters ask. The screens and the command line both filter
// by it, so that the same filter finds the same people.
type Judged struct {
	Row
	Reasons []Reason
	Today   calendar.Day
	Hay     string // what bare words search: the row's Haystack
	Drafts  int    // how much about them is written and not yet saved
	Twin    bool   // they may be on the caseload twice
	Keep    RetentionRules
	On      []string // programmes that they are on or on the way to, by key and by name
	With    []string // with whom the case is, or from whom it came
	Here    Person   // who asks
}

// Judge returns the row with its reasons.
func (q Queue) Judge(r Row) Judged {
	j := q.Weigh(r)
	j.Hay = r.Haystack()
	return j
}

// Weigh is [Queue.Judge] without what bare words search, for whoever folds that when
// somebody searches.
func (q Queue) Weigh(r Row) Judged {
	r = q.settle(r)
	return Judged{Row: r, Reasons: q.reasons(r), Today: q.Today, Keep: q.Retention, On: q.programmes(r), With: q.with(r), Here: q.here()}
}

// Words implements filter.Row.
func (j *Judged) Words() string { return j.Hay }

// Date implements filter.Row.
func (j *Judged) Date(field string) (calendar.Day, bool) {
	var d calendar.Day
	switch field {
	case "due":
		d = j.NextDue()
	case "seen":
		d = j.Seen
	case "next":
		next, _ := j.Next(j.Today)
		d = next.Day
	}
	return d, !d.IsZero()
}

// filterFacts are the facts behind the fields of the filter language.
var filterFacts = map[string]Fact{"area": FactCouncil, "owner": FactCoach, "nation": FactNation, "group": FactGroup, "lang": FactLanguage}

// Values implements filter.Row.
func (j *Judged) Values(field string) []string {
	switch field {
	case "barrier":
		return j.Barriers
	case "programme":
		return j.On
	case "with":
		return j.With
	}
	if f, ok := filterFacts[field]; ok {
		if v := j.Fact(f); v != "" {
			return []string{v}
		}
	}
	return nil
}

// Is implements filter.Row.
func (j *Judged) Is(flag string) bool {
	switch flag {
	case "inwork":
		return j.EmployedOn(j.Today).Is()
	case "new":
		return j.Seen.IsZero()
	case "quiet":
		return j.because("quiet")
	case "overdue":
		return j.overdue()
	case "answered":
		return j.because("adviser-answered")
	case "waiting":
		return slices.ContainsFunc(j.Questions, RowAsk.WaitsForAdviser)
	case "duplicate":
		return j.Twin
	case "restricted":
		return j.Restricted
	case "landing":
		return j.because("support-lands") || j.because("support-ends") || j.because("support-over")
	case "paused":
		_, paused := j.PausedUntil(j.Today)
		return paused
	case "silent":
		return j.because("referral-silent") || j.because("referral-late")
	case "retention":
		return len(j.Keep.Due(j.Kept, j.Today)) > 0
	}
	return j.handed(flag)
}

// handed answers what a filter asks about whose hands the case is in.
func (j *Judged) handed(flag string) bool {
	switch flag {
	case "covering", "covered":
		h, ok := j.Cover()
		return ok && (h.To == j.Here.ID) == (flag == "covering")
	case "returned":
		return j.Returned(j.Here)
	}
	return false
}

// overdue reports whether anything is late: days on which the clocks stood still do not
// count, but for fit notes.
func (j *Judged) overdue() bool {
	_, paused := j.PausedUntil(j.Today)
	return slices.ContainsFunc(j.Debts, func(d Debt) bool {
		switch {
		case d.Day.IsZero() || d.Day >= j.Today || d.Kind == DebtAppointment || d.Kind.waits():
			return false
		case d.Kind == DebtFitNote:
			return true
		}
		return !paused && int(j.Today-d.Day) > stood(j.Pauses, d.Day, j.Today)
	})
}

func (j *Judged) because(rule string) bool {
	return slices.ContainsFunc(j.Reasons, func(r Reason) bool { return r.Rule == rule })
}

// Has implements filter.Row.
func (j *Judged) Has(thing string) bool {
	switch thing {
	case "escalation":
		return len(j.Questions) > 0
	case "plan":
		return j.Steps > 0
	case "fitnote":
		return j.owes(DebtFitNote)
	case "appointment":
		return j.owes(DebtAppointment)
	case "promise":
		return j.owes(DebtPromise)
	case "barrier":
		return len(j.Barriers) > 0
	case "draft":
		return j.Drafts > 0
	case "concern":
		return j.owes(DebtConcern)
	case "referral":
		return slices.ContainsFunc(j.Referrals, RowReferral.Out)
	case "handover":
		return slices.ContainsFunc(j.Handovers, func(h RowHandover) bool { return !h.State.Over() })
	case "phone":
		return j.Fact(FactPhone) != ""
	}
	return false
}

func (j *Judged) owes(k DebtKind) bool {
	return slices.ContainsFunc(j.Debts, func(d Debt) bool { return d.Kind == k })
}
