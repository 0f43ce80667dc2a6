package domain

import (
	"errors"
	"strings"
	"testing"
)

// TestARefusedQuestionSaysWhatItWaitsFor: every state has a sentence that says who does
// what next.
func TestARefusedQuestionSaysWhatItWaitsFor(t *testing.T) {
	for _, s := range []EscalationState{
		EscalationDraft, EscalationAsked, EscalationAccepted, EscalationReturned, EscalationAnswered, EscalationTried, EscalationBooked,
		EscalationHeld, EscalationAgreed, EscalationDeclined, EscalationActive, EscalationHandedBack, EscalationClosed, EscalationWithdrawn,
	} {
		var no Refusal
		if err := (Escalation{State: s}).notNow(); !errors.As(err, &no) || !strings.HasSuffix(no.Why, ".") || strings.HasSuffix(no.Why, string(s)+". ") {
			t.Errorf("%s: %v", s, err)
		}
	}
}
