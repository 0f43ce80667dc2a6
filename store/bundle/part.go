package bundle

import (
	"errors"

	"coachdesk/domain"
)

// Version is the format of bundles that this program writes.
const Version = 1

// Header says what a bundle is before anything of it is believed. It is under the seal
// of the file, and under the signature.
type Header struct {
	Version int               `cbor:"1,keyasint"`
	ID      domain.ID         `cbor:"2,keyasint"`
	Kind    domain.BundleKind `cbor:"3,keyasint"`
	Made    int64             `cbor:"4,keyasint"` // milliseconds since 1970
	Demo    bool              `cbor:"5,keyasint"` // about made-up people only
	From    Card              `cbor:"6,keyasint"`
	To      []Addressee       `cbor:"7,keyasint"` // nobody: whoever has the passphrase
	People  int               `cbor:"8,keyasint"`
	Records int               `cbor:"9,keyasint"`
}

// Addressee is somebody a bundle is sealed to. That it stands under the signature keeps
// a receiver from passing a bundle on as if it had been sent to somebody else.
type Addressee struct {
	Person    domain.ID `cbor:"1,keyasint"`
	Recipient string    `cbor:"2,keyasint"`
}

// Person begins what a bundle has of one participant.
type Person struct {
	ID      domain.ID       `cbor:"1,keyasint"`
	Keys    map[byte][]byte `cbor:"2,keyasint,omitempty"` // by scope; none for somebody outside
	Records int             `cbor:"3,keyasint"`           // that follow
}

// Record is one record: sealed as it lies in the journal, or an envelope in the open of
// the bundle.
type Record struct {
	Name   []byte // as in the journal, 33 bytes
	Sealed bool
	Value  []byte
}

// Actor is somebody whose records are in a bundle.
type Actor struct {
	ID     domain.ID   `cbor:"1,keyasint"`
	Name   string      `cbor:"2,keyasint"`
	Role   domain.Role `cbor:"3,keyasint"`
	Office string      `cbor:"4,keyasint,omitempty"` // absent: that of the sender
}

type trailer struct {
	People    int    `cbor:"1,keyasint"`
	Records   int    `cbor:"2,keyasint"`
	Sum       []byte `cbor:"3,keyasint"` // SHA-256 of all before the trailer
	Signature []byte `cbor:"4,keyasint"`
}

// signed is what a signature is made on.
func signed(sum []byte) []byte { return append([]byte("coachdesk bundle 1\x00"), sum...) }

// magic begins what is inside the age file.
const magic = "coachdesk bundle\n"

// The parts of a bundle, by their first byte.
const (
	partHeader  byte = 'H'
	partPerson  byte = 'P'
	partSealed  byte = 'S'
	partPlain   byte = 'E'
	partRoster  byte = 'R'
	partTrailer byte = 'Z'
)

const nameSize = 1 + 16 + 8 + 8

// Limits of what is read. Whatever says that it is more is refused before room is made
// for it.
const (
	MaxPeople  = 50_000
	MaxRecords = 10_000_000
	MaxTo      = 64
	maxActors  = 10_000
	maxSmall   = 64 << 10              // of a header, a person, a trailer
	maxRoster  = 8 << 20               // of the roster
	maxRecord  = 16<<20 + nameSize + 1 // a sealed value has at most 16 MiB
	partHead   = 1 + 4
)

// most is how long a part may be.
func most(kind byte) int {
	switch kind {
	case partSealed, partPlain:
		return maxRecord
	case partRoster:
		return maxRoster
	}
	return maxSmall
}

// What may be wrong with a bundle. Nothing of one that is wrong may be believed.
var (
	ErrNotBundle = errors.New("the file is not a bundle")
	ErrNotForUs  = errors.New("the bundle is sealed to somebody else")
	ErrNewer     = errors.New("the bundle was written by a newer version of coachdesk")
	ErrChanged   = errors.New("the bundle was changed")
	ErrCut       = errors.New("the bundle is cut off")
	ErrTooMuch   = errors.New("the bundle says that it has more than any bundle has")
)
