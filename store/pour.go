package store

import (
	"bytes"
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Pouring is how an open export takes records out of a store: line writes one, on
// several processors at once; write gets the lines in order of their arrival, and the
// number of the last arrival that they have dealt with.
type Pouring struct {
	Line  func(out []byte, n uint64, r domain.Record, envelope []byte) []byte
	Write func(lines []byte, records int, arrived uint64) error
}

// ladleMost is how many arrivals are taken at a time: few enough that no reading
// transaction is long.
const ladleMost = 1 << 11

// Pour gives out every record that a survey let through and that arrived after the
// first so many. What happens to the store meanwhile is noticed: records that came
// later are left, and after an erasure or a restriction nothing of it may be kept.
func (s *Store) Pour(v Survey, after uint64, p Pouring) error {
	workers := runtime.GOMAXPROCS(0)
	line, todo := make(chan *ladle, 2*workers), make(chan *ladle, 2*workers)
	stop := make(chan struct{})
	var all sync.WaitGroup
	defer all.Wait()
	defer close(stop)
	all.Go(func() {
		defer close(line)
		defer close(todo)
		for n := after; n < v.Arrivals; {
			l := s.ladle(v, n)
			n = l.last
			select {
			case line <- l:
				todo <- l // as many fit
			case <-stop:
				return
			}
			if l.err != nil {
				return
			}
		}
	})
	for range workers {
		all.Go(func() {
			for l := range todo {
				l.write(p.Line)
			}
		})
	}
	for l := range line {
		<-l.done
		if l.err != nil {
			return l.err
		}
		if err := p.Write(l.lines, l.records, l.last); err != nil {
			return err
		}
	}
	return s.stillOpen(v)
}

// stillOpen asks, when all is written, whether it still may be.
func (s *Store) stillOpen(v Survey) error {
	now, err := s.Survey(v.Openness)
	if err != nil {
		return err
	}
	if !v.unchanged(now) {
		return say(ErrReplaced, nil, "Somebody was erased, restricted or named again while the export was made, so nothing of it is kept. Make it again.")
	}
	return nil
}

// ladle is a run of arrivals, copied out of a transaction.
type ladle struct {
	names   [][]byte
	sealed  [][]byte
	numbers []uint64
	boxes   []*seal.Box
	last    uint64 // the last arrival that it has dealt with
	lines   []byte
	records int
	err     error
	done    chan struct{}
}

func (s *Store) ladle(v Survey, after uint64) *ladle {
	l := &ladle{last: after, done: make(chan struct{})}
	l.err = s.read(func(tx *bolt.Tx) error {
		if s.book.Arrivals < v.Arrivals {
			return sayReplaced()
		}
		c := tx.Bucket(arrivalsBucket).Cursor()
		for k, sealed := c.Seek(numberKey(after + 1)); k != nil && l.last < v.Arrivals && l.last < after+ladleMost; k, sealed = c.Next() {
			if !bytes.Equal(k, numberKey(l.last+1)) {
				return damaged("an arrival is missing")
			}
			l.last++
			if err := s.scoop(tx, v, l, k, sealed); err != nil {
				return err
			}
		}
		if l.last == after {
			return damaged("%d of %d arrivals are there", after, v.Arrivals)
		}
		return nil
	})
	return l
}

// scoop copies the record that an arrival names, unless it is left out.
func (s *Store) scoop(tx *bolt.Tx, v Survey, l *ladle, k, sealed []byte) error {
	name, err := s.ring.books.Open(string(arrivalsBucket), k, sealed)
	switch {
	case err != nil:
		return damaged("an arrival does not open")
	case bytes.Equal(name, nowhere):
		return nil
	case len(name) != journalSize:
		return damaged("a record has a name of the wrong length")
	}
	value := tx.Bucket(journalBucket).Get(name)
	if value == nil {
		return damaged("a record that arrived is missing")
	}
	h, err := seal.HeaderOf(value)
	if err != nil || h.Format != seal.Padded {
		return damaged("a record has an unknown format")
	}
	if v.leaves(name, h.Scope) {
		return nil
	}
	about := domain.Subject{Type: domain.SubjectType(name[0]), ID: domain.ID(name[1:subjectSize])}
	box, err := s.ring.open(tx, keyFor(about, domain.Scope(h.Scope), h.Epoch))
	if err != nil {
		return err
	}
	l.names, l.sealed = append(l.names, name), append(l.sealed, bytes.Clone(value))
	l.boxes, l.numbers = append(l.boxes, box), append(l.numbers, l.last)
	return nil
}

// write opens the records and has each written as a line.
func (l *ladle) write(line func([]byte, uint64, domain.Record, []byte) []byte) {
	defer close(l.done)
	if l.err != nil {
		return
	}
	out := make([]byte, 0, 640*len(l.names))
	for i, name := range l.names {
		plain, err := l.boxes[i].Open(string(journalBucket), name, l.sealed[i])
		if err != nil {
			l.err = damaged("a record does not open")
			return
		}
		r, err := namedIn(name, l.sealed[i], plain)
		if err != nil {
			l.err = err
			return
		}
		out = line(out, l.numbers[i], r, plain)
	}
	l.lines, l.records = out, len(l.names)
}

// namedIn reads a record from its name, its header and its envelope, but not what it
// tells.
func namedIn(name, sealed, plain []byte) (domain.Record, error) {
	r, err := named(name)
	if err != nil {
		return r, err
	}
	h, err := seal.HeaderOf(sealed)
	if err != nil {
		return r, damaged("a record has an unknown format")
	}
	var e envelope
	if decoder.Unmarshal(plain, &e) != nil {
		return r, damaged("a record cannot be decoded")
	}
	r.Scope = domain.Scope(h.Scope)
	r.Command, r.Time, r.Day, r.By, r.Role, r.Kind, r.Body = e.Command, e.Clock, e.Day, e.By, e.Role, e.Kind, e.Body
	return r, nil
}
