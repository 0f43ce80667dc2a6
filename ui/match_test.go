package ui_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"coachdesk/domain"
)

// matched is a person in Camden of whom two answers are missing.
func matched(t *testing.T) (*paper, domain.ID) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{
		domain.FactCouncil: "Camden", domain.FactEmployment: "none", domain.FactBenefit: "UC", domain.FactGroup: "LCW", domain.FactBirth: "4 May 1987",
	}})
	return d, id
}

// TestMatchByKeys reads the match, answers an open question there, and sees it matched
// again with the cursor on the same programme.
func TestMatchByKeys(t *testing.T) {
	d, id := matched(t)
	x := sit(t, d, 120, 40)
	x.keys("/oka<enter>r")
	x.sees("Daniel Okafor › Match ", "This advises; the person and you decide", "may fit", "ask", "does not fit")
	x.sees("WorkWell: ask", "q answers: Are they on other provision that the DWP", "provision, cannot tell")
	x.keys("q")
	x.sees("Are they on other provision that the DWP contracts?", "yes", "no")
	x.keys("n")
	x.sees("WorkWell: may fit", "Contracted provision: no")
	if p, err := d.Participant(id); err != nil || p.Fact(domain.FactContracted) != "no" {
		t.Fatalf("the answer is not in the record: %q, %v", p.Fact(domain.FactContracted), err)
	}
	x.keys("<enter>")
	x.sees("Refer Daniel Okafor")
	x.keys("<esc>")
	x.sees("WorkWell: may fit")
}

// TestMatchIsFourKeysToRefer holds that r and enter lead from the record to the referral
// that fits best.
func TestMatchIsFourKeysToRefer(t *testing.T) {
	d, id := matched(t)
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactContracted: "no"}})
	x := sit(t, d, 80, 24)
	x.keys("/oka<enter>r<enter>")
	x.sees("Refer Daniel Okafor", "WorkWell")
}

// TestWhatIfIsTwoKeys holds that a key, the words and enter say what a job opens and
// closes, and that nothing is written.
func TestWhatIfIsTwoKeys(t *testing.T) {
	d, id := matched(t)
	x := sit(t, d, 80, 24)
	x.keys("/oka<enter>")
	before, err := d.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	x.keys("%starts 16 hours on 5 January<enter>")
	x.sees("What if: starts work, 16 hours a week, Tue 5 Jan", "opens", "closes", "Access to Work")
	x.keys("<enter>")
	x.sees("This is what may come to pass")
	x.keys("<esc>")
	x.lacks("What if:")
	x.keys("<esc>")
	x.sees("Overview")
	after, err := d.Participant(id)
	if err != nil || len(after.Past()) != len(before.Past()) {
		t.Fatalf("%d records were written, %v", len(after.Past())-len(before.Past()), err)
	}
	x.keys("rwstops yesterday<enter>")
	x.sees("is past")
}

// TestMatchSaysWhyNot holds that what a coach cannot start, and what is over, says why,
// and that an application is the person's own.
func TestMatchSaysWhyNot(t *testing.T) {
	d, id := matched(t)
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactTeam: "yes", domain.FactContracted: "no", domain.FactTherapies: "yes"}})
	x := sit(t, d, 120, 40)
	x.keys("/oka<enter>r")
	for _, step := range []struct{ programme, says string }{
		{"ips-severe-mental-illness", "A coach cannot start this: the mental health team does"},
		{"work-programme", "Work Programme is over"},
	} {
		x.keys(strings.Repeat("k", len(known.Programmes)))
		under := func() bool {
			for _, l := range strings.Split(ansi.Strip(x.screen()), "\n") {
				if strings.HasPrefix(l, "▸") && strings.Contains(l, (known.Short(step.programme) + strings.Repeat(" ", 20))[:14]) {
					return true
				}
			}
			return false
		}
		for range known.Programmes {
			if !under() {
				x.keys("<down>")
			}
		}
		if !under() {
			t.Fatalf("the cursor is not on %s:\n%s", step.programme, ansi.Strip(x.screen()))
		}
		x.keys("<enter>")
		x.sees(step.says)
		x.keys("<esc>r")
	}
	x.keys(strings.Repeat("k", 18) + "jjj")
	x.sees("Employment Advisers in NHS Talking Therapies: may fit")
	x.keys("<enter>")
	x.sees("I told them about it", "Nothing is sent from")
	x.keys("t")
	x.sees("The person was told about a service. Nothing was sent to it.")
	if p, err := d.Participant(id); err != nil || len(p.Signposts) != 1 {
		t.Fatalf("%d signposts, %v", len(p.Signposts), err)
	}
}

// TestMatchAppliesByKeys holds that the way of an application leads to the application,
// step by step, and that telling somebody about it is still a key away.
func TestMatchAppliesByKeys(t *testing.T) {
	d, id := matched(t)
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactEmployment: "employed", domain.FactJobOffer: "yes"}})
	x := sit(t, d, 120, 40)
	x.keys("/oka<enter>r" + strings.Repeat("k", 18))
	for range known.Programmes {
		if !strings.Contains(ansi.Strip(x.screen()), "Access to Work: ") {
			x.keys("<down>")
		}
	}
	x.keys("<enter>")
	x.sees("they apply, or get it ready", "I told them about it", "Nothing is sent from")
	x.keys("a")
	x.sees("nothing leaves this desk", "travel to work")
	x.keys("2<enter>today<enter>")
	x.sees("When does the job start?")
	x.keys("none<enter>AW-1<enter>")
	x.sees("The person applied", "Daniel Okafor › Match ")
	p, err := d.Participant(id)
	if err != nil || len(p.Applications) != 1 || len(p.Signposts) != 0 {
		t.Fatalf("%d applications, %d signposts, %v", len(p.Applications), len(p.Signposts), err)
	}
	if a := p.Applications[0]; a.Programme != "access-to-work" || a.State != domain.ApplicationApplied || a.Reference != "AW-1" || len(a.Elements) != 1 || a.Elements[0] != "travel-to-work" {
		t.Errorf("%+v", a)
	}
}
