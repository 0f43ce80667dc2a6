package domain_test

import (
	"fmt"
	"math/rand/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// movingCommand is something that somebody may do around programmes, applications, the
// transfer of the case and fit notes.
func movingCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	role := []domain.Role{domain.Coach, domain.Coach, domain.Lead, domain.Provider}[dice.IntN(4)]
	var on, form, offer, fit domain.ID
	if n := len(p.Applications); n > 0 {
		form = p.Applications[dice.IntN(n)].ID
	}
	if n := len(p.FitNotes); n > 0 {
		fit = p.FitNotes[dice.IntN(n)].ID
	}
	if n := len(p.Transfers); n > 0 {
		offer = p.Transfers[n-1].ID
	}
	if n := len(p.Provisions); n > 0 {
		on = p.Provisions[dice.IntN(n)].ID
	}
	ago := func(most int) calendar.Day { return today - calendar.Day(dice.IntN(most)) }
	end := calendar.Day(0)
	if dice.IntN(4) == 0 {
		end = ago(10)
	}
	started, applied := ago(200), ago(20)
	note := domain.RecordFitNote{Participant: pat, Option: domain.NotFit, From: ago(60), To: today + calendar.Day(dice.IntN(30)), Comments: w}
	colleague := staffOf(domain.Coach, byte(1+dice.IntN(3)))
	return pickOne(dice, []domain.Command{
		domain.StartProvision{Participant: pat, Programme: fmt.Sprintf("programme-%d", dice.IntN(20)), Provider: w, Contact: w, Area: w, Started: ago(200), Ended: end, Reason: w},
		domain.EndProvision{Participant: pat, Provision: on, Day: ago(5), Code: "other", Reason: w},
		domain.CorrectProvision{Participant: pat, Provision: on, Provider: &w, InWork: &[]domain.AtStart{domain.InWork, domain.OutOfWork}[dice.IntN(2)]},
		domain.CorrectProvision{Participant: pat, Provision: on, Contact: &w, Started: &started},
		domain.PlanLanding{Participant: pat, Provision: on, Text: w},
		domain.Apply{Participant: pat, Programme: fmt.Sprintf("programme-%d", dice.IntN(20)), Text: w, Reference: w, Applied: []calendar.Day{0, ago(40)}[dice.IntN(2)]},
		domain.ChangeApplication{Participant: pat, Application: form, Reference: &w, Applied: &applied},
		domain.ChangeApplication{Participant: pat, Application: form, Text: &w},
		domain.ChaseApplication{Participant: pat, Application: form, Answer: domain.ChaseAsked, Comment: w},
		domain.DecideApplication{Participant: pat, Application: form, Result: pickOne(dice, domain.ApplicationResults), Reason: w},
		domain.OfferTransfer{Participant: pat, To: colleague, Note: w},
		domain.AnswerTransfer{Participant: pat, Transfer: offer, Yes: dice.IntN(2) == 0, Reason: w},
		domain.AnswerTransfer{Participant: pat, Transfer: offer, Reason: w},
		domain.RecallTransfer{Participant: pat, Transfer: offer},
		note,
		domain.CorrectFitNote{FitNote: fit, RecordFitNote: note},
	}), role
}
