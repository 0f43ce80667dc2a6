package stranger

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

const passphrase = "correct horse battery staple teapot"

type example struct {
	path, key string
	version   int
	records   int
}

var stores = []example{{path: "desk2.coach", key: "recovery2.txt", version: 2}, {path: "desk1.coach", key: "recovery1.txt", version: 1}}

// golden is the file with an example of every kind: the tests run elsewhere.
var golden string

// TestMain lays the released stores out in a folder of their own.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "stranger-")
	if err != nil {
		panic(err)
	}
	if golden, err = filepath.Abs(filepath.Join("..", "testdata", "format.golden")); err != nil {
		panic(err)
	}
	for i := range stores {
		stores[i].layOut(dir)
	}
	if err := os.Chdir(dir); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// layOut unpacks a released store and counts the records that are written down for it.
func (e *example) layOut(dir string) {
	from := filepath.Join("..", "testdata", fmt.Sprintf("format%d", e.version))
	packed, err := os.Open(filepath.Join(from, "desk.coach.gz"))
	if err != nil {
		panic(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		panic(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	lay := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			panic(err)
		}
	}
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			panic(err)
		}
		return b
	}
	lay(e.path, raw)
	lay(e.path+".keys", read("desk.coach.keys"))
	lay(e.key, read("recovery.txt"))
	e.records = bytes.Count(read("records.txt"), []byte("\n"))
}

// recovery returns the recovery key of a store.
func (e example) recovery() string {
	key, err := os.ReadFile(e.key)
	if err != nil {
		panic(err)
	}
	return string(key)
}

// rounds is how often something is tried: a sample, or all.
func rounds(sampled, all int) int {
	if os.Getenv("COACHDESK_FAULTS") == "full" {
		return all
	}
	return sampled
}

func load(t *testing.T, path, secret string) *Store {
	t.Helper()
	s, err := Load(path, secret)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRead(t *testing.T) {
	for _, e := range stores {
		byKey, byPass := load(t, e.path, e.recovery()), load(t, e.path, passphrase)
		if !reflect.DeepEqual(byKey, byPass) {
			t.Errorf("%s: passphrase and recovery key show different things", e.path)
		}
		if byKey.Facts.Version != e.version || len(byKey.Records) != e.records {
			t.Errorf("%s: version %d with %d records", e.path, byKey.Facts.Version, len(byKey.Records))
		}
		t.Logf("%s: %d records by passphrase, %d by recovery key, %d rows, %d drafts, %d looks", e.path,
			len(byPass.Records), len(byKey.Records), len(byKey.Rows), len(byKey.Drafts), len(byKey.Looks))
		for i, rec := range byKey.Records {
			if rec.Arrival != uint64(i+1) {
				t.Errorf("%s: arrival %d in place %d", e.path, rec.Arrival, i+1)
			}
		}
		rows, err := Rows(e.path, e.recovery())
		if err != nil || len(rows) != 5 {
			t.Errorf("%s: %d rows, %v", e.path, len(rows), err)
		}
	}
}

func TestWrongSecret(t *testing.T) {
	for _, e := range stores {
		for _, secret := range []string{"", "wrong", passphrase + " ", "AGE-SECRET-KEY-1WRONG"} {
			if _, err := Read(e.path, secret); err == nil {
				t.Errorf("%s opens with %q", e.path, secret)
			}
		}
	}
	if _, err := Read(stores[0].path, stores[1].recovery()); !errors.Is(err, ErrSecret) {
		t.Errorf("the key of another store: %v", err)
	}
}

func TestMirror(t *testing.T) {
	m, err := ReadMirror("desk2.coach.keys")
	if err != nil {
		t.Fatal(err)
	}
	s := load(t, "desk2.coach", stores[0].recovery())
	if m.Desk != s.Facts.Desk || !reflect.DeepEqual(m.Slots, s.Slots) {
		t.Error("the mirror is not the store's")
	}
}

// damaged tells what a reading of a damaged file shows that it should not.
func damaged(path, secret string, want *Store) string {
	got, err := Load(path, secret)
	switch {
	case err != nil:
		return ""
	case !reflect.DeepEqual(got, want):
		return "wrong data"
	}
	return "the same"
}

// TestFlips flips one bit in a copy, again and again. What comes out is an
// error or exactly the same: a bit may lie in a page that is not in use.
func TestFlips(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, e := range stores {
		whole, err := os.ReadFile(e.path)
		if err != nil {
			t.Fatal(err)
		}
		want, path := load(t, e.path, e.recovery()), filepath.Join(t.TempDir(), "copy")
		refused, same := 0, 0
		for range rounds(100, 1000) {
			bit := random.IntN(len(whole) * 8)
			file := bytes.Clone(whole)
			file[bit/8] ^= 1 << (bit % 8)
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			switch damaged(path, e.recovery(), want) {
			case "wrong data":
				t.Errorf("%s: bit %d gives wrong data", e.path, bit)
			case "the same":
				same++
			default:
				refused++
			}
		}
		t.Logf("%s: %d flips refused, %d changed nothing", e.path, refused, same)
	}
}

// TestFlipsPassphrase does the same with the passphrase, which is slower.
func TestFlipsPassphrase(t *testing.T) {
	if testing.Short() {
		t.Skip("each passphrase takes a second")
	}
	random := rand.New(rand.NewPCG(3, 4))
	e := stores[0]
	whole, err := os.ReadFile(e.path)
	if err != nil {
		t.Fatal(err)
	}
	want, path := load(t, e.path, passphrase), filepath.Join(t.TempDir(), "copy")
	for range 20 {
		bit := random.IntN(len(whole) * 8)
		file := bytes.Clone(whole)
		file[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if damaged(path, passphrase, want) == "wrong data" {
			t.Errorf("bit %d gives wrong data", bit)
		}
	}
}

// TestCut cuts the file off at the end of every page.
func TestCut(t *testing.T) {
	for _, e := range stores {
		whole, err := os.ReadFile(e.path)
		if err != nil {
			t.Fatal(err)
		}
		want, path := load(t, e.path, e.recovery()), filepath.Join(t.TempDir(), "copy")
		for n := 0; n < len(whole); n += 4096 {
			if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			if damaged(path, e.recovery(), want) == "wrong data" {
				t.Errorf("%s: %d bytes give wrong data", e.path, n)
			}
		}
	}
}

// change writes into a copy of a store with bbolt, as an attacker without keys
// could, and tells what a reading shows.
func change(t *testing.T, e example, want *Store, do func(tx *bbolt.Tx) error) string {
	t.Helper()
	whole, err := os.ReadFile(e.path)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(do); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return damaged(path, e.recovery(), want)
}

// TestEveryValue deletes every value, flips a bit in the middle and at both
// ends of it, and puts the value of its neighbour in its place.
func TestEveryValue(t *testing.T) {
	for _, e := range stores {
		want := load(t, e.path, e.recovery())
		raw, err := pull(e.path)
		if err != nil {
			t.Fatal(err)
		}
		for name, entries := range raw {
			for i, item := range entries {
				if len(entries) > 20 && i%rounds(7, 1) != 0 {
					continue
				}
				put := func(v []byte) string {
					return change(t, e, want, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(name)).Put(item.key, v) })
				}
				for _, at := range []int{0, 1, 2, len(item.value) / 2, len(item.value) - 1} {
					v := bytes.Clone(item.value)
					v[at] ^= 1
					if got := put(v); got != "" {
						t.Errorf("%s: %s/%x with byte %d changed: %s", e.path, name, item.key, at, got)
					}
				}
				if neighbour := entries[(i+1)%len(entries)].value; !bytes.Equal(neighbour, item.value) {
					if got := put(neighbour); got != "" {
						t.Errorf("%s: %s/%x with another value: %s", e.path, name, item.key, got)
					}
				}
				got := change(t, e, want, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(name)).Delete(item.key) })
				// Nothing in the store counts drafts, so one may vanish unseen.
				if got != "" && name != "drafts" {
					t.Errorf("%s: %s/%x deleted: %s", e.path, name, item.key, got)
				}
			}
			got := change(t, e, want, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(name)) })
			if got != "" {
				t.Errorf("%s: bucket %s deleted: %s", e.path, name, got)
			}
		}
		got := change(t, e, want, func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucket([]byte("later"))
			if err != nil {
				return err
			}
			return b.Put([]byte("a"), []byte("b"))
		})
		if got != "the same" {
			t.Errorf("%s: a bucket of a later version: %q", e.path, got)
		}
	}
}

// TestNothingWritten checks that reading leaves the files as they are.
func TestNothingWritten(t *testing.T) {
	for _, e := range stores {
		before, _ := os.ReadFile(e.path)
		load(t, e.path, e.recovery())
		after, _ := os.ReadFile(e.path)
		if !bytes.Equal(before, after) {
			t.Errorf("%s was written to", e.path)
		}
	}
}

func TestUnpad(t *testing.T) {
	value := bytes.Repeat([]byte{7}, 200)
	good := append([]byte{0xC8, 0x01}, value...)
	good = append(good, make([]byte, 256-len(good))...)
	if got, err := unpad(good); err != nil || !bytes.Equal(got, value) {
		t.Fatalf("the right padding: %v", err)
	}
	dirty := bytes.Clone(good)
	dirty[255] = 1
	long := append([]byte{0xC8, 0x81, 0x00}, good[2:]...)
	for name, bad := range map[string][]byte{
		"empty":         {},
		"not zeros":     dirty,
		"too much":      append(bytes.Clone(good), make([]byte, 64)...),
		"too little":    good[:202],
		"long varint":   long[:256],
		"no end":        bytes.Repeat([]byte{0x80}, 64),
		"past the end":  append([]byte{0x7F}, make([]byte, 63)...),
		"huge length":   append([]byte{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01}, make([]byte, 54)...),
		"a whole block": append([]byte{63}, append(bytes.Repeat([]byte{7}, 63), make([]byte, 64)...)...),
	} {
		if _, err := unpad(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestDecode(t *testing.T) {
	for name, bad := range map[string]string{
		"long integer":    "\x18\x01",
		"indefinite":      "\x9f\xff",
		"keys not sorted": "\xa2\x02\x00\x01\x00",
		"a key twice":     "\xa2\x01\x00\x01\x00",
		"a float":         "\xf9\x3c\x00",
		"a tag":           "\xc0\x60",
		"undefined":       "\xf7",
		"bytes after":     "\x00\x00",
		"no UTF-8":        "\x61\xff",
		"nothing":         "",
	} {
		if v, err := decode([]byte(bad)); err == nil {
			t.Errorf("%s: %v", name, v)
		}
	}
}

func TestID(t *testing.T) {
	id := []byte{1, 161, 155, 124, 170, 104, 106, 230, 120, 63, 79, 189, 233, 27, 110, 184}
	text := IDText(id)
	if text != "01M6DQSAK8DBK7GFTFQQMHPVNR" {
		t.Fatal(text)
	}
	back, err := ParseID(text)
	if err != nil || !bytes.Equal(back, id) {
		t.Fatalf("%x %v", back, err)
	}
	for _, bad := range []string{"", "81M6DQSAK8DBK7GFTFQQMHPVNR", "01M6DQSAK8DBK7GFTFQQMHPVNU", "01m6dqsak8dbk7gftfqqmhpvnr"} {
		if _, err := ParseID(bad); err == nil {
			t.Errorf("%q is read as an ID", bad)
		}
	}
	if c := refCheck("7K3Q"); c != 'M' {
		t.Errorf("the REF of the page has the check %c", c)
	}
	if ref := Ref(id, 4); !strings.HasPrefix(ref, text[10:14]+"-") {
		t.Errorf("%s of %s", ref, text)
	}
}

// tell makes a record of a made-up story.
func tell(batch, by byte, role, kind string, fields map[string]any) Record {
	return Record{
		Type: 'p', Desk: "00", Command: IDText(bytes.Repeat([]byte{batch}, 16)),
		By: IDText(bytes.Repeat([]byte{by}, 16)), Role: role, Kind: kind, Fields: fields,
	}
}

// counts returns the places in a story of the records that count.
func counts(story []Record) []int {
	for i := range story {
		story[i].Clock, story[i].Seq, story[i].Arrival = uint64(i+1), uint64(i+1), uint64(i+1)
	}
	var out []int
	for _, rec := range Counting(Story(story)[0]) {
		out = append(out, int(rec.Arrival))
	}
	return out
}

func TestCounting(t *testing.T) {
	undo := func(batch, by byte, role string, what byte) Record {
		return tell(batch, by, role, "record.undone", map[string]any{"batch": bytes.Repeat([]byte{what}, 16)})
	}
	facts := func(name string) map[string]any {
		return map[string]any{"facts": map[string]any{"name": "x", name: "y"}}
	}
	register := func(desk string, by, person byte, role, as string) Record {
		r := tell(by, by, role, "person.registered", map[string]any{"person": bytes.Repeat([]byte{person}, 16), "role": as})
		r.Type, r.Desk = 'o', desk
		return r
	}
	for name, c := range map[string]struct {
		story []Record
		want  []int
	}{
		"undone":            {[]Record{tell(1, 1, "coach", "goal.set", nil), undo(2, 1, "coach", 1)}, []int{2}},
		"undone by another": {[]Record{tell(1, 1, "coach", "goal.set", nil), undo(2, 2, "coach", 1)}, []int{1}},
		"undone by a lead":  {[]Record{tell(1, 1, "coach", "goal.set", nil), undo(2, 2, "lead", 1)}, []int{2}},
		"undo undone":       {[]Record{tell(1, 1, "coach", "goal.set", nil), undo(2, 1, "coach", 1), undo(3, 1, "coach", 2)}, []int{1, 3}},
		"undo of an undo undone": {[]Record{
			tell(1, 1, "coach", "goal.set", nil), undo(2, 1, "coach", 1), undo(3, 1, "coach", 2), undo(4, 1, "coach", 3),
		}, []int{2, 4}},
		"not entitled":           {[]Record{tell(1, 1, "coach", "escalation.answered", nil), tell(2, 1, "adviser", "goal.set", nil)}, nil},
		"a later kind":           {[]Record{tell(1, 1, "coach", "cup.washed", nil)}, []int{1}},
		"group by administrator": {[]Record{tell(1, 1, "administrator", "participant.joined", facts("group"))}, nil},
		"phone by administrator": {[]Record{tell(1, 1, "administrator", "participant.joined", facts("phone"))}, []int{1}},
		"registered": {[]Record{
			register("00", 1, 1, "coach", "coach"),   // the first desk
			register("11", 2, 2, "coach", "coach"),   // nobody leads yet
			register("11", 2, 3, "coach", "lead"),    // nor now
			register("11", 2, 2, "coach", "dea"),     // somebody leads
			register("11", 2, 2, "coach", "coach"),   // the role stays
			register("11", 4, 4, "coach", "coach"),   // nobody knows them
			register("11", 3, 2, "lead", "dea"),      // a lead
			register("00", 1, 1, "coach", "adviser"), // the first desk
		}, []int{1, 2, 3, 5, 7, 8}},
	} {
		if got := counts(c.story); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v and not %v", name, got, c.want)
		}
	}
}

func TestStory(t *testing.T) {
	for _, e := range stores {
		s := load(t, e.path, e.recovery())
		n, counting := 0, 0
		for _, story := range Story(s.Records) {
			n += len(story)
			counting += len(Counting(story))
			if !slices.IsSortedFunc(story, before) {
				t.Errorf("%s: %s is not in order", e.path, story[0].Subject)
			}
		}
		if n != e.records {
			t.Errorf("%s: %d records in stories", e.path, n)
		}
		t.Logf("%s: %d of %d records count", e.path, counting, n)
	}
}

// TestHoles shows what nobody can see from a store alone: a draft that was
// taken away, and a slot for a passphrase that was taken out of both lists. It
// fails on the day on which the format shows them.
func TestHoles(t *testing.T) {
	e := stores[0]
	want := load(t, e.path, e.recovery())

	got := change(t, e, want, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("drafts"))
		key, _ := b.Cursor().First()
		return b.Delete(key)
	})
	if got != "wrong data" {
		t.Errorf("a draft was taken away: %q", got)
	}

	got = change(t, e, want, func(tx *bbolt.Tx) error {
		v, err := decode(tx.Bucket([]byte("meta")).Get([]byte("slots")))
		if err != nil {
			return err
		}
		fewer := slices.DeleteFunc(v.([]any), func(slot any) bool { return slot.(map[any]any)["kind"] == "passphrase" })
		value, err := encoding.Marshal(fewer)
		if err != nil {
			return err
		}
		for _, name := range []string{"meta", "spare"} {
			if err := tx.Bucket([]byte(name)).Put([]byte("slots"), value); err != nil {
				return err
			}
		}
		return nil
	})
	if got != "wrong data" {
		t.Errorf("a slot was taken away: %q", got)
	}
}

// TestHeader damages the newer of the two headers of bbolt. bbolt itself would
// then quietly show the store as it was one transaction earlier.
func TestHeader(t *testing.T) {
	for _, e := range stores {
		whole, err := os.ReadFile(e.path)
		if err != nil {
			t.Fatal(err)
		}
		want, path := load(t, e.path, e.recovery()), filepath.Join(t.TempDir(), "copy")
		for page := range 2 {
			file := bytes.Clone(whole)
			file[page*4096+pageHead+48] ^= 1
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := damaged(path, e.recovery(), want); got != "" {
				t.Errorf("%s: header %d damaged: %s", e.path, page, got)
			}
		}
	}
}
