package store

import (
	"context"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/bundle"
)

// Taken tells what a bundle changed.
type Taken struct {
	ID      domain.ID
	People  []Arriving
	New     int
	Waiting int // records that went into quarantine
	Erased  int // people who were erased here and stay so
	Receipt domain.Receipt
}

// Take takes the records of a bundle into the journal, in one transaction with the
// commands of a batch: all of it happens, or nothing. What is here already is left
// alone. The file is read and verified once more while it is taken.
func (s *Store) Take(p *Parcels, b domain.Batch) (Taken, error) {
	return s.TakeContext(context.Background(), p, b, nil)
}

// TakeContext is [Store.Take] that can be watched and broken off.
func (s *Store) TakeContext(ctx context.Context, p *Parcels, b domain.Batch, tell Progress) (Taken, error) {
	if !s.o.Today.IsZero() && !s.Demo() {
		return Taken{}, domain.Refused("today", "--today only looks: nothing is written while today is another day, except in a demo store.")
	}
	if b.ID.IsZero() {
		b.ID = s.NewID()
	}
	var told Taken
	emptied := 0
	err := s.write(func(tx *bolt.Tx) (err error) {
		told, err = s.taking(ctx, tx, p, b, tell)
		return err
	})
	if err != nil {
		return Taken{}, err
	}
	for _, a := range told.People {
		emptied += a.Emptied
	}
	if emptied > 0 {
		_ = s.Compact() // it is owed, and the next opening pays
	}
	return told, nil
}

// taking does it inside the transaction.
func (s *Store) taking(ctx context.Context, tx *bolt.Tx, p *Parcels, b domain.Batch, tell Progress) (Taken, error) {
	told := Taken{ID: p.ID}
	if !p.Own { // the address book may have changed meanwhile
		if _, err := known(s.desk.office, p.From); err != nil {
			return told, err
		}
	}
	d := s.begin(tx, b)
	m := &merging{s: s, tx: tx, book: &d.book, office: s.desk.office, now: s.o.Now(), from: p.From.Person, bundle: p.ID, wipes: p.wipes()}
	if _, err := m.letIn(); err != nil {
		return told, err
	}
	err := s.pass(ctx, p, tell, func(_ *bundle.Reader, one parcel) error {
		if err := s.believe(tx, p, one); err != nil {
			return err
		}
		a, err := m.person(one.id, one.keys, one.in)
		if err != nil {
			return err
		}
		told.People = append(told.People, a)
		told.New += a.New
		told.Waiting += a.Ahead + a.Differing
		if a.Erased {
			told.Erased++
		}
		return nil
	})
	if err != nil {
		return told, err
	}
	if told.Erased == len(told.People) {
		return told, domain.Refused("file", "Everybody whom this bundle is about was erased here, and stays so. Nothing was changed.")
	}
	d.batch.Commands = append(s.noted(p, told), b.Commands...)
	if err := d.run(); err != nil {
		return told, err
	}
	if d.again {
		return told, domain.Refused("file", "This was done before. Nothing was changed.")
	}
	told.Receipt = d.receipt()
	tx.OnCommit(func() {
		s.forget()
		s.book, s.desk = d.book, d.world
	})
	return told, writeTally(tx, s.ring.books, d.book)
}

// noted are the commands that remember a bundle and whose records came with it.
func (s *Store) noted(p *Parcels, told Taken) []domain.Command {
	opened := domain.OpenedBundle{ID: p.ID, From: p.From.Person, SHA256: p.SHA256, New: told.New}
	for _, a := range told.People {
		if !a.Erased {
			opened.People = append(opened.People, a.ID)
		}
	}
	var met []domain.Met
	for _, a := range p.Roster {
		office := a.Office
		if office == "" {
			office = p.From.Office
		}
		met = append(met, domain.Met{Person: a.ID, Name: a.Name, Role: a.Role, Office: office})
	}
	// The bundle comes last: whatever takes a clock leaves a record.
	var commands []domain.Command
	if len(met) > 0 {
		commands = append(commands, domain.MeetPeople{Office: s.facts.Office, People: met})
	}
	return append(commands, domain.NoteBundleOpened{Office: s.facts.Office, Bundle: opened})
}
