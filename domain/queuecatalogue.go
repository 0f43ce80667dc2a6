package domain

import "slices"

// programmeChanged: this office lately changed what it says of a programme that somebody
// is on, or was sent to: what they were told may not hold any more.
func (j *judge) programmeChanged() {
	if len(j.Catalogue.Changed) == 0 {
		return
	}
	rule := j.Rules["programme-changed"]
	for _, key := range j.row.involved() {
		if on, ok := j.Catalogue.Changed[key]; ok && int(j.Today-on) <= rule.Days {
			j.add(rule.Key, 0, false, "%s changed %s: does it still fit?", j.Catalogue.Short(key), on.Distance(j.Today))
		}
	}
}

// involved are the programmes of which somebody is on, or waits for, each once.
func (r Row) involved() []string {
	var keys []string
	for _, x := range r.Provisions {
		if x.Ended.IsZero() {
			keys = append(keys, x.Programme)
		}
	}
	for _, x := range r.Referrals {
		if x.Ended.IsZero() && !x.Settled {
			keys = append(keys, x.Programme)
		}
	}
	for _, x := range r.Applications { // open ones, and awards that run
		keys = append(keys, x.Programme)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
