package everything

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"coachdesk/domain"
)

// How CBOR stands in JSON. Arrays, maps, true, false and null are themselves, and so is
// an integer that every reader of JSON keeps exact. Text is text; one that begins with
// the sign gets another sign before it. What JSON has no word for is a text that begins
// with the sign once.
const (
	sign    = '~'
	markID  = "~id:"  // 16 bytes, as the text of an ID
	markHex = "~hex:" // other bytes
	markInt = "~int:" // an integer beyond 2^53 - 1, or one that is the key of a map
)

// exactMost is the largest integer that a reader with floating-point numbers keeps.
const exactMost = 1<<53 - 1

// deepMost is more than the decoder of a store goes into.
const deepMost = 32

// The major types of CBOR.
const (
	majorUint byte = iota
	majorNegative
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

const (
	simpleFalse = 0xf4
	simpleTrue  = 0xf5
	simpleNull  = 0xf6
)

// reading goes through a CBOR item and writes JSON. It is exact as long as everything
// is written in the one deterministic way, which is how it will be written again.
type reading struct {
	in    []byte
	out   []byte
	exact bool
	deep  int
}

// bodyJSON appends a CBOR item to out as JSON. It is not readable when it holds what
// JSON cannot tell here, and not exact when appendCBOR would make other bytes of it.
func bodyJSON(out, item []byte) (text []byte, readable, exact bool) {
	r := reading{in: item, out: out, exact: true}
	if !r.value() || len(r.in) > 0 {
		return out, false, false
	}
	return r.out, true, r.exact
}

// head reads the major type and the argument of an item.
func (r *reading) head() (major byte, n uint64, ok bool) {
	if len(r.in) == 0 {
		return 0, 0, false
	}
	major, low := r.in[0]>>5, r.in[0]&31
	r.in = r.in[1:]
	if low < 24 {
		return major, uint64(low), true
	}
	if low > 27 {
		return 0, 0, false // indefinite, or nothing that there is
	}
	size := 1 << (low - 24)
	if len(r.in) < size {
		return 0, 0, false
	}
	for _, b := range r.in[:size] {
		n = n<<8 | uint64(b)
	}
	r.in = r.in[size:]
	least := []uint64{24, 1 << 8, 1 << 16, 1 << 32}[low-24]
	r.exact = r.exact && n >= least
	return major, n, true
}

func (r *reading) value() bool {
	if r.deep++; r.deep > deepMost {
		return false
	}
	defer func() { r.deep-- }()
	if len(r.in) > 0 {
		switch r.in[0] {
		case simpleFalse:
			return r.word("false")
		case simpleTrue:
			return r.word("true")
		case simpleNull:
			return r.word("null")
		}
	}
	major, n, ok := r.head()
	switch {
	case !ok:
		return false
	case major == majorArray:
		return r.array(n)
	case major == majorMap:
		return r.pairs(n)
	case major <= majorText:
		return r.scalar(major, n, false)
	}
	return false // tags, floating-point numbers and other simple values
}

func (r *reading) word(s string) bool {
	r.in, r.out = r.in[1:], append(r.out, s...)
	return true
}

// scalar writes a number, bytes or text; as the key of a map, always between quotes.
func (r *reading) scalar(major byte, n uint64, key bool) bool {
	if major == majorUint || major == majorNegative {
		r.integer(major, n, key)
		return true
	}
	if n > uint64(len(r.in)) {
		return false
	}
	b := r.in[:n]
	r.in = r.in[n:]
	switch {
	case major == majorText:
		return r.text(b)
	case n == uint64(len(domain.ID{})):
		r.out = append(r.out, `"`+markID...)
		r.out = append(r.out, idText(domain.ID(b))...)
	default:
		r.out = append(r.out, `"`+markHex...)
		r.out = hex.AppendEncode(r.out, b)
	}
	r.out = append(r.out, '"')
	return true
}

func (r *reading) integer(major byte, n uint64, key bool) {
	if v := int64(n); !key && n <= exactMost && (major == majorUint || n < exactMost) {
		if major == majorNegative {
			v = -1 - v
		}
		r.out = strconv.AppendInt(r.out, v, 10)
		return
	}
	v := new(big.Int).SetUint64(n)
	if major == majorNegative {
		v.Not(v) // -1 - n
	}
	r.out = append(r.out, `"`+markInt...)
	r.out = append(v.Append(r.out, 10), '"')
}

func (r *reading) text(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	r.out = append(r.out, '"')
	if len(b) > 0 && b[0] == sign {
		r.out = append(r.out, sign)
	}
	r.out = append(escaped(r.out, b), '"')
	return true
}

func (r *reading) array(n uint64) bool {
	if n > uint64(len(r.in)) {
		return false // each item has a byte at least
	}
	r.out = append(r.out, '[')
	for i := range n {
		if i > 0 {
			r.out = append(r.out, ',')
		}
		if !r.value() {
			return false
		}
	}
	r.out = append(r.out, ']')
	return true
}

func (r *reading) pairs(n uint64) bool {
	if n > uint64(len(r.in)) {
		return false
	}
	r.out = append(r.out, '{')
	var last []byte
	for i := range n {
		if i > 0 {
			r.out = append(r.out, ',')
		}
		at := r.in
		major, arg, ok := r.head()
		if !ok || major > majorText || !r.scalar(major, arg, true) {
			return false
		}
		key := at[:len(at)-len(r.in)]
		r.exact = r.exact && (i == 0 || bytes.Compare(last, key) < 0)
		last = key
		r.out = append(r.out, ':')
		if !r.value() {
			return false
		}
	}
	r.out = append(r.out, '}')
	return true
}

// idText is the text of an ID, also of the one that names nothing.
func idText(id domain.ID) string {
	if id.IsZero() {
		return "00000000000000000000000000"
	}
	return id.String()
}

// blanks count as letters or signs and show nothing.
const blanks = "\ufffc\u115f\u1160\u2800\u3164\uffa0"

// escaped appends text as it stands between the quotes of JSON. What a terminal could
// take for anything but letters is written as its number.
func escaped(out, text []byte) []byte {
	for len(text) > 0 {
		plain := 0
		for plain < len(text) && text[plain] >= ' ' && text[plain] < 0x7f && text[plain] != '"' && text[plain] != '\\' {
			plain++
		}
		out, text = append(out, text[:plain]...), text[plain:]
		if len(text) == 0 {
			break
		}
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r == '\n':
			out = append(out, '\\', 'n')
		case r >= utf8.RuneSelf && unicode.IsPrint(r) && !strings.ContainsRune(blanks, r):
			out = append(out, text[:size]...)
		case r > 0xffff:
			r -= 0x10000
			out = hexRune(hexRune(out, 0xd800+r>>10), 0xdc00+r&0x3ff)
		default:
			out = hexRune(out, r)
		}
		text = text[size:]
	}
	return out
}

func hexRune(out []byte, r rune) []byte {
	var two [2]byte
	binary.BigEndian.PutUint16(two[:], uint16(r))
	return hex.AppendEncode(append(out, '\\', 'u'), two[:])
}

// appendHead appends the major type and the argument of an item, as short as can be.
func appendHead(out []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(out, major|byte(n))
	case n <= math.MaxUint8:
		return append(out, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(out, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(out, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(out, major|27), n)
}
