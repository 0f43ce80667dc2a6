package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// TestSupportEndsOfANation: working days of support are those of where the person lives,
// in the queue, the brief, the reviews and a transfer; 30 November is a holiday in Scotland.
func TestSupportEndsOfANation(t *testing.T) {
	q := referralQueue()
	clock := catalogue.Clock{Fact: catalogue.Fact{Value: "six working days", Source: "S1", Confidence: catalogue.Stated}, Key: "k", From: catalogue.FromStart, WorkingDays: 6}
	q.Catalogue = catalogue.Catalogue{Programmes: []catalogue.Programme{{Key: "p", Name: "P", Clocks: []catalogue.Clock{clock}}}}
	q.Planning.Reviews = domain.ReviewRules{"support-end": {Key: "support-end", Days: -1}}
	q.Rules["support-ends"] = domain.Rule{Key: "support-ends", Days: 99}
	for nation, want := range map[string]calendar.Day{"": calendar.Date(2026, 12, 1), "scotland": calendar.Date(2026, 12, 2)} {
		p := replay(domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Jo", domain.FactNation: nation}}, aGoal, domain.ProvisionStarted{ID: support, Programme: "p", Started: calendar.Date(2026, 11, 23)})
		if ends := q.SupportEnds(p); !slices.Equal(ends, []calendar.Day{want}) {
			t.Errorf("%q: a transfer counts %v, want %s", nation, ends, want)
		}
		says := "support ends " + want.Distance(today) + ", P: what replaces it?"
		if all := q.Reasons(p.Row()); !slices.ContainsFunc(all, func(r domain.Reason) bool { return r.Why == says }) {
			t.Errorf("%q: the queue says %+v, want %q", nation, all, says)
		}
		if j := q.Judge(p.Row()); !slices.ContainsFunc(j.Debts, func(d domain.Debt) bool { return d.Kind == domain.DebtReview && d.Day == want-1 }) {
			t.Errorf("%q: the review is at another end: %+v", nation, j.Debts)
		}
		if clocks := q.Brief(p).Clocks; !slices.ContainsFunc(clocks, func(c domain.BriefClock) bool { return c.Day == want }) {
			t.Errorf("%q: the brief says %+v", nation, clocks)
		}
	}
}
