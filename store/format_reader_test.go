package store_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"
)

// stranger opens single values of a store with nothing of the packages store and seal.
// The package of the same name reads all of one.
type stranger struct {
	tx    *bolt.Tx
	store []byte
}

// strangerOpens opens the first slot that the identity fits.
func strangerOpens(tx *bolt.Tx, with age.Identity) (stranger, error) {
	var slots []map[string]string
	if err := cbor.Unmarshal(tx.Bucket([]byte("meta")).Get([]byte("slots")), &slots); err != nil {
		return stranger{}, err
	}
	for _, slot := range slots {
		r, err := age.Decrypt(armor.NewReader(strings.NewReader(slot["age"])), with)
		if err != nil {
			continue
		}
		key, err := io.ReadAll(r)
		return stranger{tx, key}, err
	}
	return stranger{}, errors.New("no slot opens")
}

func strangerUnseals(key []byte, bucket string, name, v []byte) ([]byte, error) {
	if len(v) < 31 || len(key) != 32 {
		return nil, errors.New("too short")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	ad := append(append([]byte(bucket), 0), append(bytes.Clone(name), v[:3]...)...)
	text, err := gcm.Open(nil, v[3:15], v[15:], ad)
	if err != nil || v[0] == 2 {
		return text, err
	}
	n, used := binary.Uvarint(text)
	if v[0] != 1 || used <= 0 || len(text)%64 != 0 || int(n) > len(text)-used {
		return nil, errors.New("bad padding")
	}
	return text[used : used+int(n)], nil
}

// key unwraps a key of the bucket keys.
func (s stranger) key(kind byte, name []byte, scope byte) ([]byte, error) {
	k := make([]byte, 19)
	k[0] = kind
	copy(k[1:], name)
	k[17], k[18] = scope, 1
	return strangerUnseals(s.store, "keys", k, s.tx.Bucket([]byte("keys")).Get(k))
}

// envelope opens a record.
func (s stranger) envelope(k, v []byte) ([]byte, error) {
	scope := v[2]
	if k[0] != 'p' {
		scope = 0
	}
	key, err := s.key(k[0], k[1:17], scope)
	if err != nil {
		return nil, err
	}
	return strangerUnseals(key, "journal", k, v)
}

// strictly refuses fields that the event does not know.
var strictly = func() cbor.DecMode {
	m, err := cbor.DecOptions{ExtraReturnErrors: cbor.ExtraDecErrorUnknownField}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()
