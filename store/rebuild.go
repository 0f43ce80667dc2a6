package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// Rebuild tells every row anew from the journal. It touches nothing else, and
// refuses when a record is missing or does not open: a loss must stay visible. When
// only the rows were damaged, the store may be written again.
func (s *Store) Rebuild() error {
	return s.rewrite(func(tx *bolt.Tx) error {
		book := s.book
		rows, err := s.rebuilt(tx, book)
		if err != nil {
			return err
		}
		if err := tx.DeleteBucket(rowsBucket); err != nil {
			return err
		}
		b, err := tx.CreateBucket(rowsBucket)
		if err != nil {
			return err
		}
		b.FillPercent = 0.95 // they come in the order of their keys
		for _, r := range rows {
			if err := putSealed(b, rowsBucket, r.id[:], s.ring.rows, r.raw); err != nil {
				return err
			}
		}
		book.Rows, book.Shape = uint64(len(rows)), rowShape
		tx.OnCommit(func() { s.book, s.hurt = book, nil })
		return writeTally(tx, s.ring.books, book)
	})
}

type rebuiltRow struct {
	id  domain.ID
	raw []byte
}

// rebuilt retells the rows, and compares the number of records with the tally.
func (s *Store) rebuilt(tx *bolt.Tx, book tally) ([]rebuiltRow, error) {
	var rows []rebuiltRow
	var count tally
	err := s.bySubject(tx, func(about domain.Subject, past []domain.Record, bad error) error {
		if bad != nil {
			return bad
		}
		count.Records += uint64(len(past))
		if about.Type != domain.AboutParticipant {
			return nil
		}
		count.OfRows += uint64(len(past))
		domain.Sort(past)
		raw, err := retold(about.ID, past)
		rows = append(rows, rebuiltRow{about.ID, raw})
		return err
	})
	if err != nil {
		return nil, err
	}
	if count.Records != book.Records || count.OfRows != book.OfRows {
		return nil, damaged("%d of %d records are in the journal", count.Records, book.Records)
	}
	return rows, nil
}

// bySubject reads the whole journal, one subject at a time. Damage of a subject is
// given to f beside the records that could be read.
func (s *Store) bySubject(tx *bolt.Tx, f func(about domain.Subject, past []domain.Record, bad error) error) error {
	c := tx.Bucket(journalBucket).Cursor()
	k, v := c.First()
	for k != nil {
		first, err := named(k)
		if err != nil {
			return err
		}
		prefix := subjectKey(first.Subject)
		var past []domain.Record
		var line sequence
		var bad error
		for ; k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			r, err := s.ring.openRecord(tx, k, v)
			if err == nil && !line.follows(r, s.facts.Desk) {
				err = damaged("a record is missing from a sequence")
			}
			if err != nil {
				if bad == nil {
					bad = err
				}
				line = sequence{about: r.Subject, desk: r.Desk, seq: r.Seq}
				continue
			}
			past = append(past, r)
		}
		if err := f(first.Subject, past, bad); err != nil {
			return err
		}
	}
	return nil
}
