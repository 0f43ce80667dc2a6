package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
)

// header is one of the two pages at the beginning of a bbolt file that say which
// transaction is the last.
type header struct {
	pageSize  uint32
	root      uint64 // the page of the tree of buckets
	free      uint64 // the page of the list of free pages
	highWater uint64 // pages
	tx        uint64
	valid     bool
}

const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2
)

// readHeader reads a header at an offset with a plain read. Its layout is 16 bytes
// of page header, then magic, version, page size, flags (4 bytes each), root page
// and sequence, freelist page, high water, transaction, checksum (8 bytes each).
func readHeader(f *os.File, at int64) header {
	var h header
	var page [80]byte
	if _, err := f.ReadAt(page[:], at); err != nil {
		return h
	}
	b, le := page[16:], binary.NativeEndian
	if le.Uint32(b) != boltMagic || le.Uint32(b[4:]) != boltVersion {
		return h
	}
	h.pageSize = le.Uint32(b[8:])
	h.root, h.free = le.Uint64(b[16:]), le.Uint64(b[32:])
	h.highWater, h.tx = le.Uint64(b[40:]), le.Uint64(b[48:])
	sum := fnv.New64a()
	_, _ = sum.Write(b[:56]) // never fails
	h.valid = sum.Sum64() == le.Uint64(b[56:])
	return h
}

// newestHeader returns the header that counts, and whether the other one is whole
// too. Only the second can be at an unknown place, because pages are as large as the
// system that made the file says.
func newestHeader(f *os.File) (h header, both bool) {
	first := readHeader(f, 0)
	sizes := []int64{4096, 8192, 16384, 32768, 65536}
	if first.valid {
		sizes = []int64{int64(first.pageSize)}
	}
	for _, size := range sizes {
		second := readHeader(f, size)
		if second.valid && (!first.valid || second.tx > first.tx) {
			return second, first.valid
		}
		both = first.valid && second.valid
	}
	return first, both
}

// lame reports whether one of the two headers is damaged. bbolt then takes the other
// without a word: if the damaged one was the newer, the last command is gone. The
// next commit writes over the damaged one. The caller has the lock.
func lame(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, classify(err)
	}
	defer func() { _ = f.Close() }() // only read
	_, both := newestHeader(f)
	return !both, nil
}

// newestTx returns the last transaction of a file, as its headers say; zero when there
// is none.
func newestTx(path string) uint64 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }() // only read
	h, _ := newestHeader(f)
	return h.tx
}

// keepLame copies a file with a damaged header aside, once, before anything is
// written over it.
func keepLame(path, stamp string) (kept string, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", classify(err)
	}
	kept = path + ".damaged-" + stamp
	older, err := filepath.Glob(path + ".damaged-*")
	if err != nil {
		older = nil // a name with brackets in it; the worst is one copy too many
	}
	for _, name := range older {
		if c, err := os.ReadFile(name); err == nil && bytes.Equal(b, c) {
			return name, nil
		}
	}
	return kept, classify(replaceFile(kept, b))
}

// preflight finds cheap and common damage by plain reads, before a mapped page can
// fault: a foreign file, an empty one, one that is shorter than it says.
func preflight(path string) (tx uint64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, classify(err)
	}
	defer func() { _ = f.Close() }() // only read
	h, _ := newestHeader(f)
	// The size is read after the header: another process only ever makes the file
	// longer before it writes a header that says so.
	st, err := f.Stat()
	if err != nil {
		return 0, classify(err)
	}
	switch {
	case st.IsDir() || !st.Mode().IsRegular():
		return 0, say(ErrNotStore, nil, "%s is not a file.", path)
	case st.Size() == 0:
		return 0, sayEmpty(path)
	case !h.valid:
		return 0, sayForeign(path, f)
	case h.pageSize == 0 || h.highWater == 0:
		return 0, damaged("its headers say that it holds nothing")
	case h.highWater > uint64(st.Size())/uint64(h.pageSize): // a product might overflow
		return 0, damaged("the file has been cut short, to %d bytes of at least %d pages of %d", st.Size(), h.highWater, h.pageSize)
	}
	return h.tx, nil
}

// sayEmpty speaks of a file without a byte. It must never become a new store: the
// keys beside it may belong to records that a sync tool has taken away.
func sayEmpty(path string) error {
	if _, err := os.Lstat(mirrorPath(path)); err == nil {
		return say(ErrDamaged, nil, "The store %s is empty although its keys are here: something emptied it. Restore the newest backup.", path)
	}
	return say(ErrNotStore, nil, "%s is an empty file, not a store. Move it away, or restore a backup.", path)
}

func sayForeign(path string, f *os.File) error {
	_, err := os.Lstat(mirrorPath(path))
	if err == nil || looksLikeBolt(f) {
		return damaged("both of its headers are unreadable")
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return classify(err)
	}
	return say(ErrNotStore, nil, "%s is not a store of coachdesk.", path)
}

// looksLikeBolt reports whether a damaged header still carries bbolt's mark.
func looksLikeBolt(f *os.File) bool {
	for _, at := range []int64{16, 4096 + 16, 16384 + 16, 65536 + 16} {
		var b [4]byte
		if _, err := f.ReadAt(b[:], at); err == nil && binary.NativeEndian.Uint32(b[:]) == boltMagic {
			return true
		}
	}
	return false
}
