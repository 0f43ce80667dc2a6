package store

import (
	"bytes"
	"errors"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// Erase forgets a participant for good: their keys, records, row and drafts go in one
// transaction, in which a nameless event says that somebody was erased, the store key
// is changed, and the file is copied without what was deleted. The passphrase is
// needed to seal its slot anew. Backups are not touched: [Store.Copies] says which of
// them still hold the participant.
func (s *Store) Erase(id domain.ID, reason domain.ErasureReason, passphrase string) (Turn, error) {
	var owed bool
	err := s.read(func(*bolt.Tx) error {
		owed = s.book.Owed > 0 && s.desk.office.IsErased(id)
		return nil
	})
	if err != nil || owed {
		return Turn{}, errors.Join(err, s.purge())
	}
	told, err := s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) { return slots, nil }, func(tx *bolt.Tx) error {
		if tx.Bucket(rowsBucket).Get(id[:]) == nil && !s.desk.office.IsErased(id) && !anyWaits(tx, id) {
			return say(ErrNotFound, nil, "Nobody of that reference is on the caseload.")
		}
		commands := []domain.Command{domain.Erase{Office: s.facts.Office, Participant: id, Reason: reason}}
		// Other records of the person stay, and must not point at nobody. A record that
		// cannot be read any more points nowhere.
		if past, err := s.history(tx, domain.About(id)); err == nil {
			p := domain.Replay(domain.About(id), past)
			for _, t := range p.LinkedWith() {
				commands = append(commands, domain.TellApart{Participant: t.With, With: id})
			}
		}
		return s.bury(tx, commands...)
	})
	if told.Happened {
		var e error
		told.Drafts, e = s.mute()
		err = errors.Join(err, e)
	}
	return told, err
}

// EraseParts forgets the parts of a participant's record that are of one class and
// older than a day. Each leaves a mark in its place, with its time and without content.
// It returns how many there were; none is an error.
func (s *Store) EraseParts(id domain.ID, class domain.RetentionClass, before calendar.Day, passphrase string) (int, Turn, error) {
	past, err := s.History(domain.About(id))
	if err != nil {
		return 0, Turn{}, err
	}
	n, e := 0, domain.PartsErasure{Participant: id, Class: class, Before: before}
	takes := e.Takes(past)
	for _, r := range past {
		if takes(r) {
			n++
		}
	}
	if n == 0 {
		return 0, Turn{}, domain.Refused("class", "Nothing of %s on this record is older than %s.", class, before.Long())
	}
	told, err := s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) { return slots, nil }, func(tx *bolt.Tx) error {
		return s.bury(tx, domain.EraseParts{Office: s.facts.Office, Participant: id, Class: class, Before: before})
	})
	if !told.Happened {
		n = 0
	}
	return n, told, err
}

// empty takes the content out of the records of an erasure of parts, and tells the row
// anew.
func (s *Store) empty(tx *bolt.Tx, e domain.PartsErasure) error {
	about := domain.About(e.Participant)
	past, err := s.history(tx, about)
	if err != nil || len(past) == 0 {
		return err
	}
	takes := e.Takes(past)
	for i, r := range past {
		if !takes(r) {
			continue
		}
		mark := domain.Emptied{Class: e.Class}
		r.Scope, r.Kind, r.Event = domain.Shareable, mark.Kind(), mark
		if r.Body, err = encoder.Marshal(mark); err != nil {
			return err
		}
		plain, err := envelopeOf(r)
		if err != nil {
			return err
		}
		key := journalKey(r.Subject, r.Desk, r.Seq)
		sealed, err := s.ring.sealRecord(tx, r, key, plain)
		if err != nil {
			return err
		}
		if err := tx.Bucket(journalBucket).Put(key, sealed); err != nil {
			return err
		}
		past[i] = r
	}
	_, err = s.putRow(tx, domain.Replay(about, past))
	return err
}

// bury writes the event of an erasure and deletes what it is about.
func (s *Store) bury(tx *bolt.Tx, commands ...domain.Command) error {
	d := s.begin(tx, domain.Batch{ID: s.NewID(), Commands: commands})
	if err := d.run(); err != nil {
		return err
	}
	for _, r := range d.done {
		var err error
		switch e := r.Event.(type) {
		case domain.Erased:
			err = s.wipe(tx, &d.book, e.Participant)
		case domain.PartsErased:
			err = s.empty(tx, domain.PartsErasure(e))
		default:
		}
		if err != nil {
			return err
		}
	}
	d.book.Owed = 1
	tx.OnCommit(func() {
		s.forget()
		s.book, s.desk = d.book, d.world
	})
	return writeTally(tx, s.ring.books, d.book)
}

// wipe deletes everything that the store holds of a participant. Their bytes are gone
// from the file only after the next [Store.Compact], which the tally says is owed.
func (s *Store) wipe(tx *bolt.Tx, book *tally, id domain.ID) error {
	about := subjectKey(domain.About(id))
	n, err := deleteAll(tx.Bucket(journalBucket), about)
	if err != nil {
		return err
	}
	book.Records -= n
	book.OfRows -= n
	if tx.Bucket(rowsBucket).Get(id[:]) != nil {
		book.Rows--
	}
	err = tx.Bucket(rowsBucket).Delete(id[:])
	for _, bucket := range [][]byte{keysBucket, spareBucket} {
		_, e := deleteAll(tx.Bucket(bucket), about)
		err = errors.Join(err, e)
	}
	return errors.Join(err, s.wipeWaiting(tx, book, about), s.wipeDrafts(tx, id), s.wipeArrivals(tx, book, about), s.wipeLooks(tx, book, id))
}

// deleteAll deletes every key of a prefix and returns how many there were.
func deleteAll(b *bolt.Bucket, prefix []byte) (n uint64, err error) {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// wipeDrafts deletes what was typed about somebody. A draft that does not tell whom it is
// about stays: [Store.mute] names it.
func (s *Store) wipeDrafts(tx *bolt.Tx, id domain.ID) error {
	var gone [][]byte
	b := tx.Bucket(draftsBucket)
	err := b.ForEach(func(k, v []byte) error {
		if about, ok := draftAbout(s.ring, k, v); ok && about == id {
			gone = append(gone, bytes.Clone(k))
		}
		return nil
	})
	for _, k := range gone {
		err = errors.Join(err, b.Delete(k))
	}
	return err
}

// mute returns the drafts that do not tell whom they are about.
func (s *Store) mute() ([]domain.ID, error) {
	var all []domain.ID
	err := s.read(func(tx *bolt.Tx) error {
		all = slices.DeleteFunc(brokenDrafts(tx, s.ring), func(id domain.ID) bool {
			_, tells := draftAbout(s.ring, id[:], tx.Bucket(draftsBucket).Get(id[:]))
			return tells
		})
		return nil
	})
	return all, err
}

// nowhere is what an arrival names whose record was erased.
var nowhere = make([]byte, journalSize)

func (s *Store) wipeArrivals(tx *bolt.Tx, book *tally, about []byte) error {
	var gone [][]byte
	b := tx.Bucket(arrivalsBucket)
	err := b.ForEach(func(k, v []byte) error {
		name, err := s.ring.books.Open(string(arrivalsBucket), k, v)
		if err != nil {
			return damaged("an arrival does not open")
		}
		if bytes.HasPrefix(name, about) {
			gone = append(gone, bytes.Clone(k))
		}
		return nil
	})
	for _, k := range gone {
		err = errors.Join(err, b.Put(k, s.ring.books.Seal(arrival, string(arrivalsBucket), k, nowhere)))
	}
	book.Erased += uint64(len(gone))
	return err
}

// sayAgain says again, in a restored store, what was erased.
type sayAgain struct {
	office domain.ID
	event  domain.Event
}

func (c sayAgain) For() domain.Subject {
	return domain.Subject{Type: domain.AboutOffice, ID: c.office}
}

// DecideOffice asks nobody: whoever erased it was entitled to.
func (c sayAgain) DecideOffice(domain.Office, domain.Stamp) ([]domain.Event, error) {
	return []domain.Event{c.event}, nil
}

// erasuresAt returns the office of the store at a path as far as it tells what was
// erased: from the store itself, or from the mirror of its keys where the store does
// not open. The mirror knows nothing of parts. It also returns where that store's
// backups are.
func erasuresAt(path string, o Options, with ...age.Identity) (domain.Office, []copyNote) {
	var office domain.Office
	var notes []copyNote
	if s, err := openStore(path, o, true, with...); err == nil {
		office = s.Office()
		_ = s.read(func(tx *bolt.Tx) (err error) { // what cannot be read is not known
			notes, err = s.copyNotes(tx)
			return err
		})
		_ = s.Close() // nothing was written
	}
	for _, id := range readMirror(path, domain.DeskID{}).Erased {
		if !office.IsErased(id) {
			office.Erased = append(office.Erased, domain.Erasure{ID: id, Reason: domain.AskedToErase})
		}
	}
	return office, notes
}

// buryAll erases again, in a restored store, whatever was erased after its backup was
// made: an erasure beats everything, for ever.
func (s *Store) buryAll(gone domain.Office) error {
	var commands []domain.Command
	for _, e := range gone.Erased {
		if !s.desk.office.IsErased(e.ID) {
			commands = append(commands, sayAgain{s.facts.Office, domain.Erased{Participant: e.ID, Reason: e.Reason}})
		}
	}
	for _, e := range gone.ErasedParts {
		if !slices.Contains(s.desk.office.ErasedParts, e) {
			commands = append(commands, sayAgain{s.facts.Office, domain.PartsErased(e)})
		}
	}
	if len(commands) == 0 {
		return nil
	}
	if err := s.write(func(tx *bolt.Tx) error { return s.bury(tx, commands...) }); err != nil {
		return err
	}
	return s.Compact()
}
