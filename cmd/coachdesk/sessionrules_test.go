package main

import (
	"testing"

	"coachdesk/domain"
)

// TestSessionRulesCarryTheirSource holds that every kind of session has its data, and
// that every figure says where it comes from.
func TestSessionRulesCarryTheirSource(t *testing.T) {
	rules, err := readSessions()
	if err != nil {
		t.Fatal(err)
	}
	sourced := func(what, source, date, confidence string) {
		t.Helper()
		if source == "" || date == "" || confidence == "" {
			t.Errorf("%s does not say where it comes from, of when, or how sure", what)
		}
	}
	for _, k := range domain.SessionKinds {
		r := rules.Of(k)
		if r.Kind != k || r.Says == "" || r.Minutes < 5 || r.Minutes > 120 || len(r.Prompts) == 0 {
			t.Errorf("%s has no data: %+v", k, r)
		}
		sourced(k.String(), r.Source, r.Date, r.Confidence)
	}
	if !rules.Of(domain.SupportConversation).Voluntary || rules.Of(domain.ReviewTalk).Voluntary {
		t.Error("the tone of a kind is wrong")
	}
	for what, f := range map[string]domain.Figure{"closing": rules.Closing, "repeated": rules.Repeated} {
		if sourced(what, f.Source, f.Date, f.Confidence); f.Value < 1 {
			t.Errorf("%s is %d", what, f.Value)
		}
	}
	if sourced("present", rules.Present.Source, rules.Present.Date, rules.Present.Confidence); len(rules.Present.Words) == 0 || len(rules.Present.Words) > 9 {
		t.Errorf("who may be there has %d words; each needs a digit", len(rules.Present.Words))
	}
	if len(rules.Rating) != 3 {
		t.Errorf("%d questions about oneself", len(rules.Rating))
	}
	for _, q := range rules.Rating {
		if sourced(q.Key, q.Source, q.Date, q.Confidence); q.Key == "" || q.Asks == "" || q.Short == "" || q.Low == "" || q.High == "" {
			t.Errorf("%+v is not whole", q)
		}
	}
}
