package store_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// Words that stand in one scope each, and nowhere else.
const (
	openCanary  = "KINGFISHER"
	coachCanary = "NIGHTJAR"
	thirdCanary = "CORNCRAKE"
)

// private makes somebody of whom every scope says something, in notes, adjustments,
// barriers, promises, questions and steps.
func private(t testing.TB, s *store.Store) domain.ID {
	t.Helper()
	id := storetest.Join(t, s, "Jo Canary")
	storetest.Do(t, s, domain.TakeNote{Participant: id, Text: "The " + openCanary + " sang.\n\n[coach only] The " + coachCanary + " sang.\n> me: hear the " + coachCanary + " by 27/11\n\n[third party] The " + thirdCanary + " sang.\n"})
	for _, scope := range []domain.Scope{domain.CoachOnly, domain.ThirdParty} {
		word := map[domain.Scope]string{domain.CoachOnly: coachCanary, domain.ThirdParty: thirdCanary}[scope]
		storetest.Do(t, s, saysOfPerson{id, []domain.Event{
			domain.Adjusted{ID: s.NewID(), Text: "quiet for the " + word, Scope: scope},
			domain.BarrierNoted{ID: s.NewID(), Text: "a " + word, Scope: scope},
			domain.Promised{ID: s.NewID(), Text: "feed the " + word, Owner: domain.ByCoach, Scope: scope},
			domain.StepAdded{ID: s.NewID(), Text: "listen to the " + word, Owner: domain.ByPerson, Scope: scope},
			domain.QuestionDrafted{ID: s.NewID(), Question: "who feeds the " + word + "?", Scope: scope},
		}})
	}
	return id
}

// split reads the parts of a bundle by FORMAT.md alone.
func split(t testing.TB, inside []byte) (kinds string, parts [][]byte) {
	t.Helper()
	rest, ok := bytes.CutPrefix(inside, []byte("coachdesk bundle\n"))
	if !ok {
		t.Fatal("it does not begin as a bundle does")
	}
	for len(rest) > 0 {
		n := binary.BigEndian.Uint32(rest[1:])
		kinds += string(rest[0])
		parts = append(parts, rest[5:5+n])
		rest = rest[5+n:]
	}
	return kinds, parts
}

// readAll returns all texts that are in a bundle, opened with the keys in it, and those
// keys.
func readAll(t testing.TB, inside []byte) (text []byte, keys [][]byte) {
	t.Helper()
	var own map[byte][]byte
	kinds, parts := split(t, inside)
	for i, part := range parts {
		switch kinds[i] {
		case 'P':
			var p struct {
				Keys map[byte][]byte `cbor:"2,keyasint"`
			}
			if err := cbor.Unmarshal(part, &p); err != nil {
				t.Fatal(err)
			}
			own = p.Keys
			for _, k := range own {
				keys = append(keys, k)
			}
		case 'S':
			plain, err := strangerUnseals(own[part[33+2]], "journal", part[:33], part[33:])
			if err != nil {
				t.Fatalf("a record does not open with the key beside it: %v", err)
			}
			text = append(text, plain...)
		case 'E':
			text = append(text, part[33:]...)
		}
	}
	return append(text, inside...), keys
}

// What is private goes to nobody: it is not in a bundle, and no key in it opens a
// private record of the sender's own file.
func TestBundleCanary(t *testing.T) {
	a, b := deskOf(t, 41, "Ann Clark", domain.Coach), deskOf(t, 42, "Bo Hale", domain.Coach)
	p := deskOf(t, 43, "Pat Reed", domain.Provider)
	introduce(t, a, b, p)
	id := private(t, a)
	chosen := store.Parcel{ID: id, Outside: true, Only: func(domain.Record) bool { return true }} // a mistake of whoever chooses
	for name, tt := range map[string]struct {
		to     *store.Store
		parcel store.Parcel
		keys   int
	}{
		"to a colleague":             {b, store.Parcel{ID: id}, 1},
		"to a colleague, of a few":   {b, store.Parcel{ID: id, Only: func(domain.Record) bool { return true }}, 1},
		"to an adviser of elsewhere": {p, chosen, 0},
	} {
		t.Run(name, func(t *testing.T) {
			file := pack(t, a, tt.to, tt.parcel)
			if bytes.Contains(file, []byte(openCanary)) || bytes.Contains(file, []byte("Canary")) || bytes.Contains(file, []byte("Clark")) {
				t.Error("something can be read outside the seal")
			}
			text, keys := readAll(t, insideOf(t, file, tt.to))
			if !bytes.Contains(text, []byte(openCanary)) {
				t.Error("what is shareable is not there: the test sees nothing")
			}
			for _, word := range []string{coachCanary, thirdCanary} {
				if bytes.Contains(text, []byte(word)) {
					t.Errorf("%s is in it", word)
				}
			}
			if len(keys) != tt.keys {
				t.Errorf("%d keys are in it, want %d", len(keys), tt.keys)
			}
			opened, tried := opensPrivate(t, a.Path(), id, keys)
			if opened != 0 || tried == 0 {
				t.Errorf("a key in it opens %d of %d private records", opened, tried)
			}
			take(t, tt.to, file)
			if tt.keys == 0 {
				return
			}
			if rows, err := tt.to.Rows(); err != nil || strings.Contains(tellAll(t, tt.to), coachCanary) || len(rows) == 0 {
				t.Errorf("%v", err)
			}
		})
	}
	// The control: the desk's own key for that scope does open them.
	own := ownBundle(t, a, id)
	text, keys := readAll(t, insideOf(t, own, a))
	if opened, _ := opensPrivate(t, a.Path(), id, keys); opened == 0 || !bytes.Contains(text, []byte(thirdCanary)) || len(keys) != 3 {
		t.Errorf("a copy for oneself has %d keys, which open %d private records", len(keys), opened)
	}
}

// ownBundle is a copy that is sealed to the desk's own key alone.
func ownBundle(t testing.TB, s *store.Store, ids ...domain.ID) []byte {
	t.Helper()
	var file bytes.Buffer
	if _, err := s.Pack(&file, store.Outgoing{ID: s.NewID(), Kind: domain.BundleCopy, To: []domain.Contact{contactOf(t, s)}, People: allOf(ids...)}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// opensPrivate tries keys on all private records of somebody in a file.
func opensPrivate(t testing.TB, path string, id domain.ID, keys [][]byte) (opened, tried int) {
	t.Helper()
	look(t, copied(t, path), func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("journal")).ForEach(func(k, v []byte) error {
			if k[0] != 'p' || !bytes.Equal(k[1:17], id[:]) || v[2] == 0 {
				return nil
			}
			tried++
			for _, key := range keys {
				if _, err := strangerUnseals(key, "journal", k, v); err == nil {
					opened++
				}
			}
			return nil
		})
	})
	return opened, tried
}

// Somebody who works for a provider gets no key, whatever is asked for; a restricted
// record never goes into a copy of the caseload; whoever is outside gets chosen entries.
func TestBundleNotPacked(t *testing.T) {
	a, b := deskOf(t, 44, "Ann Clark", domain.Coach), deskOf(t, 45, "Bo Hale", domain.Coach)
	p := deskOf(t, 46, "Pat Reed", domain.Provider)
	introduce(t, a, b, p)
	ids := populate(t, a, 2)
	storetest.Do(t, a, domain.Restrict{Participant: ids[1], On: true, Reason: "works here"})
	bo, pat := contactOf(t, b), contactOf(t, p)
	for name, tt := range map[string]struct {
		out  store.Outgoing
		says string
	}{
		"nobody":               {store.Outgoing{Kind: domain.BundleCopy, To: []domain.Contact{bo}}, "whom it is about"},
		"to nobody":            {store.Outgoing{Kind: domain.BundleCopy, People: allOf(ids[0])}, "to whom"},
		"of no kind":           {store.Outgoing{Kind: "gift", To: []domain.Contact{bo}, People: allOf(ids[0])}, "no kind"},
		"all to a provider":    {store.Outgoing{Kind: domain.BundleHandover, To: []domain.Contact{bo, pat}, People: allOf(ids[0])}, "chosen entries only"},
		"outside, unchosen":    {store.Outgoing{Kind: domain.BundleHandover, To: []domain.Contact{pat}, People: []store.Parcel{{ID: ids[0], Outside: true}}}, "which entries"},
		"a restricted copy":    {store.Outgoing{Kind: domain.BundleCaseload, To: []domain.Contact{bo}, People: allOf(ids...)}, "restricted"},
		"a key that is none":   {store.Outgoing{Kind: domain.BundleCopy, To: []domain.Contact{{Name: "Bo Hale", Recipient: "age1"}}, People: allOf(ids[0])}, "cannot be used"},
		"the same person once": {store.Outgoing{Kind: domain.BundleCopy, To: []domain.Contact{bo}, People: allOf(ids[0], ids[0])}, "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			var file bytes.Buffer
			tt.out.ID = a.NewID()
			_, err := a.Pack(&file, tt.out)
			refused(t, err, tt.says)
			if file.Len() > 0 {
				t.Error("something was written")
			}
		})
	}
}

// A passphrase in place of a key: for a machine of one's own, or one without an identity.
func TestBundleByPassphrase(t *testing.T) {
	a, b := deskOf(t, 47, "Ann Clark", domain.Coach), deskOf(t, 48, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 1)
	var file bytes.Buffer
	if _, err := a.Pack(&file, store.Outgoing{ID: a.NewID(), Kind: domain.BundleCopy, Passphrase: "seven blue herons", People: allOf(ids...)}); err != nil {
		t.Fatal(err)
	}
	_, err := b.Unpack(bytes.NewReader(file.Bytes()), "")
	refused(t, err, "sealed with a passphrase")
	_, err = b.Unpack(bytes.NewReader(file.Bytes()), "seven red herons")
	refused(t, err, "does not open this bundle")
	p, err := b.Unpack(bytes.NewReader(file.Bytes()), "seven blue herons")
	if err != nil {
		t.Fatal(err)
	}
	if told, err := b.Take(p, domain.Batch{}); err != nil || told.New == 0 {
		t.Errorf("%+v %v", told, err)
	}
}

// The stock age command opens a bundle with the identity of the receiver's store.
func TestBundleOpensWithStockAge(t *testing.T) {
	tool, err := exec.LookPath("age")
	if err != nil {
		t.Skip("there is no age command here")
	}
	a, b := deskOf(t, 49, "Ann Clark", domain.Coach), deskOf(t, 50, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	file := pack(t, a, b, allOf(populate(t, a, 2)...)...)
	dir := t.TempDir()
	id, err := b.Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"key": []byte(id.String() + "\n"), "bundle": file} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inside, err := exec.Command(tool, "--decrypt", "-i", filepath.Join(dir, "key"), filepath.Join(dir, "bundle")).Output()
	if err != nil || !bytes.Equal(inside, insideOf(t, file, b)) {
		t.Errorf("age: %v", err)
	}
	if kinds, _ := split(t, inside); !strings.HasPrefix(kinds, "HP") || !strings.HasSuffix(kinds, "RZ") {
		t.Errorf("its parts are %s", kinds)
	}
}
