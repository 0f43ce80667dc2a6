package store_test

import (
	"bytes"
	"errors"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// deskOf makes a store of an office of its own: other dice, other people.
func deskOf(t testing.TB, seed byte, name string, role domain.Role, more ...storetest.Option) *store.Store {
	t.Helper()
	return storetest.New(t, append([]storetest.Option{storetest.As(name, role), storetest.With(func(o *store.Options) { o.Dice = storetest.NewDice(seed) })}, more...)...)
}

// contactOf is a desk as others have it in their address books.
func contactOf(t testing.TB, s *store.Store) domain.Contact {
	t.Helper()
	c, err := s.Card()
	if err != nil {
		t.Fatal(err)
	}
	return c.Contact()
}

// introduce puts each of some desks into the address books of all others.
func introduce(t testing.TB, desks ...*store.Store) {
	t.Helper()
	for _, s := range desks {
		own := contactOf(t, s)
		for _, other := range desks {
			if other != s {
				storetest.Do(t, s, domain.AddContact{Office: s.OfficeID(), Contact: contactOf(t, other), Own: own.Recipient})
			}
		}
	}
}

// allOf is all shareable records of some people.
func allOf(ids ...domain.ID) []store.Parcel {
	var all []store.Parcel
	for _, id := range ids {
		all = append(all, store.Parcel{ID: id})
	}
	return all
}

// pack makes a bundle for a desk.
func pack(t testing.TB, from, to *store.Store, people ...store.Parcel) []byte {
	t.Helper()
	var b bytes.Buffer
	told, err := from.Pack(&b, store.Outgoing{ID: from.NewID(), Kind: domain.BundleHandover, To: []domain.Contact{contactOf(t, to)}, People: people})
	if err != nil {
		t.Fatalf("pack: %v", err)
	}
	if told.Bytes != int64(b.Len()) || told.People != len(people) {
		t.Errorf("packed %+v, and the file has %d bytes", told, b.Len())
	}
	return b.Bytes()
}

// take opens a bundle and takes it.
func take(t testing.TB, s *store.Store, file []byte, commands ...domain.Command) store.Taken {
	t.Helper()
	told, err := tryTake(s, file, commands...)
	if err != nil {
		t.Fatalf("take: %v", err)
	}
	return told
}

func tryTake(s *store.Store, file []byte, commands ...domain.Command) (store.Taken, error) {
	p, err := s.Unpack(bytes.NewReader(file), "")
	if err != nil {
		return store.Taken{}, err
	}
	return s.Take(p, domain.Batch{ID: s.NewID(), Commands: commands})
}

// refused checks that an error is a polite no of these words.
func refused(t testing.TB, err error, says string) {
	t.Helper()
	var no domain.Refusal
	if !errors.As(err, &no) || !contains(no.Why, says) {
		t.Errorf("it says %v, not %q", err, says)
	}
}

func contains(text, part string) bool { return bytes.Contains([]byte(text), []byte(part)) }

// person replays somebody.
func person(t testing.TB, s *store.Store, id domain.ID) domain.Participant {
	t.Helper()
	p, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sharedOf are the names and bodies of somebody's shareable records, in order.
func sharedOf(t testing.TB, s *store.Store, id domain.ID) []string {
	t.Helper()
	past, err := s.History(domain.About(id))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range past {
		if r.Scope == domain.Shareable {
			all = append(all, r.Desk.String()+" "+r.Kind+" "+string(r.Body))
		}
	}
	return all
}
