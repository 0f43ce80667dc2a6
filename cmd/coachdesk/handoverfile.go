package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// bundleEnding is how the name of a sealed file ends.
const bundleEnding = ".coachdesk"

// sealedFile is a bundle on its way into a file.
type sealedFile struct {
	to  target
	out store.Outgoing
	tmp *os.File
	written
	packed store.Packed
}

// seal carries out commands and writes what then is to leave, each bundle into a file of
// its own. The files are whole on the disk before the commands count, and get their names
// after it: a file that cannot be written leaves nothing behind, neither an offer nor half
// a bundle.
func (c *call) seal(files []*sealedFile, commands ...domain.Command) (r domain.Receipt, err error) {
	defer func() {
		for _, f := range files {
			if f.tmp != nil {
				_ = os.Remove(f.tmp.Name()) // gone already when it got its name
			}
		}
	}()
	for _, f := range files {
		if f.to, err = f.to.settled(); err != nil {
			return r, err
		}
		if f.tmp, err = os.CreateTemp(filepath.Dir(f.to.path), ".coachdesk-*"); err != nil {
			return r, sayUnwritten(f.to.path, err)
		}
	}
	// Whatever is asked of the store in between would wait for the batch to end.
	office, id := c.st.Office(), c.st.OfficeID()
	r, err = c.st.DoAnd(domain.Batch{ID: c.st.NewID()}, func(d store.Doing) error {
		if err := d.Do(commands...); err != nil {
			return err
		}
		for _, f := range files {
			if err := c.pack(d, f, office, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	for _, f := range files {
		if err := sayUnwritten(f.to.path, christen(f.tmp.Name(), f.to)); err != nil {
			c.say("All of it is recorded, but the file got no name. coachdesk handover send --to NAME --all writes it again.")
			return r, err
		}
	}
	return r, nil
}

// pack writes one bundle and notes that it leaves.
func (c *call) pack(d store.Doing, f *sealedFile, office domain.Office, id domain.ID) error {
	bar := c.progressOn("Sealing")
	defer bar.end()
	err := choose(d, f, office)
	if err != nil {
		return err
	}
	f.written, err = fillFile(f.tmp, f.to.path, func(w io.Writer) (err error) {
		f.packed, err = d.Pack(c.ctx, w, f.out, bar.on)
		return err
	})
	if err != nil {
		return err
	}
	sent := domain.SentBundle{ID: f.out.ID, Kind: f.out.Kind, SHA256: fmt.Sprintf("%x", f.SHA256), Records: f.packed.Records}
	for _, x := range f.out.To {
		sent.To = append(sent.To, x.Person)
	}
	for _, p := range f.out.People {
		sent.People = append(sent.People, p.ID)
	}
	return d.Do(domain.NoteBundleSent{Office: id, Bundle: sent})
}

// sayFile tells where a bundle is and what is in it.
func (c *call) sayFile(f *sealedFile, whom string) {
	c.say("The file is at %s: %s, %s, for %s. Its SHA-256 begins with %x.", clean.Line(f.to.path, 400),
		plural(len(f.out.People), "1 person", "%s people"), plural(f.packed.Records, "1 record", "%s records"), clean.Line(whom, 200), f.SHA256[:4])
}

// bundleItem is a bundle that was written, for --json.
type bundleItem struct {
	ID      domain.ID         `json:"id"`
	Kind    domain.BundleKind `json:"kind"`
	Path    string            `json:"path"`
	To      []string          `json:"to"`
	People  []string          `json:"people"`
	Records int               `json:"records"`
	Bytes   int64             `json:"bytes"`
	SHA256  string            `json:"sha256"`
}

// tellFiles tells of the bundles that were written.
func (c *call) tellFiles(files []*sealedFile, width int) error {
	office := c.st.Office()
	items := []bundleItem{}
	for _, f := range files {
		it := bundleItem{ID: f.out.ID, Kind: f.out.Kind, Path: f.to.path, To: []string{}, People: []string{}, Records: f.packed.Records, Bytes: f.Size, SHA256: fmt.Sprintf("%x", f.SHA256)}
		for _, x := range f.out.To {
			it.To = append(it.To, office.Named(x.Person).Name)
		}
		for _, p := range f.out.People {
			it.People = append(it.People, p.ID.Ref(width))
		}
		items = append(items, it)
		if !c.json {
			c.sayFile(f, namesOr(it.To, "whoever has the passphrase"))
		}
	}
	if c.json {
		return printItems(c, "bundles/1", items)
	}
	return nil
}

func namesOr(names []string, none string) string {
	if len(names) == 0 {
		return none
	}
	return strings.Join(names, ", ")
}
