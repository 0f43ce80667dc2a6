package main

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/everything"
)

func (c *call) exportEverythingVerb() *cobra.Command {
	var o store.Openness
	var to target
	cmd := &cobra.Command{
		Use:   "everything",
		Short: "The whole store as JSON Lines that anybody can read, and import everything takes back",
		Long: "export everything writes one line for each record, in the order in which they came, then drafts and the log\n" +
			"of who looked; the last line sums it up. The file is not sealed: whoever has it reads it. What is private\n" +
			"and whose record is restricted stay out unless you ask for them, and the first line says so. An export that\n" +
			"was interrupted goes on where it was when you run it again.",
		Example: "  coachdesk export everything -o caseload.jsonl\n" +
			"  coachdesk export everything --include-private --include-restricted -o all.jsonl",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.exportEverything(o, to) },
	}
	f := cmd.Flags()
	f.StringVarP(&to.path, "output", "o", "", "the `file`, or a folder")
	f.BoolVar(&to.force, "force", false, "replace the file if there is one")
	f.BoolVar(&o.Private, "include-private", false, "also private paragraphs, and drafts")
	f.BoolVar(&o.Restricted, "include-restricted", false, "also people whose records are restricted")
	return cmd
}

func (c *call) exportEverything(o store.Openness, to target) error {
	if to.path == "" || to.path == "-" {
		return misuse("Name the file: coachdesk export everything -o FILE. What leaves is recorded with the sum of its bytes, before anybody gets them.")
	}
	c.verb, to.name = "export everything", "everything.jsonl"
	st, err := c.open()
	if err != nil {
		return err
	}
	c.lookedAtAll(c.verb)
	e := &everythingOut{c: c, st: st}
	if err := e.intoFile(o, to); err != nil {
		return err
	}
	e.sayWhat()
	return nil
}

// everythingOut is an export of everything while it goes on.
type everythingOut struct {
	c      *call
	st     *store.Store
	header everything.Header
	survey store.Survey
	after  uint64 // the arrivals that an interrupted attempt dealt with
	before int    // the records that it wrote
	w      *everything.Writer
	drafts int // left out
	into   written
}

// fresh begins at the beginning.
func (e *everythingOut) fresh(o store.Openness, w io.Writer) error {
	if err := e.count(o); err != nil {
		return err
	}
	e.w = everything.NewWriter(w, e.header)
	return e.pour()
}

// count says in the header what the file is going to hold.
func (e *everythingOut) count(o store.Openness) error {
	v, err := e.st.Survey(o)
	if err != nil {
		return err
	}
	f := e.st.Facts()
	e.survey = v
	e.header = everything.Header{
		Schema: everything.Schema, Format: f.Version, Demo: f.Demo, Office: f.Office, Desk: f.Desk, Seat: f.Seat, Founded: f.Made,
		Made: e.c.world.now(), Arrivals: v.Arrivals, Gone: v.Gone, People: v.People, Records: v.Records,
		LeftOut: everything.LeftOut{Private: !o.Private, Restricted: !o.Restricted, Records: v.LeftRecords, People: v.LeftPeople},
	}
	return nil
}

// pour writes the records, and what is none.
func (e *everythingOut) pour() error {
	bar := e.c.progress("Exporting", e.header.Records)
	defer bar.end()
	done := e.before
	err := e.st.Pour(e.survey, e.after, store.Pouring{
		Line: func(out []byte, n uint64, r domain.Record, envelope []byte) []byte {
			return everything.AppendRecord(out, everything.Record{N: n, Record: r, Envelope: envelope})
		},
		Write: func(lines []byte, records int, _ uint64) error {
			done += records
			bar.to(min(done, e.header.Records))
			if e.c.ctx != nil && e.c.ctx.Err() != nil {
				return errInterrupted
			}
			return e.w.Records(lines, records)
		},
	})
	if err != nil {
		return err
	}
	if err := e.rest(); err != nil {
		return err
	}
	_, err = e.w.End()
	return err
}

// rest writes the drafts and the log of who looked.
func (e *everythingOut) rest() error {
	drafts, err := e.st.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if !e.survey.Private || e.survey.Leaves(d.Participant) {
			e.drafts++ // nobody knows yet what of it is going to be private
			continue
		}
		if err := e.w.Draft(everything.Draft(d)); err != nil {
			return err
		}
	}
	looks, err := e.st.Looks(domain.ID{})
	if err != nil {
		return err
	}
	for _, l := range looks {
		if e.survey.Leaves(l.Participant) {
			continue
		}
		if err := e.w.Look(everything.Look{At: l.At, By: l.By, Role: l.Role, Participant: l.Participant, Via: l.Via, Reason: l.Reason}); err != nil {
			return err
		}
	}
	return nil
}

// partEnding is what an export is called until it is whole. One that was interrupted
// stays, and the next goes on with it.
const partEnding = ".part"

// intoFile writes FILE.part and gives it its name when it is whole and its export is
// on record.
func (e *everythingOut) intoFile(o store.Openness, to target) error {
	to, err := to.settled()
	if err != nil {
		return err
	}
	part := to.path + partEnding
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return sayUnwritten(to.path, err)
	}
	sum := &summer{w: f, sum: sha256.New()}
	if err = e.write(o, f, sum); err == nil {
		err = sayUnwritten(to.path, f.Sync())
	}
	if e := f.Close(); err == nil {
		err = sayUnwritten(to.path, e)
	}
	if err == nil {
		e.into.Path, e.into.SHA256 = to.path, e.w.Total()
		err = e.record()
	}
	if err == nil {
		err = sayUnwritten(to.path, christen(part, to))
	}
	switch {
	case errors.Is(err, errInterrupted):
		e.c.say("The export was interrupted. Run it again: it goes on from %s.", clean.Line(part, 400))
	case err != nil:
		_ = os.Remove(part)
	}
	if sum.failed != nil && errors.Is(err, sum.failed) {
		return sayUnwritten(to.path, err)
	}
	return err
}

// write goes on where an interrupted export was, or begins anew.
func (e *everythingOut) write(o store.Openness, f *os.File, sum *summer) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if err := f.Chmod(0o600); err != nil {
		return err
	}
	if st.Size() > 0 {
		goesOn, err := e.goOn(o, f, st.Size(), sum)
		if err != nil {
			return err
		}
		if goesOn {
			return e.pour()
		}
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return e.fresh(o, sum)
}

// goOn looks whether what lies there was begun by this store and may be gone on with.
func (e *everythingOut) goOn(o store.Openness, f *os.File, size int64, sum *summer) (bool, error) {
	part, err := everything.ReadPart(f, size)
	if err != nil {
		return false, nil // something else, or cut off in its first line
	}
	if err := e.count(o); err != nil {
		return false, err
	}
	old, now := part.Header, e.header
	same := old.Office == now.Office && old.Desk == now.Desk && old.Format == now.Format && old.LeftOut.Private == now.LeftOut.Private && old.LeftOut.Restricted == now.LeftOut.Restricted
	if !same {
		return false, nil
	}
	grew, err := e.st.OnlyGrew(o, old.Arrivals, old.Gone)
	if err != nil || !grew {
		return false, err
	}
	if err := f.Truncate(part.Size); err != nil {
		return false, err
	}
	if _, err := f.Seek(part.Size, io.SeekStart); err != nil {
		return false, err
	}
	e.header, e.survey.Arrivals = old, old.Arrivals
	e.after, e.before = part.Last, part.Records
	e.w = everything.Resume(sum, part.Sum, everything.Trailer{Records: part.Records})
	e.c.say("An interrupted export of %s goes on: %s of %s records are there.", old.Made.In(e.c.world.now().Location()).Format("2 Jan 15:04"), thousands(part.Records), thousands(old.Records))
	return true, nil
}

// record notes that everything left, before the file has its name. A store that may not
// be written lets it go all the same: it may be the only way out.
func (e *everythingOut) record() error {
	l := leaving{list: domain.ListExport{What: domain.ExportAll, People: []domain.ID{}, Format: "jsonl"}, always: true}
	return l.excused(l.remember(book(e.st), e.st.OfficeID(), e.into.SHA256, true), e.c.say)
}

// sayWhat tells where it went and what is not in it.
func (e *everythingOut) sayWhat() {
	h := e.header
	if e.into.Path != "" {
		e.c.say("Everything is at %s: %s of %s. It is not sealed.", clean.Line(filepath.Clean(e.into.Path), 400), plural(h.Records, "1 record", "%s records"), plural(h.People, "1 person", "%s people"))
	}
	if h.LeftOut.Private {
		e.c.say("Private paragraphs and drafts are left out. --include-private takes them in.")
	}
	if h.LeftOut.Restricted && h.LeftOut.People > 0 {
		e.c.say("%s left out: lists do not name them. --include-restricted takes them in.", plural(h.LeftOut.People, "1 restricted person is", "%s restricted people are"))
	}
	if h.LeftOut.Records > 0 || e.drafts > 0 {
		e.c.say("Left out: %s, %s.", plural(h.LeftOut.Records, "1 record", "%s records"), plural(e.drafts, "1 draft", "%s drafts"))
	}
}
