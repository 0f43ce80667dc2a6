package everything

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// Part is what an interrupted export left: whole lines up to some record.
type Part struct {
	Header  Header
	Records int
	Last    uint64 // the number of the last record
	Size    int64  // of the lines that count
	Sum     hash.Hash
}

// ErrNoPart says that there is nothing to go on from.
var ErrNoPart = errors.New("there is nothing to go on from")

// ReadPart reads how far an export got. What follows the last whole line of a record
// does not count.
func ReadPart(r io.ReaderAt, size int64) (Part, error) {
	p := Part{Sum: sha256.New()}
	lines := 0
	err := blocks(r, size, func(b *block) bool {
		b.read()
		from := 0
		for i, l := range b.lines {
			lines++
			switch {
			case lines == 1 && l.Header != nil:
				p.Header = *l.Header
			case lines > 1 && l.Record != nil && l.Record.N > p.Last:
				p.Last = l.Record.N
				p.Records++
			default:
				return false
			}
			end := from + b.sizes[i]
			_, _ = p.Sum.Write(b.bytes[from:end]) // never fails
			p.Size += int64(b.sizes[i])
			from = end
		}
		return b.err == nil
	})
	if err == nil && (p.Header.Schema != Schema || p.Last > p.Header.Arrivals || p.Records > p.Header.Records) {
		err = ErrNoPart
	}
	return p, err
}

// Total is the SHA-256 of everything that was written, once [Writer.End] has ended it.
func (w *Writer) Total() (sum [sha256.Size]byte) {
	w.sum.Sum(sum[:0])
	return sum
}
