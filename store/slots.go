package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
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
	// Erased are participants who must never come back, whichever backup is restored.
	Erased []domain.ID `json:"erased,omitempty"`
}

const mirrorSchema = "coachdesk.keys/1"

// readMirror reads the mirror beside a store; a zero desk takes that of any.
func readMirror(path string, desk domain.DeskID) mirror {
	b, err := readSmall(mirrorPath(path), mirrorMax)
	var m mirror
	if err != nil || json.Unmarshal(b, &m) != nil || m.Schema != mirrorSchema || desk != (domain.DeskID{}) && m.Desk != desk.String() {
		return mirror{}
	}
	return m
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

// mirror writes the mirror of the store.
func (s *Store) mirror(slots []seal.Slot) error {
	m := mirror{Slots: slots}
	s.held(func() { m.Desk, m.Erased = s.facts.Desk.String(), s.desk.office.ErasedIDs() })
	return writeMirror(s.lease.path, m)
}

// writeMirror replaces the file unless it says the same already.
func writeMirror(path string, m mirror) error {
	m.Schema = mirrorSchema
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	b = append(b, '\n')
	if old, err := readSmall(mirrorPath(path), mirrorMax); err == nil && bytes.Equal(old, b) {
		return nil
	}
	return classify(replaceFile(mirrorPath(path), b))
}

// slotsOf returns the slots of a store: the spare ones in the place of damaged ones.
func slotsOf(tx *bolt.Tx) []seal.Slot {
	slots := slotsIn(tx, metaBucket)
	if spare := slotsIn(tx, spareBucket); !whole(slots) && whole(spare) {
		return spare
	}
	return slots
}

func slotsIn(tx *bolt.Tx, bucket []byte) []seal.Slot {
	var slots []seal.Slot
	b := tx.Bucket(bucket)
	if b == nil { // a store of format 1 has no spare
		return nil
	}
	if v := b.Get(slotsName); len(v) > clearMax || decoder.Unmarshal(v, &slots) != nil {
		return nil
	}
	return slots
}

func writeSlots(tx *bolt.Tx, slots []seal.Slot) error {
	b, err := encoder.Marshal(slots)
	if err != nil {
		return err
	}
	return errors.Join(tx.Bucket(metaBucket).Put(slotsName, b), tx.Bucket(spareBucket).Put(slotsName, b))
}

// readSheets returns to whom the slots are sealed, by the names of the slots: what is
// needed to seal them anew. Slots of format 1 are not in it, nor is any passphrase.
func readSheets(tx *bolt.Tx, books *seal.Box) (map[string]string, error) {
	sheets := map[string]string{}
	if tx.Bucket(metaBucket).Get(sheetsName) == nil && tx.Bucket(spareBucket) == nil { // format 1
		return sheets, nil
	}
	raw, err := getSealed(tx.Bucket(metaBucket), metaBucket, sheetsName, books)
	if err != nil {
		return nil, err
	}
	if decoder.Unmarshal(raw, &sheets) != nil {
		return nil, damaged("the recipients of its slots cannot be read")
	}
	return sheets, nil
}

func writeSheets(tx *bolt.Tx, books *seal.Box, sheets map[string]string) error {
	raw, err := encoder.Marshal(sheets)
	if err != nil {
		return err
	}
	return putSealed(tx.Bucket(metaBucket), metaBucket, sheetsName, books, raw)
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
	k, _, err = seal.Unlock(readMirror(path, f.Desk).Slots, with...)
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
		slots = slotsOf(tx)
		return nil
	})
	return slots, err
}

// HasSlot reports, without a key, whether a store can be opened in a way.
func HasSlot(path string, kind seal.SlotKind) bool {
	var slots []seal.Slot
	l := lookOnly(path)
	defer l.end()
	_ = l.read(func(tx *bolt.Tx) error { // opening the store tells what is wrong with it
		if tx.Bucket(metaBucket) != nil {
			slots = slotsOf(tx)
		}
		return nil
	})
	return slices.ContainsFunc(slots, func(s seal.Slot) bool { return s.Kind == kind })
}

// AddSlot adds a way to open the store and returns its name. The recipient of any
// slot but a passphrase's is remembered under seal, so that it can be sealed anew.
func (s *Store) AddSlot(kind seal.SlotKind, label string, to age.Recipient) (string, error) {
	slot, err := s.newSlot(kind, clean.Line(label, labelMax), to, s.storeKey())
	if err != nil {
		return "", err
	}
	var slots []seal.Slot
	err = s.write(func(tx *bolt.Tx) error {
		sheets, err := readSheets(tx, s.ring.books)
		if err != nil {
			return err
		}
		if r, ok := to.(fmt.Stringer); ok {
			sheets[slot.Name] = r.String()
		}
		if slots = append(s.soundSlots(tx), slot); len(slots) > slotsMost {
			return domain.Refused("slot", "The store has %d ways to open it already. Remove one first.", slotsMost)
		}
		return errors.Join(writeSheets(tx, s.ring.books, sheets), writeSlots(tx, slots))
	})
	if err != nil {
		return "", err
	}
	_ = s.mirror(slots) // it serves only after damage, and the next opening writes it
	return slot.Name, nil
}

// slotsMost bounds the ways to open a store: whoever opens it tries them all.
const slotsMost = 32

// mirrorMax bounds what is read of a mirror: some hundred thousand erasures.
const mirrorMax = 16 << 20

// labelMax is the longest label of a slot, in runes. Labels stand in clear.
const labelMax = 60

// soundSlots returns the slots that a change begins with. Where the store's own are
// damaged those of the mirror count: no way in may be lost with them.
func (s *Store) soundSlots(tx *bolt.Tx) []seal.Slot {
	now := slotsOf(tx)
	if spare := readMirror(s.lease.path, s.facts.Desk).Slots; !whole(now) && whole(spare) {
		return spare
	}
	return now
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

// replaceFile writes a small file whole or not at all.
func replaceFile(name string, b []byte) error {
	tmp := name + ".new"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(tmp, name)
	}
	if err != nil {
		_ = os.Remove(tmp) // half of a file serves nobody, and the next one may have another name
		return err
	}
	return syncFolder(name)
}
