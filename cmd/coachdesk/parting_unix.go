//go:build linux || darwin || freebsd || netbsd || openbsd

package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// partingName is the variable that tells a new program which of its open files holds
// what was left to it.
const partingName = "COACHDESK_PARTING"

// execAnew makes the process another one of the same program: the system takes all
// of its memory away, with whatever was in it. It returns only if that failed.
func execAnew(p parting) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	fd, err := pipeOf(b)
	if err != nil {
		return err
	}
	defer func() { _ = unix.Close(fd) }() // the new process has its own
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, partingName+"=") })
	return unix.Exec(self, os.Args, append(env, partingName+"="+strconv.Itoa(fd)))
}

// pipeOf returns a pipe that holds some bytes and goes along to another program. It
// fails when the pipe cannot hold them all.
func pipeOf(b []byte) (int, error) {
	var p [2]int
	if err := unix.Pipe(p[:]); err != nil {
		return 0, err
	}
	widen(p[1], len(b))
	err := unix.SetNonblock(p[1], true) // nobody reads it yet
	n := 0
	if err == nil {
		n, err = unix.Write(p[1], b)
	}
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if err = errors.Join(err, unix.Close(p[1])); err != nil {
		_ = unix.Close(p[0])
		return 0, err
	}
	return p[0], nil
}

// partingMost bounds what is read: some notes at their longest.
const partingMost = 8 << 20

// inherit reads what the program before this one left. Where it was asked to stop,
// this one does: it holds nothing yet.
func inherit(env func(string) string) (p parting) {
	name := env(partingName)
	if name == "" {
		return p
	}
	os.Unsetenv(partingName)
	fd, err := strconv.Atoi(name)
	if err != nil || fd < 3 {
		return p
	}
	f := os.NewFile(uintptr(fd), "parting")
	defer f.Close()
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeNamedPipe == 0 {
		return p
	}
	if json.NewDecoder(io.LimitReader(f, partingMost)).Decode(&p) != nil {
		return parting{}
	}
	if p.Stop {
		stopHere()
	}
	forgetKeys(int(os.Stdin.Fd()))
	p.Stop = false
	return p
}

// stopHere stops the process, until somebody has it go on.
func stopHere() { _ = unix.Kill(unix.Getpid(), unix.SIGSTOP) } // a process may always stop itself

// notifyStop hears when the process is to stop.
func notifyStop(heard chan<- os.Signal) { signal.Notify(heard, unix.SIGTSTP) }
