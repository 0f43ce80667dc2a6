package domain_test

import (
	"testing"

	"coachdesk/domain"
)

// TestReadMeeting holds that a lone number is a time of day only after "at": elsewhere it
// may count things.
func TestReadMeeting(t *testing.T) {
	fri := today + 4
	for _, tt := range []struct {
		text   string
		minute int
		rest   string
		why    string
	}{
		{"fri", -1, "", ""},
		{"fri 10:20", 620, "", ""},
		{"fri 10.20 phone", 620, "phone", ""},
		{"fri 9am bring the CV", 540, "bring the CV", ""},
		{"fri 2 pm phone", 840, "phone", ""},
		{"fri 2 PM", 840, "", ""},
		{"fri at 2", 120, "", ""},
		{"fri at 10 2 forms", 600, "2 forms", ""},
		{"fri noon", 720, "", ""},
		{"fri 2 forms to sign", -1, "2 forms to sign", ""},
		{"fri 1020 forms", -1, "1020 forms", ""},
		{"fri, 3 people come", -1, "3 people come", ""},
		{"fri 10", 0, "", "Is 10 a time of day? Write it as 10:00."},
		{"fri 14 phone", 0, "", "Is 14 a time of day? Write it as 14:00."},
		{"fri 25:00", 0, "", `"25:00" is not a time of day. Write it as 10:20.`},
		{"fri 99 forms", -1, "99 forms", ""},
	} {
		day, minute, rest, err := domain.ReadMeeting(tt.text, today)
		switch {
		case tt.why != "":
			if err == nil || err.Error() != tt.why {
				t.Errorf("%q: %s, %d, %q, %v; want %s", tt.text, day, minute, rest, err, tt.why)
			}
		case err != nil || day != fri || minute != tt.minute || rest != tt.rest:
			t.Errorf("%q is on %s, minute %d, leaves %q: %v", tt.text, day, minute, rest, err)
		}
	}
}
