package store

import (
	"bytes"
	"errors"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// Version is the format that this program writes.
const Version = 3

// Facts is what may be known of a store without its key.
type Facts struct {
	Version int           `cbor:"1,keyasint"`
	Demo    bool          `cbor:"2,keyasint"` // made-up people only; nothing else may ever be in it
	Desk    domain.DeskID `cbor:"3,keyasint"`
	Office  domain.ID     `cbor:"4,keyasint"`
	Seat    domain.ID     `cbor:"5,keyasint"` // the subject of this desk's own records
	Made    calendar.Day  `cbor:"6,keyasint"`
	Epoch   byte          `cbor:"7,keyasint"` // which store key wraps the other keys
}

var (
	factsName     = []byte("facts")     // in clear, with a checksum
	witnessName   = []byte("witness")   // the same, sealed
	slotsName     = []byte("slots")     // in clear: age files
	sheetsName    = []byte("sheets")    // sealed: to whom the slots are sealed, for the day on which the store key changes
	copiesName    = []byte("copies")    // sealed: where backups were written
	identityName  = []byte("identity")  // sealed: the age identity of the desk
	signatureName = []byte("signature") // sealed: the ed25519 seed of the desk
	formerName    = []byte("former")    // sealed: the ed25519 public keys that it signed with before it became another desk
)

// readFacts reads what is in clear. It refuses formats of the future.
func readFacts(tx *bolt.Tx) (Facts, []byte, error) {
	var f Facts
	b := tx.Bucket(metaBucket)
	if b == nil && slices.ContainsFunc(bucketsOf(Version), func(name []byte) bool { return tx.Bucket(name) != nil }) {
		return f, nil, damaged("its part %q is missing", metaBucket)
	}
	if b == nil {
		return f, nil, say(ErrNotStore, nil, "The file is a bbolt database, but not a store of coachdesk.")
	}
	raw, ok := unsummed(b.Get(factsName))
	if !ok || decoder.Unmarshal(raw, &f) != nil {
		return f, nil, damaged("its first page of facts does not fit its checksum")
	}
	if f.Version > Version {
		return f, nil, say(ErrNewer, nil, "The store was written by a newer version of coachdesk (format %d; this one knows %d). Update coachdesk.", f.Version, Version)
	}
	for _, name := range bucketsOf(f.Version) {
		if tx.Bucket(name) == nil {
			return f, nil, damaged("its part %q is missing", name)
		}
	}
	return f, raw, nil
}

// writeFacts writes them in clear, once more in clear, and sealed.
func writeFacts(tx *bolt.Tx, f Facts, books *seal.Box) ([]byte, error) {
	raw, err := encoder.Marshal(f)
	if err != nil {
		return nil, err
	}
	b := tx.Bucket(metaBucket)
	return raw, errors.Join(
		b.Put(factsName, summed(raw)),
		tx.Bucket(spareBucket).Put(factsName, summed(raw)),
		putSealed(b, metaBucket, witnessName, books, raw),
	)
}

// checkWitness compares the facts in clear with those under seal.
func checkWitness(tx *bolt.Tx, raw []byte, books *seal.Box) error {
	sealed, err := getSealed(tx.Bucket(metaBucket), metaBucket, witnessName, books)
	if err != nil {
		return err
	}
	if !bytes.Equal(raw, sealed) {
		return damaged("its facts in clear were changed")
	}
	return nil
}

// house is the header of what belongs to no subject.
var house = seal.Header{Format: seal.Padded, Epoch: 1}

func putSealed(b *bolt.Bucket, bucket, key []byte, box *seal.Box, plain []byte) error {
	return b.Put(key, box.Seal(house, string(bucket), key, plain))
}

// getSealed opens a value; one that is missing is damage.
func getSealed(b *bolt.Bucket, bucket, key []byte, box *seal.Box) ([]byte, error) {
	v := b.Get(key)
	if v == nil {
		return nil, damaged("a value of its part %q is missing", bucket)
	}
	plain, err := box.Open(string(bucket), key, v)
	if err != nil {
		return nil, damaged("a value of its part %q does not open", bucket)
	}
	return plain, nil
}

// tally is the sealed count of what a store holds, written with every change, so
// that whatever is taken away is missed.
type tally struct {
	Records  uint64       `cbor:"1,keyasint"` // in the journal
	Clock    domain.Clock `cbor:"2,keyasint"` // of the newest record
	Arrivals uint64       `cbor:"3,keyasint"` // the last number given
	Rows     uint64       `cbor:"4,keyasint"`
	OfRows   uint64       `cbor:"5,keyasint"` // records of participants: the sum over the rows
	OfOffice uint64       `cbor:"6,keyasint"`
	OfDesk   uint64       `cbor:"7,keyasint"`
	Shape    uint64       `cbor:"8,keyasint"` // of the rows that the writing version knew

	Erased    uint64 `cbor:"9,keyasint"`  // arrivals of records that were erased
	LooksFrom uint64 `cbor:"10,keyasint"` // the first look that is kept
	LooksTo   uint64 `cbor:"11,keyasint"` // the last; smaller than the first when there is none
	Owed      uint64 `cbor:"12,keyasint"` // 1 while something was erased and the file not yet compacted
	Waiting   uint64 `cbor:"13,keyasint"` // records in quarantine
}

// ofDirectory is how many records the directory of local services has: what is neither
// of a participant nor of the office nor of the desk. A program that has never heard of
// it keeps the number right.
func (t tally) ofDirectory() uint64 {
	rest := t.OfRows + t.OfOffice + t.OfDesk
	return t.Records - min(rest, t.Records)
}

var tallyName = []byte("now")

func readTally(tx *bolt.Tx, books *seal.Box) (tally, error) {
	var t tally
	raw, err := getSealed(tx.Bucket(tallyBucket), tallyBucket, tallyName, books)
	if err != nil {
		return t, err
	}
	if decoder.Unmarshal(raw, &t) != nil {
		return t, damaged("its counts cannot be read")
	}
	return t, nil
}

func writeTally(tx *bolt.Tx, books *seal.Box, t tally) error {
	raw, err := encoder.Marshal(t)
	if err != nil {
		return err
	}
	return putSealed(tx.Bucket(tallyBucket), tallyBucket, tallyName, books, raw)
}

// Peek reads what is in clear, without a key.
func Peek(path string) (f Facts, err error) {
	l := lookOnly(path)
	defer l.end()
	err = l.read(func(tx *bolt.Tx) (err error) {
		f, _, err = readFacts(tx)
		return err
	})
	return f, err
}
