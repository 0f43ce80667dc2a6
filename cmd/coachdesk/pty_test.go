//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/charmbracelet/x/xpty"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// terminal is the real program in a pseudo-terminal, and what its screen shows.
type terminal struct {
	t    *testing.T
	mu   sync.Mutex
	emu  *vt.Emulator
	pty  xpty.Pty
	cmd  *exec.Cmd
	keys int    // bytes that a person pressed, words left out
	raw  []byte // everything that the program wrote
}

// coachdesk is the program: this binary, called by its name.
func coachdesk(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: self, Args: append([]string{"coachdesk"}, args...)}
}

// sitAt starts the program on a store in a terminal of 80×24.
func sitAt(t *testing.T, path string, env ...string) *terminal {
	t.Helper()
	return sitSized(t, path, 80, 24, env...)
}

func sitSized(t *testing.T, path string, w, h int, env ...string) *terminal {
	t.Helper()
	x := &terminal{t: t, emu: vt.NewEmulator(w, h)}
	var err error
	if x.pty, err = xpty.NewPty(w, h); err != nil {
		t.Fatal(err)
	}
	x.cmd = coachdesk(t)
	x.cmd.Dir = t.TempDir()
	x.cmd.Env = append([]string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "COACHDESK_STORE=" + path, "TEST_NOW=2026-11-23T10:00", "GORACE=" + noPause}, env...)
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.pty.Start(x.cmd); err != nil {
		t.Fatal(err)
	}
	if u, ok := x.pty.(*xpty.UnixPty); ok {
		u.Slave().Close() // else reads never end
	}
	go x.show()
	go io.Copy(x.pty, x.emu) // the terminal's answers to what the program asks it
	t.Cleanup(func() {
		_ = x.cmd.Process.Kill()
		_ = x.pty.Close()
		_ = x.emu.InputPipe().(io.Closer).Close()
	})
	return x
}

func (x *terminal) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := x.pty.Read(buf)
		x.mu.Lock()
		_, _ = x.emu.Write(buf[:n])
		x.raw = append(x.raw, buf[:n]...)
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (x *terminal) screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	var b strings.Builder
	for y := range x.emu.Height() {
		for i := 0; i < x.emu.Width(); i++ {
			c := x.emu.CellAt(i, y)
			if c == nil || c.Content == "" {
				if c == nil || c.Width > 0 {
					b.WriteByte(' ')
				}
				continue
			}
			b.WriteString(c.Content)
			i += max(0, c.Width-1)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// sees waits until the screen shows all words.
func (x *terminal) sees(words ...string) string {
	x.t.Helper()
	var text string
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		text = x.screen()
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			return text
		}
	}
	x.t.Fatalf("the screen never showed %q:\n%s", words, text)
	return ""
}

// press sends keys and counts them; say sends words that anybody would write.
func (x *terminal) press(keys string) {
	x.t.Helper()
	x.keys += len(keys)
	x.say(keys)
}

func (x *terminal) say(words string) {
	x.t.Helper()
	if _, err := io.WriteString(x.pty, words); err != nil {
		x.t.Fatal(err)
	}
}

// within checks how many keys were pressed since it was last asked.
func (x *terminal) within(most int, what string) {
	x.t.Helper()
	if x.keys > most {
		x.t.Errorf("%s took %d keys, at most %d", what, x.keys, most)
	}
	x.keys = 0
}

func (x *terminal) ends(want int) {
	x.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	_ = xpty.WaitProcess(ctx, x.cmd)
	if got := x.cmd.ProcessState.ExitCode(); got != want {
		x.t.Fatalf("exit code %d, want %d\n%s", got, want, x.screen())
	}
}

// thousand makes a demonstration of 1,000 people and returns its store's path. With the
// race detector, which looks for something else, they are fewer.
func thousand(t *testing.T) string {
	t.Helper()
	if raced {
		return demoOf(t, "150")
	}
	return demoOf(t, "1000")
}

// demos holds the files of demonstrations that were made once, by how many people: each
// test gets a copy of its own.
var demos struct {
	sync.Mutex
	files map[string]map[string][]byte
}

// demoOf returns the path of a demonstration of so many people.
func demoOf(t *testing.T, people string) string {
	t.Helper()
	demos.Lock()
	defer demos.Unlock()
	dir := t.TempDir()
	path := filepath.Join(dir, "desk.db")
	for name, b := range demos.files[people] {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if demos.files[people] != nil {
		return path
	}
	cmd := coachdesk(t, "demo", "--people", people, "--store", path)
	cmd.Env = []string{"HOME=" + t.TempDir(), "TEST_NOW=2026-11-23T10:00"}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if demos.files == nil {
		demos.files = map[string]map[string][]byte{}
	}
	demos.files[people] = map[string][]byte{}
	for _, f := range made {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			continue // a folder of backups: nobody asks for it
		}
		demos.files[people][f.Name()] = b
	}
	return path
}

// whoIs returns the one person of a name, as the journal tells them.
func whoIs(t *testing.T, path, name string) domain.Participant {
	t.Helper()
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt("2026-11-23T10:00"), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Name == name {
			p, err := s.Participant(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	t.Fatalf("nobody is called %q", name)
	return domain.Participant{}
}

// ownCase is three letters that find somebody first whose case is that of the coach at
// the desk: who that is hangs on how the stories of the demonstration fell.
func ownCase(t *testing.T, path string) string {
	t.Helper()
	s, err := store.Open(path, demoPassphrase, store.Options{Now: clockAt("2026-11-23T10:00"), Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(rows, func(a, b domain.Row) int { return strings.Compare(clean.Fold(a.Name), clean.Fold(b.Name)) })
	for _, r := range rows {
		three := clean.Fold(r.Name)[:3]
		if r.Fact(domain.FactCoach) != "" || strings.ToLower(r.Name[:3]) != three {
			continue
		}
		first := slices.IndexFunc(rows, func(o domain.Row) bool { return strings.Contains(o.Haystack(), three) })
		if rows[first].ID == r.ID {
			return three
		}
	}
	t.Fatal("nobody of the coach's own case is found first by three letters")
	return ""
}

// TestMainJobInATerminal does a coach's main job with the keys alone, among 1,000
// people, counts the keys, kills the program while somebody types, and finds every
// word in the record of the right person.
func TestMainJobInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand people take a moment")
	}
	path := thousand(t)
	three := ownCase(t, path)
	x := sitAt(t, path)
	x.sees("Today", "Why now", "Person")

	x.press("/" + three + "\r")
	name := strings.TrimSpace(between(x.sees("Overview", "Barriers"), "Caseload › ", "  "))
	if !strings.HasPrefix(strings.ToLower(name), three) {
		t.Fatalf("%q was opened", name)
	}
	x.within(5, "to find and open a person")
	before := whoIs(t, path, name)

	x.press("s\r")
	x.say("Says mornings are hard.\r> me: call Mind by fri\r! try the 9:40 bus by 2w\r? is a phased return better\r# anxiety in groups\r+ large print\r[third party] A sister worries.")
	x.press("\x0e2w\r\x13\r")
	x.sees("Saved.")
	x.within(8, "a session that happened")

	x.press("/" + three + "\r")
	x.sees(name, "call Mind")
	x.keys = 0
	x.press("p\x1b[F")
	x.sees("Other steps")
	x.press("4")
	x.sees("is a phased return better", "draft, not sent")
	x.keys = 0
	x.press("\r")
	x.sees("Ask the DEA about " + name)
	x.press("\x13")
	x.sees("was asked for advice")
	x.within(3, "to ask the adviser from a draft")
	x.press("\x0c") // a demonstration cannot be locked
	x.sees("cannot be locked")

	x.press("gc")
	x.sees("Why now")
	x.press("gw2")
	x.sees("Adviser's desk")
	x.press("G") // asked today: the youngest
	x.sees("▸ "+name, "is a phased return better")
	x.press("n")
	x.sees("Answer about " + name)
	x.say("Ask for altered hours first.")
	x.press("\x13")
	x.sees("answered")

	x.press("gcgw1")
	x.sees("You work as Amina")
	x.press("/" + three + "\r4")
	x.sees("answered, Ruth", "Ask for altered hours first.")
	x.press("a")
	x.sees("A step was added")
	x.press("n")
	x.sees("Note on")
	x.say("The words before the power went.")
	x.sees("draft kept")
	if err := x.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	x.ends(-1)

	x = sitAt(t, path)
	x.sees("a draft is unfinished")
	x.press("/" + three + "\rn")
	x.sees("A note is written and not saved", "The words before the power went.")
	x.press("\r")
	x.sees("this paragraph")
	x.press("\x13\r")
	x.sees("A note was written.")
	x.press("\x03")
	x.ends(0)

	after := whoIs(t, path, name)
	for what, n := range map[string]int{
		"sessions": len(after.Sessions) - len(before.Sessions), "promises": len(after.Promises) - len(before.Promises),
		"questions": len(after.Escalations) - len(before.Escalations), "adjustments": len(after.Adjustments) - len(before.Adjustments),
	} {
		if n != 1 {
			t.Errorf("%d more %s, want 1", n, what)
		}
	}
	if n := len(after.Plan.Steps) - len(before.Plan.Steps); n != 2 {
		t.Errorf("%d more steps, want the mark's and the answer's", n)
	}
	if last := after.Notes[len(after.Notes)-1].Text(domain.Everything); last != "The words before the power went." {
		t.Errorf("the last note reads %q", last)
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func TestTerminalIsLeftAsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	for _, tt := range []struct {
		name string
		stop func(*terminal)
		code int
	}{
		{"hang-up", func(x *terminal) { _ = x.cmd.Process.Signal(syscall.SIGHUP) }, 0},
		{"terminate", func(x *terminal) { _ = x.cmd.Process.Signal(syscall.SIGTERM) }, 0},
		{"ctrl+c", func(x *terminal) { x.say("\x03") }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := sitAt(t, path)
			x.sees("What is your name?")
			tt.stop(x)
			x.ends(tt.code)
			left := func() bool {
				x.mu.Lock()
				defer x.mu.Unlock()
				return !x.emu.IsAltScreen()
			}
			for end := time.Now().Add(5 * time.Second); !left(); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("the other screen was left on")
				}
			}
		})
	}
}

func TestNoColourAndNoTrace(t *testing.T) {
	dir := t.TempDir()
	trace := filepath.Join(dir, "trace")
	x := sitAt(t, filepath.Join(dir, "desk.db"), "NO_COLOR=yes", "COLORTERM=truecolor", "TEA_TRACE="+trace, "TEA_DEBUG=1")
	x.sees("What is your name?")
	x.mu.Lock()
	for y := range 24 {
		for i := range 80 {
			if c := x.emu.CellAt(i, y); c != nil && (c.Style.Fg != nil || c.Style.Bg != nil) {
				t.Fatalf("a cell has a colour at %d,%d", i, y)
			}
		}
	}
	x.mu.Unlock()
	if _, err := os.Stat(trace); err == nil {
		t.Fatal("every key was traced into a file")
	}
}

// TestFirstMorningInATerminal founds a store with the keys and opens it again.
func TestFirstMorningInATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	x := sitAt(t, path)
	x.sees("What is your name?")
	x.say("Amina Yusuf\r")
	x.sees("Where do you work?")
	x.say("Stratford\r")
	x.sees("Choose a passphrase")
	x.say("short\r")
	x.sees("at least")
	x.say("\x15correct horse battery\r")
	x.sees("once more")
	x.say("correct horse battery\r")
	x.sees("AGE-SECRET-KEY-1")
	x.say("\r")
	x.sees("The caseload is empty")
	x.say("aDaniel Okafor\r")
	x.sees("Caseload › Daniel Okafor")
	x.say("\x0c")
	x.sees("Passphrase")
	x.say("wrong\r")
	x.sees("does not open this store")
	x.say("correct horse battery\r")
	x.sees("Attention 1")
	x.say("\t")
	x.sees("new, no first talk booked")
	x.say("q")
	x.ends(0)
}
