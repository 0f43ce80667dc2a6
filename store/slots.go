package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// mirrorPath is the small file beside a store that holds its slots once more, so
// that a damaged store can still be opened by its passphrase.
func mirrorPath(path string) string { return path + ".keys" }

// mirror is the content of that file.
type mirror struct {
	Schema string      `json:"schema"`
	Desk   string      `json:"desk"`
	Slots  []seal.Slot `json:"slots"`
}

const mirrorSchema = "coachdesk.keys/1"

func readMirror(path string, desk domain.DeskID) []seal.Slot {
	b, err := readSmall(mirrorPath(path), clearMax)
	var m mirror
	if err != nil || json.Unmarshal(b, &m) != nil || m.Schema != mirrorSchema || m.Desk != desk.String() {
		return nil
	}
	return m.Slots
}

func readSmall(name string, limit int64) ([]byte, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() || st.Size() > limit {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(name)
}

// writeMirror replaces the file unless it says the same already.
func writeMirror(path string, desk domain.DeskID, slots []seal.Slot) error {
	b, err := json.MarshalIndent(mirror{mirrorSchema, desk.String(), slots}, "", "  ")
	if err != nil {
		return err
	}
	b = append(b, '\n')
	if old, err := readSmall(mirrorPath(path), clearMax); err == nil && bytes.Equal(old, b) {
		return nil
	}
	return classify(replaceFile(mirrorPath(path), b))
}

func readSlots(tx *bolt.Tx) []seal.Slot {
	var slots []seal.Slot
	b := tx.Bucket(metaBucket).Get(slotsName)
	if len(b) > clearMax || decoder.Unmarshal(b, &slots) != nil {
		return nil
	}
	return slots
}

func writeSlots(tx *bolt.Tx, slots []seal.Slot) error {
	b, err := encoder.Marshal(slots)
	if err != nil {
		return err
	}
	return tx.Bucket(metaBucket).Put(slotsName, b)
}

// unlock returns the store key. The slots in the mirror are tried only in the place
// of damaged ones: after a change of passphrase the mirror might be older.
func unlock(path string, f Facts, slots []seal.Slot, with ...age.Identity) (seal.Key, error) {
	k, _, err := seal.Unlock(slots, with...)
	if err == nil {
		return k, nil
	}
	if whole(slots) {
		return k, say(ErrWrongPassphrase, nil, "That passphrase or key does not open this store.")
	}
	k, _, err = seal.Unlock(readMirror(path, f.Desk), with...)
	if err != nil {
		return k, damaged("the slot that the passphrase should open was changed, or the passphrase is wrong")
	}
	return k, nil
}

func whole(slots []seal.Slot) bool {
	return len(slots) > 0 && !slices.ContainsFunc(slots, func(s seal.Slot) bool { return !s.Whole() })
}

// newSlot makes a slot for the store key.
func (s *Store) newSlot(kind seal.SlotKind, label string, to age.Recipient, k seal.Key) (seal.Slot, error) {
	slot := seal.Slot{Name: s.NewID().String(), Kind: kind, Label: label, Made: calendar.Of(s.o.Now()).String()}
	return slot.Close(to, k)
}

// Slots lists the ways to open the store.
func (s *Store) Slots() ([]seal.Slot, error) {
	var slots []seal.Slot
	err := s.read(func(tx *bolt.Tx) error {
		slots = readSlots(tx)
		return nil
	})
	return slots, err
}

// AddSlot adds a way to open the store and returns its name.
func (s *Store) AddSlot(kind seal.SlotKind, label string, to age.Recipient) (string, error) {
	slot, err := s.newSlot(kind, label, to, s.storeKey())
	if err != nil {
		return "", err
	}
	return slot.Name, s.changeSlots(func(slots []seal.Slot) ([]seal.Slot, error) { return append(slots, slot), nil })
}

// RemoveSlot takes a way to open the store away. The last one cannot go.
func (s *Store) RemoveSlot(name string) error {
	return s.changeSlots(func(slots []seal.Slot) ([]seal.Slot, error) {
		left := slices.DeleteFunc(slices.Clone(slots), func(x seal.Slot) bool { return x.Name == name })
		switch {
		case len(left) == len(slots):
			return nil, domain.Refused("slot", "The store has no key of that name.")
		case len(left) == 0:
			return nil, domain.Refused("slot", "That is the last way to open the store: without it everything in it would be lost.")
		}
		return left, nil
	})
}

// ChangePassphrase puts a new passphrase in the place of all there are. Whoever has
// an old copy of the store still opens that copy with the old one.
func (s *Store) ChangePassphrase(passphrase string) error {
	to, err := seal.Passphrase(passphrase, s.o.work())
	if err != nil {
		return err
	}
	slot, err := s.newSlot(seal.ByPassphrase, "", to, s.storeKey())
	if err != nil {
		return err
	}
	return s.changeSlots(func(slots []seal.Slot) ([]seal.Slot, error) {
		left := slices.DeleteFunc(slices.Clone(slots), func(x seal.Slot) bool { return x.Kind == seal.ByPassphrase })
		return append([]seal.Slot{slot}, left...), nil
	})
}

// storeKey is the zero key when the store was closed; the write that follows then
// fails.
func (s *Store) storeKey() (k seal.Key) {
	s.held(func() {
		if s.ring != nil {
			k = s.ring.key
		}
	})
	return k
}

func (s *Store) changeSlots(change func([]seal.Slot) ([]seal.Slot, error)) error {
	var slots []seal.Slot
	err := s.write(func(tx *bolt.Tx) (err error) {
		now := readSlots(tx)
		if spare := readMirror(s.lease.path, s.facts.Desk); !whole(now) && whole(spare) {
			now = spare // the store's own are damaged: no way in may be lost with them
		}
		if slots, err = change(now); err != nil {
			return err
		}
		return writeSlots(tx, slots)
	})
	if err != nil {
		return err
	}
	return writeMirror(s.lease.path, s.facts.Desk, slots)
}

// replaceFile writes a small file whole or not at all.
func replaceFile(name string, b []byte) error {
	tmp := name + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, name); err != nil {
		return err
	}
	return syncFolder(name)
}
