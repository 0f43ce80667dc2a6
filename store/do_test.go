package store_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

func TestFirstSteps(t *testing.T) {
	s := storetest.New(t)
	id := storetest.Join(t, s, "Beth Okafor")
	storetest.Do(t, s, domain.TakeNote{Participant: id, Text: "Came by bus.\n\nWants to work in a kitchen."})
	p, err := s.Participant(id)
	if err != nil || p.Name() != "Beth Okafor" || len(p.Notes) != 1 {
		t.Fatalf("%+v %v", p, err)
	}
	rows, err := s.Rows()
	if err != nil || len(rows) != 1 || rows[0].Name != "Beth Okafor" {
		t.Fatalf("%+v %v", rows, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s2, err := store.Open(s.Path(), storetest.Passphrase, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer s2.Close()
	q, err := s2.Participant(id)
	if err != nil || q.Name() != "Beth Okafor" || len(q.Notes) != 1 {
		t.Fatalf("%+v %v", q, err)
	}
	if s2.Who().Name != "Ann Clark" || s2.Who().Role != domain.Coach {
		t.Fatalf("%+v", s2.Who())
	}
}
