package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/document"
	"coachdesk/ui/screen"
)

// verb carries out a command line on the open store and returns what it wrote and said:
// what leaves the desk goes through one door, whether a key or a word opened it.
// Whose record it is about was opened for a reason that was told on a screen; a passphrase
// was typed there, twice.
func (d *desk) verb(about domain.ID, passphrase string, args ...string) (out, said string, err error) {
	var o, e bytes.Buffer
	w := d.world
	w.in, w.out, w.err = strings.NewReader(""), &o, &e
	c := &call{world: w, st: d.st, desk: d, typed: passphrase, because: string(cmp.Or(d.reason(about), domain.LookHandover))}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(w.in)
	root.SetOut(&o)
	root.SetErr(&e)
	err = d.felt(root.ExecuteContext(context.Background()))
	d.look()
	return o.String(), e.String(), err
}

// sentencesOf is what a verb said besides, a line each, without the sentences that name
// what can be typed on a command line: whoever reads it sits at a screen.
func sentencesOf(said string) []string {
	typed := func(s string) bool { return strings.Contains(s, " --") || strings.Contains(s, "coachdesk ") }
	var out []string
	for _, l := range strings.Split(said, "\n") {
		sentences := strings.SplitAfter(clean.Line(l, 400), ". ")
		sentences = slices.DeleteFunc(sentences, func(s string) bool { return typed(s) || strings.HasPrefix(s, "--") })
		if l = strings.TrimSpace(strings.Join(sentences, "")); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// items reads what a verb wrote with --json.
func items[T any](out string) ([]T, error) {
	var file struct{ Items []T }
	err := json.Unmarshal([]byte(out), &file)
	return file.Items, err
}

// readerOf is for whom a note is made, by the role of whoever reads it.
func readerOf(r domain.Role) document.Receiver {
	switch r {
	case domain.Adviser:
		return document.Adviser
	case domain.Provider:
		return document.Provider
	case domain.Coach, domain.Lead, domain.Administrator:
	}
	return document.Colleague
}

// Note implements screen.Desk.
func (d *desk) Note(of screen.NoteOf) (screen.Sheet, error) {
	p, err := d.Participant(of.Participant)
	if err != nil {
		return screen.Sheet{}, err
	}
	o, err := d.noteOptions(of.Participant, readerOf(of.For))
	if err != nil {
		return screen.Sheet{}, err
	}
	o.To, o.Why, o.Summary, o.HowToWork, o.Gaps = of.To, of.Words.Why, of.Words.Summary, of.Words.HowToWork, of.Words.Gaps
	n := document.Handover(p, o)
	sheet := screen.Sheet{Title: n.Title}
	for _, s := range n.Sections {
		sec := screen.SheetSection{Title: s.Title}
		for _, l := range s.Lines {
			sec.Lines = append(sec.Lines, screen.SheetLine{Text: l.Text, Hidden: l.Hidden})
		}
		sheet.Sections = append(sheet.Sections, sec)
	}
	return sheet, nil
}

// noteOptions say how the note of somebody is made for a receiver.
func (d *desk) noteOptions(id domain.ID, to document.Receiver) (document.Options, error) {
	sharing, err := document.ReadSharing(assets.Handover())
	q, office := d.Queue(), d.Office()
	return document.Options{
		Sharing: sharing, For: to, Today: q.Today, Calendar: q.Calendars[q.Nation], Waits: q.Rules.Waits(), Reviews: q.Reviewing(), Reasons: q.Planning.Reasons,
		Queue: q, Ref: d.ref(id), People: func(id domain.ID) string { return office.Named(id).Name },
	}, err
}

// ref is what the command line calls somebody.
func (d *desk) ref(id domain.ID) string {
	all, err := d.st.Everyone()
	if err != nil {
		return id.Ref(0)
	}
	return id.Ref(domain.RefLength(all))
}

// handoverFolder is where files for other desks are written, beside the store.
const handoverFolder = "handovers"

// folder makes a folder beside the store.
func (d *desk) folder(name string) (string, error) {
	folder := filepath.Join(filepath.Dir(d.st.Path()), name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("the folder %s cannot be made: %w", clean.Line(folder, 300), err)
	}
	return folder, nil
}

// Bundle implements screen.Desk.
func (d *desk) Bundle(to domain.ID) (screen.Written, error) {
	x, ok := d.Office().Contact(to)
	if !ok {
		return screen.Written{}, domain.Refused("to", "They are not in the address book: g b adds them.")
	}
	folder, err := d.folder(handoverFolder)
	if err != nil {
		return screen.Written{}, err
	}
	digits := strings.ReplaceAll(x.Fingerprint(), " ", "")
	out, said, err := d.verb(domain.ID{}, "", "handover", "send", "--json", "--to", x.Name+" "+digits, "-o", folder)
	if err != nil {
		return screen.Written{}, err
	}
	got, err := items[struct {
		Path, SHA256 string
		Bytes        int64
	}](out)
	if err != nil {
		return screen.Written{}, err
	}
	if len(got) == 0 {
		return screen.Written{}, domain.Refused("to", "Nothing is new for %s since the last file.", x.Who())
	}
	return screen.Written{Path: got[0].Path, Bytes: got[0].Bytes, SHA256: got[0].SHA256, Notes: sentencesOf(said)}, nil
}

// arrivedMost is how many files are offered: who has more names the path.
const arrivedMost = 20

// Arrived implements screen.Desk. Files that this desk wrote lie in a folder that is not
// looked into.
func (d *desk) Arrived() []string {
	beside := filepath.Dir(d.st.Path())
	folders := []string{filepath.Join(beside, "arrived"), beside}
	if home := d.world.env("HOME"); home != "" {
		folders = append(folders, filepath.Join(home, "Downloads"))
	}
	type file struct {
		path string
		at   time.Time
	}
	var all []file
	for _, f := range folders {
		entries, err := os.ReadDir(f)
		if err != nil {
			continue // it need not be there
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() && filepath.Ext(e.Name()) == ".coachdesk" {
				all = append(all, file{filepath.Join(f, e.Name()), info.ModTime()})
			}
		}
	}
	slices.SortFunc(all, func(a, b file) int { return cmp.Or(b.at.Compare(a.at), strings.Compare(a.path, b.path)) })
	var paths []string
	for _, f := range all[:min(len(all), arrivedMost)] {
		paths = append(paths, f.path)
	}
	return paths
}

// home puts the home folder in the place of a tilde.
func (d *desk) home(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return filepath.Join(d.world.env("HOME"), rest)
	}
	return path
}

// Look implements screen.Desk.
func (d *desk) Look(path, passphrase string) (screen.Arrival, error) {
	a, _, err := d.unpacked(path, passphrase, nil)
	return a, err
}

// TakeIn implements screen.Desk.
func (d *desk) TakeIn(path, passphrase string) (screen.Arrival, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	a, people, err := d.unpacked(path, passphrase, func(p *store.Parcels) ([]store.Arriving, error) {
		taken, err := d.st.Take(p, domain.Batch{ID: d.st.NewID()})
		return taken.People, d.felt(err)
	})
	if err == nil {
		a.People = d.arriving(people, &a)
		d.look()
	}
	return a, err
}

// unpacked opens a file from another desk, verifies all of it, and has it taken in if that
// is asked for.
func (d *desk) unpacked(path, passphrase string, take func(*store.Parcels) ([]store.Arriving, error)) (screen.Arrival, []store.Arriving, error) {
	f, err := os.Open(d.home(path))
	if err != nil {
		return screen.Arrival{}, nil, domain.Refused("path", "The file cannot be read: %s", err)
	}
	defer f.Close()
	p, err := d.st.Unpack(f, passphrase)
	var no domain.Refusal
	var stranger store.Unknown
	switch {
	case passphrase == "" && errors.As(err, &no) && no.Field == "passphrase":
		return screen.Arrival{Sealed: true}, nil, nil
	case errors.As(err, &stranger):
		return screen.Arrival{}, nil, fmt.Errorf("%w Fingerprint: %s. In g b, a adds the card that they send you", err, stranger.Card.Contact().Fingerprint())
	case err != nil:
		return screen.Arrival{}, nil, d.felt(err)
	}
	made := p.Made.In(d.world.now().Location())
	a := screen.Arrival{From: "this desk itself", Checked: true, What: bundleWords(p.Kind), Made: made.Format("Mon 2 Jan 15:04")}
	if !p.Own {
		a.From = p.From.Contact().Who() + ", " + p.From.Role.String()
		x, known := d.Office().Contact(p.From.Person)
		a.Checked = known && !x.Checked.IsZero()
	}
	people := p.People
	if take != nil {
		if people, err = take(p); err != nil {
			return screen.Arrival{}, nil, err
		}
	}
	a.People = d.arriving(people, &a)
	return a, people, nil
}

// arriving tells what is new of each person, and notes what is not taken.
func (d *desk) arriving(people []store.Arriving, a *screen.Arrival) []screen.ArrivalOf {
	var out []screen.ArrivalOf
	waiting := 0
	a.Notes = nil
	for _, p := range people {
		name := cmp.Or(p.Name, p.ID.Ref(0))
		if p.Erased {
			a.Notes = append(a.Notes, clean.Line(name, 60)+" was erased here and stays erased.")
		}
		waiting += p.Ahead + p.Differing
		out = append(out, screen.ArrivalOf{Name: name, New: p.New, Records: p.Records, Joins: !p.Here})
	}
	if waiting > 0 {
		a.Notes = append(a.Notes, fmt.Sprintf("%d records wait in quarantine: coachdesk quarantine tells why.", waiting))
	}
	return out
}
