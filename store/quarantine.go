package store

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// WaitsFor is why a record waits outside the journal.
type WaitsFor string

// The reasons are stored.
const (
	WaitsDiffering WaitsFor = "differs" // another record has its name: two desks write under one, or one was forged
	WaitsAhead     WaitsFor = "ahead"   // its clock is more than a day ahead: it is let in when its time has come
)

// Waiting is a record that another desk brought and that is not in the journal.
type Waiting struct {
	Record domain.Record
	Why    WaitsFor
	Since  time.Time
	From   domain.ID // who brought it
	Bundle domain.ID // in which bundle
}

// waiting is such a record as it is stored, under its name and a number.
type waiting struct {
	Why      WaitsFor        `cbor:"1,keyasint"`
	Since    int64           `cbor:"2,keyasint"` // milliseconds since 1970
	From     domain.ID       `cbor:"3,keyasint"`
	Bundle   domain.ID       `cbor:"4,keyasint"`
	Scope    domain.Scope    `cbor:"5,keyasint"`
	Envelope []byte          `cbor:"6,keyasint"`
	Keys     map[byte][]byte `cbor:"7,keyasint,omitempty"` // that came with somebody who is not here
}

// Under one name so many wait at most; more is somebody's mischief, and adds nothing.
const waitMost = 8

// waits reports whether a record waits already.
func (m *merging) waits(name, plain []byte) (is bool, err error) {
	if m.book.Waiting == 0 {
		return false, nil
	}
	n := 0
	err = eachWaiting(m.tx, m.s.ring.books, name, func(_ []byte, w waiting, _ domain.Record) error {
		n++
		is = is || bytes.Equal(w.Envelope, plain)
		return nil
	})
	return is || n >= waitMost, err
}

// wait keeps a record outside the journal.
func (m *merging) wait(one incoming, why WaitsFor, keys map[byte][]byte) error {
	raw, err := encoder.Marshal(waiting{why, m.now.UnixMilli(), m.from, m.bundle, one.rec.Scope, one.plain, keys})
	if err != nil {
		return err
	}
	if !seal.Fits(raw) {
		return domain.Refused("file", "An entry in it is too long to be kept.")
	}
	name := journalKey(one.rec.Subject, one.rec.Desk, one.rec.Seq)
	b := m.tx.Bucket(quarantineBucket)
	for n := range byte(waitMost) {
		key := append(bytes.Clone(name), n)
		if b.Get(key) == nil {
			m.book.Waiting++
			return putSealed(b, quarantineBucket, key, m.s.ring.books, raw)
		}
	}
	return nil
}

// eachWaiting reads the records that wait whose names begin with a prefix.
func eachWaiting(tx *bolt.Tx, books *seal.Box, prefix []byte, f func(key []byte, w waiting, r domain.Record) error) error {
	b := tx.Bucket(quarantineBucket)
	if b == nil {
		return nil // a store of format 1 or 2
	}
	c := b.Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		w, r, err := openWaiting(books, k, v)
		if err != nil {
			return err
		}
		if err := f(k, w, r); err != nil {
			return err
		}
	}
	return nil
}

// openWaiting opens one record that waits.
func openWaiting(books *seal.Box, key, value []byte) (waiting, domain.Record, error) {
	var w waiting
	if len(key) != journalSize+1 {
		return w, domain.Record{}, damaged("a record that waits has a name of the wrong length")
	}
	r, err := named(key[:journalSize])
	if err != nil {
		return w, r, err
	}
	plain, err := books.Open(string(quarantineBucket), key, value)
	if err != nil {
		return w, r, damaged("a record that waits does not open")
	}
	if decoder.Unmarshal(plain, &w) != nil {
		return w, r, damaged("a record that waits cannot be decoded")
	}
	r.Scope = w.Scope
	return w, r, unpack(&r, w.Envelope)
}

// Quarantine returns the records that other desks brought and that are not in the
// journal, in the order in which they came.
func (s *Store) Quarantine() ([]Waiting, error) {
	var all []Waiting
	err := s.read(func(tx *bolt.Tx) error {
		err := eachWaiting(tx, s.ring.books, nil, func(_ []byte, w waiting, r domain.Record) error {
			all = append(all, Waiting{r, w.Why, time.UnixMilli(w.Since).UTC(), w.From, w.Bundle})
			return nil
		})
		sortWaiting(all)
		if err == nil && uint64(len(all)) != s.book.Waiting {
			err = damaged("%d of %d records that wait are there", len(all), s.book.Waiting)
		}
		return err
	})
	return all, err
}

// Waits returns how many records wait, as last seen.
func (s *Store) Waits() (n int) {
	s.held(func() { n = int(s.book.Waiting) })
	return n
}

// LetIn takes the records into the journal that waited for their time, and returns how
// many those were. A store does it whenever it is opened.
func (s *Store) LetIn() (int, error) {
	n := 0
	if s.Waits() == 0 {
		return 0, nil
	}
	ripe, err := s.ripe()
	if err != nil || !ripe {
		return 0, err
	}
	err = s.write(func(tx *bolt.Tx) (err error) {
		book := s.book
		m := &merging{s: s, tx: tx, book: &book, office: s.desk.office, now: s.o.Now()}
		if n, err = m.letIn(); err != nil {
			return err
		}
		tx.OnCommit(func() { s.forget(); s.book = tally{} })
		return writeTally(tx, s.ring.books, book)
	})
	if err == nil {
		err = s.read(func(*bolt.Tx) error { return nil })
	}
	return n, err
}

// ripe reports whether the time of any record that waits has come.
func (s *Store) ripe() (is bool, err error) {
	err = s.read(func(tx *bolt.Tx) error {
		m := &merging{now: s.o.Now()}
		return eachWaiting(tx, s.ring.books, nil, func(_ []byte, w waiting, r domain.Record) error {
			is = is || w.Why == WaitsAhead && !m.ahead(r)
			return nil
		})
	})
	return is, err
}

// letIn merges what waited for its time, person by person.
func (m *merging) letIn() (int, error) {
	type group struct {
		id   domain.ID
		keys map[byte][]byte
		in   []incoming
	}
	var groups []group
	var gone [][]byte
	err := eachWaiting(m.tx, m.s.ring.books, nil, func(key []byte, w waiting, r domain.Record) error {
		if w.Why != WaitsAhead || m.ahead(r) {
			return nil
		}
		gone = append(gone, bytes.Clone(key))
		if len(groups) == 0 || groups[len(groups)-1].id != r.Subject.ID {
			groups = append(groups, group{id: r.Subject.ID, keys: w.Keys})
		}
		g := &groups[len(groups)-1]
		g.in = append(g.in, incoming{r, w.Envelope})
		return nil
	})
	for _, k := range gone {
		err = errors.Join(err, m.tx.Bucket(quarantineBucket).Delete(k))
	}
	if err != nil {
		return 0, err
	}
	m.book.Waiting -= uint64(len(gone))
	n := 0
	for _, g := range groups {
		// Two of one name may have waited: the first is taken, the other differs from it.
		for _, one := range g.in {
			told, err := m.person(g.id, g.keys, []incoming{one})
			if err != nil {
				return n, err
			}
			n += told.New
		}
	}
	return n, nil
}

// Dismiss forgets records that wait because another has their name, once somebody has
// looked at them. It returns how many those were.
func (s *Store) Dismiss(about domain.ID) (int, error) {
	n := 0
	err := s.write(func(tx *bolt.Tx) error {
		book := s.book
		var gone [][]byte
		err := eachWaiting(tx, s.ring.books, subjectKey(domain.About(about)), func(key []byte, w waiting, _ domain.Record) error {
			if w.Why == WaitsDiffering {
				gone = append(gone, bytes.Clone(key))
			}
			return nil
		})
		for _, k := range gone {
			err = errors.Join(err, tx.Bucket(quarantineBucket).Delete(k))
		}
		if err != nil {
			return err
		}
		n = len(gone)
		book.Waiting -= uint64(n)
		tx.OnCommit(func() { s.book = book })
		return writeTally(tx, s.ring.books, book)
	})
	return n, err
}

// anyWaits reports whether something waits about somebody.
func anyWaits(tx *bolt.Tx, id domain.ID) bool {
	about := subjectKey(domain.About(id))
	k, _ := tx.Bucket(quarantineBucket).Cursor().Seek(about)
	return bytes.HasPrefix(k, about)
}

// wipeWaiting deletes what waits about somebody who is erased.
func (s *Store) wipeWaiting(tx *bolt.Tx, book *tally, about []byte) error {
	n, err := deleteAll(tx.Bucket(quarantineBucket), about)
	book.Waiting -= min(n, book.Waiting)
	return err
}

// sortWaiting puts records that wait into the order in which they came.
func sortWaiting(all []Waiting) {
	slices.SortStableFunc(all, func(a, b Waiting) int {
		return cmp.Or(a.Since.Compare(b.Since), a.Record.Before(b.Record))
	})
}
