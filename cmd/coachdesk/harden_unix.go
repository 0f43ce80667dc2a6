//go:build linux || darwin || freebsd || netbsd || openbsd

package main

import (
	"os/signal"

	"golang.org/x/sys/unix"
)

// harden keeps memory off the disk when the process dies, and has a file that may not
// grow any more be an error like a full disk, not the end.
func harden() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // lowering is always allowed
	signal.Ignore(unix.SIGXFSZ)
}
