package domain_test

import (
	"fmt"
	"math/rand/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// movingCommand is something that somebody may do around programmes: support that starts,
// ends, lands or is corrected.
func movingCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	role := []domain.Role{domain.Coach, domain.Coach, domain.Lead, domain.Provider}[dice.IntN(4)]
	var on domain.ID
	if n := len(p.Provisions); n > 0 {
		on = p.Provisions[dice.IntN(n)].ID
	}
	ago := func(most int) calendar.Day { return today - calendar.Day(dice.IntN(most)) }
	end := calendar.Day(0)
	if dice.IntN(4) == 0 {
		end = ago(10)
	}
	started := ago(200)
	return pickOne(dice, []domain.Command{
		domain.StartProvision{Participant: pat, Programme: fmt.Sprintf("programme-%d", dice.IntN(20)), Provider: w, Contact: w, Area: w, Started: ago(200), Ended: end, Reason: w},
		domain.EndProvision{Participant: pat, Provision: on, Day: ago(5), Code: "other", Reason: w},
		domain.CorrectProvision{Participant: pat, Provision: on, Provider: &w, InWork: &[]domain.AtStart{domain.InWork, domain.OutOfWork}[dice.IntN(2)]},
		domain.CorrectProvision{Participant: pat, Provision: on, Contact: &w, Started: &started},
		domain.PlanLanding{Participant: pat, Provision: on, Text: w},
	}), role
}
