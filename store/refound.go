package store

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"filippo.io/age"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// Refounding is what a store is made anew of: what an open export says of the store that
// it was made from.
type Refounding struct {
	Passphrase string
	Demo       bool
	Office     domain.ID
	Seat       domain.ID
	Founded    calendar.Day
}

// Held is everything that an open export holds.
type Held struct {
	Records  int
	Arrivals iter.Seq[domain.Record] // only the names, in the order of arrival
	Subjects iter.Seq[Telling]       // in the order of a journal, each subject once
	Drafts   []Draft
	Looks    []domain.Look
	Done     func(records int) error // hears how far it is, and may end it
}

// Telling reads the records of one subject, in the order of their names. It is called
// once, on any processor.
type Telling struct {
	About   domain.Subject
	Records int
	Read    func() ([]Told, error)
}

// Told is a record as an export tells it.
type Told struct {
	Record   domain.Record // its name and its scope count
	Envelope []byte
	Line     int // of the export
}

// unpack reads what a record tells. The error says in which line it is told.
func (t *Told) unpack() error {
	switch {
	case !seal.Fits(t.Envelope):
		return domain.Refused("file", "Line %d: the record is larger than any that is kept.", t.Line)
	case t.Record.Seq == 0 || t.Record.Subject.ID.IsZero():
		return domain.Refused("file", "Line %d: the record is about nothing, or has no number.", t.Line)
	case t.Record.Scope.Private() && t.Record.Subject.Type != domain.AboutParticipant:
		return domain.Refused("file", "Line %d: only what is about a participant has a private scope.", t.Line)
	}
	if err := unpack(&t.Record, t.Envelope); errors.Is(err, ErrDamaged) {
		return domain.Refused("file", "Line %d: what this record tells cannot be read.", t.Line)
	} else if err != nil {
		return err
	}
	return nil
}

// Refound makes a store of everything that another one held. It is a desk of its own:
// the records keep the name of the desk that wrote them. It appears under its name when
// it is whole; what an interrupted attempt leaves, path.new, the next one sweeps away.
func Refound(path string, f Refounding, held Held, o Options) (s *Store, recovery string, err error) {
	if err := errors.Join(o.valid(), mayCreate(path)); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, "", classify(err)
	}
	tmp := path + ".new"
	if err := sweep(tmp); err != nil {
		return nil, "", err
	}
	s = newStore(tmp, o, true)
	s.lease.how.readOnly = false
	s.facts = Facts{Version: Version, Demo: f.Demo, Office: f.Office, Seat: f.Seat, Made: f.Founded, Epoch: firstEpoch}
	recovery, slots, err := s.refound(tmp, f.Passphrase, held)
	if err == nil {
		s.lease.pause()
		err = classify(moveNew(tmp, path))
	}
	if err != nil {
		_ = s.Close()      // the file is thrown away
		_ = os.Remove(tmp) // the next attempt would do it as well
		return nil, "", err
	}
	s.lease.rename(path)
	s.warnings = warnOf(path)
	if err := s.mirror(slots); err != nil {
		s.warnings = append(s.warnings, "The file with the keys beside the store could not be written. It is written when the store is opened next.")
	}
	return s, recovery, nil
}

// refound lays out the file, fills it, and opens it.
func (s *Store) refound(tmp, passphrase string, held Held) (recovery string, slots []seal.Slot, err error) {
	if _, err := io.ReadFull(s.o.Dice, s.facts.Desk[:]); err != nil {
		return "", nil, fmt.Errorf("name the desk: %w", err)
	}
	key, err := seal.NewKey(s.o.Dice)
	if err != nil {
		return "", nil, err
	}
	sheet, err := age.GenerateX25519Identity()
	if err != nil {
		return "", nil, fmt.Errorf("make a recovery key: %w", err)
	}
	if slots, err = s.firstSlots(key, passphrase, sheet.Recipient()); err != nil {
		return "", nil, err
	}
	if err := s.layOut(tmp, key, slots, sheet.Recipient().String()); err != nil {
		return "", nil, err
	}
	if err := s.fill(tmp, held); err != nil {
		return "", nil, classify(err)
	}
	if err := CheckStructure(tmp); err != nil {
		return "", nil, err
	}
	return sheet.String(), slots, s.enter(key)
}
