package domain_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// letter is a whole letter to the provider to whom consent was given.
var letter = domain.Letter{Programme: "workwell", Provider: "Riverside Works", Text: "I want to mend bikes", Items: []domain.ConsentItem{domain.ItemContact}}

func TestDecideReferral(t *testing.T) {
	x, y := domain.ID{15: 50}, domain.ID{15: 51}
	but := func(change func(*domain.Letter)) domain.Letter {
		l := letter
		change(&l)
		return l
	}
	other := but(func(l *domain.Letter) { l.Text = "other" })
	ranOut := given(x)
	ranOut.From, ranOut.Until = today-60, today-1
	sent := []any{joined, given(x), domain.Referred{ID: y, Letter: letter}}
	then := func(more ...any) []any { return append(slices.Clone(sent), more...) }
	drafted := []any{joined, given(x), domain.ReferralDrafted{ID: y, Letter: letter}}
	moved := func(to domain.ReferralState) domain.ReferralMoved {
		return domain.ReferralMoved{ID: y, To: to, Day: today}
	}
	move := func(to domain.ReferralState, in calendar.Day, code string) domain.MoveReferral {
		return domain.MoveReferral{Participant: pat, Referral: y, To: to, Day: today + in, Code: code}
	}
	meets := func(in calendar.Day) domain.ReferralMoved {
		return domain.ReferralMoved{ID: y, To: domain.ReferralBooked, Day: today + in}
	}
	stops := []domain.ReferralCheck{{Key: "route", Is: domain.CheckStops, Says: "A coach cannot start this."}}
	looks := []domain.ReferralCheck{{Key: "programme", Is: domain.CheckLook}, {Key: "route", Is: domain.CheckFine}}
	refer := domain.Refer{Participant: pat, Letter: letter}
	referred := func(l domain.Letter) domain.Refer { return domain.Refer{Participant: pat, Letter: l} }
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		then  domain.Event
		field string
	}{
		{"nobody is referred who is not there", nil, refer, nil, "ref"},
		{"a referral with consent is sent", []any{joined, given(x)}, domain.Refer{Participant: pat, Letter: letter, Checks: looks}, domain.Referred{ID: made(0), Letter: letter, Accepted: []string{"programme"}}, ""},
		{"none without", []any{joined}, refer, nil, "consent"},
		{"none with consent that was withdrawn", []any{joined, given(x), domain.ConsentWithdrawn{ID: x}}, refer, nil, "consent"},
		{"none with consent that ran out", []any{joined, ranOut}, refer, nil, "consent"},
		{"none with consent for another provider", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Provider = "Somebody" })), nil, "consent"},
		{"none with more than consent covers", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Items = []domain.ConsentItem{domain.ItemHealth} })), nil, "consent"},
		{"none to nobody", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Provider = " " })), nil, "provider"},
		{"none without a programme", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Programme = "" })), nil, "programme"},
		{"none without words", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Text = "" })), nil, "text"},
		{"nothing private is told", []any{joined, given(x)}, referred(but(func(l *domain.Letter) { l.Text = "Works.\n\n[third party] His sister" })), nil, "text"},
		{"a check that stops, stops", []any{joined, given(x)}, domain.Refer{Participant: pat, Letter: letter, Checks: stops}, nil, "check"},
		{"not twice to the same place", sent, refer, nil, "programme"},
		{"again when it has ended", then(moved(domain.ReferralRejected)), refer, domain.Referred{ID: made(0), Letter: letter}, ""},

		{"a draft asks for less", []any{joined}, domain.DraftReferral{Participant: pat, Letter: domain.Letter{Programme: "workwell"}}, domain.ReferralDrafted{ID: made(0), Letter: domain.Letter{Programme: "workwell"}}, ""},
		{"a draft is checked", drafted, domain.CheckReferral{Participant: pat, Referral: y, Checks: looks}, domain.ReferralVetted{ID: y, Accepted: []string{"programme"}}, ""},
		{"and not when something stops it", drafted, domain.CheckReferral{Participant: pat, Referral: y, Checks: stops}, nil, "check"},
		{"a draft is sent", drafted, domain.Refer{Participant: pat, Referral: y, Letter: letter}, domain.Referred{ID: y, Letter: letter}, ""},
		{"what is sent is no draft any more", sent, domain.DraftReferral{Participant: pat, Referral: y, Letter: letter}, nil, "referral"},

		{"an amendment says why", sent, domain.AmendReferral{Participant: pat, Referral: y, Letter: other}, nil, "reason"},
		{"and what", sent, domain.AmendReferral{Participant: pat, Referral: y, Letter: letter, Reason: "r"}, nil, "text"},
		{"and has consent", then(domain.ConsentWithdrawn{ID: x}), domain.AmendReferral{Participant: pat, Referral: y, Letter: other, Reason: "r"}, nil, "consent"},
		{"and says what it knew", sent, domain.AmendReferral{Participant: pat, Referral: y, Letter: other, Reason: "r"}, domain.ReferralAmended{ID: y, Letter: other, Reason: "r", Saw: 1}, ""},
		{"another programme is another referral", sent, domain.AmendReferral{Participant: pat, Referral: y, Letter: but(func(l *domain.Letter) { l.Programme = "x" }), Reason: "r"}, nil, "programme"},
		{"another provider is another referral once one has answered", then(moved(domain.ReferralAcknowledged)), domain.AmendReferral{Participant: pat, Referral: y, Letter: but(func(l *domain.Letter) { l.Provider = "Somebody" }), Reason: "r"}, nil, "provider"},

		{"the provider acknowledges", sent, move(domain.ReferralAcknowledged, 0, ""), moved(domain.ReferralAcknowledged), ""},
		{"a meeting is still to come", sent, domain.MoveReferral{Participant: pat, Referral: y, To: domain.ReferralBooked, Day: today + 3, Minute: 600}, domain.ReferralMoved{ID: y, To: domain.ReferralBooked, Day: today + 3, Minute: 600}, ""},
		{"another time of it", then(meets(3)), move(domain.ReferralBooked, 4, ""), meets(4), ""},
		{"the same time is no news", then(meets(3)), move(domain.ReferralBooked, 3, ""), nil, "when"},
		{"a start is not to come", sent, move(domain.ReferralStarted, 1, ""), nil, "on"},
		{"nor before it was sent", sent, move(domain.ReferralMet, -30, ""), nil, "on"},
		{"it goes on and not back", then(moved(domain.ReferralMet)), move(domain.ReferralAcknowledged, 0, ""), nil, "state"},
		{"a state that is none", sent, move("lost", 0, ""), nil, "state"},
		{"withdrawing is ours", sent, move(domain.ReferralWithdrawn, 0, "x"), nil, "state"},
		{"whoever rejects says why", sent, move(domain.ReferralRejected, 0, ""), nil, "reason"},
		{"a code is enough", sent, move(domain.ReferralRejected, 0, "provider-full"), domain.ReferralMoved{ID: y, To: domain.ReferralRejected, Day: today, Code: "provider-full"}, ""},
		{"what has ended stays so", then(moved(domain.ReferralDeclined)), move(domain.ReferralStarted, 0, ""), nil, "referral"},
		{"a draft has no answer", drafted, move(domain.ReferralMet, 0, ""), nil, "referral"},

		{"we withdraw and say why", sent, domain.RecallReferral{Participant: pat, Referral: y}, nil, "reason"},
		{"a code says it", sent, domain.RecallReferral{Participant: pat, Referral: y, Code: "person"}, domain.ReferralRecalled{ID: y, Code: "person"}, ""},
		{"a draft needs no reason", drafted, domain.RecallReferral{Participant: pat, Referral: y}, domain.ReferralRecalled{ID: y}, ""},
		{"a name that is known is no news", sent, domain.NameReferral{Participant: pat, Referral: y}, nil, "contact"},
		{"who deals with it", sent, domain.NameReferral{Participant: pat, Referral: y, Contact: "Jo", Reference: "P-1"}, domain.ReferralNamed{ID: y, Contact: "Jo", Reference: "P-1"}, ""},
		{"what goes on is not looked at as ended", sent, domain.SettleReferral{Participant: pat, Referral: y}, nil, "referral"},
		{"what was rejected is", then(moved(domain.ReferralRejected)), domain.SettleReferral{Participant: pat, Referral: y, Words: "in spring"}, domain.ReferralSettled{ID: y, Words: "in spring"}, ""},
		{"once", then(moved(domain.ReferralRejected), domain.ReferralSettled{ID: y}), domain.SettleReferral{Participant: pat, Referral: y}, nil, "referral"},
		{"nothing is asked about what is not there", sent, domain.ChaseReferral{Participant: pat, Referral: x}, nil, "referral"},
	} {
		events, err := domain.Decide(tt.when, past(tt.given...), stamp(domain.Coach))
		var no domain.Refusal
		switch {
		case tt.field != "":
			if !errors.As(err, &no) || no.Field != tt.field {
				t.Errorf("%s: %v, want a refusal of %s", tt.name, err, tt.field)
			}
		case err != nil || len(events) != 1 || !reflect.DeepEqual(events[0], tt.then):
			t.Errorf("%s: %+v %v, want %+v", tt.name, events, err, tt.then)
		}
	}
	if _, err := domain.Decide(refer, past(joined, given(x)), stamp(domain.Provider)); err == nil {
		t.Error("a provider refers")
	}
	if _, err := domain.Decide(move(domain.ReferralMet, 0, ""), past(sent...), stamp(domain.Provider)); err != nil {
		t.Errorf("a provider cannot say that they met: %v", err)
	}
}

// TestReferralLife goes the whole way, and every day of it can be read afterwards.
func TestReferralLife(t *testing.T) {
	id := domain.ID{15: 51}
	all := []any{joined, given(domain.ID{15: 50}), domain.ReferralDrafted{ID: id, Letter: letter}, domain.ReferralVetted{ID: id}, domain.Referred{ID: id, Letter: letter}}
	for i, to := range []domain.ReferralState{domain.ReferralAcknowledged, domain.ReferralBooked, domain.ReferralMet, domain.ReferralStarted, domain.ReferralInProgress, domain.ReferralJobStart, domain.ReferralCompleted} {
		all = append(all, domain.ReferralMoved{ID: id, To: to, Day: today + calendar.Day(i)})
		if x := replay(all...).Referrals[0]; x.State != to || x.On(to) != today+calendar.Day(i) {
			t.Fatalf("%s: %+v", to, x)
		}
	}
	x := replay(all...).Referrals[0]
	if day, _ := x.Meets(); x.EndedOn() != today+6 || day != today+1 || x.State.Out() || len(x.Log) != 10 || len(x.Letters) != 2 {
		t.Errorf("%+v", x)
	}
}

func TestLetterChanges(t *testing.T) {
	was, now := letter, letter
	now.Contact, now.Text, now.Items = "Jo Field", "I want a kitchen", []domain.ConsentItem{domain.ItemPlan}
	want := []string{"Named contact: now Jo Field", "No longer told: contact details", "Now told: plan", "Why: now I want a kitchen, was I want to mend bikes"}
	if got := domain.LetterChanges(was, now); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if len(domain.LetterChanges(was, was)) > 0 {
		t.Error("nothing changed")
	}
}

// referralQueue judges by the clocks of IPES, and knows a programme with a clock of its own.
func referralQueue() domain.Queue {
	wait := func(expects string, n int, from catalogue.ClockFrom) catalogue.Clock {
		return catalogue.Clock{Key: expects, Expects: expects, WorkingDays: n, From: from, Says: expects + "s", Fact: catalogue.Fact{Source: "X27"}}
	}
	rules := queueRules()
	for _, r := range []domain.Rule{{Key: "consent-withdrawn", Weight: 58}, {Key: "referral-silent", Weight: 44, PerDay: 3, Most: 30}, {Key: "referral-late", Weight: 32, PerDay: 2, Most: 30}, {Key: "referral-rejected", Weight: 43}, {Key: "referral-drafted", Weight: 26}} {
		rules[r.Key] = r
	}
	live := []catalogue.Period{{Is: catalogue.Live}}
	byCoach := []catalogue.Route{{Who: "coach", By: catalogue.ByReferral}}
	return domain.Queue{
		Today: today, Minute: 600, Rules: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england, calendar.Scotland: &scotland},
		Planning: domain.Planning{Referrals: domain.ReferralRules{
			Clocks: []catalogue.Clock{wait("acknowledge", 2, "sent"), wait("meet", 15, "sent"), wait("plan", 20, "started")},
			Items:  []domain.ConsentItem{domain.ItemContact, domain.ItemWork}, Months: 6, Few: 5, Again: 5, Returns: 28,
		}},
		Catalogue: catalogue.Catalogue{
			Programmes: []catalogue.Programme{
				{Key: "workwell", Name: "WorkWell", Status: live, Routes: byCoach, Exclusive: true},
				{Key: "own", Name: "Own", Clocks: []catalogue.Clock{wait("acknowledge", 4, "sent")}, Status: live, Routes: byCoach, Exclusive: true},
				{Key: "gone", Name: "Gone", Status: []catalogue.Period{{Is: catalogue.Superseded, By: "own"}}, Routes: byCoach},
				{Key: "self", Name: "Self", Status: live, Routes: []catalogue.Route{{Who: "person", By: catalogue.ByApplication}}},
				{Key: "shut", Name: "Shut", Status: live, Routes: []catalogue.Route{{Who: "coach", By: catalogue.NoWay, Fact: catalogue.Fact{Value: "the GP does"}}}},
			},
			Sources: map[string]catalogue.Source{"X27": {Title: "IPES guidance, chapter 3"}},
		},
	}
}

var scotland = calendar.New(calendar.Scotland, nil)

func TestReferralClocks(t *testing.T) {
	q := referralQueue()
	ago := func(n int) calendar.Day { return today - calendar.Day(n) } // today is a Monday
	at := func(s domain.ReferralState, sent int) domain.RowReferral {
		return domain.RowReferral{Programme: "workwell", State: s, Sent: ago(sent)}
	}
	with := func(x domain.RowReferral, change func(*domain.RowReferral)) domain.RowReferral {
		change(&x)
		return x
	}
	open := []domain.RowPause{{From: ago(5)}}
	short := []domain.RowPause{{From: ago(6), Until: ago(3)}}
	ended := func(s domain.ReferralState, n int) domain.RowReferral {
		return domain.RowReferral{Programme: "workwell", State: s, Ended: ago(n)}
	}
	for _, tt := range []struct {
		name   string
		x      domain.RowReferral
		pauses []domain.RowPause
		rule   string
		weight int
		says   string
	}{
		{"sent today", at(domain.ReferralSent, 0), nil, "", 0, "sent today; expected within 2 working days (IPES guidance, chapter 3; a setting, nothing was found for this programme)"},
		{"sent two working days ago is in time", at(domain.ReferralSent, 4), nil, "", 0, "sent 2 working days ago, silent"},
		{"sent three working days ago is silent", at(domain.ReferralSent, 5), nil, "referral-silent", 47, "sent 3 working days ago, silent"},
		{"a programme's own clock goes before the setting", with(at(domain.ReferralSent, 5), func(x *domain.RowReferral) { x.Programme = "own" }), nil, "", 0, "expected within 4 working days (IPES guidance, chapter 3)"},
		{"a chase quiets it", with(at(domain.ReferralSent, 9), func(x *domain.RowReferral) { x.Chased = ago(3) }), nil, "", 0, ""},
		{"for five working days", with(at(domain.ReferralSent, 20), func(x *domain.RowReferral) { x.Chased = ago(7) }), nil, "referral-silent", 74, ""},
		{"a pause stops the clock", at(domain.ReferralSent, 6), open, "", 0, "the clock stands still"},
		{"what a pause took does not count", at(domain.ReferralSent, 6), short, "", 0, "sent 4 working days ago, silent"},
		{"no meeting booked in 15", at(domain.ReferralAcknowledged, 22), nil, "referral-late", 34, "no meeting booked"},
		{"a meeting is over", with(at(domain.ReferralBooked, 5), func(x *domain.RowReferral) { x.Meets = ago(1) }), nil, "referral-late", 34, ""},
		{"one is to come", with(at(domain.ReferralBooked, 40), func(x *domain.RowReferral) { x.Meets = today + 1 }), nil, "", 0, ""},
		{"no plan in 20 of the start", with(at(domain.ReferralStarted, 60), func(x *domain.RowReferral) { x.Started = ago(29) }), nil, "referral-late", 34, "no plan told"},
		{"in progress nothing is expected", at(domain.ReferralInProgress, 60), nil, "", 0, ""},
		{"rejected", ended(domain.ReferralRejected, 3), nil, "referral-rejected", 43, ""},
		{"and looked at", with(ended(domain.ReferralRejected, 3), func(x *domain.RowReferral) { x.Settled = true }), nil, "", 0, ""},
		{"and long ago", ended(domain.ReferralRejected, 29), nil, "", 0, ""},
		{"the person said no: that is a result", ended(domain.ReferralDeclined, 3), nil, "", 0, ""},
		{"without consent", with(at(domain.ReferralMet, 3), func(x *domain.RowReferral) { x.Lost = true }), nil, "consent-withdrawn", 58, ""},
		{"consent ran out", with(at(domain.ReferralMet, 3), func(x *domain.RowReferral) { x.Agreed = ago(1) }), nil, "consent-withdrawn", 58, ""},
		{"consent ends today", with(at(domain.ReferralMet, 3), func(x *domain.RowReferral) { x.Agreed = today }), nil, "", 0, ""},
		{"what has ended needs none", with(ended(domain.ReferralCompleted, 3), func(x *domain.RowReferral) { x.Lost = true }), nil, "", 0, ""},
		{"a draft", domain.RowReferral{Programme: "workwell", State: domain.ReferralDraft, Since: today}, nil, "referral-drafted", 26, ""},
	} {
		row := domain.Row{Seen: today, Joined: today, Debts: []domain.Debt{booked(20)}, Pauses: tt.pauses, Referrals: []domain.RowReferral{tt.x}}
		var got domain.Reason
		for _, r := range q.Reasons(row) {
			if r.Rule != "plan-paused" {
				got = r
			}
		}
		if got.Rule != tt.rule || got.Weight != tt.weight {
			t.Errorf("%s: %+v, want %s %d", tt.name, got, tt.rule, tt.weight)
		}
		if says := q.Waiting(tt.x, tt.pauses, q.CalendarOf(row)); !strings.Contains(says, tt.says) {
			t.Errorf("%s: %q, want %q", tt.name, says, tt.says)
		}
	}
	q.Advises = true
	if why := q.Reasons(domain.Row{Referrals: []domain.RowReferral{with(at(domain.ReferralMet, 3), func(x *domain.RowReferral) { x.Lost = true })}}); len(why) > 0 {
		t.Errorf("an adviser is told of the coach's referral: %+v", why)
	}
}

// The holidays that count are those of the person's nation: 30 November is one in Scotland.
func TestReferralClockOfANation(t *testing.T) {
	q := referralQueue()
	x := domain.RowReferral{Programme: "workwell", State: domain.ReferralSent, Sent: calendar.Date(2026, 11, 27)}
	for nation, want := range map[string]calendar.Day{"": calendar.Date(2026, 12, 1), "scotland": calendar.Date(2026, 12, 2)} {
		row := domain.Row{Facts: []domain.RowFact{{Fact: domain.FactNation, Value: nation}}}
		if e, _ := q.Expects(x, nil, q.CalendarOf(row)); e.Due != want {
			t.Errorf("%q: %s, want %s", nation, e.Due, want)
		}
	}
}

func TestReferralChecks(t *testing.T) {
	q := referralQueue()
	x, y := domain.ID{15: 50}, domain.ID{15: 51}
	to := func(programme string) domain.Letter {
		l := letter
		l.Programme = programme
		return l
	}
	for _, tt := range []struct {
		name   string
		given  []any
		letter domain.Letter
		stops  string
		looks  string
	}{
		{"all is well", []any{joined, given(x)}, letter, "", ""},
		{"no consent", []any{joined}, letter, "consent", ""},
		{"nobody named", []any{joined}, domain.Letter{Programme: "workwell"}, "provider", ""},
		{"not in the catalogue", []any{joined, given(x)}, to("nowhere"), "programme", ""},
		{"superseded", []any{joined, given(x)}, to("gone"), "programme", ""},
		{"the person applies", []any{joined, given(x)}, to("self"), "route", ""},
		{"a coach cannot start it", []any{joined, given(x)}, to("shut"), "route", ""},
		{"another exclusive one", []any{joined, given(x), domain.Referred{ID: y, Letter: letter}}, to("own"), "", "other provision"},
		{"contact details withheld", []any{joined, domain.Described{Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}}, given(x)}, letter, "", "contact details"},
	} {
		var stops, looks []string
		for _, c := range q.ReferralChecks(replay(tt.given...), domain.ID{}, tt.letter) {
			switch {
			case c.Says == "":
				t.Errorf("%s: %s says nothing", tt.name, c.Key)
			case c.Is == domain.CheckStops:
				stops = append(stops, c.Key)
			case c.Is == domain.CheckLook:
				looks = append(looks, c.Key)
			}
		}
		if strings.Join(stops, ",") != tt.stops || strings.Join(looks, ",") != tt.looks {
			t.Errorf("%s: stops %v, looks %v", tt.name, stops, looks)
		}
	}
}

func TestLetterFor(t *testing.T) {
	q := referralQueue()
	about := given(domain.ID{15: 50})
	about.Purpose = "a place on workwell"
	before := []domain.Row{{Referrals: []domain.RowReferral{{Programme: "workwell", Provider: "Usual"}, {Programme: "own", Provider: "Else"}}}}
	if l := q.LetterFor(replay(joined, about), "workwell", before); l.Provider != trust.Name || !slices.Equal(l.Items, []domain.ConsentItem{domain.ItemContact}) {
		t.Errorf("consent for the programme says whom: %+v", l)
	}
	if l := q.LetterFor(replay(joined, given(domain.ID{15: 50})), "workwell", before); l.Provider != "Usual" {
		t.Errorf("consent for something else is not taken: %+v", l)
	}
	l := q.LetterFor(replay(joined), "workwell", nil)
	if l.Provider != "" || len(l.Items) != 2 {
		t.Errorf("%+v", l)
	}
	l.Provider = "New"
	c := q.ConsentFor(replay(joined), l, domain.ByPhone)
	if c.Until != today.AddMonths(6) || c.To.Name != "New" || !strings.Contains(c.Purpose, "WorkWell") {
		t.Errorf("%+v", c)
	}
}

// TestReferralConsentInRows: what the row says of consent is what the gate says, on every
// day, for every set of consents.
func TestReferralConsentInRows(t *testing.T) {
	x, y, z := domain.ID{15: 50}, domain.ID{15: 51}, domain.ID{15: 52}
	wide := letter
	wide.Items = []domain.ConsentItem{domain.ItemContact, domain.ItemPlan}
	later := given(z)
	later.Items, later.Until = []domain.ConsentItem{domain.ItemPlan}, 0
	for _, more := range [][]any{
		nil,
		{domain.ConsentWithdrawn{ID: x, How: domain.ByPhone}},
		{domain.ConsentNarrowed{ID: x, Items: []domain.ConsentItem{domain.ItemContact}}},
		{domain.ConsentNarrowed{ID: x, Until: today + 3}},
		{domain.ConsentNarrowed{ID: x, Items: []domain.ConsentItem{domain.ItemContact}}, later},
		{later},
	} {
		p := replay(append([]any{joined, given(x), domain.Referred{ID: y, Letter: wide}}, more...)...)
		row := p.Row().Referrals[0]
		for day := today; day < today+90; day++ {
			gate := p.WhyNotShare(wide.To(), wide.Items, day) != ""
			if says := row.WithoutConsent(day) != ""; says != gate {
				t.Fatalf("%v on %s: the row says %v, the gate %v", more, day, says, gate)
			}
		}
	}
}

func TestWithhold(t *testing.T) {
	yes := domain.Describe{Participant: pat, Facts: map[domain.Fact]string{domain.FactWithhold: "y"}}
	owned := domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Daniel", domain.FactCoach: "Somebody Else", domain.FactPhone: "CANARY", domain.FactPostcode: "CANARY", domain.FactCouncil: "Newham"}}
	for _, tt := range []struct {
		who   domain.Role
		given any
		may   bool
	}{{domain.Coach, joined, true}, {domain.Coach, owned, false}, {domain.Lead, owned, true}, {domain.Administrator, owned, true}, {domain.Adviser, joined, false}, {domain.Provider, joined, false}} {
		if _, err := domain.Decide(yes, past(tt.given), stamp(tt.who)); (err == nil) != tt.may {
			t.Errorf("%s: %v", tt.who, err)
		}
	}
	p := replay(owned, domain.Described{Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}})
	out := p.Outside()
	if !p.Withheld() || out.Fact(domain.FactPhone) != "" || out.Fact(domain.FactPostcode) != "" || out.Fact(domain.FactCouncil) != "Newham" || p.Fact(domain.FactPhone) != "CANARY" {
		t.Errorf("%+v", out.Facts)
	}
}
