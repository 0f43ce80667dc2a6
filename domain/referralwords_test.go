package domain_test

import (
	"testing"

	"coachdesk/domain"
)

// TestReferralStateWords: a state of a referral is told with its day as a coach says it.
func TestReferralStateWords(t *testing.T) {
	for state, want := range map[domain.ReferralState]string{
		domain.ReferralMet:        "met ",
		domain.ReferralJobStart:   "a job started ",
		domain.ReferralInProgress: "in progress since ",
		domain.ReferralBooked:     "first meeting ",
	} {
		x := domain.RowReferral{State: state, Since: today - 5, Meets: today + 3}
		day := x.Since
		if state == domain.ReferralBooked {
			day = x.Meets
		}
		if got := x.StateWords(today); got != want+day.Short(today) {
			t.Errorf("%s: %q", state, got)
		}
	}
}
