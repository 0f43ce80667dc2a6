package store

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/bundle"
)

// admit looks at the header of a bundle: whether it is for this desk, from somebody who
// is known, and was not opened before. What follows the header is not believed yet.
func (s *Store) admit(p *Parcels, h bundle.Header) error {
	own, err := s.signedHere(h.From)
	if err != nil {
		return err
	}
	switch {
	case h.Demo && !s.Demo():
		return domain.Refused("file", "This bundle is about made-up people, and this store is for real ones. Open it in a demo store.")
	case !h.Demo && s.Demo():
		return domain.Refused("file", "This bundle is about real people, and this is a demo store. Open it in your own store.")
	}
	if err := s.addressed(h); err != nil {
		return err
	}
	office := s.Office()
	if was, ok := office.OpenedBundle(h.ID); ok {
		return domain.Refused("file", "This bundle was opened here before, on %s. Nothing was changed.", was.On.Short(s.Today()))
	}
	p.by = h.From.Contact()
	if !own {
		if p.by, err = known(office, h.From); err != nil {
			return err
		}
	}
	p.ID, p.Kind, p.Made, p.From, p.Own = h.ID, h.Kind, time.UnixMilli(h.Made).UTC(), h.From, own
	return nil
}

// signedHere reports whether a card is of this store, as it is or as it was before it
// became another desk.
func (s *Store) signedHere(c bundle.Card) (own bool, err error) {
	err = s.read(func(tx *bolt.Tx) error {
		key, err := s.signing(tx)
		if err != nil {
			return err
		}
		former, err := readFormer(tx, s.ring.books)
		former = append(former, key.Public().(ed25519.PublicKey))
		own = slices.ContainsFunc(former, func(k []byte) bool { return bytes.Equal(k, c.Verify) })
		return err
	})
	return own, err
}

// addressed refuses a bundle that its sender sealed to others, and that one of them
// passed on.
func (s *Store) addressed(h bundle.Header) error {
	receiver, err := s.Identity()
	if err != nil || len(h.To) == 0 {
		return err
	}
	mine := receiver.Recipient().String()
	if !slices.ContainsFunc(h.To, func(a bundle.Addressee) bool { return a.Recipient == mine }) {
		return refuseBundle(bundle.ErrNotForUs)
	}
	return nil
}

// known returns the sender as they are in the address book. It refuses one who is not
// there, or signs with another key.
func known(o domain.Office, card bundle.Card) (domain.Contact, error) {
	c, ok := o.Contact(card.Person)
	switch {
	case !ok:
		return c, Unknown{card, domain.Refused("from", "This bundle is signed by %s, who is not in the address book. Ring a number that you know already, compare the fingerprint %s, and add them: then open the bundle again.", card.Contact().Who(), card.Contact().Fingerprint())}
	case !bytes.Equal(c.Verify, card.Verify):
		return c, Unknown{card, domain.Refused("from", "This bundle says that it is from %s, but it is not signed with their key. Ring a number that you know already. Their new fingerprint would be %s.", c.Who(), card.Contact().Fingerprint())}
	}
	return c, nil
}

// believe refuses what a sender cannot know or may not say. A bundle is believed as its
// signer tells it; what its signer can only have made up is not.
func (s *Store) believe(tx *bolt.Tx, p *Parcels, one parcel) error {
	journal := tx.Bucket(journalBucket)
	for _, in := range one.in {
		r := in.rec
		name := nameOf(r)
		held := journal.Get(name)
		if r.Desk == s.facts.Desk {
			if err := s.ours(tx, in, held); err != nil {
				return err
			}
			continue
		}
		if held != nil || p.Own {
			continue
		}
		switch {
		case p.by.Role == domain.Provider && (r.Desk != p.by.Desk || r.Role != domain.Provider):
			return domain.Refused("file", "This bundle has entries that %s cannot have made: a provider's adviser tells of their own work only. Nothing was changed. Ring them.", p.by.Who())
		case !s.desk.office.Person(r.By).ID.IsZero() && !s.wroteHere(tx, r.Desk):
			return domain.Refused("file", "This bundle has an entry in the name of %s that was not made at this desk. Nothing was changed. Ring the sender.", s.desk.office.Person(r.By).Name)
		}
	}
	return nil
}

// ours refuses an entry in the name of this very desk that it did not make.
func (s *Store) ours(tx *bolt.Tx, in incoming, held []byte) error {
	if held != nil && !s.desk.office.IsErased(in.rec.Subject.ID) {
		old, plain, err := s.ring.openPlain(tx, nameOf(in.rec), held)
		if err != nil {
			return err
		}
		if bytes.Equal(plain, in.plain) || alikeButContent(old, in.rec) && (isEmptied(old) || isEmptied(in.rec)) {
			return nil
		}
	}
	if s.desk.office.IsErased(in.rec.Subject.ID) {
		return nil // nothing of them is taken
	}
	return domain.Refused("file", "This bundle has an entry in the name of this desk that is not here. Nothing was changed. If this store was put back to an older copy by hand, restore that copy with coachdesk restore, so that it becomes a desk of its own; else ring the sender.")
}

// wroteHere reports whether a desk is one of this house: this one, or one that wrote
// about the office before this store became another desk.
func (s *Store) wroteHere(tx *bolt.Tx, desk domain.DeskID) bool {
	about := append(subjectKey(s.officeSubject()), desk[:]...)
	k, _ := tx.Bucket(journalBucket).Cursor().Seek(about)
	return bytes.HasPrefix(k, about)
}
