package domain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

// OfficeFile is what an office says itself of a programme or an area: the text of its
// file, who brought it in and when. It lies over what the program carries.
type OfficeFile struct {
	Area bool   // of an area; else of a programme
	Key  string // of what it is about
	File string // JSON, as assets/help/schema says
	On   calendar.Day
	By   ID
}

// officeFileMost is how long a file of an office may be.
const officeFileMost = 64 << 10

// officeFactMost is how long one text in such a file may be.
const officeFactMost = 600

// ChangeProgramme puts the office's own file about a programme over what is known.
type ChangeProgramme struct {
	Office ID
	Known  catalogue.Catalogue // what the program carries
	File   string
}

// For names the office.
func (c ChangeProgramme) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses a file that cannot be read, or after which the catalogue would be
// wrong.
func (c ChangeProgramme) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	p, err := o.Propose(c.Known, c.File)
	if err != nil {
		return nil, err
	}
	if len(p.Changes) == 0 {
		return nil, Refused("file", "The catalogue says of %s what this file says. Nothing was changed.", p.Is.Name)
	}
	return []Event{ProgrammeChanged{Programme: p.Is.Key, File: p.file}}, nil
}

// Proposed is what a file of the office would make of a programme.
type Proposed struct {
	Is      catalogue.Programme
	New     bool // nobody knew it before
	Changes []catalogue.Altered
	file    string
}

// Propose says what a file would change, or why it cannot be taken.
func (o Office) Propose(known catalogue.Catalogue, file string) (Proposed, error) {
	file, err := cleanFile(file)
	if err != nil {
		return Proposed{}, err
	}
	over, err := catalogue.ReadOverride([]byte(file))
	if err != nil {
		return Proposed{}, Refused("file", "The file cannot be taken: %s.", clean.Line(err.Error(), 400))
	}
	if over.Key != codeOf(over.Key) {
		return Proposed{}, Refused("file", "%q is no key. A key is made of up to 40 small letters, digits and hyphens.", clean.Line(over.Key, 60))
	}
	after, err := o.without(false, over.Key).Catalogue(known).With(over)
	if err != nil {
		return Proposed{}, Refused("file", "The file cannot be taken: %s.", oneLine(err))
	}
	now := o.Catalogue(known)
	is, _ := after.Keyed(over.Key)
	was, there := now.Keyed(over.Key)
	return Proposed{Is: is, New: !there, Changes: after.Difference(was, is), file: file}, nil
}

// ChangeArea puts an area of the office in the place of one that is known, or beside
// the others.
type ChangeArea struct {
	Office ID
	Known  catalogue.Catalogue
	Area   catalogue.Area
}

// For names the office.
func (c ChangeArea) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice refuses an area with a council that nobody knows.
func (c ChangeArea) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	b, err := json.Marshal(c.Area)
	if err != nil {
		return nil, fmt.Errorf("write the area: %w", err)
	}
	file, err := cleanFile(string(b))
	if err != nil {
		return nil, err
	}
	area, err := catalogue.ReadArea([]byte(file))
	if err != nil {
		return nil, Refused("file", "The area cannot be taken: %s.", err)
	}
	if _, err := o.without(true, area.Key).Catalogue(c.Known).WithArea(area); err != nil {
		return nil, Refused("file", "The area cannot be taken: %s.", oneLine(err))
	}
	for _, f := range o.Files {
		if f.Area && f.Key == area.Key && f.File == file && o.stands(f) {
			return nil, Refused("file", "%s is like that already. Nothing was changed.", area.Name)
		}
	}
	return []Event{AreaChanged{Area: area.Key, File: file}}, nil
}

// oneLine makes a sentence of errors that were joined.
func oneLine(err error) string { return clean.Line(err.Error(), 400) }

// cleanFile returns a file of JSON with every text in it as it may be shown, written
// without blanks.
func cleanFile(file string) (string, error) {
	if len(file) > officeFileMost {
		return "", Refused("file", "The file has %d bytes; up to %d are taken.", len(file), officeFileMost)
	}
	d := json.NewDecoder(bytes.NewReader([]byte(file)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil || d.More() {
		return "", Refused("file", "The file is not JSON of one programme. coachdesk programmes KEY --json shows how one looks.")
	}
	b, err := json.Marshal(cleanValue(v))
	if err != nil {
		return "", fmt.Errorf("write the file: %w", err)
	}
	return string(b), nil
}

func cleanValue(v any) any {
	switch v := v.(type) {
	case string:
		return clean.Line(v, officeFactMost)
	case []any:
		for i := range v {
			v[i] = cleanValue(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = cleanValue(v[k])
		}
	}
	return v
}

// Catalogue returns what is known of programmes with the office's own files over it. A
// file that cannot be used, as one of a later version, is passed over and told.
func (o Office) Catalogue(known catalogue.Catalogue) catalogue.Catalogue {
	if len(o.Files) == 0 {
		return known
	}
	known.Changed, known.Wrong = map[string]calendar.Day{}, nil
	for _, areas := range []bool{true, false} { // programmes name areas
		for _, f := range o.Files {
			if f.Area == areas && o.stands(f) {
				known = f.over(known)
			}
		}
	}
	return known
}

// stands reports whether a file is the last of what it is about.
func (o Office) stands(f OfficeFile) bool {
	for _, g := range slices.Backward(o.Files) {
		if g.Area == f.Area && g.Key == f.Key {
			return g == f
		}
	}
	return false
}

// without returns the office as if it said nothing itself of a programme or an area.
func (o Office) without(area bool, key string) Office {
	o.Files = slices.DeleteFunc(slices.Clone(o.Files), func(f OfficeFile) bool { return f.Area == area && f.Key == key })
	return o
}

// over puts one file over a catalogue.
func (f OfficeFile) over(known catalogue.Catalogue) catalogue.Catalogue {
	what := "programme"
	if f.Area {
		what = "area"
	}
	next, touched, err := f.merged(known)
	if err != nil {
		known.Wrong = append(known.Wrong, fmt.Sprintf("The office's file about the %s %s cannot be used: %s.", what, clean.Line(f.Key, 60), oneLine(err)))
		return known
	}
	for _, key := range touched {
		next.Changed[key] = max(next.Changed[key], f.On)
	}
	return next
}

// merged returns the catalogue with a file over it, and the programmes that it touches.
func (f OfficeFile) merged(known catalogue.Catalogue) (next catalogue.Catalogue, touched []string, err error) {
	file, err := cleanFile(f.File) // another desk may have sent anything
	if err != nil {
		return known, nil, err
	}
	if f.Area {
		area, err := catalogue.ReadArea([]byte(file))
		if err != nil {
			return known, nil, err
		}
		next, err = known.WithArea(area)
		return next, known.In(area), err
	}
	over, err := catalogue.ReadOverride([]byte(file))
	if err != nil {
		return known, nil, err
	}
	next, err = known.With(over)
	return next, []string{over.Key}, err
}

// ProgrammeChanged happens when an office brings in its own file about a programme. Of
// two the later counts whole; the other stays in the history.
type ProgrammeChanged struct {
	Programme string `json:"programme"`
	File      string `json:"file"`
}

var _ = know[ProgrammeChanged]()

// Kind names the event on disk.
func (ProgrammeChanged) Kind() string { return "programme.changed" }

// Sentence says of which programme; the catalogue is about nobody.
func (e ProgrammeChanged) Sentence() string {
	return "The office changed what its catalogue says of “" + clean.Line(e.Programme, 60) + "”."
}

func (e ProgrammeChanged) applyOffice(o *Office, r Record) {
	o.Files = append(slices.Clone(o.Files), OfficeFile{Key: e.Programme, File: e.File, On: r.Day, By: r.By})
}

// AreaChanged happens when an office says which councils an area has.
type AreaChanged struct {
	Area string `json:"area"`
	File string `json:"file"`
}

var _ = know[AreaChanged]()

// Kind names the event on disk.
func (AreaChanged) Kind() string { return "area.changed" }

// Sentence says which area.
func (e AreaChanged) Sentence() string {
	return "The office changed the area “" + clean.Line(e.Area, 60) + "”."
}

func (e AreaChanged) applyOffice(o *Office, r Record) {
	o.Files = append(slices.Clone(o.Files), OfficeFile{Area: true, Key: e.Area, File: e.File, On: r.Day, By: r.By})
}
