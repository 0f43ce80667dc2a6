package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/bundle"
	"coachdesk/store/seal"
)

// Parcels is a bundle that was verified from beginning to end, and compared with what is
// here. Nothing was changed. It stays tied to its file until [Store.Take].
type Parcels struct {
	ID     domain.ID
	Kind   domain.BundleKind
	Made   time.Time
	From   bundle.Card // who sent it
	Own    bool        // this desk made it for itself
	SHA256 string      // of the file
	People []Arriving
	Roster []bundle.Actor // whose records are in it

	file io.ReadSeeker
	key  []byte         // of the age file: a passphrase is not stretched twice
	by   domain.Contact // the sender, as the address book has them
}

// New returns how many records are new here.
func (p *Parcels) New() (n int) {
	for _, a := range p.People {
		n += a.New
	}
	return n
}

// Unknown says that a bundle is signed by nobody in the address book, or with another
// key than theirs. It is a [domain.Refusal]; the card may be put into the address book
// when its fingerprint was compared.
type Unknown struct {
	Card bundle.Card
	no   domain.Refusal
}

func (u Unknown) Error() string { return u.no.Why }

// Unwrap returns the refusal.
func (u Unknown) Unwrap() error { return u.no }

// Unpack opens a bundle that is sealed to this desk or to a passphrase, verifies all of
// it and says what is new in it. It changes nothing.
func (s *Store) Unpack(file io.ReadSeeker, passphrase string) (*Parcels, error) {
	return s.UnpackContext(context.Background(), file, passphrase, nil)
}

// UnpackContext is [Store.Unpack] that can be watched and broken off.
func (s *Store) UnpackContext(ctx context.Context, file io.ReadSeeker, passphrase string, tell Progress) (*Parcels, error) {
	p := &Parcels{file: file}
	if err := s.unseal(p, passphrase); err != nil {
		return nil, err
	}
	err := s.pass(ctx, p, tell, func(_ *bundle.Reader, one parcel) error {
		return s.read(func(tx *bolt.Tx) error {
			book := s.book
			m := &merging{s: s, tx: tx, book: &book, office: s.desk.office, now: s.o.Now(), wipes: p.wipes()}
			if err := s.believe(tx, p, one); err != nil {
				return err
			}
			verdicts, told, err := m.verdicts(one.id, one.in)
			if err != nil {
				return err
			}
			if told.Name, err = m.nameOf(one, verdicts); err == nil {
				p.People = append(p.People, told)
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// wipes reports whether the sender may tell that a content was erased: a colleague, who
// has the record as we have it.
func (p *Parcels) wipes() bool { return p.Own || p.by.Role != domain.Provider }

// nameOf returns the name that a participant will have in the lists.
func (m *merging) nameOf(one parcel, verdicts []verdict) (name string, err error) {
	about := domain.About(one.id)
	past, err := m.s.history(m.tx, about)
	if err != nil {
		return "", err
	}
	for i, in := range one.in {
		if verdicts != nil && verdicts[i] == isNew {
			past = append(past, in.rec)
		}
	}
	domain.Sort(past)
	err = meant("replaying a participant", func() error {
		name = domain.Replay(about, past).Row().Name
		return nil
	})
	return name, err
}

// outerMost is how long the beginning of an age file is at most: a line for each to whom
// it is sealed.
const outerMost = 256 << 10

// bundleMost is how large a file may be that is opened.
const bundleMost = 4 << 30

// unseal opens the outer seal of a bundle: with this desk's own key, or with the
// passphrase.
func (s *Store) unseal(p *Parcels, passphrase string) error {
	size, err := p.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if size > bundleMost {
		return refuseBundle(bundle.ErrTooMuch)
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	header, err := age.ExtractHeader(io.LimitReader(p.file, outerMost))
	if err != nil {
		return refuseBundle(bundle.ErrNotBundle)
	}
	var with age.Identity
	if byWords := bytes.Contains(header, []byte("\n-> scrypt ")); byWords {
		if passphrase == "" {
			return domain.Refused("passphrase", "This bundle is sealed with a passphrase. Ask the sender for it, not by the same way, and give it.")
		}
		if with, err = seal.Try(passphrase); err != nil {
			return domain.Refused("passphrase", "That passphrase does not open this bundle.")
		}
		if p.key, err = age.DecryptHeader(header, with); err != nil {
			return domain.Refused("passphrase", "That passphrase does not open this bundle.")
		}
		return nil
	}
	if with, err = s.Identity(); err != nil {
		return err
	}
	if p.key, err = age.DecryptHeader(header, with); err != nil {
		return refuseBundle(bundle.ErrNotForUs)
	}
	return nil
}

// parcel is what a bundle has of one participant, opened.
type parcel struct {
	id   domain.ID
	keys map[byte][]byte
	in   []incoming
}

// parcelMost is how much of one participant is held in memory.
const parcelMost = 512 << 20

// pass goes through a bundle once and gives f one participant after another. Only when
// it returns without an error was everything that f got as it was sent. The first pass
// writes down what the bundle is; every other must find the same.
func (s *Store) pass(ctx context.Context, p *Parcels, tell Progress, f func(*bundle.Reader, parcel) error) error {
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	file := &summing{from: p.file, sum: sha256.New()}
	r, err := bundle.Open(file, age.NewInjectedFileKeyIdentity(p.key))
	if err != nil {
		return refuseBundle(err)
	}
	first := p.ID.IsZero()
	if first {
		if err := s.admit(p, r.Header); err != nil {
			return err
		}
	}
	seen := map[domain.ID]bool{}
	var one parcel
	give := func() error {
		if one.id.IsZero() {
			return nil
		}
		if seen[one.id] {
			return refuseBundle(bundle.ErrChanged)
		}
		seen[one.id] = true
		if err := errors.Join(ctx.Err(), f(r, one)); err != nil {
			return err
		}
		if tell != nil {
			tell(len(seen), r.Header.People)
		}
		return nil
	}
	size := 0
	for {
		part, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return refuseBundle(err)
		}
		if part.Person != nil {
			if err := give(); err != nil {
				return err
			}
			one, size = parcel{id: part.Person.ID, keys: part.Person.Keys}, 0
			if !p.keysFit(one) {
				return refuseBundle(bundle.ErrChanged)
			}
			continue
		}
		if size += len(part.Record.Value); size > parcelMost {
			return refuseBundle(bundle.ErrTooMuch)
		}
		in, err := p.opened(one, *part.Record)
		if err != nil {
			return err
		}
		one.in = append(one.in, in)
	}
	if err := give(); err != nil {
		return err
	}
	return p.same(file, r, first)
}

// same compares the end of a pass with what the first one found.
func (p *Parcels) same(file *summing, r *bundle.Reader, first bool) error {
	sum := hex.EncodeToString(file.sum.Sum(nil))
	if first {
		p.SHA256, p.Roster = sum, r.Roster
		return nil
	}
	if sum != p.SHA256 {
		return refuseBundle(bundle.ErrChanged)
	}
	return nil
}

// keysFit reports whether the keys of a participant are such as may travel: that of what
// is shareable, or none; the others only in a copy of one's own.
func (p *Parcels) keysFit(one parcel) bool {
	for scope, key := range one.keys {
		if len(key) != seal.KeySize || scope != byte(domain.Shareable) && (!p.Own || scope > byte(domain.ThirdParty)) {
			return false
		}
	}
	return true
}

// opened opens a record of a bundle. Everything in it must fit together: the name with
// the participant and the order, the seal with the name, the scope with the event.
func (p *Parcels) opened(one parcel, r bundle.Record) (incoming, error) {
	var in incoming
	var err error
	if in.rec, err = named(r.Name); err != nil || in.rec.Subject != domain.About(one.id) || in.rec.Seq == 0 {
		return in, refuseBundle(bundle.ErrChanged)
	}
	if n := len(one.in); n > 0 && bytes.Compare(nameOf(one.in[n-1].rec), r.Name) >= 0 {
		return in, refuseBundle(bundle.ErrChanged) // twice, or out of their order
	}
	in.plain = bytes.Clone(r.Value)
	if r.Sealed {
		h, err := seal.HeaderOf(r.Value)
		key := one.keys[h.Scope]
		if err != nil || h.Format != seal.Padded || len(key) != seal.KeySize {
			return in, refuseBundle(bundle.ErrChanged)
		}
		if in.plain, err = seal.NewBox(seal.Key(key)).Open(string(journalBucket), r.Name, r.Value); err != nil {
			return in, refuseBundle(bundle.ErrChanged)
		}
		in.rec.Scope = domain.Scope(h.Scope)
	}
	if err := unpack(&in.rec, in.plain); err != nil || in.rec.Command.IsZero() || !seal.Fits(in.plain) {
		return in, refuseBundle(bundle.ErrChanged)
	}
	if _, known := in.rec.Event.(domain.Unknown); !known && domain.ScopeOf(in.rec.Event) != in.rec.Scope {
		return in, refuseBundle(bundle.ErrChanged)
	}
	return in, nil
}

func nameOf(r domain.Record) []byte { return journalKey(r.Subject, r.Desk, r.Seq) }

// summing sums what is read through it.
type summing struct {
	from io.Reader
	sum  hash.Hash
}

func (s *summing) Read(b []byte) (int, error) {
	n, err := s.from.Read(b)
	s.sum.Write(b[:n])
	return n, err
}

// refuseBundle says in a sentence what is wrong with a bundle. Nothing was changed.
func refuseBundle(err error) error {
	var say string
	switch {
	case errors.Is(err, bundle.ErrNotBundle):
		say = "This file is not a bundle of coachdesk, or its beginning was changed on its way. Ask the sender for it again."
	case errors.Is(err, bundle.ErrNotForUs):
		say = "This bundle is not for this desk. Give the sender this desk's identity (coachdesk identity) and ask for a bundle that is sealed to it."
	case errors.Is(err, bundle.ErrNewer):
		say = "This bundle was written by a newer version of coachdesk. Update coachdesk, and open it then."
	case errors.Is(err, bundle.ErrCut):
		say = "This bundle is cut off: a part of it is missing. Nothing was changed. Copy it again, or ask the sender for it again."
	case errors.Is(err, bundle.ErrChanged):
		say = "This bundle was changed or cut off on its way. Nothing was changed here. Ask the sender for it again."
	case errors.Is(err, bundle.ErrTooMuch):
		say = "This bundle says that it has more in it than any bundle has. Nothing was changed. Ask the sender for it again."
	default:
		return err
	}
	return domain.Refusal{Field: "file", Why: say}
}
