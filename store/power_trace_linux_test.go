//go:build amd64 || arm64

package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// syscallInfo is struct ptrace_syscall_info of linux/ptrace.h, the same on every
// architecture: at an entry, num is the number and args follow; at an exit, num is
// what the call returned.
type syscallInfo struct {
	op   uint8 // 1 entry, 2 exit
	_    [3]uint8
	arch uint32
	_, _ uint64
	num  uint64
	args [6]uint64
	_    uint64
}

const (
	getSyscallInfo = 0x420e
	archX8664      = 0xC000003E
	ownChildren    = 0x20000000 // __WNOTHREAD: leave children of other threads alone
	traceOptions   = unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_EXITKILL
)

// x86Names are calls by path that only this architecture still has.
var x86Names = map[uint64]uint64{82: unix.SYS_RENAMEAT, 86: unix.SYS_LINKAT, 87: unix.SYS_UNLINKAT}

// tracer follows a child and writes down what it does to the files of one folder.
type tracer struct {
	dir     string
	mem     *os.File
	story   []deed
	open    map[uint64]*handle // by number
	files   map[string]int     // by name, as the folder is now
	count   int                // files so far
	entered map[int]syscallInfo
	full    *fullDisk
}

// fullDisk refuses calls that need room, from the moment the child says "tight" until
// it says "room": those after the first few, or with sync only the syncs among them.
type fullDisk struct {
	after   int
	sync    bool
	on      bool
	seen    int          // calls that need room
	refused []string     // the names of the files
	denied  map[int]bool // processes in a call that is refused
}

// handle is an open file of the child.
type handle struct {
	name string
	file int // negative for the folder itself
	at   int64
}

// trace runs a child to its end and returns its deeds. The error says that this
// system lets nobody be traced.
func trace(c *exec.Cmd, dir string, full *fullDisk) ([]deed, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c.SysProcAttr.Ptrace = true
	if err := c.Start(); err != nil {
		return nil, err
	}
	pid := c.Process.Pid
	var ws unix.WaitStatus
	if _, err := unix.Wait4(pid, &ws, 0, nil); err != nil {
		return nil, err
	}
	if err := unix.PtraceSetOptions(pid, traceOptions); err != nil {
		_ = c.Process.Kill()
		return nil, err
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		_ = c.Process.Kill()
		return nil, err
	}
	defer mem.Close()
	t := &tracer{dir: dir, mem: mem, open: map[uint64]*handle{}, files: map[string]int{}, entered: map[int]syscallInfo{}, full: full}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries { // what is there already is known by name only
		t.files[filepath.Join(dir, e.Name())] = t.count
		t.count++
	}
	err = t.follow(pid)
	_ = c.Process.Release() // it was waited for below
	return t.story, err
}

// follow lets the child go on from one system call to the next.
func (t *tracer) follow(pid int) error {
	next, signal := pid, 0
	for {
		if err := unix.PtraceSyscall(next, signal); err != nil && err != unix.ESRCH {
			return err
		}
		var ws unix.WaitStatus
		who, err := unix.Wait4(-1, &ws, unix.WALL|ownChildren, nil)
		if err != nil {
			return err
		}
		next, signal = who, 0
		switch {
		case (ws.Exited() || ws.Signaled()) && who == pid:
			if ws.ExitStatus() != 0 {
				return fmt.Errorf("the child ended with %v", ws)
			}
			return nil
		case !ws.Stopped():
		case ws.StopSignal() == unix.SIGTRAP|0x80:
			// A thread may be gone by now, because another one ended the process.
			if err := t.stopped(who); err != nil && !errors.Is(err, unix.ESRCH) {
				return err
			}
		case ws.StopSignal() != unix.SIGTRAP && ws.StopSignal() != unix.SIGSTOP:
			signal = int(ws.StopSignal())
		}
	}
}

// stopped looks at a call at its entry, and at its exit writes it down.
func (t *tracer) stopped(who int) error {
	var info syscallInfo
	_, _, no := unix.Syscall6(unix.SYS_PTRACE, getSyscallInfo, uintptr(who), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if no != 0 {
		return no
	}
	if info.op == 1 {
		t.entered[who] = info
		return t.refuse(who, info)
	}
	if t.full != nil && t.full.denied[who] {
		delete(t.full.denied, who)
		delete(t.entered, who)
		return answer(who, unix.ENOSPC)
	}
	call, ok := t.entered[who]
	delete(t.entered, who)
	if result := int64(info.num); ok && result >= 0 {
		return t.did(call, result)
	}
	return nil
}

// refuse lets a call that needs room find the disk full.
func (t *tracer) refuse(who int, call syscallInfo) error {
	f := t.full
	if f == nil || !f.on {
		return nil
	}
	name := t.needsRoom(call)
	if name == "" {
		return nil
	}
	if f.seen++; f.seen <= f.after {
		return nil
	}
	f.refused = append(f.refused, name)
	f.denied[who] = true
	return skip(who)
}

// needsRoom names the file for which a call needs room; empty if it needs none.
func (t *tracer) needsRoom(call syscallInfo) string {
	num, a := call.num, call.args
	if call.arch == archX8664 && x86Names[num] != 0 {
		num, a = x86Names[num], [6]uint64{0, a[0], 0, a[1]}
	}
	switch num {
	case unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_FTRUNCATE, unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		sync := num == unix.SYS_FSYNC || num == unix.SYS_FDATASYNC
		if h := t.open[a[0]]; h != nil && sync == t.full.sync {
			return h.name
		}
	case unix.SYS_OPENAT:
		name := t.name(a[1])
		if _, there := t.files[name]; !t.full.sync && a[2]&unix.O_CREAT != 0 && !there && t.ours(name) {
			return name
		}
	case unix.SYS_LINKAT, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2:
		if name := t.name(a[3]); !t.full.sync && t.ours(name) {
			return name
		}
	}
	return ""
}

// did writes down a call that succeeded, if it is about the folder.
func (t *tracer) did(call syscallInfo, result int64) error {
	a := call.args
	num := call.num
	if call.arch == archX8664 && x86Names[num] != 0 {
		num = x86Names[num]
		a = [6]uint64{0, a[0], 0, a[1]}
	}
	switch num {
	case unix.SYS_OPENAT:
		return t.opened(t.name(a[1]), a[2], uint64(result))
	case unix.SYS_CLOSE:
		delete(t.open, a[0])
	case unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_LINKAT:
		from, to := t.name(a[1]), t.name(a[3])
		if f, ok := t.files[from]; ok && t.ours(to) {
			t.files[to] = f
			t.tell(deed{does: isNamed, name: to, file: f})
			if num != unix.SYS_LINKAT {
				t.forget(from)
			}
		}
	case unix.SYS_UNLINKAT:
		t.forget(t.name(a[1]))
	case unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_FTRUNCATE, unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		return t.handled(num, a, result)
	}
	return nil
}

// handled is what happens to a file that is open.
func (t *tracer) handled(num uint64, a [6]uint64, result int64) error {
	h := t.open[a[0]]
	if h == nil && (num != unix.SYS_WRITE || a[0] != 1) {
		return nil
	}
	var b []byte
	if num == unix.SYS_WRITE || num == unix.SYS_PWRITE64 {
		b = make([]byte, result)
		if _, err := t.mem.ReadAt(b, int64(a[1])); err != nil {
			return err
		}
	}
	switch {
	case h == nil:
		t.heard(strings.TrimSpace(string(b)))
	case num == unix.SYS_FTRUNCATE:
		t.tell(deed{does: isCut, file: h.file, at: int64(a[1])})
	case num == unix.SYS_PWRITE64:
		t.tell(deed{does: isWritten, file: h.file, at: int64(a[3]), bytes: b})
	case num == unix.SYS_WRITE:
		t.tell(deed{does: isWritten, file: h.file, at: h.at, bytes: b})
		h.at += result
	default:
		t.tell(deed{does: isSynced, file: h.file})
	}
	return nil
}

func (t *tracer) heard(line string) {
	t.tell(deed{does: says, name: line})
	if t.full != nil && (line == "tight" || line == "room") {
		t.full.on = line == "tight"
	}
}

func (t *tracer) tell(d deed) { t.story = append(t.story, d) }

func (t *tracer) ours(name string) bool { return filepath.Dir(name) == t.dir }

// opened follows a file of the folder; one that was not there is new.
func (t *tracer) opened(name string, flags, number uint64) error {
	if name == t.dir {
		t.open[number] = &handle{name: name, file: folder}
		return nil
	}
	if !t.ours(name) {
		return nil
	}
	f, known := t.files[name]
	if !known {
		if flags&unix.O_CREAT == 0 {
			return fmt.Errorf("a file that nobody made: %s", name)
		}
		f = t.count
		t.count++
		t.files[name] = f
		t.tell(deed{does: isNamed, name: name, file: f})
	} else if flags&unix.O_TRUNC != 0 {
		t.tell(deed{does: isCut, file: f})
	}
	t.open[number] = &handle{name: name, file: f}
	return nil
}

func (t *tracer) forget(name string) {
	if _, ok := t.files[name]; ok {
		delete(t.files, name)
		t.tell(deed{does: isForgotten, name: name})
	}
}

// name reads a path from the child's memory.
func (t *tracer) name(at uint64) string {
	var b [4096]byte
	n, _ := t.mem.ReadAt(b[:], int64(at)) // it may end before
	path, _, _ := bytes.Cut(b[:n], []byte{0})
	return string(path)
}
