package kit

import "strings"

// Measure is one line of a chart: how much there is, and how much was meant.
type Measure struct {
	Label  string
	Value  int
	Target int    // 0: nothing was meant
	Known  bool   // false: nobody said how much there is
	Says   string // the numbers, beside the bar
}

// Chart draws measures as bars of one scale with their numbers beside them, so that it
// can be read without colour and without the bars. Signs are of one cell: full up to the
// value, empty from there up to the target.
func Chart(list []Measure, width int, full, empty string) []string {
	most, label, says := 1, 0, 0
	for _, m := range list {
		most = max(most, m.Value, m.Target)
		label, says = max(label, Width(m.Label)), max(says, Width(m.Says))
	}
	room := max(4, min(40, width-label-says-4))
	out := make([]string, len(list))
	for i, m := range list {
		value, target := scaled(m.Value, most, room), scaled(m.Target, most, room)
		if !m.Known {
			value = 0
		}
		bar := strings.Repeat(full, value) + strings.Repeat(empty, max(0, target-value))
		out[i] = Cut(Fill(m.Label, label)+"  "+bar+Blank(room-max(value, target))+"  "+m.Says, max(1, width))
	}
	return out
}

// scaled returns how many cells a value takes; what there is takes one at least.
func scaled(value, most, room int) int {
	if value <= 0 {
		return 0
	}
	return min(room, max(1, (value*room+most/2)/most))
}
