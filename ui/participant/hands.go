package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// inWhoseHands says what was handed to whom and is not over, and what is not in the hands of
// whoever reads any more. Who looks after the case now, and what waits for an answer here,
// stands above every tab.
func (s *Participant) inWhoseHands() {
	t, me := s.world.Theme, s.world.Desk.Who()
	named := func(id domain.ID) string { return clean.Line(s.world.Desk.Office().Named(id).Name, 40) }
	var open []domain.Handover
	for _, h := range slices.Backward(s.p.Handovers) {
		switch st := h.State(); {
		case st.Over(), h.Covers(), st == domain.HandoverIsTaken && h.Kind == domain.HandoverTransfer: // over, or said above
		case h.To == me.ID && st == domain.HandoverIsOpen: // said above
		case h.To != me.ID && st == domain.HandoverIsToKnow: // nobody waits for anything
		default:
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
		if h.State().Waits() {
			sign, ink = t.Glyphs.Due, t.Warn
		}
		s.say(entry{kind: plain, ink: ink}, sign+" "+h.Says(me.ID, named, s.today()))
	}
}
