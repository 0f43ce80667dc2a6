package domain_test

import (
	"math/rand/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// workCommand is something that somebody may do around work: jobs, weeks, absences, the
// return, employers, adjustments at work and the profile.
func workCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	in := p.InWork
	var job, absence, plan, owed, line domain.ID
	if n := len(in.Jobs); n > 0 {
		job = in.Jobs[dice.IntN(n)].ID
	}
	if n := len(in.Absences); n > 0 {
		absence = in.Absences[dice.IntN(n)].ID
	}
	if n := len(in.Returns); n > 0 {
		plan = in.Returns[n-1].ID
	}
	if n := len(in.Promised); n > 0 {
		owed = in.Promised[dice.IntN(n)].ID
	}
	if n := len(in.Profile); n > 0 {
		line = in.Profile[dice.IntN(n)].ID
	}
	ago := func(most int) calendar.Day { return today - calendar.Day(dice.IntN(most)) }
	start, minutes, as := ago(90), 60*(1+dice.IntN(40)), pickOne(dice, domain.JobKinds)
	var begins calendar.Day
	if dice.IntN(4) > 0 {
		begins = start
	}
	stage := pickOne(dice, domain.JobStages)
	return pickOne(dice, []domain.Command{
		domain.TakeJob{Participant: pat, Title: w, Employer: w, As: as, Minutes: minutes, Start: begins},
		domain.TakeJob{Participant: pat, Title: "baker " + w, Start: start},
		domain.ChangeJob{Participant: pat, Job: job, Title: &w, Start: &start},
		domain.ChangeJob{Participant: pat, Job: job, Employer: &w, Minutes: &minutes, As: &as},
		domain.ChangeJob{Participant: pat, Job: job, Stage: &stage},
		domain.EndJob{Participant: pat, Job: job, Day: ago(20), Code: "other", Words: w, Lesson: w},
		domain.EndJob{Participant: pat, Job: job, Words: w},
		domain.MarkWeek{Participant: pat, Week: ago(30), Minutes: minutes, Fine: dice.IntN(2) == 0, Words: w},
		domain.MarkWeek{Participant: pat, Week: ago(15), Minutes: minutes, Words: w},
		domain.NoteAbsence{Participant: pat, From: ago(10), Code: pickOne(dice, []string{"", "health-body"}), Words: w},
		domain.CheckRetention{Participant: pat, Absence: absence, Found: w},
		domain.EndAbsence{Participant: pat, Absence: absence, Back: ago(6)},
		domain.PlanReturn{Participant: pat, Weeks: []int{480, minutes}, Words: w},
		domain.EndReturn{Participant: pat, Return: plan, Result: pickOne(dice, domain.ReturnResults)},
		domain.ContactEmployer{Participant: pat, Job: job, Employer: w, How: domain.ByPhone, Kind: domain.ContactEnquiry, Text: w},
		domain.PromiseWorkAdjustment{Participant: pat, Job: job, Text: w, Owner: pickOne(dice, domain.AdjustmentOwners), Due: today + calendar.Day(dice.IntN(9))},
		domain.SettleWorkAdjustment{Participant: pat, Adjustment: owed, Status: pickOne(dice, []domain.PromiseStatus{domain.PromiseKept, domain.PromiseBroken}), Words: w},
		domain.WriteProfile{Participant: pat, Part: pickOne(dice, domain.ProfileParts), Text: w},
		domain.ChangeProfile{Participant: pat, Line: line, Text: w},
		domain.ChangeProfile{Participant: pat, Line: line},
		domain.MoveWork{Participant: pat, Stage: pickOne(dice, []domain.WorkStage{domain.StageEngaged, domain.StageSearch, domain.StageEnded}), Code: "other", Words: w},
		domain.Undo{Participant: pat},
	}), domain.Coach
}
