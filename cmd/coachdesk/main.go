// Command coachdesk is a work coach's desk in a terminal. This package wires the
// house together: flags, the environment, exit codes, and one file per verb. It is
// the only place that names the clock, the dice and the environment.
package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"time"
)

func main() {
	debug.SetTraceback("none") // what a crash prints must not hold what somebody told
	hide()
	os.Exit(run(os.Args[1:], world{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		env: os.Getenv, now: time.Now, dice: rand.Reader,
	}))
}

// world is what the process lends to a run: tests lend another one.
type world struct {
	in         io.Reader
	out, err   io.Writer
	env        func(string) string
	now        func() time.Time
	dice       io.Reader
	workFactor int           // of the passphrase; 0 is the real one
	idle       time.Duration // after which the app locks; 0 is as the desk is set
}

// run carries out one command line and returns the exit code.
func run(args []string, w world) int {
	harden()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := &call{world: w}
	root := c.root()
	root.SetArgs(keepMinus(args))
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	err := root.ExecuteContext(ctx)
	if e := c.close(); err == nil {
		err = e
	}
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	c.complain(err)
	return exitCode(err)
}
