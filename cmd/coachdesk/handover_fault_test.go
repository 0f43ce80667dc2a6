//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"coachdesk/domain"
	"coachdesk/store"
)

// smallDisk is a number of bytes beyond which no file of a child process grows: what a
// full disk looks like to it.
const smallDisk = "TEST_SMALL_DISK"

func init() {
	n, err := strconv.ParseUint(os.Getenv(smallDisk), 10, 64)
	if err != nil {
		return
	}
	lim := unix.Rlimit{Cur: n, Max: n}
	if unix.Setrlimit(unix.RLIMIT_FSIZE, &lim) != nil {
		os.Exit(9)
	}
}

// offices is a desk of real processes with a colleague in the address book and somebody
// with a long record.
func offices(t *testing.T) (o office, ref string) {
	t.Helper()
	o = newOffice(t)
	bea := newOffice(t)
	ref = strings.TrimSpace(o.must("name: Jo Taylor", "add"))
	for i := range 8 {
		long := make([]byte, 15000)
		for k := range long {
			long[k] = 'a' + byte(rand.IntN(26))
		}
		o.must("note "+strconv.Itoa(i)+"\n"+string(long), "note", ref)
	}
	options := store.Options{Now: clockAt("2026-11-23T10:00"), Dice: scriptWorld().dice, WorkFactor: testWork}
	theirs, err := store.Open(bea.path, "teapot teapot", options)
	if err != nil {
		t.Fatal(err)
	}
	card, err := theirs.Card()
	if err != nil {
		t.Fatal(err)
	}
	if err := theirs.Close(); err != nil {
		t.Fatal(err)
	}
	x := card.Contact()
	x.Name = "Bea Holt"
	mine, err := store.Open(o.path, "teapot teapot", options)
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	if _, err := mine.Do(domain.Batch{ID: mine.NewID(), Commands: []domain.Command{domain.AddContact{Office: mine.OfficeID(), Contact: x}}}); err != nil {
		t.Fatal(err)
	}
	return o, ref
}

// left lists the files of the folder in which commands run.
func (o office) left() []string {
	o.t.Helper()
	entries, err := os.ReadDir(filepath.Join(o.home, "work"))
	if err != nil {
		o.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// On a full disk nothing is offered, and no part of a file is left.
func TestFaultHandoverFullDisk(t *testing.T) {
	o, ref := offices(t)
	var e strings.Builder
	c := o.command("", "handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "-o", "jo.coachdesk")
	c.Env, c.Stderr = append(c.Env, smallDisk+"=65536"), &e
	if err := c.Run(); err == nil || !strings.Contains(e.String(), "Make room") {
		t.Errorf("%v: %s", err, e.String())
	}
	if left := o.left(); len(left) > 0 {
		t.Errorf("%q was left behind", left)
	}
	if got := o.must("", "handover", "list"); strings.Contains(got, "Bea") {
		t.Errorf("something is offered: %s", got)
	}
	o.must("", "check")
	o.must("", "handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "-o", "jo.coachdesk")
}

// A kill between the offer and the file leaves nothing, or an offer of which the desk says
// that a file can be made of it once more; never half a file.
func TestFaultHandoverKilled(t *testing.T) {
	o, ref := offices(t)
	before, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	send := []string{"handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "-o", "jo.coachdesk"}
	o.must("", send...)
	took := time.Since(began)
	phases := map[string]int{}
	want := faultTries(4, 60)
	for round := 0; phases["nothing"]+phases["offered"]+phases["whole"] < want && round < 20*want; round++ {
		for _, name := range o.left() {
			if err := os.Remove(filepath.Join(o.home, "work", name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(o.path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		c := o.command("", send...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took/8 + time.Duration(rand.Int64N(int64(took))))
		_ = c.Process.Kill() // it may have ended
		if c.Wait() == nil {
			continue
		}
		o.must("", "check")
		offered := strings.Contains(o.must("", "handover", "list"), "Bea")
		switch named := slices.Contains(o.left(), "jo.coachdesk"); {
		case named && !offered:
			t.Error("there is a file of what is not on the record")
		case named:
			phases["whole"]++
		case offered:
			phases["offered"]++
			o.must("", "handover", "send", "--to", "Bea Holt", "--all", "-o", "again.coachdesk")
		default:
			phases["nothing"]++
			o.must("", "handover", "send", ref, "--to", "Bea Holt", "--until", "7 dec", "-o", "again.coachdesk")
		}
	}
	t.Logf("kills by what was there: %v", phases)
}
