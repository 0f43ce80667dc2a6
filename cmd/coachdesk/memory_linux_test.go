package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"coachdesk/store"
	"coachdesk/store/seal"
)

// What nobody else would have in memory. The program under test is this very binary,
// so the words stand in it turned by thirteen letters, and are turned back in the
// process of the test alone.
var rarePassphrase, rareName, rareOther, rareNote string

func rareWords() {
	rarePassphrase = turned("mjvroryssvfpu dhnttn klyrz 4711")
	rareName = turned("Jbysqvrgevpu Dhnfgrasybffre")
	rareOther = turned("Bggbyvar Knaguvccr Oemrpmlx")
	rareNote = turned("Ur pbyyrpgf gurbqbyvgrf naq srnef rfpnyngbef.")
}

func turned(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+13)%26
		}
		return r
	}, s)
}

// realDesk makes a real store with people of rare names, as the command line does.
func realDesk(t *testing.T) (path, passphraseFile string) {
	t.Helper()
	rareWords()
	dir := t.TempDir()
	path, passphraseFile = filepath.Join(dir, "desk.db"), filepath.Join(dir, "pw")
	if err := os.WriteFile(passphraseFile, []byte(rarePassphrase+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("COACHDESK_PASSPHRASE_FILE", passphraseFile)
	run := func(in string, args ...string) {
		cmd := coachdesk(t, args...)
		cmd.Env = []string{"HOME=" + dir, "COACHDESK_STORE=" + path, "COACHDESK_PASSPHRASE_FILE=" + passphraseFile, "TEST_NOW=2026-11-23T10:00", "GORACE=" + noPause}
		cmd.Stdin = strings.NewReader(in)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	run("", "init", "--name", "Amina Yusuf")
	run("name: "+rareName, "add")
	run("name: "+rareOther, "add")
	return path, passphraseFile
}

// secretsOf names everything that must not be left in memory: it opens the store's
// slot and every key in it.
func secretsOf(t *testing.T, path string) map[string][]byte {
	t.Helper()
	s, err := store.Open(path, rarePassphrase, store.Options{Now: time.Now, Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	slots, err := s.Slots()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	with, err := seal.Try(rarePassphrase)
	if err != nil {
		t.Fatal(err)
	}
	key, _, err := seal.Unlock(slots, with)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"the store key": key[:]}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	box := seal.NewBox(key)
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("keys")).ForEach(func(k, v []byte) error {
			plain, err := box.Open("keys", bytes.Clone(k), bytes.Clone(v))
			all[fmt.Sprintf("key %x", k)] = plain
			return err
		})
	})
	if err != nil || len(all) < 8 {
		t.Fatalf("%d keys: %v", len(all), err)
	}
	for what, text := range map[string]string{
		"the passphrase": rarePassphrase, "a name": rareName[12:], "another name": rareOther[19:], "a folded name": strings.ToLower(rareName[12:]), "the note": rareNote[12:23], "the note's end": rareNote[len(rareNote)-10:],
	} {
		all[what] = []byte(text)
		wide := make([]byte, 0, 4*len(text)) // as fields hold it: four bytes a letter
		for _, r := range text {
			wide = binary.NativeEndian.AppendUint32(wide, uint32(r))
		}
		all[what+", as runes"] = wide
	}
	return all
}

// remembered returns which of the secrets stand in the memory of a process.
func remembered(t *testing.T, pid int, secrets map[string][]byte) map[string]bool {
	t.Helper()
	maps, err := os.Open(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer maps.Close()
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Skipf("memory cannot be read here: %v", err)
	}
	defer mem.Close()
	found, read := map[string]bool{}, 0
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x %s", &from, &to, &mode); err != nil || mode[0] != 'r' || to-from > 1<<30 {
			continue
		}
		b := make([]byte, to-from)
		n, _ := mem.ReadAt(b, from) // some of the kernel's own cannot be read
		read += n
		for what, secret := range secrets {
			if bytes.Contains(b[:n], secret) {
				found[what] = true
			}
		}
	}
	if read < 1<<20 {
		t.Skipf("only %d bytes of memory could be read", read)
	}
	return found
}

// sitOpen unlocks the store in a terminal, opens a record and types into a note.
func sitOpen(t *testing.T, path string, env ...string) *terminal {
	t.Helper()
	x := sitAt(t, path, env...)
	x.sees("Passphrase")
	x.say(rarePassphrase + "\r")
	x.sees("Attention 2")
	x.say("/" + strings.ToLower(rareName[13:17]) + "\rn")
	x.sees("Note on " + rareName)
	x.say(rareNote)
	return x
}

// TestNothingIsLeftInMemoryAfterLocking unlocks, reads, types and locks, by each way
// of locking, and reads all of the process's memory at the door. Before the lock the
// same search finds the name, the note and the key: else it would prove nothing.
func TestNothingIsLeftInMemoryAfterLocking(t *testing.T) {
	if raced {
		t.Skip("the race detector keeps a memory of its own")
	}
	path, _ := realDesk(t)
	secrets := secretsOf(t, path)
	for _, way := range []struct {
		name string
		env  string
		lock func(*terminal)
		says string
	}{
		{"ctrl+l", "", func(x *terminal) { x.say("\x0c") }, "Locked. Drafts are kept."},
		{"idle", "TEST_IDLE=3s", func(*terminal) {}, "Locked after 3 seconds without a key. Drafts are kept."},
		{"stopped", "", func(x *terminal) {
			_ = x.cmd.Process.Signal(syscall.SIGTSTP)
			x.becomes("T")
			if found := remembered(x.t, x.cmd.Process.Pid, secrets); len(found) > 0 {
				x.t.Errorf("while it is stopped, memory holds %v", found)
			}
			_ = x.cmd.Process.Signal(syscall.SIGCONT)
		}, "Locked. Drafts are kept."},
	} {
		t.Run(way.name, func(t *testing.T) {
			x := sitOpen(t, path, way.env)
			if way.env == "" {
				x.sees("draft kept")
			}
			before := remembered(t, x.cmd.Process.Pid, secrets)
			for _, what := range []string{"the store key", "a name", "the note, as runes"} {
				if !before[what] {
					t.Fatalf("the search does not find %s before the lock: it proves nothing (%v)", what, before)
				}
			}
			way.lock(x)
			x.sees(way.says, "Passphrase")
			if after := remembered(t, x.cmd.Process.Pid, secrets); len(after) > 0 {
				t.Errorf("after the lock, memory holds %v", after)
			}
			x.say(rarePassphrase + "\r")
			x.sees("a draft is unfinished")
			x.say("/" + strings.ToLower(rareName[13:17]) + "\rn")
			x.sees("A note is written", rareNote[12:23])
			x.say("\r") // go on with it
			x.sees("this paragraph", rareNote[12:23])
			x.say("\x15\x03")
			x.ends(0)
		})
	}
}

// becomes waits until the process is in a state, as the system names it.
func (x *terminal) becomes(state string) {
	x.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", x.cmd.Process.Pid))
		if err != nil {
			x.t.Fatal(err)
		}
		if _, rest, ok := strings.Cut(string(b), ") "); ok && strings.HasPrefix(rest, state) {
			return
		}
	}
	x.t.Fatalf("the process never was in state %s\n%s", state, x.screen())
}

// mayGrow limits how large the files of a process may become; zero lifts the limit.
func (x *terminal) mayGrow(to uint64) {
	x.t.Helper()
	lim := unix.Rlimit{Cur: to, Max: unix.RLIM_INFINITY}
	if to == 0 {
		lim.Cur = unix.RLIM_INFINITY
	}
	if err := unix.Prlimit(x.cmd.Process.Pid, unix.RLIMIT_FSIZE, &lim, nil); err != nil {
		x.t.Skip(err)
	}
}

// TestLockOnAFullDisk locks when the draft cannot be written: it goes along sealed,
// and is written after the next unlocking, when there is room.
func TestLockOnAFullDisk(t *testing.T) {
	path, _ := realDesk(t)
	secrets := secretsOf(t, path)
	x := sitAt(t, path)
	x.sees("Passphrase")
	x.say(rarePassphrase + "\r")
	x.sees("Attention 2")
	x.say("/" + strings.ToLower(rareName[13:17]) + "\rn")
	x.sees("Note on " + rareName)
	x.mayGrow(4096)
	x.say(rareNote)
	x.sees("the disk is full")
	x.say("\x0c")
	x.sees("held in memory", "sealed")
	if found := remembered(t, x.cmd.Process.Pid, secrets); len(found) > 0 {
		t.Errorf("after the lock, memory holds %v", found)
	}
	x.say(rarePassphrase + "\r")
	x.sees("a draft is unfinished")
	x.say("\x0c") // and once more, still without room
	x.sees("held in memory", "sealed")
	x.say(rarePassphrase + "\r")
	x.sees("a draft is unfinished")
	x.mayGrow(0)
	x.say("/" + strings.ToLower(rareName[13:17]) + "\rn")
	x.sees(rareNote[:30])
	time.Sleep(1500 * time.Millisecond) // offered again every second
	if err := x.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	x.ends(-1)
	if got := draftTexts(t, path, rarePassphrase); len(got) != 1 || got[0] != rareNote {
		t.Fatalf("the drafts are %q", got)
	}
}

// draftTexts returns what the drafts in a store read.
func draftTexts(t *testing.T, path, passphrase string) []string {
	t.Helper()
	s, err := store.Open(path, passphrase, store.Options{Now: time.Now, Dice: scriptWorld().dice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, d := range all {
		texts = append(texts, d.Fields["text"])
	}
	return texts
}

// TestFullDiskWhileTyping fills the disk under somebody's fingers: the words stay on
// the screen and are kept when there is room, by themselves and by saving.
func TestFullDiskWhileTyping(t *testing.T) {
	path, _ := realDesk(t)
	x := sitAt(t, path)
	x.sees("Passphrase")
	x.say(rarePassphrase + "\r")
	x.sees("Attention 2")
	x.say("/quas\rn")
	x.sees("Note on " + rareName)
	x.mayGrow(4096)
	x.say("Words on a full disk.")
	x.sees("the disk is full", "Words on a full disk.")
	x.say(" More.\x13\r")
	x.sees("the disk is full", "Words on a full disk. More.")
	time.Sleep(time.Second) // the refusal can be read: what was typed ahead is dropped
	x.say("\x03")
	x.sees("Leave once more to leave without the draft")
	x.mayGrow(0)
	x.sees("draft kept")
	if got := draftTexts(t, path, rarePassphrase); len(got) != 1 || got[0] != "Words on a full disk. More." {
		t.Fatalf("the drafts are %q", got)
	}
	x.say("\x13\r")
	x.sees("A note was written.")
	x.say("\x03")
	x.ends(0)
	if got := draftTexts(t, path, rarePassphrase); len(got) != 0 {
		t.Fatalf("drafts were left: %q", got)
	}
}

// TestReplacedStoreLocksTheApp puts a backup in the place of the store while somebody
// types. The app says so at the door, and the words are found behind it.
func TestReplacedStoreLocksTheApp(t *testing.T) {
	path, passphrase := realDesk(t)
	x := sitOpen(t, path)
	x.sees("draft kept")
	run := func(args ...string) {
		cmd := coachdesk(t, args...)
		cmd.Env = []string{"HOME=" + t.TempDir(), "COACHDESK_STORE=" + path, "COACHDESK_PASSPHRASE_FILE=" + passphrase, "TEST_NOW=2026-11-23T10:00", "GORACE=" + noPause}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	run("backup", path+".backup")
	x.say(" And more.")
	run("restore", path+".backup")
	x.sees("Passphrase", "The store was replaced", "held in memory")
	x.say(rarePassphrase + "\r")
	x.sees("a draft is unfinished")
	x.say("/quas\rn")
	x.sees(rareNote[:30], "And more.")
	x.say("\x03")
	x.ends(0)
	if got := draftTexts(t, path, rarePassphrase); len(got) != 1 || got[0] != rareNote+" And more." {
		t.Fatalf("the drafts are %q", got)
	}
}

// TestKilledWhileTyping kills the program in the middle of a burst: what was typed up
// to the last pause of half a second is there, and never a mixture.
func TestKilledWhileTyping(t *testing.T) {
	path := demoOf(t, "20")
	rounds := 5
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		rounds = 50
	}
	for round := range rounds {
		x := sitAt(t, path)
		x.sees("All 20")
		x.say("\t\t\rn")
		x.sees("Note on")
		if round > 0 { // go on with what the last round left
			x.sees("A note is written")
			x.say("\r")
			x.sees("this paragraph")
		}
		x.say("\x15\x15\x15\x15\x15\x15")
		first := fmt.Sprintf("Round %d, before the pause.", round)
		x.say(first)
		x.sees("draft kept", first)
		stop := make(chan struct{})
		go func() { // a burst that the kill cuts in two
			for {
				select {
				case <-stop:
					return
				default:
					_, _ = x.pty.Write([]byte("x"))
					time.Sleep(time.Millisecond)
				}
			}
		}()
		time.Sleep(time.Duration(100+137*round%500) * time.Millisecond)
		if err := x.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		close(stop)
		x.ends(-1)
		got := draftTexts(t, path, demoPassphrase)
		if len(got) != 1 || !strings.HasPrefix(got[0], first) || strings.Trim(got[0][len(first):], "x") != "" {
			t.Fatalf("round %d: the drafts are %q", round, got)
		}
	}
}
