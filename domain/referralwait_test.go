package domain_test

import (
	"reflect"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestReferralWaits: the middle of working days from sending, by provider; of fewer than
// five cases nothing but how many they are.
func TestReferralWaits(t *testing.T) {
	q := referralQueue()
	q.Planning.Reasons = domain.Reasons{domain.ReasonsNotTaken: {{Code: "full", Says: "no places"}}}
	monday := calendar.Date(2026, 11, 2)
	at := func(provider string, ack, met, started calendar.Day) domain.RowReferral {
		x := domain.RowReferral{Programme: "workwell", Provider: provider, State: domain.ReferralMet, Sent: monday}
		for _, d := range []struct {
			in   calendar.Day
			into *calendar.Day
		}{{ack, &x.Acknowledged}, {met, &x.Met}, {started, &x.Started}} {
			if d.in > 0 {
				*d.into = monday + d.in
			}
		}
		return x
	}
	no := domain.RowReferral{Programme: "workwell", Provider: "A", State: domain.ReferralRejected, Sent: monday, Ended: monday + 3, Code: "full"}
	rows := []domain.Row{
		{Referrals: []domain.RowReferral{at("A", 1, 7, 8), at("A", 1, 8, 0), at("A", 2, 9, 0), at("A", 4, 10, 0)}},
		{Referrals: []domain.RowReferral{at("A", 11, 14, 0), no, at("B", 1, 2, 3), {Programme: "workwell", Provider: "A", State: domain.ReferralDraft}}},
	}
	want := []domain.ProviderWait{
		{
			Programme: "workwell", Provider: "A", Cases: 6, Started: 1,
			Acknowledge: domain.WaitMedian{Days: 2, Of: 5}, Meet: domain.WaitMedian{Days: 7, Of: 5},
			NotTaken: []domain.WaitReason{{Why: "rejected, no places", N: 1}},
		},
		{Programme: "workwell", Provider: "B", Cases: 1, Hidden: true},
	}
	if got := q.ReferralWaits(rows); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if r := want[0].StartRate(); r != 16 {
		t.Errorf("start rate %d", r)
	}
	if r := want[1].StartRate(); r != -1 {
		t.Errorf("of too few: %d", r)
	}
}

// TestSupportOfAReferral: support begins with what was referred, and ends with it.
func TestSupportOfAReferral(t *testing.T) {
	id := domain.ID{15: 51}
	all := []any{joined, given(domain.ID{15: 50}), domain.Referred{ID: id, Letter: letter}}
	for _, tt := range []struct {
		to   domain.ReferralState
		code string
		ends string // why support ended; empty: it runs
	}{{domain.ReferralStarted, "", ""}, {domain.ReferralEndedEarly, "person", "declined"}} {
		events, err := domain.Decide(domain.MoveReferral{Participant: pat, Referral: id, To: tt.to, Code: tt.code}, past(all...), stamp(domain.Coach))
		if err != nil || len(events) != 2 {
			t.Fatalf("%s: %+v %v", tt.to, events, err)
		}
		for _, e := range events {
			all = append(all, e)
		}
		v := replay(all...).Provisions
		if len(v) != 1 || v[0].Referral != id || v[0].Programme != letter.Programme || v[0].Code != tt.ends || v[0].Started != today {
			t.Errorf("%s: %+v", tt.to, v)
		}
	}
}
