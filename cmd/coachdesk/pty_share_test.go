//go:build unix

package main

import (
	"strings"
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
