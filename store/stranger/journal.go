package stranger

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// readJournal opens every record.
func (r *reader) readJournal() error {
	r.journal, r.counts = map[string]Record{}, map[string]uint64{}
	types := map[byte]uint64{}
	var clock uint64
	for _, e := range r.raw["journal"] {
		rec, err := r.openRecord(e)
		if err != nil {
			return err
		}
		r.journal[string(e.key)] = rec
		r.counts[string(e.key[:1+idLen])]++
		types[rec.Type]++
		clock = max(clock, rec.Clock)
	}
	t := r.store.Tally
	for _, c := range []struct {
		what       string
		have, want uint64
	}{
		{"records", uint64(len(r.journal)), t[1]},
		{"newest clock", clock, t[2]},
		{"records of participants", types['p'], t[5]},
		{"records of the office", types['o'], t[6]},
		{"records of the desk", types['d'], t[7]},
		{"records of the directory", types['v'], t[1] - t[5] - t[6] - t[7]},
	} {
		if c.have != c.want {
			return damage("%s: %d, and the tally says %d", c.what, c.have, c.want)
		}
	}
	return nil
}

// openRecord opens one record of the journal.
func (r *reader) openRecord(e entry) (Record, error) {
	if len(e.key) != nameLen {
		return Record{}, damage("journal: a name of %d bytes", len(e.key))
	}
	kind, subject := e.key[0], e.key[1:1+idLen]
	h, err := headerOf(e.value)
	if err != nil {
		return Record{}, fmt.Errorf("journal/%x: %w", e.key, err)
	}
	if kind != 'p' && kind != 'o' && kind != 'd' && kind != 'v' || h.scope > 2 || h.scope != 0 && kind != 'p' {
		return Record{}, damage("journal/%x: type %q with scope %d", e.key, kind, h.scope)
	}
	key := r.keys[keyName(kind, subject, h.scope, 1)]
	if key == nil {
		return Record{}, damage("journal/%x: there is no key", e.key)
	}
	plain, err := unseal(key, "journal", e.key, e.value, header{padded, 1, h.scope})
	if err != nil {
		return Record{}, err
	}
	return readEnvelope(e.key, h.scope, plain)
}

// readEnvelope reads what a record holds beside its name and its scope.
func readEnvelope(name []byte, scope byte, plain []byte) (Record, error) {
	m, err := decodeMap(plain)
	if err != nil {
		return Record{}, fmt.Errorf("journal/%x: %w", name, err)
	}
	kind, subject := name[0], name[1:1+idLen]
	g := getter{m: m}
	rec := Record{
		Type:    kind,
		Subject: IDText(subject),
		Desk:    hex.EncodeToString(name[1+idLen : 1+idLen+deskLen]),
		Seq:     binary.BigEndian.Uint64(name[1+idLen+deskLen:]),
		Scope:   scope,
		Command: g.id(1, false),
		Clock:   g.uint(2),
		Day:     g.int(3),
		By:      g.id(4, false),
		Role:    g.text(uint64(5)),
		Kind:    g.text(uint64(6)),
		Body:    g.bytes(7, -1),
	}
	if g.err != nil {
		return Record{}, fmt.Errorf("journal/%x: %w", name, g.err)
	}
	if isZero(subject) {
		return Record{}, damage("journal/%x: the subject is zeros", name)
	}
	if rec.Fields, err = decodeText(rec.Body); err != nil {
		return Record{}, fmt.Errorf("journal/%x: %w", name, err)
	}
	if inBody, there := rec.Fields["scope"]; there && inBody != uint64(scope) {
		return Record{}, damage("journal/%x: scope %v in the body, %d in the header", name, inBody, scope)
	}
	return rec, nil
}

// readArrivals puts the records into the order of their arrival, and checks
// that each has one number and each number at most one record.
func (r *reader) readArrivals() error {
	var want, erased uint64
	for _, e := range r.raw["arrivals"] {
		want++
		if len(e.key) != 8 || binary.BigEndian.Uint64(e.key) != want {
			return damage("arrivals: %x where %d should be", e.key, want)
		}
		name, err := r.house("books", "arrivals", e.key, bare)
		if err != nil {
			return err
		}
		if len(name) != nameLen {
			return damage("arrivals/%d: a name of %d bytes", want, len(name))
		}
		if isZero(name) {
			erased++
			continue
		}
		rec, ok := r.journal[string(name)]
		if !ok {
			return damage("arrivals/%d: there is no such record", want)
		}
		if rec.Arrival != 0 {
			return damage("arrivals/%d: the record has the number %d already", want, rec.Arrival)
		}
		rec.Arrival = want
		r.journal[string(name)] = rec
		r.store.Records = append(r.store.Records, rec)
	}
	t := r.store.Tally
	switch {
	case want != t[3]:
		return damage("%d arrivals, and the tally says %d", want, t[3])
	case erased != t[9]:
		return damage("%d erased arrivals, and the tally says %d", erased, t[9])
	case len(r.store.Records) != len(r.journal):
		return damage("%d arrivals name %d records", len(r.store.Records), len(r.journal))
	}
	return nil
}

// checkSequences checks that each desk counted its records of each subject
// from 1, and that its clock never went backwards. Only other desks, and only
// about participants, may leave gaps, and none did before version 3.
func (r *reader) checkSequences() error {
	var writer string
	var seq, clock uint64
	// The bucket is sorted by name, so the records of one desk and subject
	// are neighbours and in the order of their sequence.
	for _, e := range r.raw["journal"] {
		rec := r.journal[string(e.key)]
		if now := string(e.key[:1+idLen+deskLen]); now != writer {
			writer, seq, clock = now, 0, 0
		}
		mayGap := rec.Type == 'p' && rec.Desk != r.store.Facts.Desk && r.store.Facts.Version >= 3
		if seq++; rec.Seq != seq && (!mayGap || rec.Seq < seq) {
			return damage("%s of desk %s: sequence %d where %d should be", rec.Subject, rec.Desk, rec.Seq, seq)
		}
		if rec.Clock < clock {
			return damage("%s of desk %s: the clock of sequence %d goes backwards", rec.Subject, rec.Desk, seq)
		}
		seq, clock = rec.Seq, rec.Clock
	}
	return nil
}

// checkKeySet checks that a participant has three keys and at least one
// record, that every other subject has one key, and that the house has three.
func (r *reader) checkKeySet() error {
	want := map[string]bool{}
	for _, name := range []string{"rows", "drafts", "books"} {
		want[houseKey(name)] = true
	}
	subjects := []string{}
	for subject := range r.counts {
		subjects = append(subjects, subject)
	}
	for kind, text := range map[string]string{"o": r.store.Facts.Office, "d": r.store.Facts.Self} {
		id, err := ParseID(text)
		if err != nil {
			return err
		}
		subjects = append(subjects, kind+string(id))
	}
	for _, subject := range subjects {
		scopes := byte(1)
		if subject[0] == 'p' {
			scopes = 3
		}
		for scope := range scopes {
			want[keyName(subject[0], []byte(subject[1:]), scope, 1)] = true
		}
	}
	for name := range want {
		if r.keys[name] == nil {
			return damage("keys/%x is missing", name)
		}
	}
	for name := range r.keys {
		if !want[name] {
			return damage("keys/%x belongs to nobody", name)
		}
	}
	return nil
}

// checkErased checks that nothing is left of a participant who was erased.
func (r *reader) checkErased() error {
	for _, rec := range r.store.Records {
		if rec.Kind != "participant.erased" {
			continue
		}
		id, _ := rec.Fields["participant"].([]byte)
		if r.counts["p"+string(id)] > 0 {
			return damage("%s was erased and has records", IDText(id))
		}
	}
	return nil
}

// Story groups records by subject, each group in the order in which things
// happened. The groups are in the order of their first arrival.
func Story(records []Record) [][]Record {
	at := map[string]int{}
	var stories [][]Record
	for _, rec := range records {
		subject := string(rec.Type) + rec.Subject
		i, ok := at[subject]
		if !ok {
			i = len(stories)
			at[subject] = i
			stories = append(stories, nil)
		}
		stories[i] = append(stories[i], rec)
	}
	for _, story := range stories {
		slices.SortFunc(story, before)
	}
	return stories
}

// before compares two records by when they happened: by clock, then by desk,
// then by sequence. The text of a desk sorts as its bytes do.
func before(a, b Record) int {
	switch {
	case a.Clock != b.Clock:
		return compare(a.Clock, b.Clock)
	case a.Desk != b.Desk:
		return strings.Compare(a.Desk, b.Desk)
	default:
		return compare(a.Seq, b.Seq)
	}
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
