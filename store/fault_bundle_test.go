package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// sender is the other desk of a child, made when it is first needed.
var sender *store.Store

// sendingTo returns another desk that the store knows, in a folder below one.
func sendingTo(s *store.Store, below string) *store.Store {
	if sender != nil {
		return sender
	}
	f := storetest.Founding()
	f.Person = "Bo Hale"
	dir, err := os.MkdirTemp(below, "sender")
	must(err)
	other, _, err := store.Create(filepath.Join(dir, "desk.coach"), f, realOptions())
	must(err)
	card, err := other.Card()
	must(err)
	_, err = s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.AddContact{Office: s.OfficeID(), Contact: card.Contact()}}})
	must(err)
	sender = other
	return other
}

// bundled is a bundle about as many new people as an import has.
func bundled(s *store.Store, below string) []byte {
	from := sendingTo(s, below)
	b := domain.Batch{ID: from.NewID()}
	var people []store.Parcel
	for range imported {
		id := from.NewID()
		people = append(people, store.Parcel{ID: id})
		b.Commands = append(b.Commands, joining(from, id).Commands...)
	}
	_, err := from.Do(b)
	must(err)
	card, err := s.Card()
	must(err)
	var file bytes.Buffer
	_, err = from.Pack(&file, store.Outgoing{ID: from.NewID(), Kind: domain.BundleHandover, To: []domain.Contact{card.Contact()}, People: people})
	must(err)
	return file.Bytes()
}

// coming is the bundle that a child takes next.
var coming []byte

func init() {
	phases = append(phases, phase{"take", func(s *store.Store, _ domain.ID) { coming = bundled(s, filepath.Dir(s.Path())) }, func(s *store.Store, turn domain.ID) error {
		p, err := s.Unpack(bytes.NewReader(coming), "")
		if err != nil {
			return err
		}
		_, err = s.Take(p, domain.Batch{ID: turn})
		return err
	}, func(t *testing.T, a aftermath) {
		more := len(everything(t, a.s)) - a.before
		if opened := len(a.s.Office().Opened); more != opened*imported || !a.fits(opened) {
			t.Errorf("%d people and %d bundles of %d after %d turns", more, opened, imported, len(a.done))
		}
	}})
}
