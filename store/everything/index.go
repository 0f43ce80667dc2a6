package everything

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime"
	"slices"
	"sync"

	"coachdesk/domain"
)

// Entry says where the line of a record is.
type Entry struct {
	About domain.Subject
	Desk  domain.DeskID
	Seq   uint64
	At    int64 // bytes before it
	Size  int
	Line  int // from 1
}

// Compare orders entries as a journal does: by subject, desk and sequence.
func (e Entry) Compare(o Entry) int {
	return cmp.Or(cmp.Compare(e.About.Type, o.About.Type), e.About.ID.Compare(o.About.ID), bytes.Compare(e.Desk[:], o.Desk[:]), cmp.Compare(e.Seq, o.Seq))
}

// Index is what a file holds: everything but the records themselves, and where those
// are.
type Index struct {
	Header  Header
	Trailer Trailer
	Entries []Entry // in the order of arrival
	Drafts  []Draft
	Looks   []Look
	SHA256  [sha256.Size]byte // of the whole file

	r io.ReaderAt
}

// Wrong is a file that cannot be taken, and why.
type Wrong struct {
	Line int
	Why  string
}

func (w Wrong) Error() string { return fmt.Sprintf("Line %d: %s.", w.Line, w.Why) }

func wrong(line int, format string, args ...any) error {
	return Wrong{line, fmt.Sprintf(format, args...)}
}

// blockSize is how much is read at a time. A line may be longer.
const blockSize = 1 << 20

// block is a run of whole lines.
type block struct {
	at    int64
	bytes []byte
	lines []Line // those of records without what they tell
	sizes []int
	err   error // of the line behind the last
	done  chan struct{}
}

// ReadIndex reads a file to its end, every line of it, and compares it with the sum in
// its trailer. told hears now and then how many bytes were read, and may end it. The
// error is a [Wrong] when the file is.
func ReadIndex(r io.ReaderAt, size int64, told func(int64) error) (*Index, error) {
	x := &indexing{Index: Index{r: r}, whole: sha256.New(), sum: sha256.New()}
	queue, todo := make(chan *block, 4), make(chan *block, 4)
	stop := make(chan struct{})
	var all sync.WaitGroup
	defer all.Wait()
	defer close(stop)
	var broken error
	all.Go(func() {
		defer close(queue)
		defer close(todo)
		broken = blocks(r, size, func(b *block) bool {
			select {
			case queue <- b:
				todo <- b
				return true
			case <-stop:
				return false
			}
		})
	})
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for b := range todo {
				b.read()
				close(b.done)
			}
		})
	}
	for b := range queue {
		<-b.done
		if err := x.take(b); err != nil {
			return nil, err
		}
		if err := told(b.at + int64(len(b.bytes))); err != nil {
			return nil, err
		}
	}
	if broken != nil { // written before the queue was closed
		return nil, broken
	}
	return x.end()
}

// blocks cuts a file into runs of whole lines. What stands behind the last line feed
// is a line too.
func blocks(r io.ReaderAt, size int64, f func(*block) bool) error {
	for at, length := int64(0), int64(blockSize); at < size; {
		b := make([]byte, min(length, size-at))
		if _, err := r.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		end := bytes.LastIndexByte(b, '\n') + 1
		switch {
		case at+int64(len(b)) == size:
			end = len(b)
		case end == 0 && length > LineMost:
			return errors.New("a line of it is longer than any that is written")
		case end == 0:
			length *= 2
			continue
		}
		if !f(&block{at: at, bytes: b[:end], done: make(chan struct{})}) {
			return nil
		}
		at, length = at+int64(end), blockSize
	}
	return nil
}

// read reads the lines of a block, up to the first that cannot be read.
func (b *block) read() {
	for rest := b.bytes; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n') + 1
		if n == 0 {
			b.err = errors.New("the file ends in the middle of it")
			return
		}
		l, err := ReadName(rest[:n])
		if err != nil {
			b.err = err
			return
		}
		b.lines, b.sizes, rest = append(b.lines, l), append(b.sizes, n), rest[n:]
	}
}

// indexing is an index while it is made.
type indexing struct {
	Index
	line  int
	last  uint64 // the number of the last record
	sum   hash.Hash
	whole hash.Hash
	ended bool
}

func (x *indexing) take(b *block) error {
	_, _ = x.whole.Write(b.bytes) // never fails
	from := 0
	for i, l := range b.lines {
		x.line++
		end := from + b.sizes[i]
		if err := x.one(l, b.at+int64(from), b.sizes[i]); err != nil {
			return err
		}
		if l.Trailer != nil {
			_, _ = x.sum.Write(b.bytes[:from]) // never fails
		}
		from = end
	}
	if b.err != nil {
		return wrong(x.line+1, "%s", b.err)
	}
	if !x.ended {
		_, _ = x.sum.Write(b.bytes) // never fails
	}
	return nil
}

func (x *indexing) one(l Line, at int64, size int) error {
	switch {
	case x.line == 1:
		return x.begin(l.Header)
	case x.ended:
		return wrong(x.line, "the file goes on after its end")
	case l.Header != nil:
		return wrong(x.line, "a second file begins here; take them one by one")
	case l.Record != nil:
		rec := l.Record.Record
		if l.Record.N <= x.last || l.Record.N > x.Header.Arrivals {
			return wrong(x.line, "its number is %d and does not follow %d", l.Record.N, x.last)
		}
		x.last = l.Record.N
		x.Entries = append(x.Entries, Entry{rec.Subject, rec.Desk, rec.Seq, at, size, x.line})
	case l.Draft != nil:
		x.Drafts = append(x.Drafts, *l.Draft)
	case l.Look != nil:
		x.Looks = append(x.Looks, *l.Look)
	case l.Trailer != nil:
		x.Trailer, x.ended = *l.Trailer, true
	}
	return nil
}

// begin looks at the first line.
func (x *indexing) begin(h *Header) error {
	if h == nil {
		return wrong(1, "the file does not begin with the line that says what it is; one that coachdesk export everything wrote is needed")
	}
	x.Header = *h
	switch {
	case h.Schema == Schema:
	case len(h.Schema) > len("coachdesk.everything/") && h.Schema[:len("coachdesk.everything/")] == "coachdesk.everything/":
		return wrong(1, "it was written by a newer version of coachdesk (%s; this one knows %s). Update coachdesk", h.Schema, Schema)
	default:
		return wrong(1, "it says that it is %q, and %q is needed", h.Schema, Schema)
	}
	if h.Office.IsZero() || h.Seat.IsZero() || h.Desk == (domain.DeskID{}) {
		return wrong(1, "the office, the desk or the seat is missing in it")
	}
	return nil
}

// end compares what was read with what the trailer says.
func (x *indexing) end() (*Index, error) {
	t := x.Trailer
	switch {
	case x.line == 0:
		return nil, wrong(1, "the file is empty")
	case !x.ended:
		return nil, wrong(x.line, "the file is cut off behind it: the line that ends every export is missing. Export it again")
	case t.SHA256 != hex.EncodeToString(x.sum.Sum(nil)):
		return nil, wrong(x.line, "the lines before it are not those that it sums up: the file was changed. Take it from where it was written")
	case t.Records != len(x.Entries) || t.Drafts != len(x.Drafts) || t.Looks != len(x.Looks) || x.Header.Records != t.Records:
		return nil, wrong(x.line, "it counts %d records, %d drafts and %d looks, and there are %d, %d and %d", t.Records, t.Drafts, t.Looks, len(x.Entries), len(x.Drafts), len(x.Looks))
	}
	x.whole.Sum(x.SHA256[:0])
	return &x.Index, x.twice()
}

// twice refuses a file in which two lines are of one record.
func (x *indexing) twice() error {
	all := x.InOrder()
	for i := 1; i < len(all); i++ {
		if all[i-1].Compare(all[i]) == 0 {
			return wrong(max(all[i].Line, all[i-1].Line), "it is of the same record as line %d", min(all[i].Line, all[i-1].Line))
		}
	}
	return nil
}

// InOrder returns the entries in the order of a journal.
func (x *Index) InOrder() []Entry {
	all := slices.Clone(x.Entries)
	slices.SortFunc(all, Entry.Compare)
	return all
}

// Read reads the line of an entry once more. It may be called by several goroutines.
func (x *Index) Read(e Entry) (Record, error) {
	b := make([]byte, e.Size)
	if _, err := x.r.ReadAt(b, e.At); err != nil && !errors.Is(err, io.EOF) {
		return Record{}, err
	}
	l, err := ReadLine(b)
	if err != nil {
		return Record{}, wrong(e.Line, "%s", err)
	}
	rec := l.Record
	if rec == nil || rec.Record.Subject != e.About || rec.Record.Desk != e.Desk || rec.Record.Seq != e.Seq {
		return Record{}, wrong(e.Line, "the file was changed while it was read")
	}
	return *rec, nil
}
