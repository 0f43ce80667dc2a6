package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"coachdesk/store"
	"coachdesk/store/seal"
	"coachdesk/store/storetest"
)

// A wrong passphrase says so and nothing else; the right one, and the recovery key as
// somebody types it from paper, open.
func TestPromiseWaysIn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.coach")
	s, recovery, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	populate(t, s, 2)
	all := everything(t, s)
	shut(t, s)
	for _, wrong := range []string{"", "correct horse battery staple", storetest.Passphrase + " ", strings.ToUpper(storetest.Passphrase)} {
		if _, err := store.Open(path, wrong, storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
			t.Errorf("%q gave %v", wrong, err)
		}
	}
	typed := strings.ToLower(recovery[:20]) + " \n" + recovery[20:]
	with, err := seal.ReadRecovery(typed)
	if err != nil {
		t.Fatal(err)
	}
	x, err := store.OpenWith(path, storetest.Options(), with)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if got := everything(t, x); len(got) != len(all) {
		t.Errorf("the recovery key shows %d of %d people", len(got), len(all))
	}
	slip := []byte(recovery)
	slip[30] ^= 1
	if _, err := seal.ReadRecovery(string(slip)); err == nil {
		t.Error("a slip in the recovery key was not noticed")
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.OpenWith(path, storetest.Options(), other); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("somebody else's key gave %v", err)
	}
}

// slotsOf reads the slots from a file with bbolt alone.
func slotsOf(t *testing.T, path string) []seal.Slot {
	t.Helper()
	var slots []seal.Slot
	look(t, path, func(tx *bolt.Tx) error {
		return cbor.Unmarshal(bucket(tx, "meta").Get([]byte("slots")), &slots)
	})
	return slots
}

// A slot is an ordinary age file: the age library opens it, and so does the age
// command where it is installed. Both find the key that opens the store.
func TestPromiseSlotsAreAgeFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.coach")
	s, recovery, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	slots := slotsOf(t, path)
	words, err := age.NewScryptIdentity(storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(slots[0].Age)), words)
	if err != nil {
		t.Fatalf("the age library: %v", err)
	}
	key, err := io.ReadAll(r)
	if err != nil || len(key) != 32 {
		t.Fatalf("%d bytes, %v", len(key), err)
	}
	look(t, path, func(tx *bolt.Tx) error {
		_, err := stranger{tx, key}.key('h', []byte("books"), 0)
		return err
	})
	var mirror struct {
		Schema string
		Slots  []seal.Slot
	}
	raw, err := os.ReadFile(path + ".keys")
	if err != nil || json.Unmarshal(raw, &mirror) != nil || len(mirror.Slots) != 2 || mirror.Slots[0] != slots[0] {
		t.Errorf("the mirror is %s: %v", raw, err)
	}
	ageCommand(t, slots[1].Age, recovery, key)
}

// ageCommand opens a slot with the age command and the recovery key. (With a
// passphrase the command insists on a terminal.)
func ageCommand(t *testing.T, slot, recovery string, want []byte) {
	t.Helper()
	age, err := exec.LookPath("age")
	if err != nil {
		t.Log("age is not installed: the library alone opened the slot")
		return
	}
	dir := t.TempDir()
	id, file := filepath.Join(dir, "id"), filepath.Join(dir, "slot.age")
	if err := errors.Join(os.WriteFile(id, []byte(recovery+"\n"), 0o600), os.WriteFile(file, []byte(slot), 0o600)); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command(age, "--decrypt", "-i", id, file).Output()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the age command gave %d bytes: %v", len(got), err)
	}
}

// Ways in come and go; the last cannot go; an old passphrase opens no longer.
func TestPromiseSlotsChange(t *testing.T) {
	s, _ := fresh(t, 1)
	office, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.AddSlot(seal.ByOffice, "district", office.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangePassphrase("another one altogether"); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	if _, err := store.Open(s.Path(), storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrWrongPassphrase) {
		t.Errorf("the old passphrase gave %v", err)
	}
	x, err := store.OpenWith(s.Path(), storetest.Options(), office)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	storetest.Audit(t, x)
	if _, err := x.RemoveSlot(name, "another one altogether"); err != nil {
		t.Fatal(err)
	}
	slots, err := x.Slots()
	if err != nil || len(slots) != 2 {
		t.Fatalf("%d slots, %v", len(slots), err)
	}
	if _, err := x.RemoveSlot(slots[1].Name, "another one altogether"); err != nil {
		t.Fatal(err)
	}
	if _, err := x.RemoveSlot(slots[0].Name, ""); !refusedOn(err, "slot") {
		t.Errorf("removing the last way in gave %v", err)
	}
	if _, err := x.RemoveSlot("no such name", ""); !refusedOn(err, "slot") {
		t.Errorf("removing nothing gave %v", err)
	}
	shut(t, x)
	y, err := store.Open(s.Path(), "another one altogether", storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer y.Close()
	if len(slotsOf(t, copied(t, s.Path()))) != 1 {
		t.Error("a way in came back")
	}
}

// When the slots in the store are damaged, the mirror beside it opens; the mirror of
// another desk, or an older one beside whole slots, does not.
func TestPromiseMirrorServesAfterDamage(t *testing.T) {
	s, _ := fresh(t, 1)
	shut(t, s)
	spoilt := copied(t, s.Path())
	meddle(t, spoilt, func(tx *bolt.Tx) error { return bucket(tx, "meta").Put([]byte("slots"), []byte{0xFF}) })
	bySpare := reopen(t, copied(t, spoilt))
	noticed(t, bySpare)
	shut(t, bySpare)
	meddle(t, spoilt, func(tx *bolt.Tx) error { return bucket(tx, "spare").Put([]byte("slots"), []byte{0xFF}) })
	if _, err := store.Open(spoilt, storetest.Passphrase, storetest.Options()); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("without slots and mirror: %v", err)
	}
	copyFile(t, s.Path()+".keys", spoilt+".keys")
	x, err := store.Open(spoilt, storetest.Passphrase, storetest.Options())
	if err != nil {
		t.Fatalf("with the mirror: %v", err)
	}
	noticed(t, x)
	shut(t, x)
	want, err1 := os.ReadFile(s.Path() + ".keys")
	if got, err := os.ReadFile(spoilt + ".keys"); err != nil || err1 != nil || !bytes.Equal(got, want) {
		t.Errorf("opening by the mirror changed it, the last way in: %v %v", err, err1)
	}
	shut(t, reopen(t, spoilt))
}

// Whoever sets the passphrase anew after damage keeps the recovery key, which only the
// mirror still has.
func TestPromiseMirrorKeepsTheRecoveryKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.coach")
	s, recovery, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	meddle(t, path, func(tx *bolt.Tx) error {
		return errors.Join(bucket(tx, "meta").Put([]byte("slots"), []byte{0xFF}), bucket(tx, "spare").Put([]byte("slots"), []byte{0xFF}))
	})
	x := reopen(t, path)
	if _, err := x.ChangePassphrase("another one altogether"); err != nil {
		t.Fatal(err)
	}
	shut(t, x)
	with, err := seal.ReadRecovery(recovery)
	if err != nil {
		t.Fatal(err)
	}
	y, err := store.OpenWith(path, storetest.Options(), with)
	if err != nil {
		t.Fatalf("the recovery key was lost with the damaged slots: %v", err)
	}
	shut(t, y)
}
