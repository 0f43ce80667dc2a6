package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"coachdesk/store/storetest"
)

// Erasing somebody deletes the papers that were made for them, under whatever length
// their reference had, and nobody else's.
func TestErasingBurnsPapers(t *testing.T) {
	s := storetest.New(t)
	mine, other := s.NewID(), s.NewID()
	folder := filepath.Join(filepath.Dir(s.Path()), papersFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{
		"plan-" + mine.Ref(4) + "-v0.html": true, "plan-" + mine.Ref(6) + "-v2-easy-read-cy-2.html": true, "journal-" + mine.Ref(5) + ".txt": true,
		"referral-" + mine.Ref(4) + "-" + other.Ref(8) + ".html": true, "referral-" + mine.Ref(7) + "-" + other.Ref(8) + "-2.html": true,
		"handover-" + mine.Ref(4) + ".txt.age": true, "held-" + mine.Ref(5) + "-2.html": true, "diary-" + mine.Ref(4) + ".ics": true, "handover-" + other.Ref(4) + ".txt": false,
		"referral-" + other.Ref(4) + "-" + mine.Ref(8) + ".html": false, // a page of somebody else
		"plan-" + other.Ref(16) + "-v0.html":                     false, "notes.txt": false, "plan-of-mine.html": false,
	}
	for name := range names {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &call{world: world{err: io.Discard}, st: s}
	if err := c.burn(mine); err != nil {
		t.Fatal(err)
	}
	for name, gone := range names {
		if _, err := os.Stat(filepath.Join(folder, name)); (err != nil) != gone {
			t.Errorf("%s is gone: %v", name, err != nil)
		}
	}
}
