package store

import "time"

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
