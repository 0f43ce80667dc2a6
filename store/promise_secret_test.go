package store_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// canaries are words that nobody may find in a file. Each stands for one place where
// a coach writes.
var canaries = []string{
	"Canaryname", "Canaryphone", "Canarynote", "Canarycoach", "Canarythird", "Canarypromise", "Canarystep", "Canaryquestion",
	"Canarybarrier", "Canaryreason", "Canarygoal", "Canaryadjust", "Canaryresult", "Canarydraft", "Canaryplace", "Canarycolleague",
	"Canaryoffice", "Canarypass", "1987-05-04", "E15 1NT", "note.taken", "participant.joined", "AGE-SECRET-KEY-1",
}

// sing writes every canary into a store and returns the participant.
func sing(t *testing.T, s *store.Store) domain.ID {
	t.Helper()
	id := s.NewID()
	storetest.Do(t, s, domain.Join{ID: id, Facts: map[domain.Fact]string{
		domain.FactName: "Canaryname", domain.FactPhone: "Canaryphone", domain.FactBirth: "4 May 1987", domain.FactPostcode: "E15 1NT",
	}})
	storetest.Do(t, s, domain.TakeNote{Participant: id, Text: "Canarynote\n> me: Canarypromise\n! them: Canarystep\n? Canaryquestion\n\n[coach only] Canarycoach\n\n[third party] Canarythird"},
		domain.NoteBarrier{Participant: id, Text: "Canarybarrier"}, domain.SetGoal{Participant: id, Text: "Canarygoal"}, domain.Adjust{Participant: id, Text: "Canaryadjust"})
	p, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	dropped := domain.StepDropped
	storetest.Do(t, s, domain.ChangeStep{Participant: id, Step: p.Plan.Steps[0].ID, Status: &dropped, Reason: "Canaryreason"},
		domain.ResolveBarrier{Participant: id, Barrier: p.Barriers[0].ID, Result: "Canaryresult"})
	storetest.Do(t, s, domain.Register{Office: s.OfficeID(), Person: s.NewID(), Name: "Canarycolleague", Role: domain.Adviser})
	if err := s.KeepDraft(store.Draft{ID: s.NewID(), Place: "Canaryplace", Participant: id, Fields: map[string]string{"text": "Canarydraft"}}); err != nil {
		t.Fatal(err)
	}
	return id
}

// No word of anybody stands in any file of a store: not in its pages, used or freed,
// not in the mirror, the lock or a backup.
func TestPromiseNoWordInTheRawBytes(t *testing.T) {
	f := storetest.Founding()
	f.Passphrase, f.Office = "Canarypass teapot", "Canaryoffice"
	path := t.TempDir() + "/desk.coach"
	s, recovery, err := store.Create(path, f, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	id := sing(t, s)
	if err := s.Backup(path + ".backup"); err != nil {
		t.Fatal(err)
	}
	words := append([]string{recovery, strings.TrimPrefix(recovery, "AGE-SECRET-KEY-1")}, canaries...)
	seen := 0
	for _, name := range []string{path, path + ".keys", path + ".lock", path + ".backup"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("%s should be there to be searched: %v", name, err)
			continue
		}
		seen += len(raw)
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(raw), []byte(strings.ToLower(w))) {
				t.Errorf("%s holds %q in clear", name[len(path):], w)
			}
		}
	}
	// The search itself must be able to find: what it looks for is in the store.
	p, err := s.Participant(id)
	if err != nil || p.Name() != "Canaryname" || seen < 1<<15 {
		t.Errorf("%q, %d bytes searched, %v", p.Name(), seen, err)
	}
}

// The three scopes of a note are under three keys: without one of them, that scope
// alone is lost to the reader.
func TestPromiseScopesHaveKeysOfTheirOwn(t *testing.T) {
	s, ids := fresh(t, 1)
	shut(t, s)
	scopes := map[byte]int{}
	look(t, s.Path(), func(tx *bolt.Tx) error {
		for _, k := range journalKeys(t, copied(t, s.Path()), ids[0]) {
			scopes[tx.Bucket([]byte("journal")).Get(k)[2]]++
		}
		return nil
	})
	if scopes[0] == 0 || scopes[1] == 0 || scopes[2] == 0 {
		t.Fatalf("records by scope: %v", scopes)
	}
	for scope := range byte(3) {
		path := copied(t, s.Path())
		spare := func(tx *bolt.Tx, from byte) []byte {
			return bytes.Clone(tx.Bucket([]byte("keys")).Get(scopeKey(ids[0], from)))
		}
		meddle(t, path, func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("keys")).Put(scopeKey(ids[0], scope), spare(tx, (scope+1)%3))
		})
		x := reopen(t, path)
		if _, err := x.Participant(ids[0]); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("with the key of another scope in the place of %d: %v", scope, err)
		}
		noticed(t, x)
	}
}

func scopeKey(id domain.ID, scope byte) []byte {
	return append(append([]byte{'p'}, id[:]...), scope, 1)
}

// copied returns the path of a copy that a test may spoil.
func copied(t testing.TB, path string) string {
	t.Helper()
	to := t.TempDir() + "/desk.coach"
	copyFile(t, path, to)
	return to
}

// noticed fails the test unless a check finds something.
func noticed(t testing.TB, s *store.Store) {
	t.Helper()
	found, err := s.Check()
	if err == nil && len(found) == 0 {
		t.Error("the check found nothing")
	}
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		t.Errorf("the check gave %v", err)
	}
}
