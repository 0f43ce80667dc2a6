package bundle

import (
	"crypto/ed25519"
	"encoding/base64"
	"slices"
	"strings"

	"filippo.io/age"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// Card is what somebody gives to those who send them cases: who they are, to which key
// a bundle for them is sealed, and with which key theirs are signed. It is no secret.
// It is signed with the key that it names, so that it can be changed by nobody else;
// whether it is of the person it names is found out by comparing the fingerprint.
type Card struct {
	Person    domain.ID     `cbor:"1,keyasint"`
	Name      string        `cbor:"2,keyasint"`
	Role      domain.Role   `cbor:"3,keyasint"`
	Office    string        `cbor:"4,keyasint"`
	Desk      domain.DeskID `cbor:"5,keyasint"`
	Recipient string        `cbor:"6,keyasint"` // age1…
	Verify    []byte        `cbor:"7,keyasint"` // an ed25519 public key
	Signature []byte        `cbor:"8,keyasint,omitempty"`
}

const (
	cardBegin = "-----BEGIN COACHDESK IDENTITY-----"
	cardEnd   = "-----END COACHDESK IDENTITY-----"
	cardWidth = 64
	cardMost  = 16 << 10 // of the text in which a card is looked for, from its first line on
	cardWord  = "coachdesk identity 1\x00"
)

// Signed returns the card with the signature of the key that it names.
func (c Card) Signed(key ed25519.PrivateKey) (Card, error) {
	c.Signature = nil
	raw, err := encoder.Marshal(c)
	if err != nil {
		return c, err
	}
	c.Signature = ed25519.Sign(key, append([]byte(cardWord), raw...))
	return c, nil
}

// Valid reports whether the card is whole: signed with the key that it names, and with
// nothing in it that a card of ours does not have.
func (c Card) Valid() bool {
	if len(c.Verify) != ed25519.PublicKeySize || c.Person.IsZero() || !tidy(c.Name) || c.Name == "" || !tidy(c.Office) || !slices.Contains(domain.Roles, c.Role) {
		return false
	}
	if _, err := age.ParseX25519Recipient(c.Recipient); err != nil {
		return false
	}
	bare := c
	bare.Signature = nil
	raw, err := encoder.Marshal(bare)
	return err == nil && ed25519.Verify(c.Verify, append([]byte(cardWord), raw...), c.Signature)
}

// tidy reports whether a text is as it would be kept: nothing in it moves a cursor.
func tidy(text string) bool { return clean.Line(text, clean.MaxLine) == text }

// Same reports whether two cards name the same keys.
func (c Card) Same(o Card) bool {
	return c.Recipient == o.Recipient && slices.Equal(c.Verify, o.Verify)
}

// Contact returns the card as the address book has it.
func (c Card) Contact() domain.Contact {
	return domain.Contact{Person: c.Person, Name: c.Name, Role: c.Role, Office: c.Office, Desk: c.Desk, Recipient: c.Recipient, Verify: c.Verify}
}

// String returns the card as a block of lines that survives a mail.
func (c Card) String() string {
	raw, err := encoder.Marshal(c)
	if err != nil {
		return "" // texts and bytes always can be
	}
	var b strings.Builder
	b.WriteString(cardBegin + "\n")
	for part := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(raw)), cardWidth) {
		b.Write(part)
		b.WriteByte('\n')
	}
	b.WriteString(cardEnd + "\n")
	return b.String()
}

// ParseCard reads a card out of a text, for example a mail with a greeting before it,
// quoted, or with other ends of lines.
func ParseCard(text string) (Card, error) {
	var c Card
	_, rest, found := strings.Cut(text, cardBegin)
	if !found {
		return c, domain.Refused("card", "There is no identity in it: it begins with the line %s. Ask for the identity again.", cardBegin)
	}
	if len(rest) > cardMost {
		rest = rest[:cardMost]
	}
	body, _, found := strings.Cut(rest, cardEnd)
	if !found {
		return c, domain.Refused("card", "The identity is cut off: its last line is %s. Copy it whole.", cardEnd)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Map(inBase64, body))
	if err != nil || decoder.Unmarshal(raw, &c) != nil || !c.Valid() {
		return Card{}, domain.Refused("card", "The identity was changed on its way. Ask for it again, as a file.")
	}
	return c, nil
}

// inBase64 drops what mail programs put between the letters: ends of lines, spaces, and
// the marks before lines that are quoted.
func inBase64(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '+', r == '/', r == '=':
		return r
	case r == '\r', r == '\n', r == ' ', r == '\t', r == '>', r == '|', r == '\u00a0':
		return -1
	}
	return '*' // which is none
}
