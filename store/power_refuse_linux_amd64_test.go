package store_test

import "golang.org/x/sys/unix"

// skip makes the call that a process is about to make no call at all.
func skip(who int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(who, &regs); err != nil {
		return err
	}
	regs.Orig_rax = ^uint64(0)
	return unix.PtraceSetRegs(who, &regs)
}

// answer gives a skipped call its result.
func answer(who int, no unix.Errno) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(who, &regs); err != nil {
		return err
	}
	regs.Rax = -uint64(no)
	return unix.PtraceSetRegs(who, &regs)
}
