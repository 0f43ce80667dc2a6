package store_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// childSalvages salvages a store: whatever is wrong with the file must not end it.
func childSalvages(args []string) {
	saved, err := store.Salvage(args[0], storetest.Passphrase, realOptions(), args[1:]...)
	must(err)
	tell("saved %d %d %d", saved.People, saved.Records, saved.Lost)
}

// extent is where a page lies in a file, with what overflows it.
type extent struct{ from, to int64 }

// laidOut tells where in a file the leaf page of every record lies.
func laidOut(t *testing.T, path string) map[string]extent {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var pages []extent
	where := map[string]extent{}
	look(t, path, func(tx *bolt.Tx) error {
		size := int64(tx.DB().Info().PageSize)
		for id := 0; int64(id)*size < tx.Size(); {
			p, err := tx.Page(id)
			if err != nil || p == nil {
				return err
			}
			pages = append(pages, extent{int64(id) * size, int64(id+1+p.OverflowCount) * size})
			id += 1 + p.OverflowCount
		}
		return tx.Bucket([]byte("journal")).ForEach(func(k, v []byte) error {
			at := int64(bytes.Index(raw, v))
			for _, p := range pages {
				if p.from <= at && at < p.to {
					where[string(k)] = p
				}
			}
			return nil
		})
	})
	return where
}

// bodies returns the body of every record of a store by its name.
func bodies(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	for n := uint64(0); ; {
		records, next, err := s.Since(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			name := append(append([]byte{byte(r.Subject.Type)}, r.Subject.ID[:]...), r.Desk[:]...)
			all[fmt.Sprintf("%x%016x", name, r.Seq)] = r.Kind + " " + hex.EncodeToString(r.Body)
		}
		if next == n {
			return all
		}
		n = next
	}
}

// Salvage brings back every record that did not lie on a damaged page, changes none, and
// leaves a sound store, whatever was damaged.
func TestFaultSalvage(t *testing.T) {
	s, _ := fresh(t, 50)
	if err := s.Compact(); err != nil { // so that damage hits
		t.Fatal(err)
	}
	want := bodies(t, s)
	shut(t, s)
	where := laidOut(t, s.Path())
	if len(where) != len(want) {
		t.Fatalf("%d of %d records were found in the file", len(where), len(want))
	}
	raw, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	r := rand.New(rand.NewPCG(3, 1))
	kinds := []struct {
		name   string
		n      int
		damage func(b []byte) extent
	}{
		{"zeroed pages", rounds(12, 120), func(b []byte) extent {
			at := int64(r.IntN(len(b)/page)) * page
			clear(b[at : at+page])
			return extent{at, at + page}
		}},
		{"flipped bits", rounds(12, 300), func(b []byte) extent {
			at := int64(r.IntN(len(b)))
			b[at] ^= 1 << r.IntN(8)
			return extent{at, at + 1}
		}},
		{"noise", rounds(6, 60), func(b []byte) extent {
			at := int64(r.IntN(len(b)/page)) * page
			for i := at; i < at+page; i++ {
				b[i] = byte(r.Uint32())
			}
			return extent{at, at + page}
		}},
	}
	back, lost := 0, 0
	for _, kind := range kinds {
		for range kind.n {
			b := bytes.Clone(raw)
			hit := kind.damage(b)
			path := copied(t, s.Path())
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			copyFile(t, s.Path()+".keys", path+".keys")
			got := salvaged(t, path)
			for name, body := range want {
				key, _ := hex.DecodeString(name)
				p := where[string(key)]
				switch has, there := got[name]; {
				case there && has == body:
					back++
				case p.from < hit.to && hit.from < p.to:
					lost++
				default:
					t.Errorf("%s at %d: a record on another page (%d to %d) is %q", kind.name, hit.from, p.from, p.to, has)
				}
			}
		}
	}
	t.Logf("%d records brought back, %d lay on a damaged page", back, lost)
	if lost == 0 {
		t.Error("no damage hit a record: the test proves nothing")
	}
}

// salvaged salvages a file in a child and returns what the sound store then holds.
func salvaged(t *testing.T, path string, others ...string) map[string]string {
	t.Helper()
	said := sayings(t, "salvage", append([]string{path}, others...)...)
	if len(said["saved"]) != 1 {
		t.Fatalf("the child said %v", said)
	}
	s := reopen(t, path)
	storetest.Audit(t, s)
	if _, err := s.Rows(); err != nil {
		t.Errorf("the lists: %v", err)
	}
	got := bodies(t, s)
	storetest.Join(t, s, "Somebody new") // it can be worked with
	shut(t, s)
	return got
}

// With a backup beside it, a salvage brings back what was on the damaged pages too.
func TestFaultSalvageWithABackup(t *testing.T) {
	s, ids := fresh(t, 20)
	backup := s.Path() + ".backup"
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, s, domain.TakeNote{Participant: ids[4], Text: "after the backup"})
	want := bodies(t, s)
	where := laidOut(t, s.Path())
	shut(t, s)
	raw, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	hit := where[string(journalKeys(t, s.Path(), ids[9])[0])]
	clear(raw[hit.from:hit.to])
	if err := os.WriteFile(s.Path(), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	alone := copied(t, s.Path())
	if got := salvaged(t, alone); len(got) == 0 || fmt.Sprint(got) == fmt.Sprint(want) {
		t.Error("the damage took nothing: the test proves nothing")
	}
	got := salvaged(t, s.Path(), backup)
	for name, body := range want {
		if got[name] != body {
			t.Errorf("%s is %q, want %q", name, got[name], body)
		}
	}
}

// What was erased does not come back from a backup, nor from a page that nothing leads
// to any more; nor does a draft that was dropped.
func TestFaultSalvageBringsNobodyBack(t *testing.T) {
	s, ids := fresh(t, 6)
	backup := s.Path() + ".backup"
	draft := store.Draft{ID: s.NewID(), Place: "note", Participant: ids[0], Fields: map[string]string{"text": "dropped"}}
	if err := s.KeepDraft(draft); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(backup); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(ids[1], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepDraft(draft); err != nil {
		t.Fatal(err)
	}
	if err := s.DropDraft(draft.ID); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	for name := range salvaged(t, s.Path(), backup) {
		if strings.Contains(name, hex.EncodeToString(ids[1][:])) {
			t.Fatal("an erased person came back")
		}
	}
	x := reopen(t, s.Path())
	if !x.Office().IsErased(ids[1]) {
		t.Error("the erasure is forgotten")
	}
	if drafts, err := x.Drafts(); err != nil || len(drafts) != 0 {
		t.Errorf("a dropped draft came back: %v %v", drafts, err)
	}
}

// A salvage needs a key, keeps the damaged file, and marks what is lost.
func TestFaultSalvageTells(t *testing.T) {
	s, ids := fresh(t, 3)
	shut(t, s)
	meddle(t, s.Path(), deleting("journal", journalKeys(t, s.Path(), ids[0])[1]))
	damagedFile, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	// Pages that nothing leads to still hold the record: a copy page by page does not.
	thin := copied(t, s.Path())
	if err := compactRaw(s.Path(), thin); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Salvage(thin, "not the passphrase", storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("a wrong passphrase gave %v", err)
	}
	thinFile, err := os.ReadFile(thin)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := store.Salvage(thin, storetest.Passphrase, storetest.Options())
	if err != nil || saved.Lost != 1 || saved.People != 3 {
		t.Fatalf("%+v %v", saved, err)
	}
	if kept, err := os.ReadFile(saved.Kept); err != nil || !bytes.Equal(kept, thinFile) {
		t.Errorf("the damaged file was not kept as it was: %v", err)
	}
	x := reopen(t, thin)
	p, err := x.Participant(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	marks := 0
	for _, r := range p.Past() {
		if _, ok := r.Event.(domain.Lost); ok {
			marks++
		}
	}
	if marks != 1 {
		t.Errorf("%d marks stand where one record was", marks)
	}
	storetest.Audit(t, x)
	if now, err := os.ReadFile(s.Path()); err != nil || !bytes.Equal(now, damagedFile) {
		t.Error("another file was touched")
	}
}

// compactRaw copies what the trees of a file lead to.
func compactRaw(from, to string) error {
	if err := os.Remove(to); err != nil {
		return err
	}
	src, err := bolt.Open(from, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	dst, err := bolt.Open(to, 0o600, nil)
	if err != nil {
		return err
	}
	return errors.Join(bolt.Compact(dst, src, 0), src.Close(), dst.Close())
}

// A damaged header hides the last command, not its pages: a salvage brings it back,
// before anything else touched the file and after, from the state that was kept.
func TestFaultSalvageOfADamagedHeader(t *testing.T) {
	s, ids := fresh(t, 12)
	storetest.Do(t, s, domain.TakeNote{Participant: ids[2], Text: "the last thing that was acknowledged"})
	want := bodies(t, s)
	shut(t, s)
	raw, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	for header := range 2 {
		for _, late := range []bool{false, true} {
			path := copied(t, s.Path())
			copyFile(t, s.Path()+".keys", path+".keys")
			b := bytes.Clone(raw)
			b[header*4096+16+40] ^= 0x10 // its high water mark: the checksum does not fit any more
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			var others []string
			if late {
				x := reopen(t, path)
				if len(x.Warnings()) != 1 || !strings.Contains(x.Warnings()[0], "coachdesk salvage") {
					t.Errorf("header %d: the warnings are %q", header, x.Warnings())
				}
				storetest.Do(t, x, domain.SetGoal{Participant: ids[0], Text: "written after the damage"})
				shut(t, x)
				kept, err := filepath.Glob(path + ".damaged-*")
				if err != nil || len(kept) != 1 {
					t.Fatalf("header %d: kept %v: %v", header, kept, err)
				}
				others = kept
			}
			got := salvaged(t, path, others...)
			for name, body := range want {
				if got[name] != body {
					t.Errorf("header %d, late %v: %s is %q", header, late, name, got[name])
				}
			}
		}
	}
}
