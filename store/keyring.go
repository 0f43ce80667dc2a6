package store

import (
	"io"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// keyring has the keys of an opened store. The store key opens the keys in the
// bucket "keys"; those open everything else.
type keyring struct {
	key    seal.Key // to make further slots
	store  *seal.Box
	epoch  byte
	rows   *seal.Box
	drafts *seal.Box
	books  *seal.Box // tally, arrivals, facts, identities
	known  map[keyName]*seal.Box
	dice   io.Reader
}

// knownMax bounds the keys that are held open: those of some thousand people.
const knownMax = 1 << 13

// keyName names a key: the subject, the scope, and which of its keys in time.
type keyName [subjectSize + 2]byte

const firstEpoch byte = 1

// keyFor names the key of a scope. Only participants have one for each scope.
func keyFor(s domain.Subject, scope domain.Scope, epoch byte) keyName {
	var n keyName
	n[0] = byte(s.Type)
	copy(n[1:], s.ID[:])
	if s.Type == domain.AboutParticipant {
		n[subjectSize] = byte(scope)
	}
	n[subjectSize+1] = epoch
	return n
}

// The keys of the house belong to no subject.
var (
	rowsKey   = houseKey("rows")
	draftsKey = houseKey("drafts")
	booksKey  = houseKey("books")
)

func houseKey(name string) keyName {
	n := keyName{0: 'h', subjectSize + 1: firstEpoch}
	copy(n[1:subjectSize], name)
	return n
}

// newKeyring makes the keys of a new store in its first transaction.
func newKeyring(tx *bolt.Tx, key seal.Key, dice io.Reader) (*keyring, error) {
	r := &keyring{key: key, store: seal.NewBox(key), epoch: firstEpoch, known: map[keyName]*seal.Box{}, dice: dice}
	for _, name := range []keyName{rowsKey, draftsKey, booksKey} {
		if err := r.make(tx, name); err != nil {
			return nil, err
		}
	}
	return r, r.openHouse(tx)
}

// openKeyring opens the keys of the house with the store key.
func openKeyring(tx *bolt.Tx, key seal.Key, epoch byte, dice io.Reader) (*keyring, error) {
	r := &keyring{key: key, store: seal.NewBox(key), epoch: epoch, known: map[keyName]*seal.Box{}, dice: dice}
	return r, r.openHouse(tx)
}

func (r *keyring) openHouse(tx *bolt.Tx) error {
	for name, box := range map[keyName]**seal.Box{rowsKey: &r.rows, draftsKey: &r.drafts, booksKey: &r.books} {
		b, err := r.open(tx, name)
		if err != nil {
			return err
		}
		*box = b
	}
	return nil
}

// make throws a new key and puts it, wrapped, into the store. If the transaction
// fails, the caller must [keyring.forget]: the key would never have existed.
func (r *keyring) make(tx *bolt.Tx, name keyName) error {
	k, err := seal.NewKey(r.dice)
	if err != nil {
		return err
	}
	delete(r.known, name)
	return wrap(tx, r.store, r.epoch, name, k[:])
}

// wrap puts a key under the store key of an epoch, in both places.
func wrap(tx *bolt.Tx, store *seal.Box, epoch byte, name keyName, key []byte) error {
	h := seal.Header{Format: seal.Bare, Epoch: epoch, Scope: name[subjectSize]}
	for _, bucket := range [][]byte{keysBucket, spareBucket} {
		if err := tx.Bucket(bucket).Put(name[:], store.Seal(h, string(bucket), name[:], key)); err != nil {
			return err
		}
	}
	return nil
}

// open unwraps a key.
func (r *keyring) open(tx *bolt.Tx, name keyName) (*seal.Box, error) {
	if box := r.known[name]; box != nil {
		return box, nil
	}
	plain, err := r.unwrap(tx, keysBucket, name)
	if err != nil {
		return nil, err
	}
	box := seal.NewBox(seal.Key(plain))
	clear(plain)
	if len(r.known) >= knownMax {
		clear(r.known)
	}
	r.known[name] = box
	return box, nil
}

// unwrap opens a key as it stands in one of its two places.
func (r *keyring) unwrap(tx *bolt.Tx, bucket []byte, name keyName) ([]byte, error) {
	v := tx.Bucket(bucket).Get(name[:])
	if v == nil {
		return nil, damaged("a key is missing")
	}
	plain, err := r.store.Open(string(bucket), name[:], v)
	if err != nil || len(plain) != seal.KeySize {
		return nil, damaged("a key does not open")
	}
	return plain, nil
}

// all unwraps every key.
func (r *keyring) all(tx *bolt.Tx) (map[keyName][]byte, error) {
	keys := map[keyName][]byte{}
	err := tx.Bucket(keysBucket).ForEach(func(k, _ []byte) (err error) {
		if len(k) != len(keyName{}) {
			return damaged("a key has a name of the wrong length")
		}
		keys[keyName(k)], err = r.unwrap(tx, keysBucket, keyName(k))
		return err
	})
	return keys, err
}

// ensure makes the keys of a subject unless it has them: three for a participant,
// whichever scopes are used, so that their number tells nothing.
func (r *keyring) ensure(tx *bolt.Tx, s domain.Subject) error {
	first := keyFor(s, domain.Shareable, firstEpoch)
	if tx.Bucket(keysBucket).Get(first[:]) != nil {
		return nil
	}
	if s.Type != domain.AboutParticipant {
		return r.make(tx, first)
	}
	for _, scope := range domain.Scopes {
		if err := r.make(tx, keyFor(s, scope, firstEpoch)); err != nil {
			return err
		}
	}
	return nil
}

// forget drops what was unwrapped, because another process may have changed it.
func (r *keyring) forget() { clear(r.known) }

// burn drops every key. Go cannot promise that no copy of them is left.
func (r *keyring) burn() {
	clear(r.key[:])
	r.forget()
	r.store, r.rows, r.drafts, r.books = nil, nil, nil, nil
}

// sealRecord seals an envelope for its place in the journal.
func (r *keyring) sealRecord(tx *bolt.Tx, rec domain.Record, key, plain []byte) ([]byte, error) {
	box, err := r.open(tx, keyFor(rec.Subject, rec.Scope, firstEpoch))
	if err != nil {
		return nil, err
	}
	h := seal.Header{Format: seal.Padded, Epoch: firstEpoch, Scope: byte(rec.Scope)}
	return box.Seal(h, string(journalBucket), key, plain), nil
}

// openRecord opens and decodes a record of the journal.
func (r *keyring) openRecord(tx *bolt.Tx, key, value []byte) (domain.Record, error) {
	rec, _, err := r.openPlain(tx, key, value)
	return rec, err
}

// openPlain is openRecord, and returns the envelope as it was first written as well.
func (r *keyring) openPlain(tx *bolt.Tx, key, value []byte) (domain.Record, []byte, error) {
	rec, err := named(key)
	if err != nil {
		return rec, nil, err
	}
	h, err := seal.HeaderOf(value)
	if err != nil || h.Format != seal.Padded {
		return rec, nil, damaged("a record has an unknown format")
	}
	rec.Scope = domain.Scope(h.Scope)
	box, err := r.open(tx, keyFor(rec.Subject, rec.Scope, h.Epoch))
	if err != nil {
		return rec, nil, err
	}
	plain, err := box.Open(string(journalBucket), key, value)
	if err != nil {
		return rec, nil, damaged("a record does not open")
	}
	return rec, plain, unpack(&rec, plain)
}

// unpack reads an envelope into a record.
func unpack(rec *domain.Record, plain []byte) error {
	var e envelope
	if decoder.Unmarshal(plain, &e) != nil {
		return damaged("a record cannot be decoded")
	}
	rec.Command, rec.Time, rec.Day, rec.By, rec.Role, rec.Kind, rec.Body = e.Command, e.Clock, e.Day, e.By, e.Role, e.Kind, e.Body
	return meant("reading "+e.Kind, func() (err error) {
		if rec.Event, err = domain.ReadEvent(e.Kind, e.Body, decoder.Unmarshal); err != nil {
			// The decoder's own words may quote the body.
			err = damaged("a record of kind %q cannot be decoded", e.Kind)
		}
		return err
	})
}
