package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// wentOutOn tells what left the desk on a consent, in red when it was withdrawn since: a
// coach may want to ask for it back.
func (s *Participant) wentOutOn(c domain.Consent) {
	t := s.world.Theme
	for _, x := range s.p.ExportsOn(c.ID) {
		e, text := entry{kind: plain}, "  "+t.Glyphs.Arrow+" went out "+s.wentOut(x)
		if !c.Withdrawn.IsZero() {
			e.ink, text = t.Bad, "  "+t.Glyphs.Urgent+" ask for it back: went out "+s.wentOut(x)
		}
		s.say(e, text)
	}
}

func (s *Participant) wentOut(x domain.Export) string {
	text := x.On.Short(s.today()) + ": " + x.Words()
	if who := s.world.Desk.Office().Named(x.By).Name; who != "" {
		text += ", by " + clean.Line(who, 40)
	}
	return text
}

// wentOutElse tells what left the desk on other grounds than consent, the newest first.
func (s *Participant) wentOutElse() {
	var all []domain.Export
	for _, x := range slices.Backward(s.p.Exports) {
		if len(x.Consents) == 0 {
			all = append(all, x)
		}
	}
	if len(all) == 0 {
		return
	}
	s.head("Went out")
	for _, x := range all {
		text := s.wentOut(x)
		if on := x.Basis.String(); on != "" {
			text += " (" + on + ")"
		}
		s.say(entry{kind: plain, ink: s.world.Theme.Muted}, text)
	}
}

// toAskBack counts what went out on a consent.
func (s *Participant) toAskBack(c domain.Consent) string {
	n := len(s.p.ExportsOn(c.ID))
	switch {
	case n == 0 || c.Withdrawn.IsZero():
		return ""
	case n == 1:
		return "; a paper went out on it: ask for it back"
	}
	return "; papers went out on it: ask for them back"
}
