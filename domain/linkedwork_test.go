package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestLinkedWork holds that two records of one person are judged as one person: a job on
// either is a job, and a talk on either is a talk.
func TestLinkedWork(t *testing.T) {
	rules := queueRules()
	for _, key := range []string{"check-in-due", "job-lost"} {
		rules[key] = domain.Rule{Key: key, Weight: 1}
	}
	q := domain.Queue{Today: today, Minute: 600, Rules: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}, Work: workRules()}
	job := func(n byte, start calendar.Day) on {
		return on{-40, domain.JobFound{ID: domain.ID{15: n}, Title: "baker", Start: start}}
	}
	lost := on{-1, domain.JobEnded{ID: domain.ID{15: 50}, Day: today - 1, Code: "x", Saw: 1}}
	talk := on{0, domain.SessionHeld{ID: domain.ID{15: 90}, Outcome: domain.Happened, Day: today, For: domain.InWorkCheck}}
	away := on{-1, domain.AbsenceBegun{ID: domain.ID{15: 71}, From: today - 1, Code: "health"}}
	search := on{0, domain.WorkMoved{ID: domain.ID{15: 74}, Stage: domain.StageSearch, Day: today}}
	over := on{0, domain.WorkMoved{ID: domain.ID{15: 74}, Stage: domain.StageEnded, Day: today, Code: "x"}}
	for _, tt := range []struct {
		name      string
		pat, sam  []any
		want      []string
		workLines int
		asked     int
	}{
		{"each record has what one has", []any{job(50, today-40), lost}, nil, []string{"job-lost"}, 0, 0},
		{"a job that was lost, and one that runs on the other record", []any{job(50, today-40), lost}, []any{job(60, today-1), talk}, nil, 1, 0},
		{"also where the support on that has ended", []any{job(50, today-40), lost}, []any{job(60, today-1), over}, nil, 0, 0},
		{"the search goes on, as the other record says", []any{job(50, today-40), lost}, []any{search}, nil, 0, 0},
		{"two were lost: it is asked once", []any{job(50, today-40), lost}, []any{job(60, today-40), on{-2, domain.JobEnded{ID: domain.ID{15: 60}, Day: today - 2, Code: "x", Saw: 1}}}, []string{"job-lost"}, 0, 0},
		{"nobody asked", []any{job(50, today-29)}, nil, []string{"check-in-due"}, 1, 1},
		{"somebody asked, on the record without the job", []any{job(50, today-29)}, []any{talk}, nil, 1, 0},
		{"the same job on both is asked about once", []any{job(50, today-29)}, []any{job(60, today-29)}, []string{"check-in-due"}, 2, 1},
		{"away, as the other record says", []any{job(50, today-29)}, []any{away}, []string{"absence-unchecked"}, 1, 0},
	} {
		rules["absence-unchecked"] = domain.Rule{Key: "absence-unchecked", Weight: 1}
		row := func(id domain.ID, name string, twin domain.Linked, given []any) domain.Row {
			all := []any{on{-200, domain.Joined{Facts: map[domain.Fact]string{domain.FactName: name}}}, domain.Booked{ID: domain.ID{15: id[15] + 100}, Day: today + 20, Minute: 600}, twin}
			return daysOf(id, append(all, given...)...).Row()
		}
		lines := domain.Lists([]domain.Row{
			row(pat, "Daniel Okafor", domain.Linked{With: sam, Main: true}, tt.pat), row(sam, "Dan Okafor", domain.Linked{With: pat}, tt.sam),
		})
		var got []string
		for _, r := range q.Reasons(lines[0]) {
			got = append(got, r.Rule)
		}
		slices.Sort(got)
		work, asked := q.InWork(lines), 0
		for _, l := range work {
			if l.Asks {
				asked++
			}
		}
		if !slices.Equal(got, tt.want) || len(work) != tt.workLines || asked != tt.asked {
			t.Errorf("%s: %q, want %q; %d lines of work, %d asked", tt.name, got, tt.want, len(work), asked)
		}
	}
}
