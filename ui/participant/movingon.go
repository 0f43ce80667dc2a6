package participant

// movingOn is where the person was pointed or sent, and what came of it.
func (s *Participant) movingOn() {
	s.transfers()
	s.provisions()
	s.referrals()
	s.applications()
	s.signposts()
	if len(s.entries) > 0 {
		s.escalationLines()
	}
	if len(s.entries) == 0 {
		s.say(entry{kind: plain, ink: s.world.Theme.Muted}, "Nobody sent them anywhere yet. r matches and refers, I notes a service that you told them about, F an application, S support that runs.")
	}
}
