package stranger

import (
	"bytes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"
)

// reader carries what one reading has found so far.
type reader struct {
	raw      map[string]bucket
	storeKey cipher.AEAD
	keys     map[string]cipher.AEAD // by the name of the key, 19 bytes
	store    Store

	journal map[string]Record // by the name of the record, 33 bytes
	counts  map[string]uint64 // records of each subject, by type and ID
}

// readFacts checks the checksum of the facts and decodes them. Which buckets
// there must be follows from the version in them.
func (r *reader) readFacts() error {
	value := r.raw["meta"].get([]byte("facts"))
	if len(value) < sha256.Size {
		return damage("meta/facts is missing or short")
	}
	if sum := sha256.Sum256(value[sha256.Size:]); !bytes.Equal(sum[:], value[:sha256.Size]) {
		return damage("meta/facts: the checksum is wrong")
	}
	m, err := decodeMap(value[sha256.Size:])
	if err != nil {
		return fmt.Errorf("meta/facts: %w", err)
	}
	g := getter{m: m}
	f := Facts{
		Version: int(g.uint(1)),
		Demo:    g.bool(2),
		Desk:    hex.EncodeToString(g.bytes(3, deskLen)),
		Office:  g.id(4, false),
		Self:    g.id(5, false),
		Made:    g.int(6),
		Epoch:   byte(g.uint(7)),
	}
	switch {
	case g.err != nil:
		return fmt.Errorf("meta/facts: %w", g.err)
	case f.Version < 1:
		return damage("meta/facts: version %d", f.Version)
	case g.uint(7) < 1 || g.uint(7) > 255:
		return damage("meta/facts: epoch %d", g.uint(7))
	}
	r.store.Facts = f

	need := slices.Clone(buckets1)
	if f.Version >= 2 {
		need = append(need, buckets2...)
	}
	if f.Version >= 3 {
		need = append(need, buckets3...)
	} else if r.raw[buckets3[0]] != nil {
		return damage("version %d has no bucket %s", f.Version, buckets3[0])
	}
	for _, name := range need {
		if r.raw[name] == nil {
			return damage("there is no bucket %s", name)
		}
	}
	if f.Version < 2 {
		// A later bucket in a store of version 1 was put there by nobody we know.
		for _, name := range buckets2 {
			if r.raw[name] != nil {
				return damage("version 1 has no bucket %s", name)
			}
		}
		return nil
	}
	for _, name := range []string{"facts", "slots"} {
		if !bytes.Equal(r.raw["spare"].get([]byte(name)), r.raw["meta"].get([]byte(name))) {
			return damage("spare/%s is not meta/%s", name, name)
		}
	}
	return nil
}

// sum returns what the sum of a slot must be.
func (s Slot) sum() string {
	text := strings.Join([]string{s.Name, s.Kind, s.Label, s.Made, s.Age}, "\n")
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// check tells what is wrong with a slot.
func (s Slot) check() error {
	if s.Sum != s.sum() {
		return damage("slot %s: the sum is wrong", s.Name)
	}
	if _, err := ParseID(s.Name); err != nil {
		return damage("slot %s: %v", s.Name, err)
	}
	if _, err := time.Parse(time.DateOnly, s.Made); err != nil {
		return damage("slot %s: %v", s.Name, err)
	}
	if !slices.Contains([]string{"passphrase", "recovery", "office", "keyring"}, s.Kind) {
		return damage("slot %s: kind %q", s.Name, s.Kind)
	}
	return nil
}

// readSlots decodes the slots and checks the sum of each.
func (r *reader) readSlots() error {
	v, err := decode(r.raw["meta"].get([]byte("slots")))
	if err != nil {
		return fmt.Errorf("meta/slots: %w", err)
	}
	list, ok := v.([]any)
	if !ok {
		return damage("meta/slots is no array")
	}
	for _, item := range list {
		m, ok := item.(map[any]any)
		if !ok {
			return damage("meta/slots: an item is no map")
		}
		g := getter{m: m}
		s := Slot{
			Name:  g.text("name"),
			Kind:  g.text("kind"),
			Label: g.maybeText("label"),
			Made:  g.text("made"),
			Age:   g.text("age"),
			Sum:   g.text("sum"),
		}
		if g.err != nil {
			return fmt.Errorf("meta/slots: %w", g.err)
		}
		if err := s.check(); err != nil {
			return fmt.Errorf("meta/slots: %w", err)
		}
		r.store.Slots = append(r.store.Slots, s)
	}
	return nil
}

// unlock finds the store key with a passphrase or a recovery key.
func (r *reader) unlock(secret string) error {
	tries, kind, err := identities(secret)
	if err != nil {
		return err
	}
	for _, s := range r.store.Slots {
		if s.Kind != kind {
			continue
		}
		for _, id := range tries {
			key, err := openSlot(s, id)
			if err != nil {
				return err
			}
			if key == nil {
				continue
			}
			r.storeKey, err = newGCM(key)
			return err
		}
	}
	return ErrSecret
}

// identities returns what a secret may mean to age, and the kind of slot that
// it can open. The passphrase is tried in NFC, and as it was typed: version 1
// did not change it.
func identities(secret string) ([]age.Identity, string, error) {
	if trimmed := strings.TrimSpace(secret); strings.HasPrefix(trimmed, "AGE-SECRET-KEY-1") {
		id, err := age.ParseX25519Identity(trimmed)
		if err != nil {
			return nil, "", fmt.Errorf("recovery key: %w", err)
		}
		return []age.Identity{id}, "recovery", nil
	}
	forms := []string{norm.NFC.String(secret)}
	if forms[0] != secret {
		forms = append(forms, secret)
	}
	var ids []age.Identity
	for _, form := range forms {
		id, err := age.NewScryptIdentity(form)
		if err != nil {
			return nil, "", err
		}
		ids = append(ids, id)
	}
	return ids, "passphrase", nil
}

// openSlot returns the store key in a slot, or nil when the identity is not
// the one that the slot was sealed to.
func openSlot(s Slot, id age.Identity) ([]byte, error) {
	plain, err := age.Decrypt(armor.NewReader(strings.NewReader(s.Age)), id)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, nil
	}
	if err != nil {
		return nil, damage("slot %s: %v", s.Name, err)
	}
	key, err := io.ReadAll(io.LimitReader(plain, keyLen+1))
	if err != nil {
		return nil, damage("slot %s: %v", s.Name, err)
	}
	if len(key) != keyLen {
		return nil, damage("slot %s: a store key of %d bytes", s.Name, len(key))
	}
	return key, nil
}
