package demo

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// path is how far somebody has come on the way into work and through it. The paths are
// dealt in order, so that a small caseload has each, and the dice are left alone.
type path int

const (
	pathEngaged path = iota
	pathProfile
	pathSearch
	pathOffer
	pathPlaced
	pathTraining      // the week of marks is open, the check is due
	pathStable        // a stable job, an adjustment that is late
	pathAtRisk        // one more gap breaks thirteen of sixteen weeks
	pathYear          // a full year of marks, sustained and maintained
	pathLost          // the story stays, and the search is open
	pathAway          // absent, nobody looked yet what helps
	pathReturn        // a graduated return, behind the plan
	pathOver          // support ended with a landing
	pathsDealt   = 26 // of so many, the others have no work yet
)

// workplaces are invented jobs.
var workplaces = []struct{ title, employer string }{
	{"assistant baker", "Oak Street Bakery"},
	{"shelf filler", "Corner Green"},
	{"gardener", "Elm Court Gardens"},
	{"kitchen porter", "The Lantern"},
	{"library assistant", "Hartwell Library"},
	{"bicycle mechanic", "Second Spin"},
}

// learnWork remembers the items about work.
func (l *life) learnWork(e domain.Event) {
	switch e := e.(type) {
	case domain.JobFound:
		l.job = e.ID
	case domain.AbsenceBegun:
		l.away = e.ID
	case domain.WorkplacePromised:
		l.promised = append(l.promised, e.ID)
	}
}

// needyPaths need the coach, and finePaths do not.
var (
	needyPaths = []path{pathTraining, pathStable, pathAtRisk, pathLost, pathAway, pathReturn}
	finePaths  = []path{pathEngaged, pathProfile, pathSearch, pathOffer, pathPlaced, pathYear, pathOver}
)

// path is how far somebody has come, who is dealt a path at all.
func (t *teller) path(l *life, p course) (path, bool) {
	if l.needs {
		n, ok := l.dealt(needsWork, len(needyPaths))
		if !ok {
			return 0, false
		}
		return needyPaths[n], true
	}
	switch p.fate {
	case calm, closed, triedWell, withdrawn, asked, accepted:
	default:
		return 0, false
	}
	n := t.inWork % pathsDealt
	t.inWork++
	if n >= len(finePaths) {
		return 0, false
	}
	return finePaths[n], true
}

// working plots how somebody finds work and keeps it.
func (t *teller) working(l *life, p course) {
	way, ok := t.path(l, p)
	if !ok {
		return
	}
	place := workplaces[l.nth%len(workplaces)]
	first := p.talks[0]
	minute := first.Minute + slot + 2
	on := func(d calendar.Day, each ...domain.Command) {
		minute++
		t.scene(l, t.at(max(d, first.Day), minute), ByCoach, func(*life) []domain.Command { return each })
	}
	later := func(d calendar.Day, each func(*life) []domain.Command) {
		minute++
		t.scene(l, t.at(max(d, first.Day), minute), ByCoach, each)
	}
	engaged := domain.MoveWork{Participant: l.id, Stage: domain.StageEngaged, Programme: "ips-primary-care"}
	if way == pathOver {
		engaged.Programme = "work-and-health-programme"
	}
	on(first.Day, engaged)
	if way == pathEngaged {
		return
	}
	on(
		first.Day,
		domain.WriteProfile{Participant: l.id, Part: domain.PartPreferences, Text: "work with my hands, a small team"},
		domain.WriteProfile{Participant: l.id, Part: domain.PartHours, Text: "sixteen hours, not before nine"},
		domain.WriteProfile{Participant: l.id, Part: domain.PartAdjustments, Text: "a quiet place for breaks"},
	)
	if way == pathProfile {
		return
	}
	on(first.Day, domain.MoveWork{Participant: l.id, Stage: domain.StageSearch})
	if way == pathSearch {
		return
	}
	job := domain.TakeJob{Participant: l.id, Title: place.title, Employer: place.employer, Minutes: 16 * 60}
	weeks := map[path]int{pathTraining: 2, pathStable: 7, pathAtRisk: 15, pathYear: 54, pathLost: 20, pathAway: 12, pathReturn: 18, pathOver: 30}[way]
	switch way {
	case pathOffer:
	case pathPlaced:
		job.Start = t.open(t.today + 6)
	default:
		job.Start = domain.Monday(t.today) - calendar.Day(7*weeks)
	}
	hired := max(first.Day, job.Start-5)
	if job.Start.IsZero() || way == pathPlaced {
		hired = t.workday(3)
	}
	on(hired, domain.GiveConsent{
		Participant: l.id, To: domain.Recipient{Kind: domain.ToEmployer, Name: place.employer}, Purpose: "to agree adjustments and speak about how it goes",
		Items: []domain.ConsentItem{domain.ItemAdjustments, domain.ItemWork}, How: domain.FaceToFace, Giver: domain.GivenByPerson,
	}, job)
	later(hired, func(l *life) []domain.Command {
		return []domain.Command{domain.ContactEmployer{Participant: l.id, Job: l.job, How: domain.ByPhone, Kind: domain.ContactIntroduce, Text: "introduced; they can start late on Mondays"}}
	})
	if weeks > 0 {
		t.months(l, way, job.Start, weeks, max(job.Start+42, first.Day+3), later)
	}
}

// months plots the weeks in a job, and what happens in them.
func (t *teller) months(l *life, way path, start calendar.Day, weeks int, promised calendar.Day, later func(calendar.Day, func(*life) []domain.Command)) {
	for i := range weeks {
		monday := start + calendar.Day(7*i)
		if way == pathTraining && i == weeks-1 || way == pathAway && i > weeks-2 || way == pathLost && i > weeks-3 {
			continue // nobody said how it was
		}
		m := domain.MarkWeek{Participant: l.id, Week: monday, Minutes: 16 * 60, Fine: true}
		switch {
		case way == pathAtRisk && (i == 5 || i == 6 || i == 10):
			m.Minutes, m.Fine, m.Words = 4*60, false, "ill for three days"
		case way == pathReturn && i > weeks-3:
			m.Minutes = (4 + 2*(i-weeks+2)) * 60
		case way == pathReturn && i > weeks-9:
			m.Minutes, m.Fine = 0, false
		case i%9 == 7:
			m.Minutes, m.Fine, m.Words = 12*60, false, "the early bus did not come twice"
		}
		later(t.open(monday+7), func(*life) []domain.Command { return []domain.Command{m} })
	}
	then := t.workday(2)
	stable := domain.JobStable
	now := func(l *life) []domain.Command {
		return []domain.Command{domain.ChangeJob{Participant: l.id, Job: l.job, Stage: &stable}}
	}
	promises := func(l *life) []domain.Command {
		return []domain.Command{
			domain.PromiseWorkAdjustment{Participant: l.id, Job: l.job, Text: "a stool with a back", Owner: domain.OwedByEmployer, Due: t.open(promised)},
			domain.PromiseWorkAdjustment{Participant: l.id, Job: l.job, Text: "a taxi on days without a bus", Owner: domain.OwedByAccess},
		}
	}
	switch way {
	case pathStable:
		later(start+35, promises)
		later(t.today, now)
	case pathAtRisk, pathYear:
		later(start+35, now)
		later(start+35, promises)
		later(start+50, func(l *life) []domain.Command { return t.settled(l) })
	case pathLost:
		later(then, func(l *life) []domain.Command {
			return []domain.Command{domain.EndJob{Participant: l.id, Job: l.job, Day: t.workday(4), Code: "end-of-contract", Lesson: "a contract that lasts beyond the season"}}
		})
	case pathAway:
		later(then, func(l *life) []domain.Command {
			return []domain.Command{domain.NoteAbsence{Participant: l.id, From: t.workday(5), Code: "health-body", Words: "the back again"}}
		})
	case pathReturn:
		t.returning(l, weeks, start, later)
	case pathOver:
		later(start+35, now)
		later(start+35, promises)
		later(then, func(l *life) []domain.Command {
			return []domain.Command{domain.MoveWork{Participant: l.id, Stage: domain.StageEnded, Code: "sustained", Words: "Access to Work goes on with the taxi; the team leader is the one to ask"}}
		})
	default:
	}
}

// settled says what became of the adjustments at work.
func (t *teller) settled(l *life) []domain.Command {
	var all []domain.Command
	for i, id := range l.promised {
		c := domain.SettleWorkAdjustment{Participant: l.id, Adjustment: id, Status: domain.PromiseKept, Words: "it came in the second week"}
		if i > 0 {
			c.Status, c.Words = domain.PromiseReleased, "a neighbour drives the same way"
		}
		all = append(all, c)
	}
	return all
}

// returning plots an absence and a graduated return that is behind its plan.
func (t *teller) returning(_ *life, weeks int, start calendar.Day, later func(calendar.Day, func(*life) []domain.Command)) {
	left := start + calendar.Day(7*(weeks-8))
	back := start + calendar.Day(7*(weeks-2))
	later(left+1, func(l *life) []domain.Command {
		return []domain.Command{domain.NoteAbsence{Participant: l.id, From: left, Code: "health-mental"}}
	})
	later(left+4, func(l *life) []domain.Command {
		return []domain.Command{domain.CheckRetention{Participant: l.id, Absence: l.away, Found: "Mental Health Support Service: rings them on Thursday"}}
	})
	later(t.open(back-3), func(l *life) []domain.Command {
		return []domain.Command{domain.PlanReturn{Participant: l.id, From: back, Weeks: []int{4 * 60, 8 * 60, 8 * 60, 12 * 60, 16 * 60}, Words: "no early shift until the last week"}}
	})
	later(back, func(l *life) []domain.Command {
		return []domain.Command{domain.EndAbsence{Participant: l.id, Absence: l.away, Back: back}}
	})
}
