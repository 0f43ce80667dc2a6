package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"

	"filippo.io/age"
	"github.com/spf13/pflag"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/document"
	"coachdesk/store/seal"
)

// noteFormats are the formats of a handover note.
var noteFormats = []string{"text", "md", "html", "json"}

// noteIn writes a note in a format, and how the name of its file ends.
func noteIn(format string, n document.Note) (text, ending string, err error) {
	switch format {
	case "md":
		return clean.Printable(n.Markdown()), ".md", nil
	case "html":
		return clean.Printable(n.HTML()), ".html", nil
	case "json":
		text, err = jsonOf(listing[document.NoteFields]{"coachdesk.handover/1", []document.NoteFields{n.Fields()}})
		return text, ".json", err
	}
	return clean.Printable(n.Text()), ".txt", nil
}

// jsonOf writes a paper as JSON that no terminal is led astray by.
func jsonOf(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return escapeJSON(b.String()), err
}

// sealing is how a paper is closed before it becomes a file.
type sealing struct {
	with bool   // a passphrase
	file string // that holds it
	to   string // or somebody of the address book
	name string // of them, once they are found
}

func (s *sealing) flags(f *pflag.FlagSet) {
	f.BoolVar(&s.with, "seal", false, "close the file with a passphrase that you type twice")
	f.StringVar(&s.file, "seal-passphrase-file", "", "`file` with that passphrase in its first line")
	f.StringVar(&s.to, "to", "", "close the file for this `person` of the address book alone")
}

func (s sealing) on() bool { return s.with || s.file != "" || s.to != "" }

// ending is what the name of a closed file ends with.
func (s sealing) ending() string {
	if s.on() {
		return ".age"
	}
	return ""
}

// sealed closes a paper when that was asked for. The age tool opens it, so that whoever
// gets it needs nothing of ours.
func (c *call) sealed(p paper, text string) (paper, string, error) {
	if !p.seal.on() {
		return p, text, nil
	}
	if p.out == "" || p.out == "-" {
		return p, "", misuse("A sealed paper is a file: say where with -o.")
	}
	to, err := c.sealTo(&p.seal)
	if err != nil {
		return p, "", err
	}
	if st, err := os.Stat(p.out); (err != nil || !st.IsDir()) && !strings.HasSuffix(p.out, ".age") {
		p.out += ".age"
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to)
	if err != nil {
		return p, "", err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return p, "", err
	}
	err = w.Close() // what is not closed is cut
	return p, b.String(), err
}

// sealTo is who can open it.
func (c *call) sealTo(s *sealing) (age.Recipient, error) {
	if s.to == "" {
		words, err := c.newPassphrase(s.file)
		if err != nil {
			return nil, err
		}
		return seal.Passphrase(words, c.work())
	}
	if s.with || s.file != "" {
		return nil, misuse("--to closes the file with a key, --seal with a passphrase. Say one.")
	}
	who, err := c.st.Office().FindContact(s.to)
	if err != nil {
		return nil, err
	}
	if why := who.Warning(); why != "" {
		c.say("%s", why)
	}
	to, err := seal.ReadRecipient(who.Recipient)
	if err != nil {
		return nil, domain.Refused("to", "The key of %s cannot be read. Ask them for their card again.", clean.Line(who.Who(), 120))
	}
	s.name = clean.Line(who.Who(), 120)
	c.say("Only %s can open it.", s.name)
	return to, nil
}
