package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestUndoBelowLaterTurns: what a later turn about a question rests on is not pulled away
// from under it; what the turn would outlive can be taken back.
func TestUndoBelowLaterTurns(t *testing.T) {
	drafted := domain.QuestionDrafted{ID: escalated, Question: "dd"}
	answered := byAdviser(domain.Answered{ID: escalated, Text: "aa"})
	direct := []any{joined, askedDirect, accepted, said(1, true)}
	for _, tt := range []struct {
		name  string
		given []any
		undo  int // the place of what is taken back
		rests bool
	}{
		{"the agreement to support that began", append(direct[:4:4], begun), 3, true},
		{"the agreement alone", direct, 3, false},
		{"the beginning of support that was handed back", append(direct[:4:4], begun, byAdviser(domain.HandedBack{ID: escalated, Text: "hb"})), 4, true},
		{"the beginning of support that was reviewed", append(direct[:4:4], begun, byAdviser(domain.SupportReviewed{ID: escalated, Text: "rv"})), 4, true},
		{"the meeting that was held", []any{joined, askedThree, accepted, booking, threeBooked, domain.SessionHeld{ID: domain.ID{15: 60}, Appointment: meetingAt, Outcome: domain.Happened, Day: today}}, 3, true},
		{"the acceptance of what was answered: an answer needs none", []any{joined, askedAdvice, accepted, answered}, 2, false},
		{"the answer that was tried", []any{joined, askedAdvice, answered, domain.Tried{ID: escalated, Result: domain.ResultWorked}}, 2, true},
		{"the note that a sent question came from", []any{joined, drafted, askedAdvice}, 1, true},
		{"words in the talk", []any{joined, askedAdvice, domain.MoreSaid{ID: escalated, Text: "more"}, answered}, 2, false},
	} {
		p := domain.Replay(domain.About(pat), past(tt.given...))
		why := p.WhyNotUndo(p.Past()[tt.undo].Command, stamp(domain.Lead))
		if strings.Contains(why, "rests on it") != tt.rests {
			t.Errorf("%s: %q", tt.name, why)
		}
	}
}
