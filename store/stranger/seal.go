package stranger

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
)

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// header is what a sealed value says about itself in clear.
type header struct{ format, epoch, scope byte }

// headerOf reads the header of a sealed value, without believing it yet.
func headerOf(value []byte) (header, error) {
	if len(value) < headerLen+tagLen {
		return header{}, damage("a sealed value of %d bytes", len(value))
	}
	return header{value[0], value[1], value[2]}, nil
}

// unseal opens a sealed value. The place is part of what the seal protects, so
// a value that was moved does not open.
func unseal(key cipher.AEAD, bucket string, place, value []byte, want header) ([]byte, error) {
	h, err := headerOf(value)
	if err != nil {
		return nil, err
	}
	if h != want {
		return nil, damage("%s/%x: the header is %v and not %v", bucket, place, h, want)
	}
	data := append([]byte(bucket), 0)
	data = append(data, place...)
	data = append(data, h.format, h.epoch, h.scope)
	plain, err := key.Open(nil, value[3:headerLen], value[headerLen:], data)
	if err != nil {
		return nil, damage("%s/%x does not open", bucket, place)
	}
	if h.format == bare {
		return plain, nil
	}
	plain, err = unpad(plain)
	if err != nil {
		return nil, fmt.Errorf("%s/%x: %w", bucket, place, err)
	}
	return plain, nil
}

// unpad takes the length and the padding off a value. Only the least padding
// is right, and only zeros.
func unpad(plain []byte) ([]byte, error) {
	n, used := binary.Uvarint(plain)
	if used <= 0 || n > uint64(len(plain)-used) {
		return nil, damage("the length inside is wrong")
	}
	// The shortest varint only: there must be one way to write a value.
	if len(binary.AppendUvarint(nil, n)) != used {
		return nil, damage("the length inside is not written shortly")
	}
	end := used + int(n)
	if len(plain) != (end+63)/64*64 {
		return nil, damage("the padding is not the least")
	}
	for _, b := range plain[end:] {
		if b != 0 {
			return nil, damage("the padding is not zeros")
		}
	}
	return plain[used:end], nil
}
