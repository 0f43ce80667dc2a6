package main

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// The keyring of the computer opens the store for commands once it was asked to; when
// it is removed there, the passphrase is asked for again. The keyring itself is a fake:
// this machine has none.
func TestKeyring(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	words := filepath.Join(dir, "pw")
	if err := os.WriteFile(words, []byte("correct horse battery staple\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(args ...string) (int, string) {
		var out, talk bytes.Buffer
		code := run(append(args, "--store", filepath.Join(dir, "desk.db")), world{
			in: strings.NewReader(""), out: &out, err: &talk, env: func(string) string { return "" }, now: clockAt(""), dice: rand.Reader, workFactor: testWork,
		})
		return code, out.String() + talk.String()
	}
	for _, args := range [][]string{{"init", "--name", "Amina"}, {"key", "add", "keyring"}} {
		if code, said := at(append(args, "--passphrase-file", words)...); code != exitDone {
			t.Fatalf("%v: %d %s", args, code, said)
		}
	}
	code, said := at("key", "list", "--json")
	if code != exitDone || !strings.Contains(said, `"keyring"`) {
		t.Fatalf("without a passphrase: %d %s", code, said)
	}
	if code, said := at("key", "rotate"); code != exitPassphrase {
		t.Errorf("the store key was changed without the passphrase: %d %s", code, said)
	}
	if code, said := at("key", "rotate", "--passphrase-file", words); code != exitDone || strings.Contains(said, "gone") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := at("people"); code != exitDone {
		t.Errorf("after the change of the store key: %d %s", code, said)
	}
	keyring.MockInit() // another computer, or somebody emptied it
	if code, said := at("people"); code != exitUsage || !strings.Contains(said, "passphrase") {
		t.Errorf("without the keyring: %d %s", code, said)
	}
}
