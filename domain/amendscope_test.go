package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestWhatBecamePrivateWasPrivate: a paragraph about somebody else was written as
// shareable, and put under its scope later. What the note said before does not tell it
// either, and what is about others takes the first words with it.
func TestWhatBecamePrivateWasPrivate(t *testing.T) {
	id := domain.ID{15: 70}
	story := append([]any{joined}, noted(id, "Open.\n\nHis sister is ill.")...)
	events, err := domain.Decide(domain.AmendNote{Participant: pat, Note: id, Text: "Open.\n\n[third party] His sister is ill.", Reason: "the sister asked"}, past(story...), stamp(domain.Coach))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		story = append(story, e)
		if a := e.(domain.NoteAmended); (a.Reason != "") != (a.Scope == domain.ThirdParty) {
			t.Errorf("why the paragraph is private is not as private as it: %+v", a)
		}
	}
	rs := past(story...)
	for i := 3; i < len(rs); i++ {
		rs[i].Command = rs[2].Command
	}
	n := domain.Replay(domain.About(pat), rs).Notes[0]
	if was := n.Was(domain.ID{}, domain.SharedOnly).Text(domain.SharedOnly); strings.Contains(was, "sister") || !strings.Contains(was, "Open.") {
		t.Errorf("shown to others: %q", was)
	}
	if was := n.Was(domain.ID{}, domain.Everything).Text(domain.Everything); was != "Open.\n\nHis sister is ill." && was != "Open.\nHis sister is ill." {
		t.Errorf("the coach's own eyes: %q", was)
	}
	takes := domain.PartsErasure{Participant: pat, Class: domain.KeepThirdParty, Before: today + 1}.Takes(rs)
	for _, r := range rs {
		tells := strings.Contains(linesIn(r), "sister")
		if takes(r) != tells {
			t.Errorf("%s (%s): erased %t, tells of the sister %t", r.Kind, r.Scope, takes(r), tells)
		}
	}
	private := domain.TellsPrivately(rs)
	for _, r := range rs {
		if tells := strings.Contains(linesIn(r), "sister"); private(r) != tells {
			t.Errorf("%s (%s): private %t, tells of the sister %t", r.Kind, r.Scope, private(r), tells)
		}
	}
	if takes := (domain.PartsErasure{Participant: domain.ID{15: 9}, Class: domain.KeepThirdParty, Before: today + 1}).Takes(rs); takes(rs[len(rs)-1]) {
		t.Error("the erasure of somebody else takes it")
	}
}

// linesIn are the words of a note's record.
func linesIn(r domain.Record) string {
	var lines []domain.PlacedLine
	switch e := r.Event.(type) {
	case domain.Noted:
		lines = e.Lines
	case domain.NoteAmended:
		lines = e.Lines
	}
	text := ""
	for _, l := range lines {
		text += l.Text + "\n"
	}
	return text
}
