package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Meanwhile returns what others recorded since something was handed over, oldest first, as
// long as it was in their hands. What others wrote for themselves alone is not among it,
// nor what was undone or does not count, nor the answers to the handover itself.
func (p Participant) Meanwhile(h Handover) []Record {
	var out []Record
	undone := Undone(p.past)
	since := false
	for _, r := range p.past {
		if e, ok := r.Event.(HandoverOffered); ok && e.ID == h.ID {
			since = true
			continue
		}
		about, _ := r.Event.(ofHandover)
		mine := about != nil && about.handover() == h.ID
		if _, ended := r.Event.(HandoverEnded); ended && mine && since && !undone[r.Command] && p.WhyNoEffect(r) == "" {
			break
		}
		if !since || mine || r.By == h.By || r.Scope.Private() || undone[r.Command] || p.WhyNoEffect(r) != "" || ownTransfer(h, r.Event) {
			continue
		}
		if _, is := r.Event.(Undid); is {
			continue // what it took back is not told either
		}
		out = append(out, r)
	}
	return out
}

// ownTransfer reports whether an event is the answer to the offer that goes with a handover.
func ownTransfer(h Handover, e Event) bool {
	t, ok := e.(toucher)
	if !ok || h.Transfer.IsZero() {
		return false
	}
	return slices.Contains(t.touches(), h.Transfer)
}

// Doings is what one of the staff did for a person on one day, in sentences.
type Doings struct {
	Day  calendar.Day
	By   ID
	Role Role
	Says []string
}

// Grouped puts records together by day and by who made them. A note that was split, and whatever
// else was saved in one go, is one sentence, as the receipt said it.
func Grouped(records []Record) []Doings {
	var out []Doings
	said := map[ID]bool{}
	for _, r := range records {
		if said[r.Command] {
			continue
		}
		said[r.Command] = true
		at := slices.IndexFunc(out, func(x Doings) bool { return x.Day == r.Day && x.By == r.By })
		if at < 0 {
			out, at = append(out, Doings{Day: r.Day, By: r.By, Role: r.Role}), len(out)
		}
		out[at].Says = append(out[at].Says, r.Event.Sentence())
	}
	return out
}

// Away is what happened with one person while somebody else looked after the case.
type Away struct {
	Participant ID
	Name        string
	Handover    Handover
	Doings      []Doings
}

// WhileAway tells what happened with each of some people while somebody was away: since
// their last cover, whether it was taken back already or not. Those whom nobody covered
// are left out.
func WhileAway(me ID, people ...Participant) []Away {
	var out []Away
	for _, p := range people {
		for _, h := range slices.Backward(p.HandoversBy(me)) {
			if i, ok := h.CaseItem(); ok && h.Kind == HandoverCover && i.Answer == HandoverTaken {
				out = append(out, Away{p.ID, p.Name(), h, Grouped(p.Meanwhile(h))})
				break
			}
		}
	}
	return out
}

// Holder is somebody who had a case, or looked after it, for some time.
type Holder struct {
	Name  string       // empty: the record names nobody
	From  calendar.Day // when it was said
	Until calendar.Day // zero: still
	Cover bool         // looked after it for somebody else
	Due   calendar.Day // of cover that goes on: the first day on which the other is back
}

// Holders is the history of who had the case, and who covered it when: oldest first.
func (p Participant) Holders() []Holder {
	var out []Holder
	if len(p.Coaches) > 0 && p.Coaches[0].On > p.Joined {
		out = append(out, Holder{From: p.Joined, Until: p.Coaches[0].On})
	}
	for i, c := range p.Coaches {
		h := Holder{Name: clean.Line(c.Value, clean.MaxLine), From: c.On}
		if i+1 < len(p.Coaches) {
			h.Until = p.Coaches[i+1].On
		}
		out = append(out, h)
	}
	for _, h := range p.Handovers {
		i, ok := h.CaseItem()
		if !ok || h.Kind != HandoverCover || i.Answer != HandoverTaken || h.State() == HandoverIsDoubled {
			continue
		}
		x := Holder{Name: clean.Line(h.ToName, clean.MaxLine), From: i.On, Until: h.Ended, Cover: true}
		if h.Ended.IsZero() {
			x.Due = h.Until
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Holder) int { return int(a.From - b.From) })
	return out
}

// HoldersSay tells the history in lines, as papers and screens show it.
func HoldersSay(all []Holder, today calendar.Day) []string {
	var out []string
	for _, h := range all {
		who := h.Name
		if who == "" {
			who = "nobody named"
		}
		line := who
		if h.Cover {
			line += " looked after it"
			if h.Until.IsZero() {
				line = who + " looks after it"
			}
		}
		switch {
		case !h.Until.IsZero():
			line += " from " + h.From.Short(today) + " to " + h.Until.Short(today)
		case !h.Due.IsZero():
			line += " since " + h.From.Short(today) + ", until " + h.Due.Short(today)
		default:
			line += " since " + h.From.Short(today)
		}
		out = append(out, line)
	}
	return out
}
