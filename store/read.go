package store

import (
	"bytes"
	"os"
	"runtime"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Participant replays a participant from the journal. Every record is opened under
// its seal, and one that is missing is noticed.
func (s *Store) Participant(id domain.ID) (domain.Participant, error) {
	var p domain.Participant
	past, err := s.History(domain.About(id))
	if err != nil {
		return p, err
	}
	if len(past) == 0 {
		return p, say(ErrNotFound, nil, "Nobody of that reference is on the caseload.")
	}
	err = meant("replaying a participant", func() error {
		p = domain.Replay(domain.About(id), past)
		return nil
	})
	return p, err
}

// Directory replays the local services that the office knows of. Nobody pays for it
// before somebody looks for one.
func (s *Store) Directory() (domain.Directory, error) {
	past, err := s.History(domain.Subject{Type: domain.AboutDirectory, ID: s.OfficeID()})
	if err != nil {
		return domain.Directory{}, err
	}
	var d domain.Directory
	err = meant("replaying the directory", func() error {
		d = domain.ReplayDirectory(past)
		return nil
	})
	return d, err
}

// DirectoryRecords returns how many records the directory has, as last seen: a number
// that grows with it, and costs nothing to ask for.
func (s *Store) DirectoryRecords() (n uint64) {
	s.held(func() { n = s.book.ofDirectory() })
	return n
}

// History returns the records of a subject in the order in which they happened.
func (s *Store) History(about domain.Subject) ([]domain.Record, error) {
	var past []domain.Record
	err := s.read(func(tx *bolt.Tx) (err error) {
		past, err = s.history(tx, about)
		return err
	})
	return past, err
}

// arena is a run of keys and sealed values, copied out of a transaction.
type arena struct {
	bytes []byte
	ends  []int // of each key and value, in turn
}

func (a *arena) add(k, v []byte) {
	a.bytes = append(a.bytes, k...)
	a.ends = append(a.ends, len(a.bytes))
	a.bytes = append(a.bytes, v...)
	a.ends = append(a.ends, len(a.bytes))
}

// sample is how many rows tell how long rows are.
const sample = 64

func (a *arena) len() int { return len(a.ends) / 2 }

func (a *arena) at(i int) (k, v []byte) {
	from := 0
	if i > 0 {
		from = a.ends[2*i-1]
	}
	return a.bytes[from:a.ends[2*i]], a.bytes[a.ends[2*i]:a.ends[2*i+1]]
}

// Rows returns the row of everybody on the caseload, by the age of their IDs. Their
// number and the records that they count are compared with what was written.
func (s *Store) Rows() ([]domain.Row, error) {
	var a arena
	var book tally
	var ring keyring
	err := s.read(func(tx *bolt.Tx) error {
		book, ring = s.book, keyring{rows: s.ring.rows}
		a = arena{ends: make([]int, 0, 2*min(book.Rows, 1<<20))}
		return tx.Bucket(rowsBucket).ForEach(func(k, v []byte) error {
			if len(k) != len(domain.ID{}) || len(v) > seal.MaxSize {
				return damaged("a row has a wrong length")
			}
			a.add(k, v)
			if n := a.len(); n == sample { // the rest is about as long
				a.bytes = slices.Grow(a.bytes, len(a.bytes)/sample*cap(a.ends)/2*9/8)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	all, err := openRows(&ring, &a)
	if err != nil {
		return nil, err
	}
	rows, counted := all[:0], uint64(0)
	for _, r := range all {
		counted += uint64(max(r.Records, 0))
		if r.Name != "" { // a joining that was undone leaves nobody
			rows = append(rows, r)
		}
	}
	if uint64(len(all)) != book.Rows || counted != book.OfRows {
		return nil, damaged("the rows count %d records of %d people, the tally %d of %d", counted, len(all), book.OfRows, book.Rows)
	}
	return rows, nil
}

// openRows opens and decodes rows on every processor: that is where the time goes.
func openRows(ring *keyring, a *arena) ([]domain.Row, error) {
	rows := make([]domain.Row, a.len())
	workers := min(runtime.GOMAXPROCS(0), max(1, a.len()/256))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := len(rows) * w / workers; i < len(rows)*(w+1)/workers; i++ {
				k, v := a.at(i)
				if rows[i], errs[w] = openRow(ring, k, v); errs[w] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Everyone returns the IDs of all who have records, oldest first: also of those
// whose joining was undone.
func (s *Store) Everyone() ([]domain.ID, error) {
	var ids []domain.ID
	err := s.read(func(tx *bolt.Tx) error {
		err := tx.Bucket(rowsBucket).ForEach(func(k, v []byte) error {
			// The seal is what tells a name from one with a flipped bit.
			if _, err := s.ring.rows.Open(string(rowsBucket), k, v); err != nil || len(k) != len(domain.ID{}) {
				return damaged("a row does not open")
			}
			ids = append(ids, domain.ID(k))
			return nil
		})
		if err == nil && uint64(len(ids)) != s.book.Rows {
			err = damaged("%d of %d rows are there", len(ids), s.book.Rows)
		}
		return err
	})
	return ids, err
}

// arrival is the header of an arrival: all have one size.
var arrival = seal.Header{Format: seal.Bare, Epoch: firstEpoch}

func putArrival(tx *bolt.Tx, books *seal.Box, n uint64, key []byte) error {
	b := tx.Bucket(arrivalsBucket)
	b.FillPercent = 0.95 // numbers only grow
	k := numberKey(n)
	return b.Put(k, books.Seal(arrival, string(arrivalsBucket), k, key))
}

// sinceMax bounds what one call of Since returns.
const sinceMax = 10_000

// Since returns the records that arrived after the first n, in the order of their
// arrival, and the number to ask for next. There may be more: ask until the number
// does not grow any more, since records that were erased are left out.
func (s *Store) Since(n uint64) (records []domain.Record, next uint64, err error) {
	err = s.read(func(tx *bolt.Tx) error {
		next = n
		if n >= s.book.Arrivals {
			next = s.book.Arrivals
			return nil
		}
		c := tx.Bucket(arrivalsBucket).Cursor()
		for k, v := c.Seek(numberKey(n + 1)); k != nil && len(records) < sinceMax; k, v = c.Next() {
			if !bytes.Equal(k, numberKey(next+1)) {
				return damaged("an arrival is missing")
			}
			r, there, err := s.arrived(tx, k, v)
			if err != nil {
				return err
			}
			if there {
				records = append(records, r)
			}
			next++
		}
		if len(records) < sinceMax && next != s.book.Arrivals {
			return damaged("%d of %d arrivals are there", next, s.book.Arrivals)
		}
		return nil
	})
	if err != nil {
		return nil, n, err
	}
	return records, next, nil
}

// arrived reads the record that an arrival names, unless it was erased.
func (s *Store) arrived(tx *bolt.Tx, k, v []byte) (r domain.Record, there bool, err error) {
	name, err := s.ring.books.Open(string(arrivalsBucket), k, v)
	if err != nil {
		return r, false, damaged("an arrival does not open")
	}
	if bytes.Equal(name, nowhere) {
		return r, false, nil
	}
	sealed := tx.Bucket(journalBucket).Get(name)
	if sealed == nil {
		return r, false, damaged("a record that arrived is missing")
	}
	r, err = s.ring.openRecord(tx, name, sealed)
	return r, true, err
}

// Count returns how many people had records when the store was last looked at.
func (s *Store) Count() (n int) {
	s.held(func() { n = int(s.book.Rows) })
	return n
}

// Changed returns a number that grows with every record that anybody writes. It is
// cheap enough to be asked every second, and leaves the lock to others.
func (s *Store) Changed() (uint64, error) {
	var n uint64
	var same bool
	var err error
	s.held(func() {
		l := s.lease
		n = s.book.Arrivals
		if l.db != nil && l.broken == nil && !s.stale && s.book != (tally{}) {
			same = true // nobody else can have written
			return
		}
		var tx uint64
		tx, err = preflight(l.path)
		same = err == nil && tx == s.lastX && !l.closed
		if now, e := os.Stat(l.path); e != nil || l.info == nil || !os.SameFile(now, l.info) {
			same = false // another file has the name, whatever it counts
		}
	})
	if same || err != nil {
		return n, err
	}
	err = s.read(func(*bolt.Tx) error {
		n = s.book.Arrivals
		return nil
	})
	s.lease.pause()
	return n, err
}
