package demo

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"

	"filippo.io/age/plugin"

	"coachdesk/domain"
)

// others are people of other desks. Their keys are real ones, made of the dice of the
// demonstration; nobody kept the other halves.
var others = []struct {
	name   string
	role   domain.Role
	office string
	then   int // 0 never compared, 1 compared, 2 compared, and then the keys changed
}{
	{"Bea Holt", domain.Adviser, "Eastmere", 1},
	{"Jo Field", domain.Provider, "Riverside Works", 0},
	{"Tom Ridley", domain.Coach, "Northgate", 2},
}

// AddressBook are the commands that put people of other desks into the address book: one
// whose keys were compared, one whose were not, and one whose keys changed since.
func AddressBook(office domain.ID, seed uint64, id func() domain.ID) ([]domain.Command, error) {
	dice := rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "address book %d", seed)))
	var all []domain.Command
	for _, o := range others {
		c := domain.Contact{Person: id(), Name: o.name, Role: o.role, Office: o.office}
		_, _ = dice.Read(c.Desk[:])
		for n := range 2 {
			if n > 0 && o.then < 2 {
				break
			}
			if err := newKeys(&c, dice); err != nil {
				return nil, err
			}
			all = append(all, domain.AddContact{Office: office, Contact: c, Anew: n > 0})
			if n == 0 && o.then > 0 {
				digits := c.Fingerprint()
				all = append(all, domain.CheckContact{Office: office, Person: c.Person, First: digits[:5], Last: digits[len(digits)-5:]})
			}
		}
	}
	return all, nil
}

// newKeys gives a contact keys of the dice.
func newKeys(c *domain.Contact, dice *rand.ChaCha8) error {
	var seed [32]byte
	_, _ = dice.Read(seed[:])
	c.Verify = ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	_, _ = dice.Read(seed[:])
	key, err := ecdh.X25519().NewPrivateKey(seed[:])
	if err != nil {
		return err
	}
	c.Recipient, err = plugin.EncodeX25519Recipient(key.PublicKey())
	return err
}

// wentOut is what the record is told of a paper that left in a story.
func wentOut(l *life, x domain.Export) domain.Command {
	x.SHA256 = fmt.Sprintf("%x", sha256.Sum256([]byte(l.name+string(x.What)+x.Name)))
	return domain.NoteExport{Participant: l.id, Export: x}
}
