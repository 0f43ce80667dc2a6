package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/quick"

	"filippo.io/age"

	"coachdesk/store/seal"
)

func newBox(t testing.TB) *seal.Box {
	t.Helper()
	k, err := seal.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return seal.NewBox(k)
}

// Whatever is sealed opens in its place, and only there, under its key alone.
func TestRoundTrip(t *testing.T) {
	box, other := newBox(t), newBox(t)
	holds := func(bucket string, key, plain []byte, bare bool, epoch, scope byte) bool {
		h := seal.Header{Format: seal.Padded, Epoch: epoch, Scope: scope}
		if bare {
			h.Format = seal.Bare
		}
		v := box.Seal(h, bucket, key, plain)
		got, err := box.Open(bucket, key, v)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes came back as %d: %v", len(plain), len(got), err)
		}
		if back, err := seal.HeaderOf(v); err != nil || back != h {
			t.Errorf("the header %v came back as %v: %v", h, back, err)
		}
		_, err1 := other.Open(bucket, key, v)
		_, err2 := box.Open(bucket+"x", key, v)
		_, err3 := box.Open(bucket, append(bytes.Clone(key), 0), v)
		_, err4 := box.Open("", append([]byte(bucket), key...), v)
		for i, err := range []error{err1, err2, err3, err4} {
			if !errors.Is(err, seal.ErrSeal) && (i < 3 || bucket != "") {
				t.Errorf("another key or place %d: %v", i, err)
			}
		}
		return !t.Failed()
	}
	if err := quick.Check(holds, &quick.Config{MaxCount: 500}); err != nil {
		t.Error(err)
	}
}

// Bytes cannot move between the name of a bucket and the key in it.
func TestPlaceIsUnambiguous(t *testing.T) {
	box := newBox(t)
	v := box.Seal(seal.Header{Format: seal.Bare}, "rows", []byte("abc"), []byte("x"))
	for _, c := range []struct{ bucket, key string }{{"rowsa", "bc"}, {"row", "sabc"}, {"rows", "ab"}, {"rows", ""}, {"", "rows\x00abc"}} {
		if _, err := box.Open(c.bucket, []byte(c.key), v); !errors.Is(err, seal.ErrSeal) {
			t.Errorf("opened as %q of %q: %v", c.key, c.bucket, err)
		}
	}
}

// Every bit of every byte counts, and so does every length.
func TestTamper(t *testing.T) {
	box := newBox(t)
	plain := []byte("came by bus, wants to work in a kitchen")
	for _, format := range []byte{seal.Padded, seal.Bare} {
		v := box.Seal(seal.Header{Format: format, Epoch: 1, Scope: 2}, "journal", []byte("k"), plain)
		for i := range v {
			for bit := range 8 {
				w := bytes.Clone(v)
				w[i] ^= 1 << bit
				if _, err := box.Open("journal", []byte("k"), w); !errors.Is(err, seal.ErrSeal) {
					t.Errorf("format %d, byte %d, bit %d: %v", format, i, bit, err)
				}
			}
			if _, err := box.Open("journal", []byte("k"), v[:i]); !errors.Is(err, seal.ErrSeal) {
				t.Errorf("format %d cut to %d bytes: %v", format, i, err)
			}
		}
		if _, err := box.Open("journal", []byte("k"), append(v, 0)); !errors.Is(err, seal.ErrSeal) {
			t.Errorf("format %d with a byte more: %v", format, err)
		}
	}
}

// No two values are alike, not even of the same words.
func TestNoncesDiffer(t *testing.T) {
	box, seen := newBox(t), map[string]bool{}
	for range 1000 {
		v := string(box.Seal(seal.Header{Format: seal.Bare}, "b", nil, []byte("same")))
		if seen[v[3:15]] {
			t.Fatal("a nonce came twice")
		}
		seen[v[3:15]] = true
	}
}

// Sizes tell no more than steps of 64 bytes, and the padding is the least needed.
func TestPaddingSizes(t *testing.T) {
	for n := range 1000 {
		p := seal.Pad(make([]byte, n))
		if len(p)%64 != 0 || len(p) == 0 || len(p)-n > 64+2 {
			t.Errorf("%d bytes are padded to %d", n, len(p))
		}
		got, err := seal.Unpad(p)
		if err != nil || len(got) != n {
			t.Errorf("%d bytes come back as %d: %v", n, len(got), err)
		}
	}
	box := newBox(t)
	v := box.Seal(seal.Header{Format: seal.Padded}, "b", nil, []byte("short"))
	if len(v) != 3+12+64+16 {
		t.Errorf("a short value takes %d bytes", len(v))
	}
}

// What Unpad accepts is exactly what Pad makes.
func FuzzUnpad(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 64))
	f.Add(seal.Pad([]byte("came by bus")))
	f.Add(seal.Pad(bytes.Repeat([]byte{1}, 63)))
	f.Add(append(seal.Pad([]byte("x")), make([]byte, 64)...))
	f.Add(append([]byte{0x80, 0x00}, make([]byte, 62)...)) // a length that is longer than it needs to be
	f.Add(append(bytes.Repeat([]byte{0xFF}, 9), make([]byte, 55)...))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := seal.Unpad(bytes.Clone(text))
		if err != nil {
			if !errors.Is(err, seal.ErrSeal) {
				t.Errorf("%v", err)
			}
			return
		}
		if len(got) > len(text) {
			t.Errorf("%d bytes came out of %d", len(got), len(text))
		}
		if back, err := seal.Unpad(seal.Pad(got)); err != nil || !bytes.Equal(back, got) {
			t.Errorf("%x comes back as %x: %v", got, back, err)
		}
	})
}

// Opening never panics and never succeeds on what was not sealed.
func FuzzOpen(f *testing.F) {
	box := newBox(f)
	f.Add([]byte{})
	f.Add([]byte{1, 1, 0})
	f.Add(make([]byte, 31))
	f.Add(newBox(f).Seal(seal.Header{Format: seal.Padded}, "b", []byte("k"), []byte("x")))
	f.Fuzz(func(t *testing.T, v []byte) {
		if _, err := box.Open("b", []byte("k"), v); !errors.Is(err, seal.ErrSeal) {
			t.Errorf("%v", err)
		}
		if h, err := seal.HeaderOf(v); err == nil && (len(v) < 31 || h.Format == 0) {
			t.Errorf("%v of %d bytes", h, len(v))
		}
	})
}

// A slot opens with what it was closed for, and tells when it was changed.
func TestSlots(t *testing.T) {
	k, err := seal.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	to, err := seal.Passphrase("teapot", 4)
	if err != nil {
		t.Fatal(err)
	}
	s, err := seal.Slot{Name: "n", Kind: seal.ByPassphrase, Made: "2026-11-23"}.Close(to, k)
	if err != nil || !s.Whole() {
		t.Fatal(s, err)
	}
	for word, fits := range map[string]bool{"teapot": true, "teapot ": false, "Teapot": false} {
		with, err := seal.Try(word)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := seal.Unlock([]seal.Slot{s}, with)
		if fits && (err != nil || got != k) || !fits && !errors.Is(err, seal.ErrWrongKey) {
			t.Errorf("%q: %v", word, err)
		}
	}
	for _, change := range []func(*seal.Slot){
		func(s *seal.Slot) { s.Name = "m" }, func(s *seal.Slot) { s.Kind = seal.ByOffice }, func(s *seal.Slot) { s.Label = "l" },
		func(s *seal.Slot) { s.Made = "2026-11-24" }, func(s *seal.Slot) { s.Age = strings.ToLower(s.Age) }, func(s *seal.Slot) { s.Sum = "" },
	} {
		x := s
		if change(&x); x.Whole() {
			t.Errorf("a change goes unnoticed: %+v", x)
		}
	}
	if _, err := seal.Passphrase("", 4); err == nil {
		t.Error("an empty passphrase was taken")
	}
}

// A slot never gives anything but a whole key, and one that would take for ever to
// open is not tried.
func TestSlotsOfOthers(t *testing.T) {
	me, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var k seal.Key
	s, err := seal.Slot{Kind: seal.ByRecovery}.Close(me.Recipient(), k)
	if err != nil {
		t.Fatal(err)
	}
	for _, spoilt := range []string{"", "no age file", s.Age[:len(s.Age)/2], strings.Replace(s.Age, "A", "B", 3)} {
		x := s
		x.Age = spoilt
		if _, err := x.Open(me); !errors.Is(err, seal.ErrWrongKey) {
			t.Errorf("%.20q gave %v", spoilt, err)
		}
	}
	slow := "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIDMwCkFBQUEKLS0tIEFBQUEK\n-----END AGE ENCRYPTED FILE-----\n"
	with, err := seal.Try("teapot")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (seal.Slot{Kind: seal.ByPassphrase, Age: slow}).Open(with); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("a slot of work factor 30 gave %v", err)
	}
}
