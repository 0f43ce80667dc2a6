package store_test

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// The test binary starts itself as a child: this names its job.
const childJob = "COACHDESK_FAULT_CHILD"

// jobs are what a child can be asked to do. A job ends by returning; its output is
// what its parent judges.
var jobs = map[string]func(args []string){
	"write":   childWrites,
	"create":  childCreates,
	"restore": childRestores,
	"salvage": childSalvages,
	"check":   childChecks,
	"probe":   childProbes,
	"compete": childCompetes,
}

func TestMain(m *testing.M) {
	if name := os.Getenv(childJob); name != "" {
		jobs[name](os.Args[1:])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// full reports whether faults run at full count.
func full() bool { return os.Getenv("COACHDESK_FAULTS") == "full" }

// rounds is how often a fault is tried: a sample, or all.
func rounds(sampled, all int) int {
	if full() {
		return all
	}
	return sampled
}

// child makes a process of this binary that does a job.
func child(job string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), childJob+"="+job, "GOTRACEBACK=none", "GOMAXPROCS=2", "GORACE=atexit_sleep_ms=0")
	dieTogether(c)
	return c
}

// line is what a child said, word by word.
type line []string

// hear starts a child and returns what it says. The channel closes when it ends.
func hear(t testing.TB, c *exec.Cmd) <-chan line {
	t.Helper()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan line, 1<<14)
	go func() {
		defer close(said)
		for s := bufio.NewScanner(out); s.Scan(); {
			if f := strings.Fields(s.Text()); len(f) > 0 {
				said <- f
			}
		}
	}()
	return said
}

// tell writes a line to the parent at once.
func tell(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// realOptions are those of a program at work: the disk is waited for.
func realOptions() store.Options {
	return store.Options{Now: time.Now, Dice: rand.Reader, WorkFactor: 4}
}

// must ends a child that cannot do its job. The parent sees the line.
func must(err error) {
	if err != nil {
		tell("failed %v", err)
		os.Exit(1)
	}
}

// opened opens a store in a child.
func opened(path string) *store.Store {
	s, err := store.Open(path, storetest.Passphrase, realOptions())
	must(err)
	return s
}

// joining is a batch about one person: three records in two commands.
func joining(s *store.Store, id domain.ID) domain.Batch {
	return domain.Batch{ID: s.NewID(), Commands: []domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Person " + id.Ref(8)}},
		domain.TakeNote{Participant: id, Text: "Came by bus.\n> me: call\n"},
	}}
}

// sayings runs a child to its end and returns what it said, by first word.
func sayings(t *testing.T, job string, args ...string) map[string][]string {
	t.Helper()
	c := child(job, args...)
	all := map[string][]string{}
	for l := range hear(t, c) {
		all[l[0]] = append(all[l[0]], strings.Join(l[1:], " "))
	}
	if err := c.Wait(); err != nil {
		t.Errorf("the child %s ended with %v: %v", job, err, all)
	}
	return all
}

// kindOf names the kind of an error.
func kindOf(err error) string {
	for name, kind := range map[string]error{
		"full": store.ErrFull, "readonly": store.ErrReadOnly, "damaged": store.ErrDamaged, "inuse": store.ErrInUse,
		"notstore": store.ErrNotStore, "nostore": store.ErrNoStore, "exists": store.ErrExists,
	} {
		if errors.Is(err, kind) {
			return name
		}
	}
	if err == nil {
		return "fine"
	}
	return "other:" + err.Error()
}
