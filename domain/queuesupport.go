package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// SupportEnds returns when each programme that somebody is on may end, for the rules of
// reviews.
func (q Queue) SupportEnds(p Participant) []calendar.Day {
	var out []calendar.Day
	cal := q.calendarFor(p.Fact(FactNation))
	for _, r := range p.provisionRows() {
		if d := q.supportEnd(r, cal); !d.IsZero() {
			out = append(out, d)
		}
	}
	return out
}

// supportEnd is the last day of support that runs, by the working days of where the
// person lives.
func (q Queue) supportEnd(r RowProvision, cal *calendar.Calendar) calendar.Day {
	if !r.Ended.IsZero() {
		return 0
	}
	_, end, _ := r.terms(q.Catalogue, cal)
	return end
}

// supportLands: support ends soon, or has ended, and something should follow.
func (j *judge) supportLands() {
	lands, ends, over := j.Rules["support-lands"], j.Rules["support-ends"], j.Rules["support-over"]
	for _, r := range j.row.Provisions {
		name := j.Catalogue.Short(r.Programme)
		if !r.Ended.IsZero() {
			if gone := int(j.Today - r.Ended); !r.Landed && gone >= 0 && gone <= over.Days {
				j.add("support-over", gone, false, "support ended %s, %s: what replaces it?", r.Ended.Distance(j.Today), name)
			}
			continue
		}
		end := j.supportEnd(r, j.cal)
		left := int(end - j.Today)
		switch {
		case end.IsZero():
		case left < 0:
			j.add("support-over", -left, true, "support was to end %s, %s: say how it ended", end.Distance(j.Today), name)
		case left <= ends.Days && r.Landed:
			j.add("support-ends", ends.Days-left, false, "support ends %s, %s: is what follows ready?", end.Distance(j.Today), name)
		case left <= ends.Days:
			j.add("support-ends", ends.Days-left, true, "support ends %s, %s: what replaces it?", end.Distance(j.Today), name)
		case left <= lands.Days && !r.Landed:
			j.add("support-lands", lands.Days-left, false, "support ends %s, %s: what replaces it?", end.Distance(j.Today), name)
		}
	}
}

// programmes are the programmes that somebody is on or on the way to, as filters ask for
// them: key and name.
func (q Queue) programmes(r Row) []string {
	var out []string
	add := func(key string) {
		if !slices.Contains(out, key) {
			out = append(out, key, q.Catalogue.Name(key), q.Catalogue.Short(key))
		}
	}
	for _, x := range r.Provisions {
		if x.Ended.IsZero() {
			add(x.Programme)
		}
	}
	for _, x := range r.Referrals {
		if !x.State.Ended() {
			add(x.Programme)
		}
	}
	for _, x := range r.Applications {
		if x.State.Open() {
			add(x.Programme)
		}
	}
	return out
}
