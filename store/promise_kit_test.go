package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// shut closes a store, so that a test may touch its file.
func shut(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// reopen opens a store again, for as long as the test runs.
func reopen(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path, storetest.Passphrase, storetest.Options())
	if err != nil {
		t.Fatalf("open %s: %v", filepath.Base(path), err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// fresh makes a store that the test may spoil: nothing audits it.
func fresh(t testing.TB, people int) (*store.Store, []domain.ID) {
	t.Helper()
	s, _, err := store.Create(filepath.Join(t.TempDir(), "desk.coach"), storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, populate(t, s, people)
}

// populate takes people on and writes something about each, in every scope.
func populate(t testing.TB, s *store.Store, people int) []domain.ID {
	t.Helper()
	var ids []domain.ID
	for i := range people {
		id := storetest.Join(t, s, fmt.Sprintf("Person %d", i))
		storetest.Do(t, s, domain.TakeNote{Participant: id, Text: fmt.Sprintf("Came by bus %d.\n> me: call by 27/11\n\n[coach only] worried\n\n[third party] a brother\n", i)},
			domain.NoteBarrier{Participant: id, Text: "Travel before nine"})
		ids = append(ids, id)
	}
	return ids
}

// look opens a file with bbolt alone, and changes nothing.
func look(t testing.TB, path string, f func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(f); err != nil {
		t.Fatal(err)
	}
}

// meddle changes a file behind the store's back.
func meddle(t testing.TB, path string, f func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
}

// journalKeys returns the names of a participant's records in the order of the file.
func journalKeys(t testing.TB, path string, id domain.ID) [][]byte {
	t.Helper()
	var keys [][]byte
	look(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("journal")).ForEach(func(k, _ []byte) error {
			if k[0] == 'p' && domain.ID(k[1:17]) == id {
				keys = append(keys, append([]byte(nil), k...))
			}
			return nil
		})
	})
	return keys
}

// copyFile copies a file as a user would.
func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// says are commands that let a test put any event into the journal.
type (
	saysOfPerson struct {
		id     domain.ID
		events []domain.Event
	}
	saysOfOffice saysOfPerson
	saysOfDesk   saysOfPerson

	saysOfDirectory saysOfPerson
)

func (c saysOfPerson) For() domain.Subject { return domain.About(c.id) }
func (c saysOfOffice) For() domain.Subject {
	return domain.Subject{Type: domain.AboutOffice, ID: c.id}
}
func (c saysOfDesk) For() domain.Subject { return domain.Subject{Type: domain.AboutDesk, ID: c.id} }

func (c saysOfPerson) Decide(domain.Participant, domain.Stamp) ([]domain.Event, error) {
	return c.events, nil
}

func (c saysOfDirectory) For() domain.Subject {
	return domain.Subject{Type: domain.AboutDirectory, ID: c.id}
}

func (c saysOfDirectory) DecideDirectory(domain.Directory, domain.Stamp) ([]domain.Event, error) {
	return c.events, nil
}

func (c saysOfOffice) DecideOffice(domain.Office, domain.Stamp) ([]domain.Event, error) {
	return c.events, nil
}

func (c saysOfDesk) DecideDesk(domain.Desk, domain.Stamp) ([]domain.Event, error) {
	return c.events, nil
}

// deleting takes one key away.
func deleting(name string, k []byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error { return bucket(tx, name).Delete(k) }
}

// newWords changes the passphrase.
func newWords(s *store.Store, words string) error {
	_, err := s.ChangePassphrase(words)
	return err
}
