package domain

import (
	"cmp"
	"strings"

	"coachdesk/domain/clean"
)

// Names are the names that a note's owners may be written with.
type Names struct{ Coach, Person string }

// Callers are the names by which a record calls its owners to whoever reads it. The coach
// is whose case it is; where nobody is named, whoever took the person on at another desk,
// and at this one the coach who reads.
func (p Participant) Callers(reader Person, o Office) Names {
	n := Names{Coach: p.Fact(FactCoach), Person: p.Name()}
	if n.Coach != "" || len(p.past) == 0 {
		return n
	}
	switch by := p.past[0].By; {
	case o.Person(by).ID.IsZero():
		n.Coach = o.Named(by).Name
	case reader.Role == Coach || reader.Role == Lead:
		n.Coach = reader.Name
	}
	return n
}

// Called returns an owner as people say it.
func (n Names) Called(o Owner) string {
	switch o {
	case ByCoach:
		return cmp.Or(firstName(n.Coach), "the work coach")
	case ByPerson:
		return cmp.Or(firstName(n.Person), "the person")
	case ByAdviser:
		return "DEA"
	case ByProvider, ByEmployer:
		return "the " + string(o)
	}
	return string(o)
}

// firstName is short enough to stand in a line before what matters.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return clean.Line(first, 24)
}

// Owner reads who is meant by a word: me, a role, or a name of the coach or the
// person.
func (n Names) Owner(word string) (Owner, bool) {
	w := clean.Fold(strings.TrimSpace(word))
	switch w {
	case "":
		return "", false
	case "me", "i", "coach", "work coach":
		return ByCoach, true
	case "person", "participant", "customer", "them":
		return ByPerson, true
	case "dea", "adviser":
		return ByAdviser, true
	case "provider":
		return ByProvider, true
	case "employer":
		return ByEmployer, true
	}
	if named(w, n.Person) {
		return ByPerson, true
	}
	if named(w, n.Coach) {
		return ByCoach, true
	}
	return "", false
}

func named(folded, name string) bool {
	full := clean.Fold(name)
	if folded == full {
		return full != ""
	}
	for part := range strings.FieldsSeq(strings.ReplaceAll(full, ",", " ")) {
		if part == folded {
			return true
		}
	}
	return false
}
