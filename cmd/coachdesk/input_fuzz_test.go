package main

import (
	"errors"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// FuzzReadFacts holds that what was read from lines is written and read again as the
// same, and that whatever is not taken is wrong usage or refused.
func FuzzReadFacts(f *testing.F) {
	for _, s := range []string{"name: Jo Taylor\nphone: 020 7946 0001", "address: 1 Road\n  Town\n", "Name : Jo\nname: Jo", "x", ": y", " \n  a", "birth:\n4 May", "name:\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		facts, err := readFacts(clean.Text(typed, inputMost))
		var no domain.Refusal
		var wrong usage
		if err != nil {
			if !errors.As(err, &no) && !errors.As(err, &wrong) || facts != nil {
				t.Errorf("%q gives %v, %v", typed, facts, err)
			}
			return
		}
		var b strings.Builder
		for k, v := range facts {
			if _, ok := domain.FieldOf(k); !ok {
				t.Errorf("%q names the field %q", typed, k)
			}
			b.WriteString(string(k) + ": " + strings.ReplaceAll(v, "\n", "\n ") + "\n")
		}
		again, err := readFacts(clean.Text(b.String(), 2*inputMost))
		if err != nil || len(again) != len(facts) {
			t.Fatalf("%q is read as %q and then as %q: %v", typed, facts, again, err)
		}
		for k, v := range facts {
			// A mark that combines with the colon loses it; the door drops such a mark.
			if clean.Text(again[k], inputMost) != clean.Text(v, inputMost) {
				t.Errorf("%s: %q comes back as %q", k, v, again[k])
			}
		}
	})
}
