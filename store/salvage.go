package store

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// Saved tells what a salvage brought back.
type Saved struct {
	People  int    // with at least one record
	Records int    // brought back
	Lost    int    // known to be missing; an entry stands in the place of each
	Kept    string // where the damaged file is now
}

// Salvage makes a sound store of what can still be read of a damaged one and of others
// that hold the same records, such as backups. Every value is opened under its seal, so
// nothing in it is wrong; what is missing is marked by an entry in its place. The
// damaged file is kept under the name that is returned. The salvaged store is a desk of
// its own, like a restored one.
func Salvage(path, passphrase string, o Options, others ...string) (saved Saved, err error) {
	for range attempts {
		if saved, err = salvageOnce(path, passphrase, o, others...); !errors.Is(err, errMoved) {
			break
		}
	}
	return saved, err
}

// attempts is how often something begins again because another process wrote
// meanwhile.
const attempts = 5

func salvageOnce(path, passphrase string, o Options, others ...string) (Saved, error) {
	if err := o.valid(); err != nil {
		return Saved{}, err
	}
	with, err := seal.Identities(passphrase)
	if err != nil {
		return Saved{}, sayTyped(passphrase, err)
	}
	asOf := newestTx(path)
	w, err := readWreck(path, with...)
	if err != nil {
		return Saved{}, err
	}
	for _, name := range others {
		other, err := readWreck(name, with...)
		if err != nil {
			return Saved{}, err
		}
		w.add(other)
	}
	var gone domain.Office
	for _, id := range readMirror(path, domain.DeskID{}).Erased {
		gone.Erased = append(gone.Erased, domain.Erasure{ID: id, Reason: domain.AskedToErase})
	}
	tmp := path + ".new"
	if err := sweep(tmp); err != nil {
		return Saved{}, err
	}
	r := &rescue{wreck: w, s: newStore(tmp, o, true), gone: gone}
	saved, err := r.build(tmp)
	if err == nil {
		err = inspect(tmp, w.key, o, r.s.book)
	}
	if err == nil {
		saved.Kept, err = supplant(tmp, path, o, asOf)
	}
	if err != nil {
		_ = os.Remove(tmp) // the next time would do it as well
		return Saved{}, classify(err)
	}
	return saved, writeMirror(path, mirror{Desk: r.s.facts.Desk.String(), Slots: w.slots, Erased: r.s.desk.office.ErasedIDs()})
}

// add takes what another wreck has and this one lacks.
func (w *wreck) add(o *wreck) {
	for name, plain := range o.plain {
		if _, known := w.plain[name]; !known {
			w.plain[name], w.records[name] = plain, o.records[name]
		}
	}
	for name, key := range o.keys {
		if w.keys[name] == nil {
			w.keys[name], w.boxes[name] = key, o.boxes[name]
		}
	}
	for id, row := range o.rows {
		if row.Records > w.rows[id].Records {
			w.rows[id] = row
		}
	}
	w.formerly(o.former...)
	if w.facts.Office.IsZero() {
		w.facts = o.facts
	}
	if w.whoAmI == nil {
		w.whoAmI = o.whoAmI
	}
}

// rescue builds a store of a wreck.
type rescue struct {
	*wreck
	s    *Store
	gone domain.Office
	lost int

	wrote int // the version of the format that the wreck has; 0 when nobody knows
}

// build writes the new file: keys and settings first, then the records as they were.
func (r *rescue) build(tmp string) (saved Saved, err error) {
	r.forgetErased()
	r.forgetUnsaid()
	r.fillFacts()
	s := r.s
	s.lease.how.readOnly = false
	if _, err := io.ReadFull(s.o.Dice, s.facts.Desk[:]); err != nil {
		return saved, err
	}
	db, err := bolt.Open(tmp, 0o600, &bolt.Options{Timeout: 1, MaxSize: sizeMax, NoSync: true, NoStatistics: true})
	if err != nil {
		return saved, err
	}
	err = db.Update(r.layOut)
	if err = errors.Join(err, db.Sync(), db.Close()); err != nil {
		return saved, err
	}
	if err := s.enter(r.key); err != nil {
		return saved, err
	}
	for part := range slices.Chunk(r.inOrder(), salvageStep) {
		err := s.write(func(tx *bolt.Tx) error {
			book := s.book
			for _, rec := range part {
				plain, err := envelopeOf(rec)
				if old, known := r.plain[string(journalKey(rec.Subject, rec.Desk, rec.Seq))]; known {
					plain = old // byte for byte, with what a later version wrote
				}
				if err = errors.Join(err, s.put(tx, &book, rec, plain)); err != nil {
					return err
				}
				book.Clock = max(book.Clock, rec.Time)
			}
			tx.OnCommit(func() { s.forget(); s.book = tally{} })
			return writeTally(tx, s.ring.books, book)
		})
		if err != nil {
			return saved, err
		}
	}
	for _, step := range []func() error{s.Rebuild, r.someone, func() error { return s.buryAll(r.gone) }, func() error { return s.read(func(*bolt.Tx) error { return nil }) }} {
		if err := step(); err != nil {
			return saved, err
		}
	}
	ids, err := s.Everyone()
	err = errors.Join(err, s.Close())
	return Saved{People: len(ids), Records: len(r.records), Lost: r.lost}, err
}

// someone registers a work coach where the damage took everybody who works here:
// without a role nobody could write. They can give themself their name again.
func (r *rescue) someone() error {
	if len(r.s.desk.office.People) > 0 {
		return nil
	}
	r.s.first = domain.Person{Role: domain.Coach}
	_, err := r.s.Do(domain.Batch{ID: r.s.NewID(), Commands: []domain.Command{
		domain.Register{Office: r.s.facts.Office, Person: r.s.NewID(), Name: "Work coach", Role: domain.Coach},
	}})
	return err
}

// salvageStep is how many records go into one transaction.
const salvageStep = 10_000

// fillFacts finds out what the facts said when no copy of them is left.
func (r *rescue) fillFacts() {
	f := &r.facts
	for _, name := range slices.Sorted(maps.Keys(r.records)) {
		rec := r.records[name]
		switch {
		case (rec.Subject.Type == domain.AboutOffice || rec.Subject.Type == domain.AboutDirectory) && f.Office.IsZero():
			f.Office = rec.Subject.ID
		case rec.Subject.Type == domain.AboutDesk && f.Seat.IsZero():
			f.Seat = rec.Subject.ID
		}
		if f.Made.IsZero() || rec.Day < f.Made {
			f.Made = rec.Day
		}
	}
	if f.Office.IsZero() {
		f.Office = r.s.NewID()
	}
	if f.Seat.IsZero() {
		f.Seat = r.s.NewID()
	}
	r.wrote = f.Version
	f.Version, f.Epoch = Version, max(f.Epoch, firstEpoch)
	r.s.facts = *f
}

// layOut writes everything but the records.
func (r *rescue) layOut(tx *bolt.Tx) error {
	s := r.s
	for _, name := range bucketsOf(Version) {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	ring := &keyring{key: r.key, store: seal.NewBox(r.key), epoch: s.facts.Epoch, known: map[keyName]*seal.Box{}, dice: s.o.Dice}
	for name, key := range r.keys {
		if err := wrap(tx, ring.store, ring.epoch, name, key); err != nil {
			return err
		}
	}
	for _, name := range []keyName{rowsKey, draftsKey, booksKey} {
		if r.keys[name] == nil {
			if err := ring.make(tx, name); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(r.threeEach(tx, ring), ring.openHouse(tx)); err != nil {
		return err
	}
	s.ring = ring
	var err error
	s.raw, err = writeFacts(tx, s.facts, ring.books)
	if want := r.counts.LooksTo + 1 - max(r.counts.LooksFrom, 1); r.alive["tally"] && r.counts.LooksTo >= max(r.counts.LooksFrom, 1) {
		r.lost += max(0, int(want)-len(r.looks))
	}
	maps.DeleteFunc(r.sheets, func(name, _ string) bool {
		return !slices.ContainsFunc(r.slots, func(x seal.Slot) bool { return x.Name == name })
	})
	book := tally{Shape: rowShape, LooksFrom: 1}
	err = errors.Join(err, writeSlots(tx, r.slots), writeSheets(tx, ring.books, r.sheets), writeCopyNotes(tx, ring.books, r.copies), writeFormer(tx, ring.books, r.former), s.newIdentities(tx), r.putDrafts(tx), r.putLooks(tx, &book), r.putWaiting(tx, &book))
	if r.whoAmI != nil {
		err = errors.Join(err, putSealed(tx.Bucket(metaBucket), metaBucket, identityName, ring.books, r.whoAmI))
	}
	return errors.Join(err, writeTally(tx, ring.books, book))
}

// threeEach makes the keys of scopes that were lost: new text needs them.
func (r *rescue) threeEach(tx *bolt.Tx, ring *keyring) error {
	subjects := map[domain.Subject]bool{}
	for _, rec := range r.records {
		subjects[rec.Subject] = true
	}
	for about := range subjects {
		scopes := domain.Scopes
		if about.Type != domain.AboutParticipant {
			scopes = scopes[:1]
		}
		for _, scope := range scopes {
			name := keyFor(about, scope, firstEpoch)
			if tx.Bucket(keysBucket).Get(name[:]) == nil {
				if err := ring.make(tx, name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *rescue) putDrafts(tx *bolt.Tx) error {
	for id, d := range r.drafts {
		raw, err := encoder.Marshal(draft{d.Place, d.Participant, d.By, d.At.UnixMilli(), d.Fields})
		if err == nil {
			err = putSealed(tx.Bucket(draftsBucket), draftsBucket, id[:], r.s.ring.drafts, raw)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *rescue) putWaiting(tx *bolt.Tx, book *tally) error {
	for _, name := range slices.Sorted(maps.Keys(r.waiting)) {
		book.Waiting++
		if err := putSealed(tx.Bucket(quarantineBucket), quarantineBucket, []byte(name), r.s.ring.books, r.waiting[name]); err != nil {
			return err
		}
	}
	return nil
}

func (r *rescue) putLooks(tx *bolt.Tx, book *tally) error {
	for _, n := range slices.Sorted(maps.Keys(r.looks)) {
		one := r.looks[n]
		if r.alive["tally"] && (n < r.counts.LooksFrom || n > r.counts.LooksTo) {
			continue // forgotten, or never written to the end
		}
		if r.gone.IsErased(one.Participant) {
			one.Reason = ""
		}
		raw, err := encoder.Marshal(one)
		if err != nil {
			return err
		}
		book.LooksTo++
		if err := putSealed(tx.Bucket(looksBucket), looksBucket, numberKey(book.LooksTo), r.s.ring.books, raw); err != nil {
			return err
		}
	}
	return nil
}

// String sums it up in a sentence or two.
func (s Saved) String() string {
	text := fmt.Sprintf("%d people and %d entries were brought back.", s.People, s.Records)
	if s.Lost > 0 {
		text += fmt.Sprintf(" %d entries are lost; each has a mark in its place.", s.Lost)
	}
	return text
}
