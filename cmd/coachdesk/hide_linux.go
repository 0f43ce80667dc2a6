package main

import "golang.org/x/sys/unix"

// hide keeps other programs of the same person from reading this one's memory. Tests
// do without it, because one of them reads the memory.
func hide() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) } // the worst is that it stays as it was
