package domain_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

var support = domain.ID{15: 70}

var onSupport = domain.ProvisionStarted{ID: support, Programme: "workwell", Started: today - 30}

func day(y int, m time.Month, d int) calendar.Day { return calendar.Date(y, m, d) }

// known is a catalogue with the clocks that the tests are about.
func known() catalogue.Catalogue {
	fact := func(v string) catalogue.Fact {
		return catalogue.Fact{Value: v, Source: "S1", Confidence: catalogue.Stated}
	}
	from := func(key string, start catalogue.ClockFrom) catalogue.Clock {
		return catalogue.Clock{Fact: fact(key), Key: key, From: start}
	}
	mhss, out, in, base, job, most, local := from("nine months", catalogue.FromStart), from("out", catalogue.FromStart), from("in", catalogue.FromStart), from("base", catalogue.FromStart), from("job", catalogue.FromJobStart), from("most", catalogue.FromStart), from("local", catalogue.FromStart)
	mhss.Months, out.Months, in.Months, base.Days, job.Days, most.Days, local.Weeks = 9, 12, 4, 456, 182, 639, 16
	out.InWork, in.InWork, local.Area, local.InWork = "no", "yes", "North Central London", "no"
	localIn := local
	localIn.Weeks, localIn.InWork = 8, "yes"
	meet := from("meet", catalogue.FromSent)
	meet.WorkingDays, meet.Expects = 15, "meet"
	live := []catalogue.Period{{Fact: fact("live"), Is: catalogue.Live}}
	over := []catalogue.Period{{Fact: fact("live"), Is: catalogue.Live, Until: day(2017, 3, 31)}, {Fact: fact("last referral 31 March 2017"), Is: catalogue.Closed, From: day(2017, 4, 1)}}
	return catalogue.Catalogue{
		Sources: map[string]catalogue.Source{"S1": {Key: "S1", Title: "written answer", Date: "2025"}},
		Programmes: []catalogue.Programme{
			{Key: "mental-health-support-service", Name: "Mental Health Support Service", Status: live, Clocks: []catalogue.Clock{meet, mhss}},
			{Key: "connect-to-work", Name: "Connect to Work", Status: live, Clocks: []catalogue.Clock{out, in}},
			{Key: "work-and-health-programme", Name: "Work and Health Programme", Status: live, Clocks: []catalogue.Clock{most, base, job}, Exclusive: true},
			{Key: "workwell", Name: "WorkWell", Status: live, Clocks: []catalogue.Clock{local, localIn}},
			{Key: "work-and-health-pioneer", Name: "Pioneer", Status: live, Exclusive: true},
			{Key: "work-programme", Name: "Work Programme", Status: over},
		},
	}
}

// TestSupportSums holds the ends of support, each added up by hand.
func TestSupportSums(t *testing.T) {
	for _, tt := range []struct {
		name string
		row  domain.RowProvision
		want calendar.Day // zero: nobody can say
		says string
	}{
		{"nine calendar months", domain.RowProvision{Programme: "mental-health-support-service", Started: day(2026, 3, 3)}, day(2026, 12, 2), "started Tue 3 Mar 2026 + 9 months = Wed 2 Dec 2026; source: written answer, 2025"},
		{"nine months from the end of May", domain.RowProvision{Programme: "mental-health-support-service", Started: day(2026, 5, 31)}, day(2027, 2, 28), ""},
		{"twelve months out of work", domain.RowProvision{Programme: "connect-to-work", Started: day(2026, 6, 1), InWork: domain.OutOfWork}, day(2027, 5, 31), "12 months"},
		{"four months in work", domain.RowProvision{Programme: "connect-to-work", Started: day(2026, 6, 1), InWork: domain.InWork}, day(2026, 9, 30), "4 months"},
		{"work is not known", domain.RowProvision{Programme: "connect-to-work", Started: day(2026, 6, 1)}, 0, "whether they were in work"},
		{"456 days", domain.RowProvision{Programme: "work-and-health-programme", Started: day(2024, 1, 1)}, day(2025, 3, 31), "456 days"},
		{"a job on the last day: 182 more", domain.RowProvision{Programme: "work-and-health-programme", Started: day(2024, 1, 1), JobStart: day(2025, 3, 31)}, day(2025, 9, 28), "in work since"},
		{"a job early: the 456 days stand", domain.RowProvision{Programme: "work-and-health-programme", Started: day(2024, 1, 1), JobStart: day(2024, 3, 1)}, day(2025, 3, 31), ""},
		{"a job too late", domain.RowProvision{Programme: "work-and-health-programme", Started: day(2024, 1, 1), JobStart: day(2025, 4, 1)}, day(2025, 3, 31), ""},
		{"a local limit, seeking work", domain.RowProvision{Programme: "workwell", Started: day(2026, 9, 1), Area: "north central london", InWork: domain.OutOfWork}, day(2026, 12, 21), "16 weeks"},
		{"a local limit, in work", domain.RowProvision{Programme: "workwell", Started: day(2026, 9, 1), Area: "North Central London", InWork: domain.InWork}, day(2026, 10, 26), "8 weeks"},
		{"no area", domain.RowProvision{Programme: "workwell", Started: day(2026, 9, 1), InWork: domain.InWork}, 0, "in which area"},
		{"an area without a limit", domain.RowProvision{Programme: "workwell", Started: day(2026, 9, 1), Area: "Frimley", InWork: domain.InWork}, 0, "no limit"},
		{"unknown to this desk", domain.RowProvision{Programme: "tomorrow", Started: day(2026, 9, 1)}, 0, "not in the catalogue"},
	} {
		sum := tt.row.Sum(known(), &england)
		if said := strings.Join(sum.Lines, "\n") + sum.Asks; sum.End != tt.want || !strings.Contains(said, tt.says) {
			t.Errorf("%s: %s, want %s: %s", tt.name, sum.End.Long(), tt.want.Long(), said)
		}
	}
	// 456 and 182 never reach 639; where they would, it is the most.
	c := known()
	c.Programmes[2].Clocks[2].Days = 300
	if sum := (domain.RowProvision{Programme: "work-and-health-programme", Started: day(2024, 1, 1), JobStart: day(2025, 3, 31)}).Sum(c, &england); sum.End != day(2025, 9, 30) {
		t.Errorf("at most 639 days: %s", sum.End.Long())
	}
}

func TestProvisionDecides(t *testing.T) {
	running := domain.ProvisionStarted{ID: support, Programme: "workwell", Started: today - 30}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		field string // empty: accepted
	}{
		{"starts", nil, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today}, ""},
		{"no programme", nil, domain.StartProvision{Participant: pat, Started: today}, "programme"},
		{"no day", nil, domain.StartProvision{Participant: pat, Programme: "workwell"}, "started"},
		{"to come", nil, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today + 1}, "started"},
		{"over before it began", nil, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today - 5, Ended: today - 9}, "ended"},
		{"a second beside the first", []any{running}, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today}, "programme"},
		{"an earlier one beside it", []any{running}, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today - 400, Ended: today - 300, Code: "completed"}, ""},
		{"maybe in work", nil, domain.StartProvision{Participant: pat, Programme: "workwell", Started: today, InWork: "maybe"}, "in-work"},
		{"ends", []any{running}, domain.EndProvision{Participant: pat, Provision: support, Day: today, Code: "job"}, ""},
		{"ends for no reason", []any{running}, domain.EndProvision{Participant: pat, Provision: support, Day: today}, "reason"},
		{"ends tomorrow", []any{running}, domain.EndProvision{Participant: pat, Provision: support, Day: today + 1, Code: "job"}, "ended"},
		{"ends twice so", []any{running, domain.ProvisionEnded{ID: support, Day: today, Code: "job"}}, domain.EndProvision{Participant: pat, Provision: support, Day: today, Code: "job"}, "ended"},
		{"what is not there", nil, domain.EndProvision{Participant: pat, Provision: support, Day: today, Code: "job"}, "provision"},
		{"lands", []any{running}, domain.PlanLanding{Participant: pat, Provision: support, Text: "the GP's link worker"}, ""},
		{"lands on nothing", []any{running}, domain.PlanLanding{Participant: pat, Provision: support}, "text"},
		{"lands twice so", []any{running, domain.LandingPlanned{ID: support, Landing: made(1), Text: "x"}}, domain.PlanLanding{Participant: pat, Provision: support, Text: "x"}, "text"},
		{"another day", []any{running}, domain.CorrectProvision{Participant: pat, Provision: support, Started: ptr(today - 31)}, ""},
		{"the same day", []any{running}, domain.CorrectProvision{Participant: pat, Provision: support, Started: ptr(today - 30)}, ""},
		{"a day to come", []any{running}, domain.CorrectProvision{Participant: pat, Provision: support, Started: ptr(today + 1)}, "started"},
		{"an end of what runs", []any{running}, domain.CorrectProvision{Participant: pat, Provision: support, Ended: ptr(today)}, "ended"},
	} {
		_, err := domain.Decide(tt.when, past(append([]any{joined}, tt.given...)...), stamp(domain.Coach))
		var no domain.Refusal
		refused := errors.As(err, &no)
		switch {
		case tt.name == "the same day": // nothing differs
			if !refused || !strings.Contains(no.Why, "Nothing is different") {
				t.Errorf("%s: %v", tt.name, err)
			}
		case (tt.field != "") != refused || no.Field != tt.field:
			t.Errorf("%s: %v, want a refusal of %q", tt.name, err, tt.field)
		}
	}
}

func TestWhyNotProvision(t *testing.T) {
	for _, tt := range []struct {
		name           string
		key            string
		started, ended calendar.Day
		why            string
	}{
		{"lives", "workwell", today, 0, ""},
		{"closed, as if it ran", "work-programme", day(2016, 1, 4), 0, "history"},
		{"closed, as history", "work-programme", day(2016, 1, 4), day(2018, 1, 1), ""},
		{"after the last day", "work-programme", day(2017, 6, 1), day(2018, 1, 1), "nobody new"},
		{"unknown", "tomorrow", today, 0, "catalogue"},
	} {
		if why := domain.WhyNotProvision(known(), tt.key, tt.started, tt.ended, today); (tt.why == "") != (why == "") || !strings.Contains(why, tt.why) {
			t.Errorf("%s: %q", tt.name, why)
		}
	}
	p := replay(joined, domain.ProvisionStarted{ID: support, Programme: "work-and-health-programme", Started: today - 30})
	if two := p.Beside(known(), "work-and-health-pioneer", today); len(two) != 1 {
		t.Error("two exclusive programmes at once are not told")
	}
	if two := p.Beside(known(), "workwell", today); len(two) != 0 {
		t.Error("WorkWell is not exclusive")
	}
}

// TestSupportInTheQueue: eight and two weeks before the end, and once after it.
func TestSupportInTheQueue(t *testing.T) {
	rule := func(key string, days int) domain.Rule { return domain.Rule{Key: key, Weight: 10, Days: days} }
	q := domain.Queue{Today: today, Catalogue: known(), Rules: domain.Rules{
		"support-lands": rule("support-lands", 56), "support-ends": rule("support-ends", 14), "support-over": rule("support-over", 28),
	}}
	landing := domain.LandingPlanned{ID: support, Landing: made(1), Text: "x"}
	started := func(left int) domain.ProvisionStarted { // so that nine months end in so many days
		return domain.ProvisionStarted{ID: support, Programme: "mental-health-support-service", Started: (today + calendar.Day(left) + 1).AddMonths(-9)}
	}
	ended := func(ago int) domain.ProvisionEnded {
		return domain.ProvisionEnded{ID: support, Day: today - calendar.Day(ago), Code: "completed"}
	}
	for _, tt := range []struct {
		name  string
		given []any
		want  string
		says  string
	}{
		{"nine weeks left", []any{started(63)}, "", ""},
		{"eight weeks left", []any{started(56)}, "support-lands", "what replaces it?"},
		{"eight weeks, planned", []any{started(56), landing}, "", ""},
		{"two weeks left", []any{started(14)}, "support-ends", "what replaces it?"},
		{"two weeks, planned", []any{started(14), landing}, "support-ends", "is what follows ready?"},
		{"it was to end", []any{started(-3)}, "support-over", "say how it ended"},
		{"ended, nothing follows", []any{started(-3), ended(3)}, "support-over", "what replaces it?"},
		{"ended, something follows", []any{started(-3), ended(3), landing}, "", ""},
		{"ended long ago", []any{started(-40), ended(29)}, "", ""},
		{"history", []any{domain.ProvisionStarted{ID: support, Programme: "mental-health-support-service", Started: today - 300, Past: true}, ended(3)}, "", ""},
	} {
		row := replay(append([]any{joined}, tt.given...)...).Row()
		reasons := slices.DeleteFunc(q.Reasons(row), func(r domain.Reason) bool { return !strings.HasPrefix(r.Rule, "support-") })
		switch {
		case tt.want == "" && len(reasons) > 0:
			t.Errorf("%s: %+v", tt.name, reasons)
		case tt.want != "" && (len(reasons) != 1 || reasons[0].Rule != tt.want || !strings.Contains(reasons[0].Why, tt.says)):
			t.Errorf("%s: %+v", tt.name, reasons)
		}
	}
	if j := q.Judge(replay(joined, started(14)).Row()); !j.Is("landing") || !slices.Contains(j.Values("programme"), "mental-health-support-service") {
		t.Error("filters do not know of it")
	}
}

// TestSupportBringsAReview: a plan is looked at two weeks before support ends.
func TestSupportBringsAReview(t *testing.T) {
	p := replay(joined, aGoal, domain.ProvisionStarted{ID: support, Programme: "mental-health-support-service", Started: (today + 31).AddMonths(-9)})
	rules := domain.ReviewRules{"support-end": {Key: "support-end", Days: -14}}
	q := domain.Queue{Today: today, Catalogue: known(), Planning: domain.Planning{Reviews: rules}}
	ends := q.SupportEnds(p)
	if len(ends) != 1 || p.Review(q.Reviewing()).Day != ends[0]-14 {
		t.Errorf("ends %v, review %+v", ends, p.Review(q.Reviewing()))
	}
	if j := q.Judge(p.Row()); !slices.ContainsFunc(j.Debts, func(d domain.Debt) bool { return d.Kind == domain.DebtReview && d.Day == ends[0]-14 }) {
		t.Errorf("the queue does not know of the review: %+v", j.Debts)
	}
}

// TestJobStartComesFromJobs: the clock in work counts from the job that began while
// support ran and goes on; the fact tells only where there is no job.
func TestJobStartComesFromJobs(t *testing.T) {
	running := domain.ProvisionStarted{ID: support, Programme: "work-and-health-programme", Started: today - 100}
	fact := domain.Described{Facts: map[domain.Fact]string{domain.FactJobStart: (today - 60).String()}}
	job := func(n byte, start calendar.Day) domain.JobFound {
		return domain.JobFound{ID: made(n), Title: "baker", Start: start}
	}
	for _, tt := range []struct {
		name  string
		given []any
		want  calendar.Day
	}{
		{"nobody says", nil, 0},
		{"the fact says", []any{fact}, today - 60},
		{"a job says more than the fact", []any{fact, job(1, today-40)}, today - 40},
		{"the first of two", []any{job(1, today-40), job(2, today-20)}, today - 40},
		{"one ended", []any{job(1, today-40), domain.JobEnded{ID: made(1), Day: today - 30}, job(2, today-20)}, today - 20},
		{"it ended, and the fact is of old", []any{fact, job(1, today-60), domain.JobEnded{ID: made(1), Day: today - 30}}, 0},
		{"it began before support did", []any{job(1, today-200)}, 0},
		{"an offer has no day", []any{job(1, 0)}, 0},
	} {
		p := replay(append([]any{joined, running}, tt.given...)...)
		if got := p.Row().Provisions[0].JobStart; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.Long(), tt.want.Long())
		}
	}
}

// TestProgrammeFilter: who is on a programme or on the way to it is found by its key and
// by its name; who left it is not.
func TestProgrammeFilter(t *testing.T) {
	q := domain.Queue{Today: today, Catalogue: known()}
	sent := domain.ReferralDrafted{ID: made(3), Letter: domain.Letter{Programme: "workwell"}}
	for _, tt := range []struct {
		name  string
		given []any
		found bool
	}{
		{"nothing", nil, false},
		{"on it", []any{domain.ProvisionStarted{ID: support, Programme: "workwell", Started: today - 9}}, true},
		{"was on it", []any{domain.ProvisionStarted{ID: support, Programme: "workwell", Started: today - 9}, domain.ProvisionEnded{ID: support, Day: today - 1}}, false},
		{"referred", []any{sent}, true},
		{"the referral was withdrawn", []any{sent, domain.ReferralRecalled{ID: made(3)}}, false},
		{"applies", []any{domain.ApplicationBegun{ID: made(4), Programme: "workwell"}}, true},
		{"refused", []any{domain.ApplicationBegun{ID: made(4), Programme: "workwell"}, domain.ApplicationDecided{ID: made(4), Result: domain.ApplicationRefused, Day: today}}, false},
	} {
		for _, asked := range []string{"workwell", "WorkWell"} {
			j := q.Judge(replay(append([]any{joined}, tt.given...)...).Row())
			if got := slices.Contains(j.Values("programme"), asked); got != tt.found {
				t.Errorf("%s, %s: %v", tt.name, asked, got)
			}
		}
	}
}
