package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Openness says how much of a store an open export tells.
type Openness struct {
	Private    bool // also what is of a private scope
	Restricted bool // also people whose records are restricted
}

// Survey is what an open export is going to hold, as of one moment.
type Survey struct {
	Openness
	Arrivals    uint64 // the last of that moment
	Gone        uint64 // of them, erased
	People      int
	Records     int
	LeftPeople  int
	LeftRecords int

	hidden map[domain.ID]bool // whose records are restricted
	held   map[string]bool    // names of shareable records that tell what became private
}

// Survey counts what an open export holds and what it leaves out.
func (s *Store) Survey(o Openness) (Survey, error) {
	v := Survey{Openness: o}
	rows, err := s.Rows()
	if err != nil {
		return v, err
	}
	v.hidden = hiddenIn(rows)
	err = s.read(func(tx *bolt.Tx) error {
		v.Arrivals, v.Gone = s.book.Arrivals, s.book.Erased
		return s.survey(tx, &v)
	})
	return v, err
}

// hiddenIn returns everybody whom lists do not name, with all their records.
func hiddenIn(rows []domain.Row) map[domain.ID]bool {
	hidden := map[domain.ID]bool{}
	for _, r := range domain.Lists(rows) {
		if r.Restricted {
			for _, id := range r.RecordIDs() {
				hidden[id] = true
			}
		}
	}
	return hidden
}

// survey goes through the names of all records; those of a person are opened only when
// something of them is private.
func (s *Store) survey(tx *bolt.Tx, v *Survey) error {
	v.held = map[string]bool{}
	c := tx.Bucket(journalBucket).Cursor()
	k, sealed := c.First()
	for k != nil {
		first, err := named(k)
		if err != nil {
			return err
		}
		prefix, n, private := subjectKey(first.Subject), 0, 0
		for ; k != nil && bytes.HasPrefix(k, prefix); k, sealed = c.Next() {
			h, err := seal.HeaderOf(sealed)
			if err != nil {
				return damaged("a record has an unknown format")
			}
			n++
			if h.Scope != byte(domain.Shareable) {
				private++
			}
		}
		person := first.Subject.Type == domain.AboutParticipant
		switch {
		case person && !v.Restricted && v.hidden[first.Subject.ID]:
			v.LeftPeople++
			v.LeftRecords += n
			continue
		case !v.Private && private > 0:
			before := len(v.held)
			if err := s.holdBack(tx, first.Subject, v.held); err != nil {
				return err
			}
			private += len(v.held) - before
			n -= private
			v.LeftRecords += private
		}
		if v.Records += n; person {
			v.People++
		}
	}
	return nil
}

// holdBack finds the shareable records of a subject that tell what was put into a
// private scope later.
func (s *Store) holdBack(tx *bolt.Tx, about domain.Subject, held map[string]bool) error {
	past, err := s.history(tx, about)
	if err != nil {
		return err
	}
	private := domain.TellsPrivately(past)
	for _, r := range past {
		if !r.Scope.Private() && private(r) {
			held[string(journalKey(r.Subject, r.Desk, r.Seq))] = true
		}
	}
	return nil
}

// leaves reports whether a record stays out.
func (v Survey) leaves(name []byte, scope byte) bool {
	about := domain.SubjectType(name[0])
	if about == domain.AboutParticipant && !v.Restricted && v.hidden[domain.ID(name[1:subjectSize])] {
		return true
	}
	return !v.Private && (scope != byte(domain.Shareable) || v.held[string(name)])
}

// Leaves reports whether what is about a participant stays out.
func (v Survey) Leaves(id domain.ID) bool { return !v.Restricted && v.hidden[id] }

// Unchanged reports whether nobody was restricted, erased or named again since: then
// what was written by this survey is still what may be written.
func (v Survey) unchanged(now Survey) bool {
	same := v.Gone == now.Gone && len(v.hidden) == len(now.hidden) && len(v.held) <= len(now.held)
	for id := range v.hidden {
		same = same && now.hidden[id]
	}
	return same
}
