package bundle

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"filippo.io/age"
)

// Part is what follows the header of a bundle: a person, or a record of the person
// before it. What is in it is valid until the next.
type Part struct {
	Person *Person
	Record *Record
}

// Reader reads the inside of a bundle. Nothing that it gives may be acted on before
// [Reader.Next] has returned io.EOF: only then are the seal, the counts and the
// signature known to be right.
type Reader struct {
	Header Header
	Roster []Actor // after the end

	from   *bufio.Reader
	sum    hash.Hash
	before []byte // the checksum of all before the trailer
	room   []byte
	people int
	given  int
	due    int
	err    error
}

// Open reads the header of a bundle that is sealed to one of the identities.
func Open(from io.Reader, with ...age.Identity) (*Reader, error) {
	inside, err := age.Decrypt(from, with...)
	if err != nil {
		return nil, outside(err)
	}
	return NewReader(inside)
}

// outside says what is wrong with the age file around a bundle.
func outside(err error) error {
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return ErrNotForUs
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCut
	}
	return ErrNotBundle
}

// NewReader reads the inside of a bundle.
func NewReader(inside io.Reader) (*Reader, error) {
	r := &Reader{sum: sha256.New()}
	r.from = bufio.NewReaderSize(inside, bufferSize)
	begin := make([]byte, len(magic))
	if _, err := io.ReadFull(r.from, begin); err != nil {
		return nil, r.torn(err)
	}
	if string(begin) != magic {
		return nil, ErrNotBundle
	}
	r.sum.Write(begin)
	kind, raw, err := r.part()
	if err != nil {
		return nil, err
	}
	var v struct {
		Version int `cbor:"1,keyasint"`
	}
	if kind != partHeader || decoder.Unmarshal(raw, &v) != nil {
		return nil, ErrChanged
	}
	if v.Version > Version {
		return nil, ErrNewer
	}
	h := &r.Header
	switch {
	case decoder.Unmarshal(raw, h) != nil || v.Version < 1 || h.ID.IsZero() || !h.From.Valid():
		return nil, ErrChanged
	case h.People < 0 || h.People > MaxPeople || h.Records < 0 || h.Records > MaxRecords || len(h.To) > MaxTo:
		return nil, ErrTooMuch
	}
	return r, nil
}

// torn says what an error of reading means: everything inside is under the seal of age,
// so that what cannot be read was changed, or is not there.
func (r *Reader) torn(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrCut
	}
	return errors.Join(ErrChanged, err)
}

// Next returns the next part. io.EOF says that the bundle is whole: what it counts is
// there, and its signature is right.
func (r *Reader) Next() (Part, error) {
	if r.err != nil {
		return Part{}, r.err
	}
	p, err := r.next()
	r.err = err
	return p, err
}

func (r *Reader) next() (Part, error) {
	kind, raw, err := r.part()
	if err != nil {
		return Part{}, err
	}
	switch kind {
	case partPerson:
		return r.person(raw)
	case partSealed, partPlain:
		if r.due == 0 || len(raw) < nameSize {
			return Part{}, ErrChanged
		}
		r.due, r.given = r.due-1, r.given+1
		return Part{Record: &Record{Name: raw[:nameSize], Sealed: kind == partSealed, Value: raw[nameSize:]}}, nil
	case partRoster:
		if r.due != 0 || r.Roster != nil || decoder.Unmarshal(raw, &r.Roster) != nil || r.Roster == nil || len(r.Roster) > maxActors {
			return Part{}, ErrChanged
		}
		return r.next()
	case partTrailer:
		return Part{}, r.end(raw)
	}
	return Part{}, ErrChanged
}

func (r *Reader) person(raw []byte) (Part, error) {
	var p Person
	if r.due != 0 || r.Roster != nil || decoder.Unmarshal(raw, &p) != nil || p.ID.IsZero() || p.Records < 0 {
		return Part{}, ErrChanged
	}
	r.people, r.due = r.people+1, p.Records
	if r.people > r.Header.People || p.Records > r.Header.Records-r.given {
		return Part{}, ErrTooMuch
	}
	return Part{Person: &p}, nil
}

// end compares the trailer with what was read. Nothing may follow it.
func (r *Reader) end(raw []byte) error {
	var t trailer
	h := r.Header
	switch {
	case decoder.Unmarshal(raw, &t) != nil || r.due != 0 || r.Roster == nil,
		t.People != r.people || t.People != h.People || t.Records != r.given || t.Records != h.Records,
		!bytes.Equal(t.Sum, r.before) || !ed25519.Verify(h.From.Verify, signed(r.before), t.Signature):
		return ErrChanged
	}
	if _, err := r.from.ReadByte(); !errors.Is(err, io.EOF) {
		return ErrChanged
	}
	return io.EOF
}

// part reads the next part into the reader's own room. However long it says that it is,
// no more room is made than has arrived.
func (r *Reader) part() (byte, []byte, error) {
	var head [partHead]byte
	if _, err := io.ReadFull(r.from, head[:]); err != nil {
		return 0, nil, r.torn(err)
	}
	n := int(binary.BigEndian.Uint32(head[1:]))
	if n > most(head[0]) {
		return 0, nil, ErrTooMuch
	}
	r.room = r.room[:0]
	for len(r.room) < n {
		have := len(r.room)
		step := min(n-have, max(bufferSize, have))
		if cap(r.room)-have < step {
			r.room = append(make([]byte, 0, have+step), r.room...)
		}
		r.room = r.room[:have+step]
		if _, err := io.ReadFull(r.from, r.room[have:]); err != nil {
			return 0, nil, r.torn(err)
		}
	}
	if head[0] == partTrailer {
		r.before = r.sum.Sum(nil)
	}
	r.sum.Write(head[:])
	r.sum.Write(r.room)
	return head[0], r.room, nil
}
