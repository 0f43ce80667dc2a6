package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
	Went    []HeldGone      `json:"went_out,omitempty"` // lists and bundles that they were in
	Waiting []HeldRecord    `json:"waiting,omitempty"`  // what another desk brought and is not part of the record
}

// HeldGone is a list or a bundle, of several people, that they were in.
type HeldGone struct {
	On       calendar.Day `json:"on"`
	By       string       `json:"by"`
	Sentence string       `json:"sentence"`
	SHA256   string       `json:"sha256"`
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
	// Waiting are records that another desk brought and that are not part of the record.
	Waiting []domain.Record
}

// HoldOn tells everything that the records of a person hold.
func HoldOn(p domain.Participant, o HoldOptions) (Held, error) {
	h := Held{ID: p.ID, Ref: o.Ref, Made: o.Today, Records: []HeldRecord{}, Drafts: []HeldDraft{}, Looks: []HeldLook{}, Others: []HeldOthers{}, Stays: []HeldElsewhere{}}
	undone := domain.Undone(p.Past())
	others := domain.TellsOthers(p.Past())
	tell := func(r domain.Record, about bool) (HeldRecord, error) {
		fields, err := fieldsOf(r)
		one := HeldRecord{
			At: r.At().In(o.Zone), By: o.People(r.By), Role: r.Role, Scope: r.Scope.String(), Kind: r.Kind, Sentence: r.Event.Sentence(), Fields: fields,
		}
		if about && !o.Others {
			h.Others = append(h.Others, HeldOthers{one.At, r.Kind, fields})
			one.Withheld, one.Fields = true, nil
		}
		return one, err
	}
	for _, r := range p.Past() {
		one, err := tell(r, others(r))
		if err != nil {
			return h, err
		}
		one.Undone, one.NoEffect = undone[r.Command], p.WhyNoEffect(r)
		h.Records = append(h.Records, one)
	}
	for _, r := range o.Waiting {
		one, err := tell(r, r.Scope == domain.ThirdParty)
		if err != nil {
			return h, err
		}
		h.Waiting = append(h.Waiting, one)
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
		line("\n%s, %s%s", r.At.Format(heldTime), orElsewhere(r.By), roleWords(r.Role))
		line("  %s (%s%s)", clean.Line(r.Sentence, clean.MaxText), r.Scope, marks(r))
		tellFields(line, r.Fields)
	}
	section := func(title string, n int) { line("\n%s: %d", title, n) }
	section("Drafts", len(h.Drafts))
	for _, d := range h.Drafts {
		line("\n%s, %s, %s", d.At.Format(heldTime), orElsewhere(d.By), d.Place)
		for _, k := range slices.Sorted(maps.Keys(d.Fields)) {
			tellField(line, k, d.Fields[k])
		}
	}
	list := func(title string, all []string) {
		section(title, len(all))
		for _, l := range all {
			line("  %s", l)
		}
	}
	list("Who opened the record", h.lookLines())
	list("Lists and bundles that they were in", h.wentLines())
	if len(h.Waiting) > 0 {
		section("Records that another desk brought and that are not part of the record", len(h.Waiting))
		for _, r := range h.Waiting {
			line("\n%s, %s%s", r.At.Format(heldTime), orElsewhere(r.By), roleWords(r.Role))
			line("  %s (%s%s)", clean.Line(r.Sentence, clean.MaxText), r.Scope, marks(r))
			tellFields(line, r.Fields)
		}
	}
	if len(h.Also) > 0 {
		line("\n" + alsoHeld)
	}
	list("Copies that hold the record too", h.copyLines())
	if len(h.Others) > 0 {
		section(toBeLookedAt, len(h.Others))
		for _, o := range h.Others {
			line("\n%s, %s", o.At.Format(heldTime), o.Kind)
			tellFields(line, o.Fields)
		}
	}
	return b.String()
}

// heldTime is how a time is written, and the others are words that both papers use.
const (
	heldTime     = "2 January 2006 15:04"
	toBeLookedAt = "TO BE LOOKED AT before this goes out: about somebody else"
	alsoHeld     = "The same person is also held under another reference; ask for that too."
)

func (h Held) lookLines() []string {
	out := make([]string, len(h.Looks))
	for i, l := range h.Looks {
		why := "own case"
		if l.Reason != "" {
			why = l.Reason.String()
		}
		out[i] = fmt.Sprintf("%s, %s%s, %s: %s", l.At.Format(heldTime), orElsewhere(l.By), roleWords(l.Role), l.Via, why)
	}
	return out
}

func (h Held) wentLines() []string {
	out := make([]string, len(h.Went))
	for i, w := range h.Went {
		out[i] = fmt.Sprintf("%s, %s: %s SHA-256 %s", w.On.Long(), orElsewhere(w.By), w.Sentence, clean.Line(w.SHA256, 64))
	}
	return out
}

func (h Held) copyLines() []string {
	out := make([]string, len(h.Stays))
	for i, c := range h.Stays {
		out[i] = c.Made.Format(heldTime) + ", " + c.Kind
	}
	return out
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
	eachField(name, v, func(name, value string) {
		text := strings.ReplaceAll(clean.Text(value, clean.MaxText), "\n", "\n      ")
		line("    %s: %s", clean.Line(name, 60), text)
	})
}

// eachField goes through a value, and lists and maps item by item.
func eachField(name string, v any, tell func(name, value string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			eachField(name+" "+k, v[k], tell)
		}
	case []any:
		for i, each := range v {
			if _, fields := each.(map[string]any); fields && len(v) > 1 { // so that they are told apart
				eachField(name+" "+strconv.Itoa(i+1), each, tell)
				continue
			}
			eachField(name, each, tell)
		}
	default:
		tell(name, fmt.Sprint(v))
	}
}
