package domain_test

import (
	"testing"

	"coachdesk/domain"
)

// The person owes no copy that they have, and a copy of what was agreed once and taken
// back is not one of what was agreed since, though both bear the same number.
func TestWhoHasWhichCopy(t *testing.T) {
	goal := domain.GoalSet{ID: domain.ID{15: 60}, Text: "a workshop job"}
	agreed := func(n byte, version int) domain.PlanAgreed {
		return domain.PlanAgreed{ID: domain.ID{15: n}, Version: version, Day: today, How: domain.FaceToFace, Giver: domain.GivenByPerson}
	}
	given := func(n byte, version int) domain.CopyGiven {
		return domain.CopyGiven{ID: domain.ID{14: 1, 15: n}, Version: version, Agreed: domain.ID{15: n}, Shape: domain.PlainShape, Language: domain.English, How: domain.OnPaper}
	}
	for _, tt := range []struct {
		name  string
		given []any
		owes  string
	}{
		{"nothing agreed", []any{goal}, ""},
		{"agreed", []any{goal, agreed(61, 1)}, "The person has no copy of the plan yet."},
		{"agreed and given", []any{goal, agreed(61, 1), given(61, 1)}, ""},
		{"agreed anew", []any{goal, agreed(61, 1), given(61, 1), agreed(62, 2)}, "The plan was agreed anew; the person's copy is older."},
		{"of an agreement that is there no more", []any{goal, agreed(63, 1), given(61, 1)}, "The plan was agreed anew; the person's copy is older."},
	} {
		p := domain.Replay(domain.About(pat), past(append([]any{joined}, tt.given...)...))
		if got := p.Plan.OwesCopy(); got != tt.owes {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.owes)
		}
	}

	p := domain.Replay(domain.About(pat), past(joined, goal, agreed(61, 1)))
	events, err := domain.DecideOn(domain.GiveCopy{Participant: pat, Shape: domain.EasyRead, Language: domain.Welsh, How: domain.ByPost}, p, stamp(domain.Coach))
	if err != nil || events[0].(domain.CopyGiven).Agreed != (domain.ID{15: 61}) {
		t.Errorf("%+v %v", events, err)
	}
	for _, c := range []domain.GiveCopy{{}, {Shape: domain.EasyRead}, {Shape: domain.EasyRead, Language: domain.Welsh}, {Shape: domain.EasyRead, Language: domain.Welsh, How: "by owl"}} {
		if _, err := c.Decide(p, stamp(domain.Coach)); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
}
