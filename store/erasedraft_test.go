package store_test

import (
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// TestPromiseErasureGoesOnOverABrokenDraft: a draft that cannot be read goes with whom it is
// about, as far as it tells; one that does not open is named, and keeps nobody in the file.
func TestPromiseErasureGoesOnOverABrokenDraft(t *testing.T) {
	s, ids := fresh(t, 3)
	about, shutTight, whole := s.NewID(), s.NewID(), s.NewID()
	if err := s.KeepDraftOf(about, ids[1]); err != nil {
		t.Fatal(err)
	}
	for id, of := range map[domain.ID]domain.ID{shutTight: ids[1], whole: ids[2]} {
		if err := s.KeepDraft(store.Draft{ID: id, Place: "note", Participant: of, Fields: map[string]string{"text": "half"}}); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, s)
	left := func() (all []domain.ID) {
		look(t, s.Path(), func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("drafts")).ForEach(func(k, _ []byte) error {
				all = append(all, domain.ID(k))
				return nil
			})
		})
		return all
	}
	meddle(t, s.Path(), func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("drafts"))
		v := slices.Clone(b.Get(shutTight[:]))
		v[len(v)-1] ^= 1
		return b.Put(shutTight[:], v)
	})
	x := reopen(t, s.Path())
	told, err := x.Erase(ids[1], domain.AskedToErase, storetest.Passphrase)
	if err != nil || !told.Happened {
		t.Fatalf("a broken draft stops the erasure: %+v, %v", told, err)
	}
	if !slices.Equal(told.Drafts, []domain.ID{shutTight}) {
		t.Errorf("it names %v, want %s", told.Drafts, shutTight)
	}
	shut(t, x)
	got, want := left(), []domain.ID{shutTight, whole}
	slices.SortFunc(want, domain.ID.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("%v are left, want %v", got, want)
	}
}
