package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
)

// patiently waits, while work is under way that may still answer, for something to hold.
func (x *hand) patiently(holds func() bool) bool {
	for end := time.Now().Add(3 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if len(x.pending) == 0 || time.Now().After(end) {
			return holds()
		}
		x.drain()
	}
	return true
}

func (x *hand) sees(words ...string) {
	x.t.Helper()
	x.patiently(func() bool {
		text := ansi.Strip(x.screen())
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
	text := ansi.Strip(x.screen())
	for _, w := range words {
		if !strings.Contains(text, w) {
			x.t.Fatalf("the screen does not show %q:\n%s", w, text)
		}
	}
}

func (x *hand) lacks(words ...string) {
	x.t.Helper()
	text := ansi.Strip(x.screen())
	for _, w := range words {
		if strings.Contains(text, w) {
			x.t.Fatalf("the screen shows %q:\n%s", w, text)
		}
	}
}

func TestMainJobByKeys(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.join(t, "Shirin Begum")
	x := sit(t, d, 80, 24)
	x.sees("Today", "Person", "Why now")
	x.keys("/oka<enter>")
	x.sees("Daniel Okafor", "Overview", "Barriers")

	x.keys("s")
	x.sees("How did it go?")
	x.keys("<enter>Says mornings are hard.<enter>> me: call Mind by fri<enter>! try the 9:40 bus by 2w<enter>? is a phased return better<enter># anxiety in groups<enter>+ large print<enter>[third party] his sister worries")
	x.sees("promise", "Fri 27 Nov", "Mon 7 Dec", "question to the DEA")
	x.keys("<ctrl+n>2w 10:20<enter>")
	x.sees("next appointment")
	x.keys("<ctrl+s>")
	x.sees("This will be saved in the record of Daniel Okafor", "third party: never leaves this desk")
	x.keys("<enter>")
	x.sees("Saved.")
	x.lacks("sister", "Okafor")

	p, err := d.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Sessions) != 1 || len(p.Promises) != 1 || len(p.Plan.Steps) != 1 || len(p.Barriers) != 1 || len(p.Adjustments) != 1 || len(p.Escalations) != 1 || len(p.Appointments) != 1 {
		t.Fatalf("not all marks became items: %+v", p)
	}
	if len(d.drafts) != 0 {
		t.Fatalf("a draft was left: %v", d.drafts)
	}

	x.keys("/oka<enter>")
	x.sees("> Amina: call Mind (Fri 27 Nov, in 4 days)", "large print")
	x.lacks("sister")
	x.keys("px")
	x.sees("A step is done.")
	x.keys("u")
	x.sees("Undone: A step is done.")
	x.keys("4<enter>")
	x.sees("Ask the DEA about Daniel Okafor", "is a phased return better")
	x.keys("<ctrl+s>")
	x.sees("was asked for advice")

	d.who = d.people[1].ID
	x.keys("ge")
	x.sees("Adviser's desk", "is a phased return better")
	x.keys("a")
	x.sees("accepted")
	x.keys("nTry altered hours first.<ctrl+s>")
	x.sees("answered")
	d.who = d.people[0].ID
	x.keys("/oka<enter>4a")
	x.sees("A step was added")
	x.keys("xw")
	x.sees("tried and worked")
	x.keys("3")
	x.sees("from the adviser")
	x.keys("gc<tab><tab>")
	x.keys("p")
	x.sees("Plan")
}

func TestKeyCounts(t *testing.T) {
	for _, tt := range []struct {
		what, keys string
		most       int
		done       func(domain.Participant) bool
	}{
		{"find and open", "/oka<enter>", 5, nil},
		{"did not come", "sd<enter>", 3, func(p domain.Participant) bool { return p.Sessions[0].Outcome == domain.DidNotCome }},
		{"a session that happened", "s<enter>\x00<ctrl+n>2w<enter><ctrl+s><enter>", 8, func(p domain.Participant) bool {
			return p.Sessions[0].Outcome == domain.Happened && len(p.Appointments) == 1
		}},
		{"ask the adviser", "e\x00<ctrl+s>", 3, func(p domain.Participant) bool { return p.Escalations[0].State == domain.EscalationAsked }},
		{"a fit note", "f213<enter><enter>", 7, func(p domain.Participant) bool { return len(p.FitNotes) == 1 && len(p.FitNotes[0].Boxes) == 2 }},
		// The colon and the semicolon belong to the words: each replaces a blank.
		{"give consent", "C3\x00;1<enter>", 4, func(p domain.Participant) bool {
			return p.WhyNotShare(domain.Recipient{Kind: domain.ToProvider}, []domain.ConsentItem{domain.ItemContact}, calendar.Of(now)) == ""
		}},
		{"give consent, asked in two", "C3\x00<enter>1<enter>", 5, func(p domain.Participant) bool {
			return p.WhyNotShare(domain.Recipient{Kind: domain.ToProvider}, []domain.ConsentItem{domain.ItemContact}, calendar.Of(now)) == ""
		}},
		{"signpost", "I\x00<enter>", 3, func(p domain.Participant) bool {
			return len(p.Signposts) == 1 && p.Signposts[0].Result == domain.SignpostOpen
		}},
		{"an Easy Read copy, given on paper", "cep", 3, func(p domain.Participant) bool {
			return len(p.Plan.Copies) == 1 && p.Plan.Copies[0].Shape == domain.EasyRead && p.Plan.Copies[0].How == domain.OnPaper
		}},
		{"a Welsh copy, given by post", "cwo", 3, func(p domain.Participant) bool {
			return len(p.Plan.Copies) == 1 && p.Plan.Copies[0].Language == domain.Welsh && p.Plan.Copies[0].How == domain.ByPost
		}},
		{"narrow a consent", "E4<enter>", 3, func(p domain.Participant) bool { return len(p.Consents[0].Items) == 1 }},
		{"withdraw a consent", "Df", 2, func(p domain.Participant) bool { return !p.Consents[0].Withdrawn.IsZero() }},
		{"pause all clocks", "P1<enter>", 4, func(p domain.Participant) bool { _, paused := p.Plan.Paused(calendar.Of(now)); return paused }},
		{"barrier, solution, owner", "B\x00<enter>T<enter>", 4, func(p domain.Participant) bool {
			return len(p.Plan.Steps) > 2 && p.Plan.Steps[len(p.Plan.Steps)-1].Barrier == p.Barriers[len(p.Barriers)-1].ID
		}},
		{"add an adjustment", "A\x00<enter>", 3, func(p domain.Participant) bool { return len(p.Adjustments) > 0 }},
		{"tick a step", "px", 2, func(p domain.Participant) bool { return p.Plan.Steps[0].Status == domain.StepDone }},
	} {
		t.Run(tt.what, func(t *testing.T) {
			d := newPaper(t)
			id := d.join(t, "Daniel Okafor")
			d.must(t, domain.SetGoal{Participant: id, Text: "a workshop job"})
			d.must(t, domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: "bring the letter"})
			x := sit(t, d, 80, 24)
			if tt.done != nil {
				x.keys("/oka<enter>")
			}
			if strings.HasSuffix(tt.what, "a consent") { // counted from the ledger
				d.must(t, domain.GiveConsent{
					Participant: id, To: domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}, Purpose: "a place there",
					Items: domain.ConsentItems, How: domain.InWriting, Giver: domain.GivenByPerson,
				})
				x.keys("<esc>/oka<enter>8")
			}
			x.keys(strings.ReplaceAll(tt.keys, "\x00", "words that: anybody would write anyway on travel"))
			n := 0
			for s := strings.NewReplacer("\x00;", "", "\x00", "").Replace(tt.keys); s != ""; n++ {
				if s[0] == '<' {
					s = s[strings.IndexByte(s, '>')+1:]
				} else {
					s = s[1:]
				}
			}
			if n > tt.most {
				t.Errorf("%d keys, at most %d", n, tt.most)
			}
			if tt.done != nil {
				x.patiently(func() bool { p, err := d.Participant(id); return err == nil && tt.done(p) })
			}
			p, err := d.Participant(id)
			if err != nil {
				t.Fatal(err)
			}
			if tt.done == nil {
				x.sees("Overview")
			} else if !tt.done(p) {
				t.Fatalf("it was not recorded:\n%s", ansi.Strip(x.screen()))
			}
		})
	}
}

func TestNotesAreSearchedInTheBackground(t *testing.T) {
	d := newPaper(t)
	for i := range 100 {
		id := d.join(t, fmt.Sprintf("Person %02d", i))
		if i == 70 {
			d.must(t, domain.TakeNote{Participant: id, Text: "Plays the Trombone.\n[coach only] and the tuba"})
		}
	}
	x := sit(t, d, 80, 24)
	x.keys("/note:trombone")
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), "1 found "); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(ansi.Strip(x.screen()))
		}
		x.drain()
	}
	x.sees("Person 70")
	x.lacks("Person 69")
	x.keys("<enter>")
	x.sees("Caseload › Person 70")
}

func TestWhatWasJustSavedIsUndone(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>sd<enter>")
	x.sees("Saved.", "Daniel O.")
	x.keys("u")
	x.sees("One moment")
	x.send(ui.Second{})
	x.keys("u")
	x.sees("Undone: They did not come", "Daniel Okafor", "Overview")
	if p, _ := d.Participant(id); len(p.Sessions) != 0 {
		t.Fatal("the session still counts")
	}
}

func TestClosedKeysSayWhy(t *testing.T) {
	d := newPaper(t)
	x := sit(t, d, 80, 24)
	x.keys("s")
	x.sees("Nobody is in this list")
	d.join(t, "Daniel Okafor")
	x = sit(t, d, 80, 24)
	x.keys("<enter>")
	x.keys("ge")
	x.keys("a")
	x.sees("No escalation waits here")
	x.keys("gz")
	x.sees("Nothing is on g z")
}

func TestEveryKeyIsListedOnce(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 120, 40)
	for _, way := range []string{"", "<enter>", "2", "p", "4", "5", "6", "7", "8", "gc/", "<esc>ge", "gcs", "<enter>"} {
		x.keys(way)
		seen := map[string]string{}
		for _, a := range x.shell.Actions() {
			if a.Name == "" || a.Do == nil {
				t.Errorf("after %q: an action has no name or does nothing: %v", way, a.Keys)
			}
			for _, k := range a.Keys {
				if other, ok := seen[k]; ok && k != "esc" {
					t.Errorf("after %q: %s is both %q and %q", way, k, other, a.Name)
				}
				seen[k] = a.Name
			}
		}
	}
}

func TestCurtainHidesEverything(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("<ctrl+g>")
	x.lacks("Daniel", "Caseload")
	x.send(tea.PasteMsg{Content: "anything"})
	x.keys("q")
	x.lacks("Daniel")
	x.keys("<enter><tab>")
	x.sees("Daniel")
}

func TestTitleNeverNamesAnybody(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>")
	if got := x.shell.View().WindowTitle; got != "coachdesk" {
		t.Fatalf("the window is called %q", got)
	}
}

func TestPastedMarksStayWords(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>n")
	x.send(tea.PasteMsg{Content: "from a mail\r\n> call him\r\n# a barrier\r\n\x1b[31mred"})
	x.sees("2 pasted lines look like marks")
	x.keys("<ctrl+s><enter>")
	p, _ := d.Participant(id)
	if len(p.Promises)+len(p.Barriers) != 0 || len(p.Notes) != 1 {
		t.Fatalf("pasted marks counted: %+v", p)
	}
	if got := p.Notes[0].Text(domain.Everything); got != "from a mail\n> call him\n# a barrier\nred" {
		t.Fatalf("the note reads %q", got)
	}
}

func TestARestrictedRecordIsNamedOnlyWhenOpened(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: calendar.Of(now), Minute: 620}}, domain.TakeNote{Participant: id, Text: "plays the trombone"})
	d.must(t, domain.Ask{Participant: id, Question: "who pays for Daniel?"})
	d.join(t, "Shirin Begum")
	x := sit(t, d, 80, 24)
	x.keys("/oka<enter>7R<enter>")
	x.sees("The record was restricted", "Restricted", "Daniel Okafor")
	x.keys("gc<tab><tab>")
	x.sees("Restricted ", "Shirin")
	x.lacks("Daniel", "Okafor")
	x.keys("/oka")
	x.sees("0 found")
	x.keys("<esc>/note:trombone")
	for range 40 {
		x.drain()
		time.Sleep(time.Millisecond)
	}
	x.sees("0 found")
	x.keys("<esc>/is:restricted")
	x.sees("1 found", "Restricted ")
	x.keys("<esc>ge")
	x.sees("Restricted ")
	x.lacks("Daniel")
	x.keys("<enter>")
	x.sees("Daniel Okafor", "Restricted", "who pays")
	x.keys("sd<enter>")
	x.sees("Saved.", "Restricted ")
	x.lacks("Daniel")
	x.keys("/is:restricted<enter>7Ry")
	x.sees("The restriction was lifted")
	x.keys("gc/oka")
	x.sees("1 found")
}

func TestTwoRecordsOfOnePerson(t *testing.T) {
	d := newPaper(t)
	join := func(name string) domain.ID {
		id := d.NewID()
		d.must(t, domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: name, domain.FactBirth: "1987-05-04", domain.FactPostcode: "E15 1NT"}})
		return id
	}
	first, second := join("Siân Llewellyn"), join("Sian Llewelyn")
	d.must(t, domain.Ask{Participant: second, Question: "who pays?"})
	d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/is:duplicate")
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), "2 found"); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(ansi.Strip(x.screen()))
		}
		x.drain()
	}
	x.lacks("Daniel")
	x.keys("<esc>gt")
	x.sees("Comparing everybody")
	x.send(ui.Second{})
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), "first: 1"); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(ansi.Strip(x.screen()))
		}
		x.drain()
	}
	x.sees("nearly the same name, the same date of birth", "Siân Llewellyn", "Sian Llewelyn")
	x.keys("s1")
	x.sees("Two records were linked", "Nobody seems to be on the caseload twice")
	main, other := "Siân Llewellyn", "Sian Llewelyn"
	if rows, _ := d.Rows(); rows[0].Name != main {
		main, other, first, second = other, main, second, first
	}
	x.keys("gc<tab><tab>")
	x.sees("All 2", main, "Escalated 1")
	x.lacks(other)
	x.keys("/" + other[:4] + "<enter>")
	x.sees("also held under", main)
	x.keys("O")
	x.sees("also held under", other)
	x.keys("7")
	x.sees("the main record, which lists show")
	x.keys("u")
	x.sees("Undone")
	x.lacks("also held under")
	for _, id := range []domain.ID{first, second} {
		if p, err := d.Participant(id); err != nil || len(p.LinkedWith()) != 0 {
			t.Fatalf("the link is still in a record: %v", err)
		}
	}
	x.keys("gc<tab><tab>")
	x.sees("All 3")
}

func TestHowLongARecordIsKept(t *testing.T) {
	d := newPaper(t)
	today := calendar.Of(now)
	id := d.join(t, "Daniel Okafor")
	d.join(t, "Shirin Begum")
	d.must(t, domain.RecordFitNote{Participant: id, Option: domain.NotFit, From: today - 30, To: today - 1})
	x := sit(t, d, 80, 52)
	x.keys("/is:retention")
	x.sees("1 found", "Daniel")
	x.keys("<enter>7")
	x.sees("Kept until", "over  fit-note", "caseload: 24 months after", "confidence low")
	x.keys("Kcan appeal<enter>")
	x.sees("The record is kept as: caseload")
	if p, _ := d.Participant(id); p.Retention.Reason != "an appeal" {
		t.Fatalf("%+v", p.Retention)
	}
}

func TestWhatHasNoEffectIsShownAsSuch(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	about := domain.About(id)
	e := domain.GoalSet{ID: d.NewID(), Text: "a workshop"}
	d.records[about] = append(d.records[about], domain.Record{Subject: about, Seq: 2, Command: d.NewID(), Time: d.clock + 1, Day: calendar.Of(now), By: d.NewID(), Role: domain.Provider, Kind: e.Kind(), Event: e})
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>2")
	x.sees("A goal was set.", "no effect: A provider's adviser may not set goals")
	x.keys("p")
	x.sees("There is no plan yet")
}
