package main

import "golang.org/x/sys/unix"

// noDump keeps the memory of the process, which holds keys and records, out of any
// file when it crashes. The limit is for files; a system that pipes dumps to a program
// of its own asks the second.
func noDump() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // lowering a limit is always allowed
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)     // as is this
}
