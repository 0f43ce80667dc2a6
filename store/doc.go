// Package store keeps the journal of a desk in one bbolt file, sealed. Whatever it
// has acknowledged is on disk; whatever it returns was verified; whatever is wrong
// with the file becomes an error that is a sentence, never a panic and never wrong
// data. FORMAT.md beside this file tells a stranger how to read the bytes.
//
// There is one way to write: [Store.Do] lets the commands of a batch decide inside
// the transaction that writes what they decided. There are two ways to read: rows
// for lists ([Store.Rows]), and a participant replayed from the journal for
// everything else ([Store.Participant]).
//
// A store holds the lock on its file only while it works, so that two processes
// work beside each other.
package store
