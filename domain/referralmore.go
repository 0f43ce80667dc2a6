package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// told returns what was last said of a state; false when nobody said that a referral came
// into it.
func (x Referral) told(s ReferralState) (ReferralEntry, bool) {
	for _, e := range slices.Backward(x.Log) {
		if e.What == ActMoved && e.To == s && e.Met == "" {
			return e, true
		}
	}
	return ReferralEntry{}, false
}

// Knows reports whether the record has an answer already: the same state on the same day,
// for the same reason, with these words or with none. A zero day and an empty reason are
// any.
func (x Referral) Knows(to ReferralState, day calendar.Day, code, words string) bool {
	words = clean.Text(words, letterMost)
	return slices.ContainsFunc(x.Log, func(e ReferralEntry) bool {
		return e.To == to && e.Met == "" && (day.IsZero() || e.Day == day) && (code == "" || e.Code == codeOf(code)) && (words == "" || e.Text == words)
	})
}

// saysMore is an answer that comes a second time with other words: they are kept, also
// after the referral ended, and nothing moves.
func (c MoveReferral) saysMore(p Participant, day calendar.Day, s Stamp) []Event {
	x := find(p.Referrals, c.Referral)
	if x == nil {
		return nil
	}
	was, ok := x.told(c.To)
	words, code := clean.Text(c.Words, letterMost), codeOf(c.Code)
	if !ok || was.Day != day || code != "" && code != was.Code || c.Minute != 0 && c.Minute != was.At || words == "" || x.Knows(c.To, day, code, words) {
		return nil
	}
	more := []Event{ReferralMoved{ID: x.ID, To: c.To, Day: day, Minute: was.At, Code: was.Code, Words: words}}
	if named, err := (NameReferral{p.ID, x.ID, c.Contact, c.Reference}).Decide(p, s); err == nil {
		more = append(more, named...)
	}
	return more
}
