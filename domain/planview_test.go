package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func TestRedates(t *testing.T) {
	step := func(n byte, in int, e domain.StepAdded) domain.StepAdded {
		e.ID, e.Due = domain.ID{15: n}, today+calendar.Day(in)
		return e
	}
	p := replay(joined,
		step(61, 4, domain.StepAdded{Text: "Friday"}),
		step(62, 5, domain.StepAdded{Text: "Saturday becomes Monday"}),
		step(63, -30, domain.StepAdded{Text: "long over"}),
		domain.StepAdded{ID: domain.ID{15: 64}, Text: "no date"},
		domain.StepAdded{ID: domain.ID{15: 65}, Before: domain.BeforeJob},
		step(66, 4, domain.StepAdded{Text: "done"}), domain.StepChanged{ID: domain.ID{15: 66}, Status: ptr(domain.StepDone)},
	)
	list, err := p.Plan.Redates(today-6, today, stamp(domain.Coach)) // seven days
	if err != nil || len(list) != 3 || list[0].New != today || list[1].New != today+11 || list[2].New != today+14 {
		t.Fatalf("%+v %v", list, err)
	}
	for _, r := range list {
		if !england.Working(r.New) {
			t.Errorf("%s is a day off", r.New)
		}
	}
	for _, wrong := range [][2]calendar.Day{{today, today - 1}} {
		if _, err := p.Plan.Redates(wrong[0], wrong[1], stamp(domain.Coach)); err == nil {
			t.Error("an absence ended before it began")
		}
	}
	if _, err := replay(joined, aGoal).Plan.Redates(today, today, stamp(domain.Coach)); err == nil {
		t.Error("nothing is to be moved, and nobody says so")
	}
}

func TestTemplatesAreFoundByWords(t *testing.T) {
	plans := domain.Planning{Templates: []domain.Template{
		{Key: "travel", Words: []string{"travel", "bus"}, Steps: []domain.TemplateStep{{Text: "x", Owner: domain.ByCoach, Due: "5d"}}},
		{Key: "forms", Words: []string{"computer", "online"}},
	}}
	for barrier, want := range map[string]string{"Travelling before nine": "travel", "the BUS, online": "travel", "forms on the computer, online": "forms", "a busy mind": "", "nothing known": ""} {
		got, ok := plans.TemplateFor(barrier)
		if got.Key != want || ok != (want != "") {
			t.Errorf("%q: %q", barrier, got.Key)
		}
	}
	c, err := plans.Templates[0].Steps[0].Add(pat, made(1), stamp(domain.Coach))
	if err != nil || c.Due != today+7 { // Saturday becomes Monday
		t.Errorf("%+v %v", c, err)
	}
}

func TestThePlanSeenFromManySides(t *testing.T) {
	b := domain.BarrierNoted{ID: domain.ID{15: 80}, Text: "travel"}
	p := replay(joined, aGoal, b, domain.BarrierNoted{ID: domain.ID{15: 82}, Text: "bare"}, aStep,
		domain.StepAdded{ID: domain.ID{15: 62}, Barrier: b.ID, Owner: domain.ByCoach}, domain.StepAdded{ID: domain.ID{15: 63}, Owner: domain.ByCoach, Due: today + 1},
		domain.StepChanged{ID: domain.ID{15: 62}, Status: ptr(domain.StepDone), Result: ptr(domain.ResultNo)})
	count := func(groups []domain.PlanGroup) (n int) {
		for _, g := range groups {
			n += len(g.Steps)
		}
		return n
	}
	goal, chain, board := p.StepsByGoal(domain.Reviewing{}), p.Chains(domain.Reviewing{}), p.Board(domain.Reviewing{})
	if count(goal) != 3 || count(chain) != 3 || count(board) != 3 || len(p.Spans(domain.Reviewing{}, today)) != 3 {
		t.Errorf("a view loses or doubles steps: %d %d %d", count(goal), count(chain), count(board))
	}
	if len(goal) != 3 || goal[0].Goal == nil || goal[1].Barrier == nil || len(chain) != 3 || len(chain[1].Steps) != 0 || len(board) != 4 || len(board[2].Steps) != 1 {
		t.Errorf("%+v\n%+v\n%+v", goal, chain, board)
	}
	if chain[0].Steps[0].Result != domain.ResultNo || !strings.Contains(domain.TriedBefore(p, 12), "did not help") {
		t.Errorf("the chain has no end: %s", domain.TriedBefore(p, 12))
	}
}

// TestLinkedRecordsKeepTheirReviews: the line of a person with two records owes the
// reviews of both, and a pause of either stops the clocks of the person.
func TestLinkedRecordsKeepTheirReviews(t *testing.T) {
	row := func(id domain.ID, reviewed int, as domain.TwinAs, with domain.ID, pauses ...domain.RowPause) domain.Row {
		return domain.Row{ID: id, Twins: []domain.RowTwin{{With: with, As: as}}, Reviews: []domain.RowReview{{Began: today - 90, Last: today - calendar.Day(reviewed)}}, Pauses: pauses}
	}
	a, b := row(pat, 3, domain.TwinMain, sam), row(sam, 70, domain.TwinUnder, pat)
	q := domain.Queue{Today: today, Rules: queueRules(), Planning: domain.Planning{Reviews: reviewRules().Rules}}
	lines := domain.Lists([]domain.Row{a, b})
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	j := q.Judge(lines[0])
	of := 0
	for _, d := range j.Debts {
		if d.Kind == domain.DebtReview && d.Of == sam && d.Day == today-42 {
			of++
		}
	}
	if of != 1 || !slices.ContainsFunc(j.Reasons, func(r domain.Reason) bool { return r.Rule == "review-due" }) {
		t.Errorf("the review of the other record is lost: %+v %+v", j.Debts, j.Reasons)
	}
	b.Pauses = []domain.RowPause{{From: today - 1}}
	if j := q.Judge(domain.Lists([]domain.Row{a, b})[0]); !j.Is("paused") || slices.ContainsFunc(j.Reasons, func(r domain.Reason) bool { return r.Rule == "review-due" }) {
		t.Errorf("the pause of the other record is lost: %+v", j.Reasons)
	}
}
