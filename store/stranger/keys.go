package stranger

import (
	"bytes"
	"strings"
)

// keyName is the name of a key in the bucket of keys.
func keyName(kind byte, id []byte, scope, epoch byte) string {
	name := append([]byte{kind}, id...)
	return string(append(name, scope, epoch))
}

// houseKey is the name of one of the keys of the house.
func houseKey(name string) string {
	id := make([]byte, idLen)
	copy(id, name)
	return keyName('h', id, 0, 1)
}

// readKeys opens all keys and, from version 2 on, their spares.
func (r *reader) readKeys() error {
	found, err := r.openKeys("keys")
	if err != nil {
		return err
	}
	for name, key := range found {
		if r.keys[name], err = newGCM(key); err != nil {
			return err
		}
	}
	if r.store.Facts.Version < 2 {
		return nil
	}
	spare, err := r.openKeys("spare")
	if err != nil {
		return err
	}
	if len(spare) != len(found) {
		return damage("%d keys and %d spare keys", len(found), len(spare))
	}
	for name, key := range found {
		if !bytes.Equal(spare[name], key) {
			return damage("spare/%x is another key", name)
		}
	}
	return nil
}

// openKeys opens the keys of one bucket.
func (r *reader) openKeys(bucket string) (map[string][]byte, error) {
	found := map[string][]byte{}
	for _, e := range r.raw[bucket] {
		if bucket == "spare" && (string(e.key) == "facts" || string(e.key) == "slots") {
			continue
		}
		if len(e.key) != keyNameLen {
			return nil, damage("%s: a name of %d bytes", bucket, len(e.key))
		}
		scope := e.key[keyNameLen-2]
		if !strings.ContainsRune("podvh", rune(e.key[0])) || scope > 2 || scope != 0 && e.key[0] != 'p' {
			return nil, damage("%s: no key is called %x", bucket, e.key)
		}
		key, err := unseal(r.storeKey, bucket, e.key, e.value, header{bare, r.store.Facts.Epoch, scope})
		if err != nil {
			return nil, err
		}
		if len(key) != keyLen {
			return nil, damage("%s/%x: a key of %d bytes", bucket, e.key, len(key))
		}
		found[string(e.key)] = key
	}
	return found, nil
}

// house opens a value that is sealed under one of the keys of the house.
func (r *reader) house(key, bucket string, place []byte, format byte) ([]byte, error) {
	value := r.raw[bucket].get(place)
	if value == nil {
		return nil, damage("%s/%s is missing", bucket, place)
	}
	aead := r.keys[houseKey(key)]
	if aead == nil {
		return nil, damage("there is no key for %s", key)
	}
	return unseal(aead, bucket, place, value, header{format, 1, 0})
}
