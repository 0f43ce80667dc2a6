package domain_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// The fixed world of the tables: Monday 23 November 2026, ten o'clock.
var (
	monday  = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	today   = calendar.Of(monday)
	pat     = domain.ID{15: 1} // the participant
	amina   = domain.ID{15: 2} // the coach
	ruth    = domain.ID{15: 3} // the adviser
	england = calendar.New(calendar.EnglandAndWales, nil)
)

// stamp is what the world lends to every decision of a table: new things are
// numbered from 100.
func stamp(role domain.Role) domain.Stamp {
	n := byte(100)
	by, name := amina, "Amina Yusuf"
	if role == domain.Adviser {
		by, name = ruth, "Ruth Okonjo"
	}
	return domain.Stamp{At: monday, Today: today, Calendar: &england, By: by, Name: name, Role: role, New: func() domain.ID {
		n++
		return domain.ID{15: n - 1}
	}}
}

func made(n byte) domain.ID { return domain.ID{15: 100 + n} }

// told is one thing that happened, and who did it in which batch.
type told struct {
	e    domain.Event
	role domain.Role
}

func past(events ...any) []domain.Record {
	var rs []domain.Record
	for i, x := range events {
		one, ok := x.(told)
		if !ok {
			one = told{x.(domain.Event), domain.Coach}
		}
		by := amina
		if one.role == domain.Adviser {
			by = ruth
		}
		rs = append(rs, domain.Record{
			Subject: domain.About(pat), Seq: uint64(i + 1), Command: domain.ID{14: 1, 15: byte(i)}, Time: domain.Clock(uint64(monday.UnixMilli())<<16 + uint64(i)),
			Day: today, By: by, Role: one.role, Scope: domain.ScopeOf(one.e), Kind: one.e.Kind(), Event: one.e,
		})
	}
	return rs
}

func byAdviser(e domain.Event) told { return told{e, domain.Adviser} }

func ptr[T any](v T) *T { return &v }

var joined = domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor"}}

func TestDecide(t *testing.T) {
	item, gone := domain.ID{15: 50}, domain.ID{15: 51}
	asked := domain.Asked{ID: item, Question: "Phased or altered?"}
	step := domain.StepAdded{ID: item, Text: "bring the letter", Owner: domain.ByPerson}
	booked := domain.Booked{ID: item, Day: today, Minute: 620}
	facts := func(f domain.Fact, v string) map[domain.Fact]string { return map[domain.Fact]string{f: v} }
	for _, tt := range []struct {
		name  string
		given []any
		role  domain.Role
		when  domain.Command
		then  []domain.Event
		field string // of the refusal
	}{
		{"a coach takes somebody on", nil, "", domain.Join{ID: pat, Facts: facts(domain.FactName, "  Daniel Okafor ")}, []domain.Event{joined}, ""},
		{"a participant needs a name", nil, "", domain.Join{ID: pat}, nil, "name"},
		{"nobody joins twice", []any{joined}, "", domain.Join{ID: pat, Facts: facts(domain.FactName, "Daniel")}, nil, "name"},
		{"nothing happens to nobody", nil, "", domain.TakeNote{Participant: pat, Text: "Met."}, nil, "ref"},
		{"a name is never forgotten", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactName, " ")}, nil, "name"},
		{"a fact that is known is no news", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactName, "Daniel Okafor")}, nil, ""},
		{"a real number is normalised", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactNino, "aa 12 34 56 b")}, []domain.Event{domain.Described{Facts: facts(domain.FactNino, "AA123456B")}}, ""},
		{"a real store refuses a QQ number", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactNino, "QQ123456C")}, nil, "nino"},
		{"a birth in the future is refused", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactBirth, "1 Jan 2030")}, nil, "birth"},
		{"an Australian postcode is no postcode", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactPostcode, "4011")}, nil, "postcode"},
		{"a postcode gets its space", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts(domain.FactPostcode, "e151nt")}, []domain.Event{domain.Described{Facts: facts(domain.FactPostcode, "E15 1NT")}}, ""},
		{"an unknown fact is named", []any{joined}, "", domain.Describe{Participant: pat, Facts: facts("colour", "blue")}, nil, "colour"},

		{"an empty note is no note", []any{joined}, "", domain.TakeNote{Participant: pat, Text: " \n"}, nil, "text"},
		{"each scope is an event of its own", []any{joined}, "", domain.TakeNote{Participant: pat, Text: "Met.\n[third party] his sister"}, []domain.Event{
			domain.Noted{ID: made(0), Lines: []domain.PlacedLine{{At: 0, Text: "Met."}}},
			domain.Noted{ID: made(0), Scope: domain.ThirdParty, Lines: []domain.PlacedLine{{At: 1, Text: "his sister"}}},
		}, ""},
		{"a mark inherits its scope", []any{joined}, "", domain.TakeNote{Participant: pat, Text: "[coach only]\n# debt"}, []domain.Event{
			domain.Noted{ID: made(0), Scope: domain.CoachOnly, Lines: []domain.PlacedLine{{At: 1, Text: "# debt"}}},
			domain.BarrierNoted{ID: made(1), Text: "debt", Scope: domain.CoachOnly},
		}, ""},
		{"a date that cannot be refuses the note", []any{joined}, "", domain.TakeNote{Participant: pat, Text: "! bring it by 31 feb"}, nil, "text"},

		{"an outcome is needed", []any{joined}, "", domain.RecordSession{Participant: pat}, nil, "outcome"},
		{"a session settles today's appointment", []any{joined, booked}, "", domain.RecordSession{Participant: pat, Outcome: domain.DidNotCome}, []domain.Event{
			domain.SessionHeld{ID: made(0), Appointment: item, Outcome: domain.DidNotCome, Day: today},
		}, ""},
		{"who moved it must be said", []any{joined}, "", domain.RecordSession{Participant: pat, Outcome: domain.Rescheduled}, nil, "moved-by"},
		{"no session lies in the future", []any{joined}, "", domain.RecordSession{Participant: pat, Outcome: domain.Happened, Day: today + 1}, nil, "day"},
		{"an appointment that ended settles nothing", []any{joined, booked, domain.Cancelled{ID: item}}, "", domain.RecordSession{Participant: pat, Outcome: domain.Happened, Appointment: item}, nil, "appointment"},
		{"nobody is booked into the past", []any{joined}, "", domain.Book{Participant: pat, Booking: domain.Booking{Day: today - 1, Minute: -1}}, nil, "when"},
		{"nobody is booked twice at a time", []any{joined, booked}, "", domain.Book{Participant: pat, Booking: domain.Booking{Day: today, Minute: 620}}, nil, "when"},

		{"a step is ticked", []any{joined, step}, "", domain.ChangeStep{Participant: pat, Step: item, Status: ptr(domain.StepDone)}, []domain.Event{domain.StepChanged{ID: item, Status: ptr(domain.StepDone), Saw: 1}}, ""},
		{"a dropped step needs a reason", []any{joined, step}, "", domain.ChangeStep{Participant: pat, Step: item, Status: ptr(domain.StepDropped)}, nil, "reason"},
		{"no step is changed that is not there", []any{joined, step}, "", domain.ChangeStep{Participant: pat, Step: gone, Status: ptr(domain.StepDone)}, nil, "step"},
		{"nothing is reviewed without a plan", []any{joined}, "", domain.ReviewPlan{Participant: pat, Next: today + 28}, nil, ""},
		{"the next review lies ahead", []any{joined, step}, "", domain.ReviewPlan{Participant: pat, Next: today}, nil, "next"},

		{"only may be fit has boxes", []any{joined}, "", domain.RecordFitNote{Participant: pat, Option: domain.NotFit, Boxes: []domain.FitBox{domain.PhasedReturn}, From: today, To: today + 28}, nil, "boxes"},
		{"a fit note ends after it begins", []any{joined}, "", domain.RecordFitNote{Participant: pat, Option: domain.NotFit, From: today, To: today - 1}, nil, "to"},

		{"a question is asked", []any{joined}, "", domain.Ask{Participant: pat, Question: " Phased or altered? "}, []domain.Event{domain.Asked{ID: made(0), Question: "Phased or altered?"}}, ""},
		{"the same question is not asked twice", []any{joined, asked}, "", domain.Ask{Participant: pat, Question: "phased or ALTERED?"}, nil, "question"},
		{"a provider's adviser does not ask", []any{joined}, domain.Provider, domain.Ask{Participant: pat, Question: "?"}, nil, "role"},
		{"a coach does not accept", []any{joined, asked}, domain.Coach, domain.Accept{Participant: pat, Escalation: item}, nil, "role"},
		{"an adviser accepts", []any{joined, asked}, domain.Adviser, domain.Accept{Participant: pat, Escalation: item}, []domain.Event{domain.Accepted{ID: item}}, ""},
		{"an adviser returns and says what is missing", []any{joined, asked}, domain.Adviser, domain.Return{Participant: pat, Escalation: item}, nil, "need"},
		{"what was withdrawn is not answered", []any{joined, asked, domain.EscalationEnded{ID: item}}, domain.Adviser, domain.Answer{Participant: pat, Escalation: item, Text: "x"}, nil, "escalation"},
		{"nothing is tried that was not answered", []any{joined, asked}, "", domain.TellResult{Participant: pat, Escalation: item, Result: domain.ResultWorked}, nil, "escalation"},
		{"an answered question is closed, not withdrawn", []any{joined, asked, byAdviser(domain.Answered{ID: item, Text: "x"})}, "", domain.EndEscalation{Participant: pat, Escalation: item}, []domain.Event{domain.EscalationEnded{ID: item, Closed: true}}, ""},

		{"an adviser removes no adjustment of a coach", []any{joined, domain.Adjusted{ID: item, Text: "x"}}, domain.Adviser, domain.RemoveAdjustment{Participant: pat, Adjustment: item}, nil, "role"},
		{"but one of their own", []any{joined, byAdviser(domain.Adjusted{ID: item, Text: "x"})}, domain.Adviser, domain.RemoveAdjustment{Participant: pat, Adjustment: item}, []domain.Event{domain.AdjustmentRemoved{ID: item}}, ""},

		{"a coach restricts a record", []any{joined}, "", domain.Restrict{Participant: pat, On: true, Reason: " a threat "}, []domain.Event{domain.Restricted{On: true, Reason: "a threat"}}, ""},
		{"nothing is restricted twice", []any{joined, domain.Restricted{On: true}}, "", domain.Restrict{Participant: pat, On: true}, nil, "ref"},
		{"a team lead lifts it", []any{joined, domain.Restricted{On: true}}, domain.Lead, domain.Restrict{Participant: pat}, []domain.Event{domain.Restricted{}}, ""},
		{"an adviser does not restrict", []any{joined}, domain.Adviser, domain.Restrict{Participant: pat, On: true}, nil, "role"},
		{"nor a coach whose case it is not", []any{domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Dan", domain.FactCoach: "Owen Price"}}}, "", domain.Restrict{Participant: pat, On: true}, nil, "role"},
		{"the coach whose case it is does", []any{domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Dan", domain.FactCoach: "amina yusuf"}}}, "", domain.Restrict{Participant: pat, On: true}, []domain.Event{domain.Restricted{On: true}}, ""},

		{"two records are linked", []any{joined}, "", domain.Link{Participant: pat, With: gone, Main: true}, []domain.Event{domain.Linked{With: gone, Main: true}}, ""},
		{"nobody is linked with themself", []any{joined}, "", domain.Link{Participant: pat, With: pat}, nil, "with"},
		{"nor twice", []any{joined, domain.Linked{With: gone}}, "", domain.Link{Participant: pat, With: gone}, nil, "with"},
		{"a link is turned around", []any{joined, domain.Linked{With: gone}}, "", domain.Link{Participant: pat, With: gone, Main: true}, []domain.Event{domain.Linked{With: gone, Main: true}}, ""},
		{"who is held under another holds nobody", []any{joined, domain.Linked{With: gone}}, "", domain.Link{Participant: pat, With: item, Main: true}, nil, "with"},
		{"and who holds others is the main one", []any{joined, domain.Linked{With: gone, Main: true}}, "", domain.Link{Participant: pat, With: item}, nil, "with"},
		{"a link is parted", []any{joined, domain.Linked{With: gone}}, "", domain.TellApart{Participant: pat, With: gone}, []domain.Event{domain.Parted{With: gone}}, ""},
		{"nothing is parted twice", []any{joined, domain.Parted{With: gone}}, "", domain.TellApart{Participant: pat, With: gone}, nil, "with"},
		{"a provider's adviser links nobody", []any{joined}, domain.Provider, domain.Link{Participant: pat, With: gone}, nil, "role"},

		{"the last thing is undone", []any{joined, step}, "", domain.Undo{Participant: pat}, []domain.Event{domain.Undid{Batch: domain.ID{14: 1, 15: 1}, What: "A step was added for the person."}}, ""},
		{"what others rest on is not undone", []any{joined, step, domain.StepChanged{ID: item, Status: ptr(domain.StepDone)}}, "", domain.Undo{Participant: pat, Batch: domain.ID{14: 1, 15: 1}}, nil, "batch"},
		{"a coach does not undo an adviser", []any{joined, asked, byAdviser(domain.Accepted{ID: item})}, "", domain.Undo{Participant: pat, Batch: domain.ID{14: 1, 15: 2}}, nil, "batch"},
		{"nothing is undone twice", []any{joined, step, domain.Undid{Batch: domain.ID{14: 1, 15: 1}}}, "", domain.Undo{Participant: pat, Batch: domain.ID{14: 1, 15: 1}}, nil, "batch"},
		{"joining is undone only while nothing followed", []any{joined, step}, "", domain.Undo{Participant: pat, Batch: domain.ID{14: 1}}, nil, "batch"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			role := tt.role
			if role == "" {
				role = domain.Coach
			}
			got, err := domain.Decide(tt.when, past(tt.given...), stamp(role))
			var no domain.Refusal
			if refused := errors.As(err, &no); refused != (tt.then == nil) || no.Field != tt.field {
				t.Fatalf("refusal %q on %q, want it on %q", err, no.Field, tt.field)
			}
			if tt.then == nil && len(no.Why) < 10 {
				t.Fatalf("the refusal says too little: %q", no.Why)
			}
			if !reflect.DeepEqual(got, tt.then) {
				t.Fatalf("\n got %#v\nwant %#v", got, tt.then)
			}
		})
	}
}

func TestEscalationLife(t *testing.T) {
	id := domain.ID{15: 50}
	asked := domain.Asked{ID: id, Question: "q"}
	for _, tt := range []struct {
		name  string
		given []any
		want  domain.EscalationState
		both  bool
	}{
		{"drafted", []any{domain.QuestionDrafted{ID: id, Question: "q"}}, domain.EscalationDraft, false},
		{"asked", []any{domain.QuestionDrafted{ID: id, Question: "q"}, asked}, domain.EscalationAsked, false},
		{"accepted", []any{asked, byAdviser(domain.Accepted{ID: id})}, domain.EscalationAccepted, false},
		{"returned, then asked again", []any{asked, byAdviser(domain.Returned{ID: id, Need: "n"}), asked}, domain.EscalationAsked, false},
		{"answered", []any{asked, byAdviser(domain.Answered{ID: id, Text: "a"})}, domain.EscalationAnswered, false},
		{"tried", []any{asked, byAdviser(domain.Answered{ID: id, Text: "a"}), domain.Tried{ID: id, Result: domain.ResultPartly}}, domain.EscalationTried, false},
		{"closed", []any{asked, byAdviser(domain.Answered{ID: id, Text: "a"}), domain.EscalationEnded{ID: id, Closed: true}}, domain.EscalationClosed, false},
		{"withdrawn", []any{asked, domain.EscalationEnded{ID: id}}, domain.EscalationWithdrawn, false},
		{"withdrawn and answered apart: withdrawn, the answer is kept", []any{asked, domain.EscalationEnded{ID: id}, byAdviser(domain.Answered{ID: id, Text: "a"})}, domain.EscalationWithdrawn, true},
		{"answered and withdrawn apart: the same", []any{asked, byAdviser(domain.Answered{ID: id, Text: "a"}), domain.EscalationEnded{ID: id}}, domain.EscalationWithdrawn, true},
		{"an acceptance by somebody not entitled has no effect", []any{asked, domain.Accepted{ID: id}}, domain.EscalationAsked, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...))
			e := p.Escalations[0]
			if e.State != tt.want || e.Both != tt.both || tt.both && e.Answer != "a" {
				t.Fatalf("%+v", e)
			}
		})
	}
}

func TestExpiredIsComputed(t *testing.T) {
	w := domain.Waits{Accept: 2, Answer: 5}
	thursday := calendar.Date(2026, 4, 2) // before Easter
	e := domain.Escalation{State: domain.EscalationAsked, Since: thursday}
	if due := e.Due(w, &england); due != calendar.Date(2026, 4, 8) {
		t.Fatalf("due %s, want 8 April: Good Friday and Easter Monday do not count", due)
	}
	if e.Expired(calendar.Date(2026, 4, 8), w, &england) || !e.Expired(calendar.Date(2026, 4, 9), w, &england) {
		t.Fatal("a question expires on the day after its last working day")
	}
}

func TestUndoOfAnUndo(t *testing.T) {
	step := domain.StepAdded{ID: domain.ID{15: 50}, Text: "x", Owner: domain.ByPerson}
	rs := past(joined, step, domain.Undid{Batch: domain.ID{14: 1, 15: 1}})
	if p := domain.Replay(domain.About(pat), rs); len(p.Plan.Steps) != 0 {
		t.Fatal("the step still counts")
	}
	rs = past(joined, step, domain.Undid{Batch: domain.ID{14: 1, 15: 1}}, domain.Undid{Batch: domain.ID{14: 1, 15: 2}})
	if p := domain.Replay(domain.About(pat), rs); len(p.Plan.Steps) != 1 {
		t.Fatal("the undo was undone, so the step counts again")
	}
}

func TestSentencesNeverQuote(t *testing.T) {
	const canary = "CANARY"
	id := domain.ID{15: 1}
	for _, e := range []domain.Event{
		domain.Described{Facts: map[domain.Fact]string{domain.FactPhone: canary}},
		domain.Noted{ID: id, Lines: []domain.PlacedLine{{Text: canary}}},
		domain.BarrierNoted{ID: id, Text: canary},
		domain.BarrierResolved{ID: id, Result: canary},
		domain.Adjusted{ID: id, Text: canary},
		domain.Promised{ID: id, Text: canary, Owner: domain.ByCoach},
		domain.GoalSet{ID: id, Text: canary},
		domain.GoalClosed{ID: id, Status: domain.GoalAchieved, Reason: canary},
		domain.StepAdded{ID: id, Text: canary, Owner: domain.ByPerson},
		domain.StepChanged{ID: id, Status: ptr(domain.StepDropped), Reason: canary},
		domain.PlanReviewed{Next: today, Text: canary},
		domain.FitNoteRecorded{ID: id, Comments: canary, To: today},
		domain.Booked{ID: id, Day: today, Minute: -1, Purpose: canary},
		domain.Cancelled{ID: id, Reason: canary},
		domain.SessionHeld{ID: id, Outcome: domain.DidNotCome, Day: today, Reason: canary},
		domain.QuestionDrafted{ID: id, Question: canary},
		domain.Asked{ID: id, Question: canary, Tried: canary},
		domain.Returned{ID: id, Need: canary},
		domain.Answered{ID: id, Text: canary},
		domain.Tried{ID: id, Result: domain.ResultNo, Comment: canary},
		domain.EscalationEnded{ID: id, Reason: canary},
		domain.AskedAgain{ID: id, To: canary, Text: canary},
		domain.MoreSaid{ID: id, Text: canary},
		domain.Turned{ID: id, For: domain.KindDirect, Reason: canary},
		domain.PersonTold{ID: id, For: domain.KindDirect},
		domain.AgreementRecorded{ID: id, Reason: canary},
		domain.MeetingBooked{ID: id},
		domain.SupportBegun{ID: id},
		domain.SupportReviewed{ID: id, Text: canary},
		domain.HandedBack{ID: id, Text: canary},
		domain.ConcernRaised{ID: id, Text: canary, Told: canary},
		domain.ConcernAcknowledged{ID: id, Answer: canary},
		domain.CardWritten{ID: id, Lines: []string{canary}, Source: canary},
		domain.CardRetired{ID: id, Reason: canary},
		domain.ExportMade{ID: id, What: canary, For: canary, Name: canary, Basis: canary, Format: canary},
		domain.ListExported{ID: id, What: canary, Filter: canary, Format: canary},
		domain.BundleSent{ID: id, Bundle: canary},
		domain.BundleOpened{ID: id},
		domain.ContactChecked{Person: id, Fingerprint: canary},
	} {
		s := e.Sentence()
		if len(s) < 10 || s[len(s)-1] != '.' {
			t.Errorf("%s: %q is no sentence", e.Kind(), s)
		}
		for i := 0; i+len(canary) <= len(s); i++ {
			if s[i:i+len(canary)] == canary {
				t.Errorf("%s quotes what somebody wrote: %q", e.Kind(), s)
			}
		}
	}
}

func TestEveryKindIsKnown(t *testing.T) {
	if n := len(domain.Kinds()); n < 25 {
		t.Fatalf("%d kinds", n)
	}
	e, err := domain.ReadEvent("plan.gilded", []byte("x"), nil)
	if err != nil || e.Kind() != "plan.gilded" {
		t.Fatalf("%v, %v: a kind of a later version passes through", e, err)
	}
}
