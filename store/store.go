package store

import (
	"errors"
	"io"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Store is an opened store. It may be used by several goroutines; everything below
// the lease is guarded by the lease's lock.
type Store struct {
	o        Options
	lease    *lease
	facts    Facts
	raw      []byte // the facts as they stand in the file
	ring     *keyring
	warnings []string

	book   tally  // as last seen
	lastX  uint64 // the transaction in which it was seen
	desk   world
	days   *calendar.Calendar
	past   map[domain.Subject][]domain.Record // of subjects written lately
	people map[domain.ID]domain.Participant   // the same, replayed
	who    domain.ID
	first  domain.Person // the founder, until the office knows anybody
	hurt   error         // the damage that was seen, if any
	stale  bool          // the store key was changed by another process
	looks  lookQueue
}

// world is what decisions need beside their subject.
type world struct {
	office domain.Office
	desk   domain.Desk
	days   *calendar.Calendar
}

// read runs f on what is on disk now.
func (s *Store) read(f func(*bolt.Tx) error) error {
	return s.felt(s.lease.read(func(tx *bolt.Tx) error {
		if err := s.look(tx); err != nil {
			return err
		}
		return f(tx)
	}))
}

// write runs f on what is on disk now and commits what it wrote. A store in which
// damage was seen is not written any more.
func (s *Store) write(f func(*bolt.Tx) error) error {
	return s.rewrite(func(tx *bolt.Tx) error {
		if s.hurt != nil {
			return s.hurt
		}
		return f(tx)
	})
}

// rewrite is write for what cures damage.
func (s *Store) rewrite(f func(*bolt.Tx) error) error {
	return s.felt(s.lease.write(func(tx *bolt.Tx) error {
		if err := s.look(tx); err != nil {
			return err
		}
		if err := s.modernise(tx); err != nil {
			return err
		}
		tx.OnCommit(func() { s.lastX = uint64(tx.ID()) })
		return f(tx)
	}, s.undone))
}

// modernise brings a store of an older format up to this one, inside the first
// transaction that writes to it.
func (s *Store) modernise(tx *bolt.Tx) error {
	if s.facts.Version == Version {
		return nil
	}
	for v := s.facts.Version + 1; v <= Version; v++ {
		for _, name := range bucketsSince[v] {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
	}
	if s.facts.Version < 2 {
		if err := s.spareAll(tx); err != nil {
			return err
		}
	}
	f := s.facts
	f.Version = Version
	raw, err := writeFacts(tx, f, s.ring.books)
	if err != nil {
		return err
	}
	tx.OnCommit(func() { s.facts, s.raw = f, raw })
	return writeFormer(tx, s.ring.books, nil)
}

// spareAll writes what version 2 of the format added: everything that leads into the
// store once more, and two lists that are empty.
func (s *Store) spareAll(tx *bolt.Tx) error {
	keys, err := s.ring.all(tx)
	if err != nil {
		return err
	}
	for name, key := range keys {
		if err := wrap(tx, s.ring.store, s.ring.epoch, name, key); err != nil {
			return err
		}
	}
	return errors.Join(writeSlots(tx, slotsOf(tx)), writeSheets(tx, s.ring.books, map[string]string{}), writeCopyNotes(tx, s.ring.books, nil))
}

// felt remembers damage that was seen.
func (s *Store) felt(err error) error {
	if errors.Is(err, ErrDamaged) {
		s.held(func() { s.hurt = err })
	}
	return err
}

// undone forgets what a failed transaction made, first of all its keys. After a
// failed commit nobody knows what is on disk until it is read again.
func (s *Store) undone(agreed bool) {
	if s.ring != nil {
		s.ring.forget()
	}
	if agreed {
		s.book, s.lastX = tally{}, 0
	}
}

// look notices what other processes wrote since. The caller is inside the lease.
func (s *Store) look(tx *bolt.Tx) error {
	if s.ring == nil {
		return say(ErrClosed, nil, "The store is closed.")
	}
	if s.stale {
		return sayReplaced()
	}
	now, err := readTally(tx, s.ring.books)
	if err != nil {
		return err
	}
	if now.Arrivals < s.book.Arrivals {
		return damaged("it went back to what it was %d records ago", s.book.Arrivals-now.Arrivals)
	}
	if now != s.book || s.desk.days == nil {
		s.forget()
		s.book = now
		if s.desk, err = s.readWorld(tx); err != nil {
			s.book = tally{}
			return err
		}
	}
	if !tx.Writable() {
		s.lastX = uint64(tx.ID())
	}
	return nil
}

// forget drops what may have changed on disk.
func (s *Store) forget() {
	s.ring.forget()
	clear(s.past)
	clear(s.people)
	s.desk = world{}
}

// readWorld replays the office and the desk.
func (s *Store) readWorld(tx *bolt.Tx) (world, error) {
	office, err := s.history(tx, s.officeSubject())
	if err != nil {
		return world{}, err
	}
	desk, err := s.history(tx, s.deskSubject())
	if err != nil {
		return world{}, err
	}
	return s.worldOf(office, desk)
}

func (s *Store) worldOf(office, desk []domain.Record) (world, error) {
	var w world
	err := meant("replaying the office", func() error {
		w.office, w.desk = domain.ReplayOffice(office), domain.ReplayDesk(desk)
		w.days = s.daysOf(w)
		return nil
	})
	return w, err
}

// daysOf returns the calendar of a world. It takes a moment to make, so the last one
// is kept.
func (s *Store) daysOf(w world) *calendar.Calendar {
	nation, oneOffs := w.desk.Nation(), slices.Concat(s.o.OneOffs, w.office.Days)
	if s.days == nil || s.days.Nation != nation || !slices.Equal(s.days.OneOffs, oneOffs) {
		days := calendar.New(nation, oneOffs)
		s.days = &days
	}
	return s.days
}

func (s *Store) officeSubject() domain.Subject {
	return domain.Subject{Type: domain.AboutOffice, ID: s.facts.Office}
}

func (s *Store) deskSubject() domain.Subject {
	return domain.Subject{Type: domain.AboutDesk, ID: s.facts.Seat}
}

// directorySubject is the directory of local services. It has the office's own ID: two
// desks of one office have one directory.
func (s *Store) directorySubject() domain.Subject {
	return domain.Subject{Type: domain.AboutDirectory, ID: s.facts.Office}
}

// held runs f on what is in memory.
func (s *Store) held(f func()) {
	s.lease.mu.Lock()
	defer s.lease.mu.Unlock()
	f()
}

// As chooses who is at the desk. Nobody is until somebody is registered.
func (s *Store) As(person domain.ID) error {
	return s.read(func(*bolt.Tx) error {
		if s.desk.office.Person(person).ID != person || person.IsZero() {
			return domain.Refused("as", "Nobody of that reference works here.")
		}
		s.who = person
		return nil
	})
}

// Who returns the person at the desk.
func (s *Store) Who() (p domain.Person) {
	s.held(func() { p = s.personAt(s.desk.office) })
	return p
}

func (s *Store) personAt(o domain.Office) domain.Person {
	if p := o.Person(s.who); !p.ID.IsZero() {
		return p
	}
	return s.first
}

// Office returns the office as last read.
func (s *Store) Office() (o domain.Office) {
	s.held(func() { o = s.desk.office })
	return o
}

// Desk returns the desk as last read.
func (s *Store) Desk() (d domain.Desk) {
	s.held(func() { d = s.desk.desk })
	return d
}

// Calendar returns the working days of the desk.
func (s *Store) Calendar() (c *calendar.Calendar) {
	s.held(func() { c = s.desk.days })
	return c
}

// Today returns what commands see as today.
func (s *Store) Today() calendar.Day {
	if !s.o.Today.IsZero() {
		return s.o.Today
	}
	return calendar.Of(s.o.Now())
}

// OfficeID returns the subject that office commands are for.
func (s *Store) OfficeID() domain.ID { return s.Facts().Office }

// DeskID returns the subject that desk commands are for. The name under which the
// desk writes is [Store.Facts].Desk.
func (s *Store) DeskID() domain.ID { return s.Facts().Seat }

// Facts returns what stands in clear in the store.
func (s *Store) Facts() (f Facts) {
	s.held(func() { f = s.facts })
	return f
}

// ReadOnly reports whether the file turned out to be one that may only be read.
func (s *Store) ReadOnly() (is bool) {
	s.held(func() { is = s.lease.how.readOnly })
	return is
}

// Demo reports whether the store holds made-up people only.
func (s *Store) Demo() bool { return s.Facts().Demo }

// Warnings says what makes the place of the store unsafe.
func (s *Store) Warnings() []string { return slices.Clone(s.warnings) }

// Path returns where the store is.
func (s *Store) Path() string { return s.lease.path }

// NewID makes an ID that nothing has.
func (s *Store) NewID() domain.ID { return newID(s.o) }

// newID panics when the dice fail: the standard library's never do.
func newID(o Options) domain.ID {
	var dice [10]byte
	if _, err := io.ReadFull(o.Dice, dice[:]); err != nil {
		panic("store: the dice failed")
	}
	return domain.NewID(o.Now(), dice)
}

// Close drops the keys and gives the file back. A closed store stays closed.
func (s *Store) Close() error {
	s.lease.hurry()     // whoever locks a desk does not wait for another process
	_ = s.settleLooks() // a disk that is full or may not be written keeps no log
	s.lease.end()
	s.held(func() {
		if s.ring != nil {
			s.ring.burn()
		}
		s.ring, s.desk = nil, world{}
		clear(s.past)
		clear(s.people)
	})
	return nil
}
