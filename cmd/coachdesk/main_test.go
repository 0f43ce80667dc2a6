package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// testWork is the cost of a passphrase in tests: a thousandth of the real one.
const testWork = 10

// noPause keeps a program that was built with the race detector from waiting a
// second before it ends: the scripts start hundreds.
const noPause = "atexit_sleep_ms=0"

// TestMain lets the scripts run the program in this very binary.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == structureVerb {
		// The program calls itself to check a store. Without this the tests would start
		// themselves without end.
		os.Exit(run(os.Args[1:], scriptWorld()))
	}
	os.Setenv("GORACE", noPause)
	testscript.Main(m, map[string]func(){"coachdesk": func() {
		become(os.Getenv("TEST_UID"))
		os.Exit(run(os.Args[1:], scriptWorld()))
	}})
}

// scriptWorld is the world that scripts live in: a Monday morning in London, unless
// TEST_NOW says another. Only this binary knows the variable.
func scriptWorld() world {
	idle, _ := time.ParseDuration(os.Getenv("TEST_IDLE")) // zero unless a test sets it
	return world{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: clockAt(os.Getenv("TEST_NOW")), dice: rand.Reader, workFactor: testWork, idle: idle}
}

// clockAt returns a clock that begins at a time and goes on from there.
func clockAt(s string) func() time.Time {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	begin := time.Date(2026, time.November, 23, 9, 0, 0, 0, london)
	if s != "" {
		if begin, err = time.ParseInLocation("2006-01-02T15:04", s, london); err != nil {
			panic(err)
		}
	}
	born := time.Now()
	return func() time.Time { return begin.Add(time.Since(born)) }
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("COACHDESK_STORE", filepath.Join(e.WorkDir, "desk.db"))
			e.Setenv("COACHDESK_PASSPHRASE_FILE", filepath.Join(e.WorkDir, "pw"))
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("GORACE", noPause)
			e.Setenv("SHARED", sharedFolder())
			return os.WriteFile(filepath.Join(e.WorkDir, "pw"), []byte("correct horse battery staple\n"), 0o600)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "shared" {
				return sharedFolder() != "", nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": scriptCode, "let": scriptLet, "schema": scriptSchema, "recode": scriptRecode,
			"damage": scriptDamage, "count": scriptCount, "hold": scriptHold, "unseal": scriptUnseal,
			"lines": scriptLines, "sums": scriptSums, "recard": scriptRecard, "agree": scriptAgree, "holds": scriptHolds,
		},
	})
}

// sharedFolder is where data that is not the project's own lies; empty without it.
func sharedFolder() string {
	for _, dir := range []string{os.Getenv("COACHDESK_SHARED"), "../../../shared"} {
		if dir == "" {
			continue
		}
		if abs, err := filepath.Abs(dir); err == nil {
			if _, err := os.Stat(filepath.Join(abs, "data", "people", "febrl-dataset1.csv")); err == nil {
				return abs
			}
		}
	}
	return ""
}

// scriptCode runs a command and compares its exit code: code 3 coachdesk show ….
func scriptCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		if _, ok := err.(interface{ ExitCode() int }); !ok {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = err.(interface{ ExitCode() int }).ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// scriptLet sets a variable to what a pattern finds in the last output: its first
// group, or all of it.
func scriptLet(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: let NAME pattern")
	}
	m := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("nothing in the output fits %q", args[1])
	}
	ts.Setenv(args[0], strings.TrimSpace(m[len(m)-1]))
}

// scriptCount compares how many lines of the last output fit a pattern.
func scriptCount(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: count N pattern")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := len(regexp.MustCompile("(?m)"+args[1]).FindAllString(ts.ReadFile("stdout"), -1)); got != want {
		ts.Fatalf("%d lines fit %q, want %d", got, args[1], want)
	}
}

// scriptSchema validates the last output against the schema of its name.
func scriptSchema(ts *testscript.TestScript, _ bool, args []string) {
	var out struct {
		Schema string `json:"schema"`
	}
	text := ts.ReadFile("stdout")
	ts.Check(json.Unmarshal([]byte(text), &out))
	if out.Schema != "coachdesk."+args[0]+"/1" {
		ts.Fatalf("the schema is %q", out.Schema)
	}
	ts.Check(validate(args[0], text))
}

// scriptRecode writes a file as another program would have: recode KIND from to.
func scriptRecode(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[1])
	var out []byte
	var err error
	switch args[0] {
	case "bom":
		out = []byte("\xef\xbb\xbf" + text)
	case "utf-16le":
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	case "utf-16be":
		out, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	case "windows-1252":
		out, err = charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	case "cr":
		out = []byte(strings.ReplaceAll(text, "\n", "\r"))
	case "crlf":
		out = []byte(strings.ReplaceAll(text, "\n", "\r\n"))
	case "sep":
		out = []byte("sep=;\r\n" + text)
	default:
		ts.Fatalf("unknown encoding %q", args[0])
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out, 0o600))
}

// scriptDamage overwrites bytes all over the later part of a file.
func scriptDamage(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	b, err := os.ReadFile(name)
	ts.Check(err)
	for i := len(b) / 4; i < len(b); i += 97 {
		b[i] ^= 0x5a
	}
	ts.Check(os.WriteFile(name, b, 0o600))
}
