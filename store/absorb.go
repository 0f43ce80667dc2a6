package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// Absorbed is what an open export brought into a store that was there.
type Absorbed struct {
	New     int // records
	Held    int // that were here already
	Joined  int // people who were not here before
	Waiting int // records that wait: from the future, or another record has their name
	Other   int // of the office or the directory, under a name that another record has: not taken
	Erased  int // people who were erased here, and stay so
	Own     int // records under this desk's own name that it does not know: not taken
	Desks   int // other desks, whose settings stay with them
}

// absorbStep is how many records go into one transaction.
const absorbStep = 4000

// Absorb brings what is missing into the journal. It is a union of sets: what is here
// stays, and what was interrupted goes on when it is done again. held.Done hears how many
// records were looked at, and may end it; what was taken until then stays.
func (s *Store) Absorb(held Held) (Absorbed, error) {
	a := &absorbing{s: s}
	var step []Telling
	size, seen, owed := 0, 0, false
	flush := func() error {
		if len(step) == 0 {
			return nil
		}
		err := s.write(func(tx *bolt.Tx) error { return a.step(tx, step) })
		if err != nil {
			return err
		}
		a.Absorbed = a.next
		seen += size
		owed = owed || a.wiped
		step, size = nil, 0
		return held.Done(seen)
	}
	for t := range held.Subjects {
		step, size = append(step, t), size+t.Records
		// Whoever the office erased is to be known before anybody else is looked at.
		if size >= absorbStep || t.About.Type != domain.AboutParticipant {
			if err := flush(); err != nil {
				return a.Absorbed, err
			}
		}
	}
	err := flush()
	if owed {
		_ = s.Compact() // it is owed, and the next opening pays
	}
	return a.Absorbed, err
}

// absorbing is an import into a store that is there.
type absorbing struct {
	Absorbed
	s     *Store
	next  Absorbed // as it is when the transaction is committed
	wiped bool
}

func (a *absorbing) step(tx *bolt.Tx, step []Telling) error {
	s := a.s
	book := s.book
	a.next = a.Absorbed
	m := &merging{s: s, tx: tx, book: &book, office: s.desk.office, now: s.o.Now(), wipes: true}
	for _, t := range step {
		told, err := t.Read()
		if err != nil {
			return err
		}
		in := make([]incoming, 0, len(told))
		for i := range told {
			if err := told[i].unpack(); err != nil {
				return err
			}
			in = append(in, incoming{told[i].Record, told[i].Envelope})
		}
		if err := a.subject(m, t.About, in); err != nil {
			return err
		}
	}
	tx.OnCommit(func() {
		s.forget()
		s.book = tally{}
	})
	return writeTally(tx, s.ring.books, book)
}

func (a *absorbing) subject(m *merging, about domain.Subject, in []incoming) error {
	switch {
	case about.Type == domain.AboutParticipant:
		return a.person(m, about.ID, in)
	case about == a.s.officeSubject(), about == a.s.deskSubject(), about == a.s.directorySubject():
		return a.common(m, in)
	case about.Type == domain.AboutDesk:
		a.next.Desks++
		return nil
	}
	return sayElsewhere()
}

// person takes the records of a participant, but those that this desk should know.
func (a *absorbing) person(m *merging, id domain.ID, in []incoming) error {
	known := in[:0]
	for _, one := range in {
		if a.claimed(m, one.rec) {
			a.next.Own++
			continue
		}
		known = append(known, one)
	}
	told, err := m.person(id, nil, known)
	if err != nil {
		return err
	}
	a.next.New += told.New
	a.next.Waiting += told.Ahead + told.Differing
	a.wiped = a.wiped || told.Emptied > 0
	switch {
	case told.Erased:
		a.next.Erased++
	case !told.Here && told.New > 0:
		a.next.Joined++
		fallthrough
	default:
		a.next.Held += told.Records - told.New - told.Ahead - told.Differing
	}
	return nil
}

// claimed reports whether a record says that this desk wrote it, which knows nothing of
// it: the numbers that it gives next would meet it.
func (a *absorbing) claimed(m *merging, r domain.Record) bool {
	return r.Desk == a.s.facts.Desk && m.tx.Bucket(journalBucket).Get(journalKey(r.Subject, r.Desk, r.Seq)) == nil
}

// common takes what is about the office, this desk or the directory. What another desk
// of the office erased is erased here as well.
func (a *absorbing) common(m *merging, in []incoming) error {
	for _, one := range in {
		key := journalKey(one.rec.Subject, one.rec.Desk, one.rec.Seq)
		if held := m.tx.Bucket(journalBucket).Get(key); held != nil {
			_, plain, err := m.s.ring.openPlain(m.tx, key, held)
			switch {
			case err != nil:
				return err
			case bytes.Equal(plain, one.plain):
				a.next.Held++
			default:
				a.next.Other++
			}
			continue
		}
		switch {
		case a.claimed(m, one.rec):
			a.next.Own++
			continue
		case m.ahead(one.rec), !m.inLine(one.rec):
			a.next.Other++
			continue
		}
		if err := m.s.put(m.tx, m.book, one.rec, one.plain); err != nil {
			return err
		}
		m.book.Clock = max(m.book.Clock, one.rec.Time)
		a.next.New++
		if err := a.obey(m, one.rec); err != nil {
			return err
		}
	}
	return nil
}

// inLine reports whether the record before it is there: nothing of what is common has
// gaps.
func (m *merging) inLine(r domain.Record) bool {
	return r.Seq == 1 || m.tx.Bucket(journalBucket).Get(journalKey(r.Subject, r.Desk, r.Seq-1)) != nil
}

// obey erases here what the office erased elsewhere.
func (a *absorbing) obey(m *merging, r domain.Record) error {
	switch e := r.Event.(type) {
	case domain.Erased:
		a.wiped, m.book.Owed = true, 1
		m.office.Erased = append(m.office.Erased, domain.Erasure{ID: e.Participant, Reason: e.Reason})
		return m.s.wipe(m.tx, m.book, e.Participant)
	case domain.PartsErased:
		a.wiped, m.book.Owed = true, 1
		return m.s.empty(m.tx, domain.PartsErasure(e))
	default:
		return nil
	}
}
