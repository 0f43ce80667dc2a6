package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"github.com/fxamacker/cbor/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// The buckets of the file.
var (
	metaBucket     = []byte("meta")
	keysBucket     = []byte("keys")
	journalBucket  = []byte("journal")
	arrivalsBucket = []byte("arrivals")
	rowsBucket     = []byte("rows")
	draftsBucket   = []byte("drafts")
	// tallyBucket holds one small value, so bbolt keeps it inside the root page,
	// which every commit writes anyway.
	tallyBucket = []byte("tally")
	// spareBucket has the facts, the slots and every key once more: a damaged page
	// takes one of the two along, not both.
	spareBucket = []byte("spare")
	looksBucket = []byte("looks")
	// quarantineBucket has records of other desks that are not let into the journal.
	quarantineBucket = []byte("quarantine")
)

// bucketsSince are the buckets by the version of the format that brought them.
var bucketsSince = map[int][][]byte{
	1: {metaBucket, keysBucket, journalBucket, arrivalsBucket, rowsBucket, draftsBucket, tallyBucket},
	2: {spareBucket, looksBucket},
	3: {quarantineBucket},
}

// bucketsOf returns the buckets of a store of a version.
func bucketsOf(version int) [][]byte {
	var all [][]byte
	for v := 1; v <= version; v++ {
		all = append(all, bucketsSince[v]...)
	}
	return all
}

// encoder writes CBOR in the one deterministic way of RFC 8949, section 4.2.1.
var encoder = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // a mistake in the options above
	}
	return m
}()

// decoder refuses what no encoder of ours writes: doubled keys, tags, indefinite
// lengths, and what is nested or long without reason.
var decoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:   16,
		MaxArrayElements:  1 << 16,
		MaxMapPairs:       1 << 12,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
	}.DecMode()
	if err != nil {
		panic(err) // a mistake in the options above
	}
	return m
}()

// envelope is what a sealed record holds beside its event. The numbers are its
// format; what a later version adds is passed on unread, for the sealed bytes are
// never written again.
type envelope struct {
	Command domain.ID    `cbor:"1,keyasint"`
	Clock   domain.Clock `cbor:"2,keyasint"`
	Day     calendar.Day `cbor:"3,keyasint"`
	By      domain.ID    `cbor:"4,keyasint"`
	Role    domain.Role  `cbor:"5,keyasint"`
	Kind    string       `cbor:"6,keyasint"`
	Body    []byte       `cbor:"7,keyasint"`
}

func envelopeOf(r domain.Record) ([]byte, error) {
	return encoder.Marshal(envelope{r.Command, r.Time, r.Day, r.By, r.Role, r.Kind, r.Body})
}

const (
	subjectSize = 1 + 16
	journalSize = subjectSize + 8 + 8
)

func subjectKey(s domain.Subject) []byte {
	return append([]byte{byte(s.Type)}, s.ID[:]...)
}

// journalKey is subject, desk, sequence: in the order of the keys, a gap shows.
func journalKey(s domain.Subject, desk domain.DeskID, seq uint64) []byte {
	k := make([]byte, 0, journalSize)
	k = append(k, byte(s.Type))
	k = append(k, s.ID[:]...)
	k = append(k, desk[:]...)
	return binary.BigEndian.AppendUint64(k, seq)
}

// named reads a journal key into the name of a record.
func named(k []byte) (domain.Record, error) {
	var r domain.Record
	if len(k) != journalSize {
		return r, damaged("a record has a name of the wrong length")
	}
	r.Subject.Type = domain.SubjectType(k[0])
	copy(r.Subject.ID[:], k[1:])
	copy(r.Desk[:], k[subjectSize:])
	r.Seq = binary.BigEndian.Uint64(k[subjectSize+8:])
	return r, nil
}

func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func numberOf(k []byte) uint64 { return binary.BigEndian.Uint64(k) }

// summed puts a checksum before a value that has to be readable without a key.
func summed(value []byte) []byte {
	sum := sha256.Sum256(value)
	return append(sum[:], value...)
}

func unsummed(b []byte) ([]byte, bool) {
	if len(b) < sha256.Size || len(b) > clearMax {
		return nil, false
	}
	sum := sha256.Sum256(b[sha256.Size:])
	if !bytes.Equal(sum[:], b[:sha256.Size]) {
		return nil, false
	}
	return bytes.Clone(b[sha256.Size:]), true
}

// clearMax bounds what is read without a seal: the facts, and some dozens of slots.
const clearMax = 1 << 18
