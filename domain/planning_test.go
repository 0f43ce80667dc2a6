package domain_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func reviewRules() domain.Reviewing {
	rules := domain.ReviewRules{}
	for key, days := range map[string]int{"first-every": 28, "first-for": 84, "then-every": 56, "job-start": 7, "fit-note": 7, "support-end": -14, "transfer": 10, "goal-still": 42} {
		rules[key] = domain.ReviewRule{Key: key, Days: days, Source: "the table"}
	}
	return domain.Reviewing{Rules: rules}
}

// on is something that happened some days before or after today.
type on struct {
	in int
	e  domain.Event
}

// days puts things on their days, in order.
func days(all ...any) domain.Participant { return daysOf(pat, all...) }

// daysOf is what events of several days add up to on a record.
func daysOf(id domain.ID, all ...any) domain.Participant {
	var events []any
	var shift []int
	for _, x := range all {
		o, ok := x.(on)
		if !ok {
			o = on{0, x.(domain.Event)}
		}
		events, shift = append(events, o.e), append(shift, o.in)
	}
	rs := past(events...)
	for i := range rs {
		rs[i].Day += calendar.Day(shift[i])
		rs[i].Time += domain.Clock(shift[i]*24*3600*1000) << 16
	}
	domain.Sort(rs)
	return domain.Replay(domain.About(id), rs)
}

func factOn(f domain.Fact, in int) domain.Described {
	return domain.Described{Facts: map[domain.Fact]string{f: (today + calendar.Day(in)).String()}}
}

func TestReviewByRule(t *testing.T) {
	begun := func(ago int) []any { return []any{on{-ago - 5, joined}, on{-ago, aGoal}} }
	reviewed := func(ago, next int) on {
		e := domain.PlanReviewed{}
		if next != 0 {
			e.Next = today + calendar.Day(next)
		}
		return on{-ago, e}
	}
	for _, tt := range []struct {
		name  string
		given []any
		day   int // from today
		says  string
	}{
		{"four weeks from the beginning", begun(10), 18, "in the first 12 weeks every 4 weeks"},
		{"four weeks from the last review", append(begun(40), reviewed(10, 0)), 18, "The last review was"},
		{"eight weeks once twelve are over", append(begun(100), reviewed(10, 0)), 46, "after 12 weeks every 8 weeks"},
		{"what was agreed by hand stands in place of the rule, when later", append(begun(40), reviewed(10, 60)), 60, "the next was agreed for"},
		{"and when earlier", append(begun(40), reviewed(10, 3)), 3, "the next was agreed for"},
		{"the job start brings it forward", append(begun(40), reviewed(10, 60), factOn(domain.FactJobStart, 5)), 12, "The job starts"},
		{"one before the last review does not", append(begun(40), reviewed(10, 60), factOn(domain.FactJobStart, -20)), 60, ""},
		{"a new fit note brings it forward", append(begun(40), reviewed(10, 60), on{-2, domain.FitNoteRecorded{ID: domain.ID{15: 80}, To: today + 30}}), 5, "A new fit note came"},
		{"the end of support brings it forward, to before it", append(begun(40), reviewed(10, 60), factOn(domain.FactSupportEnd, 30)), 16, "14 days before"},
		{"another coach brings it forward", append(begun(40), reviewed(10, 60), on{-1, domain.Described{Facts: map[domain.Fact]string{domain.FactCoach: "Joan"}}}), 9, "Another work coach took over"},
		{"two reasons: the earliest counts", append(begun(10), factOn(domain.FactJobStart, 2)), 9, "The earliest counts"},
	} {
		sum := days(tt.given...).Review(reviewRules())
		if sum.Day != today+calendar.Day(tt.day) || !strings.Contains(strings.Join(sum.Lines, "\n"), tt.says) {
			t.Errorf("%s: %s, want %s\n%s", tt.name, sum.Day, today+calendar.Day(tt.day), strings.Join(sum.Lines, "\n"))
		}
	}
	none := days(joined, aGoal, domain.GoalClosed{ID: aGoal.ID, Status: domain.GoalAchieved})
	if sum := none.Review(reviewRules()); !sum.Day.IsZero() || len(sum.Lines) != 1 {
		t.Errorf("nothing is left to review, and yet: %+v", sum)
	}
}

func TestTheQueueKnowsReviewsByRule(t *testing.T) {
	q := domain.Queue{Today: today, Rules: queueRules(), Planning: domain.Planning{Reviews: reviewRules().Rules}}
	r := days(on{-60, joined}, on{-30, aGoal}, on{-30, domain.StepAdded{ID: domain.ID{15: 61}, Owner: domain.ByPerson, Before: domain.BeforeReview}}, on{-1, domain.SessionHeld{ID: domain.ID{15: 62}, Outcome: domain.Happened, Day: today - 1}}).Row()
	why := q.Reasons(r)
	if len(why) != 2 || why[0].Rule != "review-due" || why[0].Why != "plan review is 2 days late" || why[1].Rule != "step-late" || why[1].Why != "a step is 3 days late" {
		t.Errorf("%+v", why)
	}
	if due := q.Judge(r).NextDue(); due != today-3 {
		t.Errorf("due %s", due)
	}
	if again := q.Judge(q.Judge(r).Row); len(again.Debts) != len(q.Judge(r).Debts) {
		t.Error("a row that was judged twice owes twice")
	}
}

func TestWhatAStepWaitsFor(t *testing.T) {
	id := domain.ID{15: 61}
	waits := func(a domain.Anchor) domain.StepAdded {
		return domain.StepAdded{ID: id, Text: "x", Owner: domain.ByPerson, Before: a}
	}
	meets := func(n byte, in int) domain.Booked {
		return domain.Booked{ID: domain.ID{15: n}, Day: today + calendar.Day(in), Minute: 600}
	}
	for _, tt := range []struct {
		name  string
		given []any
		day   int // from today; 999 for none
		says  string
	}{
		{"a job without a date", []any{waits(domain.BeforeJob)}, 999, "before the job starts (no date yet)"},
		{"a job with one", []any{waits(domain.BeforeJob), factOn(domain.FactJobStart, 14)}, 13, "before the job starts: by Sun 6 Dec, in 13 days"},
		{"no appointment yet", []any{waits(domain.BeforeNext)}, 999, ""},
		{"the appointment after it was written", []any{meets(70, 0), waits(domain.BeforeNext), meets(71, 9), meets(72, 5)}, 4, ""},
		{"one that was cancelled is none", []any{waits(domain.BeforeNext), meets(72, 5), domain.Cancelled{ID: domain.ID{15: 72}}, meets(71, 9)}, 8, ""},
		{"nor one that was moved", []any{waits(domain.BeforeNext), meets(72, 5), domain.SessionHeld{ID: domain.ID{15: 90}, Appointment: domain.ID{15: 72}, Outcome: domain.Rescheduled, Day: today}, meets(71, 9)}, 8, ""},
		{"it does not run away when that one is over", []any{on{-9, waits(domain.BeforeNext)}, meets(71, -3), meets(72, 5)}, -4, ""},
		{"a fit note that ends", []any{waits(domain.BeforeFitNote), domain.FitNoteRecorded{ID: domain.ID{15: 73}, To: today + 19}}, 19, "before the fit note ends: by Sat 12 Dec"},
		{"one that ended before", []any{domain.FitNoteRecorded{ID: domain.ID{15: 73}, To: today - 1}, waits(domain.BeforeFitNote)}, 999, ""},
		{"the review", []any{waits(domain.BeforeReview), domain.PlanReviewed{Next: today + 20}}, 19, ""},
		{"a date takes the place of it", []any{waits(domain.BeforeJob), domain.StepChanged{ID: id, Due: ptr(today + 3), Saw: 1}}, 3, "Thu 26 Nov, in 3 days"},
	} {
		p := days(append([]any{on{-10, joined}}, tt.given...)...)
		want := today + calendar.Day(tt.day)
		if tt.day == 999 {
			want = 0
		}
		s := p.Plan.Steps[0]
		if got := p.DueOn(s, reviewRules()); got != want || !strings.HasPrefix(p.DueSays(s, reviewRules(), today), tt.says) {
			t.Errorf("%s: %s, want %s; %s", tt.name, got, want, p.DueSays(s, reviewRules(), today))
		}
		if s.Before == domain.BeforeReview {
			continue
		}
		for _, d := range p.Row().Debts {
			if d.Kind == domain.DebtStep && d.Day != want {
				t.Errorf("%s: the row says %s, want %s", tt.name, d.Day, want)
			}
		}
	}
}

func TestDueIsReadTheSameEverywhere(t *testing.T) {
	for _, tt := range []struct {
		text   string
		before domain.Anchor
		day    calendar.Day
		left   string // of a mark
		wrong  bool
	}{
		{"before:job-start", domain.BeforeJob, 0, "x", false},
		{"by before:next", domain.BeforeNext, 0, "x", false},
		{"Before:Review", domain.BeforeReview, 0, "x", false},
		{"before:fitnote-end", domain.BeforeFitNote, 0, "x", false},
		{"before:christmas", "", 0, "x", true},
		{"by 2w", "", today + 14, "x", false},
	} {
		day, before, err := domain.ReadDue(tt.text, today)
		if (err != nil) != tt.wrong || !tt.wrong && (before != tt.before || day != tt.day) {
			t.Errorf("%q: %s %s %v", tt.text, day, before, err)
		}
		m := domain.ReadNote("! x "+tt.text, today, domain.Names{}).Marks[0]
		if (m.Problem != "") != tt.wrong || !tt.wrong && (m.Before != tt.before || m.Due != tt.day || m.Text != tt.left) {
			t.Errorf("! x %s: %+v", tt.text, m)
		}
	}
	if m := domain.ReadNote("> x before:next", today, domain.Names{}).Marks[0]; m.Problem == "" {
		t.Errorf("a promise waits for something: %+v", m)
	}
	for _, words := range []string{"! come in before: it is warm", "! the hour before:noon rush is quiet"} {
		if m := domain.ReadNote(words, today, domain.Names{}).Marks[0]; m.Before != "" || m.Problem != "" || m.Text != words[2:] {
			t.Errorf("%q: %+v", words, m)
		}
	}
	e, err := domain.Decide(domain.TakeNote{Participant: pat, Text: "! employer: agree the hours before:job-start"}, past(joined), stamp(domain.Coach))
	if err != nil || e[1].(domain.StepAdded).Before != domain.BeforeJob || e[1].Sentence() != "A step was added for the employer, before the job starts." {
		t.Errorf("%+v %v", e, err)
	}
}

func TestAPauseStopsTheClocks(t *testing.T) {
	q := domain.Queue{Today: today, Minute: 600, Rules: queueRules(), Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}, Planning: domain.Planning{Reviews: reviewRules().Rules}}
	owed := []any{
		on{-90, joined},
		on{-60, aGoal},
		on{-60, domain.PlanReviewed{Next: today - 10}},
		on{-60, domain.StepAdded{ID: domain.ID{15: 61}, Owner: domain.ByCoach, Due: today - 10}},
		on{-60, domain.StepAdded{ID: domain.ID{15: 64}, Owner: domain.ByProvider, Due: today - 10}},
		on{-60, domain.Promised{ID: domain.ID{15: 62}, Owner: domain.ByCoach, Due: today - 10}},
		on{-60, domain.SessionHeld{ID: domain.ID{15: 63}, Outcome: domain.Happened, Day: today - 60}},
		on{-40, domain.SessionHeld{ID: domain.ID{15: 65}, Outcome: domain.DidNotCome, Day: today - 40}},
	}
	rest := []any{
		on{-8, domain.Asked{ID: domain.ID{15: 66}, Question: "q"}},
		on{-8, domain.FitNoteRecorded{ID: domain.ID{15: 67}, To: today + 2}},
		on{-8, domain.Booked{ID: domain.ID{15: 68}, Day: today - 1, Minute: 600}},
	}
	rules := func(r domain.Row) (out []string) {
		for _, w := range q.Reasons(r) {
			out = append(out, w.Rule)
		}
		slices.Sort(out)
		return out
	}
	stops := []string{"did-not-come", "my-step-due", "promise-due", "quiet", "review-due", "step-chase"}
	if got := rules(days(owed...).Row()); !slices.Equal(got, stops) {
		t.Fatalf("without a pause: %v", got)
	}
	paused := on{-5, domain.PlanPaused{ID: domain.ID{15: 69}, From: today - 5, Until: today + 5}}
	if got := rules(days(append(owed, paused)...).Row()); len(got) != 0 {
		t.Errorf("paused, and yet %v", got)
	}
	got := rules(days(slices.Concat(owed, rest, []any{paused})...).Row())
	if want := []string{"adviser-late", "fitnote-ends", "outcome-missing", "plan-paused"}; !slices.Equal(got, want) {
		t.Errorf("what runs on is %v, want %v", got, want)
	}
	// Ended by itself or by hand: the days of the pause do not count as late.
	for _, over := range [][]any{
		{on{-5, domain.PlanPaused{ID: domain.ID{15: 69}, From: today - 5, Until: today - 1}}},
		{paused, on{-1, domain.PlanResumed{ID: domain.ID{15: 69}, Day: today - 1}}},
	} {
		why := q.Reasons(days(append(slices.Clone(owed), over...)...).Row())
		i := slices.IndexFunc(why, func(r domain.Reason) bool { return r.Rule == "my-step-due" })
		if i < 0 || why[i].Why != "my step is 6 days late" {
			t.Errorf("after a pause of four days: %+v", why)
		}
	}
	// Only days after the due day count, and days of two pauses count once.
	twice := append(slices.Clone(owed),
		on{-15, domain.PlanPaused{ID: domain.ID{15: 69}, From: today - 15, Until: today - 6}},
		on{-14, domain.PlanPaused{ID: domain.ID{15: 70}, From: today - 14, Until: today - 5}})
	why := q.Reasons(days(twice...).Row())
	if i := slices.IndexFunc(why, func(r domain.Reason) bool { return r.Rule == "my-step-due" }); i < 0 || why[i].Why != "my step is 6 days late" {
		t.Errorf("after two pauses that overlap: %+v", why)
	}
}

func TestAChasedStepIsLeftAlone(t *testing.T) {
	q := domain.Queue{Today: today, Rules: queueRules()}
	for ago, want := range map[int]int{1: 0, 4: 0, 5: 1, 30: 1} {
		r := days(on{-60, joined}, on{-60, domain.StepAdded{ID: domain.ID{15: 61}, Owner: domain.ByEmployer, Due: today - 40}}, on{-ago, domain.StepChased{ID: domain.ID{15: 61}, Answer: domain.ChaseSilent}}, on{0, domain.SessionHeld{Outcome: domain.Happened, Day: today}}).Row()
		if why := q.Reasons(r); len(why) != want || want == 1 && why[0].Why != "chase the employer: a step is 40 days late" {
			t.Errorf("chased %d days ago: %+v", ago, why)
		}
	}
}

func TestHints(t *testing.T) {
	bare := domain.BarrierNoted{ID: domain.ID{15: 80}, Text: "travel"}
	for _, tt := range []struct {
		name  string
		given []any
		want  []domain.HintKind
	}{
		{"a barrier without a step", []any{bare}, []domain.HintKind{domain.HintBarrier}},
		{"one with a step", []any{bare, domain.StepAdded{ID: aStep.ID, Barrier: bare.ID, Due: today + 1}}, nil},
		{"one whose only step was dropped", []any{bare, domain.StepAdded{ID: aStep.ID, Barrier: bare.ID, Due: today + 1}, domain.StepChanged{ID: aStep.ID, Status: ptr(domain.StepDropped)}}, []domain.HintKind{domain.HintBarrier}},
		{"one that is gone", []any{bare, domain.BarrierResolved{ID: bare.ID}}, nil},
		{"a step without a date", []any{domain.StepAdded{ID: aStep.ID}}, []domain.HintKind{domain.HintStep}},
		{"a step that waits for something", []any{domain.StepAdded{ID: aStep.ID, Before: domain.BeforeJob}}, nil},
		{"a goal that rests", []any{on{-42, aGoal}}, []domain.HintKind{domain.HintGoal}},
		{"a goal of 41 days", []any{on{-41, aGoal}}, nil},
		{"a goal towards which a step was done", []any{on{-60, aGoal}, on{-60, aStep}, on{-3, domain.StepChanged{ID: aStep.ID, Status: ptr(domain.StepDone)}}}, nil},
		{"a goal past its target", []any{domain.GoalSet{ID: aGoal.ID, Target: today - 1}}, []domain.HintKind{domain.HintTarget}},
		{"nothing while the plan is paused", []any{bare, domain.PlanPaused{ID: domain.ID{15: 81}, From: today}}, nil},
	} {
		var got []domain.HintKind
		for _, h := range days(append([]any{on{-90, joined}}, tt.given...)...).Hints(today, reviewRules()) {
			got = append(got, h.Kind)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPlanCommands(t *testing.T) {
	outside := domain.StepAdded{ID: aStep.ID, Text: "x", Owner: domain.ByProvider}
	paused := domain.PlanPaused{ID: domain.ID{15: 81}, From: today}
	done := ptr(domain.StepDone)
	for _, tt := range []struct {
		name  string
		given []any
		role  domain.Role
		when  domain.ParticipantCommand
		then  []domain.Event
		field string
	}{
		{"a goal has a target", nil, "", domain.SetGoal{Participant: pat, Text: "g", Target: today + 90}, []domain.Event{domain.GoalSet{ID: made(0), Text: "g", Target: today + 90}}, ""},
		{"not one that is past", nil, "", domain.SetGoal{Participant: pat, Text: "g", Target: today - 1}, nil, "target"},
		{"it is put aside with a code and their words", []any{aGoal}, "", domain.CloseGoal{Participant: pat, Goal: aGoal.ID, Status: domain.GoalArchived, Code: "Declined!", Outcome: " no more "}, []domain.Event{domain.GoalClosed{ID: aGoal.ID, Status: domain.GoalArchived, Code: "declined", Outcome: "no more", Saw: 1}}, ""},
		{"it is aimed anew", []any{aGoal}, "", domain.AimGoal{Participant: pat, Goal: aGoal.ID, Target: today + 30}, []domain.Event{domain.GoalAimed{ID: aGoal.ID, Target: today + 30, Saw: 1}}, ""},
		{"not when it is over", []any{aGoal, domain.GoalClosed{ID: aGoal.ID, Status: domain.GoalAchieved}}, "", domain.AimGoal{Participant: pat, Goal: aGoal.ID, Target: today + 30}, nil, "goal"},
		{"a coach does not tick a provider's step", []any{outside}, "", domain.ChangeStep{Participant: pat, Step: outside.ID, Status: done}, nil, "status"},
		{"the provider's adviser does", []any{outside}, domain.Provider, domain.ChangeStep{Participant: pat, Step: outside.ID, Status: done}, []domain.Event{domain.StepChanged{ID: outside.ID, Status: done, Saw: 1}}, ""},
		{"they say it is done, and so it is", []any{outside}, "", domain.ChaseStep{Participant: pat, Step: outside.ID, Answer: domain.ChaseSaysDone}, []domain.Event{domain.StepChased{ID: outside.ID, Answer: domain.ChaseSaysDone}, domain.StepChanged{ID: outside.ID, Status: done, Saw: 2}}, ""},
		{"no answer leaves it open", []any{outside}, "", domain.ChaseStep{Participant: pat, Step: outside.ID, How: domain.ByPhone, Answer: domain.ChaseSilent}, []domain.Event{domain.StepChased{ID: outside.ID, How: domain.ByPhone, Answer: domain.ChaseSilent}}, ""},
		{"the person's step is not chased", []any{aStep}, "", domain.ChaseStep{Participant: pat, Step: aStep.ID, Answer: domain.ChaseAsked}, nil, "step"},
		{"an answer is needed", []any{outside}, "", domain.ChaseStep{Participant: pat, Step: outside.ID}, nil, "answer"},
		{"a step is dropped with a code alone", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Status: ptr(domain.StepDropped), Code: "health"}, []domain.Event{domain.StepChanged{ID: aStep.ID, Status: ptr(domain.StepDropped), Code: "health", Saw: 1}}, ""},
		{"but not without any reason", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Status: ptr(domain.StepDropped)}, nil, "reason"},
		{"a step waits for something in place of its date", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Before: ptr(domain.BeforeJob)}, []domain.Event{domain.StepChanged{ID: aStep.ID, Due: ptr(calendar.Day(0)), Before: ptr(domain.BeforeJob), Saw: 1}}, ""},
		{"not for anything", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Before: ptr(domain.Anchor("rain"))}, nil, "due"},
		{"it hangs on no barrier that is not there", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Barrier: &domain.ID{15: 99}}, nil, "barrier"},
		{"a result is one of four", []any{aStep}, "", domain.ChangeStep{Participant: pat, Step: aStep.ID, Result: ptr(domain.TriedResult("great"))}, nil, "result"},
		{"a plan is paused for a reason", nil, "", domain.PausePlan{Participant: pat, Code: "unwell", Until: today + 28}, []domain.Event{domain.PlanPaused{ID: made(0), Code: "unwell", From: today, Until: today + 28}}, ""},
		{"not without one", nil, "", domain.PausePlan{Participant: pat, Until: today + 28}, nil, "reason"},
		{"nor until a day that is not to come", nil, "", domain.PausePlan{Participant: pat, Code: "unwell", Until: today}, nil, "until"},
		{"nor twice", []any{paused}, "", domain.PausePlan{Participant: pat, Code: "unwell"}, nil, ""},
		{"it goes on", []any{paused}, "", domain.ResumePlan{Participant: pat}, []domain.Event{domain.PlanResumed{ID: paused.ID, Day: today}}, ""},
		{"when it was paused", nil, "", domain.ResumePlan{Participant: pat}, nil, ""},
		{"a review may come by rule", []any{aGoal}, "", domain.ReviewPlan{Participant: pat}, []domain.Event{domain.PlanReviewed{}}, ""},
	} {
		role := tt.role
		if role == "" {
			role = domain.Coach
		}
		got, err := domain.DecideOn(tt.when, replay(append([]any{joined}, tt.given...)...), stamp(role))
		var no domain.Refusal
		switch {
		case tt.then == nil && (!errors.As(err, &no) || no.Field != tt.field || no.Why == ""):
			t.Errorf("%s: %v", tt.name, err)
		case tt.then != nil && (err != nil || !reflect.DeepEqual(got, tt.then)):
			t.Errorf("%s: %+v %v", tt.name, got, err)
		}
	}
}
