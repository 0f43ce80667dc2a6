package kit_test

import (
	"slices"
	"testing"

	"coachdesk/ui/kit"
)

func TestChart(t *testing.T) {
	got := kit.Chart([]kit.Measure{
		{Label: "2 Nov", Value: 8, Target: 16, Known: true, Says: "8 h of 16 h"},
		{Label: "9 Nov", Value: 16, Target: 16, Known: true, Says: "16 h of 16 h"},
		{Label: "16 Nov", Target: 16, Says: "not marked"},
		{Label: "23 Nov", Value: 1, Known: true, Says: "1 h"},
		{Label: "30 Nov", Value: 0, Known: true, Says: "0 h"},
	}, 30, "#", ".")
	want := []string{
		"2 Nov   ####....  8 h of 16 h",
		"9 Nov   ########  16 h of 16 h",
		"16 Nov  ........  not marked",
		"23 Nov  #         1 h",
		"30 Nov            0 h",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n%q\n%q", got, want)
	}
	for _, width := range []int{0, 1, 10, 500} {
		for _, l := range kit.Chart([]kit.Measure{{Label: "a long label", Value: 1 << 40, Known: true, Says: "says"}}, width, "#", ".") {
			if kit.Width(l) > max(1, width) {
				t.Errorf("%d cells where %d are: %q", kit.Width(l), width, l)
			}
		}
	}
}
