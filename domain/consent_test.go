package domain_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

var (
	trust  = domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}
	giving = domain.GiveConsent{
		Participant: pat, Purpose: "a place there", To: trust, Items: []domain.ConsentItem{domain.ItemPlan, domain.ItemContact},
		Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson,
	}
)

// given is a consent to the provider, as it is written down.
func given(id domain.ID, after ...domain.ID) domain.ConsentGiven {
	return domain.ConsentGiven{
		ID: id, Purpose: "a place there", To: trust.Kind, Name: trust.Name, Items: []domain.ConsentItem{domain.ItemContact, domain.ItemPlan},
		From: today, Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson, After: after,
	}
}

func TestDecideConsent(t *testing.T) {
	x, y := domain.ID{15: 50}, domain.ID{15: 51}
	but := func(change func(*domain.GiveConsent)) domain.GiveConsent {
		c := giving
		change(&c)
		return c
	}
	withdrawn := domain.ConsentWithdrawn{ID: x, How: domain.ByPhone}
	ranOut := given(x)
	ranOut.From, ranOut.Until = today-60, today-1
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		then  domain.Event
		field string
	}{
		{"consent is given, its parts in order", []any{joined}, giving, given(made(0)), ""},
		{"nobody consents who is not there", nil, giving, nil, "ref"},
		{"a consent names who gets it", []any{joined}, but(func(c *domain.GiveConsent) { c.To.Name = " " }), nil, "name"},
		{"a kind that is none", []any{joined}, but(func(c *domain.GiveConsent) { c.To.Kind = "aunt" }), nil, "to"},
		{"a consent says what for", []any{joined}, but(func(c *domain.GiveConsent) { c.Purpose = "" }), nil, "purpose"},
		{"no part, no consent", []any{joined}, but(func(c *domain.GiveConsent) { c.Items = nil }), nil, "items"},
		{"a part that is none", []any{joined}, but(func(c *domain.GiveConsent) { c.Items = []domain.ConsentItem{"all"} }), nil, "items"},
		{"an end before the beginning", []any{joined}, but(func(c *domain.GiveConsent) { c.From, c.Until = today+9, today+8 }), nil, "until"},
		{"an end in the past", []any{joined}, but(func(c *domain.GiveConsent) { c.From, c.Until = today-9, today-1 }), nil, "until"},
		{"how it was said", []any{joined}, but(func(c *domain.GiveConsent) { c.How = "a nod" }), nil, "how"},
		{"who said it", []any{joined}, but(func(c *domain.GiveConsent) { c.Giver = "mother" }), nil, "by"},
		{"given anew, it remembers what it knew to be withdrawn", []any{joined, given(x), withdrawn}, giving, given(made(0), x), ""},

		{"fewer parts", []any{joined, given(x)}, domain.NarrowConsent{Participant: pat, Consent: x, Items: []domain.ConsentItem{domain.ItemPlan}}, domain.ConsentNarrowed{ID: x, Items: []domain.ConsentItem{domain.ItemPlan}}, ""},
		{"an earlier end", []any{joined, given(x)}, domain.NarrowConsent{Participant: pat, Consent: x, Until: today + 7}, domain.ConsentNarrowed{ID: x, Until: today + 7}, ""},
		{"narrowing never widens", []any{joined, given(x)}, domain.NarrowConsent{Participant: pat, Consent: x, Items: []domain.ConsentItem{domain.ItemPlan, domain.ItemHealth}}, nil, "items"},
		{"narrowing never lengthens", []any{joined, given(x)}, domain.NarrowConsent{Participant: pat, Consent: x, Until: today + 61}, nil, "until"},
		{"narrowing does something", []any{joined, given(x)}, domain.NarrowConsent{Participant: pat, Consent: x}, nil, "items"},
		{"what ran out is not narrowed", []any{joined, ranOut}, domain.NarrowConsent{Participant: pat, Consent: x, Until: today}, nil, "consent"},

		{"withdrawn, and nothing else to the same", []any{joined, given(x)}, domain.WithdrawConsent{Participant: pat, Consent: x, How: domain.ByPhone}, withdrawn, ""},
		{"withdrawn, and the other stays", []any{joined, given(x), given(y)}, domain.WithdrawConsent{Participant: pat, Consent: x, How: domain.ByPhone}, domain.ConsentWithdrawn{ID: x, How: domain.ByPhone, Stay: []domain.ID{y}}, ""},
		{"nothing is withdrawn twice", []any{joined, given(x), withdrawn}, domain.WithdrawConsent{Participant: pat, Consent: x, How: domain.ByPhone}, nil, "consent"},
		{"how it was withdrawn", []any{joined, given(x)}, domain.WithdrawConsent{Participant: pat, Consent: x}, nil, "how"},
		{"a consent that is not there", []any{joined}, domain.WithdrawConsent{Participant: pat, Consent: x, How: domain.ByPhone}, nil, "consent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := domain.Decide(tt.when, past(tt.given...), stamp(domain.Coach))
			var no domain.Refusal
			if refused := errors.As(err, &no); refused != (tt.then == nil) || no.Field != tt.field {
				t.Fatalf("refusal %q on %q, want it on %q", err, no.Field, tt.field)
			}
			if tt.then != nil && !reflect.DeepEqual(got, []domain.Event{tt.then}) {
				t.Fatalf("\n got %#v\nwant %#v", got, tt.then)
			}
		})
	}
}

// TestTheGate asks who may be told what, on which day.
func TestTheGate(t *testing.T) {
	x := domain.ID{15: 50}
	contact, health := []domain.ConsentItem{domain.ItemContact}, []domain.ConsentItem{domain.ItemHealth}
	later := given(x)
	later.From = today + 1
	for _, tt := range []struct {
		name  string
		given []any
		with  domain.Recipient
		items []domain.ConsentItem
		ahead int // days from today
		open  bool
	}{
		{"nothing recorded", nil, trust, nil, 0, false},
		{"covered", []any{given(x)}, trust, contact, 0, true},
		{"on its last day", []any{given(x)}, trust, contact, 60, true},
		{"the day after", []any{given(x)}, trust, contact, 61, false},
		{"before it begins", []any{later}, trust, contact, 0, false},
		{"anybody of the kind", []any{given(x)}, domain.Recipient{Kind: domain.ToProvider}, contact, 0, true},
		{"another of the kind", []any{given(x)}, domain.Recipient{Kind: domain.ToProvider, Name: "Lea Valley Steps"}, contact, 0, false},
		{"the same in other letters", []any{given(x)}, domain.Recipient{Kind: domain.ToProvider, Name: "RIVERSIDE works"}, contact, 0, true},
		{"another kind", []any{given(x)}, domain.Recipient{Kind: domain.ToEmployer}, contact, 0, false},
		{"a part that was not agreed", []any{given(x)}, trust, health, 0, false},
		{"narrowed", []any{given(x), domain.ConsentNarrowed{ID: x, Items: []domain.ConsentItem{domain.ItemPlan}}}, trust, contact, 0, false},
		{"ended earlier", []any{given(x), domain.ConsentNarrowed{ID: x, Until: today + 3}}, trust, contact, 4, false},
		{"withdrawn", []any{given(x), domain.ConsentWithdrawn{ID: x, How: domain.ByPhone}}, trust, nil, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...))
			why := p.WhyNotShare(tt.with, tt.items, today.AddDays(tt.ahead))
			if (why == "") != tt.open || why != "" && len(why) < 40 {
				t.Fatalf("the gate says %q", why)
			}
		})
	}
}

func TestWhatStandsOnTheOverview(t *testing.T) {
	x, y := domain.ID{15: 50}, domain.ID{15: 51}
	soon := given(x)
	soon.Until = today + 28
	for _, tt := range []struct {
		name  string
		given []any
		want  []domain.ID
	}{
		{"an end far off", []any{given(x)}, nil},
		{"an end within four weeks", []any{soon}, []domain.ID{x}},
		{"withdrawn", []any{given(x), domain.ConsentWithdrawn{ID: x}}, []domain.ID{x}},
		{"withdrawn, and given anew", []any{given(x), domain.ConsentWithdrawn{ID: x}, given(y, x)}, nil},
	} {
		p := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...))
		var got []domain.ID
		for _, c := range p.ConsentsToLookAt(today, 28) {
			got = append(got, c.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	for _, e := range []domain.Event{given(x), domain.ConsentNarrowed{ID: x}, domain.ConsentWithdrawn{ID: x}} {
		if s := e.Sentence(); strings.Contains(s, "Riverside") || strings.Contains(s, "place") || len(s) < 15 {
			t.Errorf("%s: %q", e.Kind(), s)
		}
	}
}
