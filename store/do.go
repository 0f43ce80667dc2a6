package store

import (
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// Do carries out a batch: every command decides on its subject as all before it
// have left it, and what they decide is written in one transaction, or nothing is.
// A batch that was carried out before returns its first receipt. A polite no is a
// [domain.Refusal].
func (s *Store) Do(b domain.Batch) (domain.Receipt, error) { return s.DoAndDrop(b, domain.ID{}) }

// DoAndDrop is [Store.Do], and drops a draft in the same transaction: what was a
// draft is now a record, whenever the power goes.
func (s *Store) DoAndDrop(b domain.Batch, draft domain.ID) (domain.Receipt, error) {
	var receipt domain.Receipt
	switch {
	case b.ID.IsZero():
		return receipt, errors.New("store: a batch needs an ID")
	case len(b.Commands) == 0:
		return receipt, errors.New("store: a batch needs a command")
	case !s.o.Today.IsZero() && !s.Demo():
		return receipt, domain.Refused("today", "--today only looks: nothing is written while today is another day, except in a demo store.")
	}
	err := s.write(func(tx *bolt.Tx) error {
		d := s.begin(tx, b)
		if err := d.run(); err != nil {
			return err
		}
		if !draft.IsZero() {
			if err := tx.Bucket(draftsBucket).Delete(draft[:]); err != nil {
				return err
			}
		}
		receipt = d.receipt()
		tx.OnCommit(func() {
			s.book, s.desk = d.book, d.world
			s.remember(d)
		})
		return nil
	})
	if err != nil {
		return domain.Receipt{}, err
	}
	return receipt, nil
}

// deed is a batch while it is carried out. Nothing of it reaches the store before
// its transaction is committed.
type deed struct {
	s      *Store
	tx     *bolt.Tx
	batch  domain.Batch
	book   tally
	world  world
	past   map[domain.Subject][]domain.Record
	people map[domain.ID]domain.Participant // as last replayed
	done   []domain.Record
	again  bool
}

func (s *Store) begin(tx *bolt.Tx, b domain.Batch) *deed {
	return &deed{s: s, tx: tx, batch: b, book: s.book, world: s.desk, past: map[domain.Subject][]domain.Record{}, people: map[domain.ID]domain.Participant{}}
}

func (d *deed) run() error {
	for _, c := range d.batch.Commands {
		if err := d.fetch(c.For()); err != nil {
			return err
		}
	}
	if d.repeated() {
		return nil
	}
	for _, c := range d.batch.Commands {
		if err := d.carry(c); err != nil {
			return err
		}
	}
	return d.settle()
}

// settle writes what follows from the records of a batch: the rows and the tally.
func (d *deed) settle() error {
	if len(d.done) == 0 {
		return nil
	}
	if err := d.putRows(); err != nil {
		return err
	}
	return writeTally(d.tx, d.s.ring.books, d.book)
}

// fetch reads the history of a subject once.
func (d *deed) fetch(about domain.Subject) error {
	if _, ok := d.past[about]; ok {
		return nil
	}
	switch about.Type {
	case domain.AboutParticipant:
		if about.ID.IsZero() {
			return domain.Refused("ref", "The command names nobody.")
		}
		if d.world.office.IsErased(about.ID) {
			return domain.Refused("ref", "That record was erased for good; nothing can be written on it.")
		}
	case domain.AboutOffice, domain.AboutDesk:
		if about != d.s.officeSubject() && about != d.s.deskSubject() {
			return domain.Refused("ref", "The command is for another office or desk.")
		}
	case domain.AboutDirectory:
		if about != d.s.directorySubject() {
			return domain.Refused("ref", "The command is for the directory of another office.")
		}
	default:
		return errors.New("store: a command is about nothing that there is")
	}
	past, err := d.s.recall(d.tx, about)
	if err != nil {
		return err
	}
	d.past[about] = slices.Clone(past)
	if p, ok := d.s.people[about.ID]; ok && about.Type == domain.AboutParticipant {
		d.people[about.ID] = p
	}
	return nil
}

// person replays a participant, unless nothing has happened since the last time:
// the row of one command is what the next one begins with.
func (d *deed) person(id domain.ID) (domain.Participant, error) {
	past := d.past[domain.About(id)]
	p, ok := d.people[id]
	if ok && len(p.Past()) == len(past) {
		return p, nil
	}
	err := meant("replaying a participant", func() error {
		p = domain.Replay(domain.About(id), past)
		return nil
	})
	d.people[id] = p
	return p, err
}

// decide asks a command what happens next.
func (d *deed) decide(c domain.Command, stamp domain.Stamp) (events []domain.Event, err error) {
	about := c.For()
	pc, ok := c.(domain.ParticipantCommand)
	if !ok {
		err = meant("a command", func() (err error) {
			events, err = domain.Decide(c, d.past[about], stamp)
			return err
		})
		return events, err
	}
	p, err := d.person(about.ID)
	if err != nil {
		return nil, err
	}
	err = meant("a command", func() (err error) {
		events, err = domain.DecideOn(pc, p, stamp)
		return err
	})
	return events, err
}

// repeated finds what the batch did when it was carried out before.
func (d *deed) repeated() bool {
	for _, past := range d.past {
		for _, r := range past {
			if r.Command == d.batch.ID {
				d.done = append(d.done, r)
			}
		}
	}
	domain.Sort(d.done)
	d.again = len(d.done) > 0
	return d.again
}

// carry lets a command decide and writes what it decided.
func (d *deed) carry(c domain.Command) error {
	about := c.For()
	d.book.Clock = d.book.Clock.After(d.s.o.Now())
	stamp := d.stamp()
	events, err := d.decide(c, stamp)
	if err != nil {
		return err
	}
	for _, e := range events {
		r := domain.Record{
			Subject: about, Desk: d.s.facts.Desk, Seq: d.next(about), Command: d.batch.ID, Time: d.book.Clock,
			Day: calendar.Of(stamp.At), By: stamp.By, Role: stamp.Role, Scope: domain.ScopeOf(e), Kind: e.Kind(),
		}
		if err := d.append(r, e); err != nil {
			return err
		}
	}
	if about.Type != domain.AboutOffice && about.Type != domain.AboutDesk || len(events) == 0 {
		return nil
	}
	return d.turn()
}

// turn rebuilds what later commands of the batch see of the office and the desk.
func (d *deed) turn() error {
	office, desk := d.s.officeSubject(), d.s.deskSubject()
	if err := errors.Join(d.fetch(office), d.fetch(desk)); err != nil {
		return err
	}
	var err error
	d.world, err = d.s.worldOf(d.past[office], d.past[desk])
	return err
}

// stamp is what the world lends to a decision.
func (d *deed) stamp() domain.Stamp {
	who := d.s.personAt(d.world.office)
	at := d.s.o.Now()
	today := d.s.o.Today
	if today.IsZero() {
		today = calendar.Of(at)
	}
	return domain.Stamp{
		At: at, Today: today, Calendar: d.world.days, By: who.ID, Name: who.Name, Role: who.Role,
		Demo: d.s.facts.Demo, Command: d.batch.ID, New: d.s.NewID,
	}
}

// next is this desk's next number for a subject.
func (d *deed) next(about domain.Subject) uint64 {
	n := uint64(1)
	for _, r := range d.past[about] {
		if r.Desk == d.s.facts.Desk {
			n = max(n, r.Seq+1)
		}
	}
	return n
}

// append seals a record into the journal and gives it the next arrival. The event
// is read back from its bytes, so that what follows rests on what will be read.
func (d *deed) append(r domain.Record, e domain.Event) error {
	var err error
	if r.Body, err = encoder.Marshal(e); err != nil {
		return err
	}
	if r.Event, err = domain.ReadEvent(r.Kind, r.Body, decoder.Unmarshal); err != nil {
		return err
	}
	plain, err := envelopeOf(r)
	if err != nil {
		return err
	}
	if !seal.Fits(plain) {
		return domain.Refused("text", "That is too long to be kept.")
	}
	if err := d.s.put(d.tx, &d.book, r, plain); err != nil {
		return err
	}
	d.past[r.Subject] = append(d.past[r.Subject], r)
	d.done = append(d.done, r)
	return nil
}

// put writes a sealed record, its arrival, and counts it.
func (s *Store) put(tx *bolt.Tx, book *tally, r domain.Record, plain []byte) error {
	if err := s.ring.ensure(tx, r.Subject); err != nil {
		return err
	}
	key := journalKey(r.Subject, r.Desk, r.Seq)
	sealed, err := s.ring.sealRecord(tx, r, key, plain)
	if err != nil {
		return err
	}
	journal := tx.Bucket(journalBucket)
	if journal.Get(key) != nil {
		return damaged("a record has the name that the next one should get")
	}
	if err := journal.Put(key, sealed); err != nil {
		return err
	}
	book.Arrivals++
	book.Records++
	switch r.Subject.Type {
	case domain.AboutParticipant:
		book.OfRows++
	case domain.AboutOffice:
		book.OfOffice++
	case domain.AboutDesk:
		book.OfDesk++
	case domain.AboutDirectory: // what is left of all records
	}
	return putArrival(tx, s.ring.books, book.Arrivals, key)
}

// putRows writes the row of every participant that the batch touched.
func (d *deed) putRows() error {
	touched := map[domain.ID]bool{}
	for _, r := range d.done {
		if r.Subject.Type == domain.AboutParticipant {
			touched[r.Subject.ID] = true
		}
	}
	for id := range touched {
		p, err := d.person(id)
		if err != nil {
			return err
		}
		fresh, err := d.s.putRow(d.tx, p)
		if err != nil {
			return err
		}
		if fresh {
			d.book.Rows++
		}
	}
	return nil
}

// putRow writes the row of a participant, and reports whether there was none before.
func (s *Store) putRow(tx *bolt.Tx, p domain.Participant) (fresh bool, err error) {
	raw, err := rowOf(p)
	if err != nil {
		return false, err
	}
	b := tx.Bucket(rowsBucket)
	fresh = b.Get(p.ID[:]) == nil
	return fresh, putSealed(b, rowsBucket, p.ID[:], s.ring.rows, raw)
}

// rowOf returns the bytes of a participant's row.
func rowOf(p domain.Participant) (raw []byte, err error) {
	err = meant("making a row", func() (err error) {
		raw, err = encoder.Marshal(p.Row())
		return err
	})
	return raw, err
}

// retold returns the bytes of the row that a history adds up to.
func retold(id domain.ID, past []domain.Record) (raw []byte, err error) {
	err = meant("replaying a participant", func() (err error) {
		raw, err = encoder.Marshal(domain.Replay(domain.About(id), past).Row())
		return err
	})
	return raw, err
}

func (d *deed) receipt() domain.Receipt {
	return domain.Receipt{Batch: d.batch.ID, Records: d.done, Again: d.again}
}
