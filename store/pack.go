package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/bundle"
	"coachdesk/store/seal"
)

// Outgoing says what goes into a bundle, and to whom it is sealed: to contacts, or to a
// passphrase.
type Outgoing struct {
	ID         domain.ID
	Kind       domain.BundleKind
	To         []domain.Contact
	Passphrase string
	People     []Parcel
}

// Parcel is one participant in a bundle. Somebody outside gets no key and only chosen
// records; colleagues get the shareable key and all shareable records, unless Only
// chooses among them.
type Parcel struct {
	ID      domain.ID
	Outside bool
	Only    func(domain.Record) bool
}

// Packed tells what was written.
type Packed struct {
	ID      domain.ID
	SHA256  string // of the file
	People  int
	Records int
	Bytes   int64
}

// Progress is told, now and then, how much of all is done.
type Progress func(done, of int)

// Pack writes a bundle. Nothing of a private scope, and no key of one, goes into it,
// except into a copy that is sealed to this desk's own key alone. The store is read in
// small steps, so that a slow disk keeps nobody from working.
func (s *Store) Pack(w io.Writer, out Outgoing) (Packed, error) {
	return s.PackContext(context.Background(), w, out, nil)
}

// PackContext is [Store.Pack] that can be watched and broken off.
func (s *Store) PackContext(ctx context.Context, w io.Writer, out Outgoing, tell Progress) (Packed, error) {
	from, err := s.issuer()
	if err != nil {
		return Packed{}, err
	}
	return s.packFrom(ctx, w, out, tell, from, s.read)
}

// packFrom packs what a view of the store shows: the store as it is, or as a batch under
// way leaves it.
func (s *Store) packFrom(ctx context.Context, w io.Writer, out Outgoing, tell Progress, from issuer, view viewer) (Packed, error) {
	p, err := s.prepareBundle(out, from, view)
	if err != nil {
		return Packed{}, err
	}
	file := &tallied{to: w, sum: sha256.New()}
	sealed, err := age.Encrypt(file, p.recipients...)
	if err != nil {
		return Packed{}, classify(err)
	}
	if err := p.write(ctx, sealed, tell); err != nil {
		return Packed{}, classify(err)
	}
	if err := sealed.Close(); err != nil {
		return Packed{}, classify(err)
	}
	return Packed{ID: out.ID, SHA256: hex.EncodeToString(file.sum.Sum(nil)), People: len(out.People), Records: p.header.Records, Bytes: file.n}, nil
}

// tallied counts and sums what goes through it.
type tallied struct {
	to  io.Writer
	sum hash.Hash
	n   int64
}

func (t *tallied) Write(b []byte) (int, error) {
	n, err := t.to.Write(b)
	_, _ = t.sum.Write(b[:n]) // a checksum takes everything
	t.n += int64(n)
	return n, err
}

// viewer reads the store.
type viewer func(func(*bolt.Tx) error) error

// issuer is who makes a bundle, and what they sign it with.
type issuer struct {
	card   bundle.Card
	key    ed25519.PrivateKey
	demo   bool
	office domain.Office
}

func (s *Store) issuer() (from issuer, err error) {
	if from.card, err = s.Card(); err != nil {
		return from, err
	}
	from.key, err = s.SigningKey()
	from.demo, from.office = s.Demo(), s.Office()
	return from, err
}

// packing is a bundle while it is written.
type packing struct {
	s          *Store
	from       issuer
	view       viewer
	out        Outgoing
	own        bool // sealed to this desk's own key alone: private scopes may go along
	recipients []age.Recipient
	header     bundle.Header
	key        ed25519.PrivateKey
	counts     []int // records of each person
	actors     map[domain.ID]bool
	room       []byte // what the records are copied into
}

// prepareBundle looks whether a bundle may be made, and counts what goes into it.
func (s *Store) prepareBundle(out Outgoing, from issuer, view viewer) (*packing, error) {
	card := from.card
	p := &packing{s: s, from: from, view: view, out: out, key: from.key, actors: map[domain.ID]bool{}}
	p.own = out.Passphrase == "" && len(out.To) == 1 && out.To[0].Recipient == card.Recipient
	if err := p.address(card); err != nil {
		return nil, err
	}
	p.header = bundle.Header{ID: out.ID, Kind: out.Kind, Made: s.o.Now().UnixMilli(), Demo: from.demo, From: card, To: []bundle.Addressee{}, People: len(out.People)}
	for _, c := range out.To {
		p.header.To = append(p.header.To, bundle.Addressee{Person: c.Person, Recipient: c.Recipient})
	}
	seen := map[domain.ID]bool{}
	err := view(func(tx *bolt.Tx) error {
		for _, parcel := range out.People {
			if seen[parcel.ID] {
				return domain.Refused("ref", "The record %s stands in the bundle twice.", parcel.ID.Ref(4))
			}
			seen[parcel.ID] = true
			n, err := p.count(tx, parcel)
			if err != nil {
				return err
			}
			p.counts = append(p.counts, n)
			p.header.Records += n
		}
		return nil
	})
	if p.header.Records > bundle.MaxRecords {
		err = errors.Join(err, domain.Refused("ref", "That is too much for one bundle. Send it in two."))
	}
	return p, err
}

// address turns those to whom a bundle goes into recipients of age.
func (p *packing) address(card bundle.Card) error {
	out := p.out
	switch {
	case out.ID.IsZero():
		return errors.New("store: a bundle needs an ID")
	case len(out.People) == 0:
		return domain.Refused("ref", "A bundle needs somebody whom it is about.")
	case len(out.People) > bundle.MaxPeople:
		return domain.Refused("ref", "That is too much for one bundle. Send it in two.")
	case len(out.To) > bundle.MaxTo:
		return domain.Refused("to", "A bundle goes to %d people at most.", bundle.MaxTo)
	case out.Passphrase == "" && len(out.To) == 0:
		return domain.Refused("to", "Say to whom the bundle goes, or give it a passphrase.")
	case !slices.Contains([]domain.BundleKind{domain.BundleHandover, domain.BundleAnswers, domain.BundleCopy, domain.BundleCaseload}, out.Kind):
		return domain.Refused("kind", "%q is no kind of bundle.", clean.Line(string(out.Kind), 40))
	}
	if out.Passphrase != "" {
		to, err := seal.Passphrase(out.Passphrase, p.s.o.Work())
		if err != nil {
			return err
		}
		p.recipients = []age.Recipient{to}
	}
	for _, c := range out.To {
		to, err := seal.ReadRecipient(c.Recipient)
		if err != nil {
			return domain.Refused("to", "The key of %s in the address book cannot be used. Ask for their identity again.", c.Who())
		}
		if out.Passphrase == "" { // age seals to a passphrase alone
			p.recipients = append(p.recipients, to)
		}
		if c.Role == domain.Provider && c.Recipient != card.Recipient && slices.ContainsFunc(out.People, func(x Parcel) bool { return !x.Outside }) {
			return domain.Refused("to", "%s works for a provider: a bundle for them has chosen entries only, and no key.", c.Who())
		}
	}
	return nil
}

// count finds out how many records of somebody go into the bundle.
func (p *packing) count(tx *bolt.Tx, parcel Parcel) (n int, err error) {
	s, about := p.s, domain.About(parcel.ID)
	row, there, err := s.readRow(tx, parcel.ID)
	switch {
	case err != nil:
		return 0, err
	case !there:
		return 0, say(ErrNotFound, nil, "Nobody of that reference is on the caseload.")
	case row.Restricted && p.out.Kind == domain.BundleCaseload:
		return 0, domain.Refused("ref", "The record %s is restricted: it never goes into a copy of the caseload.", parcel.ID.Ref(4))
	case parcel.Outside && parcel.Only == nil:
		return 0, domain.Refused("ref", "Say which entries go to somebody outside.")
	}
	c := tx.Bucket(journalBucket).Cursor()
	prefix := subjectKey(about)
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		goes, err := p.chosen(tx, parcel, k, v)
		if err != nil {
			return 0, err
		}
		if goes {
			n++
		}
	}
	return n, nil
}

// chosen tells whether a record goes into the bundle. It is opened only where somebody
// chooses among the records.
func (p *packing) chosen(tx *bolt.Tx, parcel Parcel, k, v []byte) (goes bool, err error) {
	h, err := seal.HeaderOf(v)
	if err != nil || h.Format != seal.Padded {
		return false, damaged("a record has an unknown format")
	}
	if !p.mayGo(parcel, domain.Scope(h.Scope)) {
		return false, nil
	}
	if parcel.Only == nil {
		return true, nil
	}
	r, err := p.s.ring.openRecord(tx, k, v)
	return err == nil && parcel.Only(r), err
}

// mayGo is the wall: what is private leaves only for this desk's own key.
func (p *packing) mayGo(parcel Parcel, scope domain.Scope) bool {
	return scope == domain.Shareable || p.own && !parcel.Outside
}

// write writes the inside of the bundle.
func (p *packing) write(ctx context.Context, to io.Writer, tell Progress) error {
	w, err := bundle.NewWriter(to, p.header, p.key)
	if err != nil {
		return err
	}
	done := 0
	for done < len(p.out.People) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var batch []boxed
		err := p.view(func(tx *bolt.Tx) (err error) {
			batch, err = p.gather(tx, done)
			return err
		})
		if err != nil {
			return err
		}
		for i := range batch {
			if err := batch[i].write(w); err != nil {
				return err
			}
		}
		done += len(batch)
		if tell != nil {
			tell(done, len(p.out.People))
		}
	}
	return w.Close(p.roster())
}

// boxed is what goes out of one person, copied out of the store.
type boxed struct {
	person  bundle.Person
	records []bundle.Record
}

// packRoom is how much room is made at once for what is copied out of the store.
const packRoom = 1 << 20

// copied copies bytes out of a mapped file.
func (p *packing) copied(raw []byte) []byte {
	if cap(p.room)-len(p.room) < len(raw) {
		p.room = make([]byte, 0, max(len(raw), packRoom))
	}
	from := len(p.room)
	p.room = append(p.room, raw...)
	return p.room[from:len(p.room):len(p.room)]
}

func (b *boxed) write(w *bundle.Writer) error {
	if err := w.Person(b.person); err != nil {
		return err
	}
	for _, r := range b.records {
		if err := w.Record(r); err != nil {
			return err
		}
	}
	return nil
}

// gatherMost is how much is copied out of the store before it is written.
const gatherMost = 4 << 20

// gather copies people out of the store, from one on, until it is enough for a while.
func (p *packing) gather(tx *bolt.Tx, from int) ([]boxed, error) {
	var batch []boxed
	for i, size := from, 0; i < len(p.out.People) && size < gatherMost; i++ {
		b, err := p.box(tx, p.out.People[i])
		if err != nil {
			return nil, err
		}
		if len(b.records) != p.counts[i] {
			return nil, say(ErrReplaced, nil, "Something was written about somebody while the bundle was made. Make it again.")
		}
		for _, r := range b.records {
			size += len(r.Name) + len(r.Value)
		}
		batch = append(batch, b)
	}
	return batch, nil
}

// box copies out what goes of one person.
func (p *packing) box(tx *bolt.Tx, parcel Parcel) (boxed, error) {
	about := domain.About(parcel.ID)
	b := boxed{person: bundle.Person{ID: parcel.ID}}
	c := tx.Bucket(journalBucket).Cursor()
	prefix := subjectKey(about)
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if goes, err := p.chosen(tx, parcel, k, v); err != nil || !goes {
			if err != nil {
				return b, err
			}
			continue
		}
		r, err := p.boxRecord(tx, parcel, k, v)
		if err != nil {
			return b, err
		}
		b.records = append(b.records, r)
	}
	b.person.Records = len(b.records)
	if parcel.Outside {
		return b, nil
	}
	b.person.Keys = map[byte][]byte{}
	for _, scope := range domain.Scopes {
		if !p.mayGo(parcel, scope) {
			continue
		}
		key, err := p.s.ring.unwrap(tx, keysBucket, keyFor(about, scope, firstEpoch))
		if err != nil {
			return b, err
		}
		b.person.Keys[byte(scope)] = key
	}
	return b, nil
}

// writer is as much of an envelope as tells who wrote it.
type writer struct {
	By domain.ID `cbor:"4,keyasint"`
}

// boxRecord copies a record: sealed as it is, or, for somebody outside, its envelope.
// It is opened in any case, under the key of the scope that it may have: damage is not
// passed on, and nothing of another scope opens.
func (p *packing) boxRecord(tx *bolt.Tx, parcel Parcel, k, v []byte) (r bundle.Record, err error) {
	h, err := seal.HeaderOf(v)
	if err != nil || !p.mayGo(parcel, domain.Scope(h.Scope)) {
		return r, errors.Join(err, fmt.Errorf("store: an entry of scope %d was about to leave", h.Scope))
	}
	box, err := p.s.ring.open(tx, keyFor(domain.About(parcel.ID), domain.Scope(h.Scope), h.Epoch))
	if err != nil {
		return r, err
	}
	plain, err := box.Open(string(journalBucket), k, v)
	if err != nil {
		return r, damaged("a record does not open")
	}
	var who writer
	if decoder.Unmarshal(plain, &who) != nil {
		return r, damaged("a record cannot be decoded")
	}
	p.actors[who.By] = true
	if parcel.Outside {
		return bundle.Record{Name: p.copied(k), Value: plain}, nil
	}
	return bundle.Record{Name: p.copied(k), Sealed: true, Value: p.copied(v)}, nil
}

// roster names those whose records are in the bundle, as far as they are known here.
func (p *packing) roster() []bundle.Actor {
	o := p.from.office
	var all []bundle.Actor
	for id := range p.actors {
		if a, ok := actorOf(o, id); ok {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b bundle.Actor) int { return a.ID.Compare(b.ID) })
	return all
}

func actorOf(o domain.Office, id domain.ID) (bundle.Actor, bool) {
	if p := o.Person(id); !p.ID.IsZero() {
		return bundle.Actor{ID: id, Name: p.Name, Role: p.Role}, true
	}
	if c, ok := o.Contact(id); ok {
		return bundle.Actor{ID: id, Name: c.Name, Role: c.Role, Office: c.Office}, true
	}
	for _, m := range o.Met {
		if m.Person == id {
			return bundle.Actor{ID: id, Name: m.Name, Role: m.Role, Office: m.Office}, true
		}
	}
	return bundle.Actor{}, false
}
