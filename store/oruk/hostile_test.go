package oruk

import (
	"strings"
	"testing"
)

// TestHostilePages: what is packed into few bytes on the way must not fill the memory of a
// desk: a page is cut before it does, and says so.
func TestHostilePages(t *testing.T) {
	fill := func(head, each string, n int, tail string) string {
		return head + strings.Repeat(each+",", n-1) + each + tail
	}
	for _, tt := range []struct {
		name, text     string
		taken, skipped int
		cut            bool
	}{
		{"tiny services", fill(`{"contents":[`, `{"id":"1","name":"a"}`, takenMost+9, `]}`), takenMost, 0, true},
		{"no services", fill(`{"contents":[`, `1`, skippedMost+9, `]}`), 0, skippedMost, true},
		{"no names", fill(`[`, `{"id":"1"}`, skippedMost+9, `]`), 0, skippedMost, true},
		{"a service of lists", fill(`{"contents":[{"id":"1","name":"a"},{"id":"2","name":"b","x":[`, `[]`, partsMost, `]}]}`), 1, 1, false},
		{"a service alone", fill(`{"id":"1","name":"a","x":[`, `{}`, partsMost, `]}`), 1, 0, false},
		{"hints", fill(`{"x":[`, `1`, partsMost, `],"y":{},"contents":[{"id":"1","name":"a"}]}`), 1, 0, false},
	} {
		p, err := Read(strings.NewReader(tt.text), Counts{})
		if err != nil || len(p.Services) != tt.taken || len(p.Skipped) != tt.skipped || (p.Cut != "") != tt.cut {
			t.Errorf("%s: %v, %d taken, %d skipped, %q", tt.name, err, len(p.Services), len(p.Skipped), p.Cut)
		}
	}
	for _, head := range []string{`{"contents":[`, `{"contents":{"x":`, `{"x":`} {
		if p, err := Read(strings.NewReader(head+strings.Repeat("[", 1<<20)), Counts{}); err == nil {
			t.Errorf("%s: %d services of a page without end", head, len(p.Services))
		} else if strings.Contains(err.Error(), "EOF") {
			t.Errorf("%s was followed to its end: %v", head, err)
		}
	}
}
