package store

import (
	"errors"
	"time"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Draft is what somebody has typed and not yet saved. It is sealed like everything
// else, belongs to this desk alone, and is never sent anywhere.
type Draft struct {
	ID          domain.ID         `json:"id"`
	Place       string            `json:"place"` // the form it belongs to
	Participant domain.ID         `json:"participant,omitzero"`
	By          domain.ID         `json:"by"`
	At          time.Time         `json:"at"`
	Fields      map[string]string `json:"fields"`
}

// draft is a draft as it is stored: times are milliseconds.
type draft struct {
	Place       string            `cbor:"1,keyasint"`
	Participant domain.ID         `cbor:"2,keyasint"`
	By          domain.ID         `cbor:"3,keyasint"`
	At          int64             `cbor:"4,keyasint"`
	Fields      map[string]string `cbor:"5,keyasint"`
}

// KeepDraft puts a draft aside, in the place of an older one of its ID.
func (s *Store) KeepDraft(d Draft) error {
	raw, err := rawDraft(d)
	if err != nil {
		return err
	}
	// What somebody typed is kept also after another process changed the store key:
	// the key of the drafts is still the same.
	return s.lease.write(func(tx *bolt.Tx) error {
		switch {
		case s.ring == nil:
			return say(ErrClosed, nil, "The store is closed.")
		case s.hurt != nil:
			return s.hurt
		case !d.Participant.IsZero() && tx.Bucket(rowsBucket).Get(d.Participant[:]) == nil:
			return domain.Refused("ref", "They were erased meanwhile: what was typed about them is not kept.")
		}
		return putSealed(tx.Bucket(draftsBucket), draftsBucket, d.ID[:], s.ring.drafts, raw)
	}, s.undone)
}

// rawDraft returns the bytes of a draft.
func rawDraft(d Draft) ([]byte, error) {
	if d.ID.IsZero() {
		return nil, errors.New("store: a draft needs an ID")
	}
	raw, err := encoder.Marshal(draft{d.Place, d.Participant, d.By, d.At.UnixMilli(), d.Fields})
	if err == nil && !seal.Fits(raw) {
		err = domain.Refused("text", "That is too long to be kept.")
	}
	return raw, err
}

// Drafts returns all drafts, oldest first. Their times are in UTC.
func (s *Store) Drafts() ([]Draft, error) {
	var all []Draft
	err := s.read(func(tx *bolt.Tx) error {
		return tx.Bucket(draftsBucket).ForEach(func(k, v []byte) error {
			d, err := openDraft(s.ring, k, v)
			all = append(all, d)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func openDraft(ring *keyring, k, v []byte) (Draft, error) {
	var d draft
	plain, err := ring.drafts.Open(string(draftsBucket), k, v)
	if err != nil || len(k) != len(domain.ID{}) {
		return Draft{}, damaged("a draft does not open")
	}
	if decoder.Unmarshal(plain, &d) != nil {
		return Draft{}, damaged("a draft cannot be decoded")
	}
	return Draft{domain.ID(k), d.Place, d.Participant, d.By, time.UnixMilli(d.At).UTC(), d.Fields}, nil
}

// brokenDrafts returns the drafts that cannot be read.
func brokenDrafts(tx *bolt.Tx, ring *keyring) []domain.ID {
	var all []domain.ID
	_ = tx.Bucket(draftsBucket).ForEach(func(k, v []byte) error {
		if _, err := openDraft(ring, k, v); err != nil && len(k) == len(domain.ID{}) {
			all = append(all, domain.ID(k))
		}
		return nil
	})
	return all
}

// draftAbout tells whom a draft is about, also where the rest of it cannot be read.
func draftAbout(ring *keyring, k, v []byte) (id domain.ID, ok bool) {
	plain, err := ring.drafts.Open(string(draftsBucket), k, v)
	if err != nil || len(k) != len(domain.ID{}) {
		return id, false
	}
	var parts map[uint64]cbor.RawMessage
	if decoder.Unmarshal(plain, &parts) != nil || decoder.Unmarshal(parts[2], &id) != nil {
		return id, false
	}
	return id, true
}

// DropDraft forgets a draft. One that is not there is forgotten already.
func (s *Store) DropDraft(id domain.ID) error {
	return s.write(func(tx *bolt.Tx) error { return tx.Bucket(draftsBucket).Delete(id[:]) })
}
