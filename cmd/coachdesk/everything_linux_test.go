package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestFaultEverythingFullDisk exports into a folder on a disk that is full: it is said in
// a sentence, and nothing is left behind.
func TestFaultEverythingFullDisk(t *testing.T) {
	o := newOffice(t)
	for range 3 {
		ref := strings.TrimSpace(o.must("name: Jo Taylor", "add"))
		o.must(strings.Repeat("We spoke about the course. ", 700), "note", ref)
	}
	dir := filepath.Join(o.home, "out")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	// The store stays as it is: only what is larger than it cannot be written.
	c := coachdesk(t, "export", "everything", "-o", filepath.Join(dir, "all.jsonl"))
	c.Env, c.Dir = append(o.env(), limitFiles+"=32768"), o.home
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "all.jsonl was not written: the disk is full. Make room") {
		t.Errorf("%v: %s", err, out)
	}
	if left := inFolder(t, dir); left != "" {
		t.Errorf("%q was left behind", left)
	}
	o.must("", "export", "everything", "-o", filepath.Join(dir, "all.jsonl"))
}

// limitFiles asks this binary to write no file larger than so many bytes.
const limitFiles = "COACHDESK_TEST_FSIZE"

func init() {
	if os.Getenv(limitFiles) == "" {
		return
	}
	lim := unix.Rlimit{Cur: 32 << 10, Max: 32 << 10}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &lim); err != nil {
		os.Exit(9)
	}
}

// TestInterruptEverything stops an export while it is written. What there is so far goes
// on with the next one; the file has its name only then.
func TestInterruptEverything(t *testing.T) {
	o := newOffice(t)
	demo, file := filepath.Join(o.home, "demo.db"), filepath.Join(o.home, "all.jsonl")
	o.must("", "--store", demo, "demo", "--people", "300")
	args := []string{"--store", demo, "export", "everything", "--include-private", "--include-restricted", "-o", file}
	stopped := 0
	for wait := 20 * time.Millisecond; wait < 5*time.Second && stopped == 0; wait += 30 * time.Millisecond {
		_ = os.Remove(file)
		c := o.command("", args...)
		var e strings.Builder
		c.Stderr = &e
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		_ = c.Process.Signal(os.Interrupt) // it may have ended
		err := c.Wait()
		if err == nil || c.ProcessState.ExitCode() != exitInterrupted {
			continue
		}
		if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
			t.Fatal("an interrupted export has its name")
		}
		if st, err := os.Stat(file + partEnding); err == nil && st.Size() > 0 {
			stopped++
			if !strings.Contains(e.String(), "Run it again") {
				t.Error(e.String())
			}
		}
	}
	if stopped == 0 {
		t.Skip("this machine exports quicker than it can be interrupted")
	}
	o.must("", args...)
	o.must("", "--store", filepath.Join(o.home, "new.db"), "import", "everything", file)
	if _, err := os.Stat(file + partEnding); err == nil {
		t.Error("the part is still there")
	}
}

// A kill while everything is taken into a new store leaves none or a whole one, and the
// next attempt is not hindered by what is left.
func TestFaultKillEverything(t *testing.T) {
	o := newOffice(t)
	demo, file, into := filepath.Join(o.home, "demo.db"), filepath.Join(o.home, "all.jsonl"), filepath.Join(o.home, "into.db")
	o.must("", "--store", demo, "demo", "--people", "150")
	o.must("", "--store", demo, "export", "everything", "--include-private", "--include-restricted", "-o", file)
	began := time.Now()
	o.must("", "--store", into, "import", "everything", file)
	took := time.Since(began)
	want, killed, whole := faultRounds(4, 50), 0, 0
	for round := 0; killed < want && round < 10*want; round++ {
		for _, name := range []string{into, into + ".keys", into + ".lock"} {
			_ = os.Remove(name)
		}
		c := o.command("", "--store", into, "import", "everything", file)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took * time.Duration(1+round%8) / 8)
		_ = c.Process.Kill() // it may have ended
		if c.Wait() == nil {
			continue
		}
		killed++
		if _, err := os.Stat(into); err == nil {
			whole++
		} else {
			o.must("", "--store", into, "import", "everything", file)
		}
		o.must("", "--store", into, "check")
		if _, err := os.Stat(into + ".new"); err == nil {
			t.Error("what was unfinished is still there")
		}
	}
	t.Logf("%d kills, after %d of them the store was there", killed, whole)
	if killed == 0 {
		t.Error("nothing was killed")
	}
}
