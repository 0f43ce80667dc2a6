package stranger

import "fmt"

// waitMost is the largest number behind the name of a record that waits.
const waitMost = 7

// readQuarantine opens the records that wait. The tally counts them.
func (r *reader) readQuarantine() error {
	if r.store.Facts.Version < 3 {
		return nil
	}
	for _, e := range r.raw["quarantine"] {
		if len(e.key) != nameLen+1 || e.key[0] != 'p' || e.key[nameLen] > waitMost {
			return damage("quarantine: nothing is called %x", e.key)
		}
		plain, err := r.house("books", "quarantine", e.key, padded)
		if err != nil {
			return err
		}
		m, err := decodeMap(plain)
		if err != nil {
			return fmt.Errorf("quarantine/%x: %w", e.key, err)
		}
		g := getter{m: m}
		w := Waiting{Why: g.text(uint64(1)), From: g.id(3, true), Bundle: g.id(4, true)}
		scope, envelope := g.uint(5), g.bytes(6, -1)
		_ = g.uint(2)
		switch {
		case g.err != nil:
			return fmt.Errorf("quarantine/%x: %w", e.key, g.err)
		case w.Why != "differs" && w.Why != "ahead" || scope > 2:
			return damage("quarantine/%x: %q in scope %d", e.key, w.Why, scope)
		}
		if w.Record, err = readEnvelope(e.key[:nameLen], byte(scope), envelope); err != nil {
			return err
		}
		r.store.Waiting = append(r.store.Waiting, w)
	}
	if n := uint64(len(r.store.Waiting)); n != r.store.Tally[13] {
		return damage("%d records wait, and the tally says %d", n, r.store.Tally[13])
	}
	return nil
}
