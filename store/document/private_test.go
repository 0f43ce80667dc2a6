package document_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store/document"
	"coachdesk/store/ical"
)

// private is a record on which every word that somebody wrote about something private
// holds the canary: marks of private paragraphs, and all that was done with them later.
func private(t *testing.T) domain.Participant {
	t.Helper()
	id := domain.ID{15: 1}
	before := []domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor"}},
		domain.TakeNote{Participant: id, Text: "Open.\n\n[coach only] CANARY\n> me: CANARY promise\n! provider: CANARY step\n! CANARY other step\n? CANARY question\n# CANARY barrier\n+ CANARY adjustment\n@ 3d 10:00 phone\n@ 9d 11:00\n\n[third party] CANARY sister\n# CANARY of hers"},
		domain.Book{Participant: id, Booking: domain.Booking{Day: today + 7, Minute: 620, Purpose: "review"}},
		domain.RaiseConcern{Participant: id, Text: "CANARY concern", Scope: domain.CoachOnly, Told: "CANARY doctor"},
		domain.RaiseConcern{Participant: id, Text: "CANARY worry", Scope: domain.ThirdParty, Told: "CANARY nurse"},
		domain.TakeNote{Participant: id, Text: "Plain.\n\nCANARY that was meant to be private"},
	}
	p := record(t, before...)
	done := domain.StepDone
	after := []domain.Command{
		domain.AmendNote{Participant: id, Note: p.Notes[0].ID, Text: "Open.\n\n[coach only] CANARY once more\n\n[third party] CANARY aunt", Reason: "CANARY it was the aunt"},
		domain.AmendNote{Participant: id, Note: p.Notes[1].ID, Text: "Plain.\n\n[third party] CANARY that was meant to be private", Reason: "CANARY meant"},
		domain.ChaseStep{Participant: id, Step: p.Plan.Steps[0].ID, Answer: domain.ChaseAsked, Comment: "CANARY comment"},
		domain.ChangeStep{Participant: id, Step: p.Plan.Steps[1].ID, Status: &done, Reason: "CANARY reason"},
		domain.ResolveBarrier{Participant: id, Barrier: p.Barriers[0].ID, Result: "CANARY result"},
		domain.EndEscalation{Participant: id, Escalation: p.Escalations[0].ID, Reason: "CANARY withdrawn"},
		domain.AcknowledgeConcern{Participant: id, Concern: p.Concerns[0].ID, Answer: "CANARY heard"},
		domain.CancelAppointment{Participant: id, Appointment: p.Appointments[1].ID, Reason: "CANARY cancelled"},
		domain.SetGoal{Participant: id, Text: "a job"},
		domain.AgreePlan{Participant: id, How: domain.ByPhone},
		domain.ChangeStep{Participant: id, Step: p.Plan.Steps[0].ID, Owner: new(domain.Owner)},
	}
	*after[len(after)-1].(domain.ChangeStep).Owner = domain.ByEmployer
	return record(t, append(before, after...)...)
}

// TestNothingPrivateLeaves looks for the canary in everything that is made of a record
// for others, and in whatever is kept outside of the private scopes.
func TestNothingPrivateLeaves(t *testing.T) {
	p := private(t)
	has := func(where, text string) {
		if strings.Contains(strings.ToLower(text), "canary") {
			t.Errorf("%s tells what is private:\n%s", where, text)
		}
	}
	seen := 0
	for _, r := range p.Past() {
		has("the sentence of "+r.Event.Kind(), r.Event.Sentence())
		body, err := json.Marshal(r.Event)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), "CANARY") && r.Scope.Private() {
			seen++
		} else if !strings.Contains(string(body), "meant to be private") { // it was shareable once
			has("the shareable record "+r.Event.Kind(), string(body))
		}
	}
	if seen < 15 {
		t.Fatalf("only %d records hold anything private: the test proves little", seen)
	}
	for _, list := range [][]domain.Row{{p.Row()}, domain.Lists([]domain.Row{p.Row()})} {
		row, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		has("the row", string(row)+list[0].Haystack())
	}
	for _, q := range []domain.Queue{{Today: today + 60}, {Today: today + 60, Advises: true}} {
		has("the queue", fmt.Sprintf("%+v", q.Reasons(p.Row())))
		has("the brief", fmt.Sprintf("%+v", q.Brief(p)))
	}
	has("what was tried", domain.TriedBefore(p, 12))
	has("the changes of the plan", strings.Join(domain.Changes(domain.Plan{}, p.Plan.Public()), "\n"))
	has("a phrase", fmt.Sprintf("%+v", p.FillFor("Amina", today)))
	for _, h := range p.Hints(today+90, domain.Reviewing{}) {
		has("a hint", h.Says)
	}
	for _, r := range document.Receivers {
		n := document.Handover(p, options(r))
		has("the handover for the "+string(r), n.Text()+n.Markdown()+strings.Join(n.HiddenWords(), "\n"))
	}
	for _, shape := range domain.CopyShapes {
		for _, language := range domain.CopyLanguages {
			for version := range 2 {
				o := copyOptions(t, shape, language)
				o.Version = version
				paper := document.PlanCopy(p, o)
				has("the copy", paper.Text()+paper.Markdown()+paper.HTML())
			}
			has("the journal", document.Journal(p, copyOptions(t, shape, language)))
		}
	}
	moved := onTheMove(t) // what they need, and why it was refused, stay with the record
	for _, r := range moved.Past() {
		has("the sentence of "+r.Event.Kind(), r.Event.Sentence())
	}
	if row, err := json.Marshal(moved.Row()); err != nil || strings.Contains(string(row), "CANARY") || strings.Contains(string(row), "on its way") {
		t.Errorf("the row tells what was written for a colleague: %s, %v", row, err)
	}
	paper := document.PlanCopy(moved, copyOptions(t, domain.PlainShape, domain.English))
	has("the copy", paper.Text()+document.Journal(moved, copyOptions(t, domain.PlainShape, domain.English)))
	var events []ical.Event
	for _, a := range p.Appointments {
		events = append(events, ical.Event{Appointment: a, Ref: "7K3Q-M"})
	}
	has("the calendar", string(ical.Write(events, ical.Options{Now: monday})))
	for _, n := range p.Notes {
		has("what a note said", n.Was(domain.ID{}, domain.SharedOnly).Text(domain.SharedOnly))
	}
	held, err := document.HoldOn(p, document.HoldOptions{Today: today, Zone: time.UTC, People: func(domain.ID) string { return "Amina" }})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range held.Records {
		if text := fmt.Sprint(r.Fields); strings.Contains(text, "sister") || strings.Contains(text, "aunt") || strings.Contains(text, "meant to be private") {
			t.Errorf("what is about somebody else goes out to the person: %s", text)
		}
	}
	if _, private := p.NextAppointment(today); !private {
		t.Fatal("no appointment is private")
	}
	if j := document.Journal(p, copyOptions(t, domain.PlainShape, domain.English)); !strings.Contains(j, "30 November") {
		t.Errorf("a private appointment hides the one that the person knows of:\n%s", j)
	}
	if j := strings.Join(document.PlanCopy(p, copyOptions(t, domain.PlainShape, domain.English)).Stamp, " "); strings.Contains(j, "changed") {
		t.Errorf("a private step changed, and the copy says that the plan did: %s", j)
	}
}
