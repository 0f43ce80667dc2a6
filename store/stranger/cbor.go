package stranger

import (
	"bytes"
	"math/big"

	"github.com/fxamacker/cbor/v2"
)

// The page promises the core deterministic encoding. The modes refuse what
// they can, and decode compares the bytes for the rest.
var (
	decoding = must(cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		TagsMd:           cbor.TagsForbidden,
		MaxArrayElements: 1 << 24,
		MaxMapPairs:      1 << 24,
	}.DecMode())
	encoding = must(cbor.CoreDetEncOptions().EncMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// decode reads one CBOR value. Integers become uint64, or int64 below zero;
// maps become map[any]any.
func decode(data []byte) (any, error) {
	var v any
	if err := decoding.Unmarshal(data, &v); err != nil {
		return nil, damage("CBOR: %v", err)
	}
	if !allowed(v) {
		return nil, damage("CBOR: a type that does not occur")
	}
	again, err := encoding.Marshal(v)
	if err != nil {
		return nil, damage("CBOR: %v", err)
	}
	if !bytes.Equal(again, data) {
		return nil, damage("CBOR: not the core deterministic encoding")
	}
	return v, nil
}

// allowed tells whether a value is made only of the types that the page allows.
func allowed(v any) bool {
	switch v := v.(type) {
	case nil, bool, uint64, int64, string, []byte, cbor.ByteString:
		return true
	case []any:
		for _, item := range v {
			if !allowed(item) {
				return false
			}
		}
		return true
	case map[any]any:
		for k, item := range v {
			if !allowed(k) || !allowed(item) {
				return false
			}
		}
		return true
	case big.Int:
		return false
	}
	return false
}

// decodeMap reads a CBOR map.
func decodeMap(data []byte) (map[any]any, error) {
	v, err := decode(data)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[any]any)
	if !ok {
		return nil, damage("CBOR: no map")
	}
	return m, nil
}

// decodeText reads a CBOR map with text keys.
func decodeText(data []byte) (map[string]any, error) {
	m, err := decodeMap(data)
	if err != nil {
		return nil, err
	}
	fields, ok := textKeys(m).(map[string]any)
	if !ok {
		return nil, damage("CBOR: a key that is no text")
	}
	return fields, nil
}

// textKeys turns every map inside a value that has only text keys into a
// map[string]any. Other maps belong to a later version and stay as they are.
func textKeys(v any) any {
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			v[i] = textKeys(item)
		}
	case map[any]any:
		m := map[string]any{}
		for k, item := range v {
			name, ok := k.(string)
			if !ok {
				return v
			}
			m[name] = textKeys(item)
		}
		return m
	}
	return v
}

// getter takes fields out of a map and keeps the first error.
type getter struct {
	m   map[any]any
	err error
}

func (g *getter) fail(key any, what string) {
	if g.err == nil {
		g.err = damage("field %v is no %s", key, what)
	}
}

func (g *getter) uint(key uint64) uint64 {
	v, ok := g.m[key].(uint64)
	if !ok {
		g.fail(key, "unsigned integer")
	}
	return v
}

// int takes an integer of a size that a day, a minute or a count can have.
func (g *getter) int(key uint64) int {
	n, ok := integer(g.m[key])
	if !ok {
		g.fail(key, "integer")
	}
	return n
}

func (g *getter) bool(key uint64) bool {
	v, ok := g.m[key].(bool)
	if !ok {
		g.fail(key, "boolean")
	}
	return v
}

func (g *getter) text(key any) string {
	v, ok := g.m[key].(string)
	if !ok {
		g.fail(key, "text")
	}
	return v
}

// maybeText is text for a field that is absent when it is empty.
func (g *getter) maybeText(key any) string {
	if _, there := g.m[key]; !there {
		return ""
	}
	return g.text(key)
}

// bytes takes a byte string of n bytes, or of any length when n is below zero.
func (g *getter) bytes(key uint64, n int) []byte {
	v, ok := g.m[key].([]byte)
	if !ok || n >= 0 && len(v) != n {
		g.fail(key, "byte string of the right length")
	}
	return v
}

// id takes an ID and returns its text. Zeros are no ID, but some fields may
// hold them.
func (g *getter) id(key uint64, zeros bool) string {
	v := g.bytes(key, idLen)
	if len(v) != idLen || !zeros && isZero(v) {
		g.fail(key, "ID")
		return ""
	}
	return IDText(v)
}

// integer turns a decoded integer into an int of reasonable size.
func integer(v any) (int, bool) {
	switch v := v.(type) {
	case uint64:
		return int(v), v < 1<<53
	case int64:
		return int(v), v > -1<<53
	}
	return 0, false
}
