package stranger

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"filippo.io/age"
)

// readMeta opens the sealed values of the bucket meta.
func (r *reader) readMeta() error {
	books := func(name string) ([]byte, error) { return r.house("books", "meta", []byte(name), padded) }

	witness, err := books("witness")
	if err != nil {
		return err
	}
	if !bytes.Equal(witness, r.raw["meta"].get([]byte("facts"))[sha256.Size:]) {
		return damage("meta/witness is not meta/facts")
	}
	identity, err := books("identity")
	if err != nil {
		return err
	}
	if _, err := age.ParseX25519Identity(string(identity)); err != nil {
		return damage("meta/identity: %v", err)
	}
	seed, err := books("signature")
	if err != nil {
		return err
	}
	if len(seed) != 32 {
		return damage("meta/signature has %d bytes", len(seed))
	}
	if r.store.Facts.Version < 2 {
		return nil
	}
	if err := r.readSheets(); err != nil {
		return err
	}
	if err := r.readCopies(); err != nil || r.store.Facts.Version < 3 {
		return err
	}
	return r.readFormer()
}

// readFormer opens the list of keys that the store signed with before.
func (r *reader) readFormer() error {
	value, err := r.house("books", "meta", []byte("former"), padded)
	if err != nil {
		return err
	}
	v, err := decode(value)
	list, ok := v.([]any)
	if err != nil || !ok {
		return damage("meta/former is no array")
	}
	for _, item := range list {
		key, ok := item.([]byte)
		if !ok || len(key) != 32 {
			return damage("meta/former: an item is no key")
		}
		r.store.Former = append(r.store.Former, key)
	}
	return nil
}

// readSheets opens the list of who the slots are sealed to.
func (r *reader) readSheets() error {
	value, err := r.house("books", "meta", []byte("sheets"), padded)
	if err != nil {
		return err
	}
	m, err := decodeMap(value)
	if err != nil {
		return fmt.Errorf("meta/sheets: %w", err)
	}
	r.store.Sheets = map[string]string{}
	for k, v := range m {
		name, ok1 := k.(string)
		to, ok2 := v.(string)
		if !ok1 || !ok2 || !strings.HasPrefix(to, "age1") {
			return damage("meta/sheets: an odd entry")
		}
		if !slices.ContainsFunc(r.store.Slots, func(s Slot) bool { return s.Name == name && s.Kind != "passphrase" }) {
			return damage("meta/sheets: no slot is called %s", name)
		}
		r.store.Sheets[name] = to
	}
	return nil
}

// readCopies opens the list of backups that somebody named. Version 1 had none.
func (r *reader) readCopies() error {
	if r.raw["meta"].get([]byte("copies")) == nil && r.store.Facts.Version < 2 {
		return nil
	}
	value, err := r.house("books", "meta", []byte("copies"), padded)
	if err != nil {
		return err
	}
	v, err := decode(value)
	if err != nil {
		return fmt.Errorf("meta/copies: %w", err)
	}
	list, ok := v.([]any)
	if !ok && v != nil {
		return damage("meta/copies is no array")
	}
	for _, item := range list {
		m, ok := item.(map[any]any)
		if !ok {
			return damage("meta/copies: an item is no map")
		}
		g := getter{m: m}
		r.store.Copies = append(r.store.Copies, map[string]any{"path": g.text(uint64(1)), "made": g.uint(2)})
		if g.err != nil {
			return fmt.Errorf("meta/copies: %w", g.err)
		}
	}
	return nil
}

// readTally opens the tally. Fields 9 to 13 mean 0 when they are absent.
func (r *reader) readTally() error {
	value, err := r.house("books", "tally", []byte("now"), padded)
	if err != nil {
		return err
	}
	m, err := decodeMap(value)
	if err != nil {
		return fmt.Errorf("tally: %w", err)
	}
	g := getter{m: m}
	t := map[uint64]uint64{}
	for field := uint64(1); field <= 13; field++ {
		if _, there := m[field]; field > 8 && !there {
			continue
		}
		t[field] = g.uint(field)
	}
	r.store.Tally = t
	if g.err != nil {
		return fmt.Errorf("tally: %w", g.err)
	}
	return nil
}
