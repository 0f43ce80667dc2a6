package stranger

import (
	"bytes"
	"fmt"
	"strings"
)

func isZero(b []byte) bool {
	return len(bytes.Trim(b, "\x00")) == 0
}

// alphabet is Crockford's base32. It sorts as the bytes do.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// IDText writes an ID as 26 characters: its 128 bits with two zero bits before
// them, five bits to a character.
func IDText(id []byte) string {
	var text [26]byte
	for i := range text {
		var v byte
		for bit := i*5 - 2; bit < i*5+3; bit++ {
			v <<= 1
			if bit >= 0 && bit/8 < len(id) {
				v |= id[bit/8] >> (7 - bit%8) & 1
			}
		}
		text[i] = alphabet[v]
	}
	return string(text[:])
}

// ParseID reads the text of an ID. Only one text of an ID is right.
func ParseID(text string) ([]byte, error) {
	if len(text) != 26 {
		return nil, fmt.Errorf("an ID of %d characters", len(text))
	}
	id := make([]byte, idLen)
	for i := range text {
		v := strings.IndexByte(alphabet, text[i])
		if v < 0 || i == 0 && v > 7 {
			return nil, fmt.Errorf("%q is no ID", text)
		}
		for n := range 5 {
			if bit := i*5 - 2 + n; bit >= 0 {
				id[bit/8] |= byte(v>>(4-n)&1) << (7 - bit%8)
			}
		}
	}
	return id, nil
}

// Ref writes what people see of an ID: n characters of its random part, a dash
// and the check character.
func Ref(id []byte, n int) string {
	shown := base32Text(id[6:])[:n]
	return shown + "-" + string(refCheck(shown))
}

// base32Text writes ten bytes as 16 characters of the same base32.
func base32Text(b []byte) string {
	var text []byte
	for i := 0; i < len(b)*8; i += 5 {
		var v byte
		for bit := i; bit < i+5; bit++ {
			v = v<<1 | b[bit/8]>>(7-bit%8)&1
		}
		text = append(text, alphabet[v])
	}
	return string(text)
}

// refCheck computes the check character in GF(32) modulo x^5 + x^2 + 1.
func refCheck(shown string) byte {
	timesX := func(v byte) byte {
		v <<= 1
		if v&32 != 0 {
			v ^= 0b100101
		}
		return v
	}
	var sum byte
	for i := range shown {
		sum = timesX(sum) ^ byte(strings.IndexByte(alphabet, shown[i]))
	}
	return alphabet[timesX(sum)]
}
