package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"coachdesk/store"
)

// outFileJob, the name of a folder, asks this binary to write a file that the limit of the
// process does not allow: what a full disk looks like.
const outFileJob = "COACHDESK_OUTFILE"

func init() {
	dir := os.Getenv(outFileJob)
	if dir == "" {
		return
	}
	harden()
	lim := unix.Rlimit{Cur: 64 << 10, Max: 64 << 10}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &lim); err != nil {
		os.Exit(9)
	}
	_, err := writeFile(target{path: filepath.Join(dir, "a.txt")}, fillWith(strings.Repeat("x", 1<<20)), nil)
	if !errors.Is(err, store.ErrFull) || !strings.Contains(err.Error(), "Make room") {
		os.Exit(8)
	}
	os.Exit(0)
}

func TestFaultWriteFileFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := coachdesk(t)
	c.Env = append(os.Environ(), outFileJob+"="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if left := inFolder(t, dir); left != "" {
		t.Errorf("%q was left behind", left)
	}
}

func TestFaultWriteFileReadOnlyFolder(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"/proc", "/sys"} {
		_, err := writeFile(target{path: filepath.Join(dir, "a.txt")}, fillWith("x"), nil)
		if err == nil || !strings.Contains(err.Error(), "--output: ") || strings.Contains(err.Error(), "open /") {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if os.Getuid() == 0 {
		return // root may write everywhere
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := writeFile(target{path: filepath.Join(dir, "a.txt")}, fillWith("x"), nil)
	if err == nil || !strings.Contains(err.Error(), "may not be written") && !strings.Contains(err.Error(), "nothing may be written") {
		t.Error(err)
	}
}
