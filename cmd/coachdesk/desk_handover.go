package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/document"
	"coachdesk/ui/screen"
)

// verb carries out a command line on the open store and returns what it wrote and said:
// what leaves the desk goes through one door, whether a key or a word opened it.
func (d *desk) verb(args ...string) (out, said string, err error) {
	var o, e bytes.Buffer
	w := d.world
	w.in, w.out, w.err = strings.NewReader(""), &o, &e
	c := &call{world: w, st: d.st, desk: d}
	root := c.root()
	root.SetArgs(args)
	root.SetIn(w.in)
	root.SetOut(&o)
	root.SetErr(&e)
	err = d.felt(root.ExecuteContext(context.Background()))
	d.look()
	return o.String(), e.String(), err
}

// sentencesOf is what a verb said besides, a sentence a line.
func sentencesOf(said string) []string {
	var out []string
	for _, l := range strings.Split(said, "\n") {
		if l = clean.Line(l, 400); l != "" {
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
	out, said, err := d.verb("handover", "send", "--json", "--to", x.Name+" "+digits, "-o", folder)
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
	return d.opened(path, passphrase, "--dry-run")
}

// TakeIn implements screen.Desk.
func (d *desk) TakeIn(path, passphrase string) (screen.Arrival, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.opened(path, passphrase)
}

// opened opens a file from another desk. A passphrase reaches the verb as a file that only
// its owner reads, and that is gone again at once.
func (d *desk) opened(path, passphrase string, flags ...string) (screen.Arrival, error) {
	args := append([]string{"handover", "open", d.home(path), "--json"}, flags...)
	if passphrase != "" {
		name, done, err := aside(passphrase)
		if err != nil {
			return screen.Arrival{}, err
		}
		defer done()
		args = append(args, "--bundle-passphrase-file", name)
	}
	out, said, err := d.verb(args...)
	if err != nil {
		if passphrase == "" && wantsPassphrase(err) {
			return screen.Arrival{Sealed: true}, nil
		}
		return screen.Arrival{}, err
	}
	got, err := items[struct {
		Kind, From, Role, Office string
		Made                     time.Time
		People                   []struct {
			Ref, Name      string
			Known, Erased  bool
			Records, Fresh int
		}
	}](out)
	if err != nil || len(got) == 0 {
		return screen.Arrival{}, err
	}
	one := got[0]
	a := screen.Arrival{
		From: strings.Join(slices.DeleteFunc([]string{one.From, domain.Role(one.Role).String(), one.Office}, func(s string) bool { return s == "" }), ", "),
		What: one.Kind, Made: one.Made.In(d.world.now().Location()).Format("Mon 2 Jan 15:04"), Notes: sentencesOf(said),
	}
	for _, x := range d.Office().Contacts {
		if x.Name == one.From && x.Office == one.Office {
			a.Checked, a.Ask = !x.Checked.IsZero(), x.Person
		}
	}
	for _, p := range one.People {
		if p.Erased {
			a.Notes = append(a.Notes, p.Ref+" was erased here and stays erased.")
		}
		a.People = append(a.People, screen.ArrivalOf{Name: cmp.Or(p.Name, p.Ref), New: p.Fresh, Records: p.Records, Joins: !p.Known})
	}
	return a, nil
}

// wantsPassphrase reports whether a file cannot be opened without one.
func wantsPassphrase(err error) bool { return strings.Contains(err.Error(), "passphrase") }

// aside writes a secret into a file for a moment.
func aside(secret string) (name string, done func(), err error) {
	f, err := os.CreateTemp("", ".coachdesk-*")
	if err != nil {
		return "", nil, err
	}
	_, err = f.WriteString(secret + "\n")
	if e := f.Close(); err == nil {
		err = e
	}
	return f.Name(), func() { _ = os.Remove(f.Name()) }, err
}
