package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// other is another record of the same person, with what is due in it.
type other struct {
	twin domain.Twin
	ref  string
	why  []domain.Reason
}

// readOthers looks into the records that are linked with this one.
func (s *Participant) readOthers() {
	s.others = nil
	linked := s.p.LinkedWith()
	if len(linked) == 0 {
		return
	}
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return // the references are missing, and the record is readable without
	}
	width := domain.RefLength(domain.RowIDs(rows))
	for _, t := range linked {
		o := other{twin: t, ref: t.With.Ref(width)}
		if p, err := s.world.Desk.Participant(t.With); err == nil {
			o.why = s.queue.Reasons(p.Row())
		}
		s.others = append(s.others, o)
	}
}

// standing is what stands over the whole record, on every tab.
func (s *Participant) standing() []string {
	var parts []string
	if s.p.Restriction.On {
		parts = append(parts, s.world.Theme.Glyphs.Urgent+" Restricted")
	}
	parts = append(parts, s.inHands()...)
	var refs []string
	for _, o := range s.others {
		refs = append(refs, o.ref)
	}
	if len(refs) > 0 {
		parts = append(parts, "also held under "+strings.Join(refs, ", ")+" (O)")
	}
	return parts
}

// inHands says in whose hands the case is for a while, and what waits for an answer of
// whoever works here.
func (s *Participant) inHands() []string {
	t, me := s.world.Theme, s.world.Desk.Who().ID
	name := func(id domain.ID) string { return clean.Line(s.world.Desk.Office().Named(id).Name, 40) }
	var parts []string
	if h, ok := s.p.Cover(); ok && h.To == me {
		parts = append(parts, t.Glyphs.Doing+" you look after this for "+name(h.By)+" until "+h.Until.Short(s.today()))
	} else if ok {
		parts = append(parts, t.Glyphs.Doing+" "+name(h.To)+" looks after this until "+h.Until.Short(s.today()))
	}
	for _, h := range s.p.HandoversFor(me) {
		if h.State() == domain.HandoverIsOpen {
			parts = append(parts, t.Glyphs.Open+" handed over by "+name(h.By)+": g h answers")
		}
	}
	return parts
}

// whyOthers tells what is due in the other records: lists count it here.
func (s *Participant) whyOthers() {
	t := s.world.Theme
	for _, o := range s.others {
		if len(o.why) == 0 {
			continue
		}
		s.head("Why now, in the other record " + o.ref)
		for _, r := range o.why {
			s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Due+" "+r.Why)
		}
	}
}

// linked lists what stands over the record among the details.
func (s *Participant) linked() {
	if r := s.p.Restriction; r.On {
		text := "since " + s.due(r.Since)
		if r.Reason != "" {
			text += ": " + r.Reason
		}
		s.say(entry{kind: plain, ink: s.world.Theme.Warn}, fmt.Sprintf("%-26s %s", "Restricted", text))
	}
	for _, o := range s.others {
		as := "held under this record"
		if o.twin.As == domain.TwinUnder {
			as = "the main record, which lists show"
		}
		s.say(entry{kind: aTwin, id: o.twin.With}, fmt.Sprintf("%-26s %s, %s", "Also held under", o.ref, as))
	}
}

func (s *Participant) noOther() string {
	if len(s.others) == 0 {
		return "This person has no other record here. g t shows who may have."
	}
	return ""
}

func (s *Participant) openOther() screen.Effect {
	if len(s.others) == 1 {
		return screen.Go{To: screen.Participant{ID: s.others[0].twin.With, Tab: s.tab}}
	}
	var all []screen.Choice
	for i, o := range s.others {
		all = append(all, screen.Choice{Key: string(rune('1' + i%9)), Label: o.ref, Then: screen.Go{To: screen.Participant{ID: o.twin.With, Tab: s.tab}}})
	}
	return screen.Choose{Title: "Which other record?", Choices: all}
}

// restrict hides the name in lists, with a reason, or lifts that.
func (s *Participant) restrict() screen.Effect {
	id := s.id
	if s.p.Restriction.On {
		return screen.Choose{Title: "Lift the restriction?", Note: "Lists will name the person again.", Choices: []screen.Choice{
			{Key: "n", Label: "no, leave it"}, {Key: "y", Label: "yes, lift it", Then: do(domain.Restrict{Participant: id})},
		}}
	}
	return screen.Prompt{Title: "Restrict the record: no list will name the person. Why?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
		return do(domain.Restrict{Participant: id, On: true, Reason: clean.Line(v, clean.MaxLine)})
	}}
}
