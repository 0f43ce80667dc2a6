package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestReasonsOfEscalations judges what a coach and an adviser owe in each state.
func TestReasonsOfEscalations(t *testing.T) {
	ask := func(kind domain.EscalationKind, s domain.EscalationState, ago int) domain.RowAsk {
		return domain.RowAsk{State: s, For: kind, Since: today - calendar.Day(ago), Answered: today - calendar.Day(ago), Told: true}
	}
	untold := ask(domain.KindThreeWay, domain.EscalationBooked, 1)
	untold.Told = false
	for _, tt := range []struct {
		name           string
		ask            domain.RowAsk
		coach, adviser string // the rules that hold; empty: nobody is needed
	}{
		{"a draft", ask("", domain.EscalationDraft, 1), "question-drafted", ""},
		{"asked today", ask("", domain.EscalationAsked, 0), "", "advise-accept"},
		{"asked long ago", ask("", domain.EscalationAsked, 9), "adviser-late", "advise-accept"},
		{"accepted", ask("", domain.EscalationAccepted, 1), "", "advise-answer"},
		{"returned", ask("", domain.EscalationReturned, 1), "adviser-returned", ""},
		{"answered", ask("", domain.EscalationAnswered, 1), "adviser-answered", ""},
		{"a meeting to book", ask(domain.KindThreeWay, domain.EscalationAccepted, 1), "", "advise-book"},
		{"a meeting not booked", ask(domain.KindThreeWay, domain.EscalationAccepted, 20), "meeting-unbooked", "advise-book"},
		{"booked", ask(domain.KindThreeWay, domain.EscalationBooked, 1), "", ""},
		{"booked, and nobody told them", untold, "person-untold", "person-untold"},
		{"held", ask(domain.KindThreeWay, domain.EscalationHeld, 1), "meeting-held", ""},
		{"agreement to get", ask(domain.KindDirect, domain.EscalationAccepted, 1), "", "advise-agree"},
		{"agreement missing", ask(domain.KindDirect, domain.EscalationAccepted, 20), "agreement-missing", "advise-agree"},
		{"agreed", ask(domain.KindDirect, domain.EscalationAgreed, 1), "", "advise-begin"},
		{"agreed and not begun", ask(domain.KindDirect, domain.EscalationAgreed, 20), "adviser-late", "advise-begin"},
		{"declined", ask(domain.KindDirect, domain.EscalationDeclined, 1), "support-declined", ""},
		{"active", ask(domain.KindDirect, domain.EscalationActive, 1), "", ""},
		{"to be reviewed today", ask(domain.KindDirect, domain.EscalationActive, 28), "", "advise-review"},
		{"not reviewed", ask(domain.KindDirect, domain.EscalationActive, 40), "support-unreviewed", "advise-review"},
		{"handed back", ask(domain.KindDirect, domain.EscalationHandedBack, 1), "handed-back", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for advises, want := range map[bool]string{false: tt.coach, true: tt.adviser} {
				q := domain.Queue{Today: today, Minute: 600, Rules: adviceRules(), Advises: advises, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
				var rules []string
				for _, r := range q.Reasons(domain.Row{Seen: today, Debts: []domain.Debt{booked(20)}, Questions: []domain.RowAsk{tt.ask}}) {
					rules = append(rules, r.Rule)
				}
				if got := strings.Join(rules, " "); got != want {
					t.Errorf("as adviser %t: %q, want %q", advises, got, want)
				}
			}
		})
	}
	q := domain.Queue{Today: today, Minute: 600, Rules: adviceRules(), Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
	row := domain.Row{Seen: today, Debts: []domain.Debt{booked(20), {Kind: domain.DebtConcern, Day: today - 2}}}
	if r := q.Reasons(row); len(r) != 1 || r[0].Rule != "concern-open" || !r[0].Urgent {
		t.Errorf("a concern: %+v", r)
	}
	if due := row.NextDue(); !due.IsZero() {
		t.Errorf("a concern is due on %s: it waits for somebody, not for a day", due)
	}
}

// adviceRules are those of [queueRules] with the ones about escalations.
func adviceRules() domain.Rules {
	rules := queueRules()
	for key, days := range map[string]int{"adviser-books": 5, "adviser-holds": 15, "adviser-agrees": 10, "adviser-begins": 5, "adviser-reviews": 28} {
		rules[key] = domain.Rule{Key: key, Days: days}
	}
	for _, key := range []string{
		"concern-open", "support-declined", "handed-back", "meeting-unbooked", "agreement-missing", "person-untold", "support-unreviewed", "meeting-held",
		"advise-accept", "advise-answer", "advise-begin", "advise-book", "advise-agree", "advise-review",
	} {
		rules[key] = domain.Rule{Key: key, Weight: 10}
	}
	return rules
}

// TestOverdueHoldsStill: what fell due while the clocks stood still is late only by the
// days on which they ran.
func TestOverdueHoldsStill(t *testing.T) {
	step := domain.Debt{Kind: domain.DebtStep, Owner: domain.ByPerson, Day: today - 5}
	note := domain.Debt{Kind: domain.DebtFitNote, Day: today - 5}
	for _, tt := range []struct {
		name   string
		debt   domain.Debt
		pauses []domain.RowPause
		late   bool
	}{
		{"no pause", step, nil, true},
		{"paused", step, []domain.RowPause{{From: today - 6}}, false},
		{"paused until today", step, []domain.RowPause{{From: today - 6, Until: today + 1}}, false},
		{"paused, and then two days", step, []domain.RowPause{{From: today - 6, Until: today - 2}}, true},
		{"paused all the days since", step, []domain.RowPause{{From: today - 6, Until: today + 9}}, false},
		{"a fit note runs on", note, []domain.RowPause{{From: today - 6}}, true},
	} {
		j := domain.Queue{Today: today}.Judge(domain.Row{Debts: []domain.Debt{tt.debt}, Pauses: tt.pauses})
		if j.Is("overdue") != tt.late {
			t.Errorf("%s: overdue is %t", tt.name, !tt.late)
		}
	}
}

// TestAdvisersOwnWork: an adviser is told of what is theirs to do beyond questions, and
// of nothing that is the coach's.
func TestAdvisersOwnWork(t *testing.T) {
	me, coach := domain.ID{15: 2}, domain.ID{15: 1}
	meets := func(day calendar.Day, minute int, with ...domain.ID) domain.Debt {
		return domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{15: 9}, Day: day, Minute: minute, With: with}
	}
	owed := func(kind domain.DebtKind, o domain.Owner, day calendar.Day) domain.Debt {
		return domain.Debt{Kind: kind, Owner: o, Day: day, Chased: today}
	}
	for _, tt := range []struct {
		name string
		debt domain.Debt
		want string
	}{
		{"comes today", meets(today, 900, me), "appointment-today: comes today at 15:00"},
		{"comes today, to both", meets(today, 900, coach, me), "appointment-today: comes today at 15:00"},
		{"comes to the coach", meets(today, 900, coach), ""},
		{"nobody said how it went", meets(today-1, 900, me), "outcome-missing: no outcome for Sun 22 Nov"},
		{"of the coach's nobody did", meets(today-1, 900, coach), ""},
		{"a promise of mine", owed(domain.DebtPromise, domain.ByAdviser, today-1), "promise-due: my promise is 1 day late"},
		{"a promise of the coach", owed(domain.DebtPromise, domain.ByCoach, today-1), ""},
		{"a step of mine, chased", owed(domain.DebtStep, domain.ByAdviser, today), "my-step-due: my step is due today"},
		{"a step of the person", owed(domain.DebtStep, domain.ByPerson, today-9), ""},
	} {
		q := domain.Queue{Today: today, Minute: 600, Rules: adviceRules(), Advises: true, Me: me, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
		got := ""
		for _, r := range q.Reasons(domain.Row{Seen: today, Debts: []domain.Debt{tt.debt}}) {
			got += r.Rule + ": " + r.Why
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
