package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/store/document"
	"coachdesk/ui/screen"
)

// endings are how the names of files of a format end.
var endings = map[string]string{"text": ".txt", "md": ".md", "html": ".html", "json": ".json", "csv": ".csv", "ics": ".ics", "jsonl": ".jsonl"}

// Export implements screen.Desk.
func (d *desk) Export(of screen.ExportOf) (screen.Written, error) {
	args, name, err := d.exportArgs(of)
	if err != nil {
		return screen.Written{}, err
	}
	path, err := d.exportPath(of, name)
	if of.Passphrase != "" && !strings.HasSuffix(path, ".age") {
		path += ".age"
	}
	if err != nil {
		return screen.Written{}, err
	}
	d.mu.Lock()
	_, said, err := d.verb(of.Participant, of.Passphrase, append(args, "-o", path)...)
	d.mu.Unlock()
	if err != nil {
		return screen.Written{}, err
	}
	return measured(path, slices.DeleteFunc(sentencesOf(said), func(l string) bool { return strings.Contains(l, path) }))
}

// exportArgs is the command line that writes something out, and a name for its file. It
// names nobody.
func (d *desk) exportArgs(of screen.ExportOf) (args []string, name string, err error) {
	ref := ""
	if !of.Participant.IsZero() {
		ref = d.ref(of.Participant)
	}
	ending := endings[of.Format]
	switch of.What {
	case domain.ExportHandover:
		args = []string{"export", "handover", ref, "--for", string(of.For), "--format", of.Format}
		if of.Passphrase != "" {
			args, ending = append(args, "--seal"), ending+".age"
		}
		return args, "handover-" + ref + ending, nil
	case domain.ExportPlan:
		return []string{"export", "plan", ref}, "plan-" + ref + ending, nil
	case domain.ExportJournal:
		return []string{"export", "journal", ref}, "journal-" + ref + ending, nil
	case domain.ExportReferral:
		return []string{"export", "referral", ref, of.Referral.Ref(0)}, "referral-" + ref + ending, nil
	case domain.ExportAccess:
		return []string{"export", "subject-access", ref, "--format", of.Format}, "held-" + ref + ending, nil
	case domain.ExportCalendar:
		args = []string{"export", "calendar"}
		if ref != "" {
			return append(args, "--person", ref), "diary-" + ref + ending, nil
		}
		return args, "diary" + ending, nil
	case domain.ExportPeople:
		args = []string{"export", "people", "--format", of.Format}
		for i, id := range of.People {
			if i > 0 {
				args = append(args, "or")
			}
			word, _, _ := strings.Cut(id.Ref(wholeRef), "-")
			args = append(args, word) // as long as it is, it finds nobody else
		}
		return args, "people" + ending, nil
	case domain.ExportAll:
		return []string{"export", "everything", "--include-private"}, "everything" + ending, nil
	}
	return nil, "", domain.Refused("what", "That cannot be written out from here.")
}

// wholeRef is the length of a reference that is not shortened.
const wholeRef = 16

// exportPath is where the file goes: where it was said, or the folder for papers under a
// name that is free.
func (d *desk) exportPath(of screen.ExportOf, name string) (string, error) {
	path := d.home(of.Path)
	if st, err := os.Stat(path); path != "" && (err != nil || !st.IsDir()) {
		return path, nil
	}
	if path == "" {
		var err error
		if path, err = d.folder(papersFolder); err != nil {
			return "", err
		}
	}
	return filepath.Join(path, unusedName(path, name)), nil
}

// measured tells of a file how long it is and its sum.
func measured(path string, notes []string) (screen.Written, error) {
	f, err := os.Open(path)
	if err != nil {
		return screen.Written{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return screen.Written{Path: path, Bytes: n, SHA256: fmt.Sprintf("%x", sum.Sum(nil)), Notes: notes}, err
}

// LeftOut implements screen.Desk.
func (d *desk) LeftOut(of screen.ExportOf) ([]string, error) {
	switch of.What {
	case domain.ExportHandover:
		return d.leftOutOfNote(of)
	case domain.ExportPeople:
		return []string{"Everybody whose record is restricted, and contact details that are withheld."}, nil
	case domain.ExportAll:
		return []string{"Everybody whose record is restricted: coachdesk export everything --include-restricted takes them along.", "Private paragraphs and drafts are in it, and it is not sealed: keep it to yourself."}, nil
	case domain.ExportCalendar:
		return []string{"Names: titles say “Appointment” and nothing else. A restricted record leaves none."}, nil
	case domain.ExportAccess:
		return []string{"Paragraphs about somebody else: they stand at the end, to be looked at before anything goes out."}, nil
	default:
		return nil, nil
	}
}

// leftOutOfNote is what of a handover note its reader would not see.
func (d *desk) leftOutOfNote(of screen.ExportOf) ([]string, error) {
	p, err := d.Participant(of.Participant)
	if err != nil {
		return nil, err
	}
	to := document.Receiver(of.For)
	if to.Outside() {
		if why := p.WhyNotShare(to.Recipient(), nil, d.Queue().Today); why != "" {
			return nil, domain.Refused("for", "%s C on the record records it.", why)
		}
	}
	o, err := d.noteOptions(of.Participant, to)
	if err != nil {
		return nil, err
	}
	return document.Handover(p, o).HiddenWords(), nil
}
