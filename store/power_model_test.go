package store_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
)

// A disk keeps what was written before a sync that succeeded. Of what came after, a
// power cut keeps whatever it likes, sector by sector; names of files it keeps in the
// order in which they were given, up to some moment after the folder's last sync.
type deed struct {
	does  doing
	name  string // of the file, or what the child said
	file  int
	at    int64
	bytes []byte
}

type doing int

const (
	isWritten doing = iota
	isCut
	isSynced
	isNamed
	isForgotten
	says
)

// folder stands for the folder itself where a file is synced.
const folder = -1

const sector = 512

// fate says how much of a deed that was not synced a power cut keeps: none, some
// sectors, or all of it.
type fate func(i int, d deed) kept

// kept says which sectors of a write stay; nil keeps none of them.
type kept func(sector int64) bool

func keepAll(int64) bool { return true }

// states of a disk after a power cut behind the first n deeds of a story: what is in
// which file, by name. Names not synced are kept up to the first that fate drops.
func crash(story []deed, n int, f fate) map[string][]byte {
	synced := map[int]int{} // the last sync of a file
	for i, d := range story[:n] {
		if d.does == isSynced {
			synced[d.file] = i
		}
	}
	safe := func(file, i int) bool { last, ok := synced[file]; return ok && i < last }
	disk, names, lost := map[int][]byte{}, map[string]int{}, false
	for i, d := range story[:n] {
		switch d.does {
		case isWritten, isCut:
			keep := kept(keepAll)
			if !safe(d.file, i) {
				keep = f(i, d)
			}
			if keep != nil {
				disk[d.file] = change(disk[d.file], d, keep)
			}
		case isNamed, isForgotten:
			if lost = lost || !safe(folder, i) && f(i, d) == nil; lost {
				continue
			}
			if delete(names, d.name); d.does == isNamed {
				names[d.name] = d.file
			}
		case isSynced, says: // nothing on the disk changes
		}
	}
	files := map[string][]byte{}
	for name, file := range names {
		files[name] = disk[file]
	}
	return files
}

// change makes a write or a cut happen to the bytes of a file. It copies: several
// states share what was before.
func change(b []byte, d deed, keep kept) []byte {
	if d.does == isCut {
		return append(append(make([]byte, 0, d.at), b[:min(int64(len(b)), d.at)]...), make([]byte, max(0, d.at-int64(len(b))))...)
	}
	for from := int64(0); from < int64(len(d.bytes)); {
		at := d.at + from
		to := min(from+sector-at%sector, int64(len(d.bytes)))
		if keep(at / sector) {
			if short := d.at + to - int64(len(b)); short > 0 {
				b = append(b, make([]byte, short)...)
			}
			copy(b[at:], d.bytes[from:to])
		}
		from = to
	}
	return b
}

// The ways in which a power cut takes things away.
func everythingKept(int, deed) kept { return keepAll }

func nothingKept(int, deed) kept { return nil }

func allBut(one int) fate {
	return func(i int, _ deed) kept {
		if i == one {
			return nil
		}
		return keepAll
	}
}

func onlyOne(one int) fate {
	return func(i int, d deed) kept {
		if i == one || d.does == isNamed || d.does == isForgotten {
			return keepAll
		}
		return nil
	}
}

// anyOf keeps a random part of the writes, and of some of those only some sectors.
func anyOf(r *rand.Rand) fate {
	share := r.IntN(101)
	return func(int, deed) kept {
		switch {
		case r.IntN(100) >= share:
			return nil
		case r.IntN(3) > 0:
			return keepAll
		}
		salt := r.Uint64()
		return func(s int64) bool { return (salt>>(uint64(s)%61))&1 == 1 }
	}
}

// lay writes a state of the disk into a folder.
func lay(files map[string][]byte, dir string) error {
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// unsynced are the writes and cuts behind the first n deeds that no sync has made safe.
func unsynced(story []deed, n int) []int {
	synced := map[int]int{}
	for i, d := range story[:n] {
		if d.does == isSynced {
			synced[d.file] = i
		}
	}
	var all []int
	for i, d := range story[:n] {
		if last, ok := synced[d.file]; (d.does == isWritten || d.does == isCut) && (!ok || i > last) {
			all = append(all, i)
		}
	}
	return all
}
