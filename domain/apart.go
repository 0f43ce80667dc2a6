package domain

import (
	"maps"
	"slices"
)

// Elsewhere is something that another desk said of the same thing at the same time. It
// is kept beside what stands, so that nobody's words are lost and somebody can say
// which holds.
type Elsewhere struct {
	Field string // what it is about: date, status, reason …
	Said  string
}

// thread follows what several desks say of one thing. Every change counts one; its
// writer says how many they knew of, and so it is seen when two wrote apart.
type thread struct {
	Elsewhere []Elsewhere
	said      int
	by        map[string]DeskID // which desk said last what stands, by field
}

// Known returns how many changes of the thing there are, with the one that made it: what
// a change says that it knew of.
func (t thread) Known() int { return t.said + 1 }

// apart counts one more change and reports whether its writer did not know of all
// before it. Changes of stores that did not count yet are taken as known.
func (t *thread) apart(saw int) bool {
	prior := t.Known()
	t.said++
	return saw > 0 && prior > saw
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
