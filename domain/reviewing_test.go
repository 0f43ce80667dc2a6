package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestOneReviewEverywhere: support that ends brings the review forward, and the record,
// the queue, the brief, a step that waits for the review, and what a talk is likely for
// say the same day.
func TestOneReviewEverywhere(t *testing.T) {
	end := today + 20
	for _, tt := range []struct {
		name    string
		started calendar.Day
		want    calendar.Day
	}{
		{"support ends soon", (end + 1).AddMonths(-9), end - 14},
		{"support ends long after the rule", (today + 200).AddMonths(-9), today + 28},
	} {
		p := replay(joined, aGoal,
			domain.StepAdded{ID: domain.ID{15: 71}, Text: "bring the letter", Owner: domain.ByPerson, Before: domain.BeforeReview},
			domain.ProvisionStarted{ID: support, Programme: "mental-health-support-service", Started: tt.started})
		q := domain.Queue{Today: today, Catalogue: known(), Rules: queueRules(), Planning: domain.Planning{Reviews: reviewRules().Rules}}
		if got := p.Review(q.Reviewing()).Day; got != tt.want {
			t.Errorf("%s: the record says %s, want %s", tt.name, got, tt.want)
		}
		step := slices.IndexFunc(p.Plan.Steps, func(s domain.Step) bool { return s.Before == domain.BeforeReview })
		if got := p.DueOn(p.Plan.Steps[step], q.Reviewing()); got != tt.want-1 {
			t.Errorf("%s: the step is due %s, want %s", tt.name, got, tt.want-1)
		}
		debts := q.Judge(p.Row()).Debts
		if !slices.ContainsFunc(debts, func(d domain.Debt) bool { return d.Kind == domain.DebtReview && d.Day == tt.want }) ||
			!slices.ContainsFunc(debts, func(d domain.Debt) bool { return d.Before == domain.BeforeReview && d.Day == tt.want-1 }) {
			t.Errorf("%s: the queue says %+v", tt.name, debts)
		}
		clocks := q.Brief(p).Clocks
		if !slices.ContainsFunc(clocks, func(c domain.BriefClock) bool { return c.What == "plan review" && c.Day == tt.want }) ||
			!slices.ContainsFunc(clocks, func(c domain.BriefClock) bool { return c.What == "Mental Health Support Service ends" }) {
			t.Errorf("%s: the brief says %+v", tt.name, clocks)
		}
		if spans := p.Spans(q.Reviewing(), today); !slices.ContainsFunc(spans, func(x domain.Span) bool { return x.To == max(tt.want-1, today) }) {
			t.Errorf("%s: the calendar says %+v", tt.name, spans)
		}
	}
}
