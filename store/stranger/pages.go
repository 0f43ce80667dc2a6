package stranger

import (
	"encoding/binary"
	"hash/fnv"
)

// bbolt believes what its pages say. A flipped bit in a page can make it read
// past the end of the file or go round in circles. So the pages are walked
// once with every step checked, before bbolt sees the file.

const (
	pageHead    = 16
	elementSize = 16
	bucketHead  = 16

	flagBranch   = 1
	flagLeaf     = 2
	flagMeta     = 4
	flagFreelist = 16

	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = ^uint64(0)
)

// order is the byte order of this machine, as the page says: bbolt writes in
// that of its own.
var order = binary.NativeEndian

// pageMeta is what this check needs of one of the two headers.
type pageMeta struct {
	size, root, freelist, high, txid uint64
}

// walker walks the pages of one file.
type walker struct {
	file []byte
	meta pageMeta
	seen map[uint64]bool
}

// checkPages checks the two headers and all pages that are in use. Both
// headers must be right: with one of them damaged bbolt would quietly show the
// store as it was one command earlier.
func checkPages(file []byte) error {
	first, err := readHeader(file, 0)
	if err != nil {
		return err
	}
	second, err := readHeader(file, first.size)
	if err != nil {
		return err
	}
	newest := first
	if second.txid > first.txid {
		newest = second
	}
	if second.size != first.size || first.txid == second.txid || newest.txid > min(first.txid, second.txid)+1 {
		return damage("pages: the two headers do not belong together")
	}
	if newest.high > uint64(len(file))/newest.size {
		return damage("pages: the file was cut off")
	}
	w := &walker{file: file, meta: newest, seen: map[uint64]bool{}}
	if err := w.freelist(); err != nil {
		return err
	}
	return w.page(newest.root)
}

// readHeader reads one of the two headers of the file.
func readHeader(file []byte, at uint64) (pageMeta, error) {
	const length = 64
	if at > uint64(len(file)) || uint64(len(file))-at < pageHead+length {
		return pageMeta{}, damage("pages: no header")
	}
	page := file[at:]
	b := page[pageHead : pageHead+length]
	sum := fnv.New64a()
	sum.Write(b[:length-8])
	size := uint64(order.Uint32(b[8:]))
	switch {
	case order.Uint16(page[8:]) != flagMeta,
		order.Uint32(b) != boltMagic,
		order.Uint32(b[4:]) != boltVersion,
		order.Uint64(b[length-8:]) != sum.Sum64():
		return pageMeta{}, damage("pages: a header is not right")
	case size < 512 || size > 1<<20 || size&(size-1) != 0:
		return pageMeta{}, damage("pages: a page of %d bytes", size)
	}
	return pageMeta{
		size:     size,
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		high:     order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}, nil
}

// take returns the bytes of a page with its overflow, once.
func (w *walker) take(id uint64) ([]byte, error) {
	size := w.meta.size
	if id < 2 || id >= w.meta.high {
		return nil, damage("pages: there is no page %d", id)
	}
	p := w.file[id*size:]
	count := 1 + uint64(order.Uint32(p[12:]))
	if order.Uint64(p) != id || count > w.meta.high-id {
		return nil, damage("pages: page %d is not itself", id)
	}
	for n := id; n < id+count; n++ {
		if w.seen[n] {
			return nil, damage("pages: page %d is used twice", n)
		}
		w.seen[n] = true
	}
	return p[:count*size], nil
}

// freelist checks the list of free pages.
func (w *walker) freelist() error {
	if w.meta.freelist == noFreelist {
		return nil
	}
	p, err := w.take(w.meta.freelist)
	if err != nil {
		return err
	}
	if order.Uint16(p[8:]) != flagFreelist {
		return damage("pages: no list of free pages")
	}
	count, ids := uint64(order.Uint16(p[10:])), p[pageHead:]
	if count == 0xFFFF {
		count, ids = order.Uint64(ids), ids[8:]
	}
	if count > uint64(len(ids))/8 {
		return damage("pages: the list of free pages is cut off")
	}
	for i := range count {
		if id := order.Uint64(ids[i*8:]); id < 2 || id >= w.meta.high {
			return damage("pages: page %d cannot be free", id)
		}
	}
	return nil
}

// page walks a page and everything under it.
func (w *walker) page(id uint64) error {
	p, err := w.take(id)
	if err != nil {
		return err
	}
	return w.elements(p, true)
}

// elements walks the elements of a page. The page of a small bucket lies
// inside the value of its bucket and has no branches.
func (w *walker) elements(p []byte, branches bool) error {
	if len(p) < pageHead {
		return damage("pages: a page is cut off")
	}
	flags, count := order.Uint16(p[8:]), int(order.Uint16(p[10:]))
	if pageHead+count*elementSize > len(p) {
		return damage("pages: a page of %d elements", count)
	}
	for i := range count {
		at := pageHead + i*elementSize
		e := p[at:]
		switch {
		case flags == flagBranch && branches:
			if _, err := part(e, order.Uint32(e), order.Uint32(e[4:])); err != nil {
				return err
			}
			if err := w.page(order.Uint64(e[8:])); err != nil {
				return err
			}
		case flags == flagLeaf:
			if err := w.leaf(e); err != nil {
				return err
			}
		default:
			return damage("pages: a page of type %d", flags)
		}
	}
	if flags != flagLeaf && count == 0 {
		return damage("pages: an empty page of type %d", flags)
	}
	return nil
}

// leaf checks one element of a leaf, and walks the bucket that it may hold.
func (w *walker) leaf(e []byte) error {
	pos, keySize, valueSize := order.Uint32(e[4:]), order.Uint32(e[8:]), order.Uint32(e[12:])
	if _, err := part(e, pos, keySize); err != nil {
		return err
	}
	value, err := part(e, pos+keySize, valueSize)
	if err != nil {
		return err
	}
	switch order.Uint32(e) {
	case 0:
		return nil
	case 1:
	default:
		return damage("pages: an element with flags %d", order.Uint32(e))
	}
	if len(value) < bucketHead {
		return damage("pages: a bucket is cut off")
	}
	if root := order.Uint64(value); root != 0 {
		return w.page(root)
	}
	return w.elements(value[bucketHead:], false)
}

// part returns a piece of an element. Positions count from the element.
func part(e []byte, pos, size uint32) ([]byte, error) {
	if uint64(pos)+uint64(size) > uint64(len(e)) {
		return nil, damage("pages: an element reaches past its page")
	}
	return e[pos : uint64(pos)+uint64(size)], nil
}
