package domain_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func BenchmarkInWork(b *testing.B) {
	w := domain.RowWork{Jobs: []domain.RowJob{{ID: domain.ID{1}, Start: thisWeek - 7*52}}}
	for i := range 52 {
		w.Weeks = append(w.Weeks, domain.RowWeek{Week: thisWeek - calendar.Day(7*(i+1)), Minutes: 300})
	}
	rules := domain.WorkRules{Spare: 1, Counters: []domain.CounterRule{{Key: "k", Hours: 7, Weeks: 13, Of: 16, Default: true}, {Key: "l", Hours: 16, Weeks: 13, Of: 16, Default: true}}}
	q := domain.Queue{Today: today, Rules: domain.Rules{"counter-at-risk": {}, "week-unmarked": {}, "check-in-due": {}, "job-lost": {}}, Work: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
	r := domain.Row{Seen: today, Work: []domain.RowWork{w}}
	b.Run("line", func(b *testing.B) {
		for b.Loop() {
			q.InWork([]domain.Row{r})
		}
	})
	b.Run("reasons", func(b *testing.B) {
		for b.Loop() {
			q.Reasons(r)
		}
	})
}
