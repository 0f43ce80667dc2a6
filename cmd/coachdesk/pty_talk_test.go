//go:build unix

package main

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestTalksInATerminal does what happens around a talk with the keys alone, among 1,000
// people, counts the keys, and finds each in the record of the right person.
func TestTalksInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")

	// Somebody new joins, and is opened.
	x.say("aWanda Wexcombe\r")
	x.sees("Wanda Wexcombe joined")
	x.say("/wexc\r")
	x.sees("Caseload › Wanda Wexcombe", "Overview")
	x.keys = 0

	// P2-1: the first support conversation: what matters, strengths, barriers.
	x.press("s")
	x.sees("How did it go?", "kind: first talk")
	x.press("\r\t")
	x.say("\" keep my hands busy")
	x.press("\t\t")
	x.say("\r= mends frames")
	x.press("\t")
	x.sees("5/6")
	x.say("\r# travel before nine")
	x.press("\x13")
	x.sees("This will be saved", "strength · mends frames", "How do they see it")
	before := x.keys

	// P2-8: how the person sees it, in three keys before the last enter.
	x.keys = 0
	x.press("324")
	x.within(3, "to answer three questions about oneself")
	x.keys = before
	x.press("\r")
	x.sees("Saved.")
	x.within(10, "a first support conversation")

	// P1-3 and P2-9: the brief, and what changed since last time, from the record.
	x.say("/wexc\r")
	x.sees("How they see it", "Strengths")
	x.keys = 0
	x.press("b")
	x.sees("Brief on Wanda Wexcombe", "Promises", "Adjustments", "Clocks", "keep my hands busy", "mends frames", "Since")
	x.within(1, "a brief before a talk, with what changed")

	// P1-4: a session that happened.
	x.press("\r")
	x.sees("Overview")
	x.keys = 0
	x.press("s")
	x.sees("What matters", "keep my hands busy")
	x.press("\r")
	x.say("Came early.\r> me: call Mind by fri\r> Wanda: bring the letter by fri")
	x.press("\x0e2w\r\x13\r")
	x.sees("Saved.")
	x.within(8, "a session that happened")

	// P1-5: did not come.
	x.say("/wexc\r")
	x.sees("bring the letter")
	x.keys = 0
	x.press("sd\r")
	x.sees("Saved.")
	x.within(3, "did not come")
	x.press("\x03")
	x.ends(0)

	p := whoIs(t, path, "Wanda Wexcombe")
	var outcomes []domain.Outcome
	for _, s := range p.Sessions {
		outcomes = append(outcomes, s.Outcome)
	}
	if !slices.Equal(outcomes, []domain.Outcome{domain.Happened, domain.Happened, domain.DidNotCome}) || p.Sessions[0].Kind != domain.FirstTalk {
		t.Errorf("the sessions are %+v", p.Sessions)
	}
	if p.Fact(domain.FactMatters) != "keep my hands busy" || p.Fact(domain.FactStrengths) != "mends frames" || len(p.Barriers) != 1 || len(p.Promises) != 2 {
		t.Errorf("the record is %+v", p)
	}
	var values []int
	for _, a := range p.Ratings[0].Answers {
		values = append(values, a.Value)
	}
	if !slices.Equal(values, []int{3, 2, 4}) || p.Ratings[0].Session != p.Sessions[0].ID {
		t.Errorf("the answers are %+v", p.Ratings)
	}
	if text := p.Notes[0].Text(domain.Everything); strings.Contains(text, "\t") {
		t.Errorf("a tab landed in the text: %q", text)
	}
}
