package participant

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// shelf is the directory of local services, asked for only where the person was told of
// one that stands in it.
type shelf struct {
	asked bool
	index *domain.ServiceIndex
}

// gone reports whether the directory, once it was read, knows that a service is told of
// no more.
func (h shelf) gone(service domain.ID) bool {
	return h.index != nil && !service.IsZero() && h.index.Directory.Gone(service)
}

// shelved is the directory, once it was read.
type shelved struct{ index *domain.ServiceIndex }

// Rest implements screen.Slow.
func (s *Participant) Rest() screen.Effect {
	if s.shelf.asked || !slices.ContainsFunc(s.p.Signposts, func(sp domain.Signpost) bool { return !sp.Service.IsZero() }) {
		return nil
	}
	s.shelf.asked = true
	desk := s.world.Desk
	return screen.Run{Work: func() tea.Msg {
		x, err := desk.Directory()
		if err != nil {
			return shelved{} // what cannot be read is not marked
		}
		return shelved{x}
	}}
}

// Busy implements screen.Slow: the record never waits for the directory.
func (s *Participant) Busy() bool { return false }
