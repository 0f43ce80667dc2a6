package calendar

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParseNation holds that a nation is read back from its own name, and that the
// sentence which refuses another one is short.
func FuzzParseNation(f *testing.F) {
	for _, s := range []string{"Wales", "e&w", "N.I.", "northern_ireland", " ni ", "\xff", "NORTHERN\tIRELAND"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNation(s)
		if err != nil {
			if n != "" || utf8.RuneCountInString(err.Error()) > 300 {
				t.Errorf("%q gives %q, %v", s, n, err)
			}
			return
		}
		if again, err := ParseNation(string(n)); err != nil || again != n {
			t.Errorf("%q is %q, which is %q: %v", s, n, again, err)
		}
	})
}

// FuzzReadOneOffs holds that a list which was read is written and read again as the
// same, and that every day of it is what the calendar then says.
func FuzzReadOneOffs(f *testing.F) {
	for _, s := range []string{
		`{"schema":"coachdesk.days/1","one_offs":[{"day":"2027-05-03","name":"A wedding","holiday":true}]}`,
		`{"schema":"coachdesk.days/1","one_offs":[{"day":"2020-05-04","nation":"scotland","name":"moved"}]}`,
		`{"schema":"coachdesk.days/1","one_offs":[{"day":"9999-12-31","holiday":true},{"day":"0001-01-01","holiday":true}]}`,
		`{"schema":"coachdesk.days/2"}`, `{`, `[]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := ReadOneOffs(b)
		if err != nil {
			if len(list) > 0 || !strings.HasPrefix(err.Error(), "the list of one-off days") && !strings.HasPrefix(err.Error(), "one-off day") {
				t.Errorf("%d days and %v", len(list), err)
			}
			return
		}
		out, err := json.Marshal(map[string]any{"schema": "coachdesk.days/1", "one_offs": list})
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ReadOneOffs(out); err != nil || len(list) > 0 && !reflect.DeepEqual(again, list) {
			t.Errorf("%v comes back as %v: %v", list, again, err)
		}
		if len(list) > 8 {
			return // making a calendar takes a moment
		}
		c := New(EnglandAndWales, list)
		for _, o := range list {
			if name, ok := c.Holiday(o.Day); ok && c.Working(o.Day) {
				t.Errorf("%s is the holiday %q and a working day", o.Day, name)
			}
		}
	})
}
