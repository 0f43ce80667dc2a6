package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Open opens a store with its passphrase, or with a recovery key in its place.
func Open(path, passphrase string, o Options) (*Store, error) {
	with, err := seal.Identities(passphrase)
	if err != nil {
		return nil, sayTyped(passphrase, err)
	}
	return OpenWith(path, o, with...)
}

// sayTyped tells what is wrong with a passphrase or recovery key before it is tried.
func sayTyped(typed string, err error) error {
	if typed == "" {
		return say(ErrWrongPassphrase, err, "The passphrase is empty.")
	}
	return say(ErrWrongPassphrase, err, "%s.", upperFirst(err.Error()))
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// OpenWith opens a store with any identity that fits one of its slots: that of the
// recovery key ([seal.ReadRecovery]), of an office, or of a passphrase.
func OpenWith(path string, o Options, with ...age.Identity) (*Store, error) {
	return openStore(path, o, false, with...)
}

// openStore opens quietly what is not ours to change: a backup.
func openStore(path string, o Options, quiet bool, with ...age.Identity) (*Store, error) {
	if err := o.valid(); err != nil {
		return nil, err
	}
	if _, err := preflight(path); err != nil {
		return nil, err
	}
	s := newStore(path, o, quiet)
	s.warnings = warnOf(path)
	var slots []seal.Slot
	err := s.lease.read(func(tx *bolt.Tx) (err error) {
		if s.facts, s.raw, err = readFacts(tx); err != nil {
			return err
		}
		slots = slotsOf(tx)
		return nil
	})
	if err == nil {
		err = s.unlock(path, slots, with...)
	}
	if err != nil {
		_ = s.Close() // nothing was written
		return nil, err
	}
	if !quiet {
		// The mirror serves only after damage: whether it could be written, for
		// example on a full disk, does not keep anybody from their work.
		if !s.limp() {
			s.remind()
		}
		s.modern()
		s.payUp()
		_ = s.mend()
		s.retell()
		s.admitRipe()
	}
	return s, nil
}

func newStore(path string, o Options, quiet bool) *Store {
	s := &Store{o: o, past: map[domain.Subject][]domain.Record{}, people: map[domain.ID]domain.Participant{}}
	s.lease = &lease{path: path, quiet: quiet, pid: os.Getpid(), how: openHow{noSync: o.NoSync, readOnly: quiet}}
	return s
}

// unlock checks the pages while it waits for the passphrase to be stretched, and
// then opens the house.
func (s *Store) unlock(path string, slots []seal.Slot, with ...age.Identity) error {
	s.lease.pause()
	sound := make(chan error, 1)
	go func() { sound <- s.structure() }()
	key, err := unlock(path, s.facts, slots, with...)
	if bad := <-sound; bad != nil {
		return bad
	}
	if err != nil {
		return err
	}
	return s.enter(key)
}

// structure checks the pages in a child process, or here if there is no way to
// start one. The lease must be paused.
func (s *Store) structure() error {
	if s.o.Check != nil {
		return s.o.Check(s.lease.path)
	}
	return CheckStructure(s.lease.path)
}

// enter opens the house with the store key.
func (s *Store) enter(key seal.Key) error {
	err := s.lease.read(func(tx *bolt.Tx) error {
		// Another process may have changed the store while the key was worked out.
		f, raw, err := readFacts(tx)
		switch {
		case err != nil:
			return err
		case f.Desk != s.facts.Desk || f.Epoch != s.facts.Epoch:
			return sayReplaced()
		}
		s.facts, s.raw = f, raw
		if s.ring, err = openKeyring(tx, key, s.facts.Epoch, s.o.Dice); err != nil {
			return err
		}
		if err := checkWitness(tx, s.raw, s.ring.books); err != nil {
			return err
		}
		return s.look(tx)
	})
	if err != nil {
		return err
	}
	s.lease.setFresh(s.same)
	s.held(s.sit)
	return nil
}

// same notices, whenever the file was opened anew, that it became another store, that
// its store key was changed, or that another program brought it up to a newer format.
func (s *Store) same(db *bolt.DB) error {
	return guard(func() error {
		return db.View(func(tx *bolt.Tx) error {
			f, raw, err := readFacts(tx)
			switch {
			case err != nil || bytes.Equal(raw, s.raw):
				return err
			case f.Desk != s.facts.Desk:
				return sayReplaced()
			}
			if err := checkWitness(tx, raw, s.ring.books); err != nil {
				return err
			}
			s.stale = f.Epoch != s.facts.Epoch
			if !s.stale {
				s.facts, s.raw = f, raw
			}
			return nil
		})
	})
}

func sayReplaced() error {
	return say(ErrReplaced, nil, "The store was replaced by another one, or its keys were changed. Unlock it again.")
}

// sit chooses who is at the desk to begin with: as the desk is set, else the first
// who was registered.
func (s *Store) sit() {
	if id, err := domain.ParseID(s.desk.desk.Settings[domain.SettingPerson]); err == nil && !s.desk.office.Person(id).ID.IsZero() {
		s.who = id
		return
	}
	if len(s.desk.office.People) > 0 {
		s.who = s.desk.office.People[0].ID
	}
}

// mend writes the mirror of the slots when it is missing or old. While a slot of the
// store is damaged, the mirror may be the only way in, and is left alone.
func (s *Store) mend() error {
	var slots []seal.Slot
	err := s.read(func(tx *bolt.Tx) error {
		slots = slotsIn(tx, metaBucket)
		return nil
	})
	if err != nil {
		return err
	}
	if !whole(slots) {
		s.warnings = append(s.warnings, "A key slot of the store is damaged; the copy in "+mirrorPath(s.lease.path)+" is used in its place. Keep that file, set the passphrase anew, and make a backup.")
		return nil
	}
	return s.mirror(slots)
}

// limp warns of a damaged header, keeps the file as it was, and reports whether there
// is one.
func (s *Store) limp() (bad bool) {
	_ = s.lease.with(func(*bolt.DB) error { // the file was open a moment ago; the next operation will tell
		var err error
		if bad, err = lame(s.lease.path); err != nil || !bad {
			return err
		}
		words := "One of the two headers of the store was damaged, so what was saved last may be missing: look at the newest entries."
		if kept, err := keepLame(s.lease.path, s.o.Now().Format(stampFormat)); err == nil {
			words += " The file as it was is kept as " + kept + "; coachdesk salvage with that name brings back what it has more."
		}
		s.warnings = append(s.warnings, words)
		return nil
	})
	return bad
}

// remind warns as long as a damaged state of the store lies beside it.
func (s *Store) remind() {
	names, err := os.ReadDir(filepath.Dir(s.lease.path))
	if err != nil {
		return
	}
	for _, e := range names {
		if strings.HasPrefix(e.Name(), filepath.Base(s.lease.path)+".damaged-") {
			s.warnings = append(s.warnings, "A damaged state of the store is kept as "+e.Name()+". It may hold what was saved last: run coachdesk salvage with that name, and delete it when nothing is missing.")
			return
		}
	}
}

// retell rebuilds rows that another version of the program wrote. Where that fails
// they are used as they are.
func (s *Store) retell() {
	if s.book.Shape == rowShape {
		return
	}
	if err := s.Rebuild(); err != nil {
		s.warnings = append(s.warnings, "The lists were written by another version of coachdesk and could not be rebuilt. "+err.Error())
	}
}

// modern brings a store of an older format up to this one. Where that fails, for
// example on a full disk, it can be read as it is.
func (s *Store) modern() {
	if s.facts.Version == Version {
		return
	}
	if err := s.write(func(*bolt.Tx) error { return nil }); err != nil {
		s.warnings = append(s.warnings, "The store has an older format and could not be brought up to this one. "+err.Error())
	}
}

// admitRipe lets records in that waited for their time. One that cannot be let in now
// waits for the next opening.
func (s *Store) admitRipe() {
	if _, err := s.LetIn(); err != nil {
		s.warnings = append(s.warnings, "Entries of another desk wait for their time and could not be let in. "+err.Error())
	}
}

// payUp compacts a store out of which somebody was erased when the process that did it
// was killed before it had compacted the file.
func (s *Store) payUp() {
	if s.book.Owed == 0 {
		return
	}
	if err := s.Compact(); err != nil {
		s.warnings = append(s.warnings, "Somebody was erased, but their bytes are still in the file: it could not be compacted. Make room and run coachdesk compact. "+err.Error())
	}
}
