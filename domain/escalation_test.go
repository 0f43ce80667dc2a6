package domain_test

import (
	"errors"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// The escalation of these tables, and the events that bring it to each state.
var (
	escalated = domain.ID{15: 50}
	meetingAt = domain.ID{15: 51}

	askedAdvice = domain.Asked{ID: escalated, Question: "Phased or altered?"}
	askedThree  = domain.Asked{ID: escalated, Question: "Can we meet?", For: domain.KindThreeWay}
	askedDirect = domain.Asked{ID: escalated, Question: "Will you see them?", For: domain.KindDirect}
	accepted    = byAdviser(domain.Accepted{ID: escalated})
	booking     = domain.Booked{ID: meetingAt, Day: today + 2, Minute: 620, For: domain.ThreeWayMeeting, With: []domain.ID{amina, ruth}}
	threeBooked = domain.MeetingBooked{ID: escalated, Appointment: meetingAt}
	begun       = byAdviser(domain.SupportBegun{ID: escalated})
)

func said(n byte, yes bool, after ...domain.ID) domain.AgreementRecorded {
	return domain.AgreementRecorded{ID: escalated, Agreement: domain.ID{14: 9, 15: n}, Yes: yes, Giver: domain.GivenByPerson, How: domain.ByPhone, On: today, After: after}
}

// TestThreeLives walks each kind of escalation through its states, and what leads out
// of them.
func TestThreeLives(t *testing.T) {
	held := domain.SessionHeld{ID: domain.ID{15: 60}, Appointment: meetingAt, Outcome: domain.Happened, Day: today}
	for _, tt := range []struct {
		name  string
		given []any
		state domain.EscalationState
		kind  domain.EscalationKind
		text  string // somewhere in the thread
	}{
		{"three-way: asked", []any{askedThree}, domain.EscalationAsked, domain.KindThreeWay, "Can we meet?"},
		{"accepted", []any{askedThree, accepted}, domain.EscalationAccepted, domain.KindThreeWay, ""},
		{"booked", []any{askedThree, accepted, booking, threeBooked}, domain.EscalationBooked, domain.KindThreeWay, "25 November 2026"},
		{"held", []any{askedThree, accepted, booking, threeBooked, held}, domain.EscalationHeld, domain.KindThreeWay, ""},
		{"closed", []any{askedThree, accepted, booking, threeBooked, held, domain.EscalationEnded{ID: escalated, Closed: true, Reason: "agreed"}}, domain.EscalationClosed, domain.KindThreeWay, "agreed"},
		{"cancelled: to be booked again", []any{askedThree, accepted, booking, threeBooked, domain.Cancelled{ID: meetingAt}}, domain.EscalationAccepted, domain.KindThreeWay, ""},
		{"nobody came: to be booked again", []any{askedThree, accepted, booking, threeBooked, domain.SessionHeld{ID: domain.ID{15: 60}, Appointment: meetingAt, Outcome: domain.DidNotCome, Day: today}}, domain.EscalationAccepted, domain.KindThreeWay, ""},
		{"held without a booking", []any{askedThree, accepted, domain.SessionHeld{ID: domain.ID{15: 60}, Escalation: escalated, Outcome: domain.Happened, Day: today}}, domain.EscalationHeld, domain.KindThreeWay, ""},

		{"direct: accepted", []any{askedDirect, accepted}, domain.EscalationAccepted, domain.KindDirect, ""},
		{"agreed", []any{askedDirect, accepted, said(1, true)}, domain.EscalationAgreed, domain.KindDirect, "by the person, phone"},
		{"agreed before it was accepted", []any{askedDirect, said(1, true), accepted}, domain.EscalationAgreed, domain.KindDirect, ""},
		{"declined comes back to the coach", []any{askedDirect, accepted, said(1, false)}, domain.EscalationDeclined, domain.KindDirect, ""},
		{"declined, then asked for advice", []any{askedDirect, accepted, said(1, false), askedAdvice}, domain.EscalationAsked, domain.KindAdvice, "Phased"},
		{"declined, then agreed after all", []any{askedDirect, accepted, said(1, false), said(2, true, domain.ID{14: 9, 15: 1})}, domain.EscalationAgreed, domain.KindDirect, ""},
		{"active", []any{askedDirect, accepted, said(1, true), begun}, domain.EscalationActive, domain.KindDirect, ""},
		{"not active without agreement", []any{askedDirect, accepted, begun}, domain.EscalationAccepted, domain.KindDirect, ""},
		{"reviewed", []any{askedDirect, accepted, said(1, true), begun, byAdviser(domain.SupportReviewed{ID: escalated, Text: "travels alone"})}, domain.EscalationActive, domain.KindDirect, "travels alone"},
		{"handed back", []any{askedDirect, accepted, said(1, true), begun, byAdviser(domain.HandedBack{ID: escalated, Text: "ring the college"})}, domain.EscalationHandedBack, domain.KindDirect, "ring the college"},
		{"a session of direct support changes no state", []any{askedDirect, accepted, said(1, true), begun, domain.SessionHeld{ID: domain.ID{15: 60}, Escalation: escalated, Outcome: domain.Happened, Day: today}}, domain.EscalationActive, domain.KindDirect, ""},

		{"turned into a meeting", []any{askedAdvice, accepted, byAdviser(domain.Turned{ID: escalated, For: domain.KindThreeWay, Reason: "quicker"})}, domain.EscalationAccepted, domain.KindThreeWay, "into three-way meeting: quicker"},
		{"turned before it was accepted", []any{askedAdvice, byAdviser(domain.Turned{ID: escalated, For: domain.KindDirect, Reason: "more than advice"})}, domain.EscalationAsked, domain.KindDirect, ""},
		{"asked again", []any{askedAdvice, domain.AskedAgain{ID: escalated, Was: domain.EscalationAsked}}, domain.EscalationAsked, domain.KindAdvice, ""},
		{"asked again of who accepted", []any{askedAdvice, accepted, domain.AskedAgain{ID: escalated, Was: domain.EscalationAccepted, Text: "still open"}}, domain.EscalationAsked, domain.KindAdvice, "still open"},
		{"asked again of who did not begin", []any{askedDirect, accepted, said(1, true), domain.AskedAgain{ID: escalated, Was: domain.EscalationAgreed}}, domain.EscalationAsked, domain.KindDirect, ""},
		{"and accepted by another: agreed at once", []any{askedDirect, accepted, said(1, true), domain.AskedAgain{ID: escalated, Was: domain.EscalationAgreed}, accepted}, domain.EscalationAgreed, domain.KindDirect, ""},
		{"widened", []any{askedAdvice, domain.AskedAgain{ID: escalated, Was: domain.EscalationAsked, To: "the DEA leader"}}, domain.EscalationAsked, domain.KindAdvice, "to the DEA leader"},
		{"its asking was undone while another desk answered", []any{byAdviser(domain.Answered{ID: escalated, Text: "a"})}, domain.EscalationWithdrawn, domain.KindAdvice, "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...))
			e := p.Escalations[0]
			if e.State != tt.state || e.Kind != tt.kind || !inThread(e, tt.text) {
				t.Fatalf("%s, %s: %+v", e.Kind, e.State, e)
			}
		})
	}
}

func inThread(e domain.Escalation, text string) bool {
	for _, en := range e.Thread {
		if strings.Contains(en.Text, text) {
			return true
		}
	}
	return false
}

// TestAskedAgain holds that the clock begins anew, that how often and since when is
// kept, and that nobody has it any more.
func TestAskedAgain(t *testing.T) {
	rs := past(joined, askedAdvice, accepted, domain.AskedAgain{ID: escalated, Was: domain.EscalationAccepted, To: "the DEA leader", Text: "still open"})
	rs[3].Day = today + 9
	e := domain.Replay(domain.About(pat), rs).Escalations[0]
	if e.Times != 2 || e.Asked != today || e.Since != today+9 || e.Widened != "the DEA leader" || !e.Adviser.IsZero() || !inThread(e, "still open") {
		t.Errorf("%+v", e)
	}
	if due := e.Due(domain.Waits{Accept: 2}, &england); due != today+11 {
		t.Errorf("due %s", due)
	}
}

// TestNothingIsWrittenOver holds that a question that went to and fro keeps every word.
func TestNothingIsWrittenOver(t *testing.T) {
	p := domain.Replay(domain.About(pat), past(
		joined, domain.QuestionDrafted{ID: escalated, Question: "first words"}, domain.Asked{ID: escalated, Question: "second words", Tried: "tried one"},
		byAdviser(domain.Returned{ID: escalated, Need: "which hours"}), domain.Asked{ID: escalated, Question: "third words", Tried: "tried two"},
		domain.MoreSaid{ID: escalated, Text: "mornings"}, byAdviser(domain.MoreSaid{ID: escalated, Text: "noted"}), byAdviser(domain.Answered{ID: escalated, Text: "do this"}),
	))
	e := p.Escalations[0]
	var all []string
	for _, en := range e.Thread {
		all = append(all, string(en.What)+": "+strings.TrimSpace(en.Text+" "+en.With))
	}
	want := "drafted: first words; asked: second words tried one; returned: which hours; asked: third words tried two; said: mornings; said: noted; answered: do this"
	if got := strings.Join(all, "; "); got != want {
		t.Errorf("the thread reads\n %s\nwant\n %s", got, want)
	}
	if e.Times != 2 || e.Asked.IsZero() || e.State != domain.EscalationAnswered {
		t.Errorf("%+v", e)
	}
}

func TestEscalationDecisions(t *testing.T) {
	direct := []any{askedDirect, accepted}
	phone := domain.Agree{Yes: true, Giver: domain.GivenByPerson, How: domain.ByPhone}
	slot := domain.Booking{Day: today + 2, Minute: 620, Length: 40}
	answered := byAdviser(domain.Answered{ID: escalated, Text: "Intro\n! me: ring Mind by fri\n- try the 9:40 bus\nSource: leaflet"})
	for _, tt := range []struct {
		name  string
		given []any
		role  domain.Role
		when  domain.Command
		kinds string // of the events, or
		field string // of the refusal
	}{
		{"a kind is chosen", nil, domain.Coach, domain.Ask{Participant: pat, Question: "q", Kind: domain.KindDirect}, "escalation.asked", ""},
		{"but only one there is", nil, domain.Coach, domain.Ask{Participant: pat, Question: "q", Kind: "miracle"}, "", "kind"},
		{"a second one of another kind, at once", []any{askedAdvice}, domain.Coach, domain.Ask{Participant: pat, Question: "Can we meet?", Kind: domain.KindThreeWay}, "escalation.asked", ""},
		{"what was declined is asked as another kind", []any{askedDirect, accepted, said(1, false)}, domain.Coach, domain.Ask{Participant: pat, Escalation: escalated, Question: "then advice"}, "escalation.asked", ""},
		{"support is not begun without agreement", direct, domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated}, "", "agreed"},
		{"it is with one", append(direct, said(1, true)), domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated}, "escalation.begun", ""},
		{"agreement and begin in one", direct, domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated, Agree: phone}, "escalation.agreement escalation.begun", ""},
		{"from what was only asked", []any{askedDirect}, domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated, Agree: phone}, "escalation.accepted escalation.agreement escalation.begun", ""},
		{"advice turned into support says why", []any{askedAdvice}, domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated, Agree: phone}, "", "reason"},
		{"a no does not begin anything", direct, domain.Adviser, domain.TakeOn{Participant: pat, Escalation: escalated, Agree: domain.Agree{Giver: domain.GivenByPerson, How: domain.ByPhone}}, "escalation.agreement", ""},
		{"advice needs no agreement", []any{askedAdvice}, domain.Coach, domain.RecordAgreement{Participant: pat, Escalation: escalated, Agree: phone}, "", "kind"},
		{"a way is needed", direct, domain.Coach, domain.RecordAgreement{Participant: pat, Escalation: escalated, Agree: domain.Agree{Yes: true, Giver: domain.GivenByPerson}}, "", "how"},
		{"and who said it", direct, domain.Coach, domain.RecordAgreement{Participant: pat, Escalation: escalated, Agree: domain.Agree{Yes: true, How: domain.ByPhone}}, "", "by"},
		{"nobody agrees tomorrow", direct, domain.Coach, domain.RecordAgreement{Participant: pat, Escalation: escalated, Agree: domain.Agree{Yes: true, Giver: domain.GivenByPerson, How: domain.ByPhone, On: today + 1}}, "", "on"},
		{"the same twice is no news", append(direct, said(1, true)), domain.Coach, domain.RecordAgreement{Participant: pat, Escalation: escalated, Agree: phone}, "", "agreed"},

		{"a meeting that was asked for", []any{askedThree, accepted}, domain.Adviser, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: slot}, "appointment.booked escalation.booked", ""},
		{"a question becomes a meeting, with a reason", []any{askedAdvice}, domain.Adviser, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: slot, Reason: "quicker"}, "escalation.accepted escalation.turned appointment.booked escalation.booked", ""},
		{"without one it does not", []any{askedAdvice}, domain.Adviser, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: slot}, "", "reason"},
		{"not in the past", []any{askedThree, accepted}, domain.Adviser, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: domain.Booking{Day: today - 1}}, "", "when"},
		{"a coach books what the adviser accepted", []any{askedThree, accepted}, domain.Coach, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: slot}, "appointment.booked escalation.booked", ""},
		{"but accepts nothing", []any{askedThree}, domain.Coach, domain.BookMeeting{Participant: pat, Escalation: escalated, Booking: slot}, "", "role"},

		{"an answer is for advice", []any{askedThree}, domain.Adviser, domain.Answer{Participant: pat, Escalation: escalated, Text: "a"}, "", "kind"},
		{"turning says why", []any{askedAdvice}, domain.Adviser, domain.TurnInto{Participant: pat, Escalation: escalated, Kind: domain.KindThreeWay}, "", "reason"},
		{"into what it is already", []any{askedAdvice}, domain.Adviser, domain.TurnInto{Participant: pat, Escalation: escalated, Reason: "r"}, "", "kind"},
		{"a coach turns nothing", []any{askedAdvice}, domain.Coach, domain.TurnInto{Participant: pat, Escalation: escalated, Kind: domain.KindDirect, Reason: "r"}, "", "role"},
		{"an adviser does not chase themself", []any{askedAdvice}, domain.Adviser, domain.AskAgain{Participant: pat, Escalation: escalated}, "", "role"},
		{"a coach asks again", []any{askedAdvice}, domain.Coach, domain.AskAgain{Participant: pat, Escalation: escalated, To: "the DEA leader"}, "escalation.asked-again", ""},
		{"not what was answered", []any{askedAdvice, answered}, domain.Coach, domain.AskAgain{Participant: pat, Escalation: escalated}, "", "escalation"},
		{"the person is told", []any{askedThree}, domain.Coach, domain.TellPerson{Participant: pat, Escalation: escalated, How: domain.ByPhone}, "escalation.told", ""},
		{"in a way that there is", []any{askedThree}, domain.Coach, domain.TellPerson{Participant: pat, Escalation: escalated, How: "pigeon"}, "", "how"},
		{"words from either side", []any{askedAdvice}, domain.Adviser, domain.Say{Participant: pat, Escalation: escalated, Text: "soon"}, "escalation.said", ""},
		{"not to what is withdrawn", []any{askedAdvice, domain.EscalationEnded{ID: escalated}}, domain.Coach, domain.Say{Participant: pat, Escalation: escalated, Text: "soon"}, "", "escalation"},
		{"nor to a draft", []any{domain.QuestionDrafted{ID: escalated, Question: "q"}}, domain.Coach, domain.Say{Participant: pat, Escalation: escalated, Text: "soon"}, "", "escalation"},

		{"each suggestion becomes a step", []any{askedAdvice, answered}, domain.Coach, domain.TakeAnswer{Participant: pat, Escalation: escalated}, "step.added step.added", ""},
		{"nothing to take", []any{askedAdvice}, domain.Coach, domain.TakeAnswer{Participant: pat, Escalation: escalated}, "", "escalation"},
		{"handing back gives the coach a step", append(direct, said(1, true), begun), domain.Adviser, domain.HandBack{Participant: pat, Escalation: escalated, Text: "Went well.\n! ring the college"}, "escalation.handed-back step.added", ""},
		{"it needs one", append(direct, said(1, true), begun), domain.Adviser, domain.HandBack{Participant: pat, Escalation: escalated, Text: " "}, "", "text"},
		{"a review says what changed", append(direct, said(1, true), begun), domain.Adviser, domain.ReviewSupport{Participant: pat, Escalation: escalated}, "", "text"},
		{"only of what is active", direct, domain.Adviser, domain.ReviewSupport{Participant: pat, Escalation: escalated, Text: "x"}, "", "escalation"},

		{"a concern needs somebody who hears it", nil, domain.Coach, domain.RaiseConcern{Participant: pat, Text: "alone"}, "", "to"},
		{"not oneself", nil, domain.Coach, domain.RaiseConcern{Participant: pat, Text: "alone", To: amina}, "", "to"},
		{"a concern is raised", nil, domain.Coach, domain.RaiseConcern{Participant: pat, Text: "alone", To: ruth, Scope: domain.CoachOnly}, "concern.raised", ""},
		{"the receiver acknowledges", []any{domain.ConcernRaised{ID: escalated, Text: "alone", To: ruth}}, domain.Adviser, domain.AcknowledgeConcern{Participant: pat, Concern: escalated, Answer: "seen"}, "concern.acknowledged", ""},
		{"nobody else does", []any{domain.ConcernRaised{ID: escalated, Text: "alone", To: ruth}}, domain.Coach, domain.AcknowledgeConcern{Participant: pat, Concern: escalated}, "", "concern"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			events, err := domain.Decide(tt.when, past(append([]any{joined}, tt.given...)...), stamp(tt.role))
			if tt.field != "" {
				var no domain.Refusal
				if !errors.As(err, &no) || no.Field != tt.field {
					t.Fatalf("%v, want a refusal of %s", err, tt.field)
				}
				return
			}
			var kinds []string
			for _, e := range events {
				kinds = append(kinds, e.Kind())
			}
			if got := strings.Join(kinds, " "); err != nil || got != tt.kinds {
				t.Fatalf("%s, %v; want %s", got, err, tt.kinds)
			}
		})
	}
}

// TestSuggestionsBecomeSteps reads the owner, the date and the origin of each step, and
// takes none twice.
func TestSuggestionsBecomeSteps(t *testing.T) {
	answer := byAdviser(domain.Answered{ID: escalated, Text: "Intro\n! me: ring Mind by fri\n- try the 9:40 bus\n! note: 5 questions"})
	given := []any{joined, askedAdvice, answer}
	events, err := domain.Decide(domain.TakeAnswer{Participant: pat, Escalation: escalated}, past(given...), stamp(domain.Coach))
	if err != nil || len(events) != 3 {
		t.Fatalf("%v, %v", events, err)
	}
	want := []domain.StepAdded{
		{ID: made(0), Origin: escalated, Text: "ring Mind", Owner: domain.ByCoach, Due: today + 4},
		{ID: made(1), Origin: escalated, Text: "try the 9:40 bus", Owner: domain.ByPerson},
		{ID: made(2), Origin: escalated, Text: "note: 5 questions", Owner: domain.ByPerson},
	}
	for i, e := range events {
		if e != domain.Event(want[i]) {
			t.Errorf("step %d: %+v, want %+v", i, e, want[i])
		}
		given = append(given, e)
	}
	if _, err = domain.Decide(domain.TakeAnswer{Participant: pat, Escalation: escalated}, past(given...), stamp(domain.Coach)); err == nil {
		t.Error("they were taken twice")
	}
	if got := domain.Suggestions("\n one line \n two"); len(got) != 1 || got[0] != "one line" {
		t.Errorf("without marks: %q", got)
	}
}

// TestWaits holds which clock runs in which state, and from when.
func TestWaits(t *testing.T) {
	w := domain.Waits{Accept: 2, Answer: 5, Book: 6, Hold: 15, Agree: 10, Begin: 7, Review: 28}
	for _, tt := range []struct {
		given []any
		days  int
		due   calendar.Day
	}{
		{[]any{askedAdvice}, 2, today + 2},
		{[]any{askedAdvice, accepted}, 5, today + 7},
		{[]any{askedThree, accepted}, 6, today + 8},
		{[]any{askedThree, accepted, booking, threeBooked}, 15, today + 21},
		{[]any{askedDirect, accepted}, 10, today + 14},
		{[]any{askedDirect, accepted, said(1, true)}, 7, today + 9},
		{[]any{askedDirect, accepted, said(1, true), begun}, 28, today + 28},
		{[]any{askedAdvice, byAdviser(domain.Returned{ID: escalated, Need: "n"})}, 0, 0},
		{[]any{askedDirect, accepted, said(1, false)}, 0, 0},
	} {
		e := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...)).Escalations[0]
		row := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...)).Row().Questions[0].Escalation()
		if got, short := e.Due(w, &england), row.Due(w, &england); e.Wait(w).Days != tt.days || got != tt.due || short != tt.due {
			t.Errorf("%s, %s: %d days, due %s, by the row %s; want %d, %s", e.Kind, e.State, e.Wait(w).Days, got, short, tt.days, tt.due)
		}
	}
	q := domain.Queue{Today: today, Rules: domain.Rules{"adviser-accepts": {Days: 2, Says: "how long", Source: "IPES", Date: "2023", Confidence: "proposal"}}}
	sum := strings.Join(q.DueSum(domain.Escalation{State: domain.EscalationAsked, Since: today}, &england), " ")
	for _, want := range []string{"By Wed 25 Nov, in 2 days.", "From Mon 23 Nov, and then 2 working days", "how long", "IPES, 2023; proposal."} {
		if !strings.Contains(sum, want) {
			t.Errorf("the sum %q does not say %q", sum, want)
		}
	}
}

// TestMeetingSlots offers only what is free for both, on several days.
func TestMeetingSlots(t *testing.T) {
	d := domain.Diary{Opens: 9 * 60, Closes: 17 * 60, Taken: []domain.Taken{
		{Day: today + 1, From: 9 * 60, To: 17 * 60, With: []domain.ID{ruth}},
		{Day: today + 2, From: 9 * 60, To: 10 * 60, With: []domain.ID{amina}},
	}}
	slots := d.MeetingSlots(today, &england, 40, 4, figures, []domain.ID{amina, ruth})
	want := []domain.MeetingSlot{{Day: today + 2, Minute: 600}, {Day: today + 2, Minute: 840}, {Day: today + 3, Minute: 540}, {Day: today + 3, Minute: 780}}
	if len(slots) != len(want) {
		t.Fatalf("%v", slots)
	}
	for i := range want {
		if slots[i] != want[i] {
			t.Errorf("slot %d: %v, want %v", i, slots[i], want[i])
		}
	}
}
