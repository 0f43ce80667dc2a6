package store

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// look is an entry of the log of who looked, as it is stored: times are milliseconds.
type look struct {
	At          int64       `cbor:"1,keyasint"`
	By          domain.ID   `cbor:"2,keyasint"`
	Role        domain.Role `cbor:"3,keyasint"`
	Participant domain.ID   `cbor:"4,keyasint"`
	Via         string      `cbor:"5,keyasint"`
	Reason      string      `cbor:"6,keyasint"`
}

// lookQueue is what was looked at and is not written yet.
type lookQueue struct {
	mu      sync.Mutex
	waiting []domain.Look
	running bool       // somebody writes what waits
	turn    sync.Mutex // held while a batch is written
}

// Looked writes down that somebody opened a record. It returns at once: the entry is
// written in the background, soon, and at the latest when the store is closed. What
// cannot be written is tried again with the next look.
func (s *Store) Looked(l domain.Look) {
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	s.looks.waiting = append(s.looks.waiting, l)
	if s.looks.running {
		return
	}
	s.looks.running = true
	go func() {
		for again := true; again; {
			err := s.settleLooks()
			s.looks.mu.Lock()
			again = err == nil && len(s.looks.waiting) > 0
			s.looks.running = again
			s.looks.mu.Unlock()
		}
	}()
}

// settleLooks writes what waits. Entries leave the queue when they are on disk.
func (s *Store) settleLooks() error {
	s.looks.turn.Lock()
	defer s.looks.turn.Unlock()
	s.looks.mu.Lock()
	batch := slices.Clone(s.looks.waiting)
	s.looks.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	if err := s.write(func(tx *bolt.Tx) error { return s.putLooks(tx, batch) }); err != nil {
		return err
	}
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	s.looks.waiting = s.looks.waiting[len(batch):]
	return nil
}

func (s *Store) putLooks(tx *bolt.Tx, batch []domain.Look) error {
	book := s.book
	book.LooksFrom = max(book.LooksFrom, 1)
	b := tx.Bucket(looksBucket)
	b.FillPercent = 0.95 // numbers only grow
	for _, l := range batch {
		book.LooksTo++
		if err := s.putLook(b, book.LooksTo, l); err != nil {
			return err
		}
	}
	tx.OnCommit(func() { s.book = book })
	return writeTally(tx, s.ring.books, book)
}

func (s *Store) putLook(b *bolt.Bucket, n uint64, l domain.Look) error {
	raw, err := encoder.Marshal(look{l.At.UnixMilli(), l.By, l.Role, l.Participant, l.Via, string(l.Reason)})
	if err != nil {
		return err
	}
	return putSealed(b, looksBucket, numberKey(n), s.ring.books, raw)
}

// Looks returns who opened whose record, oldest first. That of one participant, unless
// the ID is zero. One that is missing is damage.
func (s *Store) Looks(about domain.ID) ([]domain.Look, error) {
	if err := s.settleLooks(); err != nil && !errors.Is(err, ErrReadOnly) {
		return nil, err
	}
	var all []domain.Look
	err := s.read(func(tx *bolt.Tx) error {
		return eachLook(tx, s.ring.books, s.book, func(_ uint64, l domain.Look) {
			if about.IsZero() || l.Participant == about {
				all = append(all, l)
			}
		})
	})
	return all, err
}

// eachLook reads the log in the order of its numbers, which have no gap.
func eachLook(tx *bolt.Tx, books *seal.Box, book tally, f func(n uint64, l domain.Look)) error {
	b := tx.Bucket(looksBucket)
	if b == nil {
		return nil // a store of format 1
	}
	n := max(book.LooksFrom, 1) - 1
	err := b.ForEach(func(k, v []byte) error {
		if n++; !bytes.Equal(k, numberKey(n)) {
			return damaged("an entry in the log of who looked is missing")
		}
		plain, err := books.Open(string(looksBucket), k, v)
		if err != nil {
			return damaged("an entry in the log of who looked does not open")
		}
		var e look
		if decoder.Unmarshal(plain, &e) != nil {
			return damaged("an entry in the log of who looked cannot be decoded")
		}
		f(n, domain.Look{At: time.UnixMilli(e.At).UTC(), By: e.By, Role: e.Role, Participant: e.Participant, Via: e.Via, Reason: domain.LookReason(e.Reason)})
		return nil
	})
	if err == nil && n != max(book.LooksTo, max(book.LooksFrom, 1)-1) {
		err = damaged("entries in the log of who looked are missing: %d of %d are there", n, book.LooksTo)
	}
	return err
}

// wipeLooks forgets why somebody's record was opened: the reason may tell about them.
// That it was opened stays.
func (s *Store) wipeLooks(tx *bolt.Tx, book *tally, id domain.ID) error {
	var gone []uint64
	var looks []domain.Look
	err := eachLook(tx, s.ring.books, *book, func(n uint64, l domain.Look) {
		if l.Participant == id && l.Reason != "" {
			l.Reason = ""
			gone, looks = append(gone, n), append(looks, l)
		}
	})
	if err != nil {
		return err
	}
	for i, n := range gone {
		if err := s.putLook(tx.Bucket(looksBucket), n, looks[i]); err != nil {
			return err
		}
	}
	return nil
}

// ForgetLooks drops the entries of the log that are older than so many months, and
// returns how many those were. A clock that was set forward does not count: nothing is
// newer than the last record.
func (s *Store) ForgetLooks(months int) (int, error) {
	if err := s.settleLooks(); err != nil {
		return 0, err
	}
	dropped := 0
	err := s.write(func(tx *bolt.Tx) error {
		book := s.book
		before := s.o.Now()
		if newest := book.Clock.Time(); newest.Before(before) {
			before = newest
		}
		before = before.AddDate(0, -months, 0)
		until := max(book.LooksFrom, 1)
		err := eachLook(tx, s.ring.books, book, func(n uint64, l domain.Look) {
			if n == until && l.At.Before(before) {
				until++
			}
		})
		if err != nil {
			return err
		}
		for n := max(book.LooksFrom, 1); n < until; n++ {
			if err := tx.Bucket(looksBucket).Delete(numberKey(n)); err != nil {
				return err
			}
			dropped++
		}
		book.LooksFrom = until
		tx.OnCommit(func() { s.book = book })
		return writeTally(tx, s.ring.books, book)
	})
	return dropped, err
}
