package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// handedOverItem is a handover of one person with its items, for --json.
type handedOverItem struct {
	handoverItem
	Words domain.HandoverWords `json:"words"`
	Items []handedItem         `json:"items"`
}

// handedItem is one thing that was handed over, and what was said to it.
type handedItem struct {
	Ref    string                `json:"item"`
	What   domain.HandedKind     `json:"what"`
	Of     domain.ID             `json:"of,omitzero"`
	Says   string                `json:"says"`
	Answer domain.HandoverAnswer `json:"answer,omitempty"`
	Words  string                `json:"words,omitempty"`
	On     calendar.Day          `json:"on,omitzero"`
	By     string                `json:"by,omitempty"`
	Reply  string                `json:"reply,omitempty"`
}

// handoverSheet tells the handovers of one person item by item.
func (c *call) handoverSheet(ref string, all bool) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	office := s.st.Office()
	items := []handedOverItem{}
	for _, h := range s.p.Handovers {
		if h.State().Over() && !all {
			continue
		}
		x := h.Row()
		box := "out"
		if comesIn(office, s.st.Who().ID, h.By, h.To) {
			box = "in"
		}
		it := handedOverItem{
			handoverItem: handoverItem{
				Ref: s.ref, Name: s.p.Name(), Box: box, Handover: h.ID, Kind: h.Kind, By: h.By, ByName: office.Named(h.By).Name, To: h.To, ToName: whoGot(office, h),
				On: h.On, Until: h.Until, State: x.State, handoverLeft: handoverLeft{Unanswered: x.Unanswered, Questions: x.Question},
			},
			Words: h.Words, Items: []handedItem{},
		}
		for _, i := range h.Items {
			it.Items = append(it.Items, handedItem{s.itemRef(i.ID), i.What, i.Of, s.p.HandedSays(i, s.today), i.Answer, i.Words, i.On, office.Named(i.By).Name, i.Reply})
		}
		items = append(items, it)
	}
	if c.json {
		return printItems(c, "handover-items/1", items)
	}
	for _, it := range items {
		c.printHandedOver(it, s.today)
	}
	if len(items) == 0 {
		c.say("Nothing of %s is handed over. --all tells what was.", s.ref)
	}
	return nil
}

// whoGot names the receiver of a handover, as the desk knows them or as it was offered.
func whoGot(office domain.Office, h domain.Handover) string {
	if p := office.Named(h.To); !p.ID.IsZero() {
		return p.Name
	}
	return h.ToName
}

func (c *call) printHandedOver(it handedOverItem, today calendar.Day) {
	c.print(it.ByName + " to " + it.ToName + ", " + it.forWhat(today) + ", " + it.On.Short(today) + ": " + it.stands())
	for _, w := range []struct{ label, text string }{{"why", it.Words.Why}, {"summary", it.Words.Summary}, {"how to work", it.Words.HowToWork}, {"gaps", it.Words.Gaps}} {
		if w.text != "" {
			c.print("  " + w.label + ": " + w.text)
		}
	}
	for _, i := range it.Items {
		answer := "not answered"
		if i.Answer != "" {
			answer = string(i.Answer) + after(" by ", i.By) + after(", ", i.On.Short(today))
		}
		c.print("  " + i.Ref + "  " + i.Says + " (" + answer + ")")
		if i.Words != "" {
			c.print("    " + i.Words)
		}
		if i.Reply != "" {
			c.print("    reply: " + i.Reply)
		}
	}
}
