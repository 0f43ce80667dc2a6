package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"coachdesk/store/bundle"
)

// scriptLines writes words as lines of a file: lines FILE word….
func scriptLines(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(args[1:], "\n")+"\n"), 0o600))
}

// scriptSums asks that the last output has the SHA-256 of each file.
func scriptSums(ts *testscript.TestScript, _ bool, args []string) {
	out := ts.ReadFile("stdout")
	for _, name := range args {
		if sum := fmt.Sprintf("%x", sha256.Sum256([]byte(ts.ReadFile(name)))); !strings.Contains(out, sum) {
			ts.Fatalf("%s has the sum %s, which is not there", name, sum)
		}
	}
}

// scriptRecard writes the card of the same person with other keys, which they signed:
// recard from to.
func scriptRecard(ts *testscript.TestScript, _ bool, args []string) {
	card, err := bundle.ParseCard(ts.ReadFile(args[0]))
	ts.Check(err)
	verify, sign, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	to, err := age.GenerateX25519Identity()
	ts.Check(err)
	card.Recipient, card.Verify = to.Recipient().String(), verify
	card, err = card.Signed(sign)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte("> Hello,\r\n> my card:\r\n> "+strings.ReplaceAll(card.String(), "\n", "\r\n> ")), 0o600))
}
