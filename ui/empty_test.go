package ui_test

import "testing"

// TestEmptyListsSayWhatFillsThem: on a fresh store each list says what to do next.
func TestEmptyListsSayWhatFillsThem(t *testing.T) {
	d := newPaper(t)
	x := sit(t, d, 80, 24)
	for key, want := range map[string]string{
		"gi": "J on the tab Work of a record says that", "ge": "Nothing waits. e on a record asks the adviser.", "gr": "r on a record finds a programme", "gd": "enter books somebody", "gc": "Press a to add somebody",
	} {
		x.keys(key)
		x.sees(want)
	}
	x.keys("gi")
	x.shows("at risk first, then by check", "…")
}
