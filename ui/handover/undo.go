package handover

import (
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// lastDone is the last step that whoever works here did with the handovers in the list,
// if it was their last on those records, and what takes it back for everybody whom it was
// about.
func (s *List) lastDone() (what domain.Record, back []domain.Command) {
	me := s.world.Desk.Who().ID
	var of []domain.Participant
	for _, l := range s.lines {
		p := s.known[l.who].p
		if l.item >= 0 || slices.ContainsFunc(of, func(o domain.Participant) bool { return o.ID == p.ID }) {
			continue
		}
		of = append(of, p)
		batch := p.LastBatch(me)
		for _, r := range p.Past() {
			if r.Command == batch && strings.HasPrefix(r.Kind, "handover.") && r.Time > what.Time {
				what = r
			}
		}
	}
	for _, p := range of {
		if what.Time == 0 || p.LastBatch(me) != what.Command {
			continue
		}
		for _, c := range p.UndoCommands(what.Command) {
			if !slices.Contains(back, c) {
				back = append(back, c)
			}
		}
	}
	return what, back
}

func (s *List) nothingDone() string {
	if _, back := s.lastDone(); len(back) == 0 {
		return "The last thing that you did on these records was not about a handover. A record has an undo of its own."
	}
	return ""
}

func (s *List) undo() screen.Effect {
	what, back := s.lastDone()
	return screen.Choose{Title: "Undo for " + people(len(back)) + "?", Note: what.Event.Sentence(), Choices: []screen.Choice{
		{Key: "n", Label: "no, leave it"}, {Key: "y", Label: "yes, undo it", Then: screen.Do{Commands: back}},
	}}
}
