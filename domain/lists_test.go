package domain_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

var sam = domain.ID{15: 4} // another record

// rowsOf replays the same events on each of some records: what is said of one of them
// is given under its ID.
func rowsOf(events map[domain.ID][]any) []domain.Row {
	var rows []domain.Row
	for _, id := range []domain.ID{pat, sam} {
		rows = append(rows, domain.Replay(domain.About(id), past(events[id]...)).Row())
	}
	return rows
}

func both(extra map[domain.ID][]any) map[domain.ID][]any {
	name := func(n string) domain.Joined {
		return domain.Joined{Facts: map[domain.Fact]string{domain.FactName: n, domain.FactNation: "scotland"}}
	}
	step := func(n byte, day int) domain.StepAdded {
		return domain.StepAdded{ID: domain.ID{15: n}, Text: "x", Owner: domain.ByCoach, Due: today.AddDays(day)}
	}
	out := map[domain.ID][]any{
		pat: {
			name("Daniel Okafor"), step(50, 9),
			domain.SessionHeld{ID: domain.ID{15: 51}, Outcome: domain.Happened, Day: today - 40},
			domain.FitNoteRecorded{ID: domain.ID{15: 52}, Option: domain.NotFit, From: today - 60, To: today - 20},
		},
		sam: {
			name("Dan Okafor"), step(60, -3),
			domain.SessionHeld{ID: domain.ID{15: 61}, Outcome: domain.Happened, Day: today - 2},
			domain.Promised{ID: domain.ID{15: 62}, Text: "call", Owner: domain.ByCoach, Due: today + 1},
			domain.Asked{ID: domain.ID{15: 63}, Question: "who pays?"},
			domain.FitNoteRecorded{ID: domain.ID{15: 64}, Option: domain.NotFit, From: today - 20, To: today + 10},
			domain.BarrierNoted{ID: domain.ID{15: 65}, Text: "travel"},
		},
	}
	for id, more := range extra {
		out[id] = append(out[id], more...)
	}
	return out
}

var linkedBoth = map[domain.ID][]any{pat: {domain.Linked{With: sam, Main: true}}, sam: {domain.Linked{With: pat}}}

// TestALinkedPairIsOneLine counts what both owe, so that nothing due is lost.
func TestALinkedPairIsOneLine(t *testing.T) {
	lines := domain.Lists(rowsOf(both(linkedBoth)))
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	l := lines[0]
	if l.ID != pat || l.Name != "Daniel Okafor" || !slices.Equal(l.Also, []domain.ID{sam}) || !slices.Equal(l.RecordIDs(), []domain.ID{pat, sam}) {
		t.Errorf("the line is %s, %s, also %v", l.ID, l.Name, l.Also)
	}
	if l.Steps != 2 || l.Seen != today-2 || len(l.Questions) != 1 || l.NextDue() != today-3 || len(l.Barriers) != 1 {
		t.Errorf("%d steps, seen %s, %d questions, due %s", l.Steps, l.Seen, len(l.Questions), l.NextDue())
	}
	of := map[domain.DebtKind][]domain.ID{}
	for _, d := range l.Debts {
		of[d.Kind] = append(of[d.Kind], d.Of)
	}
	want := map[domain.DebtKind][]domain.ID{domain.DebtStep: {{}, sam}, domain.DebtPromise: {sam}, domain.DebtFitNote: {sam}}
	if fmt.Sprint(of) != fmt.Sprint(want) || l.Questions[0].Of != sam {
		t.Errorf("the debts are of %v, want %v; the question is of %s", of, want, l.Questions[0].Of)
	}
	for _, word := range []string{"daniel", "dan okafor", strings.ToLower(sam.Ref(4)[:4])} {
		if !strings.Contains(l.Haystack(), word) {
			t.Errorf("%q does not find the line", word)
		}
	}
}

func TestALinkCountsOnlyWhileBothSaySo(t *testing.T) {
	undone := domain.Undid{Batch: domain.ID{14: 1, 15: 7}} // of the seventh event of the second record
	for _, tt := range []struct {
		name  string
		extra map[domain.ID][]any
		lines int
	}{
		{"nothing said", nil, 2},
		{"linked", linkedBoth, 1},
		{"only one says so", map[domain.ID][]any{pat: {domain.Linked{With: sam, Main: true}}}, 2},
		{"only the other says so", map[domain.ID][]any{sam: {domain.Linked{With: pat}}}, 2},
		{"both say they are the main one", map[domain.ID][]any{pat: {domain.Linked{With: sam, Main: true}}, sam: {domain.Linked{With: pat, Main: true}}}, 2},
		{"parted again", map[domain.ID][]any{pat: {domain.Linked{With: sam, Main: true}, domain.Parted{With: sam}}, sam: {domain.Linked{With: pat}, domain.Parted{With: pat}}}, 2},
		{"undone in one", map[domain.ID][]any{pat: {domain.Linked{With: sam, Main: true}}, sam: {domain.Linked{With: pat}, undone}}, 2},
		{"the main one is not here", map[domain.ID][]any{sam: {domain.Linked{With: ruth}}}, 2},
	} {
		if got := domain.Lists(rowsOf(both(tt.extra))); len(got) != tt.lines {
			t.Errorf("%s: %d lines", tt.name, len(got))
		}
	}
}

// TestUndoOfALinkReachesBoth holds also for an undo that is undone.
func TestUndoOfALinkReachesBoth(t *testing.T) {
	batch := domain.ID{14: 1, 15: 1}
	rs := past(joined, domain.Linked{With: sam, Main: true}, domain.Undid{Batch: batch})
	p := domain.Replay(domain.About(pat), rs[:2])
	want := []domain.Command{domain.Undo{Participant: pat, Batch: batch}, domain.Undo{Participant: sam, Batch: batch}}
	if got := p.UndoCommands(batch); !slices.Equal(got, want) {
		t.Errorf("undo: %v", got)
	}
	p = domain.Replay(domain.About(pat), rs)
	if again := p.UndoCommands(rs[2].Command); len(again) != 2 || again[1] != (domain.Undo{Participant: sam, Batch: rs[2].Command}) {
		t.Errorf("undo of the undo: %v", again)
	}
	if one := p.UndoCommands(rs[0].Command); len(one) != 1 {
		t.Errorf("undo of something else: %v", one)
	}
}

// TestRestrictedRowsTellNobody looks for a word that stands in everything that tells
// who a record is about.
func TestRestrictedRowsTellNobody(t *testing.T) {
	facts := map[domain.Fact]string{domain.FactNation: "scotland", domain.FactCoach: "Amina Yusuf"}
	for _, f := range domain.Facts {
		if facts[f.Key] == "" {
			facts[f.Key] = "CANARY " + string(f.Key)
		}
	}
	events := []any{
		domain.Joined{Facts: facts},
		domain.BarrierNoted{ID: made(0), Text: "CANARY"},
		domain.Adjusted{ID: made(1), Text: "CANARY"},
		domain.Asked{ID: made(2), Question: "CANARY"},
		domain.StepAdded{ID: made(3), Text: "CANARY", Owner: domain.ByCoach, Due: today},
	}
	open := domain.Replay(domain.About(pat), past(events...)).Row()
	for name, rows := range map[string][]domain.Row{
		"restricted": {domain.Replay(domain.About(pat), past(append(events, domain.Restricted{On: true})...)).Row()},
		"linked with a restricted one": {
			domain.Replay(domain.About(pat), past(append(events, domain.Linked{With: sam, Main: true})...)).Row(),
			domain.Replay(domain.About(sam), past(append(events, domain.Linked{With: pat}, domain.Restricted{On: true})...)).Row(),
		},
	} {
		lines := domain.Lists(rows)
		if len(lines) != 1 {
			t.Fatalf("%s: %d lines", name, len(lines))
		}
		raw, err := json.Marshal(lines[0])
		if err != nil || strings.Contains(string(raw)+lines[0].Haystack()+lines[0].AlsoNamed, "CANARY") || strings.Contains(lines[0].Haystack(), "canary") {
			t.Errorf("%s: the line tells: %s, %v", name, raw, err)
		}
		l := lines[0]
		if !l.Restricted || !strings.HasPrefix(l.Name, domain.RestrictedName+" "+pat.Ref(4)[:4]) || len(l.Debts) == 0 || len(l.Questions) == 0 || l.Fact(domain.FactCoach) != "Amina Yusuf" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	lifted := domain.Replay(domain.About(pat), past(append(events, domain.Restricted{On: true}, domain.Restricted{})...)).Row()
	if lifted.Name != open.Name || lifted.Restricted || len(lifted.Barriers) != 1 {
		t.Errorf("the restriction was lifted: %+v", lifted)
	}
}

func TestSettledPairsAreNotSuggested(t *testing.T) {
	facts := map[domain.Fact]string{domain.FactName: "Siân Llewellyn", domain.FactBirth: "1987-05-04", domain.FactPostcode: "E15 1NT"}
	for _, tt := range []struct {
		name string
		more any
		want int
	}{
		{"alike", nil, 1},
		{"parted", domain.Parted{With: sam}, 0},
		{"linked", domain.Linked{With: sam, Main: true}, 0},
		{"restricted", domain.Restricted{On: true}, 0},
		{"parted from somebody else", domain.Parted{With: ruth}, 1},
	} {
		events := map[domain.ID][]any{pat: {domain.Joined{Facts: facts}}, sam: {domain.Joined{Facts: facts}}}
		if tt.more != nil {
			events[pat] = append(events[pat], tt.more)
		}
		if got := domain.LikelyPairs(rowsOf(events)); len(got) != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
