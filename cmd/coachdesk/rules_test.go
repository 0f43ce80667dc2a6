package main

import (
	"os"
	"strings"
	"testing"
)

// TestRulesCarryTheirSource holds that no number of the queue stands without saying
// where it comes from and how sure it is, and that every rule is one that the queue
// asks for.
func TestRulesCarryTheirSource(t *testing.T) {
	rules, err := readRules()
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("../../domain/queue.go")
	if err != nil {
		t.Fatal(err)
	}
	for key, r := range rules {
		if r.Says == "" || r.Source == "" || r.Date == "" || r.Confidence == "" {
			t.Errorf("%s does not say what it is, where it comes from, of when, or how sure", key)
		}
		if !strings.Contains(string(code), `"`+key+`"`) {
			t.Errorf("no rule of the queue asks for %s", key)
		}
	}
	for _, part := range strings.Split(string(code), `j.add("`)[1:] {
		key, _, _ := strings.Cut(part, `"`)
		if _, ok := rules[key]; !ok {
			t.Errorf("the rule %s has no data", key)
		}
	}
}
