package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/document"
	"coachdesk/ui/screen"
)

// copyOptions say how a copy for somebody is made.
func copyOptions(st *store.Store, ref string, today calendar.Day, of screen.CopyOf, reviews domain.Reviewing, figures domain.Figures) (document.CopyOptions, error) {
	book, err := document.ReadWords(assets.Words())
	return document.CopyOptions{Words: book, Shape: of.Shape, Language: of.Language, Today: today, Coach: st.Who().Name, Ref: ref, Reviews: reviews, Done: figures.Of(domain.FigureCopyDone)}, err
}

// copyName is the name of the file of a copy. It names nobody.
func copyName(p domain.Participant, ref string, of screen.CopyOf) string {
	name := "journal-" + ref
	if !of.Journal {
		name = fmt.Sprintf("plan-%s-v%d", ref, p.Plan.Version())
	}
	if of.Shape != domain.PlainShape {
		name += "-" + strings.ReplaceAll(strings.ToLower(string(of.Shape)), " ", "-")
	}
	if of.Language != domain.English {
		name += "-" + string(of.Language)
	}
	return name
}

// copyNoted is what the record is to remember of a copy for the person.
func copyNoted(of screen.CopyOf, format string) domain.Export {
	x := domain.Export{What: domain.ExportPlan, For: domain.ForPerson, Basis: domain.OnOwn, Format: format}
	if of.Journal {
		x.What = domain.ExportJournal
	}
	return x
}

// Copy implements screen.Desk.
func (d *desk) Copy(id domain.ID, of screen.CopyOf) (string, error) {
	l, err := d.copyOf(id, of, true)
	return l.text, err
}

// Clip implements screen.Desk.
func (d *desk) Clip(id domain.ID, of screen.CopyOf) (string, error) {
	l, err := d.copyOf(id, of, true)
	if err == nil {
		err = l.remember(d.note, d.st.OfficeID(), sha256.Sum256([]byte(l.text)), false)
	}
	if err != nil {
		return "", err
	}
	return l.text, nil
}

// note carries out a command of what leaves the desk.
func (d *desk) note(c domain.Command) error {
	_, err := d.Do(domain.Batch{ID: d.NewID(), Commands: []domain.Command{c}}, domain.ID{})
	return err
}

// leave writes something that leaves the desk into a file.
func (d *desk) leave(l leaving, to target) (string, error) {
	return l.into(d.note, d.st.OfficeID(), to, func(string, ...any) {})
}

// copyOf makes a copy, as text to paste or as it goes into a file.
func (d *desk) copyOf(id domain.ID, of screen.CopyOf, paste bool) (leaving, error) {
	p, err := d.Participant(id)
	if err != nil {
		return leaving{}, err
	}
	all, err := d.st.Everyone()
	if err != nil {
		return leaving{}, d.felt(err)
	}
	ref := id.Ref(domain.RefLength(all))
	var page document.Paper
	l := leaving{who: id}
	switch {
	case !of.Referral.IsZero():
		x, err := referralOn(p, of.Referral)
		if err != nil {
			return l, err
		}
		if page, err = referralPage(d.st, p, x, d.Queue()); err != nil {
			return l, err
		}
		l.name, l.of = "referral-"+ref+"-"+x.Short(), referralNoted(p, x, d.st.Today(), "")
	default:
		o, err := copyOptions(d.st, ref, d.st.Today(), of, d.Queue().Reviewing(), d.figures)
		if err != nil {
			return l, err
		}
		l.name, l.of = copyName(p, ref, of), copyNoted(of, "")
		if of.Journal {
			l.name, l.of.Format, l.text = l.name+".txt", "text", clean.Printable(document.Journal(p, o))
			return l, nil
		}
		page = document.PlanCopy(p, o)
	}
	l.name, l.of.Format, l.text = l.name+".html", "html", page.HTML()
	if paste {
		l.of.Format, l.text = "text", page.Text()
	}
	return l, nil
}

// papersFolder is where the app writes what a person is given to keep, beside the store.
const papersFolder = "papers"

// CopyInto implements screen.Desk.
func (d *desk) CopyInto(id domain.ID, of screen.CopyOf) (string, error) {
	l, err := d.copyOf(id, of, false)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(filepath.Dir(d.st.Path()), papersFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("the folder for papers cannot be made: %w", err)
	}
	return d.leave(l, target{path: folder, name: unusedName(folder, l.name)})
}

// unusedName adds a number to a name that is taken.
func unusedName(folder, name string) string {
	free, ending := name, filepath.Ext(name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(folder, free)); err != nil {
			return free
		}
		free = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ending), n, ending)
	}
}
