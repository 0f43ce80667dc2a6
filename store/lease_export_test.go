package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// Impatient makes a store wait less for the lock.
func (s *Store) Impatient(d time.Duration) {
	s.lease.mu.Lock()
	defer s.lease.mu.Unlock()
	s.lease.how.patience = d
}

// WarnOf is what a store at a path would warn of.
func WarnOf(path string) []string { return warnOf(path) }

// Rest gives the lock up until the next operation.
func (s *Store) Rest() { s.lease.pause() }

// KeepDraftOf puts a draft aside whose fields are no fields, so that it opens and cannot
// be read.
func (s *Store) KeepDraftOf(id, about domain.ID) error {
	raw, err := encoder.Marshal(map[uint64]any{2: about, 5: "no fields"})
	if err != nil {
		return err
	}
	return s.write(func(tx *bolt.Tx) error {
		return putSealed(tx.Bucket(draftsBucket), draftsBucket, id[:], s.ring.drafts, raw)
	})
}
