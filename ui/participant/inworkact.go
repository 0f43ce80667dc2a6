package participant

import (
	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// workActions are what can be done on the tab Work.
func (s *Participant) workActions() []screen.Action {
	may := s.role(domain.JobFound{})
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Change this: a fact, a job, a week, a line of the profile, a fit note; hold the in-work check", Short: "change", Do: s.changeWork, Not: s.whyNotChangeWork},
		{Keys: []string{"x", "space"}, Name: "On: the job goes on a stage, back at work, adjustment kept, return over", Short: "on", Do: s.onAtWork, Not: s.among("Choose a job, an absence, an adjustment at work or the return first.", aJob, anAbsence, aWorkAdjustment, aReturn)},
		{Keys: []string{"J"}, Name: "A job: offered, or with its first day", Short: "job", Do: s.newJob, Not: may},
		{Keys: []string{"w"}, Name: "How the week in work was: hours, fine or not", Short: "week", Do: s.markWeek, Not: func() string {
			return screen.WhyNotMark(s.world.Desk.Who().Role, s.p.WorkRow())
		}},
		{Keys: []string{"a"}, Name: "A talk with the employer; an introduction", Short: "employer", Do: s.contactEmployer, Not: may},
		{Keys: []string{"+"}, Name: "An adjustment at work was promised", Do: s.promiseAtWork, Not: s.noJob},
		{Keys: []string{"V"}, Name: "What they want from work: a line of the vocational profile", Short: "profile", Do: s.writeProfile, Not: may},
		{Keys: []string{"Q"}, Name: "Away from work, and what helps to keep the job; back again", Short: "away", Do: s.absent, Not: s.noJob},
		{Keys: []string{"R"}, Name: "The return to work: hours week by week", Short: "return", Do: s.planReturn, Not: s.noJob},
		{Keys: []string{"i"}, Name: "Where support stands: begun, searching, ended with what takes its place", Do: s.moveWork, Not: may},
		{Keys: []string{"X"}, Name: "The job ended: why, and what it teaches", Do: s.endJob, Not: s.noJob},
	}
}

func (s *Participant) noJob() string {
	if len(s.openJobs()) == 0 && len(s.p.InWork.Absences) == 0 {
		return "No job is on the record. J records one."
	}
	return domain.WhyNotDo(s.world.Desk.Who().Role, domain.JobFound{})
}

func (s *Participant) whyNotChangeWork() string {
	switch s.chosen().kind {
	case aFact, aJob, aWeek, aProfileLine, aCheckIn, aFitNote:
		return ""
	case aContact:
		return "A talk stays as it was logged. Undo it in the timeline, or log the next one."
	case anAbsence, aWorkAdjustment, aReturn:
		return "Press x when it goes on."
	default:
		return "There is nothing to change here."
	}
}
