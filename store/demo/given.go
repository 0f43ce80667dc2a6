package demo

import (
	"time"

	"coachdesk/domain"
)

// given plots what the person takes home from a talk: after the first, for one of
// three, the name of a service, and after the second, for one of two, a copy of the
// plan. The dice are left alone, so that no other part of a story changes.
func (t *teller) given(l *life, k int, at time.Time) {
	luck := int(l.id[13])
	at = at.Add(3 * time.Minute)
	switch {
	case k == 0 && luck%3 == 0:
		t.scene(l, at, ByCoach, func(l *life) []domain.Command {
			return []domain.Command{t.signpost(l, luck)}
		})
	case k == 1:
		t.scene(l, at, ByCoach, func(l *life) []domain.Command {
			var all []domain.Command
			if !l.signpost.IsZero() && luck%2 == 0 {
				all = append(all, domain.TellSignpost{Participant: l.id, Signpost: l.signpost, Result: domain.SignpostResults[luck/6%len(domain.SignpostResults)]})
			}
			if luck%2 == 0 && !l.goal.IsZero() {
				c := domain.GiveCopy{Participant: l.id, Shape: domain.CopyShapes[luck/4%len(domain.CopyShapes)], Language: domain.English, How: domain.CopyHows[luck/8%len(domain.CopyHows)]}
				if l.story.Language == "Welsh" {
					c.Language = domain.Welsh
				}
				all = append(all, c, wentOut(l, domain.Export{What: domain.ExportPlan, For: domain.ForPerson, Basis: domain.OnOwn, Format: "html", ToFile: true}))
			}
			return all
		})
	}
}
