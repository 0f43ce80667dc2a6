package participant

import (
	"slices"

	"coachdesk/domain"
)

// workFacts are the facts about work, in the order in which they are shown.
var workFacts = []domain.Fact{domain.FactEmployment, domain.FactHours, domain.FactJobStart, domain.FactGroup}

// work is what is known of somebody's work, and their fit notes, the newest first. While a
// job goes on it says what the facts about employment said before, and better.
func (s *Participant) work() {
	s.inWork()
	runs := slices.ContainsFunc(s.p.InWork.Jobs, func(j domain.Job) bool { return !j.Start.IsZero() && j.Ended.IsZero() })
	for _, key := range workFacts {
		if runs && key != domain.FactGroup {
			continue
		}
		if f, ok := domain.FieldOf(key); ok {
			s.fact(f)
		}
	}
	s.fitNotes()
}
