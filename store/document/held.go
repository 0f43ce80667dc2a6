package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Held is everything that a desk holds on one person, for a subject access request
// (UK GDPR, Article 15). It is told from the records themselves, so that nothing that
// is held can be missing from it: also what was changed, undone or dropped since.
type Held struct {
	ID      domain.ID       `json:"id"`
	Ref     string          `json:"ref"`
	Made    calendar.Day    `json:"made"`
	Records []HeldRecord    `json:"records"`
	Drafts  []HeldDraft     `json:"drafts"`
	Looks   []HeldLook      `json:"looks"`
	Others  []HeldOthers    `json:"third_party"` // what is about somebody else, to be looked at before it goes out
	Also    []domain.ID     `json:"also,omitempty"`
	Notes   []string        `json:"notes"` // what the reader should know
	Stays   []HeldElsewhere `json:"copies"`
}

// HeldRecord is one record.
type HeldRecord struct {
	At       time.Time      `json:"at"`
	By       string         `json:"by"`
	Role     domain.Role    `json:"role,omitempty"`
	Scope    string         `json:"scope"`
	Kind     string         `json:"kind"`
	Sentence string         `json:"sentence"`
	Undone   bool           `json:"undone,omitempty"`
	NoEffect string         `json:"no_effect,omitempty"`
	Withheld bool           `json:"withheld,omitempty"` // it is about somebody else: see third_party
	Fields   map[string]any `json:"fields,omitempty"`
}

// HeldDraft is what somebody typed and has not saved.
type HeldDraft struct {
	At     time.Time         `json:"at"`
	By     string            `json:"by"`
	Place  string            `json:"place"`
	Fields map[string]string `json:"fields"`
}

// HeldLook is a look at the record.
type HeldLook struct {
	At     time.Time         `json:"at"`
	By     string            `json:"by"`
	Role   domain.Role       `json:"role,omitempty"`
	Via    string            `json:"via"`
	Reason domain.LookReason `json:"reason,omitempty"`
}

// HeldOthers is a record whose text is about somebody else.
type HeldOthers struct {
	At     time.Time      `json:"at"`
	Kind   string         `json:"kind"`
	Fields map[string]any `json:"fields"`
}

// HeldElsewhere is a copy of the store that holds the person too.
type HeldElsewhere struct {
	Kind string    `json:"kind"`
	Made time.Time `json:"made"`
}

// HoldOptions say what is told beside the record.
type HoldOptions struct {
	Ref    string
	Today  calendar.Day
	Zone   *time.Location
	People func(domain.ID) string
	Others bool // third-party text was looked at and may go out with the rest
}

// HoldOn tells everything that the records of a person hold.
func HoldOn(p domain.Participant, o HoldOptions) (Held, error) {
	h := Held{ID: p.ID, Ref: o.Ref, Made: o.Today, Records: []HeldRecord{}, Drafts: []HeldDraft{}, Looks: []HeldLook{}, Others: []HeldOthers{}, Stays: []HeldElsewhere{}}
	undone := domain.Undone(p.Past())
	others := domain.TellsOthers(p.Past())
	for _, r := range p.Past() {
		fields, err := fieldsOf(r)
		if err != nil {
			return h, err
		}
		one := HeldRecord{
			At: r.At().In(o.Zone), By: o.People(r.By), Role: r.Role, Scope: r.Scope.String(), Kind: r.Kind, Sentence: r.Event.Sentence(),
			Undone: undone[r.Command], NoEffect: p.WhyNoEffect(r), Fields: fields,
		}
		if others(r) && !o.Others {
			h.Others = append(h.Others, HeldOthers{one.At, r.Kind, fields})
			one.Withheld, one.Fields = true, nil
		}
		h.Records = append(h.Records, one)
	}
	h.Notes = append(h.Notes, "Everything that this desk holds is here, also what was changed or undone since. Notes that the coach kept for themself are part of it.")
	if len(h.Others) > 0 {
		h.Notes = append(h.Notes, fmt.Sprintf("Records about somebody else: %d. Look at each before it goes out, and take out what would tell on them.", len(h.Others)))
	}
	return h, nil
}

// fieldsOf returns what a record holds, by the names that FORMAT.md gives. A kind of a
// later version is told by its bytes.
func fieldsOf(r domain.Record) (map[string]any, error) {
	if _, later := r.Event.(domain.Unknown); later {
		return map[string]any{"body": fmt.Sprintf("%x", r.Body)}, nil
	}
	raw, err := json.Marshal(r.Event)
	if err != nil {
		return nil, fmt.Errorf("tell a record of kind %s: %w", r.Kind, err)
	}
	fields := map[string]any{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("tell a record of kind %s: %w", r.Kind, err)
	}
	switch r.Event.(type) {
	case domain.Linked, domain.Parted: // the other record may be somebody else's
		fields["with"] = "another record"
	default:
	}
	return fields, nil
}

// Text tells it as lines that a person can read from top to bottom.
func (h Held) Text() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Everything held on %s, %s", h.Ref, h.Made.Long())
	for _, n := range h.Notes {
		line("%s", n)
	}
	line("\nRecords: %d", len(h.Records))
	for _, r := range h.Records {
		line("\n%s, %s%s", r.At.Format("2 January 2006 15:04"), orElsewhere(r.By), roleWords(r.Role))
		line("  %s (%s%s)", clean.Line(r.Sentence, clean.MaxText), r.Scope, marks(r))
		tellFields(line, r.Fields)
	}
	section := func(title string, n int) { line("\n%s: %d", title, n) }
	section("Drafts", len(h.Drafts))
	for _, d := range h.Drafts {
		line("\n%s, %s, %s", d.At.Format("2 January 2006 15:04"), orElsewhere(d.By), d.Place)
		for _, k := range slices.Sorted(maps.Keys(d.Fields)) {
			tellField(line, k, d.Fields[k])
		}
	}
	section("Who opened the record", len(h.Looks))
	for _, l := range h.Looks {
		why := "own case"
		if l.Reason != "" {
			why = l.Reason.String()
		}
		line("  %s, %s%s, %s: %s", l.At.Format("2 January 2006 15:04"), orElsewhere(l.By), roleWords(l.Role), l.Via, why)
	}
	if len(h.Also) > 0 {
		line("\nThe same person is also held under another reference; ask for that too.")
	}
	section("Copies that hold the record too", len(h.Stays))
	for _, c := range h.Stays {
		line("  %s, %s", c.Made.Format("2 January 2006 15:04"), c.Kind)
	}
	if len(h.Others) > 0 {
		section("TO BE LOOKED AT before this goes out: about somebody else", len(h.Others))
		for _, o := range h.Others {
			line("\n%s, %s", o.At.Format("2 January 2006 15:04"), o.Kind)
			tellFields(line, o.Fields)
		}
	}
	return b.String()
}

func orElsewhere(name string) string {
	if name == "" {
		return "another desk"
	}
	return clean.Line(name, clean.MaxLine)
}

func roleWords(r domain.Role) string {
	if r == "" {
		return ""
	}
	return ", " + r.String()
}

func marks(r HeldRecord) string {
	text := ""
	if r.Undone {
		text += ", undone"
	}
	if r.NoEffect != "" {
		text += ", without effect"
	}
	if r.Withheld {
		text += ", about somebody else: see the end"
	}
	return text
}

func tellFields(line func(string, ...any), fields map[string]any) {
	for _, k := range slices.Sorted(maps.Keys(fields)) {
		tellField(line, k, fields[k])
	}
}

// tellField tells a value; lists and maps are told item by item.
func tellField(line func(string, ...any), name string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			tellField(line, name+" "+k, v[k])
		}
	case []any:
		for _, each := range v {
			tellField(line, name, each)
		}
	default:
		text := strings.ReplaceAll(clean.Text(fmt.Sprint(v), clean.MaxText), "\n", "\n      ")
		line("    %s: %s", clean.Line(name, 60), text)
	}
}
