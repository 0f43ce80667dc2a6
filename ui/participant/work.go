package participant

import "coachdesk/domain"

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
	s.fitNotes()
}
