package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Contact is somebody at another desk to whom cases may be handed: who they are, and
// the keys that what they get is sealed to and what they send is signed with.
type Contact struct {
	Person    ID // who they are at their own desk
	Name      string
	Role      Role
	Office    string
	Desk      DeskID
	Recipient string // the age recipient of their desk, "age1…"
	Verify    []byte // the ed25519 key that their signatures are checked with

	Added     calendar.Day
	By        ID           // who put them into the book
	Checked   calendar.Day // the fingerprint was compared; zero: never, or not since the key changed
	CheckedBy ID
	Former    []FormerKeys // oldest first
}

// FormerKeys are keys that a contact had before.
type FormerKeys struct {
	Recipient string
	Verify    []byte
	Until     calendar.Day
	Checked   calendar.Day
}

// verifyLength is the length of an ed25519 public key.
const verifyLength = 32

// recipientMost is how long a recipient may be: those of later kinds of key are long.
const recipientMost = 4000

// Fingerprint is made of both keys, to be read over the telephone: 30 digits in six
// groups of five.
func (c Contact) Fingerprint() string { return Fingerprint(c.Verify, c.Recipient) }

// Fingerprint makes the digits of two keys: each group is five bytes of the SHA-256 of a
// fixed word and the keys, as a number modulo 100,000.
func Fingerprint(verify []byte, recipient string) string {
	sum := sha256.Sum256(slices.Concat([]byte("coachdesk identity\x00"), verify, []byte{0}, []byte(recipient)))
	groups := make([]string, 6)
	for i := range groups {
		five := append([]byte{0, 0, 0}, sum[5*i:5*i+5]...)
		groups[i] = fmt.Sprintf("%05d", binary.BigEndian.Uint64(five)%100_000)
	}
	return strings.Join(groups, " ")
}

// ReadGroup reads one group of a fingerprint as somebody typed what they heard.
func ReadGroup(typed string) (string, error) {
	var b strings.Builder
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '\t':
		default:
			return "", Refused("group", "A group of the fingerprint is five digits, for example 04711.")
		}
	}
	if b.Len() != 5 {
		return "", Refused("group", "A group of the fingerprint is five digits, for example 04711.")
	}
	return b.String(), nil
}

// Who names a contact with the office, which tells people of one name apart.
func (c Contact) Who() string { return elsewhere(c.Name, c.Office) }

// elsewhere names somebody of another desk, so that nobody takes them for a colleague
// of this one.
func elsewhere(name, office string) string {
	if office == "" {
		return name + ", another desk"
	}
	return name + ", " + office
}

// SameKeys reports whether two contacts have the same keys.
func (c Contact) SameKeys(o Contact) bool {
	return c.Recipient == o.Recipient && bytes.Equal(c.Verify, o.Verify)
}

// Changed reports whether the keys are not those that were compared, or known, before.
func (c Contact) Changed() bool { return len(c.Former) > 0 && c.Checked.IsZero() }

// Warning says what to do before anything is sent; empty when the keys were compared.
func (c Contact) Warning() string {
	switch {
	case c.Changed():
		return "The keys of " + c.Who() + " are not those of before. Ring a number that you knew already, and compare the fingerprint before you send anything."
	case c.Checked.IsZero():
		return "Nobody has compared the fingerprint of " + c.Who() + " yet. Ring them and compare it before you send anything."
	}
	return ""
}

// Met is somebody of another desk whose records came here.
type Met struct {
	Person ID
	Name   string
	Role   Role
	Office string
}

func contactAt(list []Contact, person ID) int {
	return slices.IndexFunc(list, func(c Contact) bool { return c.Person == person })
}

// Contact returns who of the address book an ID names.
func (o Office) Contact(person ID) (Contact, bool) {
	i := contactAt(o.Contacts, person)
	if i < 0 {
		return Contact{}, false
	}
	return o.Contacts[i], true
}

// Named returns who an ID names: somebody who works here, or somebody of another desk,
// whose name then says where. Zero if nobody knows.
func (o Office) Named(id ID) Person {
	if p := o.Person(id); !p.ID.IsZero() {
		return p
	}
	for _, list := range [][]Contact{o.Contacts, o.Left} {
		if i := contactAt(list, id); i >= 0 {
			return Person{ID: id, Name: list[i].Who(), Role: list[i].Role, Since: list[i].Added}
		}
	}
	if i := slices.IndexFunc(o.Met, func(m Met) bool { return m.Person == id }); i >= 0 {
		return Person{ID: id, Name: elsewhere(o.Met[i].Name, o.Met[i].Office), Role: o.Met[i].Role}
	}
	return Person{}
}

// FindContact returns the one contact that was meant: by name, by name and office, or by
// name and the first digits of the fingerprint where two have all that in common.
func (o Office) FindContact(typed string) (Contact, error) {
	want := strings.Fields(strings.ReplaceAll(clean.Fold(clean.Line(typed, clean.MaxLine)), ",", " "))
	if len(o.Contacts) == 0 {
		return Contact{}, Refused("to", "The address book is empty. Ask for the other desk's card (coachdesk identity there), and add it with coachdesk contacts add.")
	}
	var fits, whole []Contact
	for _, c := range o.Contacts {
		digits := strings.ReplaceAll(c.Fingerprint(), " ", "")
		in := " " + strings.ReplaceAll(clean.Fold(c.Name+" "+c.Office), ",", " ")
		told := func(word string) bool {
			return strings.Contains(in, " "+word) || len(word) >= 5 && strings.HasPrefix(digits, word)
		}
		if len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !told(w) }) {
			fits = append(fits, c)
		}
		if strings.Join(want, " ") == clean.Fold(c.Name) {
			whole = append(whole, c)
		}
	}
	if len(whole) == 1 {
		return whole[0], nil
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	all := "In it are: "
	if len(fits) == 0 {
		fits = o.Contacts
	} else {
		all = "It may be: "
	}
	names := make([]string, len(fits))
	for i, c := range fits {
		names[i] = c.Who() + " (" + c.Fingerprint()[:5] + ")"
	}
	return Contact{}, Refused("to", "%q is not one person of the address book. %s%s.", clean.Line(typed, 60), all, strings.Join(names, "; "))
}

// Namesakes returns the other contacts that a person could take for this one.
func (o Office) Namesakes(c Contact) []Contact {
	var all []Contact
	for _, other := range o.Contacts {
		if other.Person != c.Person && clean.Fold(other.Who()) == clean.Fold(c.Who()) {
			all = append(all, other)
		}
	}
	return all
}
