package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/clean"
)

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
	whole := is.Fingerprint()
	for _, g := range []struct{ typed, want, which string }{{c.First, whole[:5], "first"}, {c.Last, whole[len(whole)-5:], "last"}} {
		heard, err := ReadGroup(g.typed)
		if err != nil {
			return nil, err
		}
		if heard != g.want {
			return nil, Refused("group", "The %s group does not fit the card of %s. Ask for it once more. If it still differs, the card is not theirs: send nothing, and remove it.", g.which, is.Who())
		}
	}
	return []Event{ContactChecked{Person: is.Person, Fingerprint: whole}}, nil
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
		events = append(events, PersonMet(m))
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
	now := Met(e)
	o.Met = append(slices.DeleteFunc(slices.Clone(o.Met), func(m Met) bool { return m.Person == e.Person }), now)
}
