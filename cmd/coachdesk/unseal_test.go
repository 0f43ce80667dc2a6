package main

import (
	"bytes"
	"io"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"
)

// scriptUnseal opens a sealed paper as a stranger would, with age alone, and prints it:
// unseal FILE passphrase.
func scriptUnseal(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: unseal FILE passphrase")
	}
	with, err := age.NewScryptIdentity(args[1])
	ts.Check(err)
	r, err := age.Decrypt(bytes.NewReader([]byte(ts.ReadFile(args[0]))), with)
	if neg {
		if err == nil {
			ts.Fatalf("%s opens with that passphrase", args[0])
		}
		return
	}
	ts.Check(err)
	b, err := io.ReadAll(r)
	ts.Check(err)
	_, err = ts.Stdout().Write(b)
	ts.Check(err)
}
