package store_test

import (
	"os/exec"
	"syscall"
)

// dieTogether lets no child outlive a killed test.
func dieTogether(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
