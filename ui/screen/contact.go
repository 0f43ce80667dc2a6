package screen

import "coachdesk/domain"

type (
	// Contacts is the address book: people of other desks.
	Contacts struct{}
	// Identity is the card of whoever works here, with the fingerprint to read aloud.
	Identity struct{}
)

func (Contacts) place() {}
func (Identity) place() {}

// OwnCard is what others need to send cases here: who works here, and the card as text.
type OwnCard struct {
	Contact domain.Contact
	Card    string
}

// Introducing is the part of a [Desk] that makes it known to others.
type Introducing interface {
	// Identity is the card of whoever works here.
	Identity() (OwnCard, error)
	// ReadCard reads the card of somebody else: pasted, or from the file of a name. It may
	// wait for a disk: ask it in a [Run].
	ReadCard(typed string) (domain.Contact, error)
}
