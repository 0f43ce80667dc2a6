package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// itemHandover is something that was put into somebody's hands, and itemHanded one thing
// of it.
const (
	itemHandover itemKind = "handover"
	itemHanded   itemKind = "handed over"
)

// handedItems are handovers and what belongs to them: each has a reference of its own.
func handedItems(p domain.Participant) []item {
	var all []item
	for _, h := range p.Handovers {
		all = append(all, item{h.ID, itemHandover, string(h.State()), domain.Shareable, h.Until})
		for _, i := range h.Items {
			all = append(all, item{i.ID, itemHanded, string(i.What), domain.Shareable, 0})
		}
	}
	return all
}

// named is the name of somebody on the staff of this desk or another.
func (s *subject) named(id domain.ID) string { return s.st.Office().Named(id).Name }

// handovers tells what was put into whose hands, and who had the case.
func (sh *sheet) handovers() {
	me := sh.st.Who().ID
	sh.section("Handovers", len(sh.p.Handovers), func(n int) {
		h := sh.p.Handovers[n]
		sh.put("%s  %s", sh.itemRef(h.ID), h.Says(me, sh.named, sh.today))
		sh.about("why", h.Words.Why)
		sh.about("in short", h.Words.Summary)
		sh.about("how to work together", h.Words.HowToWork)
		sh.about("not known", h.Words.Gaps)
		for _, i := range h.Items {
			answer := string(i.Answer)
			if answer == "" {
				answer = "unanswered"
			}
			sh.put("    %s  %s: %s", sh.itemRef(i.ID), sh.p.HandedSays(i, sh.today), answer)
		}
		for _, l := range h.Tells(sh.named, sh.today) {
			sh.put("    %s", l)
		}
		if h.Both {
			sh.put("    two desks settled it apart: both are kept")
		}
		if h.Paper != nil {
			sh.put("    the page that they were shown has %d parts", len(h.Paper.Sections))
		}
	})
	if held := sh.p.Holders(); len(held) > 1 {
		sh.section("Whose case", len(held), func(n int) { sh.put("%s", domain.HoldersSay(held[n:n+1], sh.today)[0]) })
	}
}

// recordHands is the same for --json.
type recordHands struct {
	Handovers []shownHandover `json:"handovers"`
	Holders   []shownHolder   `json:"holders"`
}

type shownHandover struct {
	ID    domain.ID            `json:"id"`
	Ref   string               `json:"ref"`
	Kind  domain.HandoverKind  `json:"kind"`
	State domain.HandoverState `json:"state"`
	By    domain.ID            `json:"by"`
	To    domain.ID            `json:"to"`
	Name  string               `json:"to_name"`
	Role  domain.Role          `json:"to_role"`
	On    calendar.Day         `json:"on"`
	Until calendar.Day         `json:"until,omitzero"`
	shownFate
}

// shownFate is what came of a handover.
type shownFate struct {
	Words    domain.HandoverWords `json:"words,omitzero"`
	Items    []shownHanded        `json:"items"`
	Recalled calendar.Day         `json:"recalled,omitzero"`
	Ended    calendar.Day         `json:"ended,omitzero"`
	Transfer domain.ID            `json:"transfer,omitzero"`
	Both     bool                 `json:"both,omitempty"`
}

type shownHanded struct {
	ID     domain.ID             `json:"id"`
	Ref    string                `json:"ref"`
	What   domain.HandedKind     `json:"what"`
	Of     domain.ID             `json:"of,omitzero"`
	Answer domain.HandoverAnswer `json:"answer,omitempty"`
	Words  string                `json:"words,omitempty"`
	On     calendar.Day          `json:"on,omitzero"`
	Reply  string                `json:"reply,omitempty"`
}

type shownHolder struct {
	Name  string       `json:"name,omitempty"`
	From  calendar.Day `json:"from"`
	Until calendar.Day `json:"until,omitzero"`
	Cover bool         `json:"cover,omitempty"`
	Due   calendar.Day `json:"due,omitzero"`
}

func (s *subject) recordHands() recordHands {
	out := recordHands{Handovers: []shownHandover{}, Holders: []shownHolder{}}
	for _, h := range s.p.Handovers {
		one := shownHandover{
			h.ID, s.itemRef(h.ID), h.Kind, h.State(), h.By, h.To, h.ToName, h.ToRole, h.On, h.Until,
			shownFate{h.Words, []shownHanded{}, h.Recalled, h.Ended, h.Transfer, h.Both},
		}
		for _, i := range h.Items {
			one.Items = append(one.Items, shownHanded{i.ID, s.itemRef(i.ID), i.What, i.Of, i.Answer, i.Words, i.On, i.Reply})
		}
		out.Handovers = append(out.Handovers, one)
	}
	for _, h := range s.p.Holders() {
		out.Holders = append(out.Holders, shownHolder{h.Name, h.From, h.Until, h.Cover, h.Due})
	}
	return out
}
