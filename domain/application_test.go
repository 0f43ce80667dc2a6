package domain_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

var applied = domain.ID{15: 71}

func TestApplicationDecides(t *testing.T) {
	begun := domain.ApplicationBegun{ID: applied, Programme: "access-to-work"}
	sent := domain.ApplicationBegun{ID: applied, Programme: "access-to-work", Applied: today - 10}
	awarded := domain.ApplicationDecided{ID: applied, Result: domain.ApplicationAwarded, Day: today - 1, Until: today + 200}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		field string // empty: accepted
	}{
		{"gets ready", nil, domain.Apply{Participant: pat, Programme: "access-to-work", Elements: []string{"travel-to-work"}}, ""},
		{"for nothing", nil, domain.Apply{Participant: pat}, "programme"},
		{"tomorrow", nil, domain.Apply{Participant: pat, Programme: "access-to-work", Applied: today + 1}, "applied"},
		{"twice", []any{begun}, domain.Apply{Participant: pat, Programme: "access-to-work"}, "programme"},
		{"for something else beside it", []any{begun}, domain.Apply{Participant: pat, Programme: "access-to-work", Elements: []string{"vehicle"}}, ""},
		{"renews nothing", nil, domain.Apply{Participant: pat, Programme: "access-to-work", Renews: applied}, "application"},
		{"renews", []any{sent, awarded}, domain.Apply{Participant: pat, Programme: "access-to-work", Renews: applied}, ""},
		{"is sent", []any{begun}, domain.ChangeApplication{Participant: pat, Application: applied, Applied: ptr(today)}, ""},
		{"changes nothing", []any{sent}, domain.ChangeApplication{Participant: pat, Application: applied, Applied: ptr(today - 10)}, "-"},
		{"chased before it is sent", []any{begun}, domain.ChaseApplication{Participant: pat, Application: applied, Answer: domain.ChaseAsked}, "application"},
		{"chased", []any{sent}, domain.ChaseApplication{Participant: pat, Application: applied, Answer: domain.ChaseSilent}, ""},
		{"chased and done", []any{sent}, domain.ChaseApplication{Participant: pat, Application: applied, Answer: domain.ChaseSaysDone}, "answer"},
		{"chased when decided", []any{sent, awarded}, domain.ChaseApplication{Participant: pat, Application: applied, Answer: domain.ChaseAsked}, "application"},
		{"decided before it is sent", []any{begun}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationRefused}, "application"},
		{"withdrawn before it is sent", []any{begun}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationWithdrawn}, ""},
		{"awarded in part", []any{sent}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationInPart, Until: today + 300}, ""},
		{"refused until", []any{sent}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationRefused, Until: today + 300}, "until"},
		{"decided before they applied", []any{sent}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationRefused, Day: today - 11}, "day"},
		{"decided tomorrow", []any{sent}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationRefused, Day: today + 1}, "day"},
		{"decided so already", []any{sent, awarded}, domain.DecideApplication{Participant: pat, Application: applied, Result: domain.ApplicationAwarded, Day: today - 1, Until: today + 200}, "result"},
		{"decided as nothing", []any{sent}, domain.DecideApplication{Participant: pat, Application: applied, Result: "maybe"}, "result"},
	} {
		_, err := domain.Decide(tt.when, past(append([]any{joined}, tt.given...)...), stamp(domain.Coach))
		var no domain.Refusal
		refused := errors.As(err, &no)
		if refused != (tt.field != "") || refused && no.Field != strings.TrimPrefix(tt.field, "-") {
			t.Errorf("%s: %v, want a refusal of %q", tt.name, err, tt.field)
		}
	}
}

// TestApplicationsInTheQueue: unsent, a job soon, silent, asked again, an award that ends.
func TestApplicationsInTheQueue(t *testing.T) {
	q := domain.Queue{Today: today, Catalogue: known(), Rules: domain.Rules{}}
	for key, n := range map[string]int{"application-job": 28, "application-unsent": 7, "application-silent": 28, "application-again": 14, "award-ends": 84} {
		q.Rules[key] = domain.Rule{Key: key, Weight: 10, Days: n}
	}
	begun := func(ago, job int) domain.ApplicationBegun {
		e := domain.ApplicationBegun{ID: applied, Programme: "access-to-work"}
		if ago > 0 {
			e.Applied = today - calendar.Day(ago)
		}
		if job != 0 {
			e.JobStart = today + calendar.Day(job)
		}
		return e
	}
	decided := func(r domain.ApplicationState, until int) domain.ApplicationDecided {
		return domain.ApplicationDecided{ID: applied, Result: r, Day: today - 5, Until: today + calendar.Day(until)}
	}
	later := func(days int, e domain.Event) domain.Record { // so many days ago
		return domain.Record{Day: today - calendar.Day(days), Event: e}
	}
	for _, tt := range []struct {
		name  string
		given []domain.Record
		want  string
		says  string
	}{
		{"begun today", []domain.Record{later(0, begun(0, 0))}, "", ""},
		{"begun a week ago", []domain.Record{later(7, begun(0, 0))}, "application-unsent", "not applied for yet"},
		{"a job in four weeks", []domain.Record{later(0, begun(0, 28))}, "application-job", "say so"},
		{"a job in five", []domain.Record{later(0, begun(0, 35))}, "", ""},
		{"applied 27 days ago", []domain.Record{later(27, begun(27, 0))}, "", ""},
		{"applied 28 days ago", []domain.Record{later(28, begun(28, 0))}, "application-silent", "no decision"},
		{"and chased lately", []domain.Record{later(28, begun(28, 0)), later(13, domain.ApplicationChased{ID: applied, Answer: domain.ChaseAsked})}, "", ""},
		{"and chased two weeks ago", []domain.Record{later(60, begun(60, 0)), later(14, domain.ApplicationChased{ID: applied, Answer: domain.ChaseAsked})}, "application-again", "ask again"},
		{"applied, a job soon", []domain.Record{later(3, begun(3, 10))}, "application-job", "they know of the job?"},
		{"refused", []domain.Record{later(60, begun(60, 0)), later(5, domain.ApplicationDecided{ID: applied, Result: domain.ApplicationRefused, Day: today - 5})}, "", ""},
		{"an award of months", []domain.Record{later(60, begun(60, 0)), later(5, decided(domain.ApplicationAwarded, 100))}, "", ""},
		{"an award of twelve weeks", []domain.Record{later(60, begun(60, 0)), later(5, decided(domain.ApplicationInPart, 84))}, "award-ends", "renew"},
		{"an award that ended", []domain.Record{later(60, begun(60, 0)), later(5, decided(domain.ApplicationAwarded, -1))}, "award-ends", "ended"},
		{"an award that is renewed", []domain.Record{later(60, begun(60, 0)), later(5, decided(domain.ApplicationAwarded, 20)), later(0, domain.ApplicationBegun{ID: made(9), Programme: "access-to-work", Renews: applied, Applied: today})}, "", ""},
	} {
		rs := past(joined)
		for i, r := range tt.given {
			r.Subject, r.Seq, r.Command, r.Time = domain.About(pat), uint64(i+2), domain.ID{14: 2, 15: byte(i)}, rs[0].Time+domain.Clock(i+1)
			r.By, r.Role, r.Kind = amina, domain.Coach, r.Event.Kind()
			rs = append(rs, r)
		}
		reasons := slices.DeleteFunc(q.Reasons(domain.Replay(domain.About(pat), rs).Row()), func(r domain.Reason) bool {
			return !strings.HasPrefix(r.Rule, "application") && !strings.HasPrefix(r.Rule, "award")
		})
		switch {
		case tt.want == "" && len(reasons) > 0:
			t.Errorf("%s: %+v", tt.name, reasons)
		case tt.want != "" && (len(reasons) != 1 || reasons[0].Rule != tt.want || !strings.Contains(reasons[0].Why, tt.says)):
			t.Errorf("%s: %+v", tt.name, reasons)
		}
	}
}

func TestTransferDecides(t *testing.T) {
	offer, bea := domain.ID{15: 72}, domain.ID{15: 33}
	fit := domain.FitNoteRecorded{ID: made(1), Option: domain.NotFit, From: today - 20, To: today + 10}
	for _, tt := range []struct {
		name  string
		given []any
		by    domain.ID
		when  domain.Command
		field string
	}{
		{"offered", nil, amina, domain.OfferTransfer{Participant: pat, To: bea}, ""},
		{"to nobody", nil, amina, domain.OfferTransfer{Participant: pat}, "to"},
		{"to oneself", nil, amina, domain.OfferTransfer{Participant: pat, To: amina}, "to"},
		{"a fit note ends in ten days and nobody says so", []any{fit}, amina, domain.OfferTransfer{Participant: pat, To: bea, SoonDays: 10}, "note"},
		{"the office says nine", []any{fit}, amina, domain.OfferTransfer{Participant: pat, To: bea, SoonDays: 9}, ""},
		{"a referral is open", []any{domain.ReferralDrafted{ID: made(3), Letter: domain.Letter{Programme: "workwell"}}}, amina, domain.OfferTransfer{Participant: pat, To: bea}, "note"},
		{"a referral was withdrawn", []any{domain.ReferralDrafted{ID: made(3), Letter: domain.Letter{Programme: "workwell"}}, domain.ReferralRecalled{ID: made(3)}}, amina, domain.OfferTransfer{Participant: pat, To: bea}, ""},
		{"and somebody says so", []any{fit}, amina, domain.OfferTransfer{Participant: pat, To: bea, Note: "the note"}, ""},
		{"support ends in ten days", nil, amina, domain.OfferTransfer{Participant: pat, To: bea, SoonDays: 10, SupportEnds: []calendar.Day{today + 10}}, "note"},
		{"support ends in eleven", nil, amina, domain.OfferTransfer{Participant: pat, To: bea, SoonDays: 10, SupportEnds: []calendar.Day{today + 11}}, ""},
		{"a question is open", []any{domain.Asked{ID: made(2), Question: "q"}}, amina, domain.OfferTransfer{Participant: pat, To: bea}, "note"},
		{"twice", []any{domain.CaseOffered{ID: offer, To: bea}}, amina, domain.OfferTransfer{Participant: pat, To: bea}, "to"},
		{"accepted", []any{domain.CaseOffered{ID: offer, To: bea}}, bea, domain.AnswerTransfer{Participant: pat, Transfer: offer, Yes: true}, ""},
		{"accepted by somebody else", []any{domain.CaseOffered{ID: offer, To: bea}}, amina, domain.AnswerTransfer{Participant: pat, Transfer: offer, Yes: true}, "transfer"},
		{"declined for no reason", []any{domain.CaseOffered{ID: offer, To: bea}}, bea, domain.AnswerTransfer{Participant: pat, Transfer: offer}, "reason"},
		{"declined", []any{domain.CaseOffered{ID: offer, To: bea}}, bea, domain.AnswerTransfer{Participant: pat, Transfer: offer, Reason: "full"}, ""},
		{"called back", []any{domain.CaseOffered{ID: offer, To: bea}}, amina, domain.RecallTransfer{Participant: pat, Transfer: offer}, ""},
		{"called back when accepted", []any{domain.CaseOffered{ID: offer, To: bea}, domain.CaseAccepted{ID: offer, Name: "Bea"}}, amina, domain.RecallTransfer{Participant: pat, Transfer: offer}, "transfer"},
	} {
		s := stamp(domain.Coach)
		s.By = tt.by
		_, err := domain.Decide(tt.when, past(append([]any{joined}, tt.given...)...), s)
		var no domain.Refusal
		if refused := errors.As(err, &no); refused != (tt.field != "") || no.Field != tt.field {
			t.Errorf("%s: %v, want a refusal of %q", tt.name, err, tt.field)
		}
	}

	// On acceptance the case is the colleague's, a review is due by the rule, and the
	// record tells whose it was.
	p := replay(joined, aGoal, domain.Described{Facts: map[domain.Fact]string{domain.FactCoach: "Amina Yusuf"}}, domain.CaseOffered{ID: offer, To: bea})
	q := domain.Queue{Today: today, Me: bea, Rules: domain.Rules{"transfer-offered": {Key: "transfer-offered"}, "transfer-waits": {Key: "transfer-waits"}}}
	if got := q.Reasons(p.Row()); len(got) != 1 || got[0].Rule != "transfer-offered" {
		t.Errorf("whom it was offered to is not asked: %+v", got)
	}
	q.Me = amina
	if got := q.Reasons(p.Row()); len(got) != 1 || got[0].Rule != "transfer-waits" {
		t.Errorf("who offered it does not see it wait: %+v", got)
	}
	rs := append(past(joined, aGoal, domain.Described{Facts: map[domain.Fact]string{domain.FactCoach: "Amina Yusuf"}}, domain.CaseOffered{ID: offer, To: bea}), past(joined, joined, joined, joined, domain.CaseAccepted{ID: offer, Name: "Bea Holt"})[4])
	rs[4].Day = today + 3
	p = domain.Replay(domain.About(pat), rs)
	review := p.Review(domain.Reviewing{Rules: domain.ReviewRules{"transfer": {Key: "transfer", Days: 10}}})
	if p.Fact(domain.FactCoach) != "Bea Holt" || len(p.Coaches) != 2 || p.Coaches[0].Value != "Amina Yusuf" || review.Day != today+13 {
		t.Errorf("coach %q, held by %+v, review %+v", p.Fact(domain.FactCoach), p.Coaches, review)
	}
}

// TestFitHistory: gaps, overlaps, changes, and the weeks of all notes together.
func TestFitHistory(t *testing.T) {
	note := func(n byte, o domain.FitOption, from, to int) domain.FitNoteRecorded {
		return domain.FitNoteRecorded{ID: made(n), Option: o, From: today + calendar.Day(from), To: today + calendar.Day(to)}
	}
	for _, tt := range []struct {
		name  string
		notes []any
		says  string
		last  string // how the last one follows
	}{
		{"one", []any{note(1, domain.NotFit, 0, 27)}, "1 note, 4 weeks in all", ""},
		{"one after the other", []any{note(1, domain.NotFit, 0, 6), note(2, domain.NotFit, 7, 15)}, "2 notes, 2 weeks and 2 days in all", ""},
		{"with a gap", []any{note(1, domain.NotFit, 0, 6), note(2, domain.NotFit, 10, 16)}, "2 notes, 2 weeks in all, 1 gap", "3 days without a note before it"},
		{"overlapping", []any{note(1, domain.NotFit, 0, 6), note(2, domain.NotFit, 5, 13)}, "2 notes, 2 weeks in all", "2 days covered by another note already"},
		{"inside another", []any{note(1, domain.NotFit, 0, 13), note(2, domain.NotFit, 2, 3)}, "2 notes, 2 weeks in all", "2 days covered by another note already"},
		{"changed", []any{note(1, domain.NotFit, 0, 6), note(2, domain.MayBeFit, 7, 13)}, "2 notes, 2 weeks in all", "changed from not fit for work to may be fit for work"},
		{"recorded the wrong way round", []any{note(2, domain.NotFit, 7, 13), note(1, domain.NotFit, 0, 6)}, "2 notes, 2 weeks in all", ""},
		{"none", nil, "", ""},
	} {
		h := replay(append([]any{joined}, tt.notes...)...).FitHistory()
		last := ""
		if n := len(h.Notes); n > 0 {
			last = strings.Join(h.Notes[n-1].Follows(), "; ")
		}
		if h.Says() != tt.says || last != tt.last {
			t.Errorf("%s: %q, %q", tt.name, h.Says(), last)
		}
	}
	p := replay(joined, note(1, domain.NotFit, 0, 6))
	x := p.Thought(domain.FitNote{Option: domain.MayBeFit, From: today + 5, To: today + 20})
	plans := domain.Planning{FitNotes: []domain.FitChange{{From: domain.NotFit, To: domain.MayBeFit, Says: "talk"}}}
	if x.Overlap != 2 || x.Was != domain.NotFit || plans.FitChangeSays(x) != "talk" {
		t.Errorf("before it is written down: %+v", x)
	}
}

// TestFitNoteErasedWithItsCorrections: a note that was kept long enough goes with what
// corrected it, by the end that it was last said to have.
func TestFitNoteErasedWithItsCorrections(t *testing.T) {
	for _, tt := range []struct {
		first, then calendar.Day
		goes        bool
	}{{today - 100, today - 90, true}, {today - 100, today - 10, false}, {today - 10, today - 90, true}} {
		rs := past(joined, domain.FitNoteRecorded{ID: made(1), Option: domain.NotFit, From: today - 120, To: tt.first}, domain.FitNoteCorrected{ID: made(1), Option: domain.NotFit, From: today - 120, To: tt.then, Comments: "c"})
		takes := domain.PartsErasure{Participant: pat, Class: domain.KeepFitNote, Before: today - 50}.Takes(rs)
		if takes(rs[1]) != tt.goes || takes(rs[2]) != tt.goes || takes(rs[0]) {
			t.Errorf("%+v: %t %t", tt, takes(rs[1]), takes(rs[2]))
		}
	}
}
