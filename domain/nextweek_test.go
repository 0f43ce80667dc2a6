package domain_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestNextWeek: on a Monday the week that ended is asked for, marked or not; from Tuesday
// on this one, when the last is marked.
func TestNextWeek(t *testing.T) {
	job := func(start calendar.Day) domain.JobFound {
		return domain.JobFound{ID: domain.ID{15: 50}, Title: "baker", Start: start}
	}
	monday := domain.Monday(today)
	was := on{0, domain.WeekMarked{ID: domain.ID{15: 51}, Week: monday - 7, Minutes: 960, Fine: true}}
	for _, tt := range []struct {
		name  string
		given []any
		day   calendar.Day
		want  calendar.Day
	}{
		{"on Monday, nothing marked", []any{job(monday - 30)}, monday, monday - 7},
		{"on Monday, marked", []any{job(monday - 30), was}, monday, monday - 7},
		{"on Tuesday, nothing marked", []any{job(monday - 30)}, monday + 1, monday - 7},
		{"on Tuesday, marked", []any{job(monday - 30), was}, monday + 1, monday},
		{"the job starts today, a Monday", []any{job(monday)}, monday, monday},
	} {
		if got := days(append([]any{joined}, tt.given...)...).InWork.NextWeek(tt.day); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
