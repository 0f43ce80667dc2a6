package store

import (
	"bytes"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// incoming is a record that another desk wrote, opened: its name, its scope and its
// envelope as it was first written.
type incoming struct {
	rec   domain.Record
	plain []byte
}

// Arriving is what a merge does, or would do, to one participant.
type Arriving struct {
	ID        domain.ID
	Name      string // as the lists will show it; empty when nothing tells it
	Here      bool   // was on the caseload before
	Erased    bool   // was erased here, and stays so: nothing is taken
	Records   int    // that came
	New       int    // of them, that are taken
	Ahead     int    // that wait, because their clock is more than a day ahead
	Differing int    // that wait, because another entry has their name here
	Emptied   int    // whose content goes here too, because it was erased there
}

// merging takes records of other desks into the journal, inside one transaction. A
// merge is a union of sets: what is here already is left alone, in whichever order and
// however often it comes. It knows nothing of how the records came.
type merging struct {
	s      *Store
	tx     *bolt.Tx
	book   *tally
	office domain.Office
	now    time.Time
	from   domain.ID // who brought the records, for those that have to wait
	bundle domain.ID
	wipes  bool // what brings them may tell that a content was erased
}

// aheadMost is how far the clock of another desk may be ahead of this one's. A record
// from further in the future would drag the clocks of everybody along.
const aheadMost = 24 * time.Hour

// verdict is what becomes of a record that comes.
type verdict int

const (
	isNew    verdict = iota
	isHeld           // it is here, or waits here
	isErased         // its content was erased here and stays so
	isMark           // it says that the content of what is here was erased
	isFound          // it was lost here in a damage, and is back
	isAhead          // it waits
	isOther          // another record has its name: it waits
)

// judge compares a record with what is here. The keys need not be there yet.
func (m *merging) judge(in incoming) (verdict, error) {
	key := journalKey(in.rec.Subject, in.rec.Desk, in.rec.Seq)
	held := m.tx.Bucket(journalBucket).Get(key)
	if held == nil {
		waits, err := m.waits(key, in.plain)
		switch {
		case err != nil || waits:
			return isHeld, err
		case m.ahead(in.rec):
			return isAhead, nil
		}
		return isNew, nil
	}
	old, plain, err := m.s.ring.openPlain(m.tx, key, held)
	switch {
	case err != nil:
		return isHeld, err
	case bytes.Equal(plain, in.plain):
		return isHeld, nil
	case !alikeButContent(old, in.rec):
	case isEmptied(old):
		return isErased, nil
	case isEmptied(in.rec) && m.wipes:
		return isMark, nil
	}
	if _, lost := old.Event.(domain.Lost); lost {
		return isFound, nil
	}
	waits, err := m.waits(key, in.plain)
	if err != nil || waits {
		return isHeld, err
	}
	return isOther, nil
}

// alikeButContent reports whether two records of one name are one record, of which one
// was emptied: everything but what happened is the same.
func alikeButContent(a, b domain.Record) bool {
	return a.Command == b.Command && a.Time == b.Time && a.Day == b.Day && a.By == b.By && a.Role == b.Role
}

func isEmptied(r domain.Record) bool {
	_, is := r.Event.(domain.Emptied)
	return is
}

// ahead reports whether a record is from too far in the future.
func (m *merging) ahead(r domain.Record) bool { return r.At().After(m.now.Add(aheadMost)) }

// verdicts judges all records of a participant and counts them.
func (m *merging) verdicts(id domain.ID, in []incoming) ([]verdict, Arriving, error) {
	told := Arriving{ID: id, Records: len(in), Here: m.tx.Bucket(rowsBucket).Get(id[:]) != nil, Erased: m.office.IsErased(id)}
	if told.Erased {
		return nil, told, nil
	}
	all := make([]verdict, len(in))
	for i, one := range in {
		v, err := m.judge(one)
		if err != nil {
			return nil, told, err
		}
		switch all[i] = v; v {
		case isNew, isFound:
			told.New++
		case isMark:
			told.Emptied++
		case isAhead:
			told.Ahead++
		case isOther:
			told.Differing++
		case isHeld, isErased:
		}
	}
	return all, told, nil
}

// person takes the records of a participant. The keys came along, by scope; they count
// only when nobody of that ID is here. Afterwards the row is told anew.
func (m *merging) person(id domain.ID, keys map[byte][]byte, in []incoming) (Arriving, error) {
	all, told, err := m.verdicts(id, in)
	if err != nil || told.Erased {
		return told, err
	}
	about := domain.About(id)
	past, err := m.s.history(m.tx, about)
	if err != nil {
		return told, err
	}
	if told.New > 0 {
		if err := m.s.ring.adopt(m.tx, about, keys); err != nil {
			return told, err
		}
	}
	classOf := m.emptying(id, past, in, all)
	for i, one := range in {
		if class := classOf(one.rec); all[i] == isNew && class != "" {
			if one, err = emptied(one, class); err != nil {
				return told, err
			}
		}
		kept, err := m.take(one, all[i], past, keys)
		if err != nil {
			return told, err
		}
		past = kept
	}
	if told.New+told.Emptied == 0 {
		return told, nil
	}
	delete(m.s.past, about)
	delete(m.s.people, id)
	domain.Sort(past)
	p := domain.Participant{}
	err = meant("replaying a participant", func() error {
		p = domain.Replay(about, past)
		return nil
	})
	if err != nil {
		return told, err
	}
	fresh, err := m.s.putRow(m.tx, p)
	if fresh {
		m.book.Rows++
	}
	told.Name = p.Row().Name
	return told, err
}

// take writes one record by its verdict, and returns what the participant has then.
func (m *merging) take(one incoming, v verdict, past []domain.Record, keys map[byte][]byte) ([]domain.Record, error) {
	switch v {
	case isNew:
		m.book.Clock = max(m.book.Clock, one.rec.Time)
		return append(past, one.rec), m.s.put(m.tx, m.book, one.rec, one.plain)
	case isMark, isFound:
		m.book.Clock = max(m.book.Clock, one.rec.Time)
		if v == isMark {
			m.book.Owed = 1 // what was deleted is still on free pages
		}
		i := slices.IndexFunc(past, func(r domain.Record) bool { return r.Desk == one.rec.Desk && r.Seq == one.rec.Seq })
		past[i] = one.rec
		return past, m.replace(one)
	case isAhead:
		if first := keyFor(one.rec.Subject, domain.Shareable, firstEpoch); m.tx.Bucket(keysBucket).Get(first[:]) != nil {
			keys = nil // theirs are here
		}
		return past, m.wait(one, WaitsAhead, keys)
	case isOther:
		return past, m.wait(one, WaitsDiffering, nil)
	case isHeld, isErased:
	}
	return past, nil
}

// replace puts a record in the place of the one that has its name.
func (m *merging) replace(one incoming) error {
	key := journalKey(one.rec.Subject, one.rec.Desk, one.rec.Seq)
	sealed, err := m.s.ring.sealRecord(m.tx, one.rec, key, one.plain)
	if err != nil {
		return err
	}
	return m.tx.Bucket(journalBucket).Put(key, sealed)
}

// emptying tells which of the new records of a participant are of a part that was erased
// here, and of which class it was: an erasure beats what comes after it.
func (m *merging) emptying(id domain.ID, past []domain.Record, in []incoming, all []verdict) func(domain.Record) domain.RetentionClass {
	type part struct {
		class domain.RetentionClass
		takes func(domain.Record) bool
	}
	var parts []part
	var held []domain.Record
	for _, e := range m.office.ErasedParts {
		if e.Participant != id {
			continue
		}
		if held == nil {
			held = slices.Clone(past)
			for i, one := range in {
				if all[i] == isNew {
					held = append(held, one.rec)
				}
			}
			domain.Sort(held)
		}
		parts = append(parts, part{e.Class, e.Takes(held)})
	}
	return func(r domain.Record) domain.RetentionClass {
		for _, p := range parts {
			if p.takes(r) {
				return p.class
			}
		}
		return ""
	}
}

// emptied takes the content out of a record and leaves the mark.
func emptied(one incoming, class domain.RetentionClass) (incoming, error) {
	mark := domain.Emptied{Class: class}
	body, err := encoder.Marshal(mark)
	if err != nil {
		return one, err
	}
	one.rec.Scope, one.rec.Kind, one.rec.Body, one.rec.Event = domain.Shareable, mark.Kind(), body, mark
	one.plain, err = envelopeOf(one.rec)
	return one, err
}

// adopt gives a participant who is new here the keys that came along, and makes those
// that did not come.
func (r *keyring) adopt(tx *bolt.Tx, about domain.Subject, keys map[byte][]byte) error {
	first := keyFor(about, domain.Shareable, firstEpoch)
	if tx.Bucket(keysBucket).Get(first[:]) != nil {
		return nil
	}
	for _, scope := range domain.Scopes {
		name := keyFor(about, scope, firstEpoch)
		key := keys[byte(scope)]
		if len(key) != seal.KeySize {
			if err := r.make(tx, name); err != nil {
				return err
			}
			continue
		}
		delete(r.known, name)
		if err := wrap(tx, r.store, r.epoch, name, key); err != nil {
			return err
		}
	}
	return nil
}
