package seal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"
)

// SlotKind tells how a slot is opened.
type SlotKind string

// The kinds are stored.
const (
	ByPassphrase SlotKind = "passphrase"
	ByRecovery   SlotKind = "recovery"
	ByOffice     SlotKind = "office"
	ByKeyring    SlotKind = "keyring"
)

// Slot holds the store key as an ordinary age file: the stock age command opens it
// with nothing of ours installed.
type Slot struct {
	Name  string   `json:"name"` // tells slots apart; carries no meaning
	Kind  SlotKind `json:"kind"`
	Label string   `json:"label,omitempty"`
	Made  string   `json:"made"` // the date, for the person who tidies up
	Age   string   `json:"age"`  // armored
	Sum   string   `json:"sum"`  // SHA-256 of the others: tells damage from a wrong passphrase
}

// ErrWrongKey says that a passphrase or key opens none of the slots.
var ErrWrongKey = errors.New("that passphrase or key does not open this store")

// maxWork is the largest work factor that is tried: a slot that somebody made
// slower than this is not worth the wait.
const maxWork = 20

// Passphrase returns the recipient that seals a slot under a passphrase.
func Passphrase(passphrase string, work int) (age.Recipient, error) {
	r, err := age.NewScryptRecipient(norm.NFC.String(passphrase))
	if err != nil {
		return nil, fmt.Errorf("use the passphrase: %w", err)
	}
	r.SetWorkFactor(work)
	return r, nil
}

// Try returns the identity that opens slots sealed under a passphrase. Keyboards write
// one letter in several ways; the composed one counts.
func Try(passphrase string) (age.Identity, error) { return try(norm.NFC.String(passphrase)) }

// TryAll is [Try], and a second identity where the letters as they were typed differ:
// stores of format 1 were sealed under those.
func TryAll(passphrase string) ([]age.Identity, error) {
	one, err := Try(passphrase)
	if composed := norm.NFC.String(passphrase); err != nil || composed == passphrase {
		return []age.Identity{one}, err
	}
	other, err := try(passphrase)
	return []age.Identity{one, other}, err
}

// recoveryPrefix begins every recovery key, and nobody's passphrase.
const recoveryPrefix = "AGE-SECRET-KEY-1"

// Identities returns what opens a store with what somebody typed: a passphrase, or a
// recovery key from its sheet of paper. A recovery key with a slip in it is an error.
func Identities(typed string) ([]age.Identity, error) {
	if !IsRecovery(typed) {
		return TryAll(typed)
	}
	sheet, err := ReadRecovery(typed)
	if err != nil {
		return nil, err
	}
	return []age.Identity{sheet}, nil
}

// IsRecovery reports whether what somebody typed is meant as a recovery key.
func IsRecovery(typed string) bool {
	return strings.HasPrefix(strings.ToUpper(strings.Join(strings.Fields(typed), "")), recoveryPrefix)
}

func try(passphrase string) (age.Identity, error) {
	i, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("use the passphrase: %w", err)
	}
	i.SetMaxWorkFactor(maxWork)
	return i, nil
}

// ReadRecovery reads a recovery key as somebody typed it from paper: in either
// case, with spaces or line breaks. A slip is noticed by the key's own checksum.
func ReadRecovery(typed string) (age.Identity, error) {
	s := strings.ToUpper(strings.Join(strings.Fields(typed), ""))
	i, err := age.ParseX25519Identity(s)
	if err != nil {
		return nil, errors.New("the recovery key has a slip in it: it begins with AGE-SECRET-KEY-1 and has 74 characters; compare it with the sheet and type it again")
	}
	return i, nil
}

// ReadRecipient reads to whom a slot is to be sealed: an age recipient, as age-keygen
// prints it.
func ReadRecipient(typed string) (age.Recipient, error) {
	r, err := age.ParseX25519Recipient(strings.ToLower(strings.TrimSpace(typed)))
	if err != nil {
		return nil, errors.New("that is no age recipient: it begins with age1 and has 62 characters; copy it whole")
	}
	return r, nil
}

// Close seals a store key into the slot for a recipient.
func (s Slot) Close(to age.Recipient, k Key) (Slot, error) {
	var b bytes.Buffer
	a := armor.NewWriter(&b)
	w, err := age.Encrypt(a, to)
	if err != nil {
		return s, fmt.Errorf("make a key slot: %w", err)
	}
	_, err = w.Write(k[:])
	if err = errors.Join(err, w.Close(), a.Close()); err != nil {
		return s, fmt.Errorf("make a key slot: %w", err)
	}
	s.Age = b.String()
	s.Sum = s.sum()
	return s, nil
}

func (s Slot) sum() string {
	text := strings.Join([]string{s.Name, string(s.Kind), s.Label, s.Made, s.Age}, "\n")
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

// Whole reports whether the slot is as it was written.
func (s Slot) Whole() bool { return s.Sum == s.sum() }

// Open returns the store key when the identity fits the slot.
func (s Slot) Open(with ...age.Identity) (Key, error) {
	var k Key
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(s.Age)), with...)
	if err != nil {
		return k, ErrWrongKey
	}
	b, err := io.ReadAll(io.LimitReader(r, KeySize+1))
	if err != nil || len(b) != KeySize {
		return k, ErrWrongKey
	}
	copy(k[:], b)
	return k, nil
}

// Unlock tries identities on every slot that they may fit.
func Unlock(slots []Slot, with ...age.Identity) (Key, Slot, error) {
	for _, s := range slots {
		for _, i := range with {
			if _, words := i.(*age.ScryptIdentity); words != (s.Kind == ByPassphrase) {
				continue
			}
			if k, err := s.Open(i); err == nil {
				return k, s, nil
			}
		}
	}
	return Key{}, Slot{}, ErrWrongKey
}
