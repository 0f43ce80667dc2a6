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
	"coachdesk/domain/calendar"
)

// workRules are the numbers of the tables: a small stretch, so that each case can be seen.
func workRules() domain.WorkRules {
	return domain.WorkRules{
		Counters: []domain.CounterRule{
			{Key: "three-of-four", Hours: 7, Weeks: 3, Of: 4, Default: true},
			{Key: "days", Programme: "p", Days: 10},
			{Key: "months", Programme: "p", Months: 4, From: "support"},
		},
		CheckIns: []domain.CheckInRule{
			{Key: "first-day", Says: "first day", From: "job"},
			{Key: "week-1", Says: "week 1", From: "job", Days: 7, Early: 2},
			{Key: "month-1", Says: "month 1", From: "job", Months: 1, Early: 7, Every: 1, Times: 2},
			{Key: "return", Says: "a week back", From: "return", Days: 7},
		},
	}
}

// thisWeek is the Monday of the tables.
var thisWeek = domain.Monday(today)

func marked(weeksAgo, hours int) domain.WeekMarked {
	return domain.WeekMarked{ID: domain.ID{14: 9, 15: byte(weeksAgo)}, Week: thisWeek - calendar.Day(7*weeksAgo), Minutes: hours * 60, Fine: true}
}

func TestWorkDecisions(t *testing.T) {
	item, gone := domain.ID{15: 50}, domain.ID{15: 51}
	job := domain.JobFound{ID: item, Title: "baker", Employer: "Oak Street", Minutes: 960, Start: today - 30}
	offer := domain.JobFound{ID: item, Title: "baker"}
	away := domain.AbsenceBegun{ID: gone, From: today - 2, Code: "health-body"}
	agreed := domain.ConsentGiven{ID: gone, Purpose: "a trial day", To: domain.ToEmployer, Name: "Oak Street", Items: []domain.ConsentItem{domain.ItemWork}, From: today - 9, How: domain.ByPhone, Giver: domain.GivenByPerson}
	about := domain.ContactEmployer{Participant: pat, Job: item, How: domain.ByPhone, Kind: domain.ContactAbout, Text: "asked how it goes"}
	contacted := domain.EmployerContacted{ID: made(0), Job: item, Employer: "Oak Street", Day: today, How: domain.ByPhone, For: domain.ContactAbout, Text: "asked how it goes"}
	line := domain.ProfileWritten{ID: item, Part: domain.PartHours, Text: "mornings"}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		then  []domain.Event
		field string
	}{
		{"support begins", nil, domain.MoveWork{Participant: pat, Stage: domain.StageEngaged, Programme: "workwell"}, []domain.Event{domain.WorkMoved{ID: made(0), Stage: domain.StageEngaged, Day: today, Programme: "workwell"}}, ""},
		{"not twice", []any{domain.WorkMoved{ID: item, Stage: domain.StageEngaged, Day: today}}, domain.MoveWork{Participant: pat, Stage: domain.StageEngaged}, nil, "stage"},
		{"an end needs a word", []any{job}, domain.MoveWork{Participant: pat, Stage: domain.StageEnded}, nil, "reason"},
		{"what never began does not end", nil, domain.MoveWork{Participant: pat, Stage: domain.StageEnded, Code: "moved"}, nil, "stage"},
		{"an end has its landing", []any{job}, domain.MoveWork{Participant: pat, Stage: domain.StageEnded, Code: "sustained", Words: "Access to Work"}, []domain.Event{domain.WorkMoved{ID: made(0), Stage: domain.StageEnded, Day: today, Code: "sustained", Words: "Access to Work"}}, ""},

		{"a job is offered", nil, domain.TakeJob{Participant: pat, Title: " baker "}, []domain.Event{domain.JobFound{ID: made(0), Title: "baker"}}, ""},
		{"a job needs a word", nil, domain.TakeJob{Participant: pat}, nil, "title"},
		{"not the same twice", []any{job}, domain.TakeJob{Participant: pat, Title: "Baker", Employer: "OAK STREET"}, nil, "title"},
		{"two at once are two", []any{job}, domain.TakeJob{Participant: pat, Title: "cleaner", Employer: "Oak Street"}, []domain.Event{domain.JobFound{ID: made(0), Title: "cleaner", Employer: "Oak Street"}}, ""},
		{"no week has 101 hours", nil, domain.TakeJob{Participant: pat, Title: "x", Minutes: 6001}, nil, "hours"},
		{"a first day has the right year", nil, domain.TakeJob{Participant: pat, Title: "x", Start: today + 3000}, nil, "start"},
		{"an offer gets a first day", []any{offer}, domain.ChangeJob{Participant: pat, Job: item, Start: ptr(today + 7)}, []domain.Event{domain.JobChanged{ID: item, Start: ptr(today + 7), Saw: 1}}, ""},
		{"an offer is not stable", []any{offer}, domain.ChangeJob{Participant: pat, Job: item, Stage: ptr(domain.JobStable)}, nil, "stage"},
		{"what is known is no news", []any{job}, domain.ChangeJob{Participant: pat, Job: item, Title: ptr("baker")}, nil, ""},
		{"a job ends, and something is learned", []any{job}, domain.EndJob{Participant: pat, Job: item, Code: "travel", Lesson: "no early bus"}, []domain.Event{
			domain.JobEnded{ID: item, Day: today, Code: "travel", Saw: 1}, domain.ProfileWritten{ID: made(0), Part: domain.PartLessons, Text: "no early bus"},
		}, ""},
		{"an end needs a reason", []any{job}, domain.EndJob{Participant: pat, Job: item}, nil, "reason"},
		{"a job ends once", []any{job, domain.JobEnded{ID: item, Day: today, Saw: 1}}, domain.EndJob{Participant: pat, Job: item, Code: "x"}, nil, "job"},
		{"not before it began", []any{job}, domain.EndJob{Participant: pat, Job: item, Code: "x", Day: today - 40}, nil, "day"},

		{"the last whole week is marked", []any{job}, domain.MarkWeek{Participant: pat, Minutes: 450, Fine: true}, []domain.Event{domain.WeekMarked{ID: made(0), Week: thisWeek - 7, Minutes: 450, Fine: true}}, ""},
		{"on a Monday it is corrected: this one has only begun", []any{job, marked(1, 8)}, domain.MarkWeek{Participant: pat, Minutes: 60}, []domain.Event{domain.WeekMarked{ID: made(0), Week: thisWeek - 7, Minutes: 60, Saw: 1}}, ""},
		{"a mark is corrected", []any{job, marked(1, 8)}, domain.MarkWeek{Participant: pat, Week: thisWeek - 3, Minutes: 60}, []domain.Event{domain.WeekMarked{ID: made(0), Week: thisWeek - 7, Minutes: 60, Saw: 1}}, ""},
		{"the same mark is no news", []any{job, marked(1, 8)}, domain.MarkWeek{Participant: pat, Week: thisWeek - 7, Minutes: 480, Fine: true}, nil, "hours"},
		{"no week to come", []any{job}, domain.MarkWeek{Participant: pat, Week: today + 9, Minutes: 60}, nil, "week"},
		{"no week without a job", []any{job}, domain.MarkWeek{Participant: pat, Week: today - 60, Minutes: 60}, nil, "week"},
		{"no mark without a first day", []any{offer}, domain.MarkWeek{Participant: pat, Minutes: 60}, nil, "week"},

		{"an employer is spoken with, with consent", []any{job, agreed}, about, []domain.Event{contacted}, ""},
		{"not without", []any{job}, about, nil, "consent"},
		{"not when it was withdrawn", []any{job, agreed, domain.ConsentWithdrawn{ID: gone}}, about, nil, "consent"},
		{"nor with that for another", []any{domain.JobFound{ID: item, Title: "baker", Employer: "Elm"}, agreed}, about, nil, "consent"},
		{"nobody needs to be named", []any{job}, domain.ContactEmployer{Participant: pat, Employer: "Elm", How: domain.ByPhone, Kind: domain.ContactEnquiry, Text: "any part time?"}, []domain.Event{
			domain.EmployerContacted{ID: made(0), Employer: "Elm", Day: today, How: domain.ByPhone, For: domain.ContactEnquiry, Text: "any part time?"},
		}, ""},
		{"an adjustment has an owner", []any{job}, domain.PromiseWorkAdjustment{Participant: pat, Text: "a stool"}, nil, "owner"},
		{"an adjustment is promised", []any{job}, domain.PromiseWorkAdjustment{Participant: pat, Job: item, Text: "a stool", Owner: domain.OwedByEmployer, Due: today + 3}, []domain.Event{domain.WorkplacePromised{ID: made(0), Job: item, Text: "a stool", Owner: domain.OwedByEmployer, Due: today + 3}}, ""},
		{"not for yesterday", []any{job}, domain.PromiseWorkAdjustment{Participant: pat, Text: "a stool", Owner: domain.OwedByEmployer, Due: today - 3}, nil, "due"},

		{"a line of the profile", nil, domain.WriteProfile{Participant: pat, Part: domain.PartHours, Text: "mornings"}, []domain.Event{domain.ProfileWritten{ID: made(0), Part: domain.PartHours, Text: "mornings"}}, ""},
		{"not twice", []any{line}, domain.WriteProfile{Participant: pat, Part: domain.PartHours, Text: "Mornings"}, nil, "text"},
		{"written anew", []any{line}, domain.ChangeProfile{Participant: pat, Line: item, Text: "afternoons"}, []domain.Event{domain.ProfileChanged{ID: item, Text: "afternoons", Saw: 1}}, ""},
		{"taken out", []any{line}, domain.ChangeProfile{Participant: pat, Line: item}, []domain.Event{domain.ProfileChanged{ID: item, Saw: 1}}, ""},

		{"somebody is away", []any{job}, domain.NoteAbsence{Participant: pat, Code: "health-body"}, []domain.Event{domain.AbsenceBegun{ID: made(0), From: today, Code: "health-body"}}, ""},
		{"not without a job", nil, domain.NoteAbsence{Participant: pat, Code: "health-body"}, nil, "from"},
		{"nor twice at once", []any{job, away}, domain.NoteAbsence{Participant: pat, Code: "caring"}, nil, ""},
		{"what would help was looked at", []any{job, away}, domain.CheckRetention{Participant: pat, Absence: gone, Found: "WorkWell"}, []domain.Event{domain.RetentionChecked{ID: gone, Day: today, Found: "WorkWell", Saw: 1}}, ""},
		{"they are back", []any{job, away}, domain.EndAbsence{Participant: pat, Absence: gone}, []domain.Event{domain.AbsenceEnded{ID: gone, Back: today, Saw: 1}}, ""},
		{"not before they went", []any{job, away}, domain.EndAbsence{Participant: pat, Absence: gone, Back: today - 3}, nil, "back"},

		{"a return is planned", []any{job}, domain.PlanReturn{Participant: pat, Weeks: []int{480, 960}}, []domain.Event{domain.ReturnPlanned{ID: made(0), From: thisWeek + 7, Weeks: []int{480, 960}}}, ""},
		{"one week is no plan", []any{job}, domain.PlanReturn{Participant: pat, Weeks: []int{480}}, nil, "hours"},
		{"a new plan takes the place of the old", []any{job, domain.ReturnPlanned{ID: gone, From: thisWeek, Weeks: []int{60, 60}}}, domain.PlanReturn{Participant: pat, Weeks: []int{480, 960}}, []domain.Event{
			domain.ReturnPlanned{ID: made(0), From: thisWeek + 7, Weeks: []int{480, 960}}, domain.ReturnEnded{ID: gone, Day: today, Result: domain.ReturnAnew},
		}, ""},
		{"it ends in stable work", []any{job, domain.ReturnPlanned{ID: gone, From: thisWeek, Weeks: []int{60, 60}}}, domain.EndReturn{Participant: pat, Return: gone, Result: domain.ReturnStable}, []domain.Event{
			domain.ReturnEnded{ID: gone, Day: today, Result: domain.ReturnStable}, domain.JobChanged{ID: item, Stage: ptr(domain.JobStable), Saw: 1},
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := domain.Decide(tt.when, past(append([]any{joined}, tt.given...)...), stamp(domain.Coach))
			var no domain.Refusal
			if refused := errors.As(err, &no); refused != (tt.then == nil) || no.Field != tt.field {
				t.Fatalf("refusal %v on %q, want it on %q", err, no.Field, tt.field)
			}
			if !reflect.DeepEqual(got, tt.then) {
				t.Fatalf("\n got %#v\nwant %#v", got, tt.then)
			}
		})
	}
}

// TestWorkStates tells the way in and through work, a day at a time.
func TestWorkStates(t *testing.T) {
	id, other := domain.ID{15: 50}, domain.ID{15: 51}
	at := func(in int, e domain.Event) on { return on{in, e} }
	found := domain.JobFound{ID: id, Title: "baker", Start: today - 70}
	stable := domain.JobChanged{ID: id, Stage: ptr(domain.JobStable), Saw: 1}
	lost := domain.JobEnded{ID: id, Day: today - 3, Code: "travel", Saw: 1}
	for _, tt := range []struct {
		name  string
		given []any
		want  domain.WorkState
	}{
		{"nothing", nil, domain.WorkNone},
		{"engaged", []any{domain.WorkMoved{ID: other, Stage: domain.StageEngaged, Day: today - 9}}, domain.WorkEngaged},
		{"a profile", []any{domain.WorkMoved{ID: other, Stage: domain.StageEngaged, Day: today - 9}, domain.ProfileWritten{ID: id, Part: domain.PartHours, Text: "x"}}, domain.WorkProfile},
		{"searching", []any{domain.WorkMoved{ID: other, Stage: domain.StageSearch, Day: today - 9}}, domain.WorkSearch},
		{"offered", []any{domain.JobFound{ID: id, Title: "baker"}}, domain.WorkOffer},
		{"placed", []any{domain.JobFound{ID: id, Title: "baker", Start: today + 3}}, domain.WorkPlaced},
		{"training", []any{at(-70, found)}, domain.WorkTraining},
		{"stable", []any{at(-70, found), at(-9, stable)}, domain.WorkStable},
		{"maintained", []any{at(-70, found), at(-9, stable), at(-2, marked(1, 8))}, domain.WorkMaintained},
		{"sustained", []any{at(-70, found), at(-30, marked(6, 8)), at(-30, marked(5, 8)), at(-30, marked(4, 7))}, domain.WorkSustained},
		{"lost", []any{at(-70, found), at(-3, lost)}, domain.WorkLost},
		{"lost, and it was sustained", []any{at(-70, found), at(-30, marked(6, 8)), at(-30, marked(5, 8)), at(-30, marked(4, 7)), at(-3, lost)}, domain.WorkLost},
		{"back to search", []any{at(-70, found), at(-3, lost), domain.WorkMoved{ID: other, Stage: domain.StageSearch, Day: today - 1}}, domain.WorkSearch},
		{"the other job goes on", []any{at(-70, found), at(-3, lost), domain.JobFound{ID: other, Title: "cleaner", Start: today - 9}}, domain.WorkTraining},
		{"ended", []any{at(-70, found), domain.WorkMoved{ID: other, Stage: domain.StageEnded, Day: today, Code: "sustained"}}, domain.WorkOver},
	} {
		p := days(append([]any{on{-200, joined}}, tt.given...)...)
		if got := p.WorkRow().State(workRules(), today); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestEmployedOn holds that everybody who asks is told the same of a day.
func TestEmployedOn(t *testing.T) {
	id := domain.ID{15: 50}
	none, employed := factOn(domain.FactEmployment, 0), factOn(domain.FactEmployment, 0)
	none.Facts = map[domain.Fact]string{domain.FactEmployment: "none"}
	employed.Facts = map[domain.Fact]string{domain.FactEmployment: "employed", domain.FactHours: "12"}
	job := domain.JobFound{ID: id, Title: "baker", As: domain.AsApprentice, Minutes: 960, Start: today - 10}
	for _, tt := range []struct {
		name    string
		given   []any
		day     calendar.Day
		status  string
		minutes int
	}{
		{"nobody knows", nil, today, "", 0},
		{"the fact tells", []any{employed}, today, "employed", 720},
		{"a job beats the fact", []any{none, job}, today, "apprentice", 960},
		{"not before it begins", []any{none, job}, today - 11, "none", 0},
		{"a job that ended", []any{on{-30, employed}, on{-9, job}, domain.JobEnded{ID: id, Day: today - 2, Code: "x", Saw: 1}}, today, "none", 0},
		{"its last day is one", []any{on{-30, employed}, on{-9, job}, domain.JobEnded{ID: id, Day: today - 2, Code: "x", Saw: 1}}, today - 2, "apprentice", 960},
		{"told since", []any{on{-9, job}, on{-8, domain.JobEnded{ID: id, Day: today - 8, Code: "x", Saw: 1}}, employed}, today, "employed", 720},
		{"off sick", []any{job, domain.AbsenceBegun{ID: domain.ID{15: 51}, From: today - 1, Code: "health-body"}}, today, "off sick", 960},
		{"away, not sick", []any{job, domain.AbsenceBegun{ID: domain.ID{15: 51}, From: today - 1, Code: "caring"}}, today, "apprentice", 960},
		{"two jobs add up", []any{job, domain.JobFound{ID: domain.ID{15: 52}, Title: "cleaner", Minutes: 300, Start: today}}, today, "employed", 1260},
	} {
		p := days(append([]any{on{-200, joined}}, tt.given...)...)
		if got := p.EmployedOn(tt.day); got.Status != tt.status || got.Minutes != tt.minutes {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if got := p.Row().EmployedOn(tt.day); got.Status != tt.status {
			t.Errorf("%s: the row says %q", tt.name, got.Status)
		}
	}
	// A step that waits for the job knows the first day of the job.
	p := days(on{-200, joined}, domain.JobFound{ID: id, Title: "baker", Start: today + 9}, domain.StepAdded{ID: domain.ID{15: 53}, Text: "x", Owner: domain.ByPerson, Before: domain.BeforeJob})
	if got := p.DueOn(p.Plan.Steps[0], domain.Reviewing{}); got != today+8 {
		t.Errorf("the step is due %s", got)
	}
}

func TestCheckIns(t *testing.T) {
	id := domain.ID{15: 50}
	started := func(ago int) on {
		return on{-ago - 3, domain.JobFound{ID: id, Title: "baker", Start: today - calendar.Day(ago)}}
	}
	check := func(ago int) on {
		return on{-ago, domain.SessionHeld{ID: domain.ID{14: 7, 15: byte(ago)}, Outcome: domain.Happened, Day: today - calendar.Day(ago), For: domain.InWorkCheck}}
	}
	for _, tt := range []struct {
		name  string
		given []any
		says  string
		in    int // days from today
	}{
		{"the first day is to come", []any{started(-4)}, "first day", 4},
		{"it is today", []any{started(0)}, "first day", 0},
		{"nobody asked", []any{started(3)}, "first day", -3},
		{"asked; a week is next", []any{started(3), check(3)}, "week 1", 4},
		{"two days early counts", []any{started(9), check(9), check(4)}, "month 1", -9 + 30},
		{"a mark counts too", []any{started(9), on{-1, marked(1, 8)}}, "month 1", -9 + 30},
		{"of two that nobody did the newer", []any{started(12)}, "week 1", -5},
		{"then monthly", []any{started(40), check(9)}, "month 2", -40 + 61},
		{"up to an end", []any{started(95), check(1)}, "", 0},
		{"a job that ended asks for nothing", []any{started(9), domain.JobEnded{ID: id, Day: today - 1, Code: "x", Saw: 1}}, "", 0},
		{"paused days ask for nothing", []any{started(9), check(8), on{-4, domain.PlanPaused{ID: domain.ID{15: 70}, From: today - 4, Until: today + 4}}}, "month 1", -9 + 30},
		{"back from an absence", []any{started(25), check(20), on{-15, domain.AbsenceBegun{ID: domain.ID{15: 71}, From: today - 15, Code: "health"}}, on{-8, domain.AbsenceEnded{ID: domain.ID{15: 71}, Back: today - 8, Saw: 1}}}, "a week back", -1},
		{"who is away is left alone", []any{started(9), on{-2, domain.AbsenceBegun{ID: domain.ID{15: 71}, From: today - 2, Code: "health"}}}, "month 1", -9 + 30},
	} {
		r := days(append([]any{on{-200, joined}}, tt.given...)...).Row()
		got, ok := r.Work[0].CheckIn(workRules().CheckIns, r.Pauses, today)
		if ok != (tt.says != "") || ok && (got.Says != tt.says || got.Day != today+calendar.Day(tt.in)) {
			t.Errorf("%s: %+v on %s, want %s on %s", tt.name, got, got.Day, tt.says, today+calendar.Day(tt.in))
		}
	}
}

// TestStandings tells a few stretches in words.
func TestStandings(t *testing.T) {
	id := domain.ID{15: 50}
	job := func(weeks int) on {
		return on{-200, domain.JobFound{ID: id, Title: "baker", Start: thisWeek - calendar.Day(7*weeks)}}
	}
	for _, tt := range []struct {
		name  string
		given []any
		want  string
	}{
		{"fresh", []any{job(0)}, "0 of 3 weeks of 4 in a row"},
		{"one good", []any{job(1), marked(1, 7)}, "1 of 3 weeks, 1 may still be missed until Sun 13 Dec"},
		{"one good, one missed", []any{job(2), marked(2, 7), marked(1, 6)}, "1 of 3 weeks, none may be missed until Sun 6 Dec"},
		{"not marked", []any{job(2), marked(2, 7)}, "1 of 3 weeks, 1 may still be missed until Sun 6 Dec, 1 week not marked"},
		{"broken: it begins anew", []any{job(3), marked(3, 7), marked(2, 1), marked(1, 1)}, "0 of 3 weeks of 4 in a row"},
		{"reached", []any{job(4), marked(4, 7), marked(3, 0), marked(2, 9), marked(1, 9)}, "reached on Sun 22 Nov: 3 weeks"},
		{"lost", []any{job(2), marked(2, 7), domain.JobEnded{ID: id, Day: today - 8, Code: "x", Saw: 1}}, "0 of 3 weeks, no job runs"},
		{"ended before weeks that were marked", []any{job(4), marked(4, 9), marked(3, 9), marked(2, 9), marked(1, 9), domain.JobEnded{ID: id, Day: thisWeek - 22, Code: "x", Saw: 1}}, "0 of 3 weeks, no job runs"},
	} {
		p := days(append([]any{on{-300, joined}}, tt.given...)...)
		st := p.WorkRow().Counters(workRules().Counters, today)
		if len(st) != 1 || st[0].Says(today) != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, st[0].Says(today), tt.want)
		}
	}
	p := days(on{-300, joined}, on{-90, domain.WorkMoved{ID: domain.ID{15: 60}, Stage: domain.StageEngaged, Day: today - 90, Programme: "p"}}, on{-20, domain.JobFound{ID: id, Title: "baker", Start: thisWeek - 12}}, marked(2, 1), marked(1, 0))
	var says []string
	for _, st := range p.WorkRow().Counters(workRules().Counters, today) {
		says = append(says, st.Says(today))
	}
	// The first week began on a Wednesday: five days of it were in work.
	if want := []string{"5 of 10 days", "2 of 4 months, to " + (today - 90).AddMonths(4).Short(today)}; !slices.Equal(says, want) {
		t.Errorf("%q, want %q", says, want)
	}
}

// TestAProgrammeThatRunsSaysSinceWhen: months of support count from the day on which the
// programme began, where the record has it.
func TestAProgrammeThatRunsSaysSinceWhen(t *testing.T) {
	p := days(on{-300, joined}, on{-20, domain.JobFound{ID: domain.ID{15: 50}, Title: "baker", Start: today - 20}}, domain.ProvisionStarted{ID: domain.ID{15: 51}, Programme: "p", Started: today - 95})
	st := p.WorkRow().Counters(workRules().Counters, today)
	if len(st) != 2 || st[1].Good != 3 || st[1].From != today-95 {
		t.Errorf("%+v", st)
	}
}

// oracle tells by brute force whether a stretch of weeks is full: g good, any other not.
func oracle(weeks string, need, of int) bool {
	for i := range weeks {
		if strings.Count(weeks[i:min(i+of, len(weeks))], "g") >= need {
			return true
		}
	}
	return false
}

// TestCountersAgainstBruteForce fills every week that is open in every way there is: as
// many as the counter says may be missed, and none more.
func TestCountersAgainstBruteForce(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 16))
	reached, open, risky := 0, 0, 0
	for range 3000 {
		of := 2 + dice.IntN(6)
		need := 1 + dice.IntN(of)
		n := dice.IntN(10)
		history := ""
		w := domain.RowWork{Jobs: []domain.RowJob{{ID: domain.ID{1}, Start: thisWeek - calendar.Day(7*n) + calendar.Day(dice.IntN(7))}}}
		if w.Jobs[0].Start > today {
			w.Jobs[0].Start = today
		}
		for i := range n {
			monday := thisWeek - calendar.Day(7*(n-i))
			switch dice.IntN(5) {
			case 0:
				history += "m"
				w.Weeks = append(w.Weeks, domain.RowWeek{Week: monday, Minutes: dice.IntN(7 * 60)})
			case 1:
				history += "b"
			default:
				history += "g"
				w.Weeks = append(w.Weeks, domain.RowWeek{Week: monday, Minutes: 7*60 + dice.IntN(600)})
			}
		}
		rule := domain.CounterRule{Key: "k", Hours: 7, Weeks: need, Of: of, Default: true}
		st := w.Counters([]domain.CounterRule{rule}, today)[0]
		name := fmt.Sprintf("%d of %d, %q: %+v", need, of, history, st)
		if got, want := !st.Done.IsZero(), oracle(history, need, of); got != want {
			t.Fatalf("%s: reached %v, want %v", name, got, want)
		}
		if !st.Done.IsZero() {
			reached++
			continue
		}
		open++
		weeks := history + strings.Repeat("l", of) // this week and those to come
		from := int(st.From-(thisWeek-calendar.Day(7*n))) / 7
		stretch := weeks[from : from+of]
		if int(st.Until-st.From) != 7*of-1 || st.Good != strings.Count(stretch, "g") || st.Missed != strings.Count(stretch, "m") || len(st.Blank) != strings.Count(stretch, "b") {
			t.Fatalf("%s: the stretch is %q", name, stretch)
		}
		var left []int
		for i, x := range stretch {
			if x == 'b' || x == 'l' {
				left = append(left, i)
			}
		}
		for bits := range 1 << len(left) {
			filled, missed := []byte(stretch), 0
			for i, at := range left {
				filled[at] = 'g'
				if bits>>i&1 == 1 {
					filled[at] = 'm'
					missed++
				}
			}
			if got := oracle(string(filled), need, of); got != (missed <= st.Spare) {
				t.Fatalf("%s: with %d missed (%s) it is %v", name, missed, filled, got)
			}
		}
		// No stretch that can still be filled has more good weeks.
		for i := 0; i+of <= len(weeks); i++ {
			other := weeks[i : i+of]
			if of-strings.Count(other, "m") >= need && strings.Count(other, "g") > st.Good {
				t.Fatalf("%s: %q at %d stands better", name, other, i)
			}
		}
		if st.AtRisk(0) {
			risky++
		}
	}
	if reached < 300 || open < 300 || risky < 100 {
		t.Errorf("%d reached, %d open, %d at risk: it proves little", reached, open, risky)
	}
}

func TestWorkReasons(t *testing.T) {
	id := domain.ID{15: 50}
	rules := queueRules()
	for _, key := range []string{"check-in-due", "counter-at-risk", "absence-unchecked", "work-adjustment-late", "return-plan", "job-lost"} {
		rules[key] = domain.Rule{Key: key, Weight: 1}
	}
	rules["week-unmarked"] = domain.Rule{Key: "week-unmarked", Weight: 1, Days: 2}
	q := domain.Queue{Today: today, Minute: 600, Rules: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}, Work: workRules()}
	job := on{-40, domain.JobFound{ID: id, Title: "baker", Start: thisWeek - 28}}
	seen := on{0, domain.SessionHeld{ID: domain.ID{15: 90}, Outcome: domain.Happened, Day: today, For: domain.InWorkCheck}}
	away := on{-1, domain.AbsenceBegun{ID: domain.ID{15: 71}, From: today - 1, Code: "health"}}
	for _, tt := range []struct {
		name  string
		given []any
		want  []string
	}{
		{"nothing is owed", []any{job, seen, marked(2, 9), marked(1, 9)}, nil},
		{"nobody asked for a month", []any{job, on{-30, marked(4, 9)}, on{-25, marked(3, 0)}}, []string{"check-in-due", "counter-at-risk", "week-unmarked"}},
		{"a gap would break it", []any{job, seen, marked(2, 9), marked(1, 2)}, []string{"counter-at-risk"}},
		{"an absence", []any{job, seen, marked(2, 0), marked(1, 0), away}, []string{"absence-unchecked"}},
		{"an absence that was looked at", []any{job, seen, marked(2, 0), marked(1, 0), away, domain.RetentionChecked{ID: domain.ID{15: 71}, Day: today, Found: "x", Saw: 1}}, nil},
		{"an adjustment is late", []any{job, seen, marked(2, 0), marked(1, 0), on{-9, domain.WorkplacePromised{ID: domain.ID{15: 72}, Text: "x", Owner: domain.OwedByEmployer, Due: today - 2}}}, []string{"work-adjustment-late"}},
		{"and one that was kept is not", []any{job, seen, marked(2, 0), marked(1, 0), on{-9, domain.WorkplacePromised{ID: domain.ID{15: 72}, Text: "x", Owner: domain.OwedByEmployer, Due: today - 2}}, domain.WorkplaceSettled{ID: domain.ID{15: 72}, Status: domain.PromiseKept, Saw: 1}}, nil},
		{"fewer hours than planned", []any{job, seen, marked(2, 0), marked(1, 3), on{-20, domain.ReturnPlanned{ID: domain.ID{15: 73}, From: thisWeek - 14, Weeks: []int{120, 240, 480}}}}, []string{"return-plan"}},
		{"the plan is over", []any{job, seen, marked(2, 0), marked(1, 0), on{-20, domain.ReturnPlanned{ID: domain.ID{15: 73}, From: thisWeek - 21, Weeks: []int{120, 240}}}}, []string{"return-plan"}},
		{"the job was lost", []any{job, seen, on{-1, domain.JobEnded{ID: id, Day: today - 1, Code: "x", Saw: 1}}}, []string{"job-lost"}},
		{"support ended", []any{job, away, on{0, domain.WorkMoved{ID: domain.ID{15: 74}, Stage: domain.StageEnded, Day: today, Code: "x"}}, seen}, nil},
	} {
		p := days(append([]any{on{-200, joined}, domain.Booked{ID: domain.ID{15: 80}, Day: today + 20, Minute: 600}}, tt.given...)...)
		var got []string
		for _, r := range q.Reasons(p.Row()) {
			got = append(got, r.Rule)
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestReadReturn(t *testing.T) {
	for text, want := range map[string][]int{
		"8 8 12 16":    {480, 480, 720, 960},
		"8x2, 12 16":   {480, 480, 720, 960},
		"8 to 20 in 4": {480, 720, 960, 1200},
		"7.5 7:30":     {450, 450},
		"4 to 16 in 3": {240, 600, 960},
		"8":            nil,
		"":             nil,
		"8 x":          nil,
		"8 -3":         nil,
		"8x60":         nil,
		"8 101":        nil,
		"1 to 2 in 99": nil,
	} {
		got, err := domain.ReadReturn(text)
		if !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// FuzzWeekHours holds that whatever is read is hours that can be, and is said so that it
// reads the same again.
func FuzzWeekHours(f *testing.F) {
	for _, s := range []string{"16", "7.5", "7:30", "7h30", "16 h", "0", "100", "100:01", "-1", "1e2", "٣", "8 to 20 in 4", "8x2 9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := domain.ReadWeekHours(s); err == nil {
			if m < 0 || m > 6000 {
				t.Fatalf("%q is %d minutes", s, m)
			}
			if again, err := domain.ReadWeekHours(domain.WeekHours(m)); err != nil || again != m {
				t.Fatalf("%q: %d minutes, said as %q, read as %d, %v", s, m, domain.WeekHours(m), again, err)
			}
		}
		weeks, err := domain.ReadReturn(s)
		if err == nil && (len(weeks) < 2 || len(weeks) > 52 || slices.Min(weeks) < 0 || slices.Max(weeks) > 6000) {
			t.Fatalf("%q is %v", s, weeks)
		}
	})
}
