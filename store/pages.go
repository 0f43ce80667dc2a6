package store

import (
	"encoding/binary"
	"io"
	"os"
)

// The kinds of pages of a bbolt file, and the mark of an element that is a bucket.
const (
	branchPage    = 0x01
	leafPage      = 0x02
	bucketElement = 0x01
	pageHead      = 16 // id (8 bytes), kind, count (2 each), overflow (4)
	elementHead   = 16 // flags, position, sizes of key and value (4 each)
	bucketHead    = 16 // root page and sequence of a bucket (8 each)
)

// eachElement goes through every leaf page of a file by plain reads, whether a tree
// still leads to it or not, and gives every key and value that fits into its page to
// f. Pages that are damaged give what can be read of them. The seals tell what of it
// is true.
func eachElement(f *os.File, found func(k, v []byte)) error {
	step, span := pageSizes(f)
	st, err := f.Stat()
	if err != nil {
		return classify(err)
	}
	var head [pageHead]byte
	budget := 16*st.Size() + leafMax // a file made for it would have itself read over and over
	for at := int64(0); at+pageHead <= st.Size(); at += step {
		if _, err := f.ReadAt(head[:], at); err != nil {
			return classify(err)
		}
		if kind := binary.NativeEndian.Uint16(head[8:]); kind != leafPage {
			continue
		}
		if budget < 0 {
			clear(head[12:]) // what overflows is left out
		}
		page, err := readPage(f, at, span, head)
		if err != nil {
			return err
		}
		budget -= int64(len(page))
		elementsOf(page, found)
	}
	return nil
}

// readPage reads a page with what overflows it.
func readPage(f *os.File, at, span int64, head [pageHead]byte) ([]byte, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, classify(err)
	}
	size := (int64(binary.NativeEndian.Uint32(head[12:])) + 1) * span
	page := make([]byte, max(0, min(size, st.Size()-at, leafMax)))
	if _, err := f.ReadAt(page, at); err != nil && err != io.EOF {
		return nil, classify(err)
	}
	return page, nil
}

// tree is a walk through the living trees of a file by plain reads: damage that would
// make bbolt crash or turn in circles ends it where it is.
type tree struct {
	f     *os.File
	size  int64
	seen  map[uint64]bool
	whole bool // so far
}

// walkTrees gives every key and value that the newest header leads to, and returns the
// names of the buckets that could be gone through to their end.
func walkTrees(f *os.File, found func(k, v []byte)) map[string]bool {
	walked := map[string]bool{}
	h, _ := newestHeader(f)
	if !h.valid {
		return walked
	}
	t := &tree{f: f, size: int64(h.pageSize), seen: map[uint64]bool{}, whole: true}
	t.walk(h.root, 0, func(flags uint32, name, v []byte) {
		if flags&bucketElement == 0 || len(v) < bucketHead {
			return
		}
		t.whole = true
		t.bucket(v, found)
		walked[string(name)] = t.whole
	})
	return walked
}

// bucket walks a bucket, which is a page of its own or lies inside the element.
func (t *tree) bucket(v []byte, found func(k, v []byte)) {
	root := binary.NativeEndian.Uint64(v)
	if root == 0 {
		inBucket(v[bucketHead:], found)
		return
	}
	t.walk(root, 0, func(flags uint32, k, v []byte) {
		if flags&bucketElement == 0 {
			found(k, v)
		}
	})
}

// deepest is more than the levels of any tree that fits on a disk.
const deepest = 64

// walk goes down from a page, and gives the elements of all leaves.
func (t *tree) walk(id uint64, depth int, each func(flags uint32, k, v []byte)) {
	at := int64(id) * t.size
	var head [pageHead]byte
	if _, err := t.f.ReadAt(head[:], at); err != nil || id > 1<<40 || depth > deepest || t.seen[id] || binary.NativeEndian.Uint64(head[:]) != id {
		t.whole = false
		return
	}
	t.seen[id] = true
	switch binary.NativeEndian.Uint16(head[8:]) {
	case leafPage:
		page, err := readPage(t.f, at, t.size, head)
		t.whole = err == nil && eachOf(page, each) && t.whole
	case branchPage:
		// Of a branch only its list is read, and let go before the branches are walked.
		list := make([]byte, elementHead*int(binary.NativeEndian.Uint16(head[10:])))
		if _, err := t.f.ReadAt(list, at+pageHead); err != nil {
			t.whole = false
			return
		}
		for ; len(list) > 0; list = list[elementHead:] {
			t.walk(binary.NativeEndian.Uint64(list[8:]), depth+1, each)
		}
	default:
		t.whole = false
	}
}

// inBucket reads the elements of a small bucket. Ours hold no further ones.
func inBucket(page []byte, found func(k, v []byte)) {
	eachOf(page, func(flags uint32, k, v []byte) {
		if flags&bucketElement == 0 {
			found(k, v)
		}
	})
}

// leafMax bounds a leaf page with what overflows it: a longer one has a damaged length.
const leafMax = 64 << 20

// elementsOf reads the elements of one leaf page, and of the small buckets inside it.
func elementsOf(page []byte, found func(k, v []byte)) {
	eachOf(page, func(flags uint32, k, v []byte) {
		switch {
		case flags&bucketElement == 0:
			found(k, v)
		case len(v) > bucketHead && binary.NativeEndian.Uint64(v) == 0:
			inBucket(v[bucketHead:], found)
		}
	})
}

// eachOf reads the elements of one leaf page, and reports whether all of them fit.
func eachOf(page []byte, f func(flags uint32, k, v []byte)) bool {
	if len(page) < pageHead {
		return false
	}
	whole := true
	for i := range int(binary.NativeEndian.Uint16(page[10:])) {
		at := pageHead + i*elementHead
		if at+elementHead > len(page) {
			return false
		}
		e := page[at:]
		pos, ksize, vsize := int(binary.NativeEndian.Uint32(e[4:])), int(binary.NativeEndian.Uint32(e[8:])), int(binary.NativeEndian.Uint32(e[12:]))
		if pos > len(e) || ksize > len(e)-pos || vsize > len(e)-pos-ksize {
			whole = false
			continue
		}
		f(binary.NativeEndian.Uint32(e), e[pos:pos+ksize], e[pos+ksize:pos+ksize+vsize])
	}
	return whole
}

// pageSizes returns how large the pages of a file are, as its headers say. Without a
// header every page is found in steps of the smallest size that systems have, and may
// be as large as the largest.
func pageSizes(f *os.File) (step, span int64) {
	if h, _ := newestHeader(f); h.valid && h.pageSize >= 512 && h.pageSize <= 1<<16 {
		return int64(h.pageSize), int64(h.pageSize)
	}
	return 4096, 1 << 16
}
