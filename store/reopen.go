package store

import (
	"slices"

	"coachdesk/domain"
)

// tellsApart are kinds of events that may change what an open export leaves out of what
// was there before them.
var tellsApart = []string{
	domain.Restricted{}.Kind(), domain.Undid{}.Kind(), domain.NoteAmended{}.Kind(), domain.Linked{}.Kind(), domain.Parted{}.Kind(),
}

// OnlyGrew reports whether since an arrival, and since so many were erased, nothing
// happened by which an export that was begun then would tell too much or too little: its
// records may stay, and it may go on.
func (s *Store) OnlyGrew(o Openness, arrivals, gone uint64) (bool, error) {
	v, err := s.Survey(Openness{Private: true, Restricted: true})
	if err != nil || v.Gone != gone || v.Arrivals < arrivals {
		return false, err
	}
	if o.Private && o.Restricted {
		return true, nil
	}
	for n := arrivals; ; {
		records, next, err := s.Since(n)
		if err != nil || next == n {
			return err == nil, err
		}
		if slices.ContainsFunc(records, func(r domain.Record) bool {
			return slices.Contains(tellsApart, r.Kind) || r.Scope.Private() && !o.Private
		}) {
			return false, nil
		}
		n = next
	}
}
