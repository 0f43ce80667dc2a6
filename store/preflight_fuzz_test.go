package store

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"
)

// resum gives both headers of a file the checksum that their bytes have, so that the
// fuzzer comes past it.
func resum(b []byte) {
	for _, at := range []int{16, 4096 + 16} {
		if len(b) >= at+64 {
			sum := fnv.New64a()
			_, _ = sum.Write(b[at : at+56]) // never fails
			binary.NativeEndian.PutUint64(b[at+56:], sum.Sum64())
		}
	}
}

// bareHeader is a page that says that it is the first of a bbolt file.
func bareHeader(pages, tx uint64) []byte {
	b := make([]byte, 4096)
	le := binary.NativeEndian
	le.PutUint32(b[16:], boltMagic)
	le.PutUint32(b[20:], boltVersion)
	le.PutUint32(b[24:], 4096)
	le.PutUint64(b[56:], pages)
	le.PutUint64(b[64:], tx)
	return b
}

// FuzzPreflight looks at any file: what passes is as long as its header says, and
// what does not is a sentence of its kind.
func FuzzPreflight(f *testing.F) {
	two := append(bareHeader(2, 1), bareHeader(2, 2)...)
	f.Add(two, true)
	f.Add(bareHeader(4, 1), true)
	f.Add(append(bareHeader(1<<62, 1), bareHeader(1<<52, 0)...), true)
	f.Add(append(bareHeader(0, 1), 1), true)
	f.Add([]byte("SQLite format 3\x00"), false)
	f.Add([]byte{}, false)
	path := filepath.Join(f.TempDir(), "desk.coach")
	f.Fuzz(func(t *testing.T, b []byte, sums bool) {
		if sums {
			resum(b)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := preflight(path)
		bad, lameErr := lame(path)
		if lameErr != nil {
			t.Errorf("looking for a damaged header: %v", lameErr)
		}
		if err != nil {
			if k := kindName(err); k == "" {
				t.Errorf("not a sentence of a kind: %v", err)
			}
			return
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		h, both := newestHeader(file)
		if h.pageSize == 0 || h.highWater == 0 || h.highWater > uint64(len(b))/uint64(h.pageSize) || both == bad {
			t.Errorf("%d bytes pass with %+v", len(b), h)
		}
	})
}

func kindName(err error) string {
	for name, kind := range map[string]error{"damaged": ErrDamaged, "not a store": ErrNotStore} {
		if errors.Is(err, kind) {
			return name
		}
	}
	return ""
}
