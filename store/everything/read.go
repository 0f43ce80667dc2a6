package everything

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// ReadLine reads one line, with or without its line feed. The error says in a few words
// what is wrong with it. It may be called by several goroutines.
func ReadLine(b []byte) (Line, error) {
	key, err := firstKey(b)
	if err != nil {
		return Line{}, err
	}
	var l Line
	switch key {
	case "schema":
		l.Header = &Header{}
		return l, unmarshal(b, l.Header)
	case "n":
		l.Record = &Record{}
		return l, readRecord(b, l.Record)
	case "draft":
		l.Draft = &Draft{}
		return l, unmarshal(b, l.Draft)
	case "look":
		l.Look = &Look{}
		return l, unmarshal(b, l.Look)
	case "end":
		l.Trailer = &Trailer{}
		return l, unmarshal(b, l.Trailer)
	}
	return l, fmt.Errorf("it begins with %q, and not with schema, n, draft, look or end", key)
}

func firstKey(b []byte) (string, error) {
	c := cursor{in: b}
	if !c.take('{') {
		return "", errNotJSON
	}
	return c.text()
}

func unmarshal(b []byte, into any) error {
	err := json.Unmarshal(b, into)
	var odd *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &odd):
		return errNotJSON
	case errors.As(err, &kind):
		return fmt.Errorf("%s in it is not what it should be", kind.Field)
	}
	return err
}

// ReadName reads of a line only which record it is of, where it is of one; any other
// line it reads whole. It may be called by several goroutines.
func ReadName(b []byte) (Line, error) {
	if !bytes.HasPrefix(b, []byte(`{"n":`)) {
		return ReadLine(b)
	}
	l := Line{Record: &Record{}}
	return l, readFields(b, l.Record, true)
}

// readRecord reads the line of a record. What it does not know comes from a later
// version, which says in the envelope what it means.
func readRecord(b []byte, into *Record) error {
	if err := readFields(b, into, false); err != nil {
		return err
	}
	if into.Envelope == nil {
		into.Envelope = appendEnvelope(make([]byte, 0, 128+len(into.Record.Body)), into.Record)
	}
	return nil
}

func readFields(b []byte, into *Record, named bool) error {
	r := recordReader{c: cursor{in: b}, into: into, named: named}
	if err := r.c.object(r.field); err != nil {
		return err
	}
	if r.c.space(); r.c.at != len(b) {
		return errors.New("something stands behind its end")
	}
	if r.seen == 1<<len(recordFields)-1 {
		return nil
	}
	for i, name := range recordFields {
		if r.seen&(1<<i) == 0 {
			return fmt.Errorf("%s is missing in it", name)
		}
	}
	return nil
}

// recordFields are what every record has. A body may stand as cbor instead.
var recordFields = []string{"n", "about", "subject", "desk", "seq", "batch", "clock", "day", "by", "role", "scope", "kind", "body"}

// The places of those in the list.
const (
	fieldN = iota
	fieldAbout
	fieldSubject
	fieldDesk
	fieldSeq
	fieldBatch
	fieldClock
	fieldDay
	fieldBy
	fieldRole
	fieldScope
	fieldKind
	fieldBody
)

type recordReader struct {
	c     cursor
	into  *Record
	seen  uint
	bytes bool // the body was there as CBOR, which counts
	named bool // only the name is wanted
}

func (r *recordReader) field(key []byte) error {
	switch string(key) {
	case "cbor":
		r.seen, r.bytes = r.seen|1<<fieldBody, true
		return r.wide("cbor", &r.into.Record.Body)
	case "envelope":
		return r.wide("envelope", &r.into.Envelope)
	}
	for i, name := range recordFields {
		if name != string(key) {
			continue
		}
		if r.seen&(1<<i) != 0 && i != fieldBody {
			return fmt.Errorf("%s stands in it twice", name)
		}
		r.seen |= 1 << i
		return inField(name, r.value(i))
	}
	return r.c.skip()
}

// wide reads bytes in base64, unless nobody wants them.
func (r *recordReader) wide(key string, into *[]byte) (err error) {
	if r.named {
		return r.c.skip()
	}
	*into, err = r.base64()
	return inField(key, err)
}

// value reads the value of a field.
func (r *recordReader) value(field int) (err error) {
	rec := &r.into.Record
	switch {
	case field == fieldN:
		r.into.N, err = r.c.number()
		return err
	case field == fieldSeq:
		rec.Seq, err = r.c.number()
		return err
	case field == fieldBody && (r.bytes || r.named), field >= fieldBatch && r.named:
		return r.c.skip()
	case field == fieldBody:
		rec.Body, err = r.c.cbor(make([]byte, 0, 128))
		return err
	}
	s, err := r.c.view()
	if err != nil {
		return err
	}
	return r.words(field, s)
}

// words reads a field that is a text.
func (r *recordReader) words(field int, s []byte) (err error) {
	rec := &r.into.Record
	switch field {
	case fieldAbout:
		rec.Subject.Type, err = readAbout(s)
	case fieldSubject:
		rec.Subject.ID, err = readID(s)
	case fieldDesk:
		rec.Desk, err = readDesk(s)
	case fieldBatch:
		rec.Command, err = readID(s)
	case fieldClock:
		rec.Time, err = readClock(s)
	case fieldDay:
		rec.Day, err = readDay(s)
	case fieldBy:
		rec.By, err = readID(s)
	case fieldRole:
		rec.Role = domain.Role(s)
	case fieldScope:
		rec.Scope, err = readScope(s)
	case fieldKind:
		rec.Kind = string(s)
	}
	return err
}

func readAbout(s []byte) (domain.SubjectType, error) {
	for t, name := range aboutNames {
		if name == string(s) {
			return t, nil
		}
	}
	return 0, errors.New("it is none of participant, office, desk and directory")
}

func readScope(s []byte) (domain.Scope, error) {
	for _, scope := range domain.Scopes {
		if scope.String() == string(s) {
			return scope, nil
		}
	}
	return 0, errors.New("it is none of shareable, coach only and third party")
}

func (r *recordReader) base64() ([]byte, error) {
	s, err := r.c.text()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.Strict().DecodeString(s)
}

func inField(key string, err error) error {
	if err == nil || errors.Is(err, errNotJSON) {
		return err
	}
	return fmt.Errorf("%s: %s", key, strings.TrimPrefix(err.Error(), "domain: "))
}

func readDesk(s []byte) (d domain.DeskID, err error) {
	if len(s) != 2*len(d) {
		return d, fmt.Errorf("%q is not 16 hexadecimal digits", s)
	}
	if _, err := hex.Decode(d[:], s); err != nil {
		return d, fmt.Errorf("%q is not 16 hexadecimal digits", s)
	}
	return d, nil
}

func readClock(s []byte) (domain.Clock, error) {
	n, err := strconv.ParseUint(string(s), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no clock", s)
	}
	return domain.Clock(n), nil
}

func readDay(s []byte) (calendar.Day, error) {
	if len(s) == 0 {
		return 0, nil
	}
	return calendar.ParseISO(string(s))
}
