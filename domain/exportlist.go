package domain

import (
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ListExport is a list of several people that left the desk.
type ListExport struct {
	ID     ID
	What   ExportKind
	People []ID
	Filter string
	Format string
	SHA256 string
	On     calendar.Day
	By     ID
}

// NoteListExport remembers that a list leaves the desk, before anybody gets it.
type NoteListExport struct {
	Office ID
	Export ListExport // without ID, On and By
}

// For names the office.
func (c NoteListExport) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for what went out, and for the sum of its bytes.
func (c NoteListExport) DecideOffice(_ Office, s Stamp) ([]Event, error) {
	x := c.Export
	if err := exported(x.What, x.Format, x.SHA256); err != nil {
		return nil, err
	}
	return []Event{ListExported{ID: s.New(), What: x.What, People: x.People, Filter: unnamed(x.Filter), Format: x.Format, SHA256: x.SHA256}}, nil
}

// unnamed returns a filter without its free words and without those of notes: they may
// name somebody who is erased one day, and an office's records stay.
func unnamed(filter string) string {
	words := strings.Fields(clean.Line(filter, clean.MaxLine))
	for i, w := range words {
		if w != "or" && !strings.ContainsAny(w, ":<>") || strings.Contains(w, "note:") || strings.Contains(w, `"`) {
			words[i] = "…"
		}
	}
	return strings.Join(words, " ")
}

// ListExported happens when a list of people leaves the desk.
type ListExported struct {
	ID     ID         `json:"id"`
	What   ExportKind `json:"what"`
	People []ID       `json:"people"`
	Filter string     `json:"filter,omitempty"`
	Format string     `json:"format"`
	SHA256 string     `json:"sha256"`
}

var _ = know[ListExported]()

// Kind names the event on disk.
func (ListExported) Kind() string { return "list.exported" }

// Sentence says what went out, and about how many.
func (e ListExported) Sentence() string {
	return "Went out: " + ofToday(e.What).String() + ", about " + peopleCounted(len(e.People)) + "."
}

func peopleCounted(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func (e ListExported) applyOffice(o *Office, r Record) {
	o.Exports = append(o.Exports, ListExport{ID: e.ID, What: e.What, People: e.People, Filter: e.Filter, Format: e.Format, SHA256: e.SHA256, On: r.Day, By: r.By})
}

// BundleKind is what a sealed bundle is for.
type BundleKind string

// The kinds are stored.
const (
	BundleHandover BundleKind = "handover"
	BundleAnswers  BundleKind = "answers"
	BundleCopy     BundleKind = "copy"
	BundleCaseload BundleKind = "caseload"
)

// SentBundle is a sealed bundle that left this desk.
type SentBundle struct {
	ID      ID
	Kind    BundleKind
	To      []ID // nobody: whoever has the passphrase
	People  []ID
	SHA256  string
	Records int
	On      calendar.Day
	By      ID
}

// OpenedBundle is a sealed bundle whose records were taken.
type OpenedBundle struct {
	ID     ID
	From   ID
	People []ID
	SHA256 string
	New    int // records that were not here
	On     calendar.Day
	By     ID
}

// OpenedBundle returns the bundle of an ID, if it was taken before.
func (o Office) OpenedBundle(id ID) (OpenedBundle, bool) {
	i := slices.IndexFunc(o.Opened, func(b OpenedBundle) bool { return b.ID == id })
	if i < 0 {
		return OpenedBundle{}, false
	}
	return o.Opened[i], true
}

// NoteBundleSent remembers that a bundle leaves the desk, before anybody gets it.
type NoteBundleSent struct {
	Office ID
	Bundle SentBundle // without On and By
}

// For names the office.
func (c NoteBundleSent) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for the bundle's own name and the sum of its bytes.
func (c NoteBundleSent) DecideOffice(_ Office, _ Stamp) ([]Event, error) {
	b := c.Bundle
	if err := exported(ExportKind(b.Kind), "age", b.SHA256); err != nil {
		return nil, err
	}
	if b.ID.IsZero() {
		return nil, Refused("id", "A bundle needs an ID.")
	}
	return []Event{BundleSent{ID: b.ID, Bundle: b.Kind, To: b.To, People: b.People, SHA256: b.SHA256, Records: b.Records}}, nil
}

// BundleSent happens when a sealed bundle leaves the desk.
type BundleSent struct {
	ID      ID         `json:"id"`
	Bundle  BundleKind `json:"kind"`
	To      []ID       `json:"to,omitempty"`
	People  []ID       `json:"people"`
	SHA256  string     `json:"sha256"`
	Records int        `json:"records"`
}

var _ = know[BundleSent]()

// Kind names the event on disk.
func (BundleSent) Kind() string { return "bundle.sent" }

// Sentence says about how many.
func (e BundleSent) Sentence() string {
	return "A sealed bundle about " + peopleCounted(len(e.People)) + " was made for another desk."
}

func (e BundleSent) applyOffice(o *Office, r Record) {
	o.Sent = append(o.Sent, SentBundle{ID: e.ID, Kind: e.Bundle, To: e.To, People: e.People, SHA256: e.SHA256, Records: e.Records, On: r.Day, By: r.By})
}

// NoteBundleOpened remembers that the records of a bundle were taken.
type NoteBundleOpened struct {
	Office ID
	Bundle OpenedBundle // without On and By
}

// For names the office.
func (c NoteBundleOpened) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses a bundle that was opened before.
func (c NoteBundleOpened) DecideOffice(o Office, s Stamp) ([]Event, error) {
	b := c.Bundle
	if was, ok := o.OpenedBundle(b.ID); ok {
		return nil, Refused("file", "This bundle was opened here before, on %s. Nothing was changed.", was.On.Short(s.Today))
	}
	if err := exported("bundle", "age", b.SHA256); err != nil {
		return nil, err
	}
	return []Event{BundleOpened{ID: b.ID, From: b.From, People: b.People, SHA256: b.SHA256, New: max(b.New, 0)}}, nil
}

// BundleOpened happens when the records of a sealed bundle are taken.
type BundleOpened struct {
	ID     ID     `json:"id"`
	From   ID     `json:"from"`
	People []ID   `json:"people"`
	SHA256 string `json:"sha256"`
	New    int    `json:"new"`
}

var _ = know[BundleOpened]()

// Kind names the event on disk.
func (BundleOpened) Kind() string { return "bundle.opened" }

// Sentence says about how many.
func (e BundleOpened) Sentence() string {
	return "A sealed bundle about " + peopleCounted(len(e.People)) + " was opened."
}

func (e BundleOpened) applyOffice(o *Office, r Record) {
	if _, before := o.OpenedBundle(e.ID); before {
		return // another desk of this office opened it too
	}
	o.Opened = append(o.Opened, OpenedBundle{ID: e.ID, From: e.From, People: e.People, SHA256: e.SHA256, New: e.New, On: r.Day, By: r.By})
}
