package document_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/document"
)

var (
	monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	today  = calendar.Of(monday)
	cal    = calendar.New(calendar.EnglandAndWales, nil)
)

func record(t *testing.T, commands ...domain.Command) domain.Participant {
	t.Helper()
	n := byte(0)
	about := domain.About(domain.ID{15: 1})
	var past []domain.Record
	for i, c := range commands {
		role := domain.Coach
		switch c.(type) {
		case domain.Answer, domain.Accept:
			role = domain.Adviser
		}
		events, err := domain.Decide(c, past, domain.Stamp{At: monday, Today: today, Calendar: &cal, Name: "Amina Yusuf", Role: role, Demo: true, New: func() domain.ID { n++; return domain.ID{14: 1, 15: n} }})
		if err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		for _, e := range events {
			past = append(past, domain.Record{Subject: about, Command: domain.ID{15: byte(i)}, Time: domain.Clock(len(past)), Day: today, Role: role, Scope: domain.ScopeOf(e), Event: e})
		}
	}
	return domain.Replay(about, past)
}

// options let everything out that a receiver may read at all: consent has tests of its
// own.
func options(r document.Receiver) document.Options {
	basis := document.ByConsent
	if r.Outside() {
		basis = document.ByPublicTask
	}
	return document.Options{Sharing: sharing(), For: r, Basis: basis, Today: today, Calendar: &cal, Waits: domain.Waits{Accept: 2, Answer: 5}, Ref: "7K3Q-M", People: func(domain.ID) string { return "Amina Yusuf" }, Why: "I am on leave until January"}
}

// sharing are the rules that the program carries.
func sharing() document.Sharing {
	s, err := document.ReadSharing(assets.Handover())
	if err != nil {
		panic(err)
	}
	return s
}

func daniel(t *testing.T) domain.Participant {
	id := domain.ID{15: 1}
	return record(t,
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel *Okafor*", domain.FactMatters: "keep my hands busy", domain.FactStrengths: "mends frames", domain.FactNino: "QQ123456C", domain.FactPhone: "020 7946 0321", domain.FactNotContact: "no phone before 11", domain.FactEmployment: "none"}},
		domain.SetGoal{Participant: id, Text: "a workshop job"},
		domain.RecordSession{Participant: id, Outcome: domain.Happened, Channel: "phone", Text: "Says mornings are hard.\n> me: call Mind by fri\n! try the bus by 2w\n! provider: send the form by 1w\n# travel before nine\n+ large print\n[third party] his sister worries\n\n[coach only] go slowly"},
		domain.RecordFitNote{Participant: id, Option: domain.MayBeFit, Boxes: []domain.FitBox{domain.AlteredHours}, From: today - 7, To: today + 19},
		domain.Ask{Participant: id, Question: "Phased or altered?"},
		domain.Book{Participant: id, Booking: domain.Booking{Day: today + 14, Minute: 620, Channel: "phone"}},
		domain.GiveConsent{Participant: id, To: domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}, Purpose: "a place there", Items: []domain.ConsentItem{domain.ItemContact, domain.ItemPlan}, Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson},
	)
}

func TestHandover(t *testing.T) {
	for _, r := range document.Receivers {
		t.Run(string(r), func(t *testing.T) {
			o := options(r)
			if r == document.Provider { // the person consented to that
				o.Basis = document.ByConsent
			}
			n := document.Handover(daniel(t), o)
			text := n.Text()
			if lines := strings.Count(text, "\n"); lines > document.MostLines {
				t.Errorf("%d lines", lines)
			}
			golden.RequireEqual(t, text+"\n---\n"+n.Markdown()+"\n---\n"+strings.Join(n.HiddenWords(), "\n")+"\n")
		})
	}
}

func TestLongRecordsStayOnOneScreen(t *testing.T) {
	id := domain.ID{15: 1}
	cs := []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: strings.Repeat("N", 300)}}}
	for range 15 {
		cs = append(cs, domain.RecordSession{Participant: id, Outcome: domain.Happened, Text: strings.Repeat("long words ", 200) + "\n! a step by 2w\n> a promise\n? a question\n# a barrier\n+ an adjustment"})
	}
	text := document.Handover(record(t, cs...), options(document.Colleague)).Text()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) > document.MostLines {
		t.Errorf("%d lines", len(lines))
	}
	if !strings.Contains(text, "LAST THREE SESSIONS") {
		t.Error("the last section fell off")
	}
	for _, l := range lines {
		if n := len([]rune(l)); n > document.MostColumns {
			t.Errorf("%d columns: %q", n, l)
		}
	}
}

// TestCanaries puts a word of its own into every private place and looks for it in
// every paper.
func TestCanaries(t *testing.T) {
	id := domain.ID{15: 1}
	private := "[coach only] CANARY said\n> me: CANARY promise by fri\n! CANARY step by 2w\n? CANARY question\n# CANARY barrier\n+ CANARY adjustment\n@ 2w 10:20\n\n[third party] CANARY sister\n! CANARY other step"
	p := record(t,
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel", domain.FactNino: "QQ987654C"}},
		domain.RecordSession{Participant: id, Outcome: domain.Happened, Text: private},
		domain.TakeNote{Participant: id, Text: private},
		domain.RaiseConcern{Participant: id, Text: "CANARY concern", Scope: domain.ThirdParty, Told: "CANARY told"},
		domain.RaiseConcern{Participant: id, Text: "CANARY worry", Scope: domain.CoachOnly, Told: "CANARY lead"},
	)
	for _, r := range document.Receivers {
		n := document.Handover(p, options(r))
		for _, out := range append([]string{n.Text(), n.Markdown()}, n.HiddenWords()...) {
			if strings.Contains(out, "CANARY") {
				t.Errorf("for the %s: %s", r, out)
			}
			if strings.Contains(out, "9876") {
				t.Errorf("for the %s, the number is not masked", r)
			}
		}
		if len(n.Hidden()) == 0 {
			t.Errorf("for the %s nothing is said of what was left out", r)
		}
	}
}

// TestOutsidersReadPlainFacts puts a word into everything that is for colleagues and
// looks for it in the papers of the others.
func TestOutsidersReadPlainFacts(t *testing.T) {
	id := domain.ID{15: 1}
	p := record(t,
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel", domain.FactMatters: "CANARY matters", domain.FactNino: "QQ987654C", domain.FactAddress: "CANARY Road", domain.FactReference: "CANARY 1", domain.FactGroup: "LCWRA"}},
		domain.RecordSession{Participant: id, Outcome: domain.Rescheduled, MovedBy: domain.ByPerson, Reason: "CANARY reason", Text: "CANARY said\n# CANARY barrier\n? CANARY question\n! CANARY step\n> CANARY promise"},
		domain.SetGoal{Participant: id, Text: "CANARY goal"},
		domain.AddStep{Participant: id, Owner: domain.ByAdviser, Text: "CANARY of the adviser"},
		domain.ReviewPlan{Participant: id, Next: today + 7, Text: "CANARY review"},
		domain.RecordFitNote{Participant: id, Option: domain.NotFit, From: today, To: today + 14, Comments: "CANARY comments"},
		domain.Ask{Participant: id, Question: "CANARY asked", Tried: "CANARY tried"},
		domain.RaiseConcern{Participant: id, Text: "CANARY concern", Told: "CANARY told"},
		domain.Book{Participant: id, Booking: domain.Booking{Day: today + 3, Minute: 600, Purpose: "CANARY purpose"}},
	)
	for _, r := range []document.Receiver{document.Provider, document.Employer} {
		o := options(r)
		o.Why, o.Summary, o.HowToWork, o.Gaps = "CANARY why", "CANARY summary", "CANARY way", "CANARY gaps"
		n := document.Handover(p, o)
		if out := n.Text() + n.Markdown() + strings.Join(n.HiddenWords(), ""); strings.Contains(out, "CANARY") || strings.Contains(out, "LCWRA") || strings.Contains(out, "9876") {
			t.Errorf("the %s reads what is for colleagues:\n%s", r, n.Text())
		}
		if fit := strings.Contains(n.Text(), "not fit for work"); fit != (r == document.Provider) {
			t.Errorf("the %s reads of the fit note: %t", r, fit)
		}
		if !strings.Contains(n.Text(), "Thu 26 Nov") {
			t.Errorf("the %s does not read of the appointment", r)
		}
	}
	o := options(document.Person)
	o.Why, o.Summary, o.HowToWork, o.Gaps = "PRIVATE", "PRIVATE", "PRIVATE", "PRIVATE"
	person := document.Handover(p, o)
	for _, word := range []string{"PRIVATE", "said", "barrier", "question", "asked", "review", "comments", "reason", "9876"} {
		if strings.Contains(person.Text(), word) {
			t.Errorf("the person's paper has more than the plan and the promises: %q in\n%s", word, person.Text())
		}
	}
	for _, word := range []string{"CANARY goal", "CANARY step", "CANARY promise", "Thu 26 Nov"} {
		if !strings.Contains(person.Text(), word) {
			t.Errorf("the person's paper lacks %q", word)
		}
	}
}

// TestPrivateThingsLeaveNoTrace looks for the day of a private appointment and the
// number of private steps, which would tell that there is something.
func TestPrivateThingsLeaveNoTrace(t *testing.T) {
	id := domain.ID{15: 1}
	p := record(t,
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel"}},
		domain.TakeNote{Participant: id, Text: "[coach only] soon\n@ 2d 09:40\n! a step\n> me: a promise by 3d\n\n! another step by 1w"},
		domain.Book{Participant: id, Booking: domain.Booking{Day: today + 9, Minute: 620}},
	)
	for _, r := range document.Receivers {
		text := document.Handover(p, options(r)).Text()
		for _, word := range []string{"Wed 25 Nov", "09:40", "of 2 steps", "Thu 26 Nov"} {
			if strings.Contains(text, word) {
				t.Errorf("for the %s, %q tells of something private:\n%s", r, word, text)
			}
		}
		if !strings.Contains(text, "Wed 2 Dec") {
			t.Errorf("for the %s, the open appointment behind the private one is missing:\n%s", r, text)
		}
	}
}

// TestTheCoachsWordsAreNotCut lets the three parts that the coach writes run over
// several rows, and keeps what looks like Markdown plain.
func TestTheCoachsWordsAreNotCut(t *testing.T) {
	o := options(document.Colleague)
	o.Summary = strings.Repeat("twelve words ", 20) + "and the END"
	o.HowToWork, o.Gaps = "- a dash & <b>tag</b>", "1. a number"
	n := document.Handover(daniel(t), o)
	if !strings.Contains(n.Text(), "END") {
		t.Errorf("the summary is cut:\n%s", n.Text())
	}
	for _, want := range []string{`- \- a dash \& \<b\>tag\</b\>`, `- 1\. a number`} {
		if !strings.Contains(n.Markdown(), want) {
			t.Errorf("no %q in\n%s", want, n.Markdown())
		}
	}
}

// TestOnlyWhatWasAgreedLeaves looks for what no consent covers in papers that leave
// the office.
func TestOnlyWhatWasAgreedLeaves(t *testing.T) {
	health, contact, plan, adjust := "altered hours", "020 7946 0321", "10:20 phone", "large print"
	for _, tt := range []struct {
		name  string
		r     document.Receiver
		basis document.Basis
		later int
		open  []string
	}{
		{"a provider with consent for contact and plan", document.Provider, document.ByConsent, 0, []string{contact, plan}},
		{"after the consent ran out", document.Provider, document.ByConsent, 61, nil},
		{"an employer without any", document.Employer, document.ByConsent, 0, nil},
		{"a provider on another basis", document.Provider, document.ByPublicTask, 0, []string{health, contact, plan, adjust}},
		{"a colleague needs none", document.Colleague, document.ByConsent, 0, []string{health, contact, plan, adjust}},
	} {
		o := options(tt.r)
		o.Basis, o.Today = tt.basis, today.AddDays(tt.later)
		text := document.Handover(daniel(t), o).Text()
		for _, word := range []string{health, contact, plan, adjust} {
			if want := slices.Contains(tt.open, word); strings.Contains(text, word) != want {
				t.Errorf("%s: %q is there: %v\n%s", tt.name, word, !want, text)
			}
		}
		if tt.basis != "" && !strings.Contains(text, "another legal basis than consent: public task") {
			t.Errorf("%s: the basis is not told", tt.name)
		}
	}
}

// TestHandoverOfAPlan tells colleagues what became of everything in it, and others what
// is theirs.
func TestHandoverOfAPlan(t *testing.T) {
	id, goal, step := domain.ID{15: 1}, domain.ID{14: 1, 15: 1}, domain.ID{14: 1, 15: 3}
	p := record(t,
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor", domain.FactEmployment: "none", domain.FactJobStart: "2026-12-07"}},
		domain.SetGoal{Participant: id, Text: "the evening course", Target: today + 90},
		domain.SetGoal{Participant: id, Text: "a workshop job", Target: today + 90},
		domain.AddStep{Participant: id, Owner: domain.ByProvider, Text: "send the date", Due: today},
		domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: "buy a bus pass", Before: domain.BeforeJob},
		domain.CloseGoal{Participant: id, Goal: goal, Status: domain.GoalArchived, Code: "declined", Outcome: "Evenings are for my family."},
		domain.ChaseStep{Participant: id, Step: step, How: domain.ByPhone, Answer: domain.ChaseSilent, Comment: "COMMENT"},
		domain.AgreePlan{Participant: id, How: domain.ByPhone},
		domain.PausePlan{Participant: id, Code: "unwell", Reason: "PAUSEWORDS", Until: today + 21},
	)
	for _, tt := range []struct {
		to         document.Receiver
		has, lacks []string
	}{
		{document.Colleague, []string{"paused until", "PAUSEWORDS", "Version 1 was agreed", "archived: declined", "Evenings are for my family", "before the job starts, by Sun 6 Dec", "Last chased", "Job starts"}, nil},
		{document.Person, []string{"paused until", "Version 1 was agreed", "before the job starts, by Sun 6 Dec", "a workshop job (by"}, []string{"PAUSEWORDS", "Last chased", "COMMENT"}},
		{document.Provider, []string{"send the date"}, []string{"PAUSEWORDS", "Last chased", "evening course", "bus pass", "COMMENT", "Version 1"}},
		{document.Employer, nil, []string{"PAUSEWORDS", "send the date", "evening course"}},
	} {
		text := strings.Join(strings.Fields(document.Handover(p, options(tt.to)).Text()), " ")
		for _, w := range tt.has {
			if !strings.Contains(text, w) {
				t.Errorf("the %s is not told %q:\n%s", tt.to, w, text)
			}
		}
		for _, w := range tt.lacks {
			if strings.Contains(text, w) {
				t.Errorf("the %s is told %q", tt.to, w)
			}
		}
	}
}

// TestHandoverTellsHelp holds that kind, state and agreement of an escalation are told
// to staff, and to nobody else.
func TestHandoverTellsHelp(t *testing.T) {
	id := domain.ID{15: 77}
	e := domain.Escalation{
		ID: id, Kind: domain.KindDirect, State: domain.EscalationActive, Question: "Will you see them?", Since: today,
	}
	e.Agreements = []domain.SupportAgreement{{ID: domain.ID{15: 78}, Yes: true, Giver: domain.GivenByRepresentative, How: domain.ByPhone, On: today}}
	e.Reviews = []domain.SupportReview{{On: today, Text: "travels alone"}}
	p := domain.Participant{ID: domain.ID{15: 1}, Joined: today, Facts: map[domain.Fact]domain.Told{domain.FactName: {Value: "Jo"}}, Escalations: []domain.Escalation{e}}
	for _, r := range document.Receivers {
		text := fmt.Sprintf("%+v", document.Handover(p, options(r)).Open().Sections)
		for _, want := range []string{"direct support, active", "The person agreed", "said by the representative, phone", "travels alone", "not told of it yet"} {
			if got := strings.Contains(text, want); got != (r == document.Colleague || r == document.Adviser) {
				t.Errorf("for %s: %q told is %t", r, want, got)
			}
		}
	}
}

// TestHandoverTellsOpenConcerns: a colleague reads what nobody has acknowledged yet, to
// whom it was told and since when; what was acknowledged is over.
func TestHandoverTellsOpenConcerns(t *testing.T) {
	id := domain.ID{15: 1}
	told := []domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel"}},
		domain.RaiseConcern{Participant: id, Text: "alone at home", Told: "the team lead"},
	}
	p := record(t, told...)
	for r, want := range map[document.Receiver]string{
		document.Colleague: "told to the team lead, not acknowledged yet: alone at home",
		document.Adviser:   "told to the team lead, not acknowledged yet: alone at home",
		document.Provider:  "Ask the work coach.",
	} {
		text := strings.Join(strings.Fields(document.Handover(p, options(r)).Text()), " ")
		if !strings.Contains(text, want) || r == document.Provider && strings.Contains(text, "alone") {
			t.Errorf("for the %s:\n%s", r, text)
		}
	}
	p = record(t, append(told, domain.AcknowledgeConcern{Participant: id, Concern: p.Concerns[0].ID})...)
	if text := document.Handover(p, options(document.Colleague)).Text(); strings.Contains(text, "alone") {
		t.Errorf("a concern that was acknowledged is told:\n%s", text)
	}
}
