package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/store/storetest"
)

// TestReadCard takes a card as it is pasted into one line, and out of a file, and says
// what is wrong with anything else.
func TestReadCard(t *testing.T) {
	st := storetest.New(t)
	d, err := newDesk(st, world{now: func() time.Time { return storetest.Begin }})
	if err != nil {
		t.Fatal(err)
	}
	own, err := d.Identity()
	if err != nil || own.Contact.Person != st.Who().ID || len(own.Contact.Fingerprint()) != 35 {
		t.Fatalf("%+v %v", own, err)
	}
	name := filepath.Join(t.TempDir(), "my card.txt")
	if err := os.WriteFile(name, []byte("Hello,\r\n"+strings.ReplaceAll(own.Card, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, says := range map[string]string{
		own.Card: "",
		"hello " + strings.ReplaceAll(own.Card, "\n", " "): "",
		name:                    "",
		`"` + name + `" `:       "",
		name + "x":              "cannot be read",
		filepath.Dir(name):      "cannot be read",
		own.Card[:200]:          "cut off",
		"-----BEGIN NOTHING---": "no identity in it",
		strings.Replace(own.Card, own.Card[60:62], "AA", 1): "changed on its way",
	} {
		c, err := d.ReadCard(typed)
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) || err == nil && !c.SameKeys(own.Contact) {
			t.Errorf("%.60q: %v", typed, err)
		}
	}
}
