package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Anchor is what a step is to be done before, when there is no date for it yet, or one
// that may move.
type Anchor string

// The anchors are stored.
const (
	BeforeJob     Anchor = "job-start"
	BeforeReview  Anchor = "review"
	BeforeNext    Anchor = "next" // the appointment that follows
	BeforeFitNote Anchor = "fitnote-end"
)

// Anchors lists all there are.
var Anchors = []Anchor{BeforeJob, BeforeReview, BeforeNext, BeforeFitNote}

func (a Anchor) String() string {
	switch a {
	case BeforeJob:
		return "before the job starts"
	case BeforeReview:
		return "before the review"
	case BeforeNext:
		return "before the next appointment"
	case BeforeFitNote:
		return "before the fit note ends"
	}
	return "before " + clean.Line(string(a), 40)
}

// beforeWord begins an anchor where a date may stand.
const beforeWord = "before:"

// ReadDue reads by when something is to be done: a date as people write it, or
// before: and an anchor.
func ReadDue(text string, today calendar.Day) (calendar.Day, Anchor, error) {
	phrase := strings.ToLower(strings.TrimSpace(text))
	phrase = strings.TrimPrefix(phrase, "by ")
	if word, ok := strings.CutPrefix(phrase, beforeWord); ok {
		a := Anchor(strings.TrimSpace(word))
		return 0, a, checkAnchor(a)
	}
	d, err := calendar.Parse(text, today, calendar.Forward)
	return d, "", err
}

func checkAnchor(a Anchor) error {
	if a == "" || slices.Contains(Anchors, a) {
		return nil
	}
	all := make([]string, len(Anchors))
	for i, a := range Anchors {
		all[i] = beforeWord + string(a)
	}
	return Refused("due", "%q is not something that a step can wait for. Write a date, or %s.", beforeWord+clean.Line(string(a), 40), strings.Join(all, ", "))
}

// checkDue refuses a date and an anchor together, and what cannot be met any more.
func checkDue(due calendar.Day, before Anchor, today calendar.Day) error {
	if before != "" && !due.IsZero() {
		return Refused("due", "A step has a date or waits for something, not both.")
	}
	if err := checkAnchor(before); err != nil {
		return err
	}
	return notPast(due, today)
}

// dueBy says by when in a sentence about something new.
func dueBy(due calendar.Day, before Anchor) string {
	if before != "" {
		return ", " + before.String()
	}
	return dueWords(due)
}

// anchorDay returns the last day on which something can be done that must be done
// before an anchor; zero while nobody knows. What was written on a day waits for the
// first appointment after it.
func (p Participant) anchorDay(a Anchor, written calendar.Day) calendar.Day {
	switch a {
	case BeforeJob:
		if d := p.jobStart(); !d.IsZero() {
			return d - 1
		}
	case BeforeNext:
		var next calendar.Day
		for _, x := range p.Appointments {
			if !x.Ended() && !x.Scope.Private() && x.Day > written && (next.IsZero() || x.Day < next) {
				next = x.Day
			}
		}
		if !next.IsZero() {
			return next - 1
		}
	case BeforeFitNote:
		if f, ok := p.CurrentFitNote(); ok && f.To >= written {
			return f.To
		}
	case BeforeReview: // its day depends on the office's rules: see [Participant.DueOn]
	}
	return 0
}

// day returns a fact that is a date; zero when it is not known.
func (p Participant) day(f Fact) calendar.Day {
	d, err := calendar.ParseISO(p.Fact(f))
	if err != nil {
		return 0
	}
	return d
}

// DueOn returns the day by which a step is to be done, with what it waits for made
// out as far as it is known; zero for no date.
func (p Participant) DueOn(s Step, reviews Reviewing) calendar.Day {
	switch s.Before {
	case "":
		return s.Due
	case BeforeReview:
		if d := p.Review(reviews).Day; !d.IsZero() {
			return d - 1
		}
		return 0
	case BeforeJob, BeforeNext, BeforeFitNote:
	}
	return p.anchorDay(s.Before, s.On)
}

// DueSays tells by when a step is to be done, as "Fri 27 Nov, in 4 days", "before the
// job starts (no date yet)" or "no date".
func (p Participant) DueSays(s Step, reviews Reviewing, today calendar.Day) string {
	d := p.DueOn(s, reviews)
	when := "no date"
	if !d.IsZero() {
		when = d.Short(today) + ", " + d.Distance(today)
	}
	switch {
	case s.Before == "":
		return when
	case d.IsZero():
		return s.Before.String() + " (no date yet)"
	}
	return s.Before.String() + ": by " + when
}

// readBefore takes what a step waits for off the end.
func (m *Mark) readBefore() bool {
	i := strings.LastIndex(strings.ToLower(" "+m.Text), " "+beforeWord)
	if i < 0 {
		return false
	}
	word := m.Text[i+len(beforeWord):]
	a := Anchor(strings.ToLower(word))
	switch err := checkAnchor(a); {
	case word == "" || strings.ContainsRune(word, ' '):
		return false // words that go on are no anchor
	case err != nil:
		m.Problem = err.Error()
	case m.Kind == MarkPromise:
		m.Problem = "a promise needs a date; only a step can wait for something. Write it as ! or with by and a date."
	default:
		m.Before = a
	}
	m.Text = strings.TrimSpace(m.Text[:max(i-1, 0)])
	if cut, ok := strings.CutSuffix(" "+m.Text, " by"); ok {
		m.Text = strings.TrimSpace(cut)
	}
	return true
}
