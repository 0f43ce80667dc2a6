package store_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// stranger reads a store by FORMAT.md alone: nothing of the packages store and seal
// is in it, so that the page is proved to be complete.
type stranger struct {
	tx    *bolt.Tx
	store []byte
}

// strangerOpens opens the first slot that the identity fits.
func strangerOpens(tx *bolt.Tx, with age.Identity) (stranger, error) {
	var slots []map[string]string
	if err := cbor.Unmarshal(tx.Bucket([]byte("meta")).Get([]byte("slots")), &slots); err != nil {
		return stranger{}, err
	}
	for _, slot := range slots {
		r, err := age.Decrypt(armor.NewReader(strings.NewReader(slot["age"])), with)
		if err != nil {
			continue
		}
		key, err := io.ReadAll(r)
		return stranger{tx, key}, err
	}
	return stranger{}, errors.New("no slot opens")
}

func strangerUnseals(key []byte, bucket string, name, v []byte) ([]byte, error) {
	if len(v) < 31 || len(key) != 32 {
		return nil, errors.New("too short")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	ad := append(append([]byte(bucket), 0), append(bytes.Clone(name), v[:3]...)...)
	text, err := gcm.Open(nil, v[3:15], v[15:], ad)
	if err != nil || v[0] == 2 {
		return text, err
	}
	n, used := binary.Uvarint(text)
	if v[0] != 1 || used <= 0 || len(text)%64 != 0 || int(n) > len(text)-used {
		return nil, errors.New("bad padding")
	}
	return text[used : used+int(n)], nil
}

// key unwraps a key of the bucket keys.
func (s stranger) key(kind byte, name []byte, scope byte) ([]byte, error) {
	k := make([]byte, 19)
	k[0] = kind
	copy(k[1:], name)
	k[17], k[18] = scope, 1
	return strangerUnseals(s.store, "keys", k, s.tx.Bucket([]byte("keys")).Get(k))
}

func (s stranger) house(name, bucket string, k []byte) ([]byte, error) {
	key, err := s.key('h', []byte(name), 0)
	if err != nil {
		return nil, err
	}
	return strangerUnseals(key, bucket, k, s.tx.Bucket([]byte(bucket)).Get(k))
}

// envelope opens a record.
func (s stranger) envelope(k, v []byte) ([]byte, error) {
	scope := v[2]
	if k[0] != 'p' {
		scope = 0
	}
	key, err := s.key(k[0], k[1:17], scope)
	if err != nil {
		return nil, err
	}
	return strangerUnseals(key, "journal", k, v)
}

// told is a record as the stranger sees it, in words.
func (s stranger) told(k, v []byte) (string, error) {
	plain, err := s.envelope(k, v)
	if err != nil {
		return "", err
	}
	var e map[int]any
	if err := cbor.Unmarshal(plain, &e); err != nil {
		return "", err
	}
	return fmt.Sprint(string(k[0]), k[1:17], k[17:25], binary.BigEndian.Uint64(k[25:]), v[2], e[1], e[2], e[3], e[4], e[5], e[6], e[7]), nil
}

func toldByStore(r domain.Record) string {
	return fmt.Sprint(string(r.Subject.Type), r.Subject.ID[:], r.Desk[:], r.Seq, byte(r.Scope), r.Command[:], uint64(r.Time), int(r.Day), r.By[:], string(r.Role), r.Kind, r.Body)
}

// A stranger with the page and the passphrase reads what the store reads.
func TestFormatIsEnoughToRead(t *testing.T) {
	s := storetest.New(t)
	populate(t, s, 4)
	draft := store.Draft{ID: s.NewID(), Place: "note", Fields: map[string]string{"text": "half"}}
	if err := s.KeepDraft(draft); err != nil {
		t.Fatal(err)
	}
	records, n, err := s.Since(0)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, r := range records {
		want[toldByStore(r)] = true
	}
	shut(t, s)
	with, err := age.NewScryptIdentity(storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	look(t, s.Path(), func(tx *bolt.Tx) error {
		alone, err := strangerOpens(tx, with)
		if err != nil {
			return err
		}
		err = tx.Bucket([]byte("journal")).ForEach(func(k, v []byte) error {
			got, err := alone.told(k, v)
			if !want[got] {
				t.Errorf("the stranger reads %s", got)
			}
			delete(want, got)
			return err
		})
		return errors.Join(err, strangerCounts(t, alone, n), strangerDraft(t, alone, draft))
	})
	if len(want) > 0 {
		t.Errorf("the stranger misses %d records", len(want))
	}
}

// strangerCounts compares facts, witness, tally, arrivals and rows.
func strangerCounts(t *testing.T, s stranger, arrivals uint64) error {
	t.Helper()
	openly := s.tx.Bucket([]byte("meta")).Get([]byte("facts"))
	sum := sha256.Sum256(openly[32:])
	witness, err := s.house("books", "meta", []byte("witness"))
	if err != nil || !bytes.Equal(sum[:], openly[:32]) || !bytes.Equal(witness, openly[32:]) {
		t.Errorf("facts and witness: %v", err)
	}
	raw, err := s.house("books", "tally", []byte("now"))
	if err != nil {
		return err
	}
	var tally map[int]uint64
	if err := cbor.Unmarshal(raw, &tally); err != nil {
		return err
	}
	if tally[1] != arrivals || tally[3] != arrivals || tally[4] != 4 || tally[1] != tally[5]+tally[6]+tally[7] {
		t.Errorf("tally %v", tally)
	}
	last, err := s.house("books", "arrivals", binary.BigEndian.AppendUint64(nil, arrivals))
	if err != nil || s.tx.Bucket([]byte("journal")).Get(last) == nil {
		t.Errorf("the last arrival names %x: %v", last, err)
	}
	return s.tx.Bucket([]byte("rows")).ForEach(func(k, _ []byte) error {
		raw, err := s.house("rows", "rows", k)
		if err != nil {
			return err
		}
		var row []any
		if err := cbor.Unmarshal(raw, &row); err != nil {
			return err
		}
		if len(row) != 16 || !bytes.Equal(row[0].([]byte), k) || !strings.HasPrefix(row[1].(string), "Person ") {
			t.Errorf("row %v", row)
		}
		return nil
	})
}

func strangerDraft(t *testing.T, s stranger, want store.Draft) error {
	t.Helper()
	raw, err := s.house("drafts", "drafts", want.ID[:])
	if err != nil {
		return err
	}
	var d map[int]any
	err = cbor.Unmarshal(raw, &d)
	if fields, ok := d[5].(map[any]any); !ok || d[1] != want.Place || fields["text"] != want.Fields["text"] {
		t.Errorf("draft %v", d)
	}
	return err
}

// strictly refuses fields that the event does not know.
var strictly = func() cbor.DecMode {
	m, err := cbor.DecOptions{ExtraReturnErrors: cbor.ExtraDecErrorUnknownField}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()
