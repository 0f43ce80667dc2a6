package bundle_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/bundle"
)

var update = flag.Bool("update", false, "write the golden bytes anew")

// example is a bundle with every field filled, under dice that always fall alike: what
// is under the seal of age, which throws its own.
func example(t testing.TB) []byte {
	t.Helper()
	name := func(seq byte) []byte {
		return append(append(append([]byte{'p'}, bytes.Repeat([]byte{4}, 16)...), bytes.Repeat([]byte{5}, 8)...), 0, 0, 0, 0, 0, 0, 0, seq)
	}
	var b bytes.Buffer
	w, err := bundle.NewWriter(&b, bundle.Header{
		ID: domain.ID{0: 1, 15: 9}, Kind: domain.BundleHandover, Made: 1_795_428_000_000, Demo: true, From: exampleCard(t),
		To: []bundle.Addressee{{Person: domain.ID{0: 1, 15: 13}, Recipient: exampleReceiver(t).Recipient().String()}}, People: 2, Records: 3,
	}, exampleKey())
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		w.Person(bundle.Person{ID: domain.ID(bytes.Repeat([]byte{4}, 16)), Keys: map[byte][]byte{0: bytes.Repeat([]byte{6}, 32)}, Records: 2}),
		w.Record(bundle.Record{Name: name(1), Sealed: true, Value: []byte("sealed, as in the journal")}),
		w.Record(bundle.Record{Name: name(3), Value: []byte("an envelope")}),
		w.Person(bundle.Person{ID: domain.ID{0: 2, 15: 1}, Records: 1}),
		w.Record(bundle.Record{Name: name(4), Value: []byte("another")}),
		w.Close([]bundle.Actor{{ID: domain.ID{0: 1, 15: 12}, Name: "Ann Clark", Role: domain.Coach}, {ID: domain.ID{0: 1, 15: 14}, Name: "Bo Hale", Role: domain.Adviser, Office: "Stratford"}}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The bytes of a bundle and of a card are for ever: others have files of them.
func TestGoldenBundle(t *testing.T) {
	path := filepath.Join("testdata", "bundle.golden")
	got := hex.EncodeToString(example(t)) + "\n" + exampleCard(t).String()
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("a bundle has other bytes than those that are in the world")
	}
	line, _, _ := strings.Cut(string(want), "\n")
	inside, err := hex.DecodeString(line)
	if err != nil {
		t.Fatal(err)
	}
	r, parts := readThrough(t, inside)
	if h := r.Header; h.Kind != domain.BundleHandover || !h.Demo || h.People != 2 || h.From.Name != "Ann Clark" || len(h.To) != 1 || len(r.Roster) != 2 || r.Roster[1].Office != "Stratford" || parts != 5 {
		t.Errorf("it reads %+v, %+v and %d parts", h, r.Roster, parts)
	}
}

// readThrough reads a bundle to its end.
func readThrough(t testing.TB, inside []byte) (*bundle.Reader, int) {
	t.Helper()
	r, err := bundle.NewReader(bytes.NewReader(inside))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return r, n
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever one bit of it is: nobody reads a bundle to its end that its sender did not sign.
func TestEveryBitIsSigned(t *testing.T) {
	inside := example(t)
	for bit := range 8 * len(inside) {
		bad := bytes.Clone(inside)
		bad[bit/8] ^= 1 << (bit % 8)
		if ends(bad) {
			t.Errorf("bit %d of %d may be flipped", bit, 8*len(inside))
		}
	}
	for n := range len(inside) {
		if ends(inside[:n]) {
			t.Errorf("%d bytes of %d are enough", n, len(inside))
		}
	}
}

// ends reports whether a bundle can be read to its end.
func ends(inside []byte) bool {
	r, err := bundle.NewReader(bytes.NewReader(inside))
	for err == nil {
		_, err = r.Next()
	}
	return errors.Is(err, io.EOF)
}

// The writer keeps its own word.
func TestWriterCounts(t *testing.T) {
	begin := func(people, records int) *bundle.Writer {
		w, err := bundle.NewWriter(io.Discard, bundle.Header{ID: domain.ID{1}, From: exampleCard(t), People: people, Records: records}, exampleKey())
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	name := bytes.Repeat([]byte{1}, 33)
	for what, write := range map[string]func() error{
		"a person too few": func() error { return begin(1, 0).Close(nil) },
		"a record too few": func() error {
			w := begin(1, 1)
			return errors.Join(w.Person(bundle.Person{ID: domain.ID{1}}), w.Close(nil))
		},
		"a record of nobody": func() error { return begin(0, 1).Record(bundle.Record{Name: name}) },
		"a record too many": func() error {
			w := begin(1, 0)
			return errors.Join(w.Person(bundle.Person{ID: domain.ID{1}}), w.Record(bundle.Record{Name: name}))
		},
		"a person before the record": func() error {
			w := begin(2, 1)
			return errors.Join(w.Person(bundle.Person{ID: domain.ID{1}, Records: 1}), w.Person(bundle.Person{ID: domain.ID{2}}))
		},
		"a name that is none": func() error {
			w := begin(1, 1)
			return errors.Join(w.Person(bundle.Person{ID: domain.ID{1}, Records: 1}), w.Record(bundle.Record{Name: name[1:]}))
		},
		"endless": func() error {
			w := begin(1, 1)
			return errors.Join(w.Person(bundle.Person{ID: domain.ID{1}, Records: 1}), w.Record(bundle.Record{Name: name, Value: make([]byte, 17<<20)}))
		},
	} {
		if write() == nil {
			t.Errorf("it wrote %s", what)
		}
	}
}

// Anybody can seal a file to a desk: whatever is in it, nothing panics, and nothing
// unsigned is read to its end.
func FuzzBundle(f *testing.F) {
	whole := example(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("coachdesk bundle\nH\x00\x00\x00\x01\xa0"))
	f.Add([]byte("coachdesk bundle\nS\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, inside []byte) {
		if ends(inside) && !bytes.Equal(inside, whole) {
			t.Error("somebody's signature was forged")
		}
	})
}
