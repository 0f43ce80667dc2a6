package store_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"filippo.io/age"
	"github.com/fxamacker/cbor/v2"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
	"coachdesk/store/storetest"
)

// state is what a refusal must not change.
func state(t *testing.T, s *store.Store) string {
	t.Helper()
	all := tellAll(t, s)
	waiting, err := s.Quarantine()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range waiting {
		all += string(w.Why) + string(w.Record.Body)
	}
	return all
}

// forged writes what a sender can write who has a signing key and no scruples.
type forged struct {
	header  func(*bundle.Header)
	people  []bundle.Person
	records [][]bundle.Record
	roster  []bundle.Actor
}

func (f forged) seal(t testing.TB, from, to *store.Store) []byte {
	t.Helper()
	card, err := from.Card()
	if err != nil {
		t.Fatal(err)
	}
	key, err := from.SigningKey()
	if err != nil {
		t.Fatal(err)
	}
	receiver, err := to.Identity()
	if err != nil {
		t.Fatal(err)
	}
	h := bundle.Header{ID: from.NewID(), Kind: domain.BundleHandover, From: card, To: []bundle.Addressee{{Person: to.Who().ID, Recipient: receiver.Recipient().String()}}, People: len(f.people)}
	for _, r := range f.records {
		h.Records += len(r)
	}
	if f.header != nil {
		f.header(&h)
	}
	return sealTo(t, f.inside(t, h, key), receiver.Recipient())
}

// inside writes the parts by hand, by FORMAT.md.
func (f forged) inside(t testing.TB, h bundle.Header, key ed25519.PrivateKey) []byte {
	t.Helper()
	h.Version = bundle.Version
	all := []byte("coachdesk bundle\n")
	part := func(kind byte, content []byte) {
		all = append(binary.BigEndian.AppendUint32(append(all, kind), uint32(len(content))), content...)
	}
	part('H', inCBOR(t, h))
	records := 0
	for i, p := range f.people {
		part('P', inCBOR(t, p))
		for _, r := range f.records[i] {
			kind := byte('E')
			if r.Sealed {
				kind = 'S'
			}
			part(kind, append(bytes.Clone(r.Name), r.Value...))
			records++
		}
	}
	part('R', inCBOR(t, append([]bundle.Actor{}, f.roster...)))
	sum := sha256.Sum256(all)
	part('Z', inCBOR(t, map[int]any{1: len(f.people), 2: records, 3: sum[:], 4: ed25519.Sign(key, append([]byte("coachdesk bundle 1\x00"), sum[:]...))}))
	return all
}

// inCBOR is the one deterministic form.
func inCBOR(t testing.TB, v any) []byte {
	t.Helper()
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := m.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func sealTo(t testing.TB, inside []byte, to ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to...)
	if err == nil {
		_, err = w.Write(inside)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// insideOf opens a bundle as its receiver can.
func insideOf(t testing.TB, file []byte, to *store.Store) []byte {
	t.Helper()
	receiver, err := to.Identity()
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), receiver)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return inside
}

// envelopes of records as anybody can write them.
func envelope(t testing.TB, r domain.Record, e domain.Event) bundle.Record {
	t.Helper()
	value := inCBOR(t, map[int]any{1: r.Command, 2: uint64(r.Time), 3: int(r.Day), 4: r.By, 5: string(r.Role), 6: e.Kind(), 7: inCBOR(t, e)})
	name := append([]byte{byte(r.Subject.Type)}, r.Subject.ID[:]...)
	name = append(name, r.Desk[:]...)
	name = append(name, 0, 0, 0, 0, 0, 0, byte(r.Seq>>8), byte(r.Seq))
	return bundle.Record{Name: name, Value: value}
}

// claim is a record that a sender writes by hand.
func claim(s *store.Store, about domain.ID, seq uint64) domain.Record {
	return domain.Record{
		Subject: domain.About(about), Desk: s.Facts().Desk, Seq: seq, Command: s.NewID(), Time: domain.Clock(uint64(storetest.Begin.UnixMilli()) << 16),
		Day: exampleDay, By: s.Who().ID, Role: s.Who().Role,
	}
}

func TestBundleRefused(t *testing.T) {
	a, b := deskOf(t, 21, "Ann Clark", domain.Coach), deskOf(t, 22, "Bo Hale", domain.Coach)
	c, p := deskOf(t, 23, "Cy Stone", domain.Coach), deskOf(t, 24, "Pat Reed", domain.Provider)
	stranger, demo := deskOf(t, 25, "Sam Wren", domain.Coach), deskOf(t, 26, "Dee Moss", domain.Coach, storetest.Demo())
	introduce(t, a, b, c, p)
	introduce(t, a, demo)
	ids := populate(t, a, 2)
	theirs := populate(t, b, 1)[0]
	take(t, b, pack(t, a, b, allOf(ids[0])...))
	made := storetest.Join(t, demo, "Made Up")
	own := storetest.Join(t, stranger, "Real Person")
	at := func(about domain.ID, r bundle.Record) forged {
		return forged{people: []bundle.Person{{ID: about, Records: 1}}, records: [][]bundle.Record{{r}}}
	}
	one := claim(b, ids[0], 90)
	good := envelope(t, one, domain.FactAdded{Fact: domain.FactStrengths, Text: "a line"})
	change := func(f func(*domain.Record)) bundle.Record {
		r := one
		f(&r)
		return envelope(t, r, domain.FactAdded{Fact: domain.FactStrengths, Text: "a line"})
	}
	provider := func(f func(*domain.Record)) bundle.Record {
		r := claim(p, ids[0], 1)
		f(&r)
		return envelope(t, r, domain.FactAdded{Fact: domain.FactStrengths, Text: "a line"})
	}
	whole := pack(t, b, a, allOf(ids[0])...)
	before := state(t, a)
	for name, tt := range map[string]struct {
		file []byte
		says string
	}{
		"not a bundle":             {[]byte("Dear Ann, I hand you over three cases."), "not a bundle"},
		"empty":                    {nil, "not a bundle"},
		"another age file":         {sealTo(t, []byte("hello, this is something else altogether"), ageOf(t, a)), "not a bundle"},
		"a short age file":         {sealTo(t, []byte("hello"), ageOf(t, a)), "cut off"},
		"for somebody else":        {pack(t, b, c, allOf(theirs)...), "not for this desk"},
		"passed on":                {sealTo(t, insideOf(t, pack(t, b, c, allOf(theirs)...), c), ageOf(t, a)), "not for this desk"},
		"signed by nobody known":   {pack(t, stranger, a, allOf(own)...), "is signed by Sam Wren, Stratford, who is not in the address book"},
		"signed by another key":    {forged{header: func(h *bundle.Header) { h.From = cardOf(t, b); h.Records = 1 }, people: []bundle.Person{{ID: ids[0], Records: 1}}, records: [][]bundle.Record{{good}}}.seal(t, stranger, a), "changed or cut off"},
		"made-up people":           {pack(t, demo, a, allOf(made)...), "made-up people"},
		"half":                     {whole[:len(whole)/2], "changed or cut off"},
		"without its end":          {whole[:len(whole)-1], "changed or cut off"},
		"with something behind":    {append(slices.Clone(whole), 0), "changed or cut off"},
		"a part behind":            {sealTo(t, append(insideOf(t, whole, a), 'E', 0, 0, 0, 0), ageOf(t, a)), "changed or cut off"},
		"one bit under the seal":   {sealTo(t, flipped(insideOf(t, whole, a), 900), ageOf(t, a)), "changed or cut off"},
		"newer":                    {sealTo(t, newerBundle(insideOf(t, whole, a)), ageOf(t, a)), "newer version"},
		"too many people":          {forged{header: func(h *bundle.Header) { h.People, h.Records = 1<<30, 0 }}.seal(t, b, a), "more in it than any"},
		"too many records":         {forged{header: func(h *bundle.Header) { h.Records = 1 << 40 }}.seal(t, b, a), "more in it than any"},
		"fewer than it says":       {forged{header: func(h *bundle.Header) { h.People = 3 }}.seal(t, b, a), "changed or cut off"},
		"twice the same person":    {forged{people: []bundle.Person{{ID: ids[0], Records: 1}, {ID: ids[0], Records: 1}}, records: [][]bundle.Record{{good}, {change(func(r *domain.Record) { r.Seq = 91 })}}}.seal(t, b, a), "changed or cut off"},
		"twice the same record":    {forged{people: []bundle.Person{{ID: ids[0], Records: 2}}, records: [][]bundle.Record{{good, good}}}.seal(t, b, a), "changed or cut off"},
		"of another person":        {at(ids[1], good).seal(t, b, a), "changed or cut off"},
		"a record without number":  {at(ids[0], change(func(r *domain.Record) { r.Seq = 0 })).seal(t, b, a), "changed or cut off"},
		"about the office":         {at(ids[0], change(func(r *domain.Record) { r.Subject.Type = domain.AboutOffice })).seal(t, b, a), "changed or cut off"},
		"a private one":            {at(ids[0], envelope(t, one, domain.Adjusted{ID: example(1), Text: "x", Scope: domain.CoachOnly})).seal(t, b, a), "changed or cut off"},
		"no CBOR":                  {at(ids[0], bundle.Record{Name: good.Name, Value: []byte("text")}).seal(t, b, a), "changed or cut off"},
		"sealed without a key":     {at(ids[0], bundle.Record{Name: good.Name, Sealed: true, Value: bytes.Repeat([]byte{1}, 200)}).seal(t, b, a), "changed or cut off"},
		"a key of a private scope": {forged{people: []bundle.Person{{ID: ids[0], Keys: map[byte][]byte{1: make([]byte, 32)}, Records: 1}}, records: [][]bundle.Record{{good}}}.seal(t, b, a), "changed or cut off"},
		"in the name of this desk": {at(ids[0], change(func(r *domain.Record) { r.Desk = a.Facts().Desk })).seal(t, b, a), "in the name of this desk"},
		"in the name of Ann":       {at(ids[0], change(func(r *domain.Record) { r.By = a.Who().ID })).seal(t, b, a), "in the name of Ann Clark"},
		"a provider as coach":      {at(ids[0], provider(func(r *domain.Record) { r.Role = domain.Coach })).seal(t, p, a), "cannot have made"},
		"a provider for a coach":   {at(ids[0], provider(func(r *domain.Record) { r.Desk = c.Facts().Desk })).seal(t, p, a), "cannot have made"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tryTake(a, tt.file)
			refused(t, err, tt.says)
			if state(t, a) != before {
				t.Error("something was changed")
			}
		})
	}
	_, err := demo.Unpack(bytes.NewReader(pack(t, a, demo, allOf(ids[1])...)), "")
	refused(t, err, "real people")
	// What is good is taken all the same.
	if told := take(t, a, at(ids[0], good).seal(t, b, a)); told.New != 1 {
		t.Errorf("the good one: %+v", told)
	}
	if told := take(t, a, at(ids[0], provider(func(*domain.Record) {})).seal(t, p, a)); told.New != 1 {
		t.Errorf("the provider's own: %+v", told)
	}
}

func cardOf(t testing.TB, s *store.Store) bundle.Card {
	t.Helper()
	c, err := s.Card()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Whoever is in the address book with another key is not believed, and the card that the
// bundle brings is told, so that its fingerprint can be compared.
func TestBundleFromAnotherKey(t *testing.T) {
	a, b := deskOf(t, 27, "Ann Clark", domain.Coach), deskOf(t, 28, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	id := populate(t, b, 1)[0]
	backup := b.Path() + ".backup"
	if err := b.Backup(backup); err != nil {
		t.Fatal(err)
	}
	shut(t, b)
	if _, err := store.Restore(backup, b.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, b.Path())
	defer shut(t, x)
	file := pack(t, x, a, allOf(id)...)
	_, err := tryTake(a, file)
	refused(t, err, "it is not signed with their key")
	var who store.Unknown
	if !errors.As(err, &who) || !who.Card.Same(cardOf(t, x)) || !contains(err.Error(), who.Card.Contact().Fingerprint()) {
		t.Errorf("the card is not told: %v", err)
	}
	storetest.Do(t, a, domain.AddContact{Office: a.OfficeID(), Contact: who.Card.Contact(), Own: contactOf(t, a).Recipient, Anew: true})
	if told := take(t, a, file); told.New == 0 {
		t.Errorf("taken: %+v", told)
	}
}

func ageOf(t testing.TB, s *store.Store) age.Recipient {
	t.Helper()
	id, err := s.Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.Recipient()
}

func flipped(b []byte, bit int) []byte {
	b = slices.Clone(b)
	b[bit/8%len(b)] ^= 1 << (bit % 8)
	return b
}

// newerBundle sets the version in the header, whose first pair it is.
func newerBundle(inside []byte) []byte {
	i := bytes.IndexByte(inside, 'H') + 1 + 4 + 1
	inside = slices.Clone(inside)
	inside[i+1] = 9
	return inside
}

// A bundle that was torn or flipped anywhere is refused, and changes nothing.
func TestFaultBundleTornAndFlipped(t *testing.T) {
	a, b := deskOf(t, 31, "Ann Clark", domain.Coach), deskOf(t, 32, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 12)
	storetest.Do(t, a, domain.TakeNote{Participant: ids[0], Text: string(bytes.Repeat([]byte("A long line.\n"), 9000))}) // more than one piece of age
	whole := pack(t, a, b, allOf(ids...)...)
	inside := insideOf(t, whole, b)
	before := state(t, b)
	dice := rand.New(rand.NewPCG(1, 2))
	rounds := rounds(520, 5000)
	for i := range rounds {
		var file []byte
		var how string
		at := dice.IntN(len(whole))
		switch i % 6 {
		case 0:
			file, how = whole[:at], "cut"
		case 1:
			file, how = flipped(whole, dice.IntN(8*len(whole))), "flipped"
		case 2:
			file, how = slices.Concat(whole[:at], whole[min(len(whole), at+1+dice.IntN(5000)):]), "a piece is missing"
		case 3:
			file, how = slices.Concat(whole[:at], whole[max(0, at-dice.IntN(5000)-1):]), "a piece is there twice"
		case 4:
			file, how = sealTo(t, flipped(inside, dice.IntN(8*len(inside))), ageOf(t, b)), "flipped under the seal"
		case 5:
			file, how = sealTo(t, inside[:dice.IntN(len(inside))], ageOf(t, b)), "cut under the seal"
		}
		_, err := tryTake(b, file)
		var no domain.Refusal
		if !errors.As(err, &no) {
			t.Fatalf("round %d, %s: %v", i, how, err)
		}
	}
	if state(t, b) != before {
		t.Error("something was changed")
	}
	storetest.Audit(t, b)
	if told := take(t, b, whole); len(told.People) != 12 {
		t.Errorf("the whole one: %+v", told)
	}
	t.Logf("%d bundles refused", rounds)
}

// changing is a file that somebody writes while it is open.
type changing struct {
	*bytes.Reader
	whole []byte
	after int // passes
	seeks int
}

func (c *changing) Seek(to int64, from int) (int64, error) {
	if from == io.SeekStart && to == 0 {
		if c.seeks++; c.seeks > c.after {
			c.Reader = bytes.NewReader(flipped(c.whole, 8*(len(c.whole)-40)))
		}
	}
	return c.Reader.Seek(to, from)
}

// What was verified is verified once more while it is taken: the file may be another.
func TestBundleChangedBetweenTheTwo(t *testing.T) {
	a, b := deskOf(t, 33, "Ann Clark", domain.Coach), deskOf(t, 34, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 2)
	whole := pack(t, a, b, allOf(ids...)...)
	before := state(t, b)
	file := &changing{Reader: bytes.NewReader(whole), whole: whole, after: 2}
	p, err := b.Unpack(file, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Take(p, domain.Batch{ID: b.NewID()})
	refused(t, err, "changed or cut off")
	if state(t, b) != before {
		t.Error("something was changed")
	}
	// Another whole bundle in its place is not the one that was looked at.
	other := pack(t, a, b, allOf(ids[0])...)
	p, err = b.Unpack(bytes.NewReader(whole), "")
	if err != nil {
		t.Fatal(err)
	}
	q, err := b.Unpack(bytes.NewReader(other), "")
	if err != nil {
		t.Fatal(err)
	}
	q.ID, q.SHA256 = p.ID, p.SHA256
	_, err = b.Take(q, domain.Batch{ID: b.NewID()})
	refused(t, err, "changed or cut off")
}
