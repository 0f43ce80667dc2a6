package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"coachdesk/store/everything"
)

// export writes everything of a store, and returns the file.
func (s *sitting) export(db string) string {
	s.t.Helper()
	file := db + ".jsonl"
	s.at(db, "export", "everything", "--include-private", "--include-restricted", "--force", "-o", file)
	return file
}

// saying runs a command with text on standard input, which has to succeed.
func (s *sitting) saying(db, in string, args ...string) string {
	s.t.Helper()
	code, out, e := s.run(in, append([]string{"--store", db}, args...)...)
	if code != 0 {
		s.t.Fatalf("%v: %s", args, e)
	}
	return strings.TrimSpace(out)
}

// TestEverythingMerges lets two stores of one office go on apart and come together.
func TestEverythingMerges(t *testing.T) {
	s := newSitting(t)
	here, there := filepath.Join(s.dir, "desk.db"), filepath.Join(s.dir, "there.db")
	jo := s.saying(here, "name: Jo Taylor", "add")
	sam := s.saying(here, "name: Sam Price", "add")
	s.saying(here, "First.\n\n[coach only] HERS", "note", jo)
	before := s.export(here)
	s.at(there, "import", "everything", before)

	s.saying(here, "Written here.", "note", jo)
	s.saying(there, "Written there.\n\n[third party] HIS", "note", jo)
	mia := s.saying(there, "name: Mia Cole", "add")
	after := s.export(there)

	_, told := s.at(here, "import", "everything", after)
	if !strings.Contains(told, "1 person joined") {
		t.Error(told)
	}
	out, _ := s.at(here, "show", jo, "--include-private", "--all")
	for _, want := range []string{"Written here.", "Written there.", "HIS", "HERS"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if _, told := s.at(here, "import", "everything", after); !strings.Contains(told, "0 records are new") {
		t.Errorf("the second time: %s", told)
	}
	s.at(here, "show", mia)

	// Whoever was erased here does not come back.
	s.saying(here, "", "erase", sam, "--reason", "asked-to", "--yes")
	if _, told := s.at(here, "import", "everything", after); !strings.Contains(told, "1 person was erased here") {
		t.Error(told)
	}
	if code, _, _ := s.run("", "--store", here, "show", sam); code == 0 {
		t.Error("Sam is back")
	}
	// And is erased where the news of it comes to.
	_, told = s.at(there, "import", "everything", s.export(here))
	if code, _, _ := s.run("", "--store", there, "show", sam); code == 0 {
		t.Errorf("Sam is still there: %s", told)
	}
	for _, db := range []string{here, there} {
		if out, e := s.at(db, "check"); !strings.Contains(out+e, "All is well") {
			t.Errorf("%s: %s%s", db, out, e)
		}
	}
}

// A record under a known name that tells something else waits outside the journal, and
// is reported.
func TestEverythingMergesNothingElse(t *testing.T) {
	s := newSitting(t)
	here, there := filepath.Join(s.dir, "desk.db"), filepath.Join(s.dir, "there.db")
	jo := s.saying(here, "name: Jo Taylor", "add")
	s.saying(here, "The words that stand.", "note", jo)
	file := s.export(here)
	s.at(there, "import", "everything", file)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(strings.Replace(string(b), "The words that stand.", "The words that differ.", 1), "\n"), "\n")
	if err := os.WriteFile(file, []byte(resum(lines)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, told := s.at(there, "import", "everything", file)
	if !strings.Contains(told, "1 record waits outside the journal") || !strings.Contains(told, "0 records are new") {
		t.Error(told)
	}
	if out, _ := s.at(there, "show", jo, "--all"); !strings.Contains(out, "The words that stand.") || strings.Contains(out, "differ") {
		t.Error(out)
	}
	// What says that this desk wrote it, and is not here, is not taken.
	if code, _, e := s.run("", "--store", here, "undo", jo); code != 0 {
		t.Fatal(e)
	}
	out, told := s.at(there, "import", "everything", s.export(here), "--json")
	if err := validate("everything-import", out); err != nil || !strings.Contains(out, `"new": `) {
		t.Errorf("%v %s %s", err, out, told)
	}
	// Another office, and invented people, are refused.
	other := filepath.Join(s.dir, "other.db")
	s.at(other, "init", "--name", "Bea")
	if code, _, e := s.run("", "--store", other, "import", "everything", file); code != exitRefused || !strings.Contains(e, "of another office") {
		t.Errorf("%d %s", code, e)
	}
	demo := filepath.Join(s.dir, "demo.db")
	s.at(demo, "demo", "--people", "3")
	if code, _, e := s.run("", "--store", demo, "import", "everything", file); code != exitRefused || !strings.Contains(e, "never mixed") {
		t.Errorf("%d %s", code, e)
	}
}

// TestEverythingGoesOn cuts an export at many places, as an interruption would have left
// it. The next one goes on there, and what it writes is whole; after an erasure or a
// restriction it begins anew.
func TestEverythingGoesOn(t *testing.T) {
	s := newSitting(t)
	db := filepath.Join(s.dir, "demo.db")
	s.at(db, "demo", "--people", "12")
	whole, err := os.ReadFile(s.export(db))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.dir, "again.jsonl")
	args := []string{"export", "everything", "--include-private", "--include-restricted", "-o", file}
	same := regexp.MustCompile(`"n":\d+`)
	count := func(b []byte) int { return len(same.FindAll(b, -1)) }
	for i, cut := range []int{0, 1, 100, 700, 5000, len(whole) / 3, len(whole) / 2, len(whole) - 100, len(whole)} {
		_ = os.Remove(file)
		part := append([]byte(nil), whole[:cut]...)
		if i%2 == 1 {
			part = append(part, 0, 0, '{')
		}
		if err := os.WriteFile(file+partEnding, part, 0o600); err != nil {
			t.Fatal(err)
		}
		_, told := s.at(db, args...)
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if goesOn := strings.Contains(told, "goes on"); goesOn != (cut >= 700) {
			t.Errorf("cut at %d: goes on %t", cut, goesOn)
		} else if goesOn && count(b) != count(whole) {
			t.Errorf("cut at %d: %d records, want %d", cut, count(b), count(whole))
		}
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		if x, err := everything.ReadIndex(f, int64(len(b)), func(int64) error { return nil }); err != nil || len(x.Entries) < count(whole) {
			t.Errorf("cut at %d: %v", cut, err)
		}
		_ = f.Close()
		if _, err := os.Stat(file + partEnding); err == nil {
			t.Errorf("cut at %d: the part is still there", cut)
		}
	}
	_ = os.Remove(file)
	if err := os.WriteFile(file+partEnding, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	ref := s.saying(db, "", "people", "--json")
	ref = regexp.MustCompile(`"ref": "([^"]+)"`).FindStringSubmatch(ref)[1]
	s.saying(db, "", "--as", "Helen Marsh", "erase", ref, "--reason", "asked-to", "--yes")
	if _, told := s.at(db, args...); strings.Contains(told, "goes on") {
		t.Errorf("after an erasure: %s", told)
	}
}
