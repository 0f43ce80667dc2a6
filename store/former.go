package store

import (
	"crypto/ed25519"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coachdesk/store/seal"
)

// formerMost is how many former keys are remembered: a store is not restored often.
const formerMost = 100

func writeFormer(tx *bolt.Tx, books *seal.Box, keys [][]byte) error {
	if keys == nil {
		keys = [][]byte{} // an array of none, not null
	}
	raw, err := encoder.Marshal(keys)
	if err != nil {
		return err
	}
	return putSealed(tx.Bucket(metaBucket), metaBucket, formerName, books, raw)
}

// readFormer returns the public keys that this store signed with when it was another
// desk: a copy that it made for itself then must open now.
func readFormer(tx *bolt.Tx, books *seal.Box) ([][]byte, error) {
	if tx.Bucket(metaBucket).Get(formerName) == nil && tx.Bucket(quarantineBucket) == nil {
		return nil, nil // a store of format 1 or 2
	}
	raw, err := getSealed(tx.Bucket(metaBucket), metaBucket, formerName, books)
	if err != nil {
		return nil, err
	}
	var keys [][]byte
	if decoder.Unmarshal(raw, &keys) != nil || slices.ContainsFunc(keys, func(k []byte) bool { return len(k) != ed25519.PublicKeySize }) {
		return nil, damaged("the list of its former keys cannot be read")
	}
	return keys, nil
}

// signing returns the key with which the desk signs.
func (s *Store) signing(tx *bolt.Tx) (ed25519.PrivateKey, error) {
	seed, err := getSealed(tx.Bucket(metaBucket), metaBucket, signatureName, s.ring.books)
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, damaged("its signing key has the wrong length")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// retireSignature remembers the key that the desk signed with so far.
func (s *Store) retireSignature(tx *bolt.Tx) error {
	key, err := s.signing(tx)
	if err != nil {
		return err
	}
	keys, err := readFormer(tx, s.ring.books)
	if err != nil {
		return err
	}
	keys = append(keys, key.Public().(ed25519.PublicKey))
	return writeFormer(tx, s.ring.books, keys[max(0, len(keys)-formerMost):])
}
