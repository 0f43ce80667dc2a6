package main

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// TestInterrupt presses ctrl+c while the program waits for a note.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no interrupt to send on Windows")
	}
	s := newSitting(t)
	_, out, _ := s.run("name: Jo", "add")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "note", out[:len(out)-1])
	cmd.Args[0] = "coachdesk"
	cmd.Env = append(os.Environ(), "COACHDESK_STORE="+s.dir+"/desk.db", "COACHDESK_PASSPHRASE_FILE="+s.dir+"/pw")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(700 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("after ctrl+c: %v, want exit code %d", err, exitInterrupted)
	}
	if code, _, e := s.run("", "check"); code != 0 {
		t.Errorf("check: %s", e)
	}
}
