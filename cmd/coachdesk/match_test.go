package main

import (
	"testing"

	"coachdesk/domain"
)

// TestRuleAnswersAreFacts holds that the record takes every answer of every question of
// matching as it stands, under the name of the question, and that no two answers of one
// share a key.
func TestRuleAnswersAreFacts(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range known.Questions {
		field, ok := domain.FieldOf(domain.Fact(q.Key))
		if !ok {
			t.Errorf("%q is no fact of a record", q.Key)
			continue
		}
		if len(q.Choices) != len(field.Choices) {
			t.Errorf("%s has %d answers, the record takes %d", q.Key, len(q.Choices), len(field.Choices))
		}
		keys := map[string]bool{}
		for _, a := range q.Choices {
			if v, err := field.Clean(a.Value, domain.Stamp{}); err != nil || v != a.Value || a.Says == "" {
				t.Errorf("%s: %q becomes %q, %v", q.Key, a.Value, v, err)
			}
			if len(a.Key) != 1 || keys[a.Key] {
				t.Errorf("%s: the key %q of %q", q.Key, a.Key, a.Value)
			}
			keys[a.Key] = true
		}
	}
}
