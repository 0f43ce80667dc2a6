package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	idle     = 500 * time.Millisecond // after which an idle process gives up the lock
	longest  = 500 * time.Millisecond // after which a busy one lets others have a turn
	turn     = 12 * time.Millisecond  // how long such a turn is; more than two knocks
	knock    = 4 * time.Millisecond   // how often a waiting process tries
	patience = 5 * time.Second        // after which it gives up
	sizeMax  = 8 << 30                // of the file
)

// openHow says how a file is opened.
type openHow struct {
	readOnly bool
	noSync   bool
	patience time.Duration
}

// openFile opens a bbolt file and has its lock. It never makes a file, never takes
// a file that was replaced while it waited, and gives the lock back when a damaged
// page makes bbolt panic.
func openFile(path string, how openHow) (*bolt.DB, *os.File, error) {
	if how.patience == 0 {
		how.patience = patience
	}
	for waited := time.Duration(0); ; waited += knock {
		db, f, err := openOnce(path, how)
		if err == nil {
			return db, f, nil
		}
		if !errors.Is(err, berrors.ErrTimeout) && !errors.Is(err, errMoved) {
			return nil, nil, classify(err)
		}
		if waited >= how.patience {
			return nil, nil, sayInUse(path)
		}
		time.Sleep(knock)
	}
}

// errMoved says that the file was replaced between opening and locking it.
var errMoved = errors.New("the file was replaced")

func openOnce(path string, how openHow) (db *bolt.DB, f *os.File, err error) {
	if _, err := preflight(path); err != nil {
		return nil, nil, err
	}
	o := &bolt.Options{
		Timeout: time.Nanosecond, MaxSize: sizeMax, ReadOnly: how.readOnly, NoSync: how.noSync,
		PreLoadFreelist: true, NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			var err error
			f, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return f, err
		},
	}
	err = guard(func() error {
		var err error
		db, err = bolt.Open(path, 0o600, o)
		return err
	})
	if err != nil {
		if f != nil {
			letGo(f) // if bbolt did not
		}
		return nil, nil, err
	}
	mine, err1 := f.Stat()
	now, err2 := os.Stat(path)
	if err1 != nil || err2 != nil || !os.SameFile(mine, now) {
		_ = db.Close() // nothing was written
		return nil, nil, errMoved
	}
	return db, f, nil
}

func lockPath(path string) string { return path + ".lock" }

// sayInUse names the process that holds the store, as it wrote itself down.
func sayInUse(path string) error {
	who := "another window"
	if b, err := os.ReadFile(lockPath(path)); err == nil && len(b) < 100 {
		if pid, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil {
			who = fmt.Sprintf("another coachdesk (process %d)", pid)
		}
	}
	return say(ErrInUse, nil, "The store is in use by %s. Try again when it is done.", who)
}

// lease is the open file of a store, for as long as it is needed. One operation
// runs at a time: they are short.
type lease struct {
	mu     sync.Mutex
	path   string
	how    openHow
	quiet  bool // leave no .lock file: the store is somebody's backup
	pid    int
	db     *bolt.DB
	file   *os.File
	info   os.FileInfo // of the file as it was opened last
	held   *time.Timer // rings when the lock was held for long
	gap    *time.Timer // rings when the others had their turn
	timer  *time.Timer // gives up the lock of an idle process
	work   uint64      // counts operations, so that an old timer knows that it is old
	broken error       // after a fault inside bbolt, which may hold its own locks
	closed bool
	fresh  func(*bolt.DB) error // looks at the file whenever it was opened anew
}

// lookOnly is a lease on a file that is not changed, not even by a file beside it.
func lookOnly(path string) *lease {
	return &lease{path: path, quiet: true, how: openHow{readOnly: true}}
}

// with runs an operation on the open file.
func (l *lease) with(f func(*bolt.DB) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.take(); err != nil {
		return err
	}
	err := f(l.db)
	l.rest()
	return err
}

// take has the file open. The caller holds mu.
func (l *lease) take() error {
	l.work++
	switch {
	case l.closed:
		return say(ErrClosed, nil, "The store is closed.")
	case l.broken != nil:
		return l.broken
	case l.db != nil:
		return nil
	}
	if l.gap != nil {
		<-l.gap.C
		l.gap = nil
	}
	db, f, err := openFile(l.path, l.how)
	if errors.Is(err, ErrReadOnly) && !l.how.readOnly {
		l.how.readOnly = true
		db, f, err = openFile(l.path, l.how)
	}
	if err != nil {
		return err
	}
	l.db, l.file, l.held = db, f, time.NewTimer(longest)
	l.info, _ = f.Stat() // without it every look is a whole one
	l.signIn()
	if l.fresh == nil {
		return nil
	}
	if err := l.fresh(db); err != nil {
		l.release()
		return err
	}
	return nil
}

// rest lets the lock go soon, or now if it was held for long: a waiting process
// knocks often enough to get its turn.
func (l *lease) rest() {
	if l.db == nil {
		return
	}
	select {
	case <-l.held.C:
		l.release()
		l.gap = time.NewTimer(turn)
		return
	default:
	}
	work := l.work
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer = time.AfterFunc(idle, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.work == work {
			l.release()
		}
	})
}

// release closes the file. The caller holds mu.
func (l *lease) release() {
	if l.db == nil {
		return
	}
	db := l.db
	l.db, l.file = nil, nil
	_ = guard(db.Close) // everything acknowledged was synced at its commit
}

// breakOff gives the lock back after a fault inside bbolt, whose Close would wait
// for ever. The mapping stays until the process ends.
func (l *lease) breakOff(err error) {
	l.broken = err
	if l.file != nil {
		letGo(l.file)
	}
	l.db, l.file = nil, nil
}

// hurry shortens the patience with other processes: somebody wants to leave.
func (l *lease) hurry() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.how.patience = longest
}

// end closes the store for good.
func (l *lease) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.release()
	l.closed = true
	if b, err := os.ReadFile(lockPath(l.path)); err == nil && string(b) == l.signature() && !l.quiet {
		_ = os.Remove(lockPath(l.path)) // only a courtesy to those who read it
	}
}

func (l *lease) signature() string { return strconv.Itoa(l.pid) + "\n" }

// signIn writes down who holds the lock, for the message that others show. It is a
// courtesy: whether it succeeds does not matter.
func (l *lease) signIn() {
	if l.quiet || l.how.readOnly {
		return
	}
	name := lockPath(l.path)
	if b, err := os.ReadFile(name); err == nil && string(b) == l.signature() {
		return
	}
	if st, err := os.Lstat(name); err == nil && !st.Mode().IsRegular() {
		return // never write through somebody's link
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return
	}
	_ = os.WriteFile(name, []byte(l.signature()), 0o600)
}

// guarded runs f on the file. A fault that f does not catch itself happened inside
// bbolt, which then keeps its own locks: the file is not touched any more.
func (l *lease) guarded(f func() error) error {
	ended := false
	err := guard(func() error {
		err := f()
		ended = true
		return err
	})
	if !ended {
		l.breakOff(err)
	}
	return err
}

// read runs f in a read transaction. What f keeps it must copy.
func (l *lease) read(f func(*bolt.Tx) error) error {
	return l.with(func(db *bolt.DB) error {
		return classify(l.guarded(func() error { return view(db, f) }))
	})
}

func view(db *bolt.DB, f func(*bolt.Tx) error) error {
	return db.View(func(tx *bolt.Tx) error { return guard(func() error { return f(tx) }) })
}

// write runs f in a write transaction and commits it. After an error of the commit
// itself the file is closed, so that the next operation sees what is on disk.
// Whenever nothing was written, undone is called, and told whether f had agreed.
func (l *lease) write(f func(*bolt.Tx) error, undone func(agreed bool)) error {
	return l.with(func(db *bolt.DB) error {
		agreed := false
		err := l.guarded(func() error {
			return db.Update(func(tx *bolt.Tx) error {
				err := guard(func() error { return f(tx) })
				agreed = err == nil
				return err
			})
		})
		if err == nil {
			return nil
		}
		if agreed {
			l.release()
		}
		undone(agreed)
		return classify(err)
	})
}

// pause gives the lock up until the next operation.
func (l *lease) pause() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release()
}

// setFresh sets what looks at the file whenever it was opened anew.
func (l *lease) setFresh(f func(*bolt.DB) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fresh = f
}

// rename follows the file to its lasting name.
func (l *lease) rename(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.path, l.quiet = path, false
}
