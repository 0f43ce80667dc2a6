package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// programmeLife is how somebody comes to a programme, and what becomes of the support.
type programmeLife struct {
	key   string
	way   catalogue.Way // of this desk
	stops string        // why a coach cannot refer today; empty: they can
	shut  string        // why support cannot have started today; empty: it can

	started   calendar.Day
	inWork    bool
	area      string
	job, ends calendar.Day // worked out by hand; a zero end: there is no limit
	asks      string

	pastFrom, pastTo calendar.Day // of somebody who was on it
	tooLate          calendar.Day // a first day on which nobody new was taken
}

func lives() []programmeLife {
	day := calendar.Date
	mar, jun, sep := day(2026, time.March, 3), day(2026, time.June, 1), day(2026, time.September, 1)
	const none = "no limit is on record"
	return []programmeLife{
		// 3 March and nine months are 3 December; the day before is the last.
		{key: "mental-health-support-service", way: catalogue.ByApplication, stops: "applies themselves", started: mar, inWork: true, ends: day(2026, time.December, 2)},
		{key: "connect-to-work", way: catalogue.ByReferral, started: jun, ends: day(2027, time.May, 31)},
		{key: "connect-to-work", way: catalogue.ByReferral, started: jun, inWork: true, ends: day(2026, time.September, 30)},
		// 8 and 16 weeks are 56 and 112 days.
		{key: "workwell", way: catalogue.ByReferral, started: sep, inWork: true, area: "workwell-north-central-london", ends: day(2026, time.October, 26)},
		{key: "workwell", way: catalogue.ByReferral, started: sep, area: "workwell-north-central-london", ends: day(2026, time.December, 21)},
		{key: "workwell", way: catalogue.ByReferral, started: sep, asks: "in which area"},
		{key: "ips-primary-care", way: catalogue.ByReferral, started: jun, asks: none},
		{key: "access-to-work", way: catalogue.ByApplication, stops: "applies themselves", started: jun, inWork: true, asks: none},
		{key: "talking-therapies-employment-advisers", way: catalogue.BySignpost, stops: "signpost", started: jun, asks: none},
		{key: "dea", way: catalogue.ByEscalation, stops: "escalation", started: jun, asks: none},
		{key: "pathways-to-work", way: catalogue.ByTransfer, stops: "transfer", started: jun, asks: none},
		{key: "additional-work-coach-support", way: catalogue.ByCoach, stops: "coach", started: jun, asks: none},
		{key: "ips-severe-mental-illness", way: catalogue.NoWay, stops: "cannot start this", started: jun, asks: none},
		{key: "local-supported-employment", way: catalogue.NoWay, stops: "superseded", started: day(2025, time.June, 2), asks: none},
		// 456 days from 1 January 2024, a leap year, are 31 March 2025; 182 days of a job
		// that began on that day are 28 September.
		{key: "work-and-health-programme", way: catalogue.ByReferral, stops: "closed to new", started: day(2024, time.January, 1), ends: day(2025, time.March, 31)},
		{key: "work-and-health-programme", way: catalogue.ByReferral, stops: "closed to new", started: day(2024, time.January, 1), job: day(2025, time.March, 31), ends: day(2025, time.September, 28)},
		{key: "work-and-health-pioneer", way: catalogue.ByReferral, stops: "closed to new", started: day(2024, time.October, 7), ends: day(2026, time.January, 5)},
		{key: "work-programme", way: catalogue.NoWay, stops: "closed", shut: "is closed", pastFrom: day(2014, time.March, 3), pastTo: day(2016, time.February, 28), tooLate: day(2018, time.March, 1)},
		{key: "specialist-employment-support", way: catalogue.NoWay, stops: "closed", shut: "is closed", pastFrom: day(2016, time.January, 4), pastTo: day(2017, time.January, 3), tooLate: day(2020, time.January, 15)},
		{key: "personal-support-package", way: catalogue.NoWay, stops: "closed", shut: "is closed", pastFrom: day(2017, time.May, 1), pastTo: day(2017, time.November, 1)},
		{key: "psychological-wellbeing-pilots", way: catalogue.NoWay, stops: "closed", shut: "is closed", pastFrom: day(2017, time.May, 1), pastTo: day(2017, time.November, 1)},
		{key: "improving-lives", way: catalogue.NoWay, stops: "closed", shut: "is closed"},
	}
}

// TestEachProgrammeLivesItsLife takes somebody through every programme of the catalogue as
// it is: how they come to it, until when support runs, what follows, and the end. What is
// closed is history, and what a coach cannot start is refused with the reason.
func TestEachProgrammeLivesItsLife(t *testing.T) {
	known, err := readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := readRules()
	if err != nil {
		t.Fatal(err)
	}
	cal := calendar.New(calendar.EnglandAndWales, nil)
	q := domain.Queue{
		Today: calendar.Date(2026, time.November, 23), Catalogue: known, Rules: rules, Me: domain.ID{15: 2},
		Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &cal},
	}
	seen := map[string]bool{}
	for _, x := range lives() {
		seen[x.key] = true
		t.Run(x.key, func(t *testing.T) { x.live(t, q) })
	}
	for name := range assets.Programmes() {
		if !seen[strings.TrimSuffix(name, ".json")] {
			t.Errorf("nobody lives through %s: write a row for it", name)
		}
	}
}

// lifeTold is somebody's record, as the desk writes it day by day.
type lifeTold struct {
	t    *testing.T
	past []domain.Record
	n    byte
}

var jo = domain.ID{15: 1}

func (h *lifeTold) p() domain.Participant { return domain.Replay(domain.About(jo), h.past) }

func (h *lifeTold) try(on calendar.Day, role domain.Role, by byte, c domain.Command) error {
	y, m, d := on.Civil()
	cal := calendar.New(calendar.EnglandAndWales, nil)
	events, err := domain.Decide(c, h.past, domain.Stamp{
		At: time.Date(y, m, d, 10, 0, 0, 0, time.UTC), Today: on, Calendar: &cal, By: domain.ID{15: by}, Name: "Amina Yusuf", Role: role,
		New: func() domain.ID { h.n++; return domain.ID{14: 1, 15: h.n} },
	})
	if err != nil {
		return err
	}
	h.n++
	for _, e := range events {
		h.past = append(h.past, domain.Record{
			Subject: domain.About(jo), Seq: uint64(len(h.past) + 1), Command: domain.ID{13: 1, 15: h.n}, Time: domain.Clock(len(h.past) + 1), Day: on, By: domain.ID{15: by}, Role: role,
			Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e,
		})
	}
	return nil
}

func (h *lifeTold) must(on calendar.Day, all ...domain.Command) {
	h.t.Helper()
	for _, c := range all {
		if err := h.try(on, domain.Coach, 2, c); err != nil {
			h.t.Fatalf("%T on %s: %v", c, on.Long(), err)
		}
	}
}

func (x programmeLife) live(t *testing.T, q domain.Queue) {
	prog, ok := q.Catalogue.Programme(x.key)
	if !ok || prog.Key != x.key {
		t.Fatalf("the catalogue has no programme %s", x.key)
	}
	if got := prog.FromDesk().By; got != x.way {
		t.Errorf("somebody comes to it by %s, want %s", got, x.way)
	}
	h := &lifeTold{t: t}
	work := map[bool]string{true: "employed", false: "none"}[x.inWork]
	begin := cmpDay(x.started, x.pastFrom, q.Today) - 60
	h.must(begin, domain.Join{ID: jo, Facts: map[domain.Fact]string{domain.FactName: "Jo Taylor", domain.FactEmployment: work}})
	x.refuses(h, q)
	x.wasOn(h, q)
	if x.started.IsZero() {
		return
	}
	x.comes(h, q)
	x.runs(h, q)
}

func cmpDay(days ...calendar.Day) calendar.Day {
	return days[slices.IndexFunc(days, func(d calendar.Day) bool { return !d.IsZero() })]
}

// letterOf is a letter to which the person agrees beforehand.
func (x programmeLife) letterOf(h *lifeTold, on calendar.Day) domain.Letter {
	l := domain.Letter{Programme: x.key, Provider: "Riverside Works", Text: "I want to mend bikes", Items: []domain.ConsentItem{domain.ItemContact}}
	h.must(on, domain.GiveConsent{Participant: jo, To: l.To(), Purpose: "a referral", Items: l.Items, Until: on + 180, How: domain.ByPhone, Giver: domain.GivenByPerson})
	return l
}

// refuses holds what may not be done today.
func (x programmeLife) refuses(h *lifeTold, q domain.Queue) {
	before := slices.Clone(h.past)
	l := x.letterOf(h, q.Today)
	err := h.try(q.Today, domain.Coach, 2, domain.Refer{Participant: jo, Letter: l, Checks: q.ReferralChecks(h.p(), domain.ID{}, l)})
	h.past = before
	var no domain.Refusal
	switch {
	case x.stops == "" && err != nil:
		h.t.Errorf("a coach cannot refer: %v", err)
	case x.stops != "" && (!errors.As(err, &no) || !strings.Contains(no.Why, x.stops)):
		h.t.Errorf("a coach refers, or is not told %q: %v", x.stops, err)
	}
	why := domain.WhyNotProvision(q.Catalogue, x.key, q.Today, 0, q.Today)
	if (why == "") != (x.shut == "") && x.stops != "closed to new" || !strings.Contains(why, x.shut) {
		h.t.Errorf("support started today: %q, want %q", why, x.shut)
	}
	if x.tooLate != 0 {
		if why := domain.WhyNotProvision(q.Catalogue, x.key, x.tooLate, x.tooLate+30, q.Today); !strings.Contains(why, "took nobody new") {
			h.t.Errorf("support started %s: %q", x.tooLate.Long(), why)
		}
	}
}

// wasOn writes down that somebody was on it long ago: nothing is to follow.
func (x programmeLife) wasOn(h *lifeTold, q domain.Queue) {
	if x.pastFrom.IsZero() {
		return
	}
	if why := domain.WhyNotProvision(q.Catalogue, x.key, x.pastFrom, x.pastTo, q.Today); why != "" {
		h.t.Errorf("nobody can have been on it: %s", why)
	}
	h.must(q.Today, domain.StartProvision{Participant: jo, Programme: x.key, Started: x.pastFrom, Ended: x.pastTo, Code: "limit"})
	p := h.p()
	if len(p.Provisions) != 1 || !p.Provisions[0].Past || len(p.Row().Provisions) != 0 || len(q.SupportEnds(p)) != 0 {
		h.t.Errorf("it is not history: %+v", p.Provisions)
	}
}

// comes brings somebody to the programme by the way of the catalogue, until support
// starts.
func (x programmeLife) comes(h *lifeTold, q domain.Queue) {
	on := x.started - 30
	start := domain.StartProvision{Participant: jo, Programme: x.key, Started: x.started, InWork: h.p().WorkOn(x.started), Area: x.area}
	switch {
	case x.way == catalogue.ByReferral && x.stops == "":
		q.Today = on
		l := x.letterOf(h, on)
		h.must(on, domain.Refer{Participant: jo, Letter: l})
		id := h.p().Referrals[0].ID
		h.must(on+5, domain.MoveReferral{Participant: jo, Referral: id, To: domain.ReferralAcknowledged}, domain.MoveReferral{Participant: jo, Referral: id, To: domain.ReferralMet})
		h.must(x.started, domain.MoveReferral{Participant: jo, Referral: id, To: domain.ReferralStarted})
		if len(h.p().Provisions) != 1 {
			h.t.Fatal("support did not start with the referral")
		}
		if x.area != "" {
			h.must(x.started, domain.CorrectProvision{Participant: jo, Provision: h.p().Provisions[0].ID, Area: &x.area})
		}
		return
	case x.way == catalogue.ByApplication:
		h.must(on, domain.Apply{Participant: jo, Programme: x.key, Applied: on})
		h.must(x.started, domain.DecideApplication{Participant: jo, Application: h.p().Applications[0].ID, Result: domain.ApplicationAwarded})
		if h.p().Applications[0].State.Open() {
			h.t.Error("the award is not on the record")
		}
	case x.way == catalogue.BySignpost:
		h.must(on, domain.SignpostTo{Participant: jo, Text: x.key})
		if len(h.p().Signposts) != 1 || len(h.p().Referrals) != 0 {
			h.t.Error("whoever is signposted goes alone, and nothing is sent")
		}
	case x.way == catalogue.ByEscalation:
		h.must(on, domain.Ask{Participant: jo, Question: "What would help at work?", Informed: true})
		e := h.p().Escalations[0].ID
		for _, c := range []domain.Command{domain.Accept{Participant: jo, Escalation: e}, domain.Answer{Participant: jo, Escalation: e, Text: "Ask for altered hours."}} {
			if err := h.try(on+1, domain.Adviser, 3, c); err != nil {
				h.t.Fatal(err)
			}
		}
		if h.p().Escalations[0].State != domain.EscalationAnswered {
			h.t.Errorf("the adviser did not answer: %s", h.p().Escalations[0].State)
		}
	case x.way == catalogue.ByTransfer:
		h.must(on, domain.OfferTransfer{Participant: jo, To: domain.ID{15: 4}})
		if err := h.try(on+1, domain.Coach, 4, domain.AnswerTransfer{Participant: jo, Transfer: h.p().Transfers[0].ID, Yes: true}); err != nil {
			h.t.Fatal(err)
		}
		if h.p().Transfers[0].State != domain.TransferAccepted {
			h.t.Error("the case does not change hands")
		}
	}
	h.must(x.started, start)
}

// runs adds up the clock, lets support land and ends it.
func (x programmeLife) runs(h *lifeTold, q domain.Queue) {
	if !x.job.IsZero() {
		h.must(x.job, domain.Describe{Participant: jo, Facts: map[domain.Fact]string{domain.FactJobStart: x.job.String()}})
	}
	p := h.p()
	id := p.Provisions[0].ID
	sum := p.ProvisionRow(p.Provisions[0]).Sum(q.Catalogue, q.Calendars[q.Nation])
	if sum.End != x.ends || !strings.Contains(sum.Asks, x.asks) || x.ends != 0 && !strings.Contains(strings.Join(sum.Lines, "\n"), "source: ") {
		h.t.Errorf("support ends %s, want %s: %q, %q", sum.End.Long(), x.ends.Long(), sum.Lines, sum.Asks)
	}
	last := x.started + 90
	if x.ends != 0 {
		last = x.ends
	}
	asks := func(rule string, on calendar.Day) bool {
		q := q
		q.Today = on
		return slices.ContainsFunc(q.Reasons(h.p().Row()), func(r domain.Reason) bool { return r.Rule == rule })
	}
	lands := q.Rules["support-lands"].Days - 2
	if x.ends != 0 && !asks("support-lands", last-calendar.Day(lands)) {
		h.t.Error("before it ends nobody asks what follows")
	}
	h.must(last-2, domain.PlanLanding{Participant: jo, Provision: id, Text: "the team leader rings once a month"})
	if asks("support-lands", last-calendar.Day(lands)) {
		h.t.Error("what follows is planned, and is asked for")
	}
	if len(h.p().Referrals) > 0 {
		h.must(last, domain.MoveReferral{Participant: jo, Referral: h.p().Referrals[0].ID, To: domain.ReferralCompleted})
	} else {
		h.must(last, domain.EndProvision{Participant: jo, Provision: id, Day: last, Code: "completed"})
	}
	if p := h.p(); p.Provisions[0].Ended != last || len(p.Row().Provisions) != 0 || len(q.SupportEnds(p)) != 0 || asks("support-over", last+3) {
		h.t.Errorf("it has not ended: %+v", p.Provisions)
	}
	if err := h.try(last+1, domain.Coach, 2, domain.EndProvision{Participant: jo, Provision: id, Day: last, Code: p.Provisions[0].Code}); err == nil {
		h.t.Error("it ends again, and nobody says why")
	}
}
