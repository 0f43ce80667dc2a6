package ui_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// planning is what the program carries about plans.
// known is the catalogue that the program carries.
var known = func() catalogue.Catalogue {
	c, err := catalogue.Read(assets.Sources(), assets.Programmes())
	if err != nil {
		panic(err)
	}
	if c.Areas, err = catalogue.ReadAreas(assets.Areas()); err != nil {
		panic(err)
	}
	if c.Questions, err = catalogue.ReadQuestions(assets.Questions()); err != nil {
		panic(err)
	}
	return c
}()

var planning = func() domain.Planning {
	var file struct {
		Rules []domain.ReviewRule
		Lists []struct {
			Key     string
			Reasons []domain.CodedReason
		}
		Templates []domain.Template
	}
	for _, name := range []string{"reviews", "reasons", "templates"} {
		b, err := os.ReadFile("../assets/" + name + ".json")
		if err == nil {
			err = json.Unmarshal(b, &file)
		}
		if err != nil {
			panic(err)
		}
	}
	p := domain.Planning{Reviews: domain.ReviewRules{}, Reasons: domain.Reasons{}, Templates: file.Templates}
	fit := struct{ Changes *[]domain.FitChange }{&p.FitNotes}
	if err := errors.Join(json.Unmarshal(assets.Applications(), &p.Applying), json.Unmarshal(assets.FitNotes(), &fit)); err != nil {
		panic(err)
	}
	for _, r := range file.Rules {
		p.Reviews[r.Key] = r
	}
	for _, l := range file.Lists {
		p.Reasons[l.Key] = l.Reasons
	}
	return p
}()

// planned is a desk with one plan in which something of everything stands.
func planned(t testing.TB) (*paper, domain.ID) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	day := calendar.Of(now)
	d.must(t, domain.SetGoal{Participant: id, Text: "work with my hands", Target: day.AddMonths(6)})
	d.must(t, domain.NoteBarrier{Participant: id, Text: "travel before nine"})
	p, _ := d.Participant(id)
	goal, barrier := p.Plan.Goals[0].ID, p.Barriers[0].ID
	d.must(t, domain.AddStep{Participant: id, Goal: goal, Barrier: barrier, Owner: domain.ByPerson, Text: "try the 9:40 bus", Due: day + 14})
	d.must(t, domain.AddStep{Participant: id, Owner: domain.ByProvider, Text: "send the date of the first meeting", Due: day})
	d.must(t, domain.AddStep{Participant: id, Owner: domain.ByEmployer, Text: "agree the hours", Before: domain.BeforeJob})
	d.must(t, domain.AgreePlan{Participant: id, How: domain.FaceToFace, Present: []string{"his sister"}})
	d.must(t, domain.AddStep{Participant: id, Owner: domain.ByCoach, Text: "ask about Access to Work"})
	d.must(t, domain.NoteBarrier{Participant: id, Text: "forms on the computer"})
	return d, id
}

func TestPlanByKeys(t *testing.T) {
	d, id := planned(t)
	x := sit(t, d, 100, 40)
	plan := func() domain.Plan {
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		return p.Plan
	}
	step := func(words string) domain.Step {
		for _, st := range plan().Steps {
			if strings.Contains(st.Text, words) {
				return st
			}
		}
		t.Fatalf("no step %q", words)
		return domain.Step{}
	}
	x.keys("/dan<enter>p")
	x.sees("by goal (v)", "version 1 agreed, 1 changed since (V)", "by Sun 23 May 2027", "before the job starts (no date yet)", "This step has no date yet", "Barriers that no step answers yet")

	x.keys("w")
	x.sees("every 4 weeks: Mon 21 Dec", "(product")
	x.keys("w")

	// A step of others is chased, not ticked.
	x.keys("<down>x")
	x.sees("This step is for the provider", "they say it is done")
	x.keys("nleft a message<enter>")
	x.sees("A step was chased: no answer.", "last chased Mon 23 Nov, today: no answer, left a message")
	x.keys("xd<enter>")
	if st := step("first meeting"); st.Status != domain.StepDone || len(st.Chases) != 2 {
		t.Fatalf("%+v", st)
	}
	x.keys("=p")
	if step("first meeting").Result != domain.ResultPartly {
		t.Fatal("no result")
	}
	x.keys("u")
	x.sees("Undone")

	// What a step waits for, and what it hangs on.
	x.keys("gc/dan<enter>p")
	x.keys("tbefore:next<enter>")
	x.sees("before the next appointment")
	if step("9:40").Before != domain.BeforeNext {
		t.Fatalf("%+v", step("9:40"))
	}
	x.keys("#n")
	if !step("9:40").Barrier.IsZero() {
		t.Fatal("the step still answers the barrier")
	}
	x.keys("#1Ln")
	if st := step("9:40"); st.Barrier.IsZero() || !st.Goal.IsZero() {
		t.Fatalf("%+v", st)
	}

	// Versions.
	x.keys("V")
	x.sees("Changed since version 1", "New step: ask about Access to Work (the work coach).", "Version 1, Mon 23 Nov, face to face, by the person; there: his sister")
	x.keys("Vy2<enter>")
	x.sees("Version 2 of the plan was agreed with the person.")

	// A goal is set with a target, aimed anew and put aside.
	x.keys("Gthe evening course<enter>3")
	if g := plan().Goals[1]; g.Target != calendar.Of(now).AddMonths(3) {
		t.Fatalf("%+v", g)
	}
	x.keys("<up><up><up><up><up><up><up><up><up><down>t6")
	x.keys("D1Evenings are for my family.<enter>")
	x.sees("archived: declined: no longer wants the goal", "in their words: Evenings are for my family.")

	// Paused, the clocks stand still.
	x.keys("P3<enter>")
	x.sees("paused until Mon 21 Dec: cares for somebody")
	x.lacks("has no date yet")
	x.keys("1")
	x.sees("most clocks stand still")
	x.keys("Pr")
	x.sees("The plan goes on.")
}

func TestAMarkThatWaitsIsShownAndKept(t *testing.T) {
	d, id := planned(t)
	x := sit(t, d, 100, 30)
	x.keys("/dan<enter>s<enter>Met.<enter>! employer: agree the hours of the first week before:job-start")
	x.sees("step", "before the job starts")
	x.keys("<ctrl+s><enter>")
	p, _ := d.Participant(id)
	if s := p.Plan.Steps[len(p.Plan.Steps)-1]; s.Before != domain.BeforeJob || s.Text != "agree the hours of the first week" || s.Owner != domain.ByEmployer {
		t.Fatalf("%+v", s)
	}
}

func TestWhatTwoDesksSaidIsShown(t *testing.T) {
	d, id := planned(t)
	p, _ := d.Participant(id)
	step := p.Plan.Steps[0].ID
	day := calendar.Of(now)
	d.apart(t, id, domain.StepChanged{ID: step, Due: ptr(day + 3), Saw: 1}, domain.StepChanged{ID: step, Due: ptr(day + 9), Saw: 1})
	x := sit(t, d, 100, 30)
	x.keys("/dan<enter>p")
	x.sees("another desk said at the same time, date: by Thursday 26 November 2026")
}

func ptr[T any](v T) *T { return &v }

func TestTemplateByKeys(t *testing.T) {
	d, id := planned(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>pT")
	x.sees("What often helps: Computers, phones and online forms", "before the next appointment", "invented by us")
	x.keys("<space>")
	x.sees("left out: Amina")
	x.keys("<down>W<enter>")
	p, _ := d.Participant(id)
	if n := len(p.Plan.Steps); n != 6 || p.Plan.Steps[4].Barrier != p.Barriers[1].ID || p.Plan.Steps[4].Owner == domain.ByCoach {
		t.Fatalf("%d: %+v", n, p.Plan.Steps)
	}
	x.keys("u")
	if p, _ = d.Participant(id); len(p.Plan.Steps) != 4 {
		t.Fatalf("one undo takes back one step only: %+v", p.Plan.Steps)
	}
	x.keys("Bsomething rare<enter>T")
	x.sees("No template fits. What could help with “something rare”?")
	x.keys("ask around by 1w<enter>")
	if p, _ = d.Participant(id); p.Plan.Steps[4].Barrier != p.Barriers[2].ID {
		t.Fatalf("%+v", p.Plan.Steps)
	}
}

func TestRedateByKeys(t *testing.T) {
	d, id := planned(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>pZ16 nov<enter>")
	x.sees("absence of 8 days, Mon 16 Nov to Mon 23 Nov", "Mon 23 Nov → Tue 1 Dec", "Mon 7 Dec → Tue 15 Dec")
	x.keys("<down><space><enter>")
	p, _ := d.Participant(id)
	if p.Plan.Steps[0].Due != calendar.Of(now)+14 || p.Plan.Steps[1].Due != calendar.Of(now)+8 {
		t.Fatalf("%+v", p.Plan.Steps)
	}
	x.keys("u")
	if p, _ = d.Participant(id); p.Plan.Steps[1].Due != calendar.Of(now) {
		t.Fatalf("%+v", p.Plan.Steps)
	}
}

func TestViewsOfThePlanByKeys(t *testing.T) {
	d, id := planned(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>pv")
	x.sees("by barrier", "# travel before nine", "No step answers this barrier yet", "Steps that answer no barrier")
	x.keys("v")
	x.sees("View: board", "not started", "doing", "done", "dropped")
	x.keys("i")
	p, _ := d.Participant(id)
	doing := -1
	for i, st := range p.Plan.Steps {
		if st.Status == domain.StepDoing {
			doing = i
		}
	}
	if doing < 0 {
		t.Fatal("no key reaches a step of the board")
	}
	x.keys("<left>i")
	if p, _ = d.Participant(id); p.Plan.Steps[doing].Status != domain.StepDoing {
		t.Fatal("the arrow did not move to another lane")
	}
	x.keys("v")
	x.sees("View: calendar", "By weeks", " 23 Nov ", "before job-start")
	x.keys("-")
	x.sees("By months", " Dec ")
	x.keys("++")
	x.sees("By days", " 26 27 28 ")
	x.keys("<right><right>")
	x.sees(" 7 Dec ")
	x.keys("v")
	x.sees("View: by goal")
}

// apart puts what several desks wrote apart onto a record, each by a desk of its own.
func (p *paper) apart(t testing.TB, id domain.ID, events ...domain.Event) {
	t.Helper()
	about := domain.About(id)
	for i, e := range events {
		p.clock = p.clock.After(now)
		p.records[about] = append(p.records[about], domain.Record{
			Subject: about, Desk: domain.DeskID{byte(i + 1)}, Seq: 1, Command: p.NewID(), Time: p.clock, Day: calendar.Of(now), By: p.who,
			Role: domain.Coach, Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e,
		})
	}
}
