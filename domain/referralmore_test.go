package domain_test

import (
	"testing"

	"coachdesk/domain"
)

// TestSecondAnswer holds that the words of a second answer are kept, that nothing moves
// by them, and that the same answer again is known.
func TestSecondAnswer(t *testing.T) {
	y := domain.ID{15: 51}
	sent := []any{joined, given(domain.ID{15: 50}), domain.Referred{ID: y, Letter: letter}}
	rejected := domain.ReferralMoved{ID: y, To: domain.ReferralRejected, Day: today - 1, Code: "provider-full", Words: "no places"}
	booked := domain.ReferralMoved{ID: y, To: domain.ReferralBooked, Day: today + 3, Minute: 600}
	for _, tt := range []struct {
		name  string
		given []any
		say   domain.MoveReferral
		then  domain.Event
	}{
		{"an answer with other words", []any{domain.ReferralMoved{ID: y, To: domain.ReferralAcknowledged, Day: today, Words: "thanks"}}, domain.MoveReferral{To: domain.ReferralAcknowledged, Words: "we ring on Monday"}, domain.ReferralMoved{ID: y, To: domain.ReferralAcknowledged, Day: today, Words: "we ring on Monday"}},
		{"and its reference", []any{booked}, domain.MoveReferral{To: domain.ReferralBooked, Day: today + 3, Words: "bring a pen"}, domain.ReferralMoved{ID: y, To: domain.ReferralBooked, Day: today + 3, Minute: 600, Words: "bring a pen"}},
		{"after the end, for the reason that is known", []any{rejected}, domain.MoveReferral{To: domain.ReferralRejected, Day: today - 1, Words: "ask in spring"}, domain.ReferralMoved{ID: y, To: domain.ReferralRejected, Day: today - 1, Code: "provider-full", Words: "ask in spring"}},
		{"about a state that is past", []any{booked, rejected}, domain.MoveReferral{To: domain.ReferralBooked, Day: today + 3, Words: "bring a pen"}, domain.ReferralMoved{ID: y, To: domain.ReferralBooked, Day: today + 3, Minute: 600, Words: "bring a pen"}},
		{"the same words are known", []any{rejected}, domain.MoveReferral{To: domain.ReferralRejected, Day: today - 1, Words: "no places"}, nil},
		{"another day is another answer", []any{rejected}, domain.MoveReferral{To: domain.ReferralRejected, Day: today, Words: "ask in spring"}, nil},
		{"another reason is another answer", []any{rejected}, domain.MoveReferral{To: domain.ReferralRejected, Day: today - 1, Code: "other", Words: "ask in spring"}, nil},
	} {
		before := append(append([]any{}, sent...), tt.given...)
		p := replay(before...)
		tt.say.Participant, tt.say.Referral = pat, y
		events, err := tt.say.Decide(p, stamp(domain.Coach))
		if tt.then == nil {
			if err == nil {
				t.Errorf("%s: it is taken: %v", tt.name, events)
			}
			continue
		}
		if err != nil || len(events) != 1 || events[0] != tt.then {
			t.Errorf("%s: %v, %v", tt.name, events, err)
			continue
		}
		was, is := p.Referrals[0], replay(append(before, events[0])...).Referrals[0]
		day, minute := is.Meets()
		wasDay, wasMinute := was.Meets()
		if is.State != was.State || is.Since != was.Since || is.Code() != was.Code() || is.Both != was.Both || day != wasDay || minute != wasMinute {
			t.Errorf("%s: it moved from %+v to %+v", tt.name, was, is)
		}
		last := is.Log[len(is.Log)-1]
		if len(is.Log) != len(was.Log)+1 || last.Text != tt.say.Words || last.Met != "" {
			t.Errorf("%s: the words are lost: %+v", tt.name, is.Log)
		}
		if !is.Knows(tt.say.To, last.Day, "", tt.say.Words) || is.Knows(tt.say.To, last.Day, "", "never said") {
			t.Errorf("%s: what is known is not told apart", tt.name)
		}
	}
}
