package store

import (
	"errors"
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// refillStep is how many bytes go into one transaction of a store that is being filled:
// what was put is in memory until then.
const refillStep = 16 << 20

// refill fills a new file. The records of a person are opened, judged and sealed on
// several processors; one puts them where they belong, in the order of the keys, which
// is several times as fast as any other.
type refill struct {
	s      *Store
	db     *bolt.DB
	tx     *bolt.Tx
	held   Held
	book   tally
	office domain.Office
	waits  int // bytes in the transaction
	done   int // records dealt with
}

// fill writes what an export holds into the file that was laid out.
func (s *Store) fill(tmp string, held Held) error {
	db, err := bolt.Open(tmp, 0o600, &bolt.Options{Timeout: 1, MaxSize: sizeMax, NoSync: true, NoStatistics: true})
	if err != nil {
		return err
	}
	r := &refill{s: s, db: db, held: held, book: tally{Shape: rowShape, LooksFrom: 1}}
	return errors.Join(r.fill(), db.Sync(), db.Close())
}

func (r *refill) fill() (err error) {
	if r.tx, err = r.db.Begin(true); err != nil {
		return err
	}
	err = r.subjects()
	if err == nil {
		err = r.arrivals()
	}
	if err == nil {
		err = r.rest()
	}
	if err != nil {
		_ = r.tx.Rollback() // the file is thrown away
		return err
	}
	return r.tx.Commit()
}

// put writes a value. Keys come in their order, so pages are filled to the brim.
func (r *refill) put(bucket, key, value []byte) error {
	b := r.tx.Bucket(bucket)
	b.FillPercent = 0.95
	r.waits += len(key) + len(value)
	return b.Put(key, value)
}

// step commits when enough has come together.
func (r *refill) step() error {
	if r.waits < refillStep {
		return nil
	}
	r.waits = 0
	if err := r.tx.Commit(); err != nil {
		return err
	}
	next, err := r.db.Begin(true)
	if err == nil {
		r.tx = next
	}
	return err
}

// sealedSubject is a subject on its way into the file.
type sealedSubject struct {
	telling Telling
	keys    []seal.Key // of its scopes
	names   [][]byte
	values  [][]byte
	row     []byte
	past    []domain.Record // of the office
	clock   domain.Clock
	err     error
	done    chan struct{}
}

// subjects seals the subjects on every processor and puts them in their order. What is
// about the office comes first, since it says who was erased.
func (r *refill) subjects() error {
	queue, todo := make(chan *sealedSubject, 64), make(chan *sealedSubject, 64)
	stop := make(chan struct{})
	var all sync.WaitGroup
	defer all.Wait()
	defer close(stop)
	var broken error
	all.Go(func() {
		defer close(queue)
		defer close(todo)
		for t := range r.held.Subjects {
			x := &sealedSubject{telling: t, done: make(chan struct{})}
			if broken = r.throwKeys(x); broken != nil {
				return
			}
			select {
			case queue <- x:
				todo <- x
			case <-stop:
				return
			}
		}
	})
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for x := range todo {
				x.seal(r.s.ring.rows)
				close(x.done)
			}
		})
	}
	for x := range queue {
		<-x.done
		if err := r.take(x); err != nil {
			return err
		}
	}
	return broken // written before the queue was closed
}

// throwKeys makes the keys that a subject has: three for a participant.
func (r *refill) throwKeys(x *sealedSubject) error {
	n := 1
	if x.telling.About.Type == domain.AboutParticipant {
		n = len(domain.Scopes)
	}
	for range n {
		k, err := seal.NewKey(r.s.o.Dice)
		if err != nil {
			return err
		}
		x.keys = append(x.keys, k)
	}
	return nil
}

// seal reads the records of a subject, looks at each, and seals it for its place.
func (x *sealedSubject) seal(rows *seal.Box) {
	told, err := x.telling.Read()
	if err != nil {
		x.err = err
		return
	}
	boxes := make([]*seal.Box, len(x.keys))
	for i, k := range x.keys {
		boxes[i] = seal.NewBox(k)
	}
	past := make([]domain.Record, 0, len(told))
	for i := range told {
		if x.err = told[i].unpack(); x.err != nil {
			return
		}
		rec := told[i].Record
		name := journalKey(rec.Subject, rec.Desk, rec.Seq)
		h := seal.Header{Format: seal.Padded, Epoch: firstEpoch, Scope: byte(rec.Scope)}
		x.names = append(x.names, name)
		x.values = append(x.values, boxes[rec.Scope].Seal(h, string(journalBucket), name, told[i].Envelope))
		x.clock = max(x.clock, rec.Time)
		past = append(past, rec)
	}
	domain.Sort(past)
	switch x.telling.About.Type {
	case domain.AboutOffice:
		x.past = past
	case domain.AboutParticipant:
		id := x.telling.About.ID
		raw, err := retold(id, past)
		if x.err = err; err == nil {
			x.row = rows.Seal(house, string(rowsBucket), id[:], raw)
		}
	case domain.AboutDesk, domain.AboutDirectory:
	}
}

// take puts a subject into the file, unless it is somebody who was erased.
func (r *refill) take(x *sealedSubject) error {
	about := x.telling.About
	switch {
	case x.err != nil:
		return x.err
	case about.Type == domain.AboutParticipant && r.office.IsErased(about.ID):
		return nil
	}
	for i, k := range x.keys {
		name := keyFor(about, domain.Scope(i), firstEpoch)
		h := seal.Header{Format: seal.Bare, Epoch: firstEpoch, Scope: name[subjectSize]}
		for _, bucket := range [][]byte{keysBucket, spareBucket} {
			if err := r.put(bucket, name[:], r.s.ring.store.Seal(h, string(bucket), name[:], k[:])); err != nil {
				return err
			}
		}
	}
	for i, name := range x.names {
		if err := r.put(journalBucket, name, x.values[i]); err != nil {
			return err
		}
	}
	if err := r.count(x); err != nil {
		return err
	}
	r.done += len(x.names)
	if err := r.held.Done(r.done); err != nil {
		return err
	}
	return r.step()
}

// count adds a subject to the sums, and its row to the rows.
func (r *refill) count(x *sealedSubject) error {
	n := uint64(len(x.names))
	r.book.Records += n
	r.book.Clock = max(r.book.Clock, x.clock)
	switch about := x.telling.About; about.Type {
	case domain.AboutParticipant:
		r.book.OfRows += n
		r.book.Rows++
		return r.put(rowsBucket, about.ID[:], x.row)
	case domain.AboutOffice:
		if about != r.s.officeSubject() {
			return sayElsewhere()
		}
		r.book.OfOffice += n
		return meant("replaying the office", func() error {
			r.office = domain.ReplayOffice(x.past)
			return nil
		})
	case domain.AboutDesk:
		if about != r.s.deskSubject() {
			return sayElsewhere()
		}
		r.book.OfDesk += n
	case domain.AboutDirectory:
		if about != r.s.directorySubject() {
			return sayElsewhere()
		}
	}
	return nil
}

func sayElsewhere() error {
	return domain.Refused("file", "The file holds records of another office or desk than its first line says.")
}

// arrivals numbers the records anew, in the order in which they had arrived.
func (r *refill) arrivals() error {
	books := r.s.ring.books
	for rec := range r.held.Arrivals {
		name := journalKey(rec.Subject, rec.Desk, rec.Seq)
		r.book.Arrivals++
		if rec.Subject.Type == domain.AboutParticipant && r.office.IsErased(rec.Subject.ID) {
			name = nowhere
			r.book.Erased++
		}
		k := numberKey(r.book.Arrivals)
		if err := r.put(arrivalsBucket, k, books.Seal(arrival, string(arrivalsBucket), k, name)); err != nil {
			return err
		}
		if err := r.step(); err != nil {
			return err
		}
	}
	return nil
}

// rest writes what is no record: drafts, looks and the counts.
func (r *refill) rest() error {
	for _, about := range []domain.Subject{r.s.officeSubject(), r.s.deskSubject()} {
		if err := r.s.ring.ensure(r.tx, about); err != nil {
			return err
		}
	}
	for _, d := range r.held.Drafts {
		if !d.Participant.IsZero() && r.office.IsErased(d.Participant) {
			continue
		}
		raw, err := rawDraft(d)
		if err != nil {
			return err
		}
		if err := putSealed(r.tx.Bucket(draftsBucket), draftsBucket, d.ID[:], r.s.ring.drafts, raw); err != nil {
			return err
		}
	}
	for _, l := range r.held.Looks {
		r.book.LooksTo++
		if err := r.s.putLook(r.tx.Bucket(looksBucket), r.book.LooksTo, l); err != nil {
			return err
		}
	}
	return writeTally(r.tx, r.s.ring.books, r.book)
}
