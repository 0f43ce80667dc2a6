//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// letGo gives the lock on a file back and closes it. Closing alone does not while a
// mapping of the file is left, as it is after a fault inside bbolt.
func letGo(f *os.File) {
	_ = unix.Flock(int(f.Fd()), unix.LOCK_UN) // fails only where there was no lock
	_ = f.Close()                             // the file is not written any more
}
