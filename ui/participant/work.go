package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// workFacts are the facts about work, in the order in which they are shown.
var workFacts = []domain.Fact{domain.FactEmployment, domain.FactHours, domain.FactJobStart, domain.FactGroup}

// work is what is known of somebody's work, and their fit notes, the newest first.
func (s *Participant) work() {
	s.inWork()
	for _, key := range workFacts {
		if f, ok := domain.FieldOf(key); ok {
			s.fact(f)
		}
	}
	s.head("Fit notes")
	notes := slices.Clone(s.p.FitNotes)
	slices.SortStableFunc(notes, func(a, b domain.FitNote) int { return int(b.To - a.To) })
	for i, f := range notes {
		e := entry{kind: aFitNote, id: f.ID}
		text := f.From.Short(s.today()) + " to " + s.due(f.To) + " " + s.world.Theme.Glyphs.Sep + " " + f.Summary()
		if i > 0 || f.To < s.today() {
			e.ink = s.world.Theme.Muted
		}
		if f.Comments != "" {
			text += "\n" + clean.Text(f.Comments, clean.MaxText)
		}
		s.say(e, text)
	}
	s.none("none recorded: f records one")
}
