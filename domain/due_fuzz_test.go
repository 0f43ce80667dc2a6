package domain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/domain"
)

// FuzzReadDue holds that a prompt and a mark understand the same, whatever was typed.
func FuzzReadDue(f *testing.F) {
	for _, s := range []string{"before:job-start", "by before:next", "fri", "2w", "before:", "before:x y", "BEFORE:REVIEW", "by by before:next", "\x00before:next"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, before, err := domain.ReadDue(text, today)
		if err != nil {
			if !utf8.ValidString(err.Error()) && utf8.ValidString(text) {
				t.Fatalf("%q: %q", text, err)
			}
			return
		}
		if before != "" && !day.IsZero() {
			t.Fatalf("%q is both %s and %s", text, day, before)
		}
		if before == "" || strings.ContainsAny(text, "\n\t\r\v\f ") {
			return
		}
		m := domain.ReadNote("! x "+text, today, domain.Names{}).Marks
		if len(m) != 1 || m[0].Before != before {
			t.Fatalf("%q is %s at a prompt and %+v in a mark", text, before, m)
		}
	})
}
