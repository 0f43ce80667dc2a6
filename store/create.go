package store

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/seal"
)

// Create makes a store and returns it opened, with its recovery key, which is
// nowhere else and is shown once. The file gets its name only when it is whole: a
// creation that was killed leaves path.new, which the next one sweeps away.
func Create(path string, f Founding, o Options) (s *Store, recovery string, err error) {
	if err := errors.Join(o.valid(), mayCreate(path)); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, "", classify(err)
	}
	tmp := path + ".new"
	if err := sweep(tmp); err != nil {
		return nil, "", err
	}
	s, recovery, slots, err := found(tmp, f, o)
	if err != nil {
		if s != nil {
			_ = s.Close() // the file is thrown away
		}
		_ = os.Remove(tmp) // the next creation would do it as well
		return nil, "", err
	}
	s.lease.pause()
	if err := moveNew(tmp, path); err != nil {
		_ = s.Close()      // the file is thrown away
		_ = os.Remove(tmp) // the next creation would do it as well
		return nil, "", classify(err)
	}
	s.lease.rename(path)
	s.warnings = warnOf(path)
	if err := s.mirror(slots); err != nil {
		s.warnings = append(s.warnings, "The file with the keys beside the store could not be written. It is written when the store is opened next.")
	}
	return s, recovery, nil
}

// mayCreate refuses to touch anything that may have been a store.
func mayCreate(path string) error {
	st, err := os.Lstat(path)
	switch {
	case err == nil && st.Size() == 0 && st.Mode().IsRegular():
		return sayEmpty(path)
	case err == nil:
		return say(ErrExists, nil, "There is a file %s already. Open it, or choose another name.", path)
	case !errors.Is(err, fs.ErrNotExist):
		return classify(err)
	}
	if _, err := os.Lstat(mirrorPath(path)); err == nil {
		return say(ErrExists, nil, "There is no store %s, but the keys of one that was there: %s. Restore a backup, or move that file away first.", path, mirrorPath(path))
	}
	if abs, err := filepath.Abs(path); err == nil && remote(abs) {
		return say(ErrReadOnly, nil, "%s is on a network drive. Two computers that write at once would damage a store: choose a place on this computer's own disk.", path)
	}
	return nil
}

// sweep removes what an unfinished creation or copy left, unless it is going on.
func sweep(tmp string) error {
	left, err := os.Lstat(tmp)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if done, err := os.Lstat(strings.TrimSuffix(tmp, ".new")); err == nil && left != nil && os.SameFile(left, done) {
		return classify(os.Remove(tmp)) // a second name of the finished file
	}
	var db *bolt.DB
	err = guard(func() (err error) {
		db, err = bolt.Open(tmp, 0o600, &bolt.Options{Timeout: 1})
		return err
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return say(ErrInUse, nil, "Another coachdesk is making this store right now.")
	}
	err = classify(os.Remove(tmp))
	if db != nil {
		_ = guard(db.Close) // the file is gone
	}
	return err
}

// found makes the file: facts and keys in one transaction, then the first person
// and the settings through ordinary commands.
func found(tmp string, f Founding, o Options) (*Store, string, []seal.Slot, error) {
	s := newStore(tmp, o, true)
	s.lease.how.readOnly = false
	founder := domain.Person{ID: newID(o), Name: f.Person, Role: f.Role, Since: calendar.Of(o.Now())}
	s.first, s.who = founder, founder.ID
	s.facts = Facts{Version: Version, Demo: f.Demo, Office: newID(o), Seat: newID(o), Made: calendar.Of(o.Now()), Epoch: firstEpoch}
	if _, err := io.ReadFull(o.Dice, s.facts.Desk[:]); err != nil {
		return nil, "", nil, fmt.Errorf("name the desk: %w", err)
	}
	key, err := seal.NewKey(o.Dice)
	if err != nil {
		return nil, "", nil, err
	}
	sheet, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", nil, fmt.Errorf("make a recovery key: %w", err)
	}
	slots, err := s.firstSlots(key, f.Passphrase, sheet.Recipient())
	if err != nil {
		return nil, "", nil, err
	}
	if err := s.layOut(tmp, key, slots, sheet.Recipient().String()); err != nil {
		return nil, "", nil, err
	}
	_, err = s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{
		domain.Register{Office: s.facts.Office, Person: founder.ID, Name: f.Person, Role: f.Role},
		domain.Settle{Desk: s.facts.Seat, Settings: settingsOf(f, founder.ID)},
	}})
	return s, sheet.String(), slots, err
}

func settingsOf(f Founding, founder domain.ID) map[domain.Setting]string {
	nation := f.Nation
	if nation == "" {
		nation = calendar.EnglandAndWales
	}
	return map[domain.Setting]string{
		domain.SettingOffice: f.Office, domain.SettingNation: string(nation), domain.SettingPerson: founder.String(),
	}
}

// firstSlots makes the two slots that every store begins with.
func (s *Store) firstSlots(key seal.Key, passphrase string, sheet age.Recipient) ([]seal.Slot, error) {
	to, err := seal.Passphrase(passphrase, s.o.Work())
	if err != nil {
		return nil, domain.Refused("passphrase", "Choose a passphrase: without one everybody could read the store.")
	}
	byWords, err := s.newSlot(seal.ByPassphrase, "", to, key)
	if err != nil {
		return nil, err
	}
	bySheet, err := s.newSlot(seal.ByRecovery, "", sheet, key)
	return []seal.Slot{byWords, bySheet}, err
}

// layOut writes the empty file: everything in one transaction.
func (s *Store) layOut(tmp string, key seal.Key, slots []seal.Slot, sheet string) error {
	db, err := bolt.Open(tmp, 0o600, &bolt.Options{Timeout: 1, MaxSize: sizeMax, NoSync: s.o.NoSync, NoStatistics: true})
	if err != nil {
		return classify(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range bucketsOf(Version) {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		var err error
		if s.ring, err = newKeyring(tx, key, s.o.Dice); err != nil {
			return err
		}
		s.raw, err = writeFacts(tx, s.facts, s.ring.books)
		return errors.Join(err, writeSlots(tx, slots), writeSheets(tx, s.ring.books, map[string]string{slots[1].Name: sheet}), writeCopyNotes(tx, s.ring.books, nil),
			writeFormer(tx, s.ring.books, nil), writeTally(tx, s.ring.books, tally{Shape: rowShape}), s.newIdentities(tx))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return classify(err)
	}
	s.lease.setFresh(s.same)
	return nil
}

// newIdentities makes what the desk signs with and what others seal to.
func (s *Store) newIdentities(tx *bolt.Tx) error {
	receiver, err := age.GenerateX25519Identity()
	if err != nil {
		return fmt.Errorf("make an identity: %w", err)
	}
	meta := tx.Bucket(metaBucket)
	if err := putSealed(meta, metaBucket, identityName, s.ring.books, []byte(receiver.String())); err != nil {
		return err
	}
	return newSignature(tx, s.ring.books, s.o.Dice)
}

func newSignature(tx *bolt.Tx, books *seal.Box, dice io.Reader) error {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(dice, seed); err != nil {
		return fmt.Errorf("make a signing key: %w", err)
	}
	return putSealed(tx.Bucket(metaBucket), metaBucket, signatureName, books, seed)
}

// Identity returns the age identity that others seal grants and bundles to.
func (s *Store) Identity() (*age.X25519Identity, error) {
	var text []byte
	err := s.read(func(tx *bolt.Tx) (err error) {
		text, err = getSealed(tx.Bucket(metaBucket), metaBucket, identityName, s.ring.books)
		return err
	})
	if err != nil {
		return nil, err
	}
	id, err := age.ParseX25519Identity(string(text))
	if err != nil {
		return nil, damaged("its age identity cannot be read")
	}
	return id, nil
}

// SigningKey returns the key with which the desk signs what it sends.
func (s *Store) SigningKey() (ed25519.PrivateKey, error) {
	var key ed25519.PrivateKey
	err := s.read(func(tx *bolt.Tx) (err error) {
		key, err = s.signing(tx)
		return err
	})
	return key, err
}
