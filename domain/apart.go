package domain

import (
	"maps"
	"slices"
	"strings"
)

// Elsewhere is something that another desk said of the same thing at the same time. It
// is kept beside what stands, so that nobody's words are lost and somebody can say
// which holds.
type Elsewhere struct {
	Field string // what it is about: date, status, reason …
	Said  string
}

// takenBack is what is said of an item whose making was undone while another desk went
// on with it.
const takenBack = "taken back"

// thread follows what several desks say of one thing.
type thread struct {
	Elsewhere []Elsewhere
	by        map[string]DeskID // which desk said last what stands, by field
}

// threaded is an event about a thing of which several desks may say different things.
type threaded interface{ thing() ID }

// known counts the records about a thing, with the one that made it and those that were
// undone: what a change says that its writer knew of.
func (p Participant) known(thing ID) int {
	n := 0
	for _, r := range p.past {
		if e, ok := r.Event.(threaded); ok && e.thing() == thing {
			n++
		}
	}
	return n
}

// apart reports whether the writer of a record did not know of all that was said of the
// thing before. Changes of stores that did not count yet are taken as known.
func (p *Participant) apart(e threaded, r Record, saw int) bool {
	if saw == 0 {
		return false
	}
	return p.heard.before(p.past, e.thing(), r) > saw
}

// heard counts, while records are told in their order, what was said of each thing so
// far: going through all of them for every change would take too long.
type heard struct {
	at int // so many records are counted
	of map[ID]int
}

func (h *heard) before(past []Record, thing ID, r Record) int {
	if h.of == nil {
		h.of = map[ID]int{}
	}
	for ; h.at < len(past) && past[h.at].Before(r) < 0; h.at++ {
		if e, ok := past[h.at].Event.(threaded); ok {
			h.of[e.thing()]++
		}
	}
	return h.of[thing]
}

// restored returns an item that later work is about. When its making was undone on one
// desk while another went on with it, it comes back as it was made, and end says that it
// counts as ended: nobody's words hang in the air. Nil when nothing is known of it.
func restored[T interface{ ItemID() ID }](p *Participant, list *[]T, id ID, end func(*T)) *T {
	if x := find(*list, id); x != nil {
		return x
	}
	for _, r := range p.past {
		m, ok := r.Event.(maker)
		if !ok || m.makes() != id || p.WhyNoEffect(r) != "" {
			continue
		}
		r.Event.(participantEvent).apply(p, r)
		if x := find(*list, id); x != nil {
			end(x)
			return x
		}
	}
	return nil
}

// joinWords joins what was said, without what is empty.
func joinWords(said ...string) string {
	return strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), "; ")
}

// keep puts what stood beside what stands now, when the writer did not know of it. A
// change whose writer knew of both settles it.
func (t *thread) keep(apart bool, by DeskID, field, said string) {
	was, told := t.by[field]
	t.by = maps.Clone(t.by)
	if t.by == nil {
		t.by = map[string]DeskID{}
	}
	t.by[field] = by
	switch {
	case !apart:
		t.Elsewhere = slices.DeleteFunc(slices.Clone(t.Elsewhere), func(e Elsewhere) bool { return e.Field == field })
	case told && was != by && said != "":
		t.Elsewhere = append(slices.Clone(t.Elsewhere), Elsewhere{field, said})
	}
}
