package store

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"slices"

	"coachdesk/domain"
	"coachdesk/store/seal"
	"filippo.io/age"
)

// wreck is what can still be read of a file, damaged or not. Every value in it was
// opened under its seal: none is wrong, some may be missing.
type wreck struct {
	key     seal.Key
	facts   Facts
	slots   []seal.Slot
	sheets  map[string]string
	keys    map[keyName][]byte
	boxes   map[keyName]*seal.Box
	records map[string]domain.Record // by their names
	plain   map[string][]byte        // their envelopes
	rows    map[domain.ID]domain.Row // the newest that were found
	counts  tally
	drafts  map[domain.ID]Draft
	looks   map[uint64]look
	whoAmI  []byte // the age identity
	copies  []copyNote
	former  [][]byte          // public keys that the desk signed with before
	waiting map[string][]byte // what is in quarantine, by its key in the bucket

	living bool            // what is seen now is what the trees lead to
	alive  map[string]bool // records, rows and counts that were seen so
	walked map[string]bool // buckets that were gone through to their end
}

// readWreck reads all that can be read of a file: what its trees lead to first, then
// what lies on pages that nothing leads to any more.
func readWreck(path string, with ...age.Identity) (*wreck, error) {
	w := &wreck{
		sheets: map[string]string{}, keys: map[keyName][]byte{}, boxes: map[keyName]*seal.Box{}, records: map[string]domain.Record{},
		plain: map[string][]byte{}, rows: map[domain.ID]domain.Row{}, drafts: map[domain.ID]Draft{}, looks: map[uint64]look{},
		alive: map[string]bool{}, waiting: map[string][]byte{},
	}
	// The first pass over everything finds the way in, the second opens what is sealed.
	ways := &waysIn{}
	if err := w.twice(path, ways.see); err != nil {
		return nil, err
	}
	if err := w.unlock(path, ways, with...); err != nil {
		return nil, err
	}
	for name, sealed := range ways.keys {
		w.unwrap(name, sealed)
	}
	return w, w.twice(path, w.see)
}

// twice gives every key and value to f: those of the living trees, then those of all
// pages.
func (w *wreck) twice(path string, f func(k, v []byte)) error {
	file, err := os.Open(path)
	if err != nil {
		return classify(err)
	}
	// With one of two headers damaged the other may be the older one: what it leads to
	// is then no more than what lies around.
	_, w.living = newestHeader(file)
	w.walked = walkTrees(file, f)
	if !w.living {
		w.walked = nil
	}
	w.living = false
	return errors.Join(eachElement(file, f), file.Close())
}

// waysIn is what leads to the store key, and the keys under it, still wrapped.
type waysIn struct {
	sets  [][]seal.Slot // as they stood together
	facts [][]byte
	keys  map[keyName][][]byte
}

func (x *waysIn) see(k, v []byte) {
	var slots []seal.Slot
	switch {
	case bytes.Equal(k, slotsName) && len(v) <= clearMax && decoder.Unmarshal(v, &slots) == nil:
		x.sets = append(x.sets, slots)
	case bytes.Equal(k, factsName):
		if raw, ok := unsummed(v); ok {
			x.facts = append(x.facts, raw)
		}
	case len(k) == len(keyName{}) && len(v) <= 128:
		if x.keys == nil {
			x.keys = map[keyName][][]byte{}
		}
		x.keys[keyName(k)] = append(x.keys[keyName(k)], bytes.Clone(v))
	}
}

// unlock finds the store key with the slots in the file or in the mirror beside it. A
// slot of an older store key may lie on a page that nothing leads to: the one that
// opens the most is the right one.
func (w *wreck) unlock(path string, x *waysIn, with ...age.Identity) error {
	tried, fits := map[string]bool{}, false
	best := 0
	for _, set := range append(x.sets, readMirror(path, domain.DeskID{}).Slots) {
		for _, s := range set {
			if tried[s.Sum] || !s.Whole() || len(tried) >= 2*slotsMost {
				continue
			}
			tried[s.Sum] = true
			k, _, err := seal.Unlock([]seal.Slot{s}, with...)
			if err != nil {
				continue
			}
			fits = true
			if n := opens(k, x); n > best {
				best, w.key, w.slots = n, k, slices.DeleteFunc(slices.Clone(set), func(s seal.Slot) bool { return !s.Whole() })
			}
		}
	}
	switch {
	case best > 0:
		w.readFacts(x)
		return nil
	case fits:
		return say(ErrDamaged, nil, "Nothing is left in %s that the passphrase could open. Restore the newest backup: coachdesk restore FILE.", path)
	case len(tried) == 0:
		return damaged("no key slot is left in it or beside it, so nothing can be opened")
	}
	return say(ErrWrongPassphrase, nil, "That passphrase or key opens none of the slots that are left.")
}

// opens counts the keys that a store key opens.
func opens(k seal.Key, x *waysIn) int {
	w := &wreck{key: k, keys: map[keyName][]byte{}, boxes: map[keyName]*seal.Box{}}
	for name, sealed := range x.keys {
		w.unwrap(name, sealed)
	}
	return len(w.keys)
}

// unwrap opens a key, in whichever of its places a copy is whole.
func (w *wreck) unwrap(name keyName, sealed [][]byte) {
	if w.keys[name] != nil {
		return
	}
	box := seal.NewBox(w.key)
	for _, v := range sealed {
		for _, bucket := range [][]byte{keysBucket, spareBucket} {
			if plain, err := box.Open(string(bucket), name[:], v); err == nil && len(plain) == seal.KeySize {
				w.keys[name] = plain
				w.boxes[name] = seal.NewBox(seal.Key(plain))
				return
			}
		}
	}
}

func (w *wreck) readFacts(x *waysIn) {
	for _, raw := range x.facts {
		var f Facts
		if decoder.Unmarshal(raw, &f) == nil && f.Version <= Version {
			w.facts = f
			return
		}
	}
}

// see opens whatever a key and value may be. What was found first stands: it is what
// the living tree says.
func (w *wreck) see(k, v []byte) {
	switch len(k) {
	case journalSize:
		w.seeRecord(k, v)
	case journalSize + 1:
		w.seeWaiting(k, v)
	case len(domain.ID{}):
		w.seeRowOrDraft(k, v)
	case 8:
		if bytes.Equal(k, identityName) {
			w.seeOwn(k, v)
			return
		}
		w.seeLook(k, v)
	default:
		w.seeOwn(k, v)
	}
}

func (w *wreck) seeRecord(k, v []byte) {
	name := string(k)
	if _, known := w.plain[name]; known {
		return
	}
	r, err := named(k)
	if err != nil {
		return
	}
	h, err := seal.HeaderOf(v)
	if err != nil || h.Format != seal.Padded {
		return
	}
	r.Scope = domain.Scope(h.Scope)
	box := w.boxes[keyFor(r.Subject, r.Scope, h.Epoch)]
	if box == nil {
		return
	}
	plain, err := box.Open(string(journalBucket), k, v)
	if err != nil || unpack(&r, plain) != nil {
		return
	}
	w.plain[name], w.records[name] = plain, r
	w.alive[name] = w.living
}

func (w *wreck) seeRowOrDraft(k, v []byte) {
	id := domain.ID(k)
	if rows := w.boxes[rowsKey]; rows != nil {
		if row, err := openRow(&keyring{rows: rows}, k, v); err == nil {
			if w.living || !w.alive[string(k)] && row.Records > w.rows[id].Records {
				w.rows[id], w.alive[string(k)] = row, w.living
			}
			return
		}
	}
	// What was saved or dropped must not come back as a draft.
	if drafts := w.boxes[draftsKey]; drafts != nil && (w.living || !w.walked[string(draftsBucket)]) {
		if d, err := openDraft(&keyring{drafts: drafts}, k, v); err == nil {
			if _, known := w.drafts[id]; !known {
				w.drafts[id] = d
			}
		}
	}
}

func (w *wreck) seeLook(k, v []byte) {
	books := w.boxes[booksKey]
	if books == nil || !w.living && w.walked[string(looksBucket)] {
		return
	}
	plain, err := books.Open(string(looksBucket), k, v)
	var l look
	if err != nil || decoder.Unmarshal(plain, &l) != nil {
		return
	}
	if _, known := w.looks[numberOf(k)]; !known {
		w.looks[numberOf(k)] = l
	}
}

// seeWaiting opens what is in quarantine. What was let in must not come back.
func (w *wreck) seeWaiting(k, v []byte) {
	books := w.boxes[booksKey]
	if _, known := w.waiting[string(k)]; known || books == nil || !w.living && w.walked[string(quarantineBucket)] {
		return
	}
	if _, _, err := openWaiting(books, k, v); err != nil {
		return
	}
	if raw, err := books.Open(string(quarantineBucket), k, v); err == nil {
		w.waiting[string(k)] = raw
	}
}

// formerly remembers keys that the desk signed with. The salvaged store has a new one.
func (w *wreck) formerly(keys ...[]byte) {
	for _, key := range keys {
		if len(key) == ed25519.PublicKeySize && !slices.ContainsFunc(w.former, func(k []byte) bool { return bytes.Equal(k, key) }) {
			w.former = append(w.former, key)
		}
	}
}

// seeOwn reads what the store keeps of itself.
func (w *wreck) seeOwn(k, v []byte) {
	books := w.boxes[booksKey]
	if books == nil {
		return
	}
	open := func(bucket, name []byte) []byte {
		if !bytes.Equal(k, name) {
			return nil
		}
		plain, err := books.Open(string(bucket), k, v)
		if err != nil {
			return nil
		}
		return plain
	}
	if raw := open(tallyBucket, tallyName); raw != nil {
		var t tally
		if decoder.Unmarshal(raw, &t) == nil && (w.living || !w.alive["tally"] && t.Arrivals > w.counts.Arrivals) {
			w.counts, w.alive["tally"] = t, w.living
		}
	}
	if raw := open(metaBucket, sheetsName); raw != nil && len(w.sheets) == 0 {
		if decoder.Unmarshal(raw, &w.sheets) != nil {
			w.sheets = map[string]string{}
		}
	}
	if raw := open(metaBucket, copiesName); raw != nil && w.copies == nil {
		if decoder.Unmarshal(raw, &w.copies) != nil {
			w.copies = nil
		}
	}
	if raw := open(metaBucket, formerName); raw != nil {
		var keys [][]byte
		if decoder.Unmarshal(raw, &keys) == nil {
			w.formerly(keys...)
		}
	}
	if raw := open(metaBucket, signatureName); len(raw) == ed25519.SeedSize {
		w.formerly(ed25519.NewKeyFromSeed(raw).Public().(ed25519.PublicKey))
	}
	if raw := open(metaBucket, identityName); raw != nil && w.whoAmI == nil {
		w.whoAmI = raw
	}
}
