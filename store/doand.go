package store

import (
	"context"
	"errors"
	"io"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
)

// Doing is a batch that was decided and is not kept yet: what is done with it belongs to
// the batch, and happens with it or not at all.
type Doing struct {
	d    *deed
	from issuer
}

// Pack writes a bundle that already holds what the batch did. Nothing of the batch is kept
// when the file cannot be written.
func (x Doing) Pack(ctx context.Context, w io.Writer, out Outgoing, tell Progress) (Packed, error) {
	inside := func(f func(*bolt.Tx) error) error { return f(x.d.tx) }
	return x.d.s.packFrom(ctx, w, out, tell, x.from, inside)
}

// Participant returns somebody as the batch left them.
func (x Doing) Participant(id domain.ID) (domain.Participant, error) {
	if err := x.d.fetch(domain.About(id)); err != nil {
		return domain.Participant{}, err
	}
	return x.d.person(id)
}

// Failed says which of several commands did not happen. None of them did.
type Failed struct {
	Command int
	Err     error
}

func (f Failed) Error() string { return f.Err.Error() }

// Unwrap returns why it did not happen.
func (f Failed) Unwrap() error { return f.Err }

// Do carries out more commands in the same batch.
func (x Doing) Do(commands ...domain.Command) error {
	for i, c := range commands {
		if err := x.d.fetch(c.For()); err != nil {
			return Failed{i, err}
		}
		if err := x.d.carry(c); err != nil {
			return Failed{i, err}
		}
	}
	return x.d.settle()
}

// DoAnd is [Store.Do] with something that has to succeed before anything is kept: a
// bundle with what was just decided has to be on the disk. The batch may have no commands
// of its own.
func (s *Store) DoAnd(b domain.Batch, then func(Doing) error) (domain.Receipt, error) {
	var receipt domain.Receipt
	switch {
	case b.ID.IsZero():
		return receipt, errors.New("store: a batch needs an ID")
	case !s.o.Today.IsZero() && !s.Demo():
		return receipt, domain.Refused("today", "--today only looks: nothing is written while today is another day, except in a demo store.")
	}
	from, err := s.issuer()
	if err != nil {
		return receipt, err
	}
	err = s.write(func(tx *bolt.Tx) error {
		d := s.begin(tx, b)
		if err := d.run(); err != nil {
			return err
		}
		if err := then(Doing{d, from}); err != nil {
			return err
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
