// Package seal is how the store keeps secrets: boxes that hold one value each, and
// slots that hold the store key. There is no cryptography of our own in it: values
// are AES-256-GCM from the standard library, slots are plain age files.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// KeySize is the length of every key, in bytes.
const KeySize = 32

// Key is a key of AES-256.
type Key [KeySize]byte

// NewKey throws a key with the dice it is given.
func NewKey(dice io.Reader) (Key, error) {
	var k Key
	if _, err := io.ReadFull(dice, k[:]); err != nil {
		return k, fmt.Errorf("make a key: %w", err)
	}
	return k, nil
}

// The formats are the first byte of every sealed value.
const (
	Padded byte = 1 // a length, the value, and zeros up to a multiple of 64 bytes
	Bare   byte = 2 // the value as it is, where every value has one size anyway
)

// ErrSeal says that a value was not sealed by this key for this place, or that it
// was changed since.
var ErrSeal = errors.New("a sealed value was changed or moved")

// Header is what precedes the ciphertext in clear. It is bound by the seal.
type Header struct {
	Format byte
	Epoch  byte // which of the keys that this place has had
	Scope  byte
}

// MaxSize bounds a sealed value, and MaxName the key it stands under. A damaged
// length inside the file would otherwise have gigabytes read before the seal tells.
const (
	MaxSize = 16 << 20
	MaxName = 1 << 8
)

const (
	headerSize = 3
	overhead   = headerSize + 12 + 16 // and the nonce and the tag
	step       = 64
)

// HeaderOf reads the header of a sealed value.
func HeaderOf(sealed []byte) (Header, error) {
	if len(sealed) < overhead || len(sealed) > MaxSize {
		return Header{}, fmt.Errorf("%w: its length is wrong", ErrSeal)
	}
	h := Header{sealed[0], sealed[1], sealed[2]}
	if h.Format != Padded && h.Format != Bare {
		return Header{}, fmt.Errorf("%w: it has an unknown format %d", ErrSeal, h.Format)
	}
	return h, nil
}

// Box seals and opens values under one key. It may be used by several goroutines.
type Box struct{ aead cipher.AEAD }

// NewBox makes a box of a key.
func NewBox(k Key) *Box {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic(err) // cannot happen: the key has the right length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // cannot happen: the block has the right size
	}
	return &Box{aead}
}

// Fits reports whether a value is small enough to be sealed and opened again.
func Fits(plain []byte) bool { return len(plain) <= MaxSize-overhead-2*step }

// Seal seals a value for one place: a key in a bucket. It opens nowhere else. The
// value must [Fits].
func (b *Box) Seal(h Header, bucket string, key, plain []byte) []byte {
	text := plain
	if h.Format == Padded {
		text = Pad(plain)
	}
	out := make([]byte, headerSize, overhead+len(text))
	out[0], out[1], out[2] = h.Format, h.Epoch, h.Scope
	return b.aead.Seal(out, nil, text, place(nil, bucket, key, out))
}

// Open returns the value that was sealed for this place. The error is [ErrSeal]
// whatever is wrong. It copies: the sealed bytes may belong to a mapped file.
func (b *Box) Open(bucket string, key, sealed []byte) ([]byte, error) {
	h, err := HeaderOf(sealed)
	if err != nil {
		return nil, err
	}
	if len(key) > MaxName {
		return nil, fmt.Errorf("%w: its name is too long", ErrSeal)
	}
	var room [96]byte
	text, err := b.aead.Open(nil, nil, sealed[headerSize:], place(room[:0], bucket, key, sealed[:headerSize]))
	if err != nil {
		return nil, ErrSeal
	}
	if h.Format == Bare {
		return text, nil
	}
	return Unpad(text)
}

// place is the associated data: bucket, a zero byte, key, header.
func place(room []byte, bucket string, key, header []byte) []byte {
	if room == nil {
		room = make([]byte, 0, len(bucket)+1+len(key)+headerSize)
	}
	room = append(room, bucket...)
	room = append(room, 0)
	room = append(room, key...)
	return append(room, header[:headerSize]...)
}

// Pad puts the length before a value and zeros after it, so that sizes come in
// steps of 64 bytes.
func Pad(plain []byte) []byte {
	n := len(binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen64), uint64(len(plain)))) + len(plain)
	out := make([]byte, 0, (n+step-1)/step*step)
	out = binary.AppendUvarint(out, uint64(len(plain)))
	out = append(out, plain...)
	return out[:cap(out)]
}

// Unpad returns what [Pad] was given. The padding must be the least that is
// needed, and zero.
func Unpad(text []byte) ([]byte, error) {
	n, used := binary.Uvarint(text)
	if used <= 0 || n > uint64(len(text)-used) || len(text)%step != 0 {
		return nil, fmt.Errorf("%w: its length is wrong", ErrSeal)
	}
	end := used + int(n)
	if len(text)-end >= step {
		return nil, fmt.Errorf("%w: it has too much padding", ErrSeal)
	}
	for _, c := range text[end:] {
		if c != 0 {
			return nil, fmt.Errorf("%w: its padding is not empty", ErrSeal)
		}
	}
	return text[used:end:end], nil
}
