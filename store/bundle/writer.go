package bundle

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"coachdesk/domain"
)

// errCounts says that a writer was given other numbers than it was promised. It is a
// mistake in the program, or the store was written meanwhile.
var errCounts = errors.New("bundle: what was written is not what the header says")

// Writer writes the inside of a bundle, part by part: [Writer.Person], the records of
// the person, the next person, and [Writer.Close] with the roster. It holds one part at
// a time.
type Writer struct {
	to     *bufio.Writer
	sum    hash.Hash
	key    ed25519.PrivateKey
	header Header
	people int
	given  int // records in all
	due    int // records of this person that are still to come
}

// bufferSize gathers small parts: age seals 64 KiB at a time.
const bufferSize = 64 << 10

// NewWriter begins a bundle. The header's counts must be those of what will follow.
func NewWriter(to io.Writer, h Header, key ed25519.PrivateKey) (*Writer, error) {
	w := &Writer{sum: sha256.New(), key: key, header: h}
	w.to = bufio.NewWriterSize(io.MultiWriter(to, w.sum), bufferSize)
	h.Version = Version
	if _, err := w.to.WriteString(magic); err != nil {
		return nil, err
	}
	return w, w.value(partHeader, h)
}

// Person begins a participant, of whom so many records follow as it says.
func (w *Writer) Person(p Person) error {
	if w.due != 0 {
		return errCounts
	}
	w.people, w.due = w.people+1, p.Records
	return w.value(partPerson, p)
}

// Record writes a record of the person that was begun last.
func (w *Writer) Record(r Record) error {
	if w.due == 0 || len(r.Name) != nameSize {
		return errCounts
	}
	w.due, w.given = w.due-1, w.given+1
	kind := partPlain
	if r.Sealed {
		kind = partSealed
	}
	return w.part(kind, r.Name, r.Value)
}

// Close writes who the records are of, and the trailer with the signature.
func (w *Writer) Close(roster []Actor) error {
	if w.due != 0 || w.people != w.header.People || w.given != w.header.Records {
		return errCounts
	}
	if roster == nil {
		roster = []Actor{}
	}
	if err := w.value(partRoster, roster); err != nil {
		return err
	}
	if err := w.to.Flush(); err != nil {
		return err
	}
	sum := w.sum.Sum(nil)
	if err := w.value(partTrailer, trailer{w.people, w.given, sum, ed25519.Sign(w.key, signed(sum))}); err != nil {
		return err
	}
	return w.to.Flush()
}

func (w *Writer) value(kind byte, v any) error {
	raw, err := encoder.Marshal(v)
	if err != nil {
		return err
	}
	return w.part(kind, raw)
}

func (w *Writer) part(kind byte, pieces ...[]byte) error {
	n := 0
	for _, p := range pieces {
		n += len(p)
	}
	if n > most(kind) {
		return domain.Refused("ref", "There is too much in one bundle. Send it in two.")
	}
	var head [partHead]byte
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(n))
	_, err := w.to.Write(head[:])
	for _, p := range pieces {
		if err == nil {
			_, err = w.to.Write(p)
		}
	}
	return err
}
