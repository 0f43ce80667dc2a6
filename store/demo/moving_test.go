package demo_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestEveryWayToMoveOnIsTold asks a caseload of the usual size for each state of support,
// of what people apply for, of a case that changes hands, and of fit notes.
func TestEveryWayToMoveOnIsTold(t *testing.T) {
	q := queue(t)
	for seed := range uint64(3) {
		seen := map[string]int{}
		for about, past := range tell(t, seed, 120, now).past {
			p := domain.Replay(about, past)
			for _, why := range q.Reasons(p.Row()) {
				seen["rule "+why.Rule]++
			}
			for _, x := range p.Provisions {
				seen[supportTold(q, p, x)]++
			}
			for _, a := range p.Applications {
				seen["application "+a.State.String()]++
			}
			for _, x := range p.Transfers {
				seen["transfer "+string(x.State)+" to "+map[domain.ID]string{{15: 1}: "me", {15: 3}: "a colleague"}[x.To]]++
			}
			if h := p.FitHistory(); len(h.Notes) > 2 && h.Gaps > 0 {
				seen["fit notes with a history"]++
			}
			if p.Fact(domain.FactCoach) == "Amina Yusuf" && len(p.Coaches) == 1 {
				seen["a case that was taken on"]++
			}
			for _, x := range p.Referrals {
				seen["referral "+string(x.State)]++
			}
		}
		for _, want := range []string{
			"support runs", "support runs, landing planned", "support over", "support over, landing planned", "support ended early", "support long ago: work-programme",
			"rule support-lands", "rule support-ends", "rule support-over", "application preparing", "application applied", "application awarded", "application refused",
			"rule application-silent", "rule award-ends", "rule transfer-waits", "rule transfer-offered",
			"transfer offered to me", "transfer offered to a colleague", "transfer accepted to me", "transfer declined to a colleague", "fit notes with a history", "a case that was taken on",
		} {
			if seen[want] == 0 {
				t.Errorf("seed %d: nobody of 120 shows: %s", seed, want)
			}
		}
		for _, s := range domain.ReferralStates {
			if seen["referral "+string(s)] == 0 {
				t.Errorf("seed %d: nobody's referral is %q", seed, s)
			}
		}
	}
}

func supportTold(q domain.Queue, p domain.Participant, x domain.Provision) string {
	text := "support runs"
	switch {
	case x.Past:
		return "support long ago: " + x.Programme
	case x.Code == "moved":
		text = "support ended early"
		return text
	case !x.Ended.IsZero():
		text = "support over"
	}
	if len(x.Landings) > 0 {
		text += ", landing planned"
	}
	if end := p.ProvisionRow(x).Sum(q.Catalogue, &cal).End; x.Ended.IsZero() && !end.IsZero() && end < calendar.Of(now) {
		text = "support should be over"
	}
	return text
}
