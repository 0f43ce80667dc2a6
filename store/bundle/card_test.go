package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"filippo.io/age"

	"coachdesk/domain"
	"coachdesk/store/bundle"
)

// exampleKey signs in tests.
func exampleKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
}

// exampleReceiver is an age identity that is the same in every run.
func exampleReceiver(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.ParseX25519Identity("AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func exampleCard(t testing.TB) bundle.Card {
	t.Helper()
	c, err := bundle.Card{
		Person: domain.ID{0: 1, 15: 12}, Name: "Ann Clark", Role: domain.Coach, Office: "Stratford", Desk: domain.DeskID{1, 2, 3},
		Recipient: exampleReceiver(t).Recipient().String(), Verify: exampleKey().Public().(ed25519.PublicKey),
	}.Signed(exampleKey())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCardSurvivesMail(t *testing.T) {
	want := exampleCard(t)
	text := want.String()
	for name, mail := range map[string]string{
		"as it was":         text,
		"between greetings": "Hello Bo,\n\nhere it is:\n" + text + "\nAnn\n",
		"quoted":            "> " + strings.ReplaceAll(text, "\n", "\n> "),
		"quoted twice":      ">> " + strings.ReplaceAll(text, "\n", "\n>> "),
		"ends of Windows":   strings.ReplaceAll(text, "\n", "\r\n"),
		"indented":          "   " + strings.ReplaceAll(text, "\n", "\n\t "),
		"one line":          strings.ReplaceAll(text, "\n", " "),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := bundle.ParseCard(mail)
			if err != nil || got.String() != text || !got.Same(want) || got.Name != "Ann Clark" {
				t.Errorf("it reads %+v: %v", got, err)
			}
		})
	}
}

func TestCardRefused(t *testing.T) {
	text := exampleCard(t).String()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	impostor := exampleCard(t)
	impostor.Name = "Bo Hale" // under the signature of Ann's key
	unsigned := exampleCard(t)
	unsigned.Signature = nil
	resigned := func(change func(*bundle.Card)) string {
		c := exampleCard(t)
		change(&c)
		c, err := c.Signed(exampleKey())
		if err != nil {
			t.Fatal(err)
		}
		return c.String()
	}
	for name, c := range map[string]struct{ text, says string }{
		"nothing":             {"", "There is no identity in it"},
		"another text":        {"Dear Ann,", "There is no identity in it"},
		"without an end":      {strings.Join(lines[:len(lines)-1], "\n"), "The identity is cut off"},
		"without a line":      {strings.Join(append(lines[:1:1], lines[2:]...), "\n"), "The identity was changed"},
		"another letter":      {strings.Replace(text, lines[1][:8], "AAAAAAAA", 1), "The identity was changed"},
		"a word inside":       {strings.Replace(text, lines[1], lines[1]+"*", 1), "The identity was changed"},
		"another name":        {impostor.String(), "The identity was changed"},
		"no signature":        {unsigned.String(), "The identity was changed"},
		"no role of ours":     {resigned(func(c *bundle.Card) { c.Role = "king" }), "The identity was changed"},
		"no recipient":        {resigned(func(c *bundle.Card) { c.Recipient = "age1" }), "The identity was changed"},
		"nobody":              {resigned(func(c *bundle.Card) { c.Person = domain.ID{} }), "The identity was changed"},
		"a name that paints":  {resigned(func(c *bundle.Card) { c.Name = "Ann\x1b[2J" }), "The identity was changed"},
		"an endless name":     {resigned(func(c *bundle.Card) { c.Name = strings.Repeat("n", 9000) }), "The identity was changed"},
		"an endless identity": {lines[0] + strings.Repeat("\nAAAA", 1<<16) + "\n" + lines[len(lines)-1], "The identity is cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bundle.ParseCard(c.text)
			var no domain.Refusal
			if !errors.As(err, &no) || !strings.HasPrefix(no.Why, c.says) {
				t.Errorf("it says %v, not %q", err, c.says)
			}
		})
	}
}

// Whatever a mail brings, a card that is taken is one that says the same when it is
// written down and read again.
func FuzzCard(f *testing.F) {
	f.Add(exampleCard(f).String())
	f.Add("-----BEGIN COACHDESK IDENTITY-----\noQE=\n-----END COACHDESK IDENTITY-----")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := bundle.ParseCard(text)
		if err != nil {
			return
		}
		again, err := bundle.ParseCard(c.String())
		if err != nil || again.String() != c.String() || !c.Valid() {
			t.Errorf("%+v reads as %+v: %v", c, again, err)
		}
	})
}
