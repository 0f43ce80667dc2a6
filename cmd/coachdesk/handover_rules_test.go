package main

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestHandoverRules holds that the data opens no more to somebody outside than entries that
// can be about what was handed to them: no drafts, no chasing, nothing of the record itself.
func TestHandoverRules(t *testing.T) {
	rules, err := readHandoverRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range rules.Outside {
		noun, what, _ := strings.Cut(kind, ".")
		if !slices.Contains(domain.Kinds(), kind) {
			t.Errorf("there is no kind of entry %s", kind)
		}
		if !slices.Contains([]string{"handover", "referral", "consent"}, noun) || slices.Contains([]string{"drafted", "checked", "chased", "settled"}, what) {
			t.Errorf("%s would go to somebody outside", kind)
		}
	}
	for _, needed := range []string{"handover.offered", "referral.sent", "consent.given", "consent.withdrawn"} {
		if !slices.Contains(rules.Outside, needed) {
			t.Errorf("%s does not go: the other desk could make nothing of the rest", needed)
		}
	}
}
