package main

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/domain"
)

func fillWith(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// inFolder returns the names of what is in a folder.
func inFolder(t *testing.T, dir string) string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	broken := errors.New("the record could not be read")
	for name, c := range map[string]struct {
		there string // in the file before
		to    target // the path is joined to the folder
		fill  func(io.Writer) error
		sworn func(written) error
		want  string // in the file after; empty when there is none
		says  string // in the error
	}{
		"a new file":                    {to: target{path: "a.txt"}, fill: fillWith("hello"), want: "hello"},
		"into a folder":                 {to: target{name: "a.txt"}, fill: fillWith("hello"), want: "hello"},
		"never over another":            {there: "old", to: target{path: "a.txt"}, fill: fillWith("new"), want: "old", says: "--force replaces it"},
		"by force":                      {there: "old", to: target{path: "a.txt", force: true}, fill: fillWith("new"), want: "new"},
		"when what it is made of fails": {there: "old", to: target{path: "a.txt", force: true}, fill: func(io.Writer) error { return broken }, want: "old", says: "could not be read"},
		"when it cannot be recorded":    {to: target{path: "a.txt"}, fill: fillWith("hello"), sworn: func(written) error { return broken }, says: "could not be read"},
		"where there is no folder":      {to: target{path: "none/a.txt"}, fill: fillWith("hello"), says: "there is no folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "a.txt")
			if c.there != "" {
				if err := os.WriteFile(file, []byte(c.there), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			c.to.path = filepath.Join(dir, c.to.path)
			done, err := writeFile(c.to, c.fill, c.sworn)
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Fatalf("error %v, want %q", err, c.says)
			}
			b, _ := os.ReadFile(file)
			if string(b) != c.want {
				t.Errorf("the file holds %q, want %q", b, c.want)
			}
			if left := inFolder(t, dir); left != strings.Repeat("a.txt", min(len(c.want), 1)) {
				t.Errorf("in the folder is %q", left)
			}
			if err != nil {
				return
			}
			if done.Path != file || done.Size != int64(len(c.want)) || done.SHA256 != sha256.Sum256(b) {
				t.Errorf("told as %+v", done)
			}
			if st, err := os.Stat(file); err != nil || st.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, %v", st.Mode(), err)
			}
		})
	}
}

// The event is recorded while the file is on disk and does not have its name yet.
func TestWriteFileRecordsFirst(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seen := false
	done, err := writeFile(target{path: filepath.Join(dir, "a.txt")}, fillWith("hello"), func(w written) error {
		seen = true
		if _, err := os.Lstat(w.Path); err == nil {
			t.Error("the file has its name before it was recorded")
		}
		if w.Size != 5 || w.SHA256 != sha256.Sum256([]byte("hello")) {
			t.Errorf("recorded as %+v", w)
		}
		return nil
	})
	if err != nil || !seen || done.Size != 5 {
		t.Errorf("%+v, %v", done, err)
	}
}

// A file that somebody makes meanwhile stays.
func TestWriteFileNeverOverOneThatCameMeanwhile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.txt")
	_, err := writeFile(target{path: file}, fillWith("ours"), func(written) error {
		return os.WriteFile(file, []byte("theirs"), 0o600)
	})
	var no domain.Refusal
	if b, _ := os.ReadFile(file); !errors.As(err, &no) || string(b) != "theirs" {
		t.Errorf("%v, the file holds %q", err, b)
	}
	if left := inFolder(t, filepath.Dir(file)); left != "a.txt" {
		t.Errorf("in the folder is %q", left)
	}
}
