package store_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
	"coachdesk/store/storetest"
)

func TestCardIsOfWhoSitsHere(t *testing.T) {
	s := storetest.New(t)
	c, err := s.Card()
	if err != nil || !c.Valid() {
		t.Fatalf("%+v %v", c, err)
	}
	if c.Person != s.Who().ID || c.Name != "Ann Clark" || c.Role != domain.Coach || c.Office != "Stratford" || c.Desk != s.Facts().Desk {
		t.Errorf("the card is %+v", c)
	}
	read, err := bundle.ParseCard(c.String())
	if err != nil || !read.Same(c) {
		t.Errorf("it reads %+v: %v", read, err)
	}
	receiver, err := s.Identity()
	if err != nil || receiver.Recipient().String() != c.Recipient {
		t.Errorf("what is sealed to the card does not open here: %v", err)
	}
	// A restored store is a desk of its own and signs with a key of its own, but opens
	// what was sealed to it before.
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	if _, err := store.Restore(backup, s.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, s.Path())
	defer shut(t, x)
	d, err := x.Card()
	if err != nil || d.Recipient != c.Recipient || d.Same(c) || d.Desk == c.Desk || d.Person != c.Person {
		t.Errorf("restored: %+v %v", d, err)
	}
}
