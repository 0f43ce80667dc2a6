package store_test

import (
	"os"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/storetest"
)

func formatPage(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A kind, a bucket or a fact that a stranger finds in the file must be explained.
func TestFormatNamesEverything(t *testing.T) {
	page := formatPage(t)
	for _, kind := range domain.Kinds() {
		if !strings.Contains(page, "| `"+kind+"` |") {
			t.Errorf("FORMAT.md says nothing of events of kind %s", kind)
		}
	}
	for _, f := range domain.Facts {
		if !strings.Contains(page, "`"+string(f.Key)+"`") {
			t.Errorf("FORMAT.md says nothing of the fact %s", f.Key)
		}
	}
	s := storetest.New(t)
	shut(t, s)
	look(t, s.Path(), func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
			if !strings.Contains(page, "| `"+string(name)+"` |") {
				t.Errorf("FORMAT.md says nothing of the bucket %s", name)
			}
			return nil
		})
	})
	look(t, s.Path(), func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).ForEach(func(name, _ []byte) error {
			if !strings.Contains(page, "| `meta` | `"+string(name)+"` |") {
				t.Errorf("FORMAT.md says nothing of %s in the bucket meta", name)
			}
			return nil
		})
	})
}

// The REF that FORMAT.md shows as an example must be one that the program makes.
func TestFormatRef(t *testing.T) {
	_, rest, _ := strings.Cut(formatPage(t), "multiply by x once more. `")
	ref, _, _ := strings.Cut(rest, "`")
	id := domain.ID{6: 0x3C, 7: 0xC7, 8: 0x70} // begins with 7K3Q in base32
	if got := id.Ref(4); got != ref {
		t.Errorf("FORMAT.md has the REF %q, the program makes %q of it", ref, got)
	}
}
