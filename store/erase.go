package store

import (
	"bytes"
	"errors"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
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
		return Turn{}, errors.Join(err, s.finishErasure())
	}
	told, err := s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) { return slots, nil }, func(tx *bolt.Tx) error {
		if tx.Bucket(rowsBucket).Get(id[:]) == nil && !s.desk.office.IsErased(id) {
			return say(ErrNotFound, nil, "Nobody of that reference is on the caseload.")
		}
		return s.bury(tx, domain.Erase{Office: s.facts.Office, Participant: id, Reason: reason})
	})
	if err != nil {
		return told, err
	}
	return told, s.finishErasure()
}

// finishErasure takes the bytes of whoever was erased out of the file.
func (s *Store) finishErasure() error {
	if err := s.Compact(); err != nil {
		return sentence{"They are erased, but their bytes are still in the file: run coachdesk compact as soon as it can be written. " + err.Error(), err, nil}
	}
	return nil
}

// bury writes the event of an erasure and deletes what it is about.
func (s *Store) bury(tx *bolt.Tx, commands ...domain.Command) error {
	d := s.begin(tx, domain.Batch{ID: s.NewID(), Commands: commands})
	if err := d.run(); err != nil {
		return err
	}
	for _, r := range d.done {
		e, ok := r.Event.(domain.Erased)
		if !ok {
			continue
		}
		if err := s.wipe(tx, &d.book, e.Participant); err != nil {
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
	return errors.Join(err, s.wipeDrafts(tx, id), s.wipeArrivals(tx, book, about), s.wipeLooks(tx, book, id))
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

func (s *Store) wipeDrafts(tx *bolt.Tx, id domain.ID) error {
	var gone [][]byte
	b := tx.Bucket(draftsBucket)
	err := b.ForEach(func(k, v []byte) error {
		d, err := openDraft(s.ring, k, v)
		if err == nil && d.Participant == id {
			gone = append(gone, bytes.Clone(k))
		}
		return err
	})
	for _, k := range gone {
		err = errors.Join(err, b.Delete(k))
	}
	return err
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

// bury says again, in a restored store, that somebody was erased.
type buryAgain struct {
	office  domain.ID
	erasure domain.Erasure
}

func (c buryAgain) For() domain.Subject {
	return domain.Subject{Type: domain.AboutOffice, ID: c.office}
}

// DecideOffice asks nobody: whoever erased them was entitled to.
func (c buryAgain) DecideOffice(o domain.Office, _ domain.Stamp) ([]domain.Event, error) {
	if o.IsErased(c.erasure.ID) {
		return nil, nil
	}
	return []domain.Event{domain.Erased{Participant: c.erasure.ID, Reason: c.erasure.Reason}}, nil
}

// erasuresAt returns who was erased from the store at a path, as far as can be known:
// from the store itself, or from the mirror of its keys where the store does not open.
func erasuresAt(path string, o Options, with ...age.Identity) []domain.Erasure {
	var all []domain.Erasure
	if s, err := openStore(path, o, true, with...); err == nil {
		all = s.Office().Erased
		_ = s.Close() // nothing was written
	}
	for _, id := range readMirror(path, domain.DeskID{}).Erased {
		known := domain.Office{Erased: all}
		if !known.IsErased(id) {
			all = append(all, domain.Erasure{ID: id, Reason: domain.AskedToErase})
		}
	}
	return all
}

// buryAll erases again, in a restored store, whoever was erased after its backup was
// made: an erasure beats everything, for ever.
func (s *Store) buryAll(gone []domain.Erasure) error {
	var commands []domain.Command
	for _, e := range gone {
		if !s.desk.office.IsErased(e.ID) {
			commands = append(commands, buryAgain{s.facts.Office, e})
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
