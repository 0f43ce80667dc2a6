//go:build unix

package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
)

// clipboard waits for what the program puts into the clipboard, which it does beside
// what it draws.
func (x *terminal) clipboard() string {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		x.mu.Lock()
		_, text, begun := strings.Cut(string(x.raw), "\x1b]52;c;")
		x.mu.Unlock()
		if text, _, whole := strings.Cut(text, "\x07"); begun && whole {
			return text
		}
	}
	x.t.Fatal("nothing was put into the clipboard")
	return ""
}

// TestCopiesInATerminal counts the keys for a copy in Easy Read and for the text for the
// journal, among a thousand people, and looks at what reached the clipboard, the file
// and the record of the right person.
func TestCopiesInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")
	x.press("/" + ownCase(t, path) + "\r")
	name := strings.TrimSpace(between(x.sees("Overview", "Barriers"), "Caseload › ", "  "))
	before := whoIs(t, path, name)
	x.keys = 0
	x.press("cj")
	x.sees("In the clipboard:")
	x.within(2, "text for the journal")
	text, err := base64.StdEncoding.DecodeString(x.clipboard())
	first, _, _ := strings.Cut(name, " ")
	if err != nil || !strings.HasPrefix(string(text), "Hello "+first+",\n") {
		t.Errorf("the clipboard holds %q, %v", text, err)
	}
	x.press("cep")
	x.sees("The file is")
	x.within(3, "a copy in Easy Read, given on paper")
	x.press("I")
	x.say("Tidemill Garden Group")
	x.press("\r")
	x.sees("told about a service")
	x.within(3, "a signpost")
	x.press("\x03")
	x.ends(0)

	after := whoIs(t, path, name)
	if n := len(after.Plan.Copies) - len(before.Plan.Copies); n != 1 {
		t.Fatalf("%d more copies on the record", n)
	}
	if last, _ := after.Plan.LastCopy(); last.Shape != domain.EasyRead || last.How != domain.OnPaper {
		t.Errorf("recorded: %+v", last)
	}
	if n := len(after.Signposts) - len(before.Signposts); n != 1 {
		t.Errorf("%d more signposts on the record", n)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), papersFolder, "plan-*-easy-read.html"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files: %v, %v", files, err)
	}
	page, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(page), name) {
		t.Errorf("the page: %v", err)
	}
	if st, err := os.Stat(files[0]); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the page may be read by others: %v, %v", st.Mode(), err)
	}
}
