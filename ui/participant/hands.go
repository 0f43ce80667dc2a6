package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// inWhoseHands says who looks after the case just now, what was handed to whom and is not
// over, and what came back to them.
func (s *Participant) inWhoseHands() {
	t, me := s.world.Theme, s.world.Desk.Who()
	named := func(id domain.ID) string { return clean.Line(s.world.Desk.Office().Named(id).Name, 40) }
	var open []domain.Handover
	for _, h := range slices.Backward(s.p.Handovers) {
		st := h.State()
		told := st == domain.HandoverIsToKnow && h.To != me.ID
		if !st.Over() && !told && (st != domain.HandoverIsTaken || h.Kind != domain.HandoverTransfer) {
			open = append(open, h)
		}
	}
	back := s.row.Returned(me)
	if len(open) == 0 && !back {
		return
	}
	s.head("In whose hands")
	if back {
		s.say(entry{kind: plain, ink: t.Muted}, t.Glyphs.Done+" It was in your hands for a while and is not any more.")
	}
	for _, h := range open {
		sign, ink := t.Glyphs.Calm, t.Text
		switch {
		case h.State().Waits():
			sign, ink = t.Glyphs.Due, t.Warn
		case h.Covers():
			sign = t.Glyphs.Doing
		}
		s.say(entry{kind: plain, ink: ink}, sign+" "+h.Says(me.ID, named, s.today()))
	}
}
