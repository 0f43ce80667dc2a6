package participant

import "coachdesk/ui/screen"

// whatIf asks what may come to pass, and shows what it would open and close.
func (s *Participant) whatIf() screen.Effect {
	id := s.id
	return screen.AskWhatIf(s.world, "", func(v string) screen.Effect {
		return screen.Go{To: screen.Match{Participant: id, WhatIf: v}}
	})
}
