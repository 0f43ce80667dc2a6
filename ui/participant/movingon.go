package participant

// movingOn is where the person was pointed or sent, and what came of it.
func (s *Participant) movingOn() {
	s.referrals()
	s.signposts()
	if len(s.entries) == 0 {
		s.put(entry{kind: plain, ink: s.world.Theme.Muted, lines: []string{"Nobody sent them anywhere yet. I notes a service that you told them about."}})
	}
}
