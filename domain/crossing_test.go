package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestCrossings is the table of concurrent pairs: what two desks did apart, each
// without knowing of the other, and what stands when they meet. Both orders add up to
// the same, because the clocks of two desks may put either first.
//
//	withdrawn | answered            withdrawn; the answer is kept
//	consent withdrawn | given       withdrawn
//	consent withdrawn | narrowed    withdrawn
//	consent narrowed | narrowed     the least of both
//	step done | dropped             dropped
//	adjustment removed | removed    removed, once
//	appointment rebooked | cancelled   cancelled
//	plan agreed | agreed        both; the later takes the next number and is marked
//	note amended | amended      the later shows, both are kept and marked
//	session amended | amended   the later shows, both are kept and marked
//	fact added | added          both lines
//	answered | answered         answered; both answers stand
//	answered | returned         answered; what was missing is in the thread
//	answered | turned           answered; why it was to be turned is in the thread
//	answered | asked again      answered
//	accepted | accepted         accepted, by the first
//	accepted | asked again      accepted
//	booked | withdrawn          withdrawn; the thread tells of the meeting
//	booked | turned             booked
//	booked | booked             booked; both times are in the diary
//	meeting cancelled | held    held
//	agreed | declined           declined, unless whoever agreed knew of it
//	begun | declined            declined
//	begun | turned              active
//	handed back | reviewed      handed back; the review is kept
//	handed back | withdrawn     withdrawn; the next step is in the plan
//	handed back | declined      handed back
//	turned | turned             the later; both reasons are in the thread
//	closed | withdrawn          withdrawn
//	concern acknowledged twice  acknowledged; both answers stand
//	step: date | date           the later shows; both are kept and marked; so with owner,
//	                            what it waits for, result and reason
//	step done | chased          done; the chase is kept
//	goal achieved | archived    archived; both are kept and marked
//	goal: target | target       the later shows; both are kept and marked
//	signpost told | told        the later shows; both are kept and marked
//	item undone | worked on     the item is back, ended; the words about it are kept
//	plan paused | paused        both; the one that ends last counts
//	plan paused | resumed       paused: another pause than the one that was ended
//	plan resumed | resumed      the earlier day
//	barrier resolved | resolved gone; the words of both are kept
//	promise kept | not kept     the later shows; both are kept and marked
//	support ended | ended       the later shows; both are kept and marked
//	support ended | corrected   ended; so with every other pair of different fields
//	support corrected | corrected   the later shows; both are kept and marked
//	landing | landing           both are kept; the later shows
//	phrase saved | removed      removed when that came later; its new words stay (TestPhrasesApart)
//	support started | started   both are on the record
//	referral withdrawn | started    withdrawn; that it started is kept
//	referral rejected | acknowledged   rejected; the acknowledgement is kept
//	referral declined | no contact  the later shows; both are kept and marked
//	referral amended | amended  the later shows; both letters are kept and marked
//	referral draft withdrawn | sent  withdrawn; what was sent is kept
//	referral met | booked       met; when they were to meet is kept
//	referral sent | sent        sent once; both letters are kept and marked
//	application decided | decided   the later shows; both are kept and marked
//	application decided | chased    decided; the chase is kept
//	application: applied | withdrawn   withdrawn; the day is kept
//	evidence at hand | at hand  both
//	case accepted | called back accepted, and marked
//	case declined | called back the one that came first, and marked; the reason is kept
//	fit note corrected | corrected   the later shows; both are kept and marked
//	contact checked | added with other keys   not checked (TestContactsCross, with all pairs of the address book)
func TestCrossings(t *testing.T) {
	id, other := domain.ID{15: 50}, domain.ID{15: 51}
	step := domain.StepAdded{ID: id, Text: "x", Owner: domain.ByPerson}
	applied := domain.ApplicationBegun{ID: id, Programme: "access-to-work", Applied: today - 30}
	consents := func(p domain.Participant) bool {
		return p.WhyNotShare(trust, nil, today) != "" && len(p.Consents) == 2
	}
	for _, tt := range []struct {
		name  string
		given []any
		a, b  any
		then  func(domain.Participant) bool
	}{
		{
			"a question withdrawn and answered",
			[]any{domain.Asked{ID: id, Question: "q"}},
			domain.EscalationEnded{ID: id},
			byAdviser(domain.Answered{ID: id, Text: "a"}),
			func(p domain.Participant) bool {
				e := p.Escalations[0]
				return e.State == domain.EscalationWithdrawn && e.Answer == "a" && e.Both
			},
		},
		{"consent withdrawn and given", []any{given(id)}, domain.ConsentWithdrawn{ID: id}, given(other), consents},
		{
			"consent withdrawn and narrowed",
			[]any{given(id)},
			domain.ConsentWithdrawn{ID: id},
			domain.ConsentNarrowed{ID: id, Until: today + 3},
			func(p domain.Participant) bool { return p.WhyNotShare(trust, nil, today) != "" },
		},
		{
			"consent narrowed twice",
			[]any{given(id)},
			domain.ConsentNarrowed{ID: id, Until: today + 3},
			domain.ConsentNarrowed{ID: id, Items: []domain.ConsentItem{domain.ItemPlan}, Until: today + 9},
			func(p domain.Participant) bool {
				c := p.Consents[0]
				return c.Until == today+3 && len(c.Items) == 1 && c.Items[0] == domain.ItemPlan
			},
		},
		{
			"a step done and dropped",
			[]any{step},
			domain.StepChanged{ID: id, Status: ptr(domain.StepDone)},
			domain.StepChanged{ID: id, Status: ptr(domain.StepDropped), Reason: "r"},
			func(p domain.Participant) bool { return p.Plan.Steps[0].Status == domain.StepDropped },
		},
		{
			"a referral withdrawn and started",
			[]any{domain.Referred{ID: id, Letter: letter}},
			domain.ReferralRecalled{ID: id, Code: "person", Words: "not now"},
			domain.ReferralMoved{ID: id, To: domain.ReferralStarted, Day: today, Words: "came in"},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return x.State == domain.ReferralWithdrawn && len(p.Referrals) == 1 && len(x.Log) == 3 && strings.Contains(x.Log[1].Text+x.Log[2].Text, "came in")
			},
		},
		{
			"a referral rejected and acknowledged",
			[]any{domain.Referred{ID: id, Letter: letter}},
			domain.ReferralMoved{ID: id, To: domain.ReferralRejected, Day: today, Code: "provider-full"},
			domain.ReferralMoved{ID: id, To: domain.ReferralAcknowledged, Day: today},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return x.State == domain.ReferralRejected && x.Code() == "provider-full" && len(x.Log) == 3
			},
		},
		{
			"a referral declined and without contact",
			[]any{domain.Referred{ID: id, Letter: letter}},
			domain.ReferralMoved{ID: id, To: domain.ReferralDeclined, Day: today, Code: "health"},
			domain.ReferralMoved{ID: id, To: domain.ReferralNoContact, Day: today, Words: "three calls"},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return x.Both && x.State == x.Log[2].To && len(x.Log) == 3 && x.Log[1].Met == "" && x.Log[2].Met == ""
			},
		},
		{
			"a referral amended twice",
			[]any{domain.Referred{ID: id, Letter: letter}},
			domain.ReferralAmended{ID: id, Letter: domain.Letter{Programme: "workwell", Provider: "A", Text: "a"}, Reason: "r", Saw: 1},
			domain.ReferralAmended{ID: id, Letter: domain.Letter{Programme: "workwell", Provider: "B", Text: "b"}, Reason: "r", Saw: 1},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return x.Apart && len(x.Letters) == 3 && x.Provider == x.Letters[2].Provider && x.Letters[1].Provider != x.Letters[2].Provider
			},
		},
		{
			"a referral withdrawn as a draft and sent",
			[]any{domain.ReferralDrafted{ID: id, Letter: letter}},
			domain.ReferralRecalled{ID: id},
			domain.Referred{ID: id, Letter: letter},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return x.State == domain.ReferralWithdrawn && len(p.Referrals) == 1 && len(x.Letters) == 2 && len(x.Log) == 3
			},
		},
		{
			"a referral met and booked",
			[]any{domain.Referred{ID: id, Letter: letter}},
			domain.ReferralMoved{ID: id, To: domain.ReferralMet, Day: today},
			domain.ReferralMoved{ID: id, To: domain.ReferralBooked, Day: today, Minute: 600},
			func(p domain.Participant) bool {
				return p.Referrals[0].State == domain.ReferralMet && len(p.Referrals[0].Log) == 3
			},
		},
		{
			"a referral sent twice from one draft",
			[]any{domain.ReferralDrafted{ID: id, Letter: letter}},
			domain.Referred{ID: id, Letter: letter},
			domain.Referred{ID: id, Letter: domain.Letter{Programme: "workwell", Provider: "B", Text: "b"}},
			func(p domain.Participant) bool {
				x := p.Referrals[0]
				return len(p.Referrals) == 1 && x.State == domain.ReferralSent && x.Apart && len(x.Letters) == 3
			},
		},
		{
			"an appointment rebooked and cancelled",
			[]any{domain.Booked{ID: id, Day: today + 1, Minute: 600}},
			domain.Rebooked{ID: id, Day: today + 2, Minute: 620},
			domain.Cancelled{ID: id},
			func(p domain.Participant) bool {
				return p.Appointments[0].State == domain.AppointmentCancelled && p.Appointments[0].Changes == 1
			},
		},
		{
			"an appointment cancelled twice",
			[]any{domain.Booked{ID: id, Day: today + 1, Minute: 600}},
			domain.Cancelled{ID: id, Reason: "the strike"},
			domain.Cancelled{ID: id, Reason: "ill"},
			func(p domain.Participant) bool {
				a := p.Appointments[0]
				return a.State == domain.AppointmentCancelled && strings.Contains(a.Reason, "the strike") && strings.Contains(a.Reason, "ill")
			},
		},
		{
			"a plan agreed twice",
			[]any{aGoal},
			domain.PlanAgreed{ID: id, Version: 1},
			domain.PlanAgreed{ID: other, Version: 1},
			func(p domain.Participant) bool {
				a := p.Plan.Agreed
				return len(a) == 2 && a[0].Version == 1 && !a[0].Crossed && a[1].Version == 2 && a[1].Crossed && p.Plan.Version() == 2
			},
		},
		{
			"a note amended twice",
			[]any{domain.Noted{ID: id, Lines: []domain.PlacedLine{{Text: "x"}}}},
			domain.NoteAmended{ID: id, Version: other, Lines: []domain.PlacedLine{{Text: "a"}}, Reason: "r"},
			domain.NoteAmended{ID: id, Version: domain.ID{15: 52}, Scope: domain.CoachOnly, Lines: []domain.PlacedLine{{Text: "b"}}, Reason: "r"},
			func(p domain.Participant) bool {
				n := p.Notes[0]
				return n.Apart && len(n.Amended) == 2 && slices.Contains([]string{"a", "x\nb"}, text(n.Parts)) &&
					text(n.Version(domain.ID{})) == "x" && text(n.Version(other)) == "a" && text(n.Version(domain.ID{15: 52})) == "x\nb"
			},
		},
		{
			"a session amended twice",
			[]any{domain.SessionHeld{ID: id, Outcome: domain.DidNotCome, Day: today}},
			domain.SessionAmended{ID: id, Version: other, Outcome: domain.Happened, Reason: "r"},
			domain.SessionAmended{ID: id, Version: domain.ID{15: 52}, Outcome: domain.CameNot, Reason: "r"},
			func(p domain.Participant) bool {
				x := p.Sessions[0]
				return x.Apart && len(x.Versions) == 3 && x.Versions[0].Outcome == domain.DidNotCome && x.Outcome == x.Versions[2].Outcome
			},
		},
		{
			"a fact added to twice",
			[]any{domain.FactAdded{Fact: domain.FactMatters, Text: "x"}},
			domain.FactAdded{Fact: domain.FactMatters, Text: "a"},
			domain.FactAdded{Fact: domain.FactMatters, Text: "b"},
			func(p domain.Participant) bool {
				return slices.Contains([]string{"x\na\nb", "x\nb\na"}, p.Fact(domain.FactMatters))
			},
		},
		{
			"two dates for one step",
			[]any{step},
			domain.StepChanged{ID: id, Due: ptr(today + 3), Saw: 1},
			domain.StepChanged{ID: id, Due: ptr(today + 9), Saw: 1},
			func(p domain.Participant) bool {
				s := p.Plan.Steps[0]
				return len(s.Elsewhere) == 1 && s.Elsewhere[0].Field == "date" && (s.Due == today+3) != strings.Contains(s.Elsewhere[0].Said, (today+3).Long())
			},
		},
		{
			"a date and something to wait for",
			[]any{step},
			domain.StepChanged{ID: id, Due: ptr(today + 3), Saw: 1},
			domain.StepChanged{ID: id, Due: ptr(calendar.Day(0)), Before: ptr(domain.BeforeJob), Saw: 1},
			func(p domain.Participant) bool {
				s := p.Plan.Steps[0]
				return len(s.Elsewhere) == 1 && (s.Before == "") != s.Due.IsZero()
			},
		},
		{
			"the same date twice",
			[]any{step},
			domain.StepChanged{ID: id, Due: ptr(today + 3), Saw: 1},
			domain.StepChanged{ID: id, Due: ptr(today + 3), Saw: 1},
			func(p domain.Participant) bool { return len(p.Plan.Steps[0].Elsewhere) == 0 },
		},
		{
			"two results and reasons of one step",
			[]any{step},
			domain.StepChanged{ID: id, Result: ptr(domain.ResultNo), Reason: "rain", Saw: 1},
			domain.StepChanged{ID: id, Result: ptr(domain.ResultWorked), Reason: "sun", Saw: 1},
			func(p domain.Participant) bool {
				s := p.Plan.Steps[0]
				return len(s.Elsewhere) == 2 && s.Elsewhere[0].Field == "reason" && s.Elsewhere[0].Said != s.Reason && s.Elsewhere[1].Field == "result"
			},
		},
		{
			"two owners of one step",
			[]any{step},
			domain.StepChanged{ID: id, Owner: ptr(domain.ByCoach), Saw: 1},
			domain.StepChanged{ID: id, Owner: ptr(domain.ByProvider), Saw: 1},
			func(p domain.Participant) bool { return len(p.Plan.Steps[0].Elsewhere) == 1 },
		},
		{
			"a step done and dropped, both marked",
			[]any{step},
			domain.StepChanged{ID: id, Status: ptr(domain.StepDone), Saw: 1},
			domain.StepChanged{ID: id, Status: ptr(domain.StepDropped), Reason: "r", Saw: 1},
			func(p domain.Participant) bool {
				s := p.Plan.Steps[0]
				return s.Status == domain.StepDropped && s.Reason == "r" && len(s.Elsewhere) == 1 && s.Elsewhere[0].Said == "done"
			},
		},
		{
			"a step done and chased",
			[]any{domain.StepAdded{ID: id, Text: "x", Owner: domain.ByProvider}},
			domain.StepChanged{ID: id, Status: ptr(domain.StepDone), Saw: 1},
			domain.StepChased{ID: id, Answer: domain.ChaseSilent, Comment: "the machine"},
			func(p domain.Participant) bool {
				s := p.Plan.Steps[0]
				return s.Status == domain.StepDone && s.LastChase().Comment == "the machine" && len(s.Elsewhere) == 0
			},
		},
		{
			"a goal achieved and archived",
			[]any{domain.GoalSet{ID: id, Text: "x"}},
			domain.GoalClosed{ID: id, Status: domain.GoalAchieved, Outcome: "they know my name", Saw: 1},
			domain.GoalClosed{ID: id, Status: domain.GoalArchived, Code: "declined", Saw: 1},
			func(p domain.Participant) bool {
				g := p.Plan.Goals[0]
				return g.Status == domain.GoalArchived && g.Code == "declined" && len(g.Elsewhere) == 1 && strings.Contains(g.Elsewhere[0].Said, "they know my name")
			},
		},
		{
			"two targets for one goal",
			[]any{domain.GoalSet{ID: id, Text: "x"}},
			domain.GoalAimed{ID: id, Target: today + 30, Saw: 1},
			domain.GoalAimed{ID: id, Target: today + 60, Saw: 1},
			func(p domain.Participant) bool { return len(p.Plan.Goals[0].Elsewhere) == 1 },
		},
		{
			"a plan paused twice",
			nil,
			domain.PlanPaused{ID: id, From: today, Until: today + 9, Reason: "a"},
			domain.PlanPaused{ID: other, From: today, Until: today + 30, Reason: "b"},
			func(p domain.Participant) bool {
				x, _ := p.Plan.Paused(today + 1)
				return len(p.Plan.Pauses) == 2 && x.Until == today+30
			},
		},
		{
			"a plan paused anew and resumed",
			[]any{domain.PlanPaused{ID: id, From: today, Until: today + 9}},
			domain.PlanResumed{ID: id, Day: today + 1},
			domain.PlanPaused{ID: other, From: today, Until: today + 30},
			func(p domain.Participant) bool { _, paused := p.Plan.Paused(today + 2); return paused },
		},
		{
			"a plan resumed twice",
			[]any{domain.PlanPaused{ID: id, From: today, Until: today + 9}},
			domain.PlanResumed{ID: id, Day: today + 3},
			domain.PlanResumed{ID: id, Day: today + 1},
			func(p domain.Participant) bool { return p.Plan.Pauses[0].Ended == today+1 },
		},
		{
			"a barrier resolved twice",
			[]any{domain.BarrierNoted{ID: id, Text: "x"}},
			domain.BarrierResolved{ID: id, Result: "a pass"},
			domain.BarrierResolved{ID: id, Result: "a lift"},
			func(p domain.Participant) bool {
				b := p.Barriers[0]
				return b.Resolved && len(b.Elsewhere) == 1 && b.Elsewhere[0].Said != b.Result
			},
		},
		{
			"a promise kept and not kept",
			[]any{domain.Promised{ID: id, Text: "x", Owner: domain.ByCoach}},
			domain.PromiseSettled{ID: id, Status: domain.PromiseKept, Saw: 1},
			domain.PromiseSettled{ID: id, Status: domain.PromiseBroken, Saw: 1},
			func(p domain.Participant) bool { return len(p.Promises[0].Elsewhere) == 1 },
		},
		{
			"two words on one signpost",
			[]any{domain.Signposted{ID: id, Text: "x"}},
			domain.SignpostTold{ID: id, Result: domain.SignpostHelped, Words: "kind people", Saw: 1},
			domain.SignpostTold{ID: id, Result: domain.SignpostDidNotGo, Words: "too far", Saw: 1},
			func(p domain.Participant) bool {
				sp := p.Signposts[0]
				return len(sp.Elsewhere) == 1 && strings.Contains("kind people; too far", sp.Words) && !strings.Contains(sp.Elsewhere[0].Said, sp.Words)
			},
		},
		{
			"support ended twice",
			[]any{onSupport},
			domain.ProvisionEnded{ID: support, Day: today - 2, Code: "job", Saw: 1},
			domain.ProvisionEnded{ID: support, Day: today - 1, Code: "declined", Reason: "too far", Saw: 1},
			func(p domain.Participant) bool {
				x := p.Provisions[0]
				return len(x.Elsewhere) == 1 && (x.Code == "job") == strings.Contains(x.Elsewhere[0].Said, "too far")
			},
		},
		{
			"support ended and corrected",
			[]any{onSupport},
			domain.ProvisionEnded{ID: support, Day: today - 2, Code: "job", Saw: 1},
			domain.ProvisionCorrected{ID: support, Started: ptr(today - 60), Contact: ptr("Bo"), Saw: 1},
			func(p domain.Participant) bool {
				x := p.Provisions[0]
				return x.Ended == today-2 && x.Started == today-60 && x.Contact == "Bo"
			},
		},
		{
			"support corrected twice",
			[]any{onSupport},
			domain.ProvisionCorrected{ID: support, Provider: ptr("North"), Saw: 1},
			domain.ProvisionCorrected{ID: support, Provider: ptr("South"), Saw: 1},
			func(p domain.Participant) bool {
				x := p.Provisions[0]
				return len(x.Elsewhere) == 1 && x.Elsewhere[0].Field == "provider" && x.Elsewhere[0].Said != x.Provider
			},
		},
		{
			"two landings",
			[]any{onSupport},
			domain.LandingPlanned{ID: support, Landing: id, Text: "a", Saw: 1},
			domain.LandingPlanned{ID: support, Landing: other, Programme: "connect-to-work", Saw: 1},
			func(p domain.Participant) bool { return len(p.Provisions[0].Landings) == 2 },
		},
		{
			"support started twice",
			nil,
			domain.ProvisionStarted{ID: id, Programme: "workwell", Started: today - 3},
			domain.ProvisionStarted{ID: other, Programme: "workwell", Started: today - 2},
			func(p domain.Participant) bool { return len(p.Provisions) == 2 },
		},
		{
			"an application decided twice",
			[]any{applied},
			domain.ApplicationDecided{ID: id, Result: domain.ApplicationAwarded, Day: today, Until: today + 300, Saw: 1},
			domain.ApplicationDecided{ID: id, Result: domain.ApplicationRefused, Day: today, Reason: "too late", Saw: 1},
			func(p domain.Participant) bool {
				a := p.Applications[0]
				return len(a.Elsewhere) == 1 && (a.State == domain.ApplicationAwarded) == strings.Contains(a.Elsewhere[0].Said, "too late")
			},
		},
		{
			"an application decided and chased",
			[]any{applied},
			domain.ApplicationDecided{ID: id, Result: domain.ApplicationAwarded, Day: today, Saw: 1},
			domain.ApplicationChased{ID: id, Answer: domain.ChaseSilent, Comment: "the line"},
			func(p domain.Participant) bool {
				a := p.Applications[0]
				return a.State == domain.ApplicationAwarded && a.LastChase().Comment == "the line"
			},
		},
		{
			"an application sent and withdrawn",
			[]any{domain.ApplicationBegun{ID: id, Programme: "access-to-work"}},
			domain.ApplicationChanged{ID: id, Applied: ptr(today), Saw: 1},
			domain.ApplicationDecided{ID: id, Result: domain.ApplicationWithdrawn, Day: today, Saw: 1},
			func(p domain.Participant) bool {
				a := p.Applications[0]
				return a.State == domain.ApplicationWithdrawn && a.Applied == today
			},
		},
		{
			"evidence on two desks",
			[]any{applied},
			domain.ApplicationChanged{ID: id, Evidence: &[]string{"payslip"}, Saw: 1},
			domain.ApplicationChanged{ID: id, Evidence: &[]string{"letter"}, Saw: 1},
			func(p domain.Participant) bool { return len(p.Applications[0].Evidence) == 2 },
		},
		{
			"a case accepted and called back",
			[]any{domain.CaseOffered{ID: id, To: ruth}},
			domain.CaseAccepted{ID: id, Name: "Ruth Okonjo"},
			domain.CaseCalledBack{ID: id},
			func(p domain.Participant) bool {
				t := p.Transfers[0]
				return t.State == domain.TransferAccepted && t.Both && p.Fact(domain.FactCoach) == "Ruth Okonjo"
			},
		},
		{
			"a case declined and called back",
			[]any{domain.CaseOffered{ID: id, To: ruth}},
			domain.CaseDeclined{ID: id, Reason: "on leave"},
			domain.CaseCalledBack{ID: id},
			func(p domain.Participant) bool {
				t := p.Transfers[0]
				return t.State != domain.TransferOffered && t.Both && t.Reason == "on leave" && p.Fact(domain.FactCoach) == ""
			},
		},
		{
			"a fit note corrected twice",
			[]any{domain.FitNoteRecorded{ID: id, Option: domain.NotFit, From: today, To: today + 9}},
			domain.FitNoteCorrected{ID: id, Option: domain.NotFit, From: today, To: today + 10, Saw: 1},
			domain.FitNoteCorrected{ID: id, Option: domain.MayBeFit, From: today, To: today + 11, Comments: "stairs", Saw: 1},
			func(p domain.Participant) bool {
				n := p.FitNotes
				return len(n) == 1 && len(n[0].Elsewhere) == 1 && (n[0].To == today+10) == strings.Contains(n[0].Elsewhere[0].Said, "stairs")
			},
		},
		{
			"an adjustment removed twice",
			[]any{domain.Adjusted{ID: id, Text: "x"}},
			domain.AdjustmentRemoved{ID: id},
			domain.AdjustmentRemoved{ID: id},
			func(p domain.Participant) bool { return len(p.Adjustments) == 1 && p.Adjustments[0].Removed },
		},
	} {
		crossed(t, tt.name, tt.given, tt.a, tt.b, tt.then)
	}

	// What is known does not cross: a consent given again after a withdrawal stands,
	// and a withdrawal leaves the others that it knew of.
	for _, known := range [][]any{
		{joined, given(id), domain.ConsentWithdrawn{ID: id}, given(other, id)},
		{joined, given(id), given(other), domain.ConsentWithdrawn{ID: id, Stay: []domain.ID{other}}},
	} {
		if p := domain.Replay(domain.About(pat), past(known...)); p.WhyNotShare(trust, nil, today) != "" {
			t.Errorf("a consent that was known does not stand: %+v", p.Consents)
		}
	}
}

// crossed replays what two desks did apart, in both orders.
func crossed(t *testing.T, name string, given []any, a, b any, then func(domain.Participant) bool) {
	t.Helper()
	for i, pair := range [][]any{{a, b}, {b, a}} {
		rs := past(append(append([]any{joined}, given...), pair...)...)
		rs[len(rs)-1].Desk, rs[len(rs)-2].Desk = domain.DeskID{byte(2 - i)}, domain.DeskID{byte(1 + i)}
		if p := domain.Replay(domain.About(pat), rs); !then(p) {
			t.Errorf("%s, order %d: %+v", name, i, p)
		}
	}
}

// TestWhoKnewOfBothSettlesIt: what crossed is marked until somebody who saw it says which
// holds; and what one desk says after the other is no crossing.
func TestWhoKnewOfBothSettlesIt(t *testing.T) {
	id := domain.ID{15: 50}
	step := domain.StepAdded{ID: id, Text: "x", Owner: domain.ByPerson}
	date := func(in, saw int) domain.StepChanged {
		return domain.StepChanged{ID: id, Due: ptr(today + calendar.Day(in)), Saw: saw}
	}
	for _, tt := range []struct {
		name  string
		desks []byte
		given []any
		marks int
	}{
		{"one after the other", []byte{1, 2}, []any{date(1, 1), date(2, 2)}, 0},
		{"apart", []byte{1, 2}, []any{date(1, 1), date(2, 1)}, 1},
		{"apart, and then settled", []byte{1, 2, 1}, []any{date(1, 1), date(2, 1), date(3, 3)}, 0},
		{"apart, and one went on without knowing", []byte{1, 2, 2}, []any{date(1, 1), date(2, 1), date(3, 2)}, 1},
		{"by a program that did not count yet", []byte{1, 2}, []any{date(1, 0), date(2, 0)}, 0},
	} {
		rs := past(append([]any{joined, step}, tt.given...)...)
		for i, d := range tt.desks {
			rs[i+2].Desk = domain.DeskID{d}
		}
		if s := domain.Replay(domain.About(pat), rs).Plan.Steps[0]; len(s.Elsewhere) != tt.marks {
			t.Errorf("%s: %+v", tt.name, s.Elsewhere)
		}
	}
	// The command says what it knows of.
	p := replay(joined, step, date(1, 1), date(2, 2))
	events, err := domain.DecideOn(domain.ChangeStep{Participant: pat, Step: id, Due: ptr(today + 5)}, p, stamp(domain.Coach))
	if err != nil || events[0].(domain.StepChanged).Saw != 3 {
		t.Errorf("%+v %v", events, err)
	}
}

// TestWorkOnWhatWasTakenBack: one desk takes an item back while another goes on with it.
// The item is there, ended, with the words of the other desk.
func TestWorkOnWhatWasTakenBack(t *testing.T) {
	id := domain.ID{15: 50}
	for _, tt := range []struct {
		name string
		made domain.Event
		then []any
		ok   func(domain.Participant) bool
	}{
		{"a step chased", domain.StepAdded{ID: id, Text: "x", Owner: domain.ByProvider, Scope: domain.CoachOnly}, []any{domain.StepChased{ID: id, Answer: domain.ChaseSilent, Comment: "ww"}}, func(p domain.Participant) bool {
			s := p.Plan.Steps
			return len(s) == 1 && s[0].Status == domain.StepDropped && s[0].LastChase().Comment == "ww" && s[0].Scope == domain.CoachOnly
		}},
		{"a step done", domain.StepAdded{ID: id, Text: "x", Owner: domain.ByPerson}, []any{domain.StepChanged{ID: id, Status: ptr(domain.StepDone), Reason: "ww", Saw: 1}}, func(p domain.Participant) bool {
			s := p.Plan.Steps
			return len(s) == 1 && s[0].Status == domain.StepDropped && s[0].Reason == "ww" && len(s[0].Elsewhere) == 1
		}},
		{"a goal achieved", domain.GoalSet{ID: id, Text: "x"}, []any{domain.GoalClosed{ID: id, Status: domain.GoalAchieved, Outcome: "ww", Saw: 1}}, func(p domain.Participant) bool {
			g := p.Plan.Goals
			return len(g) == 1 && g[0].Status == domain.GoalArchived && len(g[0].Elsewhere) == 1 && strings.Contains(g[0].Elsewhere[0].Said, "ww")
		}},
		{"a barrier resolved", domain.BarrierNoted{ID: id, Text: "x"}, []any{domain.BarrierResolved{ID: id, Result: "ww"}}, func(p domain.Participant) bool {
			return len(p.Barriers) == 1 && p.Barriers[0].Resolved && p.Barriers[0].Result == "ww"
		}},
		{"a service told of", domain.Signposted{ID: id, Text: "x"}, []any{domain.SignpostTold{ID: id, Result: domain.SignpostHelped, Words: "ww", Saw: 1}}, func(p domain.Participant) bool {
			return len(p.Signposts) == 1 && p.Signposts[0].Words == "ww"
		}},
		{"a concern acknowledged", domain.ConcernRaised{ID: id, Text: "x", To: ruth}, []any{domain.ConcernAcknowledged{ID: id, Answer: "ww"}}, func(p domain.Participant) bool {
			return len(p.Concerns) == 1 && !p.Concerns[0].Open() && p.Concerns[0].Answer == "ww"
		}},
		{"support that ended", onSupport, []any{domain.ProvisionEnded{ID: support, Day: today - 1, Reason: "ww", Saw: 1}}, func(p domain.Participant) bool {
			x := p.Provisions
			return len(x) == 1 && x[0].Reason == "ww"
		}},
		{"support that lands", onSupport, []any{domain.LandingPlanned{ID: support, Landing: domain.ID{15: 53}, Text: "ww", Saw: 1}}, func(p domain.Participant) bool {
			x := p.Provisions
			return len(x) == 1 && !x[0].Ended.IsZero() && x[0].Landing().Text == "ww"
		}},
		{"an application chased", domain.ApplicationBegun{ID: id, Programme: "access-to-work", Applied: today}, []any{domain.ApplicationChased{ID: id, Answer: domain.ChaseAsked, Comment: "ww"}}, func(p domain.Participant) bool {
			x := p.Applications
			return len(x) == 1 && x[0].State == domain.ApplicationWithdrawn && x[0].LastChase().Comment == "ww"
		}},
		{"a case declined", domain.CaseOffered{ID: id, To: ruth}, []any{domain.CaseDeclined{ID: id, Reason: "ww"}}, func(p domain.Participant) bool {
			x := p.Transfers
			return len(x) == 1 && x[0].State != domain.TransferOffered && x[0].Reason == "ww"
		}},
		{"a fit note corrected", domain.FitNoteRecorded{ID: id, Option: domain.NotFit, From: today, To: today + 9}, []any{domain.FitNoteCorrected{ID: id, Option: domain.NotFit, From: today, To: today + 9, Comments: "ww", Saw: 1}}, func(p domain.Participant) bool {
			return len(p.FitNotes) == 1 && p.FitNotes[0].Comments == "ww"
		}},
		{"a promise kept", domain.Promised{ID: id, Text: "x", Owner: domain.ByCoach}, []any{domain.PromiseSettled{ID: id, Status: domain.PromiseKept, Saw: 1}}, func(p domain.Participant) bool {
			return len(p.Promises) == 1 && p.Promises[0].Status == domain.PromiseKept
		}},
		{"a note amended", domain.Noted{ID: id, Lines: []domain.PlacedLine{{Text: "x"}}}, []any{domain.NoteAmended{ID: id, Version: domain.ID{15: 52}, Lines: []domain.PlacedLine{{Text: "ww"}}, Reason: "r"}}, func(p domain.Participant) bool {
			return len(p.Notes) == 1 && text(p.Notes[0].Parts) == "ww" && p.Notes[0].On == today && p.Notes[0].By == amina
		}},
		{"a referral acknowledged", domain.Referred{ID: id, Letter: letter}, []any{domain.ReferralMoved{ID: id, To: domain.ReferralAcknowledged, Day: today, Words: "ww"}}, func(p domain.Participant) bool {
			x := p.Referrals
			return len(x) == 1 && x[0].State == domain.ReferralWithdrawn && x[0].Both && x[0].Log[2].Text == "ww"
		}},
		{"a draft of a referral withdrawn", domain.ReferralDrafted{ID: id, Letter: letter}, []any{domain.ReferralRecalled{ID: id, Words: "ww"}}, func(p domain.Participant) bool {
			x := p.Referrals
			return len(x) == 1 && x[0].State == domain.ReferralWithdrawn && slices.ContainsFunc(x[0].Log, func(e domain.ReferralEntry) bool { return e.Text == "ww" })
		}},
		{"nothing", domain.StepAdded{ID: id, Text: "x", Owner: domain.ByPerson}, nil, func(p domain.Participant) bool { return len(p.Plan.Steps) == 0 }},
	} {
		undo := domain.Undid{Batch: domain.ID{14: 1, 15: 1}}
		for i, order := range [][]any{append([]any{undo}, tt.then...), append(slices.Clone(tt.then), undo)} {
			rs := past(append([]any{joined, tt.made}, order...)...)
			if p := domain.Replay(domain.About(pat), rs); !tt.ok(p) {
				t.Errorf("%s, order %d: %+v", tt.name, i, p)
			}
		}
	}
}
