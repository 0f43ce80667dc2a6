package everything

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"coachdesk/domain"
)

// cursor reads one JSON text. It is strict: what it takes, every reader of JSON takes
// and means the same by it.
type cursor struct {
	in   []byte
	at   int
	deep int
}

var errNotJSON = errors.New("it is not JSON")

func (c *cursor) space() {
	for c.at < len(c.in) && (c.in[c.at] == ' ' || c.in[c.at] == '\t' || c.in[c.at] == '\r' || c.in[c.at] == '\n') {
		c.at++
	}
}

// next returns the next character that is no space, 0 at the end.
func (c *cursor) next() byte {
	c.space()
	if c.at >= len(c.in) {
		return 0
	}
	return c.in[c.at]
}

func (c *cursor) take(b byte) bool {
	if c.next() != b {
		return false
	}
	c.at++
	return true
}

// object reads an object. f reads the value of each key, which it must not keep.
func (c *cursor) object(f func(key []byte) error) error {
	return c.each('{', '}', func() error {
		key, err := c.view()
		if err != nil {
			return err
		}
		if !c.take(':') {
			return errNotJSON
		}
		return f(key)
	})
}

// each reads what stands between two brackets, with commas between.
func (c *cursor) each(open, end byte, one func() error) error {
	if c.deep++; c.deep > deepMost+2 || !c.take(open) {
		return errNotJSON
	}
	defer func() { c.deep-- }()
	if c.take(end) {
		return nil
	}
	for {
		if err := one(); err != nil {
			return err
		}
		if c.take(end) {
			return nil
		}
		if !c.take(',') {
			return errNotJSON
		}
	}
}

// text reads a text.
func (c *cursor) text() (string, error) {
	b, err := c.view()
	return string(b), err
}

// view reads a text and returns it where it stands, unless something in it is escaped.
func (c *cursor) view() ([]byte, error) {
	if !c.take('"') {
		return nil, errNotJSON
	}
	i, ascii := c.at, byte(0)
	for i < len(c.in) && c.in[i] != '"' && c.in[i] != '\\' && c.in[i] >= ' ' {
		ascii |= c.in[i]
		i++
	}
	if i < len(c.in) && c.in[i] == '"' && (ascii < utf8.RuneSelf || utf8.Valid(c.in[c.at:i])) {
		s := c.in[c.at:i]
		c.at = i + 1
		return s, nil
	}
	return c.unescaped()
}

func (c *cursor) unescaped() ([]byte, error) {
	var b []byte
	for c.at < len(c.in) {
		switch ch := c.in[c.at]; {
		case ch == '"':
			c.at++
			if !utf8.Valid(b) {
				return nil, errNotJSON
			}
			return b, nil
		case ch < ' ':
			return nil, errNotJSON
		case ch != '\\':
			b = append(b, ch)
			c.at++
		default:
			r, err := c.escape()
			if err != nil {
				return nil, err
			}
			b = utf8.AppendRune(b, r)
		}
	}
	return nil, errNotJSON
}

const (
	escapes = `"\/bfnrt`
	meaning = "\"\\/\b\f\n\r\t"
)

func (c *cursor) escape() (rune, error) {
	if c.at+1 >= len(c.in) {
		return 0, errNotJSON
	}
	ch := c.in[c.at+1]
	if i := strings.IndexByte(escapes, ch); i >= 0 {
		c.at += 2
		return rune(meaning[i]), nil
	}
	r, err := c.number4()
	if err != nil || r < 0xd800 || r > 0xdfff {
		return r, err
	}
	low, err := c.number4()
	if err != nil || r > 0xdbff || low < 0xdc00 || low > 0xdfff {
		return 0, errNotJSON // half a pair
	}
	return 0x10000 + (r-0xd800)<<10 + low - 0xdc00, nil
}

// number4 reads \u and four hexadecimal digits.
func (c *cursor) number4() (rune, error) {
	if c.at+6 > len(c.in) || c.in[c.at] != '\\' || c.in[c.at+1] != 'u' {
		return 0, errNotJSON
	}
	var two [2]byte
	if _, err := hex.Decode(two[:], c.in[c.at+2:c.at+6]); err != nil {
		return 0, errNotJSON
	}
	c.at += 6
	return rune(two[0])<<8 | rune(two[1]), nil
}

// digits reads the text of an integer.
func (c *cursor) digits() (string, error) {
	c.space()
	from := c.at
	if c.at < len(c.in) && c.in[c.at] == '-' {
		c.at++
	}
	first := c.at
	for c.at < len(c.in) && c.in[c.at] >= '0' && c.in[c.at] <= '9' {
		c.at++
	}
	n := string(c.in[from:c.at])
	switch {
	case c.at == first, c.in[first] == '0' && c.at > first+1, n == "-0":
		return "", errNotJSON
	case c.at < len(c.in) && strings.IndexByte(".eE", c.in[c.at]) >= 0:
		return "", errors.New("a number in it has a fraction")
	}
	return n, nil
}

func (c *cursor) number() (uint64, error) {
	s, err := c.digits()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0, errors.New("a number in it is too large or less than 0")
	}
	return n, nil
}

func (c *cursor) word(s string) error {
	if !bytes.HasPrefix(c.in[c.at:], []byte(s)) {
		return errNotJSON
	}
	c.at += len(s)
	return nil
}

// skip reads over a value that a later version wrote.
func (c *cursor) skip() error {
	switch ch := c.next(); ch {
	case '{':
		return c.object(func([]byte) error { return c.skip() })
	case '[':
		return c.each('[', ']', c.skip)
	case '"':
		_, err := c.view()
		return err
	case 't':
		return c.word("true")
	case 'f':
		return c.word("false")
	case 'n':
		return c.word("null")
	}
	from := c.at
	for c.at < len(c.in) && strings.IndexByte("+-.eE0123456789", c.in[c.at]) >= 0 {
		c.at++
	}
	if c.at == from {
		return errNotJSON
	}
	return nil
}

// cbor appends the value that stands here, in the one deterministic way of CBOR.
func (c *cursor) cbor(out []byte) ([]byte, error) {
	switch ch := c.next(); ch {
	case '{':
		return c.mapCBOR(out)
	case '[':
		return c.arrayCBOR(out)
	case '"':
		s, err := c.view()
		if err != nil {
			return out, err
		}
		return textCBOR(out, s)
	case 't':
		return append(out, simpleTrue), c.word("true")
	case 'f':
		return append(out, simpleFalse), c.word("false")
	case 'n':
		return append(out, simpleNull), c.word("null")
	}
	s, err := c.digits()
	if err != nil {
		return out, err
	}
	return integerCBOR(out, s)
}

func (c *cursor) arrayCBOR(out []byte) ([]byte, error) {
	var items []byte
	n := uint64(0)
	err := c.each('[', ']', func() (err error) {
		n++
		items, err = c.cbor(items)
		return err
	})
	return append(appendHead(out, majorArray, n), items...), err
}

// pair is a key and a value, and where each ends in the bytes of its map.
type pair struct{ from, key, end int }

func (c *cursor) mapCBOR(out []byte) ([]byte, error) {
	var room [16]pair
	all, items := room[:0], make([]byte, 0, 256)
	err := c.object(func(key []byte) (err error) {
		p := pair{from: len(items)}
		if items, err = textCBOR(items, key); err != nil {
			return err
		}
		p.key = len(items)
		items, err = c.cbor(items)
		p.end = len(items)
		all = append(all, p)
		return err
	})
	if err != nil {
		return out, err
	}
	order := func(a, b pair) int { return bytes.Compare(items[a.from:a.key], items[b.from:b.key]) }
	out = appendHead(out, majorMap, uint64(len(all)))
	if !slices.IsSortedFunc(all, order) {
		slices.SortFunc(all, order)
	}
	for i, p := range all {
		if i > 0 && order(all[i-1], p) == 0 {
			return out, errors.New("a key stands in it twice")
		}
		out = append(out, items[p.from:p.end]...)
	}
	return out, nil
}

// textCBOR appends what a text of JSON stands for.
func textCBOR(out, s []byte) ([]byte, error) {
	switch {
	case len(s) == 0 || s[0] != sign:
	case len(s) > 1 && s[1] == sign:
		s = s[1:]
	default:
		return markedCBOR(out, s)
	}
	return append(appendHead(out, majorText, uint64(len(s))), s...), nil
}

// markedCBOR appends what JSON has no word for. A mark is taken only as it would be
// written: one value has one text.
func markedCBOR(out, s []byte) ([]byte, error) {
	if rest, ok := bytes.CutPrefix(s, []byte(markID)); ok {
		id, err := readID(rest)
		if err != nil {
			return out, err
		}
		return append(appendHead(out, majorBytes, uint64(len(id))), id[:]...), nil
	}
	if rest, ok := bytes.CutPrefix(s, []byte(markHex)); ok {
		b, err := hex.DecodeString(string(rest))
		if err != nil || len(b) == len(domain.ID{}) || !bytes.Equal(bytes.ToLower(rest), rest) {
			return out, fmt.Errorf("%q is not how bytes are written", s)
		}
		return append(appendHead(out, majorBytes, uint64(len(b))), b...), nil
	}
	if rest, ok := bytes.CutPrefix(s, []byte(markInt)); ok {
		return integerCBOR(out, string(rest))
	}
	return out, fmt.Errorf("%q begins with a mark that this version does not know", s)
}

// digits32 are the values of Crockford's characters, as an ID writes them.
var digits32 = func() (values [256]int8) {
	for i := range values {
		values[i] = -1
	}
	for i, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
		values[c] = int8(i)
	}
	return values
}()

// readID reads the text of an ID exactly as it is written.
func readID(s []byte) (id domain.ID, err error) {
	if len(s) != 26 || s[0] > '7' {
		return id, fmt.Errorf("%q is not a full reference: it should have 26 letters and digits", s)
	}
	bits, have, at := uint32(0), -2, 0
	for _, c := range s {
		d := digits32[c]
		if d < 0 {
			return id, fmt.Errorf("%q is not a full reference: it should have 26 letters and digits", s)
		}
		bits, have = bits<<5|uint32(d), have+5
		if have >= 8 {
			id[at] = byte(bits >> (have - 8))
			at, have = at+1, have-8
		}
	}
	return id, nil
}

func integerCBOR(out []byte, s string) ([]byte, error) {
	if v, err := strconv.ParseInt(s, 10, 64); err == nil && (s[0] == '-' || s[0] >= '1' || s == "0") {
		if v >= 0 {
			return appendHead(out, majorUint, uint64(v)), nil
		}
		return appendHead(out, majorNegative, uint64(-1-v)), nil
	}
	v, ok := new(big.Int).SetString(s, 10)
	if !ok || v.String() != s {
		return out, fmt.Errorf("%q is no integer", s)
	}
	major := majorUint
	if v.Sign() < 0 {
		major = majorNegative
		v.Not(v)
	}
	if !v.IsUint64() {
		return out, fmt.Errorf("%s is too large", s)
	}
	return appendHead(out, major, v.Uint64()), nil
}
