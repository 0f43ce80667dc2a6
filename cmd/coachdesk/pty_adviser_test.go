//go:build unix

package main

import (
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
)

// asking is somebody with an urgent question of a kind, in a demonstration.
func asking(t *testing.T, path, name string, kind domain.EscalationKind, agreed bool) {
	t.Helper()
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt("2026-11-23T09:00"), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	id, q := s.NewID(), s.NewID()
	do := func(cs ...domain.Command) domain.Receipt {
		t.Helper()
		r, err := s.Do(domain.Batch{ID: s.NewID(), Commands: cs})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	do(domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: name}})
	for _, rec := range do(domain.Ask{Participant: id, Question: "What about " + name[:3] + "?", Kind: kind, Urgent: true}).Records {
		if e, ok := rec.Event.(domain.Asked); ok {
			q = e.ID
		}
	}
	if agreed {
		do(domain.RecordAgreement{Participant: id, Escalation: q, Agree: domain.Agree{Yes: true, Giver: domain.GivenByPerson, How: domain.ByPhone}})
	}
}

// question is the newest question of somebody, as the journal tells it.
func question(t *testing.T, path, name string) (domain.Participant, domain.Escalation) {
	t.Helper()
	p := whoIs(t, path, name)
	return p, p.Escalations[len(p.Escalations)-1]
}

// at moves down to somebody's line on a desk of that title; what is moved is not counted:
// a queue is worked from its top. A name may be cut where a list is narrow.
func (x *terminal) at(title, name string) {
	x.t.Helper()
	under := func() string {
		text := x.sees(title, "▸ ")
		return between(text, "▸ ", "\n")
	}
	for range 40 {
		line := under()
		shown, _, cut := strings.Cut(line, "…")
		if strings.HasPrefix(line, name) || cut && strings.HasPrefix(name, strings.TrimSpace(shown)) {
			x.keys = 0
			return
		}
		x.press("j")
		for end := time.Now().Add(5 * time.Second); under() == line; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				x.t.Fatalf("%s is not on %s:\n%s", name, title, x.screen())
			}
		}
	}
}

// TestAdviserInATerminal is the ten journeys of an adviser (domain.md, P3) and the
// coach's question to one (P1-7), with keys through a terminal, and what each left in
// the journal of the right person.
func TestAdviserInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred people take a moment")
	}
	path := demoOf(t, "120")
	for name, kind := range map[string]domain.EscalationKind{
		"Aaa Accepted": domain.KindAdvice, "Bbb Returned": domain.KindAdvice, "Ccc Carded": domain.KindAdvice, "Ddd Advised": domain.KindAdvice,
		"Eee Meeting": domain.KindAdvice, "Fff Supported": domain.KindDirect,
	} {
		asking(t, path, name, kind, kind == domain.KindDirect)
	}
	x := sitAt(t, path)
	x.sees("Why now")

	// P1-7: the coach asks.
	x.press("/aaa\r")
	x.sees("Aaa Accepted", "Overview")
	x.keys = 0
	x.press("e")
	x.sees("Ask the DEA about")
	x.say("How do we word this?")
	x.press("\x13")
	x.sees("was asked for advice")
	x.within(3, "P1-7, to ask the adviser")

	x.press("gcgw2")
	x.sees("Adviser's desk", "all ")
	x.keys = 0
	x.within(0, "P3-1, my queue")

	x.at("Adviser's desk", "Aaa Accepted")
	x.press("a")
	x.sees("The adviser accepted the escalation")
	x.within(1, "P3-2, to accept")

	x.at("Adviser's desk", "Bbb Returned")
	x.press("r")
	x.sees("What do you need to know")
	x.say("Which hours?")
	x.press("\x13")
	x.sees("returned the escalation")
	x.within(2, "P3-3, to return")

	x.at("Adviser's desk", "Ccc Carded")
	x.press("c")
	x.sees("Answer with a card")
	x.press("ene")
	x.sees("Two hours, then a break")
	x.press("\r")
	x.sees("Adviser answered")
	x.within(5, "P3-4, to answer with a card")

	x.at("Adviser's desk", "Ddd Advised")
	x.press("n")
	x.sees("Answer about")
	x.say("Ask for the lift.")
	x.press("\x13")
	x.sees("Adviser answered")
	x.within(2, "P3-5, new advice")

	x.at("Adviser's desk", "Eee Meeting")
	x.press("m")
	x.sees("Why three-way meeting instead")
	x.say("quicker together")
	x.press("\r")
	x.sees("both are free")
	x.press("2")
	x.sees("accepted the escalation")
	x.within(5, "P3-6, a meeting of three")

	x.at("Adviser's desk", "Fff Supported")
	x.press("d")
	x.sees("Agreed on", "by the person, phone")
	x.press("y")
	x.sees("accepted the escalation")
	x.within(3, "P3-7, to take on direct support")

	x.at("Adviser's desk", "Fff Supported")
	x.press("s\r")
	x.sees("direct support")
	x.say("Walked to the stop.\r> me: ring the college by fri")
	x.press("\x0e2w\r\x13\r")
	x.sees("Saved.")
	x.within(8, "P3-8, a session of direct support")

	x.press("ge")
	x.at("Adviser's desk", "Fff Supported")
	x.press("b")
	x.sees("The coach's next step")
	x.say("Went well.\r! practise the walk alone")
	x.press("\x13")
	x.sees("the next step is the coach's")
	x.within(4, "P3-9, to hand back")

	x.press("ga")
	x.sees("Which advice worked, per barrier", "used ")
	x.within(2, "P3-10, which advice worked")
	x.press("\x03")
	x.ends(0)

	for name, want := range map[string]func(domain.Participant, domain.Escalation) bool{
		"Bbb Returned": func(_ domain.Participant, e domain.Escalation) bool { return e.Need == "Which hours?" },
		"Ccc Carded": func(_ domain.Participant, e domain.Escalation) bool {
			return !e.Card.IsZero() && strings.Contains(e.Answer, "Two hours")
		},
		"Ddd Advised": func(_ domain.Participant, e domain.Escalation) bool { return e.Answer == "Ask for the lift." },
		"Eee Meeting": func(p domain.Participant, e domain.Escalation) bool {
			return e.State == domain.EscalationBooked && e.Kind == domain.KindThreeWay && len(p.Appointments) == 1 && len(p.Appointments[0].With) == 2
		},
		"Fff Supported": func(p domain.Participant, e domain.Escalation) bool {
			return e.State == domain.EscalationHandedBack && p.Sessions[0].Escalation == e.ID && p.Sessions[0].Kind == domain.DirectSupport &&
				len(p.Plan.Steps) == 1 && p.Plan.Steps[0].Text == "practise the walk alone" && p.Plan.Steps[0].Owner == domain.ByCoach
		},
	} {
		if p, e := question(t, path, name); !want(p, e) {
			t.Errorf("%s: %+v", name, e)
		}
	}
	p := whoIs(t, path, "Aaa Accepted")
	if len(p.Escalations) != 2 || p.Escalations[1].Question != "How do we word this?" || p.Escalations[0].State != domain.EscalationAccepted && p.Escalations[1].State != domain.EscalationAccepted {
		t.Errorf("%+v", p.Escalations)
	}
}
