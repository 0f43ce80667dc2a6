//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
)

// office is a store on disk that real processes work on.
type office struct {
	t    *testing.T
	path string
	home string
}

// newOffice founds a store with the program itself. Everything that it could write
// anywhere lies in one folder.
func newOffice(t *testing.T) office {
	t.Helper()
	home := t.TempDir()
	o := office{t, filepath.Join(home, "desk.db"), home}
	for _, dir := range []string{"tmp", "run", "config", "cache", "data", "state", "work"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "pw"), []byte("teapot teapot\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.must("", "init", "--name", "Amina")
	return o
}

// env is the world of a process of the office.
func (o office) env() []string {
	in := func(name string) string { return filepath.Join(o.home, name) }
	return []string{
		"HOME=" + o.home, "TMPDIR=" + in("tmp"), "XDG_RUNTIME_DIR=" + in("run"), "XDG_CONFIG_HOME=" + in("config"), "XDG_CACHE_HOME=" + in("cache"),
		"XDG_DATA_HOME=" + in("data"), "XDG_STATE_HOME=" + in("state"), "COACHDESK_STORE=" + o.path, "COACHDESK_PASSPHRASE_FILE=" + in("pw"),
		"TEST_NOW=2026-11-23T10:00", "GORACE=" + noPause, "TERM=xterm-256color", "LANG=C.UTF-8",
	}
}

func (o office) command(in string, args ...string) *exec.Cmd {
	c := coachdesk(o.t, args...)
	c.Env, c.Dir, c.Stdin = o.env(), filepath.Join(o.home, "work"), strings.NewReader(in)
	return c
}

// must runs a command that has to succeed, and returns what it printed.
func (o office) must(in string, args ...string) string {
	o.t.Helper()
	var out, e strings.Builder
	c := o.command(in, args...)
	c.Stdout, c.Stderr = &out, &e
	if err := c.Run(); err != nil {
		o.t.Fatalf("%v: %v\n%s", args, err, e.String())
	}
	return out.String()
}

// people counts who is on the caseload.
func (o office) people() int {
	o.t.Helper()
	var list struct {
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal([]byte(o.must("", "people", "--json")), &list); err != nil {
		o.t.Fatal(err)
	}
	return len(list.Items)
}

func faultRounds(sampled, all int) int {
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		return all
	}
	return sampled
}

// A kill during an import leaves whole batches, and the same import again brings in
// the rest: everybody once.
func TestFaultKillImport(t *testing.T) {
	o := newOffice(t)
	const people = 5 * batchMost
	var list strings.Builder
	list.WriteString("Ref,Name,Postcode,Notes\n")
	for i := range people {
		fmt.Fprintf(&list, "R%d,Person %d,E15 1NT,A note of person %d\n", i, i, i)
	}
	file := filepath.Join(o.home, "list.csv")
	if err := os.WriteFile(file, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	empty, err := os.ReadFile(o.path)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	o.must("", "import", "people", file)
	took := time.Since(began)
	want, batches := faultRounds(3, 50), map[int]int{}
	killed := 0
	for round := 0; killed < want && round < 20*want; round++ {
		if err := os.WriteFile(o.path, empty, 0o600); err != nil {
			t.Fatal(err)
		}
		c := o.command("", "import", "people", file)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took/5 + time.Duration(rand.Int64N(int64(took))))
		_ = c.Process.Kill() // it may have ended
		if c.Wait() == nil {
			took -= took / 4 // the machine is less busy than when it was measured
			continue
		}
		killed++
		o.must("", "check")
		n := o.people()
		if n%batchMost != 0 {
			t.Errorf("%d people of batches of %d are there", n, batchMost)
		}
		batches[n/batchMost]++
		o.must("", "import", "people", file)
		if n := o.people(); n != people {
			t.Errorf("after importing again there are %d of %d people", n, people)
		}
	}
	if killed < want {
		t.Errorf("%d imports were killed, want %d", killed, want)
	}
	t.Logf("%d kills of an import, by the batches of %d that were in the file: %v", killed, batchMost, batches)
}

// Commands work beside a store that is open all day, and it sees what they wrote
// within a second; what both write is there, once.
func TestFaultCommandsBesideAnOpenStore(t *testing.T) {
	o := newOffice(t)
	ref := strings.TrimSpace(o.must("name: Jo Taylor", "add"))
	s, err := store.Open(o.path, "teapot teapot", store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ids, err := s.Everyone()
	if err != nil {
		t.Fatal(err)
	}
	n := faultRounds(5, 100)
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			for j := range n {
				var e strings.Builder
				c := o.command(fmt.Sprintf("outside %d.%d", i, j), "note", ref)
				c.Stderr = &e
				if err := c.Run(); err != nil {
					t.Errorf("note %d.%d: %v: %s", i, j, err, e.String())
				}
			}
		})
	}
	for j := range 4 * n {
		if _, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TakeNote{Participant: ids[0], Text: fmt.Sprintf("inside %d", j)}}}); err != nil {
			t.Errorf("inside %d: %v", j, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	wg.Wait()
	before, err := s.Changed()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	o.must("the last one", "note", ref)
	written := time.Since(began)
	now := before
	for now == before && time.Since(began) < written+time.Second {
		time.Sleep(50 * time.Millisecond)
		if now, err = s.Changed(); err != nil {
			t.Fatal(err)
		}
	}
	if now == before {
		t.Error("a second after a command, the open store does not know of it")
	}
	p, err := s.Participant(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, note := range p.Notes {
		count[note.Text(domain.Everything)]++
	}
	if len(count) != 6*n+1 || len(p.Notes) != len(count) {
		t.Errorf("%d notes, %d of them different; want %d", len(p.Notes), len(count), 6*n+1)
	}
	if found, err := s.Check(); err != nil || len(found) > 0 {
		t.Errorf("%v %v", found, err)
	}
}
