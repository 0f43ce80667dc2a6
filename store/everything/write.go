package everything

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strconv"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// aboutNames are the words for what a record is about.
var aboutNames = map[domain.SubjectType]string{
	domain.AboutParticipant: "participant", domain.AboutOffice: "office", domain.AboutDesk: "desk", domain.AboutDirectory: "directory",
}

// AppendRecord appends the line of a record. It may be called by several goroutines.
func AppendRecord(out []byte, r Record) []byte {
	rec := r.Record
	out = strconv.AppendUint(append(out, `{"n":`...), r.N, 10)
	out = append(append(out, `,"about":"`...), aboutNames[rec.Subject.Type]...)
	out = append(append(out, `","subject":"`...), idText(rec.Subject.ID)...)
	out = hex.AppendEncode(append(out, `","desk":"`...), rec.Desk[:])
	out = strconv.AppendUint(append(out, `","seq":`...), rec.Seq, 10)
	out = append(append(out, `,"batch":"`...), idText(rec.Command)...)
	out = strconv.AppendUint(append(out, `","clock":"`...), uint64(rec.Time), 10)
	out = append(append(out, `","day":"`...), rec.Day.String()...)
	out = append(append(out, `","by":"`...), idText(rec.By)...)
	out = escaped(append(out, `","role":"`...), []byte(rec.Role))
	out = escaped(append(out, `","scope":"`...), []byte(rec.Scope.String()))
	out = append(escaped(append(out, `","kind":"`...), []byte(rec.Kind)), '"')
	out = appendBody(out, rec.Body)
	if !readDayBack(rec.Day) || !bytes.Equal(appendEnvelope(make([]byte, 0, 256), rec), r.Envelope) {
		out = base64.StdEncoding.AppendEncode(append(out, `,"envelope":"`...), r.Envelope)
		out = append(out, '"')
	}
	return append(out, '}', '\n')
}

// appendBody appends the body as far as JSON can tell it. Where that is not all, its
// bytes come first: who reads them passes over the rest.
func appendBody(out, body []byte) []byte {
	from := len(out)
	text, readable, exact := bodyJSON(append(out, `,"body":`...), body)
	if exact {
		return text
	}
	out = base64.StdEncoding.AppendEncode(append(out[:from], `,"cbor":"`...), body)
	if out = append(out, '"'); readable {
		out, _, _ = bodyJSON(append(out, `,"body":`...), body)
	}
	return out
}

// appendEnvelope appends the envelope of a record as a store writes it; FORMAT.md says
// which number is which.
func appendEnvelope(out []byte, rec domain.Record) []byte {
	out = append(appendHead(append(appendHead(out, majorMap, 7), 1), majorBytes, 16), rec.Command[:]...)
	out = appendHead(append(out, 2), majorUint, uint64(rec.Time))
	if out = append(out, 3); rec.Day >= 0 {
		out = appendHead(out, majorUint, uint64(rec.Day))
	} else {
		out = appendHead(out, majorNegative, uint64(-1-int64(rec.Day)))
	}
	out = append(appendHead(append(out, 4), majorBytes, 16), rec.By[:]...)
	out = append(appendHead(append(out, 5), majorText, uint64(len(rec.Role))), rec.Role...)
	out = append(appendHead(append(out, 6), majorText, uint64(len(rec.Kind))), rec.Kind...)
	return append(appendHead(append(out, 7), majorBytes, uint64(len(rec.Body))), rec.Body...)
}

// readDayBack reports whether the text of a day says all of it.
func readDayBack(d calendar.Day) bool {
	return d >= 0 && d < 3_600_000 // the end of the year 9856
}

// Writer writes the lines and adds them up.
type Writer struct {
	w    io.Writer
	sum  hash.Hash
	done Trailer
	err  error
}

// NewWriter begins a file with its header.
func NewWriter(w io.Writer, h Header) *Writer {
	out := Resume(w, sha256.New(), Trailer{})
	h.Schema, h.Made = Schema, h.Made.UTC().Truncate(time.Millisecond)
	out.line(h)
	return out
}

// Resume goes on with a file of which a part is there already: what it adds up to, and
// what is in it.
func Resume(w io.Writer, sum hash.Hash, done Trailer) *Writer {
	return &Writer{w: w, sum: sum, done: done}
}

func (w *Writer) line(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		w.err = fmt.Errorf("a line cannot be written as JSON: %w", err)
		return
	}
	w.raw(escapedLine(b.Bytes()))
}

// escapedLine writes as numbers what a terminal could take for anything but letters.
// Signs of JSON itself are all printable.
func escapedLine(line []byte) []byte {
	text := bytes.TrimSuffix(line, []byte("\n"))
	var out []byte
	for len(text) > 0 {
		n := bytes.IndexFunc(text, func(r rune) bool { return r == '"' || r == '\\' })
		if n < 0 {
			n = len(text)
		}
		out, text = escaped(out, text[:n]), text[n:]
		if len(text) > 0 {
			out, text = append(out, text[0]), text[1:]
		}
	}
	return append(out, '\n')
}

func (w *Writer) raw(b []byte) {
	if w.err != nil {
		return
	}
	if _, w.err = w.w.Write(b); w.err == nil {
		_, _ = w.sum.Write(b) // never fails
	}
}

// Records writes lines that [AppendRecord] made.
func (w *Writer) Records(lines []byte, n int) error {
	w.raw(lines)
	w.done.Records += n
	return w.err
}

// Draft writes the line of a draft.
func (w *Writer) Draft(d Draft) error {
	d.At = d.At.UTC()
	w.done.Drafts++
	w.line(d)
	return w.err
}

// Look writes the line of an entry in the log of who looked.
func (w *Writer) Look(l Look) error {
	l.At = l.At.UTC()
	w.done.Looks++
	l.N = w.done.Looks
	w.line(l)
	return w.err
}

// End writes the trailer.
func (w *Writer) End() (Trailer, error) {
	w.done.SHA256 = hex.EncodeToString(w.sum.Sum(nil))
	w.line(struct {
		End bool `json:"end"`
		Trailer
	}{true, w.done})
	return w.done, w.err
}
