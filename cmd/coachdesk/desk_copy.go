package main

import (
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

// Copy implements screen.Desk.
func (d *desk) Copy(id domain.ID, of screen.CopyOf) (string, error) {
	if !of.Referral.IsZero() {
		page, _, err := d.referralOf(id, of.Referral)
		return page.Text(), err
	}
	text, _, err := d.copyOf(id, of)
	return text, err
}

// copyOf makes a copy, and a name for its file.
func (d *desk) copyOf(id domain.ID, of screen.CopyOf) (text, name string, err error) {
	p, err := d.Participant(id)
	if err != nil {
		return "", "", err
	}
	all, err := d.st.Everyone()
	if err != nil {
		return "", "", d.felt(err)
	}
	ref := id.Ref(domain.RefLength(all))
	o, err := copyOptions(d.st, ref, d.st.Today(), of, d.Queue().Reviewing(), d.figures)
	if err != nil {
		return "", "", err
	}
	if !of.Referral.IsZero() {
		page, x, err := d.referralOf(id, of.Referral)
		return page.HTML(), "referral-" + ref + "-" + x.Short() + ".html", err
	}
	name = copyName(p, ref, of)
	if of.Journal {
		return clean.Printable(document.Journal(p, o)), name + ".txt", nil
	}
	return document.PlanCopy(p, o).HTML(), name + ".html", nil
}

// papersFolder is where the app writes what a person is given to keep, beside the store.
const papersFolder = "papers"

// CopyInto implements screen.Desk.
func (d *desk) CopyInto(id domain.ID, of screen.CopyOf) (string, error) {
	text, name, err := d.copyOf(id, of)
	if err != nil {
		return "", err
	}
	folder := filepath.Join(filepath.Dir(d.st.Path()), papersFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("the folder for papers cannot be made: %w", err)
	}
	return writePrivately(folder, unusedName(folder, name), []byte(text), false)
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

// referralOf makes the page of a referral.
func (d *desk) referralOf(id, referral domain.ID) (document.Paper, domain.Referral, error) {
	p, err := d.Participant(id)
	if err != nil {
		return document.Paper{}, domain.Referral{}, err
	}
	x, err := referralOn(p, referral)
	if err != nil {
		return document.Paper{}, x, err
	}
	page, err := referralPage(d.st, p, x, d.Queue())
	return page, x, err
}
