package store

import (
	"crypto/ed25519"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/bundle"
)

// Card returns the identity of this desk, for whoever sits there: what others need to
// send cases here, and to know that a case comes from here.
func (s *Store) Card() (bundle.Card, error) {
	receiver, err := s.Identity()
	if err != nil {
		return bundle.Card{}, err
	}
	key, err := s.SigningKey()
	if err != nil {
		return bundle.Card{}, err
	}
	who, facts := s.Who(), s.Facts()
	return bundle.Card{
		Person: who.ID, Name: clean.Line(who.Name, clean.MaxLine), Role: who.Role,
		Office: clean.Line(s.Desk().Settings[domain.SettingOffice], clean.MaxLine), Desk: facts.Desk,
		Recipient: receiver.Recipient().String(), Verify: key.Public().(ed25519.PublicKey),
	}.Signed(key)
}
