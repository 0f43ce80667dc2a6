//go:build !linux

package store_test

import "os/exec"

// dieTogether is known to Linux only; elsewhere a child ends when its pipe does.
func dieTogether(*exec.Cmd) {}
