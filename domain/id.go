package domain

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// ID names anything worth naming: a participant, an item of theirs, a command,
// a person on the desk. Its first six bytes are the milliseconds since 1970 at
// which it was made, so that IDs sort by age; the other ten are random and carry
// no meaning. Its text is 26 characters of Crockford's base32.
type ID [16]byte

// IsZero reports whether the ID names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// Compare orders IDs by age.
func (id ID) Compare(other ID) int { return bytes.Compare(id[:], other[:]) }

// NewID makes an ID from the time it is made at and ten random bytes.
func NewID(at time.Time, dice [10]byte) ID {
	var id ID
	ms := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	copy(id[6:], dice[:])
	return id
}

// crockford is Douglas Crockford's alphabet: no I, L, O or U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// String returns the ID as 26 characters, or nothing for no ID.
func (id ID) String() string {
	if id.IsZero() {
		return ""
	}
	return encode(id[:])
}

// MarshalText implements encoding.TextMarshaler for open exports.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	got, err := ParseID(string(b))
	if err == nil {
		*id = got
	}
	return err
}

// ParseID reads the 26 characters that [ID.String] writes. Letters may be small,
// and O, I and L are read as the digits they look like.
func ParseID(s string) (ID, error) {
	var id ID
	digits, ok := decode(s)
	if !ok || len(digits) != 26 {
		return id, fmt.Errorf("%q is not a full reference: it should have 26 letters and digits", s)
	}
	// 26 characters hold 130 bits: the first two must be zero.
	if digits[0] > 7 {
		return id, fmt.Errorf("%q is not a full reference: it is too large", s)
	}
	bits, have, at := uint32(digits[0]), 3, 0
	for _, d := range digits[1:] {
		bits, have = bits<<5|uint32(d), have+5
		if have >= 8 {
			id[at] = byte(bits >> (have - 8))
			at, have = at+1, have-8
		}
	}
	return id, nil
}

func encode(b []byte) string {
	n := (len(b)*8 + 4) / 5
	out := make([]byte, n)
	var bits uint32
	have := n*5 - len(b)*8 // leading zero bits
	at := 0
	for _, c := range b {
		bits, have = bits<<8|uint32(c), have+8
		for have >= 5 {
			out[at] = crockford[bits>>(have-5)&31]
			at, have = at+1, have-5
		}
	}
	return string(out)
}

func decode(s string) ([]byte, bool) {
	out := make([]byte, 0, len(s))
	for _, r := range strings.ToUpper(s) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		i := strings.IndexRune(crockford, r)
		if i < 0 {
			return nil, false
		}
		out = append(out, byte(i))
	}
	return out, true
}

// refLeast is the fewest characters of an ID that people are shown.
const refLeast = 4

// long is the random part of the ID as 16 characters: what a REF is cut from.
func (id ID) long() string { return encode(id[6:]) }

// Ref is how people are shown an ID: the first n characters of its random part
// and a check character, as "7K3Q-M". The check finds every single wrong
// character and every swap of two, so a slip never lands in another record.
func (id ID) Ref(n int) string {
	s := id.long()[:min(max(n, refLeast), 16)]
	return s + "-" + string(check(s))
}

// check is a polynomial over the 32 characters seen as the field GF(32).
func check(s string) byte {
	digits, _ := decode(s)
	var sum byte
	for _, d := range digits {
		sum = double(sum) ^ d
	}
	return crockford[double(sum)]
}

// double multiplies by x in GF(32) with the polynomial x⁵ + x² + 1.
func double(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 0b100101
	}
	return a
}

// RefLength is the fewest characters, at least four, that tell all of ids apart.
func RefLength(ids []ID) int {
	n := refLeast
	seen := make(map[string]ID, len(ids))
	for n < 16 {
		clear(seen)
		clash := false
		for _, id := range ids {
			s := id.long()[:n]
			if other, ok := seen[s]; ok && other != id {
				clash = true
				break
			}
			seen[s] = id
		}
		if !clash {
			return n
		}
		n++
	}
	return n
}

// FindRef returns which of ids a person means by a REF. The check character is
// compared when it is given. The error is [Malformed], [Ambiguous] with the
// candidates, or a [Refusal] on the field "ref".
func FindRef(ref string, ids []ID) (ID, error) {
	want := strings.TrimSpace(ref)
	if id, err := ParseID(want); err == nil {
		for _, other := range ids {
			if other == id {
				return id, nil
			}
		}
	}
	stem, mark, checked := strings.Cut(want, "-")
	digits, ok := decode(stem)
	if !ok || len(digits) < refLeast || len(digits) > 17 {
		return ID{}, Malformed{ref}
	}
	stem = canonical(digits)
	if checked {
		if m, ok := decode(mark); !ok || len(m) != 1 || crockford[m[0]] != check(stem) {
			return ID{}, Refusal{"ref", fmt.Sprintf("%q has a slip in it: the last character does not fit the others. Compare it with the list and type it again.", ref)}
		}
	}
	found := startingWith(stem, ids)
	if len(found) == 0 && !checked && len(stem) > refLeast && check(stem[:len(stem)-1]) == stem[len(stem)-1] {
		found = startingWith(stem[:len(stem)-1], ids) // typed without the dash
	}
	switch len(found) {
	case 0:
		return ID{}, Refusal{"ref", fmt.Sprintf("Nobody here has the reference %q.", ref)}
	case 1:
		return found[0], nil
	}
	n := RefLength(ids)
	names := make([]string, 0, len(found))
	for _, id := range found {
		names = append(names, id.Ref(n))
	}
	return ID{}, Ambiguous{Ref: ref, Candidates: names}
}

func canonical(digits []byte) string {
	out := make([]byte, len(digits))
	for i, d := range digits {
		out[i] = crockford[d]
	}
	return string(out)
}

func startingWith(stem string, ids []ID) []ID {
	var found []ID
	for _, id := range ids {
		if strings.HasPrefix(id.long(), stem) {
			found = append(found, id)
		}
	}
	return found
}

// Malformed says that a text cannot be a REF at all, such as a name.
type Malformed struct{ Ref string }

func (m Malformed) Error() string {
	return fmt.Sprintf("%q is not a reference. A reference looks like 7K3Q-M; `coachdesk people` lists them.", m.Ref)
}

// Ambiguous says that a REF fits more than one.
type Ambiguous struct {
	Ref        string
	Candidates []string
}

func (a Ambiguous) Error() string {
	return fmt.Sprintf("%q fits %d references: %s. Type one more character.", a.Ref, len(a.Candidates), strings.Join(a.Candidates, ", "))
}

// DeskID names a store that writes. A restored or cloned store takes a new one.
type DeskID [8]byte

// String returns the desk's name in hexadecimal.
func (d DeskID) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements encoding.TextMarshaler for open exports.
func (d DeskID) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *DeskID) UnmarshalText(b []byte) error {
	raw, err := hex.DecodeString(string(b))
	if err != nil || len(raw) != len(d) {
		return fmt.Errorf("%q is not a desk: it should have 16 hexadecimal digits", b)
	}
	copy(d[:], raw)
	return nil
}
