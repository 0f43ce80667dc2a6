//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package store

import "os"

// letGo closes a file and thereby gives its lock back.
func letGo(f *os.File) {
	_ = f.Close() // the file is not written any more
}
