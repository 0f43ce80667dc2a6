package store

import (
	"bytes"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// Finding is something that a check found wrong, in one plain sentence.
type Finding struct {
	About    domain.Subject // zero when it is about no single subject
	Sentence string
	Draft    domain.ID // the draft that does not open; zero when it is about none
}

// findingsMax bounds how much a check tells of a file that is broken all over.
const findingsMax = 100

// Check reads everything in the store: the structure of the file, every seal,
// every sequence and count, the arrivals, and whether the rows are what the journal
// adds up to. No finding means that all of it is well. The error says that the
// check itself could not be made.
func (s *Store) Check() ([]Finding, error) {
	s.lease.pause()
	if err := s.structure(); err != nil {
		if errors.Is(err, ErrDamaged) {
			return []Finding{{Sentence: err.Error()}}, nil
		}
		return nil, err
	}
	a := &audit{s: s}
	err := s.read(func(tx *bolt.Tx) error {
		a.tx = tx
		s.ring.forget() // the keys, too, are read from the file
		for _, step := range []func() error{a.facts, a.keys, a.spares, a.journal, a.rows, a.arrivals, a.looks, a.drafts, a.quarantine, a.former} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, ErrDamaged) {
		a.find(domain.Subject{}, "%s", err)
		err = nil
	}
	return a.found, err
}

// audit is a check while it goes on.
type audit struct {
	s     *Store
	tx    *bolt.Tx
	found []Finding
	count tally
	seen  map[domain.ID]bool // participants with records
}

func (a *audit) find(about domain.Subject, format string, args ...any) {
	if len(a.found) < findingsMax {
		a.found = append(a.found, Finding{About: about, Sentence: fmt.Sprintf(format, args...)})
	}
}

// note turns damage into a finding and goes on; other errors end the check.
func (a *audit) note(about domain.Subject, err error) error {
	if err == nil || !errors.Is(err, ErrDamaged) {
		return err
	}
	a.find(about, "%s", err)
	return nil
}

func (a *audit) facts() error {
	if bad, err := lame(a.s.lease.path); err != nil {
		return err
	} else if bad {
		a.find(domain.Subject{}, "One of the two headers of the file is damaged: what was saved last may be missing.")
	}
	if err := a.note(domain.Subject{}, checkWitness(a.tx, a.s.raw, a.s.ring.books)); err != nil {
		return err
	}
	for _, name := range [][]byte{identityName, signatureName} {
		_, err := getSealed(a.tx.Bucket(metaBucket), metaBucket, name, a.s.ring.books)
		if err := a.note(domain.Subject{}, err); err != nil {
			return err
		}
	}
	if err := a.note(domain.Subject{}, a.sheets()); err != nil {
		return err
	}
	places := [][]byte{metaBucket, spareBucket}
	if a.s.facts.Version < 2 {
		places = places[:1]
	}
	for _, place := range places {
		slots := slotsIn(a.tx, place)
		if len(slots) == 0 {
			a.find(domain.Subject{}, "The key slots in the part %q cannot be read.", place)
		}
		for _, slot := range slots {
			if !slot.Whole() {
				a.find(domain.Subject{}, "The key slot %q was changed and may not open the store any more.", slot.Kind)
			}
		}
	}
	return nil
}

func (a *audit) sheets() error {
	_, err := readSheets(a.tx, a.s.ring.books)
	if err == nil {
		_, err = a.s.copyNotes(a.tx)
	}
	return err
}

func (a *audit) keys() error {
	return a.tx.Bucket(keysBucket).ForEach(func(k, _ []byte) error {
		if len(k) != len(keyName{}) {
			a.find(domain.Subject{}, "A key has a name of the wrong length.")
			return nil
		}
		_, err := a.s.ring.open(a.tx, keyName(k))
		if err == nil {
			err = a.spareKey(keyName(k))
		}
		return a.note(domain.Subject{}, err)
	})
}

// spareKey compares a key with its copy.
func (a *audit) spareKey(name keyName) error {
	if a.s.facts.Version < 2 {
		return nil
	}
	one, err := a.s.ring.unwrap(a.tx, keysBucket, name)
	if err != nil {
		return err
	}
	other, err := a.s.ring.unwrap(a.tx, spareBucket, name)
	if err == nil && !bytes.Equal(one, other) {
		err = damaged("a key differs from its copy")
	}
	return err
}

// journal opens every record, subject by subject, and compares each with its row.
func (a *audit) journal() error {
	a.seen = map[domain.ID]bool{}
	return a.s.bySubject(a.tx, func(about domain.Subject, past []domain.Record, bad error) error {
		n := uint64(len(past))
		a.count.Records += n
		switch about.Type {
		case domain.AboutParticipant:
			a.count.OfRows += n
			a.seen[about.ID] = true
		case domain.AboutOffice:
			a.count.OfOffice += n
		case domain.AboutDesk:
			a.count.OfDesk += n
		case domain.AboutDirectory: // compared as what is left of all records
		}
		for _, r := range past {
			a.count.Clock = max(a.count.Clock, r.Time)
		}
		if bad != nil {
			return a.note(about, bad)
		}
		if about.Type != domain.AboutParticipant {
			return nil
		}
		return a.compare(about, past)
	})
}

// compare tells whether a row is what the records add up to.
func (a *audit) compare(about domain.Subject, past []domain.Record) error {
	domain.Sort(past)
	want, err := retold(about.ID, past)
	if err != nil {
		return err
	}
	v := a.tx.Bucket(rowsBucket).Get(about.ID[:])
	if v == nil {
		a.find(about, "A participant has records but no row in the lists. Rebuilding the lists cures it.")
		return nil
	}
	got, err := a.s.ring.rows.Open(string(rowsBucket), about.ID[:], v)
	if a.s.book.Shape != rowShape {
		want = got // rows of another version are rebuilt before they are used
	}
	switch {
	case err != nil:
		a.find(about, "A row of the lists does not open. Rebuilding the lists cures it.")
	case !bytes.Equal(got, want):
		a.find(about, "A row of the lists differs from what the journal adds up to. Rebuilding the lists cures it.")
	}
	return nil
}

// rows counts, and finds rows of people who have no records.
func (a *audit) rows() error {
	err := a.tx.Bucket(rowsBucket).ForEach(func(k, _ []byte) error {
		a.count.Rows++
		if len(k) != len(domain.ID{}) || !a.seen[domain.ID(k)] {
			a.find(domain.Subject{}, "The lists have a row of somebody who has no records.")
		}
		return nil
	})
	if err != nil {
		return err
	}
	book := a.s.book
	for _, c := range []struct {
		what      string
		got, want uint64
	}{
		{"records", a.count.Records, book.Records},
		{"records of participants", a.count.OfRows, book.OfRows},
		{"records of the office", a.count.OfOffice, book.OfOffice},
		{"records of the desk", a.count.OfDesk, book.OfDesk},
		{"records of the directory", a.count.ofDirectory(), book.ofDirectory()},
		{"rows", a.count.Rows, book.Rows},
	} {
		if c.got != c.want {
			a.find(domain.Subject{}, "There are %d %s in the store, but %d were written.", c.got, c.what, c.want)
		}
	}
	if a.count.Clock > book.Clock {
		a.find(domain.Subject{}, "A record is later than the newest that was counted.")
	}
	return nil
}

// arrivals must count up from one, and name every record of the journal once.
func (a *audit) arrivals() error {
	named := make(map[string]bool, a.count.Records)
	n, erased := uint64(0), uint64(0)
	journal := a.tx.Bucket(journalBucket)
	err := a.tx.Bucket(arrivalsBucket).ForEach(func(k, v []byte) error {
		if n++; !bytes.Equal(k, numberKey(n)) {
			return damaged("arrival %d is missing", n)
		}
		name, err := a.s.ring.books.Open(string(arrivalsBucket), k, v)
		switch {
		case err != nil:
			return a.note(domain.Subject{}, damaged("an arrival does not open"))
		case bytes.Equal(name, nowhere):
			erased++
			return nil
		case journal.Get(name) == nil:
			a.find(domain.Subject{}, "A record that arrived is missing from the journal.")
		case named[string(name)]:
			a.find(domain.Subject{}, "A record arrived twice.")
		}
		named[string(name)] = true
		return nil
	})
	if err != nil {
		return a.note(domain.Subject{}, err)
	}
	if n != a.s.book.Arrivals || uint64(len(named)) != a.count.Records || erased != a.s.book.Erased {
		a.find(domain.Subject{}, "%d arrivals name %d records and %d that were erased; %d arrivals, %d records and %d erased were written.", n, len(named), erased, a.s.book.Arrivals, a.count.Records, a.s.book.Erased)
	}
	return nil
}

func (a *audit) looks() error {
	return a.note(domain.Subject{}, eachLook(a.tx, a.s.ring.books, a.s.book, func(uint64, domain.Look) {}))
}

// quarantine opens and counts what waits outside the journal.
func (a *audit) quarantine() error {
	n := uint64(0)
	err := eachWaiting(a.tx, a.s.ring.books, nil, func(_ []byte, _ waiting, r domain.Record) error {
		n++
		if a.s.desk.office.IsErased(r.Subject.ID) {
			a.find(r.Subject, "Something waits about somebody who was erased.")
		}
		return nil
	})
	if err != nil {
		return a.note(domain.Subject{}, err)
	}
	if n != a.s.book.Waiting {
		a.find(domain.Subject{}, "There are %d records in quarantine, but %d were put there.", n, a.s.book.Waiting)
	}
	return nil
}

func (a *audit) former() error {
	_, err := readFormer(a.tx, a.s.ring.books)
	return a.note(domain.Subject{}, err)
}

// spares finds keys of people who are gone.
func (a *audit) spares() error {
	if a.s.facts.Version < 2 {
		return nil
	}
	return a.tx.Bucket(spareBucket).ForEach(func(k, _ []byte) error {
		if len(k) == len(keyName{}) && a.tx.Bucket(keysBucket).Get(k) == nil {
			a.find(domain.Subject{}, "There is a copy of a key that is there no more.")
		}
		return nil
	})
}

func (a *audit) drafts() error {
	return a.tx.Bucket(draftsBucket).ForEach(func(k, v []byte) error {
		_, err := openDraft(a.s.ring, k, v)
		n := len(a.found)
		err = a.note(domain.Subject{}, err)
		if len(a.found) > n && len(k) == len(domain.ID{}) {
			a.found[n].Draft = domain.ID(k)
		}
		return err
	})
}
