package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestWorkCrossings goes on with the table of [TestCrossings]:
//
//	week marked | marked            the later shows; both are kept and marked
//	job ended | ended               ended; the reasons of both are kept
//	job ended | changed             ended, and changed
//	job: start | start              the later shows; both are kept and marked
//	support ended | job search      of one day: ended
//	adjustment kept | not kept      the later shows; both are kept and marked
//	profile line out | anew         out; both texts are kept
//	absence ended | checked         both
//	return stable | stopped         stopped
//	return planned | planned        the later runs
//	job undone | week marked        the mark is kept
//	job undone | changed            the job is back, ended; the words are kept
func TestWorkCrossings(t *testing.T) {
	id, other := domain.ID{15: 50}, domain.ID{15: 51}
	job := domain.JobFound{ID: id, Title: "baker", Start: today - 30}
	week := domain.Monday(today) - 7
	for _, tt := range []struct {
		name  string
		given []any
		a, b  any
		then  func(domain.Participant) bool
	}{
		{
			"a week marked twice",
			[]any{job},
			domain.WeekMarked{ID: domain.ID{15: 60}, Week: week, Minutes: 480, Fine: true, Words: "went well"},
			domain.WeekMarked{ID: domain.ID{15: 61}, Week: week, Minutes: 720, Words: "too much"},
			func(p domain.Participant) bool {
				m := p.InWork.Weeks
				return len(m) == 1 && len(m[0].Elsewhere) == 1 && strings.Contains(m[0].Elsewhere[0].Said+m[0].Words, "went well") && strings.Contains(m[0].Elsewhere[0].Said+m[0].Words, "too much")
			},
		},
		{
			"a job ended twice",
			[]any{job},
			domain.JobEnded{ID: id, Day: today - 1, Code: "travel", Words: "the bus", Saw: 1},
			domain.JobEnded{ID: id, Day: today, Code: "hours", Words: "nights", Saw: 1},
			func(p domain.Participant) bool {
				j := p.InWork.Jobs[0]
				return !j.Ended.IsZero() && len(j.Elsewhere) == 1 && strings.Contains(j.Elsewhere[0].Said+j.Words, "the bus") && strings.Contains(j.Elsewhere[0].Said+j.Words, "nights")
			},
		},
		{
			"a job ended and changed",
			[]any{job},
			domain.JobEnded{ID: id, Day: today, Code: "travel", Saw: 1},
			domain.JobChanged{ID: id, Title: ptr("assistant"), Saw: 1},
			func(p domain.Participant) bool {
				return p.InWork.Jobs[0].Ended == today && p.InWork.Jobs[0].Title == "assistant"
			},
		},
		{
			"two first days for one job",
			[]any{job},
			domain.JobChanged{ID: id, Start: ptr(today + 2), Saw: 1},
			domain.JobChanged{ID: id, Start: ptr(today + 3), Saw: 1},
			func(p domain.Participant) bool { return len(p.InWork.Jobs[0].Elsewhere) == 1 },
		},
		{
			"support ended and the search begun",
			nil,
			domain.WorkMoved{ID: id, Stage: domain.StageEnded, Day: today, Code: "moved"},
			domain.WorkMoved{ID: other, Stage: domain.StageSearch, Day: today},
			func(p domain.Participant) bool {
				m, _ := p.InWork.Move()
				return m.Stage == domain.StageEnded && len(p.InWork.Moves) == 2
			},
		},
		{
			"an adjustment kept and not kept",
			[]any{domain.WorkplacePromised{ID: id, Text: "a stool", Owner: domain.OwedByEmployer}},
			domain.WorkplaceSettled{ID: id, Status: domain.PromiseKept, Words: "it stands there", Saw: 1},
			domain.WorkplaceSettled{ID: id, Status: domain.PromiseBroken, Words: "none came", Saw: 1},
			func(p domain.Participant) bool {
				a := p.InWork.Promised[0]
				return a.Settled != domain.PromiseOpen && len(a.Elsewhere) == 1
			},
		},
		{
			"a line of the profile taken out and written anew",
			[]any{domain.ProfileWritten{ID: id, Part: domain.PartLessons, Text: "no nights"}},
			domain.ProfileChanged{ID: id, Saw: 1},
			domain.ProfileChanged{ID: id, Text: "no nights at all", Saw: 1},
			func(p domain.Participant) bool {
				l := p.InWork.Profile[0]
				return l.Removed && l.Text == "no nights at all" && l.Was[0] == "no nights"
			},
		},
		{
			"an absence ended and looked at",
			[]any{job, domain.AbsenceBegun{ID: other, From: today - 3, Code: "health-body"}},
			domain.AbsenceEnded{ID: other, Back: today, Saw: 1},
			domain.RetentionChecked{ID: other, Day: today, Found: "WorkWell", Saw: 1},
			func(p domain.Participant) bool {
				a := p.InWork.Absences[0]
				return a.Back == today && a.Found == "WorkWell"
			},
		},
		{
			"a return ended stable and stopped",
			[]any{job, domain.ReturnPlanned{ID: other, From: today, Weeks: []int{480, 960}}},
			domain.ReturnEnded{ID: other, Day: today + 1, Result: domain.ReturnStable},
			domain.ReturnEnded{ID: other, Day: today, Result: domain.ReturnStopped},
			func(p domain.Participant) bool {
				x := p.InWork.Returns[0]
				return x.Result == domain.ReturnStopped && x.Ended == today
			},
		},
		{
			"a return planned twice",
			[]any{job},
			domain.ReturnPlanned{ID: other, From: today, Weeks: []int{480, 960}},
			domain.ReturnPlanned{ID: domain.ID{15: 52}, From: today, Weeks: []int{240, 480}},
			func(p domain.Participant) bool {
				x, ok := p.InWork.Return()
				return ok && len(p.InWork.Returns) == 2 && x.ID == p.InWork.Returns[1].ID
			},
		},
	} {
		crossed(t, tt.name, tt.given, tt.a, tt.b, tt.then)
	}
	undo := domain.Undid{Batch: domain.ID{14: 1, 15: 1}}
	for i, then := range [][]any{
		{undo, domain.JobChanged{ID: id, Title: ptr("ww"), Saw: 1}, domain.WeekMarked{ID: other, Week: week, Minutes: 60}},
		{domain.JobChanged{ID: id, Title: ptr("ww"), Saw: 1}, domain.WeekMarked{ID: other, Week: week, Minutes: 60}, undo},
	} {
		p := domain.Replay(domain.About(pat), past(append([]any{joined, job}, then...)...))
		if len(p.InWork.Jobs) != 1 || p.InWork.Jobs[0].Title != "ww" || p.InWork.Jobs[0].Ended.IsZero() || len(p.InWork.Weeks) != 1 {
			t.Errorf("order %d: %+v", i, p.InWork)
		}
	}
}
