package ui_test

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// handing is what leaves a desk on paper and comes back to it.
type handing struct {
	bundles  []domain.ID       // for whom files were written
	arrived  []string          // files that lie in the usual folders
	parcels  map[string]parcel // what they hold
	exported []screen.ExportOf
	taken    []string
	full     error // what writing a file meets
}

// parcel is a file from another desk.
type parcel struct {
	holds screen.Arrival
	pass  string
	bad   error
}

func (p *paper) Note(of screen.NoteOf) (screen.Sheet, error) {
	one, err := p.Participant(of.Participant)
	if err != nil {
		return screen.Sheet{}, err
	}
	hidden := ""
	if of.For == domain.Provider {
		hidden = "not for the provider"
	}
	return screen.Sheet{Title: "Handover: " + one.Name(), Sections: []screen.SheetSection{
		{Title: "In one line", Lines: []screen.SheetLine{{Text: one.Name() + ", with us since today"}, {Text: "Why now: " + of.Words.Why}}},
		{Title: "Do first", Lines: []screen.SheetLine{{Text: "call Mind, by Fri 27 Nov, work coach", Hidden: hidden}}},
		{Title: "Last three sessions", Lines: []screen.SheetLine{{Text: "Says mornings are still hard.", Hidden: hidden}, {Text: "His sister worries.", Hidden: "third party: never leaves the desk"}}},
	}}, nil
}

func (p *paper) Bundle(to domain.ID) (screen.Written, error) {
	if p.out.full != nil {
		return screen.Written{}, p.out.full
	}
	p.out.bundles = append(p.out.bundles, to)
	return screen.Written{Path: fmt.Sprintf("/home/amina/handovers/bundle-%d.age", len(p.out.bundles)), Bytes: 12345, SHA256: strings.Repeat("ab", 32)}, nil
}

func (p *paper) Arrived() []string { return p.out.arrived }

func (p *paper) Look(path, pass string) (screen.Arrival, error) {
	got, ok := p.out.parcels[path]
	switch {
	case !ok:
		return screen.Arrival{}, domain.Refused("path", "There is no such file.")
	case got.bad != nil:
		return screen.Arrival{}, got.bad
	case got.pass != "" && pass == "":
		return screen.Arrival{Sealed: true}, nil
	case got.pass != pass:
		return screen.Arrival{}, domain.Refused("passphrase", "That is not the passphrase of this file.")
	}
	return got.holds, nil
}

func (p *paper) TakeIn(path, pass string) (screen.Arrival, error) {
	got, err := p.Look(path, pass)
	if err == nil {
		p.out.taken = append(p.out.taken, path)
	}
	return got, err
}

func (p *paper) Export(of screen.ExportOf) (screen.Written, error) {
	if p.out.full != nil {
		return screen.Written{}, p.out.full
	}
	p.out.exported = append(p.out.exported, of)
	return screen.Written{Path: "/home/amina/papers/handover-7K3Q.txt", Bytes: 2345, SHA256: strings.Repeat("0f", 32), Notes: []string{"Give the note to nobody else."}}, nil
}

func (p *paper) LeftOut(of screen.ExportOf) ([]string, error) {
	if of.For == domain.ForProvider {
		return nil, domain.Refused("for", "No consent to share with a provider is in force.")
	}
	if of.What != domain.ExportHandover {
		return nil, nil
	}
	return []string{"Last three sessions: 1 line left out, third party: never leaves the desk."}, nil
}
