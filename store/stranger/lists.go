package stranger

import (
	"encoding/binary"
	"maps"
)

// rowNames are the elements of a row in their order.
var rowNames = []string{
	"id", "name", "records", "facts", "joined", "seen", "missed", "steps done", "steps",
	"debts", "questions", "barriers", "adjustments", "restricted", "twins", "kept",
	"reviews", "pauses", "advice", "support", "referrals", "work", "applied", "handovers",
}

// The shapes of rows that released stores have. Every other one is read as the page
// tells it.
const (
	shape1 = 18102189395796641783
	shape2 = 16741093947817360975
)

// rowLength1 is how many elements the rows of the first shape have. The page does not
// say so: it was seen.
const rowLength1 = 13

// rowLength2 and askLength2 are how many elements a row and a question had in the second.
const (
	rowLength2 = 16
	askLength2 = 7
)

// debtLength2 is how many elements a debt had in both.
const debtLength2 = 6

// rowParts are the names inside those elements of a row that are arrays of
// arrays.
var rowParts = map[string][]string{
	"facts":     {"fact", "value"},
	"debts":     {"kind", "id", "owner", "day", "minute", "length", "with", "before", "chased"},
	"questions": {"id", "state", "asked", "accepted", "answered", "urgent", "text", "kind", "since", "times", "told", "agreed", "appointment"},
	"advice":    {"card", "result", "barriers", "answered"},
	"support":   {"id", "programme", "started", "ended", "in work", "area", "job", "landed"},
	"applied":   {"id", "programme", "state", "since", "job", "chased", "until"},
	"twins":     {"id", "state"},
	"kept":      {"class", "since", "until"},
	"reviews":   {"began", "last", "agreed", "early"},
	"pauses":    {"from", "until"},
	"referrals": {"id", "programme", "provider", "state", "since", "sent", "acknowledged", "meets", "minute", "met", "started", "ended", "code", "chased", "agreed", "lost", "settled", "agreed from"},
	"handovers": {"id", "kind", "by", "to", "name", "state", "items", "unanswered", "question", "taken", "on", "until", "since", "covers"},
	"work":      {"stage", "since", "programme", "counted", "profile", "jobs", "weeks", "contact", "away", "return", "owed", "told"},
}

// readRows opens the rows. A row counts the records of its participant, and
// every participant has one.
func (r *reader) readRows() error {
	names, parts := rowNames, maps.Clone(rowParts)
	switch r.store.Tally[8] {
	case shape1, shape2:
		names = rowNames[:rowLength2]
		parts["debts"], parts["questions"] = parts["debts"][:debtLength2], parts["questions"][:askLength2]
	}
	if r.store.Tally[8] == shape1 {
		names = rowNames[:rowLength1]
	}
	for _, e := range r.raw["rows"] {
		if len(e.key) != idLen {
			return damage("rows: a key of %d bytes", len(e.key))
		}
		plain, err := r.house("rows", "rows", e.key, padded)
		if err != nil {
			return err
		}
		v, err := decode(plain)
		if err != nil {
			return err
		}
		row, err := named("rows", v, names)
		if err != nil {
			return err
		}
		for field, names := range parts {
			if _, there := row[field]; !there {
				continue
			}
			if row[field], err = namedList("rows", row[field], names); err != nil {
				return err
			}
		}
		if id, ok := row["id"].([]byte); !ok || string(id) != string(e.key) {
			return damage("rows/%x is about somebody else", e.key)
		}
		if n, ok := row["records"].(uint64); !ok || n == 0 || n != r.counts["p"+string(e.key)] {
			return damage("rows/%x: %v records", e.key, row["records"])
		}
		r.store.Rows = append(r.store.Rows, textIDs(row).(map[string]any))
	}
	if n := uint64(len(r.store.Rows)); n != r.store.Tally[4] {
		return damage("%d rows, and the tally says %d", n, r.store.Tally[4])
	}
	people := 0
	for subject := range r.counts {
		if subject[0] == 'p' {
			people++
		}
	}
	if people != len(r.store.Rows) {
		return damage("%d rows for %d participants", len(r.store.Rows), people)
	}
	return nil
}

// named gives names to the elements of an array.
func named(what string, v any, names []string) (map[string]any, error) {
	list, ok := v.([]any)
	if !ok || len(list) != len(names) {
		return nil, damage("%s: not an array of %d elements: %v", what, len(names), v)
	}
	m := map[string]any{}
	for i, name := range names {
		m[name] = list[i]
	}
	return m, nil
}

// namedList gives names to the elements of each array in an array. An empty
// list is null.
func namedList(what string, v any, names []string) ([]map[string]any, error) {
	if v == nil {
		return nil, nil
	}
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return nil, damage("%s: no list: %v", what, v)
	}
	var out []map[string]any
	for _, item := range list {
		m, err := named(what, item, names)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// textIDs writes the IDs in a row as text. A row holds no other byte strings.
func textIDs(v any) any {
	switch v := v.(type) {
	case []byte:
		return IDText(v)
	case map[string]any:
		for k, item := range v {
			v[k] = textIDs(item)
		}
	case []map[string]any:
		for _, item := range v {
			textIDs(item)
		}
	}
	return v
}

// readDrafts opens the drafts.
func (r *reader) readDrafts() error {
	for _, e := range r.raw["drafts"] {
		if len(e.key) != idLen || isZero(e.key) {
			return damage("drafts: %x is no ID", e.key)
		}
		plain, err := r.house("drafts", "drafts", e.key, padded)
		if err != nil {
			return err
		}
		m, err := decodeMap(plain)
		if err != nil {
			return err
		}
		g := getter{m: m}
		draft := map[string]any{
			"id":          IDText(e.key),
			"form":        g.text(uint64(1)),
			"participant": g.id(2, true),
			"writer":      g.id(3, false),
			"saved":       g.uint(4),
			"fields":      textKeys(m[uint64(5)]),
		}
		if g.err != nil {
			return damage("drafts/%x: %v", e.key, g.err)
		}
		fields, ok := draft["fields"].(map[string]any)
		if !ok && draft["fields"] != nil {
			return damage("drafts/%x: the fields are no map", e.key)
		}
		for name, v := range fields {
			if _, ok := v.(string); !ok {
				return damage("drafts/%x: %s is no text", e.key, name)
			}
		}
		r.store.Drafts = append(r.store.Drafts, draft)
	}
	return nil
}

// lookReasons are the reasons for which somebody looked.
var lookReasons = map[string]bool{
	"": true, "cover": true, "asked": true, "handover": true, "supervision": true, "rights": true, "other": true,
}

// readLooks opens the list of who looked. The tally says where it begins and
// where it ends.
func (r *reader) readLooks() error {
	if r.store.Facts.Version < 2 {
		return nil
	}
	next := max(r.store.Tally[10], 1)
	for _, e := range r.raw["looks"] {
		if len(e.key) != 8 || binary.BigEndian.Uint64(e.key) != next {
			return damage("looks: %x where %d should be", e.key, next)
		}
		plain, err := r.house("books", "looks", e.key, padded)
		if err != nil {
			return err
		}
		m, err := decodeMap(plain)
		if err != nil {
			return err
		}
		g := getter{m: m}
		look := map[string]any{
			"number":      next,
			"when":        g.uint(1),
			"by":          g.id(2, false),
			"role":        g.text(uint64(3)),
			"participant": g.id(4, true),
			"what":        g.text(uint64(5)),
			"reason":      g.text(uint64(6)),
		}
		if g.err != nil {
			return damage("looks/%d: %v", next, g.err)
		}
		if !lookReasons[look["reason"].(string)] {
			return damage("looks/%d: reason %q", next, look["reason"])
		}
		r.store.Looks = append(r.store.Looks, look)
		next++
	}
	// Nothing kept is the same as a last number below the first.
	if last := r.store.Tally[11]; last != next-1 && (len(r.store.Looks) != 0 || last >= next) {
		return damage("looks end at %d, and the tally says %d", next-1, last)
	}
	return nil
}
