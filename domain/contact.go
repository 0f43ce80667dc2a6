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
		print := strings.ReplaceAll(c.Fingerprint(), " ", "")
		in := " " + strings.ReplaceAll(clean.Fold(c.Name+" "+c.Office), ",", " ")
		told := func(word string) bool {
			return strings.Contains(in, " "+word) || len(word) >= 5 && strings.HasPrefix(print, word)
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

// AddContact puts somebody of another desk into the address book, or tells what is new of
// them. Own is this desk's own recipient. Other keys than those that are known count only
// with Anew: whoever sends a card may not be who it says.
type AddContact struct {
	Office  ID
	Contact Contact
	Own     string
	Anew    bool
}

// For names the office.
func (c AddContact) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a whole card, and refuses this desk's own and keys that changed
// unless that is meant.
func (c AddContact) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	is := c.Contact
	is.Name, is.Office = clean.Line(is.Name, clean.MaxLine), clean.Line(is.Office, clean.MaxLine)
	switch {
	case is.Person.IsZero() || is.Name == "":
		return nil, Refused("name", "The card does not say whose it is. Ask for another one.")
	case !slices.Contains(Roles, is.Role):
		return nil, Refused("role", "The card says %q where a role should stand. Ask for another one.", clean.Line(string(is.Role), 40))
	case !isRecipient(is.Recipient) || len(is.Verify) != verifyLength:
		return nil, Refused("recipient", "The keys on the card are not whole. Ask for another one.")
	case is.Recipient == c.Own:
		return nil, Refused("recipient", "This is the card of this desk itself. Give it to others; the address book is for theirs.")
	}
	was, known := o.Contact(is.Person)
	switch {
	case known && was.SameKeys(is) && was.Name == is.Name && was.Role == is.Role && was.Office == is.Office && was.Desk == is.Desk:
		return nil, Refused("name", "%s is in the address book already, with these keys.", was.Who())
	case known && !was.SameKeys(is) && !c.Anew:
		return nil, Refused("recipient", "%s is in the address book with other keys. A new desk has new keys; so has somebody who pretends. Ring a number that you knew before. If the change is real, add the card again as a new key.", was.Who())
	}
	return []Event{ContactAdded{Person: is.Person, Name: is.Name, Role: is.Role, Office: is.Office, Desk: is.Desk.String(), Recipient: is.Recipient, Verify: is.Verify}}, nil
}

// isRecipient reports whether a text can be a recipient of age.
func isRecipient(s string) bool {
	rest, ok := strings.CutPrefix(s, "age1")
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	return ok && len(rest) >= 50 && len(rest) <= recipientMost && !strings.ContainsFunc(rest, other)
}

// ContactAdded happens when somebody of another desk comes into the address book, or has
// another name or other keys. Other keys are not checked, whatever those of before were.
type ContactAdded struct {
	Person    ID     `json:"person"`
	Name      string `json:"name"`
	Role      Role   `json:"role"`
	Office    string `json:"office,omitempty"`
	Desk      string `json:"desk"`
	Recipient string `json:"recipient"`
	Verify    []byte `json:"verify"`
}

var _ = know[ContactAdded]()

// Kind names the event on disk.
func (ContactAdded) Kind() string { return "contact.added" }

// Sentence says who is in the address book.
func (e ContactAdded) Sentence() string {
	return clean.Line(elsewhere(e.Name, e.Office), clean.MaxLine) + " is in the address book."
}

func (e ContactAdded) applyOffice(o *Office, r Record) {
	now := Contact{Person: e.Person, Name: e.Name, Role: e.Role, Office: e.Office, Recipient: e.Recipient, Verify: e.Verify, Added: r.Day, By: r.By}
	_ = now.Desk.UnmarshalText([]byte(e.Desk)) // one that cannot be read is no desk
	var was Contact
	was, o.Contacts = taken(o.Contacts, e.Person)
	if was.Person.IsZero() {
		was, o.Left = taken(o.Left, e.Person)
		was.Checked = 0 // whoever comes back is compared again
	}
	now.Former = was.Former
	switch {
	case was.Person.IsZero():
	case was.SameKeys(now):
		now.Checked, now.CheckedBy = was.Checked, was.CheckedBy
	default:
		now.Former = append(slices.Clone(was.Former), FormerKeys{was.Recipient, was.Verify, r.Day, was.Checked})
	}
	o.Contacts = append(o.Contacts, now)
	slices.SortStableFunc(o.Contacts, func(a, b Contact) int { return strings.Compare(clean.Fold(a.Who()), clean.Fold(b.Who())) })
}

// taken returns the contact of an ID and the list without it.
func taken(list []Contact, person ID) (Contact, []Contact) {
	i := contactAt(list, person)
	if i < 0 {
		return Contact{}, list
	}
	return list[i], slices.Delete(slices.Clone(list), i, i+1)
}

// CheckContact notes that a fingerprint was compared over the telephone: First and Last
// are its first and last groups as they were heard.
type CheckContact struct {
	Office      ID
	Person      ID
	First, Last string
}

// For names the office.
func (c CheckContact) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses groups that are not those of the card.
func (c CheckContact) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	is, ok := o.Contact(c.Person)
	if !ok {
		return nil, Refused("to", "They are not in the address book. Add their card first.")
	}
	print := is.Fingerprint()
	for _, g := range []struct{ typed, want, which string }{{c.First, print[:5], "first"}, {c.Last, print[len(print)-5:], "last"}} {
		heard, err := ReadGroup(g.typed)
		if err != nil {
			return nil, err
		}
		if heard != g.want {
			return nil, Refused("group", "The %s group does not fit the card of %s. Ask for it once more. If it still differs, the card is not theirs: send nothing, and remove it.", g.which, is.Who())
		}
	}
	return []Event{ContactChecked{Person: is.Person, Fingerprint: print}}, nil
}

// ContactChecked happens when a fingerprint was compared with what its owner reads. It
// counts only for the keys that have this fingerprint.
type ContactChecked struct {
	Person      ID     `json:"person"`
	Fingerprint string `json:"fingerprint"`
}

var _ = know[ContactChecked]()

// Kind names the event on disk.
func (ContactChecked) Kind() string { return "contact.checked" }

// Sentence says what was compared.
func (ContactChecked) Sentence() string {
	return "The fingerprint of somebody in the address book was compared over the telephone."
}

func (e ContactChecked) applyOffice(o *Office, r Record) {
	i := contactAt(o.Contacts, e.Person)
	if i < 0 || o.Contacts[i].Fingerprint() != e.Fingerprint {
		return
	}
	o.Contacts = slices.Clone(o.Contacts)
	o.Contacts[i].Checked, o.Contacts[i].CheckedBy = r.Day, r.By
}

// RemoveContact takes somebody out of the address book.
type RemoveContact struct{ Office, Person ID }

// For names the office.
func (c RemoveContact) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses one who is not there.
func (c RemoveContact) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	if _, ok := o.Contact(c.Person); !ok {
		return nil, Refused("to", "They are not in the address book.")
	}
	return []Event{ContactRemoved{Person: c.Person}}, nil
}

// ContactRemoved happens when somebody leaves the address book. What they recorded still
// bears their name.
type ContactRemoved struct {
	Person ID `json:"person"`
}

var _ = know[ContactRemoved]()

// Kind names the event on disk.
func (ContactRemoved) Kind() string { return "contact.removed" }

// Sentence says that there is one fewer.
func (ContactRemoved) Sentence() string { return "Somebody was taken out of the address book." }

func (e ContactRemoved) applyOffice(o *Office, _ Record) {
	gone, rest := taken(o.Contacts, e.Person)
	if gone.Person.IsZero() {
		return // another desk removed them first
	}
	o.Contacts, o.Left = rest, append(slices.Clone(o.Left), gone)
}

// MeetPeople remembers the names of people of other desks whose records came here.
type MeetPeople struct {
	Office ID
	People []Met
}

// For names the office.
func (c MeetPeople) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice keeps only who is new, or is called otherwise now.
func (c MeetPeople) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	var events []Event
	for _, m := range c.People {
		m.Name, m.Office = clean.Line(m.Name, clean.MaxLine), clean.Line(m.Office, clean.MaxLine)
		if m.Person.IsZero() || m.Name == "" || !o.Person(m.Person).ID.IsZero() || slices.Contains(o.Met, m) {
			continue
		}
		events = append(events, PersonMet{Person: m.Person, Name: m.Name, Role: m.Role, Office: m.Office})
	}
	return events, nil
}

// PersonMet happens when a record of somebody of another desk comes here.
type PersonMet struct {
	Person ID     `json:"person"`
	Name   string `json:"name"`
	Role   Role   `json:"role"`
	Office string `json:"office,omitempty"`
}

var _ = know[PersonMet]()

// Kind names the event on disk.
func (PersonMet) Kind() string { return "person.met" }

// Sentence says whose records are here.
func (e PersonMet) Sentence() string {
	return "Records of " + clean.Line(elsewhere(e.Name, e.Office), clean.MaxLine) + " came here."
}

func (e PersonMet) applyOffice(o *Office, _ Record) {
	now := Met{e.Person, e.Name, e.Role, e.Office}
	o.Met = append(slices.DeleteFunc(slices.Clone(o.Met), func(m Met) bool { return m.Person == e.Person }), now)
}
