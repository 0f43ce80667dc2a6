package main

import "golang.org/x/sys/unix"

// widen lets a pipe hold so many bytes. Whether it does shows when they are written.
func widen(fd, n int) { _, _ = unix.FcntlInt(uintptr(fd), unix.F_SETPIPE_SZ, n) }

// forgetKeys drops keys that were typed for what is not open any more.
func forgetKeys(fd int) { _ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) } // a file that is no terminal has none
