package domain_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

var keeping = domain.RetentionRules{
	domain.KeepCaseload:   {Class: domain.KeepCaseload, Months: 24, Source: "our proposal", Confidence: "low"},
	domain.KeepDispute:    {Class: domain.KeepDispute, Months: 72, Source: "our proposal", Confidence: "low"},
	domain.KeepThirdParty: {Class: domain.KeepThirdParty, Months: 12, Source: "our proposal", Confidence: "low"},
	domain.KeepFitNote:    {Class: domain.KeepFitNote, Months: 12, Source: "our proposal", Confidence: "low"},
}

func TestRetention(t *testing.T) {
	third := domain.Noted{ID: made(0), Scope: domain.ThirdParty, Lines: []domain.PlacedLine{{Text: "his sister"}}}
	fit := domain.FitNoteRecorded{ID: made(1), Option: domain.NotFit, From: today - 10, To: today + 30}
	for _, tt := range []struct {
		name   string
		given  []any
		months int // from today
		want   string
	}{
		{"nothing for a long time", []any{joined}, 23, "[]"},
		{"two years after the last thing", []any{joined}, 24, "[caseload]"},
		{"a dispute is kept longer", []any{joined, domain.RetentionSet{Class: domain.KeepDispute, Reason: "r"}}, 71, "[]"},
		{"and not for ever", []any{joined, domain.RetentionSet{Class: domain.KeepDispute, Reason: "r"}}, 72, "[dispute]"},
		{"kept until a day", []any{joined, domain.RetentionSet{Class: domain.KeepCaseload, Until: today.AddMonths(30), Reason: "r"}}, 29, "[]"},
		{"a day before the class is no shorter", []any{joined, domain.RetentionSet{Class: domain.KeepCaseload, Until: today.AddMonths(3), Reason: "r"}}, 23, "[]"},
		{"what was written of others goes first", []any{joined, third}, 12, "[third-party]"},
		{"also when it was undone: it is still there", []any{joined, third, domain.Undid{Batch: domain.ID{14: 1, 15: 1}}}, 12, "[third-party]"},
		{"a fit note runs from its end", []any{joined, fit}, 12, "[]"},
		{"the longest over comes first", []any{joined, fit, third}, 24, "[third-party fit-note caseload]"},
	} {
		kept := domain.Replay(domain.About(pat), past(tt.given...)).Row().Kept
		got := []string{}
		for _, e := range keeping.Due(kept, today.AddMonths(tt.months)) {
			got = append(got, string(e.Rule.Class))
			if !strings.Contains(e.Why(), "our proposal; confidence low") {
				t.Errorf("%s: %q does not say how sure it is", tt.name, e.Why())
			}
		}
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
	later := past(joined, domain.RetentionSet{Class: domain.KeepCaseload, Reason: "r"})
	later[1].Day = today + 300
	if kept := domain.Replay(domain.About(pat), later).Row().Kept; kept[0].Since != today {
		t.Errorf("setting the class is no activity: since %s", kept[0].Since)
	}
	if due := (domain.RetentionRules{}).Due([]domain.RowKept{{Class: "later", Since: today}}, today.AddMonths(999)); len(due) != 0 {
		t.Errorf("what no rule knows is kept: %v", due)
	}
}

func TestDecideRetention(t *testing.T) {
	set := domain.SetRetention{Participant: pat, Class: domain.KeepDispute, Until: today + 9, Reason: " an appeal "}
	event := domain.RetentionSet{Class: domain.KeepDispute, Until: today + 9, Reason: "an appeal"}
	for _, tt := range []struct {
		name  string
		given []any
		role  domain.Role
		class domain.RetentionClass
		until calendar.Day
		why   string
		ok    bool
	}{
		{"set", []any{joined}, domain.Coach, set.Class, set.Until, set.Reason, true},
		{"nobody is there", nil, domain.Coach, set.Class, set.Until, set.Reason, false},
		{"no class of records", []any{joined}, domain.Coach, domain.KeepFitNote, set.Until, set.Reason, false},
		{"a day in the past", []any{joined}, domain.Coach, set.Class, today - 1, set.Reason, false},
		{"no reason", []any{joined}, domain.Coach, set.Class, set.Until, " ", false},
		{"as it is", []any{joined, event}, domain.Coach, set.Class, set.Until, set.Reason, false},
		{"an adviser", []any{joined}, domain.Adviser, set.Class, set.Until, set.Reason, false},
	} {
		got, err := domain.Decide(domain.SetRetention{Participant: pat, Class: tt.class, Until: tt.until, Reason: tt.why}, past(tt.given...), stamp(tt.role))
		if (err == nil) != tt.ok || tt.ok && !reflect.DeepEqual(got, []domain.Event{event}) {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
	}
	if s := event.Sentence(); strings.Contains(s, "appeal") {
		t.Errorf("%q quotes", s)
	}
}
