package store

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// fuzzKey seals what the fuzzer makes, as if the store had written it: the seal keeps
// strangers out, and the decoders behind it must still survive every byte.
var fuzzKey = seal.NewBox(seal.Key{1, 2, 3})

var fuzzID = domain.ID{0: 1, 2: 3, 15: 7}

// golden are the bytes of every kind of event that is in the world.
func golden(f *testing.F) map[string][]byte {
	f.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "format.golden"))
	if err != nil {
		f.Fatal(err)
	}
	all := map[string][]byte{}
	for line := range strings.Lines(string(raw)) {
		kind, text, ok := strings.Cut(strings.TrimSpace(line), " ")
		if b, err := hex.DecodeString(text); ok && kind != "#" && err == nil {
			all[kind] = b
		}
	}
	return all
}

// settles fails the test unless a decoded value is written and read again as the same.
func settles[T any](t *testing.T, v T) {
	t.Helper()
	b, err := encoder.Marshal(v)
	if err != nil {
		t.Fatalf("%T was read and cannot be written: %v", v, err)
	}
	var again T
	if err := decoder.Unmarshal(b, &again); err != nil {
		t.Fatalf("%T was written and cannot be read: %v", v, err)
	}
	if c, err := encoder.Marshal(again); err != nil || !bytes.Equal(b, c) {
		t.Errorf("%T is written as %x and then as %x: %v", v, b, c, err)
	}
}

// hurts fails the test unless an error is damage in one sentence.
func hurts(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, ErrDamaged) || strings.Contains(err.Error(), "\n") {
		t.Errorf("not a sentence about damage: %v", err)
	}
}

// FuzzEnvelope reads any bytes as the inside of a record.
func FuzzEnvelope(f *testing.F) {
	all := golden(f)
	f.Add(all["envelope"])
	for kind, body := range all {
		b, err := encoder.Marshal(envelope{fuzzID, 7, 739942, fuzzID, domain.Coach, kind, body})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		rec := domain.Record{Subject: domain.About(fuzzID), Seq: 1}
		if err := unpack(&rec, plain); err != nil {
			hurts(t, err)
			return
		}
		b, err := envelopeOf(rec)
		if err != nil {
			t.Fatal(err)
		}
		again := domain.Record{Subject: rec.Subject, Seq: 1}
		if err := unpack(&again, b); err != nil || !reflect.DeepEqual(again, rec) {
			t.Errorf("%+v comes back as %+v: %v", rec, again, err)
		}
	})
}

// FuzzEvent reads any bytes as the body of every kind of event, twice in one history,
// and tells it: nothing may panic, and a sentence is one line.
func FuzzEvent(f *testing.F) {
	kinds := domain.Kinds()
	for kind, body := range golden(f) {
		for i, k := range kinds {
			if k == kind {
				f.Add(uint8(i), body)
			}
		}
	}
	f.Add(uint8(0), []byte{0xa0})
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		kind := kinds[int(which)%len(kinds)]
		e, err := domain.ReadEvent(kind, body, decoder.Unmarshal)
		if err != nil {
			return
		}
		if b, err := encoder.Marshal(e); err != nil {
			t.Fatalf("%s was read and cannot be written: %v", kind, err)
		} else if again, err := domain.ReadEvent(kind, b, decoder.Unmarshal); err != nil || !reflect.DeepEqual(tidy(t, again), tidy(t, e)) {
			t.Errorf("%+v comes back as %+v: %v", e, again, err)
		}
		if strings.ContainsAny(e.Sentence(), "\n\r") && !strings.Contains(kind, "registered") {
			t.Errorf("%s says %q", kind, e.Sentence())
		}
		about := domain.About(fuzzID)
		past := []domain.Record{
			{Subject: about, Seq: 1, Command: domain.ID{15: 1}, Time: 1, Kind: "participant.joined", Event: domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Jo"}}},
			{Subject: about, Seq: 2, Command: domain.ID{15: 2}, Time: 2, Kind: kind, Body: body, Event: e},
			{Subject: about, Seq: 3, Command: domain.ID{15: 3}, Time: 3, Kind: kind, Body: body, Event: e},
		}
		p := domain.Replay(about, past)
		settles(t, p.Row())
		_, _ = domain.ReplayOffice(past), domain.ReplayDesk(past)
	})
}

// tidy returns the bytes of an event: an empty list and none are the same.
func tidy(t *testing.T, e domain.Event) string {
	t.Helper()
	b, err := encoder.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// FuzzRow reads any bytes as a row of the lists.
func FuzzRow(f *testing.F) {
	p := domain.Replay(domain.About(fuzzID), []domain.Record{{Subject: domain.About(fuzzID), Seq: 1, Event: domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Jo", domain.FactPostcode: "E15 1NT"}}}})
	raw, err := rowOf(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, plain []byte) {
		ring := &keyring{rows: fuzzKey}
		row, err := openRow(ring, fuzzID[:], fuzzKey.Seal(house, string(rowsBucket), fuzzID[:], plain))
		if err != nil {
			hurts(t, err)
			return
		}
		if settles(t, row); row.ID != fuzzID {
			t.Errorf("a row of %s stands in the place of %s", row.ID, fuzzID)
		}
	})
}

// FuzzDraft reads any bytes as a draft.
func FuzzDraft(f *testing.F) {
	for _, d := range []draft{{}, {"note", fuzzID, fuzzID, 1_700_000_000_000, map[string]string{"text": "half"}}, {At: -1 << 63}} {
		b, err := encoder.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		ring := &keyring{drafts: fuzzKey}
		d, err := openDraft(ring, fuzzID[:], fuzzKey.Seal(house, string(draftsBucket), fuzzID[:], plain))
		if err != nil {
			hurts(t, err)
			return
		}
		var raw draft
		if err := decoder.Unmarshal(plain, &raw); err != nil || d.ID != fuzzID || d.At.UnixMilli() != raw.At || !reflect.DeepEqual(d.Fields, raw.Fields) {
			t.Errorf("%+v is read from %+v: %v", d, raw, err)
		}
		settles(t, raw)
	})
}

// FuzzBooks reads any bytes as what a store knows of itself: facts, counts, slots.
func FuzzBooks(f *testing.F) {
	for _, v := range []any{
		Facts{Version: 1, Demo: true, Office: fuzzID, Seat: fuzzID, Made: 739942, Epoch: 1},
		tally{Records: 3, Clock: 7, Arrivals: 3, Rows: 1, OfRows: 1, Shape: rowShape},
		[]seal.Slot{{Name: "n", Kind: seal.ByPassphrase, Made: "2026-11-23", Age: "age", Sum: "x"}},
	} {
		b, err := encoder.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var facts Facts
		if decoder.Unmarshal(b, &facts) == nil {
			settles(t, facts)
		}
		var book tally
		if decoder.Unmarshal(b, &book) == nil {
			settles(t, book)
		}
		var slots []seal.Slot
		if len(b) <= clearMax && decoder.Unmarshal(b, &slots) == nil {
			settles(t, slots)
		}
		if got, ok := unsummed(b); ok && !bytes.Equal(summed(got), b) {
			t.Errorf("%x has a checksum that is not its own", b)
		}
		if got, ok := unsummed(summed(b)); len(b) < clearMax-64 && (!ok || !bytes.Equal(got, b)) {
			t.Errorf("%x does not come back from under its checksum", b)
		}
	})
}

// FuzzName reads any bytes as the key of a record, and as the value of an arrival,
// which names one.
func FuzzName(f *testing.F) {
	f.Add(journalKey(domain.About(fuzzID), domain.DeskID{1}, 1))
	f.Add(journalKey(domain.Subject{Type: domain.AboutDesk, ID: fuzzID}, domain.DeskID{255}, 1<<63))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, k []byte) {
		r, err := named(k)
		if err != nil {
			hurts(t, err)
		} else if !bytes.Equal(journalKey(r.Subject, r.Desk, r.Seq), k) {
			t.Errorf("%x is read as %+v", k, r)
		}
		place := numberKey(9)
		sealed := fuzzKey.Seal(arrival, string(arrivalsBucket), place, k)
		if got, err := fuzzKey.Open(string(arrivalsBucket), place, sealed); err != nil || !bytes.Equal(got, k) {
			t.Errorf("an arrival of %x comes back as %x: %v", k, got, err)
		}
		if _, err := fuzzKey.Open(string(arrivalsBucket), numberKey(10), sealed); err == nil {
			t.Error("an arrival opens in the place of another")
		}
	})
}

// FuzzMirror reads any file as the mirror of the slots.
func FuzzMirror(f *testing.F) {
	desk := domain.DeskID{1, 2}
	whole, err := json.Marshal(mirror{mirrorSchema, desk.String(), []seal.Slot{{Name: "n", Age: "a"}}, []domain.ID{{5, 15: 1}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(bytes.ToUpper(whole))
	f.Add([]byte(`{"schema":"coachdesk.keys/1"`))
	f.Add([]byte(`[]`))
	path := filepath.Join(f.TempDir(), "desk.coach")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(mirrorPath(path), b, 0o600); err != nil {
			t.Fatal(err)
		}
		if other := readMirror(path, domain.DeskID{9}); other.Schema != "" && !bytes.Contains(b, []byte("09")) {
			t.Error("the mirror of one desk serves another")
		}
		m := readMirror(path, desk)
		if m.Schema == "" {
			return
		}
		if err := writeMirror(path, m); err != nil {
			t.Fatal(err)
		}
		if again := readMirror(path, desk); !slices.Equal(again.Slots, m.Slots) || !slices.Equal(again.Erased, m.Erased) {
			t.Errorf("%+v comes back as %+v", m, again)
		}
	})
}
