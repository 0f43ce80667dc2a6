package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// ProviderWait is how long one provider of a programme takes, from this desk's own
// records. Fewer cases than the office's number say nothing, and could tell on somebody.
type ProviderWait struct {
	Programme, Provider string
	Cases               int // referrals that were sent
	Hidden              bool
	Acknowledge         WaitMedian // working days from sending
	Meet                WaitMedian
	Start               WaitMedian
	Started             int // of all that were sent
	NotTaken            []WaitReason
}

// WaitMedian is the middle of so many waits.
type WaitMedian struct{ Days, Of int }

// WaitReason is how often a provider did not take somebody, by reason.
type WaitReason struct {
	Why string // the state, and the code where there is one
	N   int
}

// waiting gathers what is known of one provider.
type waiting struct {
	ProviderWait
	ack, meet, start []int
	why              map[string]int
}

// ReferralWaits tells how long each provider takes, of all referrals that these lines
// know, those that ended as well.
func (q Queue) ReferralWaits(rows []Row) []ProviderWait {
	all := map[[2]string]*waiting{}
	for _, r := range rows {
		for _, x := range r.Referrals {
			if x.Sent.IsZero() || x.Provider == "" {
				continue
			}
			k := [2]string{x.Programme, x.Provider}
			if all[k] == nil {
				all[k] = &waiting{ProviderWait: ProviderWait{Programme: x.Programme, Provider: x.Provider}, why: map[string]int{}}
			}
			q.count(all[k], x, q.calendarOf(r))
		}
	}
	out := make([]ProviderWait, 0, len(all))
	for _, w := range all {
		out = append(out, w.told(q.Planning.Referrals.Few))
	}
	slices.SortFunc(out, func(a, b ProviderWait) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), strings.Compare(a.Programme, b.Programme), strings.Compare(a.Provider, b.Provider))
	})
	return out
}

// count adds one referral.
func (q Queue) count(w *waiting, x RowReferral, cal *calendar.Calendar) {
	w.Cases++
	for _, step := range []struct {
		day  calendar.Day
		into *[]int
	}{{x.Acknowledged, &w.ack}, {x.Met, &w.meet}, {x.Started, &w.start}} {
		if !step.day.IsZero() {
			*step.into = append(*step.into, cal.Between(x.Sent, step.day))
		}
	}
	if !x.Started.IsZero() {
		w.Started++
	}
	switch x.State {
	case ReferralRejected, ReferralNotEligible, ReferralNoContact, ReferralClosed, ReferralDeclined:
		why := string(x.State)
		if says := q.Planning.Reasons.Say(x.State.Reasons(), x.Code); says != "" {
			why += ", " + says
		}
		w.why[why]++
	default:
	}
}

// told is what may be said of a provider: of fewer cases than few only how many.
func (w waiting) told(few int) ProviderWait {
	if w.Cases < few {
		return ProviderWait{Programme: w.Programme, Provider: w.Provider, Cases: w.Cases, Hidden: true}
	}
	out := w.ProviderWait
	out.Acknowledge, out.Meet, out.Start = middle(w.ack, few), middle(w.meet, few), middle(w.start, few)
	for why, n := range w.why {
		out.NotTaken = append(out.NotTaken, WaitReason{why, n})
	}
	slices.SortFunc(out.NotTaken, func(a, b WaitReason) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Why, b.Why)) })
	return out
}

// middle is the median of waits; nothing of fewer than few.
func middle(list []int, few int) WaitMedian {
	if len(list) < few || len(list) == 0 {
		return WaitMedian{}
	}
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return WaitMedian{Days: (list[(n-1)/2] + list[n/2]) / 2, Of: n}
}

// StartRate is how many of a hundred started; -1 where that is not told.
func (w ProviderWait) StartRate() int {
	if w.Hidden || w.Cases == 0 {
		return -1
	}
	return w.Started * 100 / w.Cases
}
