// Package stranger reads a store of coachdesk by its description alone.
//
// Everything here comes from FORMAT.md. Nothing is ever written. The reader is
// strict: what the page promises is checked, and the first broken promise is
// an error. It returns all of a store or nothing.
package stranger

import (
	"crypto/cipher"
	"errors"
	"fmt"
)

// Record is one record as FORMAT.md describes it.
type Record struct {
	Arrival uint64 // its number
	Type    byte   // 'p', 'o', 'd' or 'v'

	// IDs are upper-case base32 text of 26 characters, the desk is 16
	// hexadecimal digits. Command is what the page calls the batch.
	Subject, Desk, Command, By string

	Seq, Clock uint64
	Day        int
	Role, Kind string
	Scope      byte
	Body       []byte         // the CBOR of the event, as stored
	Fields     map[string]any // the decoded body
}

// Facts is what a store says about itself in clear.
type Facts struct {
	Version int
	Demo    bool
	Desk    string // 16 hexadecimal digits
	Office  string // text of an ID
	Self    string // text of the ID of the desk's own records
	Made    int    // a day
	Epoch   byte   // of the store key
}

// Slot is one way to the store key.
type Slot struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Label string `json:"label"`
	Made  string `json:"made"`
	Age   string `json:"age"`
	Sum   string `json:"sum"`
}

// Store is all that a store holds, opened and checked.
type Store struct {
	Facts   Facts
	Slots   []Slot
	Sheets  map[string]string // name of a slot to its recipient
	Tally   map[uint64]uint64
	Records []Record         // in the order of arrival
	Rows    []map[string]any // in the order of their IDs
	Drafts  []map[string]any // in the order of their IDs
	Looks   []map[string]any // in the order of their numbers
	Copies  []map[string]any
	Former  [][]byte // public keys that the store signed with before
	Waiting []Waiting
}

// Waiting is a record that is not in the journal yet, and why.
type Waiting struct {
	Record
	Why, From, Bundle string
}

// Limits that the page gives. What is larger is refused before it is opened.
const (
	maxValue = 16 << 20
	maxKey   = 256
)

// Formats of sealed values.
const (
	padded = 1
	bare   = 2
)

// Lengths that the page gives.
const (
	idLen      = 16
	deskLen    = 8
	nameLen    = 1 + idLen + deskLen + 8
	keyNameLen = 1 + idLen + 1 + 1
	keyLen     = 32
	headerLen  = 3 + 12
	tagLen     = 16
)

// The buckets of version 1, and what versions 2 and 3 added.
var (
	buckets1 = []string{"meta", "keys", "journal", "arrivals", "rows", "drafts", "tally"}
	buckets2 = []string{"spare", "looks"}
	buckets3 = []string{"quarantine"}
)

// damage is the error of everything that is not as the page says.
func damage(format string, args ...any) error {
	return fmt.Errorf("damaged: "+format, args...)
}

// ErrSecret means that no slot opens with the secret that was given.
var ErrSecret = errors.New("no slot opens with this passphrase or recovery key")

// Read returns every record of a store or backup in the order of arrival,
// opened with a passphrase or a recovery key.
func Read(path, secret string) ([]Record, error) {
	s, err := Load(path, secret)
	if err != nil {
		return nil, err
	}
	return s.Records, nil
}

// Rows returns the rows of a store: one map for each participant, with a name
// for each element of the array.
func Rows(path, secret string) ([]map[string]any, error) {
	s, err := Load(path, secret)
	if err != nil {
		return nil, err
	}
	return s.Rows, nil
}

// Load opens a store or backup with a passphrase or a recovery key, and checks
// and returns all of it.
func Load(path, secret string) (*Store, error) {
	raw, err := pull(path)
	if err != nil {
		return nil, err
	}
	r := &reader{raw: raw, keys: map[string]cipher.AEAD{}}
	for _, step := range []func() error{
		r.readFacts,
		r.readSlots,
		func() error { return r.unlock(secret) },
		r.readKeys,
		r.readMeta,
		r.readTally,
		r.readJournal,
		r.readArrivals,
		r.checkSequences,
		r.checkKeySet,
		r.checkErased,
		r.readRows,
		r.readDrafts,
		r.readLooks,
		r.readQuarantine,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &r.store, nil
}
