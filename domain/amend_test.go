package domain_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

// text is what the parts of a note say, every scope in the order of the lines.
func text(parts []domain.Part) string { return domain.Note{Parts: parts}.Text(domain.Everything) }

// noted tells a note as it is written by a coach.
func noted(id domain.ID, words string) []any {
	var all []any
	for _, p := range domain.ReadNote(words, today, domain.Names{}).Parts {
		all = append(all, domain.Noted{ID: id, Scope: p.Scope, Lines: p.Lines})
	}
	return all
}

func TestAmendNote(t *testing.T) {
	id := domain.ID{15: 50}
	written := "Came early.\n> me: call Mind by fri\n\n[coach only] Go slowly.\nStill slowly.\n\n[third party] A sister worries."
	for _, tt := range []struct {
		name, text, reason string
		by                 domain.Role
		field              string   // of the refusal
		kinds              []string // of what happens
		now                string
	}{
		{"a line more", written + "\n\n# travel", "forgot it", domain.Coach, "", []string{"note.amended", "barrier.noted"}, "Came early.\n> me: call Mind by fri\nGo slowly.\nStill slowly.\nA sister worries.\n# travel"},
		{"an old mark makes nothing again", strings.Replace(written, "early", "late", 1), "wrong", domain.Coach, "", []string{"note.amended"}, "Came late.\n> me: call Mind by fri\nGo slowly.\nStill slowly.\nA sister worries."},
		{"a mark that says something else is new", strings.Replace(written, "call Mind", "ring Mind", 1), "wrong", domain.Coach, "", []string{"note.amended", "promise.made"}, ""},
		{"a scope may become empty", strings.Replace(written, "\n\n[third party] A sister worries.", "", 1), "not ours to keep", domain.Coach, "", []string{"note.amended"}, "Came early.\n> me: call Mind by fri\nGo slowly.\nStill slowly."},
		{"a paragraph may become private", strings.Replace(written, "Came early.", "[coach only] Came early.", 1), "not for all", domain.Coach, "", []string{"note.amended", "note.amended"}, ""},
		{"no reason", written + " More.", "", domain.Coach, "reason", nil, ""},
		{"nothing differs", written, "because", domain.Coach, "text", nil, ""},
		{"only blank lines differ", strings.ReplaceAll(written, "\n\n", "\n\n\n"), "because", domain.Coach, "text", nil, ""},
		{"nothing is left", "  ", "because", domain.Coach, "text", nil, ""},
		{"somebody else's", written + " More.", "because", domain.Adviser, "role", nil, ""},
		{"somebody else's, by a lead", written + " More.", "because", domain.Lead, "", []string{"note.amended"}, ""},
		{"a bad date in a new line", written + "\n> me: call by 31 feb", "because", domain.Coach, "text", nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			story := append([]any{joined}, noted(id, written)...)
			events, err := domain.Decide(domain.AmendNote{Participant: pat, Note: id, Text: tt.text, Reason: tt.reason}, past(story...), stamp(tt.by))
			var no domain.Refusal
			if errors.As(err, &no); no.Field != tt.field || (err != nil) != (tt.field != "") {
				t.Fatalf("%v", err)
			}
			var kinds []string
			for _, e := range events {
				kinds = append(kinds, e.Kind())
				story = append(story, e)
			}
			if !slices.Equal(kinds, tt.kinds) {
				t.Fatalf("%v happened", kinds)
			}
			if err != nil {
				return
			}
			n := domain.Replay(domain.About(pat), past(story...)).Notes[0]
			if tt.now != "" && text(n.Parts) != tt.now {
				t.Errorf("it says %q", text(n.Parts))
			}
			if old := text(n.Version(domain.ID{})); old != "Came early.\n> me: call Mind by fri\nGo slowly.\nStill slowly.\nA sister worries." {
				t.Errorf("it said %q", old)
			}
			if n.Apart || len(n.Amended) != 1 {
				t.Errorf("%+v", n.Amended)
			}
		})
	}
}

// TestAmendReasonIsAsPrivate holds that why a private paragraph was amended stays as
// private as the paragraph.
func TestAmendReasonIsAsPrivate(t *testing.T) {
	id := domain.ID{15: 50}
	story := append([]any{joined}, noted(id, "[third party] A sister worries.\n\nOpen.")...)
	events, err := domain.Decide(domain.AmendNote{Participant: pat, Note: id, Text: "[third party] A sister worries.\n\nOpen. More."}, past(story...), stamp(domain.Coach))
	if err == nil {
		t.Fatalf("no reason was asked for: %v", events)
	}
	events, err = domain.Decide(domain.AmendNote{Participant: pat, Note: id, Text: "[third party] A sister worries.\nSo does a brother.\n\nOpen.", Reason: "it was the brother"}, past(story...), stamp(domain.Coach))
	if err != nil || len(events) != 2 { // the open line moved down, without a word changed
		t.Fatal(events, err)
	}
	for _, e := range events {
		if a := e.(domain.NoteAmended); (a.Reason != "") != (a.Scope == domain.ThirdParty) {
			t.Errorf("the reason is in %s", a.Scope)
		}
	}
}

func TestAmendSession(t *testing.T) {
	id, booked := domain.ID{15: 50}, domain.ID{15: 51}
	held := domain.SessionHeld{ID: id, Appointment: booked, Outcome: domain.DidNotCome, Day: today, Channel: "phone"}
	right := domain.Account{Outcome: domain.Happened, Length: 20, Channel: "phone", Present: []string{"family", "family"}, Interpreter: "BSL"}
	for _, tt := range []struct {
		name   string
		is     domain.Account
		reason string
		by     domain.Role
		field  string
	}{
		{"it happened after all", right, "they were downstairs", domain.Coach, ""},
		{"no reason", right, " ", domain.Coach, "reason"},
		{"nothing differs", domain.Account{Outcome: domain.DidNotCome, Channel: "phone"}, "r", domain.Coach, "outcome"},
		{"moved by nobody", domain.Account{Outcome: domain.Rescheduled}, "r", domain.Coach, "moved-by"},
		{"somebody else's", right, "r", domain.Adviser, "role"},
		{"no outcome", domain.Account{}, "r", domain.Coach, "outcome"},
	} {
		story := []any{joined, domain.Booked{ID: booked, Day: today, Minute: 600}, held}
		events, err := domain.Decide(domain.AmendSession{Participant: pat, Session: id, Account: tt.is, Reason: tt.reason}, past(story...), stamp(tt.by))
		var no domain.Refusal
		if errors.As(err, &no); no.Field != tt.field || (err != nil) != (tt.field != "") {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err != nil {
			continue
		}
		p := domain.Replay(domain.About(pat), past(append(story, events[0])...))
		x := p.Sessions[0]
		if x.Outcome != domain.Happened || !slices.Equal(x.Present, []string{"family"}) || x.Versions[0].Outcome != domain.DidNotCome || x.Versions[1].Reason != tt.reason || x.Apart {
			t.Errorf("%s: %+v", tt.name, x)
		}
		if p.LastSeen() != today || p.Row().Missed != 0 {
			t.Errorf("%s: the row still counts the old outcome", tt.name)
		}
	}
}

// TestAmendOverAnother holds that nobody puts a version over one that they have not
// seen without being told.
func TestAmendOverAnother(t *testing.T) {
	id, theirs := domain.ID{15: 50}, domain.ID{15: 60}
	story := append(append([]any{joined}, noted(id, "Met.")...), domain.NoteAmended{ID: id, Version: theirs, Lines: []domain.PlacedLine{{Text: "Met twice."}}, Reason: "r"})
	for _, tt := range []struct {
		over *domain.ID
		ok   bool
	}{{nil, true}, {&theirs, true}, {&domain.ID{}, false}} {
		events, err := domain.Decide(domain.AmendNote{Participant: pat, Note: id, Text: "Met thrice.", Reason: "r", Over: tt.over}, past(story...), stamp(domain.Coach))
		if (err == nil) != tt.ok {
			t.Errorf("over %v: %v", tt.over, err)
		}
		if err == nil && !slices.Equal(events[0].(domain.NoteAmended).After, []domain.ID{theirs}) {
			t.Errorf("it does not say what it rests on: %+v", events[0])
		}
	}
}

// TestAmendUndo holds that an amendment is taken back as one, with the items of its new
// marks, and that what it rests on waits for it.
func TestAmendUndo(t *testing.T) {
	id, version := domain.ID{15: 50}, domain.ID{15: 60}
	rs := past(append(append([]any{joined}, noted(id, "Met.")...), domain.NoteAmended{ID: id, Version: version, Lines: []domain.PlacedLine{{Text: "Met twice."}}, Reason: "r"})...)
	p := domain.Replay(domain.About(pat), rs)
	if why := p.WhyNotUndo(rs[1].Command, stamp(domain.Coach)); !strings.Contains(why, "rests on it") {
		t.Errorf("the note can be undone under its amendment: %q", why)
	}
	undo := domain.Record{Subject: domain.About(pat), Seq: 9, Command: domain.ID{14: 9}, Time: rs[2].Time + 1, Day: today, By: amina, Role: domain.Coach, Event: domain.Undid{Batch: rs[2].Command}}
	p = domain.Replay(domain.About(pat), append(rs, undo))
	if n := p.Notes[0]; text(n.Parts) != "Met." || len(n.Amended) != 0 {
		t.Errorf("%+v", n)
	}
}

// TestAmendingApartLosesNothing amends one note and one session on two desks in any
// interleaving: whatever somebody wrote is in a version, and both orders in which the
// records reach a desk add up to the same.
func TestAmendingApartLosesNothing(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	for round := range 300 {
		note, held := domain.ID{15: 50}, domain.ID{15: 51}
		common := past(append([]any{joined, domain.SessionHeld{ID: held, Outcome: domain.DidNotCome, Day: today}}, noted(note, "First.\n[coach only] Apart.")...)...)
		desks := [2][]domain.Record{slices.Clone(common), slices.Clone(common)}
		wrote := map[string]bool{"First.": true, "Apart.": true}
		clock := common[len(common)-1].Time
		changes := 0
		for step := range 2 + dice.IntN(7) {
			at := dice.IntN(2)
			if dice.IntN(4) == 0 { // they meet
				both := merged(desks[0], desks[1])
				desks[0], desks[1] = slices.Clone(both), slices.Clone(both)
			}
			words := fmt.Sprintf("Words %d.\n\n[third party] Others %d.", step, step)
			var c domain.Command = domain.AmendNote{Participant: pat, Note: note, Text: words, Reason: "r"}
			if dice.IntN(3) == 0 {
				c = domain.AmendSession{Participant: pat, Session: held, Account: domain.Account{Outcome: domain.Happened, Length: step + 1}, Reason: "r"}
			} else {
				wrote[fmt.Sprintf("Words %d.", step)], wrote[fmt.Sprintf("Others %d.", step)] = true, true
			}
			s := stamp(domain.Coach)
			next := byte(step * 4)
			s.New = func() domain.ID { next++; return domain.ID{13: byte(at + 1), 14: 7, 15: next} }
			events, err := domain.Decide(c, desks[at], s)
			if err != nil {
				t.Fatal(err)
			}
			clock += domain.Clock(dice.IntN(2)) // two desks may have the same time
			last := desks[at][len(desks[at])-1].Time
			clock = max(clock, last+1)
			for i, e := range events {
				desks[at] = append(desks[at], domain.Record{
					Subject: domain.About(pat), Desk: domain.DeskID{byte(at + 1)}, Seq: uint64(100 + step*8 + i), Command: domain.ID{12: byte(at + 1), 15: byte(step)}, Time: clock,
					Day: today, By: amina, Role: domain.Coach, Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e,
				})
			}
			changes++
		}
		one, two := merged(desks[0], desks[1]), merged(desks[1], desks[0])
		p, q := domain.Replay(domain.About(pat), one), domain.Replay(domain.About(pat), two)
		if !reflect.DeepEqual(p.Notes, q.Notes) || !reflect.DeepEqual(p.Sessions, q.Sessions) {
			t.Fatalf("round %d: two orders add up to two records", round)
		}
		n := p.Notes[0]
		said := map[string]bool{}
		for i := range len(n.Amended) + 1 {
			version := domain.ID{}
			if i > 0 {
				version = n.Amended[i-1].ID
			}
			for line := range strings.SplitSeq(text(n.Version(version)), "\n") {
				said[line] = true
			}
		}
		for line := range wrote {
			if !said[line] {
				t.Fatalf("round %d: %q is in no version", round, line)
			}
		}
		if got := len(n.Amended) + max(0, len(p.Sessions[0].Versions)-1); got != changes {
			t.Fatalf("round %d: %d of %d amendments are kept", round, got, changes)
		}
	}
}

// merged is what a desk holds when it has heard of what another holds.
func merged(a, b []domain.Record) []domain.Record {
	all := slices.Clone(a)
	for _, r := range b {
		if !slices.ContainsFunc(all, func(o domain.Record) bool { return o.Desk == r.Desk && o.Seq == r.Seq }) {
			all = append(all, r)
		}
	}
	domain.Sort(all)
	return all
}

// fromTop counts the lines from the first that has words: what stands above it is
// nothing that anybody could miss.
func fromTop(parts []domain.Part) {
	first := 1 << 30
	for _, p := range parts {
		for _, l := range p.Lines {
			first = min(first, l.At)
		}
	}
	for _, p := range parts {
		for i := range p.Lines {
			p.Lines[i].At -= first
		}
	}
}

// FuzzSource holds that a note written out to be amended reads as the same note.
func FuzzSource(f *testing.F) {
	for _, s := range []string{
		"Met.\n> me: call by fri", "[coach only] a\nb\n\nc", "[coach only]\n  a\n\n\n[third party]\n\nb", "\\> so\n\\[coach only] x", "a\n[third party] b\n[shareable] c\n[coach only] d", "  a\n\n [third party]  b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := domain.ReadNote(s, today, domain.Names{})
		if len(w.Parts) == 0 {
			return
		}
		n := domain.Note{Parts: w.Parts}
		again := domain.ReadNote(n.Source(), today, domain.Names{})
		fromTop(again.Parts)
		fromTop(w.Parts)
		if !reflect.DeepEqual(again.Parts, w.Parts) {
			t.Errorf("%q\n is written as %q\n and says %v\n not %v", s, n.Source(), again.Parts, w.Parts)
		}
	})
}
