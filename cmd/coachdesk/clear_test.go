//go:build unix

package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"
)

// sung are words that a coach writes, one for every place where text comes in. Each
// is made so that six letters of it stand nowhere else.
var sung = []string{
	"Zanquobert", "Hexavondel", "zyqphone0770", "quxmailbor", "Wrexham-Voss", "gplimuzaq", "7qzxviref", "1951-07-29",
	"qaznotvium", "qazcoachly", "qazthirdum", "qazprvmxso", "qazstepvar", "qazdrvxton", "qazbvrxiex", "qazadjvxto",
	"qazgoalvix", "qazaskedum", "qazimvxrti", "qazscrvxnu", "qazcovxeag", "qazfitnoty", "QQ112233C",
}

// shapes are what a text may look like in a file, by how it is written there.
func shapes(text string) map[string][][]byte {
	all := map[string][][]byte{}
	pieces := []string{text}
	for i := 0; i+6 <= len(text); i++ {
		pieces = append(pieces, text[i:i+6])
	}
	for _, p := range pieces {
		low := strings.ToLower(p)
		all["UTF-8"] = append(all["UTF-8"], []byte(low))
		var le, be []byte
		for _, u := range utf16.Encode([]rune(low)) {
			le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
		}
		all["UTF-16"] = append(all["UTF-16"], le, be)
		for _, q := range []string{p, low} {
			all["hexadecimal"] = append(all["hexadecimal"], fmt.Appendf(nil, "%x", q))
		}
	}
	for shift := range 3 { // whole words only: a piece in base64 is too short to be no chance
		b := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", shift) + text))
		from := []int{0, 2, 3}[shift]
		to := (shift + len(text)) * 8 / 6
		all["base64"] = append(all["base64"], []byte(b[from:to]))
	}
	return all
}

// clearly returns in which shapes which words stand in some bytes.
func clearly(b []byte, words []string) []string {
	low := bytes.ToLower(b)
	var found []string
	for _, w := range words {
		for shape, looks := range shapes(w) {
			for _, look := range looks {
				in := low
				if shape == "base64" {
					in = b
				}
				if bytes.Contains(in, look) {
					found = append(found, w+" as "+shape)
					break
				}
			}
		}
	}
	return found
}

// Every shape of every word is found where it is planted: a search that finds nothing
// proves nothing.
func TestClearlyFinds(t *testing.T) {
	for _, w := range sung {
		for name, plant := range map[string]func() []byte{
			"as it is": func() []byte { return []byte("xx" + strings.ToUpper(w) + "yy") },
			"in part":  func() []byte { return []byte("xx" + w[1:7] + "yy") },
			"wide": func() []byte {
				var b []byte
				for _, u := range utf16.Encode([]rune(w)) {
					b = append(b, byte(u), byte(u>>8))
				}
				return b
			},
			"base64":   func() []byte { return []byte(base64.StdEncoding.EncodeToString([]byte("{name: " + w + "}"))) },
			"base64+1": func() []byte { return []byte(base64.RawURLEncoding.EncodeToString([]byte("{name:  " + w + "}"))) },
			"base64+2": func() []byte { return []byte(base64.StdEncoding.EncodeToString([]byte("{name:   " + w))) },
			"hex":      func() []byte { return fmt.Appendf(nil, "%X", w) },
		} {
			if len(clearly(append(bytes.Repeat([]byte{0xA5}, 999), plant()...), []string{w})) == 0 {
				t.Errorf("%s is not found %s", w, name)
			}
		}
	}
}

// searched looks into every file of a folder.
func searched(t *testing.T, dir string, words []string) (files, size int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files, size = files+1, size+len(b)
		for _, f := range clearly(append(b, e.Name()...), words) {
			t.Errorf("%s holds %s", e.Name(), f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, size
}

// told writes every word through the command line, and returns what it said.
func told(t *testing.T, o office) (ref string, said []byte) {
	t.Helper()
	var e bytes.Buffer
	do := func(in string, args ...string) string {
		c := o.command(in, args...)
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &e
		if err := c.Run(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, e.String())
		}
		return strings.TrimSpace(out.String())
	}
	ref = do("name: Zanquobert Hexavondel\nphone: zyqphone0770\nemail: quxmailbor@example.org\naddress: Wrexham-Voss\ngp: gplimuzaq\nreference: x: 7qzxviref\nbirth: 29 July 1951", "add")
	do("qaznotvium\n> me: qazprvmxso by fri\n! them: qazstepvar by 2w\n? qazdrvxton\n\n[coach only] qazcoachly\n\n[third party] qazthirdum", "note", ref)
	do("qazbvrxiex", "barrier", ref)
	do("qazadjvxto", "adjustment", ref)
	do("qazgoalvix", "goal", ref)
	do("qazaskedum", "ask", ref, "--informed")
	do("Name,Notes\nqazimvxrti,qazimvxrti\n", "import", "people", "-")
	do("", "backup", "copy.backup")
	do("", "check")
	do("", "rebuild")
	do("", "people")
	do("", "due")
	do("", "show", ref)
	return ref, e.Bytes()
}

// No word of anybody stands in clear in anything that the program leaves on the disk
// or says on standard error, also after it was killed while somebody typed.
func TestFaultNothingInClear(t *testing.T) {
	o := newOffice(t)
	_, said := told(t, o)
	said = bytes.ReplaceAll(said, []byte("Zanquobert Hexavondel joined the caseload."), nil) // the answer to whoever typed it
	for _, f := range clearly(said, sung) {
		t.Errorf("standard error holds %s", f)
	}
	unlimited(t)
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGQUIT, syscall.SIGABRT} {
		x := sitAt(t, o.path, append(o.env(), "GOTRACEBACK=crash")...)
		x.sees("Passphrase")
		x.say("teapot teapot\r")
		x.sees("Zanquobert")
		x.say("/zanq\rn")
		x.sees("Note on")
		x.say("qazscrvxnu half a sentence")
		x.sees("draft kept")
		time.Sleep(200 * time.Millisecond)
		x.mu.Lock()
		before := len(x.raw)
		x.mu.Unlock()
		if err := x.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err := x.cmd.Wait()
		if state, ok := x.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && state.CoreDump() {
			t.Errorf("after %v the memory was dumped", signal)
		}
		time.Sleep(100 * time.Millisecond) // the last bytes of the terminal
		x.mu.Lock()
		after := string(x.raw[before:])
		x.mu.Unlock()
		for _, f := range clearly([]byte(after), append([]string{"teapot"}, sung...)) {
			t.Errorf("after %v the terminal shows %s", signal, f)
		}
		t.Logf("%v: %v; %d bytes on the terminal, %q", signal, err, len(after), first(after, 60))
	}
	if err := os.Remove(filepath.Join(o.home, "pw")); err != nil { // the user's own
		t.Fatal(err)
	}
	files, size := searched(t, o.home, append([]string{"teapot"}, sung...))
	t.Logf("%d files of %d KiB searched for %d words", files, size>>10, len(sung))
	if files < 4 || size < 1<<16 {
		t.Errorf("%d files of %d bytes are too few to have been searched", files, size)
	}
	if err := os.WriteFile(filepath.Join(o.home, "work", "forgotten.csv"), []byte("Name\nZanquobert\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(o.home, "work", "forgotten.csv")); err != nil || len(clearly(b, sung)) != 1 {
		t.Errorf("a word in a forgotten file is not found: %v", err)
	}
}

// unlimited lets children dump their memory, as careless systems do.
func unlimited(t *testing.T) {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: was.Max, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
}

func first(s string, n int) string { return s[:min(n, len(s))] }
