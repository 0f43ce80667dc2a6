//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// beside runs a command on the store that the app has open, and returns what it said.
func beside(t *testing.T, path, in string, args ...string) string {
	t.Helper()
	cmd := coachdesk(t, args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "COACHDESK_STORE=" + path, "TEST_NOW=2026-11-23T10:00", "GORACE=" + noPause}
	cmd.Stdin = strings.NewReader(in)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// TestOthersWriteBesideTheApp has another process write while somebody types: it is
// seen within a second or so, and nothing that the coach has before them moves.
func TestOthersWriteBesideTheApp(t *testing.T) {
	path := demoOf(t, "120")
	x := sitAt(t, path)
	x.press("\t\t\x1b[B\x1b[B\x1b[B")
	row := func() string {
		for _, l := range strings.Split(x.screen(), "\n") {
			if strings.HasPrefix(l, "▸") {
				return strings.TrimSpace(l[:24])
			}
		}
		return ""
	}
	x.sees("All 120", "▸")
	time.Sleep(100 * time.Millisecond)
	under := row()
	began := time.Now()
	beside(t, path, "name: Aaaron Aardvark", "add")
	x.sees("All 121", "Aaaron Aardvark")
	t.Logf("seen %v after the command began", time.Since(began).Round(time.Millisecond))
	if now := row(); now != under || under == "" {
		t.Fatalf("the cursor was on %q and is on %q", under, now)
	}
	x.press("/aaaron\r")
	x.sees("Overview", "Aaaron Aardvark")
	x.press("n")
	x.say("Half a ")
	ref := strings.Fields(strings.Split(beside(t, path, "", "people", "aaaron"), "\n")[1])[0]
	beside(t, path, "travel before nine", "barrier", ref)
	time.Sleep(1500 * time.Millisecond)
	x.say("word")
	x.sees("Half a word")
	x.press("\x1b")
	x.sees("travel before nine")
	x.press("\x03")
	x.ends(0)
	p := whoIs(t, path, "Aaaron Aardvark")
	if len(p.Barriers) != 1 || len(p.Notes) != 0 {
		t.Fatalf("%d barriers and %d notes", len(p.Barriers), len(p.Notes))
	}
}

// become makes the program that of another user, whom permissions bind.
func become(uid string) {
	id, err := strconv.Atoi(uid)
	if err != nil {
		return
	}
	if err := errors.Join(syscall.Setgid(id), syscall.Setuid(id)); err != nil {
		panic(err)
	}
}

// TestReadOnlyStoreIsReadAndSaysSo opens a store that may not be written: the first
// screen says so, records can be read, and every key that would write says why.
func TestReadOnlyStoreIsReadAndSaysSo(t *testing.T) {
	from := demoOf(t, "20")
	dir, err := os.MkdirTemp("/tmp", "coachdesk-readonly-") // TempDir is closed to others
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "desk.db")
	b, err := os.ReadFile(from)
	if err = errors.Join(err, os.WriteFile(path, b, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	uid := "TEST_UID="
	if os.Getuid() == 0 {
		uid += "65534" // root may write everything
	}
	x := sitAt(t, path, uid)
	const why = "This store can only be read"
	x.sees("All 20", why)
	x.press("\t\t")
	for _, key := range []string{"s", "n", "a", "gl"} {
		x.press("\x1b[B") // another key takes the words away
		x.lacks(why)
		x.press(key)
		x.sees(why, "All 20")
	}
	x.press("\r")
	x.sees("Overview")
	x.lacks(why)
	for _, key := range []string{"s", "n", "m", "f", "B", "e"} {
		x.press("\x1b[B")
		x.lacks(why)
		x.press(key)
		x.sees(why, "Overview")
	}
	x.press("2")
	x.sees("Timeline")
	x.press("\x03")
	x.ends(0)
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(b) {
		t.Fatalf("the file was changed: %v", err)
	}
}

// lacks waits until the screen shows none of the words.
func (x *terminal) lacks(words string) {
	x.t.Helper()
	for end := time.Now().Add(5 * time.Second); strings.Contains(x.screen(), words); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatalf("the screen still shows %q:\n%s", words, x.screen())
		}
	}
}
