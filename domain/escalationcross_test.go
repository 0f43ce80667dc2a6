package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestEscalationCrossings is the part of the table of [TestCrossings] that is about
// escalations and concerns.
func TestEscalationCrossings(t *testing.T) {
	withdrawn := domain.EscalationEnded{ID: escalated, Reason: "wr"}
	turned := func(k domain.EscalationKind, why string) any {
		return byAdviser(domain.Turned{ID: escalated, For: k, Reason: why})
	}
	answered := byAdviser(domain.Answered{ID: escalated, Text: "aa"})
	other := domain.Booked{ID: domain.ID{15: 52}, Day: today + 3, Minute: 700}
	// The state that stands, and words that must be in the thread.
	stands := func(state domain.EscalationState, kind domain.EscalationKind, words ...string) func(domain.Participant) bool {
		return func(p domain.Participant) bool {
			e := p.Escalations[0]
			for _, w := range words {
				if !inThread(e, w) && !strings.Contains(e.Answer, w) {
					return false
				}
			}
			return e.State == state && e.Kind == kind
		}
	}
	direct := []any{askedDirect, accepted, said(1, true)}
	active := append(direct[:3:3], begun)
	handed := byAdviser(domain.HandedBack{ID: escalated, Text: "hb"})
	met := domain.SessionHeld{ID: domain.ID{15: 60}, Appointment: meetingAt, Outcome: domain.Happened, Day: today}
	for _, tt := range []struct {
		name  string
		given []any
		a, b  any
		then  func(domain.Participant) bool
	}{
		{"two answers", []any{askedAdvice, accepted}, answered, byAdviser(domain.Answered{ID: escalated, Text: "bb"}), func(p domain.Participant) bool {
			e := p.Escalations[0]
			return e.State == domain.EscalationAnswered && strings.Contains(e.Answer, "aa") && strings.Contains(e.Answer, "bb")
		}},
		{"answered and returned", []any{askedAdvice}, answered, byAdviser(domain.Returned{ID: escalated, Need: "nn"}), stands(domain.EscalationAnswered, domain.KindAdvice, "aa", "nn")},
		{"answered and turned", []any{askedAdvice}, answered, turned(domain.KindThreeWay, "tt"), stands(domain.EscalationAnswered, domain.KindAdvice, "aa", "tt")},
		{"answered and asked again", []any{askedAdvice, accepted}, answered, domain.AskedAgain{ID: escalated, Was: domain.EscalationAccepted, Text: "again"}, stands(domain.EscalationAnswered, domain.KindAdvice, "aa", "again")},
		{"answered and widened", []any{askedAdvice}, answered, domain.AskedAgain{ID: escalated, Was: domain.EscalationAsked, To: "leader"}, stands(domain.EscalationAnswered, domain.KindAdvice, "aa", "leader")},
		{"answered and withdrawn", []any{askedAdvice}, answered, withdrawn, stands(domain.EscalationWithdrawn, domain.KindAdvice, "aa", "wr")},
		{"accepted twice", []any{askedAdvice}, accepted, accepted, stands(domain.EscalationAccepted, domain.KindAdvice)},
		{"accepted and returned", []any{askedAdvice}, accepted, byAdviser(domain.Returned{ID: escalated, Need: "nn"}), stands(domain.EscalationReturned, domain.KindAdvice, "nn")},
		{"accepted and withdrawn", []any{askedAdvice}, accepted, withdrawn, stands(domain.EscalationWithdrawn, domain.KindAdvice, "wr")},
		{"accepted and asked again", []any{askedAdvice}, accepted, domain.AskedAgain{ID: escalated, Was: domain.EscalationAsked, Text: "again"}, stands(domain.EscalationAccepted, domain.KindAdvice, "again")},
		{"returned and asked again", []any{askedAdvice}, byAdviser(domain.Returned{ID: escalated, Need: "nn"}), domain.AskedAgain{ID: escalated, Was: domain.EscalationAsked, Text: "again"}, stands(domain.EscalationReturned, domain.KindAdvice, "nn", "again")},
		{"booked and withdrawn", []any{askedThree, accepted, booking}, threeBooked, withdrawn, stands(domain.EscalationWithdrawn, domain.KindThreeWay, "25 November", "wr")},
		{"booked and turned", []any{askedThree, accepted, booking}, threeBooked, turned(domain.KindDirect, "tt"), stands(domain.EscalationBooked, domain.KindThreeWay, "tt")},
		{"booked and returned", []any{askedThree, booking}, threeBooked, byAdviser(domain.Returned{ID: escalated, Need: "nn"}), stands(domain.EscalationBooked, domain.KindThreeWay, "nn", "25 November")},
		{"booked twice", []any{askedThree, accepted, booking, other}, threeBooked, domain.MeetingBooked{ID: escalated, Appointment: other.ID}, func(p domain.Participant) bool {
			e := p.Escalations[0]
			return e.State == domain.EscalationBooked && inThread(e, "25 November") && inThread(e, "26 November") && len(p.Appointments) == 2
		}},
		{"meeting cancelled and held", []any{askedThree, accepted, booking, threeBooked}, domain.Cancelled{ID: meetingAt, Reason: "ill"}, met, func(p domain.Participant) bool {
			return stands(domain.EscalationHeld, domain.KindThreeWay)(p) && p.Appointments[0].State == domain.AppointmentSettled
		}},
		{"meeting moved and held", []any{askedThree, accepted, booking, threeBooked}, domain.Rebooked{ID: meetingAt, Day: today + 5, Minute: 600}, met, stands(domain.EscalationHeld, domain.KindThreeWay)},
		{"meeting held and asked again", []any{askedThree, accepted}, domain.SessionHeld{ID: domain.ID{15: 60}, Escalation: escalated, Outcome: domain.Happened, Day: today}, domain.AskedAgain{ID: escalated, Was: domain.EscalationAccepted, Text: "again"}, stands(domain.EscalationHeld, domain.KindThreeWay, "again")},
		{"agreed and declined", []any{askedDirect, accepted}, said(1, true), said(2, false), stands(domain.EscalationDeclined, domain.KindDirect)},
		{"agreed and withdrawn", []any{askedDirect, accepted}, said(1, true), withdrawn, stands(domain.EscalationWithdrawn, domain.KindDirect)},
		{"agreed and turned", []any{askedDirect, accepted}, said(1, true), turned(domain.KindAdvice, "tt"), stands(domain.EscalationAccepted, domain.KindAdvice, "tt")},
		{"begun and declined", direct, begun, said(2, false, domain.ID{14: 9, 15: 1}), stands(domain.EscalationDeclined, domain.KindDirect)},
		{"begun and turned", direct, begun, turned(domain.KindAdvice, "tt"), stands(domain.EscalationActive, domain.KindDirect, "tt")},
		{"begun and withdrawn", direct, begun, withdrawn, stands(domain.EscalationWithdrawn, domain.KindDirect, "wr")},
		{"handed back and reviewed", active, handed, byAdviser(domain.SupportReviewed{ID: escalated, Text: "rv"}), func(p domain.Participant) bool {
			return stands(domain.EscalationHandedBack, domain.KindDirect, "hb", "rv")(p) && len(p.Escalations[0].Reviews) == 1
		}},
		{"handed back and withdrawn", active, handed, withdrawn, stands(domain.EscalationWithdrawn, domain.KindDirect, "hb", "wr")},
		{"handed back and declined", active, handed, said(2, false), stands(domain.EscalationHandedBack, domain.KindDirect, "hb")},
		{"handed back twice", active, handed, byAdviser(domain.HandedBack{ID: escalated, Text: "h2"}), stands(domain.EscalationHandedBack, domain.KindDirect, "hb", "h2")},
		{"turned twice", []any{askedAdvice, accepted}, turned(domain.KindThreeWay, "t1"), turned(domain.KindDirect, "t2"), func(p domain.Participant) bool {
			e := p.Escalations[0]
			return e.Kind != domain.KindAdvice && inThread(e, "t1") && inThread(e, "t2")
		}},
		{"closed and withdrawn", []any{askedAdvice, answered}, domain.EscalationEnded{ID: escalated, Closed: true, Reason: "cl"}, withdrawn, stands(domain.EscalationWithdrawn, domain.KindAdvice, "cl", "wr")},
		{"tried and closed", []any{askedAdvice, answered}, domain.Tried{ID: escalated, Result: domain.ResultNo, Comment: "cc"}, domain.EscalationEnded{ID: escalated, Closed: true, Reason: "cl"}, stands(domain.EscalationClosed, domain.KindAdvice, "cc", "cl")},
		{"a draft sent twice", []any{domain.QuestionDrafted{ID: escalated, Question: "dd"}}, domain.Asked{ID: escalated, Question: "q1"}, domain.Asked{ID: escalated, Question: "q2"}, stands(domain.EscalationAsked, domain.KindAdvice, "dd", "q1", "q2")},
		{"a concern acknowledged twice", []any{domain.ConcernRaised{ID: escalated, Text: "x", To: ruth}}, domain.ConcernAcknowledged{ID: escalated, Answer: "a1"}, domain.ConcernAcknowledged{ID: escalated, Answer: "a2"}, func(p domain.Participant) bool {
			c := p.Concerns[0]
			return !c.Open() && strings.Contains(c.Answer, "a1") && strings.Contains(c.Answer, "a2")
		}},
	} {
		crossed(t, tt.name, tt.given, tt.a, tt.b, tt.then)
	}
}

// TestAnAmendedSessionTellsItsMeeting: what is said of a session later is said of its
// meeting of three too.
func TestAnAmendedSessionTellsItsMeeting(t *testing.T) {
	session := domain.ID{15: 60}
	given := []any{joined, askedThree, accepted, booking, threeBooked}
	held := func(o domain.Outcome) domain.SessionHeld {
		return domain.SessionHeld{ID: session, Appointment: meetingAt, Outcome: o, Day: today}
	}
	amended := func(n byte, o domain.Outcome) domain.SessionAmended {
		return domain.SessionAmended{ID: session, Version: domain.ID{15: n}, Outcome: o, Reason: "a slip"}
	}
	for _, tt := range []struct {
		name  string
		after []any
		state domain.EscalationState
	}{
		{"it was held after all", []any{held(domain.DidNotCome), amended(70, domain.Happened)}, domain.EscalationHeld},
		{"it was not held after all", []any{held(domain.Happened), amended(70, domain.DidNotCome)}, domain.EscalationAccepted},
		{"it was not, and then it was", []any{held(domain.Happened), amended(70, domain.CameNot), amended(71, domain.Happened)}, domain.EscalationHeld},
		{"it was shorter", []any{held(domain.Happened), amended(70, domain.Happened)}, domain.EscalationHeld},
		{"what was closed stays closed", []any{held(domain.Happened), domain.EscalationEnded{ID: escalated, Closed: true}, amended(70, domain.DidNotCome)}, domain.EscalationClosed},
	} {
		e := domain.Replay(domain.About(pat), past(append(given[:5:5], tt.after...)...)).Escalations[0]
		if e.State != tt.state || (e.State == domain.EscalationHeld) != !e.Held.IsZero() && tt.state != domain.EscalationClosed {
			t.Errorf("%s: %s, held %s", tt.name, e.State, e.Held)
		}
	}
}
