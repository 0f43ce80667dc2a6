package document_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/store/document"
)

// moving are options with a catalogue of two programmes and the rules of a queue.
func moving(r document.Receiver) document.Options {
	o := options(r)
	fact := catalogue.Fact{Value: "nine months", Source: "S1", Confidence: catalogue.Stated}
	o.Queue = domain.Queue{
		Today: today, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &cal},
		Catalogue: catalogue.Catalogue{Programmes: []catalogue.Programme{
			{Key: "mental-health-support-service", Name: "Mental Health Support Service", Clocks: []catalogue.Clock{{Fact: fact, Key: "months", From: catalogue.FromStart, Months: 9}}},
			{Key: "access-to-work", Name: "Access to Work"},
			{Key: "workwell", Name: "WorkWell"},
		}},
		Rules: domain.Rules{
			"application-silent": {Key: "application-silent", Days: 28}, "application-again": {Key: "application-again", Days: 14},
			"application-unsent": {Key: "application-unsent", Days: 7}, "award-ends": {Key: "award-ends", Days: 84},
		},
		Planning: domain.Planning{Reviews: domain.ReviewRules{"first-every": {Key: "first-every", Days: 28}, "first-for": {Key: "first-for", Days: 84}, "support-end": {Key: "support-end", Days: -14}}},
	}
	o.Reviews = o.Queue.Reviewing()
	o.People = func(id domain.ID) string {
		if id == (domain.ID{15: 9}) {
			return "Bea Holt"
		}
		return "Amina Yusuf"
	}
	return o
}

// onTheMove is somebody with each thing that moves on: support that ends, applications,
// an award, and an offered case.
func onTheMove(t *testing.T) domain.Participant {
	t.Helper()
	id := domain.ID{15: 1}
	begun := []domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Jo Taylor", domain.FactCoach: "Amina Yusuf"}},
		domain.SetGoal{Participant: id, Text: "a job"},
		domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: "bring the letter", Before: domain.BeforeReview},
		domain.StartProvision{Participant: id, Programme: "mental-health-support-service", Provider: "Riverside Works", Contact: "Kim Lee", Started: (today + 21).AddMonths(-9)},
		domain.StartProvision{Participant: id, Programme: "workwell", Started: today - 400, Ended: today - 300, Reason: "CANARY over"},
		domain.Apply{Participant: id, Programme: "access-to-work", Elements: []string{"travel"}, Text: "CANARY need", Reference: "AW-77", Applied: today - 30},
		domain.Apply{Participant: id, Programme: "access-to-work", Elements: []string{"equipment"}, Applied: today - 300},
		domain.Apply{Participant: id, Programme: "access-to-work", Elements: []string{"vehicle"}, Applied: today - 200},
		domain.OfferTransfer{Participant: id, To: domain.ID{15: 9}, Note: "The letter is on its way."},
	}
	p := record(t, begun...)
	return record(t, append(begun,
		domain.ChaseApplication{Participant: id, Application: p.Applications[0].ID, Answer: domain.ChaseSilent},
		domain.DecideApplication{Participant: id, Application: p.Applications[1].ID, Result: domain.ApplicationAwarded, Day: today - 250, Until: today + 50},
		domain.DecideApplication{Participant: id, Application: p.Applications[2].ID, Result: domain.ApplicationRefused, Day: today - 100, Reason: "CANARY refused"},
		domain.PlanLanding{Participant: id, Provision: p.Provisions[0].ID, Programme: "workwell", Text: "with the same key worker"},
	)...)
}

// TestHandoverTellsWhatMovesOn holds what a colleague and the adviser read of support,
// applications and the offered case, that what is over is not told, and that nobody
// outside reads any of it.
func TestHandoverTellsWhatMovesOn(t *testing.T) {
	p := onTheMove(t)
	for _, r := range document.Receivers {
		n := document.Handover(p, moving(r))
		text := strings.Join(strings.Fields(n.Text()), " ")
		for _, want := range []string{
			"On Mental Health Support Service: since Sat 14 Mar, ends Sun 13 Dec, in 20 days, Riverside Works, Kim Lee",
			"What follows: WorkWell: with the same key worker",
			"Application by the person, Access to Work: applied Sat 24 Oct, reference AW-77, last asked Mon 23 Nov: no answer, ask again by Mon 7 Dec, in 2 weeks",
			"Application by the person, Access to Work: awarded until Tue 12 Jan 2027, in 7 weeks, renew by",
			"Offered to Bea Holt Mon 23 Nov, today, no answer yet",
			"The letter is on its way.",
		} {
			if got, staff := strings.Contains(text, want), r == document.Colleague || r == document.Adviser; got != staff {
				t.Errorf("for the %s %q told is %t:\n%s", r, want, got, n.Text())
			}
		}
		if strings.Contains(n.Text()+n.Markdown()+strings.Join(n.HiddenWords(), ""), "CANARY") {
			t.Errorf("the %s reads what is over:\n%s", r, n.Text())
		}
		if r.Outside() && strings.Contains(text, "Mental Health") {
			t.Errorf("the %s reads on what they are:\n%s", r, n.Text())
		}
	}
	first, _, _ := strings.Cut(strings.SplitN(document.Handover(p, moving(document.Colleague)).Text(), "DO FIRST", 2)[1], "SAFETY")
	for _, want := range []string{"Access to Work: renew", "Mon 7 Dec: application, Access to Work: ask again (Jo Taylor)", "Sun 29 Nov: review the plan"} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not among what is first:\n%s", want, first)
		}
	}
}

// TestHandoverTellsWhoHeldTheCase after a colleague took it on.
func TestHandoverTellsWhoHeldTheCase(t *testing.T) {
	p := onTheMove(t)
	p.Coaches = []domain.Told{{Value: "Amina Yusuf", On: today - 90}, {Value: "Bea Holt", On: today}}
	if text := document.Handover(p, moving(document.Colleague)).Text(); !strings.Contains(text, "Whose case: Amina Yusuf from Tue 25 Aug to Mon 23 Nov; Bea Holt since") {
		t.Error(text)
	}
}

// TestPapersSayTheSameReview: support ends in 20 days, so the plan is looked at in six;
// papers that knew only the rule would say four weeks.
func TestPapersSayTheSameReview(t *testing.T) {
	p := onTheMove(t)
	if d := p.Review(moving(document.Colleague).Reviews).Day; d != today+6 {
		t.Fatalf("the review is %s", d)
	}
	if text := document.Handover(p, moving(document.Colleague)).Text(); !strings.Contains(text, "before the review, by Sat 28 Nov") {
		t.Errorf("the handover has another day:\n%s", text)
	}
	o := copyOptions(t, domain.PlainShape, domain.English)
	o.Reviews = moving(document.Person).Reviews
	if text := document.PlanCopy(p, o).Text(); !strings.Contains(text, "29 November") || !strings.Contains(text, "28 November") {
		t.Errorf("the copy has another day:\n%s", text)
	}
}
