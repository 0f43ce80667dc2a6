// Package bundle is the envelope in which a case travels: a slice of the journal as one
// age file that a receiver can open, signed by whoever sent it. It knows how bytes
// follow each other and nothing of any store; FORMAT.md tells a stranger how to read
// one. There is no cryptography of our own in it: the file is age, the signature is
// ed25519, the records are sealed as they lie in the journal.
package bundle
