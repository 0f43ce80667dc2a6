package caseload

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// sampleOf is how many records are offered by lot: what a chooser holds at a glance.
const sampleOf = 9

// sample offers records by lot, to be looked at afterwards. Nothing here is approved
// beforehand.
func (c *Caseload) sample() screen.Effect {
	rows, err := c.world.Desk.Rows()
	if err != nil {
		return screen.Say{Text: err.Error()}
	}
	var each []screen.Choice
	for i, r := range domain.Sample(rows, sampleOf, c.world.Desk.NewID) {
		label := clean.Line(r.Name, 40)
		if coach := r.Fact(domain.FactCoach); coach != "" {
			label += ", " + clean.Line(coach, 30)
		}
		each = append(each, screen.Choice{Key: fmt.Sprint(i + 1), Label: label, Then: screen.Go{To: screen.Participant{ID: r.ID, Tab: screen.Timeline}}})
	}
	if len(each) == 0 {
		return screen.Say{Text: "Nobody is on the caseload yet."}
	}
	return screen.Choose{Title: "A sample, by lot: whose record do you look at?", Choices: each}
}
