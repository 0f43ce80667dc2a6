package store

import (
	"bytes"

	"coachdesk/domain"
)

// SealDraft returns a draft as it would stand in the store, behind its ID. It is for
// a draft that there is no room for: it may lie anywhere until there is.
func (s *Store) SealDraft(d Draft) (sealed []byte, err error) {
	raw, err := rawDraft(d)
	if err != nil {
		return nil, err
	}
	s.held(func() {
		if s.ring == nil {
			err = say(ErrClosed, nil, "The store is closed.")
			return
		}
		sealed = s.ring.drafts.Seal(house, string(draftsBucket), d.ID[:], raw)
	})
	if err != nil {
		return nil, err
	}
	return append(bytes.Clone(d.ID[:]), sealed...), nil
}

// UnsealDraft opens what [Store.SealDraft] sealed, with the keys of the same store.
func (s *Store) UnsealDraft(sealed []byte) (d Draft, err error) {
	n := len(domain.ID{})
	if len(sealed) < n {
		return d, damaged("a draft is too short")
	}
	s.held(func() {
		if s.ring == nil {
			err = say(ErrClosed, nil, "The store is closed.")
			return
		}
		d, err = openDraft(s.ring, sealed[:n], sealed[n:])
	})
	return d, err
}
