package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// history reads all records of a subject in the order in which they happened. It
// notices gaps, and compares the number with what was counted when they were
// written.
func (s *Store) history(tx *bolt.Tx, about domain.Subject) ([]domain.Record, error) {
	want, err := s.counted(tx, about)
	if err != nil {
		return nil, err
	}
	past, err := s.scan(tx, about, int(min(want, 1<<12)))
	if err != nil {
		return nil, err
	}
	if uint64(len(past)) != want {
		return nil, damaged("%d of %d records of one subject are there", len(past), want)
	}
	domain.Sort(past)
	return past, nil
}

// scan reads the records of a subject, about n, in the order of their names.
func (s *Store) scan(tx *bolt.Tx, about domain.Subject, n int) ([]domain.Record, error) {
	prefix := subjectKey(about)
	past := make([]domain.Record, 0, n)
	var line sequence
	c := tx.Bucket(journalBucket).Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		r, err := s.ring.openRecord(tx, k, v)
		if err != nil {
			return nil, err
		}
		if !line.follows(r, s.facts.Desk) {
			return nil, damaged("a record is missing from a sequence")
		}
		past = append(past, r)
	}
	return past, nil
}

// sequence checks that every desk's records of a subject count up from one. Those of
// other desks about a participant may have gaps: what is private stays with its writer.
// What is taken away of them is missed by the counts.
type sequence struct {
	about domain.Subject
	desk  domain.DeskID
	seq   uint64
}

func (l *sequence) follows(r domain.Record, own domain.DeskID) bool {
	if r.Subject != l.about || r.Desk != l.desk {
		*l = sequence{about: r.Subject, desk: r.Desk}
	}
	last := l.seq
	l.seq = r.Seq
	if r.Desk != own && r.Subject.Type == domain.AboutParticipant {
		return r.Seq > last
	}
	return r.Seq == last+1
}

// counted returns how many records a subject has, as it was counted beside the
// journal: in the row of a participant, in the tally for the others.
func (s *Store) counted(tx *bolt.Tx, about domain.Subject) (uint64, error) {
	switch about {
	case s.officeSubject():
		return s.book.OfOffice, nil
	case s.deskSubject():
		return s.book.OfDesk, nil
	case s.directorySubject():
		return s.book.ofDirectory(), nil
	}
	if about.Type != domain.AboutParticipant {
		return 0, damaged("it holds records of another office or desk")
	}
	row, ok, err := s.readRow(tx, about.ID)
	if err != nil || !ok {
		return 0, err
	}
	if row.Records < 0 {
		return 0, damaged("a row counts less than nothing")
	}
	return uint64(row.Records), nil
}

func (s *Store) readRow(tx *bolt.Tx, id domain.ID) (domain.Row, bool, error) {
	v := tx.Bucket(rowsBucket).Get(id[:])
	if v == nil {
		return domain.Row{}, false, nil
	}
	row, err := openRow(s.ring, id[:], v)
	return row, err == nil, err
}

// openRow opens and decodes a row, which must be that of its key.
func openRow(ring *keyring, key, value []byte) (domain.Row, error) {
	var row domain.Row
	plain, err := ring.rows.Open(string(rowsBucket), key, value)
	if err != nil {
		return row, damaged("a row does not open")
	}
	if decoder.Unmarshal(plain, &row) != nil {
		return row, damaged("a row cannot be decoded")
	}
	if !bytes.Equal(row.ID[:], key) {
		return row, damaged("a row stands in the place of another")
	}
	return row, nil
}

// pastMax bounds the subjects whose records are kept for the next command.
const pastMax = 16

// recall returns the history of a subject for a command. What this process wrote
// or read last, and nobody has changed since, is not read again.
func (s *Store) recall(tx *bolt.Tx, about domain.Subject) ([]domain.Record, error) {
	if past, ok := s.past[about]; ok {
		return past, nil
	}
	return s.history(tx, about)
}

// remember keeps what a command left for the next one.
func (s *Store) remember(d *deed) {
	if len(s.past)+len(d.past) > pastMax {
		clear(s.past)
		clear(s.people)
	}
	if len(d.past) > pastMax {
		return // an import touches many people, each once
	}
	for about, records := range d.past {
		s.past[about] = records
	}
	for id, p := range d.people {
		s.people[id] = p
	}
}
