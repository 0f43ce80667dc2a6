package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Turn is what a change of the store key left to be told, also when something failed
// after it had happened.
type Turn struct {
	Happened bool
	Recovery string      // a new recovery key, shown once: the old sheet opens nothing any more
	Dropped  []seal.Slot // ways to open the store that went: whoever used them must be added again
	Drafts   []domain.ID // of an erasure: drafts that do not open, so that nobody can tell whom they are about
}

// Rotate gives the store a new store key and wraps all other keys anew. Whoever could
// open the store before without a slot that still stands, for example with a copy of
// an old slot, cannot open what is written from now on. The passphrase is needed to
// seal its slot anew; other passphrases go. Other processes that have the store open
// must unlock it again.
func (s *Store) Rotate(passphrase string) (Turn, error) {
	return s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) { return slots, nil }, nil)
}

// RemoveSlot takes a way to open the store away, and changes the store key, so that a
// copy of the slot opens nothing any more. The last one cannot go. The passphrase is
// one that stays.
func (s *Store) RemoveSlot(name, passphrase string) (Turn, error) {
	return s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) {
		left := slices.DeleteFunc(slices.Clone(slots), func(x seal.Slot) bool { return x.Name == name })
		switch {
		case len(left) == len(slots):
			return nil, domain.Refused("slot", "The store has no key of that name.")
		case len(left) == 0:
			return nil, domain.Refused("slot", "That is the last way to open the store: without it everything in it would be lost.")
		case !slices.ContainsFunc(left, func(x seal.Slot) bool { return x.Kind != seal.ByKeyring }):
			return nil, domain.Refused("slot", "Only the keyring of this computer would be left, and it goes with the computer. Add a passphrase or a recovery key first.")
		}
		return left, nil
	}, nil)
}

// ChangePassphrase puts a new passphrase in the place of all there are, and changes
// the store key. Whoever has an old copy of the store still opens that copy with the
// old one.
func (s *Store) ChangePassphrase(passphrase string) (Turn, error) {
	return s.turnKey(passphrase, func(slots []seal.Slot) ([]seal.Slot, error) {
		left := slices.DeleteFunc(slices.Clone(slots), func(x seal.Slot) bool { return x.Kind == seal.ByPassphrase })
		fresh := seal.Slot{Name: s.NewID().String(), Kind: seal.ByPassphrase, Made: s.Today().String()}
		return append([]seal.Slot{fresh}, left...), nil
	}, nil)
}

// turnKey changes the store key. The slots are sealed anew before the transaction,
// because a passphrase takes its time; if they were changed meanwhile, once more. also
// runs in the same transaction.
func (s *Store) turnKey(passphrase string, change func([]seal.Slot) ([]seal.Slot, error), also func(*bolt.Tx) error) (Turn, error) {
	for {
		var t turning
		err := s.read(func(tx *bolt.Tx) (err error) {
			t.old = s.soundSlots(tx)
			t.sheets, err = readSheets(tx, s.ring.books)
			return err
		})
		if err == nil {
			err = s.prepare(&t, passphrase, change)
		}
		again := false
		if err == nil {
			err = s.write(func(tx *bolt.Tx) error {
				if again = !slices.Equal(s.soundSlots(tx), t.old); again {
					return errMoved
				}
				return s.rekey(tx, &t, also)
			})
		}
		switch {
		case again:
			continue
		case err != nil && !s.happened(&t):
			return Turn{}, err
		}
		t.told.Happened = true
		_ = s.mirror(t.slots) // it serves only after damage, and the next opening writes it
		return t.told, s.purge()
	}
}

// purge takes what was deleted out of the file: the old slots and the keys under the
// old store key would open it still.
func (s *Store) purge() error {
	err := s.Compact()
	if err == nil {
		return nil
	}
	why := "the file could not be copied"
	if errors.Is(err, ErrFull) {
		why = "the disk is full"
	}
	return sentence{"It is done, but " + why + ", so that what was there before is still in it: run coachdesk compact as soon as there is room and nobody else writes.", err, nil}
}

// turning is a change of the store key while it goes on.
type turning struct {
	key    seal.Key
	old    []seal.Slot
	slots  []seal.Slot
	sheets map[string]string
	told   Turn
	facts  Facts // as they are after it
	raw    []byte
}

// prepare makes the new key and seals it into every slot that it can.
func (s *Store) prepare(t *turning, passphrase string, change func([]seal.Slot) ([]seal.Slot, error)) (err error) {
	if t.key, err = seal.NewKey(s.o.Dice); err != nil {
		return err
	}
	want, err := change(t.old)
	if err != nil {
		return err
	}
	byWords := false
	for _, slot := range want {
		to, err := s.recipientOf(slot, t, passphrase)
		switch {
		case err != nil:
			return err
		case to == nil:
			t.told.Dropped = append(t.told.Dropped, slot)
			delete(t.sheets, slot.Name)
			continue
		}
		if slot, err = slot.Close(to, t.key); err != nil {
			return err
		}
		byWords = byWords || slot.Kind == seal.ByPassphrase
		t.slots = append(t.slots, slot)
	}
	wanted := slices.ContainsFunc(want, func(x seal.Slot) bool { return x.Kind == seal.ByPassphrase })
	if wanted && !byWords || len(t.slots) == 0 {
		return say(ErrWrongPassphrase, nil, "That passphrase does not open this store.")
	}
	return nil
}

// recipientOf returns to whom a slot is sealed anew; nil when nobody knows. A recovery
// key that nobody knows, as in a store of format 1, is made anew.
func (s *Store) recipientOf(slot seal.Slot, t *turning, passphrase string) (age.Recipient, error) {
	switch {
	case slot.Kind == seal.ByPassphrase:
		if slot.Age != "" { // else it is the new one
			with, err := seal.TryAll(passphrase)
			if err != nil {
				return nil, nil // an empty one opens nothing
			}
			if k, _, err := seal.Unlock([]seal.Slot{slot}, with...); err != nil || k != s.storeKey() {
				return nil, nil
			}
		}
		to, err := seal.Passphrase(passphrase, s.o.Work())
		if err != nil {
			return nil, domain.Refused("passphrase", "Choose a passphrase: without one everybody could read the store.")
		}
		return to, nil
	case t.sheets[slot.Name] != "":
		return seal.ReadRecipient(t.sheets[slot.Name])
	case slot.Kind == seal.ByRecovery && t.told.Recovery == "":
		sheet, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, fmt.Errorf("make a recovery key: %w", err)
		}
		t.told.Recovery, t.sheets[slot.Name] = sheet.String(), sheet.Recipient().String()
		return sheet.Recipient(), nil
	}
	return nil, nil
}

// rekey wraps every key anew and writes the slots, in one transaction.
func (s *Store) rekey(tx *bolt.Tx, t *turning, also func(*bolt.Tx) error) error {
	if also != nil {
		if err := also(tx); err != nil {
			return err
		}
	}
	keys, err := s.ring.all(tx)
	if err != nil {
		return err
	}
	f := s.facts
	f.Version, f.Epoch = Version, f.Epoch%255+1
	box := seal.NewBox(t.key)
	for name, key := range keys {
		if err := wrap(tx, box, f.Epoch, name, key); err != nil {
			return err
		}
	}
	if also == nil {
		book := s.book
		book.Owed = 1
		if err := writeTally(tx, s.ring.books, book); err != nil {
			return err
		}
		tx.OnCommit(func() { s.book = book })
	}
	for name := range t.sheets {
		if !slices.ContainsFunc(t.slots, func(x seal.Slot) bool { return x.Name == name }) {
			delete(t.sheets, name)
		}
	}
	raw, err := writeFacts(tx, f, s.ring.books)
	if err != nil {
		return err
	}
	if err := writeSlots(tx, t.slots); err != nil {
		return err
	}
	if err := writeSheets(tx, s.ring.books, t.sheets); err != nil {
		return err
	}
	t.facts, t.raw = f, bytes.Clone(raw)
	tx.OnCommit(func() { s.adopt(t) })
	return nil
}

// adopt goes on with the new store key.
func (s *Store) adopt(t *turning) {
	s.facts, s.raw, s.stale = t.facts, t.raw, false
	s.ring.key, s.ring.store, s.ring.epoch = t.key, seal.NewBox(t.key), t.facts.Epoch
}

// happened finds out whether a change whose commit failed is in the file all the same:
// when only the last sync fails, it is. Whoever believed that nothing was changed would
// be left with a passphrase that opens nothing.
func (s *Store) happened(t *turning) bool {
	if t.raw == nil {
		return false // it did not come to a commit
	}
	_ = s.lease.read(func(tx *bolt.Tx) error { // reading finds the keys changed, or not
		_, raw, err := readFacts(tx)
		if err == nil && bytes.Equal(raw, t.raw) {
			s.adopt(t)
		}
		return err
	})
	var is bool
	s.held(func() { is = bytes.Equal(s.raw, t.raw) })
	return is
}
