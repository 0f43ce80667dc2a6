package store_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/store/storetest"
)

// released is where a store of each released format lies, with what was in it when it
// was written.
func released(version int) string {
	return filepath.Join("testdata", fmt.Sprintf("format%d", version))
}

// writeReleased keeps a store of the present format for all later versions.
func writeReleased(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.coach")
	s, recovery, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	populate(t, s, 4)
	speakAll(t, s)
	if err := s.KeepDraft(exampleDraft()); err != nil {
		t.Fatal(err)
	}
	told := tellAll(t, s)
	shut(t, s)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	if _, err := z.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), os.MkdirAll(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	keys, err := os.ReadFile(path + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"desk.coach.gz": small.Bytes(), "desk.coach.keys": keys, "records.txt": []byte(told), "recovery.txt": []byte(recovery + "\n")} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func exampleDraft() store.Draft {
	return store.Draft{ID: example(50), Place: "session", Participant: example(100), By: example(12), At: storetest.Begin, Fields: map[string]string{"text": "half a sen"}}
}

// tellAll writes down every record of a store and the bytes of its event.
func tellAll(t *testing.T, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	for n := uint64(0); ; {
		records, next, err := s.Since(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(records) == 0 {
			return b.String()
		}
		for _, r := range records {
			fmt.Fprintf(&b, "%c %s %s %d %s %d %d %s %q %q %q %s\n", r.Subject.Type, r.Subject.ID, r.Desk, r.Seq, r.Command, r.Time, r.Day, r.By, r.Role, r.Scope, r.Kind, hex.EncodeToString(r.Body))
		}
		n = next
	}
}

// unpacked puts a released store where it may be changed.
func unpacked(t *testing.T, dir string, mirror bool) string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "desk.coach.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "desk.coach")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if mirror {
		copyFile(t, filepath.Join(dir, "desk.coach.keys"), path+".keys")
	}
	return path
}

// A store of every format that was ever released opens, tells what it told then, and
// may be written, backed up and restored.
func TestMigrationReleasedFormats(t *testing.T) {
	if _, err := os.Stat(released(store.Version)); errors.Is(err, fs.ErrNotExist) {
		if !*update {
			t.Fatalf("there is no store of format %d: run `make golden` with the version that is to be released", store.Version)
		}
		writeReleased(t, released(store.Version))
	}
	for version := 1; version <= store.Version; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := released(version)
			want, err := os.ReadFile(filepath.Join(dir, "records.txt"))
			if err != nil {
				t.Fatal(err)
			}
			for _, mirror := range []bool{true, false} {
				migrated(t, unpacked(t, dir, mirror), string(want))
			}
			sheet, err := os.ReadFile(filepath.Join(dir, "recovery.txt"))
			if err != nil {
				t.Fatal(err)
			}
			with, err := seal.ReadRecovery(string(sheet))
			if err != nil {
				t.Fatal(err)
			}
			s, err := store.OpenWith(unpacked(t, dir, true), storetest.Options(), with)
			if err != nil {
				t.Fatalf("the recovery key: %v", err)
			}
			storetest.Audit(t, s)
			shut(t, s)
		})
	}
}

// migrated opens a store, looks at everything in it, and works with it.
func migrated(t *testing.T, path, want string) {
	t.Helper()
	backup := path + ".backup"
	copyFile(t, path, backup) // an old backup is an old store
	s := reopen(t, path)
	if got := tellAll(t, s); got != want {
		t.Errorf("it tells other records than were written")
	}
	drafts, err := s.Drafts()
	if err != nil || len(drafts) != 1 || drafts[0].Fields["text"] != "half a sen" {
		t.Errorf("the draft: %v %v", drafts, err)
	}
	if rows, err := s.Rows(); err != nil || len(rows) != 5 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
	populate(t, s, 1)
	storetest.Audit(t, s)
	if err := s.Compact(); err != nil {
		t.Error(err)
	}
	storetest.Audit(t, s)
	shut(t, s)
	if _, err := store.Restore(backup, path, storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatalf("restoring an old backup: %v", err)
	}
	again := reopen(t, path)
	if got := tellAll(t, again); got != want {
		t.Errorf("the restored backup tells other records")
	}
	storetest.Audit(t, again)
	shut(t, again)
}
