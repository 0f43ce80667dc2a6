package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func queueRules() domain.Rules {
	rules := domain.Rules{}
	for _, r := range []domain.Rule{
		{Key: "outcome-missing", Weight: 60, PerDay: 3, Most: 30},
		{Key: "adviser-answered", Weight: 50, PerDay: 3, Most: 30},
		{Key: "adviser-returned", Weight: 48},
		{Key: "adviser-late", Weight: 45, PerDay: 3, Most: 30},
		{Key: "adviser-accepts", Days: 2},
		{Key: "adviser-answers", Days: 5},
		{Key: "appointment-today", Weight: 40},
		{Key: "promise-due", Weight: 35, PerDay: 4, Most: 40},
		{Key: "my-step-due", Weight: 30},
		{Key: "fitnote-ends", Weight: 28, Days: 7},
		{Key: "question-drafted", Weight: 26},
		{Key: "did-not-come", Weight: 25},
		{Key: "never-met", Weight: 24},
		{Key: "review-due", Weight: 22},
		{Key: "quiet", Weight: 20, Days: 28},
		{Key: "step-late", Weight: 15},
		{Key: "step-chase", Weight: 16, Days: 5},
		{Key: "plan-paused"},
		{Key: "their-promise-late", Weight: 12},
	} {
		rules[r.Key] = r
	}
	return rules
}

func TestReasons(t *testing.T) {
	q := domain.Queue{Today: today, Minute: 600, Rules: queueRules(), Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
	debt := func(k domain.DebtKind, o domain.Owner, in int) domain.Row {
		return domain.Row{Seen: today, Joined: today, Debts: []domain.Debt{{Kind: k, Owner: o, Day: today + calendar.Day(in), Minute: -1}, booked(20)}}
	}
	ask := func(s domain.EscalationState, ago int) domain.Row {
		d := today - calendar.Day(ago)
		return domain.Row{Seen: today, Joined: today, Debts: []domain.Debt{booked(20)}, Questions: []domain.RowAsk{{State: s, Asked: d, Accepted: d, Answered: d, Since: d}}}
	}
	at := func(minute, in int) domain.Row {
		return domain.Row{Seen: today, Debts: []domain.Debt{{Kind: domain.DebtAppointment, Day: today + calendar.Day(in), Minute: minute, Length: 20}}}
	}
	for _, tt := range []struct {
		name   string
		row    domain.Row
		rule   string // empty: nobody needs the coach
		weight int
	}{
		{"an appointment of yesterday has no outcome", at(600, -1), "outcome-missing", 63},
		{"one of this morning is over", at(570, 0), "outcome-missing", 60},
		{"one that runs is still to come", at(590, 0), "appointment-today", 40},
		{"one of the afternoon", at(840, 0), "appointment-today", 40},
		{"one of tomorrow", at(600, 1), "", 0},
		{"the adviser answered two days ago", ask(domain.EscalationAnswered, 2), "adviser-answered", 56},
		{"the adviser returned", ask(domain.EscalationReturned, 1), "adviser-returned", 48},
		{"asked on Friday: Monday is the first working day", ask(domain.EscalationAsked, 3), "", 0},
		{"asked on Wednesday: due on Friday, late by one working day", ask(domain.EscalationAsked, 5), "adviser-late", 48},
		{"accepted a week ago: due today", ask(domain.EscalationAccepted, 7), "", 0},
		{"accepted ten days ago", ask(domain.EscalationAccepted, 11), "adviser-late", 51},
		{"a question is drafted", ask(domain.EscalationDraft, 1), "question-drafted", 26},
		{"my promise is due today", debt(domain.DebtPromise, domain.ByCoach, 0), "promise-due", 35},
		{"my promise is long over: the days are bounded", debt(domain.DebtPromise, domain.ByCoach, -100), "promise-due", 75},
		{"my promise of tomorrow", debt(domain.DebtPromise, domain.ByCoach, 1), "", 0},
		{"their promise is late", debt(domain.DebtPromise, domain.ByPerson, -1), "their-promise-late", 12},
		{"their promise is due today", debt(domain.DebtPromise, domain.ByPerson, 0), "", 0},
		{"my step is due", debt(domain.DebtStep, domain.ByCoach, 0), "my-step-due", 30},
		{"a provider's step is late", debt(domain.DebtStep, domain.ByProvider, -2), "step-chase", 16},
		{"a fit note ends in a week", debt(domain.DebtFitNote, "", 7), "fitnote-ends", 28},
		{"a fit note ends in eight days", debt(domain.DebtFitNote, "", 8), "", 0},
		{"a fit note ended last week", debt(domain.DebtFitNote, "", -7), "fitnote-ends", 28},
		{"a fit note ended long ago", debt(domain.DebtFitNote, "", -60), "", 0},
		{"a review is due", debt(domain.DebtReview, "", 0), "review-due", 22},
		{"they did not come", domain.Row{Seen: today - 10, Missed: 1}, "did-not-come", 25},
		{"they did not come and are booked", domain.Row{Seen: today - 10, Missed: 1, Debts: []domain.Debt{booked(3)}}, "", 0},
		{"nobody has seen them for four weeks", domain.Row{Seen: today - 28}, "quiet", 20},
		{"seen 27 days ago", domain.Row{Seen: today - 27}, "", 0},
		{"new", domain.Row{Joined: today - 3}, "never-met", 24},
		{"new and booked", domain.Row{Joined: today - 3, Debts: []domain.Debt{booked(3)}}, "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			why := q.Reasons(tt.row)
			if tt.rule == "" {
				if len(why) != 0 {
					t.Fatalf("%+v", why)
				}
				return
			}
			if len(why) != 1 || why[0].Rule != tt.rule || why[0].Weight != tt.weight || strings.TrimSpace(why[0].Why) == "" {
				t.Fatalf("%+v, want %s at %d", why, tt.rule, tt.weight)
			}
			delete(q.Rules, tt.rule)
			if off := q.Reasons(tt.row); len(off) != 0 {
				t.Errorf("the rule is switched off, and yet: %+v", off)
			}
			q.Rules = queueRules()
		})
	}
}

func booked(in int) domain.Debt {
	return domain.Debt{Kind: domain.DebtAppointment, Day: today + calendar.Day(in), Minute: 600}
}

func TestTheHeaviestSumStandsFirst(t *testing.T) {
	q := domain.Queue{Today: today, Minute: 600, Rules: queueRules(), Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
	row := domain.Row{Seen: today - 40, Debts: []domain.Debt{{Kind: domain.DebtPromise, Owner: domain.ByCoach, Day: today - 2}, {Kind: domain.DebtStep, Owner: domain.ByPerson, Day: today - 2}}}
	why := q.Reasons(row)
	if len(why) != 3 || domain.Sum(why) != 43+20+15 || why[0].Rule != "promise-due" || why[2].Rule != "step-late" {
		t.Fatalf("%d: %+v", domain.Sum(why), why)
	}
}

// TestRowsHoldNothingPrivate looks for a canary of every private scope in rows.
func TestRowsHoldNothingPrivate(t *testing.T) {
	const canary = "CANARY"
	private := "[coach only] " + canary + "\n> me: " + canary + "\n! " + canary + "\n? " + canary + "\n# " + canary + "\n+ " + canary + "\n@ 2w 10:00\n\n[third party] " + canary + "\n# " + canary
	events, err := domain.Decide(domain.TakeNote{Participant: pat, Text: private}, past(joined), stamp(domain.Coach))
	if err != nil {
		t.Fatal(err)
	}
	all := []any{joined}
	for _, e := range events {
		all = append(all, e)
	}
	row := domain.Replay(domain.About(pat), past(all...)).Row()
	if strings.Contains(row.Haystack(), clean(canary)) || len(row.Barriers)+len(row.Adjusts) > 0 {
		t.Fatalf("a private word is in the row: %+v", row)
	}
	for _, a := range row.Questions {
		if a.Text != "" {
			t.Fatalf("a private question is in the row: %+v", a)
		}
	}
	if len(row.Debts) != 3 {
		t.Fatalf("private debts are counted all the same: %+v", row.Debts)
	}
}

func clean(s string) string { return strings.ToLower(s) }
